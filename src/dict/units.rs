//! Units, currencies and classifiers: what a number can be of, and what one of them is worth.

use std::collections::BTreeMap;

use super::table::{Reader, Row};
use super::words::Words;
use crate::decimal::Ratio;

/// The base dimensions, in the order of the exponents of [`Dimension`].
const BASES: [&str; 11] = ["length", "mass", "time", "current", "temperature", "amount", "luminosity", "data", "count", "angle", "money"];
/// The base unit of each.
const BASE_UNITS: [&str; 11] = ["m", "kg", "s", "A", "K", "mol", "cd", "bit", "1", "rad", "money"];

/// What a quantity measures, as exponents of the base dimensions: 元/平方米 is money¹ length⁻². Computed, never listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Dimension([i8; BASES.len()]);

impl Dimension {
    /// No dimension: shares, multiples, indices.
    pub const NONE: Dimension = Dimension([0; BASES.len()]);

    /// One of the base dimensions by its name.
    pub fn base(name: &str) -> Option<Dimension> {
        let mut exponents = [0; BASES.len()];
        *exponents.get_mut(BASES.iter().position(|b| *b == name)?)? = 1;
        Some(Dimension(exponents))
    }

    /// The product with `other` to the power of `sign` (1 or −1).
    fn with(self, other: Dimension, sign: i8) -> Dimension {
        let mut exponents = self.0;
        for (mine, theirs) in exponents.iter_mut().zip(other.0) {
            *mine += theirs * sign;
        }
        Dimension(exponents)
    }

    /// The quotient.
    pub fn over(self, other: Dimension) -> Dimension {
        self.with(other, -1)
    }

    /// The product.
    pub fn times(self, other: Dimension) -> Dimension {
        self.with(other, 1)
    }
}

/// What kind of quantity a unit makes: the column `type` of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of the tables")]
pub enum Kind {
    Money,
    Area,
    Length,
    Mass,
    Volume,
    Power,
    Energy,
    Temperature,
    Duration,
    Count,
    Percent,
    Point,
    Multiple,
    Ratio,
    Rate,
    Dimension,
    Data,
    Index,
    Other,
}

impl Kind {
    /// The word of the tables.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Money => "money",
            Kind::Area => "area",
            Kind::Length => "length",
            Kind::Mass => "mass",
            Kind::Volume => "volume",
            Kind::Power => "power",
            Kind::Energy => "energy",
            Kind::Temperature => "temperature",
            Kind::Duration => "duration",
            Kind::Count => "count",
            Kind::Percent => "percent",
            Kind::Point => "point",
            Kind::Multiple => "multiple",
            Kind::Ratio => "ratio",
            Kind::Rate => "rate",
            Kind::Dimension => "dimension",
            Kind::Data => "data",
            Kind::Index => "index",
            Kind::Other => "other",
        }
    }
}

/// How safely a measure word after a number makes a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// Always: 项 户 家.
    Safe,
    /// Only beside the noun that it counts: 起 号 只.
    Context,
    /// Never: 期 届 号, which make ordinals and grades.
    Never,
}

/// The number of a unit in [`Units`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(u32);

/// A unit, a currency or a classifier.
#[derive(Debug, Clone)]
pub struct Unit {
    /// The canonical name, as the tables print it.
    pub name: String,
    /// What it measures.
    pub dimension: Dimension,
    /// What one of it is worth in the base unit.
    pub factor: Ratio,
    /// What is added after multiplying: temperatures.
    pub offset: Ratio,
    /// The kind of quantity that it makes.
    pub kind: Kind,
    /// ISO 4217 code of a currency.
    pub currency: Option<String>,
    /// For classifiers: how safe it is.
    pub safety: Safety,
}

/// One meaning of a unit name that has several.
#[derive(Debug)]
struct Sense {
    unit: Option<UnitId>,
    cues: Vec<String>,
}

/// All units by name.
#[derive(Debug)]
pub struct Units {
    list: Vec<Unit>,
    names: Words<UnitId>,
    prefixes: Words<UnitId>,
    senses: Words<Vec<Sense>>,
    dimensions: Vec<(String, Dimension, String)>,
    no_unit: UnitId,
    percent: UnitId,
    per_mille: UnitId,
    multiple: UnitId,
    ratio: UnitId,
}

