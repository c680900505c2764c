//! `onrecord watch`: what to tell of as soon as the archive holds it.

use crate::arguments::named;
use crate::kept::{self, Kept, now};
use crate::{Failure, Outcome, listing, terminal};
use onrecord::act::Act;
use onrecord::render::{Canvas, Paint};
use onrecord::sourcing::SourceClass;
use onrecord::statement::Form;
use onrecord::wire::Named;
use onrecord_archive::{Hand, On, Saved, Watch};
use std::io::Write;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// What for: said, changed, conflict, confirmed, answered, altered; without it, the watches that are set are listed
    #[arg(value_name = "KIND", value_parser = kind)]
    on: Option<On>,
    /// Only of somebody of this name, with this word in the name, or of this id
    #[arg(long, value_name = "NAME|ID", requires = "on")]
    by: Option<String>,
    /// Only in this story
    #[arg(long, value_name = "ID", requires = "on")]
    story: Option<String>,
    /// `said`: only where these words were said; as `onrecord search` takes them
    #[arg(long, value_name = "WORDS", requires = "on")]
    words: Option<String>,
    /// `said`: only where this name stands in what was said
    #[arg(long, value_name = "NAME", requires = "on")]
    about: Option<String>,
    /// `said`: only published by
    #[arg(long, value_name = "NAME", requires = "on")]
    outlet: Option<String>,
    /// `said`: only of this class of source, such as anonymous
    #[arg(long, value_name = "CLASS", value_parser = named::<SourceClass>, requires = "on")]
    sourcing: Option<SourceClass>,
    /// `said`: only what does this, such as denial
    #[arg(long, value_name = "ACT", value_parser = named::<Act>, requires = "on")]
    act: Option<Act>,
    /// `said`: only what is quoted so: direct, mixed, indirect
    #[arg(long, value_name = "FORM", value_parser = named::<Form>, requires = "on")]
    form: Option<Form>,
    /// Take a watch away
    #[arg(long, value_name = "ID", conflicts_with = "on")]
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

fn saved(arguments: &Arguments) -> Saved {
    Saved {
        words: arguments.words.clone(),
        about: arguments.about.clone(),
        outlet: arguments.outlet.clone(),
        sourcing: arguments.sourcing.map(|label| label.name().to_owned()),
        act: arguments.act.map(|label| label.name().to_owned()),
        form: arguments.form.map(|label| label.name().to_owned()),
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut archive = arguments.kept.open()?;
    if let Some(id) = &arguments.drop {
        archive.unwatch(id, &now())?;
    }
    let set = match arguments.on {
        Some(on) => {
            let story = arguments.story.as_ref().map(|story| archive.document_at(story)).transpose()?;
            let watch = Watch { on, story, by: arguments.by.clone(), saved: saved(arguments) };
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
        let of_all = [("by", &it.watch.by), ("in", &it.watch.story)].into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        let limits = of_all.chain(it.watch.saved.limits()).map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join(", ");
        let told = it.told.unwrap_or_default();
        canvas.line(
            0,
            [(Paint::Strong, it.id.clone()), (Paint::Name, it.watch.on.name().to_owned()), (Paint::Plain, limits), (Paint::Faint, format!("told {told}"))],
        );
    }
    listing::print(canvas, watches.len(), "watch", "watches")
}
