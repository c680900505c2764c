//! Turns bytes into Onrecord's documents: plain text, Markdown, JSON, JSON Lines and saved web pages.
//!
//! Plain text and Markdown become a document byte for byte. Where title and body come apart (JSON, web pages) the
//! document's text is the title, an empty line and the body, and its spans count in that text.
//!
//! ```
//! use onrecord_intake::{Limits, from_bytes};
//!
//! let bytes = b"It rained, said Mara Ode.".to_vec();
//! for article in from_bytes("note.txt", bytes, &Limits::default()) {
//!     assert_eq!(article?.document.text, "It rained, said Mara Ode.");
//! }
//! # Ok::<(), onrecord_intake::Error>(())
//! ```
//!
//! # Limits
//! PDF, Word, feeds and archives are not read yet; they are refused by name. A `.json` file is held in memory whole;
//! JSON Lines are read line by line.

mod charset;
mod day;
mod error;
mod folder;
mod json;
mod kind;
mod page;
mod published;

pub use day::day;
pub use error::Error;
pub use folder::{Found, find};

use error::Problem;
use kind::Kind;
use onrecord::Document;
use onrecord::evidence::Note;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// One article as taken in, with what was odd about its bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// The document.
    pub document: Document,
    /// What was odd: another character set, a date that is none.
    pub notes: Vec<Note>,
}

/// What is too large to be an article.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The most bytes one article may have. A user with book-length transcripts would raise it.
    pub article: u64,
}

/// The longest of 924 PolNeAR articles has 34 kB; a hundred times that leaves room for transcripts. Chosen so that a
/// mistaken file is refused before minutes are spent on it.
pub const LARGEST_ARTICLE: u64 = 4 << 20;

/// A `.json` file holds many articles and is parsed whole: this many times the size of one.
const ARTICLES_IN_JSON: u64 = 64;

/// A web page carries its scripts and styles along: this many times the size of its article.
const PAGE_TO_ARTICLE: u64 = 4;

impl Default for Limits {
    fn default() -> Limits {
        Limits { article: LARGEST_ARTICLE }
    }
}

/// Articles one after the other, each read or failed on its own.
pub type Articles = Box<dyn Iterator<Item = Result<Article, Error>> + Send>;

/// The articles of the file at `path`. Nothing is read before the first is asked for.
pub fn from_file(path: &Path, limits: &Limits) -> Articles {
    let (path, limits) = (path.to_owned(), *limits);
    Box::new(std::iter::once_with(move || open(&path, &limits)).flatten())
}

fn open(path: &Path, limits: &Limits) -> Articles {
    let name = path.display().to_string();
    let opened = File::open(path).and_then(|file| file.metadata().map(|metadata| (file, metadata)));
    let (file, size) = match opened {
        Ok((_, metadata)) if metadata.is_dir() => return one(Err(Error::new(name, Problem::IsFolder))),
        Ok((file, metadata)) => (file, metadata.len()),
        Err(error) => return one(Err(Error::new(name, Problem::Unreadable(error)))),
    };
    let kind = Kind::of_name(path);
    if kind == Some(Kind::JsonLines) {
        return json::lines(name, Box::new(BufReader::new(file)), limits);
    }
    let most = kind.unwrap_or(Kind::Text).most(limits);
    if size > most {
        return one(Err(Error::new(name, Problem::TooLarge { size: Some(size), most })));
    }
    match read_up_to(file, most) {
        Ok(bytes) => parse(name, kind, bytes, limits),
        Err(problem) => one(Err(Error::new(name, problem))),
    }
}

/// The articles that come from `input`, a stream such as standard input; `name` stands for its path.
pub fn from_stream(name: &str, input: Box<dyn Read + Send>, limits: &Limits) -> Articles {
    let mut input = BufReader::new(input);
    let is_object = input.fill_buf().is_ok_and(|start| start.trim_ascii_start().starts_with(b"{"));
    let most = if is_object { limits.article * ARTICLES_IN_JSON } else { limits.article * PAGE_TO_ARTICLE };
    match read_up_to(input, most) {
        Ok(bytes) => from_bytes(name, bytes, limits),
        Err(problem) => one(Err(Error::new(name.to_owned(), problem))),
    }
}

