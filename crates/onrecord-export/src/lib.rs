//! Records of stories in the forms that others read: tables, workbooks, annotations, linked data, notes and pages.
//!
//! Begin with [`Export`]: it takes stories one after the other and writes them in a [`Format`]. A story comes as
//! `onrecord.record/1` with the names by which it and its documents go outside ([`Story`]); whoever keeps it, an archive or
//! nobody, is no matter here. What stands on a page in which order ([`page`]), and in which words ([`plain`]), is here too, for whoever draws it.
//!
//! # Architecture invariant
//! Nothing here asks a clock, opens a file or a connection: the same stories in the same order are the same bytes, on every day.

mod story;
mod error;
mod format;
pub mod view;

mod quoted;
mod position;
mod link;
pub mod plain;

mod table;
mod csv;
mod xlsx;
mod parquet;

mod annotation;
mod schema;
pub mod feed;

pub mod page;
mod markdown;
mod html;

pub use error::Error;
pub use format::{Export, Format};
pub use link::{to_place, web};
pub use position::CodePoints;
pub use quoted::Quoted;
pub use story::{Kept, Story};
pub use table::Table;
