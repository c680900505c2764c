//! Properties of placing: order, adding one by one, bad input.

use super::*;
use crate::document::Document;
use crate::reader::Readout;
use crate::{read, token};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn sketched(path: &str, date: &str, text: &str) -> Sketch {
    let document = Document { published: date.parse().ok(), ..Document::new(path, text) };
    let tokens = token::tokenize(text);
    sketch(&read::read_marked(document, tokens, Readout::default()))
}

const QUAKE: [&str; 3] = [
    "A strong earthquake struck Tarn on Monday, killing nine people, the province said. The quake in Tarn damaged the dam at Vell, and rescuers searched the rubble.",
    "Rescuers in Tarn searched the rubble after Monday's earthquake. The dam at Vell was damaged, the province said, and nine people were killed.",
    "The death toll of the Tarn earthquake rose to eleven on Tuesday as rescuers dug through rubble near the damaged Vell dam, the province said.",
];
const VOTE: [&str; 2] = [
    "The Harrow council voted on Monday to sack its treasurer, Mara Ode, over the missing pension money, after a stormy session.",
    "Mara Ode, the Harrow treasurer, was sacked by the council over missing pension money. Ode called the stormy vote a farce.",
];

/// The sets of names of each story's documents.
fn named(sketches: &[&Sketch], names: &[&str]) -> BTreeSet<Vec<String>> {
    let of = |story: &Story| {
        let mut all: Vec<String> = story.documents.iter().map(|membership| names[membership.document].to_owned()).collect();
        all.sort();
        all
    };
    place(sketches).iter().map(of).collect()
}

fn pile() -> Vec<(&'static str, Sketch)> {
    let texts =
        [("q1", QUAKE[0]), ("v1", VOTE[0]), ("q2", QUAKE[1]), ("q3", QUAKE[2]), ("v2", VOTE[1]), ("odd", "A hen in Pell laid a square egg, its keeper said.")];
    texts.map(|(name, text)| (name, sketched(name, "2031-03-04", text))).into()
}

#[test]
fn two_stories_and_a_distractor_in_one_pile() {
    let pile = pile();
    let sketches: Vec<&Sketch> = pile.iter().map(|(_, sketch)| sketch).collect();
    let stories = place(&sketches);
    let found: Vec<Vec<&str>> = stories.iter().map(|story| story.documents.iter().map(|it| pile[it.document].0).collect()).collect();
    let sizes: Vec<usize> = found.iter().map(Vec::len).collect();
    assert_eq!(sizes, [3, 2, 1], "{found:?}");
    assert_eq!(found[2], ["odd"]);
    assert!(stories[0].documents.iter().all(|membership| !membership.evidence[0].words.is_empty()));
}

#[test]
fn the_same_file_twice_is_a_copy_whatever_its_length() {
    let hen = sketched("a", "", "A hen laid a square egg.");
    let stories = place(&[&hen, &hen]);
    assert_eq!(stories.len(), 1);
    assert_eq!(stories[0].copies.len(), 1);
    assert_eq!(stories[0].copies[0].kind, CopyKind::NearCopy);
    assert_eq!(stories[0].copies[0].passages.len(), 1);
}

#[test]
fn empty_documents_stand_alone() {
    let empty = sketched("a", "", "");
    let marks = sketched("b", "2999-01-01", "… !");
    assert_eq!(place(&[&empty, &marks, &empty]).len(), 3);
    assert!(place(&[]).is_empty());
}

#[test]
fn a_round_up_belongs_to_both() {
    let round_up = [QUAKE[0], VOTE[1]].join("\n\n");
    let mut pile = pile();
    pile.push(("both", sketched("both", "2031-03-05", &round_up)));
    let sketches: Vec<&Sketch> = pile.iter().map(|(_, sketch)| sketch).collect();
    let stories = place(&sketches);
    let holding: Vec<bool> = stories.iter().flat_map(|story| &story.documents).filter(|it| pile[it.document].0 == "both").map(Membership::is_main).collect();
    assert_eq!(holding.len(), 2, "{stories:#?}");
    assert_eq!(holding.iter().filter(|main| **main).count(), 1);
}

/// A made-up name for a number: no two alike.
fn name(number: usize) -> String {
    const SYLLABLES: [&str; 10] = ["ba", "do", "ke", "li", "mu", "na", "ro", "su", "ti", "ve"];
    let digits = [number / 1000 % 10, number / 100 % 10, number / 10 % 10, number % 10];
    "Q".to_owned() + &digits.map(|digit| SYLLABLES[digit]).concat()
}

