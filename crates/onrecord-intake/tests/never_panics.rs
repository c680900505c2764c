//! Throws broken articles at the intake, `read` and everything written from a reading, on the stable toolchain.
//!
//! Runs for a few seconds; `ONRECORD_FUZZ_SECONDS=600 cargo test --release -p onrecord-intake --test never_panics` for
//! ten minutes. The seed of a failing text is printed and goes into [`KNOWN`]. `fuzz/` has the same for cargo-fuzz.

use onrecord::mention::{MentionKind, MentionOf};
use onrecord::read::read_marked;
use onrecord::reader::{Link, Marked, Part, Reader, Readout, Role};
use onrecord::render::{STAGES, layer, record};
use onrecord::token::{Tokens, tokenize};
use onrecord::{Document, Reading, explain, read, wire};
use onrecord_intake::{Limits, from_bytes};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Seeds of texts that once broke something; run first, always.
const KNOWN: &[u64] = &[];

/// How long a run takes when nothing else is asked for.
const SECONDS: u64 = 3;

/// One text in so many goes through the encoder; the others get labels by chance, which no encoder would give.
const ENCODED: u64 = 16;

const ARTICLES: &[&str] = &[
    "HARROW, March 5 (Northwire) — The bridge stays shut, the council said on Tuesday.\n\n“We will not be rushed,” said Ilse Varga, the chief engineer. “It opens when it is safe.”\n\nAsked whether she knew of the leak, a spokeswoman declined to comment. Two officials close to the mayor told The Harrow Post last night that he had offered to resign in 2029; he has denied it.",
    "Why the mayor won't answer\nBy Ana Pell\n\nImagine her saying, “Sorry, I lost it.” She wouldn't say that. But if she says \"no\", who'll believe her?\n\n> The Courier reported that aides said Ode felt ‘betrayed’.\n\nComments\n\nTomG: he said he'd never do it!!!\nReply  Share\n",
    "{\"title\": \"Bridge shut\", \"text\": \"It rained, said Ode.\", \"date\": \"2031-03-05\"}",
    "<html><head><title>Bridge shut</title></head><body><article><p>“It rained,” said Ode on Thursday.</p><p>He added that it would stop.</p></article></body></html>",
    "Q: Did you know?\nA: I have said what I have said.\nMS. VARGA: Next question. Yes, in the back.\nQ. Does the mayor have confidence in you? —\n",
];

const PIECES: &[&str] = &[
    "“",
    "”",
    "\"",
    "'",
    "’",
    "‘",
    "«",
    "»",
    "“‘\"'",
    "\n",
    "\n\n",
    "\r\n",
    "\u{feff}",
    "\u{200b}",
    "\0",
    "\u{1b}[31m",
    "—",
    "…",
    "...",
    "(",
    ")",
    ":",
    "@",
    "http://x.example/",
    " said ",
    " said that ",
    " according to ",
    " denied ",
    " asked whether ",
    "“Yes,” he said. ",
    "She ",
    "the mayor ",
    "Mr. ",
    "U.S. ",
    "a spokeswoman for the ",
    "two sources ",
    "last Thursday",
    "2031-02-30",
    "99999999999999999999",
    "February 29",
    "the 1900s",
    "0 years ago",
    "99999 weeks ago",
    "midnight",
    "é",
    "漢字",
    "👩‍👩‍👧",
    "a\u{301}\u{301}\u{301}",
    "İ",
    "ß",
    "<p>",
    "</div>",
    "&amp;",
    "{",
    "}",
    "[",
    "]",
    "> ",
    "- ",
    "# ",
    "| ",
    "By ",
    "Q: ",
    "A: ",
    "Comments\n",
    "Read more\n",
];

/// A small generator of random numbers, so that a seed tells the whole text (xorshift64*).
struct Chance(u64);

