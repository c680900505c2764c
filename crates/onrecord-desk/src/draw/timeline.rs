//! The days of a story as a drawing: what was said above the line, what happened below; what has no certain day is a bar. What has no
//! place on it is told in words.

use crate::shown::Shown;
use crate::words;
use jiff::civil::Date;
use jiff::{Span, Unit};
use onrecord::line::one_line;
use onrecord::wire::Interval;
use onrecord::wire::record::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// The drawing is this wide, in its own units; a page scales it.
const WIDTH: f32 = 1080.0;
/// Room at both ends, for marks and labels.
const EDGE: f32 = 28.0;
/// A row of marks.
const ROW: f32 = 15.0;
/// The radius of a mark.
const RADIUS: f32 = 5.0;
/// Rows on each side of the line; what has no room is told in words.
const ROWS: usize = 12;
/// Days before the first document and after the last that are drawn.
const AROUND: i64 = 3;
/// Labels of days that stand beside each other without touching.
const LABELS: i64 = 9;
/// Letters of an entry that are told; its place has all.
const TOLD: usize = 200;

/// The days of a story.
pub(crate) struct Days {
    /// Nothing where there is no day to draw.
    pub(crate) drawing: Option<Drawing>,
    /// What is not drawn, and why.
    pub(crate) apart: Vec<Apart>,
    /// How much was said of which neither the brief nor a question speaks: it stands in its documents.
    pub(crate) untold: usize,
}

/// Entries that are not drawn for one reason.
pub(crate) struct Apart {
    pub(crate) why: String,
    pub(crate) entries: Vec<Dated>,
}

/// An entry in words.
pub(crate) struct Dated {
    pub(crate) when: String,
    pub(crate) speaker: Option<String>,
    pub(crate) text: String,
    pub(crate) place: String,
}

/// A drawing.
pub(crate) struct Drawing {
    pub(crate) width: f32,
    pub(crate) height: f32,
    /// The line of days.
    pub(crate) axis: f32,
    pub(crate) start: f32,
    pub(crate) end: f32,
    pub(crate) days: Vec<Day>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) said: usize,
    pub(crate) happened: usize,
}

pub(crate) struct Day {
    pub(crate) x: f32,
    pub(crate) label: String,
}

pub(crate) struct Mark {
    pub(crate) x: f32,
    pub(crate) y: f32,
    /// Nothing for a day, the width of the bar for several.
    pub(crate) width: Option<f32>,
    pub(crate) is_said: bool,
    pub(crate) place: String,
    pub(crate) title: String,
}

/// Where days lie.
struct Scale {
    first: Date,
    days: f32,
}

impl Scale {
    fn at(&self, day: Date) -> f32 {
        let from = self.first.until((Unit::Day, day)).map_or(0, |span: Span| span.get_days()) as f32;
        EDGE + (from / self.days).clamp(0.0, 1.0) * (WIDTH - 2.0 * EDGE)
    }
}

/// Why an entry is not drawn, in the order in which they are told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Off {
    Earlier,
    Later,
    Crowded,
    Undated,
}

impl Off {
    fn told(self, count: usize) -> String {
        match self {
            Off::Earlier => format!("{count} earlier than the days drawn"),
            Off::Later => format!("{count} later than the days drawn"),
            Off::Crowded => format!("{count} on these days that found no room in the drawing"),
            Off::Undated => format!("{count} with no day known"),
        }
    }
}

/// Draws what the brief and the questions speak of, and what happened; tells in words what has no place on the drawing.
pub(crate) fn draw(shown: &Shown) -> Days {
    let told = told(shown);
    let is_told = |entry: &&Entry| entry.happened.is_some() || entry.support.iter().any(|id| told.contains(id.as_str()));
    let timeline = &shown.story.record.timeline;
    let entries: Vec<&Entry> = timeline.iter().filter(is_told).collect();
    let reach = reach(shown, &entries);
    let (mut above, mut below, mut marks, mut off) = (Vec::new(), Vec::new(), Vec::new(), BTreeMap::<Off, Vec<Dated>>::new());
    for entry in &entries {
        let rows = if entry.said.is_some() { &mut above } else { &mut below };
        match put(shown, entry, reach, rows) {
            Ok(mark) => marks.push(mark),
            Err(why) => off.entry(why).or_default().push(dated(shown, entry)),
        }
    }
    let apart = off.into_iter().map(|(why, entries)| Apart { why: why.told(entries.len()), entries }).collect();
    let drawing = reach.filter(|_| !marks.is_empty()).map(|reach| drawing(reach, marks, above.len(), below.len()));
    Days { drawing, apart, untold: timeline.len() - entries.len() }
}

/// The first day and the last that are drawn: those of the documents and a few around them, else those of the entries.
fn reach(shown: &Shown, entries: &[&Entry]) -> Option<(Date, Date)> {
    let known: BTreeSet<Date> = shown.page.documents.iter().filter_map(|document| document.when.iso.as_ref()?.parse().ok()).collect();
    match (known.first(), known.last()) {
        (Some(first), Some(last)) => Some((after(*first, -AROUND)?, after(*last, AROUND)?)),
        _ => {
            let days: BTreeSet<Date> = entries.iter().filter_map(|entry| Some(bounds(days(entry)?)?.0)).collect();
            Some((*days.first()?, after(*days.last()?, 1)?))
        }
    }
}

