//! Tells one statement in a clause: who, on what footing, and the words, quoted or as the document words them.

use super::Known;
use super::draft::Part;
use super::who;
use crate::act::Act;
use crate::clause::{is_clause, opens_verb};
use crate::letter::small_first;
use crate::line::one_line;
use crate::quotation::{Quotation, QuotationUse};
use crate::record::{Place, Told};
use crate::statement::{Form, Statement};
use crate::text::{Span, Spanned};
use crate::{Reading, lexicon};
use serde::Deserialize;
use std::sync::LazyLock;

/// The clause of `told`, without a day; `None` where its words do not make one.
pub(super) fn clause(known: &Known<'_>, told: Told) -> Option<Vec<Part>> {
    clause_on(known, told, &[])
}

/// The same; of several quotations the one that holds one of `words` is told, where there is one.
pub(super) fn clause_on(known: &Known<'_>, told: Told, words: &[Place]) -> Option<Vec<Part>> {
    if relays_words(known, told) {
        return None;
    }
    let mut parts = vec![who::speaker(known, told)?];
    parts.extend(who::footing(known, told));
    let statement = told.statement(known.accounts);
    let words = match statement.form {
        Form::Direct => quoted(known, told, words),
        Form::Mixed => worded(known, told).or_else(|| quoted(known, told, words)),
        Form::Indirect => worded(known, told),
    };
    parts.extend(words?);
    Some(parts)
}

/// Whether the quoted words are another's, whom it relays: “…,” Ode said, the paper reported. He is told to have said them.
fn relays_words(known: &Known<'_>, told: Told) -> bool {
    let reading = told.reading(known.accounts);
    let quotes =
        |inner: &Statement| reading.quotations.iter().any(|it| it.use_ == QuotationUse::Speech && inner.content.iter().any(|part| it.inner.overlaps(*part)));
    let is_another = |inner: &Statement| inner.within == Some(told.id) && inner.form != Form::Indirect && inner.source.is_some();
    reading.statements[told.id].form == Form::Mixed && reading.statements.iter().any(|inner| is_another(inner) && quotes(inner))
}

/// A quotation of more bytes is cut, at the end of one of its sentences where that is possible.
const LONG_QUOTE: usize = 220;
/// A quotation of fewer words tells nothing alone.
const SHORT_QUOTE: usize = 3;
/// A clause of more bytes is none.
const LONG_CLAUSE: usize = 300;
/// Between the cue and its content stand at most so many bytes: "told reporters in the city on Thursday".
const GAP: usize = 90;

#[derive(Deserialize)]
struct Words {
    /// Verbs that tell that something was said, in all their forms.
    #[serde(deserialize_with = "lexicon::verbs")]
    tells: lexicon::Phrases,
    /// Those of them that may have a clause for their object.
    #[serde(deserialize_with = "lexicon::verbs")]
    clauses: lexicon::Phrases,
    /// Verbs that may stand before a quotation, in all their forms.
    #[serde(deserialize_with = "lexicon::verbs")]
    quotes: lexicon::Phrases,
    /// Prepositions that belong to the time after them.
    before_times: lexicon::Phrases,
}

fn lexicon() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| lexicon::parse(include_str!("../../../../lexicon/brief.toml")));
    &WORDS
}

