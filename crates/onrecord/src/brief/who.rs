//! Names who said something, when, and on what footing it stands.

use super::Known;
use super::draft::Part;
use crate::entity::EntityKind;
use crate::line::one_line;
use crate::mention::MentionKind;
use crate::record::Told;
use crate::sourcing::{KnownThrough, SourceClass};
use crate::text::Span;
use crate::time::Interval;
use crate::zone::ZoneKind;
use jiff::civil::Date;

/// A source of more words than this describes more than it names.
const LONG_SOURCE: usize = 10;

/// Who said `told`: in the words of the document where they hold the name, else by the name; `None` where it cannot be told.
pub(super) fn speaker(known: &Known<'_>, told: Told) -> Option<Part> {
    let is_time = |span: Span| told.reading(known.accounts).times.iter().any(|time| time.span.contains(span));
    let source = told.statement(known.accounts).source.filter(|span| !is_pronoun(known, told, *span) && !is_time(*span));
    let words = source.map(|span| one_line(span.of(&told.reading(known.accounts).document.text)));
    let words = words.map(|words| named(&words)).filter(|words| !words.is_empty() && !words.contains(['"', '“', '”', '‘']) && !words.ends_with('\''));
    let person = known.people.speaker(known.accounts, told).map(|id| &known.people.layer[id]);
    let name = match (person, words) {
        (None, words) => words?,
        (Some(person), None) => name_here(known, told, person),
        (Some(person), Some(words)) => match person.kind {
            EntityKind::Person | EntityKind::Organization | EntityKind::Outlet => {
                let last = person.name.split_whitespace().next_back().unwrap_or_default();
                let is_short = words.split_whitespace().count() <= LONG_SOURCE && !words.contains([',', ';', '(']);
                let names = !last.is_empty() && words.contains(last) && !words.ends_with("’s") && !words.ends_with("'s");
                if is_short && names && words.len() >= person.name.len() {
                    words
                } else if is_joint(known, told) {
                    format!("{} and others", name_here(known, told, person))
                } else {
                    name_here(known, told, person)
                }
            }
            EntityKind::Office | EntityKind::Group | EntityKind::Anonymous | EntityKind::Thing => words,
        },
    };
    Some(Part::Who(one_line(&name), told))
}

/// Whether several are named who said it: "Sens. Mara Ode, of Dorn, and Tom Varga, of Harrow".
fn is_joint(known: &Known<'_>, told: Told) -> bool {
    told.reading(known.accounts).entities.speakers[told.id].evidence.iter().any(|evidence| evidence.why.starts_with("together with"))
}

/// The name of a person where the document has it, else what the document calls him: a fuller name may be of another document.
fn name_here(known: &Known<'_>, told: Told, person: &crate::person::Person) -> String {
    let reading = told.reading(known.accounts);
    let own = reading.entities.speakers[told.id].entity.map(|entity| &reading.entities.layer[entity].name);
    match own {
        Some(own) if !reading.document.text.contains(&person.name) => own.clone(),
        _ => person.name.clone(),
    }
}

/// A source without what leads up to it ("per a close ally") and the mark that ends it.
fn named(words: &str) -> String {
    let words = words.trim_end_matches([',', ':', ';']);
    let words = [" that", " which", " who"].iter().find_map(|end| words.strip_suffix(end)).unwrap_or(words);
    let is_long = words.split_whitespace().count() > LONG_SOURCE;
    let words =
        [", who ", ", which ", " who ", " which "].iter().find_map(|opener| words.split_once(opener).filter(|_| is_long)).map_or(words, |(first, _)| first);
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let is_led = matches!(first.to_lowercase().as_str(), "per" | "by" | "from" | "for" | "with");
    if is_led { rest.to_owned() } else { words.to_owned() }
}

fn is_pronoun(known: &Known<'_>, told: Told, source: Span) -> bool {
    let reading = told.reading(known.accounts);
    let words = source.of(&reading.document.text).to_lowercase();
    let points = matches!(words.as_str(), "that" | "which" | "who" | "this" | "these" | "those" | "it" | "he" | "she" | "they" | "we" | "i" | "you" | "one");
    points || reading.mentions.iter().any(|mention| mention.kind == MentionKind::Pronoun && mention.span == source)
}

