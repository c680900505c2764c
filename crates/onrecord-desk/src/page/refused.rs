//! The page of what was not done.

use crate::answer::{Frame, Part};
use askama::Template;

#[derive(Template)]
#[template(path = "refused.html")]
pub(crate) struct Refused<'a> {
    pub(crate) frame: Frame,
    pub(crate) title: &'a str,
    pub(crate) message: &'a str,
}
