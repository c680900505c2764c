//! One article as received: its text, never changed, and what is known about it.

use crate::evidence::Note;
use crate::read::Reading;
use jiff::civil::Date;

/// One article, transcript, release or post.
///
/// `text` is immutable; every span of a reading counts its UTF-8 bytes. For a plain text file it is the file,
/// byte for byte. Where title and body came apart (JSON, web pages), the intake sets the title before the body,
/// with an empty line between, so that headlines are read too.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Where it came from: a path, an address, or a name such as `stdin`.
    pub path: String,
    /// The text as received.
    pub text: String,
    /// The headline, where the source names one.
    pub title: Option<String>,
    /// Who published it, where the source or the user says so; never guessed from the text.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The day it was published as its metadata or the user says; the text may contradict it (see `time`).
    pub published: Option<Date>,
    /// Its address.
    pub url: Option<String>,
}

impl Document {
    /// A document of nothing but a name and a text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Document {
        Document { path: path.into(), text: text.into(), ..Document::default() }
    }
}

/// A document with what is known of how it came: all that a reading is made of beside the reader.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// The document.
    pub document: Document,
    /// What was odd about its bytes.
    pub notes: Vec<Note>,
    /// Who gave the day it was published.
    pub dated: Dated,
}

/// Who gave the day on which a document was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dated {
    /// The document, or nobody.
    BySource,
    /// The user.
    ByUser,
}

impl Received {
    /// The reading of the document by `read`, with what is known of how it came.
    pub fn read(self, read: impl FnOnce(Document) -> Reading) -> Reading {
        let mut reading = read(self.document);
        if self.dated == Dated::ByUser && reading.dating.basis == "metadata" {
            reading.dating.basis = "supplied";
        }
        reading.notes.splice(0..0, self.notes);
        reading
    }
}