#[test]
fn five_hundred_documents_on_one_story() {
    let text = |at: usize| format!("The bridge of {} over the river Tarn at Vell fell on Monday. {} saw it fall into the Tarn.", name(9999), name(at));
    let sketches: Vec<Sketch> = (0..500).map(|at| sketched(&at.to_string(), "2031-03-04", &text(at))).collect();
    let stories = place(&sketches.iter().collect::<Vec<_>>());
    assert_eq!(stories.iter().map(|story| story.documents.len()).collect::<Vec<_>>(), [500]);
}

#[test]
fn five_hundred_stories() {
    let text = |at: usize| {
        format!("The mayor of {} resigned on Monday after the {} affair. Voters in {} said the mayor had to go.", name(at), name(at + 4000), name(at))
    };
    let sketches: Vec<Sketch> = (0..1000).map(|at| sketched(&at.to_string(), "2031-03-04", &text(at % 500))).collect();
    let stories = place(&sketches.iter().collect::<Vec<_>>());
    assert_eq!(stories.iter().map(|story| story.documents.len()).collect::<Vec<_>>(), [2; 500]);
}

#[test]
fn contradictory_and_future_dates_place_all_the_same() {
    let twice = [sketched("a", "2999-12-31", QUAKE[0]), sketched("b", "1931-03-04", QUAKE[0])];
    let stories = place(&[&twice[0], &twice[1]]);
    assert_eq!(stories.len(), 1);
    let [copy] = stories[0].copies.as_slice() else { panic!("one copy") };
    assert_eq!(stories[0].documents[copy.of].document, 1);
}

fn grouped(stories: &Stories<&Sketch>) -> Vec<usize> {
    (0..stories.len()).map(|document| stories.group(document).unwrap()).collect()
}

fn groups(stories: &Stories<&Sketch>) -> BTreeSet<usize> {
    grouped(stories).into_iter().collect()
}

