//! `onrecord watch`: what to tell of as soon as the archive holds it.

use crate::kept::{self, Kept, now};
use crate::{Failure, Outcome, listing, terminal};
use onrecord::render::{Canvas, Paint};
use onrecord_archive::{Hand, On, Watch};
use std::io::Write;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// What for: said, changed, conflict, confirmed, answered, altered; without it, the watches that are set are listed
    #[arg(value_name = "KIND", value_parser = kind)]
    on: Option<On>,
    /// Only where these words were said; as `onrecord search` takes them
    #[arg(long, value_name = "WORDS")]
    words: Option<String>,
    /// Only of somebody of this name, or with this word in the name
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Only in this story
    #[arg(long, value_name = "ID")]
    story: Option<String>,
    /// Take a watch away
    #[arg(long, value_name = "ID", conflicts_with_all = ["on", "words", "by", "story"])]
    drop: Option<String>,
    #[command(flatten)]
    kept: Kept,
    /// Print one JSON object a watch
    #[arg(long)]
    json: bool,
}

fn kind(name: &str) -> Result<On, String> {
    On::ALL.into_iter().find(|on| on.name() == name).ok_or_else(|| format!("there are {}", On::ALL.map(On::name).join(", ")))
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut archive = arguments.kept.open()?;
    if let Some(id) = &arguments.drop {
        archive.unwatch(id, &now())?;
    }
    let set = match arguments.on {
        Some(on) if arguments.words.is_some() && on != On::Said => return Err(Failure::Usage(format!("--words goes with `said`, not with `{}`", on.name()))),
        Some(on) => {
            let story = arguments.story.as_ref().map(|story| archive.document_at(story)).transpose()?;
            let watch = Watch { on, story, by: arguments.by.clone(), words: arguments.words.clone() };
            Some(archive.watch(&watch, Hand { by: &kept::user(), now: &now() })?)
        }
        None => None,
    };
    let mut watches = archive.watches()?;
    watches.retain(|it| set.as_ref().is_none_or(|set| it.id == *set));
    if arguments.json {
        return listing::as_json(&watches);
    }
    if let Some(id) = set {
        let mut output = terminal::output();
        writeln!(output, "{id} is set; it tells of what comes from now on: `onrecord news`")?;
        output.flush()?;
        return Ok(Outcome::AllRead);
    }
    let mut canvas = Canvas::of_width(terminal::width());
    for it in &watches {
        let limits = [("by", &it.watch.by), ("in", &it.watch.story), ("words", &it.watch.words)];
        let limits = limits.iter().filter_map(|(name, value)| Some(format!("{name} {}", value.as_ref()?))).collect::<Vec<_>>().join(", ");
        canvas.line(
            0,
            [(Paint::Strong, it.id.clone()), (Paint::Name, it.watch.on.name().to_owned()), (Paint::Plain, limits), (Paint::Faint, format!("told {}", it.told))],
        );
    }
    listing::print(canvas, watches.len(), "watch", "watches")
}
