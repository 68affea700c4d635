//! Articles that stand in rows: `.csv` and `.tsv`. The first row names the columns; which of them hold the text, the id, the
//! day and the title is said by the caller, or known from their names (`dict/columns.tsv`).

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::{ByteRecord, ReaderBuilder, Terminator};
use jiff::civil::DateTime;

use super::decode::{Charset, Decoded, Wish, decode};
use super::pieces::{Content, Piece, too_long};
use super::published::moment_of;
use super::{Columns, Format, Given, Options, SourceError, compose, statistics};
use crate::Article;
use crate::dict::{ColumnNames, Dict};

/// What a row says of an article.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cells {
    pub text: Vec<u8>,
    pub id: Vec<u8>,
    pub date: Vec<u8>,
    pub title: Vec<u8>,
    pub source: Vec<u8>,
    /// The encoding that the whole input looks to be in.
    pub hint: Option<Charset>,
}

impl Cells {
    /// How many bytes they hold.
    pub fn size(&self) -> usize {
        [&self.text, &self.id, &self.date, &self.title, &self.source].iter().map(|cell| cell.len()).sum()
    }
}

/// The article of a piece that is a row.
pub(super) fn piece(mut piece: Piece, options: &Options, dict: &Dict) -> Result<Article, SourceError> {
    let cells = match std::mem::take(&mut piece.content) {
        Content::Cells(cells) => cells,
        Content::Bytes(bytes) => return statistics::article(&piece, bytes, options, dict),
    };
    let wish = if piece.encoding.is_some() { Wish::Any } else { options.wish(cells.hint) };
    let read = |cell: Vec<u8>| decode(cell, wish).map_err(|error| piece.error(error.to_string()));
    let (id, date, title, source) = (read(cells.id)?, read(cells.date)?.text, read(cells.title)?.text, read(cells.source)?.text);
    let Decoded { text, encoding, replaced } = read(cells.text)?;
    let id = Some(id.text.trim().to_owned()).filter(|id| !id.is_empty()).unwrap_or_else(|| piece.id.clone());
    let moment = moment_of(date.trim());
    let given = Given {
        id,
        source: Some(source.trim().to_owned()).filter(|source| !source.is_empty()).unwrap_or_else(|| piece.source.to_string()),
        title: Some(title).filter(|title| !title.trim().is_empty()),
        published: moment.map(DateTime::date),
        clock: moment.map(DateTime::time),
        encoding: piece.encoding.unwrap_or(encoding),
        replaced,
        ..Given::default()
    };
    let mut article = compose(given, text, options.published, dict);
    if moment.is_none() && !date.trim().is_empty() {
        article.notes.insert(0, format!("published is no date: {}", date.trim()));
    }
    Ok(article)
}

/// Where the parts of an article stand in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Places {
    pub text: usize,
    pub id: Option<usize>,
    pub date: Option<usize>,
    pub title: Option<usize>,
    pub source: Option<usize>,
}

impl Places {
    /// The places of the parts among columns of these names; what is missing is named.
    pub fn find(names: &[String], asked: &Columns, usual: &ColumnNames) -> Result<Places, String> {
        let found = || names.iter().map(|name| name.trim()).collect::<Vec<_>>().join(", ");
        let named = |name: &str| {
            let exact = names.iter().position(|column| column.trim() == name.trim());
            exact.or_else(|| names.iter().position(|column| column.trim().to_lowercase() == name.trim().to_lowercase()))
        };
        let place = |asked: &Option<String>, usual: &[String]| match asked {
            Some(name) => named(name).map(Some).ok_or_else(|| format!("expected a column `{name}`, found {}", found())),
            None => Ok(usual.iter().find_map(|name| named(name))),
        };
        let text = place(&asked.text, &usual.text)?;
        let text = text.ok_or_else(|| format!("expected a column for the text ({}), found {}; name it with --text-column", usual.text.join(", "), found()))?;
        Ok(Places {
            text,
            id: place(&asked.id, &usual.id)?,
            date: place(&asked.date, &usual.date)?,
            title: place(&asked.title, &usual.title)?,
            source: place(&None, &usual.source)?,
        })
    }

    /// What a row says of its article; `cell` gives the bytes of a column, none for a part that has no column.
    pub fn cells(self, cell: impl Fn(Option<usize>) -> Vec<u8>, hint: Option<Charset>) -> Cells {
        Cells { text: cell(Some(self.text)), id: cell(self.id), date: cell(self.date), title: cell(self.title), source: cell(self.source), hint }
    }
}

