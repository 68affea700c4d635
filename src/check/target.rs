//! Target: a level is what was aimed at and the difference from it.
//!
//! Takes `提出用地面积5平方公里的目标。…超过目标1.2平方公里。…用地面积达到6.2平方公里`; refuses a difference from anything but a
//! target (`比上年多1.2平方公里`), and targets or levels of several values.

use crate::check::scene::{Scene, Stated};
use crate::check::{Check, CheckKind};
use crate::link::{Change, Modality};

/// All checks of targets against levels.
pub fn target(scene: &Scene<'_>) -> Vec<Check> {
    let differences = scene.stated.iter().filter(|stated| matches!(stated.fact.change, Change::UpBy | Change::DownBy) && !stated.is_relative());
    differences.filter(|difference| scene.words.targets.occurs(scene.before(difference))).filter_map(|difference| check(scene, difference)).collect()
}

fn check(scene: &Scene<'_>, difference: &Stated<'_>) -> Option<Check> {
    let like = |stated: &&Stated<'_>| {
        stated.is_level() && stated.same_subject(difference) && scene.comparable(stated, difference) && measures(scene.name(difference), scene.name(stated))
    };
    let aimed = |stated: &&Stated<'_>| matches!(stated.fact.modality, Modality::Target | Modality::Planned);
    let mark = only(scene.around(difference).iter().filter(like).filter(aimed))?;
    let level = only(
        scene
            .around(difference)
            .iter()
            .filter(like)
            .filter(|stated| stated.fact.modality == Modality::Actual && stated.same_time(difference) && stated.same_condition(mark)),
    )?;
    // 5平方公里以上 sets the mark at 5
    let mark_at = mark.figure.point();
    let expected = if difference.fact.change == Change::UpBy { mark_at.plus(difference.figure) } else { mark_at.minus(difference.figure) };
    scene.compare(CheckKind::Target, &[mark, difference], expected?, level)
}

/// 用地面积 and 新开工用地面积: the same measure, one with its group.
fn measures(a: &str, b: &str) -> bool {
    let short = a.chars().count().min(b.chars().count());
    a == b || short >= 3 && (a.ends_with(b) || b.ends_with(a))
}

/// The last of them, where all state the same value.
fn only<'s, 'a>(mut found: impl Iterator<Item = &'s Stated<'a>>) -> Option<&'s Stated<'a>>
where
    'a: 's,
{
    let first = found.next()?;
    found.try_fold(first, |last, next| (next.figure.value == last.figure.value).then_some(next))
}
