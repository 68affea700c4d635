//! Blanks inside a number: `12 345.6亿元`, `86 .5%`, `增长12. 5%`.
//!
//! Refused: cells of a table (`1 2 3`, `产量 12 345 678`), counting off (`表1 300家企业`), the number of an item (`1. 5家企业`).

use crate::dict::Folding;

/// The most groups that a number has: figures in trillions.
const GROUPS: usize = 6;

/// True where the blank `c` at the byte `at` stands inside a number.
pub(super) fn inside_number(raw: &str, at: usize, c: char, words: &Folding) -> bool {
    let (before, after) = (&raw[..at], &raw[at + c.len_utf8()..]);
    if before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit()) {
        return is_group(before, after, c, words);
    }
    around_point(before, after, words)
}

/// Figures in groups of three: 12 345.6. A plain blank also stands between the cells of a row, so that the number must begin
/// behind a Chinese character and go over into one, or into %.
fn is_group(before: &str, after: &str, c: char, words: &Folding) -> bool {
    let mut head = before;
    let mut groups = 1;
    // back over the groups before this blank, to the one that begins the number
    let first = loop {
        groups += 1;
        let digits = trailing_digits(head);
        let rest = &head[..head.len() - digits];
        match rest.strip_suffix(c) {
            Some(earlier) if digits == 3 && groups <= GROUPS && earlier.ends_with(|c: char| c.is_ascii_digit()) => head = earlier,
            _ => break digits,
        }
    };
    let start = &head[..head.len() - first];
    let mut rest = after;
    let figures = loop {
        let digits = leading_digits(rest);
        if digits != 3 {
            break false;
        }
        rest = &rest[3..];
        groups += 1;
        match rest.strip_prefix(c) {
            Some(_) if groups > 2 * GROUPS => break false,
            Some(next) if next.starts_with(|c: char| c.is_ascii_digit()) => rest = next,
            _ => break true,
        }
    };
    if !figures || !(1..=3).contains(&first) || head[start.len()..].starts_with('0') {
        return false;
    }
    let rest = rest.strip_prefix('.').map_or(rest, |decimals| &decimals[leading_digits(decimals)..]);
    let bounded = !start.ends_with(['.', ',', '-', '/', ':']) && !rest.starts_with(['.', ',', '-', '/', ':']);
    // a narrow blank is set for nothing else
    let narrow = matches!(c, '\u{2007}' | '\u{2009}' | '\u{202f}');
    let lead = start.strip_suffix(' ').unwrap_or(start);
    bounded && (narrow || is_text(lead.chars().next_back()) && words.ordinals.ending(lead, lead.len()).is_none() && goes_over(rest))
}

/// A blank before or behind the decimal point: 86 .5%, 12. 5%.
fn around_point(before: &str, after: &str, words: &Folding) -> bool {
    let before_point = after.strip_prefix('.').is_some_and(|decimals| {
        let digits = leading_digits(decimals);
        digits > 0 && goes_over(&decimals[digits..])
    });
    if before_point {
        return figure(before, words);
    }
    let digits = leading_digits(after);
    digits > 0 && goes_over(&after[digits..]) && before.strip_suffix('.').is_some_and(|whole| figure(whole, words))
}

/// True where `text` ends with a whole number that stands in running text.
fn figure(text: &str, words: &Folding) -> bool {
    let digits = trailing_digits(text);
    let lead = &text[..text.len() - digits];
    digits > 0 && is_text(lead.chars().next_back()) && words.ordinals.ending(lead, lead.len()).is_none()
}

/// True for a character of running text.
fn is_text(c: Option<char>) -> bool {
    c.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// True where what follows a number belongs to it: a Chinese character, or %.
fn goes_over(rest: &str) -> bool {
    rest.starts_with(['%', '％', '‰']) || is_text(rest.chars().next())
}

fn leading_digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn trailing_digits(text: &str) -> usize {
    text.bytes().rev().take_while(u8::is_ascii_digit).count()
}
