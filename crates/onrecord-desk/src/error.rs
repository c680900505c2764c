//! Why a desk could not be opened.

use std::net::SocketAddr;

/// Why a desk could not be opened. The message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The archive cannot be read.
    #[error("{0}")]
    Archive(#[from] onrecord_archive::Error),
    /// Others can reach it, and no token keeps them out.
    #[error("{0} can be reached from other computers: give a token of at least {LEAST_TOKEN} letters, or listen on 127.0.0.1")]
    Open(SocketAddr),
    /// Somebody else listens there.
    #[error("could not listen on {0}: {1}; give another --port")]
    Taken(SocketAddr, std::io::Error),
    /// The system gives no random bytes or no threads.
    #[error("the system would not give what a server needs: {0}")]
    System(String),
}

/// The fewest letters of a token: sixteen random ones take longer to guess than anybody has.
pub(crate) const LEAST_TOKEN: usize = 16;