fn after(day: Date, by: i64) -> Option<Date> {
    day.checked_add(Span::new().days(by)).ok()
}

fn scale((first, last): (Date, Date)) -> Scale {
    Scale { first, days: first.until((Unit::Day, last)).map_or(1, |span: Span| span.get_days()).max(1) as f32 }
}

/// The mark of an entry, with its row; or why it has none.
fn put(shown: &Shown, entry: &Entry, reach: Option<(Date, Date)>, rows: &mut Vec<Vec<(f32, f32)>>) -> Result<(usize, Mark), Off> {
    let (from, to) = days(entry).and_then(bounds).ok_or(Off::Undated)?;
    let (first, last) = reach.ok_or(Off::Undated)?;
    if to < first {
        return Err(Off::Earlier);
    }
    if from > last {
        return Err(Off::Later);
    }
    let scale = scale((first, last));
    let (x, end) = (scale.at(from.max(first)), scale.at(to.min(last)));
    let row = free_row(rows, x - RADIUS, end + RADIUS).ok_or(Off::Crowded)?;
    let told = dated(shown, entry);
    let speaker = told.speaker.map(|speaker| format!("{speaker}: ")).unwrap_or_default();
    let title = format!("{}. {speaker}{}", told.when, told.text);
    Ok((row, Mark { x, y: 0.0, width: (from != to).then_some(end - x), is_said: entry.said.is_some(), place: told.place, title }))
}

/// The marks on their rows, with the line of days.
fn drawing(reach: (Date, Date), marks: Vec<(usize, Mark)>, above: usize, below: usize) -> Drawing {
    let scale = scale(reach);
    let axis = 16.0 + above as f32 * ROW;
    let height = axis + 30.0 + below as f32 * ROW + 8.0;
    let marks: Vec<Mark> = marks.into_iter().map(|(row, mark)| Mark { y: level(axis, row, mark.is_said), ..mark }).collect();
    let length = scale.days as i64;
    let step = (length / LABELS).max(1);
    let label = |by: i64| after(reach.0, by).map(|day| Day { x: scale.at(day), label: day.strftime("%-d %b").to_string() });
    let (said, happened) = (marks.iter().filter(|mark| mark.is_said).count(), marks.iter().filter(|mark| !mark.is_said).count());
    let days = (0..=length).step_by(usize::try_from(step).unwrap_or(1)).filter_map(label).collect();
    Drawing { width: WIDTH, height, axis, start: EDGE / 2.0, end: WIDTH - EDGE / 2.0, days, marks, said, happened }
}

/// The statements that the brief or a question speaks of.
fn told(shown: &Shown) -> BTreeSet<&str> {
    let record = &shown.story.record;
    let briefed = record.brief.sentences.iter().flat_map(|sentence| &sentence.support);
    let asked = record.questions.iter().flat_map(|question| &question.askings).flat_map(|asking| asking.asked_in.iter().chain(&asking.answered_in));
    briefed.chain(asked).map(String::as_str).collect()
}

/// The days of an entry.
fn days(entry: &Entry) -> Option<&Interval> {
    entry.said.as_ref().or(entry.happened.as_ref())
}

/// The first and the last of some days; nothing for what is open at the front.
fn bounds(days: &Interval) -> Option<(Date, Date)> {
    let from: Date = days.start.as_ref()?.parse().ok()?;
    let to: Date = days.end.as_ref().map_or(Some(from), |end| end.parse().ok())?;
    (from <= to).then_some((from, to))
}

/// The first row with room from `start` to `end`.
fn free_row(rows: &mut Vec<Vec<(f32, f32)>>, start: f32, end: f32) -> Option<usize> {
    let is_free = |row: &Vec<(f32, f32)>| row.iter().all(|(from, to)| end < *from || *to < start);
    let at = rows.iter().position(is_free).or_else(|| {
        (rows.len() < ROWS).then(|| {
            rows.push(Vec::new());
            rows.len() - 1
        })
    })?;
    rows[at].push((start, end));
    Some(at)
}

fn level(axis: f32, row: usize, is_said: bool) -> f32 {
    let away = row as f32 * ROW;
    if is_said { axis - 12.0 - away } else { axis + 34.0 + away }
}

/// Where an entry leads: to the statement, else to the words that give the time.
fn place(shown: &Shown, entry: &Entry) -> String {
    let said = entry.support.first().and_then(|id| shown.said(id));
    let words = &entry.place.words;
    let document = || shown.laid_out(&entry.place.document).map(|document| words::place_of_words(&document.name, words.start, words.end));
    said.map(|said| words::place_of(&said.name)).or_else(document).unwrap_or_default()
}

fn dated(shown: &Shown, entry: &Entry) -> Dated {
    let days = days(entry);
    let start = days.and_then(|days| days.start.as_deref());
    let said = || Some(shown.said(entry.support.first()?)?.speaker.clone());
    Dated {
        when: words::days(start, days.and_then(|days| days.end.as_deref())),
        speaker: entry.said.as_ref().and_then(|_| said()),
        text: super::cut(&one_line(&entry.text), TOLD),
        place: place(shown, entry),
    }
}
