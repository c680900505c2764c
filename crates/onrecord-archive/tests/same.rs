//! However an archive grew, what it holds is the same, and is what the engine says of the same documents.
#![allow(clippy::unwrap_used)]

mod news;

use news::{NEWS, NOW, READER, archive, article, articles, read, refresh};
use onrecord::account::Account;
use onrecord::{record, wire};
use onrecord_archive::{Archive, Depth};
use proptest::prelude::*;
use std::sync::LazyLock;

/// The dump of an archive to which everything was added at once, in the order given.
static AT_ONCE: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    archive(&folder.path().join("a"), &(0..NEWS.len()).collect::<Vec<_>>(), false).dump().unwrap()
});

#[test]
fn the_record_is_that_of_the_engine() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(&folder.path().join("a"), &(0..NEWS.len()).collect::<Vec<_>>(), false);
    let accounts: Vec<Account> = articles().into_iter().map(|received| Account::read(received, &READER)).collect();
    let records: Vec<wire::Record> = record::record(&accounts).iter().map(|record| wire::Record::of(record, &accounts)).collect();
    let stories = archive.stories().unwrap();
    assert_eq!(stories.len(), records.len());
    for story in &stories {
        let (_, made) = archive.story(&story.id).unwrap();
        assert!(records.contains(&made), "{}: {}", story.id, story.headline);
    }
    assert!(records.iter().any(|record| record.documents.len() >= 4), "the quake is one story, with the round-up");
    assert!(AT_ONCE.iter().any(|row| row.starts_with("membership") && row.contains("touches")), "the round-up touches the vote");
}

#[test]
fn a_list_that_a_page_set_into_a_sentence_is_left_out_here_too() {
    let told = |name: &str, list: &str| {
        let text = format!(
            "The dam at Vell was damaged, the province said, and nine people were killed. Gov. Ilse Varga Ilse Maria Varga{list} MORE declined to say whether it had been inspected. Rescuers searched the rubble of Tarn all night, and a crane was brought from Harrow."
        );
        article(name, &text, Some("2031-03-05"))
    };
    let two = || {
        let one = "Harbour pays twice for a pier that nobody asked for Mayor to speak at the opening of a bakery in Pell: report Hens of Pell lay square eggs, keepers say";
        let other =
            "Council sacks its treasurer over missing money Seven ways to cross the sound without a ferry Why the lighthouse is painted green again this year";
        [told("one", one), told("other", other)]
    };
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::create(&folder.path().join("a")).unwrap();
    for received in two() {
        archive.add(&read(received), NOW).unwrap();
        refresh(&mut archive);
    }
    let accounts: Vec<Account> = two().into_iter().map(|received| Account::read(received, &READER)).collect();
    let records: Vec<wire::Record> = record::record(&accounts).iter().map(|record| wire::Record::of(record, &accounts)).collect();
    let (_, made) = archive.story(&archive.stories().unwrap()[0].id).unwrap();
    assert_eq!(made.copies.len(), 1, "but for the lists the two are one text");
    assert_eq!(records, [made]);
}

#[test]
fn rebuilt_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = archive(&folder.path().join("a"), &(0..NEWS.len()).collect::<Vec<_>>(), true);
    for depth in [Depth::Record, Depth::Readouts] {
        archive.rebuild(&READER, depth).unwrap();
        assert!(archive.stories().unwrap().is_empty());
        assert_eq!(archive.unfinished().unwrap(), NEWS.len());
        refresh(&mut archive);
        assert_eq!(archive.dump().unwrap(), *AT_ONCE);
    }
    assert_eq!(archive.check(&READER).unwrap().wrong, Vec::<String>::new());
}

#[test]
fn added_again_nothing_changes() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = archive(&folder.path().join("a"), &[0, 1, 2], false);
    let holds = archive.holds().unwrap();
    let added = archive.add(&NEWS[1], NOW).unwrap();
    assert!(!added.is_new && added.version == 1);
    assert_eq!(holds.find(&news::identity(&articles()[1])), Some(added));
    assert_eq!(holds.find(&news::identity(&articles()[4])), None);
    assert_eq!(refresh(&mut archive), 0);
}