impl Units {
    pub(super) fn read(reader: &mut Reader<'_>) -> Units {
        let mut units = Units {
            list: Vec::new(),
            names: Words::default(),
            prefixes: Words::default(),
            senses: Words::default(),
            dimensions: Vec::new(),
            no_unit: UnitId(0),
            percent: UnitId(0),
            per_mille: UnitId(0),
            multiple: UnitId(0),
            ratio: UnitId(0),
        };
        units.read_dimensions(reader);
        units.no_unit = units.plain("", Kind::Index);
        units.percent = units.plain("%", Kind::Percent);
        units.per_mille = units.plain("‰", Kind::Percent);
        units.multiple = units.plain("倍", Kind::Multiple);
        units.ratio = units.plain("比", Kind::Ratio);
        units.set_factor(units.percent, Ratio::new(1, 100));
        units.set_factor(units.per_mille, Ratio::new(1, 1000));
        for row in reader.folder("units/", &["name", "aliases", "dimension", "factor", "example"]) {
            units.read_unit(reader, &row);
        }
        for row in reader.rows("currencies.tsv", &["code", "name", "aliases", "prefixes", "factor", "example"]) {
            units.read_currency(reader, &row);
        }
        for row in reader.rows("classifiers.tsv", &["name", "safety", "example"]) {
            units.read_classifier(reader, &row);
        }
        units.read_senses(reader);
        units
    }

    fn plain(&mut self, name: &str, kind: Kind) -> UnitId {
        self.push(Unit {
            name: name.to_owned(),
            dimension: Dimension::NONE,
            factor: Ratio::ONE,
            offset: Ratio::ZERO,
            kind,
            currency: None,
            safety: Safety::Safe,
        })
    }

    fn set_factor(&mut self, id: UnitId, factor: Option<Ratio>) {
        if let (Some(unit), Some(factor)) = (self.list.get_mut(id.0 as usize), factor) {
            unit.factor = factor;
        }
    }

    fn push(&mut self, unit: Unit) -> UnitId {
        self.list.push(unit);
        UnitId(self.list.len() as u32 - 1)
    }

    fn read_dimensions(&mut self, reader: &mut Reader<'_>) {
        for row in reader.rows("dimensions.tsv", &["name", "exponents", "base"]) {
            let mut dimension = Some(Dimension::NONE);
            for part in row.cell(1).split_whitespace() {
                let (name, exponent) = part.split_once('^').unwrap_or((part, "1"));
                dimension = match (dimension, Dimension::base(name), exponent.parse::<i8>()) {
                    (Some(sum), Some(base), Ok(n)) => {
                        let sign = n.signum();
                        Some((0..n.abs()).fold(sum, |d, _| d.with(base, sign)))
                    }
                    _ => None,
                };
            }
            match dimension {
                Some(dimension) => self.dimensions.push((row.cell(0).to_owned(), dimension, row.cell(2).to_owned())),
                None => reader.fail(&row, &format!("powers of {}", BASES.join(", ")), &format!("`{}`", row.cell(1))),
            }
        }
    }

    /// Reads `velocity`, `mass*length`, `mass/volume`, `money/area/time`.
    pub fn dimension(&self, text: &str) -> Option<Dimension> {
        let mut parts = text.split('/').map(|part| {
            part.split('*').try_fold(Dimension::NONE, |product, name| {
                let named = self.dimensions.iter().find(|(n, ..)| n == name).map(|(_, dimension, _)| *dimension);
                Some(product.times(named.or_else(|| Dimension::base(name))?))
            })
        });
        let first = parts.next()??;
        parts.try_fold(first, |sum, next| Some(sum.over(next?)))
    }

    fn read_unit(&mut self, reader: &mut Reader<'_>, row: &Row<'_>) {
        let Some(dimension) = self.dimension(row.cell(2)) else {
            return reader.fail(row, "a dimension of dimensions.tsv", &format!("`{}`", row.cell(2)));
        };
        let (factor, offset) = row.cell(3).split_once('+').unwrap_or((row.cell(3), "0"));
        let (Some(factor), Some(offset)) = (Ratio::parse(factor), Ratio::parse(offset)) else {
            return reader.fail(row, "a factor such as 2000/3 or 0.3048 or 5/9+45967/180", &format!("`{}`", row.cell(3)));
        };
        // 分@score is printed 分 and found through senses.tsv only
        let printed = row.cell(0).split_once('@').map_or(row.cell(0), |(printed, _)| printed);
        let kind = if printed.ends_with('点') && row.cell(2) == "ratio" { Kind::Point } else { kind_of(row.cell(2)) };
        let id = self.push(Unit { name: printed.to_owned(), dimension, factor, offset, kind, currency: None, safety: Safety::Safe });
        for name in std::iter::once(row.cell(0)).chain(row.names(1)) {
            self.names.add(name, id);
        }
    }

