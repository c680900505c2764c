//! Settles when everything was said once the documents of a story date each other.

use crate::account::Account;
use crate::evidence::Evidence;
use crate::person::People;
use crate::record::{Place, Told};
use crate::said::Said;
use crate::statement::Statement;
use crate::text::{Column, Layer};
use crate::time::{Dating, Interval, Time};

/// When every document of a story was written, and its statements made.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    days: Vec<Day>,
}

/// The day of one document, with the times that follow from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// The document's own date.
    pub dating: Dating,
    /// Its expressions of time, resolved against that date.
    pub times: Layer<Time>,
    /// When its statements were said.
    pub said: Column<Statement, Said>,
    /// How other documents of the story dated it; empty where its own text or metadata did.
    pub evidence: Vec<Evidence<Place>>,
}

impl Calendar {
    /// The day of the document at this position of the story.
    pub fn day(&self, document: usize) -> &Day {
        &self.days[document]
    }

    /// When a statement was said, as far as that is known.
    pub fn said(&self, told: Told) -> Option<&Interval> {
        self.days[told.document].said[told.id].interval.as_ref()
    }
}

/// Dates the documents of one story by each other.
pub fn settle(accounts: &[&Account], _people: &People) -> Calendar {
    let day = |account: &&Account| Day {
        dating: account.reading.dating.clone(),
        times: account.reading.times.clone(),
        said: account.reading.said.clone(),
        evidence: Vec::new(),
    };
    Calendar { days: accounts.iter().map(day).collect() }
}
