//! Tables as CSV after RFC 4180: UTF-8, CRLF, cells quoted where they must be.
//!
//! Lines leave as they are made: the table of a long article is many times as long as the article. What is written at once
//! holds whole lines.

use std::io::{self, Write};

use ::csv::{ReaderBuilder, Terminator, WriterBuilder};

use super::plain::{Lines, PlainRow};
use super::{ArticleRow, CheckRow, ErrorRow, Header, Rows, Table};
use crate::segment::Token;
use crate::source::SourceError;

/// Writes the header line of a table.
pub fn header(table: Table, language: Header, to: &mut impl Write) -> io::Result<()> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(to);
    writer.write_record(table.columns().iter().map(|column| column.name(language))).map_err(cause)?;
    writer.flush()
}

/// Writes the lines of a table for one reading, without the header. `tokens` are its words, where the table asks for them.
pub fn rows(table: Table, rows: &Rows<'_>, tokens: &[Token], to: &mut impl Write) -> io::Result<()> {
    match table {
        Table::Facts => each(rows.facts(), to),
        Table::Quantities => each(rows.quantities(), to),
        Table::Entities => each(rows.entities(), to),
        Table::Times => each(rows.times(), to),
        Table::Articles => each(std::iter::once(rows.article()), to),
        Table::Checks => checks(rows.checks(), to),
        Table::Numerals => each(rows.numerals(), to),
        Table::Tokens => each(rows.tokens(tokens), to),
        Table::Sentences => each(rows.sentences(), to),
        Table::Errors => Ok(()),
    }
}

/// Writes the lines of the table `checks`.
pub fn checks(rows: impl IntoIterator<Item = CheckRow>, to: &mut impl Write) -> io::Result<()> {
    each(rows, to)
}

/// Copies lines of the table `checks` that stood after `before` rows of facts to a place after `now` rows.
pub fn checks_again(lines: &[u8], before: usize, now: usize, to: &mut impl Write) -> io::Result<()> {
    let mut reader = ReaderBuilder::new().has_headers(false).from_reader(lines);
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(to);
    for row in reader.records() {
        let row = row.map_err(cause)?;
        let rows = |cell: &str| cell.split('+').map(|row| row.parse().ok().and_then(|row: usize| (row + now).checked_sub(before))).collect::<Option<Vec<_>>>();
        for (column, cell) in Table::Checks.columns().iter().zip(&row) {
            match (column.en, rows(cell)) {
                ("facts", Some(rows)) => writer.write_field(rows.iter().map(usize::to_string).collect::<Vec<_>>().join("+")).map_err(cause)?,
                ("facts", None) => return Err(io::Error::other(format!("expected rows of facts, found {cell}"))),
                _ => writer.write_field(cell).map_err(cause)?,
            }
        }
        writer.write_record(None::<&[u8]>).map_err(cause)?;
    }
    writer.flush()
}

/// Writes the line of the table `articles`.
pub fn article(row: &ArticleRow, to: &mut impl Write) -> io::Result<()> {
    each(std::iter::once(row), to)
}

/// Writes the line of the table `errors` for one error.
pub fn error(error: &SourceError, to: &mut impl Write) -> io::Result<()> {
    each(std::iter::once(ErrorRow::from(error)), to)
}

/// How many rows leave at once.
const TOGETHER: usize = 64;

fn each<R: PlainRow>(rows: impl IntoIterator<Item = R>, to: &mut impl Write) -> io::Result<()> {
    let mut rows = rows.into_iter().peekable();
    let mut lines = Lines::default();
    while rows.peek().is_some() {
        lines.text.clear();
        rows.by_ref().take(TOGETHER).for_each(|row| lines.add(&row));
        to.write_all(lines.text.as_bytes())?;
    }
    Ok(())
}

/// What the system says, where it is the system that refuses.
fn cause(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Writes a header line and the lines of one reading: the table of a single article.
pub fn write(table: Table, language: Header, reading: &Rows<'_>, tokens: &[Token], to: &mut impl Write) -> io::Result<()> {
    header(table, language, to)?;
    rows(table, reading, tokens, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_are_moved_behind_other_facts() {
        let row = |facts: &[usize]| CheckRow { article: "甲,乙".to_owned(), kind: "parts", facts: facts.to_vec(), ..CheckRow::default() };
        let lines = |rows: Vec<CheckRow>| {
            let mut lines = Vec::new();
            checks(rows, &mut lines).expect("lines");
            lines
        };
        let mut moved = Vec::new();
        checks_again(&lines(vec![row(&[11, 12, 13]), row(&[14])]), 10, 3, &mut moved).expect("lines");
        assert_eq!(moved, lines(vec![row(&[4, 5, 6]), row(&[7])]));
        assert!(checks_again(&lines(vec![row(&[2])]), 10, 3, &mut Vec::new()).is_err());
    }
}
