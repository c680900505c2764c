//! What a later version dropped, altered or added is told, the gravest first, and nothing else.

use super::*;
use crate::document::Document;
use crate::read::read_marked;
use crate::tagged;
use proptest::prelude::*;

fn reading(text: &str) -> Reading {
    let tagged = tagged::parse(text);
    read_marked(Document::new("a.txt", tagged.text), tagged.tokens, tagged.readout)
}

fn told(before: &str, after: &str) -> Vec<(Matter, How, String, String)> {
    let part = |part: Option<Part>| part.map_or(String::new(), |part| part.words);
    compare(&reading(before), &reading(after)).into_iter().map(|it| (it.matter, it.how, part(it.before), part(it.after))).collect()
}

const BEFORE: &str = "The council met on Monday. <content>“I took nothing from the fund,”</content> <source><PER>Mara Ode</PER></source> <cue>said</cue>.\n\n\
    <source2><PER>Tom Lund</PER></source2> <cue2>said</cue2> <content2>the vote would be repeated in May</content2>. Rain fell.";

#[test]
fn the_same_words_are_no_change_wherever_they_stand() {
    assert_eq!(told(BEFORE, BEFORE), []);
    let moved = "Rain fell. The council met on Monday.\n\n<source2><PER>Tom Lund</PER></source2> <cue2>said</cue2> <content2>the vote would be repeated in May</content2>. \
        <content>\"I took nothing from the fund,\"</content> <source><PER>Mara Ode</PER></source> <cue>said</cue>.";
    assert_eq!(told(BEFORE, moved), []);
}

#[test]
fn a_dropped_quotation_comes_first_and_an_altered_one_shows_both() {
    let after = "The council met on Tuesday. <source2><PER>Tom Lund</PER></source2> <cue2>said</cue2> <content2>the vote would be repeated in May</content2>. Rain fell.";
    let changes = told(BEFORE, after);
    assert_eq!((changes[0].0, changes[0].1, changes[0].2.as_str()), (Matter::Quotation, How::Dropped, "“I took nothing from the fund,”"));
    assert_eq!((changes[1].0, changes[1].1, changes[1].3.as_str()), (Matter::Text, How::Altered, "The council met on Tuesday."));
    assert_eq!(changes.len(), 2, "{changes:?}");
    let altered = BEFORE.replace("nothing from the fund", "almost nothing from the fund");
    let changes = told(BEFORE, &altered);
    assert_eq!(changes, [(Matter::Quotation, How::Altered, "“I took nothing from the fund,”".into(), "“I took almost nothing from the fund,”".into())]);
}

#[test]
fn words_given_to_somebody_else_are_told() {
    let after = BEFORE.replace("<PER>Mara Ode</PER>", "<PER>Ilse Varga</PER>");
    let changes = compare(&reading(BEFORE), &reading(&after));
    let first = &changes[0];
    let name = |part: &Option<Part>| part.as_ref().and_then(|part| part.speaker.clone()).unwrap_or_default();
    assert_eq!((first.matter, name(&first.before).as_str(), name(&first.after).as_str()), (Matter::Attribution, "Mara Ode", "Ilse Varga"));
    let shorter = BEFORE.replace("<PER>Mara Ode</PER>", "<PER>Ode</PER>");
    assert!(compare(&reading(BEFORE), &reading(&shorter)).iter().all(|change| change.matter != Matter::Attribution));
}

#[test]
fn what_is_told_without_marks_is_compared_by_its_words() {
    let changes = told(BEFORE, &BEFORE.replace("repeated in May", "repeated in June"));
    assert_eq!((changes[0].0, changes[0].1), (Matter::Statement, How::Altered));
    // A reader that misses a statement whose words still stand there has not seen a change.
    let unmarked = BEFORE.replace("<content2>", "").replace("</content2>", "").replace("<cue2>", "").replace("</cue2>", "");
    assert_eq!(told(BEFORE, &unmarked), []);
}

#[test]
fn what_came_beside_the_text_is_compared_too() {
    let (mut before, mut after) = (reading(BEFORE), reading(BEFORE));
    (before.document.title, after.document.title) = (Some("Treasurer sacked".into()), Some("Treasurer quits".into()));
    after.document.byline = Some("Jon Kern".into());
    let changes = compare(&before, &after);
    assert_eq!(changes.iter().map(|it| (it.matter, it.how)).collect::<Vec<_>>(), [(Matter::Title, How::Altered), (Matter::Byline, How::Added)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn one_way_is_the_other_way_turned_round(old in "([A-D][a-d ]{1,12}[.] |“[a-d ]{2,12}” ){0,6}", new in "([A-D][a-d ]{1,12}[.] |“[a-d ]{2,12}” ){0,6}") {
        let (old, new) = (reading(&old), reading(&new));
        prop_assert!(compare(&old, &old).is_empty());
        let count = |changes: &[Change], how: How| changes.iter().filter(|it| it.how == how).count();
        let (there, back) = (compare(&old, &new), compare(&new, &old));
        prop_assert_eq!(count(&there, How::Dropped), count(&back, How::Added));
        prop_assert!(there.iter().all(|it| it.before.is_some() || it.after.is_some()));
    }
}
