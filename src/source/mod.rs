//! Bytes into articles: one file a format. Nothing here opens a file; the caller gives bytes and a name.

pub mod decode;
pub mod fold;
pub mod jsonl;
pub mod plain;
pub mod published;

use jiff::civil::{Date, Time};

use crate::dict::Dict;
use crate::segment::{Line, LineKind, lines};
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
    /// The name of the encoding of its bytes, where they had one.
    pub encoding: &'static str,
    /// How many characters of it could not be read.
    pub replaced: usize,
}

/// What the table `articles` says of an article without a day.
const UNDATED: &str = "no publication date: relative times are not resolved";

/// The article: its text folded, its title and its day found where the input names none. `fallback` is the day for
/// articles that carry none.
pub(crate) fn article(given: Given, raw: String, fallback: Option<Date>, dict: &Dict) -> Article {
    let folded = fold::fold(&raw, dict);
    let mut article = Article::new(given.id, given.source, raw, folded);
    (article.encoding, article.replaced) = (given.encoding, given.replaced);
    article.raw_title = given.title.map(|title| title.trim().to_owned()).unwrap_or_default();
    article.title = fold::fold(&article.raw_title, dict).text;
    let lines = lines(&article.text, &article.title, &dict.furniture);
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
