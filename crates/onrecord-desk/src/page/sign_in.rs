//! Showing the token that the desk was opened with, and taking leave.

use crate::answer::{Form, Frame, Part, either};
use crate::desk::Desk;
use crate::guard::{Fields, Peer};
use crate::refusal::Refusal;
use crate::session::{Session, sign_in, sign_out};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// A wrong token is answered after this time: guessing is slow.
const PAUSE: Duration = Duration::from_millis(700);

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    frame: Frame,
    is_needed: bool,
    is_signed_in: bool,
    token: String,
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, session: Session, form: Form) -> Result<Response, Refusal> {
    let (is_needed, is_signed_in) = (desk.settings.token.is_some(), session.is_signed_in(&desk));
    let page = || SignIn { frame: Frame::new("Sign in", Part::None, "/sign-in.json"), is_needed, is_signed_in, token: session.token };
    either(form, || json!({ "is_needed": is_needed, "is_signed_in": is_signed_in }), page)
}

pub(crate) async fn post(State(desk): State<Arc<Desk>>, peer: Peer, asked: HeaderMap, fields: Fields) -> Result<Response, Refusal> {
    let shown = sign_in(&desk, peer, &asked, fields.get("shown").unwrap_or_default());
    if shown.is_err() {
        tokio::time::sleep(PAUSE).await;
    }
    shown
}

pub(crate) async fn out(State(desk): State<Arc<Desk>>, session: Session, asked: HeaderMap, _: Fields) -> Result<Response, Refusal> {
    sign_out(&desk, &session, &asked)
}
