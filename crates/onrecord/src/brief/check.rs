//! Checks a sentence of the brief against what it cites; what its support does not carry is told as the reason to drop it.

use super::Known;
use super::draft::{Draft, Part};
use super::{salience, who};
use crate::act::Factuality;
use crate::record::{Place, Told};
use crate::sourcing::SourceClass;
use crate::statement::Form;
use crate::text::Span;
use crate::zone::ZoneKind;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// Whether the support of `draft` carries all of it; else why not.
pub(super) fn check(known: &Known<'_>, folds: &Folds, draft: &Draft) -> Result<(), String> {
    let support = draft.support();
    if support.is_empty() {
        return Err("it cites nothing".to_owned());
    }
    for told in &draft.told {
        said(known, *told)?;
        not_mocked(known, *told)?;
        footing(known, draft, *told)?;
        negation(known, draft, *told)?;
    }
    for part in &draft.parts {
        carried(known, part, &support)?;
    }
    let text = draft.text(known);
    quotations(known, &text, &support)?;
    names_and_numbers(known, folds, &text, &support)
}

/// What is told as said was said: not negated, asked, supposed or made up, nor within what was; and it is nobody's comment.
fn said(known: &Known<'_>, told: Told) -> Result<(), String> {
    let reading = told.reading(known.accounts);
    let mut id = Some(told.id);
    while let Some(at) = id {
        match reading.acts[at].factuality {
            Factuality::Actual => {}
            Factuality::Negated | Factuality::Questioned | Factuality::Hypothetical | Factuality::Presupposed | Factuality::Invented => {
                return Err("it tells as said what was not said".to_owned());
            }
        }
        id = reading.statements[at].within.filter(|outer| outer.at() < at.at());
    }
    match who::zone(known, told) {
        Some(ZoneKind::Furniture | ZoneKind::ReaderComment) => Err("it rests on a part of the page that is not the outlet's".to_owned()),
        Some(
            ZoneKind::Headline
            | ZoneKind::Byline
            | ZoneKind::Dateline
            | ZoneKind::Reporting
            | ZoneKind::Commentary
            | ZoneKind::Turn
            | ZoneKind::Excerpt
            | ZoneKind::Caption,
        )
        | None => Ok(()),
    }
}

/// Columnists make up what people might have said. A named person's words in quotation marks that only commentaries have, and
/// that are taken from nowhere, are not told as said.
fn not_mocked(known: &Known<'_>, told: Told) -> Result<(), String> {
    let is_view = |told: Told| who::zone(known, told) == Some(ZoneKind::Commentary);
    let sourcing = &told.reading(known.accounts).sourcing[told.id];
    let is_bare = sourcing.class == SourceClass::Named && sourcing.chain.len() <= 1 && told.statement(known.accounts).form == Form::Direct;
    let utterance = known.utterances.iter().find(|it| it.statements.contains(&told));
    let words = salience::content_words(known, told);
    let has_them = |other: &Told| !is_view(*other) && salience::overlap(&words, &salience::content_words(known, *other)) >= SAME_QUOTATION;
    let is_alone = || !utterance.is_some_and(|it| it.statements.iter().any(has_them));
    if is_view(told) && is_bare && is_alone() {
        Err("only a commentary has these words in quotation marks, and it does not say whence".to_owned())
    } else {
        Ok(())
    }
}

/// Two renderings of one quotation share so many of their longer words.
const SAME_QUOTATION: f32 = 0.5;

/// What is not on the record in the outlet's reporting is told with its footing.
fn footing(known: &Known<'_>, draft: &Draft, told: Told) -> Result<(), String> {
    let is_named = draft.parts.iter().any(|part| matches!(part, Part::Footing(_, of) if *of == told));
    if who::needs_footing(known, told) && !is_named { Err("it does not tell on whose word it is known".to_owned()) } else { Ok(()) }
}

/// A negation in the words by which something is said, or in the part of the content that is told, is told too.
fn negation(known: &Known<'_>, draft: &Draft, told: Told) -> Result<(), String> {
    let reading = told.reading(known.accounts);
    let copied = |at: usize| {
        let span = reading.tokens.span(at);
        draft
            .parts
            .iter()
            .any(|part| matches!(part, Part::Words(_, place) | Part::Quote(place) if place.document == told.document && place.span.contains(span)))
    };
    let lost = |span: &Span| reading.tokens.within(*span).any(|at| reading.tokens.negated_at(at) && !copied(at));
    let statement = &reading.statements[told.id];
    if statement.cue.iter().any(lost) {
        return Err("it leaves out a negation".to_owned());
    }
    let told_of =
        |part: &&Span| draft.parts.iter().any(|it| matches!(it, Part::Words(_, place) if place.document == told.document && place.span.overlaps(**part)));
    if statement.content.iter().filter(told_of).any(|part| lost(&within_a_sentence(known, told, *part))) {
        return Err("it leaves out a negation".to_owned());
    }
    Ok(())
}