/// ` said: “…”`
fn quoted(known: &Known<'_>, told: Told, words: &[Place]) -> Option<Vec<Part>> {
    let reading = told.reading(known.accounts);
    let statement = &reading.statements[told.id];
    let inner = |part: &Span| -> Vec<Span> {
        // What holds the cue too is said by whoever tells of this.
        let is_own = |it: &Quotation| !statement.cue.iter().any(|cue| it.inner.contains(*cue));
        let speech = |it: &&Quotation| it.within.is_none() && it.use_ == QuotationUse::Speech && it.inner.overlaps(*part) && is_own(it);
        let cut = |it: &Quotation| Span::new(it.inner.start().max(part.start()), it.inner.end().min(part.end()));
        reading.quotations.iter().filter(speech).map(cut).collect()
    };
    let spans: Vec<(Span, bool)> = statement.content.iter().flat_map(inner).map(|span| shortened(reading, span)).collect();
    let is_meant = |(span, _): &&(Span, bool)| words.iter().any(|place| place.document == told.document && span.overlaps(place.span));
    let is_long = |(span, _): &&(Span, bool)| reading.tokens.within(*span).len() > SHORT_QUOTE;
    let (span, is_cut) = spans.iter().find(is_meant).or_else(|| spans.iter().find(is_long)).copied()?;
    if statement.form == Form::Mixed && !is_sentence(reading, span) {
        return None;
    }
    let verb = single_verb(reading, statement).or_else(|| verb(reading.acts[told.id].act).map(str::to_owned))?;
    let mut parts = vec![Part::Frame(format!(" {verb}: ")), Part::Quote(told.place(span))];
    if is_cut {
        parts.push(Part::Frame(" …".to_owned()));
    }
    Some(parts)
}

/// Whether a quotation begins like a sentence; a piece of one, set apart from the words around it, may turn what was meant.
fn is_sentence(reading: &Reading, span: Span) -> bool {
    span.of(&reading.document.text).starts_with(char::is_uppercase)
}

/// The start of `span` that is short enough, whole sentences where possible, and whether a sentence was cut.
fn shortened(reading: &Reading, span: Span) -> (Span, bool) {
    let text = reading.document.text.as_str();
    let line = span.of(text).find('\n').map_or(span, |at| Span::new(span.start(), span.start() + at)).trim(text);
    let without_comma = |span: Span| {
        let words = span.of(text).trim_end_matches([',', ' ']);
        Span::new(span.start(), span.start() + words.len())
    };
    if line.len() <= LONG_QUOTE {
        return (without_comma(line), false);
    }
    let limit = line.start() + LONG_QUOTE;
    let mut ends = reading.sentences.iter().map(|sentence| sentence.span().end()).filter(|end| *end > line.start() && *end <= limit);
    if let Some(end) = ends.next_back() {
        return (Span::new(line.start(), end).trim(text), false);
    }
    let mut spaces = line.of(text).char_indices().filter(|(at, c)| *c == ' ' && *at > 0 && *at < LONG_QUOTE);
    (Span::new(line.start(), spaces.next_back().map_or(line.end(), |(at, _)| line.start() + at)), true)
}

/// The verb of a cue that is one finite verb and may stand before a quotation: "said", "replied", "tweeted"; not "denied".
fn single_verb(reading: &Reading, statement: &Statement) -> Option<String> {
    let [cue] = statement.cue.as_slice() else { return None };
    let words: Vec<usize> = reading.tokens.within(*cue).filter(|at| reading.tokens.lower(*at) != ":").collect();
    let [only] = words.as_slice() else { return None };
    let word = reading.tokens.lower(*only);
    (crate::time::tells_past(word) && lexicon().quotes.has(word)).then(|| word.to_owned())
}

/// The verb before the quotation of an act, where the document's own will not do; `None` where a neutral one would turn it.
fn verb(act: Act) -> Option<&'static str> {
    match act {
        Act::Question => Some("asked"),
        Act::Assertion | Act::Answer | Act::NonAnswer | Act::Refusal | Act::Denial | Act::Promise | Act::Demand | Act::Offer | Act::Threat => Some("said"),
        Act::Thought => None,
    }
}

