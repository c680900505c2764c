//! Traces on what footing a statement stands: the class of its source, and on whose word the document has it.

mod class;
mod relay;
mod words;

use crate::act::Acted;
use crate::act::frame::Frame;
use crate::document::Document;
use crate::entity::{Entities, Entity};
use crate::evidence::Evidence;
use crate::sentence::Sentence;
use crate::statement::Statement;
use crate::text::{Column, Id, Layer, Span};
use crate::token::Tokens;
use crate::zone::Zone;

/// The class of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceClass {
    /// A person with a name, also when a pronoun or a title stands for it.
    Named,
    /// People without names.
    Anonymous,
    /// A body speaking as such.
    Organization,
    /// A paper, report, lawsuit, study, record; "reports", "news".
    Document,
    /// A post on a social network.
    SocialPost,
    /// A news outlet, as a hand in the chain. An outlet that speaks as such is an [`SourceClass::Organization`].
    Outlet,
    /// No source is given.
    None,
}

impl SourceClass {
    /// On what footing a source stands, in plain words, where its name does not tell.
    pub fn footing(self) -> Option<&'static str> {
        match self {
            SourceClass::Anonymous => Some("unnamed"),
            SourceClass::Document => Some("a document"),
            SourceClass::SocialPost => Some("a post"),
            SourceClass::None => Some("nobody named"),
            SourceClass::Named | SourceClass::Organization | SourceClass::Outlet => None,
        }
    }
}

/// On whose word the document has the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KnownThrough {
    /// Said openly: quoted, at a briefing, in a post.
    OnRecord,
    /// On the word of people without names.
    Anonymous,
    /// On another outlet's word.
    Outlet,
    /// On a document's word.
    Document,
    /// The document's writer tells it without saying whence.
    Author,
}

/// The footing of one statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Sourcing {
    /// The class of its source.
    pub class: SourceClass,
    /// On whose word it is known.
    pub known_through: KnownThrough,
    /// The relays, nearest the reader first, the speaker last.
    pub chain: Vec<Relay>,
    /// The rules that said so.
    pub evidence: Vec<Evidence>,
}

/// One hand a statement went through.
#[derive(Clone, Debug, PartialEq)]
pub struct Relay {
    /// The words that name it.
    pub words: Option<Span>,
    /// Who it is.
    pub entity: Option<Id<Entity>>,
    /// Its class.
    pub class: SourceClass,
}

/// Traces the footing of every statement.
pub fn trace(
    document: &Document,
    tokens: &Tokens,
    zones: &Layer<Zone>,
    sentences: &Layer<Sentence>,
    entities: &Entities,
    statements: &Layer<Statement>,
    acts: &Column<Statement, Acted>,
) -> Column<Statement, Sourcing> {
    let frames = statements.iter().map(|statement| Frame::of(tokens, sentences, statement)).collect();
    let cx = Cx { text: &document.text, tokens, zones, sentences, entities, statements, acts, frames };
    let classed = class::of_all(&cx);
    let known = relay::known_through(&cx, &classed);
    Column::over(statements, |id, _| {
        let (known_through, why) = known[id.at()].clone();
        let source = &classed[id.at()];
        let chain = relay::chain(&cx, &classed, id);
        Sourcing { class: source.class, known_through, chain, evidence: vec![source.evidence.clone(), why] }
    })
}

/// What every rule of this stage may look at.
struct Cx<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    zones: &'a Layer<Zone>,
    sentences: &'a Layer<Sentence>,
    entities: &'a Entities,
    statements: &'a Layer<Statement>,
    acts: &'a Column<Statement, Acted>,
    frames: Vec<Frame>,
}

impl Cx<'_> {
    fn frame(&self, id: Id<Statement>) -> &Frame {
        &self.frames[id.at()]
    }

    fn zone(&self, id: Id<Statement>) -> Option<&Zone> {
        self.zones.holding(self.statements[id].reach().start()).map(|(_, zone)| zone)
    }

    /// The statement around `id`, unless it stands within itself.
    fn parent(&self, id: Id<Statement>) -> Option<Id<Statement>> {
        self.statements[id].within.filter(|parent| *parent != id)
    }
}

/// How deep statements may be nested before a chain of `within` is taken for a ring.
const DEEPEST: usize = 12;
