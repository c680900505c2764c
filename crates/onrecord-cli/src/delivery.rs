//! Sends news where a person said it should go: into the files of two feeds in a folder, or to a web address.

use crate::destination::Destination;
use crate::{Failure, terminal};
use atom_syndication::{Content, Entry, Feed, Generator, Link, Text};
use onrecord_archive::{Archive, News, TargetKind};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// The most entries a feed holds: readers fetch the whole file each time.
const ENTRIES: usize = 200;
/// How long a web address may take to answer: `add` waits for it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Brings every target up to date. One that cannot be reached is told of, and gets what it missed the next time.
pub(crate) fn send(archive: &mut Archive) -> Result<(), Failure> {
    for target in archive.targets()? {
        let news = archive.news(target.last)?;
        let sent = match target.kind {
            TargetKind::Feeds if news.is_empty() && [ATOM, JSON].iter().all(|name| Path::new(&target.place).join(name).is_file()) => continue,
            TargetKind::Feeds => feeds(Path::new(&target.place), &archive.news(0)?),
            TargetKind::Webhook if news.is_empty() => continue,
            TargetKind::Webhook => webhook(&target.place, &news),
        };
        match sent {
            Ok(()) => {
                let last = news.last().and_then(|news| news.id.get(1..)?.parse().ok());
                last.map_or(Ok(()), |last| archive.sent(&target.place, last))?;
            }
            Err(why) => terminal::complain(&format!("{}: the news could not be sent there and will be the next time: {why}", target.place)),
        }
    }
    Ok(())
}

/// The files of the feeds.
const ATOM: &str = "news.atom";
const JSON: &str = "news.json";

/// Writes both feeds.
fn feeds(folder: &Path, news: &[News]) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let latest = &news[news.len().saturating_sub(ENTRIES)..];
    for (name, text) in [(ATOM, atom(latest)), (JSON, format!("{:#}", json_feed(latest)))] {
        Destination::File(folder.join(name)).write(|output| Ok(output.write_all(text.as_bytes())?)).map_err(|failure| failure.to_string())?;
    }
    Ok(())
}

/// Posts each piece of news as JSON, oldest first.
fn webhook(address: &str, news: &[News]) -> Result<(), String> {
    let agent: ureq::Agent = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).build().into();
    for one in news {
        agent.post(address).send_json(one).map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn title(news: &News) -> String {
    format!("{}: {}", news.headline, news.line)
}

/// The words with who said them, a line each, as text.
fn words(news: &News) -> String {
    let line = |quoted: &onrecord_archive::Quoted| format!("{}: {} [{}]", quoted.speaker.as_deref().unwrap_or("somebody"), quoted.text, quoted.id);
    news.words.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn atom(news: &[News]) -> String {
    let entry = |news: &News| Entry {
        id: format!("urn:onrecord:{}:{}", news.story, news.id),
        title: Text::plain(title(news)),
        updated: moment(&news.at),
        content: Some(Content { value: Some(words(news)), content_type: Some("text".to_owned()), ..Content::default() }),
        links: Vec::<Link>::new(),
        ..Entry::default()
    };
    let feed = Feed {
        id: "urn:onrecord:news".to_owned(),
        title: Text::plain("Onrecord: news"),
        updated: news.last().map_or_else(Default::default, |news| moment(&news.at)),
        generator: Some(Generator { value: "onrecord".to_owned(), uri: None, version: Some(env!("CARGO_PKG_VERSION").to_owned()) }),
        entries: news.iter().rev().map(entry).collect(),
        ..Feed::default()
    };
    feed.to_string()
}

fn moment(at: &str) -> atom_syndication::FixedDateTime {
    at.parse().unwrap_or_default()
}

fn json_feed(news: &[News]) -> Value {
    let item = |news: &News| json!({"id": format!("urn:onrecord:{}:{}", news.story, news.id), "title": title(news), "content_text": words(news), "date_published": news.at, "_onrecord": news});
    json!({"version": "https://jsonfeed.org/version/1.1", "title": "Onrecord: news", "items": news.iter().rev().map(item).collect::<Vec<_>>()})
}
