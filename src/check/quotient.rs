//! Quotient: one figure divided by another is the third.
//!
//! Takes `面积1000平方公里，人口70万人，人口密度700人/平方公里`: what is divided by what stands in `dict/checks.tsv`, and the units have to
//! fit. Refuses a price by floor area beside an area of land, and figures of other holders, times or conditions.

use crate::decimal::Decimal;

use crate::check::figures::Figure;
use crate::check::scene::{Scene, Stated};
use crate::check::{Check, CheckKind};
use crate::dict::{Kind, Quotient};

/// All checks of quotients.
pub fn quotient(scene: &Scene<'_>) -> Vec<Check> {
    let mut checks = Vec::new();
    for line in scene.lines() {
        for stated in line.iter().filter(|stated| stated.is_plain_level()) {
            let name = scene.name(stated);
            let known = scene.words.quotients.iter().find(|quotient| ends(name, &quotient.names));
            checks.extend(known.and_then(|quotient| check(scene, line, stated, quotient)));
        }
    }
    checks
}

fn ends(name: &str, words: &[String]) -> bool {
    words.iter().any(|word| name.ends_with(word.as_str()))
}

fn check(scene: &Scene<'_>, line: &[Stated<'_>], found: &Stated<'_>, quotient: &Quotient) -> Option<Check> {
    let alike = |stated: &&Stated<'_>| {
        stated.index != found.index && stated.period == found.period && stated.is_level() && stated.same_subject(found) && !stated.fact.unit.is_compound()
    };
    let over = single(line.iter().filter(alike).filter(|stated| ends(scene.name(stated), &quotient.over) && same_frame(stated, found)))?;
    // an area that no time is carried to is the same at all times
    let timeless = |stated: &Stated<'_>| stated.fact.time.is_none() && stated.fact.period == crate::tag::Period::default();
    let under = single(line.iter().filter(alike).filter(|stated| {
        stated.index != over.index
            && ends(scene.name(stated), &quotient.under)
            && divides(scene, over, stated, found)
            && (same_frame(stated, found) || timeless(stated))
    }))?;
    let by = if found.fact.unit.is_compound() { under.figure } else { own_unit(scene, under)? };
    let check = scene.compare(CheckKind::Quotient, &[over, under], over.figure.over(by)?, found)?;
    // 其中过夜游客7086万人次，人均消费3054元: another divisor may be meant
    let other = |stated: &Stated<'_>| stated.index != over.index && stated.index != under.index && stated.index != found.index && stated.is_level();
    let rival = line.iter().any(|stated| stated.period == found.period && other(stated) && (scene.comparable(stated, over) || scene.comparable(stated, under)));
    (check.holds || !rival).then_some(check)
}

fn same_frame(stated: &Stated<'_>, found: &Stated<'_>) -> bool {
    stated.same_time(found) && (stated.same_condition(found) || stated.fact.condition.is_none())
}

/// True where the units make the quotient's: 人 / 平方公里, or 元 per head where the divisor is counted.
fn divides(scene: &Scene<'_>, over: &Stated<'_>, under: &Stated<'_>, found: &Stated<'_>) -> bool {
    let units = &scene.source.dict.units;
    if found.fact.unit.is_compound() {
        return over.fact.unit.dimension(units).over(under.fact.unit.dimension(units)) == found.fact.unit.dimension(units);
    }
    let per = &units.get(under.fact.unit.unit).name;
    scene.comparable(over, found) && (under.kind == Kind::Count || found.fact.indicator.contains(per.as_str()))
}

/// A figure in its own unit: 亩均 divides by 亩, not by square metres.
fn own_unit(scene: &Scene<'_>, stated: &Stated<'_>) -> Option<Figure> {
    let one = stated.fact.unit.to_base(Decimal::ONE, &scene.source.dict.units)?;
    stated.figure.over(Figure::of(one))
}

/// The one of them; none where several state different values.
fn single<'s, 'a>(mut found: impl Iterator<Item = &'s Stated<'a>>) -> Option<&'s Stated<'a>>
where
    'a: 's,
{
    let first = found.next()?;
    found.all(|other| other.figure.value == first.figure.value).then_some(first)
}
