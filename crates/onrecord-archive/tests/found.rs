//! What was said is found by its words, each hit at its place.
#![allow(clippy::unwrap_used)]

mod news;

use news::{NEWS, NOW, READER, archive, article, identity, read, refresh};
use onrecord_archive::{Archive, Change, Depth, Hand, Like, Order, Query};
use proptest::prelude::*;
use std::sync::LazyLock;

struct Kept {
    archive: Archive,
    _folder: tempfile::TempDir,
}

fn kept() -> Kept {
    let folder = tempfile::tempdir().unwrap();
    Kept { archive: archive(&folder.path().join("a"), &(0..NEWS.len()).collect::<Vec<_>>(), false), _folder: folder }
}

fn query(words: &str) -> Query {
    Query { words: words.to_owned(), most: 50, ..Query::default() }
}

/// The texts of the documents of hits, cut at their places.
fn found(archive: &Archive, query: &Query) -> Vec<String> {
    let texts: std::collections::BTreeMap<String, String> = news::articles().into_iter().map(|it| (it.document.path, it.document.text)).collect();
    let hits = archive.search(query).unwrap().hits;
    for hit in &hits {
        let place = texts[&hit.path].get(hit.start..hit.end).unwrap();
        assert!(hit.content.iter().all(|part| place.contains(part.as_str())), "{hit:?}");
    }
    hits.into_iter().map(|hit| hit.content.join(" … ")).collect()
}

#[test]
fn by_words_phrases_and_beginnings() {
    let kept = kept();
    let archive = &kept.archive;
    assert!(found(archive, &query("dam inspected")).iter().all(|content| content.contains("dam") && content.contains("inspected")));
    assert!(!found(archive, &query("dam inspected")).is_empty());
    assert!(found(archive, &query("\"inspected dam\"")).is_empty());
    assert_eq!(found(archive, &query("inspect*")).len(), found(archive, &query("inspected")).len());
    assert!(found(archive, &query("dam -may")).iter().all(|content| !content.contains("May")));
    assert!(found(archive, &query("unicorn")).is_empty());
    assert_eq!(archive.search(&query("dam")).unwrap().order, Order::Best);
    assert_eq!(archive.search(&query("")).unwrap().order, Order::Newest);
}

#[test]
fn by_who_where_and_when() {
    let kept = kept();
    let archive = &kept.archive;
    let by = |by: &str| archive.search(&Query { by: Some(by.into()), ..query("") }).unwrap().hits;
    assert!(!by("varga").is_empty() && by("varga").iter().all(|hit| hit.speaker.as_deref().is_some_and(|speaker| speaker.contains("Varga"))));
    assert!(archive.search(&Query { by: Some("nobody".into()), ..query("") }).is_err());
    let all = archive.search(&query("")).unwrap().hits;
    let count = |query: Query| archive.search(&query).unwrap().hits.len();
    assert_eq!(count(Query { outlet: Some("skein".into()), ..query("") }), all.len());
    assert_eq!(count(Query { outlet: Some("Courier".into()), ..query("") }), 0);
    for name in ["assertion", "denial", "refusal"] {
        assert_eq!(count(Query { act: Some(name.into()), ..query("") }), all.iter().filter(|hit| hit.act == name).count());
    }
    assert_eq!(count(Query { form: Some("direct".into()), ..query("") }), all.iter().filter(|hit| hit.form == "direct").count());
    assert_eq!(count(Query { sourcing: Some("anonymous".into()), ..query("") }), all.iter().filter(|hit| hit.sourcing == "anonymous").count());
    let story = &all.iter().find(|hit| hit.path == "vote-1.txt").unwrap().story;
    assert!(archive.search(&Query { story: Some(story.clone()), ..query("") }).unwrap().hits.iter().all(|hit| &hit.story == story));
    let since = archive.search(&Query { since: Some("2031-03-06".into()), ..query("") }).unwrap().hits;
    assert!(!since.is_empty() && since.iter().all(|hit| hit.said_end.as_deref().is_some_and(|day| day >= "2031-03-06")));
    assert_eq!(count(Query { published_until: Some("2031-03-01".into()), ..query("") }), 0);
    assert_eq!(count(Query { most: 2, ..query("") }), 2);
    assert_eq!(count(Query { most: 0, ..query("egg") }), 0);
    // A word that must not be there counts without one that must.
    let with = count(query("dam"));
    assert!(with > 0);
    assert_eq!(count(query("-dam")), all.len() - with);
    assert_eq!(
        count(Query { act: Some("assertion".into()), ..query("-dam") }),
        all.iter().filter(|hit| hit.act == "assertion").count() - count(Query { act: Some("assertion".into()), ..query("dam") })
    );
}

