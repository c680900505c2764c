//! Whether an archive is whole: the file, every span, and that what is derived is what would be derived.

use crate::error::Problem;
use crate::ground::{loosen, received, squeezed};
use crate::making::{Made, digest};
use crate::words::ROOM;
use crate::{Archive, Error, name, rows};
use onrecord::account::{Account, pack as packing};
use onrecord::reader::{Reader, arithmetic};
use rusqlite::types::Value;
use rusqlite::{Transaction, TransactionBehavior};

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What is wrong, a line each; none in a whole archive.
    pub wrong: Vec<String>,
    /// How many documents there are.
    pub documents: usize,
    /// How many versions they have.
    pub versions: usize,
    /// How many stories.
    pub stories: usize,
    /// Stories whose records were made again and compared.
    pub remade: usize,
    /// Texts that were read again and compared.
    pub reread: usize,
}

/// Stories that a check makes again: enough that a fault of any part of the engine or the tables is likely to show.
const REMADE: i64 = 20;
/// Texts that it reads again, a third of a second each.
const REREAD: i64 = 3;

impl Archive {
    /// Looks through the archive. `reader` reads a few texts again.
    pub fn check(&self, reader: &Reader) -> Result<Findings, Error> {
        let mut findings = Findings::default();
        let looked = self.look_through(reader, &mut findings);
        match looked {
            Ok(()) => {}
            Err(Problem::Damaged(why)) => findings.wrong.push(why),
            Err(problem) => return Err(Error::new(&self.path, problem)),
        }
        Ok(findings)
    }

    fn look_through(&self, reader: &Reader, findings: &mut Findings) -> Result<(), Problem> {
        // What is in memory vouches for nothing.
        self.recent.borrow_mut().clear();
        let said: Vec<String> = self.rows("PRAGMA integrity_check", &[], |row| row.get(0))?;
        findings.wrong.extend(said.into_iter().filter(|line| line != "ok").map(|line| format!("SQLite: {line}")));
        if !findings.wrong.is_empty() {
            return Ok(());
        }
        let count = |table: &str| self.one::<i64>(&format!("SELECT count(*) FROM {table}"), &[]).map(|count| count as usize);
        (findings.documents, findings.versions, findings.stories) = (count("document")?, count("version")?, count("story")?);
        self.find_untraceable(findings)?;
        for version in self.numbers("SELECT number FROM version ORDER BY number")? {
            let (bytes, content): (i64, Vec<u8>) =
                self.connection.query_row("SELECT bytes, content FROM version WHERE number = ?1", [version], |row| Ok((row.get(0)?, row.get(1)?)))?;
            match received(&self.connection, version) {
                Ok(received) if received.document.text.len() as i64 != bytes => {
                    findings.wrong.push(format!("the text of version {version} has another length than was kept"));
                }
                Ok(received) if name::content(&received).as_slice() != content => {
                    findings.wrong.push(format!("version {version} is not what was received: its text, or what came with it, was changed"));
                }
                Ok(_) => {}
                Err(problem) => findings.wrong.push(problem.to_string()),
            }
        }
        let documents: Vec<(String, String)> = self.rows("SELECT id, address FROM document", &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for (id, address) in documents.iter().filter(|(id, address)| name::name('d', address) != *id) {
            findings.wrong.push(format!("document {id} has an address that is not its own: {address}"));
        }
        self.spans_of_tables(findings)?;
        self.remake(findings)?;
        self.reread(reader, findings)
    }

    /// Rows that lead nowhere.
    fn find_untraceable(&self, findings: &mut Findings) -> Result<(), Problem> {
        const QUESTIONS: [(&str, &str); 8] = [
            ("rows point at something that is not there", "SELECT count(*) FROM pragma_foreign_key_check"),
            ("documents have no version", "SELECT count(*) FROM document WHERE number NOT IN (SELECT document FROM version)"),
            (
                "documents are neither placed nor waiting to be",
                "SELECT count(*) FROM document d WHERE NOT EXISTS (SELECT 1 FROM version v WHERE v.document = d.number AND v.ordinal =
                   (SELECT max(ordinal) FROM version WHERE document = d.number) AND (v.number IN (SELECT version FROM placed) OR v.number IN (SELECT version FROM waiting)))",
            ),
            ("versions are placed that the reader has not read", "SELECT count(*) FROM placed WHERE version NOT IN (SELECT version FROM readout)"),
            (
                "placed documents are in no story, nor will be",
                "SELECT count(*) FROM placed WHERE version NOT IN (SELECT version FROM membership WHERE kind = 'own') AND team NOT IN (SELECT team FROM stale)",
            ),
            (
                "statements name a speaker who is not there",
                "SELECT count(*) FROM statement s WHERE speaker IS NOT NULL AND NOT EXISTS (SELECT 1 FROM person p WHERE p.team = s.team AND p.number = s.speaker)",
            ),
            ("articles cannot be searched", "SELECT count(*) FROM placed WHERE version NOT IN (SELECT id FROM article_text_docsize)"),
            (
                "statements cannot be searched",
                "SELECT count(*) FROM statement s WHERE team NOT IN (SELECT team FROM stale) AND NOT EXISTS (SELECT 1 FROM waiting)
                   AND EXISTS (SELECT 1 FROM placed p WHERE p.version = s.version) AND NOT EXISTS (SELECT 1 FROM statement_text_docsize t WHERE t.id = s.version * ROOM + s.number)",
            ),
        ];
        for (what, sql) in QUESTIONS {
            let count: i64 = self.one(&sql.replace("ROOM", &ROOM.to_string()), &[])?;
            if count > 0 {
                findings.wrong.push(format!("{count} {what}"));
            }
        }
        Ok(())
    }

