//! Why an archive could not be opened, read or written, and what to do about it.

use std::path::{Path, PathBuf};

/// Why an archive could not be opened, read or written. The message names the file and says what to do.
#[derive(Debug, thiserror::Error)]
#[error("{}: {problem}", path.display())]
pub struct Error {
    path: PathBuf,
    #[source]
    problem: Problem,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    #[error("there is no archive yet; `onrecord add` makes one")]
    Missing,
    #[error("it is no archive of onrecord; give another file with --archive")]
    Foreign,
    #[error("it is an archive of a newer onrecord (form {found}; this one knows form {known}); use that version")]
    Newer { found: i64, known: i64 },
    #[error("it is cut short: {bytes} bytes where {wanted} should be; put a backup in its place")]
    CutShort { bytes: u64, wanted: u64 },
    #[error("it is damaged ({0}); `onrecord check` says more; put a backup in its place, or rebuild what is derived with `onrecord rebuild`")]
    Damaged(String),
    #[error("its folder or the file cannot be written; give another place with --archive, or change the permissions")]
    ReadOnly,
    #[error(
        "what was added last still stands in its log (…-wal), which cannot be read where nothing can be written; copy it with all files beside it to a folder of yours, or open it once where it can be written"
    )]
    Unmerged,
    #[error("the disk is full; make room and run the same command again: what was added stays added")]
    Full,
    #[error("the disk would not take it ({0}); make room, or give another place with --archive, and run the same command again: what was added stays added")]
    Disk(String),
    #[error("the disk would not take the copy, of which nothing was left; make room, or name a file elsewhere")]
    CopyUnfinished,
    #[error("another program has been writing to it for a while; try again when it is done")]
    Busy,
    #[error("could not make its folder: {0}")]
    Folder(std::io::Error),
    #[error("could not read it: {0}")]
    Unreadable(std::io::Error),
    #[error("{0} is there already; name another file, or remove it first")]
    Exists(String),
    #[error("nothing in it is called {0}")]
    Unknown(String),
    #[error("{from} is called {to} now")]
    Renamed { from: String, to: String },
    #[error("{0}")]
    Nothing(String),
    #[error("{0} may be several; give more letters")]
    Ambiguous(String),
    #[error("SQLite says: {0}")]
    Sqlite(rusqlite::Error),
}

impl Problem {
    /// The same, told of a copy that was to be made.
    pub(crate) fn of_a_copy(self) -> Problem {
        match self {
            Problem::Full | Problem::Disk(_) => Problem::CopyUnfinished,
            other => other,
        }
    }
}

impl Error {
    pub(crate) fn new(path: &Path, problem: impl Into<Problem>) -> Error {
        Error { path: path.to_owned(), problem: problem.into() }
    }

    /// Whether it was asked for what it does not hold, or by a name that several have.
    pub fn is_unknown(&self) -> bool {
        matches!(self.problem, Problem::Unknown(_) | Problem::Ambiguous(_))
    }

    /// The name that was asked for and the one it has now, where a correction gave it another.
    pub fn renamed(&self) -> Option<(&str, &str)> {
        if let Problem::Renamed { from, to } = &self.problem { Some((from, to)) } else { None }
    }

    /// Whether what was asked for points at nothing, or changes nothing.
    pub fn is_refused(&self) -> bool {
        matches!(self.problem, Problem::Nothing(_))
    }

    /// What is wrong, without the archive's file: whoever asks over a network need not know where it lies.
    pub fn told(&self) -> String {
        self.problem.to_string()
    }

    /// Whether the archive is there no longer or not yet.
    pub fn is_missing(&self) -> bool {
        matches!(self.problem, Problem::Missing)
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Problem {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Problem::Foreign,
            Some(ErrorCode::DatabaseCorrupt) => Problem::Damaged(error.to_string()),
            Some(ErrorCode::DiskFull) => Problem::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Problem::Busy,
            Some(ErrorCode::SystemIoFailure | ErrorCode::FileLockingProtocolFailed) => Problem::Disk(error.to_string()),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => Problem::ReadOnly,
            _ => Problem::Sqlite(error),
        }
    }
}

impl From<onrecord::account::pack::Unfit> for Problem {
    fn from(unfit: onrecord::account::pack::Unfit) -> Problem {
        Problem::Damaged(unfit.to_string())
    }
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Problem {
        Problem::Damaged(error.to_string())
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Problem {
        Problem::Damaged(error.to_string())
    }
}
