//! Pinyin in brackets behind a character: `项(xiàng)目`, `鄄（juàn）城县`, `重庆(chong2qing4)市`, `郴(读音：chēn)州市`.
//!
//! Only what is spelled of syllables and bears a tone. Refused: `二期(PPP)`, `10公里(km)`, `5公顷(ha)`, `项目(xmu)`.

use unicode_normalization::UnicodeNormalization;

use crate::dict::{Folding, Words};

/// The longest pinyin that is looked for, in bytes.
const LONGEST: usize = 60;

/// The length in bytes of the brackets that `text` begins with, where they hold pinyin and nothing else.
pub(super) fn bracketed(text: &str, words: &Folding) -> Option<usize> {
    let inside = text.strip_prefix(['(', '（'])?;
    let (end, close) = inside.char_indices().take_while(|(at, _)| *at <= LONGEST).find(|(_, c)| matches!(c, ')' | '）'))?;
    let content = inside[..end].trim();
    let content = match words.labels.longest(content, 0) {
        Some((length, ())) => content[length..].trim_start_matches([':', '：', ' ']),
        None => content,
    };
    is_pinyin(content, &words.syllables).then_some(text.len() - inside.len() + end + close.len_utf8())
}

/// True where `content` is made of syllables, and one at least bears a tone.
fn is_pinyin(content: &str, syllables: &Words<()>) -> bool {
    let (mut tones, mut spelled) = (0, String::new());
    let mut parts = Vec::new();
    // a marked letter in its parts: the letter, then its marks
    for c in content.nfd().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' => spelled.push(c),
            // letters of their own in printed pinyin
            'ɑ' => spelled.push('a'),
            'ɡ' => spelled.push('g'),
            '\u{308}' if spelled.ends_with('u') => {
                spelled.pop();
                spelled.push('ü');
            }
            '\u{304}' | '\u{301}' | '\u{30c}' | '\u{300}' | '\u{306}' if !spelled.is_empty() => tones += 1,
            '1'..='5' if !spelled.is_empty() => {
                tones += 1;
                parts.push(std::mem::take(&mut spelled));
            }
            ' ' | '\u{a0}' | '\'' | '’' | '-' | '·' => parts.push(std::mem::take(&mut spelled)),
            _ => return false,
        }
    }
    parts.push(spelled);
    parts.retain(|part| !part.is_empty());
    tones > 0 && !parts.is_empty() && parts.iter().all(|part| is_spelled(&part.replace('v', "ü"), syllables))
}

/// True where `part` is one syllable after the other.
fn is_spelled(part: &str, syllables: &Words<()>) -> bool {
    // which places can be reached by whole syllables
    let mut reached = vec![false; part.len() + 1];
    reached[0] = true;
    for at in 0..part.len() {
        if reached[at] {
            syllables.beginning(part, at).for_each(|(length, ())| reached[at + length] = true);
        }
    }
    reached[part.len()]
}
