//! Numbers in few bytes: seven bits a byte, the low ones first.

/// Adds a number.
pub(crate) fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Why no number could be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoNumber {
    /// The bytes end before it does.
    Ended,
    /// It takes more bytes than any of ours.
    TooLarge,
}

/// Takes the next number.
pub(crate) fn take(bytes: &mut &[u8]) -> Result<u64, NoNumber> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let (first, rest) = bytes.split_first().ok_or(NoNumber::Ended)?;
        *bytes = rest;
        number |= u64::from(first & 0x7f) << shift;
        shift += 7;
        if *first < 0x80 {
            return Ok(number);
        }
        if shift > 35 {
            return Err(NoNumber::TooLarge);
        }
    }
}
