//! Two accounts side by side.

use super::names::{self, Names};
use super::{heading, more};
use crate::compare::{Relation, RelationKind};
use crate::record::Told;
use crate::render::{Canvas, Line, Paint};

/// Every relation of one kind, the two sides beside each other.
pub(super) fn relations(names: &Names<'_>, kind: RelationKind, title: &str, what: &str, most: usize, canvas: &mut Canvas) {
    let found: Vec<_> = names.record.relations.entries().filter(|(_, relation)| relation.kind == kind).collect();
    if found.is_empty() {
        return;
    }
    heading(canvas, title, what);
    for (id, relation) in found.iter().take(most) {
        canvas.hanging(0, 5, [(Paint::Faint, format!("{:<5}", format!("r{}", id.at() + 1))), (Paint::Plain, relation.why.clone())]);
        beside(names, relation, canvas);
    }
    more(canvas, found.len(), most);
}

/// What came first stands on the left.
fn beside(names: &Names<'_>, relation: &Relation, canvas: &mut Canvas) {
    let (left, right) = match relation.kind {
        RelationKind::Supersedes => (&relation.b, &relation.a),
        RelationKind::Conflicts | RelationKind::Corroborates | RelationKind::Repeats => (&relation.a, &relation.b),
    };
    canvas.side_by_side(5, |width| side(names, left, width), |width| side(names, right, width));
}

fn side(names: &Names<'_>, statements: &[Told], width: usize) -> Vec<Line> {
    let mut canvas = Canvas::of_width(width);
    let Some(told) = names.fullest(statements) else { return Vec::new() };
    let day = names::short_days(names.record.calendar.said(told));
    canvas.line(0, [(Paint::Name, names.speaker(told)), (Paint::Plain, format!("· {day}"))]);
    canvas.paragraph(0, names::quoted_apart(&names.words(told)));
    canvas.line(0, [(Paint::Faint, format!("[{}]", names.places(statements)))]);
    canvas.into_lines()
}