/// The words of the document: its own cue and content where they follow each other, else ` said that …`.
fn worded(known: &Known<'_>, told: Told) -> Option<Vec<Part>> {
    let reading = told.reading(known.accounts);
    let statement = &reading.statements[told.id];
    let [cue] = statement.cue.as_slice() else { return None };
    // "We must …" is not "Ode must …": who says I is quoted or left out.
    if statement.source.is_some_and(|source| says_i(reading, source)) {
        return None;
    }
    let first = statement.content.first();
    // "States that Ode claims | are safe": the subject stands before it.
    if first
        .is_some_and(|content| matches!(reading.tokens.lower(reading.tokens.within(*content).start), "are" | "had" | "has" | "have" | "is" | "was" | "were"))
    {
        return None;
    }
    let source_first = statement.source.is_none_or(|source| source.end() <= cue.start());
    let is_noun = statement.source.is_some_and(|source| ["'s", "’s", "s'", "s’"].iter().any(|ending| source.of(&reading.document.text).ends_with(ending)));
    let is_noun = is_noun
        || is_of_his(reading, statement, *cue)
        || is_bare(reading, statement.source, *cue)
        || first.is_some_and(|content| runs_on(reading, *cue, *content));
    let is_verb = !is_noun && is_finite(reading, *cue) && !is_passive(reading, *cue) && (is_telling(reading, *cue) || reading.tokens.within(*cue).len() == 1);
    // Of several parts the first must say something by itself.
    let is_whole = |content: &Span| statement.content.len() == 1 || is_clause(&reading.document.text, &reading.tokens, reading.tokens.within(*content));
    if source_first && is_verb && first.is_none_or(|content| follows(reading, *cue, *content) && is_whole(content)) {
        let end = first.map_or(cue.end(), |content| content.end());
        let span = without_also(reading, Span::new(cue.start(), end));
        return Some(vec![Part::Frame(" ".to_owned()), words(reading, told, span, first.map_or(end, |content| content.start()))?]);
    }
    let [content] = statement.content.as_slice() else { return None };
    if names_speaker(known, told, *content)
        || !tells_clause(reading.acts[told.id].act)
        || !tells_that(reading, *cue)
        || matches!(reading.tokens.lower(reading.tokens.within(*content).start), "and" | "but" | "or" | "nor")
        || !is_clause(&reading.document.text, &reading.tokens, reading.tokens.within(*content))
    {
        return None;
    }
    let span = without_that(reading, *content);
    Some(vec![Part::Frame(" said that ".to_owned()), lowered(reading, words(reading, told, span, span.start())?)])
}

/// Whether the cue is what belongs to somebody: "his pledge to".
fn is_of_his(reading: &Reading, statement: &Statement, cue: Span) -> bool {
    let tokens = &reading.tokens;
    let source = statement.source.map_or_else(|| tokens.before(tokens.within(cue).start, 1), |source| source.of(&reading.document.text));
    matches!(source, "her" | "his" | "its" | "my" | "our" | "their" | "your")
}

/// Whether what is told opens with the name of who tells it: "in her comments Mrs Ode seemed calm" is not what she commented.
fn names_speaker(known: &Known<'_>, told: Told, content: Span) -> bool {
    let reading = told.reading(known.accounts);
    let first = reading.mentions.within(content).find(|(_, mention)| mention.kind == crate::mention::MentionKind::Name);
    let opens = first.filter(|(_, mention)| mention.title.unwrap_or(mention.span).start().min(mention.span.start()) <= content.start() + TITLE);
    opens.is_some_and(|(id, _)| reading.entities.of_mention[id].is_some() && reading.entities.of_mention[id] == reading.entities.speakers[told.id].entity)
}

/// Bytes of a title before a name.
const TITLE: usize = 4;

/// Whether the bare form stands behind one alone: "a board estimate of the cost" tells of no estimating.
fn is_bare(reading: &Reading, source: Option<Span>, cue: Span) -> bool {
    let tokens = &reading.tokens;
    let of_one = source.is_some_and(|source| matches!(tokens.lower(tokens.within(source).start), "a" | "an" | "another" | "each" | "every" | "one"));
    let first = tokens.lower(tokens.within(cue).start);
    of_one && !first.ends_with('s') && !crate::time::tells_past(first) && !opens_verb(first)
}

