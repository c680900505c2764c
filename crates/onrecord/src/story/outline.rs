//! What placing keeps of a document: its day, its telling words with their weights, the marks by which copies are found.

use super::term::Known;
use crate::packing::{put, take};
use jiff::civil::Date;

/// The weightiest words of a document, by any one of which another is found to be compared with it. With 40, no pair of
/// one story in the corpora that weights were measured on went unfound.
const STRONGEST: usize = 40;
/// Weights count in this many steps: a step moves a nearness in its fourth decimal at most.
const STEPS: f64 = 65_535.0;
/// The least length of a document's weights taken together, about that of one word nobody else uses: a few common words are not the
/// whole of what a document tells. On FNC-1, whose shortest bodies are a line, 30 costs 0.008 of BCubed F1 and 20 next to nothing.
const LEAST_TOLD: f64 = 20.0;

/// What placing keeps of a document: a few hundred words' hashes and weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    date: Option<Date>,
    key: u64,
    words: Vec<Weight>,
    /// How the table of words knows them, and how often each stands there.
    told: Vec<(Known, usize)>,
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

/// A telling word of a document and how often it stands there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Told {
    known: Known,
    uses: usize,
    hash: u32,
    telling: f64,
}

impl Told {
    /// A word that stands there `uses` times; `None` if it is too common to tell anything.
    pub(super) fn new(known: Known, uses: usize) -> Option<Told> {
        let (hash, telling) = known.told()?;
        Some(Told { known, uses, hash, telling })
    }

    /// The hash of its stem.
    pub(super) fn hash(&self) -> u32 {
        self.hash
    }

    /// Its place in an outline.
    pub(super) fn order(&self) -> (u32, Known, usize) {
        (self.hash, self.known, self.uses)
    }

    fn weight(&self) -> f64 {
        (1.0 + (self.uses as f64).ln()) * self.telling
    }
}

/// The order that is the documents' own: by date, those without one last; then by what they hold.
pub(super) type Rank = (bool, Option<Date>, u64);

impl Outline {
    /// The outline of a document of this day and key; `told` must stand in their order.
    pub(super) fn new(date: Option<Date>, key: u64, told: Vec<Told>) -> Outline {
        let length = told.iter().map(|told| told.weight() * told.weight()).sum::<f64>().sqrt().max(LEAST_TOLD);
        let words: Vec<Weight> = told.iter().map(|told| Weight { word: told.hash, weight: (told.weight() / length * STEPS).round() / STEPS }).collect();
        let mut order: Vec<&Weight> = words.iter().collect();
        order.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.word.cmp(&b.word)));
        let strongest = order.into_iter().take(STRONGEST).map(|weight| weight.word).collect();
        Outline { date, key, words, told: told.into_iter().map(|told| (told.known, told.uses)).collect(), strongest }
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

    /// The outline in bytes: the day and the key; then the words that the table of words has, by their places there; then the
    /// others. A word takes a byte or two, one that is in no table five; their weights are worked out anew.
    pub fn pack(&self) -> Vec<u8> {
        let day = self.date.map_or(NO_DAY, |date| i32::from(date.year()) << 16 | i32::from(date.month()) << 8 | i32::from(date.day()));
        let mut out = Vec::with_capacity(HEAD + 2 * self.told.len());
        out.extend(day.to_le_bytes());
        out.extend(self.key.to_le_bytes());
        let mut told = self.told.clone();
        told.sort_unstable();
        let of_table = told.partition_point(|(known, _)| matches!(known, Known::At(_)));
        put(&mut out, of_table as u64);
        for part in [&told[..of_table], &told[of_table..]] {
            let mut last = 0;
            for (known, uses) in part {
                let number = match known {
                    Known::At(place) => u64::from(*place),
                    Known::Not(hash) => u64::from(*hash),
                };
                let few = (*uses).clamp(1, FEW);
                put(&mut out, (number - last) * FEW as u64 + few as u64 - 1);
                if few == FEW {
                    put(&mut out, (uses - few) as u64);
                }
                last = number;
            }
        }
        out
    }

    /// The outline that [`pack`](Outline::pack) made these bytes of; `None` if it did not.
    pub fn unpack(bytes: &[u8]) -> Option<Outline> {
        let (day, rest) = bytes.split_first_chunk::<4>()?;
        let (key, mut rest) = rest.split_first_chunk::<8>()?;
        let day = i32::from_le_bytes(*day);
        let date = if day == NO_DAY { None } else { Some(Date::new((day >> 16) as i16, (day >> 8) as i8, day as i8).ok()?) };
        let of_table = take(&mut rest).ok()?;
        let (mut told, mut last) = (Vec::new(), 0);
        while !rest.is_empty() {
            let is_of_table = (told.len() as u64) < of_table;
            if told.len() as u64 == of_table {
                last = 0;
            }
            let number = take(&mut rest).ok()?;
            last += number / FEW as u64;
            let few = (number % FEW as u64) as usize + 1;
            let uses = if few == FEW { usize::try_from(take(&mut rest).ok()?).ok()?.checked_add(few)? } else { few };
            let known = if is_of_table { Known::At(u16::try_from(last).ok()?) } else { Known::Not(u32::try_from(last).ok()?) };
            told.push(Told::new(known, uses)?);
        }
        told.sort_by_key(Told::order);
        Some(Outline::new(date, u64::from_le_bytes(*key), told))
    }
}

/// Bytes before the words.
const HEAD: usize = 12;
/// A word that stands there less often than this takes no byte to say how often.
const FEW: usize = 4;
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
            words in prop::collection::btree_map("[a-z]{2,4}|[0-9]{1,3}|reservoir|president|bridge|strike", 1usize..40, 0..80),
        ) {
            let date = date.and_then(|(year, month, day)| Date::new(year, month, day).ok());
            let mut told: Vec<Told> = words.iter().filter_map(|(word, uses)| Told::new(Known::of(word)?, *uses)).collect();
            told.sort_by_key(Told::order);
            let outline = Outline::new(date, key, told);
            prop_assert_eq!(Outline::unpack(&outline.pack()), Some(outline.clone()));
            prop_assert!(outline.strongest().len() <= STRONGEST);
        }

        #[test]
        fn any_bytes_are_an_outline_or_none(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let _ = Outline::unpack(&bytes);
        }
    }
}
