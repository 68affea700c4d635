//! A table as it was written: CSV or TSV, with or without a byte order mark, with column names in any language.

use std::fmt;

use crate::emit::{Column, Table};

/// A table that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct SheetError {
    /// The file.
    pub file: String,
    /// Where in it: `row 3`; empty for the file as a whole.
    pub place: String,
    /// What should stand there.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

impl fmt::Display for SheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.place.is_empty() { String::new() } else { format!(" {}:", self.place) };
        write!(f, "{}:{place} expected {}, found {}", self.file, self.expected, self.found)
    }
}

/// A table with its columns by their English names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows; each has a cell for each column.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Reads a table; `file` is its name in errors, `delimiter` stands between its cells.
    pub fn read(table: Table, file: &str, bytes: &[u8], delimiter: u8) -> Result<Sheet, SheetError> {
        let fail = |place: String, expected: &str, found: String| SheetError { file: file.to_owned(), place, expected: expected.to_owned(), found };
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(bytes);
        let mut sheet = Sheet::default();
        for (number, row) in reader.records().enumerate() {
            let row = row.map_err(|error| fail(format!("row {number}"), "as many cells as the header has, in UTF-8", error.to_string()))?;
            if number == 0 {
                sheet.columns = row.iter().map(|name| english(table, name)).collect();
            } else {
                sheet.rows.push(row.iter().map(|cell| unguarded(cell).to_owned()).collect());
            }
        }
        if sheet.at("article").is_none() {
            return Err(fail("header".to_owned(), "a column article", sheet.columns.join(",")));
        }
        Ok(sheet)
    }

    /// The place of a column.
    pub fn at(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|name| name == column)
    }

    /// The cell of a row in a column; empty where there is none.
    pub fn cell(&self, row: usize, column: &str) -> &str {
        self.at(column).and_then(|at| self.rows.get(row)?.get(at)).map_or("", String::as_str)
    }

    /// In the table `checks`, puts the places of facts where their row numbers stand: a row added in front changes all numbers
    /// after it and says nothing of the arithmetic.
    pub fn resolve(&mut self, facts: &Sheet) {
        let Some(at) = self.at("facts") else { return };
        for row in &mut self.rows {
            let Some(cell) = row.get_mut(at) else { continue };
            let place = |number: &str| {
                let row = number.parse::<usize>().ok()?.checked_sub(1)?;
                facts.rows.get(row).map(|_| format!("{}–{} {}", facts.cell(row, "start"), facts.cell(row, "end"), facts.cell(row, "indicator")))
            };
            if let Some(places) = cell.split('+').map(place).collect::<Option<Vec<String>>>() {
                *cell = places.join(" + ");
            }
        }
    }
}

/// The English name of a column that is called `subject`, `主体` or `subject 主体`.
fn english(table: Table, name: &str) -> String {
    let name = name.trim();
    let is = |column: &&Column| column.en == name || column.zh == name || name.split_once(' ').is_some_and(|(en, zh)| en == column.en && zh == column.zh);
    table.columns().iter().find(is).map_or(name, |column| column.en).to_owned()
}

/// A cell without the `'` that keeps a spreadsheet from taking it for a formula.
fn unguarded(cell: &str) -> &str {
    let formula = |rest: &&str| rest.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) || rest.starts_with(['\t', '\r']);
    cell.strip_prefix('\'').filter(formula).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_all_languages_are_one() {
        let read = |text: &str, delimiter| Sheet::read(Table::Facts, "facts.csv", text.as_bytes(), delimiter).expect("a table");
        let en = read("article,subject,value\na,青山县,'=1\n", b',');
        assert_eq!(en, read("\u{feff}文章,主体,数值\r\na,青山县,=1\r\n", b','));
        assert_eq!(en, read("article 文章\tsubject 主体\tvalue 数值\na\t青山县\t=1\n", b'\t'));
        assert_eq!(en.cell(0, "subject"), "青山县");
    }

    #[test]
    fn what_is_no_table_is_named() {
        let error = |text: &str| Sheet::read(Table::Facts, "facts.csv", text.as_bytes(), b',').expect_err("a mistake").to_string();
        assert_eq!(error("a,b\n1,2\n"), "facts.csv: header: expected a column article, found a,b");
        assert_eq!(error(""), "facts.csv: header: expected a column article, found ");
        assert!(error("article,b\n1\n").starts_with("facts.csv: row 1: expected as many cells"));
    }
}
