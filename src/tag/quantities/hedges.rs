//! The words beside a number: 约 and 左右, 超过 and 以上, never with reversed polarity.

use super::Scan;
use crate::Span;
use crate::dict::{Hedge, Kind};
use crate::tag::{Amount, UnitExpr};

impl Scan<'_> {
    /// The amount as the words that touch the span take it (guideline Q5); a bound beats 约.
    pub(super) fn hedged(&self, amount: Amount, span: Span, number: Span, unit: UnitExpr) -> Amount {
        // 每平方米约5631元: the word stands between
        let before = self.hedge_before(span.start()).or_else(|| self.hedge_before(number.start())).or_else(|| self.repeated_at_least(span, unit));
        let after = self.hedge_after(span.end(), unit);
        let value = match amount {
            Amount::Exactly(v) | Amount::About(v) => v,
            // 不超过3至5户 stays a range; 约3万余人 is more than 30000
            Amount::AsWritten | Amount::Between(..) | Amount::Above(_) | Amount::AtLeast(_) | Amount::AtMost(_) | Amount::Below(_) => return amount,
        };
        let bounds = [before, after].into_iter().flatten().filter(|h| !matches!(h, Hedge::About | Hedge::Nothing));
        let mut words = bounds.chain([before, after].into_iter().flatten());
        match words.next() {
            Some(Hedge::About) => Amount::About(value),
            Some(Hedge::AtLeast) => Amount::AtLeast(value),
            Some(Hedge::Above) => Amount::Above(value),
            Some(Hedge::AtMost) => Amount::AtMost(value),
            Some(Hedge::Below) => Amount::Below(value),
            Some(Hedge::Nothing) | None => amount,
        }
    }

    /// 每月至少召开一次: the verb stands between the word and the count of times.
    fn repeated_at_least(&self, span: Span, unit: UnitExpr) -> Option<Hedge> {
        matches!(&self.units.get(unit.unit).name[..], "次" | "回" | "趟").then_some(())?;
        let clause = self.clause_before(span.start());
        let (_, _, hedge) = clause
            .char_indices()
            .rev()
            .take(16)
            .find_map(|(at, _)| self.cues.hedges_before.longest(clause, at).map(|(len, hedge)| (at, len, hedge)).filter(|(_, len, _)| *len > 3))?;
        (*hedge == Hedge::AtLeast).then_some(Hedge::AtLeast)
    }

    /// The word that ends before `start`, particles (了 到 为) passed over.
    pub(super) fn hedge_before(&self, start: usize) -> Option<Hedge> {
        let trimmed = self.before(start).trim_end_matches(' ').len();
        let mut end = trimmed;
        for _ in 0..3 {
            if let Some((len, hedge)) = self.cues.hedges_before.ending(self.text, end) {
                let word = &self.text[end - len..end];
                let touches = end == trimmed || word.chars().count() > 1;
                let scaled = !matches!(word, "上" | "成") || self.char_at(start).is_some_and(|c| matches!(c, '亿' | '万' | '千' | '百'));
                return (touches && scaled).then_some(*hedge).filter(|h| *h != Hedge::Nothing);
            }
            let particle = ["了", "到", "为", "在", "有"].into_iter().find(|p| self.before(end).ends_with(p))?;
            end -= particle.len();
        }
        None
    }

    /// True where 以上, 左右 and the like follow.
    pub(super) fn hedge_follows(&self, end: usize) -> bool {
        self.cues.hedges_after.longest(self.text, self.past_blanks(end)).is_some()
    }

    /// The word that follows the unit: 以上, 左右, 多.
    pub(super) fn hedge_after(&self, end: usize, unit: UnitExpr) -> Option<Hedge> {
        let mut at = self.past_blanks(end);
        // 8吨级以上, 百亿级
        let class = self.rest(at).starts_with('级') && !self.rest(at).starts_with("级别");
        if class {
            at += '级'.len_utf8();
        }
        let found = self.cues.hedges_after.longest(self.text, at).and_then(|(len, hedge)| {
            let word = &self.text[at..at + len];
            let after = self.char_at(at + len);
            let kind = unit.kind(self.units);
            let fits = match word {
                "内" => matches!(kind, Kind::Duration | Kind::Length) && !after.is_some_and(|c| matches!(c, '地' | '部' | '外' | '容' | '资' | '销')),
                "起" => kind == Kind::Money && !after.is_some_and(super::han),
                "多" => {
                    let measured = matches!(kind, Kind::Duration | Kind::Percent | Kind::Multiple | Kind::Money | Kind::Length | Kind::Mass | Kind::Area);
                    measured && !after.is_some_and(|c| c.is_ascii_digit() || super::han(c) && !matches!(c, '的' | '来' | '前' | '后' | '以'))
                }
                "强" | "弱" => matches!(kind, Kind::Percent) && !after.is_some_and(super::han),
                "以下" => !self.rest(at + len).starts_with("简称"),
                _ => true,
            };
            fits.then_some(*hedge)
        });
        found.or_else(|| (class && unit.kind(self.units) == Kind::Money).then_some(Hedge::AtLeast))
    }
}
