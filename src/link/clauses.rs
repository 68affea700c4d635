//! Clauses: where what belongs together may be looked for.

use crate::Span;
use crate::segment::{Line, LineKind};
use crate::tag::{Mention, Quantity, TimeRef};

/// A stretch between two marks of punctuation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clause {
    /// The stretch, without the marks.
    pub span: Span,
    /// The line it stands in, from 0.
    pub line: usize,
    /// The period it stands in (up to 。！？ or the line end), from 0: the reach of times and verbal cues.
    pub period: usize,
    /// The mark that ends it.
    pub closed: char,
    /// True inside brackets.
    pub bracketed: bool,
}

/// The clauses of the body lines of `text`. A mark inside a quantity, a time or a name cuts nothing, and `：` before a
/// quantity joins (`采购预算：486万元`).
pub fn clauses(text: &str, lines: &[Line], quantities: &[Quantity], times: &[TimeRef], mentions: &[Mention]) -> Vec<Clause> {
    let mut closed: Vec<Span> = quantities.iter().map(|q| q.span).chain(times.iter().map(|t| t.span)).chain(mentions.iter().map(|m| m.span)).collect();
    closed.sort_unstable();
    let mut closed = closed.into_iter().peekable();
    let mut clauses = Vec::new();
    let mut period = 0;
    for (line, kind) in lines.iter().enumerate() {
        period += 1;
        if kind.kind == LineKind::Furniture {
            continue;
        }
        let mut start = kind.span.start();
        let mut depth = 0usize;
        let mut joined = 0;
        for (offset, c) in text[kind.span].char_indices() {
            let at = kind.span.start() + offset;
            while closed.next_if(|span| span.end() <= at).is_some() {}
            if at - start > LONGEST && closed.peek().is_none_or(|span| span.start() >= at) {
                push(&mut clauses, text, Clause { span: Span::new(start, at), line, period, closed: '，', bracketed: depth > 0 });
                start = at;
            }
            if !cuts(c) || closed.peek().is_some_and(|span| span.covers(at)) {
                continue;
            }
            // 较1—5月收窄
            let between = |c: char| text[..at].ends_with(|d: char| d.is_ascii_digit()) && text[at + c.len_utf8()..].starts_with(|d: char| d.is_ascii_digit());
            if at < joined || c == '—' && between(c) {
                continue;
            }
            if let Some(end) = bracket_in_noun(text, kind.span, at) {
                joined = end;
                continue;
            }
            if matches!(c, '：' | ':') && quantities.binary_search_by_key(&skip_blanks(text, at + c.len_utf8()), |q| q.span.start()).is_ok() {
                continue;
            }
            push(&mut clauses, text, Clause { span: Span::new(start, at), line, period, closed: c, bracketed: depth > 0 });
            depth = match c {
                '（' | '(' | '【' | '[' => depth + 1,
                '）' | ')' | '】' | ']' => depth.saturating_sub(1),
                _ => depth,
            };
            start = at + c.len_utf8();
            if matches!(c, '。' | '！' | '？' | '!' | '?') {
                period += 1;
            }
        }
        push(&mut clauses, text, Clause { span: Span::new(start, kind.span.end()), line, period, closed: '\n', bracketed: depth > 0 });
    }
    clauses
}

/// The end of short brackets that are part of a noun: 乡镇（街道）23个, 执业（助理）医师.
pub(super) fn bracket_in_noun(text: &str, line: Span, at: usize) -> Option<usize> {
    let rest = text.get(at..line.end())?;
    let open = rest.chars().next().filter(|c| matches!(c, '（' | '('))?;
    let close = rest.char_indices().take(9).find(|(_, c)| matches!(c, '）' | ')'))?;
    let inside = &rest[open.len_utf8()..close.0];
    let end = at + close.0 + close.1.len_utf8();
    let han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    let plain = !inside.is_empty() && inside.chars().all(|c| han(c) || c == '、');
    let before = text[line.start()..at].chars().next_back().is_some_and(han);
    let after = text[end..line.end()].chars().next().is_some_and(|c| han(c) || c.is_ascii_digit());
    let said = ["约", "含", "同", "下同", "不含", "折合", "以下"].iter().any(|word| inside.starts_with(word));
    (plain && before && after && !said).then_some(end)
}

/// From so many bytes on a stretch without a mark is cut between its quantities: nobody writes such clauses, and each of
/// their quantities would read all of them.
const LONGEST: usize = 1500;

fn cuts(c: char) -> bool {
    matches!(c, '，' | ',' | '。' | '；' | ';' | '：' | ':' | '！' | '？' | '!' | '?' | '（' | '）' | '(' | ')' | '【' | '】' | '|' | '—')
}

fn skip_blanks(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + (rest.len() - rest.trim_start_matches(' ').len())
}

fn push(clauses: &mut Vec<Clause>, text: &str, clause: Clause) {
    let raw = &text[clause.span];
    let lead = raw.len() - raw.trim_start().len();
    let start = clause.span.start() + lead;
    let span = Span::new(start, start + raw.trim().len());
    if !span.is_empty() {
        clauses.push(Clause { span, ..clause });
    }
}
