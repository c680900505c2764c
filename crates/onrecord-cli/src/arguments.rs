//! The command line, declared: every command and option with its help.

use crate::command;
use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;
use onrecord::wire::Named;
use onrecord_intake::{LARGEST_ARTICLE, Limits};
use std::path::PathBuf;

const EXIT_CODES: &str = "\
Exit codes: 0 everything was read; 1 the command line is wrong or the result could not be written; 2 something given was \
not read, the messages say what, and the rest was read; or `check` found something wrong.

Colours appear on a terminal only, and not when NO_COLOR is set.";

/// Keeps the record of a news story: who said what, to whom, when and on whose word.
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, after_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read articles and print every statement, with its words and their place
    Read(command::read::Arguments),
    /// Read articles and print the record of each story: its brief, questions, conflicts, origins, people
    Record(command::record::Arguments),
    /// Draw what one stage found under the words of an article
    Show(command::show::Arguments),
    /// Print how a statement, or a fact of a record, was found: rule or model, score, words
    Explain(command::explain::Arguments),
    /// Read articles and keep them in the archive, with all that is derived from them
    Add(command::add::Arguments),
    /// List the stories of the archive
    Stories(command::stories::Arguments),
    /// Print the record of one story of the archive
    Story(command::story::Arguments),
    /// List who speaks in the archive
    People(command::people::Arguments),
    /// Print all that somebody said, in the order of time, across stories
    Person(command::person::Arguments),
    /// List what was asked, and what became of it
    Questions(command::questions::Arguments),
    /// List what later versions of a document dropped, altered or added
    Versions(command::versions::Arguments),
    /// Set a watch: tell of what somebody says, of conflicts, answers, altered quotations, as soon as they are there
    Watch(command::watch::Arguments),
    /// List what the watches told
    News(command::news::Arguments),
    /// Find statements and articles of the archive by their words
    Search(command::search::Arguments),
    /// Open the desk: the record in a browser, and a REST API
    Serve(command::serve::Arguments),
    /// Correct what was derived: a statement, a person, a document's story, a relation; or undo it
    Correct(command::correct::Arguments),
    /// List what persons corrected
    Corrections(command::corrections::Arguments),
    /// Make everything derived in the archive again from its documents
    Rebuild(command::rebuild::Arguments),
    /// Check that the archive is whole; exit code 2 if it is not
    Check(command::check::Arguments),
    /// Write all that the archive holds, or one story, as JSON Lines, tables, a workbook, annotations, linked data, notes, pages
    Export(command::export::Arguments),
    /// Read back what `export` printed as JSON Lines, with addresses, versions and times
    Import(command::import::Arguments),
    /// Copy the archive while others use it
    Backup(command::backup::Arguments),
    /// Print the completions for a shell
    Completions(command::completions::Arguments),
    /// Print the manual page, or write one page a command into a folder
    Man(command::man::Arguments),
}

/// What an article may lack, and what is too large to be one.
#[derive(Args, Clone, Debug)]
pub(crate) struct Given {
    /// The day of publication, for articles that do not tell theirs
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<Date>,
    /// The outlet, for articles that do not tell theirs
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,
    /// The most bytes one article may have; raise it for book-length transcripts
    #[arg(long, value_name = "BYTES", default_value_t = LARGEST_ARTICLE)]
    pub(crate) max_bytes: u64,
}

impl Given {
    pub(crate) fn limits(&self) -> Limits {
        Limits { article: self.max_bytes }
    }
}

/// One article.
#[derive(Args, Debug)]
pub(crate) struct OneFile {
    /// The article: a file, FILE:LINE or FILE#NUMBER for one of several, or - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) given: Given,
}

/// The label of this name, refused with the names there are.
pub(crate) fn named<T: Named>(name: &str) -> Result<T, String> {
    T::from_name(name).ok_or_else(|| format!("there are {}", T::ALL.iter().map(|label| label.name()).collect::<Vec<_>>().join(", ")))
}
