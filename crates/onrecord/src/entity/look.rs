//! What one mention shows by itself: its words, its head, number, gender, and where it stands.

use super::Cx;
use crate::letter;
use crate::mention::words::{Number, is_determiner, words};
use crate::mention::{Mention, MentionKind, MentionOf};
use crate::quotation::{Quotation, QuotationUse};
use crate::statement::Statement;
use crate::text::{Id, Span};
use crate::token::Tokens;
use crate::zone::ZoneKind;
use std::collections::HashSet;
use std::ops::Range;

/// Grammatical gender a mention shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gender {
    He,
    She,
}

/// How a description points at its people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Definite {
    /// "the", "this", "both".
    Known,
    /// "his attorney general".
    Possessed,
    /// "a", "two", "some", or no determiner.
    New,
}

/// A title or described role: "White House press secretary".
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Role {
    /// The noun in the singular, abbreviations written out: "secretary", "attorney general".
    pub head: String,
    /// All other words, in lower case.
    pub modifiers: Vec<String>,
    /// Whether it is past: "former".
    pub is_former: bool,
}

impl Role {
    /// Whether it is that of a spokesperson or a press secretary.
    pub(crate) fn is_spokesperson(&self) -> bool {
        words().spokespeople.has(&self.head) || matches!(self.head.as_str(), "secretary" | "officer") && self.modifiers.iter().any(|word| word == "press")
    }
}

/// One mention seen from all sides.
pub(super) struct Look {
    pub at: usize,
    pub span: Span,
    pub kind: MentionKind,
    pub of: MentionOf,
    pub tokens: Range<usize>,
    /// Its words in lower case and without accents, joined at hyphens, without determiners, marks and possessive s.
    pub words: Vec<String>,
    pub sentence: usize,
    pub paragraph: usize,
    pub quotation: Option<Id<Quotation>>,
    /// The statements whose source it opens or heads.
    pub source_of: Vec<Id<Statement>>,
    /// Whether it stands among links and captions, where nobody comes back to it.
    pub is_aside: bool,
    /// Whether it is the first of its kind in its sentence and quotation, mostly the subject.
    pub is_subject: bool,
    /// Whether it opens what somebody says ("Ode said | Varga was right"): the subject of a clause within.
    pub is_inner_subject: bool,
    pub number: Option<Number>,
    pub gender: Option<Gender>,
    pub definite: Definite,
    /// Whether it opens with "both".
    pub is_both: bool,
    /// Whether it opens with "two".
    pub is_two: bool,
    /// The role a description names.
    pub role: Option<Role>,
    /// The roles a name's title gives.
    pub titles: Vec<Role>,
}

impl Look {
    pub(super) fn is_name_of(&self, of: MentionOf) -> bool {
        self.kind == MentionKind::Name && self.of == of
    }

    pub(super) fn is_description_of(&self, of: MentionOf) -> bool {
        self.kind == MentionKind::Description && self.of == of
    }

    pub(super) fn head(&self) -> &str {
        self.role.as_ref().map_or_else(|| self.words.last().map_or("", String::as_str), |role| &role.head)
    }
}

/// How many mentions of one document are clustered; each is weighed against the others, and no article has more.
const MOST: usize = 6000;

/// Looks at every mention, as far as [`MOST`] goes.
pub(super) fn at_all(cx: &Cx<'_>) -> Vec<Look> {
    let sources = heads_of_sources(cx);
    let mut looks: Vec<Look> = cx.mentions.entries().take(MOST).map(|(id, mention)| look(cx, id.at(), mention, &sources)).collect();
    let within_titles = tokens_of_titles(cx);
    let ends = cx.statements.iter().flat_map(|statement| &statement.cue).map(|cue| cx.tokens.within(*cue).end);
    let cues: HashSet<usize> = ends.filter(|end| *end > 0 && !crate::mention::words::ends_phrase(cx.tokens.before(*end, 1))).collect();
    let mut seen = HashSet::new();
    for look in &mut looks {
        let first = cx.tokens.lower(look.tokens.start);
        let talks = look.kind == MentionKind::Pronoun && (words().speaker.contains(first) || words().addressee.contains(first));
        // "Harrow spokesman Tom Ode said": the subject is Ode, not Harrow.
        let is_part = talks || within_titles.contains(&look.tokens.start) || opens_beside(cx, look);
        look.is_subject = !is_part && seen.insert((look.sentence, look.of, look.quotation));
        let opener = look.tokens.start - usize::from(look.tokens.start > 0 && cx.tokens.before(look.tokens.start, 1) == "that");
        look.is_inner_subject = !is_part && cues.contains(&opener) && look.source_of.is_empty();
    }
    looks
}

