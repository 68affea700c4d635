//! Bytes into articles: one file a format. Nothing here opens a file; the caller gives readers or bytes, and a name.
//!
//! [`pieces()`] finds the format and cuts an input into the bytes of its articles, one after the other; [`article`] reads
//! one of them.

pub mod decode;
#[cfg(feature = "docx")]
mod docx;
mod familiar;
pub mod fold;
mod format;
mod garbled;
mod grid;
#[cfg(feature = "html")]
mod html;
pub mod jsonl;
#[cfg(feature = "html")]
mod markdown;
mod packed;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "pdf")]
mod pdf;
mod pieces;
pub mod plain;
pub mod published;
mod records;
mod statistics;
mod wide;

pub use format::Format;
#[cfg(any(feature = "docx", feature = "html", feature = "pdf"))]
pub(crate) use pieces::too_long;
pub use pieces::{Piece, Pieces, Reader, Seekable, pieces};

use decode::{Charset, Wish};
use jiff::civil::{Date, Time};

use crate::dict::Dict;
use crate::segment::{Line, LineKind, copies, lines};
use crate::{Article, Span};

/// An input, or a part of one, that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceError {
    /// The input, as the caller named it.
    pub source: String,
    /// The article, where the input says which one it is; else empty.
    pub article: String,
    /// Where in the input: `news.jsonl:3:17`, or only its name.
    pub place: String,
    /// What is wrong.
    pub message: String,
}

// by hand: thiserror takes a field named `source` for the cause
impl std::error::Error for SourceError {}

impl std::fmt::Display for SourceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl SourceError {
    /// An error about a whole input.
    pub fn whole(source: &str, message: impl Into<String>) -> SourceError {
        SourceError { source: source.to_owned(), article: String::new(), place: source.to_owned(), message: message.into() }
    }
}

/// How inputs are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The day of publication for articles that carry none.
    pub published: Option<Date>,
    /// The most bytes that one article may have before it is read: of a file, unpacked, or of one line of one.
    pub max_article: usize,
    /// The encoding that every input has, whatever its bytes look like; none to find it out.
    pub encoding: Option<Charset>,
    /// The columns of tables that hold the articles' parts.
    pub columns: Columns,
}

impl Options {
    /// What [`Options::max_article`] is unless the caller says otherwise.
    pub const MAX_ARTICLE: usize = 16 << 20;

    /// What is said of an input's encoding; `hint` is what the input says itself.
    pub(crate) fn wish(&self, hint: Option<Charset>) -> Wish {
        match (self.encoding, hint) {
            (Some(forced), _) => Wish::Force(forced),
            (None, Some(hint)) => Wish::Hint(hint),
            (None, None) => Wish::Any,
        }
    }
}

impl Default for Options {
    fn default() -> Options {
        Options { published: None, max_article: Options::MAX_ARTICLE, encoding: None, columns: Columns::default() }
    }
}

/// The names of columns, or of the fields of JSON objects; one without a name is looked for under the usual ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The text of the article.
    pub text: Option<String>,
    /// Its name in the tables.
    pub id: Option<String>,
    /// Its day of publication.
    pub date: Option<String>,
    /// Its title.
    pub title: Option<String>,
}

/// Reads a piece: the costly part, which can be done for many pieces side by side.
///
/// Errors name the input and the place; the text of the article is [`Article::raw`].
pub fn article(piece: Piece, options: &Options, dict: &Dict) -> Result<Article, SourceError> {
    match piece.format {
        Format::Plain => plain::piece(piece, options, dict),
        Format::JsonLines => jsonl::piece(piece, options, dict),
        #[cfg(feature = "html")]
        Format::Html => html::piece(piece, options, dict),
        #[cfg(feature = "html")]
        Format::Markdown => markdown::piece(piece, options, dict),
        #[cfg(feature = "docx")]
        Format::Docx => docx::piece(piece, options, dict),
        #[cfg(not(feature = "docx"))]
        Format::Docx => Err(piece.error(without("docx"))),
        #[cfg(feature = "pdf")]
        Format::Pdf => pdf::piece(piece, options, dict),
        #[cfg(not(feature = "pdf"))]
        Format::Pdf => Err(piece.error(without("pdf"))),
        Format::Csv | Format::Tsv | Format::Parquet => records::piece(piece, options, dict),
        #[cfg(not(feature = "html"))]
        Format::Html | Format::Markdown => Err(piece.error(without("html"))),
    }
}

