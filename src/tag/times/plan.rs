//! Five-year plans as periods: “十四五”期间, 国家“一五”期间, 十三五时期, “十四五”末; not “十四五”规划.

use super::calendar::years as year_span;
use super::frame::running_until_now;
use super::scene::{Grain, Scene, When};
use crate::dict::TimeCue;

/// Plan periods: “十四五”期间, 国家“一五”期间, 十三五时期, “十四五”末.
pub(super) fn plan(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let from = scene.any(at, &["国家"]).unwrap_or(at);
    let name = scene.any(from, &["“", "\"", "「", "‘"]);
    let start = name.unwrap_or(from);
    let (len, first) = scene.words.plans.longest(scene.text, start)?;
    let past = start + len;
    let past = match name {
        Some(_) => scene.any(past, &["”", "\"", "」", "’"])?,
        None => past,
    };
    let whole = year_span(*first, *first + 4)?.dated(false, true);
    let whole = When { grain: Grain::Stretch, echo: true, ..whole };
    if let Some(end) = scene.cue(past, TimeCue::PlanPeriod) {
        return Some((whole, end));
    }
    if let Some(end) = scene.cue(past, TimeCue::Running) {
        return Some((running_until_now(scene, &whole), end));
    }
    if let Some(end) = scene.cue(past, TimeCue::PlanEnd) {
        return whole.last().map(|last| (When { echo: true, ..When::day(last).dated(false, true) }, end));
    }
    if let Some(end) = scene.cue(past, TimeCue::PlanStart) {
        return whole.first().map(|day| (When { echo: true, ..When::day(day).dated(false, true) }, end));
    }
    None
}
