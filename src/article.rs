//! One article: the text as published, the text as it is read, and the way back from the second to the first.

use std::collections::HashMap;
use std::sync::OnceLock;

use jiff::civil::{Date, DateTime, Time};

use crate::Span;

/// An article as every stage sees it.
///
/// `text` is folded for reading (full-width digits and letters narrowed, traditional characters simplified, invisible
/// characters dropped); `raw` is what the publisher wrote. Spans are byte ranges of `text`; [`Article::quote`] gives the
/// publisher's own words for one.
#[derive(Debug, Clone)]
pub struct Article {
    /// The name of the article in the tables.
    pub id: String,
    /// Where it came from: a file name, or what the input line says.
    pub source: String,
    /// The title, folded; empty where none was found.
    pub title: String,
    /// The title as published.
    pub raw_title: String,
    /// The day that relative times count from.
    pub published: Option<Date>,
    /// The clock time of publication, where it is given with the day.
    pub clock: Option<Time>,
    /// What a reader of the tables should know about how the article was read.
    pub notes: Vec<String>,
    /// The name of the encoding that its bytes were in; empty where the input had none.
    pub encoding: &'static str,
    /// How many characters could not be read; each is U+FFFD in `raw`.
    pub replaced: usize,
    /// The text as published.
    pub raw: String,
    /// The text as it is read.
    pub text: String,
    map: OffsetMap,
    /// True where folding changed nothing.
    same: bool,
    /// Where each character of `text` stands first; found when it is asked for.
    places: OnceLock<HashMap<char, u32>>,
}

/// How far from a value its words are looked for, in bytes. Whoever looks through the whole of a long article for the words of
/// each of its facts needs the square of its length.
const REACH: usize = 8 << 10;

impl Article {
    /// An article from its published text; `text` and the offset map are folded from it.
    pub fn new(id: String, source: String, raw: String, folded: Folded) -> Article {
        Article {
            id,
            source,
            title: String::new(),
            raw_title: String::new(),
            published: None,
            clock: None,
            notes: Vec::new(),
            encoding: "",
            replaced: 0,
            same: raw == folded.text,
            text: folded.text,
            map: folded.map,
            raw,
            places: OnceLock::new(),
        }
    }

    /// The moment of publication: midnight where only the day is known.
    pub fn published_at(&self) -> Option<DateTime> {
        self.published.map(|day| day.to_datetime(self.clock.unwrap_or(Time::midnight())))
    }

    /// The publisher's words for a span of `text`.
    pub fn quote(&self, span: Span) -> &str {
        &self.raw[self.raw_span(span)]
    }

    /// The publisher's spelling of folded words that were put together from places around `near`: the nearest place before it
    /// where each stretch stands decides, else the first behind it. Only the text within [`REACH`] bytes is looked through;
    /// a character that does not stand there is spelled as where it stands first.
    pub fn unfold(&self, words: &str, near: usize) -> String {
        if self.same {
            return words.to_owned();
        }
        let near = near.min(self.text.len());
        let around = Span::new(self.boundary(near.saturating_sub(REACH)), self.boundary(near.saturating_add(REACH)));
        let mut published = String::with_capacity(words.len());
        let mut rest = words;
        while let Some(first) = rest.chars().next() {
            let found = self.stretch(rest, around, near).or_else(|| self.place_of(first).map(|at| Span::new(at, at + first.len_utf8())));
            match found {
                Some(span) => {
                    published.push_str(self.quote(span));
                    rest = &rest[span.len()..];
                }
                None => {
                    published.push(first);
                    rest = &rest[first.len_utf8()..];
                }
            }
        }
        published
    }

