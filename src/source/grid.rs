//! Tables of documents as lines of text: `财政总收入 | 68,907 | 17.9` under `指标 | 1—8月 | 增长%`, as the rule for tables reads them.
//!
//! A cell that spans several columns or rows stands in each of them. Heads of more than one row become one line, column by
//! column (`1—8月` over `增长%` gives `1—8月增长%`), so that each figure has all its heads over it. What stands alone in its row
//! above the figures (`单位：万元`) is a line of its own.

/// A cell of a table with how far it reaches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct GridCell {
    /// Its words, in one line.
    pub text: String,
    /// How many columns it spans, at least 1.
    pub columns: usize,
    /// How many rows it spans, at least 1.
    pub rows: usize,
    /// True where the document calls it a head.
    pub head: bool,
}

impl GridCell {
    /// A cell that spans nothing beside itself.
    pub fn plain(text: String) -> GridCell {
        GridCell { text, columns: 1, rows: 1, head: false }
    }
}

/// How many columns a cell may span.
const WIDEST: usize = 64;
/// How long words may be, in bytes, that are said again in each place that they span.
const REPEATED: usize = 120;
/// How many places spans may add to a table.
const ADDED: usize = 20_000;

/// The lines of a table, from its rows of cells.
pub(crate) fn lines(rows: Vec<Vec<GridCell>>) -> Vec<String> {
    let mut grid = spread(rows);
    grid.retain(|row| row.iter().any(|cell| !cell.text.is_empty()));
    let mut lines = Vec::new();
    let mut rest = grid.as_slice();
    // titles and unit lines above the heads
    while let Some((first, below)) = rest.split_first() {
        let Some(alone) = alone(first).filter(|_| !below.is_empty()) else { break };
        lines.push(alone.to_owned());
        rest = below;
    }
    let width = rest.iter().filter(|row| alone(row).is_none()).map(Vec::len).max().unwrap_or_default();
    let heads = heads(rest);
    if heads > 0 {
        lines.push(joined(merged(&rest[..heads], width)));
        rest = &rest[heads..];
    }
    for row in rest {
        // a note that spans the table reads as a line
        let note = alone(row).filter(|words| row.len() > 1 && row.iter().all(|cell| cell.spanned) && words.chars().count() > 30);
        match note {
            Some(words) => lines.push(words.to_owned()),
            None => lines.push(joined((0..width.max(1)).map(|at| row.get(at).filter(|_| !repeats(row, at)).map(|cell| cell.text.clone()).unwrap_or_default()))),
        }
    }
    lines
}

/// A place of the grid.
#[derive(Debug, Clone, Default)]
struct Place {
    text: String,
    /// The document calls it a head.
    head: bool,
    /// Its cell reaches over more than one column.
    spanned: bool,
}

/// Every place with the words of the cell that covers it.
fn spread(rows: Vec<Vec<GridCell>>) -> Vec<Vec<Place>> {
    let mut added = 0;
    let height = rows.len();
    let mut grid: Vec<Vec<Option<Place>>> = vec![Vec::new(); height];
    for (y, row) in rows.into_iter().enumerate() {
        let mut x = 0;
        for cell in row {
            while grid[y].get(x).is_some_and(Option::is_some) {
                x += 1;
            }
            let (mut columns, mut down) = (cell.columns.clamp(1, WIDEST), cell.rows.clamp(1, height - y));
            if added + columns * down > ADDED {
                (columns, down) = (1, 1);
            }
            added += columns * down - 1;
            let place = Place { text: cell.text, head: cell.head, spanned: columns > 1 };
            let again = Place { text: if place.text.len() <= REPEATED { place.text.clone() } else { String::new() }, ..place.clone() };
            for below in grid.iter_mut().skip(y).take(down) {
                for at in x..x + columns {
                    if below.len() <= at {
                        below.resize(at + 1, None);
                    }
                    if let Some(free) = below.get_mut(at).filter(|free| free.is_none()) {
                        *free = Some(again.clone());
                    }
                }
            }
            if let Some(first) = grid.get_mut(y).and_then(|row| row.get_mut(x)) {
                *first = Some(place);
            }
            x += columns;
        }
    }
    grid.into_iter().map(|row| row.into_iter().map(Option::unwrap_or_default).collect()).collect()
}

/// The words of a row that says one thing only.
fn alone(row: &[Place]) -> Option<&str> {
    let mut words = row.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty());
    let first = words.next()?;
    words.all(|other| other == first && row.iter().all(|cell| cell.spanned)).then_some(first)
}

/// True where a place only says again what its left neighbour says, because one cell spans both.
fn repeats(row: &[Place], at: usize) -> bool {
    let Some((left, here)) = at.checked_sub(1).and_then(|left| Some((row.get(left)?, row.get(at)?))) else { return false };
    left.spanned && here.spanned && left.text == here.text
}

