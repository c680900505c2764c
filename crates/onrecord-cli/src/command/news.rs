//! `onrecord news`: what the watches told, and where news goes by itself.

use crate::kept::Kept;
use crate::{Failure, Outcome, delivery, listing, terminal};
use onrecord::render::{Canvas, Paint};
use onrecord_archive::TargetKind;
use std::path::PathBuf;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Only what was told after this
    #[arg(long, value_name = "ID")]
    after: Option<String>,
    /// Keep all news as an Atom and a JSON feed in this folder, from now on
    #[arg(long, value_name = "FOLDER")]
    feeds: Option<PathBuf>,
    /// Post each piece of news as JSON to this address, from now on
    #[arg(long, value_name = "URL")]
    webhook: Option<String>,
    /// Send news to this folder or address no more
    #[arg(long, value_name = "FOLDER|URL")]
    stop: Option<String>,
    #[command(flatten)]
    kept: Kept,
    /// Print one JSON object a piece of news
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut archive = arguments.kept.open()?;
    if let Some(folder) = &arguments.feeds {
        let folder = std::path::absolute(folder)?;
        archive.send_to(TargetKind::Feeds, &folder.display().to_string())?;
    }
    if let Some(address) = &arguments.webhook {
        if !address.starts_with("http://") && !address.starts_with("https://") {
            return Err(Failure::Usage(format!("{address} is no web address: it begins with http:// or https://")));
        }
        archive.send_to(TargetKind::Webhook, address)?;
    }
    if let Some(place) = &arguments.stop {
        let folder = std::path::absolute(place)?.display().to_string();
        if !archive.send_no_more(place)? && !archive.send_no_more(&folder)? {
            return Err(Failure::Usage(format!("no news goes to {place}")));
        }
    }
    delivery::send(&mut archive)?;
    let after = match &arguments.after {
        Some(id) => id.strip_prefix('n').unwrap_or(id).parse().map_err(|_| Failure::Usage(format!("{id} is no news: they are called n1, n2 …")))?,
        None => 0,
    };
    let news = archive.news(after)?;
    if arguments.json {
        return listing::as_json(&news);
    }
    let mut canvas = Canvas::of_width(terminal::width());
    for it in &news {
        canvas.hanging(0, 2, [(Paint::Strong, format!("{} ", it.id)), (Paint::Name, format!("{} ", it.on.name())), (Paint::Plain, it.line.clone())]);
        for quoted in &it.words {
            let speaker = quoted.speaker.as_ref().map(|speaker| (Paint::Name, format!("{speaker}: ")));
            canvas.hanging(4, 2, speaker.into_iter().chain([(Paint::Quoted, quoted.text.clone()), (Paint::Faint, format!(" [{}]", quoted.id))]));
        }
        canvas.line(4, [(Paint::Faint, format!("{}, {}, {}", it.headline, it.story, it.at))]);
    }
    for target in archive.targets()? {
        canvas.line(0, [(Paint::Faint, format!("news goes to {}", target.place))]);
    }
    listing::print(canvas, news.len(), "piece of news", "pieces of news")
}