/// On whose word `told` is known, where it is not the speaker's own on the record; in brackets.
pub(super) fn footing(known: &Known<'_>, told: Told) -> Option<Part> {
    let reading = told.reading(known.accounts);
    let sourcing = &reading.sourcing[told.id];
    let mut parts: Vec<String> = Vec::new();
    let word = |part: &str| Some(part.to_owned());
    parts.extend(match (sourcing.class, sourcing.known_through) {
        // "An unnamed relative" says so himself.
        (SourceClass::Anonymous, _) if says_unnamed(known, told) => None,
        (SourceClass::Anonymous, _) => word("unnamed"),
        (_, KnownThrough::Anonymous) => word("on the word of unnamed sources"),
        (SourceClass::Named | SourceClass::Organization, KnownThrough::Document) => word("on the word of a document"),
        (SourceClass::Named, KnownThrough::Outlet) => word("on another outlet’s word"),
        (SourceClass::None, KnownThrough::Author) => word("on the writer’s word"),
        (SourceClass::Named | SourceClass::Organization | SourceClass::Document | SourceClass::SocialPost | SourceClass::Outlet | SourceClass::None, _) => None,
    });
    let own = known.people.speaker(known.accounts, told).map(|id| known.people.layer[id].name.clone());
    let hands = sourcing.chain.iter().rev().skip(1).rev().filter_map(|relay| hand(known, told, relay));
    let hands: Vec<String> = hands.filter(|hand| Some(hand) != own.as_ref()).collect();
    if !hands.is_empty() {
        parts.push(format!("by way of {}", hands.join(" and ")));
    }
    if let Some(voice) = not_reporting(known, told) {
        parts.push(voice.to_owned());
    }
    (!parts.is_empty()).then(|| Part::Footing(format!(" ({})", parts.join(", ")), told))
}

/// Whether the words for who said it tell that he is not named.
fn says_unnamed(known: &Known<'_>, told: Told) -> bool {
    let who = told.statement(known.accounts).source.map(|source| source.of(&told.reading(known.accounts).document.text).to_lowercase());
    who.is_some_and(|who| who.split_whitespace().any(|word| matches!(word, "unnamed" | "anonymous")))
}

/// Whether `told` may not be told without its footing.
pub(super) fn needs_footing(known: &Known<'_>, told: Told) -> bool {
    footing(known, told).is_some()
}

fn hand(known: &Known<'_>, told: Told, relay: &crate::sourcing::Relay) -> Option<String> {
    let reading = told.reading(known.accounts);
    let words = relay.words.map(|span| one_line(span.of(&reading.document.text)));
    let name = relay.entity.map(|entity| known.people.layer[known.people.of(crate::record::Ref::new(told.document, entity))].name.clone());
    let name = name.or(words).map(|name| one_line(&name))?;
    Some(named(name.split(", wh").next().unwrap_or(&name)).to_owned())
}

fn not_reporting(known: &Known<'_>, told: Told) -> Option<&'static str> {
    match zone(known, told)? {
        ZoneKind::Commentary => Some("as a commentary has it"),
        ZoneKind::ReaderComment => Some("as a reader has it"),
        ZoneKind::Headline
        | ZoneKind::Byline
        | ZoneKind::Dateline
        | ZoneKind::Reporting
        | ZoneKind::Turn
        | ZoneKind::Excerpt
        | ZoneKind::Caption
        | ZoneKind::Furniture => None,
    }
}

/// The zone a statement stands in.
pub(super) fn zone(known: &Known<'_>, told: Told) -> Option<ZoneKind> {
    let reading = told.reading(known.accounts);
    reading.zones.holding(told.statement(known.accounts).reach().start()).map(|(_, zone)| zone.kind)
}

/// `on 4 March`, with the year where the story runs over several; `None` where it is not one day.
pub(super) fn day(known: &Known<'_>, said: Option<&Interval>) -> Option<String> {
    let said = said?;
    let day = said.start.filter(|start| said.end == Some(*start))?;
    let year = if spans_years(known) { format!(" {}", day.year()) } else { String::new() };
    Some(format!("on {} {}{year}", day.day(), month(day)))
}

/// Whether the documents are of several years.
fn spans_years(known: &Known<'_>) -> bool {
    let mut years = (0..known.accounts.len()).filter_map(|document| known.calendar.day(document).dating.date).map(Date::year);
    let first = years.next();
    years.any(|year| Some(year) != first)
}

/// The name of the month.
pub(super) fn month(day: Date) -> &'static str {
    const MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    MONTHS[usize::from(day.month().unsigned_abs()) - 1]
}
