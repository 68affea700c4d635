//! Very long articles in sections: each is read by itself, so that memory and time follow the section and not the whole.

use std::sync::OnceLock;

use super::{Article, OffsetMap, Stretch};
use crate::Span;

impl Article {
    /// How long a section may be, in bytes of the folded text: several hundred thousand characters. No article that a person
    /// wrote comes near it; tables of years and dumps do.
    pub const LONGEST_SECTION: usize = 2 << 20;

    /// The sections of the text, in order: one, unless it is longer than `longest` bytes. Sections end at the end of a line
    /// where there is one in their second half, else of a sentence, else anywhere.
    pub fn sections(&self, longest: usize) -> Vec<Span> {
        let longest = longest.max(8);
        let mut sections = Vec::new();
        let mut start = 0;
        while self.text.len() - start > longest {
            let end = self.boundary(start + longest);
            let window = self.boundary(start + longest / 2);
            let after = |mark: char| self.text[window..end].rfind(mark).map(|at| window + at + mark.len_utf8());
            let end = after('\n').or_else(|| after('。')).unwrap_or(end);
            sections.push(Span::new(start, end));
            start = end;
        }
        sections.push(Span::new(start, self.text.len()));
        sections
    }

    /// One of the [sections](Article::sections) as an article of its own: its title, its day, and places that still count from
    /// the beginning of the whole (see [`Article::characters_before`]).
    pub fn section(&self, span: Span) -> Article {
        let raw_at = |at: usize| {
            if at == 0 {
                0
            } else if at == self.text.len() {
                self.raw.len()
            } else {
                self.map.start(at)
            }
        };
        let raw = Span::new(raw_at(span.start()), raw_at(span.end()));
        let (text, published) = (&self.text[span], &self.raw[raw]);
        let copies = self.copies.iter().filter(|copy| span.contains(**copy));
        Article {
            id: self.id.clone(),
            source: self.source.clone(),
            title: self.title.clone(),
            raw_title: self.raw_title.clone(),
            published: self.published,
            clock: self.clock,
            notes: self.notes.clone(),
            publisher: self.publisher.clone(),
            encoding: self.encoding,
            replaced: self.replaced,
            copies: copies.map(|copy| Span::new(copy.start() - span.start(), copy.end() - span.start())).collect(),
            map: self.map.section(span, raw.start()),
            same: text == published,
            before: self.before + self.raw[..raw.start()].chars().count(),
            text: text.to_owned(),
            raw: published.to_owned(),
            places: OnceLock::new(),
            respelled: OnceLock::new(),
        }
    }

    /// How many characters of the text as published stand before this section of it; 0 for a whole article.
    pub fn characters_before(&self) -> usize {
        self.before
    }
}

impl OffsetMap {
    /// The map of a section whose published text begins at `raw`.
    fn section(&self, span: Span, raw: usize) -> OffsetMap {
        let first = self.stretches.partition_point(|stretch| (stretch.folded as usize) < span.start());
        let last = self.stretches.partition_point(|stretch| (stretch.folded as usize) < span.end());
        let mut section = OffsetMap::default();
        for stretch in self.stretches.get(first..last).unwrap_or_default() {
            section.stretches.push(Stretch { folded: stretch.folded - span.start() as u32, raw: stretch.raw - raw as u32, whole: stretch.whole });
        }
        section
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dict;
    use crate::source::{Options, Reader, article, pieces};

    fn read(text: &str) -> Article {
        let (options, dict) = (Options::default(), Dict::builtin().expect("the dictionary"));
        let piece = pieces(Reader::bytes(text.into()), "a.txt", "a", &options, &dict).next().expect("a piece").expect("an article");
        article(piece, &options, &dict).expect("an article")
    }

    #[test]
    fn sections_are_the_whole_and_quote_the_same_words() {
        let whole = read(&"２０１９年，項(xiàng)目１２個。\u{200b}新增８６．５億元；\r\n占地3畝。".repeat(20));
        for longest in [8, 50, 100, 333, 10_000] {
            let sections = whole.sections(longest);
            assert_eq!(sections.iter().map(|span| &whole.text[*span]).collect::<String>(), whole.text);
            assert_eq!(sections.len() > 1, whole.text.len() > longest);
            let parts: Vec<Article> = sections.iter().map(|&span| whole.section(span)).collect();
            assert_eq!(parts.iter().map(|part| part.raw.as_str()).collect::<String>(), whole.raw);
            for (part, span) in parts.iter().zip(&sections) {
                assert_eq!(part.text, whole.text[*span]);
                for (at, c) in part.text.char_indices() {
                    let (own, of_whole) = (Span::new(at, at + c.len_utf8()), Span::new(span.start() + at, span.start() + at + c.len_utf8()));
                    assert_eq!(part.quote(own), whole.quote(of_whole));
                    let characters = |article: &Article, span: Span| article.raw[..article.raw_span(span).start()].chars().count();
                    assert_eq!(part.characters_before() + characters(part, own), characters(&whole, of_whole));
                }
            }
        }
    }

    #[test]
    fn a_section_ends_with_a_line() {
        let whole = read("建成3项。\n建成5项。\n建成7项。");
        let sections: Vec<&str> = whole.sections(30).into_iter().map(|span| &whole.text[span]).collect();
        assert_eq!(sections, ["建成3项。\n建成5项。\n", "建成7项。"]);
    }
}
