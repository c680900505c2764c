//! The JSON that leaves Onrecord, versioned: `onrecord.reading/1` and `onrecord.record/1`, and the names their labels go by.
//!
//! Spans are half-open UTF-8 bytes into the document's `text`; dates are ISO, `null` where unknown; an unknown label is
//! refused on the way in. The schemas are `docs/onrecord.reading-1.schema.json` and `docs/onrecord.record-1.schema.json`.

mod reading;
pub mod record;
pub mod revision;

pub use reading::{Addressee, Dating, Document, Entity, Evidence, Interval, Mention, Note, READING, Reading, Relay, Statement, Time, Words, Zone};
pub use record::{RECORD, Record};

use crate::act::{Act, Factuality};
use crate::compare::RelationKind;
use crate::document::Dated;
use crate::entity::EntityKind;
use crate::mention::{MentionKind, MentionOf};
use crate::question::{Answer, Status};
use crate::reader::Role;
use crate::revision::{How, Matter};
use crate::sourcing::{KnownThrough, SourceClass};
use crate::statement::Form;
use crate::story::CopyKind;
use crate::time::{Granularity, TimeKind};
use crate::utterance::Rendering;
use crate::zone::ZoneKind;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A label that has a name on the wire, in rule pages and on the terminal.
pub trait Named: Copy + Sized + 'static {
    /// Every value, in the order of its declaration.
    const ALL: &'static [Self];
    /// Its name, in snake case.
    fn name(self) -> &'static str;
    /// The value of this name.
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.name() == name)
    }
}

macro_rules! named {
    ($($kind:ident { $($value:ident = $name:literal),+ $(,)? })+) => {$(
        impl Named for $kind {
            const ALL: &'static [Self] = &[$($kind::$value),+];
            fn name(self) -> &'static str {
                match self { $($kind::$value => $name),+ }
            }
        }
        impl Serialize for $kind {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
        impl<'de> Deserialize<'de> for $kind {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let name = std::borrow::Cow::<str>::deserialize(deserializer)?;
                Self::from_name(&name).ok_or_else(|| serde::de::Error::custom(format!("no {} is called {name}", stringify!($kind))))
            }
        }
    )+};
}

named! {
    ZoneKind {
        Headline = "headline", Byline = "byline", Dateline = "dateline", Reporting = "reporting", Commentary = "commentary",
        Turn = "turn", Excerpt = "excerpt", ReaderComment = "reader_comment", Caption = "caption", Furniture = "furniture",
    }
    MentionKind { Name = "name", Description = "description", Pronoun = "pronoun" }
    MentionOf { Person = "person", Organization = "organization", Place = "place", Other = "other" }
    EntityKind {
        Person = "person", Organization = "organization", Office = "office", Group = "group", Outlet = "outlet",
        Anonymous = "anonymous", Thing = "thing",
    }
    TimeKind { Date = "date", Time = "time", Duration = "duration", Set = "set" }
    Granularity {
        Day = "day", Week = "week", Month = "month", Quarter = "quarter", Year = "year", Longer = "longer", About = "about", Bounded = "bounded",
    }
    Role { Source = "source", Cue = "cue", Content = "content" }
    Form { Direct = "direct", Mixed = "mixed", Indirect = "indirect" }
    Act {
        Assertion = "assertion", Question = "question", Answer = "answer", NonAnswer = "non_answer", Refusal = "refusal", Denial = "denial",
        Promise = "promise", Demand = "demand", Offer = "offer", Threat = "threat", Thought = "thought",
    }
    Factuality {
        Actual = "actual", Negated = "negated", Questioned = "questioned", Hypothetical = "hypothetical", Presupposed = "presupposed", Invented = "invented",
    }
    SourceClass {
        Named = "named", Anonymous = "anonymous", Organization = "organization", Document = "document", SocialPost = "social_post", Outlet = "outlet", None = "none",
    }
    KnownThrough { OnRecord = "on_record", Anonymous = "anonymous", Outlet = "outlet", Document = "document", Author = "author" }
    Rendering {
        Verbatim = "verbatim", Shortened = "shortened", Altered = "altered", Paraphrased = "paraphrased", Softened = "softened", Hardened = "hardened",
    }
    Answer { Affirm = "affirm", Deny = "deny", Partial = "partial", NonAnswer = "non_answer", Declined = "declined", None = "none" }
    Status { Open = "open", Answered = "answered", Disputed = "disputed" }
    RelationKind { Corroborates = "corroborates", Repeats = "repeats", Conflicts = "conflicts", Supersedes = "supersedes" }
    Dated { BySource = "source", ByUser = "user" }
    Matter {
        Quotation = "quotation", Attribution = "attribution", Statement = "statement", Title = "title", Byline = "byline", Outlet = "outlet",
        Published = "published", Text = "text",
    }
    How { Dropped = "dropped", Altered = "altered", Added = "added" }
    CopyKind { NearCopy = "near_copy", Contained = "contained", SharedPassage = "shared_passage" }
}
