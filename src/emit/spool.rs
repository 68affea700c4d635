//! A table as a run keeps it: plain CSV without a header line. Every format is written from it, so all say the same.
//!
//! Plain means: UTF-8, commas, cells quoted only where CSV needs it, nothing guarded. [`csv::rows`](super::csv::rows) writes it.

use std::io::{self, Read, Seek};

use ::csv::{Position, Reader, ReaderBuilder, StringRecord};
use jiff::civil::{Date, DateTime, Time};

use super::{Column, Holds, Table};

/// A table that is read row by row.
#[derive(Debug)]
pub struct Spool<R> {
    table: Table,
    reader: Reader<R>,
    record: StringRecord,
    row: u64,
}

/// A row of a [`Spool`].
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    table: Table,
    row: u64,
    record: &'a StringRecord,
}

/// A cell with its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell<'a> {
    /// There is none.
    Empty,
    /// Words, or one word of a list.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// The digits of a plain decimal, with `-` and `.` where they belong: `-0.35`.
    Decimal(&'a str),
    /// A day.
    Day(Date),
    /// A day with a clock time.
    Clock(DateTime),
    /// A clock time of no particular day.
    Time(Time),
    /// True or false.
    Flag(bool),
}

impl<R: Read> Spool<R> {
    /// A table whose rows, without a header line, come from `from`.
    pub fn new(table: Table, from: R) -> Spool<R> {
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).buffer_capacity(1 << 16).from_reader(from);
        Spool { table, reader, record: StringRecord::new(), row: 0 }
    }

    /// Which table it is.
    pub fn table(&self) -> Table {
        self.table
    }

    /// The next row. A row that is no UTF-8 or has another number of cells than the table has columns is an error.
    pub fn next_line(&mut self) -> io::Result<Option<Line<'_>>> {
        self.row += 1;
        let place = |row: u64| format!("table {}, row {row}", self.table.name());
        if !self.reader.read_record(&mut self.record).map_err(|error| invalid(format!("{}: {error}", place(self.row))))? {
            return Ok(None);
        }
        let (expected, found) = (self.table.columns().len(), self.record.len());
        if expected != found {
            return Err(invalid(format!("{}: expected {expected} cells, found {found}", place(self.row))));
        }
        Ok(Some(Line { table: self.table, row: self.row, record: &self.record }))
    }
}

impl<R: Read + Seek> Spool<R> {
    /// Goes back to the first row.
    pub fn rewind(&mut self) -> io::Result<()> {
        self.row = 0;
        self.reader.seek(Position::new()).map_err(io::Error::other)
    }
}

impl<'a> Line<'a> {
    /// Which table it is of.
    pub fn table(self) -> Table {
        self.table
    }

    /// The number of the row, from 1.
    pub fn row(self) -> u64 {
        self.row
    }

    /// The cells as they stand.
    pub fn texts(self) -> impl Iterator<Item = (Column, &'a str)> {
        self.table.columns().iter().copied().zip(self.record.iter())
    }

    /// The cell of the column that is called `name` in English; empty where there is no such column.
    pub fn text(self, name: &str) -> &'a str {
        self.texts().find(|(column, _)| column.en == name).map(|(_, text)| text).unwrap_or_default()
    }

    /// The cells with their types. A cell that is not of its column's type is an error that names its place.
    pub fn cells(self) -> impl Iterator<Item = io::Result<(Column, Cell<'a>)>> {
        self.texts().map(move |(column, text)| match Cell::read(column, text) {
            Some(cell) => Ok((column, cell)),
            None => Err(invalid(format!(
                "table {}, row {}, column {}: expected {}, found `{text}`",
                self.table.name(),
                self.row,
                column.en,
                expected(column.holds)
            ))),
        })
    }
}

