//! What an expression of time says before it is resolved: "the last third of March" has a month and no year.

use super::TimeKind;
use super::words::Holiday;

/// An expression of time as it stands in the text.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Its first token.
    pub(super) start: usize,
    /// The token after its last.
    pub(super) end: usize,
    /// What it says.
    pub(super) shape: Shape,
    /// Hour or part of the day, as TIMEX3 appends it to a day: `TNI`, `T09:15`.
    pub(super) hour: Option<String>,
    /// The rule that found it.
    pub(super) rule: &'static str,
}

/// What an expression says.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    /// A day of a month, perhaps of a year.
    Day { year: Option<i16>, month: i8, day: i8 },
    /// A month.
    Month { year: YearOf, month: i8, which: Which },
    /// A year.
    Year(i16),
    /// A decade, by its first three digits.
    Decade(i16),
    /// A century, by its first two digits.
    Century(i16),
    /// A season, by its code.
    Season { season: String, year: YearOf, which: Which },
    /// A quarter; without number it is the one in question.
    Quarter { quarter: Option<i8>, year: YearOf, which: Which },
    /// A half of a year.
    Half { half: i8, year: YearOf },
    /// A day of the week.
    Weekday(i8, Which),
    /// Units away from the document's date or the text's: "yesterday", "last week", "two years ago".
    Away { unit: Unit, by: i32, from: From },
    /// The same, of an amount that is not told.
    Around { unit: Unit, sign: i32, from: From },
    /// A year before a time named just now, of its grain: "a year earlier", "year-ago".
    YearBefore,
    /// A holiday.
    Holiday { holiday: Holiday, year: YearOf, which: Which },
    /// A part of a day or an hour, the day not told.
    Hour,
    /// A length, as TIMEX3 writes it.
    Length(String),
    /// Again and again, as TIMEX3 writes it.
    Repeat(String),
    /// `PRESENT_REF`, `PAST_REF`, `FUTURE_REF`.
    Reference(String),
}

/// From where an expression counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// The document's date.
    Document,
    /// The last date the text named.
    Text,
}

/// The year of something smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearOf {
    /// The text does not say.
    Unsaid,
    /// In four digits.
    Stated(i16),
    /// "last year's", "this year's".
    Away(i16),
}

/// Which one of those that come again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// No word says.
    Bare,
    /// The one before.
    Last,
    /// The present one.
    This,
    /// The one to come.
    Next,
    /// The one before that which the text named.
    Previous,
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    /// So many.
    Exact(u32),
    /// So many halves.
    Halves(u32),
    /// From so many to so many.
    Between(u32, u32),
    /// Not told.
    Vague,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The unit of a code of the lexicon.
    pub(super) fn of(code: &str) -> Unit {
        match code {
            "TS" => Unit::Second,
            "TM" => Unit::Minute,
            "TH" => Unit::Hour,
            "WE" => Unit::Weekend,
            "W" => Unit::Week,
            "M" => Unit::Month,
            "Q" => Unit::Quarter,
            "Y" => Unit::Year,
            "E" => Unit::Decade,
            "C" => Unit::Century,
            _ => Unit::Day,
        }
    }

    /// Its letter in TIMEX3, and what stands before the amount.
    fn code(self) -> (&'static str, &'static str) {
        match self {
            Unit::Second => ("PT", "S"),
            Unit::Minute => ("PT", "M"),
            Unit::Hour => ("PT", "H"),
            Unit::Day => ("P", "D"),
            Unit::Weekend => ("P", "WE"),
            Unit::Week => ("P", "W"),
            Unit::Month => ("P", "M"),
            Unit::Quarter => ("P", "Q"),
            Unit::Year => ("P", "Y"),
            Unit::Decade => ("P", "E"),
            Unit::Century => ("P", "C"),
        }
    }

    /// Whether it is shorter than a day.
    pub(super) fn is_short(self) -> bool {
        matches!(self, Unit::Second | Unit::Minute | Unit::Hour)
    }
}

/// The TIMEX3 value of a length.
pub(super) fn length(amount: Amount, unit: Unit) -> String {
    let (before, after) = unit.code();
    match (amount, unit) {
        (Amount::Exact(many), Unit::Decade) if many > 1 => format!("P{}Y", many * 10),
        (Amount::Exact(many), Unit::Century) => format!("P{}Y", many.saturating_mul(100)),
        (Amount::Exact(many), _) => format!("{before}{many}{after}"),
        (Amount::Halves(halves), Unit::Year) if halves % 2 == 1 => {
            if halves == 1 {
                "P6M".into()
            } else {
                format!("P{}Y6M", halves / 2)
            }
        }
        (Amount::Halves(1), Unit::Hour) => "PT30M".into(),
        (Amount::Halves(halves), _) if halves % 2 == 1 => format!("{before}{}.5{after}", halves / 2),
        (Amount::Halves(halves), _) => format!("{before}{}{after}", halves / 2),
        (Amount::Between(_, many), _) => format!("{before}{many}{after}"),
        (Amount::Vague, _) => format!("{before}X{after}"),
    }
}

impl Found {
    /// An expression of `shape` in the tokens from `start` up to `end`.
    pub(super) fn new(start: usize, end: usize, shape: Shape, rule: &'static str) -> Found {
        Found { start, end, shape, hour: None, rule }
    }

    /// The same at an hour or part of the day.
    pub(super) fn at_hour(self, hour: Option<String>) -> Found {
        Found { hour, ..self }
    }

    /// Date, time, duration or set.
    pub(super) fn kind(&self) -> TimeKind {
        match self.shape {
            Shape::Length(_) => TimeKind::Duration,
            Shape::Repeat(_) => TimeKind::Set,
            Shape::Hour => TimeKind::Time,
            Shape::Day { .. }
            | Shape::Month { .. }
            | Shape::Year(_)
            | Shape::Decade(_)
            | Shape::Century(_)
            | Shape::Season { .. }
            | Shape::Quarter { .. }
            | Shape::Half { .. }
            | Shape::Weekday(..)
            | Shape::Away { .. }
            | Shape::Around { .. }
            | Shape::YearBefore
            | Shape::Holiday { .. }
            | Shape::Reference(_) => {
                if self.hour.is_some() {
                    TimeKind::Time
                } else {
                    TimeKind::Date
                }
            }
        }
    }
}
