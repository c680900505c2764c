//! Measures how documents of a story date each other: of dated news all but one document lose their date, and what is settled is compared.
//!
//! AllSides round-ups with three full texts and the news clusters of giveme5w1h. Each document of a story is in turn the only
//! dated one. Of the others it is counted whether their day was found, bounded, or wrongly told, and of their statements that a word
//! of time dates (in the document with its date) whether they got the same day without it.

use crate::error::Error;
use crate::shared::Shared;
use crate::stories::{Article, allsides, giveme5w1h};
use onrecord::account::Account;
use onrecord::calendar::{self, Calendar};
use onrecord::read::{Reading, read, read_marked};
use onrecord::reader::Reader;
use onrecord::time::Interval;
use onrecord::{Document, person};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Stories of each corpus, so that a run takes minutes.
const STORIES: usize = 40;
/// Documents of a story: more give nothing new.
const DOCUMENTS: usize = 5;
/// Days by which a day found may differ: a stamp is of another time zone, or of the next morning.
const SLACK: i32 = 1;

/// What became of documents and statements.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Counts {
    exact: usize,
    near: usize,
    bounded: usize,
    wrong: usize,
    none: usize,
    said_right: usize,
    said_open: usize,
    said_wrong: usize,
}

/// A line a corpus: what became of documents whose date was taken.
pub fn dating(shared: &Shared, reader: &Reader) -> Result<String, Error> {
    let mut out = format!(
        "{:12} {:>9} {:>6} {:>6} {:>8} {:>6} {:>6}   {:>10} {:>6} {:>6}\n",
        "corpus", "documents", "exact", "near", "bounded", "wrong", "none", "said right", "open", "wrong"
    );
    let mut items = String::new();
    for (name, articles, least) in [("allsides", allsides(shared)?, 3), ("giveme5w1h", giveme5w1h(shared)?, 2)] {
        let stories = stories(articles, least);
        let scored: Vec<(Counts, String)> = stories.par_iter().map(|story| story_counts(story, reader)).collect();
        let all = scored.iter().map(|(counts, _)| *counts).fold(Counts::default(), sum);
        let documents = all.exact + all.near + all.bounded + all.wrong + all.none;
        let _ = writeln!(
            out,
            "{name:12} {documents:9} {:6} {:6} {:8} {:6} {:6}   {:10} {:6} {:6}",
            all.exact, all.near, all.bounded, all.wrong, all.none, all.said_right, all.said_open, all.said_wrong
        );
        items.extend(scored.into_iter().map(|(_, items)| items));
    }
    Ok(out + "\n" + &items)
}

fn stories(articles: Vec<Article>, least: usize) -> Vec<Vec<Article>> {
    let mut by_story: BTreeMap<String, Vec<Article>> = BTreeMap::new();
    for article in articles.into_iter().filter(|article| article.document().published.is_some()) {
        by_story.entry(article.story.clone()).or_default().push(article);
    }
    let mut stories: Vec<Vec<Article>> = by_story.into_values().filter(|story| story.len() >= least).collect();
    stories.truncate(STORIES);
    stories.iter_mut().for_each(|story| story.truncate(DOCUMENTS));
    stories
}

fn story_counts(story: &[Article], reader: &Reader) -> (Counts, String) {
    let dated: Vec<Account> = story.iter().map(|article| Account::of(read(article.document(), reader), reader)).collect();
    let bare: Vec<Account> = dated.iter().map(|account| Account { reading: undated(&account.reading), ..account.clone() }).collect();
    let (mut counts, mut items) = (Counts::default(), String::new());
    for kept in 0..story.len() {
        let accounts: Vec<&Account> = (0..story.len()).map(|at| if at == kept { &dated[at] } else { &bare[at] }).collect();
        let calendar = calendar::settle(&accounts, &person::link(&accounts, &[]).people);
        for at in (0..story.len()).filter(|at| *at != kept) {
            let (count, item) = document(&dated[at].reading, &bare[at].reading, &calendar, at);
            counts = sum(counts, count);
            let _ = writeln!(items, "{}\t{}\t{}", story[at].id, story[kept].id, item);
        }
    }
    (counts, items)
}

/// The document as a plain text file gives it.
fn undated(reading: &Reading) -> Reading {
    let document = Document { published: None, ..reading.document.clone() };
    read_marked(document, reading.tokens.clone(), reading.readout.clone())
}

fn document(truth: &Reading, bare: &Reading, calendar: &Calendar, at: usize) -> (Counts, String) {
    let (day, mut counts) = (calendar.day(at), Counts::default());
    let date = truth.dating.date.expect("only dated articles are taken");
    let off = day.dating.date.map(|found| date.until(found).map_or(i32::MAX, |span| span.get_days()));
    let bounded = day.bounds.as_ref().map(|bounds| bounds.start.is_none_or(|start| start <= date) && bounds.end.is_none_or(|end| date <= end));
    let word = match (off, bounded) {
        (Some(0), _) => (&mut counts.exact, "exact"),
        (Some(days), _) if days.abs() <= SLACK => (&mut counts.near, "near"),
        (Some(_), _) | (None, Some(false)) => (&mut counts.wrong, "wrong"),
        (None, Some(true)) => (&mut counts.bounded, "bounded"),
        (None, None) => (&mut counts.none, "none"),
    };
    *word.0 += 1;
    let label = word.1;
    for (id, said) in truth.said.iter().enumerate().map(|(at, said)| (onrecord::Id::new(at), said)) {
        let beside = said.evidence.iter().any(|evidence| evidence.by == onrecord::evidence::Finder::Rule("said/beside-the-cue"));
        let Some(want) = said.interval.as_ref().and_then(Interval::day).filter(|_| beside) else { continue };
        match day.said[id].interval.as_ref().and_then(Interval::day) {
            Some(got) if got == want => counts.said_right += 1,
            Some(_) => counts.said_wrong += 1,
            None => counts.said_open += 1,
        }
    }
    let own = if bare.dating.date.is_some() { "itself" } else { "others" };
    let got = day.dating.date.map(|date| date.to_string()).or(day.bounds.as_ref().map(|bounds| format!("{:?}..{:?}", bounds.start, bounds.end)));
    let item = format!("{label}\t{own}\t{date}\t{}\tsaid {}/{}/{}", got.unwrap_or_default(), counts.said_right, counts.said_open, counts.said_wrong);
    (counts, item)
}

fn sum(a: Counts, b: Counts) -> Counts {
    Counts {
        exact: a.exact + b.exact,
        near: a.near + b.near,
        bounded: a.bounded + b.bounded,
        wrong: a.wrong + b.wrong,
        none: a.none + b.none,
        said_right: a.said_right + b.said_right,
        said_open: a.said_open + b.said_open,
        said_wrong: a.said_wrong + b.said_wrong,
    }
}
