//! What persons correct holds through everything, can be undone, and never goes missing.
#![allow(clippy::unwrap_used)]

mod news;

use news::{NEWS, NOW, READER, archive, article, read, refresh};
use onrecord::act::Act;
use onrecord::correction::{Fix, OfPeople, OfStatement, Quote};
use onrecord_archive::{Archive, Change, Depth, Hand, Logged, Query};
use proptest::prelude::*;
use std::path::Path;

const HAND: Hand<'static> = Hand { by: "Ann Lee", now: NOW };

fn all(path: &Path) -> Archive {
    archive(path, &(0..NEWS.len()).collect::<Vec<_>>(), false)
}

/// The name of the document whose file this is.
fn document(archive: &Archive, file: &str) -> String {
    let mut found = None;
    archive
        .each_version(|version| -> Result<(), onrecord_archive::Error> {
            found = found.take().or((version.path == file).then_some(version.document));
            Ok(())
        })
        .unwrap();
    found.unwrap()
}

/// The first statement of a document whose content holds these words.
fn statement(archive: &Archive, file: &str, words: &str) -> String {
    let spoken = archive.statements().unwrap();
    spoken.into_iter().find(|it| it.path == file && it.content.iter().any(|part| part.contains(words))).unwrap().id
}

fn fix(archive: &Archive, id: &str, fix: Fix) -> Change {
    let (document, at, _) = archive.statement_at(id).unwrap();
    Change::Statement { document, change: OfStatement { at, fix } }
}

fn spoken(archive: &Archive, id: &str) -> Option<onrecord_archive::Spoken> {
    archive.statements().unwrap().into_iter().find(|it| it.id == id)
}

fn finds(archive: &Archive) -> Vec<Option<bool>> {
    archive.corrections().unwrap().iter().map(|it: &Logged| it.finds).collect()
}

fn story_of(archive: &Archive, file: &str) -> Vec<String> {
    let document = document(archive, file);
    let mut files: Vec<String> = archive.story(&document).unwrap().0.accounts.iter().map(|it| it.reading.document.path.clone()).collect();
    files.sort();
    files
}

#[test]
fn a_corrected_speaker_is_shown_listed_found_and_kept_through_rebuilding() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = all(&folder.path().join("a"));
    let id = statement(&archive, "vote-1.txt", "I took nothing");
    let change = fix(&archive, &id, Fix::Speaker { name: Some("Jon Kern".into()), kind: None });
    assert_eq!(archive.correct(&change, "heard on the tape", HAND).unwrap(), "c1");
    refresh(&mut archive);
    let is_so = |archive: &Archive| {
        assert_eq!(spoken(archive, &id).unwrap().speaker.as_deref(), Some("Jon Kern"));
        assert_eq!(archive.named("Jon Kern").unwrap().len(), 1);
        assert_eq!(finds(archive), [Some(true)]);
        let (_, record) = archive.story(&document(archive, "vote-1.txt")).unwrap();
        let judged = archive.judged().unwrap();
        assert_eq!((judged.len(), judged[0].fact, judged[0].machine.as_str(), judged[0].is_right), (1, "speaker", "Mara Ode", false));
        let evidence = record.statements.iter().flat_map(|it| &it.evidence).find(|it| it.correction.is_some()).unwrap();
        assert_eq!((evidence.correction.as_deref(), evidence.why.as_str()), (Some("c1"), "Ann Lee, 2031-03-10, heard on the tape"));
    };
    is_so(&archive);
    for depth in [Depth::Record, Depth::Readouts] {
        archive.rebuild(&READER, depth).unwrap();
        refresh(&mut archive);
        is_so(&archive);
    }
    assert_eq!(archive.check(&READER).unwrap().wrong, Vec::<String>::new());
}

#[test]
fn what_another_program_corrected_shows_though_accounts_are_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    let mut archive = all(&path);
    let id = statement(&archive, "vote-1.txt", "I took nothing");
    let record = |archive: &Archive| serde_json::to_string(&archive.story(&document(archive, "vote-1.txt")).unwrap().1).unwrap();
    let before = record(&archive);
    let mut other = Archive::open(&path).unwrap();
    other.correct(&fix(&other, &id, Fix::Speaker { name: Some("Jon Kern".into()), kind: None }), "", HAND).unwrap();
    refresh(&mut other);
    assert!(record(&archive) != before && record(&archive) == record(&other));
    other.rebuild(&READER, Depth::Readouts).unwrap();
    refresh(&mut other);
    let more = "Mara Ode, the treasurer of Harrow, said the council had voted in anger over the missing pension money. “I took nothing,” Ode said.";
    archive.add(&read(article("vote-4", more, Some("2031-03-08"))), NOW).unwrap();
    refresh(&mut archive);
    let story = record(&archive);
    assert!(story.contains("vote-4") && story == record(&Archive::open(&path).unwrap()));
    archive.undo(Some("c1"), HAND).unwrap();
    refresh(&mut archive);
    assert!(record(&archive) != story && record(&archive) == record(&other));
}

