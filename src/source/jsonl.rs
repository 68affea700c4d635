//! JSON Lines: one article a line. The fields are known by their usual names, or the caller names them.

use jiff::civil::{Date, DateTime};
use serde_json::{Map, Value};

use super::decode::{Decoded, Wish, decode};
use super::pieces::Content;
use super::published::moment_of;
use super::{Columns, Given, Options, Piece, SourceError, compose};
use crate::Article;
use crate::dict::Dict;

/// The article of a piece that is one line.
pub(super) fn piece(mut piece: Piece, options: &Options, dict: &Dict) -> Result<Article, SourceError> {
    let Content::Bytes(bytes) = std::mem::take(&mut piece.content) else { return Err(piece.error("expected a line")) };
    let wish = if piece.encoding.is_some() { Wish::Any } else { options.wish(None) };
    let line = Line { bytes: &bytes, name: &piece.source, place: &piece.place, wish };
    let mut article = line.read(&options.columns, options.published, dict)?;
    article.encoding = piece.encoding.unwrap_or(article.encoding);
    Ok(article)
}

/// The article of one line; `number` is the line's, from 1.
pub fn line(line: &[u8], name: &str, number: usize, published: Option<Date>, dict: &Dict) -> Result<Article, SourceError> {
    let place = format!("{name}:{number}");
    Line { bytes: line, name, place: &place, wish: Wish::Any }.read(&Columns::default(), published, dict)
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Text,
    /// The name of an article, which may be a number.
    Name,
}

/// A line with its place.
struct Line<'a> {
    bytes: &'a [u8],
    name: &'a str,
    place: &'a str,
    wish: Wish,
}

impl Line<'_> {
    fn read(&self, columns: &Columns, published: Option<Date>, dict: &Dict) -> Result<Article, SourceError> {
        let Decoded { text: line, encoding, replaced } = decode(self.bytes, self.wish).map_err(|error| self.error(error.to_string()))?;
        let mut record: Map<String, Value> = serde_json::from_str(&line).map_err(|error| {
            // serde_json adds a place of its own, which counts bytes of this line only
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default().replace("expected a map", "expected an object");
            SourceError { place: format!("{}:{}", self.place, column(&line, error.column())), ..self.error(message) }
        })?;
        let usual = &dict.columns;
        let text = self.take(&mut record, &columns.text, &usual.text, Part::Text)?.ok_or_else(|| {
            let found = record.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            self.error(format!("expected a field `{}`, found {found}", columns.text.as_deref().unwrap_or("text")))
        })?;
        let id = self.take(&mut record, &columns.id, &usual.id, Part::Name)?.filter(|id| !id.is_empty());
        let title = self.take(&mut record, &columns.title, &usual.title, Part::Text)?;
        let date = self.take(&mut record, &columns.date, &usual.date, Part::Text)?;
        let source = self.take(&mut record, &None, &usual.source, Part::Text)?.filter(|source| !source.is_empty());
        let written = date.as_deref().map(str::trim).filter(|day| !day.is_empty());
        let moment = written.and_then(moment_of);
        let given = Given {
            id: id.unwrap_or_else(|| self.place.to_owned()),
            source: source.unwrap_or_else(|| self.name.to_owned()),
            title,
            published: moment.map(DateTime::date),
            clock: moment.map(DateTime::time),
            encoding,
            replaced,
            ..Given::default()
        };
        let mut article = compose(given, text, published, dict);
        if let (Some(written), None) = (written, moment) {
            article.notes.insert(0, format!("published is no date: {written}"));
        }
        Ok(article)
    }

    /// The field that is asked for, or else the first of the usual ones; none where there is none or it is null.
    fn take(&self, record: &mut Map<String, Value>, asked: &Option<String>, usual: &[String], part: Part) -> Result<Option<String>, SourceError> {
        let names = asked.as_ref().map_or(usual, std::slice::from_ref);
        let Some((name, value)) = names.iter().find_map(|name| record.remove(name).map(|value| (name, value))) else { return Ok(None) };
        match value {
            Value::Null => Ok(None),
            Value::String(text) => Ok(Some(text)),
            // a number is a name too, and no text
            Value::Number(id) if part == Part::Name => Ok(Some(id.to_string())),
            other => Err(self.error(format!("`{name}`: expected a string, found {other}"))),
        }
    }

    fn error(&self, message: String) -> SourceError {
        SourceError { source: self.name.to_owned(), article: String::new(), place: self.place.to_owned(), message }
    }
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
        assert_eq!(places, ["n.jsonl:2:13: expected `,` or `}`", "n.jsonl:3: expected a field `text`, found id"]);
        assert_eq!(all.iter().filter(|a| a.is_ok()).count(), 2);
    }

    #[test]
    fn an_unreadable_day_is_noted() {
        let all = read_all("{\"text\":\"甲\",\"published\":\"yesterday\"}");
        let Some(Ok(article)) = all.first() else { panic!("an article") };
        assert_eq!(article.notes, ["published is no date: yesterday", "no publication date: relative times are not resolved"]);
    }
}
