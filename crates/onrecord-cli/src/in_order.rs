//! Works on many items at once and hands over the results in the order of the items, holding few of them at a time.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, PoisonError, mpsc};

/// Results that may wait for a slower one before them, for each worker: enough to keep all busy behind a long article.
const WAITING: usize = 8;

/// Items each worker runs on; long-nested texts take some stack.
const STACK: usize = 16 << 20;

struct Source<I> {
    items: I,
    next: usize,
}

/// Gives each of `items` to one of `workers`, and every result, in the order of `items`, to `take`. Stops at the first
/// error of `take` and returns it.
pub(crate) fn run<I, R, W, E>(items: I, workers: Vec<W>, mut take: impl FnMut(R) -> Result<(), E>) -> Result<(), E>
where
    I: Iterator + Send,
    R: Send,
    W: FnMut(I::Item) -> R + Send,
{
    let window = workers.len() * WAITING;
    let source = Mutex::new(Source { items, next: 0 });
    let (taken, moved) = (Mutex::new(0usize), Condvar::new());
    let (send, receive) = mpsc::channel();
    std::thread::scope(|scope| {
        for mut work in workers {
            let (source, taken, moved, send) = (&source, &taken, &moved, send.clone());
            let body = move || {
                loop {
                    let (at, item) = {
                        let mut source = source.lock().unwrap_or_else(PoisonError::into_inner);
                        let Some(item) = source.items.next() else { return };
                        source.next += 1;
                        (source.next - 1, item)
                    };
                    let guard = taken.lock().unwrap_or_else(PoisonError::into_inner);
                    drop(moved.wait_while(guard, |taken| at >= taken.saturating_add(window)).unwrap_or_else(PoisonError::into_inner));
                    if send.send((at, work(item))).is_err() {
                        return;
                    }
                }
            };
            std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, body).expect("the system has a thread to give");
        }
        drop(send);
        let release = |to: usize| {
            *taken.lock().unwrap_or_else(PoisonError::into_inner) = to;
            moved.notify_all();
        };
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (at, result) in &receive {
            waiting.insert(at, result);
            while let Some(result) = waiting.remove(&next) {
                if let Err(error) = take(result) {
                    drop(receive);
                    release(usize::MAX);
                    return Err(error);
                }
                next += 1;
                release(next);
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let work = || {
            |item: u64| {
                std::thread::sleep(std::time::Duration::from_micros((item * 7919) % 300));
                item * 2
            }
        };
        let mut out = Vec::new();
        let take = |result| {
            out.push(result);
            Ok::<(), ()>(())
        };
        run(0..500, vec![work(), work(), work()], take).unwrap();
        assert_eq!(out, (0..500).map(|item| item * 2).collect::<Vec<_>>());
    }

    #[test]
    fn an_error_ends_the_run() {
        let mut seen = 0;
        let stop = |_| {
            seen += 1;
            if seen == 3 { Err("enough") } else { Ok(()) }
        };
        assert_eq!(run(0..100_000, vec![|item: u32| item, |item: u32| item], stop), Err("enough"));
        assert_eq!(seen, 3);
    }
}
