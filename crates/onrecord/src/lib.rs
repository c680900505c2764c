//! Onrecord's engine: reads what articles make people say, and keeps the record of it.
//!
//! *A document goes in; every stage adds one frozen layer beside the others; nothing is overwritten; every fact can
//! show the words it rests on and the rule or model that found it.*
//!
//! Begin with [`read`]: the way of a document on one screen. Then [`record`]: the way between documents.
//!
//! # Architecture invariant
//! The engine does no IO, asks no clock, reads no environment and cannot fail: oddities in a text are [`evidence::Note`]s.

pub mod text;
pub mod document;
pub mod evidence;
pub mod lexicon;
pub mod language;

pub mod read;
mod clause;
mod hash;
mod letter;
mod packing;
mod paragraph;
pub mod zone;
pub mod token;
pub mod sentence;
pub mod quotation;
pub mod reader;
pub mod mention;
pub mod time;
pub mod statement;
pub mod entity;
pub mod act;
pub mod sourcing;
pub mod said;
pub mod addressee;

pub mod record;
pub mod account;
pub mod similar;
pub mod story;
pub mod person;
pub mod calendar;
pub mod utterance;
pub mod question;
pub mod compare;
pub mod origin;
pub mod timeline;
pub mod brief;

pub mod correction;
pub mod revision;
pub mod left_out;
pub mod line;
pub mod explain;
pub mod render;
pub mod wire;
pub mod rule;
pub mod tagged;

pub use document::Document;
pub use read::{Reading, read};
pub use text::{Column, Id, Layer, Span, Spanned};