    fn read_currency(&mut self, reader: &mut Reader<'_>, row: &Row<'_>) {
        let Some(factor) = Ratio::parse(row.cell(4)) else {
            return reader.fail(row, "a factor such as 1 or 1/100", &format!("`{}`", row.cell(4)));
        };
        let Some(dimension) = Dimension::base("money") else { return };
        let id = self.push(Unit {
            name: row.cell(1).to_owned(),
            dimension,
            factor,
            offset: Ratio::ZERO,
            kind: Kind::Money,
            currency: Some(row.cell(0).to_owned()),
            safety: Safety::Safe,
        });
        for name in std::iter::once(row.cell(1)).chain(row.names(2)) {
            self.names.add(name, id);
        }
        for prefix in row.names(3) {
            self.prefixes.add(prefix, id);
        }
    }

    fn read_classifier(&mut self, reader: &mut Reader<'_>, row: &Row<'_>) {
        let safety = match row.cell(1) {
            "safe" => Safety::Safe,
            "context" => Safety::Context,
            "never" => Safety::Never,
            other => return reader.fail(row, "safe, context or never", &format!("`{other}`")),
        };
        let Some(dimension) = Dimension::base("count") else { return };
        let Some(canonical) = row.names(0).next().map(str::to_owned) else { return };
        if self.names.get(&canonical).is_some() {
            return;
        }
        let id = self.push(Unit { name: canonical, dimension, factor: Ratio::ONE, offset: Ratio::ZERO, kind: Kind::Count, currency: None, safety });
        for name in row.names(0) {
            self.names.add(name, id);
        }
    }

    fn read_senses(&mut self, reader: &mut Reader<'_>) {
        let mut senses: BTreeMap<&str, Vec<Sense>> = BTreeMap::new();
        for row in reader.rows("senses.tsv", &["text", "unit", "cues", "example"]) {
            let unit = match row.cell(1) {
                "none" => None,
                name => match self.named(name) {
                    Some(id) => Some(id),
                    None => {
                        reader.fail(&row, "the name of a unit or none", &format!("`{name}`"));
                        continue;
                    }
                },
            };
            let cues = row.names(2).map(str::to_owned).collect();
            senses.entry(row.cell(0)).or_default().push(Sense { unit, cues });
        }
        for (text, list) in senses {
            self.senses.add(text, list);
        }
    }

    /// Which unit the name `name` means in a sentence: `None` where it has one meaning, `Some(None)` where it is no unit here.
    pub fn sense(&self, name: &str, sentence: &str) -> Option<Option<UnitId>> {
        let senses = self.senses.get(name)?;
        let meant = senses.iter().find(|sense| sense.cues.is_empty() || sense.cues.iter().any(|cue| cue != "=" && sentence.contains(cue.as_str())));
        Some(meant.and_then(|sense| sense.unit))
    }

    /// The unit that the name `name` means where the number with its unit is the whole text: the sense with the cue `=`.
    pub fn sense_alone(&self, name: &str) -> Option<UnitId> {
        self.senses.get(name)?.iter().find(|sense| sense.cues.iter().any(|cue| cue == "=")).and_then(|sense| sense.unit)
    }

    /// The unit of an id.
    pub fn get(&self, id: UnitId) -> &Unit {
        // ids come from this list only; an id of another dictionary reads as "no unit"
        self.list.get(id.0 as usize).unwrap_or(&self.list[0])
    }

    /// Every name that begins at `at`, longest first: its length in bytes and its unit.
    pub fn names_at<'a>(&'a self, text: &'a str, at: usize) -> impl Iterator<Item = (usize, UnitId)> + 'a {
        self.names.beginning(text, at).map(|(len, id)| (len, *id))
    }

    /// The currency whose sign or word ends before `end`: ￥, US$, 人民币.
    pub fn prefix_before(&self, text: &str, end: usize) -> Option<(usize, UnitId)> {
        self.prefixes.ending(text, end).map(|(len, id)| (len, *id))
    }

    /// The unit with this name or alias.
    pub fn named(&self, name: &str) -> Option<UnitId> {
        self.names.get(name).copied()
    }

