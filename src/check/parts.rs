//! Parts: figures that together are a whole. Lengths, areas, money and counts add up; shares and rates do not.
//!
//! - after 其中: `全长47公里，其中甲段29公里、乙段18公里`. What follows need not be everything, so only a sum that meets is told.
//! - by definition: `进出口100亿元，出口60亿元，进口40亿元` (`dict/checks.tsv`).
//! - one verb for a group: `新开工项目77项。…新开工的项目，年内投产14项，明年投产42项，2021年投产17项`.
//! - with the sum behind: `工业6亿元、农业4亿元，合计10亿元`.
//! - over several holders: `总出让面积5万平方米`, and each plot's 出让面积.
//!
//! Refused: `其中工业项目14项，亿元以上项目3项` against 23 (groups that overlap), parts of other times, units or holders.

use crate::decimal::Decimal;

use crate::check::figures::Figure;
use crate::check::scene::{Scene, Stated, TOGETHER, plain};
use crate::check::{Check, CheckKind};
use crate::dict::{Breakdown, Kind};

/// All checks of parts against wholes.
pub fn parts(scene: &Scene<'_>) -> Vec<Check> {
    let mut checks: Vec<Check> = Vec::new();
    for line in scene.lines() {
        for breakdown in &scene.words.breakdowns {
            checks.extend(defined(scene, line, breakdown));
        }
        let opened = opened(scene, line);
        let told: Vec<usize> = checks.iter().filter_map(|check| check.facts.last().copied()).collect();
        checks.extend(opened.into_iter().filter(|check| check.facts.last().is_none_or(|whole| !told.contains(whole))));
    }
    for period in scene.periods() {
        checks.extend(one_verb(scene, period));
        checks.extend(totalled(scene, period));
    }
    checks.extend(over_holders(scene));
    checks
}

/// The most parts that are added up.
const MOST: usize = 40;

/// The most wholes that parts are held against.
const WHOLES: usize = 10;

/// Sums that meet, and of the others those that the article presents as complete.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Meeting,
    Both,
}

fn sum(scene: &Scene<'_>, parts: &[&Stated<'_>], whole: &Stated<'_>, told: Told) -> Option<Check> {
    let (first, rest) = parts.split_first()?;
    let vague = parts.iter().filter(|part| !part.figure.exact).count() + usize::from(!whole.figure.exact);
    if rest.is_empty() || vague > 1 {
        return None;
    }
    let sum = rest.iter().try_fold(first.figure, |sum, part| sum.plus(part.figure))?;
    // figures that leave more than a fiftieth open meet too much
    let sharp = sum.is_sharp(50) && whole.figure.is_sharp(50) || sum.value == whole.figure.value || !sum.meets(whole.figure);
    if !sharp || !summable(whole.kind) {
        return None;
    }
    let check = scene.compare(CheckKind::Parts, parts, sum, whole)?;
    (check.holds || told == Told::Both).then_some(check)
}

/// Lengths, areas, money and counts add up; shares, rates and indices do not.
fn summable(kind: Kind) -> bool {
    matches!(kind, Kind::Money | Kind::Area | Kind::Length | Kind::Mass | Kind::Volume | Kind::Power | Kind::Energy | Kind::Count)
}

/// Parts after 其中, in the same period or, where 其中 opens one, after the period before.
fn opened(scene: &Scene<'_>, line: &[Stated<'_>]) -> Vec<Check> {
    let mut checks = Vec::new();
    for (at, first) in line.iter().enumerate() {
        let (before, after) = line.split_at(at);
        let Some(opening) = opening(scene, before.last(), first) else { continue };
        let after = &after[..after.iter().position(|part| part.period != first.period).unwrap_or(after.len())];
        let reach = |whole: &&Stated<'_>| whole.period == first.period || opening && whole.period + 1 == first.period;
        let wholes = before.iter().rev().take_while(reach).filter(|whole| whole.is_level() && scene.comparable(whole, first)).take(WHOLES);
        for whole in wholes {
            let parts: Vec<&Stated<'_>> = after.iter().filter(|part| part.is_plain_level() && scene.comparable(whole, part)).take(MOST).collect();
            let owned = parts.iter().all(|part| part.same_subject(whole)) || distinct_holders(&parts, whole);
            let timed = parts.iter().all(|part| part.same_time(whole));
            let sums = parts.iter().scan(Some(Figure::of(Decimal::ZERO)), |sum, part| {
                *sum = sum.and_then(|sum| sum.plus(part.figure));
                *sum
            });
            let meeting: Vec<usize> = sums.zip(1..).filter(|(sum, _)| sum.meets(whole.figure)).map(|(_, count)| count).collect();
            let met = meeting.into_iter().rev().find_map(|count| sum(scene, &parts[..count], whole, Told::Meeting));
            if let Some(check) = met.filter(|_| owned && timed) {
                checks.push(check);
                break;
            }
        }
    }
    checks
}

