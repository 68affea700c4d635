//! The columns are a promise: users' spreadsheets read them by name and place.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use csv::WriterBuilder;
use serde::Serialize;
use shuliang::emit::{
    self, ArticleRow, CheckRow, EntityRow, ErrorRow, FactRow, Header, Holds, NumeralRow, QuantityRow, Rows, SentenceRow, Spool, Table, TimeRow, TokenRow,
};
use shuliang::source::plain::plain;
use shuliang::{Dict, read};

/// Each table with its first columns, in order; more may follow.
const PROMISED: &[(Table, &str)] = &[
    (
        Table::Facts,
        "article subject indicator written value value_max unit comparison change basis time_start time_end time_text modality condition \
         subject_type subject_code base_value base_value_max base_unit inferred rule start end evidence",
    ),
    (Table::Quantities, "article start end text value value_max unit comparison type role dimension base_value base_value_max base_unit"),
    (Table::Entities, "article start end text type name code path"),
    (Table::Times, "article start end text type time_start time_end"),
    (Table::Articles, "article source title published characters sentences quantities entities times facts notes encoding replaced publisher"),
    (Table::Checks, "article kind facts expected found holds"),
    (Table::Numerals, "article start end text value value_max comparison"),
    (Table::Tokens, "article start end text tag"),
    (Table::Sentences, "article start end text"),
    (Table::Errors, "source article error"),
];

#[test]
fn the_columns_are_those_that_were_promised() {
    for (table, columns) in PROMISED {
        let promised: Vec<&str> = columns.split_whitespace().collect();
        let found: Vec<&str> = table.columns().iter().map(|column| column.en).collect();
        assert_eq!(found[..promised.len()], promised, "{}", table.name());
    }
    assert!(Table::ALL.iter().all(|table| PROMISED.iter().any(|(t, _)| t == table)));
}

#[test]
fn rows_have_the_columns_of_their_table() {
    same::<FactRow>(Table::Facts);
    same::<QuantityRow>(Table::Quantities);
    same::<EntityRow>(Table::Entities);
    same::<TimeRow>(Table::Times);
    same::<ArticleRow>(Table::Articles);
    same::<CheckRow>(Table::Checks);
    same::<NumeralRow>(Table::Numerals);
    same::<TokenRow>(Table::Tokens);
    same::<SentenceRow>(Table::Sentences);
    same::<ErrorRow>(Table::Errors);
}

fn same<R: Serialize + Default>(table: Table) {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    writer.serialize(R::default()).expect("a row");
    let written = String::from_utf8(writer.into_inner().expect("bytes")).expect("UTF-8");
    let columns: Vec<&str> = table.columns().iter().map(|column| column.en).collect();
    assert_eq!(written.lines().next(), Some(columns.join(",").as_str()), "{}", table.name());
}

#[test]
fn chinese_names_are_there_and_differ() {
    for (table, _) in PROMISED {
        let names: BTreeSet<String> = table.columns().iter().map(|column| column.name(Header::Zh)).collect();
        assert_eq!(names.len(), table.columns().len(), "{}", table.name());
        assert!(names.iter().all(|name| name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))), "{names:?}");
    }
}

/// In Chinese too, and with each word that a column may hold.
#[test]
fn meanings_are_there_in_both_languages() {
    for (table, _) in PROMISED {
        for column in table.columns() {
            let place = format!("{}.{}", table.name(), column.en);
            let (en, zh) = (column.meaning(Header::En), column.meaning(Header::Zh));
            assert!(en.ends_with('.') && zh.ends_with('。') && column.meaning(Header::Both) == format!("{en} {zh}"), "{place}");
            let Holds::OneOf(words) = column.holds else { continue };
            assert!(words.iter().all(|word| en.contains(word) && zh.contains(word)), "{place}: {en} {zh}");
        }
    }
}

/// Every cell of every table of the fixture articles is what its column says.
#[test]
fn cells_hold_what_their_columns_say() {
    let dict = Dict::builtin().expect("the dictionary");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
    let mut cells = 0;
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path().join("article.txt");
        let article = plain(fs::read(&path).expect("an article"), "article.txt", "article", None, &dict).expect("UTF-8");
        let reading = read(&article, &dict);
        for table in Table::ALL {
            let mut bytes = Vec::new();
            emit::csv::rows(table, &Rows::new(&reading), &[], &mut bytes).expect("rows");
            let mut spool = Spool::new(table, bytes.as_slice());
            while let Some(line) = spool.next_line().expect("a row") {
                for cell in line.cells() {
                    cell.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                    cells += 1;
                }
            }
        }
    }
    assert!(cells > 10_000, "{cells}");
}
