//! One article: the text as published, the text as it is read, and the way back from the second to the first.

mod sections;

use std::collections::HashMap;
use std::sync::OnceLock;

use jiff::civil::{Date, DateTime, Time};

use crate::Span;

/// An article as every stage sees it.
///
/// `text` is folded for reading (full-width digits and letters narrowed, traditional characters simplified, bracketed pinyin
/// and invisible characters dropped, escapes read); `raw` is what the publisher wrote. Spans are byte ranges of `text`; [`Article::quote`] gives the
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
    /// Who published it, where the input says so; else empty.
    pub publisher: String,
    /// The name of the encoding that its bytes were in; empty where the input had none.
    pub encoding: &'static str,
    /// How many characters could not be read; each is U+FFFD in `raw`.
    pub replaced: usize,
    /// The text as published.
    pub raw: String,
    /// The text as it is read.
    pub text: String,
    /// The sentences of `text` that repeat the article, where it stands on its page twice: they are not read for facts.
    pub copies: Vec<Span>,
    /// How many characters of the text as published stand before `raw`, where this is a section.
    before: usize,
    map: OffsetMap,
    /// True where folding changed nothing.
    same: bool,
    /// Where each character of `text` stands first; found when it is asked for.
    places: OnceLock<HashMap<char, u32>>,
    /// The characters that [`Article::unfold`] has to look for; found when it is asked for.
    respelled: OnceLock<Vec<char>>,
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
            publisher: String::new(),
            encoding: "",
            replaced: 0,
            copies: Vec::new(),
            before: 0,
            same: raw == folded.text,
            text: folded.text,
            map: folded.map,
            raw,
            places: OnceLock::new(),
            respelled: OnceLock::new(),
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
        if self.same || !words.chars().any(|c| self.respelled().binary_search(&c).is_ok()) {
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

    /// The characters that the publisher spells otherwise somewhere, or behind which something was left out, in order. All others are
    /// the publisher's wherever they stand.
    fn respelled(&self) -> &[char] {
        self.respelled.get_or_init(|| {
            let mut characters = Vec::new();
            for (span, copied_from) in self.map.stretches(self.text.len()) {
                let read = &self.text[span];
                // traditional characters are copied, and simplified where they stand
                let as_published = |at: usize, c: char| copied_from.and_then(|from| self.raw.get(from + at..)).is_some_and(|raw| raw.starts_with(c));
                if copied_from.and_then(|from| self.raw.get(from..from + span.len())) != Some(read) {
                    characters.extend(read.char_indices().filter(|&(at, c)| !as_published(at, c)).map(|(_, c)| c));
                }
                characters.extend(read.chars().next_back());
            }
            characters.sort_unstable();
            characters.dedup();
            characters
        })
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
        let start = self.map.start(span.start());
        // What follows the last character may have been dropped, so its own end decides where the quote ends.
        if span.is_empty() { Span::new(start, start) } else { Span::new(start, self.map.end(span.end())) }
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

/// Leads places of a folded text back to the text as published.
///
/// The text is cut into stretches: one that was copied, where both run side by side, or one character that was read from
/// something else (`&nbsp;`, `\u4e00`, `５`), which leads back to the whole of it.
#[derive(Debug, Clone, Default)]
pub struct OffsetMap {
    stretches: Vec<Stretch>,
}

/// A stretch of folded text, up to where the next one begins.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// The first folded byte.
    folded: u32,
    /// The published byte it was read from.
    raw: u32,
    /// How many published bytes were read as one; 0 where the two run side by side.
    whole: u32,
}

impl OffsetMap {
    /// Says that from the folded byte `folded` on the text is a copy of what begins at the published byte `raw`. Calls, also
    /// those of [`OffsetMap::read_as_one`], come in rising order.
    pub fn copied(&mut self, folded: usize, raw: usize) {
        let next = Stretch { folded: folded as u32, raw: raw as u32, whole: 0 };
        match self.stretches.last() {
            Some(last) if last.whole == 0 && next.folded - last.folded == next.raw - last.raw => {}
            None if folded == raw => {}
            _ => self.stretches.push(next),
        }
    }

    /// Says that the folded byte `folded` and those after it were read from all of the `whole` published bytes at `raw`.
    pub fn read_as_one(&mut self, folded: usize, raw: usize, whole: usize) {
        self.stretches.push(Stretch { folded: folded as u32, raw: raw as u32, whole: whole as u32 });
    }

    /// Where what was read as the character at `folded` begins in the published text.
    pub fn start(&self, folded: usize) -> usize {
        match self.at(self.stretches.partition_point(|stretch| stretch.folded as usize <= folded)) {
            Some(stretch) if stretch.whole > 0 => stretch.raw as usize,
            Some(stretch) => stretch.raw as usize + (folded - stretch.folded as usize),
            None => folded,
        }
    }

    /// Where what was read as the character before `folded` ends in the published text.
    pub fn end(&self, folded: usize) -> usize {
        match self.at(self.stretches.partition_point(|stretch| (stretch.folded as usize) < folded)) {
            Some(stretch) if stretch.whole > 0 => stretch.raw as usize + stretch.whole as usize,
            Some(stretch) => stretch.raw as usize + (folded - stretch.folded as usize),
            None => folded,
        }
    }

    /// The stretches of a folded text of `len` bytes, in order, each with the published byte that it was copied from; none where it
    /// was read from something else.
    fn stretches(&self, len: usize) -> impl Iterator<Item = (Span, Option<usize>)> {
        let first = Stretch { folded: 0, raw: 0, whole: 0 };
        let ends = self.stretches.iter().map(|next| next.folded as usize).chain([len]);
        std::iter::once(first).chain(self.stretches.iter().copied()).zip(ends).map(|(stretch, end)| {
            let span = Span::new(stretch.folded as usize, end);
            (span, (stretch.whole == 0).then_some(stretch.raw as usize))
        })
    }

    /// The stretch before the one with this number.
    fn at(&self, after: usize) -> Option<&Stretch> {
        after.checked_sub(1).and_then(|index| self.stretches.get(index))
    }
}
