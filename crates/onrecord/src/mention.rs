//! Finds the words that stand for people, organizations and places: names, descriptions, pronouns.

use crate::reader::Readout;
use crate::sentence::Sentence;
use crate::text::{Layer, Span, Spanned};
use crate::token::Tokens;

/// Words that stand for somebody or something.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Its place; a name without its title ("Jeff Ode" in "Attorney General Jeff Ode"), a description whole.
    pub span: Span,
    /// Name, description or pronoun.
    pub kind: MentionKind,
    /// What it stands for.
    pub of: MentionOf,
    /// The title or office set before or after a name ("Attorney General", "a spokeswoman for the ministry").
    pub title: Option<Span>,
    /// How sure the reader is, 0 to 1.
    pub score: f32,
}

/// How a mention points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionKind {
    /// By a proper name.
    Name,
    /// By a noun phrase: "two sources close to the president".
    Description,
    /// By a personal pronoun.
    Pronoun,
}

/// What a mention points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionOf {
    /// One or more people.
    Person,
    /// A body of people: company, ministry, outlet, party, state speaking as such.
    Organization,
    /// A place.
    Place,
    /// Any other named thing: law, ship, programme.
    Other,
}

impl Spanned for Mention {
    fn span(&self) -> Span {
        self.span
    }
}

/// Finds the mentions of a text from the labels the reader gave its tokens.
pub fn find(_text: &str, _tokens: &Tokens, _sentences: &Layer<Sentence>, _readout: &Readout) -> Layer<Mention> {
    Layer::default()
}
