//! What must hold of the record of any pile of documents: it does not depend on the order in which they are given, nor on
//! whether they were given at once or one by one, and making it twice gives the same.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use onrecord::account::Account;
use onrecord::evidence::Evidence;
use onrecord::reader::Reader;
use onrecord::record::{self, Place, Record, Ref, Told};
use onrecord::{Document, Id, read, tagged};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static READER: LazyLock<Reader> = LazyLock::new(Reader::built_in);

/// Paragraphs of two stories: a ferry sold in secret, a fire whose toll changes.
const TOLD: [&str; 10] = [
    "<source><PER>Jon Varga</PER></source> <cue>denied</cue> on Tuesday <content>that he had sold the old ferry of Dorn in secret</content>.",
    "<source><PER>Mara Ode</PER></source> <cue>said</cue> <content>“Varga sold the old ferry of Dorn in secret”</content>.",
    "<source>Reporters</source> <cue>asked</cue> <PER>Varga</PER> <content>whether he had sold the old ferry of Dorn</content>.",
    "<source><PER>Varga</PER></source> <cue>declined to comment</cue>.",
    "<source><PER>Jon Varga</PER></source> <cue>admitted</cue> on Friday <content>that he had sold the old ferry of Dorn in secret</content>.",
    "<source>Two <PER>officials</PER></source> <cue>said</cue> <content>the old ferry of Dorn had been sold in secret</content>.",
    "<source>Police</source> <cue>said</cue> on Monday <content>12 people were killed in the fire at Harrow</content>.",
    "<source><PER>Colm Kern</PER></source> <cue>said</cue> <content>14 people were killed in the fire at Harrow and nine were missing</content>.",
    "<source>Police</source> <cue>lowered</cue> the toll and <cue2>said</cue2> <content2>13 people were killed in the fire at Harrow</content2>.",
    "<content>“No comment,”</content> <source><PER>Kern</PER></source> <cue>said</cue>.",
];

/// One document: which paragraphs, and its day in March.
type Given = (Vec<usize>, i8);

fn account(number: usize, (paragraphs, day): &Given) -> Account {
    let numbered = |(at, which): (usize, &usize)| {
        ["source", "cue", "content"].iter().fold(TOLD[*which].to_owned(), |text, tag| {
            let number = 2 * at + 1;
            let second = |text: String| text.replace(&format!("<{tag}2>"), &format!("<{tag}#>")).replace(&format!("</{tag}2>"), &format!("</{tag}#>"));
            let first = second(text).replace(&format!("<{tag}>"), &format!("<{tag}{number}>")).replace(&format!("</{tag}>"), &format!("</{tag}{number}>"));
            first.replace(&format!("<{tag}#>"), &format!("<{tag}{}>", number + 1)).replace(&format!("</{tag}#>"), &format!("</{tag}{}>", number + 1))
        })
    };
    let tagged = tagged::parse(&paragraphs.iter().enumerate().map(numbered).collect::<Vec<_>>().join("\n\n"));
    let published = Some(jiff::civil::date(2031, 3, *day));
    let document = Document { published, ..Document::new(format!("{number}.txt"), tagged.text) };
    Account::of(read::read_marked(document, tagged.tokens, tagged.readout), &READER)
}

/// What a record says, with every document named by its path and every person by name, without any order.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shape {
    documents: BTreeSet<String>,
    people: BTreeSet<(String, BTreeSet<String>)>,
    utterances: BTreeSet<BTreeSet<String>>,
    questions: BTreeSet<(String, String, BTreeSet<(String, BTreeSet<String>)>)>,
    relations: BTreeSet<(String, BTreeSet<String>, BTreeSet<String>, BTreeSet<String>)>,
    claims: BTreeSet<(BTreeSet<String>, usize)>,
    timeline: BTreeSet<String>,
}

fn shape(accounts: &[Account], record: &Record) -> Shape {
    let ours = record.accounts(accounts);
    let path = |at: usize| ours[at].reading.document.path.as_str();
    let name = |told: &Told| format!("{} {}", path(told.document), told.id.at());
    let names = |tolds: &[Told]| tolds.iter().map(name).collect::<BTreeSet<String>>();
    let place = |place: &Place| format!("{} {}", path(place.document), place.span.of(&ours[place.document].reading.document.text));
    let places = |evidence: &[Evidence<Place>]| evidence.iter().flat_map(|it| &it.words).map(place).collect::<BTreeSet<String>>();
    let entity = |entity: &Ref<onrecord::entity::Entity>| format!("{} {}", path(entity.document), entity.id.at());
    let person = |person: Option<Id<onrecord::person::Person>>| person.map_or("nobody".to_owned(), |id| record.people.layer[id].name.clone());
    let asking = |it: &onrecord::question::Asking| {
        let (asked, answered) = (names(&it.asked_in), names(&it.answered_in));
        (format!("{:?} {} {} {:?}", it.answer, person(it.asker), person(it.addressee), it.said), asked.into_iter().chain(answered).collect())
    };
    let both = |it: &onrecord::compare::Relation| {
        let (a, b) = (names(&it.a), names(&it.b));
        // Only of what supersedes it matters which side is which.
        if it.kind == onrecord::compare::RelationKind::Supersedes || a <= b { (a, b) } else { (b, a) }
    };
    Shape {
        documents: (0..ours.len()).map(|at| path(at).to_owned()).collect(),
        people: record.people.layer.iter().map(|it| (it.name.clone(), it.entities.iter().map(entity).collect())).collect(),
        utterances: record.utterances.iter().map(|it| names(&it.statements)).collect(),
        questions: record.questions.iter().map(|it| (it.text.clone(), format!("{:?}", it.status), it.askings.iter().map(asking).collect())).collect(),
        relations: record.relations.iter().map(|it| (format!("{:?}", it.kind), both(it).0, both(it).1, places(&it.evidence))).collect(),
        claims: record.claims.iter().map(|it| (names(&it.statements), it.independent)).collect(),
        timeline: record.timeline.iter().map(|it| format!("{:?}", it.text)).collect(),
    }
}

fn shapes(accounts: &[Account]) -> BTreeSet<Shape> {
    record::record(accounts).iter().map(|record| shape(accounts, record)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_record_does_not_depend_on_the_order_of_documents(given in prop::collection::vec((prop::collection::vec(0usize..TOLD.len(), 1..5), 2i8..12), 1..5)) {
        let accounts: Vec<Account> = given.iter().enumerate().map(|(number, given)| account(number, given)).collect();
        let straight = shapes(&accounts);
        prop_assert_eq!(&straight, &shapes(&accounts));
        let mut turned = accounts;
        turned.reverse();
        prop_assert_eq!(&straight, &shapes(&turned));
        turned.rotate_left(1);
        prop_assert_eq!(&straight, &shapes(&turned));
    }

    #[test]
    fn adding_one_by_one_equals_adding_at_once(given in prop::collection::vec((prop::collection::vec(0usize..TOLD.len(), 1..4), 2i8..12), 1..4)) {
        let at_once: Vec<Account> = given.iter().enumerate().map(|(number, given)| account(number, given)).collect();
        let mut one_by_one = Vec::new();
        for (number, given) in given.iter().enumerate() {
            one_by_one.push(account(number, given));
            record::record(&one_by_one);
        }
        prop_assert_eq!(record::record(&at_once), record::record(&one_by_one));
    }
}
