//! Tables in plain text: rows of a head and numbers, with a unit line above (`单位：万元`) and heads over the columns.
//!
//! `财政总收入 | 68,907 | 17.9` under `指标名称 | 1—8月 | 同比±%` and `单位：万元、%` gives two cells: 68,907 万元, and 17.9 %.
//! Columns of row numbers, units and ranks hold no figures; a unit stands in the head of the row, in a column of units, in the
//! head of the column, or in the unit line.

mod heads;
mod units;

use rust_decimal::Decimal;

use crate::Span;
use crate::dict::{Certainty, CuePlaces, CueStart, Cues, Kind, Units};
use crate::segment::{Line, LineKind};
use crate::tag::{Form, Moment, Numeral, Quantity, TimeRef, UnitExpr};
use heads::{Column, Head, Layers, column, without_bracket};
use units::{Scaled, bracket, unit_alone, unit_in, units_in};

pub use heads::Says;

/// A number in a table with the words that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The number with its unit.
    pub quantity: Quantity,
    /// The head of its row, without brackets.
    pub row: Span,
    /// True where the heads say that rows are about somebody: 地区, 企业名称.
    pub row_is_name: bool,
    /// True where the row sums up the others: 合计.
    pub total: bool,
    /// A second name in the row, under 指标: what is measured.
    pub item: Option<Span>,
    /// The words of the column's head that name what is measured.
    pub measure: Option<Span>,
    /// The line above the table.
    pub caption: Option<Span>,
    /// The number of the time in the column's head, or in that of a column before it where this one has none.
    pub time: Option<usize>,
    /// What the figures of the column are.
    pub says: Says,
    /// What a change or a share is of.
    pub basis: Option<Span>,
    /// What the head says of certainty: 计划, 预计.
    pub certainty: Option<Certainty>,
}

/// The tables of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tables {
    /// The figures, in order.
    pub cells: Vec<Cell>,
    /// Numbers in rows that are no figures (row numbers, ranks), in order.
    pub passed: Vec<Span>,
    /// The lines of heads and rows, in order.
    pub lines: Vec<Span>,
}

/// The tables of `text`.
pub fn tables(text: &str, lines: &[Line], numerals: &[Numeral], times: &[TimeRef], units: &Units, cues: &Cues, places: &CuePlaces) -> Tables {
    let mut tables = Tables::default();
    let layers = Layers { text, numerals, times, units, cues };
    let body: Vec<Span> = lines.iter().filter(|line| line.kind != LineKind::Furniture && !line.span.is_empty()).map(|line| line.span).collect();
    let mut over = Over::default();
    let mut heads_line: Option<Span> = None;
    let mut unit_line: Option<Span> = None;
    let mut caption: Option<Span> = None;
    let mut since_unit = 0;
    for (i, &line) in body.iter().enumerate() {
        since_unit += 1;
        if since_unit > 40 {
            unit_line = None;
        }
        let says_unit = places.of(CueStart::UnitLine, line).any(|at| cues.unit_line.longest(&text[..line.end()], at).is_some());
        if says_unit {
            // 单位：万元 币种：人民币
            let units = text[line].find("币种").filter(|at| *at > 0).map_or(line.len(), |at| at);
            unit_line = Some(Span::new(line.start(), line.start() + units));
            since_unit = 0;
        }
        let parts = split(text, line, numerals);
        let data = parts.len() > 1 && parts.iter().skip(1).any(|part| number(text, *part, numerals).is_some());
        let barred = text[line].contains('|') || text[line].contains('｜') || text[line].contains('\t');
        let at = head_of_row(layers, &parts, &over.columns);
        // without bars, a row counts only beside another row or under a unit line
        let sure = || {
            barred
                || unit_line.is_some_and(|unit| since_unit <= 12 && unit.start() != line.start())
                || i > 0 && body.get(i - 1).is_some_and(|above| split(text, *above, numerals).len() == parts.len())
        };
        let Some(at) = at.filter(|_| data && sure()) else {
            if parts.len() > 1 && !data {
                // what stood above the rows before is no caption of these
                caption = caption.filter(|_| tables.lines.last().is_none_or(|row| caption.is_some_and(|caption| caption.start() > row.start())));
                over.columns = parts.iter().map(|part| column(layers, *part)).collect();
                heads_line = Some(line);
            } else if !data {
                over = Over::default();
                heads_line = None;
                if !says_unit {
                    caption = Some(line).filter(|line| line.len() <= CAPTION && !text[*line].contains('。'));
                }
            }
            continue;
        };
        // between bars the last cells of a row may be empty
        let fits = over.columns.len() == parts.len() || barred && over.columns.len() > parts.len();
        tables.lines.extend(heads_line.take_if(|_| fits));
        tables.lines.push(line);
        over.caption = caption.filter(|_| fits);
        let none = Over { caption, ..Over::default() };
        row(layers, (&parts, at), if fits { &over } else { &none }, unit_line, &mut tables);
    }
    tables
}

/// How long the line above a table is at most, in bytes.
const CAPTION: usize = 150;

/// What stands over the rows of a table.
#[derive(Debug, Clone, Default)]
struct Over {
    columns: Vec<Column>,
    caption: Option<Span>,
}

