//! CSV and TSV for spreadsheets: what begins like a formula is guarded, what looks like a number and is none is quoted.

use std::io::{self, Read, Write};

use super::guard::{guarded, is_blank, is_like_a_number};
use super::{Column, Header, Spool, Table};

/// How a table is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// What stands between two cells.
    pub separator: Separator,
    /// What stands at the end of a line.
    pub line_end: LineEnd,
    /// Whether a byte order mark tells spreadsheets that this is UTF-8.
    pub mark: Mark,
    /// Whether text that begins like a formula gets a `'` in front.
    pub formulas: Formulas,
    /// The language of the column names.
    pub header: Header,
}

/// What stands between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// A comma: CSV.
    Comma,
    /// A tab: TSV.
    Tab,
}

/// What stands at the end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnd {
    /// `\n`, as Unix tools expect it.
    Lf,
    /// `\r\n`, as spreadsheets and RFC 4180 have it.
    CrLf,
}

/// Whether a file begins with a byte order mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It does.
    Bom,
    /// It does not.
    None,
}

/// What becomes of text that a spreadsheet would take for a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formulas {
    /// It gets a `'` in front; see [`guarded`].
    Guarded,
    /// It stays as it is.
    Kept,
}

impl Separator {
    /// The character.
    pub fn character(self) -> char {
        match self {
            Separator::Comma => ',',
            Separator::Tab => '\t',
        }
    }
}

impl LineEnd {
    /// The characters.
    pub fn characters(self) -> &'static str {
        match self {
            LineEnd::Lf => "\n",
            LineEnd::CrLf => "\r\n",
        }
    }
}

/// Writes the byte order mark, if the style has one, and the header line.
pub fn head(table: Table, style: Style, to: &mut impl Write) -> io::Result<()> {
    if style.mark == Mark::Bom {
        to.write_all("\u{feff}".as_bytes())?;
    }
    line(table.columns().iter().map(|column| (column.name(style.header), false)), style, to)
}

/// Writes the rows of a table.
pub fn rows<R: Read>(spool: &mut Spool<R>, style: Style, to: &mut impl Write) -> io::Result<()> {
    while let Some(row) = spool.next_line()? {
        line(row.texts().map(|(column, text)| cell(column, text, style)), style, to)?;
    }
    Ok(())
}

/// A cell as it is to stand there, and whether a spreadsheet would take it for a number that it is not.
fn cell(column: Column, text: &str, style: Style) -> (std::borrow::Cow<'_, str>, bool) {
    if !column.is_text() {
        return (text.into(), false);
    }
    let shown = if style.formulas == Formulas::Guarded { guarded(text) } else { text.into() };
    (shown, is_like_a_number(text))
}

fn line<T: AsRef<str>>(cells: impl Iterator<Item = (T, bool)>, style: Style, to: &mut impl Write) -> io::Result<()> {
    let separator = style.separator.character().encode_utf8(&mut [0; 4]).to_owned();
    for (i, (cell, quoted)) in cells.enumerate() {
        if i > 0 {
            to.write_all(separator.as_bytes())?;
        }
        let cell = cell.as_ref();
        if quoted || cell.bytes().any(|b| matches!(b, b',' | b';' | b'"' | b'\t' | b'\r' | b'\n')) || cell.starts_with(is_blank) || cell.ends_with(is_blank) {
            write!(to, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            to.write_all(cell.as_bytes())?;
        }
    }
    to.write_all(style.line_end.characters().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Style = Style { separator: Separator::Comma, line_end: LineEnd::Lf, mark: Mark::None, formulas: Formulas::Guarded, header: Header::En };

    /// The cells of `text` of a table `sentences` as they are spelled.
    fn spelled(text: &str, style: Style) -> String {
        let plain = format!("a,0,1,\"{}\"\n", text.replace('"', "\"\""));
        let mut bytes = Vec::new();
        rows(&mut Spool::new(Table::Sentences, plain.as_bytes()), style, &mut bytes).expect("a row");
        let line = String::from_utf8(bytes).expect("UTF-8");
        let start = if style.separator == Separator::Tab { "a\t0\t1\t" } else { "a,0,1," };
        line.strip_prefix(start).and_then(|line| line.strip_suffix(style.line_end.characters())).expect("a line").to_owned()
    }

    #[test]
    fn cells_are_quoted_where_a_spreadsheet_would_spoil_them() {
        for (text, shown) in [
            ("甲", "甲"),
            ("甲，乙", "甲，乙"),
            ("甲,乙", "\"甲,乙\""),
            ("甲;乙", "\"甲;乙\""),
            ("甲\"乙", "\"甲\"\"乙\""),
            ("甲\t乙", "\"甲\t乙\""),
            ("甲\r\n乙", "\"甲\r\n乙\""),
            (" 甲", "\" 甲\""),
            ("甲\u{3000}", "\"甲\u{3000}\""),
            ("0012", "\"0012\""),
            ("10-15", "\"10-15\""),
            ("+1", "\"+1\""),
            ("=1+1", "'=1+1"),
            ("＝1,2", "\"'＝1,2\""),
            ("77项", "77项"),
        ] {
            assert_eq!(spelled(text, PLAIN), shown);
        }
        assert_eq!(spelled("=1+1", Style { formulas: Formulas::Kept, ..PLAIN }), "=1+1");
        assert_eq!(spelled("甲,乙", Style { separator: Separator::Tab, ..PLAIN }), "\"甲,乙\"");
        assert_eq!(spelled("甲", Style { separator: Separator::Tab, line_end: LineEnd::CrLf, ..PLAIN }), "甲");
    }

    #[test]
    fn numbers_are_never_touched() {
        let mut bytes = Vec::new();
        let spool = "a,12,13,-0.35%,-0.35,,%,eq,percent,value,ratio,-0.0035,,1\n";
        rows(&mut Spool::new(Table::Quantities, spool.as_bytes()), PLAIN, &mut bytes).expect("a row");
        assert_eq!(String::from_utf8_lossy(&bytes), "a,12,13,\"-0.35%\",-0.35,,%,eq,percent,value,ratio,-0.0035,,\"1\"\n");
    }

    #[test]
    fn the_head_has_mark_and_names() {
        let head = |style| {
            let mut bytes = Vec::new();
            head(Table::Sentences, style, &mut bytes).expect("a line");
            String::from_utf8(bytes).expect("UTF-8")
        };
        assert_eq!(head(PLAIN), "article,start,end,text\n");
        let zh = Style { header: Header::Zh, mark: Mark::Bom, line_end: LineEnd::CrLf, ..PLAIN };
        assert_eq!(head(zh), "\u{feff}文章,起始位置,结束位置,原文\r\n");
        assert_eq!(head(Style { header: Header::Both, ..PLAIN }), "article 文章,start 起始位置,end 结束位置,text 原文\n");
    }
}
