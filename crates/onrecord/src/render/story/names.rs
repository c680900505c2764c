//! What things are called on the page: people, days, places in files.

use crate::account::Account;
use crate::line::{Lines, one_line};
use crate::person::Person;
use crate::record::{Place, Record, Told};
use crate::render::Paint;
use crate::text::{Id, Span};
use crate::time::Interval;
use crate::zone::ZoneKind;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A record with what is needed to name what stands in it.
pub(crate) struct Names<'a> {
    pub(crate) record: &'a Record,
    pub(crate) accounts: Vec<&'a Account>,
    lines: Vec<Lines>,
    files: Vec<String>,
}

impl<'a> Names<'a> {
    pub(crate) fn of(record: &'a Record, accounts: &[&'a Account]) -> Names<'a> {
        let lines = accounts.iter().map(|account| Lines::of(&account.reading.document.text)).collect();
        Names { record, accounts: accounts.to_vec(), lines, files: files(accounts) }
    }

    /// The headline of the earliest document that has one.
    pub(crate) fn title(&self) -> Option<String> {
        let mut order: Vec<usize> = (0..self.accounts.len()).collect();
        order.sort_by_key(|at| (self.record.calendar.day(*at).dating.date.is_none(), self.record.calendar.day(*at).dating.date, *at));
        order.into_iter().find_map(|at| self.headline(at))
    }

    fn headline(&self, document: usize) -> Option<String> {
        let reading = &self.accounts[document].reading;
        let zone = reading.zones.iter().find(|zone| zone.kind == ZoneKind::Headline).map(|zone| one_line(zone.span.of(&reading.document.text)));
        let is_headline = |title: &String| title.split_whitespace().count() >= SHORT_TITLE;
        reading.document.title.as_deref().map(one_line).or(zone).filter(is_headline)
    }

    /// The name of a document's file, short where that tells it from the others.
    pub(crate) fn file(&self, document: usize) -> &str {
        &self.files[document]
    }

    /// `file:12`, or `file:12-14`.
    pub(crate) fn place(&self, told: Told) -> String {
        let statement = told.statement(&self.accounts);
        let content = statement.content.iter().copied().reduce(Span::cover);
        format!("{}:{}", self.file(told.document), self.lines[told.document].name(content.unwrap_or(statement.reach())))
    }

    /// `file:12` of any words.
    pub(crate) fn at(&self, place: Place) -> String {
        format!("{}:{}", self.file(place.document), self.lines[place.document].name(place.span))
    }

    /// The places of several statements: `a:3, a:5` as `a:3,5`.
    pub(crate) fn places(&self, statements: &[Told]) -> String {
        let mut by_file: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let mut order = Vec::new();
        for told in statements {
            let place = self.place(*told);
            let line = place.rsplit_once(':').map_or(place.clone(), |(_, line)| line.to_owned());
            let lines = by_file.entry(told.document).or_default();
            if !order.contains(&told.document) {
                order.push(told.document);
            }
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        order.iter().map(|document| format!("{}:{}", self.file(*document), by_file[document].join(","))).collect::<Vec<_>>().join(", ")
    }

    /// Who it is.
    pub(crate) fn person(&self, id: Id<Person>) -> String {
        one_line(&self.record.people.layer[id].name)
    }

    /// Who says it: the person, else the words of the source.
    pub(crate) fn speaker(&self, told: Told) -> String {
        let person = self.record.people.voice(&self.accounts, told).map(|id| self.person(id));
        let words = told.statement(&self.accounts).source.map(|span| one_line(span.of(&told.reading(&self.accounts).document.text)));
        person.or(words).unwrap_or_else(|| "somebody not named".to_owned())
    }

    /// The words of a statement as its document has them, cut where they run long.
    pub(crate) fn words(&self, told: Told) -> String {
        let statement = told.statement(&self.accounts);
        let text = &told.reading(&self.accounts).document.text;
        let parts: Vec<&str> = if statement.content.is_empty() {
            statement.cue.iter().map(|span| span.of(text)).collect()
        } else {
            statement.content.iter().map(|span| span.of(text)).collect()
        };
        shortened(&parts.join(" … "))
    }

    /// The statement of several that gives most of what was said, what is quoted before what is not.
    pub(crate) fn fullest(&self, statements: &[Told]) -> Option<Told> {
        let length = |told: &Told| told.content(&self.accounts).map(str::len).sum::<usize>();
        let form = |told: &Told| told.statement(&self.accounts).form != crate::statement::Form::Direct;
        statements.iter().copied().min_by_key(|told| (form(told), std::cmp::Reverse(length(told)), *told))
    }
}

