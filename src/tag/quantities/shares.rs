//! Shares and multiples: `12%`, `百分之五`, `三分之一`, `七成六`, `九五折`, `半数`, `3倍`, `翻两番`.

use rust_decimal::Decimal;

use super::{Part, Scan};
use crate::Span;
use crate::decimal::parse;
use crate::tag::numerals::digit;
use crate::tag::{Amount, Form};

impl Scan<'_> {
    /// The share that the numeral `i` begins or is.
    pub(super) fn share(&self, i: usize) -> Option<Part> {
        let numeral = self.numerals.get(i)?;
        let at = self.past_blanks(numeral.span.end());
        let hundred = |v: Decimal| v.checked_mul(Decimal::ONE_HUNDRED);
        let percent = |end: usize, amount: Amount| Some(self.simple(Span::new(numeral.span.start(), end), numeral.span, amount, self.units.percent(), i + 1));
        match numeral.form {
            Form::Percent => return percent(numeral.span.end(), numeral.amount.map(hundred)?),
            Form::Fraction if self.text[numeral.span].contains(['分', '半', '折']) => return percent(numeral.span.end(), numeral.amount.map(hundred)?),
            Form::Fraction => return None,
            _ => {}
        }
        let next = self.char_at(at)?;
        let end = at + next.len_utf8();
        match next {
            '%' => percent(end, numeral.amount),
            '‰' => Some(self.simple(Span::new(numeral.span.start(), end), numeral.span, numeral.amount, self.units.per_mille(), i + 1)),
            '成' => self.tenths(i, end),
            '折' => {
                let ten = |v: Decimal| if v < Decimal::TEN { v.checked_mul(Decimal::TEN) } else { Some(v) };
                let joined = self.char_at(end).is_some_and(|c| matches!(c, '射' | '叠' | '线' | '合' | '旧' | '算'));
                if joined { None } else { percent(end, numeral.amount.map(ten)?) }
            }
            '倍' => Some(self.simple(Span::new(numeral.span.start(), end), numeral.span, numeral.amount, self.units.multiple(), i + 1)),
            '番' => self.doubled(i, end),
            '数' if self.text[numeral.span] == *"半" => {
                let over = self.before(numeral.span.start()).ends_with('过');
                percent(end, if over { Amount::Above(Decimal::from(50)) } else { Amount::Exactly(Decimal::from(50)) })
            }
            _ => None,
        }
    }

    /// 七成, 七成六, 两到三成.
    fn tenths(&self, i: usize, end: usize) -> Option<Part> {
        let numeral = self.numerals.get(i)?;
        let small = numeral.amount.low().is_some_and(|v| v <= Decimal::TEN) && numeral.form != Form::Scale;
        if !small || self.cues.not_tenths.longest(self.text, end - '成'.len_utf8()).is_some() {
            return None;
        }
        let mut amount = numeral.amount.map(|v| v.checked_mul(Decimal::TEN))?;
        let mut stop = end;
        let from = self.past_blanks(end);
        if let Some(units) = self.char_at(from).and_then(|c| digit(c).filter(|_| c != '两').or_else(|| c.to_digit(10))) {
            let after = from + self.char_at(from).map_or(0, char::len_utf8);
            // 三成五户 counts households, 七成六 is 76 %
            if !self.units.begins(self.text, after) && !self.char_at(after).is_some_and(|c| c.is_ascii_digit()) {
                amount = amount.map(|v| v.checked_add(Decimal::from(units)))?;
                stop = after;
            }
        } else if self.rest(end).starts_with('半') {
            amount = amount.map(|v| v.checked_add(Decimal::from(5)))?;
            stop = end + '半'.len_utf8();
        }
        let next = self.numerals.iter().skip(i + 1).take_while(|n| n.span.start() < stop).count() + i + 1;
        Some(self.simple(Span::new(numeral.span.start(), stop), numeral.span, amount, self.units.percent(), next))
    }

    /// 翻一番 is twice, 翻两番 four times; 翻 belongs to the span.
    fn doubled(&self, i: usize, end: usize) -> Option<Part> {
        let numeral = self.numerals.get(i)?;
        let before = self.before(numeral.span.start());
        let verb = ["翻了近", "翻了", "翻"].into_iter().find(|verb| before.ends_with(verb))?;
        let start = numeral.span.start() - verb.len();
        let power = |v: Decimal| parse(&v.normalize().to_string()).filter(|v| v.is_integer() && *v <= Decimal::from(20) && *v > Decimal::ZERO);
        let amount = numeral.amount.map(|v| {
            let times: u32 = power(v)?.to_string().parse().ok()?;
            Some(Decimal::from(1u64 << times))
        })?;
        Some(self.simple(Span::new(start, end), numeral.span, amount, self.units.multiple(), i + 1))
    }
}