#[test]
fn what_a_list_shows_tells_what_of_it_a_person_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = all(&folder.path().join("a"));
    let by_hand = |archive: &Archive| {
        let all = archive.statements().unwrap();
        let hands = archive.by_hand(&all).unwrap();
        all.iter().filter(|it| !hands.of(it).is_empty()).map(|it| (it.id.clone(), hands.of(it))).collect::<Vec<_>>()
    };
    assert_eq!(by_hand(&archive), []);
    let id = statement(&archive, "vote-1.txt", "I took nothing");
    let change = fix(&archive, &id, Fix::Act { act: Act::Promise });
    archive.correct(&change, "", HAND).unwrap();
    refresh(&mut archive);
    assert_eq!(by_hand(&archive), [(id.clone(), vec!["c1".to_owned()])]);
    let who = archive.person_at("Mara Ode").unwrap().0;
    archive.correct(&Change::People { change: OfPeople::Name { who, name: "Mara Odell".into() } }, "", HAND).unwrap();
    refresh(&mut archive);
    let marked = by_hand(&archive);
    assert!(marked.contains(&(id, vec!["c1".to_owned(), "c2".to_owned()])), "{marked:?}");
    let odell = archive.named("Mara Odell").unwrap().remove(0);
    assert_eq!(marked.iter().filter(|(_, hands)| hands.contains(&"c2".to_owned())).count(), archive.said_by(&odell).unwrap().len());
    assert_eq!(archive.named_by_hand(&odell.stories).unwrap().of_name(&odell.stories[0], "Mara Odell"), ["c2"]);
    archive.undo(Some("c2"), HAND).unwrap();
    archive.undo(Some("c1"), HAND).unwrap();
    refresh(&mut archive);
    assert_eq!(by_hand(&archive), []);
}

#[test]
fn a_dismissed_statement_is_gone_from_lists_and_searches_and_the_others_keep_their_names() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = all(&folder.path().join("a"));
    let before = archive.statements().unwrap();
    let id = statement(&archive, "quake-1.txt", "We need help now");
    let change = fix(&archive, &id, Fix::Dismiss);
    archive.correct(&change, "", HAND).unwrap();
    refresh(&mut archive);
    let left: Vec<String> = archive.statements().unwrap().into_iter().map(|it| it.id).collect();
    assert_eq!(left, before.iter().map(|it| it.id.clone()).filter(|it| *it != id).collect::<Vec<_>>());
    let query = Query { words: "\"help now\"".into(), most: 10, ..Query::default() };
    assert!(archive.search(&query).unwrap().hits.iter().all(|hit| hit.id != id));
    assert_eq!(archive.undo(None, HAND).unwrap(), "c1");
    refresh(&mut archive);
    assert_eq!(archive.statements().unwrap(), before);
    assert!(archive.search(&query).unwrap().hits.iter().any(|hit| hit.id == id));
    assert_eq!(finds(&archive), [None]);
}

#[test]
fn a_content_can_be_cut_to_words_of_the_text_and_to_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = all(&folder.path().join("a"));
    let id = statement(&archive, "quake-3.txt", "The dam was inspected in May");
    let (_, _, reading) = archive.statement_at(&id).unwrap();
    let text = &reading.document.text;
    let start = text.find("inspected in May").unwrap();
    let quote = Quote::of(text, onrecord::Span::new(start, start + "inspected in May".len()));
    let foreign = Quote { words: "inspected in June".into(), ..quote.clone() };
    assert!(archive.correct(&fix(&archive, &id, Fix::Content { parts: vec![foreign] }), "", HAND).is_err());
    archive.correct(&fix(&archive, &id, Fix::Content { parts: vec![quote] }), "", HAND).unwrap();
    refresh(&mut archive);
    assert_eq!(spoken(&archive, &id).unwrap().content, ["inspected in May"]);
    assert_eq!(archive.corrections().unwrap().len(), 1, "what points nowhere is not kept");
}