    /// True where a unit, a classifier or a share word begins at `at`.
    pub fn begins(&self, text: &str, at: usize) -> bool {
        let c = text.get(at..).and_then(|rest| rest.chars().next());
        self.names.longest(text, at).is_some() || matches!(c, Some('%' | '‰' | '成' | '折' | '倍' | '番'))
    }

    /// True where a unit begins at `at` whose first character is a scale: 千瓦, 百帕, 兆赫.
    pub fn prefixed(&self, text: &str, at: usize) -> bool {
        self.names.longest(text, at).is_some_and(|(len, id)| len > 3 && self.get(*id).kind != Kind::Count)
    }

    /// "No unit": indices, plot ratios.
    pub fn no_unit(&self) -> UnitId {
        self.no_unit
    }

    /// %
    pub fn percent(&self) -> UnitId {
        self.percent
    }

    /// ‰
    pub fn per_mille(&self) -> UnitId {
        self.per_mille
    }

    /// 倍
    pub fn multiple(&self) -> UnitId {
        self.multiple
    }

    /// 比: 1:19
    pub fn ratio(&self) -> UnitId {
        self.ratio
    }

    /// The word and the base unit of a dimension; shares and multiples are `ratio`. A dimension without a name gives `None`.
    pub fn dimension_name(&self, dimension: Dimension) -> Option<(&str, &str)> {
        if dimension == Dimension::NONE {
            return Some(("ratio", "1"));
        }
        if Some(dimension) == Dimension::base("money") {
            return Some(("money", "money"));
        }
        self.dimensions.iter().find(|(_, d, _)| *d == dimension).map(|(name, _, base)| (name.as_str(), base.as_str()))
    }

    /// The base unit of a dimension written as a product of base units: `CNY/m2`.
    pub fn base_unit(&self, dimension: Dimension, currency: Option<&str>) -> String {
        if let Some((_, base)) = self.dimension_name(dimension).filter(|_| currency.is_none()) {
            return base.to_owned();
        }
        if let Some(currency) = currency.filter(|_| Some(dimension) == Dimension::base("money")) {
            return currency.to_owned();
        }
        let mut over = BTreeMap::new();
        let mut under = BTreeMap::new();
        for (i, (&exponent, &unit)) in dimension.0.iter().zip(&BASE_UNITS).enumerate() {
            let unit = if unit == "money" { currency.unwrap_or("money") } else { unit };
            let side = match exponent {
                0 => continue,
                1.. => &mut over,
                _ => &mut under,
            };
            let power = exponent.unsigned_abs();
            let order = if unit == currency.unwrap_or("money") { 0 } else { i + 1 };
            side.insert(order, if power == 1 { unit.to_owned() } else { format!("{unit}{power}") });
        }
        let join = |side: BTreeMap<usize, String>| side.into_values().filter(|u| u != "1").collect::<Vec<_>>().join("·");
        let (over, under) = (join(over), join(under));
        match (over.is_empty(), under.is_empty()) {
            (true, true) => "1".to_owned(),
            (false, true) => over,
            (true, false) => format!("1/{under}"),
            (false, false) => format!("{over}/{under}"),
        }
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// True for an empty list.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

fn kind_of(dimension: &str) -> Kind {
    match dimension {
        "area" => Kind::Area,
        "length" => Kind::Length,
        "mass" => Kind::Mass,
        "volume" => Kind::Volume,
        "power" => Kind::Power,
        "energy" => Kind::Energy,
        "temperature" => Kind::Temperature,
        "time" => Kind::Duration,
        "count" => Kind::Count,
        "data" => Kind::Data,
        "velocity" => Kind::Rate,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use crate::decimal::Ratio;
    use crate::dict::Dict;

    #[test]
    fn there_and_back_is_the_identity() {
        let dict = Dict::builtin().expect("a dictionary without mistakes");
        proptest!(|(value in -1_000_000_000i64..1_000_000_000, places in 0u32..4)| {
            let value = Decimal::new(value, places);
            for unit in &dict.units.list {
                let back = Ratio::ONE.divide(unit.factor).expect("no factor is zero");
                prop_assert_eq!(unit.factor.multiply(back), Some(Ratio::ONE), "{}", unit.name);
                let there = unit.factor.of(value).and_then(|base| back.of(base));
                // what does not end is rounded to 28 digits: far more than the table prints
                let close = there.is_none_or(|there| (there - value).abs() <= value.abs() * Decimal::new(1, 10));
                prop_assert!(close, "{} {} {:?}", value, unit.name, there);
            }
        });
    }
}
