//! Tells whether a text is English; in other languages no statement is read, since none could be trusted.

use crate::evidence::Note;
use crate::token::Tokens;
use whatlang::Lang;

/// Tokens that are looked at: the beginning of a long article, so that the cost does not grow. Chosen, not measured.
const SAMPLE: usize = 1500;
/// Words a text must have before its language is judged: headlines and lists of names look like anything.
const FEWEST_WORDS: usize = 25;
/// Share of the commonest English words, in hundredths, from which a text counts as English whatever its letters
/// suggest. Measured: the 84 PolNeAR dev articles have 14.8 to 30.4; of 163 web pages in several languages, those in
/// English have 12.3 or more, and none lies between 5.9 and 12.3.
const ENGLISH_SHARE: usize = 9;

/// A note if `text` is in another language than English; `None` if it is English or too short to tell.
pub fn note(text: &str, tokens: &Tokens) -> Option<Note> {
    let sample = 0..tokens.len().min(SAMPLE);
    let is_letters = |at: &usize| tokens.lower(*at).chars().next().is_some_and(char::is_alphabetic);
    let words: Vec<usize> = sample.clone().filter(is_letters).collect();
    let unspaced = text.chars().take(SAMPLE).filter(|c| *c as u32 > 0x2e80).count();
    if words.len() < FEWEST_WORDS && unspaced < FEWEST_WORDS {
        return None;
    }
    let common = words.iter().filter(|at| is_common(tokens.lower(**at))).count();
    if common * 100 >= words.len() * ENGLISH_SHARE {
        return None;
    }
    let seen = tokens.cover(sample)?;
    let told = whatlang::detect(seen.of(text))?;
    let is_other = told.lang() != Lang::Eng && told.is_reliable();
    is_other.then(|| Note {
        kind: "not-english",
        span: None,
        message: format!("the text reads as {}; only English is read, so no statements were looked for", told.lang().eng_name()),
    })
}

fn is_common(lower: &str) -> bool {
    matches!(
        lower,
        "the"
            | "of"
            | "and"
            | "to"
            | "that"
            | "is"
            | "was"
            | "for"
            | "with"
            | "it"
            | "are"
            | "this"
            | "have"
            | "has"
            | "had"
            | "not"
            | "by"
            | "from"
            | "they"
            | "were"
            | "which"
            | "would"
            | "been"
            | "said"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenize;

    fn kind(text: &str) -> Option<&'static str> {
        note(text, &tokenize(text)).map(|note| note.kind)
    }

    #[test]
    fn other_languages_are_told_from_english() {
        let german = "Der Bürgermeister sagte am Donnerstag, die Brücke werde erst im kommenden Jahr wieder geöffnet. Die Stadt habe \
            kein Geld für die Reparatur, erklärte er, und das Land wolle nicht helfen.";
        let dutch = "De burgemeester zei donderdag dat de brug pas volgend jaar weer opengaat. De stad heeft geen geld voor de \
            reparatie, legde hij uit, en de provincie wil niet helpen met de kosten.";
        let japanese = "市長は木曜日、橋は来年まで再開されないと述べた。市には修理のための資金がなく、県も支援を望んでいないと説明した。住民は不満を表明した。";
        for text in [german, dutch, japanese] {
            assert_eq!(kind(text), Some("not-english"), "{text}");
        }
    }

    #[test]
    fn english_and_short_texts_are_left_alone() {
        let quoting = "The mayor of Harrow, who grew up in Lyon, told the crowd: “Je ne suis pas venu ici pour me taire.” The crowd, \
            most of it French, answered that it had not come for silence either, and the band played on.";
        assert_eq!(kind(quoting), None);
        assert_eq!(kind("Varga, Ode, Pell: Harrow Bridge, Northwire"), None);
        assert_eq!(kind(""), None);
    }
}
