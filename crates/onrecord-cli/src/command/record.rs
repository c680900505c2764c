//! `onrecord record`: the record of each story in many articles, for people, or in any form that stories leave in.

use crate::command::export::{Form, Name, Rows};
use crate::destination::Destination;
use crate::many::{self, Many, Sink};
use crate::{Failure, Outcome, terminal};
use onrecord::account::Account;
use onrecord::document::Received;
use onrecord::reader::Reader;
use onrecord::record::Record;
use onrecord::{record, render, wire};
use onrecord_archive::{Identity, place_of};
use onrecord_export::{Export, Kept, Story};
use std::cell::LazyCell;
use std::io::Write;
use std::path::PathBuf;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    many: Many,
    /// Print onrecord.record/1, one JSON object a story, the largest first
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// The form, if not for the terminal
    #[arg(long, value_enum)]
    format: Option<Name>,
    /// Which table of a record, for csv and parquet
    #[arg(long, value_enum, default_value_t = Rows::Statements, requires = "format")]
    table: Rows,
    /// Write into this file, whole or not at all
    #[arg(long, short, value_name = "FILE", requires = "format")]
    output: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let format = if arguments.json { Some(Name::Jsonl) } else { arguments.format };
    let form = format.map(|format| Form { format, table: arguments.table });
    let destination = Destination::of(arguments.output.as_deref());
    if let Some(form) = form {
        form.check(&destination)?;
    }
    let mut pile = Pile::default();
    let outcome = many::read(&arguments.many, &LazyCell::new(Reader::built_in), named, &mut pile)?;
    let records = record::record(&pile.accounts);
    match form {
        Some(form) => destination.write(|output| {
            let mut export = Export::new(form.format(), output)?;
            records.iter().try_for_each(|record| export.story(&story(record, &pile)))?;
            Ok(export.end()?)
        })?,
        None => print(&records, &pile)?,
    }
    Ok(outcome)
}

fn print(records: &[Record], pile: &Pile) -> Result<(), Failure> {
    let mut output = terminal::output();
    for (at, record) in records.iter().enumerate() {
        let between = if at > 0 { "\n\n" } else { "" };
        write!(output, "{between}{}", terminal::paint(&render::story(record, &pile.accounts, terminal::width())))?;
    }
    Ok(output.flush()?)
}

/// The account of a document, with the name that an archive would give it.
pub(crate) fn named(received: Received, reader: &Reader) -> (String, Account) {
    let id = Identity::of(&received, place_of(&received.document.path)).id();
    (id, Account::read(received, reader))
}

/// A story by the names that an archive would give it and its documents.
fn story(record: &Record, pile: &Pile) -> Story {
    let id = |at: usize| pile.ids[record.story.documents[at].document].clone();
    let numbers = |at: usize| (1..).take(pile.accounts[record.story.documents[at].document].reading.statements.len()).collect();
    let kept = |at: usize| Kept { id: id(at), version: 1, added_at: None, numbers: numbers(at) };
    let kept: Vec<Kept> = (0..record.story.documents.len()).map(kept).collect();
    Story::new(kept.first().map(|kept| kept.id.clone()).unwrap_or_default(), wire::Record::of(record, &pile.accounts), kept)
}

/// The accounts of everything that was read, in the order of the input.
#[derive(Default)]
pub(crate) struct Pile {
    pub(crate) accounts: Vec<Account>,
    /// The names that an archive would give them.
    ids: Vec<String>,
}

impl Sink<(String, Account)> for Pile {
    fn take(&mut self, (id, account): (String, Account)) -> Result<(), Failure> {
        self.accounts.push(account);
        self.ids.push(id);
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Failure> {
        Ok(())
    }
}
