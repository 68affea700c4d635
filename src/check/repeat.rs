//! Repeat: the same fact stated twice.
//!
//! Takes the total investment of one project in two paragraphs, or the same indicator of a county for the same months in the
//! text and in a table. Refuses figures of one sentence (they are a list), words that name many things (项目, 投资), restored
//! indicators, and two different figures where one stands behind a count (`省重点项目2个，…完成投资7.9亿元`): it may be of that group.

use crate::check::scene::{Scene, Stated};
use crate::check::{Check, CheckKind};
use crate::dict::{EntityKind, Kind};
use crate::link::Change;
use crate::tag::Period;

/// All checks of facts that are stated twice. Of three statements the second and third are each held against the first.
pub fn repeat(scene: &Scene<'_>) -> Vec<Check> {
    let mut checks = Vec::new();
    for later in scene.stated.iter().filter(|stated| is_telling(scene, stated)) {
        let earlier = scene.named(scene.name(later)).take_while(|stated| stated.index < later.index);
        if let Some(first) = earlier.filter(|stated| is_telling(scene, stated)).find(|first| same_fact(scene, first, later)) {
            let check = scene.compare(CheckKind::Repeat, &[first], first.figure, later);
            checks.extend(check.filter(|check| check.holds || !follows_count(scene, first) && !follows_count(scene, later)));
        }
    }
    checks
}

/// True where subject, words and time leave no doubt what the figure is of.
fn is_telling(scene: &Scene<'_>, stated: &Stated<'_>) -> bool {
    let Some(kind) = scene.subject_kind(stated.fact) else { return false };
    let words = scene.name(stated);
    let known = scene.source.dict.cues.indicators.get(words).is_some();
    let timed = stated.fact.period != Period::default();
    let place = matches!(kind, EntityKind::Region | EntityKind::Zone | EntityKind::Organisation | EntityKind::Other);
    let length = words.chars().count();
    let named = if timed { known && length >= 3 || length >= 4 } else { !place && known && length >= 3 };
    named && !stated.fact.inferred.contains(&"indicator") && stated.fact.change != Change::Ratio
}

/// True where a count of something else stands before a figure in its line.
fn follows_count(scene: &Scene<'_>, stated: &Stated<'_>) -> bool {
    let before = scene.stated.partition_point(|other| other.index < stated.index);
    scene.stated[..before].iter().rev().take_while(|other| other.line == stated.line).any(|other| other.kind == Kind::Count && !other.same_indicator(stated))
}

fn same_fact(scene: &Scene<'_>, a: &Stated<'_>, b: &Stated<'_>) -> bool {
    a.period != b.period
        && a.line != b.line
        && a.same_subject(b)
        && a.same_indicator(b)
        && a.same_time(b)
        && a.same_condition(b)
        && a.fact.change == b.fact.change
        && a.fact.basis == b.fact.basis
        && a.fact.modality == b.fact.modality
        && scene.comparable(a, b)
}
