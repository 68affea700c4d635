//! Page furniture: the words by which a line is known to be navigation, buttons, bylines, contacts or disclaimers.

use super::table::Reader;
use super::words::Words;

/// What a word of `furniture.tsv` says about the line that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FurnitureKind {
    /// The line is nothing but such words: 分享, 打印.
    Whole,
    /// The line begins with it: 责任编辑, 免责声明.
    Start,
    /// The line holds it: 本文来源于网络.
    Contain,
    /// The line begins with it, and the short lines after it belong to it: 相关阅读.
    After,
}

/// The words of page furniture.
#[derive(Debug)]
pub struct Furniture {
    /// All words with what they say.
    pub words: Words<FurnitureKind>,
}

impl Furniture {
    pub(super) fn read(reader: &mut Reader<'_>) -> Furniture {
        let mut words = Words::default();
        for row in reader.rows("furniture.tsv", &["text", "kind", "example"]) {
            let kind = match row.cell(1) {
                "whole" => FurnitureKind::Whole,
                "start" => FurnitureKind::Start,
                "contain" => FurnitureKind::Contain,
                "after" => FurnitureKind::After,
                other => {
                    reader.fail(&row, "whole, start, contain or after", &format!("`{other}`"));
                    continue;
                }
            };
            words.add(row.cell(0), kind);
        }
        words.sort();
        Furniture { words }
    }
}
