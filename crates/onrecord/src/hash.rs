//! Numbers for words: the same in every run and on every machine, and quick. Nobody gains by making two words collide.

use std::hash::{BuildHasherDefault, Hasher};

/// FNV-1a of `bytes`.
pub(crate) fn of(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A map whose keys are such numbers, and are not hashed again.
pub(crate) type Map<T> = std::collections::HashMap<u64, T, BuildHasherDefault<Ready>>;

/// Takes a number for its own hash.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = of(bytes.iter().copied());
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}
