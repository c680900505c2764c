//! Sets numbers of one thing against each other: counts that cannot both hold, and counts that grew as time went on.

use super::figure::{Counted, Figure};
use super::side::Side;
use super::words::lexicon;
use super::{Cx, Relation, RelationKind, holds};
use crate::evidence::Evidence;
use crate::mention::MentionOf;
use crate::record::Told;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A number of one thing, and who gives it.
struct Count<'c, 'a> {
    figure: &'c Figure,
    sides: Vec<&'c Side<'a>>,
}

/// How much of the words around two numbers must agree where only the noun says what is counted.
const SAME_COUNT: f64 = 0.4;

pub(super) fn relate(cx: &Cx<'_>) -> Vec<Relation> {
    let common = common_places(cx);
    let mut of: BTreeMap<Counted, Vec<(&Figure, &Side<'_>)>> = BTreeMap::new();
    for side in cx.sides.iter().filter(|side| side.asserts() && !side.denies) {
        for figure in &side.figures {
            if is_innermost(cx, side, figure) {
                of.entry(figure.counted.clone()).or_default().push((figure, side));
            }
        }
    }
    of.into_iter().flat_map(|(counted, figures)| of_one_thing(cx, &common, &counted, &figures)).collect()
}

/// The places that most documents of the story name: where it happened, so that naming them or not tells nothing apart.
/// Of one or two documents nothing is common.
fn common_places(cx: &Cx<'_>) -> BTreeSet<String> {
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for account in cx.accounts {
        let reading = &account.reading;
        let places = reading.mentions.iter().filter(|mention| mention.of == MentionOf::Place);
        let here: BTreeSet<String> = places.map(|mention| mention.span.of(&reading.document.text).to_lowercase()).collect();
        here.into_iter().for_each(|place| *named.entry(place).or_default() += 1);
    }
    named.into_iter().filter(|(_, documents)| *documents > 2 && documents * 2 > cx.accounts.len()).map(|(place, _)| place).collect()
}

/// Whether no statement within this one gives the same number.
fn is_innermost(cx: &Cx<'_>, side: &Side<'_>, figure: &Figure) -> bool {
    let inner = side.reading.statements.entries().filter(|(id, _)| *id != side.told.id);
    !inner.filter(|(_, statement)| statement.content.iter().any(|part| part.contains(figure.span))).any(|(id, _)| {
        let other = cx.side(crate::record::Ref::new(side.told.document, id));
        holds(side, other)
    })
}

/// Compares the numbers of one thing, place by place: each with the next larger one.
fn of_one_thing(cx: &Cx<'_>, common: &BTreeSet<String>, counted: &Counted, figures: &[(&Figure, &Side<'_>)]) -> Vec<Relation> {
    let mut counts: Vec<Count<'_, '_>> = Vec::new();
    for (figure, side) in figures {
        let known = counts
            .iter_mut()
            .find(|count| count.figure.amount.is_same(figure.amount) && is_one_count(cx, common, counted, (count.figure, count.sides[0]), (figure, side)));
        match known {
            Some(count) => count.sides.push(side),
            None => counts.push(Count { figure, sides: vec![side] }),
        }
    }
    counts.sort_by(|x, y| x.figure.amount.told.total_cmp(&y.figure.amount.told).then(x.sides[0].told.cmp(&y.sides[0].told)));
    let mut relations = Vec::new();
    for at in 0..counts.len() {
        let one = &counts[at];
        let next = counts[at + 1..].iter().find(|other| {
            is_one_count(cx, common, counted, (one.figure, one.sides[0]), (other.figure, other.sides[0])) && other.figure.amount.told > one.figure.amount.told
        });
        relations.extend(next.and_then(|other| compared(cx, counted, one, other)));
    }
    let known: BTreeSet<(Told, Told)> = relations.iter().map(|relation| (relation.a[0], relation.b[0])).collect();
    relations.extend(in_time(cx, common, counted, &counts).into_iter().filter(|relation| !known.contains(&(relation.a[0], relation.b[0]))));
    relations
}

