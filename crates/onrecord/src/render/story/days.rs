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
/// An entry that may be any of more days than this tells nothing on a line of days.
const VAGUE: i64 = 45;

/// The days of a story, cut into equal pieces.
struct Scale {
    first: Date,
    /// Days in one character.
    step: i64,
}

/// Draws what was said, as far as the brief tells it, and what happened.
pub(super) fn timeline(names: &Names<'_>, canvas: &mut Canvas) {
    let entries = chosen(names);
    let Some(scale) = scale(&entries) else { return };
    let unit = if scale.step == 1 { "a day".to_owned() } else { format!("{} days", scale.step) };
    heading(canvas, "TIMELINE", &format!("from {}; each mark is {unit}; ░ where the day is not known", names::written(scale.first)));
    for (id, entry) in entries.iter().take(ENTRIES) {
        let mut pieces = vec![
            (Paint::Faint, format!("{:<4}", format!("t{}", id + 1))),
            (Paint::Plain, format!("{} ", bar(&scale, entry))),
            (Paint::Plain, format!("{} ", names::short_days(Some(&entry.when)))),
        ];
        match entry.what {
            What::Said(_) => {
                let who = entry.support.first().map(|told| names.speaker(*told)).unwrap_or_default();
                pieces.push((Paint::Name, format!("{who}: ")));
            }
            What::Happened => pieces.push((Paint::Strong, "happened: ".to_owned())),
        }
        pieces.extend(names::quoted_apart(&names::shortened(&entry.text)));
        let line = entry.support.first().map(|told| names.place(*told)).unwrap_or_else(|| names.file(entry.place.document).to_owned());
        pieces.push((Paint::Faint, format!(" [{line}]")));
        canvas.hanging(0, 4 + BAR + 1, pieces);
    }
    more(canvas, entries.len(), ENTRIES);
}

/// What the brief and the questions speak of, and what happened; nothing that is too vague to be drawn.
fn chosen<'a>(names: &'a Names<'_>) -> Vec<(usize, &'a Entry)> {
    let record = names.record;
    let in_brief = record.brief.sentences.iter().flat_map(|sentence| &sentence.support);
    let asked = record.questions.iter().flat_map(|question| &question.askings).flat_map(|asking| asking.asked_in.iter().chain(&asking.answered_in));
    let told: BTreeSet<Told> = in_brief.chain(asked).copied().collect();
    let is_told = |entry: &Entry| match entry.what {
        What::Said(_) => entry.support.iter().any(|it| told.contains(it)),
        What::Happened => true,
    };
    let near = |entry: &Entry| days(entry).is_some_and(|(start, end)| between(start, end) <= VAGUE && is_near(names, start));
    record.timeline.iter().enumerate().filter(|(_, entry)| is_told(entry) && near(entry)).collect()
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
    let first = entries.iter().take(ENTRIES).filter_map(|(_, entry)| entry.when.start).min()?;
    let last = entries.iter().take(ENTRIES).filter_map(|(_, entry)| entry.when.end).max()?;
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
