//! A real spreadsheet opens what the program writes: LibreOffice keeps every cell, and no formula fires.
//!
//! Skipped with a word where LibreOffice is missing (Debian: `apt-get install --no-install-recommends libreoffice-calc`).

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use shuliang::emit::delimited::{self, Formulas, LineEnd, Mark, Separator, Style};
use shuliang::emit::guard::guarded;
use shuliang::emit::{Header, Spool, Table};
use tempfile::TempDir;

/// Texts that spreadsheets like to spoil.
const TORTURE: [&str; 65] = [
    // zeros in front and behind, long numbers, codes
    "00123",
    "0",
    "0.10",
    "1.0",
    "110108",
    "000001.SZ",
    "440106199001011234",
    "12345678901234567",
    "1,234",
    "１２３",
    // what looks like a date, a time, a fraction, an exponent, money
    "10-15",
    "3/4",
    "1-2",
    "1 1/2",
    "2021-06-30",
    "2021/6/30",
    "3月5日",
    "2021年",
    "10:30",
    "MAR1",
    "1-Sept",
    "1e5",
    "1E400",
    "5%",
    "$5",
    "¥5",
    "(5)",
    "-5",
    "-0.35%",
    // formulas
    "=1+1",
    "+1",
    "+1+1",
    "-A1",
    "@SUM",
    "=SUM(A1:A9)",
    "＝1+1",
    "＋A1",
    "－A1",
    "＠SUM",
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://a\",\"b\")",
    " =1+1",
    "\u{200b}=1+1",
    "\u{3000}＝1+1",
    // what stands between cells and around them
    "a,b",
    "a;b",
    "a\tb",
    "a\"b",
    "\"ab\"",
    "'ab",
    "a\nb",
    " ab ",
    "\u{3000}ab\u{3000}",
    "\tab",
    // characters
    "𠮷野家",
    "😀👨‍👩‍👧",
    "e\u{301}",
    "العربية",
    "½①㎡",
    // words of programs
    "TRUE",
    "NULL",
    "#N/A",
    "<b>&amp;]]>",
    "_x0041_",
    "\\N",
];

/// A table whose column `text` holds the torture; as a run keeps it.
fn sentences() -> Vec<u8> {
    rows(TORTURE.iter().map(|text| vec!["a", "0", "1", *text]))
}

/// Facts whose every text column holds the torture, with long and short numbers and days.
fn facts() -> Vec<u8> {
    let numbers = ["62000000000", "-0.35", "123456789012345678", "0.1", "79228162514264337593543950335"];
    rows(TORTURE.iter().enumerate().map(|(i, text)| {
        let value = numbers[i % numbers.len()];
        let time = ["2021-06-30", "2016-11-07T17:00:00", "", "1850-01-01"][i % 4];
        let cell = |en| match en {
            "value" | "base_value" => value,
            "time_start" | "time_end" => time,
            "start" | "end" => "12",
            "value_max" | "base_value_max" => "",
            "comparison" => "eq",
            "change" => "none",
            "modality" => "actual",
            "subject_type" => "region",
            _ => text,
        };
        Table::Facts.columns().iter().map(|column| cell(column.en)).collect()
    }))
}

fn rows<'a>(rows: impl Iterator<Item = Vec<&'a str>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    rows.for_each(|row| writer.write_record(row).expect("a row"));
    writer.into_inner().expect("bytes")
}

fn delimited(table: Table, plain: &[u8], formulas: Formulas, path: &Path) {
    let style = Style { separator: Separator::Comma, line_end: LineEnd::CrLf, mark: Mark::Bom, formulas, header: Header::En };
    let mut file = File::create(path).expect("a file");
    delimited::head(table, style, &mut file).expect("a header");
    delimited::rows(&mut Spool::new(table, plain), style, &mut file).expect("rows");
}

/// LibreOffice with a profile of its own, if it is there.
#[allow(clippy::print_stderr, reason = "says that the test was skipped")]
fn office() -> Option<TempDir> {
    if Command::new("soffice").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
        return Some(TempDir::new().expect("a folder"));
    }
    eprintln!("skipped: no LibreOffice (soffice)");
    None
}

