//! Gives statements that tell the same words of one speaker the day that one of them has: `calendar/same-words`.

use super::Day;
use super::fact::{RUN, runs};
use crate::account::Account;
use crate::evidence::{Evidence, Finder};
use crate::person::People;
use crate::quotation::QuotationUse;
use crate::record::Told;
use crate::said::Said;
use crate::statement::{Form, Statement};
use crate::text::{Column, Span};
use crate::time::{Granularity, Interval};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Dates what no word of its document dates, or only its document's day, by the same words told with a day elsewhere.
pub(super) fn spread(accounts: &[&Account], people: &People, days: &mut [Day]) {
    let tolds: Vec<Told> = Told::all(accounts).collect();
    let own = |told: Told| (told, quoted(accounts, told, &days[told.document].said[told.id]));
    let runs: BTreeMap<Told, BTreeSet<[&str; RUN]>> = tolds.into_par_iter().map(own).collect();
    let mut holding: HashMap<[&str; RUN], Vec<Told>> = HashMap::new();
    for (told, own) in &runs {
        own.iter().for_each(|run| holding.entry(*run).or_default().push(*told));
    }
    let one_voice = |a: Told, b: Told| match (people.speaker(accounts, a), people.speaker(accounts, b)) {
        (Some(a), Some(b)) => a == b,
        (Some(_), None) | (None, Some(_)) | (None, None) => true,
    };
    let mut found: BTreeMap<Told, Said> = BTreeMap::new();
    for (told, own) in &runs {
        let said = &days[told.document].said[told.id];
        let others: BTreeSet<Told> = own.iter().flat_map(|run| &holding[run]).copied().filter(|other| other != told && one_voice(*told, *other)).collect();
        let dates: BTreeSet<Date> = others.iter().filter_map(|other| sure(&days[other.document].said[other.id])).collect();
        if let (None, [date]) = (sure(said), dates.into_iter().collect::<Vec<_>>().as_slice())
            && is_open(said, *date)
        {
            found.insert(*told, dated(told.statement(accounts), *date));
        }
    }
    for (document, day) in days.iter_mut().enumerate() {
        if !found.keys().any(|told| told.document == document) {
            continue;
        }
        let statements = &accounts[document].reading.statements;
        day.said = Column::over(statements, |id, _| found.remove(&Told::new(document, id)).unwrap_or_else(|| day.said[id].clone()));
    }
}

fn dated(statement: &Statement, date: Date) -> Said {
    let evidence = Evidence::rule("said", "calendar/same-words", statement.content.clone(), "the same words are told with their day elsewhere in the story");
    let interval = Interval { start: Some(date), end: Some(date), granularity: Granularity::Day, basis: BASIS };
    Said { interval: Some(interval), evidence: vec![evidence] }
}

const BASIS: &str = "from the same words elsewhere in the story";

/// The day of a statement where its own text gives it.
pub(super) fn sure(said: &Said) -> Option<Date> {
    let day = said.interval.as_ref()?.day();
    day.filter(|_| !said.evidence.iter().any(|evidence| is_supposed(&evidence.by)))
}

/// Whether the day is only that of the report.
fn is_supposed(by: &Finder) -> bool {
    matches!(by, Finder::Rule("said/day-of-the-report" | "said/relayed-the-same-day" | "said/bounded-by-the-document"))
}

/// Whether a statement may have been made on `date`: no word of its text gives another time, and it is not after the report.
fn is_open(said: &Said, date: Date) -> bool {
    let supposed = said.evidence.iter().all(|evidence| is_supposed(&evidence.by));
    let later = said.interval.as_ref().and_then(|interval| interval.end).is_some_and(|end| date > end);
    let holds = said.interval.as_ref().is_none_or(|interval| interval.start.is_none_or(|start| start <= date));
    !later && (supposed || holds)
}

/// Every run of words that the statement gives as the speaker's own.
pub(super) fn quoted<'a>(accounts: &[&'a Account], told: Told, said: &Said) -> BTreeSet<[&'a str; RUN]> {
    let reading = told.reading(accounts);
    let statement: &Statement = told.statement(accounts);
    let is_post = said.evidence.iter().any(|evidence| evidence.by == Finder::Rule("said/embedded-post"));
    let spans: Vec<Span> = if statement.form == Form::Direct || is_post {
        statement.content.clone()
    } else {
        let speech = reading.quotations.iter().filter(|quotation| quotation.use_ == QuotationUse::Speech);
        speech.map(|quotation| quotation.inner).filter(|inner| statement.content.iter().any(|part| part.contains(*inner))).collect()
    };
    spans.into_iter().flat_map(|span| runs(&reading.tokens, reading.tokens.within(span))).collect()
}
