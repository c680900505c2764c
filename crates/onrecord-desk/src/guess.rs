//! Guessing the token: so many wrong ones from one place within a minute, and none from there is looked at until the minute is over.
//!
//! # Limits
//! A place is an address of the network. Behind another server all who ask are one place: let that server count them too.

use crate::desk::locked;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Wrong tokens from one place within [`SPAN`]: more than anybody mistypes.
const MOST: u32 = 10;
/// After this time a place begins anew.
const SPAN: Duration = Duration::from_secs(60);
/// Places that are remembered; of more than these the one that began first is forgotten.
const PLACES: usize = 4_096;

/// Who guessed wrong, how often.
#[derive(Default)]
pub(crate) struct Guesses {
    places: Mutex<HashMap<IpAddr, Wrong>>,
}

/// Wrong tokens of one place.
struct Wrong {
    began: Instant,
    count: u32,
}

impl Guesses {
    /// Looks at a token from a place; how long to wait where too many wrong ones came from there.
    pub(crate) fn look(&self, from: IpAddr, now: Instant, is_right: impl FnOnce() -> bool) -> Result<bool, Duration> {
        let mut places = locked(&self.places);
        let from = network(from);
        let past = |wrong: &Wrong| now.saturating_duration_since(wrong.began);
        if let Some(wrong) = places.get(&from).filter(|wrong| wrong.count >= MOST && past(wrong) < SPAN) {
            // A whole second more than is left, so that whoever waits as long as told is heard.
            return Err(SPAN - past(wrong) + Duration::from_secs(1));
        }
        if is_right() {
            return Ok(true);
        }
        places.retain(|_, wrong| past(wrong) < SPAN);
        if places.len() >= PLACES && !places.contains_key(&from) {
            let first = places.iter().min_by_key(|(_, wrong)| wrong.began).map(|(place, _)| *place);
            first.and_then(|place| places.remove(&place));
        }
        places.entry(from).or_insert(Wrong { began: now, count: 0 }).count += 1;
        Ok(false)
    }
}

/// Of an IPv6 address the network: whoever has one has all 2^64 of it.
fn network(from: IpAddr) -> IpAddr {
    match from.to_canonical() {
        IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() >> 64 << 64)),
        four @ IpAddr::V4(_) => four,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(last: u32) -> IpAddr {
        IpAddr::V4(last.into())
    }

    #[test]
    fn after_too_many_wrong_ones_a_place_waits_and_others_do_not() {
        let (guesses, now) = (Guesses::default(), Instant::now());
        for _ in 0..MOST {
            assert_eq!(guesses.look(place(1), now, || false), Ok(false));
        }
        assert_eq!(guesses.look(place(1), now, || true), Err(SPAN + Duration::from_secs(1)));
        assert_eq!(guesses.look(place(2), now, || true), Ok(true));
        assert_eq!(guesses.look(place(1), now + SPAN, || true), Ok(true));
    }

    #[test]
    fn no_more_places_are_remembered_than_there_is_room_for() {
        let (guesses, now) = (Guesses::default(), Instant::now());
        for at in 0..PLACES as u32 + 10 {
            let _ = guesses.look(place(at), now + Duration::from_millis(u64::from(at)), || false);
        }
        assert_eq!(locked(&guesses.places).len(), PLACES);
        assert!(!locked(&guesses.places).contains_key(&place(0)));
        let _ = guesses.look(place(1), now + SPAN * 3, || false);
        assert_eq!(locked(&guesses.places).len(), 1);
    }

    #[test]
    fn one_network_is_one_place() {
        let one: IpAddr = "2001:db8::1".parse().expect("an address");
        assert_eq!(network(one), network("2001:db8::ffff".parse().expect("an address")));
        assert_ne!(network(one), network("2001:db8:1::1".parse().expect("an address")));
        assert_eq!(network("::ffff:10.0.0.1".parse().expect("an address")), network("10.0.0.1".parse().expect("an address")));
    }
}
