//! What folding knows: traditional characters, the spelling of pinyin, and words around mess.

use std::collections::HashMap;

use super::table::{Reader, Row};
use super::words::Words;

/// What folding knows.
#[derive(Debug, Default)]
pub struct Folding {
    simplified: HashMap<char, char>,
    // one bit for each character of the basic plane: most characters of most articles are not in the table
    traditional: Vec<u64>,
    /// Syllables of pinyin, without their tones; ü stands as itself.
    pub syllables: Words<()>,
    /// What may stand before pinyin in brackets: 音, 读作.
    pub labels: Words<()>,
    /// What ends with one of these before a number is counted off: 表, 第.
    pub ordinals: Words<()>,
    /// What texts turn into when they are read in a wrong encoding and written again: 锟斤拷.
    pub broken: Words<()>,
}

/// How many characters the basic plane has.
const PLANE: usize = 1 << 16;

impl Folding {
    pub(super) fn read(reader: &mut Reader<'_>) -> Folding {
        let mut folding = Folding { traditional: vec![0; PLANE / 64], ..Folding::default() };
        for row in reader.rows("traditional.tsv", &["traditional", "simplified"]) {
            let (Some(from), Some(to)) = (single(&row, 0), single(&row, 1)) else {
                reader.fail(&row, "one Chinese character in each cell", &format!("`{}` and `{}`", row.cell(0), row.cell(1)));
                continue;
            };
            if let Some(word) = folding.traditional.get_mut(from as usize / 64) {
                *word |= 1 << (from as usize % 64);
            }
            folding.simplified.insert(from, to);
        }
        for row in reader.rows("folding.tsv", &["text", "kind", "example"]) {
            let words = match row.cell(1) {
                "syllable" => &mut folding.syllables,
                "label" => &mut folding.labels,
                "ordinal" => &mut folding.ordinals,
                "broken" => &mut folding.broken,
                other => {
                    reader.fail(&row, "syllable, label, ordinal or broken", &format!("`{other}`"));
                    continue;
                }
            };
            for word in row.names(0) {
                words.add(word, ());
            }
        }
        folding
    }

    /// True for a traditional character that has a simplified one.
    pub fn is_traditional(&self, c: char) -> bool {
        self.traditional.get(c as usize / 64).is_some_and(|word| word & (1 << (c as usize % 64)) != 0)
    }

    /// The simplified character for a traditional one; any other character as it is.
    pub fn simplified(&self, c: char) -> char {
        if self.is_traditional(c) { self.simplified.get(&c).copied().unwrap_or(c) } else { c }
    }
}

/// The character that a cell holds, where it is one, of those that take as many bytes as all others here: folding puts one
/// in place of the other and moves nothing.
fn single(row: &Row<'_>, column: usize) -> Option<char> {
    let mut chars = row.cell(column).chars();
    chars.next().filter(|c| c.len_utf8() == '一'.len_utf8() && chars.next().is_none())
}