/// The rows of an input.
pub(super) struct Rows {
    rows: csv::Reader<Metered>,
    /// How many bytes the row under way may still take.
    left: Arc<AtomicU64>,
    format: Format,
    source: Arc<str>,
    places: Places,
    /// How many columns the head has.
    width: usize,
    hint: Option<Charset>,
    encoding: Option<&'static str>,
    max: usize,
    ended: bool,
}

impl Rows {
    /// Reads the head of an input. `head` is its first bytes, `encoding` what it was in before it was turned into UTF-8.
    pub fn open(
        reader: Box<dyn BufRead + Send>,
        head: &[u8],
        (format, source, encoding): (Format, Arc<str>, Option<&'static str>),
        options: &Options,
        dict: &Dict,
    ) -> Result<Rows, String> {
        let separator = if format == Format::Tsv { b'\t' } else { separator(head) };
        let max = options.max_article;
        let left = Arc::new(AtomicU64::new(room(max)));
        let metered = Metered { inner: reader, left: left.clone() };
        let mut rows = ReaderBuilder::new().flexible(true).delimiter(separator).has_headers(false).terminator(Terminator::Any(b'\n')).from_reader(metered);
        let mut names = ByteRecord::new();
        if !rows.read_byte_record(&mut names).map_err(|error| said(&error, max))? {
            return Err("expected a head with the names of the columns, found nothing".to_owned());
        }
        // a file of one encoding: the beginning says it better than any short cell
        let hint = decode(whole_lines(head), options.wish(None)).ok().and_then(|decoded| decoded.encoding.parse().ok());
        let wish = if encoding.is_some() { Wish::Any } else { options.wish(hint) };
        let names: Vec<String> = names
            .iter()
            .map(|name| name.strip_suffix(b"\r").unwrap_or(name))
            .map(|name| decode(name, wish).map_or_else(|_| String::from_utf8_lossy(name).into_owned(), |decoded| decoded.text))
            .collect();
        let places = Places::find(&names, &options.columns, &dict.columns)?;
        Ok(Rows { rows, left, format, source, places, width: names.len(), hint, encoding, max, ended: false })
    }

    fn piece(&self, row: &ByteRecord) -> Result<Piece, SourceError> {
        // the line that it begins in: blank lines before it are none of its own
        let inside = row.as_slice().iter().filter(|&&b| b == b'\n').count() as u64;
        let last = self.rows.position().line().saturating_sub(u64::from(!self.rows.is_done()));
        let place = format!("{}:{}", self.source, last.saturating_sub(inside));
        let cell = |at: Option<usize>| {
            let cell = at.and_then(|at| row.get(at)).unwrap_or_default();
            cell.strip_suffix(b"\r").filter(|_| at == Some(row.len() - 1)).unwrap_or(cell).to_vec()
        };
        let places = self.places;
        let cells = places.cells(cell, self.hint);
        let size = cells.size();
        let piece =
            Piece { format: self.format, source: self.source.clone(), id: place.clone(), place, encoding: self.encoding, content: Content::Cells(cells) };
        if row.len() <= places.text {
            return Err(piece.error(format!("expected {} cells, found {}", self.width, row.len())));
        }
        if size > self.max {
            return Err(piece.error(too_long(self.max)));
        }
        Ok(piece)
    }
}

impl Iterator for Rows {
    type Item = Result<Piece, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut row = ByteRecord::new();
        while !self.ended {
            self.left.store(room(self.max), Ordering::Relaxed);
            match self.rows.read_byte_record(&mut row) {
                Ok(false) => self.ended = true,
                Ok(true) if row.iter().all(|cell| cell.trim_ascii().is_empty()) => {}
                Ok(true) => return Some(self.piece(&row)),
                Err(error) => {
                    self.ended = true;
                    let place = format!("{}:{}", self.source, self.rows.position().line());
                    let message = said(&error, self.max);
                    return Some(Err(SourceError { place, ..SourceError::whole(&self.source, message) }));
                }
            }
        }
        None
    }
}

fn said(error: &csv::Error, max: usize) -> String {
    match error.kind() {
        csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => format!("{}, or a quotation mark that is never closed", too_long(max)),
        csv::ErrorKind::Io(error) => error.to_string(),
        _ => error.to_string(),
    }
}

/// How many bytes may be read for one row: the row, and what is read ahead.
fn room(max: usize) -> u64 {
    (max as u64).saturating_mul(2).saturating_add(1 << 20)
}

/// A reader that gives up where one row takes too much.
struct Metered {
    inner: Box<dyn BufRead + Send>,
    left: Arc<AtomicU64>,
}