#[test]
fn another_text_at_the_same_address_is_a_version_and_the_story_is_told_by_the_latest() {
    let folder = tempfile::tempdir().unwrap();
    let mut once = archive(&folder.path().join("a"), &[0, 1, 3, 4], true);
    let before = once.stories().unwrap();
    let changed =
        read(article("quake-1", "Mara Ode, the Harrow treasurer, was sacked by the council on Monday. “I took nothing,” she said.", Some("2031-03-04")));
    let added = once.add(&changed, NOW).unwrap();
    assert_eq!((added.is_new, added.version), (true, 2));
    refresh(&mut once);
    assert_ne!(before, once.stories().unwrap());
    assert_eq!(once.check(&READER).unwrap().wrong, Vec::<String>::new());
    let mut other = Archive::create(&folder.path().join("b")).unwrap();
    for new in [&NEWS[4], &changed, &NEWS[3], &NEWS[1]] {
        other.add(new, NOW).unwrap();
    }
    refresh(&mut other);
    let derived = |archive: &Archive| archive.dump().unwrap().into_iter().filter(|row| !row.starts_with("version")).collect::<Vec<_>>();
    assert_eq!(derived(&once), derived(&other));
    // And back again: the first text is a third version.
    let back = once.add(&NEWS[0], NOW).unwrap();
    assert_eq!((back.is_new, back.version), (true, 3));
    once.rebuild(&READER, Depth::Record).unwrap();
    refresh(&mut once);
    assert_eq!(once.stories().unwrap(), before);
}

#[test]
fn people_are_one_across_stories_by_their_full_name_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::create(&folder.path().join("a")).unwrap();
    let texts = [
        (
            "a",
            "2031-03-04",
            "The old ferry of Dorn will be sold for scrap, its owners learned on Monday. “It is rotten,” said David Brown, the surveyor of ships. \
             The hull leaks, the boiler cracked in January, and passengers crossed the estuary on a barge, Brown said.",
        ),
        (
            "b",
            "2037-09-21",
            "The drought emptied the reservoir above Pell, and farmers lost the whole of the barley harvest. Irrigation stops at midnight. \
             David Brown said wells would be dug. Miller said clouds were gathering over the hills.",
        ),
        (
            "c",
            "2034-11-02",
            "The opera lost its tenor to a cold before the première. Understudies rehearsed the aria all night. Miller said the orchestra would play.",
        ),
    ];
    for (name, day, text) in texts {
        archive.add(&read(article(name, text, Some(day))), NOW).unwrap();
    }
    refresh(&mut archive);
    let brown = archive.named("brown").unwrap();
    assert_eq!(brown.iter().map(|it| (it.name.as_str(), it.stories.len(), it.statements)).collect::<Vec<_>>(), [("David Brown", 2, 3)]);
    assert_eq!(archive.said_by(&brown[0]).unwrap().len(), 3);
    assert_eq!(archive.named("miller").unwrap().len(), 2);
    assert!(archive.named("nobody").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn in_any_order_one_by_one_or_at_once(order in Just((0..NEWS.len()).collect::<Vec<usize>>()).prop_shuffle(), often in any::<bool>()) {
        let folder = tempfile::tempdir().unwrap();
        prop_assert_eq!(archive(&folder.path().join("a"), &order, often).dump().unwrap(), AT_ONCE.clone());
    }
}

#[test]
fn what_a_later_version_changed_is_told_a_dropped_quotation_first_also_after_rebuilding() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = archive(&folder.path().join("a"), &[0, 1], false);
    assert!(archive.revised().unwrap().is_empty());
    let text = "The Harrow council voted on Tuesday to sack its treasurer, Mara Ode, over the missing pension money, after a stormy session.";
    let id = archive.add(&read(article("vote-1", text, Some("2031-03-04"))), "2031-03-11T08:00:00Z").unwrap().id;
    refresh(&mut archive);
    let check = |archive: &Archive| {
        let revisions = archive.revisions(&id[..8], &READER).unwrap();
        let changes: Vec<String> =
            revisions[0].changes.iter().map(|it| format!("{:?} {:?} {}", it.matter, it.how, it.before.as_ref().map_or("", |part| &part.text))).collect();
        assert_eq!(changes.len(), 2, "{changes:?}");
        assert_eq!(changes[0], "Quotation Dropped “I took nothing,”");
        assert!(changes[1].contains("Altered") && changes[1].contains("sack"));
        assert_eq!((revisions[0].earlier.number, revisions[0].later.added_at.as_str()), (1, "2031-03-11T08:00:00Z"));
    };
    check(&archive);
    archive.rebuild(&READER, Depth::Readouts).unwrap();
    refresh(&mut archive);
    check(&archive);
    assert_eq!(archive.revised().unwrap().iter().map(|it| (it.document.as_str(), it.versions)).collect::<Vec<_>>(), [(id.as_str(), 2)]);
}