/// File names without folders, unless two documents share one.
fn files(accounts: &[&Account]) -> Vec<String> {
    let short = |account: &&Account| account.reading.document.path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let names: Vec<String> = accounts.iter().map(short).collect();
    let is_shared = |name: &String| names.iter().filter(|other| *other == name).count() > 1;
    let name = |(name, account): (&String, &&Account)| if is_shared(name) { account.reading.document.path.clone() } else { name.clone() };
    names.iter().zip(accounts).map(name).collect()
}

/// A headline of fewer words is the name of a paper.
const SHORT_TITLE: usize = 4;
/// Words of more characters are cut on the page.
const LONG: usize = 200;

/// `words` on one line, cut at a word where they run long.
pub(crate) fn shortened(words: &str) -> String {
    let words = one_line(words);
    if words.chars().count() <= LONG {
        return words;
    }
    let end = words.char_indices().take(LONG).filter(|(_, c)| *c == ' ').last().map_or(words.len(), |(at, _)| at);
    format!("{} …", words[..end].trim_end_matches([' ', '…', ',']))
}

/// `text` with what stands in quotation marks painted apart.
pub(crate) fn quoted_apart(text: &str) -> Vec<(Paint, String)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(['“', '"']) {
        let open = rest[start..].chars().next().unwrap_or('"');
        let (close, after) = if open == '“' { ('”', start + open.len_utf8()) } else { ('"', start + 1) };
        let Some(end) = rest[after..].find(close).map(|at| after + at + close.len_utf8()) else { break };
        pieces.push((Paint::Plain, rest[..start].to_owned()));
        pieces.push((Paint::Quoted, rest[start..end].to_owned()));
        rest = &rest[end..];
    }
    pieces.push((Paint::Plain, rest.to_owned()));
    pieces.retain(|(_, words)| !words.is_empty());
    pieces
}

/// `4 March 2031`
pub(crate) fn written(day: Date) -> String {
    format!("{} {} {}", day.day(), MONTHS[usize::from(day.month().unsigned_abs()) - 1], day.year())
}

/// `4 to 10 March 2031`, or with both months, or both years.
pub(crate) fn span_of_days(first: Date, last: Date) -> String {
    match (first.year() == last.year(), first.month() == last.month()) {
        _ if first == last => written(first),
        (true, true) => format!("{} to {}", first.day(), written(last)),
        (true, false) => format!("{} {} to {}", first.day(), MONTHS[usize::from(first.month().unsigned_abs()) - 1], written(last)),
        (false, _) => format!("{} to {}", written(first), written(last)),
    }
}

/// `4 Mar`
pub(crate) fn short_day(day: Date) -> String {
    format!("{} {}", day.day(), &MONTHS[usize::from(day.month().unsigned_abs()) - 1][..3])
}

/// `4 Mar`, `4–6 Mar`, `by 6 Mar`, `from 4 Mar`, `undated`.
pub(crate) fn short_days(interval: Option<&Interval>) -> String {
    let Some(interval) = interval else { return "undated".to_owned() };
    match (interval.start, interval.end) {
        (Some(start), Some(end)) if start == end => short_day(start),
        (Some(start), Some(end)) if (start.year(), start.month()) == (end.year(), end.month()) => format!("{}–{}", start.day(), short_day(end)),
        (Some(start), Some(end)) => format!("{}–{}", short_day(start), short_day(end)),
        (Some(start), None) => format!("from {}", short_day(start)),
        (None, Some(end)) => format!("by {}", short_day(end)),
        (None, None) => "undated".to_owned(),
    }
}

const MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
