//! The desk: the record of an archive in a browser, and the same as a REST API.
//!
//! Every page is made on the server and works without script; each is JSON too, at the same address with `.json` behind it. Reading goes
//! through archives that cannot be written; a correction or a new document opens one that can, for as long as it takes.
//!
//! # Architecture invariant
//! This is the only crate that serves HTTP. It knows no SQL, and whatever a text holds reaches a page through a template that escapes it.

mod settings;
mod error;
mod serve;
mod desk;
mod memory;
mod shown;
mod guess;
mod session;
mod guard;
mod refusal;
mod answer;
mod asset;
mod route;
mod order;
mod words;
mod leafing;
mod feeds;
mod differ;
mod draw;
mod page;
mod correct;
mod api;

pub use error::Error;
pub use feeds::of_news as feed_of;
pub use route::pages;
pub use serve::run;
pub use settings::Settings;
