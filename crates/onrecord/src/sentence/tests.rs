//! What the cut into sentences must hold.

use super::*;
use crate::token::tokenize;
use proptest::prelude::*;

fn cuts(text: &str) -> Vec<&str> {
    split(text, &tokenize(text), &Layer::default()).iter().map(|sentence| sentence.span.of(text)).collect()
}

fn whole(text: &str) {
    assert_eq!(cuts(text), [text]);
}

#[test]
fn abbreviations_do_not_cut() {
    whole("Mr. Ode met Sen. Tam Brill, J. K. Voss and George W. Renn on Jan. 4 at No. 10.");
    whole("The U.S. Senate and Harrow Inc. Chairman Ole Lind met Lt. Gov. Ida Voss at 9 a.m. Monday for a 3.5 percent raise.");
    whole("It was Brill v. Harrow, i.e. Ode's case.");
}

#[test]
fn abbreviations_may_end_a_sentence() {
    assert_eq!(cuts("She came to the U.S. The board met at 5 p.m. Ode left.").len(), 3);
    assert_eq!(cuts("He works for Harrow Inc. It pays. “Will he go?” No. He stays.").len(), 5);
    assert_eq!(cuts("So do I. The rest do not.").len(), 2);
}

#[test]
fn quoted_questions_stay_with_their_cue() {
    whole("“Why?” she asked.");
    whole("“Are they on the list? ” she asked.");
    whole("“Why?” Harbor spokeswoman Mara J. Ode asked.");
    assert_eq!(cuts("“Why?” The minister said he would resign.").len(), 2);
    assert_eq!(cuts("\"Is it so? We doubt it!\" Ode said.").len(), 2);
}

#[test]
fn closing_marks_belong_to_the_sentence() {
    assert_eq!(cuts("She said “no.” The board agreed. (It had voted.) Ode left."), ["She said “no.”", "The board agreed.", "(It had voted.)", "Ode left."]);
    assert_eq!(cuts("He said \"no.\" \"Yes,\" she said."), ["He said \"no.\"", "\"Yes,\" she said."]);
}

#[test]
fn ellipses_cut_only_before_a_beginning() {
    assert_eq!(cuts("It defends the board… What a shame. All the...plain facts, and . . . more.").len(), 3);
    whole("Well... I guess so.");
}

#[test]
fn a_lost_space_is_no_hindrance() {
    assert_eq!(cuts("The board met.The vote failed. See harrow.example/Board or Node.Js now.").len(), 3);
}

#[test]
fn a_line_break_cuts_unless_the_text_is_wrapped() {
    assert_eq!(cuts("Harbor closes\nIt closed on Monday").len(), 2);
    let wrapped = "The harbor of Harrow was closed on Monday after a crane fell\ninto the main basin and blocked the only way out for the ferries\nthat serve the islands, the port authority said in a statement\nthat it sent out late at night. It opens in June.";
    assert_eq!(cuts(wrapped).len(), 2);
}

#[test]
fn a_list_number_does_not_stand_alone() {
    whole("1. The board must meet.");
}

#[test]
fn a_zone_is_not_crossed() {
    let text = "date 2031-06-09 Ode left.";
    let zone = |start, end| Zone { span: Span::new(start, end), kind: crate::zone::ZoneKind::Reporting, voice: None, evidence: Vec::new() };
    let found = split(text, &tokenize(text), &Layer::new(vec![zone(0, 16), zone(16, 25)]));
    assert_eq!(found.iter().map(|sentence| sentence.span.of(text)).collect::<Vec<_>>(), ["date 2031-06-09", "Ode left."]);
}

proptest! {
    #[test]
    fn every_token_is_in_one_sentence(text in "([A-Za-z0-9.!?…\"'“”’() \n-]|\\PC){0,120}") {
        let tokens = tokenize(&text);
        let sentences = split(&text, &tokens, &Layer::default());
        let mut end = 0;
        for sentence in &sentences {
            prop_assert_eq!(sentence.tokens.start, end);
            prop_assert!(sentence.tokens.end > end);
            prop_assert_eq!(Some(sentence.span), tokens.cover(sentence.tokens.clone()));
            end = sentence.tokens.end;
        }
        prop_assert_eq!(end, tokens.len());
        prop_assert_eq!(split(&text, &tokens, &Layer::default()), sentences);
    }

    #[test]
    fn sentences_do_not_cross_lines(text in "([A-Z][A-Za-z.!?“” ]{0,30}\n){0,8}") {
        for sentence in &split(&text, &tokenize(&text), &Layer::default()) {
            prop_assert!(!sentence.span.of(&text).contains('\n'));
        }
    }
}
