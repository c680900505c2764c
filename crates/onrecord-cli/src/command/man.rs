//! `onrecord man`: the manual.

use crate::{Failure, Outcome, arguments};
use clap::CommandFactory;
use std::path::PathBuf;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// A folder to write one page a command into; without it, the page of onrecord itself is printed
    folder: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let command = arguments::Arguments::command();
    match &arguments.folder {
        Some(folder) => clap_mangen::generate_to(command, folder)?,
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(command).render(&mut page)?;
            std::io::Write::write_all(&mut std::io::stdout(), &page)?;
        }
    }
    Ok(Outcome::AllRead)
}