/// Whether the verb of the sentence stands in what seems to be the content: "calls for his resignation were a distraction",
/// "the troops Ode asked for are there".
fn runs_on(reading: &Reading, cue: Span, content: Span) -> bool {
    let tokens = &reading.tokens;
    let (cue, content) = (tokens.within(cue), tokens.within(content));
    let last = tokens.lower(cue.end - 1);
    if !matches!(last, "for" | "of" | "about" | "on" | "to" | "in" | "with" | "against") {
        return false;
    }
    let opens_clause = |at: usize| {
        let word = tokens.lower(at);
        matches!(
            word,
            "that"
                | "who"
                | "which"
                | "what"
                | "how"
                | "why"
                | "where"
                | "when"
                | "if"
                | "whether"
                | "because"
                | "while"
                | "as"
                | "after"
                | "before"
                | "and"
                | ","
                | "–"
                | "—"
        )
    };
    content
        .take_while(|at| !opens_clause(*at))
        .any(|at| matches!(tokens.lower(at), "is" | "are" | "was" | "were" | "has" | "have" | "had" | "would" | "will" | "could"))
}

/// Whether a source is an I or a we.
fn says_i(reading: &Reading, source: Span) -> bool {
    let words = reading.tokens.within(source);
    words.len() == 1 && matches!(reading.tokens.lower(words.start), "i" | "we" | "us" | "me")
}

/// Acts whose content, where it is a clause, may stand after "said that".
fn tells_clause(act: Act) -> bool {
    match act {
        Act::Assertion | Act::Answer | Act::NonAnswer | Act::Promise => true,
        Act::Question | Act::Refusal | Act::Denial | Act::Demand | Act::Offer | Act::Threat | Act::Thought => false,
    }
}

/// Whether the cue is a finite verb: "said", "has denied", "did not cite"; not "saying", "criticism of".
fn is_finite(reading: &Reading, cue: Span) -> bool {
    let tokens = &reading.tokens;
    let mut at = tokens.within(cue);
    let Some(first) = at.find(|at| tokens.lower(*at) != "also") else { return false };
    let word = tokens.lower(first);
    opens_verb(word) || crate::time::tells_past(word) || (lexicon().tells.has(word) && !word.ends_with("ing"))
}

/// Whether the cue says what is told of somebody ("is suspected of"), who need not be its source.
fn is_passive(reading: &Reading, cue: Span) -> bool {
    let tokens = &reading.tokens;
    let cue = tokens.within(cue);
    // The verb of being may stand before the cue: "was |sentenced for calling for|".
    let mut words = (cue.start.saturating_sub(1)..cue.end).map(|at| tokens.lower(at));
    words.any(|word| matches!(word, "is" | "are" | "was" | "were" | "been" | "being" | "be")) && words.any(crate::time::tells_past)
}

/// Whether the cue holds a word of telling in any form ("adding", "according to"); "follows" and "criticism of" hold none.
fn is_telling(reading: &Reading, cue: Span) -> bool {
    let tokens = &reading.tokens;
    tokens.within(cue).any(|at| lexicon().tells.has(tokens.lower(at)) || tokens.is(at, &["according", "to"]))
}

/// Whether the cue holds a word that may have a clause for its object.
fn tells_that(reading: &Reading, cue: Span) -> bool {
    let tokens = &reading.tokens;
    tokens.within(cue).any(|at| lexicon().clauses.at(tokens, at).is_some() || tokens.is(at, &["according", "to"]))
}

fn without_also(reading: &Reading, span: Span) -> Span {
    let first = reading.tokens.within(span).start;
    if reading.tokens.lower(first) == "also" && first + 1 < reading.tokens.len() { Span::new(reading.tokens.span(first + 1).start(), span.end()) } else { span }
}

fn without_that(reading: &Reading, span: Span) -> Span {
    let first = reading.tokens.within(span).start;
    if reading.tokens.lower(first) == "that" && reading.tokens.within(span).len() > 1 {
        Span::new(reading.tokens.span(first + 1).start(), span.end())
    } else {
        span
    }
}

