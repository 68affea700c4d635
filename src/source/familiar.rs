//! Which characters Chinese texts are made of: those of the first level of GB2312 or of Big5, which both put the characters in
//! daily use first, and Chinese punctuation. ASCII says nothing either way.

use std::sync::OnceLock;

use encoding_rs::{BIG5, Encoding, GB18030};

/// Whether a character is one that Chinese texts are made of; none where it says nothing.
pub(super) fn familiar(c: char) -> Option<bool> {
    match c {
        '\t' | '\n' | '\r' | ' '..='~' => None,
        '\u{a0}'..='\u{d7ff}' if !('\u{3400}'..='\u{9fff}').contains(&c) => match c {
            '\u{3000}'..='\u{303f}' | '“' | '”' | '‘' | '’' | '…' | '—' | '·' => Some(true),
            // symbols that occur in good texts: ± × ° Ⅱ ① ㎡ ℃
            '\u{a0}'..='\u{ff}' | '\u{2000}'..='\u{2fff}' | '\u{3200}'..='\u{33ff}' => None,
            _ => Some(false),
        },
        '\u{ff00}'..='\u{ffef}' => Some(true),
        _ => Some(first_level(c)),
    }
}

/// True for the characters in daily use that GB2312 and Big5 put first.
fn first_level(c: char) -> bool {
    static LEVEL: OnceLock<Vec<u64>> = OnceLock::new();
    LEVEL.get_or_init(level).get(c as usize / 64).is_some_and(|word| word & (1 << (c as usize % 64)) != 0)
}

/// One bit for each character of the basic plane.
fn level() -> Vec<u64> {
    let high: Vec<u8> = (0xa1..=0xfe).collect();
    let low: Vec<u8> = (0x40..=0x7e).collect();
    let mut level = vec![0; (1 << 16) / 64];
    let mut add = |encoding: &'static Encoding, leads: std::ops::RangeInclusive<u8>, trails: &[u8]| {
        for lead in leads {
            let bytes: Vec<u8> = trails.iter().flat_map(|trail| [lead, *trail]).collect();
            // what is no character is replaced, and what comes after it still stands
            let (text, _) = encoding.decode_without_bom_handling(&bytes);
            for c in text.chars().filter(|c| ('\u{3400}'..='\u{9fff}').contains(c)) {
                if let Some(word) = level.get_mut(c as usize / 64) {
                    *word |= 1 << (c as usize % 64);
                }
            }
        }
    };
    add(GB18030, 0xb0..=0xd7, &high);
    add(BIG5, 0xa4..=0xc6, &[low, high.clone()].concat());
    level
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_characters_are_those_that_stand_alone() {
        let level = level();
        let mut alone = 0;
        for (encoding, leads) in [(GB18030, 0xb0..=0xd7_u8), (BIG5, 0xa4..=0xc6)] {
            for bytes in leads.flat_map(|lead| (0x40..=0xfe_u8).map(move |trail| [lead, trail])).filter(|[_, trail]| encoding == BIG5 || *trail > 0xa0) {
                let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes).unwrap_or_default();
                for c in text.chars().filter(|c| ('\u{3400}'..='\u{9fff}').contains(c)) {
                    assert!(first_level(c), "{c}");
                    alone += 1;
                }
            }
        }
        let all: u32 = level.iter().map(|word| word.count_ones()).sum();
        // many stand in both
        assert!(alone > 9000 && (alone / 2..alone).contains(&all), "{all} of {alone}");
    }
}
