//! The words by which people, bodies and outlets are titled and described.

use crate::lexicon::{self, Phrases, plural};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// How many a noun means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    One,
    Many,
}

/// Nouns in singular and plural: each form with its singular and its number.
#[derive(Default)]
pub(crate) struct Nouns {
    forms: HashMap<String, (String, Number)>,
}

impl Nouns {
    fn new<'a>(nouns: impl IntoIterator<Item = &'a String>) -> Nouns {
        let mut forms = HashMap::new();
        for noun in nouns {
            forms.insert(plural(noun), (noun.clone(), Number::Many));
        }
        // A form that is singular of its own wins: "people" is in the lists as such.
        let mut nouns = Nouns { forms };
        for (noun, _) in nouns.forms.values().cloned().collect::<Vec<_>>() {
            nouns.forms.insert(noun.clone(), (noun, Number::One));
        }
        nouns
    }

    /// The singular and the number of `word`, if it is one of the nouns.
    pub(crate) fn get(&self, word: &str) -> Option<(&str, Number)> {
        self.forms.get(word).map(|(base, number)| (base.as_str(), *number))
    }

    /// Whether `word` is a form of one of the nouns.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.forms.contains_key(word)
    }
}

#[derive(Deserialize)]
struct RoleFile {
    heads: Vec<String>,
    modifiers: HashSet<String>,
    offices: Vec<String>,
    other_times: Phrases,
    fields: HashSet<String>,
    masculine: HashSet<String>,
    feminine: HashSet<String>,
    ranks: HashSet<String>,
    before: HashSet<String>,
    short: HashMap<String, String>,
}

#[derive(Deserialize)]
struct PersonFile {
    anonymous: Vec<String>,
    groups: Vec<String>,
    feminine: Vec<String>,
    masculine: Vec<String>,
    spokespeople: Vec<String>,
    ordinals: HashSet<String>,
    anaphoric: HashSet<String>,
    kin: HashSet<String>,
    compounds: HashSet<String>,
    particles: HashSet<String>,
}

#[derive(Deserialize)]
struct OrganizationFile {
    suffixes: HashSet<String>,
    companies: Vec<String>,
    public: Vec<String>,
    loose: HashSet<String>,
    grouped: HashSet<String>,
    plural: HashSet<String>,
}

#[derive(Deserialize)]
struct OutletFile {
    names: HashSet<String>,
    nouns: Vec<String>,
    works: Vec<String>,
    reporting: Vec<String>,
    general: Vec<String>,
}

#[derive(Deserialize)]
struct PronounFile {
    masculine: HashSet<String>,
    feminine: HashSet<String>,
    neuter: HashSet<String>,
    plural: HashSet<String>,
    speaker: HashSet<String>,
    addressee: HashSet<String>,
    possessive: HashSet<String>,
    object: HashSet<String>,
    reflexive: HashSet<String>,
    told_apart: HashSet<String>,
}

