//! Showing the token that the desk was opened with.

use crate::answer::{Frame, Part, html};
use crate::desk::Desk;
use crate::guard::{Fields, Session, sign_in};
use crate::refusal::Refusal;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;
use std::time::Duration;

/// A wrong token is answered after this time: guessing is slow.
const PAUSE: Duration = Duration::from_millis(700);

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    frame: Frame,
    token: String,
}

pub(crate) async fn page(session: Session) -> Result<Response, Refusal> {
    html(&SignIn { frame: Frame::plain("Sign in", Part::None), token: session.token })
}

pub(crate) async fn post(State(desk): State<Arc<Desk>>, session: Session, fields: Fields) -> Result<Response, Refusal> {
    let shown = sign_in(&desk, &session, fields.get("shown").unwrap_or_default());
    if shown.is_err() {
        tokio::time::sleep(PAUSE).await;
    }
    shown
}
