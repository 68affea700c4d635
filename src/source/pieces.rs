//! An input cut into pieces, one an article, as a stream: no more than one piece is held.
//!
//! Cutting is cheap and must be done in order; reading a piece ([`super::article`]) is the costly part, and pieces can be
//! read side by side.

use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::sync::Arc;

use super::packed::Packing;
use super::records::{self, Cells};
use super::{Format, Options, SourceError, statistics, wide};
use crate::dict::Dict;

/// What can be read from any place, such as a file on disk or bytes in memory.
pub trait Seekable: Read + Seek + Send {}

impl<T: Read + Seek + Send> Seekable for T {}

/// What an input is read from.
pub enum Reader {
    /// A stream: standard input, a pipe.
    Stream(Box<dyn Read + Send>),
    /// A file, for formats whose parts stand in no order.
    File(Box<dyn Seekable>),
}

impl Reader {
    /// A reader of bytes in memory.
    pub fn bytes(bytes: Vec<u8>) -> Reader {
        Reader::File(Box::new(Cursor::new(bytes)))
    }
}

/// The bytes of one article, with its place in the input.
#[derive(Debug, Clone)]
pub struct Piece {
    /// How the bytes are to be read.
    pub format: Format,
    /// The input, as the caller named it.
    pub source: Arc<str>,
    /// The name of the article, if it brings none of its own: the input's id, or `news.jsonl:3`.
    pub id: String,
    /// Where it stands: the input's name, or `news.jsonl:3`.
    pub place: String,
    /// The encoding that the input was in before its bytes were turned into UTF-8.
    pub(crate) encoding: Option<&'static str>,
    pub(crate) content: Content,
}

/// What a piece holds.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// A whole input, or a line of one.
    Bytes(Vec<u8>),
    /// A row of one.
    Cells(Cells),
}

impl Default for Content {
    fn default() -> Content {
        Content::Bytes(Vec::new())
    }
}

impl Piece {
    /// How many bytes it holds.
    pub fn size(&self) -> usize {
        match &self.content {
            Content::Bytes(bytes) => bytes.len(),
            Content::Cells(cells) => cells.size(),
        }
    }

    /// Its bytes, which it then no longer holds.
    pub(crate) fn take(&mut self) -> Vec<u8> {
        match &mut self.content {
            Content::Bytes(bytes) => std::mem::take(bytes),
            Content::Cells(cells) => std::mem::take(&mut cells.text),
        }
    }

    /// An error about this piece. A whole input is called by its id, a line by its place only.
    pub(crate) fn error(&self, message: impl Into<String>) -> SourceError {
        let article = if self.format.is_one_article() { self.id.clone() } else { String::new() };
        SourceError { source: self.source.to_string(), article, place: self.place.clone(), message: message.into() }
    }
}

/// The pieces of an input, in order; what is wrong with one costs the others nothing.
pub struct Pieces {
    format: Option<Format>,
    rest: Box<dyn Iterator<Item = Result<Piece, SourceError>> + Send>,
}

impl Pieces {
    /// The format; none where the input has none that can be read, which is then its only item.
    pub fn format(&self) -> Option<Format> {
        self.format
    }

    /// An input that cannot be read at all.
    pub fn failed(error: SourceError) -> Pieces {
        Pieces { format: None, rest: Box::new(std::iter::once(Err(error))) }
    }
}

impl Iterator for Pieces {
    type Item = Result<Piece, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rest.next()
    }
}

/// Cuts an input into pieces. `name` is the input as the tables and messages name it, `id` the name of its article where
/// it is one.
///
/// Nothing longer than [`Options::max_article`] is held: a longer file or line is an error, and what follows it is read.
///
/// ```
/// use shuliang::source::{Options, Reader, article, pieces};
///
/// let dict = shuliang::Dict::builtin().map_err(|errors| format!("{errors:?}"))?;
/// let options = Options::default();
/// let lines = "{\"text\":\"建成3项。\"}\n{\"text\":\"建成5项。\"}\n";
/// let pieces: Vec<_> = pieces(Reader::bytes(lines.into()), "news.jsonl", "news", &options, &dict).collect::<Result<_, _>>()?;
/// let second = article(pieces[1].clone(), &options, &dict)?;
/// assert_eq!((second.id.as_str(), second.raw.as_str()), ("news.jsonl:2", "建成5项。"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn pieces(reader: Reader, name: &str, id: &str, options: &Options, dict: &Dict) -> Pieces {
    let one = |format: Option<Format>| format.is_none_or(Format::is_one_article);
    cut(reader, name, id, options, dict).unwrap_or_else(|(format, message)| {
        let article = if one(format) { id.to_owned() } else { String::new() };
        Pieces::failed(SourceError { article, ..SourceError::whole(name, message) })
    })
}

