//! Sets numbers of one thing against each other: counts that cannot both hold, and counts that grew as time went on.

use super::figure::{Counted, Figure};
use super::number::{self, Amount};
use super::order::{Mark, Moment};
use super::side::Side;
use super::words::lexicon;
use super::{Cx, Relation, RelationKind, holds};
use crate::evidence::Evidence;
use crate::mention::MentionOf;
use crate::record::Told;
use crate::text::Span;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A number of one thing, and who gives it.
struct Count<'c, 'a> {
    figure: &'c Figure,
    sides: Vec<&'c Side<'a>>,
    /// When each telling has it so.
    moments: Vec<Moment>,
}

/// How much of the words around two numbers must agree where only the noun says what is counted.
const SAME_COUNT: f64 = 0.4;

pub(super) fn relate(cx: &Cx<'_>) -> Vec<Relation> {
    let known = Known::of(cx);
    let mut of: BTreeMap<Counted, Vec<(&Figure, &Side<'_>)>> = BTreeMap::new();
    for side in cx.sides.iter().filter(|side| side.asserts() && !side.denies) {
        for figure in &side.figures {
            if is_innermost(cx, side, figure) {
                of.entry(figure.counted.clone()).or_default().push((figure, side));
            }
        }
    }
    let all = || of.iter().flat_map(|(counted, figures)| of_one_thing(cx, &known, counted, figures, &BTreeSet::new()));
    // A document whose number was overtaken by another's was written before that: so were its other numbers.
    let order: BTreeSet<(usize, usize)> =
        all().filter(|relation| relation.kind == RelationKind::Supersedes).flat_map(|relation| documents(&relation)).collect();
    let order: BTreeSet<(usize, usize)> = order.iter().filter(|(early, late)| early != late && !order.contains(&(*late, *early))).copied().collect();
    of.iter().flat_map(|(counted, figures)| of_one_thing(cx, &known, counted, figures, &order)).collect()
}

/// The documents of an overtaken number and of the one that overtook it, where each stands in one alone.
fn documents(relation: &Relation) -> Option<(usize, usize)> {
    let one = |told: &[Told]| -> Option<usize> { told.iter().all(|it| it.document == told[0].document).then_some(told[0].document) };
    one(&relation.b).zip(one(&relation.a))
}

/// Letters at the start of a document in which it tells where its news happened: headline, dateline and first paragraphs.
const OPENING: usize = 600;

/// What a story tells of places.
struct Known {
    /// The places that most documents name, and mostly where they open: where it happened, so that naming them or not tells
    /// nothing apart. Of one or two documents nothing is common.
    common: BTreeSet<String>,
    /// Places named as one: "Harrow, Dornish Vale", "the pier at Harrow".
    joined: BTreeSet<(String, String)>,
}

impl Known {
    fn of(cx: &Cx<'_>) -> Known {
        let mut places: BTreeSet<String> = BTreeSet::new();
        let mut joined = BTreeSet::new();
        for account in cx.accounts {
            let (reading, text) = (&account.reading, account.reading.document.text.as_str());
            let spans: Vec<Span> = reading.mentions.iter().filter(|mention| mention.of == MentionOf::Place).map(|mention| mention.span).collect();
            let name = |span: &Span| span.of(text).to_lowercase();
            let beside = |pair: &&[Span]| {
                pair[0].end() <= pair[1].start() && matches!(text[pair[0].end()..pair[1].start()].trim(), "," | "in" | "at" | "near" | "on" | "of")
            };
            joined.extend(spans.windows(2).filter(beside).map(|pair| (name(&pair[0]), name(&pair[1]))));
            places.extend(spans.iter().map(name));
        }
        let texts: Vec<String> = cx.accounts.iter().map(|account| account.reading.document.text.to_lowercase()).collect();
        let openings: Vec<String> = texts.iter().map(|text| text.chars().take(OPENING).collect()).collect();
        let holding = |texts: &[String], place: &str| texts.iter().filter(|text| text.contains(place)).count();
        let is_common = |place: &String| {
            let named = holding(&texts, place);
            named > 2 && named * 2 > texts.len() && holding(&openings, place) * 2 >= named
        };
        let common = places.into_iter().filter(is_common).collect();
        Known { common, joined }
    }

    /// Whether what happened at the one place may have happened at the other.
    fn is_one_place(&self, a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
        let is_joined = |a: &String, b: &String| self.joined.contains(&(a.clone(), b.clone())) || self.joined.contains(&(b.clone(), a.clone()));
        if a.is_empty() || b.is_empty() {
            return a.is_subset(&self.common) && b.is_subset(&self.common);
        }
        !a.is_disjoint(b) || a.iter().any(|a| b.iter().any(|b| is_joined(a, b)))
    }
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
fn of_one_thing(cx: &Cx<'_>, known: &Known, counted: &Counted, figures: &[(&Figure, &Side<'_>)], order: &BTreeSet<(usize, usize)>) -> Vec<Relation> {
    let mut counts: Vec<Count<'_, '_>> = Vec::new();
    for (figure, side) in figures {
        let same = counts
            .iter_mut()
            .find(|count| count.figure.amount.is_same(figure.amount) && is_one_count(cx, known, counted, (count.figure, count.sides[0]), (figure, side)));
        match same {
            Some(count) => {
                count.sides.push(side);
                count.moments.push(when(figure, side));
            }
            None => counts.push(Count { figure, sides: vec![side], moments: vec![when(figure, side)] }),
        }
    }
    counts.sort_by(|x, y| x.figure.amount.told.total_cmp(&y.figure.amount.told).then(x.sides[0].told.cmp(&y.sides[0].told)));
    let mut relations = Vec::new();
    for at in 0..counts.len() {
        let one = &counts[at];
        let next = counts[at + 1..].iter().find(|other| {
            is_one_count(cx, known, counted, (one.figure, one.sides[0]), (other.figure, other.sides[0])) && other.figure.amount.told > one.figure.amount.told
        });
        let found = next.and_then(|other| compared(cx, counted, one, other, order).map(|relation| (other, relation)));
        relations.extend(found.map(|(other, relation)| match relation.kind {
            RelationKind::Conflicts => beside(cx, known, counted, &counts, (one, other), order).unwrap_or(relation),
            RelationKind::Supersedes | RelationKind::Corroborates | RelationKind::Repeats => relation,
        }));
    }
    let shown: BTreeSet<(Told, Told)> = relations.iter().map(|relation| (relation.a[0], relation.b[0])).collect();
    relations.extend(in_time(cx, known, counted, &counts, order).into_iter().filter(|relation| !shown.contains(&(relation.a[0], relation.b[0]))));
    relations
}

