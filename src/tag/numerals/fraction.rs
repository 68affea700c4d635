//! What stands over and under a line: `三分之一`, `百分之五`, `三又二分之一`, `3/4`.

use rust_decimal::Decimal;

use super::lexer::{Lexer, Magnitude};
use super::{Amount, Form, Numeral};
use crate::Span;
use crate::decimal::power_of_ten;

impl Lexer<'_> {
    /// `A分之B`, `A又B分之C`, `a/b`, the sign at `at` and the digits from `start`.
    pub(super) fn fraction(&self, at: usize, start: usize, first: Magnitude) -> Option<Numeral> {
        if let Some((over, end)) = self.over(first) {
            let hundredth = [2u32, 3, 4].iter().any(|&k| power_of_ten(k) == Some(first.low)) && first.form == Form::Scale;
            let form = if hundredth { Form::Percent } else { Form::Fraction };
            let amount = over.map(|v| v.checked_div(first.low))?;
            return Some(Numeral { span: Span::new(at, end), amount, form });
        }
        let gap = self.past_blanks(first.end);
        if self.starts(gap, "又") {
            let under = self.magnitude(self.past_blanks(gap + "又".len()))?;
            let (over, end) = self.over(under)?;
            let amount = over.map(|v| first.low.checked_add(v.checked_div(under.low)?))?;
            return Some(Numeral { span: Span::new(at, end), amount, form: Form::Fraction });
        }
        self.slash(at, start, first)
    }

    /// What stands over the line after `under`: the numerator and where it ends.
    fn over(&self, under: Magnitude) -> Option<(Amount, usize)> {
        if under.low.is_zero() {
            return None;
        }
        let mut at = self.past_blanks(under.end);
        // 百分百
        if under.form == Form::Scale && self.starts(at, "分百") {
            return Some((Amount::Exactly(Decimal::ONE_HUNDRED), at + "分百".len()));
        }
        at += self.starts(at, "分").then_some("分".len())?;
        at = self.past_blanks(at);
        // 百分三十, said of a share alone
        if !self.starts(at, "之") && under.form == Form::Scale && self.starts(self.whole.start(), "百分") {
            let over = self.magnitude(at)?;
            return (self.whole.end() == over.end).then_some((over.amount(), over.end));
        }
        at += self.starts(at, "之").then_some("之".len())?;
        let (digits, negative) = self.sign(self.past_blanks(at))?;
        let over = self.spaced(digits)?;
        let amount = if negative { over.amount().map(|v| Some(-v))? } else { over.amount() };
        Some((amount, over.end))
    }

    /// 百分之五 十, 百分之一 点五: blanks inside what is read aloud in one go.
    fn spaced(&self, digits: usize) -> Option<Magnitude> {
        let over = self.magnitude(digits)?;
        let gap = self.past_blanks(over.end);
        if gap == over.end || over.form != Form::Chinese {
            return Some(over);
        }
        let joined: String = self.text.get(digits..over.end)?.chars().chain(self.text.get(gap..)?.chars().take(8)).collect();
        let whole = Lexer::new(&joined, self.units, self.vetoes).magnitude(0)?;
        let more = whole.end.checked_sub(over.end - digits).filter(|&more| more > 0);
        Some(more.map_or(over, |more| Magnitude { end: gap + more, ..whole }))
    }

    /// `3/4`, but no date (`2021/5/3`) and no code (`4/5G`). What stands alone may be improper: `-3/2`, `1.5/3`.
    fn slash(&self, at: usize, start: usize, first: Magnitude) -> Option<Numeral> {
        let bounded = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '年' | '月'));
        let plain = |m: Magnitude| matches!(m.form, Form::Arabic | Form::Chinese) && m.surplus.is_none() && m.high.is_none();
        if !plain(first) || !self.starts(first.end, "/") || !bounded(self.char_before(at)) {
            return None;
        }
        let under = self.magnitude(first.end + 1)?;
        let alone = self.whole == Span::new(at, under.end) && !under.low.is_zero();
        let whole = first.low.is_integer() && under.low.is_integer();
        let proper = first.form == Form::Arabic && start == at && first.low < under.low && under.low <= Decimal::ONE_HUNDRED && whole;
        if first.form != under.form || !plain(under) || !(proper || alone) || !bounded(self.char_at(under.end)) {
            return None;
        }
        Some(Numeral { span: Span::new(at, under.end), amount: Amount::Exactly(first.low.checked_div(under.low)?), form: Form::Fraction })
    }
}