#[test]
fn documents_move_and_stories_join_and_part_as_a_person_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = all(&folder.path().join("a"));
    let dump = archive.dump().unwrap();
    let (quake, vote, alone) = (document(&archive, "quake-1.txt"), document(&archive, "vote-1.txt"), document(&archive, "alone.txt"));
    assert!(!story_of(&archive, "vote-1.txt").contains(&"alone.txt".to_owned()));
    archive.correct(&Change::Move { document: alone.clone(), to: vote.clone(), from: None }, "", HAND).unwrap();
    refresh(&mut archive);
    assert!(story_of(&archive, "vote-1.txt").contains(&"alone.txt".to_owned()));
    archive.correct(&Change::Join { one: quake.clone(), other: vote.clone() }, "", HAND).unwrap();
    refresh(&mut archive);
    assert_eq!(story_of(&archive, "vote-1.txt"), story_of(&archive, "quake-1.txt"));
    let both = document(&archive, "both.txt");
    archive.correct(&Change::Part { documents: vec![both, alone], from: Some(quake) }, "", HAND).unwrap();
    refresh(&mut archive);
    assert!(["alone.txt", "both.txt"].iter().all(|file| story_of(&archive, "both.txt").contains(&(*file).to_owned())));
    assert!(!story_of(&archive, "vote-1.txt").contains(&"alone.txt".to_owned()));
    assert!(!story_of(&archive, "quake-1.txt").contains(&"both.txt".to_owned()));
    assert_eq!(finds(&archive), [Some(false), Some(true), Some(true)], "the first is overtaken by the third");
    assert_eq!(archive.check(&READER).unwrap().wrong, Vec::<String>::new());
    archive.undo(None, HAND).unwrap();
    archive.undo(None, HAND).unwrap();
    archive.undo(None, HAND).unwrap();
    refresh(&mut archive);
    assert_eq!(archive.dump().unwrap(), dump);
    assert!(archive.undo(None, HAND).is_err());
}

#[test]
fn two_names_are_one_person_in_every_story_and_a_new_name_is_shown_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = all(&folder.path().join("a"));
    let before = archive.named("Ilse Varga").unwrap()[0].stories.len();
    let (keep, _) = archive.person_at("Ilse Varga").unwrap();
    let (other, _) = archive.person_at("Mara Ode").unwrap();
    archive.correct(&Change::People { change: OfPeople::Same { keep: keep.clone(), other } }, "a test", HAND).unwrap();
    refresh(&mut archive);
    assert!(archive.named("Mara Ode").is_err());
    assert_eq!(archive.named("Ilse Varga").unwrap()[0].stories.len(), 2);
    archive.correct(&Change::People { change: OfPeople::Name { who: keep, name: "Ilse Varga-Ode".into() } }, "", HAND).unwrap();
    refresh(&mut archive);
    assert_eq!(archive.named("Ilse Varga-Ode").unwrap()[0].stories.len(), 2);
    archive.undo(Some("c1"), HAND).unwrap();
    refresh(&mut archive);
    assert_eq!(archive.named("Mara Ode").unwrap().len(), 1);
    assert_eq!(archive.named("Ilse Varga-Ode").unwrap()[0].stories.len(), before);
}

#[test]
fn a_correction_goes_along_with_a_new_version_and_is_listed_when_its_words_are_gone() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = all(&folder.path().join("a"));
    let id = statement(&archive, "vote-1.txt", "I took nothing");
    archive.correct(&fix(&archive, &id, Fix::Act { act: Act::Denial }), "", HAND).unwrap();
    let longer = "It was a long night in Harrow. The Harrow council voted on Monday to sack its treasurer, Mara Ode, over the missing pension money. “I took nothing,” Ode said.";
    archive.add(&read(article("vote-1", longer, Some("2031-03-04"))), NOW).unwrap();
    refresh(&mut archive);
    let now = statement(&archive, "vote-1.txt", "I took nothing");
    assert_eq!((spoken(&archive, &now).unwrap().act.as_str(), finds(&archive)), ("denial", vec![Some(true)]));
    let gone = "The Harrow council voted on Monday to sack its treasurer, Mara Ode, over the missing pension money.";
    archive.add(&read(article("vote-1", gone, Some("2031-03-04"))), NOW).unwrap();
    refresh(&mut archive);
    assert_eq!(finds(&archive), [Some(false)]);
}

#[test]
fn a_relation_that_is_wrong_is_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = all(&folder.path().join("a"));
    let vote = document(&archive, "vote-1.txt");
    let quake = document(&archive, "quake-1.txt");
    let (story, relation) = [vote, quake]
        .into_iter()
        .find_map(|story| archive.story(&story).unwrap().1.relations.first().cloned().map(|relation| (story, relation)))
        .expect("one of the stories holds a relation");
    let change = archive.relation_at(&story, &relation.id).unwrap();
    archive.correct(&Change::Relation { change }, "", HAND).unwrap();
    refresh(&mut archive);
    let (_, after) = archive.story(&story).unwrap();
    assert!(!after.relations.iter().any(|it| (&it.kind, &it.a, &it.b) == (&relation.kind, &relation.a, &relation.b)));
    assert_eq!(finds(&archive), [Some(true)]);
}

