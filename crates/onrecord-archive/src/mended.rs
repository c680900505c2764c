//! Accounts as persons corrected them.

use crate::correction::Holding;
use crate::error::Problem;
use crate::ground::{Squeezed, received, squeezed, unpack_all};
use crate::making::document_id;
use crate::{Archive, words};
use onrecord::account::Account;
use onrecord::correction::{Correction, OfStatement, read_corrected};
use onrecord::reader::Reader;
use onrecord::text::Column;
use rusqlite::Connection;
use std::sync::Arc;

/// An account as persons corrected it.
pub(crate) struct Mended {
    pub(crate) account: Arc<Account>,
    /// The number of each of its statements in the document: that which the reader's has, whatever was dismissed.
    pub(crate) numbers: Vec<i64>,
    /// The corrections that found their statement.
    pub(crate) found: Vec<u32>,
}

impl Mended {
    /// An account with what holds of its statements.
    pub(crate) fn of(account: Arc<Account>, corrections: &[Correction<OfStatement>]) -> Mended {
        if corrections.is_empty() {
            return Mended { numbers: (1..=account.reading.statements.len() as i64).collect(), account, found: Vec::new() };
        }
        let Account { reading, sketch, vectors } = Arc::unwrap_or_clone(account);
        let corrected = read_corrected(reading, corrections);
        let (reading, was) = (corrected.reading, corrected.was);
        let vectors = Column::over(&reading.statements, |id, _| vectors[was[id]].clone());
        let account = Arc::new(Account { reading, sketch, vectors });
        Mended { numbers: was.iter().map(|id| id.at() as i64 + 1).collect(), account, found: corrected.found }
    }
}

/// Keeps the words of a version, as corrected, for searching.
pub(crate) fn keep_words(connection: &Connection, version: i64, account: &Arc<Account>) -> Result<(), Problem> {
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
    pub(crate) fn machine(&self, version: i64) -> Result<Arc<Account>, Problem> {
        Ok(self.machines(&[version])?.remove(0))
    }

    /// The same; this reader reads again what a rebuild has dropped.
    pub(crate) fn machine_or_reader(&self, version: i64, reader: &Reader) -> Result<Arc<Account>, Problem> {
        let is_kept: bool = self.one("SELECT EXISTS (SELECT 1 FROM readout WHERE version = ?1)", &[&version])?;
        if is_kept { self.machine(version) } else { Ok(Arc::new(Account::read(received(&self.connection, version)?, reader))) }
    }

    /// What the reader found in versions: from memory, else made again on all cores.
    fn machines(&self, versions: &[i64]) -> Result<Vec<Arc<Account>>, Problem> {
        let mut recent = self.recent.borrow_mut();
        let found: Vec<Squeezed> = versions.iter().map(|version| squeezed(&self.connection, *version)).collect::<Result<_, _>>()?;
        let accounts: Vec<Option<Arc<Account>>> = versions.iter().zip(&found).map(|(version, squeezed)| recent.find(*version, squeezed)).collect();
        let missing = versions.iter().zip(&found).zip(&accounts).filter(|(_, account)| account.is_none());
        let kept = missing.map(|((version, squeezed), _)| Ok((received(&self.connection, *version)?, squeezed))).collect::<Result<Vec<_>, Problem>>()?;
        let mut made = unpack_all(kept)?.into_iter().map(Arc::new);
        let whole = |((version, squeezed), account): ((&i64, Squeezed), Option<Arc<Account>>)| {
            account.unwrap_or_else(|| {
                let account = made.next().expect("every account that was missing was made");
                recent.keep(*version, squeezed, &account);
                account
            })
        };
        Ok(versions.iter().zip(found).zip(accounts).map(whole).collect())
    }

    /// The accounts of versions as corrected.
    pub(crate) fn accounts(&self, versions: &[i64], holding: &Holding) -> Result<Vec<Mended>, Problem> {
        let mend = |(version, account): (&i64, Arc<Account>)| Ok(Mended::of(account, &holding.of_document(&document_id(&self.connection, *version)?)));
        versions.iter().zip(self.machines(versions)?).map(mend).collect()
    }
}
