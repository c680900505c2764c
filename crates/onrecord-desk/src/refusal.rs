//! What the desk answers when it cannot do what was asked: one shape, as a page or as JSON.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::time::Duration;
use utoipa::ToSchema;

/// Why something was not done.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    code: &'static str,
    message: String,
    pub(crate) beside: Beside,
}

/// What a refusal says beside why.
#[derive(Clone, Debug)]
pub(crate) enum Beside {
    /// Nothing.
    Nothing,
    /// What was asked for has another name now: the old, the new.
    Renamed(String, String),
    /// It may be asked again after this time.
    After(Duration),
}

/// The one shape of errors.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Refused {
    /// What went wrong.
    error: Wrong,
}

/// What went wrong.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Wrong {
    /// The HTTP status.
    status: u16,
    /// A short stable name.
    code: String,
    /// One sentence.
    message: String,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Refusal {
        Refusal { status, code, message: message.into(), beside: Beside::Nothing }
    }

    /// Nothing here is called so.
    pub(crate) fn unknown(what: &str) -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, "not_found", format!("nothing here is called {what}"))
    }

    /// The request says what cannot be.
    pub(crate) fn wrong(message: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, "bad_request", message)
    }

    /// The request is understood, and not allowed.
    pub(crate) fn forbidden(message: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::FORBIDDEN, "forbidden", message)
    }

    /// What is called `from` is called `to` now.
    pub(crate) fn renamed(from: &str, to: &str) -> Refusal {
        let refusal = Refusal::new(StatusCode::PERMANENT_REDIRECT, "renamed", format!("{from} is called {to} now"));
        Refusal { beside: Beside::Renamed(from.to_owned(), to.to_owned()), ..refusal }
    }

    /// Too many wrong tokens came from one place.
    pub(crate) fn too_many(wait: Duration) -> Refusal {
        let message = format!("too many wrong tokens came from where you are; wait {} s", wait.as_secs());
        Refusal { beside: Beside::After(wait), ..Refusal::new(StatusCode::TOO_MANY_REQUESTS, "too_many", message) }
    }

    /// What a library refused in a shape of its own: a form that is too large, an address that is no text, an answer that took too long.
    pub(crate) fn of_status(status: StatusCode) -> Option<Refusal> {
        let (code, message) = match status {
            StatusCode::PAYLOAD_TOO_LARGE => ("too_large", "this is larger than the desk takes"),
            StatusCode::SERVICE_UNAVAILABLE => ("too_slow", "this took too long; ask again, or for less"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => ("media_type", "the body is not of the type that this address takes"),
            status if status.is_client_error() => ("bad_request", "the desk cannot read this request"),
            status if status.is_server_error() => return Some(Refusal::fault()),
            _ => return None,
        };
        Some(Refusal::new(status, code, message))
    }

    pub(crate) fn closing() -> Refusal {
        Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "closing", "the desk is being closed")
    }

    /// A fault of ours.
    pub(crate) fn fault() -> Refusal {
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "fault", "this is a fault in onrecord; please report it with what you did")
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn title(&self) -> &'static str {
        match self.status {
            StatusCode::NOT_FOUND => "Not here",
            StatusCode::FORBIDDEN => "Not allowed",
            StatusCode::UNAUTHORIZED => "Who are you?",
            StatusCode::PERMANENT_REDIRECT => "Elsewhere",
            StatusCode::TOO_MANY_REQUESTS => "Not so often",
            StatusCode::SERVICE_UNAVAILABLE => "Not now",
            status if status.is_client_error() => "That cannot be",
            _ => "Something broke",
        }
    }

    /// As JSON.
    pub(crate) fn as_json(&self) -> Response {
        let refused = Refused { error: Wrong { status: self.status.as_u16(), code: self.code.to_owned(), message: self.message.clone() } };
        (self.status, [(header::CACHE_CONTROL, "no-store")], axum::Json(refused)).into_response()
    }
}

impl From<onrecord_archive::Error> for Refusal {
    fn from(error: onrecord_archive::Error) -> Refusal {
        if let Some((from, to)) = error.renamed() {
            return Refusal::renamed(from, to);
        }
        match () {
            () if error.is_unknown() => Refusal::new(StatusCode::NOT_FOUND, "not_found", error.told()),
            () if error.is_refused() => Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "refused", error.told()),
            () => Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "archive", error.told()),
        }
    }
}

/// Until it is known whether a page or JSON is wanted, a refusal travels beside its response.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.as_json();
        response.extensions_mut().insert(self);
        response
    }
}