/// How many of the first rows are heads: those that the document calls so, and those above the first figure.
fn heads(rows: &[Vec<Place>]) -> usize {
    let figures = |row: &Vec<Place>| row.iter().skip(1).any(|cell| is_figure(&cell.text)) && !are_years(row);
    let first = rows.iter().position(figures);
    let said = rows.iter().take_while(|row| row.iter().all(|cell| cell.head)).count();
    // a heading over some of the rows is no head of columns
    let above = rows.iter().take(first.unwrap_or(said)).take_while(|row| alone(row).is_none()).count();
    if above <= MOST_HEADS { above } else { said.min(MOST_HEADS) }
}

/// More rows than this are no heads.
const MOST_HEADS: usize = 4;

/// `2021 | 2022 | 2023`: years over columns, not figures.
fn are_years(row: &[Place]) -> bool {
    let mut figures = row.iter().skip(1).filter(|cell| is_figure(&cell.text)).peekable();
    figures.peek().is_some() && figures.all(|cell| is_year(&cell.text))
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1949..2100).contains(&year))
}

/// True for a cell that holds a number and nothing else: `68,907`, `-3.2%`, `１２`.
pub(crate) fn is_figure(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['-', '+', '−', '－', '▲', '△', '↑', '↓']).trim_end_matches(['%', '％', '↑', '↓']).trim();
    text.chars().next().is_some_and(is_digit) && text.chars().all(|c| is_digit(c) || matches!(c, ',' | '，' | '.' | '．' | ' ' | '\u{a0}'))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// The heads of each column, from top to bottom, each said once.
fn merged(rows: &[Vec<Place>], width: usize) -> impl Iterator<Item = String> {
    (0..width).map(move |column| {
        let mut head = String::new();
        for cell in rows.iter().filter_map(|row| row.get(column)) {
            let year = if is_year(&cell.text) { "年" } else { "" };
            if !head.contains(cell.text.as_str()) {
                head = format!("{head}{}{year}", cell.text);
            }
        }
        head
    })
}

/// A line of cells. A bar of a cell's own would cut it in two.
fn joined(cells: impl Iterator<Item = String>) -> String {
    cells.map(|cell| cell.replace(['|', '｜'], "/")).collect::<Vec<_>>().join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(rows: &[&[&str]]) -> Vec<Vec<GridCell>> {
        rows.iter().map(|row| row.iter().map(|text| GridCell::plain((*text).to_owned())).collect()).collect()
    }

    #[test]
    fn heads_of_two_rows_become_one() {
        let mut rows = plain(&[&["指标", "1—8月", "8月"], &["绝对值", "增长%", "绝对值", "增长%"], &["财政总收入", "68,907", "17.9", "7,100", "3.1"]]);
        rows[0][0].rows = 2;
        rows[0][1].columns = 2;
        rows[0][2].columns = 2;
        assert_eq!(lines(rows), ["指标 | 1—8月绝对值 | 1—8月增长% | 8月绝对值 | 8月增长%", "财政总收入 | 68,907 | 17.9 | 7,100 | 3.1"]);
    }

    #[test]
    fn what_stands_alone_above_is_a_line() {
        let mut rows = plain(&[&["主要指标"], &["", "", "单位：万元"], &["指标", "1月", "增长%"], &["一、工业", "", ""], &["产值", "5", "6"]]);
        rows[0][0].columns = 3;
        assert_eq!(lines(rows), ["主要指标", "单位：万元", "指标 | 1月 | 增长%", "一、工业 |  | ", "产值 | 5 | 6"]);
    }

    #[test]
    fn years_are_heads_and_empty_places_stay() {
        assert_eq!(lines(plain(&[&["", "2021", "2022"], &["产量", "", "7"]])), [" | 2021年 | 2022年", "产量 |  | 7"]);
    }

    #[test]
    fn rows_that_share_a_head_say_it_each() {
        let mut rows = plain(&[&["地区", "指标", "值"], &["全市", "产值", "5"], &["税收", "6"]]);
        rows[1][0].rows = 2;
        assert_eq!(lines(rows), ["地区 | 指标 | 值", "全市 | 产值 | 5", "全市 | 税收 | 6"]);
    }

    #[test]
    fn a_table_without_figures_has_the_heads_that_it_names() {
        assert_eq!(lines(plain(&[&["甲", "乙"], &["丙", "丁|戊"]])), ["甲 | 乙", "丙 | 丁/戊"]);
        assert_eq!(lines(Vec::new()), Vec::<String>::new());
    }

    #[test]
    fn spans_beyond_all_measure_are_cut() {
        let cell = GridCell { text: "甲".to_owned(), columns: usize::MAX, rows: usize::MAX, head: false };
        let found = lines(vec![vec![cell; 2000]; 200]);
        assert!(found.iter().map(String::len).sum::<usize>() < 4_000_000);
    }
}