    /// Whether every span in the table of statements lies in its text.
    fn spans_of_tables(&self, findings: &mut Findings) -> Result<(), Problem> {
        for version in self.numbers("SELECT DISTINCT version FROM statement ORDER BY version")? {
            if let Err(error) = self.spoken("WHERE st.version = ?1", &[&version]) {
                findings.wrong.push(error.to_string());
            }
        }
        Ok(())
    }

    /// Makes a few records again, taken evenly from all, and compares every row.
    fn remake(&self, findings: &mut Findings) -> Result<(), Problem> {
        let teams = self.numbers(&format!(
            "WITH fresh AS (SELECT team, row_number() OVER (ORDER BY team) AS place, count(*) OVER () AS total FROM story
                            WHERE team NOT IN (SELECT team FROM stale) AND NOT EXISTS (SELECT 1 FROM waiting))
             SELECT team FROM fresh ORDER BY (place - 1) % max(1, total / {REMADE}), team LIMIT {REMADE}"
        ))?;
        for team in teams {
            findings.remade += 1;
            let id: String = self.one("SELECT id FROM story WHERE team = ?1", &[&team])?;
            let again = self.members_of(team).and_then(|members| self.made(members));
            match again {
                Ok(made) => {
                    let kept: Vec<u8> = self.one("SELECT digest FROM story WHERE team = ?1", &[&team])?;
                    if kept != digest(&made.wire) || !self.has_rows(team, &made)? {
                        findings.wrong.push(format!("story {id}: made again, its record is another; run `onrecord rebuild`"));
                    }
                }
                Err(problem) => findings.wrong.push(format!("story {id}: {problem}")),
            }
        }
        Ok(())
    }

    /// Whether the rows of a story are those that its record gives.
    fn has_rows(&self, team: i64, made: &Made) -> Result<bool, Problem> {
        let before = self.dump_of(Some(team)).map_err(|error| Problem::Damaged(error.to_string()))?;
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        rows::replace(&transaction, team, made)?;
        let after = self.dump_of(Some(team)).map_err(|error| Problem::Damaged(error.to_string()))?;
        transaction.rollback()?;
        Ok(before == after)
    }

    /// Reads a few texts again, the latest, and compares what the reader finds; those that another processor read have nothing to be compared with.
    fn reread(&self, reader: &Reader, findings: &mut Findings) -> Result<(), Problem> {
        let sql = "SELECT version FROM readout WHERE model = ?1 AND engine = ?2 AND arithmetic = ?3 ORDER BY version DESC LIMIT ?4";
        let versions: Vec<i64> = self.rows(sql, &[&reader.version(), &crate::ENGINE, &arithmetic(), &REREAD], |row| row.get(0))?;
        for version in versions {
            findings.reread += 1;
            let account = Account::read(received(&self.connection, version)?, reader);
            if packing::pack(&account) != squeezed(&self.connection, version)?.loosen()? {
                findings.wrong.push(format!("version {version}: read again, the reader finds something else; run `onrecord rebuild --read`"));
            }
        }
        Ok(())
    }

    fn numbers(&self, sql: &str) -> Result<Vec<i64>, Problem> {
        self.rows(sql, &[], |row| row.get(0))
    }

    /// Every derived row, with public names for numbers, in an order of its own: two archives of the same documents give the same.
    pub fn dump(&self) -> Result<Vec<String>, Error> {
        self.dump_of(None)
    }

    /// The dump, or the part of it that is of one story.
    fn dump_of(&self, team: Option<i64>) -> Result<Vec<String>, Error> {
        let only = team.map_or(String::new(), |team| format!(" WHERE s.team = {team}"));
        const VERSION: &str = "(SELECT d.id FROM version v JOIN document d ON d.number = v.document WHERE v.number = t.version)";
        let of_story = |table: &str, columns: &str| format!("SELECT '{table}', s.id, {columns} FROM {table} t JOIN story s USING (team){only}");
        let tables = [
            format!("SELECT 'story', id, fingerprint IS NOT NULL, headline, first_day, last_day, documents, statements, conflicts, digest FROM story s{only}"),
            of_story("effect", "t.correction"),
            of_story("membership", &format!("t.place, {VERSION}, t.kind, t.why")),
            of_story("person", "t.number, t.id, t.name, t.kind, t.roles, t.statements"),
            of_story(
                "statement",
                &format!(
                    "{VERSION}, t.number, t.place, t.speaker, t.addressee, t.utterance, t.source, t.cue, t.content, t.form, t.act, t.factuality, t.sourcing, t.known_through, t.said_start, t.said_end"
                ),
            ),
            of_story("question", "t.number, t.text, t.status"),
            of_story("asking", "t.question, t.number, t.asker, t.addressee, t.answer, t.said_start, t.said_end"),
        ];
        let of_documents = [
            format!("SELECT 'outline', {VERSION}, outline FROM placed t"),
            "SELECT 'version', d.id, v.ordinal, v.content FROM version v JOIN document d ON d.number = v.document".to_owned(),
        ];
        let mut rows = Vec::new();
        for sql in tables.into_iter().chain(of_documents.into_iter().filter(|_| team.is_none())) {
            rows.extend(self.all(&sql, &[], |row| {
                let values = (0..row.as_ref().column_count()).map(|at| row.get::<_, Value>(at)).collect::<Result<Vec<_>, _>>()?;
                Ok(values.iter().map(shown).collect::<Vec<_>>().join("\t"))
            })?);
        }
        if team.is_none() {
            let sql = format!("SELECT {VERSION}, engine, model, meanings, packed FROM readout t WHERE version IN (SELECT version FROM placed)");
            let readouts: Vec<([Value; 4], Vec<u8>)> = self.all(&sql, &[], |row| Ok(([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?], row.get(4)?)))?;
            for (values, packed) in readouts {
                // By what was squeezed: earlier forms squeezed otherwise.
                let packed = Value::Blob(loosen(&packed).unwrap_or(packed));
                rows.push(["readout".to_owned()].into_iter().chain(values.iter().chain([&packed]).map(shown)).collect::<Vec<_>>().join("\t"));
            }
        }
        rows.sort();
        Ok(rows)
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text.escape_debug().to_string(),
        Value::Blob(bytes) => blake3::hash(bytes).to_hex().to_string(),
    }
}
