//! A table as Parquet, with typed columns: days are days, lists are lists.

use crate::format::Form;
use crate::table::{Cell, Head, Kind, Table};
use crate::{Error, Story};
use arrow_array::builder::{BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder, TimestampSecondBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::collections::HashSet;
use std::io::Write;
use std::sync::Arc;

/// Rows gathered before they are written: large enough to be squeezed well, small enough to hold.
const GROUP: usize = 16_384;
/// The zone of every moment.
const ZONE: &str = "UTC";

/// Begins a file.
pub(crate) fn begin<W: Write + Send>(table: Table, output: W) -> Result<Columns<W>, Error> {
    let heads = table.heads();
    let schema = Arc::new(Schema::new(heads.iter().map(field).collect::<Vec<_>>()));
    let properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).set_created_by("onrecord".to_owned()).build();
    let writer = ArrowWriter::try_new(output, schema.clone(), Some(properties))?;
    Ok(Columns { table, heads, schema, writer, rows: Vec::new(), seen: HashSet::new() })
}

/// A file being written.
pub(crate) struct Columns<W: Write + Send> {
    table: Table,
    heads: Vec<Head>,
    schema: Arc<Schema>,
    writer: ArrowWriter<W>,
    rows: Vec<Vec<Cell>>,
    seen: HashSet<String>,
}

impl<W: Write + Send> Form for Columns<W> {
    fn story(&mut self, story: &Story) -> Result<(), Error> {
        self.rows.extend(self.table.rows_once(story, &mut self.seen));
        if self.rows.len() >= GROUP { self.group() } else { Ok(()) }
    }

    fn end(mut self: Box<Self>) -> Result<(), Error> {
        self.group()?;
        self.writer.close()?;
        Ok(())
    }
}

impl<W: Write + Send> Columns<W> {
    fn group(&mut self) -> Result<(), Error> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.rows);
        let columns = self.heads.iter().enumerate().map(|(at, head)| array(head.kind, rows.iter().map(|row| &row[at]))).collect();
        self.writer.write(&RecordBatch::try_new(self.schema.clone(), columns)?)?;
        // A group ends here, however many rows the writer would hold.
        self.writer.flush()?;
        Ok(())
    }
}

fn field(head: &Head) -> Field {
    let kind = match head.kind {
        Kind::Text | Kind::Link => DataType::Utf8,
        Kind::Texts => DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true))),
        Kind::Day => DataType::Date32,
        Kind::Moment => DataType::Timestamp(TimeUnit::Second, Some(ZONE.into())),
        Kind::Count => DataType::Int64,
        Kind::Share => DataType::Float64,
        Kind::Flag => DataType::Boolean,
    };
    Field::new(head.name, kind, true)
}

/// The cells of one column; a cell of another kind than its column's is empty.
fn array<'c>(kind: Kind, cells: impl Iterator<Item = &'c Cell>) -> ArrayRef {
    macro_rules! built {
        ($builder:expr, $pick:expr) => {{
            let mut builder = $builder;
            cells.map($pick).for_each(|value| builder.append_option(value));
            Arc::new(builder.finish())
        }};
    }
    match kind {
        Kind::Text | Kind::Link => built!(StringBuilder::new(), words),
        Kind::Day => built!(Date32Builder::new(), day),
        Kind::Moment => built!(TimestampSecondBuilder::new().with_timezone(ZONE), moment),
        Kind::Count => built!(Int64Builder::new(), |cell| if let Cell::Count(count) = cell { Some(*count) } else { None }),
        Kind::Share => built!(Float64Builder::new(), |cell| if let Cell::Share(share) = cell { Some(*share) } else { None }),
        Kind::Flag => built!(BooleanBuilder::new(), |cell| if let Cell::Flag(flag) = cell { Some(*flag) } else { None }),
        Kind::Texts => {
            let mut builder = ListBuilder::new(StringBuilder::new());
            for cell in cells {
                if let Cell::Texts(texts) = cell {
                    texts.iter().for_each(|text| builder.values().append_value(text));
                }
                builder.append(matches!(cell, Cell::Texts(_)));
            }
            Arc::new(builder.finish())
        }
    }
}

fn words(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Text(text) | Cell::Link(text) => Some(text),
        Cell::Empty | Cell::Texts(_) | Cell::Day(_) | Cell::Moment(_) | Cell::Count(_) | Cell::Share(_) | Cell::Flag(_) => None,
    }
}

/// Days since 1970.
fn day(cell: &Cell) -> Option<i32> {
    let Cell::Day(day) = cell else { return None };
    Some(jiff::civil::date(1970, 1, 1).until(*day).ok()?.get_days())
}

/// Seconds since 1970.
fn moment(cell: &Cell) -> Option<i64> {
    let Cell::Moment(text) = cell else { return None };
    Some(text.parse::<jiff::Timestamp>().ok()?.as_second())
}