/// Days in which the numbers of one round of reports are told: of last night's in the morning's papers none is the nearer.
const ONE_ROUND: i32 = 1;

/// The conflict of the larger of two numbers with a smaller one told nearer to it in time, where there is one: fourteen on Monday
/// night stand against the eleven of Tuesday, not against the twelve of Friday.
fn beside(
    cx: &Cx<'_>,
    known: &Known,
    counted: &Counted,
    counts: &[Count<'_, '_>],
    (small, large): (&Count<'_, '_>, &Count<'_, '_>),
    order: &BTreeSet<(usize, usize)>,
) -> Option<Relation> {
    let day = |count: &Count<'_, '_>| first_told(count).range().map(|((day, _), _)| day);
    let here = day(large)?;
    let gap = |count: &Count<'_, '_>| day(count).and_then(|day| day.since(here).ok()).map(|gap| gap.get_days().abs().max(ONE_ROUND));
    let of_one = |count: &&Count<'_, '_>| {
        count.figure.amount.told < large.figure.amount.told && is_one_count(cx, known, counted, (count.figure, count.sides[0]), (large.figure, large.sides[0]))
    };
    let nearer = counts.iter().filter(of_one).filter_map(|count| Some((gap(count)?, count))).filter(|(days, _)| gap(small).is_some_and(|far| *days < far));
    let found = nearer.filter_map(|(days, count)| compared(cx, counted, count, large, order).map(|relation| (days, count, relation)));
    let conflicts = found.filter(|(_, _, relation)| relation.kind == RelationKind::Conflicts);
    conflicts.min_by(|x, y| x.0.cmp(&y.0).then(y.1.figure.amount.told.total_cmp(&x.1.figure.amount.told))).map(|(_, _, relation)| relation)
}