/// Opens a file and saves it as another kind in the folder `back` beside it.
fn convert(profile: &TempDir, filter: Option<&str>, to: &str, path: &Path) {
    let mut office = Command::new("soffice");
    office.arg(format!("-env:UserInstallation=file://{}", profile.path().display())).args(["--headless", "--norestore"]);
    if let Some(filter) = filter {
        office.arg(format!("--infilter={filter}"));
    }
    let output = office.args(["--convert-to", to, "--outdir"]).arg(path.with_file_name("back")).arg(path).output().expect("LibreOffice runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// How the content of every sheet is saved: commas, quotation marks, UTF-8, cells as they are and not as they are shown.
const AS_CSV: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";

fn cells(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    reader.records().map(|row| row.expect("CSV").iter().map(str::to_owned).collect()).collect()
}

/// The text columns of rows that came back against those that went in, guarded where `formulas` says so.
fn compare(name: &str, table: Table, plain: &[u8], formulas: Formulas, found: &[Vec<String>]) -> usize {
    let mut spool = Spool::new(table, plain);
    let (mut kept, mut wrong, mut row) = (0, Vec::new(), 0);
    while let Some(line) = spool.next_line().expect("a row") {
        row += 1;
        for (at, (column, text)) in line.texts().enumerate().filter(|(_, (column, _))| column.is_text()) {
            let expected = if formulas == Formulas::Guarded { guarded(text).into_owned() } else { text.to_owned() };
            match found.get(row).and_then(|cells| cells.get(at)) {
                Some(cell) if *cell == expected => kept += 1,
                other => wrong.push(format!("{name}, row {row}, {}: expected {expected:?}, found {other:?}", column.en)),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    kept
}

#[cfg(feature = "xlsx")]
#[test]
fn a_workbook_keeps_every_cell() {
    let Some(profile) = office() else { return };
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("t.xlsx");
    let (sentences, facts) = (sentences(), facts());
    let mut spools = [Spool::new(Table::Sentences, sentences.as_slice()), Spool::new(Table::Facts, facts.as_slice())];
    shuliang::emit::xlsx::write(&mut spools, Header::En, folder.path(), File::create(&path).expect("a file")).expect("a workbook");

    convert(&profile, None, AS_CSV, &path);
    let found = cells(&folder.path().join("back/t-sentences.csv"));
    assert_eq!(compare("sentences", Table::Sentences, &sentences, Formulas::Kept, &found), 65 * 2);
    let found = cells(&folder.path().join("back/t-facts.csv"));
    let texts = Table::Facts.columns().iter().filter(|column| column.is_text()).count();
    assert_eq!(compare("facts", Table::Facts, &facts, Formulas::Kept, &found), 65 * texts);
    let at = |name: &str| Table::Facts.columns().iter().position(|column| column.en == name).expect("a column");
    let column = |name: &str| -> Vec<&str> { found.iter().skip(1).take(5).map(|row| row[at(name)].as_str()).collect() };
    assert_eq!(column("value"), ["62000000000", "-0.35", "123456789012345678", "0.1", "79228162514264337593543950335"]);
    assert_eq!(column("time_start")[..4], ["2021-06-30", "2016-11-07 17:00:00", "", "1850-01-01"]);

    // which cells are numbers, dates and text is in the flat form; formulas would be too
    convert(&profile, None, "fods", &path);
    let flat = fs::read_to_string(folder.path().join("back/t.fods")).expect("a document");
    assert_eq!(flat.matches("table:formula").count(), 0);
    for (part, count) in [
        ("office:value-type=\"float\" office:value=\"62000000000\"", 2 * 13),
        ("office:value-type=\"float\" office:value=\"-0.35\"", 2 * 13),
        ("office:value=\"123456789012345678\"", 0),
        // two days beside each other are one cell that is repeated
        ("office:date-value=\"2021-06-30\"", 17),
        ("office:date-value=\"2016-11-07T17:00:00\"", 16),
        ("office:date-value=\"1850", 0),
    ] {
        assert_eq!(flat.matches(part).count(), count, "{part}");
    }
    let summary = cells(&folder.path().join("back/t-summary.csv"));
    assert_eq!(summary[1][..2], ["sentences", "65"]);
    assert_eq!(summary[2][..2], ["facts", "65"]);
    assert_eq!(summary[1][3..6], ["\tab", "\tab", "1"]);
}

#[test]
fn a_table_of_commas_keeps_every_text() {
    let Some(profile) = office() else { return };
    let folder = TempDir::new().expect("a folder");
    let (sentences, facts) = (sentences(), facts());
    // 44 a comma, 34 a quotation mark, 76 UTF-8, 1 the first line; quoted cells are text
    const FILTER: Option<&str> = Some("CSV:44,34,76,1,,0,true");
    let path = |name: &str| folder.path().join(name);
    let formulas = |name: &str| fs::read_to_string(path(name)).expect("a document").matches("table:formula").count();
    for (name, table, plain) in [("sentences", Table::Sentences, &sentences), ("facts", Table::Facts, &facts)] {
        let table_path = path(&format!("{name}.csv"));
        delimited(table, plain, Formulas::Guarded, &table_path);
        // on a way round by the flat form tabs would be lost
        convert(&profile, FILTER, AS_CSV, &table_path);
        let texts = table.columns().iter().filter(|column| column.is_text()).count();
        assert_eq!(compare(name, table, plain, Formulas::Guarded, &cells(&path(&format!("back/{name}-{name}.csv")))), 65 * texts, "{name}");
    }
    convert(&profile, FILTER, "fods", &path("facts.csv"));
    assert_eq!(formulas("back/facts.fods"), 0);
    let flat = fs::read_to_string(path("back/facts.fods")).expect("a document");
    assert_eq!(flat.matches("office:value-type=\"float\" office:value=\"62000000000\"").count(), 2 * 13);
    assert_eq!(flat.matches("office:date-value=\"2021-06-30\"").count(), 17);

    // the guard is why
    delimited(Table::Sentences, &sentences, Formulas::Kept, &path("unguarded.csv"));
    convert(&profile, FILTER, "fods", &path("unguarded.csv"));
    assert!(formulas("back/unguarded.fods") > 0);
}
