//! Page furniture: the words by which a line is known to be navigation, buttons, bylines, contacts or disclaimers.

use super::table::Reader;
use super::words::Words;

/// The words of page furniture, by what they say about the line that they stand in.
#[derive(Debug, Default)]
pub struct Furniture {
    /// Buttons and links: a line of nothing but such words is furniture.
    pub whole: Words<()>,
    /// Words with a number before or after them: 条评论, 阅读.
    pub counters: Words<()>,
    /// Labels with a value after them: 来源, 责任编辑.
    pub starts: Words<()>,
    /// Labels whose whole line is furniture: 联系人, 您的位置.
    pub line_labels: Words<()>,
    /// A line that begins with one is furniture, with or without a colon after it: 免责声明, 点击查看原文.
    pub notices: Words<()>,
    /// A line that holds one is furniture: 版权所有.
    pub contained: Words<()>,
    /// Headings whose short lines follow them: 相关阅读.
    pub headings: Words<()>,
    /// What datelines begin with: 新华社.
    pub agencies: Words<()>,
    /// What names in bylines begin with.
    pub surnames: Words<()>,
}

impl Furniture {
    pub(super) fn read(reader: &mut Reader<'_>) -> Furniture {
        let mut furniture = Furniture::default();
        for row in reader.rows("furniture.tsv", &["text", "kind", "example"]) {
            let words = match row.cell(1) {
                "whole" => &mut furniture.whole,
                "counter" => &mut furniture.counters,
                "start" => &mut furniture.starts,
                "line" => &mut furniture.line_labels,
                "notice" => &mut furniture.notices,
                "contain" => &mut furniture.contained,
                "after" => &mut furniture.headings,
                "agency" => &mut furniture.agencies,
                "surname" => &mut furniture.surnames,
                other => {
                    reader.fail(&row, "whole, counter, start, line, notice, contain, after, agency or surname", &format!("`{other}`"));
                    continue;
                }
            };
            for word in row.names(0) {
                words.add(word, ());
            }
        }
        furniture
    }
}
