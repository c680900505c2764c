//! The archive that a command works on: where it is, opening it, and finishing what an interrupted run left.

use crate::{Failure, delivery, terminal};
use etcetera::{BaseStrategy, choose_base_strategy};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use onrecord::reader::Reader;
use onrecord_archive::Archive;
use std::io::IsTerminal;
use std::path::PathBuf;

/// Which archive.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Kept {
    /// The archive; without it, archive.onrecord in the folder where the system keeps a user's data
    #[arg(long, value_name = "FILE")]
    pub(crate) archive: Option<PathBuf>,
}

impl Kept {
    /// The archive's file.
    pub(crate) fn path(&self) -> Result<PathBuf, Failure> {
        if let Some(path) = &self.archive {
            return Ok(path.clone());
        }
        let strategy =
            choose_base_strategy().map_err(|_| Failure::Usage("the system names no folder for your data; give the archive with --archive".to_owned()))?;
        Ok(strategy.data_dir().join("onrecord").join("archive.onrecord"))
    }

    /// The archive, made if there is none.
    pub(crate) fn create(&self) -> Result<Archive, Failure> {
        Ok(Archive::create(&self.path()?)?)
    }

    /// The archive, which must be there. Says if its records lag behind its documents.
    pub(crate) fn open(&self) -> Result<Archive, Failure> {
        let archive = Archive::open(&self.path()?)?;
        match archive.unfinished()? {
            0 => {}
            left => terminal::complain(&format!(
                "{} not up to date: somebody is adding, or was stopped; `onrecord rebuild --finish` brings it up to date",
                terminal::counted(left, "record is", "records are")
            )),
        }
        Ok(archive)
    }
}

/// Brings the records of an archive up to date, with progress on a terminal, and sends the news; gives how many it made.
pub(crate) fn refresh(archive: &mut Archive, reader: &Reader) -> Result<usize, Failure> {
    let total = archive.unfinished()?;
    let target = if std::io::stderr().is_terminal() && total > 1 { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let style = ProgressStyle::with_template("{spinner} {pos} of {len} brought up to date").expect("a fixed pattern");
    let progress = ProgressBar::with_draw_target(Some(total as u64), target).with_style(style);
    let made = archive.refresh(reader, |left| {
        progress.inc(1);
        progress.set_length(progress.position() + left as u64);
    });
    progress.finish_and_clear();
    let made = made?;
    delivery::send(archive)?;
    Ok(made)
}

/// The name of the user, as the system has it.
pub(crate) fn user() -> String {
    std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_default()
}

/// The moment, to the second. Here alone is the clock asked.
pub(crate) fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