/// "Asked about Varga's letter, Ode said": the name stands in a phrase before the clause whose subject comes behind the comma.
fn opens_beside(cx: &Cx<'_>, look: &Look) -> bool {
    let Some((_, sentence)) = cx.sentences.holding(look.span.start()) else { return false };
    let is_led = matches!(cx.tokens.before(look.tokens.start, 1), "about" | "against" | "by" | "for" | "from" | "of" | "over" | "to" | "with");
    let comma = |range: std::ops::Range<usize>| range.into_iter().any(|at| cx.tokens.lower(at) == ",");
    let behind = look.tokens.end..sentence.tokens.end.min(look.tokens.end + BESIDE);
    // "Asked", "When asked", "Speaking": who does that is told behind the comma.
    let is_participle = |word: &str| (word.ends_with("ed") || word.ends_with("ing")) && word != "according";
    let opens = sentence.tokens.clone().take(2).any(|at| is_participle(cx.tokens.lower(at)));
    look.kind == MentionKind::Name && is_led && opens && !comma(sentence.tokens.start..look.tokens.start) && comma(behind)
}

/// Tokens between a name and the end of the phrase it stands in: "about Varga's letter to the harbour board,".
const BESIDE: usize = 8;

/// The tokens that stand within the title of a person's name.
fn tokens_of_titles(cx: &Cx<'_>) -> HashSet<usize> {
    let titles = cx.mentions.iter().filter(|mention| mention.kind == MentionKind::Name).filter_map(|mention| Some((mention.title?, mention.span)));
    titles.filter(|(title, name)| title.start() < name.start()).flat_map(|(title, _)| cx.tokens.within(title)).collect()
}

fn look(cx: &Cx<'_>, at: usize, mention: &Mention, sources: &[(Id<Statement>, usize)]) -> Look {
    let span = mention.span;
    let tokens = cx.tokens.within(span);
    let word = cx.tokens.lower(tokens.start).to_owned();
    let role = (mention.kind == MentionKind::Description).then(|| roles(cx.tokens, &phrase(cx.tokens, tokens.clone())).into_iter().next()).flatten();
    let mut titles = mention.title.map(|title| titles(cx.tokens, cx.tokens.within(title))).unwrap_or_default();
    if mention.title.is_some_and(|title| is_of_another_time(cx.tokens, cx.tokens.within(title.cover(span)).start)) {
        titles.iter_mut().for_each(|role| role.is_former = true);
    }
    let sentence = cx.sentences.as_slice().partition_point(|sentence| sentence.span.start() <= span.start());
    let mut look = Look {
        at,
        span,
        kind: mention.kind,
        of: mention.of,
        words: content_words(cx.tokens, crate::mention::before_clause(cx.tokens, tokens.clone())),
        sentence,
        paragraph: sentence.checked_sub(1).map_or(0, |at| cx.sentences.as_slice()[at].paragraph),
        quotation: cx
            .quotations
            .entries()
            .filter(|(_, quotation)| quotation.use_ == QuotationUse::Speech && quotation.span.contains(span))
            .map(|(id, _)| id)
            .next_back(),
        source_of: sources.iter().filter(|(_, head)| tokens.contains(head)).map(|(id, _)| *id).collect(),
        is_aside: cx.zones.holding(span.start()).is_some_and(|(_, zone)| matches!(zone.kind, ZoneKind::Furniture | ZoneKind::Caption)),
        is_subject: false,
        is_inner_subject: false,
        number: None,
        gender: None,
        definite: definite(&word),
        is_both: word == "both",
        is_two: word == "two",
        role,
        titles,
        tokens,
    };
    look.number = number(cx, &look, &word);
    look.gender = gender(cx, &look, mention);
    look
}

/// "Under President Ode", "except for President Ode": what stands from a token on is told of to compare, and holds no office in what is told.
fn is_of_another_time(tokens: &Tokens, start: usize) -> bool {
    (1..=2).any(|back| start.checked_sub(back).is_some_and(|at| words().other_times.at(tokens, at) == Some(back)))
}

