//! Units as they stand in the text: a name, or names joined by 每, `/` and `·`. Compounds are grammar, never a list.

use rust_decimal::Decimal;

use crate::decimal::Ratio;
use crate::dict::{Dimension, Kind, UnitId, Units};

/// A unit with what it is counted per: 万元/亩, 元每平方米, 元/平方米·月.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitExpr {
    /// What is counted.
    pub unit: UnitId,
    /// Per one of these, at most two.
    pub per: [Option<UnitId>; 2],
}

impl UnitExpr {
    /// A unit alone.
    pub fn plain(unit: UnitId) -> UnitExpr {
        UnitExpr { unit, per: [None, None] }
    }

    /// The same per one `unit` more; `None` where there are two already.
    pub fn per(self, unit: UnitId) -> Option<UnitExpr> {
        match self.per {
            [None, _] => Some(UnitExpr { per: [Some(unit), None], ..self }),
            [first, None] => Some(UnitExpr { per: [first, Some(unit)], ..self }),
            _ => None,
        }
    }

    /// True for a unit per another one.
    pub fn is_compound(self) -> bool {
        self.per.iter().any(Option::is_some)
    }

    /// The canonical name: `元/平方米`.
    pub fn name(self, units: &Units) -> String {
        let mut name = units.get(self.unit).name.clone();
        for per in self.per.into_iter().flatten() {
            name.push('/');
            // 元/月, not 元/个月
            let per = units.get(per);
            name.push_str(per.name.strip_prefix('个').filter(|rest| per.kind == Kind::Duration && !rest.is_empty()).unwrap_or(&per.name));
        }
        name
    }

    /// The kind of quantity: any compound is a rate.
    pub fn kind(self, units: &Units) -> Kind {
        if self.is_compound() { Kind::Rate } else { units.get(self.unit).kind }
    }

    /// The dimension, computed from the parts.
    pub fn dimension(self, units: &Units) -> Dimension {
        self.per.into_iter().flatten().fold(units.get(self.unit).dimension, |d, per| d.over(units.get(per).dimension))
    }

    /// The word for the dimension: `area`, `money/area`; percentages are `ratio`.
    pub fn dimension_name(self, units: &Units) -> String {
        let dimension = self.dimension(units);
        if let Some((name, _)) = units.dimension_name(dimension).filter(|_| dimension != Dimension::NONE) {
            return name.to_owned();
        }
        let word = |id: UnitId| {
            let (d, money) = (units.get(id).dimension, units.get(id).currency.is_some());
            if money {
                return "money".to_owned();
            }
            if d == Dimension::NONE { "ratio" } else { units.dimension_name(d).map_or("other", |(name, _)| name) }.to_owned()
        };
        let mut name = word(self.unit);
        for per in self.per.into_iter().flatten() {
            name.push('/');
            name.push_str(&word(per));
        }
        name
    }

    /// `value` in the base unit; `None` where it is too large to say.
    pub fn to_base(self, value: Decimal, units: &Units) -> Option<Decimal> {
        let unit = units.get(self.unit);
        let factor = self.per.into_iter().flatten().try_fold(unit.factor, |f: Ratio, per| f.divide(units.get(per).factor))?;
        let scaled = factor.of(value)?;
        if unit.offset.is_zero() { Some(scaled) } else { scaled.checked_add(unit.offset.to_decimal()?) }
    }

    /// The base unit: `m2`, `m/s`, `CNY/m2`; a compound without a name of its own is written in the base units of its parts.
    pub fn base_unit(self, units: &Units) -> String {
        let dimension = self.dimension(units);
        let currency = std::iter::once(self.unit).chain(self.per.into_iter().flatten()).find_map(|id| units.get(id).currency.as_deref());
        if !self.is_compound() || dimension == Dimension::NONE || units.dimension_name(dimension).is_some() {
            return units.base_unit(dimension, currency);
        }
        // 元/千瓦时 is CNY/J, not CNY·s2/m2·kg; counts and shares have no unit of their own
        let base = |id: UnitId| {
            let unit = units.get(id);
            let base = unit.currency.clone().unwrap_or_else(|| units.base_unit(unit.dimension, None));
            Some(base).filter(|base| base != "1" && base != "count")
        };
        let over = base(self.unit).unwrap_or_else(|| "1".to_owned());
        let under: Vec<String> = self.per.into_iter().flatten().filter_map(base).collect();
        if under.is_empty() { over } else { format!("{over}/{}", under.join("·")) }
    }
}

/// The unit that begins at the byte `at`, compounds included: where it ends and what it is.
pub fn unit_at(text: &str, at: usize, units: &Units) -> Option<(usize, UnitExpr)> {
    let (len, unit) = units.names_at(text, at).next()?;
    Some(divisors_at(text, at + len, UnitExpr::plain(unit), units))
}

/// The unit with what it is counted per, where that follows at `at`: `/亩`, `每平方米`.
pub fn divisors_at(text: &str, at: usize, unit: UnitExpr, units: &Units) -> (usize, UnitExpr) {
    let (mut end, mut expr) = (at, unit);
    while let Some((next, per)) = divisor_at(text, end, units) {
        let Some(longer) = expr.per(per) else { break };
        (end, expr) = (next, longer);
    }
    (end, expr)
}

/// `/平方米`, `每平方米`, `·月` after a unit: where it ends and the unit.
fn divisor_at(text: &str, at: usize, units: &Units) -> Option<(usize, UnitId)> {
    let rest = text.get(at..)?;
    let mark = ["每", "/", "∕", "·", "•"].into_iter().find(|mark| rest.starts_with(mark))?;
    let from = at + mark.len();
    if let Some((len, unit)) = units.names_at(text, from).next() {
        return Some((from + len, unit));
    }
    // 元/月: 月 and 日 name no length of time elsewhere
    let c = text.get(from..)?.chars().next()?;
    let unit = match c {
        '月' => units.named("个月")?,
        '日' => units.named("天")?,
        _ => return None,
    };
    Some((from + c.len_utf8(), unit))
}
