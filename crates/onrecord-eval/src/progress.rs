//! Says on the terminal how far a long job is.

use std::sync::atomic::{AtomicUsize, Ordering};

/// A count of done pieces of work, shared between threads.
#[derive(Debug)]
pub struct Progress {
    name: &'static str,
    of: usize,
    done: AtomicUsize,
}

impl Progress {
    /// Nothing done of `of` pieces.
    pub fn new(name: &'static str, of: usize) -> Progress {
        Progress { name, of, done: AtomicUsize::new(0) }
    }

    /// One piece more is done; says so now and then, on standard error.
    pub fn step(&self) {
        /// A line every so many pieces is enough.
        const EVERY: usize = 10;
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if done.is_multiple_of(EVERY) {
            eprintln!("{}: {done} of {}", self.name, self.of);
        }
    }
}
