//! The way of a document, from its bytes to its reading: every stage in order, each adding one frozen layer.
//!
//! Each function takes only the layers it needs, so the signatures are the graph.

use crate::act::{self, Acted};
use crate::addressee::{self, Addressee};
use crate::correction::Fixes;
use crate::document::Document;
use crate::entity::{self, Entities};
use crate::evidence::Note;
use crate::language;
use crate::mention::{self, Mention};
use crate::quotation::{self, Quotation};
use crate::reader::{Reader, Readout};
use crate::said::{self, Said};
use crate::sentence::{self, Sentence};
use crate::sourcing::{self, Sourcing};
use crate::statement::{self, Statement};
use crate::text::{Column, Layer};
use crate::time::{self, Dating, Time};
use crate::token::{self, Tokens};
use crate::zone::{self, Zone};

/// Everything that was read from one document, layer by layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The document as received.
    pub document: Document,
    /// `zone::divide`
    pub zones: Layer<Zone>,
    /// `token::tokenize`
    pub tokens: Tokens,
    /// `sentence::split`
    pub sentences: Layer<Sentence>,
    /// `quotation::pair`
    pub quotations: Layer<Quotation>,
    /// `reader::run`
    pub readout: Readout,
    /// `mention::find`
    pub mentions: Layer<Mention>,
    /// `time::find`
    pub times: Layer<Time>,
    /// The document's own date, also of `time::find`
    pub dating: Dating,
    /// `statement::find`
    pub statements: Layer<Statement>,
    /// `entity::cluster`
    pub entities: Entities,
    /// `act::classify`
    pub acts: Column<Statement, Acted>,
    /// `sourcing::trace`
    pub sourcing: Column<Statement, Sourcing>,
    /// `said::date`
    pub said: Column<Statement, Said>,
    /// `addressee::find`
    pub addressees: Column<Statement, Addressee>,
    /// What was odd.
    pub notes: Vec<Note>,
}

/// Reads `document` with `reader`; the same document always gives the same reading. In a text that is not English no
/// statement is looked for, and a note says so.
pub fn read(document: Document, reader: &Reader) -> Reading {
    read_with(document, |text, tokens| reader.run(text, tokens))
}

/// Reads `document` again from what the encoder found in it before: the same reading, but for the meanings of its tokens, at a
/// small part of its cost.
pub fn read_again(document: Document, readout: Readout) -> Reading {
    read_with(document, |_, _| readout)
}

/// The tokens of a document as every stage has them: without what its page set into the middle of sentences.
pub fn tokens_of(text: &str) -> Tokens {
    token::tokenize_around(text, zone::inserts(text))
}

fn read_with(document: Document, run: impl FnOnce(&str, &Tokens) -> Readout) -> Reading {
    let text = document.text.as_str();
    let tokens = tokens_of(text);
    if let Some(note) = language::note(text, &tokens) {
        let zones = zone::divide(&document, &tokens);
        let mut reading = read_through(document, tokens, Readout::default(), zones, Some(Layer::default()));
        reading.notes.insert(0, note);
        return reading;
    }
    let readout = run(text, &tokens);
    read_marked(document, tokens, readout)
}

/// Reads `document` as if the encoder had found `readout`: every stage after it, for tests and for gold spans.
pub fn read_marked(document: Document, tokens: Tokens, readout: Readout) -> Reading {
    let zones = zone::divide(&document, &tokens);
    read_through(document, tokens, readout, zones, None)
}

/// Reads `document` as if its zones, readout and statements were known: the stages after `statement::find` alone,
/// for evaluation with gold. `statements` must be sorted by where they stand, as [`Layer::sorted`] does.
pub fn read_stated(document: Document, tokens: Tokens, readout: Readout, zones: Layer<Zone>, statements: Layer<Statement>) -> Reading {
    read_through(document, tokens, readout, zones, Some(statements))
}

/// Reads the document of `reading` again from its statements on, as if they were `statements`, with what persons corrected.
pub(crate) fn read_fixed(reading: Reading, statements: Layer<Statement>, fixes: &Fixes<'_>) -> Reading {
    let Reading { document, zones, tokens, sentences, quotations, readout, mentions, times, dating, notes, .. } = reading;
    Stated { document, zones, tokens, sentences, quotations, readout, mentions, times, dating, notes, statements }.read(fixes)
}

fn read_through(document: Document, tokens: Tokens, readout: Readout, zones: Layer<Zone>, given: Option<Layer<Statement>>) -> Reading {
    let text = document.text.as_str();
    let sentences = sentence::split(text, &tokens, &zones);
    let (quotations, mut notes) = quotation::pair(text, &tokens, &sentences);
    notes.extend(tokens.left_out().iter().map(|span| zone::insert_note(*span)));
    let mentions = mention::find(text, &tokens, &zones, &readout);
    let (times, dating, more) = time::find(&document, &tokens, &zones, &sentences);
    notes.extend(more);
    let statements = given.unwrap_or_else(|| statement::find(text, &tokens, &zones, &sentences, &quotations, &readout));
    Stated { document, zones, tokens, sentences, quotations, readout, mentions, times, dating, notes, statements }.read(&Fixes::default())
}

/// A document on its way, once its statements are found.
struct Stated {
    document: Document,
    zones: Layer<Zone>,
    tokens: Tokens,
    sentences: Layer<Sentence>,
    quotations: Layer<Quotation>,
    readout: Readout,
    mentions: Layer<Mention>,
    times: Layer<Time>,
    dating: Dating,
    notes: Vec<Note>,
    statements: Layer<Statement>,
}

impl Stated {
    /// The rest of the way: who speaks, what each statement does, on what footing it stands, when and to whom it was said.
    fn read(self, fixes: &Fixes<'_>) -> Reading {
        let Stated { document, zones, tokens, sentences, quotations, readout, mentions, times, dating, notes, statements } = self;
        let text = document.text.as_str();
        let entities = fixes.speakers(entity::cluster(&document, &tokens, &zones, &sentences, &quotations, &mentions, &statements));
        let acts = fixes.acts(act::classify(text, &tokens, &zones, &sentences, &statements));
        let sourcing = fixes.sourcing(sourcing::trace(&document, &tokens, &zones, &sentences, &entities, &statements, &acts));
        let said = said::date(text, &tokens, &zones, &sentences, &times, &dating, &entities, &statements);
        let addressees = addressee::find(text, &tokens, &sentences, &mentions, &entities, &statements, &acts);
        Reading {
            document,
            zones,
            tokens,
            sentences,
            quotations,
            readout,
            mentions,
            times,
            dating,
            statements,
            entities,
            acts,
            sourcing,
            said,
            addressees,
            notes,
        }
    }
}
