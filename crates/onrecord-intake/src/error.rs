//! Why some input could not be read, and what to do about it.

use std::fmt;

/// Why some input could not be read. The message names the file and the line, and says what to do.
#[derive(Debug, thiserror::Error)]
#[error("could not read {place}: {problem}")]
pub struct Error {
    place: Place,
    #[source]
    problem: Problem,
}

impl Error {
    pub(crate) fn new(path: impl Into<String>, problem: Problem) -> Error {
        Error { place: Place { path: path.into(), line: None }, problem }
    }

    pub(crate) fn on_line(path: impl Into<String>, line: usize, problem: Problem) -> Error {
        Error { place: Place { path: path.into(), line: Some(line) }, problem }
    }

    /// The file or stream it happened in.
    pub fn path(&self) -> &str {
        &self.place.path
    }
}

#[derive(Debug)]
struct Place {
    path: String,
    line: Option<usize>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.path),
            None => f.write_str(&self.path),
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    #[error("{}", unreadable(.0))]
    Unreadable(std::io::Error),
    #[error("it is a folder where a file was expected")]
    IsFolder,
    #[error("it is empty; remove it, or save the article into it again")]
    Empty,
    #[error("{}", too_large(*.size, *.most))]
    TooLarge { size: Option<u64>, most: u64 },
    #[error("it is {0}, which is not read yet; save the article as text, Markdown, HTML or JSON")]
    Binary(&'static str),
    #[error("its bytes are text in no character set that is known; save it as UTF-8")]
    Charset,
    #[error("it is not JSON ({0}); mend it there, or name the file .txt if it is plain text")]
    Json(String),
    #[error("there is no article text in this object; give it as `text` (also read: maintext, articleBody, body, content)")]
    NoText,
    #[error("no article was found on this page; save its text as .txt and read that")]
    NoArticle,
}

fn unreadable(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file; check the path".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied; allow reading it (chmod +r) or leave it out".to_owned(),
        _ => error.to_string(),
    }
}

fn too_large(size: Option<u64>, most: u64) -> String {
    let size = size.map_or_else(|| format!("more than {}", human(most)), human);
    format!("it has {size}, more than the {} of one article; split it into articles, or raise --max-bytes", human(most))
}

fn human(bytes: u64) -> String {
    match bytes {
        0..=9_999 => format!("{bytes} bytes"),
        10_000..=999_999 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
