//! Copies of a whole archive, made while others read and write.

use crate::error::Problem;
use crate::{Archive, Error};
use rusqlite::Connection;
use rusqlite::backup::Backup;
use std::path::Path;
use std::time::Duration;

/// Pages copied at once; between, others may write.
const PAGES: i32 = 1024;

impl Archive {
    /// Copies the archive to `path`, where nothing may be yet. The file is there whole or not at all.
    pub fn backup(&self, path: &Path) -> Result<(), Error> {
        let part = path.with_file_name(format!("{}.part", path.file_name().unwrap_or_default().to_string_lossy()));
        let copy = || -> Result<(), Problem> {
            if path.exists() {
                return Err(Problem::Exists("a file".to_owned()));
            }
            let mut target = Connection::open(&part)?;
            let backup = Backup::new(&self.connection, &mut target)?;
            backup.run_to_completion(PAGES, Duration::ZERO, None)?;
            drop(backup);
            target.close().map_err(|(_, error)| error)?;
            std::fs::File::open(&part).and_then(|file| file.sync_all()).and_then(|()| std::fs::rename(&part, path)).map_err(Problem::Unreadable)
        };
        copy().map_err(|problem| {
            // What is not whole must not look like a copy.
            let _ = std::fs::remove_file(&part);
            Error::new(path, problem.of_a_copy())
        })
    }
}
