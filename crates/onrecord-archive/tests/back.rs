//! What an archive gives comes back whole: every version, with its address, its number, its times and its notes.
#![allow(clippy::unwrap_used)]

mod news;

use news::{NEWS, NOW, archive, article, articles, identity, refresh};
use onrecord::document::Received;
use onrecord::evidence::Note;
use onrecord::{Span, wire};
use onrecord_archive::{Archive, Error, Incoming, New, Version};
use std::path::Path;

/// All ground of an archive, as it leaves.
fn versions(archive: &Archive) -> Vec<Version> {
    let mut all = Vec::new();
    let mut push = |version| {
        all.push(version);
        Ok::<(), Error>(())
    };
    archive.each_version(&mut push).unwrap();
    all
}

fn incoming(versions: &[Version]) -> Vec<Incoming> {
    versions.iter().map(|version| version.clone().incoming().unwrap()).collect()
}

fn restored(path: &Path, versions: &[Version]) -> Archive {
    let mut archive = Archive::create(path).unwrap();
    assert_eq!(archive.restore(&incoming(versions)).unwrap(), versions.len());
    refresh(&mut archive);
    archive
}

/// A few articles, one of them in three versions, one with notes.
fn full(path: &Path) -> Archive {
    let mut archive = archive(path, &[0, 1, 3, 4], false);
    let again = |text: &str| article("quake-1", text, Some("2031-03-04"));
    let odd = Note { kind: "nul-bytes", span: Some(Span::new(2, 5)), message: "bytes of nothing".to_owned() };
    let noted = Received { notes: vec![odd], ..again("The dam at Vell held, the province said on Monday.") };
    for (received, now) in [(noted, "2031-03-11T08:00:00Z"), (articles().remove(0), "2031-03-12T09:00:00Z")] {
        archive.add(&New::read(identity(&received), received, &news::READER), now).unwrap();
    }
    refresh(&mut archive);
    archive
}

#[test]
fn nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let first = full(&folder.path().join("a"));
    let all = versions(&first);
    assert_eq!(all.len(), 6);
    assert_eq!(all.iter().flat_map(|version| &version.notes).map(|note| note.kind.as_str()).collect::<Vec<_>>(), ["nul-bytes"]);
    let mut second = restored(&folder.path().join("b"), &all);
    assert_eq!(versions(&second), all);
    assert_eq!(second.stories().unwrap(), first.stories().unwrap());
    let records = |archive: &Archive| -> Vec<wire::Record> { archive.stories().unwrap().iter().map(|story| archive.story(&story.id).unwrap().1).collect() };
    assert_eq!(records(&second), records(&first));
    assert_eq!(second.check(&news::READER).unwrap().wrong, Vec::<String>::new());
    // Once more, nothing is new.
    assert_eq!(second.restore(&incoming(&all)).unwrap(), 0);
    assert_eq!(second.unfinished().unwrap(), 0);
}

#[test]
fn the_order_of_lines_does_not_matter_to_the_story() {
    let folder = tempfile::tempdir().unwrap();
    let first = full(&folder.path().join("a"));
    let all = versions(&first);
    let mut turned = Archive::create(&folder.path().join("b")).unwrap();
    for version in all.iter().rev() {
        assert_eq!(turned.restore(&incoming(std::slice::from_ref(version))).unwrap(), 1);
        refresh(&mut turned);
    }
    assert_eq!(versions(&turned), all);
    assert_eq!(turned.stories().unwrap(), first.stories().unwrap());
    turned.rebuild(&news::READER, onrecord_archive::Depth::Record).unwrap();
    refresh(&mut turned);
    assert_eq!(turned.stories().unwrap(), first.stories().unwrap());
    assert_eq!(turned.check(&news::READER).unwrap().wrong, Vec::<String>::new());
}

#[test]
fn two_archives_become_one_by_the_times_of_their_versions() {
    let folder = tempfile::tempdir().unwrap();
    let mut june = Archive::create(&folder.path().join("june")).unwrap();
    june.add(&NEWS[0], "2031-06-01T00:00:00Z").unwrap();
    refresh(&mut june);
    let mut other = Archive::create(&folder.path().join("other")).unwrap();
    for (text, now) in [("The province spoke in April.", "2031-04-01T00:00:00Z"), ("The province spoke in May.", "2031-05-01T00:00:00Z")] {
        let received = article("quake-1", text, Some("2031-03-04"));
        other.add(&New::read(identity(&received), received, &news::READER), now).unwrap();
    }
    let older = incoming(&versions(&other));
    assert_eq!(june.restore(&older).unwrap(), 2);
    refresh(&mut june);
    let times: Vec<(i64, String)> = versions(&june).into_iter().map(|version| (version.version, version.added_at)).collect();
    let times: Vec<(i64, &str)> = times.iter().map(|(number, time)| (*number, &time[5..7])).collect();
    assert_eq!(times, [(1, "04"), (2, "05"), (3, "06")]);
    assert_eq!(june.restore(&older).unwrap(), 0);
    assert_eq!(june.check(&news::READER).unwrap().wrong, Vec::<String>::new());
}

#[test]
fn what_does_not_fit_together_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let good = versions(&archive(&folder.path().join("a"), &[0], false)).remove(0);
    assert_eq!((good.added_at.as_str(), good.version), (NOW, 1));
    let refused = |change: &dyn Fn(&mut Version)| {
        let mut version = good.clone();
        change(&mut version);
        version.incoming().err().unwrap_or_else(|| "taken".to_owned())
    };
    assert_eq!(refused(&|_| {}), "taken");
    assert_eq!(refused(&|version| version.address = "path:/elsewhere".into()), "its name, its address and what it holds are not of one document");
    assert_eq!(refused(&|version| version.url = Some("https://skein.example/1".into())), "its name, its address and what it holds are not of one document");
    assert_eq!(refused(&|version| version.published = Some("soon".into())), "soon is no day");
    assert_eq!(refused(&|version| version.added_at = "yesterday".into()), "it was added at no moment: yesterday");
    assert_eq!(refused(&|version| version.version = 0), "versions are counted from 1, not 0");
    let words = wire::record::Words { start: 5, end: 9_000, text: String::new() };
    let note = wire::Note { kind: "charset".into(), words: Some(words), message: "odd".into() };
    assert!(refused(&|version| version.notes = vec![note.clone()]).contains("bytes 5 to 9000"));
}
