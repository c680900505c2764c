//! The `onrecord` command: reads articles and prints who said what, to whom, when and on whose word.

mod arguments;
mod command;
mod delivery;
mod destination;
mod in_order;
mod input;
mod kept;
mod listing;
mod many;
mod terminal;

use arguments::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;

/// Where memory comes from: much of what the engine does between documents is small pieces taken and given back.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a run ends when it could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Everything given was read.
    AllRead,
    /// Something was not; the messages say what.
    SomeNotRead,
}

/// Why a run could not do its work.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}")]
    Usage(String),
    #[error("{0}")]
    Archive(#[from] onrecord_archive::Error),
    #[error("could not write the result: {0}")]
    Output(#[source] std::io::Error),
    #[error("could not write {}: {error}; nothing was left there that is not whole", path.display())]
    File { path: std::path::PathBuf, error: std::io::Error },
    #[error("{0}")]
    Desk(#[from] onrecord_desk::Error),
    #[error("could not write the result: {0}")]
    Export(onrecord_export::Error),
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::Output(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Failure {
        Failure::Output(error.into())
    }
}

impl From<onrecord_export::Error> for Failure {
    fn from(error: onrecord_export::Error) -> Failure {
        match error.into_io() {
            Ok(error) => Failure::Output(error),
            Err(error) => Failure::Export(error),
        }
    }
}

/// The exit code when something given was not read.
const SOME_NOT_READ: u8 = 2;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { ExitCode::FAILURE } else { ExitCode::SUCCESS };
        }
    };
    match run(arguments.command) {
        Ok(Outcome::AllRead) => ExitCode::SUCCESS,
        Ok(Outcome::SomeNotRead) => ExitCode::from(SOME_NOT_READ),
        // Whoever read the output has seen enough, as `head` does.
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            terminal::complain(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<Outcome, Failure> {
    match command {
        Command::Read(arguments) => command::read::run(&arguments),
        Command::Record(arguments) => command::record::run(&arguments),
        Command::Show(arguments) => command::show::run(&arguments),
        Command::Explain(arguments) => command::explain::run(&arguments),
        Command::Add(arguments) => command::add::run(&arguments),
        Command::Stories(arguments) => command::stories::run(&arguments),
        Command::Story(arguments) => command::story::run(&arguments),
        Command::People(arguments) => command::people::run(&arguments),
        Command::Person(arguments) => command::person::run(&arguments),
        Command::Questions(arguments) => command::questions::run(&arguments),
        Command::Versions(arguments) => command::versions::run(&arguments),
        Command::Watch(arguments) => command::watch::run(&arguments),
        Command::News(arguments) => command::news::run(&arguments),
        Command::Search(arguments) => command::search::run(&arguments),
        Command::Serve(arguments) => command::serve::run(&arguments),
        Command::Correct(arguments) => command::correct::run(&arguments),
        Command::Corrections(arguments) => command::corrections::run(&arguments),
        Command::Rebuild(arguments) => command::rebuild::run(&arguments),
        Command::Check(arguments) => command::check::run(&arguments),
        Command::Export(arguments) => command::export::run(&arguments),
        Command::Import(arguments) => command::import::run(&arguments),
        Command::Backup(arguments) => command::backup::run(&arguments),
        Command::Completions(arguments) => command::completions::run(&arguments),
        Command::Man(arguments) => command::man::run(&arguments),
    }
}