/// For each source its head tokens, one a side.
fn heads_of_sources(cx: &Cx<'_>) -> Vec<(Id<Statement>, usize)> {
    let mut heads = Vec::new();
    let end = cx.mentions.as_slice().get(MOST).map_or(usize::MAX, |mention| mention.span.start());
    for (id, statement) in cx.statements.entries() {
        let Some(source) = statement.source.filter(|source| source.start() < end) else { continue };
        for side in crate::mention::sides(cx.text(), cx.tokens, cx.tokens.within(source)) {
            heads.push((id, titled(cx, source, side).unwrap_or(side)));
        }
    }
    heads
}

/// The name inside a source whose title holds its head: "Secretary of State Jon Ode".
fn titled(cx: &Cx<'_>, source: Span, head: usize) -> Option<usize> {
    let holds = |mention: &&Mention| mention.title.is_some_and(|title| cx.tokens.within(title).contains(&head));
    let named = cx.mentions.within(source).map(|(_, mention)| mention).filter(|mention| mention.kind == MentionKind::Name).find(holds)?;
    Some(cx.tokens.within(named.span).start)
}

fn definite(first: &str) -> Definite {
    match first {
        "the" | "this" | "that" | "these" | "those" | "both" => Definite::Known,
        "his" | "her" | "their" | "its" | "our" | "my" | "your" => Definite::Possessed,
        _ => Definite::New,
    }
}

/// The words of `tokens` in lower case, joined at hyphens; without determiners, marks and possessive s.
pub(crate) fn content_words(tokens: &Tokens, range: Range<usize>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut glue = false;
    for at in range.clone() {
        let word = tokens.lower(at);
        let glued = at > 0 && at > range.start && tokens.span(at - 1).end() == tokens.span(at).start();
        if glued && matches!(word, "-" | "'" | "’") && !found.is_empty() {
            glue = true;
            continue;
        }
        let possessive = glue && word == "s";
        let mark = !word.chars().any(char::is_alphanumeric);
        if possessive || mark || (is_determiner(word) && at == range.start) {
            glue = false;
            continue;
        }
        match found.last_mut().filter(|_| glue) {
            Some(last) => {
                last.push('-');
                last.push_str(&letter::plain(word));
            }
            None => found.push(letter::plain(word)),
        }
        glue = false;
    }
    found
}

/// The part of a description before its first preposition or relative; "a young, angry woman" goes on behind its comma.
fn phrase(tokens: &Tokens, range: Range<usize>) -> Range<usize> {
    let names = |at: usize| words().people.has(tokens.lower(at)) || words().is_body(tokens.lower(at)) || words().short.contains_key(tokens.lower(at));
    let goes_on =
        |at: usize| (at + 1..range.end).take_while(|at| !crate::mention::words::ends_phrase(tokens.lower(*at)) && tokens.lower(*at) != ",").any(names);
    let comma = |at: usize| tokens.lower(at) == "," && ((range.start..at).any(names) || !goes_on(at));
    let end = range.clone().skip(1).find(|at| crate::mention::words::ends_phrase(tokens.lower(*at)) || comma(*at)).unwrap_or(range.end);
    range.start..end
}

/// The roles a title gives: one for each noun before an "and" and the last.
pub(crate) fn titles(tokens: &Tokens, range: Range<usize>) -> Vec<Role> {
    let mut found = Vec::new();
    let mut start = range.start;
    for at in range.clone() {
        if tokens.lower(at) == "and" || tokens.lower(at) == "," {
            found.extend(roles(tokens, &phrase(tokens, start..at)));
            start = at + 1;
        }
    }
    found.extend(roles(tokens, &phrase(tokens, start..range.end)));
    found
}

