//! Compares two versions of one document: what the later dropped, altered or added, quotations first.
//!
//! Words that only moved are no change. What somebody is quoted with, who is said to have said it, and what is told of
//! somebody's words come before the rest of the text.
//!
//! # Limits
//! A passage that is rewritten by more than half of its words is shown as dropped and added. Of changed words inside a quotation the
//! whole quotation is shown.

mod pairs;

use crate::person;
use crate::quotation::QuotationUse;
use crate::read::Reading;
use crate::statement::{Form, Statement};
use crate::text::{Id, Span, Spanned};
use crate::zone::ZoneKind;
use pairs::{Phrase, pair};

/// A change from one version to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What changed.
    pub matter: Matter,
    /// How.
    pub how: How,
    /// The words of the earlier version; `None` if they were added.
    pub before: Option<Part>,
    /// The words of the later version; `None` if they were dropped.
    pub after: Option<Part>,
}

/// Words of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where they stand; `None` for what came beside the text.
    pub span: Option<Span>,
    /// The words.
    pub words: String,
    /// Who is said to have said them, where that can be told.
    pub speaker: Option<String>,
}

/// What changed, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matter {
    /// Words in quotation marks.
    Quotation,
    /// Who said words that stand in both.
    Attribution,
    /// What somebody is told to have said, without quotation marks.
    Statement,
    /// The headline that came beside the text.
    Title,
    /// The writer's name that came beside the text.
    Byline,
    /// The outlet.
    Outlet,
    /// The day of publication.
    Published,
    /// Any other words.
    Text,
}

/// How something changed, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// It is no longer there.
    Dropped,
    /// It is there in other words, or another's.
    Altered,
    /// It was not there.
    Added,
}

/// What `after` changed of `before`: dropped and altered quotations first, then by what changed, in the order of the texts.
pub fn compare(before: &Reading, after: &Reading) -> Vec<Change> {
    let mut changes = beside(before, after);
    let (old, new) = (quotations(before), quotations(after));
    changes.extend(told(before, after, Matter::Quotation, &old, &new));
    changes.extend(attributions(before, after, &old, &new));
    changes.extend(told(before, after, Matter::Statement, &statements(before), &statements(after)));
    let is_told = |span: Span, of: fn(&Change) -> Option<&Part>, changes: &[Change]| {
        changes.iter().filter(|change| change.matter != Matter::Attribution).filter_map(|change| of(change)?.span).any(|told| told.overlaps(span))
    };
    let rest = |reading: &Reading, of: fn(&Change) -> Option<&Part>| {
        let mut all = sentences(reading);
        all.retain(|phrase| !is_told(phrase.span, of, &changes));
        all
    };
    let (old, new) = (rest(before, |change| change.before.as_ref()), rest(after, |change| change.after.as_ref()));
    changes.extend(told(before, after, Matter::Text, &old, &new));
    let place = |change: &Change| [&change.before, &change.after].into_iter().flatten().find_map(|part| part.span).map_or(0, Span::start);
    // What is added comes after all that is gone or altered, but words of somebody before other words.
    let rank = |change: &Change| (change.matter >= Matter::Title, change.how == How::Added, change.matter, change.how, place(change));
    changes.sort_by_key(rank);
    changes
}

/// What came beside the text.
fn beside(before: &Reading, after: &Reading) -> Vec<Change> {
    let (old, new) = (&before.document, &after.document);
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let facts = [
        (Matter::Title, old.title.clone(), new.title.clone()),
        (Matter::Byline, old.byline.clone(), new.byline.clone()),
        (Matter::Outlet, old.outlet.clone(), new.outlet.clone()),
        (Matter::Published, day(old.published), day(new.published)),
    ];
    let part = |words: Option<String>| words.map(|words| Part { span: None, words, speaker: None });
    let changed = facts.into_iter().filter(|(_, old, new)| old != new);
    changed.map(|(matter, old, new)| Change { matter, how: how(old.is_some(), new.is_some()), before: part(old), after: part(new) }).collect()
}

fn how(was: bool, is: bool) -> How {
    match (was, is) {
        (true, false) => How::Dropped,
        (true, true) => How::Altered,
        (false, _) => How::Added,
    }
}

