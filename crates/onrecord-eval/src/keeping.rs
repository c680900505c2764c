//! Measures what the archive costs beside reading: its size beside the text, adding beside reading, and one more article in an archive of many.

use crate::error::Error;
use crate::shared::Shared;
use crate::stories::corpora;
use onrecord::Document;
use onrecord::document::{Dated, Received};
use onrecord::reader::Reader;
use onrecord_archive::{Archive, Identity, New, Place};
use std::collections::HashSet;
use std::ops::RangeInclusive;
use std::path::Path;
use std::time::{Duration, Instant};

/// How many stories the archive gets.
const STORIES: usize = 50;
/// How many articles each.
const EACH: usize = 20;
/// Bytes of an article that is taken.
const SIZES: RangeInclusive<usize> = 1_000..=8_000;
/// Of this many sentences each variant of an article lacks one: not the same one, so that its variants are much alike.
const LACKS: usize = 5;
/// When everything is added: the archive asks no clock.
const NOW: &str = "2031-03-10T12:00:00Z";

/// Measures, with an archive in a new folder under `folder`.
pub fn measure(shared: &Shared, folder: &Path, stories: Option<usize>) -> Result<String, Error> {
    let reader = Reader::built_in();
    let stories = stories.unwrap_or(STORIES);
    let bases = corpora::allsides(shared)?;
    // One of each story: two of one event would make one story of both.
    let mut known = HashSet::new();
    let bases: Vec<&corpora::Article> = bases.iter().filter(|it| SIZES.contains(&it.text.len()) && known.insert(it.story.as_str())).take(stories).collect();
    let received: Vec<Received> = (0..EACH).flat_map(|variant| bases.iter().enumerate().map(move |(story, base)| of(base, story, variant))).collect();
    let path = folder.join("measured.onrecord");
    let wrong = |error: onrecord_archive::Error| Error::new(&path, error.to_string());
    let mut archive = Archive::create(&path).map_err(wrong)?;
    let (mut reading, mut keeping) = (Duration::ZERO, Duration::ZERO);
    let text: usize = received.iter().map(|it| it.document.text.len()).sum();
    // One after the other: side by side, a thread that waits for the encoder takes on another article meanwhile.
    let alone = reader.on_one_core();
    let news: Vec<(Duration, New)> = received.iter().map(|it| timed(|| read(it, &alone))).collect();
    for (took, new) in &news {
        reading += *took;
        let (took, added) = timed(|| archive.add(new, NOW));
        added.map_err(wrong)?;
        keeping += took;
    }
    let (records, made) = timed(|| archive.refresh(&reader, |_| {}));
    made.map_err(wrong)?;
    let mut out = format!(
        "{} articles in {stories} stories, {:.1} MB of text\nreading, one core                {:8.1} ms an article\nadding: keeping and placing      {:8.1} ms\nadding: records, made once       {:8.1} ms\n  more than reading alone        {:8.1} %\n",
        news.len(),
        text as f64 / 1e6,
        each(reading, news.len()),
        each(keeping, news.len()),
        each(records, news.len()),
        100.0 * (keeping + records).as_secs_f64() / reading.as_secs_f64()
    );
    let (mut alone, mut parts) = (Duration::ZERO, [Duration::ZERO; 3]);
    // One to each story: the mean of the first five is a fifth off either way.
    for (story, base) in bases.iter().enumerate() {
        let one = of(base, story, EACH);
        alone += timed(|| onrecord::read(one.document.clone(), &reader)).0;
        let (reading, new) = timed(|| read(&one, &reader));
        let (adding, added) = timed(|| archive.add(&new, NOW));
        added.map_err(wrong)?;
        let (records, made) = timed(|| archive.refresh(&reader, |_| {}));
        made.map_err(wrong)?;
        parts.iter_mut().zip([reading, adding, records]).for_each(|(sum, took)| *sum += took);
    }
    let count = bases.len();
    let whole: Duration = parts.iter().sum();
    out += &format!(
        "one more: reading it alone       {:8.1} ms\none more: read, kept, its story  {:8.1} ms ({})\n  times reading it alone         {:8.2}\n",
        each(alone, count),
        each(whole, count),
        parts.map(|part| format!("{:.1}", each(part, count))).join(" + "),
        whole.as_secs_f64() / alone.as_secs_f64()
    );
    drop(archive);
    let bytes = std::fs::metadata(&path).map_err(|error| Error::new(&path, error.to_string()))?.len();
    out += &format!("the archive's file               {:8.1} MB\n  times the text                 {:8.2}\n", bytes as f64 / 1e6, bytes as f64 / text as f64);
    Ok(out)
}

pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let done = work();
    (start.elapsed(), done)
}

pub(crate) fn each(time: Duration, count: usize) -> f64 {
    1000.0 * time.as_secs_f64() / count.max(1) as f64
}

fn read(received: &Received, reader: &Reader) -> New {
    New::read(Identity::of(received, Place::File(received.document.path.clone())), received.clone(), reader)
}

/// One variant of an article: it lacks every fifth sentence, counted from another one.
fn of(base: &corpora::Article, story: usize, variant: usize) -> Received {
    let lacks = |at: &usize| !(at + variant).is_multiple_of(LACKS);
    let text: String = base.text.split_inclusive(". ").enumerate().filter(|(at, _)| lacks(at)).map(|(_, sentence)| sentence).collect();
    let outlet = Some(format!("Outlet {variant}"));
    let document =
        Document { published: base.date.parse().ok(), outlet, ..Document::new(format!("{story}-{variant}.txt"), format!("{}\n\n{text}", base.title)) };
    Received { document, notes: Vec::new(), dated: Dated::BySource }
}
