//! The unit of a fact where it differs from the quantity's, and what a change is measured against (guideline §8, I6, I7).

use crate::dict::{Kind, Units};
use crate::link::clauses::Clause;
use crate::link::discourse::Discourse;
use crate::link::facts::Source;
use crate::link::lead::Lead;
use crate::link::{Change, Subject};
use crate::tag::{Quantity, UnitExpr};

/// The unit of the fact: 时速80公里 is per hour, 每年…6亿元 per year, a difference of a rate has the rate's unit.
pub(super) fn unit(source: Source<'_>, state: &Discourse, found: &Lead, quantity: &Quantity, indicator: &str, clause: &Clause) -> UnitExpr {
    let units = source.layers.units;
    let unit = quantity.unit;
    if unit.is_compound() {
        return unit;
    }
    let per = |name: &str| units.named(name).and_then(|id| unit.per(id));
    if indicator.ends_with("时速") && quantity.kind == Kind::Length {
        return per("小时").unwrap_or(unit);
    }
    let shifted = matches!(found.change, Some(Change::UpBy | Change::DownBy));
    if shifted && quantity.kind == Kind::Money {
        let rate = state.last.as_ref().filter(|f| f.unit.is_compound() && f.unit.unit == unit.unit && f.indicator == indicator);
        return rate.map_or(unit, |f| f.unit);
    }
    if let Some(each) = found.each {
        return per(&source.layers.text[each]).unwrap_or(unit);
    }
    let yearly = source.layers.text[clause.span.start()..quantity.span.start()].contains("每年");
    let flow = matches!(quantity.kind, Kind::Money | Kind::Mass | Kind::Energy | Kind::Volume);
    let scenario_list = state.timeless && flow && state.last.as_ref().is_some_and(|f| ends_per_year(units, f.unit));
    if (yearly && flow || scenario_list) && found.change.is_none() { per("年").unwrap_or(unit) } else { unit }
}

fn ends_per_year(units: &Units, unit: UnitExpr) -> bool {
    unit.per.into_iter().flatten().last().is_some_and(|id| units.get(id).name == "年")
}

pub(super) fn basis(text: &str, state: &Discourse, found: &Lead, change: Change, subject: Option<&Subject>, clause: &Clause) -> Option<String> {
    if let Some(span) = found.basis {
        return Some(text[span].trim_matches([' ', '，']).trim_end_matches('的').to_owned());
    }
    match change {
        Change::UpBy | Change::DownBy => {
            let own = clause_basis(text, clause);
            let level = state.level_before.as_ref().filter(|(line, _)| *line == clause.span.start()).map(|(_, words)| words.clone());
            own.or(level)
                .or_else(|| state.basis.as_ref().filter(|(whose, _)| whose.as_ref() == subject).map(|(_, basis)| basis.clone()))
                .or_else(|| state.standing_basis.clone())
        }
        Change::ShareOf if matches!(found.change, Some(Change::UpTo | Change::DownTo)) => state.last.as_ref().and_then(|f| f.basis.clone()),
        Change::ShareOf if state.part => state.whole.as_ref().map(|f| f.indicator.clone()),
        _ => None,
    }
}

/// 同比 at the start of a clause holds for every change in it.
fn clause_basis(text: &str, clause: &Clause) -> Option<String> {
    ["同比", "环比"].iter().find(|w| text[clause.span].starts_with(**w)).map(|w| (*w).to_owned())
}
