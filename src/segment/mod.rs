//! Where the text may be cut: lines, sentences, clauses, words.

mod copies;
pub mod dates;
mod lexicon;
mod lines;
mod words;

pub use copies::copies;
pub use lines::{body, lines};
pub use words::{Segmenter, Token, words};

use unicode_segmentation::GraphemeCursor;

use crate::Span;

/// What a line of the article is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// The article's own text.
    Body,
    /// The title, repeated inside the text.
    Title,
    /// Navigation, buttons, counters, bylines, contacts, disclaimers: kept in the text, not read for facts.
    Furniture,
}

/// A line of the text, without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The line.
    pub span: Span,
    /// What it is for.
    pub kind: LineKind,
}

/// From so many bytes on a sentence is cut at the next mark or blank: whoever writes so has no sentences.
const LONG: usize = 1800;
/// From so many bytes on it is cut between any two characters that belong to no number, and from 200 more on anywhere
/// but inside a number.
const TOO_LONG: usize = 2400;

/// The sentences of `text`: cut after `。！？；` (and `!?;`) and at line ends, closing quotes and brackets included; joined
/// they give the text without its line ends and the blanks around it.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let closes = match c {
            '。' | '！' | '？' | '；' | '!' | '?' | ';' => true,
            '\n' | '\r' => {
                push_trimmed(text, start, at, &mut sentences);
                start = end;
                continue;
            }
            _ => end - start > LONG && between_graphemes(text, end) && may_cut(c, chars.peek().map(|&(_, next)| next), end - start),
        };
        if !closes {
            continue;
        }
        let mut end = end;
        while let Some(&(next, q)) = chars.peek() {
            if !matches!(q, '”' | '’' | '」' | '』' | '）' | ')' | '。' | '！' | '？' | '!' | '?') {
                break;
            }
            end = next + q.len_utf8();
            chars.next();
        }
        push_trimmed(text, start, end, &mut sentences);
        start = end;
    }
    push_trimmed(text, start, text.len(), &mut sentences);
    sentences
}

/// True where a cut at the byte `at` leaves every character with its marks: an emoji and its modifiers stay together.
fn between_graphemes(text: &str, at: usize) -> bool {
    GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(true)
}

/// True where a stretch of `length` bytes without an end may be cut after `c`.
fn may_cut(c: char, next: Option<char>, length: usize) -> bool {
    let in_number = |c: char| c.is_ascii_graphic() || "零〇一二两三四五六七八九十百千万亿点".contains(c);
    let mark = matches!(c, '，' | '、' | '：' | ',' | ' ') && !next.is_some_and(|c| c.is_ascii_digit());
    let (before, after) = (in_number(c), next.is_some_and(in_number));
    mark || length > TOO_LONG && !before && !after || length > TOO_LONG + 200 && !(before && after)
}

fn push_trimmed(text: &str, start: usize, end: usize, sentences: &mut Vec<Span>) {
    let raw = &text[start..end];
    let lead = raw.len() - raw.trim_start().len();
    let body = raw.trim().len();
    if body > 0 {
        sentences.push(Span::new(start + lead, start + lead + body));
    }
}

/// The first sentence of the article's own text: the title is none.
pub fn first_body_sentence(sentences: &[Span], lines: &[Line]) -> Option<Span> {
    let body =
        lines.iter().find(|line| line.kind == LineKind::Body && line.span.len() > 60).or_else(|| lines.iter().find(|line| line.kind == LineKind::Body))?;
    sentences.iter().find(|sentence| body.span.contains(**sentence)).copied()
}
