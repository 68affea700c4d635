//! Tables in the text: the unit stands in the heading, once for a column (guideline Q4).
//!
//! `指标 | 1—8月 | 同比±%` under `单位：万元、%` gives 412,650 万元 and 14.1 % for the cells of `零售总额 | 412,650 | 14.1`.

use super::Scan;
use crate::Span;
use crate::tag::UnitExpr;
use crate::tag::units::unit_at;

/// A unit with the multiplier before it: 万元.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heading {
    pub(super) factor: rust_decimal::Decimal,
    pub(super) unit: UnitExpr,
}

/// A cell that holds nothing but a number, and the unit of its column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) span: Span,
    pub(super) heading: Heading,
}

impl Scan<'_> {
    /// The cells with a number alone whose column has a unit, in order.
    pub(super) fn cells(&self) -> Vec<Cell> {
        let mut found = Vec::new();
        // the line that stood before a table, and what it declares: read when a row asks for it
        let mut before: Option<(&str, usize)> = None;
        let mut declared: Vec<Heading> = Vec::new();
        let mut columns: Vec<Option<Heading>> = Vec::new();
        let mut rows = 0;
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let cells: Vec<Span> = if line.contains(['|', '\t']) { cells(line, start) } else { Vec::new() };
            if cells.len() < 2 {
                if rows > 0 || !line.trim().is_empty() {
                    (rows, columns) = (0, Vec::new());
                }
                if !line.trim().is_empty() {
                    before = Some((line, start));
                }
                continue;
            }
            rows += 1;
            if let Some((line, start)) = before.take() {
                declared = self.declared(line, start);
            }
            if rows == 1 {
                columns = cells.iter().map(|cell| self.heading(*cell)).collect();
                continue;
            }
            for (k, cell) in cells.iter().enumerate().skip(1) {
                let own = columns.get(k).copied().flatten();
                let heading = own.or_else(|| declared.iter().find(|h| h.unit.unit != self.units.percent()).copied());
                if let Some(heading) = heading.filter(|_| own.is_some() || !declared.is_empty()) {
                    found.push(Cell { span: *cell, heading });
                }
            }
        }
        found
    }

    /// The units that a line such as `单位：万元、%` declares.
    fn declared(&self, line: &str, start: usize) -> Vec<Heading> {
        let Some((at, len, ())) = self.cues.unit_line.find(line, 0) else { return Vec::new() };
        let mut units = Vec::new();
        let mut from = start + at + len;
        while let Some(c) = self.char_at(from).filter(|_| from < start + line.len()) {
            match self.scaled_unit(from) {
                Some((end, heading)) => {
                    units.push(heading);
                    from = end;
                }
                None if matches!(c, ' ' | '：' | ':' | '、' | '，' | ',') => from += c.len_utf8(),
                None => break,
            }
        }
        units
    }

    /// The unit at the end of the heading of a column: `同比±%`, `产量（万吨）`.
    fn heading(&self, cell: Span) -> Option<Heading> {
        let text = &self.text[cell];
        let core = text.trim_end_matches(['）', ')', ' ']);
        let open = core.rfind(['（', '(', '±', '/']).map(|i| i + core[i..].chars().next().map_or(0, char::len_utf8));
        let from = cell.start() + open?;
        self.scaled_unit(from).filter(|(end, _)| *end == cell.start() + core.len()).map(|(_, heading)| heading)
    }

    fn scaled_unit(&self, at: usize) -> Option<(usize, Heading)> {
        if self.rest(at).starts_with('%') {
            return Some((at + 1, Heading { factor: rust_decimal::Decimal::ONE, unit: UnitExpr::plain(self.units.percent()) }));
        }
        let own = unit_at(self.text, at, self.units);
        if let Some((end, unit)) = own {
            return Some((end, Heading { factor: rust_decimal::Decimal::ONE, unit }));
        }
        let mut from = at;
        let mut power = 0;
        while let Some(k) = self.char_at(from).and_then(crate::tag::numerals::scale).filter(|_| power < 12) {
            power += k;
            from += self.char_at(from).map_or(0, char::len_utf8);
        }
        let (end, unit) = unit_at(self.text, from, self.units).filter(|_| power > 0)?;
        Some((end, Heading { factor: crate::decimal::power_of_ten(power)?, unit }))
    }
}

/// The cells of a line, without the blanks around them.
fn cells(line: &str, start: usize) -> Vec<Span> {
    let mut at = start;
    line.split_inclusive(['|', '\t'])
        .map(|piece| {
            let from = at;
            at += piece.len();
            let core = piece.trim_end_matches(['|', '\t', '\n', '\r']);
            let lead = core.len() - core.trim_start().len();
            Span::new(from + lead, from + lead + core.trim().len())
        })
        .collect()
}