/// What is wrong with a whole input, and its format where it is known.
type Whole = (Option<Format>, String);

fn cut(reader: Reader, name: &str, id: &str, options: &Options, dict: &Dict) -> Result<Pieces, Whole> {
    let broken = |error: io::Error| (None, error.to_string());
    let (mut head, mut reader) = peek(reader).map_err(broken)?;
    let mut called = name;
    if let Some(packing) = Packing::sniff(&head) {
        called = Packing::inner(name);
        let unpacked = packing.unpack(buffered(reader)).map_err(broken)?;
        (head, reader) = peek(Reader::Stream(unpacked)).map_err(broken)?;
        if Packing::sniff(&head).is_some() {
            return Err((None, "expected an input packed once, found one packed twice".to_owned()));
        }
    }
    let format = Format::sniff(&head, called).map_err(|message| (None, message))?;
    let whole = |message: String| (Some(format), message);
    let (source, max): (Arc<str>, usize) = (Arc::from(name), options.max_article);
    let rest: Box<dyn Iterator<Item = Result<Piece, SourceError>> + Send> = match format {
        Format::Plain | Format::Markdown | Format::Html | Format::Docx | Format::Pdf => {
            Box::new(std::iter::once(self::one(buffered(reader), format, source, id, max)))
        }
        Format::Csv | Format::Tsv | Format::JsonLines => {
            let mut reader = buffered(reader);
            let mut encoding = None;
            if let Some(wide) = wide::sniff(&head) {
                let (start, narrowed) = peek(Reader::Stream(Box::new(wide::Narrowed::new(reader, wide)))).map_err(broken)?;
                (head, reader, encoding) = (start, buffered(narrowed), Some(wide.name()));
            }
            if format != Format::JsonLines && statistics::is_table(&head, format, encoding.is_some(), options, dict) {
                Box::new(std::iter::once(self::one(reader, format, source, id, max).map(|piece| Piece { encoding, ..piece })))
            } else if format == Format::JsonLines {
                Box::new(Lines { reader, source, number: 0, max, encoding, ended: false })
            } else {
                Box::new(records::Rows::open(reader, &head, (format, source, encoding), options, dict).map_err(whole)?)
            }
        }
        #[cfg(feature = "parquet")]
        Format::Parquet => Box::new(super::parquet::Rows::open(reader, source, options, dict).map_err(whole)?),
        #[cfg(not(feature = "parquet"))]
        Format::Parquet => return Err(whole(super::without("parquet"))),
    };
    Ok(Pieces { format: Some(format), rest })
}

/// The first bytes of an input, and the input from its start. One that breaks off early breaks off there, not here: what
/// stands before is not lost.
fn peek(reader: Reader) -> io::Result<(Vec<u8>, Reader)> {
    let mut head = Vec::new();
    match reader {
        Reader::Stream(mut stream) => {
            let read = (&mut stream).take(Format::HEAD as u64).read_to_end(&mut head);
            let rest: Box<dyn Read + Send> = match read {
                Ok(_) => stream,
                Err(error) => Box::new(Broken(Some(error))),
            };
            Ok((head.clone(), Reader::Stream(Box::new(Cursor::new(head).chain(rest)))))
        }
        Reader::File(mut file) => {
            (&mut file).take(Format::HEAD as u64).read_to_end(&mut head)?;
            file.rewind()?;
            Ok((head, Reader::File(file)))
        }
    }
}

fn buffered(reader: Reader) -> Box<dyn BufRead + Send> {
    match reader {
        Reader::Stream(stream) => Box::new(BufReader::new(stream)),
        Reader::File(file) => Box::new(BufReader::new(file)),
    }
}

/// What is left of a stream that broke off.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// The one piece of an input that is one article.
fn one(mut reader: Box<dyn BufRead + Send>, format: Format, source: Arc<str>, id: &str, max: usize) -> Result<Piece, SourceError> {
    let mut bytes = Vec::new();
    let read = (&mut reader).take(max as u64 + 1).read_to_end(&mut bytes);
    let piece = Piece { format, id: id.to_owned(), place: source.to_string(), source, encoding: None, content: Content::default() };
    match read {
        Err(error) => Err(piece.error(error.to_string())),
        Ok(_) if bytes.len() > max => Err(piece.error(too_long(max))),
        Ok(_) => Ok(Piece { content: Content::Bytes(bytes), ..piece }),
    }
}

