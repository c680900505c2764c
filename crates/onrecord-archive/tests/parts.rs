//! Lists in parts hold what the lists hold, in the same order, forwards and backwards; what was settled is not asked again.
#![allow(clippy::unwrap_used)]

mod news;

use news::{NEWS, archive};
use onrecord_archive::{Archive, Change, Cut, Error, Hand, Part, Query, Unsure};
use std::fmt::Debug;

const HAND: Hand<'static> = Hand { by: "Mara Ode", now: "2031-03-11T09:00:00Z" };

fn whole() -> (tempfile::TempDir, Archive) {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(&folder.path().join("a"), &(0..NEWS.len()).collect::<Vec<_>>(), false);
    (folder, archive)
}

/// Leafs through a list to its end and back to its beginning; gives all items, the same both times.
fn leafed<T: Clone + Debug + PartialEq>(part: impl Fn(&Cut) -> Result<Part<T>, Error>) -> Vec<T> {
    let first = part(&Cut::First).unwrap();
    assert_eq!(first.before, None);
    let (mut all, mut now) = (first.items.clone(), first);
    while let Some(next) = now.next.clone() {
        now = part(&Cut::After(next)).unwrap();
        assert!(!now.items.is_empty() && now.before.is_some());
        all.extend(now.items.clone());
    }
    let mut back = now.items.clone();
    while let Some(before) = now.before.clone() {
        now = part(&Cut::Before(before)).unwrap();
        back.splice(0..0, now.items.clone());
    }
    assert_eq!(back, all);
    all
}

#[test]
fn what_somebody_said_is_counted_by_story_and_month_and_documents_say_why_they_are_in_a_story() {
    let (_folder, archive) = whole();
    for somebody in archive.people().unwrap() {
        let said: Vec<_> = archive.said_by(&somebody).unwrap().into_iter().filter(|it| it.factuality == "actual").collect();
        let (months, undated) = archive.months_of(&somebody.id).unwrap();
        assert_eq!(months.iter().map(|it| it.statements).sum::<i64>() + undated, said.len() as i64, "{somebody:?}");
        assert!(months.is_sorted_by(|a, b| a.month < b.month));
        let topics = archive.topics_of(&somebody.id, 100).unwrap();
        assert_eq!(topics.iter().map(|it| it.statements).sum::<i64>(), somebody.statements, "{somebody:?}");
    }
    for story in archive.stories().unwrap() {
        let members = archive.members_of_story(&story.id, 100).unwrap();
        assert_eq!((members.len() as i64, members[0].id.as_str()), (story.documents, story.id.as_str()));
        assert_eq!(archive.members_of_story(&story.id, 1).unwrap().len(), 1);
        assert!(members.len() == 1 || members.iter().all(|it| !it.why.is_empty()), "{members:?}");
    }
}

#[test]
fn parts_of_lists_are_the_lists() {
    let (_folder, archive) = whole();
    assert_eq!(leafed(|cut| archive.stories_part(cut, 1)), archive.stories().unwrap());
    assert_eq!(leafed(|cut| archive.people_part("", cut, 2)), archive.people().unwrap());
    assert_eq!(leafed(|cut| archive.questions_part(None, None, cut, 1)), archive.questions().unwrap());
    for somebody in archive.people().unwrap() {
        assert_eq!(leafed(|cut| archive.said_part(&somebody.id, cut, 1)), archive.said_by(&somebody).unwrap(), "{}", somebody.name);
    }
    assert_eq!(archive.count_stories().unwrap() as usize, archive.stories().unwrap().len());
    assert_eq!(archive.count_people("").unwrap() as usize, archive.people().unwrap().len());
}

