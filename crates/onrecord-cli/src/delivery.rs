//! Sends news where a person said it should go: into the files of two feeds in a folder, or to a web address.

use crate::destination::Destination;
use crate::{Failure, terminal};
use onrecord_archive::{Archive, News, TargetKind};
use onrecord_export::feed::ENTRIES;
use std::path::Path;
use std::time::Duration;

/// How long a web address may take to answer: `add` waits for it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Brings every target up to date. One that cannot be reached is told of, and gets what it missed the next time.
pub(crate) fn send(archive: &mut Archive) -> Result<(), Failure> {
    for target in archive.targets()? {
        let news = archive.news(target.last)?;
        let sent = match target.kind {
            TargetKind::Feeds if news.is_empty() && [ATOM, JSON].iter().all(|name| Path::new(&target.place).join(name).is_file()) => continue,
            TargetKind::Feeds => match feeds(Path::new(&target.place), &archive.news(0)?) {
                Ok(()) => news.last().map_or(Ok(Ok(())), |last| took(archive, &target.place, last).map(Ok)),
                Err(why) => Ok(Err(why)),
            },
            TargetKind::Webhook => webhook(archive, &target.place, &news),
        }?;
        if let Err(why) = sent {
            terminal::complain(&format!("{}: the news could not be sent there and will be the next time: {why}", target.place));
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
    let feed = onrecord_desk::feed_of(news.iter().rev().take(ENTRIES));
    for (name, text) in [(ATOM, feed.atom()), (JSON, format!("{:#}", feed.json()))] {
        Destination::File(folder.join(name)).write(|output| Ok(output.write_all(text.as_bytes())?)).map_err(|failure| failure.to_string())?;
    }
    Ok(())
}

/// Keeps that a target has the news up to `last`.
fn took(archive: &mut Archive, place: &str, last: &News) -> Result<(), Failure> {
    let number = last.id.get(1..).and_then(|number| number.parse().ok());
    Ok(number.map_or(Ok(()), |number| archive.sent(place, number))?)
}

/// Posts each piece of news as JSON, oldest first. What was taken is never sent again, though a later piece is not.
fn webhook(archive: &mut Archive, address: &str, news: &[News]) -> Result<Result<(), String>, Failure> {
    let agent: ureq::Agent = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).build().into();
    for one in news {
        if let Err(error) = agent.post(address).send_json(one) {
            return Ok(Err(error.to_string()));
        }
        took(archive, address, one)?;
    }
    Ok(Ok(()))
}
