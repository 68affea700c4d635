//! Tables in plain text: rows of a head and numbers, with a unit line above (`单位：万元`) and heads over the columns.
//!
//! `财政总收入 | 68,907 | 17.9` under `指标名称 | 1—8月 | 同比±%` and `单位：万元、%` gives two cells: 68,907 万元, and 17.9 %.

use crate::Span;
use crate::dict::{Cues, Kind, Units};
use crate::segment::{Line, LineKind};
use crate::tag::units::unit_at;
use crate::tag::{Form, Numeral, Quantity, TimeRef, UnitExpr};

/// A number in a table with the words that belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The number as a quantity: its place and unit.
    pub number: Span,
    /// The head of its row, without brackets.
    pub row: Span,
    /// The head of its column, where there is one.
    pub column: Option<Span>,
    /// The number of the time in the column's head, or in another column's where this one has none.
    pub time: Option<usize>,
    /// True for a column of growth rates.
    pub growth: bool,
    /// The unit, and the factor that its multiplier stands for.
    unit: UnitExpr,
    scale: rust_decimal::Decimal,
    amount: crate::tag::Amount,
}

impl Cell {
    /// The quantity of the cell.
    pub fn quantity(&self, units: &Units) -> Option<Quantity> {
        let amount = self.amount.map(|v| v.checked_mul(self.scale))?;
        Some(Quantity { span: self.number, amount, unit: self.unit, kind: self.unit.kind(units) })
    }
}

/// The cells of all tables of `text`, in order.
pub fn tables(text: &str, lines: &[Line], numerals: &[Numeral], times: &[TimeRef], units: &Units, cues: &Cues) -> Vec<Cell> {
    let mut cells = Vec::new();
    let body: Vec<Span> = lines.iter().filter(|line| line.kind != LineKind::Furniture && !line.span.is_empty()).map(|line| line.span).collect();
    let mut header: Option<Vec<Span>> = None;
    let mut unit_line: Option<Span> = None;
    let mut since_unit = 0;
    for (i, &line) in body.iter().enumerate() {
        since_unit += 1;
        if since_unit > 40 {
            unit_line = None;
        }
        if cues.unit_line.occurs(&text[line]) {
            // 单位：万元 币种：人民币
            let units = text[line].find("币种").filter(|at| *at > 0).map_or(line.len(), |at| at);
            unit_line = Some(Span::new(line.start(), line.start() + units));
            since_unit = 0;
        }
        let parts = split(text, line, numerals);
        let data = parts.len() > 1 && parts.iter().skip(1).any(|part| number(text, *part, numerals).is_some());
        let plain = parts.first().is_some_and(|head| is_head(text, *head));
        let barred = text[line].contains(['|', '｜', '\t']);
        // without bars, a row counts only beside another row or under a unit line
        let sure = barred
            || unit_line.is_some_and(|unit| since_unit <= 12 && unit.start() != line.start())
            || i > 0 && body.get(i - 1).is_some_and(|above| split(text, *above, numerals).len() == parts.len());
        if !(data && plain && sure) {
            if parts.len() > 1 && !data {
                header = Some(parts);
            } else if !data {
                header = None;
            }
            continue;
        }
        // between bars the last cells of a row may be empty
        let heads = header.as_ref().filter(|heads| heads.len() == parts.len() || barred && heads.len() > parts.len());
        row(text, &parts, heads, unit_line, numerals, times, units, &mut cells);
    }
    cells
}

/// The cells of a line: between bars or tabs, else the words up to the first number and then the numbers.
fn split(text: &str, line: Span, numerals: &[Numeral]) -> Vec<Span> {
    let words = &text[line];
    let cut: &[char] = if words.contains(['|', '｜']) {
        &['|', '｜']
    } else if words.contains('\t') {
        &['\t']
    } else {
        &[' ']
    };
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in words.char_indices().filter(|(_, c)| cut.contains(c)).chain(std::iter::once((words.len(), ' '))) {
        let raw = &words[start..at];
        let lead = raw.len() - raw.trim_start().len();
        let span = Span::new(line.start() + start + lead, line.start() + start + lead + raw.trim().len());
        // an empty cell between two bars keeps its place
        if !span.is_empty() || cut != [' '] && !parts.is_empty() && at < words.len() {
            parts.push(span);
        }
        start = (at + c.len_utf8()).min(words.len());
    }
    if cut == [' '] {
        let first = parts.iter().position(|part| number(text, *part, numerals).is_some());
        match first {
            Some(first) if first > 0 && parts.iter().skip(first).all(|part| number(text, *part, numerals).is_some()) => {
                let head = parts.iter().take(first).copied().reduce(Span::join);
                return head.into_iter().chain(parts.into_iter().skip(first)).collect();
            }
            _ => return Vec::new(),
        }
    }
    parts
}

/// The numeral that fills a cell (a percent sign may follow).
fn number<'n>(text: &str, cell: Span, numerals: &'n [Numeral]) -> Option<&'n Numeral> {
    let index = numerals.binary_search_by_key(&cell.start(), |n| n.span.start()).ok()?;
    let numeral = numerals.get(index).filter(|n| n.form == Form::Arabic)?;
    matches!(text.get(numeral.span.end()..cell.end())?, "" | "%").then_some(numeral)
}