/// Where 其中 stands between two figures: `Some(true)` where nothing of its own period is before it.
fn opening(scene: &Scene<'_>, last: Option<&Stated<'_>>, first: &Stated<'_>) -> Option<bool> {
    let own = scene.clauses_before(first).start;
    let from = scene.source.clauses.get(own).map_or(first.span.start(), |clause| clause.span.start());
    let from = last.map_or(from, |last| from.max(last.span.end()));
    let between = scene.source.text.get(from..first.span.start())?;
    scene.words.openings.occurs(between).then(|| last.is_none_or(|last| last.period != first.period))
}

fn distinct_holders(parts: &[&Stated<'_>], whole: &Stated<'_>) -> bool {
    let other = parts.iter().all(|part| part.fact.subject.is_some() && part.fact.subject != whole.fact.subject);
    other && parts.iter().enumerate().all(|(at, part)| parts[..at].iter().all(|earlier| !earlier.same_subject(part)))
}

/// 出口 + 进口 = 进出口: in one paragraph, for the same days, holder and condition.
fn defined(scene: &Scene<'_>, line: &[Stated<'_>], breakdown: &Breakdown) -> Vec<Check> {
    let mut checks = Vec::new();
    for (at, whole) in line.iter().enumerate().filter(|(_, whole)| whole.is_level()) {
        let name = scene.name(whole);
        let Some(prefix) = breakdown.whole.iter().filter_map(|word| name.strip_suffix(word.as_str())).min_by_key(|prefix| prefix.len()) else { continue };
        let same = |part: &&Stated<'_>| {
            part.is_level()
                && part.same_subject(whole)
                && part.same_time(whole)
                && part.same_condition(whole)
                && part.fact.modality == whole.fact.modality
                && scene.comparable(whole, part)
        };
        let again = |stated: &Stated<'_>| {
            let name = scene.name(stated);
            let ends = |words: &[String]| words.iter().any(|word| name.ends_with(word.as_str()));
            stated.is_level() && scene.comparable(whole, stated) && ends(&breakdown.whole) && !ends(&breakdown.parts)
        };
        let after = line.get(at + 1..).unwrap_or_default();
        let after = &after[..after.iter().position(again).unwrap_or(after.len())];
        let part = |word: &String| after.iter().filter(same).find(|part| scene.name(part).strip_prefix(prefix) == Some(word.as_str()));
        let Some(parts) = breakdown.parts.iter().map(part).collect::<Option<Vec<_>>>() else { continue };
        checks.extend(sum(scene, &parts, whole, Told::Both));
    }
    checks
}

/// 今年新开工的工业项目，年内投产14项，明年投产42项，2021年投产17项: one verb, other times, and the group that the period opens with.
fn one_verb(scene: &Scene<'_>, period: &[Stated<'_>]) -> Option<Check> {
    let (at, first) = period.iter().enumerate().find(|(at, stated)| is_counted(stated) && period.get(at + 1).is_some_and(|next| follows(stated, next)))?;
    let after = &period[at..];
    let run = 1 + after.windows(2).take_while(|pair| matches!(pair, [a, b] if follows(a, b))).count();
    let parts: Vec<&Stated<'_>> = after.iter().take(run).collect();
    let disjoint = parts.iter().enumerate().all(|(at, part)| parts[..at].iter().all(|earlier| apart(earlier, part)));
    if !disjoint || period.iter().any(|other| !parts.iter().any(|part| part.index == other.index)) {
        return None;
    }
    let condition = first.fact.condition.as_deref().map(plain);
    let heads: Vec<String> = scene.clauses_before(first).map(|clause| plain(scene.clause(clause))).chain(condition).collect();
    let names = |stated: &Stated<'_>| {
        let group = scene.name(stated);
        group.chars().count() >= 4 && heads.iter().any(|head| head.ends_with(group))
    };
    let wholes = scene
        .stated
        .iter()
        .filter(|whole| whole.span.end() <= first.span.start() && is_counted(whole) && whole.same_subject(first) && scene.comparable(whole, first));
    let whole = wholes.rev().find(|whole| names(whole) && whole.fact.condition.is_none())?;
    sum(scene, &parts, whole, Told::Both)
}

