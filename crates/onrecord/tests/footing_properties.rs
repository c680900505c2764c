//! Act, factuality, sourcing and addressee hold their promises over any text and any statements.

use onrecord::read::read_stated;
use onrecord::reader::Readout;
use onrecord::statement::{Form, Statement};
use onrecord::text::Spanned;
use onrecord::token::{Tokens, tokenize};
use onrecord::{Document, Id, Layer, Reading, Span, zone};
use proptest::prelude::*;

/// Words that rules wait for, so that chance meets them.
const WORDS: &[&str] = &[
    "asked",
    "said",
    "told",
    "denied",
    "refused",
    "to",
    "comment",
    "if",
    "whether",
    "not",
    "wouldn’t",
    "say",
    "would",
    "may",
    "did",
    "she",
    "Ode",
    "they",
    "the",
    "report",
    "officials",
    "citing",
    "reportedly",
    "was",
    "“",
    "”",
    "‘",
    "’",
    "?",
    ".",
    ",",
    "@",
    "dance",
    "that",
    "“no",
    "comment”",
    "Harrow",
    "Post",
    "spokeswoman",
    "on",
    "Twitter",
    "anybody",
    "more",
    "than",
    "\n",
    "é",
    "🙂",
    "—",
];

fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(prop_oneof![8 => prop::sample::select(WORDS).prop_map(str::to_owned), 1 => "\\PC{0,6}"], 0..40).prop_map(|words| words.join(" "))
}

type Parts = (Option<(usize, usize)>, Vec<(usize, usize)>, Vec<(usize, usize)>, Option<usize>);

fn parts() -> impl Strategy<Value = Vec<Parts>> {
    let range = || (0usize..40, 1usize..8);
    prop::collection::vec(
        (prop::option::of(range()), prop::collection::vec(range(), 0..3), prop::collection::vec(range(), 0..3), prop::option::of(0usize..5)),
        0..5,
    )
}

fn statements(tokens: &Tokens, all: &[Parts]) -> Layer<Statement> {
    let span = |(from, len): &(usize, usize)| tokens.cover(*from..(*from + *len).min(tokens.len()));
    let made = all.iter().filter_map(|(source, cue, content, within)| {
        let statement = Statement {
            source: source.as_ref().and_then(span),
            cue: cue.iter().filter_map(span).collect(),
            content: content.iter().filter_map(span).collect(),
            within: within.map(Id::new),
            form: Form::Direct,
            confidence: 1.0,
            evidence: Vec::new(),
        };
        (statement.source.is_some() || !statement.cue.is_empty() || !statement.content.is_empty()).then_some(statement)
    });
    let mut made: Vec<Statement> = made.collect();
    let count = made.len();
    for statement in &mut made {
        statement.within = statement.within.filter(|parent| parent.at() < count);
    }
    Layer::sorted(made)
}

fn reading(text: &str, all: &[Parts]) -> Reading {
    let document = Document::new("any.txt", text);
    let tokens = tokenize(text);
    let zones = zone::divide(&document, &tokens);
    let statements = statements(&tokens, all);
    read_stated(document, tokens, Readout::default(), zones, statements)
}

proptest! {
    #[test]
    fn every_statement_is_classified_within_the_text(text in texts(), all in parts()) {
        let reading = reading(&text, &all);
        let inside = |span: &Span| span.end() <= text.len() && text.is_char_boundary(span.start()) && text.is_char_boundary(span.end());
        for (id, statement) in reading.statements.entries() {
            let (acted, footing, addressee) = (&reading.acts[id], &reading.sourcing[id], &reading.addressees[id]);
            let evidence = acted.evidence.iter().chain(&footing.evidence).chain(&addressee.evidence);
            prop_assert!(evidence.flat_map(|it| &it.words).all(inside));
            prop_assert!(footing.chain.iter().filter_map(|relay| relay.words.as_ref()).all(inside));
            prop_assert!(addressee.words.is_none_or(|words| inside(&words) && statement.source.is_none_or(|source| source == words || !source.overlaps(words))));
            prop_assert!(statement.span().end() <= text.len());
        }
    }

    #[test]
    fn reading_twice_gives_the_same(text in texts(), all in parts()) {
        prop_assert_eq!(reading(&text, &all), reading(&text, &all));
    }
}