/// Each number beside the one told last before it, where it took that one's place: four, eight, then seven, then nine.
fn in_time(cx: &Cx<'_>, common: &BTreeSet<String>, counted: &Counted, counts: &[Count<'_, '_>]) -> Vec<Relation> {
    let mut dated: Vec<&Count<'_, '_>> = counts.iter().filter(|count| first_day(count).is_some()).collect();
    dated.sort_by_key(|count| first_day(count));
    let pairs = dated.windows(2).filter(|pair| is_one_count(cx, common, counted, (pair[0].figure, pair[0].sides[0]), (pair[1].figure, pair[1].sides[0])));
    let compared = pairs.filter_map(|pair| {
        let (small, large) = if pair[0].figure.amount.told <= pair[1].figure.amount.told { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
        compared(cx, counted, small, large)
    });
    compared.filter(|relation| relation.kind == RelationKind::Supersedes).collect()
}

/// Whether two numbers count the same things: no other place, no other kind, and where only a noun tells, the same words around.
fn is_one_count(cx: &Cx<'_>, common: &BTreeSet<String>, counted: &Counted, a: (&Figure, &Side<'_>), b: (&Figure, &Side<'_>)) -> bool {
    let own = |figure: &Figure| -> BTreeSet<String> { figure.places.difference(common).cloned().collect() };
    let (own_a, own_b) = (own(a.0), own(b.0));
    let places = (own_a.is_empty() && own_b.is_empty()) || !own_a.is_disjoint(&own_b);
    match counted {
        Counted::State(..) | Counted::Measure(_) => places,
        Counted::Thing(..) => {
            places
                && a.0.qualifiers == b.0.qualifiers
                && a.1.told.document != b.1.told.document
                && cx.index.by_words(a.1, b.1) >= SAME_COUNT
                && !super::near::Index::names_clash(a.1, b.1)
        }
    }
}

/// The relation of a smaller number to a larger one.
fn compared(cx: &Cx<'_>, counted: &Counted, small: &Count<'_, '_>, large: &Count<'_, '_>) -> Option<Relation> {
    let (grown, shrunk) = (is_all_before(small, large), is_all_before(large, small));
    let clash = !small.figure.amount.can_equal(large.figure.amount);
    let one_voice = || small.sides.iter().any(|a| large.sides.iter().any(|b| cx.is_one_speaker(a, b)));
    if grown && small.figure.amount.grew_to(large.figure.amount) {
        Some(overtaken(counted, large, small))
    } else if shrunk && (clash && one_voice() || counted.falls()) {
        Some(overtaken(counted, small, large))
    } else if shrunk && clash && is_corrected(counted, small) {
        Some(corrected(counted, small, large))
    } else if clash && !grown {
        Some(conflict(cx, counted, small, large))
    } else {
        None
    }
}

/// Whether the days on which one number is first told lie before those of the other.
fn is_all_before(early: &Count<'_, '_>, late: &Count<'_, '_>) -> bool {
    first_day(early).zip(first_day(late)).is_some_and(|((_, end), (start, _))| end < start)
}

/// When a number was first told, where the days of all its tellings are known: one without a day may be older than any other.
fn first_day(count: &Count<'_, '_>) -> Option<(Date, Date)> {
    let days = count.sides.iter().map(|side| side.said.and_then(|said| said.start.zip(said.end)));
    days.collect::<Option<Vec<_>>>().and_then(|days| days.into_iter().min())
}

/// `compare/figure-overtaken`
fn overtaken(counted: &Counted, later: &Count<'_, '_>, earlier: &Count<'_, '_>) -> Relation {
    let why = format!("The later number of {} replaces the earlier: “{}” after “{}”.", subject(counted), words(later), words(earlier));
    relation(RelationKind::Supersedes, "compare/figure-overtaken", later, earlier, why)
}

/// `compare/figure-corrected`: a document that gives the later number says that the one before it was wrong.
fn corrected(counted: &Counted, later: &Count<'_, '_>, earlier: &Count<'_, '_>) -> Relation {
    let why = format!("A correction of {}: “{}” after “{}”.", subject(counted), words(later), words(earlier));
    relation(RelationKind::Supersedes, "compare/figure-corrected", later, earlier, why)
}

/// Whether a sentence of a document that gives the number speaks of correcting a number of this state.
fn is_corrected(counted: &Counted, count: &Count<'_, '_>) -> bool {
    let Counted::State(state, _) = counted else { return false };
    let state = &lexicon().states[*state];
    let corrects = |side: &Side<'_>| {
        let tokens = &side.reading.tokens;
        side.reading.sentences.iter().any(|sentence| {
            let counts = |at: usize| state.words.at(tokens, at).is_some() || lexicon().tallies.at(tokens, at).is_some();
            lexicon().correcting.find(tokens, sentence.tokens.clone()).is_some() && sentence.tokens.clone().any(counts)
        })
    };
    count.sides.iter().any(|side| corrects(side))
}

/// `compare/figure`: no number can be meant by both, and no dates tell them apart.
fn conflict(cx: &Cx<'_>, counted: &Counted, a: &Count<'_, '_>, b: &Count<'_, '_>) -> Relation {
    let name = |count: &Count<'_, '_>| count.sides[0].speaker.map_or("an unnamed source", |id| cx.people.layer[id].name.as_str()).to_owned();
    let why = format!("Two numbers of {}: “{}” ({}) and “{}” ({}).", subject(counted), words(a), name(a), words(b), name(b));
    let (one, other) = (first(a), first(b));
    let (a, b) = if one.sides[0].told <= other.sides[0].told { (one, other) } else { (other, one) };
    relation(RelationKind::Conflicts, "compare/figure", &a, &b, why)
}

/// The first telling of a number, to stand for all.
fn first<'c, 'a>(count: &Count<'c, 'a>) -> Count<'c, 'a> {
    Count { figure: count.figure, sides: vec![count.sides[0]] }
}

fn subject(counted: &Counted) -> String {
    counted.name().trim_start_matches("the number of ").to_owned()
}

fn words(count: &Count<'_, '_>) -> String {
    count.sides[0].words_at(count.figure.span).to_owned()
}

fn relation(kind: RelationKind, rule: &'static str, a: &Count<'_, '_>, b: &Count<'_, '_>, why: String) -> Relation {
    let told = |count: &Count<'_, '_>| -> Vec<Told> { count.sides.iter().map(|side| side.told).collect::<BTreeSet<_>>().into_iter().collect() };
    let places = vec![a.sides[0].place(a.figure.span), b.sides[0].place(b.figure.span)];
    Relation { kind, a: told(a), b: told(b), evidence: vec![Evidence::rule("relation", rule, places, why.clone())], why }
}