#[derive(Deserialize)]
struct NicknameFile {
    short: HashMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct FirstNameFile {
    female: HashSet<String>,
    male: HashSet<String>,
    female_endings: Vec<String>,
    male_endings: Vec<String>,
}

/// Everything this part of the engine knows of words.
pub(crate) struct Words {
    /// Heads of titles: "secretary", "attorney general".
    pub roles: Nouns,
    pub role_phrases: Phrases,
    pub modifiers: HashSet<String>,
    pub offices: HashSet<String>,
    /// What leads to holders of an office at other times: "under President Ode".
    pub other_times: Phrases,
    /// Offices that go on with a field: "Secretary of State".
    pub fields: HashSet<String>,
    pub courtesy_masculine: HashSet<String>,
    pub courtesy_feminine: HashSet<String>,
    pub ranks: HashSet<String>,
    pub before: HashSet<String>,
    pub short: HashMap<String, String>,
    /// Nouns for people, roles included.
    pub people: Nouns,
    pub anonymous: Nouns,
    pub feminine: Nouns,
    pub masculine: Nouns,
    pub spokespeople: Nouns,
    pub ordinals: HashSet<String>,
    pub anaphoric: HashSet<String>,
    pub kin: HashSet<String>,
    pub compounds: HashSet<String>,
    pub particles: HashSet<String>,
    pub suffixes: HashSet<String>,
    pub companies: Nouns,
    pub public: Nouns,
    pub loose: HashSet<String>,
    pub grouped: HashSet<String>,
    pub plural_bodies: HashSet<String>,
    pub outlet_names: HashSet<String>,
    pub outlets: Nouns,
    pub works: Nouns,
    pub reporting: HashSet<String>,
    pub general_media: HashSet<String>,
    pub he: HashSet<String>,
    pub she: HashSet<String>,
    pub it: HashSet<String>,
    pub they: HashSet<String>,
    pub speaker: HashSet<String>,
    pub addressee: HashSet<String>,
    pub possessive: HashSet<String>,
    pub object: HashSet<String>,
    pub reflexive: HashSet<String>,
    /// Nouns that the name of a person before them tells apart.
    pub told_apart: HashSet<String>,
    pub female_names: HashSet<String>,
    pub male_names: HashSet<String>,
    pub female_endings: Vec<String>,
    pub male_endings: Vec<String>,
    nicknames: HashMap<String, HashSet<String>>,
}

/// The words, read once.
pub(crate) fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(load);
    &WORDS
}

fn load() -> Words {
    let role: RoleFile = lexicon::parse(include_str!("../../../../lexicon/role.toml"));
    let person: PersonFile = lexicon::parse(include_str!("../../../../lexicon/person.toml"));
    let body: OrganizationFile = lexicon::parse(include_str!("../../../../lexicon/organization.toml"));
    let outlet: OutletFile = lexicon::parse(include_str!("../../../../lexicon/outlet.toml"));
    let pronoun: PronounFile = lexicon::parse(include_str!("../../../../lexicon/pronoun.toml"));
    let nickname: NicknameFile = lexicon::parse(include_str!("../../../../lexicon/nickname.toml"));
    let first: FirstNameFile = lexicon::parse(include_str!("../../../../lexicon/first_name.toml"));
    let people = role.heads.iter().chain(&person.anonymous).chain(&person.groups).chain(&person.feminine).chain(&person.masculine);
    let mut nicknames: HashMap<String, HashSet<String>> = HashMap::new();
    for (full, short) in &nickname.short {
        let circle: HashSet<String> = short.iter().chain([full]).cloned().collect();
        for name in &circle {
            nicknames.entry(name.clone()).or_default().extend(circle.iter().cloned());
        }
    }
    Words {
        roles: Nouns::new(&role.heads),
        role_phrases: Phrases::nouns(&role.heads),
        people: Nouns::new(people),
        modifiers: role.modifiers,
        offices: role.offices.into_iter().collect(),
        other_times: role.other_times,
        fields: role.fields,
        courtesy_masculine: role.masculine,
        courtesy_feminine: role.feminine,
        ranks: role.ranks,
        before: role.before,
        short: role.short,
        anonymous: Nouns::new(&person.anonymous),
        feminine: Nouns::new(&person.feminine),
        masculine: Nouns::new(&person.masculine),
        spokespeople: Nouns::new(&person.spokespeople),
        ordinals: person.ordinals,
        anaphoric: person.anaphoric,
        kin: person.kin,
        compounds: person.compounds,
        particles: person.particles,
        suffixes: body.suffixes,
        companies: Nouns::new(&body.companies),
        public: Nouns::new(&body.public),
        loose: body.loose,
        grouped: body.grouped,
        plural_bodies: body.plural,
        outlet_names: outlet.names,
        outlets: Nouns::new(&outlet.nouns),
        works: Nouns::new(&outlet.works),
        reporting: outlet.reporting.iter().flat_map(|verb| lexicon::verb_forms(verb)).collect(),
        general_media: outlet.general.iter().flat_map(|noun| [noun.clone(), plural(noun)]).collect(),
        he: pronoun.masculine,
        she: pronoun.feminine,
        it: pronoun.neuter,
        they: pronoun.plural,
        speaker: pronoun.speaker,
        addressee: pronoun.addressee,
        possessive: pronoun.possessive,
        object: pronoun.object,
        reflexive: pronoun.reflexive,
        told_apart: pronoun.told_apart,
        female_names: first.female,
        male_names: first.male,
        female_endings: first.female_endings,
        male_endings: first.male_endings,
        nicknames,
    }
}

