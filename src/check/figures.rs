//! Figures: numbers with the interval that their digits leave open, and arithmetic on them.

use crate::decimal::Decimal;

use crate::decimal::power_of_ten;
use crate::dict::{Kind, Units};
use crate::tag::{Amount, UnitExpr};

/// A number and what it may be: `low` and `high` belong to it, an open end is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// The number as stated, or as worked out from such numbers.
    pub value: Decimal,
    /// The least that it may be.
    pub low: Option<Decimal>,
    /// The most that it may be.
    pub high: Option<Decimal>,
    /// False with 约, 超过, 以上 or a range in it.
    pub exact: bool,
}

impl Figure {
    /// The figure of an amount that is written as `written`, in base units; `None` for what is no single number.
    pub fn read(written: &str, amount: Amount, unit: UnitExpr, units: &Units) -> Option<Figure> {
        // a difference of temperatures is not one temperature converted
        if !units.get(unit.unit).offset.is_zero() {
            return None;
        }
        let value = amount.low()?;
        let half = half_unit(written, value, !unit.is_compound() && units.get(unit.unit).kind == Kind::Count)?;
        let (low, high) = match amount {
            Amount::Exactly(_) => (value.checked_sub(half), value.checked_add(half)),
            Amount::About(_) => {
                let half = half.max(half_of_last_place(value)?);
                (value.checked_sub(half), value.checked_add(half))
            }
            Amount::Between(low, high) => (Some(low), Some(high)),
            Amount::AtLeast(_) | Amount::Above(_) => (value.checked_sub(half), None),
            Amount::AtMost(_) | Amount::Below(_) => (None, value.checked_add(half)),
            Amount::AsWritten => return None,
        };
        let base = |v: Decimal| unit.to_base(v, units);
        let through = |v: Option<Decimal>| v.map_or(Some(None), |v| base(v).map(Some));
        Some(Figure { value: base(value)?, low: through(low)?, high: through(high)?, exact: matches!(amount, Amount::Exactly(_)) })
    }

    /// Exactly this number.
    pub fn of(value: Decimal) -> Figure {
        Figure { value, low: Some(value), high: Some(value), exact: true }
    }

    /// The same number without what lies around it: 5平方公里以上 as the mark to be reached.
    pub fn point(self) -> Figure {
        Figure { exact: self.exact, ..Figure::of(self.value) }
    }

    /// The sum.
    pub fn plus(self, other: Figure) -> Option<Figure> {
        let add = |a: Option<Decimal>, b: Option<Decimal>| a?.checked_add(b?);
        Some(Figure {
            value: self.value.checked_add(other.value)?,
            low: add(self.low, other.low),
            high: add(self.high, other.high),
            exact: self.exact && other.exact,
        })
    }

    /// The negative.
    pub fn negative(self) -> Figure {
        Figure { value: -self.value, low: self.high.map(|v| -v), high: self.low.map(|v| -v), exact: self.exact }
    }

    /// The difference.
    pub fn minus(self, other: Figure) -> Option<Figure> {
        self.plus(other.negative())
    }

    /// The product of two figures that are not negative; `None` for others.
    pub fn by(self, other: Figure) -> Option<Figure> {
        let times = |a: Option<Decimal>, b: Option<Decimal>| a?.checked_mul(b?);
        if self.value.is_sign_negative() || other.value.is_sign_negative() {
            return None;
        }
        let floor = |v: Option<Decimal>| v.map(|v| v.max(Decimal::ZERO));
        Some(Figure {
            value: self.value.checked_mul(other.value)?,
            low: times(floor(self.low), floor(other.low)),
            high: times(self.high, other.high),
            exact: self.exact && other.exact,
        })
    }

    /// The quotient of a figure that is not negative and one that is above zero; `None` for others.
    pub fn over(self, other: Figure) -> Option<Figure> {
        let through = |a: Option<Decimal>, b: Option<Decimal>| a?.checked_div(b.filter(|b| *b > Decimal::ZERO)?);
        if self.value.is_sign_negative() || other.value <= Decimal::ZERO || other.low.is_some_and(|low| low <= Decimal::ZERO) {
            return None;
        }
        Some(Figure {
            value: self.value.checked_div(other.value)?,
            low: through(self.low.map(|v| v.max(Decimal::ZERO)), other.high),
            high: through(self.high, other.low),
            exact: self.exact && other.exact,
        })
    }

