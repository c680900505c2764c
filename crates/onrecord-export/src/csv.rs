//! A table as comma-separated values, as RFC 4180 has them, with the mark by which Excel tells UTF-8.

use crate::format::Form;
use crate::table::Table;
use crate::{Error, Story};
use std::collections::HashSet;
use std::io::Write;

/// Begins a table with its header.
pub(crate) fn begin<W: Write>(table: Table, mut output: W) -> Result<Comma<W>, Error> {
    output.write_all("\u{feff}".as_bytes())?;
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(output);
    writer.write_record(table.heads().iter().map(|head| head.name))?;
    Ok(Comma { table, writer, seen: HashSet::new() })
}

/// A table being written.
pub(crate) struct Comma<W: Write> {
    table: Table,
    writer: ::csv::Writer<W>,
    seen: HashSet<String>,
}

impl<W: Write> Form for Comma<W> {
    fn story(&mut self, story: &Story) -> Result<(), Error> {
        for row in self.table.rows_once(story, &mut self.seen) {
            self.writer.write_record(row.iter().map(|cell| inert(cell.plain())))?;
        }
        Ok(())
    }

    fn end(mut self: Box<Self>) -> Result<(), Error> {
        Ok(self.writer.flush()?)
    }
}

/// What a spreadsheet would take for a formula begins with an apostrophe, as people write it there by hand: words of an article must not be run.
fn inert(value: String) -> String {
    if value.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) { format!("'{value}") } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(inert("=1+1".to_owned()), "'=1+1");
        assert_eq!(inert("@SUM(A1)".to_owned()), "'@SUM(A1)");
        assert_eq!(inert("plain = so".to_owned()), "plain = so");
    }
}
