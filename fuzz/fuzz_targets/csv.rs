//! What is written as CSV is read back cell by cell, whatever stands in the cells.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde::Serialize;
use shuliang::emit::{Header, Rows, Table, csv};
use shuliang::{Article, read, source::fold::fold};
use shuliang_fuzz::{DICT, text};

fuzz_target!(|input: (Vec<u8>, Vec<u8>, Vec<u8>)| {
    let (id, title, body) = input;
    let raw = format!("{},新开工项目77项，总投资3亿元\n{}", text(&title), text(&body));
    let mut article = Article::new(text(&id), text(&title), raw.clone(), fold(&raw, &DICT));
    article.raw_title = text(&title);
    article.notes = vec![text(&id), text(&body)];
    let reading = read(&article, &DICT);
    let rows = Rows::new(&reading);
    same(Table::Facts, &rows, rows.facts().map(cells).collect());
    same(Table::Quantities, &rows, rows.quantities().map(cells).collect());
    same(Table::Entities, &rows, rows.entities().map(cells).collect());
    same(Table::Articles, &rows, vec![cells(rows.article())]);
    same(Table::Sentences, &rows, rows.sentences().map(cells).collect());
});

/// The cells of a row, one by one.
fn cells(row: impl Serialize) -> Vec<String> {
    let mut writer = ::csv::WriterBuilder::new().has_headers(false).delimiter(b'\x1f').quote_style(::csv::QuoteStyle::Always).from_writer(Vec::new());
    writer.serialize(row).expect("a row");
    let bytes = writer.into_inner().expect("bytes");
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).delimiter(b'\x1f').from_reader(bytes.as_slice());
    reader.records().next().expect("a record").expect("a row").iter().map(str::to_owned).collect()
}

fn same(table: Table, rows: &Rows<'_>, expected: Vec<Vec<String>>) {
    let mut bytes = Vec::new();
    csv::write(table, Header::En, rows, &[], &mut bytes).expect("a table");
    let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
    assert_eq!(reader.headers().expect("a header").len(), table.columns().len());
    let found: Vec<Vec<String>> = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    assert_eq!(found, expected);
}