    /// The longest beginning of `words` that stands in `around`: its last place before `near`, else its first.
    fn stretch(&self, words: &str, around: Span, near: usize) -> Option<Span> {
        let first = words.chars().next()?;
        let mut longest = Span::default();
        let before = Span::new(around.start(), self.boundary(near));
        for (at, _) in self.text[before].rmatch_indices(first) {
            let length = common(&self.text[before][at..], words);
            if length > longest.len() {
                longest = Span::new(before.start() + at, before.start() + at + length);
            }
            if length == words.len() {
                return Some(longest);
            }
        }
        for (at, _) in self.text[around].match_indices(first) {
            let length = common(&self.text[around][at..], words);
            if length > longest.len() {
                longest = Span::new(around.start() + at, around.start() + at + length);
            }
        }
        Some(longest).filter(|span| !span.is_empty())
    }

    /// Where a character of `text` stands first.
    fn place_of(&self, c: char) -> Option<usize> {
        let places = self.places.get_or_init(|| {
            let mut places = HashMap::new();
            for (at, c) in self.text.char_indices() {
                places.entry(c).or_insert(at as u32);
            }
            places
        });
        places.get(&c).map(|&at| at as usize)
    }

    /// The last character boundary of `text` that is not after `at`.
    fn boundary(&self, at: usize) -> usize {
        (0..=at.min(self.text.len())).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or_default()
    }

    /// The bytes of `raw` that a span of `text` was read from, from the start of its first character to the end of its last.
    pub fn raw_span(&self, span: Span) -> Span {
        let start = self.map.raw(span.start());
        let last = self.text[span].chars().next_back().map_or(0, char::len_utf8);
        if last == 0 {
            return Span::new(start, start);
        }
        // What follows the last character may have been dropped, so its own place decides where the quote ends.
        let last_at = self.map.raw(span.end() - last);
        let width = self.raw[last_at..].chars().next().map_or(0, char::len_utf8);
        Span::new(start, last_at + width)
    }
}

/// How many bytes two texts begin with alike, in whole characters.
fn common(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum()
}

/// A folded text with the way back.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// The text as it is read.
    pub text: String,
    /// Where each byte of it comes from.
    pub map: OffsetMap,
}

/// Leads byte offsets of a folded text back to the text as published: a list of the places where the distance changes.
#[derive(Debug, Clone, Default)]
pub struct OffsetMap {
    // (folded offset, published offset): from here on the two run side by side
    steps: Vec<(u32, u32)>,
}

impl OffsetMap {
    /// Says that the folded byte `folded` was read from the published byte `raw`. Calls come in rising order.
    pub fn push(&mut self, folded: usize, raw: usize) {
        let next = (folded as u32, raw as u32);
        match self.steps.last_mut() {
            Some(last) if next.0 == last.0 => *last = next,
            Some(last) if next.0 - last.0 == next.1 - last.1 => {}
            None if next == (0, 0) => {}
            _ => self.steps.push(next),
        }
    }

    /// The published offset of the character that begins at `folded`.
    pub fn raw(&self, folded: usize) -> usize {
        let after = self.steps.partition_point(|step| step.0 as usize <= folded);
        match after.checked_sub(1).and_then(|i| self.steps.get(i)) {
            Some(&(from, to)) => to as usize + (folded - from as usize),
            None => folded,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An article whose publisher writes 項 and 億 where the text has 项 and 亿, at the first of two places.
    fn article(gap: usize) -> Article {
        let raw = format!("項目十億{}项目五", "。".repeat(gap));
        let mut folded = Folded { text: raw.replace('項', "项").replace('億', "亿"), map: OffsetMap::default() };
        folded.map.push(0, 0);
        Article::new(String::new(), String::new(), raw, folded)
    }

    #[test]
    fn words_are_spelled_as_at_the_nearest_place_before() {
        let article = article(1);
        assert_eq!(article.unfold("项目", 12), "項目");
        assert_eq!(article.unfold("项目", article.text.len()), "项目");
        assert_eq!(article.unfold("十亿项目", article.text.len()), "十億项目");
        assert_eq!(article.unfold("十亿项目", 0), "十億項目");
    }

    #[test]
    fn what_stands_too_far_away_is_spelled_as_at_its_first_place() {
        let article = article(REACH);
        assert_eq!(article.unfold("亿项目甲", article.text.len()), "億项目甲");
    }
}
