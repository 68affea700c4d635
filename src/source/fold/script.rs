//! Traditional script, read as simplified.
//!
//! An article in which one Chinese character in [`SHARE`] or more is a traditional one is written in traditional script:
//! OpenCC's conversion reads it by phrases (乾淨 as 干净, 乾隆 as 乾隆), the variants of Hong Kong and Taiwan (衞, 裡) included.
//! Words stay the writer's own (軟體 is read as 软体). In any other article, a traditional character is a name or a quotation
//! and is read by `dict/traditional.tsv`, which leaves out all characters that simplified texts use as they stand (乾 著 於).
//!
//! Both put one character in place of one of the same length, so that no place moves.

use std::sync::OnceLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

use crate::dict::Folding;

/// Traditional texts have about one traditional character in three.
const SHARE: usize = 10;

/// How many Chinese characters there are, and how many traditional ones.
#[derive(Debug, Default)]
pub(super) struct Count {
    han: usize,
    traditional: usize,
}

impl Count {
    /// Counts the Chinese character `c`.
    pub(super) fn add(&mut self, c: char, words: &Folding) {
        self.han += 1;
        self.traditional += usize::from(words.is_traditional(c));
    }
}

/// The text in simplified characters.
pub(super) fn simplify(text: String, count: Count, words: &Folding) -> String {
    if count.traditional == 0 {
        return text;
    }
    let converted = converter().filter(|_| count.traditional * SHARE >= count.han).map(|converter| converter.convert(&text));
    match converted {
        Some(converted) if converted.chars().count() == text.chars().count() => {
            let pairs = text.chars().zip(converted.chars());
            // rare characters beyond the basic plane are longer
            pairs.map(|(c, simple)| if c == simple || c.len_utf8() != simple.len_utf8() { words.simplified(c) } else { simple }).collect()
        }
        _ => text.chars().map(|c| words.simplified(c)).collect(),
    }
}

fn converter() -> Option<&'static OpenCC> {
    static CONVERTER: OnceLock<Option<OpenCC>> = OnceLock::new();
    CONVERTER.get_or_init(|| OpenCC::from_config(BuiltinConfig::Hk2s).ok()).as_ref()
}
