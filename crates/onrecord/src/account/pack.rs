//! What of an account only the encoder can give, in few bytes: with the document, all the rest is made again at little cost.
//!
//! The readout is kept without the meanings of its tokens, and beside it the meaning of each statement, by which an archive is searched.
//! Its bytes begin with the number of their form; bytes of another form, or that do not fit the document, are an error and never a wrong
//! account.

use super::Account;
use crate::document::Received;
use crate::mention::{MentionKind, MentionOf};
use crate::packing::{NoNumber, put, take};
use crate::read;
use crate::reader::meaning::Meanings;
use crate::reader::{Link, Marked, Part, Readout, Role};
use crate::similar::{SIZE, Vector};
use crate::story;
use crate::text::Column;
use crate::wire::Named;
use std::ops::Range;

/// The form of the bytes, as their first byte tells.
pub const FORM: u8 = 3;

/// Bytes that are not what the encoder found in this document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// What does not fit.
    pub why: &'static str,
}

impl std::fmt::Display for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "these bytes are not what the reader found in this document: {}", self.why)
    }
}

impl std::error::Error for Unfit {}

/// What only the encoder can give of an account, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// What was marked in the text.
    pub readout: Vec<u8>,
    /// The meaning of one statement after the other, [`SIZE`] bytes each.
    pub meanings: Vec<u8>,
}

/// What only the encoder can give of `account`.
pub fn pack(account: &Account) -> Packed {
    let readout = &account.reading.readout;
    let mut out = Numbers { bytes: vec![FORM] };
    out.labels(readout);
    out.number(readout.mentions.len());
    let mut from = 0;
    for marked in &readout.mentions {
        from = out.range(&marked.tokens, from);
        out.bytes.push((place(marked.kind) * MentionOf::ALL.len() + place(marked.of)) as u8);
        out.score(marked.score);
    }
    match &readout.nested {
        Some(nested) => {
            out.number(1);
            out.labels(nested);
        }
        None => out.number(0),
    }
    Packed { readout: out.bytes, meanings: account.vectors.iter().flat_map(Vector::bytes).collect() }
}

/// The account that [`pack`] made these bytes of, made again from the document as it was received.
pub fn unpack(received: Received, packed: &Packed) -> Result<Account, Unfit> {
    let mut rest = Rest { bytes: &packed.readout, tokens: read::tokens_of(&received.document.text).len() };
    if rest.byte()? != FORM {
        return Err(Unfit { why: "they are of another form" });
    }
    let mut readout = rest.labels()?;
    readout.mentions = rest.mentions()?;
    if rest.number()? == 1 {
        readout.nested = Some(Box::new(rest.labels()?));
    }
    if !rest.bytes.is_empty() {
        return Err(Unfit { why: "they go on after their end" });
    }
    let reading = received.read(|document| read::read_again(document, readout));
    if packed.meanings.len() != reading.statements.len() * SIZE {
        return Err(Unfit { why: "there are meanings of another number of statements" });
    }
    let vectors = packed.meanings.chunks_exact(SIZE).map(Vector::of_bytes).collect();
    let (sketch, vectors) = (story::sketch(&reading), Column::from_vec(&reading.statements, vectors));
    Ok(Account { reading, sketch, vectors })
}

/// Scores are whole thousandths.
const THOUSAND: f32 = 1000.0;

/// The position of a label among its kind.
fn place<T: Named + PartialEq>(label: T) -> usize {
    T::ALL.iter().position(|other| *other == label).expect("a label is one of its kind")
}

/// Bytes in the making. Numbers take seven bits a byte, the low ones first; positions count from the one before.
struct Numbers {
    bytes: Vec<u8>,
}

impl Numbers {
    fn number(&mut self, number: usize) {
        put(&mut self.bytes, number as u64);
    }

    /// What a score lacks to 1 in thousandths, as which the reader gives it: most are a byte.
    fn score(&mut self, score: f32) {
        self.number(((1.0 - score) * THOUSAND).round().clamp(0.0, THOUSAND) as usize);
    }

    /// Where a range starts after `from`, and how long it is; gives its start.
    fn range(&mut self, range: &Range<usize>, from: usize) -> usize {
        self.number(range.start - from);
        self.number(range.end - range.start);
        range.start
    }