#[test]
fn people_are_found_by_the_beginning_of_a_word_of_their_name() {
    let (_folder, archive) = whole();
    let called = |begins: &str| archive.people_part(begins, &Cut::First, 100).unwrap().items.into_iter().map(|it| it.name).collect::<Vec<_>>();
    let all = archive.people().unwrap();
    let name = &all.iter().find(|somebody| somebody.name.split(' ').count() == 2).unwrap().name;
    let (first, last) = name.split_once(' ').unwrap();
    assert!(called(&first[..2].to_lowercase()).contains(name) && called(&last[..3]).contains(name));
    assert!(!called(&last[1..]).contains(name));
    assert_eq!((called("%"), called("_")), (Vec::new(), Vec::new()));
    assert_eq!(archive.count_people(last).unwrap() as usize, called(last).len());
}

#[test]
fn what_has_come_is_counted_from_a_moment() {
    let (_folder, archive) = whole();
    assert_eq!(archive.count_stories_since("2000-01-01T00:00:00Z").unwrap(), archive.count_stories().unwrap());
    assert_eq!(archive.count_stories_since("2999-01-01T00:00:00Z").unwrap(), 0);
    let story = &archive.stories().unwrap()[0];
    assert_eq!(archive.story_named(&story.id).unwrap(), *story);
    assert!(!archive.arrived_at(&story.id).unwrap().latest.is_empty());
}

#[test]
fn what_came_last_stands_first() {
    let (_folder, archive) = whole();
    let somebody = archive.people().unwrap().remove(0);
    let stories = archive.latest_stories(100).unwrap();
    assert_eq!(stories.len() as i64, archive.count_stories().unwrap());
    assert!(stories.is_sorted_by(|a, b| a.added_at >= b.added_at) && archive.latest_stories(1).unwrap() == stories[..1]);
    let latest = archive.latest_said(&somebody.id, 100).unwrap();
    let said = archive.said_by(&somebody).unwrap().into_iter().filter(|spoken| spoken.factuality == "actual").count();
    assert!(latest.len() == said && latest.iter().all(|dated| !dated.added_at.is_empty()));
    let found = archive.latest_found(&Query { by: Some(somebody.id.clone()), ..Query::default() }, 100).unwrap();
    assert_eq!(found.iter().filter(|dated| dated.it.factuality == "actual").count(), said);
}

#[test]
fn what_was_settled_is_not_asked_again_until_it_is_undone() {
    let (_folder, mut archive) = whole();
    let asked = |archive: &Archive| leafed(|cut| Ok(archive.unsure_part(cut, 1)?.0));
    let suggestions = asked(&archive);
    let touching = suggestions.iter().find(|it| matches!(it.what, Unsure::Touches { .. })).expect("the round-up touches the vote");
    assert_eq!(archive.unsure_part(&Cut::First, 1).unwrap().1 as usize, suggestions.len());
    let id = archive.correct(&Change::settled(touching), "", HAND).unwrap();
    assert_eq!(archive.unfinished().unwrap(), 0, "nothing has to be made anew");
    assert!(!asked(&archive).contains(touching));
    assert_eq!(archive.corrections().unwrap()[0].finds, Some(true));
    archive.undo(Some(&id), HAND).unwrap();
    assert_eq!(asked(&archive), suggestions);
    let log = archive.corrections_part(&Cut::First, 10).unwrap().items;
    assert_eq!(log, archive.corrections().unwrap());
}

#[test]
fn a_story_is_found_before_its_record_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::create(&folder.path().join("a")).unwrap();
    let id = archive.add(&NEWS[0], news::NOW).unwrap().id;
    let before = archive.standing(&id).unwrap();
    assert_eq!((before.id.as_str(), before.digest.as_str()), (id.as_str(), ""));
    let reader = Archive::for_reading(archive.path()).unwrap();
    let moment = reader.moment().unwrap();
    assert_eq!(reader.moment().unwrap(), moment);
    news::refresh(&mut archive);
    assert_ne!(reader.moment().unwrap(), moment);
    let after = archive.standing(&id).unwrap();
    assert!(after.id == before.id && !after.digest.is_empty());
}
