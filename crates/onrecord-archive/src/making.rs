//! Makes the records of stories anew: from what the reader found in each document, by the engine, into the tables.

use crate::correction::{self, Holding};
use crate::error::Problem;
use crate::mended::Mended;
use crate::shelf::Tables;
use crate::{Archive, Error, regroup, rows};
use onrecord::account::Account;
use onrecord::evidence::{Evidence, Finder};
use onrecord::record::{self, Record};
use onrecord::story::{self, Members, Shelf};
use onrecord::wire;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use std::io::BufWriter;
use std::sync::Arc;

/// A story with its record and the accounts it was made of.
pub struct Whole {
    /// The name of the story.
    pub id: String,
    /// Its record.
    pub record: Record,
    /// Its documents' accounts, in their order.
    pub accounts: Vec<Arc<Account>>,
    /// The names of its documents, in their order.
    pub documents: Vec<String>,
    /// For each document the number there of each of its statements: that by which lists name it.
    pub numbers: Vec<Vec<i64>>,
}

/// A record ready to be kept.
pub(crate) struct Made {
    pub(crate) members: Members,
    pub(crate) versions: Vec<i64>,
    pub(crate) whole: Whole,
    pub(crate) wire: wire::Record,
}

impl Archive {
    /// Makes every stale story anew, each in a transaction of its own.
    pub(crate) fn make_stale(&mut self, step: &mut impl FnMut(usize)) -> Result<usize, Problem> {
        let mut made = 0;
        loop {
            let next = "SELECT team, (SELECT count(*) FROM stale) FROM stale ORDER BY team LIMIT 1";
            let next: Option<(i64, i64)> = self.connection.query_row(next, [], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            let Some((team, left)) = next else { return Ok(made) };
            made += usize::from(self.make_one(team)?);
            step(left as usize - 1);
        }
    }

    /// Makes one story anew if it is no longer what is kept of it; says whether it was made.
    fn make_one(&self, team: i64) -> Result<bool, Problem> {
        loop {
            // The work is done on what is there now, and kept only if it is still so when it is done: nobody waits meanwhile.
            let moment = Transaction::new_unchecked(&self.connection, TransactionBehavior::Deferred)?;
            let corrected = correction::moment(&moment)?;
            let members = self.members(team)?;
            let made = match &members {
                Some(members) if self.fingerprint(team)? != Some(members.fingerprint()) => Some(self.made(members.clone())?),
                Some(_) | None => None,
            };
            drop(moment);
            let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
            if self.members(team)? != members || correction::moment(&transaction)? != corrected {
                continue;
            }
            if members.is_none() {
                transaction.execute("DELETE FROM story WHERE team = ?1", [team])?;
            }
            if let Some(made) = &made {
                rows::replace(&transaction, team, made)?;
                self.tell(&transaction, made)?;
            }
            transaction.execute("DELETE FROM stale WHERE team = ?1", [team])?;
            transaction.commit()?;
            return Ok(made.is_some());
        }
    }

    /// The documents of a story; `None` if the group has none any more.
    fn members(&self, team: i64) -> Result<Option<Members>, Problem> {
        let tables = Tables::of(&self.connection, &self.held);
        if tables.members(team as usize)?.is_empty() {
            return Ok(None);
        }
        let apart = regroup::kept_apart(&self.connection, &Holding::of(&self.connection)?, team)?;
        Ok(Some(story::members(&tables, team as usize)?.without(&apart)))
    }

    /// The documents of a story that must be there.
    pub(crate) fn members_of(&self, team: i64) -> Result<Members, Problem> {
        self.members(team)?.ok_or_else(|| Problem::Damaged("it has no documents".to_owned()))
    }

    fn fingerprint(&self, team: i64) -> Result<Option<u64>, Problem> {
        let kept: Option<Vec<u8>> = self.connection.query_row("SELECT fingerprint FROM story WHERE team = ?1", [team], |row| row.get(0)).optional()?;
        Ok(kept.and_then(|kept| kept.try_into().ok()).map(u64::from_le_bytes))
    }

    /// The record of a story as it should be.
    pub(crate) fn made(&self, members: Members) -> Result<Made, Problem> {
        let versions: Vec<i64> = members.documents().map(|document| document as i64).collect();
        let documents: Vec<String> = versions.iter().map(|version| document_id(&self.connection, *version)).collect::<Result<_, _>>()?;
        let holding = Holding::of(&self.connection)?;
        let (mut accounts, mut numbers, mut found) = (Vec::new(), Vec::new(), Vec::new());
        for Mended { account, numbers: of_document, found: of_statements } in self.accounts(&versions, &holding)? {
            accounts.push(account);
            numbers.push(of_document);
            found.extend(of_statements);
        }
        let place = |document: usize| versions.iter().position(|version| *version == document as i64).expect("a member is one of the members");
        let tables = Tables::of(&self.connection, &self.held);
        let mut story = story::story(&tables, &members, |document| &accounts[place(document)].sketch)?;
        for (at, membership) in story.documents.iter_mut().enumerate() {
            membership.document = at;
            if let Some(number) = regroup::corrected(&self.connection, versions[at])?.filter(|_| membership.is_main()) {
                membership.evidence =
                    vec![Evidence { fact: "story", by: Finder::Person(number), score: 1.0, words: Vec::new(), why: holding.note(number).to_owned().into() }];
                found.push(number);
            }
        }
        let mut record = record::of_story(&accounts, story, &holding.of_story(&documents));
        record.corrected.extend(found);
        let wire = wire::Record::of(&record, &accounts);
        let id = document_id(&self.connection, members.group() as i64)?;
        Ok(Made { members, versions, whole: Whole { id, record, accounts, documents, numbers }, wire })
    }

    /// The story called `id`, which may be the name of any of its documents, made of what is kept: its record and
    /// `onrecord.record/1`.
    pub fn story(&self, id: &str) -> Result<(Whole, wire::Record), Error> {
        let made = || self.made(self.members(self.team(id)?)?.ok_or_else(|| Problem::Unknown(id.to_owned()))?);
        made().map(|made| (made.whole, made.wire)).map_err(|problem| Error::new(&self.path, problem))
    }

    /// The group of the story that `id`, or the beginning of an id, names.
    pub(crate) fn team(&self, id: &str) -> Result<i64, Problem> {
        let sql = "SELECT DISTINCT d.id, p.team FROM document d JOIN version v ON v.document = d.number JOIN placed p ON p.version = v.number
                   WHERE d.id >= ?1 AND d.id < ?1 || '~' ORDER BY d.id LIMIT 2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let found = statement.query_map([id], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?.collect::<Result<Vec<(String, i64)>, _>>()?;
        match found.as_slice() {
            [] => Err(Problem::Unknown(id.to_owned())),
            [(_, team)] => Ok(*team),
            [(name, team), ..] if name == id => Ok(*team),
            _ => Err(Problem::Ambiguous(id.to_owned())),
        }
    }
}

/// The public name of the document a version is of.
pub(crate) fn document_id(connection: &Connection, version: i64) -> Result<String, Problem> {
    let sql = "SELECT d.id FROM version v JOIN document d ON d.number = v.document WHERE v.number = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([version], |row| row.get(0))?)
}

/// Bytes of a record that are hashed at once.
const PIECE: usize = 1 << 16;

/// What tells a record from any other.
pub(crate) fn digest(record: &wire::Record) -> [u8; 32] {
    let mut json = BufWriter::with_capacity(PIECE, blake3::Hasher::new());
    serde_json::to_writer(&mut json, record).expect("a record has only names for keys and no infinite numbers");
    let hasher = json.into_inner().expect("a hash takes whatever is written");
    *hasher.finalize().as_bytes()
}