    fn labels(&mut self, readout: &Readout) {
        self.number(readout.parts.len());
        let mut from = 0;
        for (at, part) in readout.parts.iter().enumerate() {
            from = self.range(&part.tokens, from);
            self.bytes.push(place(part.role) as u8);
            self.score(part.score);
            for link in [readout.cue_of[at], readout.source_of[at]] {
                match link {
                    Some(link) => {
                        self.number(link.to + 1);
                        self.score(link.score);
                    }
                    None => self.number(0),
                }
            }
        }
    }
}

/// What is left of the bytes, and the tokens of the document they are of.
struct Rest<'a> {
    bytes: &'a [u8],
    tokens: usize,
}

impl Rest<'_> {
    fn byte(&mut self) -> Result<u8, Unfit> {
        let (first, rest) = self.bytes.split_first().ok_or(ENDED)?;
        self.bytes = rest;
        Ok(*first)
    }

    fn number(&mut self) -> Result<usize, Unfit> {
        let number = take(&mut self.bytes).map_err(|why| match why {
            NoNumber::Ended => ENDED,
            NoNumber::TooLarge => TOO_LARGE,
        })?;
        u32::try_from(number).map(|number| number as usize).map_err(|_| TOO_LARGE)
    }

    /// A number of things of which each takes at least one byte.
    fn count(&mut self) -> Result<usize, Unfit> {
        let count = self.number()?;
        if count > self.bytes.len() { Err(ENDED) } else { Ok(count) }
    }

    fn score(&mut self) -> Result<f32, Unfit> {
        let lacks = self.number()?;
        if lacks <= THOUSAND as usize { Ok((THOUSAND - lacks as f32) / THOUSAND) } else { Err(Unfit { why: "a score is no share" }) }
    }

    fn range(&mut self, from: usize) -> Result<Range<usize>, Unfit> {
        let start = from + self.number()?;
        let end = start + self.number()?;
        if start < end && end <= self.tokens { Ok(start..end) } else { Err(Unfit { why: "a span lies outside the text" }) }
    }

    fn label<T: Named>(&mut self) -> Result<T, Unfit> {
        T::ALL.get(usize::from(self.byte()?)).copied().ok_or(NO_LABEL)
    }

    fn link(&mut self) -> Result<Option<Link>, Unfit> {
        match self.number()? {
            0 => Ok(None),
            to => Ok(Some(Link { to: to - 1, score: self.score()? })),
        }
    }

    fn labels(&mut self) -> Result<Readout, Unfit> {
        let mut readout = Readout::default();
        let mut from = 0;
        for _ in 0..self.count()? {
            let tokens = self.range(from)?;
            from = tokens.start;
            readout.parts.push(Part { tokens, role: self.label()?, score: self.score()? });
            readout.cue_of.push(self.link()?);
            readout.source_of.push(self.link()?);
        }
        let is_tied = |links: &[Option<Link>], role: Role| links.iter().flatten().all(|link| readout.parts.get(link.to).is_some_and(|part| part.role == role));
        if is_tied(&readout.cue_of, Role::Cue) && is_tied(&readout.source_of, Role::Source) { Ok(readout) } else { Err(Unfit { why: "a link leads nowhere" }) }
    }

    fn mentions(&mut self) -> Result<Vec<Marked>, Unfit> {
        let (mut mentions, mut from) = (Vec::new(), 0);
        for _ in 0..self.count()? {
            let tokens = self.range(from)?;
            from = tokens.start;
            let label = usize::from(self.byte()?);
            let kind = *MentionKind::ALL.get(label / MentionOf::ALL.len()).ok_or(NO_LABEL)?;
            let of = MentionOf::ALL[label % MentionOf::ALL.len()];
            mentions.push(Marked { tokens, kind, of, score: self.score()? });
        }
        Ok(mentions)
    }
}

const TOO_LARGE: Unfit = Unfit { why: "a number is too large" };
const ENDED: Unfit = Unfit { why: "they end too early" };
const NO_LABEL: Unfit = Unfit { why: "a label is none of ours" };

impl Account {
    /// The same account as [`unpack`] makes it: without the meanings of its tokens, which nothing needs after the statements'.
    pub fn without_tokens(mut self) -> Account {
        self.reading.readout.meanings = Meanings::default();
        if let Some(nested) = &mut self.reading.readout.nested {
            nested.meanings = Meanings::default();
            nested.mentions = Vec::new();
        }
        self
    }
}
