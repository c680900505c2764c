//! The brief and the timeline tell what was said, in the words in which it was said, and nothing else.
#![allow(clippy::unwrap_used)]

use onrecord::account::Account;
use onrecord::correction::Corrections;
use onrecord::read::read_marked;
use onrecord::reader::Reader;
use onrecord::record::{Record, of_story};
use onrecord::story::{Membership, Story};
use onrecord::timeline::What;
use onrecord::{Document, render, tagged};
use proptest::prelude::*;
use std::sync::LazyLock;

static READER: LazyLock<Reader> = LazyLock::new(Reader::built_in);

/// The record of tagged texts as one story, all written on 7 March 2031.
fn record(texts: &[&str]) -> (Record, Vec<Account>) {
    let account = |(at, text): (usize, &&str)| {
        let tagged = tagged::parse(text);
        let document = Document { published: Some(jiff::civil::date(2031, 3, 7)), ..Document::new(format!("{}.txt", at + 1), tagged.text) };
        Account::of(read_marked(document, tagged.tokens, tagged.readout), &READER)
    };
    let accounts: Vec<Account> = texts.iter().enumerate().map(account).collect();
    let documents = (0..accounts.len()).map(|document| Membership { document, evidence: Vec::new() }).collect();
    let record = of_story(&accounts, Story { documents, copies: Vec::new() }, &Corrections::default());
    (record, accounts)
}

fn brief(texts: &[&str]) -> Vec<String> {
    record(texts).0.brief.sentences.into_iter().map(|sentence| sentence.text).collect()
}

#[test]
fn how_many_died_is_told_by_the_first_total_and_the_last() {
    let told = brief(&[
        "<source><PER>Ruth Canmoor</PER></source> <cue>said</cue> on Monday <content>at least three people were killed</content>.",
        "<source>The fire service</source> <cue>said</cue> on Tuesday <content>seven people were killed</content>. <source2><PER>Piers Stroudley</PER></source2> <cue2>said</cue2> on Tuesday <content2>two of the dead were children</content2>.",
        "<source>The police</source> <cue>said</cue> on Wednesday <content>the fire had killed 11 people</content>.",
    ]);
    let issue = told.iter().find(|sentence| sentence.contains("how many died")).unwrap();
    assert!(issue.contains("at least three people were killed") && issue.ends_with("11 people."), "{issue}");
    assert!(!issue.contains("seven") && !issue.contains("children"), "{issue}");
}

#[test]
fn a_quotation_is_told_byte_for_byte() {
    let told = brief(&["<content>“The chains are not,  in my view, safe,”</content> <cue>said</cue> <source><PER>Ruth Canmoor</PER></source> on Thursday."]);
    assert_eq!(told, ["Ruth Canmoor said: “The chains are not,  in my view, safe”."]);
}

#[test]
fn what_is_not_quoted_is_told_in_the_words_of_the_document_without_marks() {
    let told =
        brief(&["<source><PER>Ruth Canmoor</PER></source> <cue>denied</cue> on Thursday <content>that the chains had worn through in the winter</content>."]);
    assert_eq!(told, ["Ruth Canmoor denied that the chains had worn through in the winter."]);
}

#[test]
fn what_was_not_said_is_not_told() {
    let texts = [
        "<source><PER>Ruth Canmoor</PER></source> <cue>did not say</cue> <content>that the chains had worn through in the winter</content>.",
        "If <source><PER>Ruth Canmoor</PER></source> <cue>says</cue> <content>that the chains had worn through in the winter</content>, she must go.",
    ];
    assert!(brief(&texts).iter().all(|sentence| !sentence.contains("that the chains had worn") || sentence.contains("did not say")), "{:?}", brief(&texts));
}

#[test]
fn a_piece_of_a_quotation_is_not_told_as_the_whole() {
    let told =
        brief(&["<content>The horn “may never have sounded at all”</content>, something the <source><ORG>Harbour Office</ORG></source> <cue>denied</cue>."]);
    assert!(told.iter().all(|sentence| !sentence.contains("denied: “") && !sentence.contains("said: “may")), "{told:?}");
}

#[test]
fn unnamed_sources_are_told_with_their_footing() {
    let told =
        brief(&["<source>Two officials with knowledge of the matter</source> <cue>said</cue> <content>the report was signed for at the front desk</content>."]);
    assert_eq!(told, ["Two officials with knowledge of the matter (unnamed) said the report was signed for at the front desk."]);
}

#[test]
fn what_was_said_and_what_happened_stand_on_days_of_their_own() {
    let text = "<source><PER>Ruth Canmoor</PER></source> <cue>said</cue> on Thursday <content>that the chain had broken on Tuesday</content>.";
    let (record, _) = record(&[text]);
    let days: Vec<(bool, String)> = record.timeline.iter().map(|entry| (matches!(entry.what, What::Happened), entry.when.start.unwrap().to_string())).collect();
    assert_eq!(days, [(true, "2031-03-04".to_owned()), (false, "2031-03-06".to_owned())]);
}

#[test]
fn what_lies_ahead_has_not_happened() {
    let (record, _) = record(&["The inquiry will report on Tuesday. It was opened on Monday."]);
    let told: Vec<&str> = record.timeline.iter().map(|entry| entry.text.as_str()).collect();
    assert_eq!(told, ["It was opened on Monday."]);
}

