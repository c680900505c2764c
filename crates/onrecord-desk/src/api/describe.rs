//! The API in OpenAPI, made from the code that answers.

use super::{give, list};
use onrecord::act::Act;
use onrecord::question::Status;
use onrecord::sourcing::SourceClass;
use onrecord::statement::Form;
use onrecord::wire::Named;
use serde::Serialize;
use utoipa::OpenApi;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::Parameter;
use utoipa::openapi::schema::{AnyOfBuilder, KnownFormat, Object, ObjectBuilder, Schema, SchemaFormat, Type};

/// The API.
#[derive(OpenApi)]
#[openapi(
    info(title = "Onrecord", description = "The record of a news story: who said what, to whom, when, on whose word. Everything the pages show."),
    paths(
        list::stories,
        list::story,
        list::documents,
        list::document,
        give::document,
        list::people,
        list::person,
        list::questions,
        list::statements,
        list::statement,
        list::search,
        list::news,
        list::corrections
    )
)]
struct Api;

/// The names of labels; the empty one asks for any.
fn names<T: Named>() -> Object {
    let names = T::ALL.iter().map(|label| label.name()).chain([""]);
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).build()
}

pub(crate) fn acts() -> Object {
    names::<Act>()
}

pub(crate) fn sourcings() -> Object {
    names::<SourceClass>()
}

pub(crate) fn forms() -> Object {
    names::<Form>()
}

pub(crate) fn statuses() -> Object {
    names::<Status>()
}

/// A day, or nothing.
pub(crate) fn day() -> Schema {
    let day = ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
    Schema::AnyOf(AnyOfBuilder::new().item(day).item(ObjectBuilder::new().schema_type(Type::String).enum_values(Some([""]))).build())
}

/// OpenAPI 3.1.
pub(crate) fn openapi() -> utoipa::openapi::OpenApi {
    Api::openapi()
}

/// Something that can be asked, for the page to try it on.
#[derive(Clone, Serialize)]
pub(crate) struct Ask {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) does: String,
    pub(crate) fields: Vec<String>,
}

/// Everything that can be asked.
pub(crate) fn asks() -> Vec<Ask> {
    let api = openapi();
    let mut asks = Vec::new();
    for (path, item) in &api.paths.paths {
        for (method, operation) in [("GET", &item.get), ("POST", &item.post)] {
            let Some(operation) = operation else { continue };
            let does = operation.summary.clone().or_else(|| operation.description.clone()).unwrap_or_default();
            let name = |it: &RefOr<Parameter>| match it {
                RefOr::T(parameter) => Some(parameter.name.clone()),
                RefOr::Ref(_) => None,
            };
            let fields = operation.parameters.iter().flatten().filter_map(name).collect();
            asks.push(Ask { method, path: path.clone(), does, fields });
        }
    }
    asks
}
