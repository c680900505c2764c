//! Follows one statement to the root it rests on, through the hands its document names.

use crate::account::Account;
use crate::compare::words::lexicon;
use crate::entity::EntityKind;
use crate::person::{People, Person};
use crate::record::{Place, Ref, Told};
use crate::sourcing::{KnownThrough, Relay, SourceClass};
use crate::text::Id;

/// The root of one statement.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Root {
    /// Who it is, where that is one somebody.
    pub(crate) person: Option<Id<Person>>,
    /// The words that name it.
    pub(crate) words: Option<Place>,
    /// On what footing it stands.
    pub(crate) class: SourceClass,
    /// The hands it went through, nearest the reader first.
    pub(crate) through: Vec<Id<Person>>,
    /// Whether its own words tell it from another unnamed source of the document ("a second source").
    pub(crate) apart: Apart,
    /// Whether the chain was whole.
    pub(crate) chain: Chain,
    /// The statement that leads to it.
    pub(crate) told: Told,
}

/// How far a chain leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chain {
    /// To a root it names.
    Whole,
    /// Back to a hand it went through already; it is cut there.
    Loop,
    /// To nobody: the writer does not say whence he has it.
    Cut,
}

/// Whether an unnamed source is told from the others of its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Apart {
    /// It is: "a second source", "another official".
    Told,
    /// It may be any of them.
    Untold,
}

/// The root of `told`: the speaker where he speaks openly, else the one on whose word it is known. A chain that turns
/// back on itself is cut where it does.
pub(crate) fn of(accounts: &[&Account], people: &People, told: Told) -> Root {
    let sourcing = &told.reading(accounts).sourcing[told.id];
    let person = |relay: &Relay| relay.entity.map(|id| people.of(Ref::new(told.document, id)));
    let mut chain: Vec<&Relay> = Vec::new();
    for relay in &sourcing.chain {
        let seen = person(relay).is_some_and(|id| chain.iter().any(|before| person(before) == Some(id)));
        if !seen {
            chain.push(relay);
        }
    }
    let turns_back = chain.len() < sourcing.chain.len();
    let end = match sourcing.known_through {
        // What a report says stands on the report, also where somebody else speaks of it.
        KnownThrough::OnRecord if matches!(sourcing.class, SourceClass::Document | SourceClass::Outlet) => {
            chain.iter().rposition(|relay| relay.class == sourcing.class)
        }
        KnownThrough::OnRecord => chain.len().checked_sub(1),
        KnownThrough::Anonymous => chain.iter().rposition(|relay| relay.class == SourceClass::Anonymous),
        KnownThrough::Outlet => chain.iter().rposition(|relay| is_outlet(people, person(relay), relay.class)),
        KnownThrough::Document => chain.iter().rposition(|relay| relay.class == SourceClass::Document),
        KnownThrough::Author => None,
    };
    let last = chain.len().checked_sub(1).filter(|_| !matches!(sourcing.class, SourceClass::Document | SourceClass::Outlet));
    let at = end.or(last).filter(|_| sourcing.known_through != KnownThrough::Author);
    let Some(at) = at else {
        return Root { person: None, words: None, class: SourceClass::None, through: Vec::new(), apart: Apart::Untold, chain: Chain::Cut, told };
    };
    let relay = chain[at];
    Root {
        person: person(relay),
        words: relay.words.map(|span| told.place(span)),
        class: relay.class,
        through: chain[..at].iter().filter_map(|relay| person(relay)).collect(),
        apart: apart(accounts, told, relay),
        chain: if turns_back { Chain::Loop } else { Chain::Whole },
        told,
    }
}

fn is_outlet(people: &People, person: Option<Id<Person>>, class: SourceClass) -> bool {
    class == SourceClass::Outlet || person.is_some_and(|id| people.layer[id].kind == EntityKind::Outlet)
}

fn apart(accounts: &[&Account], told: Told, relay: &Relay) -> Apart {
    let reading = told.reading(accounts);
    let range = relay.words.map_or(0..0, |words| reading.tokens.within(words));
    let from = range.start.saturating_sub(1);
    if relay.class == SourceClass::Anonymous && lexicon().apart.find(&reading.tokens, from..range.end).is_some() { Apart::Told } else { Apart::Untold }
}
