//! Draws what was said and what happened on one line of time.

use crate::account::Account;
use crate::calendar::Calendar;
use crate::record::{Place, Told};
use crate::text::{Id, Layer};
use crate::time::Interval;
use crate::utterance::Utterance;

/// Something on the line of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// When, as far as known.
    pub when: Interval,
    /// What.
    pub what: What,
    /// The words, as a document has them.
    pub text: String,
    /// The words that give the time.
    pub place: Place,
    /// The statements that carry it.
    pub support: Vec<Told>,
}

/// What stands on the line of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Something was said.
    Said(Id<Utterance>),
    /// Something happened, by the words of a document or of a source.
    Happened,
}

/// Draws the line of one story, in the order of time.
pub fn draw(_accounts: &[&Account], _calendar: &Calendar, _utterances: &Layer<Utterance>) -> Vec<Entry> {
    Vec::new()
}
