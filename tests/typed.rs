//! Parquet, SQLite and JSON Lines hold what the CSV holds, to the last digit.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use jiff::ToSpan;
use jiff::civil::{date, time};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use shuliang::emit::{self, Header, Holds, Spool, Table};
use tempfile::TempDir;

type Cells = Vec<Vec<String>>;

#[test]
fn the_fixtures_are_the_same_in_every_format() {
    let folder = TempDir::new().expect("a folder");
    let tables = Table::ALL.map(Table::name).join(",");
    // everything that stands beside the articles is read as text too: more numbers to compare
    let articles = folder.path().join("in");
    std::fs::create_dir(&articles).expect("a folder");
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles")).expect("the fixtures") {
        let fixture = entry.expect("an entry");
        for file in std::fs::read_dir(fixture.path()).expect("a fixture") {
            let file = file.expect("a file");
            let name = format!("{}-{}.txt", fixture.file_name().display(), file.file_name().display());
            std::fs::copy(file.path(), articles.join(name)).expect("a copy");
        }
    }
    let output = Command::new(env!("CARGO_BIN_EXE_shuliang"))
        .args(["extract", "--format", "csv,parquet,sqlite,jsonl", "--no-guard", "--tables", &tables, "--out"])
        .args([folder.path(), articles.as_path()])
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let database = Connection::open(folder.path().join("tables.sqlite")).expect("a database");
    let (mut cells, mut numbers) = (0, 0);
    for table in Table::ALL {
        let path = |ending: &str| folder.path().join(format!("{}.{ending}", table.name()));
        let mut reader = csv::Reader::from_path(path("csv")).expect("a table");
        let plain: Cells = reader.records().map(|row| row.expect("CSV").iter().map(str::to_owned).collect()).collect();
        same(table, "parquet", &plain, &of_parquet(table, &path("parquet")));
        same(table, "sqlite", &plain, &of_sqlite(table, &database));
        same(table, "jsonl", &plain, &of_jsonl(table, &path("jsonl")));
        cells += plain.iter().map(Vec::len).sum::<usize>();
        let decimals = |row: &Vec<String>| table.columns().iter().zip(row).filter(|(column, cell)| column.holds == Holds::Decimal && !cell.is_empty()).count();
        numbers += plain.iter().map(decimals).sum::<usize>();
    }
    assert!(cells > 50_000 && numbers > 5_000, "{cells} cells, {numbers} decimals");
    let broken: i64 = database.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).expect("a count");
    assert_eq!(broken, 0);
    let keys: String = database.query_row("SELECT sql FROM sqlite_master WHERE name = 'facts'", [], |row| row.get(0)).expect("a table");
    assert!(keys.contains("\"id\" INTEGER PRIMARY KEY") && keys.contains("REFERENCES \"articles\""), "{keys}");
}

#[test]
fn extremes_are_the_same_in_every_format() {
    let all = [
        "0",
        "1",
        "-0.35",
        "0.1",
        "62000000000",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "79228162514264337593543950335",
        "-79228162514264337593543950335",
        "0.0000000000000000000000000001",
        "-0.123456789012345678901234567",
        "123456789012.345",
        "1234567890123.456",
        "0.3333333333333333",
    ];
    // all of them together need more digits than most readers know; one by one they do not
    let groups = [&all[..], &all[..5], &all[8..9], &all[10..12], &["123456789012345", "-0.000000000000333333333333"]];
    for group in groups {
        let rows: Vec<String> = group.iter().map(|value| format!("甲,0,1,\"a\n\"\"b\"\"\",{value},,eq\n")).collect();
        round(Table::Numerals, &rows.concat());
    }
    let moments = ["2021-06-30", "2016-11-07T17:00:00", "T04:30:00", "1850-01-01", "0001-01-01", "9999-12-31", "1969-12-31T23:59:59", ""];
    let rows: Vec<String> = moments.iter().map(|moment| format!("a,0,1,x,clock,{moment},{moment}\n")).collect();
    round(Table::Times, &rows.concat());
    round(Table::Checks, "a,parts,1+2+3,77,73,false\na,growth,4+5,1.25,1.25,true\n");
    round(Table::Sentences, "");
}

