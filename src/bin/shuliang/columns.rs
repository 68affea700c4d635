//! Cells under each other on a terminal, where a Chinese character is two columns wide.

use unicode_segmentation::UnicodeSegmentation;

/// The lines of a small table: cells padded to the widest of their column, two blanks between them.
pub fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widths: Vec<usize> = (0..columns).map(|i| rows.iter().filter_map(|row| row.get(i)).map(|cell| width(cell)).max().unwrap_or_default()).collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, &width)| padded(cell, width)).collect();
        cells.join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

/// A cell with blanks after it up to `to` columns.
pub fn padded(cell: &str, to: usize) -> String {
    format!("{cell}{}", " ".repeat(to.saturating_sub(width(cell))))
}

/// How many columns a text takes on a terminal.
fn width(text: &str) -> usize {
    let heads = text.graphemes(true).filter_map(|grapheme| grapheme.chars().next());
    heads.map(|c| if c >= '\u{1100}' && !('\u{2010}'..='\u{2027}').contains(&c) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_wide() {
        let rows = [vec!["项".to_owned(), "1".to_owned()], vec!["km".to_owned(), "2".to_owned()], vec!["m".to_owned()]];
        assert_eq!(aligned(&rows), ["项  1", "km  2", "m"]);
    }
}
