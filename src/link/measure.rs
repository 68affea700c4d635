//! The unit of a fact where it differs from the quantity's, and what a change is measured against (guideline §8, I6, I7).

use crate::Span;
use crate::dict::{ChangeWord, Kind, Units};
use crate::link::clauses::Clause;
use crate::link::discourse::Discourse;
use crate::link::facts::Source;
use crate::link::lead::Lead;
use crate::link::{Change, Fact, Subject};
use crate::span::within;
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
    if (shifted || found.from) && quantity.kind == Kind::Money {
        let rate = state.last.as_ref().filter(|f| f.unit.is_compound() && f.unit.unit == unit.unit && f.indicator == indicator);
        return rate.map_or(unit, |f| f.unit);
    }
    // 由每月123元调整为133元: the second figure is per month, too
    let from = state.last.as_ref().filter(|f| f.evidence.rule == "from-to" && f.unit.is_compound() && f.unit.unit == unit.unit);
    if let Some(from) = from.filter(|f| follows(source, clause, f.quantity, quantity)) {
        return from.unit;
    }
    if let Some(each) = found.each {
        return per(&source.layers.text[each]).unwrap_or(unit);
    }
    let yearly = source.layers.text[clause.span.start()..quantity.span.start()].contains("每年");
    let flow = matches!(quantity.kind, Kind::Money | Kind::Mass | Kind::Energy | Kind::Volume);
    let scenario_list = state.timeless && flow && state.last.as_ref().is_some_and(|f| ends_per_year(units, f.unit));
    // 每年新引进项目不少于120个
    let yearly = yearly && (flow || quantity.kind == Kind::Count && source.layers.text[clause.span].starts_with("每年"));
    if (yearly || scenario_list) && found.change.is_none() { per("年").unwrap_or(unit) } else { unit }
}

/// True where both quantities stand in the clause, one right behind the other.
fn follows(source: Source<'_>, clause: &Clause, before: usize, quantity: &Quantity) -> bool {
    let next = source.quantities.get(before + 1).is_some_and(|q| q.span == quantity.span);
    next && source.quantities.get(before).is_some_and(|q| clause.span.contains(q.span))
}

fn ends_per_year(units: &Units, unit: UnitExpr) -> bool {
    unit.per.into_iter().flatten().last().is_some_and(|id| units.get(id).name == "年")
}

/// `完成年初预算数60999万元的40.4%`, `比年目标任务4%低0.6个百分点`: a value inside the basis of the next one. Gives the words that
/// name it.
pub(super) fn inside_basis(source: Source<'_>, clause: &Clause, lead: Span, index: usize) -> Option<Span> {
    let text = source.layers.text;
    let (quantity, next) = (source.quantities.get(index)?, source.quantities.get(index + 1)?);
    if !clause.span.contains(next.span) || next.span.start() < quantity.span.end() {
        return None;
    }
    let gap = text[quantity.span.end()..next.span.start()].trim();
    let words = &text[lead];
    let part = matches!(next.kind, Kind::Percent | Kind::Multiple) && matches!(gap, "的" | "的比重为" | "的比例为");
    let compared = source.layers.cues.changes.get(gap).is_some();
    let opener = |openers: &[&str]| openers.iter().filter_map(|word| words.rfind(word).map(|at| at + word.len())).max();
    let from = match (part, compared) {
        (true, _) => opener(&["占", "完成", "相当于"]),
        (_, true) => opener(&["比", "较"])
            .filter(|at| !words[*at..].starts_with(['例', '重', '率', '值', '由', '从']) && !words[..*at].ends_with("占比"))
            .filter(|at| source.layers.time_at(lead.start() + at).is_none() && !words[*at..].contains(['由', '从'])),
        _ => None,
    }?;
    let noun = Span::new(lead.start() + from, lead.end());
    ((2..=14).contains(&text[noun].trim_end_matches('的').chars().count())).then_some(noun)
}

/// What a change or share is measured against, in the article's words.
pub(super) fn basis(
    source: Source<'_>,
    state: &Discourse,
    found: &Lead,
    quantity: &Quantity,
    change: Change,
    subject: Option<&Subject>,
    clause: &Clause,
) -> Option<String> {
    let text = source.layers.text;
    if let Some(span) = found.basis {
        // 年初预算数60999万元: the noun is the basis, its value a fact of its own
        let valued = within(source.quantities, span, |q| q.span).next_back().filter(|(_, q)| q.span.end() == span.end() && q.span.start() > span.start());
        let span = valued.map_or(span, |(_, q)| Span::new(span.start(), q.span.start()));
        return Some(text[span].trim_matches([' ', '，']).trim_end_matches('的').to_owned());
    }
    match change {
        Change::UpBy | Change::DownBy => {
            let own = clause_basis(text, clause);
            own.or_else(|| level(state, clause))
                .or_else(|| state.basis.as_ref().filter(|(whose, _)| whose.as_ref() == subject).map(|(_, basis)| basis.clone()))
                .or_else(|| state.standing_basis.clone())
        }
        Change::Ratio if source.layers.text[quantity.span].starts_with('翻') => level(state, clause),
        Change::ShareOf if matches!(found.change, Some(Change::UpTo | Change::DownTo)) => state.last.as_ref().and_then(|f| f.basis.clone()),
        Change::ShareOf if state.part => state.whole.as_ref().map(|f| f.indicator.clone()),
        _ => None,
    }
}

/// 比2021年的20万台增长五成: the time of the level that the clause begins with.
fn level(state: &Discourse, clause: &Clause) -> Option<String> {
    state.level_before.as_ref().filter(|(line, _)| *line == clause.span.start()).map(|(_, words)| words.clone())
}

/// 同比 at the start of a clause holds for every change in it.
fn clause_basis(text: &str, clause: &Clause) -> Option<String> {
    ["同比", "环比"].iter().find(|w| text[clause.span].starts_with(**w)).map(|w| (*w).to_owned())
}

/// `偏多2成和1成`: a value that 和 joins to a change is a change of the same direction.
pub(super) fn same_change<'a>(source: Source<'_>, state: &'a Discourse, found: &Lead, quantity: &Quantity) -> Option<&'a Fact> {
    let nothing = found.change.is_none() && found.indicator.is_none() && found.light.is_none() && found.label.is_none();
    let last = state.last.as_ref().filter(|last| nothing && last.unit == quantity.unit && last.change != Change::None)?;
    let end = source.quantities.get(last.quantity)?.span.end();
    let gap = source.layers.text.get(end..quantity.span.start())?.trim();
    matches!(gap, "、" | "和" | "与" | "及").then_some(last)
}

/// 比2020年的3万人多4000人: a little word that the level before it makes a change.
pub(super) fn after_level(source: Source<'_>, clause: &Clause, state: &Discourse, lead: Span, found: &mut Lead) {
    if found.change.is_some() || level(state, clause).is_none() {
        return;
    }
    let word = source.layers.text[lead].trim().trim_end_matches(['约', '近']);
    found.change = match source.layers.cues.changes.get(word) {
        Some(ChangeWord::UpBy) => Some(Change::UpBy),
        Some(ChangeWord::DownBy) => Some(Change::DownBy),
        _ => return,
    };
    found.indicator = None;
}
