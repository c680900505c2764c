//! A workbook with a sheet for every table, within what Excel can hold.
//!
//! # Limits
//! Excel takes 32,767 characters a cell, 65,530 links and 1,048,576 rows a sheet. Longer text is cut and says so, links beyond are
//! text, and rows beyond go on in a second sheet.

use crate::format::Form;
use crate::table::{Cell, Head, Kind, Table};
use crate::{Error, Story};
use jiff::civil::DateTime;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatUnderline, Url, Workbook, Worksheet};
use std::collections::HashSet;
use std::io::Write;

/// Characters a cell holds, in units of UTF-16.
const LONGEST_TEXT: usize = 32_767;
/// Links a sheet holds: with more, Excel calls the file damaged.
const MOST_LINKS: usize = 65_530;
/// Rows a sheet holds.
const MOST_ROWS: u32 = 1_048_576;
/// What stands at the end of a text that was cut.
const CUT: &str = " … [cut: longer than a cell of Excel; export as jsonl has all]";
/// A workbook of documents that nobody keeps was made on no day; Excel wants one.
const NO_DAY: (u16, u8, u8) = (2000, 1, 1);

/// Begins a workbook.
pub(crate) fn begin<W: Write + Send>(output: W) -> Result<Book<W>, Error> {
    let sheets = Table::ALL.into_iter().map(Sheet::new).collect();
    Ok(Book { output, sheets, latest: None })
}

/// A workbook being filled.
pub(crate) struct Book<W> {
    output: W,
    sheets: Vec<Sheet>,
    /// When the last of its documents was added: the workbook's day, so that the same records are the same bytes.
    latest: Option<String>,
}

impl<W: Write + Send> Form for Book<W> {
    fn story(&mut self, story: &Story) -> Result<(), Error> {
        let latest = story.documents.iter().filter_map(|kept| kept.added_at.as_ref()).max();
        self.latest = self.latest.take().max(latest.cloned());
        for sheet in &mut self.sheets {
            for row in sheet.table.rows_once(story, &mut sheet.seen) {
                sheet.row(&row)?;
            }
        }
        Ok(())
    }

    fn end(self: Box<Self>) -> Result<(), Error> {
        let mut book = Workbook::new();
        let moment = self.latest.as_deref().and_then(moment);
        let made = moment.or_else(|| ExcelDateTime::from_ymd(NO_DAY.0, NO_DAY.1, NO_DAY.2).ok());
        let properties = DocProperties::new().set_title("Onrecord");
        book.set_properties(&match made {
            Some(made) => properties.set_creation_datetime(&made),
            None => properties,
        });
        for sheet in self.sheets {
            for page in sheet.end()? {
                book.push_worksheet(page);
            }
        }
        let mut output = self.output;
        output.write_all(&book.save_to_buffer()?)?;
        Ok(output.flush()?)
    }
}

/// A table being written, and its pages that are full.
struct Sheet {
    table: Table,
    heads: Vec<Head>,
    full: Vec<Worksheet>,
    page: Worksheet,
    /// The next row of the page.
    next: u32,
    links: usize,
    looks: Looks,
    seen: HashSet<String>,
}

/// How cells look.
struct Looks {
    heading: Format,
    text: Format,
    day: Format,
    moment: Format,
    link: Format,
}

impl Looks {
    fn new() -> Looks {
        let cell = Format::new().set_align(FormatAlign::Top);
        Looks {
            heading: Format::new().set_bold().set_align(FormatAlign::Top).set_background_color(Color::RGB(0x00ED_EBE6)).set_border_bottom(FormatBorder::Thin),
            text: cell.clone().set_text_wrap(),
            day: cell.clone().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            moment: cell.clone().set_num_format("yyyy-mm-dd hh:mm").set_align(FormatAlign::Left),
            link: cell.set_font_color(Color::RGB(0x001F_4E9A)).set_underline(FormatUnderline::Single),
        }
    }
}

impl Sheet {
    fn new(table: Table) -> Sheet {
        let heads = table.heads();
        Sheet { table, heads, full: Vec::new(), page: Worksheet::new(), next: 0, links: 0, looks: Looks::new(), seen: HashSet::new() }
    }

    fn row(&mut self, row: &[Cell]) -> Result<(), Error> {
        if self.next == MOST_ROWS {
            let full = std::mem::take(&mut self.page);
            let full = self.finished(full)?;
            self.full.push(full);
            (self.next, self.links) = (0, 0);
        }
        if self.next == 0 {
            for (head, column) in self.heads.iter().zip(0..) {
                self.page.write_string_with_format(0, column, head.heading, &self.looks.heading)?;
            }
            self.next = 1;
        }
        for (cell, column) in row.iter().zip(0..) {
            self.cell(column, cell)?;
        }
        self.next += 1;
        Ok(())
    }

