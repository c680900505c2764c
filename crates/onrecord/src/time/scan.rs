//! Goes over the tokens of a text and takes, at each place, the longest expression of time any rule finds.

use super::shape::{Found, Shape, Unit};
use super::words::Cx;
use super::{calendar, count, day};

/// A rule: the expression that starts at a token, if one does.
type Rule = fn(&Cx<'_>, usize) -> Option<Found>;

/// All rules; of two equally long readings the first counts.
const RULES: [Rule; 21] = [
    calendar::numeric_date,
    calendar::calendar_date,
    day::clock,
    day::weekday,
    calendar::holiday,
    calendar::month,
    calendar::quarter,
    calendar::half,
    calendar::season,
    day::day_word,
    day::part_of_day,
    calendar::decade,
    calendar::year,
    count::reference,
    count::unit_near,
    count::from_the_text,
    count::ago,
    count::set,
    count::duration,
    count::stretch,
    calendar::year_end,
];

/// Every expression of time of a text, in order; none overlap.
pub(super) fn scan(cx: &Cx<'_>) -> Vec<Found> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < cx.tokens.len() {
        match cx.may_start(at).then(|| longest(cx, at)).flatten() {
            Some(hit) => {
                at = hit.end.max(at + 1);
                found.push(hit);
            }
            None => at += 1,
        }
    }
    found
}

fn longest(cx: &Cx<'_>, at: usize) -> Option<Found> {
    [plain(cx, at), hedged(cx, at), placed(cx, at)]
        .into_iter()
        .flatten()
        .filter(|found| stands_together(cx, found))
        .reduce(|best, next| if next.end > best.end { next } else { best })
}

fn plain(cx: &Cx<'_>, at: usize) -> Option<Found> {
    RULES.iter().filter_map(|rule| rule(cx, at)).reduce(|best, next| if next.end > best.end { next } else { best })
}

/// An amount or a point with the words that make it "about": "nearly four years ago", "around Nov. 1".
fn hedged(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let len = cx.words.hedges.at(cx.tokens, at)?;
    let inner = plain(cx, at + len)?;
    let counted = cx.amount(at + len).is_some();
    let fits = match inner.shape {
        Shape::Length(_) => counted || matches!(cx.w(at), "at" | "more" | "less"),
        Shape::Away { from: _, .. } | Shape::Around { .. } | Shape::YearBefore => counted,
        Shape::Day { .. } | Shape::Hour => matches!(cx.w(at), "about" | "around" | "roughly" | "approximately" | "nearly"),
        Shape::Month { .. }
        | Shape::Year(_)
        | Shape::Decade(_)
        | Shape::Century(_)
        | Shape::Season { .. }
        | Shape::Quarter { .. }
        | Shape::Half { .. }
        | Shape::Weekday(..)
        | Shape::Holiday { .. }
        | Shape::Repeat(_)
        | Shape::Reference(_) => false,
    };
    fits.then_some(Found { start: at, ..inner })
}

/// A stretch with the words that say where in it: "early next year", "the end of the month", "mid-November".
fn placed(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let len = cx.words.places.at(cx.tokens, at)?;
    let inner = plain(cx, at + len)?;
    let fits = match inner.shape {
        Shape::Month { .. }
        | Shape::Year(_)
        | Shape::Decade(_)
        | Shape::Century(_)
        | Shape::Season { .. }
        | Shape::Quarter { .. }
        | Shape::Weekday(..)
        | Shape::Half { .. } => true,
        Shape::Away { unit, .. } => inner.rule != "time/ago" && !unit.is_short(),
        Shape::Day { .. } | Shape::Holiday { .. } => !matches!(cx.w(at), "the" | "middle"),
        Shape::Hour | Shape::Around { .. } | Shape::YearBefore | Shape::Length(_) | Shape::Repeat(_) | Shape::Reference(_) => false,
    };
    let later_in = matches!(cx.w(at + len - 1), "in") && !matches!(inner.shape, Shape::Away { unit: Unit::Week | Unit::Month | Unit::Year | Unit::Day, .. });
    (fits && !later_in).then_some(Found { start: at, ..inner })
}

/// Whether no empty line cuts the expression.
fn stands_together(cx: &Cx<'_>, found: &Found) -> bool {
    (found.start + 1..found.end).all(|at| !cx.breaks_paragraph(at))
}
