//! Where the words of a query stand in a text that it found.

use crate::search::{singly, terms};
use onrecord::token;
use std::ops::Range;

/// The bytes of `text` that `words`, a query, asks for: single words, phrases in a row, beginnings of words. Case does not count, nor
/// do accents of the letters of western Europe.
pub fn hits(words: &str, text: &str) -> Vec<Range<usize>> {
    let tokens = token::tokenize(text);
    let wanted: Vec<(Vec<String>, bool)> = terms(words)
        .iter()
        .filter(|term| !term.starts_with('-'))
        .map(|term| (singly(term).iter().map(|word| bare(word)).collect(), term.ends_with('*')))
        .collect();
    // A token may hold signs that part words for the index: "well-known", "l'heure".
    let pieces: Vec<(Range<usize>, String)> = (0..tokens.len()).flat_map(|at| pieces(text, tokens.span(at).start()..tokens.span(at).end())).collect();
    let mut found: Vec<Range<usize>> = Vec::new();
    for (phrase, begins) in wanted.iter().filter(|(phrase, _)| !phrase.is_empty()) {
        for at in 0..pieces.len().saturating_sub(phrase.len() - 1) {
            let is_here = |(place, word): (usize, &String)| {
                let piece = &pieces[at + place].1;
                if *begins && place + 1 == phrase.len() { piece.starts_with(word.as_str()) } else { piece == word }
            };
            if phrase.iter().enumerate().all(is_here) {
                found.push(pieces[at].0.start..pieces[at + phrase.len() - 1].0.end);
            }
        }
    }
    joined(found)
}

/// The words of a stretch of a text, in lower case and without accents.
fn pieces(text: &str, stretch: Range<usize>) -> Vec<(Range<usize>, String)> {
    let (mut out, mut open) = (Vec::new(), None);
    for (at, c) in text[stretch.clone()].char_indices().map(|(at, c)| (stretch.start + at, c)).chain([(stretch.end, ' ')]) {
        match (c.is_alphanumeric(), open) {
            (true, None) => open = Some(at),
            (false, Some(start)) => {
                out.push((start..at, bare(&text[start..at].to_lowercase())));
                open = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    out
}

/// A word in lower case without its accents.
fn bare(word: &str) -> String {
    const PLAIN: [(&str, char); 8] = [("àáâãäå", 'a'), ("èéêë", 'e'), ("ìíîï", 'i'), ("òóôõö", 'o'), ("ùúûü", 'u'), ("ýÿ", 'y'), ("ç", 'c'), ("ñ", 'n')];
    let plain = |c: char| PLAIN.iter().find(|(accented, _)| accented.contains(c)).map_or(c, |(_, plain)| *plain);
    word.chars().map(plain).collect()
}

/// Stretches in order, those that touch made one.
fn joined(mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    found.sort_by_key(|it| (it.start, it.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for it in found {
        match out.last_mut().filter(|last| it.start <= last.end) {
            Some(last) => last.end = last.end.max(it.end),
            None => out.push(it),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_phrases_and_beginnings_are_marked_where_they_stand() {
        let marked = |words: &str, text: &str| hits(words, text).into_iter().map(|place| text[place].to_owned()).collect::<Vec<_>>();
        let text = "The Café by the well-known pier was shut; piers are shut.";
        assert_eq!(marked("pier shut", text), ["pier", "shut", "shut"]);
        assert_eq!(marked("pier*", text), ["pier", "piers"]);
        assert_eq!(marked("\"the cafe\" known", text), ["The Café", "known"]);
        assert_eq!(marked("\"pier shut\"", text), Vec::<String>::new());
        assert_eq!(marked("-pier … \"", text), Vec::<String>::new());
        assert_eq!(marked("é", ""), Vec::<String>::new());
    }
}