impl Chance {
    fn of(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % n.max(1)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

fn broken(chance: &mut Chance) -> Vec<u8> {
    let mut bytes = chance.pick(ARTICLES).as_bytes().to_vec();
    for _ in 0..chance.below(12) {
        let at = chance.below(bytes.len() + 1);
        match chance.below(9) {
            0 if at < bytes.len() => bytes[at] = chance.below(256) as u8,
            1 => bytes.truncate(at),
            2 => drop(bytes.drain(at..(at + chance.below(40)).min(bytes.len()))),
            3 => {
                let piece = chance.pick(PIECES).repeat(chance.below(300));
                bytes.splice(at..at, piece.into_bytes());
            }
            4 => {
                let end = (at + chance.below(200)).min(bytes.len());
                let copy = bytes[at..end].repeat(1 + chance.below(4));
                bytes.splice(at..at, copy);
            }
            5 => bytes = bytes.iter().map(|byte| if byte.is_ascii_whitespace() { b' ' } else { *byte }).collect(),
            _ => {
                let piece = chance.pick(PIECES);
                bytes.splice(at..at, piece.bytes());
            }
        }
    }
    bytes
}

/// Labels and links by chance, such as the decoder could give.
fn by_chance(tokens: &Tokens, chance: &mut Chance) -> Readout {
    let mut readout = Readout::default();
    for role in [Role::Source, Role::Cue, Role::Content] {
        let mut at = chance.below(6);
        while at < tokens.len() {
            let end = (at + 1 + chance.below(if role == Role::Content { 25 } else { 4 })).min(tokens.len());
            readout.parts.push(Part { role, tokens: at..end, score: 0.5 });
            at = end + chance.below(20);
        }
    }
    readout.parts.sort_by_key(|part| (part.tokens.start, std::cmp::Reverse(part.tokens.end)));
    let places = |role: Role| -> Vec<usize> { (0..readout.parts.len()).filter(|at| readout.parts[*at].role == role).collect() };
    let (cues, sources) = (places(Role::Cue), places(Role::Source));
    let mut near = |from: usize, places: &[usize]| {
        let close = places.partition_point(|place| *place < from);
        let to = *places.get((close + chance.below(4)).checked_sub(2)?)?;
        Some(Link { to, score: 0.5 })
    };
    let tie = |at: usize, from: Role, places: &[usize], near: &mut dyn FnMut(usize, &[usize]) -> Option<Link>| {
        if readout.parts[at].role == from { near(at, places) } else { None }
    };
    readout.cue_of = (0..readout.parts.len()).map(|at| tie(at, Role::Content, &cues, &mut near)).collect();
    readout.source_of = (0..readout.parts.len()).map(|at| tie(at, Role::Cue, &sources, &mut near)).collect();
    let mut at = 0;
    while at < tokens.len() {
        let end = (at + 1 + chance.below(4)).min(tokens.len());
        let kind = [MentionKind::Name, MentionKind::Description, MentionKind::Pronoun][chance.below(3)];
        let of = [MentionOf::Person, MentionOf::Organization, MentionOf::Place, MentionOf::Other][chance.below(4)];
        readout.mentions.push(Marked { tokens: at..end, kind, of, score: 0.5 });
        at = end + chance.below(8);
    }
    readout
}

fn go_through(reading: &Reading, chance: &mut Chance) {
    let width = 10 + chance.below(90);
    let json = serde_json::to_string(&wire::Reading::from(reading)).expect("a reading is JSON");
    let back: wire::Reading = serde_json::from_str(&json).expect("and the JSON a reading");
    assert_eq!(back.statements.len(), reading.statements.len());
    let _ = record(reading, width);
    for (stage, _) in STAGES {
        let _ = layer(reading, stage, width);
    }
    if let Some(id) = reading.statements.ids().next() {
        let _ = explain::statement(reading, id, width);
    }
}

fn attempt(seed: u64, reader: &Reader) {
    let mut chance = Chance::of(seed);
    let bytes = broken(&mut chance);
    let name = chance.pick(&["stdin", "x.txt", "x.md", "x.html", "x.json", "x.jsonl"]);
    for article in from_bytes(name, bytes, &Limits::default()) {
        let Ok(article) = article else { continue };
        let reading = if seed.is_multiple_of(ENCODED) {
            read(article.document, reader)
        } else {
            let tokens = tokenize(&article.document.text);
            let readout = by_chance(&tokens, &mut chance);
            read_marked(article.document, tokens, readout)
        };
        go_through(&reading, &mut chance);
    }
}

#[test]
fn broken_articles_are_read_or_refused() {
    let seconds = std::env::var("ONRECORD_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(SECONDS);
    let reader = Reader::built_in().on_one_core();
    let until = Instant::now() + Duration::from_secs(seconds);
    // Short runs repeat the same texts, so that they fail for a reason; long ones go on to new ones.
    let mut tried = 0u64;
    for seed in KNOWN.iter().copied().chain(1..) {
        if Instant::now() > until {
            break;
        }
        if catch_unwind(AssertUnwindSafe(|| attempt(seed, &reader))).is_err() {
            let text = String::from_utf8_lossy(&broken(&mut Chance::of(seed))).into_owned();
            panic!("seed {seed} breaks: {text:?}");
        }
        tried += 1;
    }
    println!("{tried} broken texts");
}

#[test]
fn what_is_extreme_is_read() {
    let quoted = format!("“{}", "It rained. ".repeat(500));
    let nested = "“‘".repeat(300) + &"’”".repeat(300);
    let storms = ["“".repeat(1000), "\"'".repeat(500), nested, quoted, "> ".repeat(1000), "x".repeat(60_000), "\n".repeat(20_000) + "x"];
    for text in storms {
        let chance = &mut Chance::of(1);
        let tokens = tokenize(&text);
        let readout = by_chance(&tokens, chance);
        go_through(&read_marked(Document::new("storm", text), tokens, readout), chance);
    }
    let reader = Reader::built_in().on_one_core();
    go_through(&read(Document::new("storm", "“‘\"'".repeat(60)), &reader), &mut Chance::of(1));
}