fn is_counted(stated: &Stated<'_>) -> bool {
    stated.is_plain_level() && stated.kind == Kind::Count
}

fn follows(a: &Stated<'_>, b: &Stated<'_>) -> bool {
    is_counted(b) && a.same_subject(b) && a.same_indicator(b) && a.same_condition(b) && a.fact.unit == b.fact.unit
}

/// True for two periods that are both known and share no day.
fn apart(a: &Stated<'_>, b: &Stated<'_>) -> bool {
    let ends = |stated: &Stated<'_>| stated.fact.period.start.and_then(day).zip(stated.fact.period.end.and_then(day));
    matches!((ends(a), ends(b)), (Some((_, a_end)), Some((b_start, _))) if a_end < b_start)
        || matches!((ends(a), ends(b)), (Some((a_start, _)), Some((_, b_end))) if b_end < a_start)
}

fn day(moment: crate::tag::Moment) -> Option<jiff::civil::Date> {
    match moment {
        crate::tag::Moment::Day(day) => Some(day),
        _ => None,
    }
}

/// 工业6亿元、农业4亿元，合计10亿元: all like figures of the period before 合计.
fn totalled(scene: &Scene<'_>, period: &[Stated<'_>]) -> Option<Check> {
    let (at, whole) =
        period.iter().enumerate().find(|(_, whole)| whole.is_plain_level() && scene.words.totals.longest(scene.clause(whole.clause), 0).is_some())?;
    // 合计 belongs to the first figure of its clause
    if period[..at].last().is_some_and(|last| last.clause == whole.clause) {
        return None;
    }
    let parts: Vec<&Stated<'_>> = period[..at].iter().filter(|part| scene.comparable(whole, part)).collect();
    let plain = parts.iter().all(|part| part.is_plain_level() && part.same_time(whole) && part.fact.modality == whole.fact.modality);
    let owned = parts.iter().all(|part| part.same_subject(whole)) || distinct_holders(&parts, whole);
    let from = scene.source.clauses.get(scene.clauses_before(whole).start).map_or(0, |clause| clause.span.start());
    let nested = scene.source.text.get(from..whole.span.start()).is_some_and(|words| scene.words.openings.occurs(words));
    (plain && owned && !nested).then(|| sum(scene, &parts, whole, Told::Both)).flatten()
}

/// 总出让面积 of a place, and the 出让面积 of each plot after it.
fn over_holders(scene: &Scene<'_>) -> Vec<Check> {
    let mut checks = Vec::new();
    for (at, whole) in scene.stated.iter().enumerate().filter(|(_, whole)| whole.is_plain_level()) {
        let indicator = whole.fact.indicator.as_str();
        let Some(stem) = scene.words.overall.longest(indicator, 0).map(|(len, ())| &indicator[len..]).filter(|stem| stem.chars().count() >= 2) else {
            continue;
        };
        let after = scene.stated.get(at + 1..).unwrap_or_default();
        let after = &after[..after.len().min(TOGETHER)];
        let after = &after[..after.iter().position(|next| next.fact.indicator == indicator && next.same_subject(whole)).unwrap_or(after.len())];
        let mut parts: Vec<&Stated<'_>> = Vec::new();
        for part in after {
            let named = part.fact.indicator.chars().count() >= 2 && stem.ends_with(part.fact.indicator.as_str());
            let new = || part.fact.subject.is_some() && !part.same_subject(whole) && parts.iter().all(|earlier| !earlier.same_subject(part));
            let alike = || parts.first().is_none_or(|first| scene.subject_kind(first.fact) == scene.subject_kind(part.fact));
            if named && new() && alike() && part.is_plain_level() && scene.comparable(whole, part) && part.fact.condition == whole.fact.condition {
                parts.push(part);
            }
        }
        let counted =
            scene.stated[..at].iter().rev().take_while(|near| near.period == whole.period).any(|near| {
                is_counted(near) && near.same_subject(whole) && near.figure.value == Decimal::from(parts.len()) && near.figure.low == near.figure.high
            });
        let complete = counted && parts.iter().all(|part| part.fact.indicator == stem);
        checks.extend(sum(scene, &parts, whole, if complete { Told::Both } else { Told::Meeting }));
    }
    checks
}
