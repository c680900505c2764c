//! Writes the record of a story for people: a page a reporter would pin up.

use super::canvas::{Canvas, Line, Paint};
use crate::account::Account;
use crate::record::Record;

/// The record of one story, at most `width` characters a line; `accounts` are those it was made of.
pub fn story(record: &Record, accounts: &[Account], width: usize) -> Vec<Line> {
    let accounts = record.accounts(accounts);
    let mut canvas = Canvas::of_width(width);
    canvas.line(0, [(Paint::Strong, format!("{} documents", accounts.len()))]);
    canvas.into_lines()
}
