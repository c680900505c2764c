//! The days of a story as a drawing: what was said above the line, what happened below; what has no certain day is a bar.

use crate::shown::Shown;
use crate::words;
use jiff::civil::Date;
use jiff::{Span, Unit};
use onrecord::line::one_line;
use onrecord::wire::Interval;
use onrecord::wire::record::Entry;
use std::collections::BTreeSet;

/// The drawing is this wide, in its own units; a page scales it.
const WIDTH: f32 = 1080.0;
/// Room at both ends, for marks and labels.
const EDGE: f32 = 28.0;
/// A row of marks.
const ROW: f32 = 15.0;
/// The radius of a mark.
const RADIUS: f32 = 5.0;
/// Rows on each side of the line; what has no room is counted.
const ROWS: usize = 12;
/// Days before the first document and after the last that are drawn.
const AROUND: i64 = 3;
/// Labels of days that stand beside each other without touching.
const LABELS: i64 = 9;

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
    /// Marks that found no room.
    pub(crate) left: usize,
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

/// Draws what the brief and the questions speak of, and what happened; nothing where no day is known.
pub(crate) fn draw(shown: &Shown) -> Option<Drawing> {
    let record = &shown.story.record;
    let known: BTreeSet<Date> = shown.page.documents.iter().filter_map(|document| document.when.iso.as_ref()?.parse().ok()).collect();
    let around = |day: &Date, by: i64| day.checked_add(Span::new().days(by)).ok();
    let (first, last) = (around(known.first()?, -AROUND)?, around(known.last()?, AROUND)?);
    let length = first.until((Unit::Day, last)).ok()?.get_days().max(1);
    let scale = Scale { first, days: length as f32 };
    let told = told(shown);
    let (mut above, mut below, mut marks, mut left) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for entry in &record.timeline {
        let is_said = entry.said.is_some();
        let Some(days) = entry.said.as_ref().or(entry.happened.as_ref()) else { continue };
        let is_told = !is_said || entry.support.iter().any(|id| told.contains(id.as_str()));
        let Some((from, to)) = bounds(days, first, last).filter(|_| is_told) else { continue };
        let (x, end) = (scale.at(from), scale.at(to));
        let rows = if is_said { &mut above } else { &mut below };
        let Some(row) = free_row(rows, x - RADIUS, end + RADIUS) else {
            left += 1;
            continue;
        };
        marks.push((row, Mark { x, y: 0.0, width: (from != to).then_some(end - x), is_said, place: place(shown, entry), title: title(shown, entry, days) }));
    }
    let axis = 16.0 + above.len() as f32 * ROW;
    let height = axis + 30.0 + below.len() as f32 * ROW + 8.0;
    let marks: Vec<Mark> = marks.into_iter().map(|(row, mark)| Mark { y: level(axis, row, mark.is_said), ..mark }).collect();
    if marks.is_empty() {
        return None;
    }
    let step = (i64::from(length) / LABELS).max(1);
    let label = |by: i64| around(&first, by).map(|day| Day { x: scale.at(day), label: day.strftime("%-d %b").to_string() });
    let (said, happened) = (marks.iter().filter(|mark| mark.is_said).count(), marks.iter().filter(|mark| !mark.is_said).count());
    let days = (0..=i64::from(length)).step_by(usize::try_from(step).unwrap_or(1)).filter_map(label).collect();
    Some(Drawing { width: WIDTH, height, axis, start: EDGE / 2.0, end: WIDTH - EDGE / 2.0, days, marks, said, happened, left })
}

/// The statements that the brief or a question speaks of.
fn told(shown: &Shown) -> BTreeSet<&str> {
    let record = &shown.story.record;
    let briefed = record.brief.sentences.iter().flat_map(|sentence| &sentence.support);
    let asked = record.questions.iter().flat_map(|question| &question.askings).flat_map(|asking| asking.asked_in.iter().chain(&asking.answered_in));
    briefed.chain(asked).map(String::as_str).collect()
}

/// The days of an entry that lie within the drawing; nothing for what lies wholly outside or is open at the front.
fn bounds(days: &Interval, first: Date, last: Date) -> Option<(Date, Date)> {
    let from: Date = days.start.as_ref()?.parse().ok()?;
    let to: Date = days.end.as_ref().map_or(Some(from), |end| end.parse().ok())?;
    (to >= first && from <= last && from <= to).then(|| (from.max(first), to.min(last)))
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

/// Where a mark leads: to the statement, else to the words that give the time.
fn place(shown: &Shown, entry: &Entry) -> String {
    let said = entry.support.first().and_then(|id| shown.said(id));
    let document = || shown.laid_out(&entry.place.document).map(|document| format!("/documents/{}", document.name));
    said.map(|said| words::place_of(&said.name)).or_else(document).unwrap_or_default()
}

fn title(shown: &Shown, entry: &Entry, days: &Interval) -> String {
    let speaker = entry.said.as_ref().and_then(|_| Some(format!("{}: ", shown.said(entry.support.first()?)?.speaker)));
    let when = words::days(days.start.as_deref(), days.end.as_deref());
    format!("{when}. {}{}", speaker.unwrap_or_default(), super::cut(&one_line(&entry.text), 200))
}
