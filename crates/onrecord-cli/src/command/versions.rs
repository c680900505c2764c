//! `onrecord versions`: what later versions of a document dropped, altered or added, quotations first.

use crate::kept::Kept;
use crate::{Failure, Outcome, listing, terminal};
use onrecord::line::one_line;
use onrecord::reader::Reader;
use onrecord::render::{Canvas, Paint};
use onrecord::revision::{How, Matter};
use onrecord::wire::Named;
use onrecord::wire::revision::{Change, Part, Revision};

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// The document; without it, all that have several versions are listed
    #[arg(value_name = "ID")]
    id: Option<String>,
    #[command(flatten)]
    kept: Kept,
    /// Print one JSON object a step from version to version, or a document
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let archive = arguments.kept.open()?;
    let mut canvas = Canvas::of_width(terminal::width());
    let Some(id) = &arguments.id else {
        let revised = archive.revised()?;
        if arguments.json {
            return listing::as_json(&revised);
        }
        for it in &revised {
            let name = it.title.clone().unwrap_or_else(|| it.path.clone());
            canvas.line(0, [(Paint::Strong, one_line(&name)), (Paint::Faint, it.outlet.clone().unwrap_or_default())]);
            canvas.line(2, [(Paint::Faint, format!("{}, {} versions, the latest of {}", it.document, it.versions, it.added_at))]);
        }
        return listing::print(canvas, revised.len(), "document was changed", "documents were changed");
    };
    let revisions = archive.revisions(id, &Reader::built_in())?;
    if arguments.json {
        return listing::as_json(&revisions);
    }
    revisions.iter().for_each(|revision| draw(&mut canvas, revision));
    let changes = revisions.iter().map(|revision| revision.changes.len()).sum();
    listing::print(canvas, changes, "change", "changes")
}

fn draw(canvas: &mut Canvas, revision: &Revision) {
    canvas.line(0, [(Paint::Strong, format!("version {}", revision.later.number)), (Paint::Faint, format!("added {}", revision.later.added_at))]);
    for change in &revision.changes {
        let paint = match (change.matter, change.how) {
            (Matter::Quotation | Matter::Attribution, How::Dropped | How::Altered) => Paint::Warning,
            _ => Paint::Name,
        };
        canvas.line(2, [(paint, format!("{} {}", change.matter.name(), change.how.name()))]);
        part(canvas, change, "was", change.before.as_ref());
        part(canvas, change, "is", change.after.as_ref());
    }
}

fn part(canvas: &mut Canvas, change: &Change, label: &str, part: Option<&Part>) {
    let Some(part) = part else { return };
    let paint = if matches!(change.matter, Matter::Quotation | Matter::Attribution) { Paint::Quoted } else { Paint::Plain };
    let mut pieces = vec![(Paint::Faint, format!("{label} ")), (paint, one_line(&part.text))];
    pieces.extend(part.speaker.iter().map(|speaker| (Paint::Faint, format!(" {speaker}"))));
    canvas.hanging(4, 4, pieces);
}
