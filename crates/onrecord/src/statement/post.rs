//! Rule `statement/post`: a post that was taken into the page, signed with name, handle and day, is what its author says, word for word.

use super::{Form, Statement, Text};
use crate::evidence::{Evidence, Finder};
use crate::text::Span;
use crate::token::{TokenKind, Tokens};
use crate::zone::Zone;
use regex::Regex;
use std::sync::LazyLock;

const RULE: &str = "statement/post";
/// Words below which a post says nothing by itself: "Amen!".
const FEWEST: usize = 3;

/// Adds the statement of every post that no draft has by its signature.
pub(super) fn add(words: &str, text: &Text<'_>, drafts: &mut Vec<Statement>) {
    for (zone, author) in text.zones.iter().filter_map(|zone| Some((zone, zone.author()?))) {
        let is_told = |draft: &Statement| draft.source.is_some_and(|source| source.overlaps(author));
        if !drafts.iter().any(is_told) {
            drafts.extend(said(words, text.tokens, zone, author));
        }
    }
}

/// Whether a statement is a post, which is word for word though it stands in no marks.
pub(crate) fn is_post(statement: &Statement) -> bool {
    statement.evidence.iter().any(|evidence| evidence.by == Finder::Rule(RULE))
}

/// All before the dash of the signature but the links it ends with.
fn said(words: &str, tokens: &Tokens, zone: &Zone, author: Span) -> Option<Statement> {
    static LINKS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:\s*(?:https?://|pic\.twitter\.com/)\S+)+\s*$").expect("a fixed pattern"));
    let range = tokens.within(zone.span);
    let name = tokens.within(author).start;
    let is_dash = |at: &usize| matches!(tokens.lower(*at), "—" | "–" | "-" | "--" | "―");
    let sign = (range.start..name).rev().take_while(is_dash).last()?;
    let whole = tokens.cover(range.start..sign)?;
    let end = LINKS.find(whole.of(words)).map_or(whole.end(), |links| whole.start() + links.start());
    let content = Span::new(whole.start(), end);
    let signature = tokens.cover(sign..name)?;
    let evidence = Evidence::rule("content", RULE, vec![content, signature, author], "a post signed with its author's name and handle");
    let long = tokens.within(content).filter(|at| tokens.kind(*at) == TokenKind::Word).count() >= FEWEST;
    long.then(|| Statement {
        source: Some(author),
        cue: vec![signature],
        content: vec![content],
        within: None,
        form: Form::Direct,
        confidence: 1.0,
        evidence: vec![evidence],
    })
}