/// The first sentence of a content: what follows it is another assertion.
fn within_a_sentence(known: &Known<'_>, told: Told, part: Span) -> Span {
    let reading = told.reading(known.accounts);
    let end = reading.sentences.holding(part.start()).map_or(part.end(), |(_, sentence)| sentence.span.end());
    Span::new(part.start(), end.clamp(part.start(), part.end()))
}

fn carried(known: &Known<'_>, part: &Part, support: &[Told]) -> Result<(), String> {
    match part {
        Part::Frame(words) => {
            let is_ours = !words.contains(|c: char| c.is_numeric() || matches!(c, '"' | '“' | '”'));
            if is_ours { Ok(()) } else { Err(format!("nothing carries “{}”", words.trim())) }
        }
        Part::Words(_, place) | Part::Quote(place) => stands_in(known, *place, support),
        Part::Who(_, told) | Part::Footing(_, told) => {
            if support.contains(told) {
                Ok(())
            } else {
                Err("it names somebody its support does not".to_owned())
            }
        }
        Part::Day(words, told) => {
            let days = [known.calendar.said(*told)].into_iter().flatten().filter_map(|said| who::day(known, Some(said)));
            if support.contains(told) && days.into_iter().any(|day| words.contains(&day)) {
                Ok(())
            } else {
                Err("its day is not that of its support".to_owned())
            }
        }
        // Their words are checked with the whole sentence, for names, numbers and quotations.
        Part::Question(_) | Part::Count(_) => Ok(()),
    }
}

/// Words that are copied stand in a statement that is cited.
fn stands_in(known: &Known<'_>, place: Place, support: &[Told]) -> Result<(), String> {
    let holds = |told: &&Told| told.document == place.document && told.statement(known.accounts).reach().contains(place.span);
    if support.iter().any(|told| holds(&told)) { Ok(()) } else { Err("it has words that its support does not".to_owned()) }
}

/// Every word between quotation marks stands so in a document that is cited.
fn quotations(known: &Known<'_>, text: &str, support: &[Told]) -> Result<(), String> {
    for (open, close) in [('“', '”'), ('"', '"')] {
        for piece in text.split(open).skip(1).step_by(if open == close { 2 } else { 1 }) {
            let quoted = piece.split(close).next().unwrap_or_default();
            let stands = support.iter().any(|told| told.reading(known.accounts).document.text.contains(quoted));
            if !stands {
                return Err(format!("no source has the words {open}{quoted}{close}"));
            }
        }
    }
    Ok(())
}

/// Of the words that begin with a capital or a digit, so many may be missing in the documents that are cited: the day and
/// the first word of a sentence are ours, a fuller name may come from another document of the story. A sentence that has more is
/// tried without its day, then dropped.
const MISSING_MOST: f64 = 0.15;

fn names_and_numbers(known: &Known<'_>, folds: &Folds, text: &str, support: &[Told]) -> Result<(), String> {
    let documents: BTreeSet<usize> = support.iter().map(|told| told.document).collect();
    let stands = |word: &str| documents.iter().any(|at| folds.of(known, *at).contains(word));
    let spaced = text.replace(['“', '”', '"', '(', ')', '—'], " ").replace("’s", "").replace("'s", "");
    let named: Vec<&str> = spaced.split_whitespace().filter(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric())).collect();
    let missing: Vec<&str> = named.iter().copied().filter(|word| !stands(&folded(word))).collect();
    if missing.len() as f64 <= MISSING_MOST * named.len() as f64 { Ok(()) } else { Err(format!("its support does not have {}", missing.join(", "))) }
}

/// The texts of a story, [folded] once each when they are first asked for.
pub(super) struct Folds(Vec<OnceCell<String>>);

impl Folds {
    /// Of a story of so many documents.
    pub(super) fn of_documents(count: usize) -> Folds {
        Folds((0..count).map(|_| OnceCell::new()).collect())
    }

    fn of(&self, known: &Known<'_>, document: usize) -> &str {
        self.0[document].get_or_init(|| folded(&known.accounts[document].reading.document.text))
    }
}

/// Letters and digits in lower case, everything else a space.
fn folded(words: &str) -> String {
    let letter = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    let mut letters = String::with_capacity(words.len());
    // What is ASCII stands as it is, and keeps apart what is not.
    for run in words.as_bytes().chunk_by(|a, b| a.is_ascii() == b.is_ascii()) {
        let run = std::str::from_utf8(run).expect("bytes of one character are all ASCII or none is");
        if run.is_ascii() {
            letters.extend(run.chars().map(|c| letter(c.to_ascii_lowercase())));
        } else {
            letters.extend(run.nfkd().flat_map(char::to_lowercase).map(letter));
        }
    }
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}