/// Keeps a document that is as near to those before it as `near` says, wherever they are still there.
fn put(stories: &mut Stories<&Sketch>, document: usize, sketch: &Sketch, near: &[f64]) {
    let near: Near = near.iter().copied().enumerate().take(document).filter(|(other, nearness)| *nearness > 0.0 && !stories.is_away(*other)).collect();
    let Ok(()) = stories.put(document, sketch, &near, BTreeMap::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn grouping_around_what_comes_and_goes_is_grouping_all(
        placed in prop::collection::vec(0i32..20, 24),
        noise in prop::collection::vec(prop::collection::vec(prop::sample::select(vec![0.3, 0.5, 0.7, 1.0, 1.0, 1.5]), 24), 24),
        away in prop::collection::vec((4usize..24, 0usize..4), 0..6),
    ) {
        // The nearer two places, the nearer the documents, more or less.
        let nearness = |a: i32, b: i32| [0.5, 0.3, 0.2, 0.15, 0.1, 0.06].get(a.abs_diff(b) as usize).copied().unwrap_or(0.0);
        let row = |(at, noise): (usize, &Vec<f64>)| noise.iter().zip(&placed).map(|(noise, other)| noise * nearness(placed[at], *other)).collect();
        let near: Vec<Vec<f64>> = noise.iter().enumerate().map(row).collect();
        let sketches: Vec<Sketch> = (0..near.len()).map(|at| sketched("x", "", &name(at))).collect();
        let (mut kept, mut all) = (Stories::of(sketches.iter().collect()), Stories::of(sketches.iter().collect()));
        for (document, near) in near.iter().enumerate() {
            for stories in [&mut kept, &mut all] {
                put(stories, document, &sketches[document], near);
            }
            let Ok(_) = regrouping::group_anew(&mut kept, [document], regrouping::Before::default());
            for (_, gone) in away.iter().filter(|(when, _)| *when == document) {
                if !kept.is_away(*gone) {
                    let Ok(_) = remove(&mut kept, *gone);
                    let Ok(()) = all.take(*gone);
                }
            }
        }
        let there: Vec<usize> = (0..near.len()).filter(|document| !all.is_away(*document)).collect();
        let Ok(_) = regrouping::group_anew(&mut all, there.iter().copied(), regrouping::Before::default());
        let of = |stories: &Stories<&Sketch>| there.iter().map(|document| stories.group(*document).unwrap()).collect::<Vec<_>>();
        prop_assert_eq!(of(&kept), of(&all));
    }

    #[test]
    fn order_does_not_matter_and_adding_equals_placing(order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle()) {
        let pile = pile();
        let names: Vec<&str> = pile.iter().map(|(name, _)| *name).collect();
        let straight: Vec<&Sketch> = pile.iter().map(|(_, sketch)| sketch).collect();
        let mixed: Vec<&Sketch> = order.iter().map(|at| &pile[*at].1).collect();
        let mixed_names: Vec<&str> = order.iter().map(|at| names[*at]).collect();
        prop_assert_eq!(named(&straight, &names), named(&mixed, &mixed_names));
        let mut one_by_one: Stories<&Sketch> = Stories::default();
        mixed.iter().for_each(|sketch| drop(one_by_one.add(sketch)));
        prop_assert_eq!(one_by_one.stories(), place(&mixed));
        let same_order = |stories: &[Story], of: &dyn Fn(usize) -> String| stories.iter().map(|story| story.documents.iter().map(|it| of(it.document)).collect::<Vec<_>>()).collect::<Vec<_>>();
        prop_assert_eq!(same_order(&place(&straight), &|at| names[at].to_owned()), same_order(&place(&mixed), &|at| mixed_names[at].to_owned()));
    }

    #[test]
    fn taking_away_equals_never_adding(order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle(), away in 0usize..6) {
        let pile = pile();
        let mixed: Vec<&Sketch> = order.iter().map(|at| &pile[*at].1).collect();
        let mut stories: Stories<&Sketch> = mixed.iter().copied().collect();
        let Ok(_) = remove(&mut stories, away);
        let left: Vec<&Sketch> = mixed.iter().enumerate().filter(|(at, _)| *at != away).map(|(_, sketch)| *sketch).collect();
        let keys = |stories: &[Story], of: &[&Sketch]| stories.iter().map(|story| story.documents.iter().map(|it| (of[it.document].outline().clone(), it.evidence.clone())).map(|(outline, evidence)| (outline.rank(), evidence)).collect::<Vec<_>>()).collect::<Vec<_>>();
        prop_assert_eq!(keys(&stories.stories(), &mixed), keys(&place(&left), &left));
    }

    #[test]
    fn what_is_touched_is_all_that_changes(order in Just((0..7).collect::<Vec<usize>>()).prop_shuffle()) {
        let mut pile = pile();
        pile.push(("both", sketched("both", "2031-03-05", &[QUAKE[0], VOTE[1]].join("\n\n"))));
        let mut stories: Stories<&Sketch> = Stories::default();
        for at in order {
            let before: Vec<Members> = groups(&stories).into_iter().map(|group| members(&stories, group).unwrap()).collect();
            let (was, sketch) = (grouped(&stories), &pile[at].1);
            stories.add(sketch);
            let is = grouped(&stories);
            let moved = (0..stories.len()).filter(|document| was.get(*document) != is.get(*document));
            let moved: BTreeSet<usize> = moved.flat_map(|document| was.get(document).into_iter().chain(is.get(document)).copied()).collect();
            let touched = touched(&stories, &moved).unwrap();
            for group in groups(&stories).difference(&touched) {
                prop_assert!(before.contains(&members(&stories, *group).unwrap()));
            }
        }
    }

    #[test]
    fn what_is_shared_is_packed_and_comes_back(passages in prop::collection::vec((any::<u16>(), any::<u16>(), any::<u16>()), 0..4), bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let span = |start: u16, len: u16| crate::Span::new(start.into(), usize::from(start) + usize::from(len));
        let passages = passages.into_iter().map(|(a, b, len)| (span(a, len), span(b, len))).collect();
        let shared = Shared { kind: CopyKind::Contained, passages };
        prop_assert_eq!(Shared::unpack(&shared.pack()), Some(shared));
        let _ = Shared::unpack(&bytes);
    }

    #[test]
    fn any_texts_are_placed(texts in proptest::collection::vec("\\PC{0,60}", 0..6)) {
        let sketches: Vec<Sketch> = texts.iter().map(|text| sketched("x", "", text)).collect();
        let sketches: Vec<&Sketch> = sketches.iter().collect();
        let mut placed: Vec<usize> = place(&sketches).iter().flat_map(|story| &story.documents).filter(|it| it.is_main()).map(|it| it.document).collect();
        placed.sort_unstable();
        prop_assert_eq!(placed, (0..texts.len()).collect::<Vec<_>>());
    }
}
