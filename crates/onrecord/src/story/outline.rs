//! What placing keeps of a document: its day, its telling words with their weights, the marks by which copies are found.

use jiff::civil::Date;

/// The weightiest words of a document, by any one of which another is found to be compared with it. With 40, no pair of
/// one story in the corpora that weights were measured on went unfound.
const STRONGEST: usize = 40;
/// Weights are kept in this many steps, two bytes each: a step moves a nearness in its fourth decimal at most.
const STEPS: f64 = 65_535.0;

/// What placing keeps of a document: a few hundred words' hashes and weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    date: Option<Date>,
    key: u64,
    words: Vec<Weight>,
    strongest: Vec<u32>,
}

/// A word and how much it tells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Weight {
    /// The hash of its stem.
    pub(super) word: u32,
    /// How much it tells: often here, rare elsewhere; a whole number of steps.
    pub(super) weight: f64,
}

/// The order that is the documents' own: by date, those without one last; then by what they hold.
pub(super) type Rank = (bool, Option<Date>, u64);

impl Outline {
    /// The outline of a document of this day and key; `words` must be sorted by their hash, their weights lie between 0 and 1.
    pub(super) fn new(date: Option<Date>, key: u64, words: impl IntoIterator<Item = (u32, f64)>) -> Outline {
        let words = words.into_iter().map(|(word, weight)| Weight { word, weight: (weight * STEPS).round() / STEPS }).collect();
        Outline::of(date, key, words)
    }

    fn of(date: Option<Date>, key: u64, words: Vec<Weight>) -> Outline {
        let mut order: Vec<&Weight> = words.iter().collect();
        order.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.word.cmp(&b.word)));
        let strongest = order.into_iter().take(STRONGEST).map(|weight| weight.word).collect();
        Outline { date, key, words, strongest }
    }

    /// The document's own date, where it is known.
    pub fn date(&self) -> Option<Date> {
        self.date
    }

    /// Its weightiest words: any document it could be near to shares one.
    pub fn strongest(&self) -> &[u32] {
        &self.strongest
    }

    /// Its words, sorted by their hash; their weights squared sum to 1, or less if they tell little.
    pub(super) fn words(&self) -> &[Weight] {
        &self.words
    }

    /// Whether it holds a word.
    pub(super) fn holds(&self, word: u32) -> bool {
        self.words.binary_search_by_key(&word, |weight| weight.word).is_ok()
    }

    /// Its place in the order that is the documents' own.
    pub fn rank(&self) -> Rank {
        (self.date.is_none(), self.date, self.key)
    }

    /// The outline in bytes: the day and the key, then word after word.
    pub fn pack(&self) -> Vec<u8> {
        let day = self.date.map_or(NO_DAY, |date| i32::from(date.year()) << 16 | i32::from(date.month()) << 8 | i32::from(date.day()));
        let mut out = Vec::with_capacity(HEAD + self.words.len() * WORD);
        out.extend(day.to_le_bytes());
        out.extend(self.key.to_le_bytes());
        for Weight { word, weight } in &self.words {
            out.extend(word.to_le_bytes());
            out.extend(((weight * STEPS).round() as u16).to_le_bytes());
        }
        out
    }

    /// The outline that [`pack`](Outline::pack) made these bytes of; `None` if it did not.
    pub fn unpack(bytes: &[u8]) -> Option<Outline> {
        let (day, rest) = bytes.split_first_chunk::<4>()?;
        let (key, rest) = rest.split_first_chunk::<8>()?;
        let (words, []) = rest.as_chunks::<WORD>() else { return None };
        let day = i32::from_le_bytes(*day);
        let date = if day == NO_DAY { None } else { Some(Date::new((day >> 16) as i16, (day >> 8) as i8, day as i8).ok()?) };
        let weight = |[a, b, c, d, low, high]: &[u8; WORD]| Weight {
            word: u32::from_le_bytes([*a, *b, *c, *d]),
            weight: f64::from(u16::from_le_bytes([*low, *high])) / STEPS,
        };
        let words: Vec<Weight> = words.iter().map(weight).collect();
        words.is_sorted_by_key(|weight| weight.word).then(|| Outline::of(date, u64::from_le_bytes(*key), words))
    }
}

/// Bytes before the words.
const HEAD: usize = 12;
/// Bytes a word.
const WORD: usize = 6;
/// Stands for a day that is not known.
const NO_DAY: i32 = i32::MIN;

/// The earlier of two by their own order, first.
pub(super) fn in_order<'a, T>(a: (&'a Outline, T), b: (&'a Outline, T)) -> (T, T) {
    if a.0.rank() <= b.0.rank() { (a.1, b.1) } else { (b.1, a.1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_back(
            date in prop::option::of((-9999i16..9999, 1i8..13, 1i8..29)),
            key in any::<u64>(),
            words in prop::collection::btree_map(any::<u32>(), 0.0..1.0f64, 0..80),
        ) {
            let outline = Outline::new(date.and_then(|(year, month, day)| Date::new(year, month, day).ok()), key, words);
            prop_assert_eq!(Outline::unpack(&outline.pack()), Some(outline.clone()));
            prop_assert!(outline.strongest().len() <= STRONGEST);
        }

        #[test]
        fn any_bytes_are_an_outline_or_none(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let _ = Outline::unpack(&bytes);
        }
    }
}
