//! Repeat: the same fact stated twice.
//!
//! Takes the total investment of one project in two paragraphs, or the same indicator of a county for the same months in the
//! text and in a table. Refuses figures of one sentence (they are a list), of words that name many things (项目, 投资 of a
//! place without a time), and of restored indicators.

use crate::check::scene::{Scene, Stated};
use crate::check::{Check, CheckKind};
use crate::dict::EntityKind;
use crate::link::Change;
use crate::tag::Period;

/// All checks of facts that are stated twice. Of three statements the second and third are each held against the first.
pub fn repeat(scene: &Scene<'_>) -> Vec<Check> {
    let mut checks = Vec::new();
    for later in scene.stated.iter().filter(|stated| is_telling(scene, stated)) {
        let earlier = scene.named(scene.name(later)).take_while(|stated| stated.index < later.index);
        if let Some(first) = earlier.filter(|stated| is_telling(scene, stated)).find(|first| same_fact(scene, first, later)) {
            checks.extend(scene.compare(CheckKind::Repeat, &[first], first.figure, later));
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
    let named = if timed { known || words.chars().count() >= 4 } else { !place && known && words.chars().count() >= 3 };
    named && !stated.fact.inferred.contains(&"indicator") && stated.fact.change != Change::Ratio
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