/// Numbers back to which the one that was replaced is looked for.
const ASIDE: usize = 3;

/// Each number beside the one told last before it, where it took that one's place: four, eight, then seven, then nine.
fn in_time(cx: &Cx<'_>, known: &Known, counted: &Counted, counts: &[Count<'_, '_>], order: &BTreeSet<(usize, usize)>) -> Vec<Relation> {
    let mut dated: Vec<&Count<'_, '_>> = counts.iter().filter(|count| first_told(count).range().is_some()).collect();
    dated.sort_by_key(|count| first_told(count).range());
    let is_one = |x: &Count<'_, '_>, y: &Count<'_, '_>| is_one_count(cx, known, counted, (x.figure, x.sides[0]), (y.figure, y.sides[0]));
    let replaced = |at: usize| {
        // A number that nobody else came to stands between two of one count: the one before it was replaced.
        let before = dated[at.saturating_sub(ASIDE)..at].iter().rev().filter(|early| is_one(early, dated[at]));
        let compared = before.filter_map(|early| {
            let (small, large) = if early.figure.amount.told <= dated[at].figure.amount.told { (*early, dated[at]) } else { (dated[at], *early) };
            compared(cx, counted, small, large, order)
        });
        compared.into_iter().find(|relation| relation.kind == RelationKind::Supersedes)
    };
    (1..dated.len()).filter_map(replaced).collect()
}

/// Whether two numbers count the same things: at one place, of one happening, no other kind; and where only a noun tells, the
/// same words around. Those of one statement never do: whoever gives two numbers at once counts two things.
fn is_one_count(cx: &Cx<'_>, known: &Known, counted: &Counted, a: (&Figure, &Side<'_>), b: (&Figure, &Side<'_>)) -> bool {
    let one = a.1.told != b.1.told && known.is_one_place(&a.0.places, &b.0.places) && is_one_happening(a.0, b.0) && is_one_scope(a, b);
    match counted {
        Counted::State(..) | Counted::Measure(_) => one,
        Counted::Thing(..) => {
            one && a.0.qualifiers == b.0.qualifiers
                && a.1.told.document != b.1.told.document
                && cx.index.by_words(a.1, b.1) >= SAME_COUNT
                && !super::near::Index::names_clash(a.1, b.1)
        }
    }
}

/// Whether neither number is told of a part of what the other is told of: of the city here, of the country there; or, in one document,
/// of the city here and without more there.
fn is_one_scope(a: (&Figure, &Side<'_>), b: (&Figure, &Side<'_>)) -> bool {
    let is_one_document = a.1.told.document == b.1.told.document;
    match (&a.0.scope, &b.0.scope) {
        (Some(x), Some(y)) => x == y,
        (Some(_), None) | (None, Some(_)) => !is_one_document,
        (None, None) => true,
    }
}

/// Words beside a number that say of what happening it is: with fewer it is the story's own.
const TELLS_OF_ANOTHER: usize = 4;

/// Days for which the numbers of one happening are counted on: the dead of Monday's fire are still found on Friday.
const COUNTING: i32 = 10;