    /// True where both may be the same number.
    pub fn meets(self, other: Figure) -> bool {
        let reaches = |low: Option<Decimal>, high: Option<Decimal>| low.zip(high).is_none_or(|(low, high)| low <= high);
        reaches(self.low, other.high) && reaches(other.low, self.high)
    }

    /// True where the interval is narrow enough for a meeting to say something: at most `parts` of the number on each side.
    pub fn is_sharp(self, parts: u32) -> bool {
        let Some((low, high)) = self.low.zip(self.high) else { return false };
        high.checked_sub(low).and_then(|width| width.checked_mul(Decimal::from(parts))).is_some_and(|width| width <= self.value.abs() * Decimal::TWO)
    }
}

/// Half a unit of the last digit of `written`, whose value is `value`. Things that are counted one by one are exact.
fn half_unit(written: &str, value: Decimal, counted: bool) -> Option<Decimal> {
    let from = written.find(|c: char| c.is_ascii_digit());
    let digits =
        from.map(|from| &written[from..]).map(|rest| &rest[..rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ' '))).unwrap_or(rest.len())]);
    let plain = digits.and_then(|digits| crate::decimal::parse(digits.replace([',', ' '], "").trim_end_matches('.')));
    let scaled = plain.and_then(|plain| {
        let scale = if value.is_zero() { Decimal::ONE } else { value.abs().checked_div(plain)? };
        is_power_of_ten(scale).then_some((plain, scale))
    });
    match scaled {
        Some((plain, scale)) if counted && plain.scale() == 0 && scale == Decimal::ONE => Some(Decimal::ZERO),
        Some((plain, scale)) => scale.checked_div(power_of_ten(plain.scale())?)?.checked_div(Decimal::TWO),
        // 两宗, 十二家
        None if counted && value.fract().is_zero() && value.abs() <= Decimal::from(20) => Some(Decimal::ZERO),
        None => half_of_last_place(value),
    }
}

/// Half a unit of the last place that is not zero: 5 for 70, 0.5 for 76. Thirds and the like leave a hundredth.
fn half_of_last_place(value: Decimal) -> Option<Decimal> {
    let value = value.normalize();
    if value.scale() > 6 {
        return value.abs().checked_div(Decimal::from(100));
    }
    let (mut mantissa, mut zeros) = (value.mantissa().unsigned_abs(), 0);
    while mantissa != 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        zeros += 1;
    }
    power_of_ten(zeros)?.checked_div(power_of_ten(value.scale())?)?.checked_div(Decimal::TWO)
}

fn is_power_of_ten(scale: Decimal) -> bool {
    let mut mantissa = scale.normalize().mantissa();
    while mantissa != 0 && mantissa % 10 == 0 {
        mantissa /= 10;
    }
    mantissa == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn half(written: &str, value: &str, counted: bool) -> String {
        let value = crate::decimal::parse(value).expect("a number");
        half_unit(written, value, counted).map(crate::decimal::plain).expect("half a unit")
    }

    #[test]
    fn digits_leave_half_a_unit_open() {
        assert_eq!(half("24.86亿元", "2486000000", false), "500000");
        assert_eq!(half("213.80亿元", "21380000000", false), "500000");
        assert_eq!(half("4370元", "4370", false), "0.5");
        assert_eq!(half("683,420", "6834200000", false), "5000");
        assert_eq!(half("14项", "14", true), "0");
        assert_eq!(half("1.17万人", "11700", true), "50");
        assert_eq!(half("两宗", "2", true), "0");
        assert_eq!(half("七成", "70", false), "5");
        assert_eq!(half("七成六", "76", false), "0.5");
        assert_eq!(half("7个半", "7.5", true), "0.05");
    }

    #[test]
    fn intervals_meet_within_their_digits() {
        let figure = |value: i64, half: i64| {
            let (value, half) = (Decimal::from(value), Decimal::from(half));
            Figure { value, low: value.checked_sub(half), high: value.checked_add(half), exact: true }
        };
        let sum = figure(51260, 1).plus(figure(32900, 50)).expect("a sum");
        assert!(sum.meets(figure(84200, 50)));
        assert!(!sum.meets(figure(84300, 50)));
        assert!(figure(4000, 50).is_sharp(50) && !figure(4000, 500).is_sharp(50));
    }
}
