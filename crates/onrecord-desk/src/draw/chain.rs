//! What a claim rests on, as a small graph: the origins on the left, the hands it went through, the articles on the right.

use crate::shown::Shown;
use crate::words;
use onrecord::line::one_line;
use onrecord_export::page::Said;
use std::collections::BTreeMap;

/// The width of a box, and of the gap to the next.
const BOX: f32 = 190.0;
const GAP: f32 = 46.0;
/// A row, and a box in it.
const ROW: f32 = 40.0;
const HIGH: f32 = 30.0;
/// Statements that are drawn; the others are counted.
const MOST: usize = 10;
/// Hands between origin and article that are drawn.
const HANDS: usize = 3;
/// Letters of the words that a box tells in full.
const TOLD: usize = 200;
/// Letters that fit into a box.
const LETTERS: usize = 25;

/// A drawing.
pub(crate) struct Drawing {
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) plates: Vec<Plate>,
    pub(crate) lines: Vec<String>,
    /// The same in words.
    pub(crate) told: Vec<String>,
    pub(crate) left: usize,
}

pub(crate) struct Plate {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) wide: f32,
    pub(crate) high: f32,
    pub(crate) text: String,
    pub(crate) full: String,
    /// Where an article's words stand.
    pub(crate) place: Option<String>,
    pub(crate) is_origin: bool,
}

/// A way from an origin to an article.
struct Way<'a> {
    names: Vec<String>,
    said: &'a Said,
    source: String,
}

/// Draws a claim; nothing for one whose statements are not there.
pub(crate) fn draw(shown: &Shown, id: &str) -> Option<Drawing> {
    let claim = shown.story.record.origins.iter().find(|claim| claim.id == id)?;
    let ways: Vec<Way<'_>> =
        claim.origins.iter().flat_map(|origin| origin.through.iter().filter_map(move |id| way(shown, &one_line(&origin.name), id))).collect();
    let left = ways.len().saturating_sub(MOST);
    let ways = &ways[..ways.len().min(MOST)];
    let columns = ways.iter().map(|way| way.names.len()).max()? + 1;
    let x = |column: usize| column as f32 * (BOX + GAP) + 1.0;
    let y = |row: f32| row * ROW + 4.0;
    let mut drawing =
        Drawing { width: x(columns - 1) + BOX + 1.0, height: ways.len() as f32 * ROW + 4.0, plates: Vec::new(), lines: Vec::new(), told: Vec::new(), left };
    // What is the same from the left on is one box, in the middle of its rows.
    let mut rows: BTreeMap<(usize, Vec<String>), Vec<usize>> = BTreeMap::new();
    for (row, way) in ways.iter().enumerate() {
        (0..way.names.len()).for_each(|column| rows.entry((column, way.names[..=column].to_vec())).or_default().push(row));
        drawing.told.push(way.names.iter().cloned().chain([way.source.clone()]).collect::<Vec<_>>().join(" → "));
    }
    let middle = |at: &Vec<usize>| at.iter().sum::<usize>() as f32 / at.len().max(1) as f32;
    for ((column, names), at) in &rows {
        let full = names.last().cloned().unwrap_or_default();
        drawing.plates.push(Plate {
            x: x(*column),
            y: y(middle(at)),
            wide: BOX,
            high: HIGH,
            text: super::cut(&full, LETTERS),
            full,
            place: None,
            is_origin: *column == 0,
        });
        if *column > 0 {
            let before = rows.get(&(column - 1, names[..*column].to_vec())).map_or(0.0, middle);
            drawing.lines.push(line(x(column - 1) + BOX, y(before), x(*column), y(middle(at))));
        }
    }
    for (row, way) in ways.iter().enumerate() {
        let (last, row) = (way.names.len() - 1, row as f32);
        let from = rows.get(&(last, way.names.clone())).map_or(0.0, middle);
        drawing.lines.push(line(x(last) + BOX, y(from), x(columns - 1), y(row)));
        let (text, full) = (super::cut(&way.source, LETTERS), format!("{}: {}", way.source, super::cut(&words::text(way.said), TOLD)));
        drawing.plates.push(Plate {
            x: x(columns - 1),
            y: y(row),
            wide: BOX,
            high: HIGH,
            text,
            full,
            place: Some(words::place_of(&way.said.name)),
            is_origin: false,
        });
    }
    Some(drawing)
}

/// The hands from the origin to the reader, the reader's article last.
fn way<'a>(shown: &'a Shown, origin: &str, id: &str) -> Option<Way<'a>> {
    let (statement, said) = (shown.statement(id)?, shown.said(id)?);
    let hand = |relay: &onrecord::wire::record::Relay| {
        let name = relay.person.as_deref().and_then(|id| shown.name(id));
        name.or_else(|| relay.words.as_ref().map(|words| one_line(&words.text)))
    };
    let mut names = vec![origin.to_owned()];
    // The relays stand nearest the reader first, the speaker last.
    for name in statement.chain.iter().rev().filter_map(hand).chain([said.speaker.clone()]) {
        if !names.contains(&name) && names.len() <= HANDS && name != "Nobody named" {
            names.push(name);
        }
    }
    let document = shown.laid_out(&statement.document)?;
    Some(Way { names, said, source: document.outlet.clone().unwrap_or_else(|| document.file.clone()) })
}

fn line(x: f32, y: f32, to_x: f32, to_y: f32) -> String {
    let (y, to_y, half) = (y + HIGH / 2.0, to_y + HIGH / 2.0, (to_x - x) / 2.0);
    format!("M{x:.1} {y:.1}C{:.1} {y:.1} {:.1} {to_y:.1} {to_x:.1} {to_y:.1}", x + half, to_x - half)
}
