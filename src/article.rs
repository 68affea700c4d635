//! One article: the text as published, the text as it is read, and the way back from the second to the first.

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
}

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

    /// The publisher's spelling of folded words that were put together from places before `near`; the nearest place where
    /// each stretch stands decides.
    pub fn unfold(&self, words: &str, near: usize) -> String {
        if self.same {
            return words.to_owned();
        }
        let before = self.text.get(..near).unwrap_or(&self.text);
        let mut published = String::with_capacity(words.len());
        let mut rest = words;
        while let Some(first) = rest.chars().next() {
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
            let longest = ends.filter_map(|end| before.rfind(&rest[..end]).or_else(|| self.text.find(&rest[..end])).map(|at| (at, end))).next_back();
            let (at, end) = longest.unwrap_or((0, 0));
            if end == 0 {
                published.push(first);
                rest = &rest[first.len_utf8()..];
            } else {
                published.push_str(self.quote(Span::new(at, at + end)));
                rest = &rest[end..];
            }
        }
        published
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
