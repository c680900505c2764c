//! Properties of the mention layer, and the sources that must have a mention.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use super::*;
use crate::reader::Marked;
use crate::tagged;
use proptest::prelude::*;

fn shown(source: &str) -> Vec<String> {
    let tagged = tagged::parse(source);
    let mentions = find(&tagged.text, &tagged.tokens, &Layer::default(), &tagged.readout);
    let title = |mention: &Mention| mention.title.map_or(String::new(), |title| format!(" ({})", title.of(&tagged.text)));
    mentions.iter().map(|mention| format!("{}{}", mention.span.of(&tagged.text), title(mention))).collect()
}

#[test]
fn titles_stand_beside_their_names() {
    assert_eq!(shown("White House press secretary <PER>Sean Ode</PER> left."), ["Sean Ode (White House press secretary)"]);
    assert_eq!(shown("<PER>Ode</PER>, the attorney general, left."), ["Ode (the attorney general)", "the attorney general"]);
    assert_eq!(shown("On Monday Sen. <PER>Mara Ode</PER> left."), ["Mara Ode (Sen.)"]);
    assert_eq!(shown("Chinese defence ministry spokesman <PER>Li Ode</PER> left."), ["Li Ode (Chinese defence ministry spokesman)"]);
    assert_eq!(shown("a foreign ministry spokesman, <PER>Li Ode</PER>, said"), ["a foreign ministry spokesman", "Li Ode (a foreign ministry spokesman)"]);
    assert_eq!(shown("China's Foreign Ministry spokeswoman <PER>Li Ode</PER> left."), ["Li Ode (China's Foreign Ministry spokeswoman)"]);
}

#[test]
fn names_are_repaired() {
    assert_eq!(shown("<PER>Mara Ode’s</PER> car"), ["Mara Ode"]);
    assert_eq!(shown("<PER>Mara Ode</PER>-Lee and <PER>Tom Ode</PER> Jr. left"), ["Mara Ode-Lee", "Tom Ode Jr."]);
    assert_eq!(shown("<PER>President Ode</PER> left"), ["Ode (President)"]);
    assert_eq!(shown("<PER>Mara Lee</PER> <PER>Ode</PER> left"), ["Mara Lee Ode"]);
}

#[test]
fn every_source_has_a_mention() {
    assert_eq!(shown("<source>A second source who works with <PER>Ode</PER></source> <cue>said</cue>"), ["A second source", "Ode"]);
    assert_eq!(shown("<source><PER>Ode</PER> and his allies</source> <cue>are angry</cue>"), ["Ode", "his allies", "his"]);
    assert_eq!(shown("<source>Harrow Gazette</source> <cue>reported</cue>"), ["Harrow Gazette"]);
    assert_eq!(shown("<source>sources</source> <cue>tell</cue>"), ["sources"]);
}

proptest! {
    #[test]
    fn any_marks_give_a_sorted_layer_inside_the_text(text in "\\PC{0,60}|([A-Z][a-z]{0,5}|the|president|,|'s|said|of|and|\\.|-| )( ([A-Z][a-z]{0,5}|the|president|,|’s|of|and|\\.|-)){0,20}", marks in prop::collection::vec((0usize..30, 1usize..5, 0usize..4, 0usize..3), 0..6)) {
        let tokens = crate::token::tokenize(&text);
        let of = [MentionOf::Person, MentionOf::Organization, MentionOf::Place, MentionOf::Other];
        let kinds = [MentionKind::Name, MentionKind::Description, MentionKind::Pronoun];
        let mentions = marks.into_iter().map(|(at, len, which, kind)| Marked { tokens: at..at + len, kind: kinds[kind], of: of[which], score: 0.5 }).collect();
        let readout = Readout { mentions, ..Readout::default() };
        let layer = find(&text, &tokens, &Layer::default(), &readout);
        prop_assert_eq!(&layer, &find(&text, &tokens, &Layer::default(), &readout));
        let mut start = 0;
        for mention in &layer {
            prop_assert!(mention.span.end() <= text.len() && mention.span.start() >= start && !mention.span.is_empty());
            prop_assert!(text.is_char_boundary(mention.span.start()) && text.is_char_boundary(mention.span.end()));
            start = mention.span.start();
        }
    }
}
