//! Listens, serves each connection within its time, and ends when it is told to, after what is under way.

use crate::desk::Desk;
use crate::error::LEAST_TOKEN;
use crate::guard::Peer;
use crate::{Error, Settings, route};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::Layer;
use tower::util::MapRequestLayer;

/// The head of a request comes within this time, or the connection is closed: whoever sends a byte a second must not hold a place.
const HEAD: Duration = Duration::from_secs(10);
/// What is under way when the desk closes may take this long.
const FAREWELL: Duration = Duration::from_secs(10);
/// Connections at once; 200 readers with six connections each would be 1,200.
const CONNECTIONS: usize = 2_048;

/// Opens the desk, tells `ready` where, and serves until `Ctrl-C` or `SIGTERM`.
pub fn run(settings: Settings, ready: impl FnOnce(SocketAddr)) -> Result<(), Error> {
    if !settings.is_private() && settings.token.as_ref().is_none_or(|token| token.chars().count() < LEAST_TOKEN) {
        return Err(Error::Open(settings.listen));
    }
    let desk = Arc::new(Desk::open(settings)?);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| Error::System(error.to_string()))?;
    runtime.block_on(async move {
        let listen = desk.settings.listen;
        let listener = TcpListener::bind(listen).await.map_err(|error| Error::Taken(listen, error))?;
        ready(listener.local_addr().map_err(|error| Error::Taken(listen, error))?);
        serve(listener, desk).await;
        Ok(())
    })
}

async fn serve(listener: TcpListener, desk: Arc<Desk>) {
    let service = route::service(desk);
    let (under_way, room) = (GracefulShutdown::new(), Arc::new(Semaphore::new(CONNECTIONS)));
    let mut told = std::pin::pin!(told_to_end());
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut told => break,
        };
        let Ok((stream, peer)) = accepted else {
            // Too many files are open: wait until some are closed.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Ok(place) = Arc::clone(&room).acquire_owned().await else { break };
        let from_there = MapRequestLayer::new(move |mut request: hyper::Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(Peer(peer.ip()));
            request
        });
        let service = TowerToHyperService::new(from_there.layer(service.clone()));
        let connection = http1::Builder::new().timer(TokioTimer::new()).header_read_timeout(HEAD).serve_connection(TokioIo::new(stream), service);
        let connection = under_way.watch(connection);
        tokio::spawn(async move {
            // A connection that breaks off is nobody's fault.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(FAREWELL, under_way.shutdown()).await;
}

#[cfg(unix)]
async fn told_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminated) = signal(SignalKind::terminate()) else { return drop(tokio::signal::ctrl_c().await) };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated.recv() => {}
    }
}

#[cfg(not(unix))]
async fn told_to_end() {
    let _ = tokio::signal::ctrl_c().await;
}
