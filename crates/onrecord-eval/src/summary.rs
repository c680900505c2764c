//! The figures as a flat TOML file: a table a job, a line a figure; compared, floored and shown as differences.

use crate::error::Error;
use crate::shared::text_of;
use std::collections::BTreeMap;
use std::path::Path;

/// Figures by job and name: `polnear.all_ov`. Shares run from 0 to 1, PolNeAR's figures are per cent, as in the reference scorers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    tables: BTreeMap<String, BTreeMap<String, f64>>,
}

/// A figure that is not what it should be.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// `polnear.all_ov`
    pub name: String,
    /// What is committed, if anything.
    pub before: Option<f64>,
    /// What was measured, if anything.
    pub now: Option<f64>,
}

/// What stands over the figures.
pub const MEASURED: &str = "\
# Written by `onrecord-eval score --write`; do not edit.
# Tables ending in _dated give each article its day of publication, as --date does; the others give only what came with it.
# Tables ending in _record tell what stands between the documents, from plain texts and nothing else.
# Tables ending in _alone give later stages the gold's zones, mentions, statements and dates.
";

/// The table that tells the vector instructions.
const ARITHMETIC: &str = "arithmetic";

/// How far below its floor a share may be where other vector instructions than those of the committed figures measure it. Of
/// all figures with a floor none fell further than .018 (one statement of 53) between AVX2 and AVX-512.
pub const ROOM_ELSEWHERE: f64 = 0.02;

/// What stands over the floors.
pub const FLOORS: &str = "\
# What must hold: `onrecord-eval check` fails below. Raised by `onrecord-eval score --write --raise`; to lower one is to
# say why in the commit. For figures of which less is better (never_said…, loud…, …unsupported) it is the most that is allowed.
";

impl Summary {
    /// Sets a share of 0 to 1, kept to three decimals.
    pub fn share(&mut self, table: &str, name: &str, value: f64) {
        self.set(table, name, (value * 1000.0).round() / 1000.0);
    }

    /// Sets a share as per cent, kept to one decimal.
    pub fn percent(&mut self, table: &str, name: &str, value: f64) {
        self.set(table, name, (value * 1000.0).round() / 10.0);
    }

    /// Sets a count.
    pub fn count(&mut self, table: &str, name: &str, value: usize) {
        self.set(table, name, value as f64);
    }

    fn set(&mut self, table: &str, name: &str, value: f64) {
        self.tables.entry(table.to_owned()).or_default().insert(name.to_owned(), value);
    }

    /// The figure `name` of `table`.
    pub fn get(&self, table: &str, name: &str) -> Option<f64> {
        self.tables.get(table)?.get(name).copied()
    }

    /// Notes by which vector instructions the figures were measured: others round otherwise.
    pub fn measured_by(&mut self, arithmetic: &str) {
        self.count(ARITHMETIC, arithmetic, 1);
    }

    /// Whether both were measured by the same vector instructions.
    pub fn is_measured_as(&self, other: &Summary) -> bool {
        self.tables.get(ARITHMETIC) == other.tables.get(ARITHMETIC)
    }

    /// These tables, with those of `newer` in their place where it has them.
    pub fn with(mut self, newer: &Summary) -> Summary {
        self.tables.extend(newer.tables.clone());
        self
    }

    /// Reads the file at `path`; a missing one is empty.
    pub fn load(path: &Path) -> Result<Summary, Error> {
        if !path.exists() {
            return Ok(Summary::default());
        }
        let tables: BTreeMap<String, BTreeMap<String, toml::Value>> = toml::from_str(&text_of(path)?).map_err(|error| Error::new(path, error.to_string()))?;
        let number = |value: &toml::Value| value.as_float().or(value.as_integer().map(|whole| whole as f64));
        let table = |lines: BTreeMap<String, toml::Value>| lines.into_iter().filter_map(|(name, value)| Some((name, number(&value)?))).collect();
        Ok(Summary { tables: tables.into_iter().map(|(name, lines)| (name, table(lines))).collect() })
    }

    /// The file's text, under its heading.
    pub fn to_toml(&self, heading: &str) -> String {
        let mut out = heading.to_owned();
        for (table, lines) in &self.tables {
            out += &format!("\n[{table}]\n");
            for (name, value) in lines {
                out += &format!("{name} = {value}\n");
            }
        }
        out
    }

