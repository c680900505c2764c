//! `onrecord serve`: the desk, for a browser and for programs.

use crate::kept::{self, Kept, now};
use crate::{Failure, Outcome, delivery, terminal};
use onrecord_archive::Archive;
use onrecord_desk::Settings;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The port where the desk is looked for.
const PORT: u16 = 4180;
/// Where the token is looked for.
const TOKEN: &str = "ONRECORD_TOKEN";

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    kept: Kept,
    /// The port; 0 takes any that is free
    #[arg(long, value_name = "NUMBER", default_value_t = PORT)]
    port: u16,
    /// The address to listen on; any but this computer's own needs a token in ONRECORD_TOKEN
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    listen: IpAddr,
    /// A name by which browsers may call the desk; may be given several times
    #[arg(long, value_name = "NAME")]
    name: Vec<String>,
    /// Whose corrections they are; without it, the user's
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    // Made if there is none, brought to today's form, and kept open beside the readers.
    let archive = arguments.kept.create()?;
    let token = std::env::var(TOKEN).ok().filter(|token| !token.is_empty());
    let settings = Settings {
        archive: archive.path().to_owned(),
        listen: SocketAddr::new(arguments.listen, arguments.port),
        token,
        names: arguments.name.clone(),
        by: arguments.by.clone().unwrap_or_else(kept::user),
        now,
        afterwards: send,
    };
    if !settings.is_private() {
        terminal::complain(&format!(
            "{} is open to other computers: whoever has the token reads every article and changes the record, and what goes over the network is not encrypted",
            archive.path().display()
        ));
    }
    onrecord_desk::run(settings, |address| terminal::say(&format!("the desk is open at http://{address}/ – Ctrl-C closes it")))?;
    Ok(Outcome::AllRead)
}

/// News goes where it should; an address that cannot be reached is told of.
fn send(archive: &mut Archive) {
    if let Err(failure) = delivery::send(archive) {
        terminal::complain(&failure.to_string());
    }
}