/// The phrases of the one version that the other has not, or has otherwise.
fn told(before: &Reading, after: &Reading, matter: Matter, old: &[Phrase], new: &[Phrase]) -> Vec<Change> {
    // Words that stand in the other version are not gone, whatever the reader makes of them there; but quotation marks are part of a quotation.
    let is_gone = |phrase: &Phrase, other: &Reading| matter == Matter::Quotation || !pairs::stands(&phrase.words, &other.tokens);
    let part = |reading: &Reading, phrase: &Phrase| Part {
        span: Some(phrase.span),
        words: phrase.span.of(&reading.document.text).to_owned(),
        speaker: speaker(reading, phrase),
    };
    let paired = pair(old, new).into_iter().filter_map(|(one, other)| {
        let one = one.filter(|phrase| other.is_some() || is_gone(phrase, after)).map(|phrase| part(before, phrase));
        let other = other.filter(|phrase| one.is_some() || is_gone(phrase, before)).map(|phrase| part(after, phrase));
        (one.is_some() || other.is_some()).then(|| Change { matter, how: how(one.is_some(), other.is_some()), before: one, after: other })
    });
    paired.collect()
}

/// Quotations that stand in both versions, with the names of two that cannot be one for who said them.
fn attributions(before: &Reading, after: &Reading, old: &[Phrase], new: &[Phrase]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut left: Vec<&Phrase> = new.iter().collect();
    for one in old {
        let Some(at) = left.iter().position(|other| other.words == one.words) else { continue };
        let other = left.remove(at);
        if let (Some(was), Some(is)) = (speaker(before, one), speaker(after, other))
            && are_two(&was, &is)
        {
            let part = |reading: &Reading, phrase: &Phrase, name: String| {
                Some(Part { span: Some(phrase.span), words: phrase.span.of(&reading.document.text).to_owned(), speaker: Some(name) })
            };
            changes.push(Change { matter: Matter::Attribution, how: How::Altered, before: part(before, one, was), after: part(after, other, is) });
        }
    }
    changes
}

/// Whether two names share no word: "Ode" may be "Mara Ode", and "Varga" is neither.
fn are_two(one: &str, other: &str) -> bool {
    let (one, other) = (person::key(one), person::key(other));
    !one.is_empty() && !other.is_empty() && !one.iter().any(|word| other.contains(word))
}

/// Somebody's words in quotation marks.
fn quotations(reading: &Reading) -> Vec<Phrase> {
    let spoken = reading.quotations.entries().filter(|(_, it)| it.use_ == QuotationUse::Speech && it.within.is_none());
    spoken.map(|(_, it)| phrase(reading, it.span, it.inner)).filter(|phrase| !phrase.words.is_empty()).collect()
}

/// What is told of somebody's words, without quotation marks, by statements that stand by themselves.
fn statements(reading: &Reading) -> Vec<Phrase> {
    let plain = reading.statements.entries().filter(|(_, it)| it.form == Form::Indirect && it.within.is_none());
    let whole = plain.filter_map(|(id, it)| Some((id, it.content.iter().copied().reduce(Span::cover)?)));
    whole.map(|(id, span)| Phrase { statement: Some(id), ..phrase(reading, span, span) }).filter(|phrase| !phrase.words.is_empty()).collect()
}

/// Every sentence that belongs to the article.
fn sentences(reading: &Reading) -> Vec<Phrase> {
    let of_article = |span: Span| reading.zones.holding(span.start()).is_none_or(|(_, zone)| zone.kind != ZoneKind::Furniture);
    let all = reading.sentences.iter().map(|sentence| sentence.span().trim(&reading.document.text)).filter(|span| of_article(*span));
    all.map(|span| phrase(reading, span, span)).filter(|phrase| !phrase.words.is_empty()).collect()
}

fn phrase(reading: &Reading, span: Span, words: Span) -> Phrase {
    Phrase { span, words: pairs::words(&reading.tokens, reading.tokens.within(words)), statement: None }
}

/// Who is said to have said a phrase.
fn speaker(reading: &Reading, phrase: &Phrase) -> Option<String> {
    let holds = |statement: &Statement| statement.content.iter().any(|part| part.overlaps(phrase.span));
    let within = |id: &Id<Statement>| reading.statements[*id].reach().len();
    let id = phrase.statement.or_else(|| reading.statements.entries().filter(|(_, it)| holds(it)).map(|(id, _)| id).min_by_key(within))?;
    Some(reading.entities.layer[reading.entities.speakers[id].entity?].name.clone())
}

#[cfg(test)]
mod tests;
