//! Properties of the clustering: renaming, clashing names, anonymous sources, arbitrary text.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use super::*;
use crate::mention;
use crate::reader::Role;
use crate::statement::Form;
use crate::tagged::{self, Tagged};
use crate::token::tokenize;
use crate::{quotation, sentence, zone};
use proptest::prelude::*;

/// The statements that tags spell out, so that this stage is tested without the one before it.
fn statements(tagged: &Tagged) -> Layer<Statement> {
    let readout = &tagged.readout;
    let span = |at: usize| tagged.tokens.cover(readout.parts[at].tokens.clone());
    let mut found = Vec::new();
    for at in (0..readout.parts.len()).filter(|at| readout.parts[*at].role == Role::Cue) {
        let content = (0..readout.parts.len()).filter(|part| readout.cue_of[*part].is_some_and(|link| link.to == at)).filter_map(span).collect();
        let source = readout.source_of[at].and_then(|link| span(link.to));
        found.push(Statement { source, cue: span(at).into_iter().collect(), content, within: None, form: Form::Direct, confidence: 1.0, evidence: Vec::new() });
    }
    Layer::sorted(found)
}

fn read(tagged: Tagged) -> (Layer<Mention>, Entities, String) {
    let statements = statements(&tagged);
    let document = Document::new("example.txt", tagged.text.clone());
    let zones = zone::divide(&document, &tagged.tokens);
    let sentences = sentence::split(&tagged.text, &tagged.tokens, &zones);
    let (quotations, _) = quotation::pair(&tagged.text, &tagged.tokens, &sentences);
    let mentions = mention::find(&tagged.text, &tagged.tokens, &zones, &tagged.readout);
    let entities = cluster(&document, &tagged.tokens, &zones, &sentences, &quotations, &mentions, &statements);
    (mentions, entities, tagged.text)
}

fn speakers(source: &str) -> Vec<String> {
    let (_, entities, _) = read(tagged::parse(source));
    entities.speakers.iter().map(|speaker| speaker.entity.map_or("none".to_owned(), |id| entities.layer[id].name.clone())).collect()
}

#[test]
fn a_short_name_is_the_full_one() {
    assert_eq!(
        speakers(
            "Attorney General <PER>Jeff Ode</PER> left. <source><PER>Ode</PER></source> <cue>said</cue> <content>so</content>. <source2>The attorney general</source2> <cue2>said</cue2> <content2>so</content2>."
        ),
        ["Jeff Ode", "Jeff Ode"]
    );
    assert_eq!(speakers("<PER>Jeff Ode</PER> met <PER>Mara Ode</PER>. <source><PER>Ode</PER></source> <cue>said</cue> <content>so</content>."), ["none"]);
}

#[test]
fn i_is_the_speaker_of_the_quotation() {
    let told = speakers(
        "<content>“<source2>I</source2> <cue2>said</cue2> <content2>no</content2>,”</content> <source><PER>Jeff Ode</PER></source> <cue>replied</cue>.",
    );
    assert_eq!(told, ["Jeff Ode", "Jeff Ode"]);
}

const STORY: &str = "Treasury chief <PER>NAME Quill</PER> met <PER>Tom Barrow</PER> at the bank. <source><PER>Quill</PER></source> <cue>said</cue> <content>it was late</content>.\n\n<content2>“I am tired,”</content2> <source2>he</source2> <cue2>said</cue2>. <source3>A bank official</source3> <cue3>said</cue3> <content3>no</content3>. <source4>The treasury chief</source4> <cue4>declined to comment</cue4>.";

