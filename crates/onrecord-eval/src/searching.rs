//! Measures searches in a large archive of real articles: each is read once and kept many times over, every time with other words in the
//! place of those that are not common to all news, so that the archive has as many words, people and stories as one of as many articles.

use crate::error::Error;
use crate::keeping::{each, timed};
use crate::shared::Shared;
use crate::stories::corpora;
use onrecord::account::{Account, pack};
use onrecord::document::{Dated, Received};
use onrecord::reader::Reader;
use onrecord::token::{self, TokenKind};
use onrecord::{Document, Span};
use onrecord_archive::{Archive, Identity, Like, New, Place, Query};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::time::Duration;

/// Statements wanted in the archive.
const STATEMENTS: usize = 100_000;
/// Searches timed.
const QUERIES: usize = 200;
/// Words that stand in one of so many articles or more keep their place: what is said with them is read as it was.
const COMMON: usize = 12;
/// Words are changed for words that are about as frequent, of as many that are next to each other in frequency.
const BAND: usize = 60;
/// Outlets that the articles come from.
const OUTLETS: usize = 15;
/// Days between one time over and the next.
const DAYS: i64 = 9;
/// Letters of the shortest article taken.
const LEAST: usize = 1000;
/// Searches for what means the like.
const LIKE: &str = "like a dozen words";
/// When everything is added.
const NOW: &str = "2031-03-10T12:00:00Z";

/// Measures searches in the archive at `path`, which is made if it is not there, and gone on with if it holds fewer statements.
pub fn measure(shared: &Shared, path: &Path, statements: Option<usize>) -> Result<String, Error> {
    let wrong = |error: onrecord_archive::Error| Error::new(path, error.to_string());
    let bases: Vec<corpora::Article> = corpora::giveme5w1h(shared)?.into_iter().filter(|article| article.text.len() > LEAST).collect();
    let wanted = statements.unwrap_or(STATEMENTS);
    let held = |archive: &Archive| Ok(archive.stories().map_err(wrong)?.iter().map(|story| story.statements as usize).sum::<usize>());
    let mut archive = Archive::create(path).map_err(wrong)?;
    if held(&archive)? < wanted {
        build(&bases, &mut archive, wanted)?;
    }
    let reader = Reader::built_in();
    let stories = archive.stories().map_err(wrong)?;
    let (documents, told) = stories.iter().fold((0, 0), |(documents, told), story| (documents + story.documents, told + story.statements));
    let mut out = format!("{documents} articles in {} stories, {told} statements\n", stories.len());
    let mut took: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
    for (kind, query) in queries(&archive, &bases, &stories).map_err(wrong)? {
        let (time, found) = timed(|| match kind {
            // What the words mean is worked out for every search.
            LIKE => archive.search(&Query { like: Some(Like::of(&query.words, &reader)), words: String::new(), ..query }).map(|_| ()),
            _ if kind.starts_with("articles") => archive.search_articles(&query).map(|_| ()),
            _ => archive.search(&query).map(|_| ()),
        });
        found.map_err(wrong)?;
        took.entry(kind).or_default().push(time);
        took.entry("all").or_default().push(time);
    }
    for (kind, mut times) in took {
        times.sort();
        let at = |share: usize| each(times[(times.len() - 1) * share / 100], 1);
        out += &format!("{kind:<34} {:4} searches, middle {:7.1} ms, 95 of 100 within {:7.1} ms, all {:7.1} ms\n", times.len(), at(50), at(95), at(100));
    }
    drop(archive);
    let bytes = std::fs::metadata(path).map_err(|error| Error::new(path, error.to_string()))?.len();
    Ok(out + &format!("the archive's file {:.1} MB\n", bytes as f64 / 1e6))
}

/// Makes the archive; what it holds already stays as it is.
fn build(bases: &[corpora::Article], archive: &mut Archive, statements: usize) -> Result<(), Error> {
    let path = archive.path().to_owned();
    let wrong = |error: onrecord_archive::Error| Error::new(&path, error.to_string());
    let reader = Reader::built_in();
    let alone = reader.on_one_core();
    let read: Vec<(Received, pack::Packed, usize)> = bases
        .par_iter()
        .enumerate()
        .map(|(at, base)| {
            let received = received(base, at, 0, base.text.clone());
            let account = Account::read(received.clone(), &alone);
            let packed = pack::pack(&account);
            (received, packed, account.reading.statements.len())
        })
        .collect();
    let vocabulary = Vocabulary::of(bases);
    let (mut kept, mut times) = (0, 0);
    while kept < statements {
        let changed: HashMap<&str, &str> = vocabulary.shifted(times);
        let news: Vec<(New, usize)> = read
            .par_iter()
            .enumerate()
            .filter_map(|(at, (base, packed, count))| {
                let received = received(&bases[at], at, times, with(&base.document.text, &changed));
                // Another word may have made a statement more or less than the reader found there.
                let account = pack::unpack(received.clone(), packed).ok()?;
                let identity = Identity::of(&received, Place::File(received.document.path.clone()));
                Some((New::of(identity, received, account, &reader), *count))
            })
            .collect();
        for (new, count) in &news {
            archive.add(new, NOW).map_err(wrong)?;
            kept += count;
        }
        archive.refresh(&reader, |_| {}).map_err(wrong)?;
        times += 1;
        eprintln!("{times} times over: {} articles of {}, {kept} statements", news.len(), bases.len());
    }
    Ok(())
}