#[test]
fn two_articles_may_have_one_id() {
    let articles = format!("a{}\n", ",".repeat(Table::Articles.columns().len() - 1)).repeat(2);
    let mut database = Connection::open_in_memory().expect("a database");
    let sentences = "a,0,1,甲\n";
    let mut spools = [Spool::new(Table::Sentences, sentences.as_bytes()), Spool::new(Table::Articles, articles.as_bytes())];
    emit::sqlite::write(&mut spools, Header::Both, &mut database).expect("tables");
    let count: i64 = database.query_row("SELECT count(*) FROM articles WHERE \"article 文章\" = 'a'", [], |row| row.get(0)).expect("a count");
    assert_eq!(count, 2);
}

#[test]
fn a_row_that_does_not_fit_is_named() {
    let spool = || Spool::new(Table::Numerals, std::io::Cursor::new("a,0,1,x,three,,eq\n"));
    let says = "table numerals, row 1, column value: expected a decimal such as -0.35, found `three`";
    assert_eq!(emit::parquet::write(&mut spool(), Header::En, Vec::new()).expect_err("an error").to_string(), says);
    let mut database = Connection::open_in_memory().expect("a database");
    assert_eq!(emit::sqlite::write(&mut [spool()], Header::En, &mut database).expect_err("an error").to_string(), says);
    let folder = TempDir::new().expect("a folder");
    assert_eq!(emit::xlsx::write(&mut [spool()], Header::En, folder.path(), Vec::new()).expect_err("an error").to_string(), says);
}

#[test]
fn a_workbook_is_the_same_each_time() {
    let folder = TempDir::new().expect("a folder");
    let write = || {
        let mut bytes = Vec::new();
        let mut spools = [Spool::new(Table::Sentences, "a,0,1,甲\n".as_bytes()), Spool::new(Table::Times, "a,0,1,x,date,2021-06-30,2021-06-30\n".as_bytes())];
        emit::xlsx::write(&mut spools, Header::Zh, folder.path(), &mut bytes).expect("a workbook");
        bytes
    };
    let first = write();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert!(first == write());
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

/// Writes plain rows in every format and reads them again.
fn round(table: Table, plain: &str) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(plain.as_bytes());
    let cells: Cells = reader.records().map(|row| row.expect("CSV").iter().map(str::to_owned).collect()).collect();
    let folder = TempDir::new().expect("a folder");
    let (parquet, jsonl) = (folder.path().join("t.parquet"), folder.path().join("t.jsonl"));
    let spool = || Spool::new(table, std::io::Cursor::new(plain));
    emit::parquet::write(&mut spool(), Header::En, File::create(&parquet).expect("a file")).expect("a table");
    same(table, "parquet", &cells, &of_parquet(table, &parquet));
    let mut database = Connection::open_in_memory().expect("a database");
    emit::sqlite::write(&mut [spool()], Header::En, &mut database).expect("a table");
    same(table, "sqlite", &cells, &of_sqlite(table, &database));
    emit::jsonl::rows(&mut spool(), Header::En, &mut File::create(&jsonl).expect("a file")).expect("a table");
    same(table, "jsonl", &cells, &of_jsonl(table, &jsonl));
}

#[track_caller]
fn same(table: Table, format: &str, plain: &Cells, found: &Cells) {
    assert_eq!(plain.len(), found.len(), "{format}: rows of {}", table.name());
    for (number, (plain, found)) in plain.iter().zip(found).enumerate() {
        assert_eq!(plain, found, "{format}: row {} of {}", number + 1, table.name());
    }
}