/// The name that lists have now for whom they called so before.
fn now(archive: &Archive, id: &str) -> Option<String> {
    archive.somebody(id).err().and_then(|error| error.renamed().map(|(_, to)| to.to_owned()))
}

#[test]
fn an_old_name_of_somebody_leads_to_the_new_one_while_the_correction_holds() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = all(&folder.path().join("a"));
    let id = |archive: &Archive, called: &str| archive.named(called).unwrap()[0].id.clone();
    let (varga, ode) = (id(&archive, "Ilse Varga"), id(&archive, "Mara Ode"));
    let (keep, other) = (archive.person_at("Ilse Varga").unwrap().0, archive.person_at("Mara Ode").unwrap().0);
    archive.correct(&Change::People { change: OfPeople::Same { keep: keep.clone(), other } }, "", HAND).unwrap();
    refresh(&mut archive);
    assert_eq!((now(&archive, &ode), now(&archive, &varga)), (Some(varga.clone()), None));
    archive.correct(&Change::People { change: OfPeople::Name { who: keep, name: "Ilse Varga-Ode".into() } }, "", HAND).unwrap();
    refresh(&mut archive);
    let both = id(&archive, "Ilse Varga-Ode");
    assert_eq!((now(&archive, &ode), now(&archive, &varga)), (Some(both.clone()), Some(both)));
    archive.undo(Some("c1"), HAND).unwrap();
    refresh(&mut archive);
    assert_eq!(now(&archive, &ode), None);
    assert!(archive.somebody(&ode).is_ok() && archive.somebody("pnobody").unwrap_err().renamed().is_none());
}

#[test]
fn somebody_known_in_one_story_alone_is_found_by_the_old_name_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = all(&folder.path().join("a"));
    let keep = archive.person_at("Ilse Varga").unwrap().0;
    let is_local = |it: &onrecord_archive::Somebody| !it.name.contains(' ') || it.kind == "group" || it.kind == "anonymous";
    let people = archive.people().unwrap();
    let other = people.iter().find(|it| is_local(it) && archive.named(&it.id).unwrap().len() == 1).unwrap();
    let who = archive.person_at(&other.id).unwrap().0;
    assert!(matches!(who, onrecord::correction::Who::Mention(_)), "{other:?}");
    archive.correct(&Change::People { change: OfPeople::Same { keep, other: who } }, "", HAND).unwrap();
    refresh(&mut archive);
    assert_eq!(now(&archive, &other.id), Some(archive.named("Ilse Varga").unwrap()[0].id.clone()), "{other:?}");
}

#[test]
fn who_says_nothing_in_a_story_is_found_there_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = all(&folder.path().join("a"));
    let farce = statement(&archive, "vote-2.txt", "farce");
    archive.correct(&fix(&archive, &farce, Fix::Speaker { name: Some("Jon Kern".into()), kind: None }), "", HAND).unwrap();
    let apart = vec![document(&archive, "vote-2.txt")];
    archive.correct(&Change::Part { documents: apart, from: None }, "", HAND).unwrap();
    refresh(&mut archive);
    let (keep, other) = (archive.person_at("Ilse Varga").unwrap().0, archive.person_at("Mara Ode").unwrap().0);
    archive.correct(&Change::People { change: OfPeople::Same { keep, other } }, "", HAND).unwrap();
    refresh(&mut archive);
    let dump = archive.dump().unwrap();
    archive.rebuild(&READER, Depth::Record).unwrap();
    refresh(&mut archive);
    assert_eq!(archive.dump().unwrap(), dump);
}

