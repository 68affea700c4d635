//! Folding: one form for reading, with the way back to the text as published.
//!
//! | published | read |
//! | --- | --- |
//! | `８６．５％` `𝟖𝟔` `ＧＤＰ` | `86.5%` `86` `GDP` |
//! | `項(xiàng)目` | `项目` ([`pinyin`]) |
//! | `全省經濟` | `全省经济` ([`script`]) |
//! | `12 345.6亿元`, not `1 2 3` | `12345.6亿元` ([`blanks`]) |
//! | `&nbsp;` `&#x4E00;` `\u4e00` | the character ([`escapes`]) |
//! | soft hyphens, zero-width characters, marks over a digit or a Chinese character | nothing |
//! | `，，` `。。` | `，` `。` |
//!
//! Other Chinese punctuation stays: it cuts sentences.

mod blanks;
mod escapes;
mod pinyin;
mod script;

use unicode_normalization::char::decompose_compatible;

use crate::article::{Folded, OffsetMap};
use crate::dict::{Dict, Folding};

/// The text as the stages read it.
pub fn fold(raw: &str, dict: &Dict) -> Folded {
    let mut fold =
        Fold { raw, words: &dict.folding, text: String::with_capacity(raw.len()), map: OffsetMap::default(), copied: 0, count: script::Count::default() };
    let mut before = '\n';
    let mut next = 0;
    for (at, c) in raw.char_indices() {
        if at < next {
            continue;
        }
        if is_plain(c) {
            before = c;
            continue;
        }
        if is_han(c) {
            fold.count.add(c, fold.words);
            before = c;
            continue;
        }
        next = fold.special(at, c, before);
        before = c;
    }
    fold.copy_to(raw.len());
    Folded { text: script::simplify(fold.text, fold.count, &dict.folding), map: fold.map }
}

/// Characters that stay as they are wherever they stand.
fn is_plain(c: char) -> bool {
    match c {
        '!'..='~' => !matches!(c, '&' | '\\' | '('),
        '\n' | '\r' | '\t' | '“' | '”' | '《' | '》' | '）' | '！' | '？' => true,
        _ => false,
    }
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The work under way: `raw` is copied in long runs, and only what is read as something else is looked at one by one.
struct Fold<'a> {
    raw: &'a str,
    words: &'a Folding,
    text: String,
    map: OffsetMap,
    /// Up to where `raw` is in `text`.
    copied: usize,
    count: script::Count,
}

impl Fold<'_> {
    /// Reads the character `c` at `at`, which may not be plain; gives the place where reading goes on.
    fn special(&mut self, at: usize, c: char, before: char) -> usize {
        let rest = &self.raw[at..];
        let one = at + c.len_utf8();
        let escape = match c {
            '&' => escapes::entity(rest),
            '\\' => escapes::backslash(rest),
            '(' | '（' if is_han(before) => pinyin::bracketed(rest, self.words).map(|length| (length, String::new())),
            ' ' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' if blanks::inside_number(self.raw, at, c, self.words) => Some((c.len_utf8(), String::new())),
            '，' | '。' | '、' | '；' | '：' if c == before && !self.raw[one..].starts_with(c) && !ends_with_three(&self.raw[..one], c) => {
                Some((one - at, String::new()))
            }
            _ => None,
        };
        if let Some((length, read)) = escape {
            self.read_as(at, length, &read);
            return at + length;
        }
        match fold_char(c, before) {
            Some(plain) if plain == c => {}
            Some(plain) => self.read_as(at, c.len_utf8(), plain.encode_utf8(&mut [0; 4])),
            None => self.read_as(at, c.len_utf8(), ""),
        }
        one
    }

    /// Puts `read`, folded itself, in place of `length` bytes at `at`.
    fn read_as(&mut self, at: usize, length: usize, read: &str) {
        self.copy_to(at);
        for c in read.chars() {
            if is_han(c) {
                self.count.add(c, self.words);
            }
            if let Some(c) = fold_char(c, self.text.chars().next_back().unwrap_or('\n')) {
                self.map.read_as_one(self.text.len(), at, length);
                self.text.push(c);
            }
        }
        self.copied = at + length;
    }

    /// Copies what was not copied yet, up to `end`.
    fn copy_to(&mut self, end: usize) {
        if self.copied < end {
            self.map.copied(self.text.len(), self.copied);
            self.text.push_str(&self.raw[self.copied..end]);
            self.copied = end;
        }
    }
}

/// 。。。 is an ellipsis.
fn ends_with_three(text: &str, c: char) -> bool {
    text.chars().rev().take(3).filter(|last| *last == c).count() == 3
}

/// What a character alone is read as, behind `before`; none for one that nobody sees.
fn fold_char(c: char, before: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | ' '..='~' => Some(c),
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        // control characters, soft hyphen, zero-width characters, byte order mark, direction and variation marks
        '\u{0}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => None,
        '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' => None,
        // accents belong to letters; over digits and Chinese characters they only underline or strike out
        '\u{300}'..='\u{36f}' if !before.is_alphabetic() || before >= '\u{2e80}' => None,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(' '),
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '＋' | '－' | '．' | '／' | '＝' | '＜' | '＞' | '＄' | '＊' | '＃' | '＆' | '＠' | '＿' => {
            char::from_u32(c as u32 - 0xfee0)
        }
        '￥' => Some('¥'),
        '￡' => Some('£'),
        '−' | '﹣' => Some('-'),
        '﹪' => Some('%'),
        '﹒' => Some('.'),
        // what PDF files hold instead of characters: radicals, compatibility forms; digits of mathematics; half-width marks
        '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' | '\u{1d7ce}'..='\u{1d7ff}' | '｡'..='､' => Some(compatible(c)),
        _ => Some(c),
    }
}

/// The character that Unicode gives as the same for reading.
fn compatible(c: char) -> char {
    let (mut same, mut count) = (c, 0);
    decompose_compatible(c, |part| {
        same = part;
        count += 1;
    });
    if count == 1 { same } else { c }
}

#[cfg(test)]
mod tests;