/// What is said of a longer article.
pub(crate) fn too_long(max: usize) -> String {
    format!("longer than {max} bytes (--max-article)")
}

/// The lines of an input that hold something.
struct Lines {
    reader: Box<dyn BufRead + Send>,
    source: Arc<str>,
    /// The number of the last line, from 1.
    number: u64,
    max: usize,
    encoding: Option<&'static str>,
    ended: bool,
}

impl Iterator for Lines {
    type Item = Result<Piece, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let mut line = Vec::new();
            let read = read_line(&mut self.reader, &mut line, self.max);
            self.number += 1;
            let place = format!("{}:{}", self.source, self.number);
            let piece = Piece {
                format: Format::JsonLines,
                id: place.clone(),
                place,
                source: self.source.clone(),
                encoding: self.encoding,
                content: Content::default(),
            };
            match read {
                Err(error) => {
                    self.ended = true;
                    return Some(Err(piece.error(error.to_string())));
                }
                Ok(None) => self.ended = true,
                Ok(Some(length)) if length > self.max => return Some(Err(piece.error(too_long(self.max)))),
                Ok(Some(_)) => {
                    if self.number == 1 && line.starts_with("\u{feff}".as_bytes()) {
                        line.drain(..3);
                    }
                    if !line.trim_ascii().is_empty() {
                        return Some(Ok(Piece { content: Content::Bytes(line), ..piece }));
                    }
                }
            }
        }
        None
    }
}

/// Reads a line and says how many bytes it has, without the line feed; none at the end. Only the first `max` bytes of it
/// are kept.
fn read_line(reader: &mut dyn BufRead, line: &mut Vec<u8>, max: usize) -> io::Result<Option<usize>> {
    let mut length = None;
    loop {
        let seen = match reader.fill_buf() {
            Ok(seen) => seen,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if seen.is_empty() {
            return Ok(length);
        }
        let end = seen.iter().position(|&b| b == b'\n');
        let part = &seen[..end.unwrap_or(seen.len())];
        line.extend_from_slice(&part[..part.len().min(max - line.len())]);
        length = Some(length.unwrap_or(0) + part.len());
        let used = part.len() + usize::from(end.is_some());
        reader.consume(used);
        if end.is_some() {
            return Ok(length);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(bytes: &[u8], name: &str, max: usize) -> Vec<Result<String, String>> {
        let dict = Dict::builtin().expect("the dictionary");
        let options = Options { max_article: max, ..Options::default() };
        let all = pieces(Reader::Stream(Box::new(Cursor::new(bytes.to_vec()))), name, "x", &options, &dict);
        all.map(|piece| {
            piece
                .map(|piece| match piece.content {
                    Content::Bytes(bytes) => format!("{} {}", piece.place, String::from_utf8_lossy(&bytes)),
                    Content::Cells(_) => piece.place,
                })
                .map_err(|error| error.to_string())
        })
        .collect()
    }

    #[test]
    fn a_plain_file_is_one_piece() {
        assert_eq!(cut(b"a\nb\n", "n.txt", 99), [Ok("n.txt a\nb\n".to_owned())]);
        assert_eq!(cut(b"", "n.txt", 99), [Ok("n.txt ".to_owned())]);
        assert_eq!(cut(b"abcd", "n.txt", 3), [Err("n.txt: longer than 3 bytes (--max-article)".to_owned())]);
        assert_eq!(cut(b"abc", "n.txt", 3), [Ok("n.txt abc".to_owned())]);
    }

    #[test]
    fn lines_keep_their_numbers_and_long_ones_cost_nothing() {
        let lines = "\u{feff}{1}\r\n\n \n{2222222222}\n{3}";
        let found = cut(lines.as_bytes(), "n.jsonl", 8);
        assert_eq!(found, [Ok("n.jsonl:1 {1}\r".to_owned()), Err("n.jsonl:4: longer than 8 bytes (--max-article)".to_owned()), Ok("n.jsonl:5 {3}".to_owned())]);
    }

    #[test]
    fn what_breaks_off_is_named_with_its_line() {
        let wire = Cursor::new(b"{\"text\":\"a\"}\n{\"te").chain(Broken(Some(io::Error::other("the wire is cut"))));
        let (dict, options) = (Dict::builtin().expect("the dictionary"), Options::default());
        let mut lines = pieces(Reader::Stream(Box::new(wire)), "n.jsonl", "n", &options, &dict);
        assert!(lines.next().is_some_and(|first| first.is_ok()));
        assert_eq!(lines.next().and_then(Result::err).map(|error| error.to_string()), Some("n.jsonl:2: the wire is cut".to_owned()));
        assert!(lines.next().is_none());
    }
}
