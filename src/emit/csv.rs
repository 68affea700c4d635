//! Tables as CSV after RFC 4180: UTF-8, CRLF, cells quoted where they must be.
//!
//! Lines leave as they are made: the table of a long article is many times as long as the article. What is written at once
//! holds whole lines.

use std::io::{self, Write};

use ::csv::{Terminator, WriterBuilder};
use serde::Serialize;

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

fn each<R: Serialize>(rows: impl IntoIterator<Item = R>, to: &mut impl Write) -> io::Result<()> {
    let mut rows = rows.into_iter().peekable();
    let mut lines = Vec::new();
    while rows.peek().is_some() {
        lines.clear();
        let mut writer = WriterBuilder::new().has_headers(false).terminator(Terminator::CRLF).from_writer(&mut lines);
        rows.by_ref().take(TOGETHER).try_for_each(|row| writer.serialize(row)).map_err(cause)?;
        writer.flush()?;
        drop(writer);
        to.write_all(&lines)?;
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
