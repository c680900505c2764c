//! What the pairing of marks must hold.

use super::*;
use crate::sentence;
use crate::token::tokenize;
use proptest::prelude::*;

fn read(text: &str) -> (Layer<Quotation>, Vec<Note>) {
    let tokens = tokenize(text);
    let sentences = sentence::split(text, &tokens, &Layer::default());
    pair(text, &tokens, &sentences)
}

fn inner(text: &str) -> Vec<&str> {
    read(text).0.iter().map(|quotation| quotation.inner.of(text)).collect()
}

fn straight(text: &str) -> String {
    text.replace(['“', '”'], "\"").replace(['‘', '’'], "'")
}

/// Both the curly text and its straight twin.
fn both(text: &str, expected: &[&str]) {
    assert_eq!(inner(text), expected);
    let plain = straight(text);
    let expected: Vec<String> = expected.iter().map(|words| straight(words)).collect();
    assert_eq!(inner(&plain), expected);
}

#[test]
fn plain_pairs() {
    both("“We won,” Ode said. “They lost.”", &["We won,", "They lost."]);
    both("He said “no” (and “yes”)—“maybe”—to it.", &["no", "yes", "maybe"]);
}

#[test]
fn singles_within_doubles() {
    both("“Brill said ‘no’ to the workers’ pay,” Ode said.", &["Brill said ‘no’ to the workers’ pay,", "no"]);
    both("“He asked: ‘Why?’”", &["He asked: ‘Why?’", "Why?"]);
}

#[test]
fn single_marks_as_the_outer_ones() {
    both("‘It isn’t the workers’ fault,’ Ode said in the ’90s. ‘He called it “mad”.’", &["It isn’t the workers’ fault,", "He called it “mad”.", "mad"]);
    both("‘Brill’s pics ‘show’ it", &["show"]);
}

#[test]
fn apostrophes_are_no_marks() {
    both("The Odes’ house, rock ’n’ roll, goin’ home, ’til June, James’s and O’Neil’s.", &[]);
}

#[test]
fn tex_and_doubled_singles() {
    assert_eq!(inner("``We won,'' Ode said. ''They lost.''"), ["We won,", "They lost."]);
    assert_eq!(inner("''He said 'no,''' Ode said."), ["He said 'no,'", "no,"]);
    assert_eq!(inner("«We won», Ode said."), ["We won"]);
}

#[test]
fn inches_are_no_marks() {
    assert_eq!(inner("\"He is 6'2\" tall,\" Ode said of the 5\" pipe."), ["He is 6'2\" tall,"]);
}

#[test]
fn speech_over_several_paragraphs() {
    for text in ["“We won.\n\n“They lost,” Ode said.\n\n“Yes.”".to_owned(), straight("“We won.\n\n“They lost,” Ode said.\n\n“Yes.”")] {
        let (quotations, notes) = read(&text);
        assert_eq!(quotations.iter().map(|quotation| quotation.closing).collect::<Vec<_>>(), [Closing::CarriedOn, Closing::Closed, Closing::Closed]);
        assert_eq!(quotations.iter().map(|quotation| quotation.continues.map(Id::at)).collect::<Vec<_>>(), [None, Some(0), None]);
        assert!(notes.is_empty());
    }
}

#[test]
fn speech_closed_in_a_paragraph_that_did_not_open() {
    both("“We won.\n\nThey lost,” Ode said. “Yes.”", &["We won.", "They lost,", "Yes."]);
}

#[test]
fn an_unclosed_quotation_ends_with_its_paragraph() {
    let (quotations, notes) = read("“We won, Ode said.\n\nThe board met. “Yes,” she said.");
    assert_eq!(quotations.iter().map(|quotation| quotation.closing).collect::<Vec<_>>(), [Closing::Missing, Closing::Closed]);
    assert_eq!(notes.iter().map(|note| note.kind).collect::<Vec<_>>(), ["unclosed-quotation"]);
}

#[test]
fn a_second_opening_goes_on_in_the_same_paragraph() {
    let text = "From Northwire:\n\n\"The ship was chartered. \"It sank, they said.\"";
    let (quotations, notes) = read(text);
    assert_eq!(quotations.len(), 2);
    assert_eq!(quotations.as_slice()[1].continues.map(Id::at), Some(0));
    assert!(notes.is_empty());
}

fn uses(text: &str) -> Vec<QuotationUse> {
    read(text).0.iter().map(|quotation| quotation.use_).collect()
}

#[test]
fn a_word_of_a_named_speaker_is_speech() {
    use QuotationUse::{Scare, Speech};
    assert_eq!(uses("The mayor “absolutely” has the trust of the board, a spokeswoman said."), [Speech]);
    assert_eq!(uses("A second aide described the offer as “unhelpful,” and left."), [Speech]);
    assert_eq!(uses("“No.” Ode left the room."), [Scare]);
    assert_eq!(uses("The “reform” closed two harbors. Jo “Bull” Lind saw “The Last Ferry” twice."), [Scare, Scare, Scare]);
}

proptest! {
    #[test]
    fn quotations_nest_and_stay_inside(text in "([A-Za-z0-9 .,?!“”‘’\"'`«»\n]|\\PC){0,80}") {
        let (quotations, _) = read(&text);
        let list = quotations.as_slice();
        for (at, one) in list.iter().enumerate() {
            prop_assert!(one.span.contains(one.inner));
            prop_assert!(text.get(one.inner.range()).is_some());
            prop_assert!(one.within.is_none_or(|outer| outer.at() < at && list[outer.at()].span.contains(one.span)));
            prop_assert!(one.continues.is_none_or(|before| before.at() < at));
            for other in &list[at + 1..] {
                prop_assert!(other.span.start() >= one.span.start());
                prop_assert!(!one.span.overlaps(other.span) || one.span.contains(other.span), "{:?} {:?}", one.span, other.span);
            }
        }
        prop_assert_eq!(read(&text).0, quotations);
    }

    #[test]
    fn straight_marks_give_the_same(parts in proptest::collection::vec("[A-Z][a-z]{1,6} (’90s )?(isn’t )?(‘[a-z]{2,5},?’ )?[a-z]{2,6}[.,?]", 1..5), outside in "[A-Z][a-z]{2,6} said[.,:]") {
        let text: String = parts.iter().map(|part| format!("“{part}” {outside} ")).collect();
        let curly: Vec<String> = inner(&text).into_iter().map(straight).collect();
        let plain = straight(&text);
        prop_assert_eq!(inner(&plain), curly);
    }

    #[test]
    fn trouble_stays_in_its_paragraph(broken in "[A-Za-z .,“”\"]{0,30}") {
        let text = format!("“We won,” Ode said.\n\nx {broken}\n\nThe board met.\n\n“Yes,” she said.");
        let found = inner(&text);
        prop_assert_eq!(found[0], "We won,");
        prop_assert_eq!(found[found.len() - 1], "Yes,");
    }
}