fn follows(reading: &Reading, cue: Span, content: Span) -> bool {
    let same = |a: usize, b: usize| reading.sentences.holding(a).map(|(id, _)| id) == reading.sentences.holding(b).map(|(id, _)| id);
    cue.end() <= content.start() && content.start() - cue.end() <= GAP && same(cue.start(), content.start())
}

/// The words of `span` up to the end of the sentence of `from`, without times before `from` that only date the saying.
fn words(reading: &Reading, told: Told, span: Span, from: usize) -> Option<Part> {
    let text = reading.document.text.as_str();
    let anchor = from.min(span.end().saturating_sub(1)).max(span.start());
    let sentence = reading.sentences.holding(anchor).map_or(span, |(_, sentence)| sentence.span());
    let span = Span::new(span.start(), span.end().min(sentence.end()).max(span.start())).trim(text);
    let span = Span::new(span.start(), span.start() + span.of(text).trim_end_matches([',', ';', ':', '.', ' ']).len());
    if span.is_empty() || span.len() > LONG_CLAUSE || !is_balanced(span.of(text)) || addresses(reading, span) {
        return None;
    }
    let mut out = String::new();
    let mut at = span.start();
    for time in reading.times.within(span).map(|(_, time)| time).filter(|time| time.span.end() <= from && time.interval.is_some()) {
        let first = reading.tokens.from_byte(time.span.start());
        let is_led = first > 0 && lexicon().before_times.has(reading.tokens.before(first, 1)) && reading.tokens.span(first - 1).start() >= at;
        let start = if is_led { reading.tokens.span(first - 1).start() } else { time.span.start() };
        out.push_str(&text[at..start.max(at)]);
        at = time.span.end();
    }
    out.push_str(&text[at..span.end()]);
    let has_marks = out.contains(['"', '“', '”']);
    let line = one_line(&out).replace(" ,", ",").replace(",,", ",");
    (!has_marks || !span.of(text).contains('\n')).then_some(Part::Words(line.trim_end_matches([',', ' ']).to_owned(), told.place(span)))
}

/// Whether the words, outside of quotation marks, are said by an I or to a you: out of their speech nobody can tell who that is.
fn addresses(reading: &Reading, span: Span) -> bool {
    let tokens = &reading.tokens;
    let mut is_open = false;
    for at in tokens.within(span) {
        match tokens.lower(at) {
            "“" => is_open = true,
            "”" => is_open = false,
            "\"" => is_open = !is_open,
            "i" | "me" | "my" | "myself" | "we" | "our" | "ours" | "ourselves" | "you" | "your" | "yours" | "yourself" if !is_open => return true,
            _ => {}
        }
    }
    false
}

/// Whether every quotation mark that opens closes too.
fn is_balanced(words: &str) -> bool {
    let count = |mark: char| words.matches(mark).count();
    count('“') == count('”') && count('"') % 2 == 0 && count('‘') <= count('’')
}

/// The same words with a small first letter, unless they begin with a name.
fn lowered(reading: &Reading, part: Part) -> Part {
    let Part::Words(words, Place { document, span }) = part else { return part };
    let holds = |mention: &crate::mention::Mention| mention.span().holds(span.start()) || mention.title.is_some_and(|title| title.holds(span.start()));
    let is_name = reading.mentions.iter().any(|mention| mention.kind == crate::mention::MentionKind::Name && holds(mention));
    let first_word = words.split_whitespace().next().unwrap_or_default();
    let is_acronym = first_word.chars().skip(1).any(char::is_uppercase);
    let is_time = reading.times.iter().any(|time| time.span.start() == span.start());
    let keeps = is_name || is_acronym || is_time || matches!(first_word, "I" | "I’m" | "I'm");
    Part::Words(if keeps { words } else { small_first(&words) }, Place { document, span })
}