/// The articles in `bytes`, whose kind is told by `name`, else by how they begin.
pub fn from_bytes(name: &str, bytes: Vec<u8>, limits: &Limits) -> Articles {
    parse(name.to_owned(), Kind::of_name(Path::new(name)), bytes, limits)
}

fn read_up_to(input: impl Read, most: u64) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    input.take(most + 1).read_to_end(&mut bytes).map_err(Problem::Unreadable)?;
    if bytes.len() as u64 > most { Err(Problem::TooLarge { size: None, most }) } else { Ok(bytes) }
}

fn parse(name: String, kind: Option<Kind>, bytes: Vec<u8>, limits: &Limits) -> Articles {
    let kind = kind.unwrap_or_else(|| Kind::of_bytes(&bytes));
    if kind == Kind::JsonLines {
        return json::lines(name, Box::new(std::io::Cursor::new(bytes)), limits);
    }
    let (text, note) = match charset::decode(bytes, kind) {
        Ok(decoded) => decoded,
        Err(problem) => return one(Err(Error::new(name, problem))),
    };
    let notes: Vec<Note> = note.into_iter().collect();
    match kind {
        Kind::Text => one(plain(name, text, notes, limits)),
        Kind::Page => one(page::article(name, &text, notes, limits)),
        Kind::Json | Kind::JsonLines => json::whole(name, text, notes, limits),
    }
}

fn plain(name: String, text: String, notes: Vec<Note>, limits: &Limits) -> Result<Article, Error> {
    let length = text.len() as u64;
    if length > limits.article {
        return Err(Error::new(name, Problem::TooLarge { size: Some(length), most: limits.article }));
    }
    worded(Article { document: Document::new(name, text), notes })
}

/// The article, with a note if it has no words.
fn worded(mut article: Article) -> Result<Article, Error> {
    if article.document.text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return Err(Error::new(article.document.path, Problem::Empty));
    }
    if !article.document.text.chars().any(char::is_alphanumeric) {
        article.notes.push(Note { kind: "no-words", span: None, message: "there are no words in this text, only marks".to_owned() });
    }
    Ok(article)
}

fn one(article: Result<Article, Error>) -> Articles {
    Box::new(std::iter::once(article))
}

/// The text of an article whose title and body came apart.
fn joined(title: Option<&str>, body: &str) -> String {
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match title.map(str::trim).filter(|title| !title.is_empty()) {
        Some(title) if !squeezed(&body.chars().take(4 * title.len() + 64).collect::<String>()).starts_with(&squeezed(title)) => format!("{title}\n\n{body}"),
        _ => body.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_set_before_a_body_that_lacks_it() {
        assert_eq!(joined(Some("Bridge shut"), "It rained."), "Bridge shut\n\nIt rained.");
        assert_eq!(joined(Some(" Bridge  shut "), "Bridge shut\n\nIt rained."), "Bridge shut\n\nIt rained.");
        assert_eq!(joined(None, "It rained."), "It rained.");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_taken_or_refused(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..600)) {
            for name in ["x", "x.txt", "x.json", "x.jsonl", "x.html"] {
                for article in from_bytes(name, bytes.clone(), &Limits::default()) {
                    if let Err(error) = article {
                        assert!(error.to_string().starts_with("could not read x"), "{error}");
                    }
                }
            }
        }

        #[test]
        fn text_is_kept_byte_for_byte(text in "[a-z“”‘’\u{feff}\r\n é.]{1,80}") {
            let taken: Vec<_> = from_bytes("x.txt", text.clone().into_bytes(), &Limits::default()).collect();
            if let [Ok(article)] = &taken[..] {
                assert_eq!(article.document.text, text);
            } else {
                assert!(text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty());
            }
        }
    }
}