    /// What changed from `before` to `self`, by more than one step of the last digit written.
    pub fn differences(&self, before: &Summary) -> Vec<Difference> {
        /// Figures are written to three decimals, per cents and counts to one or none.
        const STEP: f64 = 0.0011;
        let names = self.names().chain(before.names()).collect::<std::collections::BTreeSet<_>>();
        let pairs = names.into_iter().map(|(table, name)| (format!("{table}.{name}"), before.get(table, name), self.get(table, name)));
        let changed = pairs.filter(|(_, before, now)| match (before, now) {
            (Some(before), Some(now)) => (before - now).abs() > STEP * before.abs().max(1.0),
            _ => true,
        });
        changed.map(|(name, before, now)| Difference { name, before, now }).collect()
    }

    /// The figures that are further than `room`, a share of 1, below their floor; those of which
    /// [less is better](is_less_better) have a ceiling instead, and no room.
    pub fn below(&self, floors: &Summary, room: f64) -> Vec<Difference> {
        let held = |(table, name): (&str, &str)| {
            let (floor, now) = (floors.get(table, name), self.get(table, name));
            let room = room * whole(table);
            let is_kept = match (floor, now) {
                (Some(floor), Some(now)) if is_less_better(name) => now <= floor,
                (Some(floor), Some(now)) => now >= floor - room,
                (_, _) => false,
            };
            (!is_kept).then(|| Difference { name: format!("{table}.{name}"), before: floor, now })
        };
        floors.names().filter_map(held).collect()
    }

    /// Floors a step below these figures, for every figure that has a bar; never lower than they were.
    pub fn floors(&self, bars: &[(String, String)], before: &Summary) -> Summary {
        /// Room for a change that means nothing: half a point of a hundred.
        const ROOM: f64 = 0.005;
        let mut out = before.clone();
        for (table, name) in bars {
            let Some(now) = self.get(table, name) else { continue };
            let old = before.get(table, name);
            if is_less_better(name) {
                out.set(table, name, old.map_or(now, |old| old.min(now)));
            } else {
                let floor = ((now - ROOM * whole(table)) * 1000.0).round() / 1000.0;
                out.set(table, name, old.map_or(floor, |old| old.max(floor)));
            }
        }
        out
    }

    fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.tables.iter().flat_map(|(table, lines)| lines.keys().map(move |name| (table.as_str(), name.as_str())))
    }
}

/// What a table takes for the whole: PolNeAR's figures are per cent.
fn whole(table: &str) -> f64 {
    if table == "polnear" { 100.0 } else { 1.0 }
}

/// Whether a smaller figure is the better one.
pub fn is_less_better(name: &str) -> bool {
    name.starts_with("never_said") || name.starts_with("loud") || name.ends_with("unsupported")
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let side = |value: Option<f64>| value.map_or("nothing".to_owned(), |value| value.to_string());
        write!(f, "{:36} {:>9} → {:>9}", self.name, side(self.before), side(self.now))
    }
}

/// The figures that have a bar in the file at `path`, as table and name.
pub fn bars(path: &Path) -> Result<Vec<(String, String)>, Error> {
    let tables: BTreeMap<String, BTreeMap<String, toml::Value>> = toml::from_str(&text_of(path)?).map_err(|error| Error::new(path, error.to_string()))?;
    Ok(tables.into_iter().flat_map(|(table, names)| names.into_keys().map(move |name| (table.clone(), name))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floors_hold_and_ceilings_too() {
        let (mut now, mut floors) = (Summary::default(), Summary::default());
        now.percent("polnear", "all_ov", 0.781);
        now.count("seeds", "never_said", 3);
        floors.percent("polnear", "all_ov", 0.785);
        floors.count("seeds", "never_said", 2);
        let below = |room| now.below(&floors, room).into_iter().map(|difference| difference.name).collect::<Vec<String>>();
        assert_eq!(below(0.0), ["polnear.all_ov", "seeds.never_said"]);
        assert_eq!(below(0.01), ["seeds.never_said"]);
        assert_eq!(now.get("polnear", "all_ov"), Some(78.1));
    }

    #[test]
    fn rounding_is_no_difference() {
        let (mut now, mut before) = (Summary::default(), Summary::default());
        now.share("seeds", "act", 0.7504);
        before.share("seeds", "act", 0.7496);
        assert!(now.differences(&before).is_empty());
        now.share("seeds", "said", 0.5);
        assert_eq!(now.differences(&before).len(), 1);
    }
}
