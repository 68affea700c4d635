//! Bytes into articles: one file a format. Nothing here opens a file; the caller gives bytes and a name.

pub mod fold;
pub mod jsonl;
pub mod plain;
pub mod published;

use jiff::civil::Date;

use crate::Article;
use crate::dict::Dict;
use crate::segment::{LineKind, lines};

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
}

/// The article: its text folded, its title and its day found where the input names none. `fallback` is the day for
/// articles that carry none.
pub(crate) fn article(given: Given, raw: String, fallback: Option<Date>, dict: &Dict) -> Article {
    let folded = fold::fold(&raw, dict);
    let mut article = Article::new(given.id, given.source, raw, folded);
    let named = given.title.map(|title| fold::fold(title.trim(), dict).text).filter(|title| !title.is_empty());
    let lines = lines(&article.text, named.as_deref().unwrap_or_default(), &dict.furniture);
    article.published = given.published.or_else(|| published::find(&article.text, &lines, &dict.furniture)).or(fallback);
    article.title = match named {
        Some(title) => title,
        None => title(&article.text, &lines),
    };
    article
}

/// The longest line, in characters, that may be a title.
const LONGEST_TITLE: usize = 60;

/// The title that stands in the text: its first line that is no furniture, if it is short and no sentence; else empty.
fn title(text: &str, lines: &[crate::segment::Line]) -> String {
    let first = lines.iter().find(|line| line.kind != LineKind::Furniture).map(|line| &text[line.span]).unwrap_or_default();
    let alone = lines.iter().filter(|line| line.kind != LineKind::Furniture).nth(1).is_none();
    let sentence = first.contains(['。', '；', ';', '|', '|']) || first.ends_with([',', '，', '：', ':', '、']);
    if alone || sentence || first.chars().count() > LONGEST_TITLE { String::new() } else { first.to_owned() }
}