impl Read for Metered {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(to)? as u64;
        let left = self.left.load(Ordering::Relaxed);
        if read > left {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.left.store(left - read, Ordering::Relaxed);
        Ok(read as usize)
    }
}

/// What stands between the cells: the commonest of comma, semicolon and tab in the first line.
pub(super) fn separator(head: &[u8]) -> u8 {
    let line = head.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |mark: u8| line.iter().filter(|&&b| b == mark).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|&mark| count(mark)).unwrap_or(b',')
}

/// The head up to its last line break: the rest may end inside a character.
pub(super) fn whole_lines(head: &[u8]) -> &[u8] {
    if head.len() < Format::HEAD {
        return head;
    }
    &head[..head.iter().rposition(|&b| b == b'\n').unwrap_or(head.len())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Reader, article, pieces};

    fn read_with(bytes: &[u8], name: &str, options: &Options) -> Vec<Result<Article, String>> {
        let dict = Dict::builtin().expect("the dictionary");
        let all = pieces(Reader::bytes(bytes.to_vec()), name, "n", options, &dict);
        all.map(|piece| piece.and_then(|piece| article(piece, options, &dict)).map_err(|error| error.to_string())).collect()
    }

    fn read(bytes: &[u8], name: &str) -> Vec<Result<Article, String>> {
        read_with(bytes, name, &Options::default())
    }

    #[test]
    fn columns_are_known_by_their_names() {
        let rows = "\u{feff}编号,标题,正文,发布日期\r\n7,甲,\"建成3项，\n其中1项。\",2023-05-16\r\n\r\n,,建成5项。,昨天\r\n";
        let found = read(rows.as_bytes(), "n.csv");
        let [Ok(first), Ok(second)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((first.id.as_str(), first.title.as_str(), first.raw.as_str()), ("7", "甲", "建成3项，\n其中1项。"));
        assert_eq!(first.published, Some(jiff::civil::date(2023, 5, 16)));
        assert_eq!((second.id.as_str(), second.notes.first().map(String::as_str)), ("n.csv:5", Some("published is no date: 昨天")));
    }

    #[test]
    fn columns_can_be_named() {
        let columns = Columns { text: Some("b".to_owned()), id: Some("A".to_owned()), ..Columns::default() };
        let options = Options { columns, ..Options::default() };
        let found = read_with("a\tb\n1\t\u{201c}建成\"3项\n".as_bytes(), "n.tsv", &options);
        assert!(found[0].as_ref().is_ok_and(|article| article.id == "1" && article.raw == "\u{201c}建成\"3项"), "{found:?}");
        let missing = read_with(b"c,d\n1,2\n", "n.csv", &options);
        assert_eq!(missing[0].as_ref().err().map(String::as_str), Some("n.csv: expected a column `b`, found c, d"));
    }

    #[test]
    fn what_is_wrong_with_a_row_costs_that_row() {
        let found = read("id;content\n1;建成3项。\n2\n3;建成5项。\n".as_bytes(), "n.csv");
        assert!(found[0].is_ok() && found[2].is_ok());
        assert_eq!(found[1].as_ref().err().map(String::as_str), Some("n.csv:3: expected 2 cells, found 1"));
    }

    #[test]
    fn what_is_wrong_with_all_is_one_error() {
        assert!(read(b"a,b\n1,2\n3,4\n", "n.csv")[0].as_ref().is_err_and(|error| error.contains("found a, b; name it with --text-column")));
        assert!(read(b"", "n.csv")[0].as_ref().is_err_and(|error| error.contains("found nothing")));
        let options = Options { max_article: 1000, ..Options::default() };
        let open = format!("text\n\"{}", "长\n".repeat(2_000_000));
        let found = read_with(open.as_bytes(), "n.csv", &options);
        assert!(found.len() == 1 && found[0].as_ref().is_err_and(|error| error.contains("never closed")), "{found:?}");
    }

    #[test]
    fn other_encodings_are_read() {
        // 正文 and 建成3项。 in GB18030
        let rows = [b"id,\xd5\xfd\xce\xc4\n".as_slice(), b"1,\xbd\xa8\xb3\xc93\xcf\xee\xa1\xa3\n"].concat();
        let found = read(&rows, "n.csv");
        assert!(found[0].as_ref().is_ok_and(|article| article.raw == "建成3项。" && article.encoding == "GB18030"), "{found:?}");
        let wide: Vec<u8> = "\u{feff}id,text\n1,建成3项。\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let found = read(&wide, "n.csv");
        assert!(found[0].as_ref().is_ok_and(|article| article.raw == "建成3项。" && article.encoding == "UTF-16LE"), "{found:?}");
    }
}
