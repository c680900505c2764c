//! `onrecord backup`: a copy of the archive, made while others read and write it.

use crate::kept::Kept;
use crate::{Failure, Outcome};
use std::path::PathBuf;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Where the copy goes; nothing may be there yet
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    kept: Kept,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    arguments.kept.open()?.backup(&arguments.file)?;
    Ok(Outcome::AllRead)
}
