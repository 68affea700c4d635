//! Quantities: a number with what it is of.
//!
//! Every numeral that is no time, ordinal or code is tried once, from left to right. [`single`] reads one number with its
//! unit; [`several`] joins what belongs to one quantity (`三元五角`, `3至5亿元`, `1:19`, `278×183×6mm`) and gives units to
//! numbers that share one (`486万、117万和223万千瓦`); [`hedges`] takes in the words beside it (约, 不超过, 以上).

mod alone;
mod bounds;
mod hedges;
mod refusal;
mod several;
mod shares;
mod single;
mod tables;

pub use bounds::bounded;

use crate::Span;
use crate::dict::{Cues, Kind, UnitId, Units};
use crate::tag::{Amount, Form, Numeral, Refusal, TimeRef, UnitExpr};

/// A number with its unit, as it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// From the first digit or sign of money to the end of the unit (guideline Q1).
    pub span: Span,
    /// The number in `unit`, multipliers applied, with what the words beside it say.
    pub amount: Amount,
    /// The unit.
    pub unit: UnitExpr,
    /// The kind of quantity.
    pub kind: Kind,
}

/// What the readers of one text share. `alone`: the text is one expression and may be read more freely.
struct Scan<'a> {
    text: &'a str,
    numerals: &'a [Numeral],
    units: &'a Units,
    cues: &'a Cues,
    alone: bool,
}

/// A number with its unit before the words beside it are looked at.
#[derive(Debug, Clone, Copy)]
struct Part {
    /// Number and unit.
    span: Span,
    /// The number alone.
    number: Span,
    amount: Amount,
    unit: UnitExpr,
    kind: Kind,
    /// The numeral after the last one that was used.
    next: usize,
}

/// All quantities of `text`, in order and disjoint, and what was refused with the reason.
pub fn quantities(text: &str, numerals: &[Numeral], times: &[TimeRef], units: &Units, cues: &Cues) -> (Vec<Quantity>, Vec<Refusal>) {
    let free: Vec<Numeral> = crate::tag::overlap::outside(text, numerals, times, units);
    let scan = Scan { text, numerals: &free, units, cues, alone: alone::stands_alone(text, numerals, units, cues) };
    let mut cells = scan.cells().into_iter().peekable();
    let mut found: Vec<Quantity> = Vec::new();
    let mut refused = Vec::new();
    let mut i = 0;
    while let Some(numeral) = free.get(i) {
        let taken = found.last().map_or(0, |q| q.span.end());
        if numeral.span.start() < taken {
            i += 1;
            continue;
        }
        while cells.next_if(|cell| cell.span.end() <= numeral.span.start()).is_some() {}
        if let Some(cell) = cells.peek().filter(|cell| cell.span == numeral.span)
            && let Some(amount) = numeral.amount.map(|v| v.checked_mul(cell.heading.factor))
        {
            found.push(Quantity { span: cell.span, amount, unit: cell.heading.unit, kind: cell.heading.unit.kind(units) });
            i += 1;
            continue;
        }
        match scan.quantity(i, taken) {
            Ok((quantities, next)) => {
                found.extend(quantities);
                i = next.max(i + 1);
            }
            Err(reason) => {
                refused.push(Refusal { span: numeral.span, reason });
                i += 1;
            }
        }
    }
    (found, refused)
}

impl Scan<'_> {
    /// The quantity that begins with the numeral `i`, or the quantities of a list that shares one unit; else why there is none.
    fn quantity(&self, i: usize, taken: usize) -> Result<(Vec<Quantity>, usize), &'static str> {
        let numeral = self.numerals.get(i).ok_or("no number left")?;
        if numeral.form == Form::Ordinal {
            return Err("an ordinal");
        }
        if let Some(part) = self.proportion(i) {
            return Ok((vec![self.finish(part, taken)], part.next));
        }
        if let Some(list) = self.shared_unit(i) {
            let next = list.last().map_or(i, |part| part.next);
            return Ok((list.into_iter().map(|part| self.finish(part, taken)).collect(), next));
        }
        let first = match self.single(i) {
            Ok(first) => self.compound(first),
            Err(reason) => {
                let part = self.bare_range(i).or_else(|| self.index(i)).ok_or(reason)?;
                self.on_the_calendar(&part)?;
                return Ok((vec![self.finish(part, taken)], part.next));
            }
        };
        let whole = self.range(first).unwrap_or(first);
        self.accept(&whole)?;
        Ok((vec![self.finish(whole, taken)], whole.next))
    }

    /// Puts signs of money and 每… before the number into the span, and the words beside it into the amount.
    fn finish(&self, part: Part, taken: usize) -> Quantity {
        let (start, unit) = self.prefix(&part, taken);
        let span = Span::new(start, part.span.end());
        let span = self.with_bound(span, &part);
        let amount = self.hedged(part.amount, span, part.number, unit);
        let kind = if unit.is_compound() { unit.kind(self.units) } else { part.kind };
        Quantity { span, amount, unit, kind }
    }

    fn before(&self, at: usize) -> &str {
        self.text.get(..at).unwrap_or_default()
    }

    fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.rest(at).chars().next()
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.before(at).chars().next_back()
    }

    fn past_blanks(&self, at: usize) -> usize {
        at + self.rest(at).bytes().take(2).take_while(|&b| b == b' ').count()
    }

    /// The sentence around a place: from the last sentence end to the next, at most about 120 characters each way.
    fn sentence(&self, at: usize) -> &str {
        let stops = |c: char| matches!(c, '。' | '！' | '？' | '\n' | '；');
        let start = self
            .before(at)
            .char_indices()
            .rev()
            .take(120)
            .find(|(_, c)| stops(*c))
            .map_or_else(|| self.before(at).char_indices().rev().nth(120).map_or(0, |(i, _)| i), |(i, c)| i + c.len_utf8());
        let end = self
            .rest(at)
            .char_indices()
            .take(120)
            .find(|(_, c)| stops(*c))
            .map_or_else(|| self.rest(at).char_indices().nth(120).map_or(self.text.len(), |(i, _)| at + i), |(i, _)| at + i);
        &self.text[start..end]
    }

    /// The part of the clause before `at`: back to the last punctuation.
    fn clause_before(&self, at: usize) -> &str {
        let before = self.before(at);
        let start = before
            .char_indices()
            .rev()
            .take(60)
            .find(|(_, c)| ends_clause(*c))
            .map_or_else(|| before.char_indices().rev().nth(60).map_or(0, |(i, _)| i), |(i, c)| i + c.len_utf8());
        &before[start..]
    }

    /// The part of the line before `at`, at most about 60 characters.
    fn line_before(&self, at: usize) -> &str {
        let before = self.before(at);
        let start = before
            .char_indices()
            .rev()
            .take(60)
            .find(|(_, c)| *c == '\n')
            .map_or_else(|| before.char_indices().rev().nth(60).map_or(0, |(i, _)| i), |(i, c)| i + c.len_utf8());
        &before[start..]
    }

    fn simple(&self, span: Span, number: Span, amount: Amount, unit: UnitId, next: usize) -> Part {
        Part { span, number, amount, unit: UnitExpr::plain(unit), kind: self.units.get(unit).kind, next }
    }
}

/// Punctuation that ends a clause or a cell of a table.
fn ends_clause(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '：' | '！' | '？' | '\n' | ',' | ';' | ':' | '|' | '!' | '?' | '\t')
}

/// A Chinese character.
fn han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}
