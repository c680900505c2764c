//! A story that is to leave: its record, and the names by which it and its documents go outside.

use onrecord::wire::Record;

/// A story to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Its name.
    pub id: String,
    /// What is known of it.
    pub record: Record,
    /// How each of its documents is kept, in the order of the record.
    pub documents: Vec<Kept>,
}

/// How a document is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its name, the same in every archive.
    pub id: String,
    /// Which of its versions the record was made of, from 1.
    pub version: i64,
    /// When that version was added, ISO, UTC; nothing where no archive keeps it.
    pub added_at: Option<String>,
    /// The numbers of its statements in it, by which lists name them: not all from 1 on where a person dismissed some.
    pub numbers: Vec<i64>,
}

impl Kept {
    /// How an archive keeps the documents of a story: their names, the version of each with the moment it was added, and the numbers of
    /// its statements.
    pub fn each(ids: Vec<String>, latest: Vec<(i64, String)>, numbers: Vec<Vec<i64>>) -> Vec<Kept> {
        let kept = |((id, (version, added_at)), numbers)| Kept { id, version, added_at: Some(added_at), numbers };
        ids.into_iter().zip(latest).zip(numbers).map(kept).collect()
    }
}

impl Story {
    /// A story under its name.
    ///
    /// # Panics
    /// Unless every document of the record is kept somehow.
    pub fn new(id: String, record: Record, documents: Vec<Kept>) -> Story {
        assert_eq!(record.documents.len(), documents.len(), "a story names every document of its record");
        Story { id, record, documents }
    }
}
