//! What the words beside a number say, for the layer of plain numbers: `大于10且小于20`, `20到30之间`, `5k-20k`, `至少有10个`.
//!
//! Two numbers that bound one range become one numeral over both; a word that touches one of them is kept as its comparison.

use rust_decimal::Decimal;

use super::several::TO;
use super::{Quantity, Scan};
use crate::Span;
use crate::dict::{Cues, Hedge, Units};
use crate::tag::{Amount, Form, Numeral, TimeRef};

/// The numerals with their comparisons, those of one range joined; numbers inside times stay as they are.
pub fn bounded(text: &str, numerals: &[Numeral], times: &[TimeRef], quantities: &[Quantity], units: &Units, cues: &Cues) -> Vec<Numeral> {
    let scan = Scan { text, numerals, units, cues, alone: false };
    let mut found: Vec<Numeral> = Vec::with_capacity(numerals.len());
    let (mut times, mut quantities) = (times.iter().peekable(), quantities.iter().peekable());
    let mut i = 0;
    while let Some(&numeral) = numerals.get(i) {
        while times.next_if(|time| time.span.end() <= numeral.span.start()).is_some() {}
        while quantities.next_if(|quantity| quantity.span.end() <= numeral.span.start()).is_some() {}
        if times.peek().is_some_and(|time| time.span.overlaps(numeral.span)) {
            found.push(numeral);
            i += 1;
            continue;
        }
        let next = numerals.get(i + 1).filter(|next| !times.peek().is_some_and(|time| time.span.overlaps(next.span)));
        if let Some(joined) = next.and_then(|next| scan.joined(i, numeral, *next)) {
            found.push(joined);
            i += 2;
            continue;
        }
        let quantity = quantities.peek().filter(|quantity| quantity.span.contains(numeral.span));
        found.push(scan.compared(numeral, quantity.map(|quantity| quantity.amount)));
        i += 1;
    }
    found
}

impl Scan<'_> {
    /// One numeral over both ends of a range.
    fn joined(&self, i: usize, first: Numeral, second: Numeral) -> Option<Numeral> {
        let (Amount::Exactly(low), Amount::Exactly(high)) = (first.amount, second.amount) else { return None };
        if second.span.start() - first.span.end() > 40 {
            return None;
        }
        let gap = self.text.get(first.span.end()..second.span.start())?.trim_matches(' ');
        let amount = if TO.contains(&gap) {
            let low = self.with_scale_of(i, low, high)?;
            (low < high && first.form == second.form && self.is_range(first, second)).then_some(Amount::Between(low, high))
        } else if matches!(gap, "与" | "和") {
            let between = self.rest(second.span.end()).starts_with("之间") || first.form != Form::Ordinal && self.ends_between(second.span.end());
            (between && low < high).then_some(Amount::Between(low, high))
        } else {
            self.both_bounds(first, second, gap, low, high)
        };
        let form = if first.form == second.form { first.form } else { Form::Chinese };
        Some(Numeral { span: first.span.join(second.span), amount: amount?, form })
    }

    /// 10000与20000间
    fn ends_between(&self, at: usize) -> bool {
        self.rest(at).strip_prefix('间').is_some_and(|rest| rest.chars().next().is_none_or(|c| !super::han(c)))
    }

    /// True where a stroke is no part of a date, a code or a phone number.
    fn is_range(&self, first: Numeral, second: Numeral) -> bool {
        let zero = |n: Numeral| self.text[n.span].len() > 1 && self.text[n.span].starts_with('0') && !self.text[n.span].contains('.');
        let joined = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | ':' | '.' | '—'));
        !zero(first) && !zero(second) && !joined(self.char_before(first.span.start())) && !joined(self.char_at(second.span.end()))
    }

    /// `大于10且小于20`, `最多100最少20`: a lower and an upper bound on either side.
    fn both_bounds(&self, first: Numeral, second: Numeral, gap: &str, low: Decimal, high: Decimal) -> Option<Amount> {
        let side = |hedge: Option<Hedge>| match hedge {
            Some(Hedge::AtLeast | Hedge::Above) => Some(true),
            Some(Hedge::AtMost | Hedge::Below) => Some(false),
            _ => None,
        };
        let (mine, theirs) = (side(self.hedge_before(first.span.start()))?, side(self.hedge_before(second.span.start()))?);
        let (word, _) = self.cues.hedges_before.ending(self.text, second.span.start())?;
        let between = gap.get(..gap.len().checked_sub(word)?)?.trim_matches([' ', '，', ',', '、']);
        let joint = matches!(between, "" | "的同时" | "且" | "并" | "并且" | "而且" | "和" | "同时" | "但" | "又" | "或");
        let (low, high) = if mine { (low, high) } else { (high, low) };
        (mine != theirs && joint && between != "或" && low < high).then_some(Amount::Between(low, high))
    }

    /// The numeral as the words beside it take it, or the quantity that it counts.
    fn compared(&self, numeral: Numeral, quantity: Option<Amount>) -> Numeral {
        let Amount::Exactly(value) = numeral.amount else { return self.trimmed(numeral) };
        let amount = match quantity {
            Some(Amount::About(_)) => Amount::About(value),
            Some(Amount::AtLeast(_)) => Amount::AtLeast(value),
            Some(Amount::Above(_)) => Amount::Above(value),
            Some(Amount::AtMost(_)) => Amount::AtMost(value),
            Some(Amount::Below(_)) => Amount::Below(value),
            Some(_) => numeral.amount,
            None => {
                let end = self.past_blanks(numeral.span.end());
                let after = self.cues.hedges_after.longest(self.text, end).filter(|(len, _)| self.text[end..end + len].chars().count() > 1);
                match self.hedge_before(numeral.span.start()).or(after.map(|(_, hedge)| *hedge)) {
                    Some(Hedge::About) => Amount::About(value),
                    Some(Hedge::AtLeast) => Amount::AtLeast(value),
                    Some(Hedge::Above) => Amount::Above(value),
                    Some(Hedge::AtMost) => Amount::AtMost(value),
                    Some(Hedge::Below) => Amount::Below(value),
                    _ => numeral.amount,
                }
            }
        };
        Numeral { amount, ..numeral }
    }

    /// 450余名: the word of surplus stands after the number; in 500余万 it stands inside.
    fn trimmed(&self, numeral: Numeral) -> Numeral {
        let text = &self.text[numeral.span];
        let short = text.trim_end_matches(['余', '多', '来']).trim_end_matches(' ').len();
        Numeral { span: Span::new(numeral.span.start(), numeral.span.start() + short), ..numeral }
    }
}
