//! Folding: one form for reading, character by character, with the way back kept.
//!
//! Digits and letters in full width are narrowed (`８６．５` → `86.5`), traditional characters are simplified, blanks
//! are plain, and characters that nobody sees are dropped. Chinese punctuation stays: it cuts sentences.

use std::collections::HashMap;

use crate::article::{Folded, OffsetMap};
use crate::dict::Dict;

/// The text as the stages read it.
pub fn fold(raw: &str, dict: &Dict) -> Folded {
    let mut folded = Folded { text: String::with_capacity(raw.len()), map: OffsetMap::default() };
    for (at, c) in raw.char_indices() {
        if let Some(plain) = fold_char(c, &dict.traditional) {
            folded.map.push(folded.text.len(), at);
            folded.text.push(plain);
        }
    }
    folded
}

fn fold_char(c: char, traditional: &HashMap<char, char>) -> Option<char> {
    match c {
        '\u{0}'..='\u{7f}' => Some(c),
        // soft hyphen, zero-width characters, byte order mark, direction marks
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => None,
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => Some(' '),
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '＋' | '－' | '．' | '／' | '＝' | '＜' | '＞' | '＄' | '＊' => {
            char::from_u32(c as u32 - 0xfee0)
        }
        '￥' => Some('¥'),
        '￡' => Some('£'),
        '−' | '﹣' => Some('-'),
        '﹪' => Some('%'),
        '﹒' => Some('.'),
        _ => Some(traditional.get(&c).copied().unwrap_or(c)),
    }
}
