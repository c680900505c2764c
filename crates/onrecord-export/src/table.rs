//! The tables of a record, with names filled in: what stands in each column, and of what kind it is.
//!
//! A table is one ordered list of columns; every format that writes tables writes from it.

mod askings;
mod claims;
mod documents;
mod people;
mod relations;
mod statements;

use crate::Story;
use crate::view::View;
use jiff::civil::Date;
use std::collections::HashSet;

/// A table of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// A statement a row.
    Statements,
    /// A time a question was put, a row.
    Askings,
    /// A row for every two statements that agree, conflict, repeat or replace one another.
    Relations,
    /// An origin of a claim a row.
    Claims,
    /// Somebody a row.
    People,
    /// A document a row.
    Documents,
}

/// What a cell of a column holds, if anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Words.
    Text,
    /// Several of them.
    Texts,
    /// A day.
    Day,
    /// A moment, ISO, UTC.
    Moment,
    /// A number of things.
    Count,
    /// A number from 0 to 1.
    Share,
    /// Yes or no.
    Flag,
    /// An address on the web.
    Link,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Texts(Vec<String>),
    Day(Date),
    Moment(String),
    Count(i64),
    Share(f64),
    Flag(bool),
    Link(String),
}

/// A column as a format needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// Its name for programs.
    pub(crate) name: &'static str,
    /// Its heading for people.
    pub(crate) heading: &'static str,
    pub(crate) kind: Kind,
    /// How wide it should be, in characters.
    pub(crate) width: u16,
}

/// A column: its head, and what stands in it for an item.
pub(crate) struct Column<T>(&'static str, &'static str, Kind, u16, fn(&View<'_>, &T) -> Cell);

impl<T> Column<T> {
    fn head(&self) -> Head {
        Head { name: self.0, heading: self.1, kind: self.2, width: self.3 }
    }
}

impl Table {
    /// Every table, in the order of a workbook.
    pub const ALL: [Table; 6] = [Table::Statements, Table::Askings, Table::Relations, Table::Claims, Table::People, Table::Documents];

    /// Its name, as files and options have it.
    pub fn name(self) -> &'static str {
        match self {
            Table::Statements => "statements",
            Table::Askings => "questions",
            Table::Relations => "relations",
            Table::Claims => "origins",
            Table::People => "people",
            Table::Documents => "documents",
        }
    }

    /// Its columns, in order.
    pub(crate) fn heads(self) -> Vec<Head> {
        fn of<T>(columns: &[Column<T>]) -> Vec<Head> {
            columns.iter().map(Column::head).collect()
        }
        match self {
            Table::Statements => of(&statements::columns()),
            Table::Askings => of(&askings::columns()),
            Table::Relations => of(&relations::columns()),
            Table::Claims => of(&claims::columns()),
            Table::People => of(&people::columns()),
            Table::Documents => of(&documents::columns()),
        }
    }

    /// Its rows for one story.
    pub(crate) fn rows(self, story: &Story) -> Vec<Vec<Cell>> {
        fn of<T>(columns: &[Column<T>], view: &View<'_>, items: impl IntoIterator<Item = T>) -> Vec<Vec<Cell>> {
            items.into_iter().map(|item| columns.iter().map(|column| column.4(view, &item)).collect()).collect()
        }
        let view = &View::of(story);
        match self {
            Table::Statements => of(&statements::columns(), view, statements::items(view)),
            Table::Askings => of(&askings::columns(), view, askings::items(view)),
            Table::Relations => of(&relations::columns(), view, relations::items(view)),
            Table::Claims => of(&claims::columns(), view, claims::items(view)),
            Table::People => of(&people::columns(), view, people::items(view)),
            Table::Documents => of(&documents::columns(), view, documents::items(view)),
        }
    }
}

impl Table {
    /// Its rows for one story without those of statements and documents that an earlier story has told: a document may touch several.
    pub(crate) fn rows_once(self, story: &Story, seen: &mut HashSet<String>) -> Vec<Vec<Cell>> {
        let mut rows = self.rows(story);
        match self {
            Table::Statements | Table::Documents => rows.retain(|row| matches!(row.first(), Some(Cell::Text(name)) if seen.insert(name.clone()))),
            Table::Askings | Table::Relations | Table::Claims | Table::People => {}
        }
        rows
    }
}

impl Cell {
    pub(crate) fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }

    pub(crate) fn maybe(text: Option<impl Into<String>>) -> Cell {
        text.map_or(Cell::Empty, Cell::text)
    }

    pub(crate) fn count(count: usize) -> Cell {
        Cell::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// A day of the wire; one that is none stays away.
    pub(crate) fn day(day: Option<&str>) -> Cell {
        day.and_then(|day| day.parse().ok()).map_or(Cell::Empty, Cell::Day)
    }

    pub(crate) fn link(link: Option<String>) -> Cell {
        link.map_or(Cell::Empty, Cell::Link)
    }

    /// As one piece of text, for tables without types.
    pub(crate) fn plain(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Moment(text) | Cell::Link(text) => text.clone(),
            Cell::Texts(texts) => texts.join("; "),
            Cell::Day(day) => day.to_string(),
            Cell::Count(count) => count.to_string(),
            Cell::Share(share) => share.to_string(),
            Cell::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_of_columns_are_names_once() {
        for table in Table::ALL {
            let heads = table.heads();
            let names: BTreeSet<&str> = heads.iter().map(|head| head.name).collect();
            assert_eq!(names.len(), heads.len(), "{}", table.name());
            assert!(names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_')), "{names:?}");
        }
    }
}
