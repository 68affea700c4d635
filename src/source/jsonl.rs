//! JSON Lines: one article a line.

use jiff::civil::{Date, DateTime};
use serde::Deserialize;
use serde_json::Value;

use super::decode::{Decoded, Wish, decode};
use super::pieces::Content;
use super::published::moment_of;
use super::{Given, Options, Piece, SourceError, compose};
use crate::Article;
use crate::dict::Dict;

#[derive(Debug, Deserialize)]
struct Record {
    text: String,
    id: Option<Value>,
    title: Option<String>,
    published: Option<String>,
    source: Option<String>,
}

/// The article of a piece that is one line.
pub(super) fn piece(piece: Piece, options: &Options, dict: &Dict) -> Result<Article, SourceError> {
    let Content::Bytes(bytes) = piece.content;
    read(&bytes, &piece.source, piece.place, options.wish(None), options.published, dict)
}

/// The article of one line; `number` is the line's, from 1.
pub fn line(line: &[u8], name: &str, number: usize, published: Option<Date>, dict: &Dict) -> Result<Article, SourceError> {
    read(line, name, format!("{name}:{number}"), Wish::Any, published, dict)
}

fn read(line: &[u8], name: &str, place: String, wish: Wish, published: Option<Date>, dict: &Dict) -> Result<Article, SourceError> {
    let fail = |place: String, message: String| SourceError { source: name.to_owned(), article: String::new(), place, message };
    let Decoded { text: line, encoding, replaced } = decode(line, wish).map_err(|error| fail(place.clone(), error.to_string()))?;
    let record: Record = serde_json::from_str(&line).map_err(|error| {
        let column = column(&line, error.column());
        // serde_json adds a place of its own, which counts bytes of this line only
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        fail(format!("{place}:{column}"), message)
    })?;
    let id = match record.id {
        None | Some(Value::Null) => place.clone(),
        Some(Value::String(id)) if id.is_empty() => place.clone(),
        Some(Value::String(id)) => id,
        Some(Value::Number(id)) => id.to_string(),
        Some(other) => return Err(fail(place, format!("`id`: expected a string, found {other}"))),
    };
    let written = record.published.as_deref().map(str::trim).filter(|day| !day.is_empty());
    let moment = written.and_then(moment_of);
    let source = record.source.filter(|source| !source.is_empty()).unwrap_or_else(|| name.to_owned());
    let given = Given {
        id,
        source,
        title: record.title,
        published: moment.map(DateTime::date),
        clock: moment.map(DateTime::time),
        encoding,
        replaced,
        ..Given::default()
    };
    let mut article = compose(given, record.text, published, dict);
    if let (Some(written), None) = (written, moment) {
        article.notes.insert(0, format!("published is no date: {written}"));
    }
    Ok(article)
}

/// The column in characters, from 1, for one in bytes.
fn column(line: &str, bytes: usize) -> usize {
    let end = (0..=bytes.saturating_sub(1).min(line.len())).rev().find(|&at| line.is_char_boundary(at)).unwrap_or(0);
    line[..end].chars().count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Reader, pieces};

    fn read_all(text: &str) -> Vec<Result<Article, SourceError>> {
        let (dict, options) = (Dict::builtin().expect("the dictionary"), Options::default());
        let pieces = pieces(Reader::bytes(text.into()), "n.jsonl", "n", &options, &dict);
        pieces.map(|piece| piece.and_then(|piece| crate::source::article(piece, &options, &dict))).collect()
    }

    #[test]
    fn fields_are_kept() {
        let all = read_all("{\"id\":7,\"text\":\"甲\",\"title\":\"題\",\"published\":\"2016-11-07T04:30:00\",\"source\":\"报\"}\n\n{\"text\":\"乙\"}\r\n");
        let [Ok(first), Ok(second)] = all.as_slice() else { panic!("two articles, found {all:?}") };
        assert_eq!((first.id.as_str(), first.title.as_str(), first.source.as_str()), ("7", "题", "报"));
        assert_eq!(first.published_at(), Some(jiff::civil::date(2016, 11, 7).at(4, 30, 0, 0)));
        assert_eq!((second.id.as_str(), second.source.as_str()), ("n.jsonl:3", "n.jsonl"));
    }

    #[test]
    fn a_bad_line_does_not_spoil_the_others() {
        let all = read_all("{\"text\":\"甲\"}\n{\"text\":\"乙\" 3}\n{\"id\":\"x\"}\n{\"text\":\"丁\"}");
        let places: Vec<String> = all.iter().filter_map(|a| a.as_ref().err()).map(ToString::to_string).collect();
        assert_eq!(places, ["n.jsonl:2:13: expected `,` or `}`", "n.jsonl:3:10: missing field `text`"]);
        assert_eq!(all.iter().filter(|a| a.is_ok()).count(), 2);
    }

    #[test]
    fn an_unreadable_day_is_noted() {
        let all = read_all("{\"text\":\"甲\",\"published\":\"yesterday\"}");
        let Some(Ok(article)) = all.first() else { panic!("an article") };
        assert_eq!(article.notes, ["published is no date: yesterday", "no publication date: relative times are not resolved"]);
    }
}
