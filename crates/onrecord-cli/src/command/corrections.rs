//! `onrecord corrections`: what persons corrected, who, when and why, and whether it still finds what it is about.

use crate::kept::Kept;
use crate::{Failure, Outcome, listing, terminal};
use onrecord::render::{Canvas, Paint};
use onrecord_archive::{Logged, TurnKind};

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    kept: Kept,
    /// Only those that hold and find nothing any more
    #[arg(long)]
    lost: bool,
    /// Print one JSON object a correction
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut log = arguments.kept.open()?.corrections()?;
    log.retain(|logged| !arguments.lost || logged.finds == Some(false));
    if arguments.json {
        return listing::as_json(&log);
    }
    let mut canvas = Canvas::of_width(terminal::width());
    for logged in &log {
        draw(&mut canvas, logged);
    }
    listing::print(canvas, log.len(), "correction", "corrections")
}

fn draw(canvas: &mut Canvas, logged: &Logged) {
    let state = match logged.finds {
        Some(true) => (Paint::Faint, "holds"),
        Some(false) => (Paint::Warning, "finds nothing now"),
        None => (Paint::Warning, "undone"),
    };
    canvas.hanging(0, 2, [(Paint::Strong, format!("{} ", logged.id)), (Paint::Plain, logged.change.told())]);
    let mut line = vec![(state.0, state.1.to_owned()), (Paint::Name, logged.by.clone()), (Paint::Faint, day(&logged.made_at))];
    line.extend((!logged.why.is_empty()).then(|| (Paint::Plain, logged.why.clone())));
    canvas.line(4, line);
    for turn in &logged.turns {
        let kind = match turn.kind {
            TurnKind::Undone => "undone",
            TurnKind::Redone => "done again",
        };
        canvas.line(4, [(Paint::Faint, format!("{kind} {} by {}", day(&turn.made_at), turn.by))]);
    }
}

fn day(moment: &str) -> String {
    moment.get(..10).unwrap_or(moment).to_owned()
}