    fn cell(&mut self, column: u16, cell: &Cell) -> Result<(), Error> {
        let (row, looks, page) = (self.next, &self.looks, &mut self.page);
        match cell {
            Cell::Empty => {}
            Cell::Count(count) => drop(page.write_number_with_format(row, column, *count as f64, &looks.text)?),
            Cell::Share(share) => drop(page.write_number_with_format(row, column, *share, &looks.text)?),
            Cell::Day(day) => match excel_day(*day) {
                Some(excel) => drop(page.write_datetime_with_format(row, column, excel, &looks.day)?),
                None => drop(page.write_string_with_format(row, column, day.to_string(), &looks.text)?),
            },
            Cell::Moment(text) => match moment(text) {
                Some(excel) => drop(page.write_datetime_with_format(row, column, excel, &looks.moment)?),
                None => drop(page.write_string_with_format(row, column, fitting(text), &looks.text)?),
            },
            Cell::Link(link) if self.links < MOST_LINKS => {
                self.links += 1;
                page.write_url_with_format(row, column, Url::new(link), &looks.link)?;
            }
            Cell::Text(_) | Cell::Texts(_) | Cell::Flag(_) | Cell::Link(_) => {
                let text = cell.plain();
                if !text.is_empty() {
                    page.write_string_with_format(row, column, fitting(&text), &looks.text)?;
                }
            }
        }
        Ok(())
    }

    /// All pages of the table, the last included.
    fn end(mut self) -> Result<Vec<Worksheet>, Error> {
        if self.next == 0 {
            for (head, column) in self.heads.iter().zip(0..) {
                self.page.write_string_with_format(0, column, head.heading, &self.looks.heading)?;
            }
            self.next = 1;
        }
        let last = std::mem::take(&mut self.page);
        let last = self.finished(last)?;
        self.full.push(last);
        Ok(self.full)
    }

    /// A page with its name, its header in sight, its filters and widths.
    fn finished(&self, mut page: Worksheet) -> Result<Worksheet, Error> {
        let name = self.table.name();
        let capital = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
        page.set_name(if self.full.is_empty() { capital } else { format!("{capital} {}", self.full.len() + 1) })?;
        page.set_freeze_panes(1, 1)?;
        let columns = u16::try_from(self.heads.len()).unwrap_or(u16::MAX);
        page.autofilter(0, 0, self.next - 1, columns - 1)?;
        for (head, column) in self.heads.iter().zip(0..) {
            page.set_column_width(column, f64::from(head.width))?;
            debug_assert!(head.kind != Kind::Link || head.width >= 20, "a link can be clicked");
        }
        page.set_landscape().set_repeat_rows(0, 0)?;
        Ok(page)
    }
}

/// The text, cut where Excel would refuse it.
fn fitting(text: &str) -> String {
    let length = |text: &str| text.encode_utf16().count();
    if text.len() <= LONGEST_TEXT || length(text) <= LONGEST_TEXT {
        return text.to_owned();
    }
    let mut room = LONGEST_TEXT - length(CUT);
    let fits = |c: &char| {
        let fits = c.len_utf16() <= room;
        room = room.saturating_sub(c.len_utf16());
        fits
    };
    text.chars().take_while(fits).chain(CUT.chars()).collect()
}

/// The day, where Excel has it: from 1900 to 9999.
fn excel_day(day: jiff::civil::Date) -> Option<ExcelDateTime> {
    ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?).ok()
}

/// A moment of the wire, in UTC.
fn moment(text: &str) -> Option<ExcelDateTime> {
    let moment: DateTime = text.strip_suffix('Z').unwrap_or(text).parse().ok()?;
    let part = |part: i8| u8::try_from(part).ok();
    excel_day(moment.date())?.and_hms(part(moment.hour())?.into(), part(moment.minute())?, f64::from(moment.second())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_by_the_units_excel_counts() {
        assert_eq!(fitting("short"), "short");
        let just = "🜂".repeat(LONGEST_TEXT / 2);
        assert_eq!(fitting(&just), just);
        let cut = fitting(&"🜂".repeat(LONGEST_TEXT / 2 + 1));
        assert!(cut.encode_utf16().count() <= LONGEST_TEXT && cut.ends_with(CUT), "{}", cut.encode_utf16().count());
    }
}