#[test]
fn what_is_found_is_counted_by_who_where_when_and_how() {
    let kept = kept();
    let archive = &kept.archive;
    let all = archive.search(&Query { most: 1000, ..query("") }).unwrap().hits;
    let facets = archive.facets(&query(""), 100).unwrap();
    assert_eq!((facets.counted, facets.are_all), (all.len(), true));
    let sum = |facets: &[onrecord_archive::Facet]| facets.iter().map(|facet| facet.count).sum::<usize>();
    assert_eq!((sum(&facets.acts), sum(&facets.forms), sum(&facets.sourcings)), (all.len(), all.len(), all.len()));
    assert_eq!(sum(&facets.speakers), all.iter().filter(|hit| hit.speaker.is_some()).count());
    let fewer = |narrowed: Query| archive.search(&Query { most: 1000, ..narrowed }).unwrap().hits.len();
    for facet in &facets.acts {
        assert_eq!(facet.count, fewer(Query { act: Some(facet.value.clone()), ..query("") }), "{facet:?}");
    }
    for facet in &facets.speakers {
        assert_eq!(facet.count, fewer(Query { by: Some(facet.value.clone()), ..query("") }), "{facet:?}");
    }
    for facet in &facets.stories {
        assert_eq!(facet.count, fewer(Query { story: Some(facet.value.clone()), ..query("") }), "{facet:?}");
    }
    assert!(facets.months.is_sorted_by(|a, b| a.value > b.value) && facets.months.iter().all(|month| month.value.len() == 7));
    assert_eq!(archive.facets(&query("dam"), 1).unwrap().speakers.len(), 1);
    assert_eq!(archive.facets(&query("unicorn"), 5).unwrap().counted, 0);
}

#[test]
fn articles_are_found_at_the_first_word() {
    let kept = kept();
    let hits = kept.archive.search_articles(&query("square egg")).unwrap().hits;
    let places: Vec<_> = hits.iter().map(|hit| (hit.path.as_str(), hit.start, hit.line)).collect();
    assert_eq!(places, [("alone.txt", 21, 1)]);
    let count = |words: &str| kept.archive.search_articles(&query(words)).unwrap().hits.len();
    assert_eq!((count("\"square egg\""), count("\"egg square\""), count("squ* -egg"), count("\"a square eg*\"")), (1, 0, 0, 1));
    assert!(count("bürgermeister") == 1 && count("“der bürgermeister”") == 1 && count("dam -vell") == 0 && count("dam vell") > 3);
    assert_eq!(kept.archive.search_articles(&Query { published_since: Some("2031-03-09".into()), ..query("") }).unwrap().hits.len(), 1);
}

#[test]
fn what_is_about_somebody_is_found_by_the_last_name_too_where_it_is_theirs_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::create(&folder.path().join("a")).unwrap();
    let mut add = |name: &str, text: &str| archive.add(&read(article(name, text, Some("2031-03-04"))), NOW).unwrap();
    add("pell", "“The pier is safe,” said Jon Kern, the harbour master of Pell, on Monday. The council of Pell said Kern had never looked at the pier.");
    add(
        "quay",
        "Ruth Kern, who bakes in Quay, said the flour had come late. The bakers' union said Kern owed it three sacks of flour. The union said Jon Kern owed nothing.",
    );
    refresh(&mut archive);
    let separate =
        archive.correct(&Change::Part { documents: vec![identity(&article("quay", "", None)).id()], from: None }, "", Hand { by: "Quill", now: NOW });
    assert!(separate.is_ok());
    refresh(&mut archive);
    let about = |about: &str| -> Vec<String> {
        let hits = archive.search(&Query { about: Some(about.into()), ..query("") }).unwrap().hits;
        hits.into_iter().map(|hit| hit.content.join(" … ")).collect()
    };
    let of_jon = about("Jon Kern");
    assert_eq!(of_jon.len(), 2, "{of_jon:?}");
    assert!(of_jon.iter().any(|it| it.contains("never looked")) && of_jon.iter().any(|it| it.contains("owed nothing")), "{of_jon:?}");
    let id = &archive.named("Jon Kern").unwrap()[0].id;
    assert_eq!(about(id), of_jon);
    assert_eq!(about("jon kern"), of_jon);
    assert_eq!(about("Kern").len(), 3, "one word is looked for wherever it stands");
}