/// Whether two numbers can be of one happening: not of days apart, nor each told at length in words that the other has none of.
fn is_one_happening(a: &Figure, b: &Figure) -> bool {
    let gap = |early: Date, late: Date| late.since(early).map_or(0, |gap| gap.get_days());
    let apart = a.days.zip(b.days).is_some_and(|(a, b)| gap(a.1, b.0).max(gap(b.1, a.0)) > COUNTING);
    let others = a.event.len() >= TELLS_OF_ANOTHER && b.event.len() >= TELLS_OF_ANOTHER && a.event.is_disjoint(&b.event);
    !apart && !others
}

/// The relation of a smaller number to a larger one.
fn compared(cx: &Cx<'_>, counted: &Counted, small: &Count<'_, '_>, large: &Count<'_, '_>, order: &BTreeSet<(usize, usize)>) -> Option<Relation> {
    let (dated_grown, dated_shrunk) = (is_all_before(small, large), is_all_before(large, small));
    let told = |early, late| (is_told_before(cx, early, late) && !is_told_before(cx, late, early)) || is_written_before(order, early, late);
    let grown = dated_grown || (!dated_shrunk && (large.figure.is_risen || told(small, large)));
    let shrunk = !grown && (dated_shrunk || told(large, small));
    let corrected_since = |small| !dated_grown && is_corrected(counted, small);
    let clash = !small.figure.amount.can_equal(large.figure.amount);
    let one_voice = || small.sides.iter().any(|a| large.sides.iter().any(|b| cx.is_one_speaker(a, b)));
    if grown && small.figure.amount.grew_to(large.figure.amount) {
        Some(overtaken(counted, large, small))
    } else if shrunk && (clash && one_voice() || counted.falls()) {
        Some(overtaken(counted, small, large))
    } else if clash && corrected_since(small) {
        Some(corrected(counted, small, large))
    } else if clash && !grown && !has_both(small, large) {
        Some(conflict(cx, counted, small, large))
    } else {
        None
    }
}

/// Whether each telling has the number of the other too, of something else: "thousands of deaths, hundreds of Americans among them"
/// against "hundreds of Americans, and thousands of wounded".
fn has_both(small: &Count<'_, '_>, large: &Count<'_, '_>) -> bool {
    let has = |count: &Count<'_, '_>, amount: &Amount| {
        count.sides.iter().all(|side| {
            let tokens = &side.reading.tokens;
            let told = side.statement.content.iter().flat_map(|part| number::numbers(tokens, tokens.within(*part)));
            told.into_iter().any(|number| number.amount.is_same(*amount))
        })
    };
    has(small, &large.figure.amount) && has(large, &small.figure.amount)
}

/// When a number was so: at the time the text says, else when it was told.
fn when(figure: &Figure, side: &Side<'_>) -> Moment {
    figure.as_of.unwrap_or(side.moment)
}

/// Whether a document tells one number as what was said before the other.
fn is_told_before(cx: &Cx<'_>, early: &Count<'_, '_>, late: &Count<'_, '_>) -> bool {
    early.sides.iter().any(|a| late.sides.iter().any(|b| cx.order.has(a, b)))
}

/// Whether every document that gives the one as its news was written before every one that gives the other.
fn is_written_before(order: &BTreeSet<(usize, usize)>, early: &Count<'_, '_>, late: &Count<'_, '_>) -> bool {
    let news = |count: &Count<'_, '_>| count.figure.as_of.is_none() && count.sides.iter().all(|side| side.mark == Mark::None && side.ago.is_none());
    let pairs = || early.sides.iter().flat_map(|a| late.sides.iter().map(move |b| (a.told.document, b.told.document)));
    news(early) && news(late) && pairs().all(|pair| order.contains(&pair))
}

/// Whether one number was first told before the other was.
fn is_all_before(early: &Count<'_, '_>, late: &Count<'_, '_>) -> bool {
    first_told(early).is_before(first_told(late))
}

/// When a number was first told: a telling without a day may be older than any other.
fn first_told(count: &Count<'_, '_>) -> Moment {
    Moment::first(&count.moments)
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
    Count { figure: count.figure, sides: vec![count.sides[0]], moments: vec![count.moments[0]] }
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
