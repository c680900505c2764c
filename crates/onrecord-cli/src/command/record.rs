//! `onrecord record`: the record of each story in many articles, for people or as JSON Lines.

use crate::many::{self, Many, Sink};
use crate::{Failure, Outcome, terminal};
use onrecord::account::Account;
use onrecord::reader::Reader;
use onrecord::{record, render, wire};
use std::cell::LazyCell;
use std::io::Write;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    many: Many,
    /// Print onrecord.record/1, one JSON object a story, the largest first
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut pile = Pile::default();
    let outcome = many::read(&arguments.many, &LazyCell::new(Reader::built_in), Account::read, &mut pile)?;
    let records = record::record(&pile.accounts);
    let mut output = terminal::output();
    for (at, record) in records.iter().enumerate() {
        if arguments.json {
            serde_json::to_writer(&mut output, &wire::Record::of(record, &pile.accounts))?;
            writeln!(output)?;
        } else {
            let between = if at > 0 { "\n\n" } else { "" };
            write!(output, "{between}{}", terminal::paint(&render::story(record, &pile.accounts, terminal::width())))?;
        }
    }
    output.flush()?;
    Ok(outcome)
}

/// The accounts of everything that was read, in the order of the input.
#[derive(Default)]
pub(crate) struct Pile {
    pub(crate) accounts: Vec<Account>,
}

impl Sink<Account> for Pile {
    fn take(&mut self, account: Account) -> Result<(), Failure> {
        self.accounts.push(account);
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Failure> {
        Ok(())
    }
}
