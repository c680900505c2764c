//! Article text with tags, the notation of tests: `<source>Ode</source> <cue>said</cue> <content>…</content>`.
//!
//! Statements: `source`, `cue`, `content`; a number sets several apart (`<source2>`), no number means 1; a content may
//! come in parts. Mentions: names `<PER>`, `<ORG>`, `<LOC>`, `<MISC>`; descriptions `<person>`, `<organization>`;
//! `<pronoun>`. Tags may nest. What the tags say becomes a [`Readout`], as if the reader had found it.

use crate::mention::{MentionKind, MentionOf};
use crate::read::tokens_of;
use crate::reader::{Link, Marked, Part, Readout, Role};
use crate::text::Span;
use crate::token::Tokens;

/// A text and what its tags say.
#[derive(Clone, Debug, PartialEq)]
pub struct Tagged {
    /// The text without tags.
    pub text: String,
    /// Its tokens.
    pub tokens: Tokens,
    /// What the tags say.
    pub readout: Readout,
    /// Every tag as `(name, place)`, in the order they open.
    pub tags: Vec<(String, Span)>,
}

/// Takes the tags out of `source`. Panics on a tag that does not close: this is for tests.
pub fn parse(source: &str) -> Tagged {
    let (text, tags) = strip(source);
    let tokens = tokens_of(&text);
    let readout = readout(&tokens, &tags);
    Tagged { text, tokens, readout, tags }
}

fn strip(source: &str) -> (String, Vec<(String, Span)>) {
    let mark = regex::Regex::new(r"<(/?)([A-Za-z]+\d*)>").expect("a fixed pattern");
    let (mut text, mut open, mut tags, mut last): (String, Vec<(String, usize, usize)>, Vec<(usize, String, Span)>, usize) = Default::default();
    for (order, hit) in mark.captures_iter(source).enumerate() {
        let whole = hit.get(0).expect("a match has a whole");
        text.push_str(&source[last..whole.start()]);
        last = whole.end();
        let name = hit[2].to_owned();
        if hit[1].is_empty() {
            open.push((name, text.len(), order));
        } else {
            let at = open.iter().rposition(|(opened, ..)| *opened == name).unwrap_or_else(|| panic!("</{name}> closes nothing in: {source}"));
            let (name, start, order) = open.remove(at);
            tags.push((order, name, Span::new(start, text.len())));
        }
    }
    text.push_str(&source[last..]);
    assert!(open.is_empty(), "a tag is left open in: {source}");
    tags.sort();
    (text, tags.into_iter().map(|(_, name, span)| (name, span)).collect())
}

fn readout(tokens: &Tokens, tags: &[(String, Span)]) -> Readout {
    let mut parts: Vec<(Part, String)> = Vec::new();
    let mut mentions = Vec::new();
    for (name, span) in tags {
        let word = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = name[word.len()..].to_owned();
        let range = tokens.within(*span);
        let role = match word {
            "source" => Some(Role::Source),
            "cue" => Some(Role::Cue),
            "content" => Some(Role::Content),
            _ => None,
        };
        let of = match word {
            "PER" => Some((MentionKind::Name, MentionOf::Person)),
            "ORG" => Some((MentionKind::Name, MentionOf::Organization)),
            "LOC" => Some((MentionKind::Name, MentionOf::Place)),
            "MISC" => Some((MentionKind::Name, MentionOf::Other)),
            "person" => Some((MentionKind::Description, MentionOf::Person)),
            "organization" => Some((MentionKind::Description, MentionOf::Organization)),
            "pronoun" => Some((MentionKind::Pronoun, MentionOf::Person)),
            _ => None,
        };
        if let Some(role) = role {
            parts.push((Part { role, tokens: range, score: 1.0 }, number));
        } else if let Some((kind, of)) = of {
            mentions.push(Marked { tokens: range, kind, of, score: 1.0 });
        }
    }
    parts.sort_by_key(|(part, _)| (part.tokens.start, std::cmp::Reverse(part.tokens.end)));
    mentions.sort_by_key(|marked| (marked.tokens.start, std::cmp::Reverse(marked.tokens.end)));
    let tie = |at: usize, from: Role, to: Role| {
        let (part, number) = &parts[at];
        let found = parts.iter().position(|(other, theirs)| other.role == to && theirs == number);
        (part.role == from).then_some(found).flatten().map(|to| Link { to, score: 1.0 })
    };
    let cue_of = (0..parts.len()).map(|at| tie(at, Role::Content, Role::Cue)).collect();
    let source_of = (0..parts.len()).map(|at| tie(at, Role::Cue, Role::Source)).collect();
    Readout { parts: parts.into_iter().map(|(part, _)| part).collect(), cue_of, source_of, mentions, ..Readout::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_parts_and_links() {
        let tagged = parse("<content>It rained</content>, <cue>said</cue> <source><PER>Mara Ode</PER></source>.");
        assert_eq!(tagged.text, "It rained, said Mara Ode.");
        assert_eq!(tagged.readout.parts.len(), 3);
        assert_eq!(tagged.readout.cue_of[0].map(|link| link.to), Some(1));
        assert_eq!(tagged.readout.source_of[1].map(|link| link.to), Some(2));
        assert_eq!(tagged.readout.mentions.len(), 1);
    }
}
