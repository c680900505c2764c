//! What one entity of one document shows to those who ask whether they know it.

use crate::account::Account;
use crate::entity::look::{Role, titles};
use crate::entity::{Entity, EntityKind, body};
use crate::lexicon;
use crate::mention::MentionKind;
use crate::record::{Place, Ref};
use crate::text::Span;
use crate::token::tokenize;
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// An entity as others see it.
pub(super) struct Face<'a> {
    pub at: Ref<Entity>,
    pub entity: &'a Entity,
    /// Whether a name stands for it somewhere.
    pub is_named: bool,
    /// Its name in lower case, word by word; without "the" and possessive s.
    pub words: Vec<String>,
    /// The same with the words for states replaced by the state: "chinese", "beijing" and "china" are one.
    pub key: Vec<String>,
    /// Every other name it goes by, as `key`.
    pub other_keys: Vec<Vec<String>>,
    /// The titles and offices it holds, or as which it is described.
    pub roles: Vec<Role>,
    /// Where it is first named; the beginning of the text if it is not.
    pub place: Place,
}

/// Entities of all documents, in order.
pub(super) fn of_all<'a>(accounts: &[&'a Account]) -> Vec<Face<'a>> {
    let entities = accounts.iter().enumerate().flat_map(|(document, account)| account.reading.entities.layer.ids().map(move |id| Ref::new(document, id)));
    let entities: Vec<Ref<Entity>> = entities.collect();
    entities.into_par_iter().map(|at| face(accounts, at)).collect()
}

fn face<'a>(accounts: &[&'a Account], at: Ref<Entity>) -> Face<'a> {
    let reading = at.reading(accounts);
    let entity = &reading.entities.layer[at.id];
    let mentions = || entity.mentions.iter().map(|id| &reading.mentions[*id]);
    let is_named = entity.is_named(&reading.mentions);
    let first = mentions().find(|mention| mention.kind == MentionKind::Name).or_else(|| mentions().next()).map(|mention| mention.span);
    let words = words_of(&entity.name);
    let described = (entity.kind == EntityKind::Office || !is_named).then_some(&entity.name);
    let roles = entity.roles.iter().chain(described).flat_map(|role| roles_of(role)).collect();
    let other_keys = entity.aliases.iter().map(|alias| key_of(&words_of(alias))).collect();
    Face { at, entity, is_named, key: key_of(&words), other_keys, words, roles, place: at.place(first.unwrap_or(Span::new(0, 0))) }
}

/// A name in lower case, word by word.
pub(super) fn words_of(name: &str) -> Vec<String> {
    let tokens = tokenize(name);
    let words = crate::entity::look::content_words(&tokens, 0..tokens.len());
    body::key(&words)
}

/// The titles and offices a phrase tells.
pub(super) fn roles_of(role: &str) -> Vec<Role> {
    let tokens = tokenize(role);
    let mut roles = titles(&tokens, 0..tokens.len());
    for role in &mut roles {
        role.modifiers = key_of(&role.modifiers);
    }
    roles
}

#[derive(Deserialize)]
struct Lexicon {
    states: HashMap<String, Vec<String>>,
}

/// `words` with those that stand for a state replaced by its name.
pub(super) fn key_of(words: &[String]) -> Vec<String> {
    let mut key = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let longest = STATES.longest.get(&words[at]).copied().unwrap_or(0).min(words.len() - at);
        let run = (1..=longest).rev().find_map(|len| state(&words[at..at + len].join(" ")).map(|state| (len, state)));
        let (len, word) = run.unwrap_or((1, &words[at]));
        key.push(word.to_owned());
        at += len;
    }
    key
}

/// The names of states, in lower case.
struct States {
    /// The state that a name stands for.
    named: HashMap<String, String>,
    /// By its first word, how many words the longest such name has.
    longest: HashMap<String, usize>,
}

static STATES: LazyLock<States> = LazyLock::new(|| {
    let lexicon: Lexicon = lexicon::parse(include_str!("../../../../lexicon/state.toml"));
    let of_state = |(state, words): (String, Vec<String>)| words.into_iter().chain([state.clone()]).map(|word| (word, state.clone())).collect::<Vec<_>>();
    let named: HashMap<String, String> = lexicon.states.into_iter().flat_map(of_state).collect();
    let mut longest: HashMap<String, usize> = HashMap::new();
    for name in named.keys() {
        let words: Vec<&str> = name.split(' ').collect();
        let len = longest.entry(words[0].to_owned()).or_default();
        *len = words.len().max(*len);
    }
    States { named, longest }
});

/// The state that these words in lower case stand for.
pub(super) fn state(words: &str) -> Option<&'static str> {
    STATES.named.get(words).map(String::as_str)
}