fn received(base: &corpora::Article, at: usize, times: usize, text: String) -> Received {
    let published = base.date.parse::<jiff::civil::Date>().ok().and_then(|day| day.checked_add(jiff::Span::new().days(times as i64 * DAYS)).ok());
    let outlet = Some(format!("Outlet {}", (at * 7 + times) % OUTLETS));
    Received { document: Document { published, outlet, ..Document::new(format!("{times}-{at}.txt"), text) }, notes: Vec::new(), dated: Dated::BySource }
}

/// The words that are changed, by how many articles they stand in.
struct Vocabulary {
    words: Vec<String>,
}

impl Vocabulary {
    fn of(bases: &[corpora::Article]) -> Vocabulary {
        let mut holding: BTreeMap<String, usize> = BTreeMap::new();
        for base in bases {
            let words: BTreeSet<String> = words(&base.text).into_iter().map(|span| span.of(&base.text).to_lowercase()).collect();
            words.into_iter().for_each(|word| *holding.entry(word).or_default() += 1);
        }
        let mut words: Vec<(usize, String)> =
            holding.into_iter().map(|(word, count)| (count, word)).filter(|(count, _)| count * COMMON < bases.len()).collect();
        words.sort();
        Vocabulary { words: words.into_iter().map(|(_, word)| word).collect() }
    }

    /// Every word with the one that stands in its place this time; the first time itself.
    fn shifted(&self, times: usize) -> HashMap<&str, &str> {
        let of_band =
            |band: &'_ [String]| -> Vec<(usize, usize)> { (0..band.len()).map(|at| (at, (at + times * (1 + times / band.len())) % band.len())).collect() };
        let bands = self.words.chunks(BAND);
        bands.flat_map(|band| of_band(band).into_iter().map(|(from, to)| (band[from].as_str(), band[to].as_str()))).collect()
    }
}

/// The words that can be changed and leave every token where it is: of letters alone.
fn words(text: &str) -> Vec<Span> {
    let tokens = token::tokenize(text);
    let is_plain = |at: &usize| tokens.kind(*at) == TokenKind::Word && tokens.span(*at).of(text).chars().all(|c| c.is_ascii_alphabetic());
    (0..tokens.len()).filter(is_plain).map(|at| tokens.span(at)).collect()
}

/// The text with every word changed that is to be, capitals where they were.
fn with(text: &str, changed: &HashMap<&str, &str>) -> String {
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for span in words(text) {
        let word = span.of(text);
        let Some(new) = changed.get(word.to_lowercase().as_str()) else { continue };
        out.push_str(&text[from..span.start()]);
        if word.starts_with(|c: char| c.is_ascii_uppercase()) {
            out.push_str(&new[..1].to_ascii_uppercase());
            out.push_str(&new[1..]);
        } else {
            out.push_str(new);
        }
        from = span.end();
    }
    out + &text[from..]
}

/// Searches of all kinds, for words, people, outlets and days of the archive itself.
fn queries(archive: &Archive, bases: &[corpora::Article], stories: &[onrecord_archive::Story]) -> Result<Vec<(&'static str, Query)>, onrecord_archive::Error> {
    let people = archive.people()?;
    let mut out = Vec::new();
    for at in 0..QUERIES {
        let text = &bases[at * 37 % bases.len()].text;
        let words: Vec<&str> = words(text).into_iter().map(|span| span.of(text)).collect();
        let word = |skip: usize| words[(at * 13 + skip) % words.len()].to_owned();
        let long = || (0..words.len()).map(word).find(|word| word.len() > 5).unwrap_or_default();
        let person = &people[(at * at * 7) % people.len()];
        let day = |month: usize| Some(format!("{}-{:02}-01", 2016 + at % 2, 1 + (at + month) % 12));
        let outlet = Some(format!("Outlet {}", at % OUTLETS));
        let query = Query { most: 20, ..Query::default() };
        let (one, two) = (word(0), format!("{} {}", word(0), word(1)));
        out.push(match at % 20 {
            0 | 10 => ("any word", Query { words: one, ..query }),
            11 => (LIKE, Query { words: (0..12).map(word).collect::<Vec<_>>().join(" "), ..query }),
            1 => ("a long word", Query { words: long(), ..query }),
            2 => ("two words", Query { words: two, ..query }),
            3 | 12 => ("a phrase", Query { words: format!("\"{two}\""), ..query }),
            4 | 13 => ("a beginning", Query { words: format!("{}*", long().chars().take(4).collect::<String>()), ..query }),
            5 => ("any word, denials", Query { words: one, act: Some("denial".to_owned()), ..query }),
            6 => ("any word, outlet, form", Query { words: one, outlet, form: Some("direct".to_owned()), ..query }),
            7 => ("any word, days", Query { words: one, since: day(0), until: day(1), ..query }),
            8 => ("speaker by name", Query { by: Some(person.name.clone()), ..query }),
            9 => ("speaker by id, any word", Query { by: Some(person.id.clone()), words: one, ..query }),
            14 => ("denials of an outlet", Query { act: Some("denial".to_owned()), outlet, ..query }),
            15 => ("days, anonymous", Query { since: day(0), until: day(2), sourcing: Some("anonymous".to_owned()), ..query }),
            16 => ("story, a long word", Query { story: Some(stories[at * 11 % stories.len()].id.clone()), words: long(), ..query }),
            17 => ("about somebody", Query { about: Some(person.name.clone()), published_since: day(0), ..query }),
            18 => ("articles, a word", Query { words: one, ..query }),
            _ => ("articles, a phrase", Query { words: format!("\"{two}\""), published_until: day(0), ..query }),
        });
    }
    Ok(out)
}
