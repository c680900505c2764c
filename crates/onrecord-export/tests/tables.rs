//! Tables read back: by calamine as Excel would, by arrow, by csv.
#![allow(clippy::unwrap_used)]

mod stories;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use onrecord_export::{Format, Table};
use std::io::{Cursor, Read};
use stories::{bridge, document, hostile, story, text, written};

fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    book.worksheet_range(name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

fn column(rows: &[Vec<Data>], heading: &str) -> Vec<Data> {
    let at = rows[0].iter().position(|cell| *cell == heading).unwrap_or_else(|| panic!("no column {heading} in {:?}", rows[0]));
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut out).unwrap();
    out
}

#[test]
fn a_workbook_has_all_tables_with_names_filled_in() {
    let bytes = written(Format::Xlsx, &[bridge()]);
    let book: Xlsx<_> = open_workbook_from_rs(Cursor::new(&bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Statements", "Questions", "Relations", "Origins", "People", "Documents"]);
    let rows = sheet(&bytes, "Statements");
    let speakers: Vec<String> = column(&rows, "Speaker").iter().map(Data::to_string).collect();
    assert!(speakers.contains(&"Ilse Varga".to_owned()), "{speakers:?}");
    let words: Vec<String> = column(&rows, "Words").iter().map(Data::to_string).collect();
    assert!(words.contains(&"“We saw the north pier move 🜂 in May,”".to_owned()), "{words:?}");
    // 4 March 2031 as Excel counts days.
    let days = column(&rows, "Published");
    assert!(days.iter().all(|day| matches!(day, Data::DateTime(day) if day.is_datetime() && day.as_f64() == 47_911.0)), "{days:?}");
    let documents = sheet(&bytes, "Documents");
    assert_eq!(documents.len(), 3);
    assert!(matches!(&column(&documents, "Added")[0], Data::DateTime(_)));
}

#[test]
fn a_link_leads_to_the_words() {
    let bytes = written(Format::Xlsx, &[bridge()]);
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("location=\":~:text=We%20saw%20the%20north%20pier%20move"), "{sheet}");
    assert!(part(&bytes, "xl/worksheets/_rels/sheet1.xml.rels").contains("Target=\"https://skein.example/1\" TargetMode=\"External\""));
    assert!(sheet.contains("<pane xSplit=\"1\" ySplit=\"1\"") && sheet.contains("<autoFilter ref=\"A1:"), "{sheet}");
}

#[test]
fn what_looks_like_a_formula_stays_text() {
    let story = story(vec![document(1, stories::BRIDGE), hostile()]);
    let bytes = written(Format::Xlsx, std::slice::from_ref(&story));
    for number in 1..=6 {
        assert!(!part(&bytes, &format!("xl/worksheets/sheet{number}.xml")).contains("<f>"));
    }
    let byline = column(&sheet(&bytes, "Documents"), "Byline");
    assert!(byline.contains(&Data::String("=cmd|'/c calc'!A1".to_owned())), "{byline:?}");
    assert!(!part(&bytes, "xl/worksheets/_rels/sheet6.xml.rels").contains("javascript"));
    let table = text(Format::Csv(Table::Documents), &[story]);
    assert!(table.contains(",'=cmd|'/c calc'!A1,"), "{table}");
}

#[test]
fn no_cell_is_longer_than_excel_takes() {
    let mut story = bridge();
    let long = "🜂x".repeat(30_000);
    story.record.statements[0].content[0].text = long.clone();
    let words = column(&sheet(&written(Format::Xlsx, std::slice::from_ref(&story)), "Statements"), "Words");
    let Data::String(cut) = &words[0] else { panic!("{words:?}") };
    assert!(cut.encode_utf16().count() <= 32_767 && cut.contains("[cut: ") && long.starts_with(&cut[..90_000 / 5 * 2]), "{}", cut.len());
    assert!(text(Format::Csv(Table::Statements), &[story]).contains(&long));
}

#[test]
fn more_links_than_a_sheet_holds_become_text() {
    let mut story = bridge();
    let one = story.record.statements[0].clone();
    let statement = |number: usize| onrecord::wire::record::Statement { id: format!("s{number}"), ..one.clone() };
    story.record.statements = (1..=65_600).map(statement).collect();
    let bytes = written(Format::Xlsx, &[story]);
    assert_eq!(part(&bytes, "xl/worksheets/sheet1.xml").matches("<hyperlink ").count(), 65_530);
    let rows = sheet(&bytes, "Statements");
    let links = column(&rows, "Link");
    assert!(rows.len() == 65_601 && links.iter().all(|link| link.to_string().starts_with("https://skein.example/1#:~:text=")));
}

#[test]
fn equal_records_are_equal_bytes_on_any_day() {
    let stories = [bridge()];
    for format in [
        Format::Jsonl,
        Format::Csv(Table::People),
        Format::Xlsx,
        Format::Parquet(Table::Statements),
        Format::Annotations,
        Format::Schema,
        Format::Markdown,
        Format::Html,
    ] {
        let first = written(format, &stories);
        std::thread::sleep(std::time::Duration::from_millis(1100));
        assert!(first == written(format, &[bridge()]), "{format:?}");
    }
    assert!(part(&written(Format::Xlsx, &stories), "docProps/core.xml").contains("2031-03-06T08:30:00Z"));
}

#[test]
fn a_statement_that_two_stories_tell_is_one_row() {
    let stories = [bridge(), bridge()];
    let once = text(Format::Csv(Table::Statements), &stories[..1]);
    assert_eq!(text(Format::Csv(Table::Statements), &stories), once);
}

#[test]
fn csv_is_read_back_cell_for_cell() {
    let story = bridge();
    let table = text(Format::Csv(Table::Statements), std::slice::from_ref(&story));
    assert!(table.starts_with("\u{feff}statement,story,speaker,said,"));
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let at = reader.headers().unwrap().iter().position(|name| name == "content").unwrap();
    let cells: Vec<String> = reader.records().map(|row| row.unwrap()[at].to_owned()).collect();
    let words = |statement: &onrecord::wire::record::Statement| statement.content.iter().map(|words| words.text.as_str()).collect::<Vec<_>>().join(" … ");
    assert_eq!(cells, story.record.statements.iter().map(words).collect::<Vec<_>>());
}

#[test]
fn parquet_has_days_as_days_and_lists_as_lists() {
    use arrow_array::cast::AsArray;
    use arrow_array::types::Date32Type;
    use arrow_schema::DataType;
    let bytes = written(Format::Parquet(Table::Statements), &[bridge()]);
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReader::try_new(parquet_bytes(bytes), 1024).unwrap();
    let batch = reader.into_iter().next().unwrap().unwrap();
    let column = |name: &str| batch.column_by_name(name).unwrap().clone();
    // 4 March 2031 is the 22,342nd day after 1 January 1970.
    assert!(column("published").as_primitive::<Date32Type>().iter().all(|day| day == Some(22_342)));
    assert!(matches!(column("roles").data_type(), DataType::List(_)));
    let ilse = (0..batch.num_rows()).find(|at| column("speaker").as_string::<i32>().value(*at) == "Ilse Varga").unwrap();
    assert!(column("said").as_boolean().value(ilse));
    let questions = written(Format::Parquet(Table::Askings), &[bridge()]);
    let batch = parquet::arrow::arrow_reader::ParquetRecordBatchReader::try_new(parquet_bytes(questions), 1024).unwrap().next().unwrap().unwrap();
    let names = batch.column_by_name("answered_in").unwrap().as_list::<i32>().value(0);
    assert!(names.as_string::<i32>().iter().flatten().all(|name| name.starts_with("dpell")) && !names.is_empty());
    let documents = written(Format::Parquet(Table::Documents), &[bridge()]);
    let batch = parquet::arrow::arrow_reader::ParquetRecordBatchReader::try_new(parquet_bytes(documents), 1024).unwrap().next().unwrap().unwrap();
    assert!(matches!(batch.column_by_name("added_at").unwrap().data_type(), DataType::Timestamp(_, Some(zone)) if zone.as_ref() == "UTC"));
    assert!(!written(Format::Parquet(Table::Documents), &[]).is_empty());
}

fn parquet_bytes(bytes: Vec<u8>) -> bytes::Bytes {
    bytes.into()
}