fn of_parquet(table: Table, path: &Path) -> Cells {
    let reader = SerializedFileReader::new(File::open(path).expect("a file")).expect("Parquet");
    let rows = reader.get_row_iter(None).expect("rows");
    rows.map(|row| {
        let row = row.expect("a row");
        let mut fields = row.get_column_iter().map(|(_, field)| field);
        let mut next = || of_field(fields.next().expect("a field"));
        let cells = table.columns().iter().map(|column| if column.holds == Holds::Moment { moment(next(), next()) } else { next() }).collect();
        assert!(fields.next().is_none());
        cells
    })
    .collect()
}

/// A day and a clock time as one cell.
fn moment(day: String, clock: String) -> String {
    if clock.is_empty() { day } else { format!("{day}T{clock}") }
}

fn of_field(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Long(number) => number.to_string(),
        Field::Double(number) => number.to_string(),
        Field::Bool(flag) => flag.to_string(),
        Field::Date(days) => (date(1970, 1, 1) + days.days()).to_string(),
        Field::TimeMillis(milliseconds) => (time(0, 0, 0, 0) + milliseconds.milliseconds()).to_string(),
        Field::Decimal(decimal) => decimal_digits(decimal.data(), usize::try_from(decimal.scale()).expect("places")),
        other => panic!("{other:?}"),
    }
}

/// The digits of a number in two's complement, the highest byte first, with so many places behind the point.
fn decimal_digits(bytes: &[u8], places: usize) -> String {
    let negative = bytes[0] >= 0x80;
    let mut magnitude: Vec<u8> = if negative { bytes.iter().map(|byte| !byte).collect() } else { bytes.to_vec() };
    if negative {
        for byte in magnitude.iter_mut().rev() {
            *byte = byte.wrapping_add(1);
            if *byte != 0 {
                break;
            }
        }
    }
    let mut digits = Vec::new();
    while magnitude.iter().any(|byte| *byte != 0) {
        let mut rest = 0u16;
        for byte in &mut magnitude {
            let here = rest * 256 + u16::from(*byte);
            *byte = u8::try_from(here / 10).expect("a byte");
            rest = here % 10;
        }
        digits.push(char::from(b'0' + u8::try_from(rest).expect("a digit")));
    }
    while digits.len() <= places {
        digits.push('0');
    }
    let (fraction, whole) = digits.split_at(places);
    let (whole, fraction): (String, String) = (whole.iter().rev().collect(), fraction.iter().rev().collect());
    let sign = if negative { "-" } else { "" };
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

fn of_sqlite(table: Table, database: &Connection) -> Cells {
    let mut select = database.prepare(&format!("SELECT * FROM \"{}\" ORDER BY id", table.name())).expect("a table");
    let mut rows = select.query([]).expect("rows");
    let mut cells = Cells::new();
    while let Some(row) = rows.next().expect("a row") {
        let cell = |at: usize| match row.get_ref(at + 1).expect("a cell") {
            ValueRef::Null => String::new(),
            ValueRef::Integer(flag) if table.columns()[at].holds == Holds::Flag => (flag == 1).to_string(),
            ValueRef::Integer(number) => number.to_string(),
            ValueRef::Real(number) => number.to_string(),
            ValueRef::Text(text) => String::from_utf8(text.to_vec()).expect("UTF-8"),
            ValueRef::Blob(_) => panic!("no bytes"),
        };
        cells.push((0..table.columns().len()).map(cell).collect());
    }
    cells
}

/// Numbers are read as they stand in the text.
fn of_jsonl(table: Table, path: &Path) -> Cells {
    let text = fs::read_to_string(path).expect("a table");
    text.lines()
        .map(|line| {
            let object: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let cell = |name: &str| match &object[name] {
                serde_json::Value::Null => String::new(),
                serde_json::Value::String(text) => text.clone(),
                serde_json::Value::Bool(flag) => flag.to_string(),
                _ => {
                    let key = format!("\"{name}\":");
                    let digits = line.split(&key).nth(1).expect("the key");
                    digits.split([',', '}']).next().expect("digits").to_owned()
                }
            };
            table.columns().iter().map(|column| cell(column.en)).collect()
        })
        .collect()
}
