//! Tables as CSV after RFC 4180: UTF-8, CRLF, cells quoted where they must be.

use std::io::{self, Write};

use ::csv::{Terminator, Writer, WriterBuilder};
use serde::Serialize;

use super::{CheckRow, ErrorRow, Header, Rows, Table};
use crate::segment::Token;
use crate::source::SourceError;

/// The header line of a table.
pub fn header(table: Table, language: Header) -> io::Result<Vec<u8>> {
    lines(|writer| writer.write_record(table.columns().iter().map(|column| column.name(language))))
}

/// The lines of a table for one reading, without the header. `tokens` are its words, where the table asks for them.
pub fn rows(table: Table, rows: &Rows<'_>, tokens: &[Token]) -> io::Result<Vec<u8>> {
    match table {
        Table::Facts => each(rows.facts()),
        Table::Quantities => each(rows.quantities()),
        Table::Entities => each(rows.entities()),
        Table::Times => each(rows.times()),
        Table::Articles => each(std::iter::once(rows.article())),
        Table::Checks => checks(rows.checks()),
        Table::Numerals => each(rows.numerals()),
        Table::Tokens => each(rows.tokens(tokens)),
        Table::Sentences => each(rows.sentences()),
        Table::Errors => Ok(Vec::new()),
    }
}

/// The lines of the table `checks`.
pub fn checks(rows: impl IntoIterator<Item = CheckRow>) -> io::Result<Vec<u8>> {
    each(rows.into_iter())
}

/// The line of the table `errors` for one error.
pub fn error(error: &SourceError) -> io::Result<Vec<u8>> {
    each(std::iter::once(ErrorRow::from(error)))
}

fn each<R: Serialize>(rows: impl Iterator<Item = R>) -> io::Result<Vec<u8>> {
    let mut rows = rows;
    lines(|writer| rows.try_for_each(|row| writer.serialize(row)))
}

fn lines(write: impl FnOnce(&mut Writer<Vec<u8>>) -> ::csv::Result<()>) -> io::Result<Vec<u8>> {
    let mut writer = WriterBuilder::new().has_headers(false).terminator(Terminator::CRLF).from_writer(Vec::new());
    write(&mut writer).map_err(io::Error::other)?;
    writer.flush()?;
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// Writes a header line and the lines of one reading: the table of a single article.
pub fn write(table: Table, language: Header, reading: &Rows<'_>, tokens: &[Token], to: &mut impl Write) -> io::Result<()> {
    to.write_all(&header(table, language)?)?;
    to.write_all(&rows(table, reading, tokens)?)
}
