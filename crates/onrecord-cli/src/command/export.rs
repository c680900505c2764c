//! `onrecord export`: all that an archive holds, or one story of it, for other programs and for people.

use crate::destination::Destination;
use crate::kept;
use crate::{Failure, Outcome};
use onrecord::wire::Record;
use onrecord_archive::{Archive, Set, Whole};
use onrecord_export::{Export, Format, Kept, Story, Table};
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    kept: kept::Kept,
    #[command(flatten)]
    form: Form,
    /// This story alone, by the name of it or of any of its documents; the first letters are enough
    #[arg(long, value_name = "ID")]
    story: Option<String>,
    /// Write into this file, whole or not at all; a folder, ending in /, for one file a story
    #[arg(long, short, value_name = "FILE|FOLDER/")]
    output: Option<PathBuf>,
}

/// In which form stories leave.
#[derive(clap::Args, Clone, Copy, Debug)]
pub(crate) struct Form {
    /// The form
    #[arg(long, value_enum, default_value_t = Name::Jsonl)]
    pub(crate) format: Name,
    /// Which table of a record, for csv and parquet
    #[arg(long, value_enum, default_value_t = Rows::Statements)]
    pub(crate) table: Rows,
}

/// What a result is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Name {
    /// All there is, an object a line; `onrecord import` reads it back
    Jsonl,
    /// A table for every program
    Csv,
    /// A workbook for Excel and LibreOffice with all tables
    Xlsx,
    /// A table with types, for DuckDB, pandas, Spark
    Parquet,
    /// W3C Web Annotations, as JSON-LD
    Annotations,
    /// Articles, quotations and claims of schema.org, as JSON-LD
    Schema,
    /// A note to read, with the words behind every citation
    Markdown,
    /// A page to read, print and send, that needs no network
    Html,
}

/// A table of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Rows {
    /// A statement a row
    Statements,
    /// A time a question was put, a row
    Questions,
    /// A row for two that agree, conflict, repeat or replace one another
    Relations,
    /// An origin of a claim a row
    Origins,
    /// Somebody a row
    People,
    /// A document a row
    Documents,
}

impl Form {
    pub(crate) fn format(self) -> Format {
        let table = match self.table {
            Rows::Statements => Table::Statements,
            Rows::Questions => Table::Askings,
            Rows::Relations => Table::Relations,
            Rows::Origins => Table::Claims,
            Rows::People => Table::People,
            Rows::Documents => Table::Documents,
        };
        match self.format {
            Name::Jsonl => Format::Jsonl,
            Name::Csv => Format::Csv(table),
            Name::Xlsx => Format::Xlsx,
            Name::Parquet => Format::Parquet(table),
            Name::Annotations => Format::Annotations,
            Name::Schema => Format::Schema,
            Name::Markdown => Format::Markdown,
            Name::Html => Format::Html,
        }
    }

    /// Refuses to show bytes to people.
    pub(crate) fn check(self, destination: &Destination) -> Result<(), Failure> {
        if self.format().is_binary() && destination.is_terminal() {
            return Err(Failure::Usage("this form is no text; give a file with -o FILE, or send it through a pipe".to_owned()));
        }
        Ok(())
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let archive = arguments.kept.open()?;
    let form = arguments.form;
    let destination = Destination::of(arguments.output.as_deref());
    form.check(&destination)?;
    archive.at_one_moment(|archive| {
        let stories = stories(archive, arguments.story.as_deref())?;
        match &arguments.output {
            Some(folder) if is_folder(folder) => each(archive, stories, form, folder),
            Some(_) | None => destination.write(|output| together(archive, stories, form, output)),
        }
    })?;
    Ok(Outcome::AllRead)
}

/// The stories to write.
enum Wanted {
    /// All, by their names in their order, which does not tell how the archive grew. Each is made when it is written.
    All(Vec<String>),
    /// This one.
    One(Box<(Whole, Record)>),
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

fn stories(archive: &Archive, one: Option<&str>) -> Result<Wanted, Failure> {
    if let Some(id) = one {
        return Ok(Wanted::One(Box::new(archive.story(id)?)));
    }
    let mut stories: Vec<String> = archive.stories()?.into_iter().map(|story| story.id).collect();
    stories.sort();
    Ok(Wanted::All(stories))
}

impl Wanted {
    /// Hands each story to `write`.
    fn each(self, archive: &Archive, mut write: impl FnMut(&Story) -> Result<(), Failure>) -> Result<(), Failure> {
        match self {
            Wanted::All(ids) => ids.iter().try_for_each(|id| write(&story(archive, archive.story(id)?)?)),
            Wanted::One(made) => write(&story(archive, *made)?),
        }
    }
}

/// All stories in one result. JSON Lines begin with the ground, all of it or the story's.
fn together(archive: &Archive, stories: Wanted, form: Form, output: &mut (dyn Write + Send)) -> Result<(), Failure> {
    if form.format == Name::Jsonl {
        ground(archive, &stories, output)?;
    }
    let mut export = Export::new(form.format(), output)?;
    stories.each(archive, |story| Ok(export.story(story)?))?;
    Ok(export.end()?)
}

/// Every version and every correction, by the names of documents and by their numbers, and the watches that are set; of one story those
/// it is made of, and no watch.
fn ground(archive: &Archive, stories: &Wanted, output: &mut (dyn Write + Send)) -> Result<(), Failure> {
    let whole = match stories {
        Wanted::One(made) => Some(&made.0),
        Wanted::All(_) => None,
    };
    archive.each_version(|version| {
        if whole.as_ref().is_none_or(|whole| whole.documents.contains(&version.document)) {
            serde_json::to_writer(&mut *output, &version)?;
            writeln!(output)?;
        }
        Ok::<(), Failure>(())
    })?;
    for logged in archive.corrections()? {
        if whole.as_ref().is_none_or(|whole| whole.record.corrected.iter().any(|number| format!("c{number}") == logged.id)) {
            serde_json::to_writer(&mut *output, &logged)?;
            writeln!(output)?;
        }
    }
    let watches = if whole.is_none() { archive.watches()? } else { Vec::new() };
    for set in watches {
        serde_json::to_writer(&mut *output, &Set { told: None, ..set })?;
        writeln!(output)?;
    }
    Ok(())
}

/// A file for each story, in a folder.
fn each(archive: &Archive, stories: Wanted, form: Form, folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| Failure::File { path: folder.to_owned(), error })?;
    stories.each(archive, |story| {
        Destination::File(folder.join(format!("{}.{}", story.id, form.format().extension()))).write(|output| {
            let mut export = Export::new(form.format(), output)?;
            export.story(story)?;
            Ok(export.end()?)
        })
    })
}

/// A story as it leaves.
fn story(archive: &Archive, (whole, record): (Whole, Record)) -> Result<Story, Failure> {
    let latest = archive.latest(&whole.documents)?;
    Ok(Story::new(whole.id, record, Kept::each(whole.documents, latest, whole.numbers)))
}