proptest! {
    #[test]
    fn renaming_renames_the_speaker_and_nothing_else(first in prop::sample::select(vec!["James", "Robert", "Walter", "George"]), last in "[B-D][rl][aeiou]v[aeiou]rk") {
        let one = speakers(&STORY.replace("NAME", "James"));
        let two = speakers(&STORY.replace("NAME", first).replace("Quill", &last));
        let renamed: Vec<String> = one.iter().map(|name| name.replace("James Quill", &format!("{first} {last}"))).collect();
        prop_assert_eq!(renamed, two);
    }

    #[test]
    fn clashing_full_names_are_never_one(a in prop::sample::select(vec!["John", "Mark", "Peter"]), b in prop::sample::select(vec!["Jane", "Lucas", "Oliver"]), last in "[B-D][rl][aeiou]v[aeiou]rk") {
        let (mentions, entities, text) = read(tagged::parse(&format!("<PER>{a} {last}</PER> met <PER>{b} {last}</PER>. <PER>{last}</PER> left. <PER>{a} {last}</PER> stayed.")));
        let of = |name: &str| mentions.entries().filter(|(_, mention)| mention.span.of(&text) == name).map(|(id, _)| entities.of_mention[id]).collect::<Vec<_>>();
        let (johns, janes) = (of(&format!("{a} {last}")), of(&format!("{b} {last}")));
        prop_assert!(johns[0].is_some() && johns[0] == johns[1] && janes[0].is_some() && johns[0] != janes[0]);
    }

    #[test]
    fn anonymous_sources_are_never_added_up(one in prop::sample::select(vec!["a senior official", "two officials", "a source close to the matter", "officials"]), other in prop::sample::select(vec!["an aide", "three aides", "another official", "several sources", "a second source", "officials"])) {
        let (_, entities, _) = read(tagged::parse(&format!("<source>{one}</source> <cue>said</cue> <content>so</content>. Later, <source2>{other}</source2> <cue2>said</cue2> <content2>no</content2>.")));
        let told: Vec<_> = entities.speakers.iter().map(|speaker| speaker.entity).collect();
        prop_assert!(told[0].is_some() && told[1].is_some() && told[0] != told[1]);
    }

    #[test]
    fn any_text_gives_whole_layers(words in prop::collection::vec("Mara|Ode|Jeff|the|a|president|ministry|official|he|she|they|I|you|said|“|”|,|\\.|’s|\\n|and|[A-Za-zäß]{1,6}", 0..60), marks in prop::collection::vec((0usize..50, 1usize..4, 0usize..4, 0usize..3), 0..12)) {
        let text = words.join(" ");
        let tokens = tokenize(&text);
        let of = [mention::MentionOf::Person, mention::MentionOf::Organization, mention::MentionOf::Place, mention::MentionOf::Other];
        let kinds = [mention::MentionKind::Name, mention::MentionKind::Description, mention::MentionKind::Pronoun];
        let mentions = marks.into_iter().map(|(at, len, which, kind)| crate::reader::Marked { tokens: at..at + len, kind: kinds[kind], of: of[which], score: 0.5 }).collect();
        let parts = (0..tokens.len() / 3).map(|at| crate::reader::Part { role: [Role::Source, Role::Cue, Role::Content][at % 3], tokens: at * 3..at * 3 + 2, score: 1.0 }).collect::<Vec<_>>();
        let link = |at: usize, role: Role| (parts[at].role == role && at > 0).then(|| crate::reader::Link { to: at - 1, score: 1.0 });
        let cue_of = (0..parts.len()).map(|at| link(at, Role::Content)).collect();
        let source_of = (0..parts.len()).map(|at| link(at, Role::Cue)).collect();
        let readout = crate::reader::Readout { parts: parts.clone(), cue_of, source_of, mentions, ..Default::default() };
        let tagged = Tagged { text, tokens, readout, tags: Vec::new() };
        let (mentions, entities, _) = read(tagged.clone());
        let (_, again, _) = read(tagged);
        prop_assert_eq!(&entities, &again);
        let mut seen = vec![false; mentions.len()];
        for (id, entity) in entities.layer.entries() {
            prop_assert!(!entity.name.is_empty() && !entity.mentions.is_empty());
            for mention in &entity.mentions {
                prop_assert!(!seen[mention.at()] && entities.of_mention[*mention] == Some(id));
                seen[mention.at()] = true;
            }
        }
    }
}
