//! From what the user names to articles and their readings.

use crate::Failure;
use crate::arguments::{Given, OneFile};
use onrecord::document::{Dated, Received};
use onrecord::reader::Reader;
use onrecord::{Reading, read};
use onrecord_intake::{Article, Articles, Error, Limits, from_file, from_stream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// What stands for standard input on the command line.
const STANDARD_INPUT: &str = "-";

/// The articles of a file, or of standard input for `-`.
pub(crate) fn articles(path: &Path, limits: &Limits) -> Articles {
    if path == Path::new(STANDARD_INPUT) { from_stream("stdin", Box::new(std::io::stdin()), limits) } else { from_file(path, limits) }
}

/// Whether `path` stands for standard input.
pub(crate) fn is_standard_input(path: &Path) -> bool {
    path == Path::new(STANDARD_INPUT)
}

/// An article as given; the error is a message. What the article lacks is taken from `given`.
pub(crate) fn received(article: Result<Article, Error>, given: &Given) -> Result<Received, String> {
    let Article { mut document, notes } = article.map_err(|error| error.to_string())?;
    let dated = if document.published.is_none() && given.date.is_some() { Dated::ByUser } else { Dated::BySource };
    document.published = document.published.or(given.date);
    document.outlet = document.outlet.or_else(|| given.outlet.clone());
    Ok(Received { document, notes, dated })
}

/// What `work` makes of one article: an article that breaks the reader must not take the others with it.
pub(crate) fn guarded<R>(received: Received, work: impl FnOnce(Received) -> R) -> Result<R, String> {
    let path = received.document.path.clone();
    catch_unwind(AssertUnwindSafe(|| work(received)))
        .map_err(|_| format!("could not read {path}: this is a fault in onrecord; please report it with the article"))
}

/// The one article that `one` names, read.
pub(crate) fn one(one: &OneFile) -> Result<Reading, Failure> {
    let reader = Reader::built_in();
    let limits = one.given.limits();
    let name = one.file.display().to_string();
    let is_whole = is_standard_input(&one.file) || one.file.exists();
    let (path, wanted) = match split_place(&name) {
        Some((path, _)) if !is_whole && Path::new(path).exists() => (path, Some(&name)),
        _ => (name.as_str(), None),
    };
    let mut found = articles(Path::new(path), &limits);
    let article = match wanted {
        None => found.next(),
        Some(place) => found.find(|article| article.as_ref().map_or_else(|error| error.to_string().contains(place.as_str()), |it| it.document.path == **place)),
    };
    let article = article.ok_or_else(|| Failure::Usage(format!("there is no article {name}; check the line or number")))?;
    if wanted.is_none() && found.next().is_some() {
        return Err(Failure::Usage(format!("{path} holds several articles; name one as {path}:LINE (JSON Lines) or {path}#NUMBER")));
    }
    let reading = |received: Received| received.read(|document| read(document, &reader));
    received(article, &one.given).and_then(|received| guarded(received, reading)).map_err(Failure::Usage)
}

/// `a.jsonl:3` and `a.json#3` cut into path and number.
pub(crate) fn split_place(name: &str) -> Option<(&str, usize)> {
    let (path, number) = name.rsplit_once([':', '#'])?;
    Some((path, number.parse().ok()?))
}