/// The role that a phrase names: its last noun for people, with the words before it.
fn roles(tokens: &Tokens, phrase: &Range<usize>) -> Vec<Role> {
    let words = words();
    let mut head: Option<(Range<usize>, String)> = None;
    let mut at = phrase.start;
    while at < phrase.end {
        let word = tokens.lower(at);
        if let Some(length) = words.role_phrases.at(tokens, at).filter(|length| at + length <= phrase.end) {
            let base = if length == 1 {
                words.roles.get(word).map_or(word, |(base, _)| base).to_owned()
            } else {
                (at..at + length).map(|at| tokens.lower(at)).collect::<Vec<_>>().join(" ")
            };
            head = Some((at..at + length, base));
            at += length;
            continue;
        }
        if let Some(long) = words.short.get(word) {
            head = Some((at..at + 1, long.clone()));
        } else if let Some((base, _)) = words.people.get(word) {
            head = Some((at..at + 1, base.to_owned()));
        } else if words.before.contains(word) || words.is_courtesy(word) {
            head = Some((at..at + 1, word.to_owned()));
        }
        at += 1;
    }
    let Some((place, head)) = head else { return Vec::new() };
    let others = content_words(tokens, phrase.start..place.start);
    let is_former = others.iter().any(|word| matches!(word.as_str(), "former" | "then" | "ex" | "late" | "onetime"));
    let filler = |word: &String| matches!(word.as_str(), "former" | "then" | "current" | "ex" | "late" | "same" | "new" | "longtime") || is_determiner(word);
    let modifiers = others.into_iter().filter(|word| !filler(word)).collect();
    vec![Role { head: words.short.get(&head).cloned().unwrap_or(head), modifiers, is_former }]
}

fn number(cx: &Cx<'_>, look: &Look, first: &str) -> Option<Number> {
    let words = words();
    match look.kind {
        MentionKind::Name => (look.of == MentionOf::Person).then_some(Number::One),
        MentionKind::Pronoun if words.he.contains(first) || words.she.contains(first) || words.it.contains(first) => Some(Number::One),
        MentionKind::Pronoun => None,
        MentionKind::Description => {
            let head = phrase(cx.tokens, look.tokens.clone());
            let noun = cx.tokens.lower(head.end.saturating_sub(1));
            let listed = words.people.get(noun).map(|(_, number)| number);
            match first {
                "a" | "an" | "one" | "this" | "that" | "another" if noun != "people" && noun != "couple" => Some(Number::One),
                "two" | "three" | "four" | "five" | "six" | "several" | "many" | "some" | "multiple" | "these" | "those" | "both" | "most" | "all" => {
                    Some(Number::Many)
                }
                _ if noun == "couple" || noun == "people" || words.plural_bodies.contains(noun) => Some(Number::Many),
                _ if first.starts_with(|c: char| c.is_ascii_digit()) => Some(Number::Many),
                _ if look.of == MentionOf::Organization => Some(Number::One),
                _ => listed.or(Some(if noun.ends_with('s') && !noun.ends_with("ss") { Number::Many } else { Number::One })),
            }
        }
    }
}

fn gender(cx: &Cx<'_>, look: &Look, mention: &Mention) -> Option<Gender> {
    let words = words();
    if look.kind == MentionKind::Pronoun {
        let word = cx.tokens.lower(look.tokens.start);
        return if words.he.contains(word) {
            Some(Gender::He)
        } else if words.she.contains(word) {
            Some(Gender::She)
        } else {
            None
        };
    }
    let title = mention.title.map(|title| cx.tokens.within(title)).unwrap_or(0..0);
    let own = if look.kind == MentionKind::Description { phrase(cx.tokens, look.tokens.clone()) } else { 0..0 };
    // The last such noun counts: in "his wife's spokesman" it is the spokesman.
    for at in title.chain(own).rev() {
        let word = cx.tokens.lower(at);
        if words.courtesy_masculine.contains(word) || words.masculine.get(word).is_some_and(|(_, number)| number == Number::One) {
            return Some(Gender::He);
        }
        if words.courtesy_feminine.contains(word) || words.feminine.get(word).is_some_and(|(_, number)| number == Number::One) {
            return Some(Gender::She);
        }
    }
    None
}

/// The gender that the ending of a first name which is in no list hints at.
pub(super) fn likely_gender(first: &str) -> Option<Gender> {
    let words = words();
    // The letters before the ending, at least: "Ana" is no hint for "na".
    const STEM: usize = 2;
    let ends =
        |endings: &[String]| endings.iter().filter(|ending| first.len() >= ending.len() + STEM && first.ends_with(ending.as_str())).map(String::len).max();
    match (ends(&words.male_endings), ends(&words.female_endings)) {
        (male, female) if male > female => Some(Gender::He),
        (male, female) if female > male => Some(Gender::She),
        (_, _) => None,
    }
}

/// The gender that a full name's first word suggests.
pub(super) fn gender_of_first_name(first: &str) -> Option<Gender> {
    let words = words();
    if words.male_names.contains(first) {
        Some(Gender::He)
    } else if words.female_names.contains(first) {
        Some(Gender::She)
    } else {
        None
    }
}
