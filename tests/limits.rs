//! What a sheet of a spreadsheet cannot hold goes on in the next sheet, or is cut and counted: no row is lost in silence.

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::process::{Command, Stdio};

use shuliang::emit::{Header, Spool, Table, xlsx};
use tempfile::TempDir;

/// How many rows a sheet has, the header among them.
const ROWS: usize = 1_048_576;
/// How many UTF-16 units a cell holds.
const LENGTH: usize = 32_767;

/// So many plain lines of `errors`, each with its number.
struct Lines {
    left: std::ops::Range<usize>,
    line: Vec<u8>,
    at: usize,
}

impl Read for Lines {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.at == self.line.len() {
            let Some(number) = self.left.next() else { return Ok(0) };
            (self.line, self.at) = (format!("s,,{number}\r\n").into_bytes(), 0);
        }
        let count = (self.line.len() - self.at).min(to.len());
        to[..count].copy_from_slice(&self.line[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

/// The parts of a workbook of tables, read once each.
struct Book(TempDir);

impl Book {
    fn new<R: Read>(spools: &mut [Spool<R>], header: Header) -> Book {
        let folder = TempDir::new().expect("a folder");
        xlsx::write(spools, header, folder.path(), File::create(folder.path().join("t.xlsx")).expect("a file")).expect("a workbook");
        Book(folder)
    }

    fn part<T>(&self, name: &str, read: impl FnOnce(&mut dyn Read) -> T) -> T {
        let file = File::open(self.0.path().join("t.xlsx")).expect("a file");
        let mut archive = zip::ZipArchive::new(BufReader::new(file)).expect("a workbook");
        let mut part = archive.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        read(&mut part)
    }

    fn text(&self, name: &str) -> String {
        self.part(name, |part| io::read_to_string(part).expect("text"))
    }

    /// The names of the sheets.
    fn sheets(&self) -> Vec<String> {
        let names = self.text("xl/workbook.xml");
        names.split("<sheet name=\"").skip(1).map(|rest| rest.split('"').next().expect("a name").to_owned()).collect()
    }

    /// How many rows a sheet has, header included, and its last.
    fn rows(&self, number: usize) -> (usize, String) {
        let sheet = self.text(&format!("xl/worksheets/sheet{number}.xml"));
        let last = sheet.rfind("<row ").and_then(|at| sheet[at..].split('>').next()).unwrap_or_default();
        (sheet.matches("<row ").count(), last.to_owned())
    }
}

#[test]
fn a_table_longer_than_a_sheet_goes_on_in_the_next() {
    let spool = |rows: usize| Spool::new(Table::Errors, Lines { left: 0..rows, line: Vec::new(), at: 0 });
    let more = 3;
    let book = Book::new(&mut [spool(ROWS - 1 + more)], Header::Both);
    assert_eq!(book.sheets(), ["summary 概览", "errors 错误表", "errors 错误表 2", "columns 各列说明"]);
    let (count, last) = book.rows(2);
    assert!(count == ROWS && last.contains(&format!("r=\"{ROWS}\"")), "{count} {last}");
    assert_eq!(book.rows(3).0, 1 + more);
    // the row behind the last of the first sheet is the first of the second, and the summary counts all
    let words = book.text("xl/worksheets/sheet3.xml");
    assert!(words.contains(&format!("<t>{}</t>", ROWS - 1)) && words.contains(&format!("<t>{}</t>", ROWS + 1)), "{words}");
    assert!(book.text("xl/worksheets/sheet1.xml").contains(&format!("<v>{}</v>", ROWS - 1 + more)));
}

#[test]
fn a_cell_longer_than_a_spreadsheet_takes_is_cut_and_counted() {
    // 𠮷 is two UTF-16 units
    let texts = ["甲".repeat(LENGTH), "甲".repeat(LENGTH + 1), "𠮷".repeat(LENGTH / 2 + 1), "a".repeat(3 * LENGTH)];
    let lines: String = texts.iter().map(|text| format!("a,0,1,{text}\r\n")).collect();
    let book = Book::new(&mut [Spool::new(Table::Sentences, lines.as_bytes())], Header::En);
    let strings = book.text("xl/worksheets/sheet2.xml") + &book.part("xl/workbook.xml", |part| io::read_to_string(part).expect("text"));
    let found: Vec<&str> = strings.split("<t>").skip(1).filter_map(|rest| rest.split("</t>").next()).filter(|text| text.len() > 1000).collect();
    let lengths: Vec<usize> = found.iter().map(|text| text.encode_utf16().count()).collect();
    assert_eq!(lengths, [LENGTH, LENGTH, LENGTH, LENGTH]);
    let cut: Vec<bool> = found.iter().map(|text| text.ends_with('…')).collect();
    assert_eq!(cut, [false, true, true, true]);
    let summary = book.text("xl/worksheets/sheet1.xml") + &book.text("xl/sharedStrings.xml");
    assert!(summary.contains("Cells too long for a spreadsheet, cut at their end by …:") && summary.contains("<v>3</v>"), "{summary}");
}

/// The names of all sheets are names that spreadsheets take.
#[test]
fn names_of_sheets_are_short_and_plain() {
    for header in [Header::En, Header::Zh, Header::Both] {
        for table in Table::ALL.into_iter().chain([Table::Errors]) {
            let name = format!("{} 1000", table.title(header));
            assert!(name.chars().count() <= 31 && !name.contains(['[', ']', ':', '*', '?', '/', '\\', '\'']), "{name}");
        }
    }
}

#[test]
fn the_program_says_what_it_cut_and_other_formats_hold_it() {
    let at = TempDir::new().expect("a folder");
    let (input, out) = (at.path().join("a.jsonl"), at.path().join("out"));
    let name = "长".repeat(LENGTH + 1);
    fs::write(&input, format!("{{\"id\":\"{name}\",\"text\":\"建成5项。\"}}\n")).expect("a file");
    let output = Command::new(env!("CARGO_BIN_EXE_shuliang"))
        .arg("extract")
        .arg(&input)
        .arg("--out")
        .arg(&out)
        .args(["--tables", "numerals", "--format", "csv,xlsx", "--quiet"])
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.starts_with("warning: tables.xlsx: 1 cells are longer than a spreadsheet takes"), "{said}");
    assert!(fs::read_to_string(out.join("numerals.csv")).expect("a table").contains(&name));
}
