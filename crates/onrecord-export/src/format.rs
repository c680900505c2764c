//! The formats there are, and writing stories in one of them.

use crate::{Error, Story, Table, annotation, csv, html, markdown, parquet, schema, xlsx};
use std::io::Write;

/// A form in which stories leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line: `onrecord.record/1`.
    Jsonl,
    /// A table for every program.
    Csv(Table),
    /// A workbook with all tables.
    Xlsx,
    /// A table with typed columns.
    Parquet(Table),
    /// W3C Web Annotations as JSON-LD.
    Annotations,
    /// schema.org as JSON-LD.
    Schema,
    /// A note to read.
    Markdown,
    /// A page to read, that carries all it needs.
    Html,
}

impl Format {
    /// How the names of its files end.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Jsonl => "jsonl",
            Format::Csv(_) => "csv",
            Format::Xlsx => "xlsx",
            Format::Parquet(_) => "parquet",
            Format::Annotations | Format::Schema => "jsonld",
            Format::Markdown => "md",
            Format::Html => "html",
        }
    }

    /// Whether it is for programs alone: a terminal would show rubbish.
    pub fn is_binary(self) -> bool {
        match self {
            Format::Xlsx | Format::Parquet(_) => true,
            Format::Jsonl | Format::Csv(_) | Format::Annotations | Format::Schema | Format::Markdown | Format::Html => false,
        }
    }
}

/// What a format does with stories.
pub(crate) trait Form {
    /// Takes the next story.
    fn story(&mut self, story: &Story) -> Result<(), Error>;
    /// Writes what is left to write.
    fn end(self: Box<Self>) -> Result<(), Error>;
}

/// Stories being written, one after the other. What comes out hangs on the stories and their order alone.
///
/// ```
/// use onrecord_export::{Export, Format, Table};
/// let mut out = Vec::new();
/// Export::new(Format::Csv(Table::People), &mut out)?.end()?;
/// assert!(String::from_utf8_lossy(&out).starts_with("\u{feff}person,story,name,kind,"));
/// # Ok::<(), onrecord_export::Error>(())
/// ```
pub struct Export<'w>(Box<dyn Form + 'w>);

impl<'w> Export<'w> {
    /// Begins.
    pub fn new(format: Format, output: impl Write + Send + 'w) -> Result<Export<'w>, Error> {
        Ok(Export(match format {
            Format::Jsonl => Box::new(Lines(output)),
            Format::Csv(table) => Box::new(csv::begin(table, output)?),
            Format::Xlsx => Box::new(xlsx::begin(output)?),
            Format::Parquet(table) => Box::new(parquet::begin(table, output)?),
            Format::Annotations => Box::new(annotation::begin(output)?),
            Format::Schema => Box::new(schema::begin(output)?),
            Format::Markdown => Box::new(markdown::begin(output)),
            Format::Html => Box::new(html::begin(output)),
        }))
    }

    /// Takes the next story.
    pub fn story(&mut self, story: &Story) -> Result<(), Error> {
        self.0.story(story)
    }

    /// Writes what is left to write: nothing is whole before.
    pub fn end(self) -> Result<(), Error> {
        self.0.end()
    }
}

/// JSON Lines: the records as they are.
struct Lines<W>(W);

impl<W: Write> Form for Lines<W> {
    fn story(&mut self, story: &Story) -> Result<(), Error> {
        serde_json::to_writer(&mut self.0, &story.record)?;
        Ok(writeln!(self.0)?)
    }

    fn end(mut self: Box<Self>) -> Result<(), Error> {
        Ok(self.0.flush()?)
    }
}
