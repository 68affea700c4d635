//! What a number says: one value, a bound, or a stretch between two.

use rust_decimal::Decimal;

/// How a number that stands in the text is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// The number itself.
    Exactly(Decimal),
    /// About so much: 约, 近, 左右.
    About(Decimal),
    /// From the first to the second, both included: 3至5, 三四十, 十几.
    Between(Decimal, Decimal),
    /// So much or more: 不低于, 以上.
    AtLeast(Decimal),
    /// More than so much: 超过, 300余.
    Above(Decimal),
    /// So much or less: 不超过, 以下, 以内.
    AtMost(Decimal),
    /// Less than so much: 不足, 低于.
    Below(Decimal),
    /// More than one number that only the text tells: 278×183×6, 3.7:57.5:38.8.
    AsWritten,
}

impl Amount {
    /// The value, or the lower bound of a range; `None` where only the text tells.
    pub fn low(self) -> Option<Decimal> {
        match self {
            Amount::Exactly(v) | Amount::About(v) | Amount::AtLeast(v) | Amount::Above(v) | Amount::AtMost(v) | Amount::Below(v) => Some(v),
            Amount::Between(low, _) => Some(low),
            Amount::AsWritten => None,
        }
    }

    /// The upper bound of a range.
    pub fn high(self) -> Option<Decimal> {
        match self {
            Amount::Between(_, high) => Some(high),
            _ => None,
        }
    }

    /// The word of the tables for it: `eq approx range ge gt le lt`.
    pub fn comparison(self) -> &'static str {
        match self {
            Amount::Exactly(_) | Amount::AsWritten => "eq",
            Amount::About(_) => "approx",
            Amount::Between(..) => "range",
            Amount::AtLeast(_) => "ge",
            Amount::Above(_) => "gt",
            Amount::AtMost(_) => "le",
            Amount::Below(_) => "lt",
        }
    }

    /// The same statement about every value it names, changed by `change`; `None` where that fails for one.
    pub fn map(self, change: impl Fn(Decimal) -> Option<Decimal>) -> Option<Amount> {
        Some(match self {
            Amount::Exactly(v) => Amount::Exactly(change(v)?),
            Amount::About(v) => Amount::About(change(v)?),
            Amount::Between(low, high) => {
                let (low, high) = (change(low)?, change(high)?);
                Amount::Between(low.min(high), low.max(high))
            }
            Amount::AtLeast(v) => Amount::AtLeast(change(v)?),
            Amount::Above(v) => Amount::Above(change(v)?),
            Amount::AtMost(v) => Amount::AtMost(change(v)?),
            Amount::Below(v) => Amount::Below(change(v)?),
            Amount::AsWritten => Amount::AsWritten,
        })
    }
}
