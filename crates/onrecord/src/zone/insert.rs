//! Finds what a page's template set into the middle of a sentence: `zone/insert`.

use crate::evidence::Note;
use crate::text::Span;

/// The word a list of other articles ends with.
const END: &str = "MORE";
/// The most bytes of a list.
const LONGEST: usize = 900;
/// How far before the name told again the first telling of it stands, in bytes: "Ode Mara Jane Ode".
const FIRST_TELLING: usize = 60;
/// The fewest letters of a name that can be told again.
const SHORTEST_NAME: usize = 3;

/// The lists of other articles that stand behind a name, each opening with the name in full and the first headline grown
/// to it: "Ode Mara Jane OdeHarbour pays twice Mayor to speak MORE said".
pub(crate) fn inserts(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    if !text.contains(END) {
        return found;
    }
    for (line, at) in lines(text) {
        let mut from = 0;
        for end in ends(line) {
            if let Some(start) = start(line, from, end - END.len()) {
                found.push(Span::new(at + start, at + end));
                from = end;
            }
        }
    }
    found
}

/// What a reading notes of such a list.
pub(crate) fn insert_note(span: Span) -> Note {
    let message = "a list of other articles inside a sentence is not read".to_owned();
    Note { kind: "inserted-list", span: Some(span), message }
}

/// The lines of a text, each with where it begins.
fn lines(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        at += line.len();
        (line, at - line.len())
    })
}

/// Where each [`END`] of a line ends that is a word by itself.
fn ends(line: &str) -> impl Iterator<Item = usize> + '_ {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(END)
        .map(|(at, word)| (at, at + word.len()))
        .filter(move |(at, end)| {
            let grown = line[..*at].chars().next_back().is_some_and(char::is_lowercase);
            (grown || !is_word(line[..*at].chars().next_back())) && !is_word(line[*end..].chars().next())
        })
        .map(|(_, end)| end)
}

/// Where the list begins that ends at `end`: behind the name that is told again in full, with something grown to it.
fn start(line: &str, from: usize, end: usize) -> Option<usize> {
    let reach = floor(line, end.saturating_sub(LONGEST).max(from));
    let letters: Vec<(usize, char)> = line[reach..].char_indices().map(|(at, c)| (reach + at, c)).take_while(|(at, _)| *at <= end).collect();
    let grown = letters.windows(2).filter(|pair| pair[0].1.is_lowercase() && begins(pair[1].1)).map(|pair| pair[1].0);
    grown.filter_map(|grown| first_telling(line, from, grown)).next()
}

/// Whether a headline may begin with this.
fn begins(c: char) -> bool {
    c.is_uppercase() || c.is_ascii_digit() || matches!(c, '‘' | '“' | '"')
}

/// Where the first telling ends of the name that ends at `grown`, if it is told twice.
fn first_telling(line: &str, from: usize, grown: usize) -> Option<usize> {
    let is_part = |c: char| c.is_alphabetic() || matches!(c, '’' | '\'' | '-');
    let start = line[from..grown].rfind(|c| !is_part(c)).map_or(from, |at| from + at + line[from + at..].chars().next().map_or(1, char::len_utf8));
    let name = &line[start..grown];
    if name.chars().count() < SHORTEST_NAME || !name.starts_with(char::is_uppercase) {
        return None;
    }
    let before = floor(line, start.saturating_sub(FIRST_TELLING).max(from));
    let first = before + last_word(&line[before..start], name)?;
    is_name(&line[first..start]).then_some(first)
}

/// Whether words can be those of a name: capitals, or as short as "van"; no comma.
fn is_name(words: &str) -> bool {
    let fits = |word: &str| word.trim_start_matches(['(', '"', '“']).starts_with(char::is_uppercase) || word.chars().count() <= PARTICLE;
    !words.contains([',', ';', ':']) && words.split_whitespace().all(fits)
}

/// The most letters of a word of small letters in a name.
const PARTICLE: usize = 3;

/// Where the last `name` that is a word by itself ends in `text`.
fn last_word(text: &str, name: &str) -> Option<usize> {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let alone = |at: usize| !is_letter(text[..at].chars().next_back()) && !is_letter(text[at + name.len()..].chars().next());
    text.rmatch_indices(name).find(|(at, _)| alone(*at)).map(|(at, _)| at + name.len())
}

/// `at`, or the start of the letter it stands in.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        inserts(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn a_list_behind_a_name_is_found_and_nothing_else() {
        let text = "Mayor Mara Ode Mara Jane OdeHarbour pays twice Mayor to speak at pier MORE said it rained.";
        assert_eq!(cut(text), [" Mara Jane OdeHarbour pays twice Mayor to speak at pier MORE"]);
        assert_eq!(cut("Tom McOde Thomas McOde2031 hopefuls meet MORE (I-Harrow) left."), [" Thomas McOde2031 hopefuls meet MORE"]);
        assert_eq!(cut("Li Varga Li Tom VargaMORE, who left, met Mara Ode Mara OdeIt rained MORE."), [" Li Tom VargaMORE", " Mara OdeIt rained MORE"]);
        assert!(cut("Mara Ode wants MORE of it. Mara Ode said it.").is_empty());
        assert!(cut("HARROW TO SPEND MORE ON PIERS Mara OdeHarbour").is_empty());
        assert!(cut("The iPhone and the YouTube channel of Ode show MORE of it.").is_empty());
    }

    proptest! {
        #[test]
        fn any_text_is_looked_through(text in "(\\PC|MORE|Ode|OdeA| ){0,40}") {
            for span in inserts(&text) {
                prop_assert!(span.of(&text).ends_with(END));
            }
        }
    }
}
