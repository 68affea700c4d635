//! Growth: two levels and what lies between them.
//!
//! - both levels and the change: `由100亿元增加到120亿元，增长20%`, `2022年75万台…120万台，增长六成`, `…是2021年的9倍`;
//! - one level and two changes: `收入58.74亿元，比上年同期增收6.33亿元，增长12.1%`.
//!
//! Refused: growth at constant prices (`可比价格`, 增加值), averages over years (`年均增长`), bases that are other holders (`高于全省`), and
//! a level that is not of the basis (`同比增长` beside the level of five years ago).

use crate::decimal::Decimal;
use jiff::ToSpan;

use crate::check::figures::Figure;
use crate::check::scene::{Scene, Stated, plain};
use crate::check::{Check, CheckKind};
use crate::dict::Kind;
use crate::link::Change;
use crate::tag::{Moment, Period};

/// All checks of growth.
pub fn growth(scene: &Scene<'_>) -> Vec<Check> {
    let mut checks = Vec::new();
    for (at, change) in scene.stated.iter().enumerate() {
        let changes = matches!(change.fact.change, Change::UpBy | Change::DownBy) || change.fact.change == Change::Ratio && change.is_relative();
        if !changes || is_real(scene, change) {
            continue;
        }
        let Some(level) = level_of(scene, at, change) else { continue };
        checks.extend(between_levels(scene, level, change));
        checks.extend(two_changes(scene, at, level, change));
    }
    checks
}

/// The nearest level before a change in its period, where it is of the same measure.
fn level_of<'s, 'a>(scene: &'s Scene<'a>, at: usize, change: &Stated<'a>) -> Option<&'s Stated<'a>> {
    let near = scene.stated[..at].iter().rev().take_while(|stated| stated.period == change.period);
    near.filter(|stated| stated.is_level())
        .find(|stated| same_measure(stated, change) && stated.same_time(change) && stated.fact.modality == change.fact.modality)
}

fn same_measure(a: &Stated<'_>, b: &Stated<'_>) -> bool {
    a.same_subject(b) && a.same_indicator(b) && a.same_condition(b)
}

/// Earlier level, change and level.
fn between_levels(scene: &Scene<'_>, level: &Stated<'_>, change: &Stated<'_>) -> Option<Check> {
    let earlier = |stated: &&Stated<'_>| {
        let alike = stated.same_subject(level) && scene.comparable(stated, level);
        stated.index != level.index && stated.is_plain_level() && alike && is_basis(scene, stated, change, level)
    };
    let mut found = scene.named(scene.name(level)).filter(earlier);
    let earlier = found.next()?;
    if found.any(|other| other.figure.value != earlier.figure.value) {
        return None;
    }
    let one = Figure::of(Decimal::ONE);
    let expected = match change.fact.change {
        Change::UpBy if relative(change, level) => earlier.figure.by(one.plus(change.figure)?)?,
        Change::DownBy if relative(change, level) => earlier.figure.by(one.minus(change.figure)?)?,
        Change::Ratio => earlier.figure.by(change.figure)?,
        _ if !scene.comparable(change, level) => return None,
        Change::UpBy => earlier.figure.plus(change.figure)?,
        _ => earlier.figure.minus(change.figure)?,
    };
    scene.compare(CheckKind::Growth, &[earlier, change], expected, level)
}

/// True for a change in per cent of the level; points of a percentage are a difference.
fn relative(change: &Stated<'_>, level: &Stated<'_>) -> bool {
    matches!(change.kind, Kind::Percent | Kind::Multiple) && !matches!(level.kind, Kind::Percent | Kind::Point)
}

/// A difference and a percentage against the same basis: 58.74亿元, 增收6.33亿元, 增长12.1%.
fn two_changes(scene: &Scene<'_>, at: usize, level: &Stated<'_>, percent: &Stated<'_>) -> Option<Check> {
    if percent.fact.change == Change::Ratio || !relative(percent, level) {
        return None;
    }
    let after = scene.stated.get(at + 1).filter(|next| next.period == percent.period);
    let near = scene.stated[..at].iter().rev().take_while(|stated| stated.index > level.index).chain(after);
    let alike = |stated: &&Stated<'_>| {
        stated.fact.change == percent.fact.change
            && stated.fact.basis == percent.fact.basis
            && scene.comparable(stated, level)
            && same_measure(stated, percent)
            && stated.same_time(percent)
    };
    let difference = near.into_iter().find(alike)?;
    let up = percent.fact.change == Change::UpBy;
    let earlier = if up { level.figure.minus(difference.figure)? } else { level.figure.plus(difference.figure)? };
    scene.compare(CheckKind::Growth, &[level, difference], difference.figure.over(earlier)?, percent)
}

/// True where the words of the change or of its measure speak of growth at constant prices or on another footing.
fn is_real(scene: &Scene<'_>, change: &Stated<'_>) -> bool {
    let words = &scene.words.real;
    let sentence = scene.clauses_before(change).chain([change.clause]).rev().take(2).any(|clause| words.occurs(scene.clause(clause)));
    sentence || words.occurs(&change.fact.indicator) || change.fact.condition.as_deref().is_some_and(|condition| words.occurs(condition))
}

/// True where `earlier` is what the change is measured against.
fn is_basis(scene: &Scene<'_>, earlier: &Stated<'_>, change: &Stated<'_>, level: &Stated<'_>) -> bool {
    let words = earlier.fact.time.map(|span| plain(&scene.source.text[span])).unwrap_or_default();
    let Some(basis) = change.fact.basis.as_deref().map(plain) else {
        let reached = matches!(level.fact.change, Change::UpTo | Change::DownTo);
        return reached && earlier.index + 1 == level.index && earlier.period == level.period && change.fact.change != Change::Ratio;
    };
    if scene.words.earlier.get(&basis).is_some() {
        return earlier.same_condition(level) && is_year_before(earlier.fact.period, level.fact.period);
    }
    !words.is_empty() && earlier.same_condition(level) && (basis == words || basis.contains(&words)) && earlier.fact.period != level.fact.period
}

/// True where the first period is the second, one year earlier.
fn is_year_before(earlier: Period, later: Period) -> bool {
    let day = |moment: Option<Moment>| match moment {
        Some(Moment::Day(day)) => Some(day),
        _ => None,
    };
    let back = |moment: Option<Moment>| day(moment).and_then(|day| day.checked_sub(1.year()).ok());
    later.end.is_some() && day(earlier.end).is_some() && day(earlier.end) == back(later.end) && day(earlier.start) == back(later.start)
}