/// The cells of a line: between bars or tabs, else the words up to the first number and then the numbers.
fn split(text: &str, line: Span, numerals: &[Numeral]) -> Vec<Span> {
    let words = &text[line];
    let cut: &[char] = if words.contains('|') || words.contains('｜') {
        &['|', '｜']
    } else if words.contains('\t') {
        &['\t']
    } else if words.contains(' ') {
        &[' ']
    } else {
        return Vec::new();
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

/// Which cell is the head of a row: the first, or the one after its number (`3 | 粮食产量 | …` under 序号).
fn head_of_row(layers: Layers<'_>, parts: &[Span], columns: &[Column]) -> Option<usize> {
    let numbered = matches!(columns.first(), Some(Column::Number));
    let at = usize::from(numbered && parts.first().is_some_and(|part| part.is_empty() || number(layers.text, *part, layers.numerals).is_some()));
    parts.get(at).is_some_and(|head| is_head(layers.text, *head)).then_some(at)
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

/// The figures of a row; its head is the cell `at`.
fn row(layers: Layers<'_>, (parts, at): (&[Span], usize), over: &Over, unit_line: Option<Span>, tables: &mut Tables) {
    let Layers { text, numerals, units, cues, .. } = layers;
    let Some(&head) = parts.get(at) else { return };
    let common: Vec<Scaled> = unit_line.map(|line| units_in(text, line, numerals, units)).unwrap_or_default().into_iter().map(|(_, unit)| unit).collect();
    let heads = || over.columns.iter().enumerate().filter_map(|(at, column)| if let Column::Figures(head) = column { Some((at, head)) } else { None });
    let caption_time = over.caption.and_then(|caption| layers.time_in(caption));
    let own = bracket(text, head).and_then(|inside| unit_in(text, inside, numerals, units));
    let unit_cell = parts.iter().enumerate().skip(at + 1).find_map(|(k, part)| {
        let unit = unit_alone(text, *part, numerals, units)?;
        (matches!(over.columns.get(k), Some(Column::Unit)) || over.columns.is_empty()).then_some(unit)
    });
    let item = over.columns.iter().enumerate().skip(at + 1).find(|(_, column)| matches!(column, Column::Name { measure: true, .. }));
    let item = item.and_then(|(k, _)| parts.get(k)).filter(|part| is_head(text, **part)).map(|part| without_mark(text, *part));
    let row_is_name = matches!(over.columns.get(at), Some(Column::Name { whom: true, .. }));
    let words = without_mark(text, head);
    let total = cues.table_total.get(&text[words]).is_some();
    for (k, part) in parts.iter().enumerate().skip(at + 1) {
        let Some(numeral) = number(text, *part, numerals) else { continue };
        let column = over.columns.get(k).copied();
        let says_head: Option<Head> = match column {
            Some(Column::Figures(head)) => Some(head),
            None => None,
            Some(Column::Number | Column::Rank | Column::Unit | Column::Name { .. }) => {
                tables.passed.push(numeral.span);
                continue;
            }
        };
        // without heads the second of two numbers under 万元、% is the percentage
        let bare_growth = over.columns.is_empty() && k > at + 1 && common.iter().any(|(_, unit)| unit.kind(units) == Kind::Percent);
        let says = says_head.map_or(if bare_growth { Says::Growth } else { Says::Level }, |head| head.says);
        let percent = (Decimal::ONE, UnitExpr::plain(units.percent()));
        let by_column = says_head.and_then(|head| head.unit);
        let signed = text[*part].ends_with('%') || says_head.is_some_and(|head| text[head.words].contains(['%', '％']));
        let level_unit =
            own.or(unit_cell).or(by_column).or_else(|| common.iter().find(|(_, unit)| unit.kind(units) != Kind::Percent).or(common.first()).copied());
        let unit = match says {
            Says::Level if signed && unit_cell.is_none() => Some(percent),
            Says::Level => level_unit,
            // 增减（个百分点）, 同比增加（万元）
            _ => Some(by_column.filter(|_| !signed).unwrap_or(percent)),
        };
        if unit.is_none() && unit_line.is_none() && over.columns.is_empty() {
            continue;
        }
        let (scale, unit) = unit.unwrap_or((Decimal::ONE, UnitExpr::plain(units.no_unit())));
        let Some(amount) = numeral.amount.map(|value| value.checked_mul(scale)) else { continue };
        // a rate of growth is of the figure before it; where several years stand there, of the last of them
        let figures = || heads().filter(|(at, head)| *at < k && head.says == Says::Level && head.certainty.is_none()).map(|(_, head)| head);
        let later = figures().filter(|head| !cues.table_earlier.occurs(&text[head.words]));
        let end = |head: &&Head| match head.time.and_then(|at| layers.times.get(at)).and_then(|time| time.period.end) {
            Some(Moment::Day(day)) => Some(day),
            _ => None,
        };
        let before = if says == Says::Level { None } else { later.max_by_key(end).or_else(|| figures().next_back()) };
        tables.cells.push(Cell {
            quantity: Quantity { span: Span::new(numeral.span.start(), part.end()), amount, unit, kind: unit.kind(units) },
            row: words,
            row_is_name,
            total,
            item,
            measure: says_head.and_then(|head| head.measure).or_else(|| before?.measure),
            caption: over.caption,
            time: says_head.and_then(|head| head.time).or_else(|| before?.time).or(caption_time),
            says,
            basis: says_head.and_then(|head| head.basis),
            certainty: says_head.and_then(|head| head.certainty),
        });
    }
}

/// A head of a row without brackets, numbers and 其中.
fn without_mark(text: &str, head: Span) -> Span {
    let (core, _) = without_bracket(text, head);
    let words = &text[core];
    let lead =
        ["其中：", "其中:", "其中", "#", "＃", "一、", "二、", "三、", "四、", "五、", "六、", "七、", "八、", "九、", "1.", "2.", "3.", "4.", "5.", "6."]
            .into_iter()
            .find(|lead| words.starts_with(lead))
            .map_or(0, str::len);
    let rest = &words[lead..];
    let start = core.start() + lead + (rest.len() - rest.trim_start().len());
    Span::new(start, start + rest.trim().len())
}