impl Words {
    /// Whether `word`, in lower case, stands before a name as a title by itself: "mr", "sen", "president".
    pub(crate) fn is_title(&self, word: &str) -> bool {
        self.is_courtesy(word) || self.before.contains(word) || self.roles.has(word) || self.short.contains_key(word)
    }

    /// Whether `word` is a courtesy title: "mr", "dame".
    pub(crate) fn is_courtesy(&self, word: &str) -> bool {
        self.courtesy_masculine.contains(word) || self.courtesy_feminine.contains(word)
    }

    /// Whether `word` is a noun for a body of people: ministry, company, newspaper.
    pub(crate) fn is_body(&self, word: &str) -> bool {
        self.public.has(word) || self.companies.has(word) || self.outlets.has(word) || self.plural_bodies.contains(word)
    }

    /// Whether two first names, in lower case, may be one person's: equal, an initial of the other, or a short form.
    pub(crate) fn same_first_name(&self, one: &str, other: &str) -> bool {
        let initial = |a: &str, b: &str| a.chars().count() == 1 && b.starts_with(a);
        one == other || initial(one, other) || initial(other, one) || self.nicknames.get(one).is_some_and(|circle| circle.contains(other))
    }

    /// Whether `word` is a personal pronoun.
    pub(crate) fn is_pronoun(&self, word: &str) -> bool {
        [&self.he, &self.she, &self.it, &self.they, &self.speaker, &self.addressee].iter().any(|set| set.contains(word))
    }
}

/// Whether `word`, in lower case, is a determiner that can open a description.
pub(crate) fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "these"
            | "those"
            | "his"
            | "her"
            | "its"
            | "their"
            | "our"
            | "my"
            | "your"
            | "one"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "several"
            | "some"
            | "many"
            | "multiple"
            | "most"
            | "another"
            | "other"
            | "both"
            | "all"
            | "no"
            | "any"
            | "every"
            | "each"
            | "other's"
    )
}

/// Whether `word`, in lower case, ends the noun phrase before it: prepositions, relatives, verbs to be.
pub(crate) fn ends_phrase(word: &str) -> bool {
    matches!(
        word,
        "of" | "for"
            | "who"
            | "whom"
            | "whose"
            | "which"
            | "with"
            | "in"
            | "at"
            | "on"
            | "from"
            | "to"
            | "close"
            | "familiar"
            | "inside"
            | "within"
            | "near"
            | "under"
            | "by"
            | "about"
            | "speaking"
            | "involved"
            | "that"
            | "is"
            | "was"
            | "were"
            | "are"
            | "be"
            | "has"
            | "had"
            | "have"
            | "said"
            | "says"
            | "say"
            | "because"
            | "after"
            | "before"
            | "when"
            | "while"
            | "as"
            | "briefed"
            | "opposed"
            | "working"
            | "interviewed"
            | "quoted"
            | "cited"
            | "based"
            | "outside"
            | "across"
            | "around"
            | "over"
            | "against"
            | "among"
            | "between"
            | "behind"
            | "without"
            | "aboard"
            | "alongside"
            | "amid"
            | "beside"
            | "during"
            | "despite"
            | "following"
            | "regarding"
            | "through"
            | "throughout"
            | "toward"
            | "towards"
            | "not"
            | "themselves"
            | "himself"
            | "herself"
            | "itself"
            | "also"
            | "will"
            | "would"
            | "could"
            | "can"
            | "may"
            | "might"
            | "should"
            | "did"
            | "does"
            | "do"
    )
}

/// Whether `word`, in lower case, is a day of the week.
pub(crate) fn is_weekday(word: &str) -> bool {
    crate::time::weekday(word).is_some()
}