#[test]
fn a_time_that_only_tells_a_thing_apart_dates_nothing_else() {
    let (record, _) = record(&["In March 2029 Ode, who knew those hurt in Monday's storm, was elected. Tuesday's storm broke the pier."]);
    let told: Vec<(String, &str)> = record.timeline.iter().map(|entry| (entry.when.start.unwrap().to_string(), entry.text.as_str())).collect();
    assert_eq!(
        told,
        [
            ("2029-03-01".to_owned(), "In March 2029 Ode, who knew those hurt in Monday's storm, was elected."),
            ("2031-03-04".to_owned(), "Tuesday's storm broke the pier.")
        ]
    );
}

#[test]
fn who_is_called_unnamed_is_called_so_once() {
    let told = brief(&["<source>An unnamed relative</source> <cue>said</cue> on Thursday <content>that the chains had worn through in the winter</content>."]);
    assert_eq!(told, ["An unnamed relative said that the chains had worn through in the winter."]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_words_make_a_record_whose_quotations_are_in_its_documents(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "<source><PER>Mara Ode</PER></source> <cue>said</cue> <content>“It is not so.”</content> ",
            "<source2>an aide</source2> <cue2>denied</cue2> <content2>that “no” was said on Monday</content2>. ",
            "“", "”", "\"", "‘", "\n\n", "— ", "é", "On 4 March ", "nobody, ", "was asked whether it broke. ", "I agree with the post above. ",
        ]), 1..8),
    ) {
        let mut text = String::new();
        let mut used = std::collections::BTreeSet::new();
        for piece in &pieces {
            if !piece.contains('<') || used.insert(piece.to_owned()) {
                text.push_str(piece);
            }
        }
        let (record, accounts) = record(&[&text, "<source><PER>Mara Ode</PER></source> <cue>said</cue> <content>it broke</content>."]);
        for sentence in &record.brief.sentences {
            prop_assert!(!sentence.support.is_empty());
            for quoted in sentence.text.split('“').skip(1).map(|piece| piece.split('”').next().unwrap()) {
                prop_assert!(accounts.iter().any(|account| account.reading.document.text.contains(quoted)), "{}", sentence.text);
            }
        }
        let page = render::story(&record, &accounts, 80);
        let width = |line: &Vec<render::Piece>| line.iter().map(|piece| piece.text.chars().count()).sum::<usize>();
        prop_assert!(page.iter().all(|line| width(line) <= 80));
        let (again, _) = self::record(&[&text, "<source><PER>Mara Ode</PER></source> <cue>said</cue> <content>it broke</content>."]);
        prop_assert_eq!(again, record);
    }
}

#[test]
fn what_became_of_somebody_is_not_told_as_his_act() {
    let told =
        brief(&["<PER>Ruth Canmoor</PER> was <cue>sentenced to ten days for calling for</cue> <content>the march against the harbour office</content>."]);
    assert!(told.iter().all(|sentence| !sentence.contains("Canmoor sentenced")), "{told:?}");
}

#[test]
fn a_noun_is_not_told_as_a_verb_and_what_goes_on_from_elsewhere_is_not_told() {
    let told = brief(&[
        "<source2><PER>Tom Canmoor</PER></source2> <cue2>smiled</cue2>. Many spoke ill of <source>his</source> <cue>pledge</cue> <content>to be in step with the harbour office</content>.",
        "How could it sink, <cue>according to</cue> <source>early reports</source> <content>and nobody would have seen it go under</content>.",
    ]);
    assert!(told.iter().all(|sentence| !sentence.contains("pledge to be") && !sentence.contains("that and")), "{told:?}");
}

#[test]
fn who_i_and_you_are_is_not_told_without_the_marks_of_their_speech() {
    let told = brief(&[
        "<content>“<source2>Some workers</source2> <cue2>insist</cue2> <content2>I must be gone from the harbour by Monday</content2>,”</content> <cue>wrote</cue> <source><PER>Ruth Canmoor</PER></source>.",
        "<content>“<source2><PER>Tom Arkley</PER></source2> <cue2>confirmed</cue2> <content2>that you told him of the broken chains</content2>?”</content> <cue>asked</cue> <source><PER>Ruth Canmoor</PER></source>.",
    ]);
    let quoted = [
        "Ruth Canmoor wrote: “Some workers insist I must be gone from the harbour by Monday”.",
        "Ruth Canmoor asked: “Tom Arkley confirmed that you told him of the broken chains?”",
    ];
    assert_eq!(told, quoted);
}

#[test]
fn a_name_keeps_its_capital_behind_that() {
    let told = brief(&["<content>Canmoor-Lee is not waiting for the inquiry</content>, <cue>according to</cue> <source><PER>Tom Arkley</PER></source>."]);
    assert_eq!(told, ["Tom Arkley said that Canmoor-Lee is not waiting for the inquiry."]);
}

#[test]
fn what_the_paper_tells_of_a_comment_is_not_told_as_the_comment() {
    let told = brief(&[
        "<PER>Ruth Canmoor</PER> came. In <source>her</source> <cue>comments</cue> after the vote, <content>Mrs <PER>Canmoor</PER> appeared to leave the harbour question open</content>.",
    ]);
    assert!(told.iter().all(|sentence| !sentence.contains("said that Mrs")), "{told:?}");
}
