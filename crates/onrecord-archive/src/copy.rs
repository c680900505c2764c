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
    /// Copies the archive to `path`, where nothing may be yet.
    pub fn backup(&self, path: &Path) -> Result<(), Error> {
        let copy = || -> Result<(), Problem> {
            if path.exists() {
                return Err(Problem::Exists("a file".to_owned()));
            }
            let mut target = Connection::open(path)?;
            let backup = Backup::new(&self.connection, &mut target)?;
            backup.run_to_completion(PAGES, Duration::ZERO, None)?;
            Ok(())
        };
        copy().map_err(|problem| Error::new(path, problem))
    }
}
