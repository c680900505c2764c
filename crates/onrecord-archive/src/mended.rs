//! Accounts as persons corrected them.

use crate::correction::Holding;
use crate::error::Problem;
use crate::ground::{kept, received, unpack_all};
use crate::making::document_id;
use crate::{Archive, words};
use onrecord::account::Account;
use onrecord::correction::{Correction, OfStatement, read_corrected};
use onrecord::reader::Reader;
use onrecord::text::Column;
use rusqlite::Connection;

/// An account as persons corrected it.
pub(crate) struct Mended {
    pub(crate) account: Account,
    /// The number of each of its statements in the document: that which the reader's has, whatever was dismissed.
    pub(crate) numbers: Vec<i64>,
    /// The corrections that found their statement.
    pub(crate) found: Vec<u32>,
}

impl Mended {
    /// An account with what holds of its statements.
    pub(crate) fn of(account: Account, corrections: &[Correction<OfStatement>]) -> Mended {
        if corrections.is_empty() {
            return Mended { numbers: (1..=account.reading.statements.len() as i64).collect(), account, found: Vec::new() };
        }
        let Account { reading, sketch, vectors } = account;
        let corrected = read_corrected(reading, corrections);
        let (reading, was) = (corrected.reading, corrected.was);
        let vectors = Column::over(&reading.statements, |id, _| vectors[was[id]].clone());
        Mended { numbers: was.iter().map(|id| id.at() as i64 + 1).collect(), account: Account { reading, sketch, vectors }, found: corrected.found }
    }
}

/// Keeps the words of a version, as corrected, for searching.
pub(crate) fn keep_words(connection: &Connection, version: i64, account: &Account) -> Result<(), Problem> {
    let corrections = Holding::of(connection)?.of_document(&document_id(connection, version)?);
    if corrections.is_empty() {
        let numbers: Vec<i64> = (1..=account.reading.statements.len() as i64).collect();
        return words::keep(connection, version, &account.reading, &numbers);
    }
    let mended = Mended::of(account.clone(), &corrections);
    words::keep(connection, version, &mended.account.reading, &mended.numbers)
}

impl Archive {
    /// What the reader found in a version, whatever persons say.
    pub(crate) fn machine(&self, version: i64) -> Result<Account, Problem> {
        let kept = kept(&self.connection, version)?;
        Ok(unpack_all(vec![kept])?.remove(0))
    }

    /// The same; this reader reads again what a rebuild has dropped.
    pub(crate) fn machine_or_reader(&self, version: i64, reader: &Reader) -> Result<Account, Problem> {
        let is_kept: bool = self.one("SELECT EXISTS (SELECT 1 FROM readout WHERE version = ?1)", &[&version])?;
        if is_kept { self.machine(version) } else { Ok(Account::read(received(&self.connection, version)?, reader)) }
    }

    /// The accounts of versions as corrected, made again on all cores.
    pub(crate) fn accounts(&self, versions: &[i64], holding: &Holding) -> Result<Vec<Mended>, Problem> {
        let all = versions.iter().map(|version| kept(&self.connection, *version)).collect::<Result<Vec<_>, _>>()?;
        let accounts = unpack_all(all)?;
        let mend = |(version, account): (&i64, Account)| Ok(Mended::of(account, &holding.of_document(&document_id(&self.connection, *version)?)));
        versions.iter().zip(accounts).map(mend).collect()
    }
}
