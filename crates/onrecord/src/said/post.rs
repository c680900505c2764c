//! Finds posts embedded in a text, signed with name, handle and day, and the statements that tell their words: `said/embedded-post`.

use super::{Cx, Said};
use crate::evidence::Evidence;
use crate::statement::{self, Statement};
use crate::text::{Id, Span};
use crate::time::{Granularity, Time};
use crate::token::TokenKind;
use std::ops::Range;

/// The words of a post, and the time that signs it.
struct Post<'a> {
    words: Vec<&'a str>,
    time: &'a Time,
}

/// For each statement, the day of the post whose words it tells; nothing where two posts of two days have them.
pub(super) fn days(cx: &Cx<'_>) -> Vec<Option<Said>> {
    let posts: Vec<Post<'_>> = cx.times.iter().filter_map(|time| signed(cx, time)).collect();
    let day = |id: Id<Statement>| {
        let runs: Vec<Vec<&str>> = told(cx, id);
        let mut holding = posts.iter().filter(|post| runs.iter().any(|run| holds(&post.words, run)));
        let first = holding.next()?;
        let one = holding.all(|post| post.time.interval == first.time.interval);
        let evidence = Evidence::rule("said", "said/embedded-post", vec![first.time.span], "the words of a post that bears its day");
        one.then(|| Said { interval: first.time.interval.clone(), evidence: vec![evidence] })
    };
    if posts.is_empty() { vec![None; cx.statements.len()] } else { cx.statements.ids().map(day).collect() }
}

/// Words in a row that nobody else says by chance.
const RUN: usize = 6;
/// A quotation shorter than that is a post's if all of it stands there and it is no mere phrase.
const SHORT: usize = 3;

/// Whether `words` hold `run`, or so many words of it in a row.
fn holds(words: &[&str], run: &[&str]) -> bool {
    let least = RUN.min(run.len());
    least >= SHORT && run.windows(least).any(|part| words.windows(least).any(|words| words == part))
}

/// What a statement tells, part by part; of words that are not quoted only so many that they are the post itself or a copy.
fn told<'a>(cx: &Cx<'a>, id: Id<Statement>) -> Vec<Vec<&'a str>> {
    let statement = &cx.statements[id];
    let quoted = |span: &Span| cx.text[..span.start()].ends_with(['“', '"', '‘', '\'']) || cx.text[span.start()..].starts_with(['“', '"', '‘', '\'']);
    let is_post = statement::post::is_post(statement);
    let parts = statement.content.iter().map(|span| (is_post || quoted(span), words(cx, cx.tokens.within(*span))));
    parts.filter(|(quoted, words)| *quoted || words.len() >= RUN).map(|(_, words)| words).collect()
}

fn words<'a>(cx: &Cx<'a>, range: Range<usize>) -> Vec<&'a str> {
    range.filter(|at| cx.tokens.kind(*at) != TokenKind::Punctuation).map(|at| cx.tokens.lower(at)).collect()
}

/// "words — Name (@handle) March 4, 2031": the post that this time signs.
fn signed<'a>(cx: &Cx<'a>, time: &'a Time) -> Option<Post<'a>> {
    let place = cx.tokens.within(time.span);
    let day = time.interval.as_ref().is_some_and(|interval| interval.granularity == Granularity::Day && interval.basis == "stated");
    let back = |least: usize| (place.start.saturating_sub(least)..place.start).rev();
    let open = back(HANDLE).find(|at| cx.tokens.lower(*at).starts_with('@')).filter(|_| day)?;
    let closed = (open + 1..place.start).all(|at| cx.tokens.kind(at) == TokenKind::Punctuation || at == open + 1);
    let dash = (open.saturating_sub(NAME)..open).rev().find(|at| matches!(cx.tokens.lower(*at), "—" | "–" | "-" | "--" | "―")).filter(|_| closed)?;
    let words = words(cx, paragraph_start(cx, dash)..dash);
    (!words.is_empty()).then_some(Post { words, time })
}

/// Tokens between a handle and the day: the handle, a bracket, a comma.
const HANDLE: usize = 5;
/// Tokens of the name and the bracket between a dash and the handle.
const NAME: usize = 10;

/// Where the post that ends before token `dash` begins: its paragraph, or the one before where the signature stands on a line of its own.
fn paragraph_start(cx: &Cx<'_>, dash: usize) -> usize {
    let end = cx.tokens.span(dash).start();
    let above = cx.text[..end].trim_end();
    let start = above.rfind("\n\n").map_or(0, |at| at + 2);
    cx.tokens.from_byte(start)
}
