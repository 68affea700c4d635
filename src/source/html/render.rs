//! The blocks of a page as lines: paragraphs, headings, list items and rows of tables each stand in a line of their own.

use dom_query::NodeRef;

use super::parse::name;
use crate::source::grid::{self, GridCell};

/// What is never read.
const HIDDEN: &[&str] = &[
    "script", "style", "noscript", "template", "head", "title", "svg", "math", "iframe", "object", "embed", "canvas", "audio", "video", "button", "select",
    "textarea", "input", "rt", "rp", "map", "dialog", "noframes",
];
/// What begins and ends a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
/// How many characters a cell of a table of figures may have; a longer one holds prose.
const LONGEST_CELL: usize = 200;

/// A line break that stands in the text itself, where `br` would be lost.
pub(super) const LINE_BREAK: char = '\u{2028}';

/// The text of a node, one block a line.
pub(super) fn text(node: &NodeRef<'_>) -> String {
    let mut lines = Lines::default();
    lines.walk(node);
    lines.end();
    lines.text
}

/// Lines under way.
#[derive(Default)]
struct Lines {
    text: String,
    line: String,
    /// A blank that shows only if something follows it in its line; true where it was a line break of the source.
    blank: Option<bool>,
}

impl Lines {
    fn walk(&mut self, node: &NodeRef<'_>) {
        if node.is_text() {
            self.words(&node.text());
            return;
        }
        let Some(name) = name(node) else {
            // the document itself
            node.children_it(false).for_each(|child| self.walk(&child));
            return;
        };
        if HIDDEN.contains(&name.as_str()) || is_hidden(node) {
            return;
        }
        match name.as_str() {
            "br" => self.end(),
            "table" => self.table(node),
            "pre" => {
                self.end();
                for line in node.text().lines() {
                    self.words(line);
                    self.end();
                }
            }
            "sup" => self.raised(node),
            _ => {
                let block = BLOCKS.contains(&name.as_str());
                if block {
                    self.end();
                }
                node.children_it(false).for_each(|child| self.walk(&child));
                if block {
                    self.end();
                }
            }
        }
    }

    /// m<sup>2</sup> is m²; a raised number in brackets is a note's.
    fn raised(&mut self, node: &NodeRef<'_>) {
        let words = node.text();
        match words.trim() {
            "2" if self.line.ends_with(|c: char| c.is_ascii_alphabetic()) => self.words("²"),
            "3" if self.line.ends_with(|c: char| c.is_ascii_alphabetic()) => self.words("³"),
            note if note.starts_with('[') && note.ends_with(']') => {}
            _ => node.children_it(false).for_each(|child| self.walk(&child)),
        }
    }

    fn table(&mut self, table: &NodeRef<'_>) {
        self.end();
        match rows(table) {
            Some(rows) => {
                for line in grid::lines(rows) {
                    self.line = line;
                    self.end();
                }
            }
            None => table.children_it(false).for_each(|child| self.walk(&child)),
        }
        self.end();
    }

    /// Adds words, each stretch of white space one blank. A line break between two Chinese characters is none.
    fn words(&mut self, words: &str) {
        for c in words.chars() {
            if c == LINE_BREAK {
                self.end();
                continue;
            }
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                self.blank = Some(self.blank.unwrap_or(false) || matches!(c, '\n' | '\r'));
                continue;
            }
            if let Some(broken) = self.blank.take()
                && !self.line.is_empty()
                && !(broken && is_wide(c) && self.line.ends_with(is_wide))
            {
                self.line.push(' ');
            }
            self.line.push(c);
        }
    }

    fn end(&mut self) {
        self.blank = None;
        let line = self.line.trim_end();
        // a line of bars may begin with an empty cell
        let line = if line.contains(" | ") { self.line.trim_end_matches('\n') } else { line.trim_start() };
        if !line.is_empty() {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.text.push_str(line);
        }
        self.line.clear();
    }
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    let style = node.attr("style").map(|style| style.to_ascii_lowercase().replace(' ', ""));
    node.has_attr("hidden") || style.is_some_and(|style| style.contains("display:none"))
}

/// The cells of a table of figures or words; none for one that only lays out the page: another table stands in it, it
/// has one column, or its cells hold prose.
fn rows(table: &NodeRef<'_>) -> Option<Vec<Vec<GridCell>>> {
    let mut rows = Vec::new();
    for part in table.children_it(false) {
        match name(&part).as_deref() {
            Some("tr") => rows.push(cells(&part)?),
            Some("thead" | "tbody" | "tfoot") => {
                for row in part.children_it(false).filter(|row| row.has_name("tr")) {
                    rows.push(cells(&row)?);
                }
            }
            Some("caption") => {
                rows.push(vec![GridCell::plain(text(&part).replace('\n', " "))]);
            }
            _ => {}
        }
    }
    // two columns and two rows make a table
    let wide = rows.iter().filter(|row| row.len() > 1).count();
    (wide > 1 || wide == 1 && rows.len() > 1).then_some(rows)
}

fn cells(row: &NodeRef<'_>) -> Option<Vec<GridCell>> {
    let mut cells = Vec::new();
    for cell in row.children_it(false).filter(|cell| cell.has_name("td") || cell.has_name("th")) {
        if is_hidden(&cell) {
            continue;
        }
        if cell.descendants_it().any(|inside| inside.has_name("table")) {
            return None;
        }
        let words = text(&cell);
        if words.chars().count() > LONGEST_CELL || words.lines().count() > 3 && words.contains('。') {
            return None;
        }
        let words = words.lines().collect::<Vec<_>>();
        // heads broken over lines are one word: 固定资产 / 投资
        let words = if words.iter().all(|line| line.ends_with(is_wide) || line.starts_with(is_wide)) { words.concat() } else { words.join(" ") };
        let span = |attribute: &str| cell.attr(attribute).and_then(|n| n.trim().parse::<usize>().ok()).unwrap_or(1).max(1);
        cells.push(GridCell { text: words.trim().to_owned(), columns: span("colspan"), rows: span("rowspan"), head: cell.has_name("th") });
    }
    Some(cells)
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;

    fn lines(html: &str) -> Vec<String> {
        super::text(&parse(html).expect("a page").root()).lines().map(str::to_owned).collect()
    }

    #[test]
    fn blocks_stand_apart() {
        let page = "<h2>标题</h2>正文<p>第一\n  段 2023 年<br>第二段<ul><li>甲<li>乙</ul><script>x</script><p style='display: none'>丙<p>丁<sup>[1]</sup>3km<sup>2</sup>";
        assert_eq!(lines(page), ["标题", "正文", "第一段 2023 年", "第二段", "甲", "乙", "丁3km²"]);
    }

    #[test]
    fn a_table_of_figures_is_lines_with_bars() {
        let page = "<table><caption>单位：万元</caption><tr><th>指标<th>1月<tr><td>产<br>值<td>5</table>";
        assert_eq!(lines(page), ["单位：万元", "指标 | 1月", "产值 | 5"]);
    }

    #[test]
    fn a_table_that_lays_out_the_page_is_none() {
        let page = "<table><tr><td><p>甲。</p><p>乙。</p></td><td><table><tr><td>丙<td>丁<tr><td>戊<td>1</table></td></tr></table>";
        assert_eq!(lines(page), ["甲。", "乙。", "丙 | 丁", "戊 | 1"]);
        assert_eq!(lines("<table><tr><td>甲<tr><td>乙</table>"), ["甲", "乙"]);
    }
}
