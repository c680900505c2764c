//! What a desk is told before it opens.

use onrecord_archive::Archive;
use std::net::SocketAddr;
use std::path::PathBuf;

/// What a desk is told before it opens.
pub struct Settings {
    /// The archive's file.
    pub archive: PathBuf,
    /// Where to listen; a port of 0 takes any that is free.
    pub listen: SocketAddr,
    /// The token without which nobody gets in; needed wherever others can reach the desk.
    pub token: Option<String>,
    /// Names by which browsers may call the desk, beside this computer's own.
    pub names: Vec<String>,
    /// Whose corrections they are.
    pub by: String,
    /// The moment, ISO and UTC: the desk asks no clock.
    pub now: fn() -> String,
    /// What is done after something was added or corrected, beside whoever did so: news goes where it should.
    pub afterwards: fn(&mut Archive),
}

impl Settings {
    /// Whether only this computer can reach the desk.
    pub fn is_private(&self) -> bool {
        self.listen.ip().is_loopback()
    }
}