/// What is said of a format that this build leaves out.
#[allow(dead_code, reason = "a build with every format leaves none out")]
fn without(feature: &str) -> String {
    format!("this build does not read the format (feature `{feature}`)")
}

/// What an input says about an article beside its text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given {
    /// The name of the article in the tables.
    pub id: String,
    /// Where it came from.
    pub source: String,
    /// The title, where the input names one.
    pub title: Option<String>,
    /// The publication date, where the input names one.
    pub published: Option<Date>,
    /// The clock time of it, where the input names one.
    pub clock: Option<Time>,
    /// Who published it, where the input says so.
    pub publisher: String,
    /// The name of the encoding of its bytes, where they had one.
    pub encoding: &'static str,
    /// How many characters of it could not be read.
    pub replaced: usize,
}

/// What the table `articles` says of an article without a day.
const UNDATED: &str = "no publication date: relative times are not resolved";

/// The article: its text folded, its title and its day found where the input names none. `fallback` is the day for
/// articles that carry none.
pub(crate) fn compose(given: Given, raw: String, fallback: Option<Date>, dict: &Dict) -> Article {
    let folded = fold::fold(&raw, dict);
    let mut article = Article::new(given.id, given.source, raw, folded);
    (article.encoding, article.replaced, article.publisher) = (given.encoding, given.replaced, given.publisher);
    article.raw_title = given.title.map(|title| title.trim().to_owned()).unwrap_or_default();
    article.title = fold::fold(&article.raw_title, dict).text;
    let lines = lines(&article.text, &article.title, &dict.furniture);
    article.notes.extend(garbled::notes(&article.raw, article.replaced, &dict.folding));
    article.copies = copies(&article.text, &lines);
    if let Some(copy) = article.copies.first() {
        let at = article.raw[..article.raw_span(*copy).start()].chars().count();
        article.notes.push(format!("stands on the page more than once: from character {at} on it is a copy, which is not read again"));
    }
    let at = |day: Date| day.to_datetime(given.clock.unwrap_or(Time::midnight()));
    let named = || published::in_name(&article.source).or_else(|| published::in_name(&article.id)).or(fallback);
    let moment = given.published.map(at).or_else(|| published::find(&article.text, &lines, named(), &dict.furniture));
    article.published = moment.map(|moment| moment.date());
    // midnight is what a day without a clock time is filled up with
    article.clock = moment.map(|moment| moment.time()).filter(|clock| *clock != Time::midnight());
    if moment.is_none() {
        article.notes.push(UNDATED.to_owned());
    }
    if article.title.is_empty()
        && let Some(span) = title(&article.text, &lines)
    {
        article.raw_title = article.quote(span).to_owned();
        article.title = article.text[span].to_owned();
    }
    article
}

/// The longest line, in characters, that may be a title.
const LONGEST_TITLE: usize = 60;

/// The title that stands in the text: its first line that is no furniture, if it is short, no sentence, and not all.
fn title(text: &str, lines: &[Line]) -> Option<Span> {
    let mut body = lines.iter().filter(|line| line.kind != LineKind::Furniture);
    let (first, _) = (body.next()?.span, body.next()?);
    let words = &text[first];
    let sentence = words.contains(['。', '；', ';', '|', '｜']) || words.ends_with([',', '，', '：', ':', '、']);
    (!sentence && words.chars().count() <= LONGEST_TITLE).then_some(first)
}