/// Words that may stand at the head of a row: a short noun phrase without sentence marks.
fn is_head(text: &str, cell: Span) -> bool {
    let words = &text[cell];
    let count = words.chars().count();
    (2..=30).contains(&count)
        && !words.contains(['。', '，', '；', '！', '？'])
        && words.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
        && !words.starts_with(|c: char| c.is_ascii_digit())
}

#[allow(clippy::too_many_arguments, reason = "the layers that a row is read against")]
fn row(
    text: &str,
    parts: &[Span],
    heads: Option<&Vec<Span>>,
    unit_line: Option<Span>,
    numerals: &[Numeral],
    times: &[TimeRef],
    units: &Units,
    cells: &mut Vec<Cell>,
) {
    let Some(&head) = parts.first() else { return };
    let own = bracket(text, head).and_then(|inside| unit_in(text, inside, numerals, units));
    let common = unit_line.map(|line| units_in(text, line, numerals, units)).unwrap_or_default();
    let time_of = |span: Span| times.iter().position(|t| span.contains(t.span));
    let shared = heads.and_then(|heads| heads.iter().skip(1).find_map(|head| time_of(*head)));
    for (column, part) in parts.iter().enumerate().skip(1) {
        let Some(numeral) = number(text, *part, numerals) else { continue };
        let over = heads.and_then(|heads| heads.get(column)).copied();
        let spelled = over.map(|span| &text[span]).unwrap_or_default();
        let growth = spelled.contains(['±', '增', '降']) || spelled.contains("同比") || spelled.contains("环比");
        let share = growth || text[*part].ends_with('%') || spelled.contains('%');
        // without heads the second of two numbers under 万元、% is the percentage
        let bare_growth = heads.is_none() && column > 1 && common.iter().any(|(_, unit)| unit.kind(units) == Kind::Percent);
        let percent = (rust_decimal::Decimal::ONE, UnitExpr::plain(units.percent()));
        let by_column = over.and_then(|span| bracket(text, span)).and_then(|inside| unit_in(text, inside, numerals, units));
        let value_unit = own.or(by_column).or_else(|| common.iter().find(|(_, unit)| unit.kind(units) != Kind::Percent).copied());
        let (scale, unit) = if share || bare_growth { percent } else { value_unit.unwrap_or((rust_decimal::Decimal::ONE, UnitExpr::plain(units.no_unit()))) };
        if unit.unit == units.no_unit() && unit_line.is_none() && heads.is_none() {
            continue;
        }
        let time = over.and_then(time_of).or(shared);
        cells.push(Cell {
            number: numeral.span,
            row: without_bracket(text, head),
            column: over,
            time,
            growth: growth || bare_growth,
            unit,
            scale,
            amount: numeral.amount,
        });
    }
}

/// What stands in the brackets at the end of a head: 城镇新增就业（人）.
fn bracket(text: &str, head: Span) -> Option<Span> {
    let words = &text[head];
    let open = words.rfind(['（', '('])?;
    let close = words.rfind(['）', ')'])?;
    let start = open + words[open..].chars().next().map_or(1, char::len_utf8);
    (start < close).then(|| Span::new(head.start() + start, head.start() + close))
}

fn without_bracket(text: &str, head: Span) -> Span {
    let words = &text[head];
    let end = words.find(['（', '(']).filter(|at| *at > 0).unwrap_or(words.len());
    let lead = ["其中：", "其中:", "其中", "#", "＃", "一、", "二、", "三、", "四、", "五、", "六、", "1.", "2.", "3."]
        .into_iter()
        .find(|lead| words.starts_with(lead))
        .map_or(0, str::len);
    let start = lead.min(end);
    let trimmed = words[start..end].trim();
    let from = start + (words[start..end].len() - words[start..end].trim_start().len());
    Span::new(head.start() + from, head.start() + from + trimmed.len())
}

/// The unit that stands alone in a stretch: 万元 is 元 with ten thousand.
fn unit_in(text: &str, span: Span, numerals: &[Numeral], units: &Units) -> Option<(rust_decimal::Decimal, UnitExpr)> {
    units_in(text, span, numerals, units).into_iter().next()
}

/// The units that a stretch names, in order: 单位：万元、% gives ten thousand 元 and %.
fn units_in(text: &str, span: Span, numerals: &[Numeral], units: &Units) -> Vec<(rust_decimal::Decimal, UnitExpr)> {
    let mut found = Vec::new();
    let words = &text[span];
    let begin = words.rfind(['：', ':']).map_or(0, |at| at + words[at..].chars().next().map_or(1, char::len_utf8));
    let mut at = span.start() + begin;
    while at < span.end() {
        let scale = numerals.iter().find(|n| n.span.start() == at && n.form == Form::Scale);
        let (from, factor) = match scale {
            Some(numeral) => (numeral.span.end(), numeral.amount.low().unwrap_or(rust_decimal::Decimal::ONE)),
            None => (at, rust_decimal::Decimal::ONE),
        };
        if text[from..span.end()].starts_with('%') {
            found.push((factor, UnitExpr::plain(units.percent())));
            at = from + 1;
        } else if let Some((end, unit)) = unit_at(text, from, units).filter(|(end, _)| *end <= span.end()) {
            found.push((factor, unit));
            at = end;
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}
