//! Runs the encoder over a text and decodes its heads: sources, cues, contents, how they belong together, and mentions.

use crate::mention::{MentionKind, MentionOf};
use std::ops::Range;

/// What the reader found in a text, in tokens. Everything after the encoder works from this.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Readout {
    /// Spans labelled source, cue or content, in order; spans of one role do not overlap.
    pub parts: Vec<Part>,
    /// For each part that is a content: the position in `parts` of its cue.
    pub cue_of: Vec<Option<Link>>,
    /// For each part that is a cue: the position in `parts` of its source; several cues may share one.
    pub source_of: Vec<Option<Link>>,
    /// Spans that stand for people, organizations, places and other named things, in order.
    pub mentions: Vec<Marked>,
}

/// A span with a role in a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its role.
    pub role: Role,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The mean probability of its labels, 0 to 1.
    pub score: f32,
}

/// The three roles of PolNeAR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Names who said it.
    Source,
    /// Says that it was said.
    Cue,
    /// What was said.
    Content,
}

/// A tie between two parts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The position in [`Readout::parts`] of the part tied to.
    pub to: usize,
    /// Its probability among the candidates, 0 to 1.
    pub score: f32,
}

/// A span that stands for somebody or something.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Name, description or pronoun.
    pub kind: MentionKind,
    /// What it points at.
    pub of: MentionOf,
    /// The mean probability of its labels, 0 to 1.
    pub score: f32,
}

/// The encoder with its heads, ready to run.
pub struct Reader {}

impl Reader {
    /// Labels the tokens of `text`.
    pub fn run(&self, _text: &str, _tokens: &crate::token::Tokens) -> Readout {
        Readout::default()
    }
}