#[test]
fn what_a_person_says_again_leaves_what_a_rebuild_gives() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = all(&folder.path().join("a"));
    let (quake, vote) = (document(&archive, "quake-1.txt"), document(&archive, "vote-1.txt"));
    let alone = Change::Part { documents: vec![quake.clone()], from: None };
    let moved = Change::Move { document: vote.clone(), to: document(&archive, "vote-2.txt"), from: None };
    for change in [&alone, &alone, &moved, &moved] {
        archive.correct(change, "", HAND).unwrap();
        refresh(&mut archive);
        assert_eq!(archive.check(&READER).unwrap().wrong, Vec::<String>::new());
    }
    archive.undo(Some("c1"), HAND).unwrap();
    refresh(&mut archive);
    let dump = archive.dump().unwrap();
    archive.rebuild(&READER, Depth::Record).unwrap();
    refresh(&mut archive);
    assert_eq!(archive.dump().unwrap(), dump);
    let itself = Change::Join { one: quake.clone(), other: quake };
    assert!(archive.correct(&itself, "", HAND).is_err_and(|error| error.is_refused()));
    let strangers = Change::Part { documents: vec![document(&archive, "alone.txt"), vote], from: None };
    assert!(archive.correct(&strangers, "", HAND).is_err_and(|error| error.is_refused()), "documents of two stories are not parted from one");
    let who = archive.person_at("Mara Ode").unwrap().0;
    let nameless = Change::People { change: OfPeople::Name { who, name: " ".into() } };
    assert!(archive.correct(&nameless, "", HAND).is_err_and(|error| error.is_refused()));
}

/// What a person does.
#[derive(Clone, Debug)]
enum Deed {
    Correct(usize),
    Undo(Option<u8>),
    Redo(Option<u8>),
    Add(usize),
    Rebuild,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let one = prop_oneof![
        5 => (0usize..10).prop_map(Deed::Correct),
        2 => proptest::option::of(1u8..4).prop_map(Deed::Undo),
        2 => proptest::option::of(1u8..4).prop_map(Deed::Redo),
        1 => (0usize..4).prop_map(Deed::Add),
        1 => Just(Deed::Rebuild),
    ];
    proptest::collection::vec(one, 1..9)
}

/// The changes that a person makes, the same whatever was made before.
fn changes(archive: &Archive) -> Vec<Change> {
    let nothing = statement(archive, "vote-1.txt", "I took nothing");
    let farce = statement(archive, "vote-2.txt", "farce");
    let file = |name: &str| document(archive, name);
    let (ode, varga) = (archive.person_at("Mara Ode").unwrap().0, archive.person_at("Ilse Varga").unwrap().0);
    vec![
        fix(archive, &nothing, Fix::Dismiss),
        fix(archive, &farce, Fix::Speaker { name: Some("Jon Kern".into()), kind: None }),
        Change::People { change: OfPeople::Same { keep: varga, other: ode.clone() } },
        Change::People { change: OfPeople::Name { who: ode, name: "Mara Ode-Lund".into() } },
        Change::Move { document: file("quake-1.txt"), to: file("vote-1.txt"), from: Some(file("quake-2.txt")) },
        Change::Join { one: file("quake-2.txt"), other: file("vote-2.txt") },
        Change::Part { documents: vec![file("quake-1.txt"), file("copy.txt")], from: None },
        // What may be so already.
        Change::Part { documents: vec![file("quake-1.txt")], from: None },
        Change::Move { document: file("quake-2.txt"), to: file("quake-1.txt"), from: None },
        Change::Join { one: file("vote-1.txt"), other: file("vote-2.txt") },
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn whatever_was_undone_and_redone_only_what_holds_counts(deeds in deeds()) {
        let folder = tempfile::tempdir().unwrap();
        let start: Vec<usize> = (0..NEWS.len()).filter(|at| ![2, 4, 6, 8].contains(at)).collect();
        let whole = all(&folder.path().join("whole"));
        let changes = changes(&whole);
        let mut one = archive(&folder.path().join("one"), &start, false);
        for deed in &deeds {
            let name = |number: &Option<u8>| number.map(|number| format!("c{number}"));
            // What is not there, or stands so already, is refused and changes nothing.
            match deed {
                Deed::Correct(at) => drop(one.correct(&changes[*at], "", HAND)),
                Deed::Undo(number) => drop(one.undo(name(number).as_deref(), HAND)),
                Deed::Redo(number) => drop(one.redo(name(number).as_deref(), HAND)),
                Deed::Add(at) => drop(one.add(&NEWS[[2, 4, 6, 8][*at]], NOW).unwrap()),
                Deed::Rebuild => one.rebuild(&READER, Depth::Record).unwrap(),
            }
            if matches!(deed, Deed::Rebuild | Deed::Correct(_)) {
                refresh(&mut one);
            }
        }
        [2, 4, 6, 8].iter().for_each(|at| drop(one.add(&NEWS[*at], NOW).unwrap()));
        refresh(&mut one);
        let dump = one.dump().unwrap();
        one.rebuild(&READER, Depth::Record).unwrap();
        refresh(&mut one);
        prop_assert_eq!(&one.dump().unwrap(), &dump);
        prop_assert_eq!(one.check(&READER).unwrap().wrong, Vec::<String>::new());
    }
}
