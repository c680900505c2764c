//! Scores names against GUM: the same place, and the same place and type.

use crate::gum::Named;
use crate::tally::Prf;
use onrecord::mention::{MentionKind, MentionOf};
use onrecord::read::{Reading, read};
use onrecord::reader::Reader;
use onrecord::{Document, Span};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A name of the gold or of ours.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The document.
    pub document: String,
    /// Its place.
    pub span: Span,
    /// What it names in the gold; `None` if it is no name there.
    pub want: Option<MentionOf>,
    /// What it names to us.
    pub got: Option<MentionOf>,
}

/// Everything measured.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    /// The same place.
    pub untyped: Prf,
    /// The same place and type.
    pub typed: Prf,
    /// Every name.
    pub items: Vec<Item>,
}

/// Reads and scores every document, side by side on all cores.
pub fn score(documents: &[Named], reader: &Reader) -> Scored {
    let one = |reader: &mut Reader, document: &Named| compare(document, &read(Document::new(&document.name, &document.text), reader));
    let each: Vec<Vec<Item>> = documents.par_iter().map_init(|| reader.on_one_core(), one).collect();
    let items: Vec<Item> = each.into_iter().flatten().collect();
    let count = |holds: fn(&Item) -> bool| items.iter().filter(|item| holds(item)).count();
    let (ours, gold) = (count(|item| item.got.is_some()), count(|item| item.want.is_some()));
    let untyped = Prf { hits: count(|item| item.got.is_some() && item.want.is_some()), ours, gold };
    let typed = Prf { hits: count(|item| item.got.is_some() && item.want == item.got), ours, gold };
    Scored { untyped, typed, items }
}

fn compare(document: &Named, reading: &Reading) -> Vec<Item> {
    type Sides = (Option<MentionOf>, Option<MentionOf>);
    let mut places: BTreeMap<Span, Sides> = BTreeMap::new();
    for (span, of) in &document.names {
        places.entry(*span).or_default().0 = Some(*of);
    }
    for mention in reading.mentions.iter().filter(|mention| mention.kind == MentionKind::Name) {
        places.entry(mention.span).or_default().1 = Some(mention.of);
    }
    places.into_iter().map(|(span, (want, got))| Item { document: document.name.clone(), span, want, got }).collect()
}