impl<'a> Cell<'a> {
    /// The cell that `text` is in a column; `None` where it is not of the column's type.
    ///
    /// ```
    /// use shuliang::emit::{Cell, Table};
    /// let value = Table::Facts.columns()[4];
    /// assert_eq!(Cell::read(value, "-0.35"), Some(Cell::Decimal("-0.35")));
    /// assert_eq!(Cell::read(value, "三"), None);
    /// ```
    pub fn read(column: Column, text: &'a str) -> Option<Cell<'a>> {
        if text.is_empty() {
            return Some(Cell::Empty);
        }
        match column.holds {
            Holds::Text => Some(Cell::Text(text)),
            Holds::OneOf(words) => words.contains(&text).then_some(Cell::Text(text)),
            Holds::Integer => text.parse().ok().map(Cell::Integer),
            Holds::Decimal => is_decimal(text).then_some(Cell::Decimal(text)),
            Holds::Day => text.parse().ok().map(Cell::Day),
            Holds::Moment if text.starts_with('T') => text[1..].parse().ok().map(Cell::Time),
            Holds::Moment if text.contains('T') => text.parse().ok().map(Cell::Clock),
            Holds::Moment => text.parse().ok().map(Cell::Day),
            Holds::Flag => text.parse().ok().map(Cell::Flag),
        }
    }
}

/// Whether these are the digits of a plain decimal, without needless zeros in front.
fn is_decimal(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = unsigned.split_once('.').map_or((unsigned, None), |(whole, rest)| (whole, Some(rest)));
    digits(whole) && (whole == "0" || !whole.starts_with('0')) && rest.is_none_or(digits)
}

/// How many digits a floating-point number keeps: a decimal with so many significant digits comes back as it was.
#[cfg(any(feature = "xlsx", feature = "parquet", feature = "sqlite"))]
pub(super) const DOUBLE: usize = 15;

/// How many digits count: those between the zeros in front and the zeros behind.
#[cfg(any(feature = "xlsx", feature = "parquet", feature = "sqlite"))]
pub(super) fn significant(digits: &str) -> usize {
    let plain: String = digits.chars().filter(char::is_ascii_digit).collect();
    plain.trim_matches('0').len()
}

fn expected(holds: Holds) -> String {
    match holds {
        Holds::Text => "words".to_owned(),
        Holds::OneOf(words) => format!("one of {}", words.join(", ")),
        Holds::Integer => "a whole number".to_owned(),
        Holds::Decimal => "a decimal such as -0.35".to_owned(),
        Holds::Day => "a day such as 2021-06-30".to_owned(),
        Holds::Moment => "a day or a moment such as 2016-11-07T17:00:00".to_owned(),
        Holds::Flag => "true or false".to_owned(),
    }
}

fn invalid(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    fn column(table: Table, name: &str) -> Column {
        *table.columns().iter().find(|column| column.en == name).expect("a column")
    }

    #[test]
    fn cells_have_the_types_of_their_columns() {
        let start = column(Table::Times, "time_start");
        assert_eq!(Cell::read(start, ""), Some(Cell::Empty));
        assert_eq!(Cell::read(start, "2021-06-30"), Some(Cell::Day(date(2021, 6, 30))));
        assert_eq!(Cell::read(start, "2016-11-07T17:00:00"), Some(Cell::Clock(date(2016, 11, 7).at(17, 0, 0, 0))));
        assert_eq!(Cell::read(start, "T04:30:00"), Some(Cell::Time(time(4, 30, 0, 0))));
        assert_eq!(Cell::read(start, "2021-06-31"), None);
        assert_eq!(Cell::read(column(Table::Checks, "holds"), "true"), Some(Cell::Flag(true)));
        assert_eq!(Cell::read(column(Table::Facts, "change"), "up"), None);
        let value = column(Table::Facts, "value");
        for good in ["0", "-0.35", "79228162514264337593543950335"] {
            assert_eq!(Cell::read(value, good), Some(Cell::Decimal(good)));
        }
        for bad in ["1e5", "1,000", "+1", ".5", "5.", "007", "-", "1%"] {
            assert_eq!(Cell::read(value, bad), None, "{bad}");
        }
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let mut spool = Spool::new(Table::Sentences, "a,0,1,甲\r\na,x,2,乙\r\na,1,2\r\n".as_bytes());
        let line = spool.next_line().expect("a row").expect("the first");
        assert_eq!(line.text("text"), "甲");
        assert!(line.cells().all(|cell| cell.is_ok()));
        let error = spool.next_line().expect("a row").expect("the second").cells().find_map(Result::err).expect("an error");
        assert_eq!(error.to_string(), "table sentences, row 2, column start: expected a whole number, found `x`");
        assert_eq!(spool.next_line().expect_err("an error").to_string(), "table sentences, row 3: expected 4 cells, found 3");
    }
}
