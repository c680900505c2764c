//! The line of time: a bar over the days for each thing said or done, as long as its day is uncertain.

use super::names::{self, Names};
use super::{heading, more};
use crate::record::Told;
use crate::render::{Canvas, Paint};
use crate::timeline::{Entry, What};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// How many characters the days take.
const BAR: usize = 20;
/// Entries told on the page; the JSON has all.
const ENTRIES: usize = 16;
/// What a day brings that is known.
const EXACT: i32 = 3;
/// Of things that may be of any day of one stretch, so many are told.
const CROWD: usize = 2;
/// An entry that may be any of more days than this tells nothing on a line of days.
const VAGUE: i64 = 45;

/// The days of a story, cut into equal pieces.
struct Scale {
    first: Date,
    /// Days in one character.
    step: i64,
}

/// Draws what was said, as far as the brief and the questions tell it, and what happened.
pub(super) fn timeline(names: &Names<'_>, canvas: &mut Canvas) {
    let (entries, all) = chosen(names);
    let Some(scale) = scale(&entries) else { return };
    let unit = if scale.step == 1 { "a day".to_owned() } else { format!("{} days", scale.step) };
    heading(canvas, "TIMELINE", &format!("from {}, {unit} a mark; ░ where the day is not known", names::written(scale.first)));
    for (id, entry) in &entries {
        let mut pieces = vec![
            (Paint::Faint, format!("{:<5}", format!("t{}", id + 1))),
            (Paint::Plain, format!("{}  {}  ", bar(&scale, entry), names::short_days(Some(&entry.when)))),
        ];
        match entry.what {
            What::Said(_) => pieces.push((Paint::Name, entry.support.first().map(|told| names.speaker(*told)).unwrap_or_default())),
            What::Happened => pieces.push((Paint::Strong, "happened".to_owned())),
        }
        canvas.hanging(0, 5, pieces);
        let mut words = names::quoted_apart(&names::shortened(&entry.text));
        let line = entry.support.first().map(|told| names.place(*told)).unwrap_or_else(|| names.at(entry.place));
        words.push((Paint::Faint, format!(" [{line}]")));
        canvas.paragraph(5, words);
    }
    more(canvas, all, entries.len());
}

/// What the brief and the questions speak of, and what happened, the best of it, in the order of time; and how much there is in all.
fn chosen<'a>(names: &'a Names<'_>) -> (Vec<(usize, &'a Entry)>, usize) {
    let record = names.record;
    let in_brief: BTreeSet<Told> = record.brief.sentences.iter().flat_map(|sentence| &sentence.support).copied().collect();
    let asked = record.questions.iter().flat_map(|question| &question.askings).flat_map(|asking| asking.asked_in.iter().chain(&asking.answered_in));
    let asked: BTreeSet<Told> = asked.copied().collect();
    let worth = |entry: &Entry| {
        let holds = |set: &BTreeSet<Told>| entry.support.iter().any(|told| set.contains(told));
        let exact = i32::from(entry.when.start == entry.when.end) * EXACT;
        let reading = &names.accounts[entry.place.document].reading;
        let is_early = entry.place.span.start() * 3 < reading.document.text.len();
        let own = match entry.what {
            What::Said(_) => i32::from(holds(&in_brief)) * 3 + i32::from(holds(&asked)),
            What::Happened => 2 + i32::from(holds(&in_brief)) + i32::try_from(entry.support.len().min(3)).unwrap_or(0),
        };
        own + exact + i32::from(is_early)
    };
    let is_drawn = |entry: &Entry| days(entry).is_some_and(|(start, end)| between(start, end) <= VAGUE && is_near(names, start));
    let mut left: Vec<(usize, &Entry)> = record.timeline.iter().enumerate().filter(|(_, entry)| is_drawn(entry)).collect();
    let all = left.len();
    left.sort_by_key(|(at, entry)| (std::cmp::Reverse(worth(entry)), *at));
    let mut out: Vec<(usize, &Entry)> = Vec::new();
    for (at, entry) in left {
        let is_crowded = entry.when.start != entry.when.end && out.iter().filter(|(_, other)| other.when == entry.when).count() >= CROWD;
        if out.len() < ENTRIES && !is_crowded && !out.iter().any(|(_, other)| is_told(other, entry)) {
            out.push((at, entry));
        }
    }
    out.sort_by_key(|(at, _)| *at);
    (out, all)
}

/// Whether `other` tells on the same day most of what `entry` tells.
fn is_told(other: &Entry, entry: &Entry) -> bool {
    /// Of the longer words of the shorter text, so many stand in the other too.
    const MOST: f32 = 0.5;
    let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3).map(str::to_lowercase).collect::<BTreeSet<_>>();
    let (a, b) = (words(&other.text), words(&entry.text));
    let least = a.len().min(b.len()).max(1);
    other.when.start == entry.when.start && a.intersection(&b).count() as f32 >= MOST * least as f32
}

/// What lies long before the first document is told in words, not drawn: days would shrink to nothing.
const BEFORE: i64 = 120;

fn is_near(names: &Names<'_>, start: Date) -> bool {
    let first = (0..names.accounts.len()).filter_map(|at| names.record.calendar.day(at).dating.date).min();
    first.is_none_or(|first| between(start, first) <= BEFORE)
}

fn days(entry: &Entry) -> Option<(Date, Date)> {
    Some((entry.when.start?, entry.when.end?))
}

fn between(start: Date, end: Date) -> i64 {
    i64::from(end.since(start).map_or(0, |span| span.get_days()))
}

fn scale(entries: &[(usize, &Entry)]) -> Option<Scale> {
    let first = entries.iter().filter_map(|(_, entry)| entry.when.start).min()?;
    let last = entries.iter().filter_map(|(_, entry)| entry.when.end).max()?;
    let step = (between(first, last) + 1 + BAR as i64 - 1) / BAR as i64;
    Some(Scale { first, step: step.max(1) })
}

/// The days an entry may be of.
fn bar(scale: &Scale, entry: &Entry) -> String {
    let Some((start, end)) = days(entry) else { return " ".repeat(BAR) };
    let at = |day: Date| usize::try_from(between(scale.first, day) / scale.step).unwrap_or(0).min(BAR - 1);
    let mark = if start == end { '█' } else { '░' };
    (0..BAR).map(|cell| if (at(start)..=at(end)).contains(&cell) { mark } else { '·' }).collect()
}
