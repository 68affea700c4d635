//! Share: the share of the whole is the part.
//!
//! Takes `产值100亿元，其中工业40亿元，占产值的40%`; refuses a whole that is not named by the words of the share (`占全县的36%` beside
//! 财政总收入), and a whole of another time, holder or condition.

use crate::check::scene::{Scene, Stated, plain};
use crate::check::{Check, CheckKind};
use crate::dict::Kind;
use crate::link::Change;

/// All checks of shares.
pub fn share(scene: &Scene<'_>) -> Vec<Check> {
    let shares = scene.stated.iter().enumerate().filter(|(_, share)| share.fact.change == Change::ShareOf && share.kind == Kind::Percent);
    shares.filter_map(|(at, share)| check(scene, &scene.stated[..at], share)).collect()
}

fn check(scene: &Scene<'_>, before: &[Stated<'_>], share: &Stated<'_>) -> Option<Check> {
    let named = whole_name(scene, share.fact.basis.as_deref()?)?;
    let alike = |stated: &&Stated<'_>| {
        stated.is_level() && !stated.is_relative() && stated.same_subject(share) && stated.same_time(share) && stated.fact.modality == share.fact.modality
    };
    let part = before.iter().rev().take_while(|stated| stated.period == share.period).find(alike).filter(|part| part.same_indicator(share))?;
    let earlier = scene.named(&named).rev().filter(|whole| whole.index < share.index && whole.index != part.index);
    let mut wholes = earlier.filter(alike).filter(|whole| scene.comparable(whole, part) && whole.same_condition(part));
    let whole = wholes.next()?;
    if wholes.any(|other| other.figure.value != whole.figure.value) {
        return None;
    }
    scene.compare(CheckKind::Share, &[share, whole], share.figure.by(whole.figure)?, part)
}

/// The name of the whole without the words for the place: 全市工业总产值 is 工业总产值.
fn whole_name(scene: &Scene<'_>, basis: &str) -> Option<String> {
    let named = plain(basis);
    let from = scene.words.regions.longest(&named, 0).map_or(0, |(len, ())| len);
    Some(named[from..].to_owned()).filter(|named| !named.is_empty())
}