#[test]
fn articles_that_speak_of_it_most_come_first_and_where_there_are_too_many_to_rank_the_newest() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::create(&folder.path().join("a")).unwrap();
    let mut add = |name: &str, text: &str, day: &str| archive.add(&read(article(name, text, Some(day))), NOW).unwrap();
    add("much", "The ferry sank off Pell, and the ferry's master swam ashore. The ferry was old, the harbour of Pell said.", "2031-03-01");
    add("little", "The harbour of Quay opened its new pier on Monday with music. A ferry called.", "2031-03-05");
    add("long", &format!("A ferry called. {}", "The council of Quay spoke of drains, taxes and trees for hours. ".repeat(20)), "2031-03-06");
    refresh(&mut archive);
    let paths = |archive: &Archive, query: &Query| -> Vec<String> { archive.search_articles(query).unwrap().hits.into_iter().map(|hit| hit.path).collect() };
    assert_eq!(paths(&archive, &query("ferry")), ["much.txt", "little.txt", "long.txt"]);
    assert_eq!(paths(&archive, &Query { most: 1, ..query("ferry") }), ["much.txt"]);
    assert_eq!(archive.search_articles(&query("ferry")).unwrap().order, Order::Best);
    // “Harbour” is rarer than “ferry”: it weighs more.
    assert_eq!(paths(&archive, &query("harbour ferry")), ["much.txt", "little.txt"]);
    for number in 0..100 {
        archive.add(&read(article(&format!("more-{number}"), &format!("A ferry called at pier {number}."), Some("2031-03-07"))), NOW).unwrap();
    }
    refresh(&mut archive);
    let found = archive.search_articles(&query("ferry")).unwrap();
    assert_eq!((found.order, found.hits[0].published.as_deref()), (Order::Newest, Some("2031-03-07")));
    assert_eq!(archive.search_articles(&query("")).unwrap().order, Order::Newest);
}

#[test]
fn the_latest_version_is_found_and_a_rebuild_changes_nothing() {
    let mut kept = kept();
    let archive = &mut kept.archive;
    archive
        .add(
            &read(article(
                "alone",
                "“My hen laid a triangular egg on Saturday night,” said Jon Kern, the keeper of hens in Pell, on Sunday.",
                Some("2031-03-09"),
            )),
            NOW,
        )
        .unwrap();
    refresh(archive);
    assert!(archive.search(&query("square")).unwrap().hits.is_empty() && archive.search_articles(&query("square")).unwrap().hits.is_empty());
    let before = archive.search(&query("egg")).unwrap();
    assert_eq!(before.hits.len(), 1);
    assert_eq!(before.hits[0].version, 2, "it stands in the second version");
    let all = archive.search(&query("")).unwrap();
    archive.rebuild(&READER, Depth::Record).unwrap();
    refresh(archive);
    assert_eq!((archive.search(&query("egg")).unwrap(), archive.search(&query("")).unwrap()), (before, all));
}

static KEPT: LazyLock<std::sync::Mutex<Kept>> = LazyLock::new(|| std::sync::Mutex::new(kept()));

proptest! {
    #[test]
    fn any_query_is_answered(words in "[a-z\"“*()^:+ -]{0,24}|\\PC{0,16}", about in prop::option::of("\\PC{0,8}")) {
        let kept = KEPT.lock().unwrap();
        let query = Query { about, ..query(&words) };
        prop_assert!(kept.archive.search(&query).is_ok());
        prop_assert!(kept.archive.search_articles(&query).is_ok());
    }
}

#[test]
fn in_other_words() {
    let kept = kept();
    let like = |words: &str| Query { like: Some(Like::of(words, &READER)), ..query("") };
    let hits = found(&kept.archive, &like("Are the dams being looked at by inspectors?"));
    assert!(hits[0].contains("dam"), "{hits:?}");
    assert_eq!(kept.archive.search(&like("dams")).unwrap().order, Order::Best);
    // Everything else that is given holds, too.
    let by = kept.archive.search(&Query { by: Some("varga".into()), ..like("dams") }).unwrap().hits;
    assert!(!by.is_empty() && by.iter().all(|hit| hit.speaker.as_deref().is_some_and(|speaker| speaker.contains("Varga"))));
    let denied = kept.archive.search(&Query { act: Some("denial".into()), ..like("dams") }).unwrap().hits;
    assert!(denied.iter().all(|hit| hit.act == "denial"));
    assert!(found(&kept.archive, &Query { words: "May".into(), ..like("dams") }).iter().all(|content| content.contains("May")));
    assert!(found(&kept.archive, &Query { most: 1, ..like("dams") }).len() == 1);
    assert!(found(&kept.archive, &like("… \" OR")).len() <= 50);
}
