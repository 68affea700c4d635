//! Times: calendar expressions, resolved against the day of publication.
//!
//! One walk over the text. At each place the grammar ([`point`], [`clock`], [`running`]) reads the longest expression that
//! begins there; [`frame`] adds what stands around it (截至, 以来, 期间) and joins ranges; [`refuse`] leaves out what only
//! looks like a time. `今年以来` and `截至10月底` are times, `比上年` and `三亚` are not.

mod calendar;
mod clock;
mod decade;
mod feasts;
mod frame;
mod holiday;
mod lunar;
mod month;
mod number;
mod plan;
mod point;
mod refuse;
mod running;
mod scene;
mod stamp;
#[cfg(test)]
mod tests;
mod year;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

use crate::Span;
use crate::dict::{Start, TimeStart, TimeWords};
use scene::{Grain, Scene, When};

/// A day, or a moment of a day where the text gives a clock time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A whole day.
    Day(Date),
    /// A clock time.
    Clock(DateTime),
    /// A clock time on a day that the text leaves open.
    Time(Time),
}

impl std::fmt::Display for Moment {
    /// ISO 8601: `2019-12-20`, `2016-11-07T17:00:00`, `T17:00:00`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Moment::Day(day) => write!(f, "{day}"),
            Moment::Clock(clock) => write!(f, "{clock}"),
            Moment::Time(time) => write!(f, "T{time}"),
        }
    }
}

/// An interval: both ends belong to it; an end that is `None` is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// First day or moment.
    pub start: Option<Moment>,
    /// Last day or moment.
    pub end: Option<Moment>,
}

/// What kind of time expression it is: the column `type` of the table `times`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeKind {
    /// A single day.
    Date,
    /// A longer stretch: month, quarter, year, 截至…, 近三年.
    Period,
    /// A clock time.
    Clock,
    /// A repeated time: 每周一.
    Set,
    /// Words without an interval: 近日, 下一步.
    Vague,
}

/// A time expression that stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeRef {
    /// The words, from the first to the last character of the expression.
    pub span: Span,
    /// What kind it is.
    pub kind: TimeKind,
    /// The days it means; both ends open where it cannot be resolved.
    pub period: Period,
}

/// All time expressions of `text`, in order and disjoint; relative ones count from `published`.
///
/// A publication moment at midnight is a day without a clock: a bare `9点` then stays a clock time of no known day.
pub fn times(text: &str, published: Option<DateTime>, words: &TimeWords) -> Vec<TimeRef> {
    let mut scene = Scene::new(text, published, words);
    let mut found = Vec::new();
    if let Some(whole) = query(&scene) {
        return vec![whole];
    }
    let mut at = 0;
    for start in words.starts_in(text) {
        let place = start.at as usize;
        if place < at {
            continue;
        }
        debug_assert!(nothing_begins(&scene, at, place));
        at = place;
        let Some(c) = scene.char(at) else { break };
        if !may_begin(&scene, start) {
            debug_assert!(!begins(&scene, at), "{c} begins a time");
            scene.pass(c);
            at = number::past_run(text, at).unwrap_or(at + c.len_utf8());
            continue;
        }
        if let Some(past) = refuse::skip(&scene, at) {
            at = past;
            continue;
        }
        if let Some((when, start, end)) = frame::expression(&scene, at).filter(|(_, start, end)| start < end) {
            let span = Span::new(start, end);
            if !refuse::basis(&scene, span) && !refuse::inside_name(&scene, span) {
                found.push(TimeRef { span, kind: kind(&when), period: period(&scene, &when) });
                if !reaches(&scene, &when, start) {
                    scene.named(when);
                }
            }
            at = end;
            continue;
        }
        scene.pass(c);
        at = number::past_run(text, at).unwrap_or(at + c.len_utf8());
    }
    debug_assert!(nothing_begins(&scene, at, text.len()));
    found
}

/// 订单已排到2028年: how far something reaches is not what the figures behind it are about.
fn reaches(scene: &Scene<'_>, when: &When, start: usize) -> bool {
    let told = if scene.dated { Some(scene.today()) } else { scene.frame.and_then(|frame| frame.first()) };
    let ahead = || when.first().zip(told).is_some_and(|(first, told)| first.year() > told.year());
    scene.before(start).ends_with(['到', '至']) && ahead()
}

/// False where no time begins: most numbers stand before nothing that would make them one.
fn may_begin(scene: &Scene<'_>, start: Start) -> bool {
    let at = start.at as usize;
    let leads = |at: usize| scene.number(at).is_some_and(|count| scene.words.goes_on(scene.rest(count.end)));
    TimeStart::Word.is_in(start)
        || TimeStart::Number.is_in(start) && (at == scene.body.0 || leads(at))
        || TimeStart::BeforeNumber.is_in(start) && leads(at + '第'.len_utf8())
}

fn begins(scene: &Scene<'_>, at: usize) -> bool {
    refuse::skip(scene, at).is_some() || frame::expression(scene, at).is_some()
}

/// True where no time begins from one place up to another: what is passed over was rightly passed over.
fn nothing_begins(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    scene.text.get(from..to).unwrap_or_default().char_indices().all(|(i, _)| !begins(scene, from + i))
}

/// The longest text, in bytes, that may be one time and nothing else.
const QUERY: usize = 150;

/// The time that is all of the text: a query or a cell.
fn query(scene: &Scene<'_>) -> Option<TimeRef> {
    let scene = Scene { exact: true, ..scene.clone() };
    let (start, past) = scene.body;
    if past - start > QUERY || refuse::skip(&scene, start).is_some() {
        return None;
    }
    let (when, start, end) = frame::expression(&scene, start).filter(|(_, start, end)| scene.alone(*start, *end) && start < end)?;
    Some(TimeRef { span: Span::new(start, end), kind: kind(&when), period: period(&scene, &when) })
}

fn kind(when: &When) -> TimeKind {
    match when.grain {
        Grain::Vague => TimeKind::Vague,
        Grain::Set => TimeKind::Set,
        Grain::Second | Grain::Minute | Grain::Hour => TimeKind::Clock,
        Grain::Day => TimeKind::Date,
        _ => TimeKind::Period,
    }
}

fn period(scene: &Scene<'_>, when: &When) -> Period {
    if matches!(when.grain, Grain::Vague | Grain::Set) || when.relative && !scene.dated {
        return match when.time {
            Some(span) if when.grain != Grain::Set => span,
            _ => Period::default(),
        };
    }
    if let Some(span) = when.time {
        return span;
    }
    let clock = |moment: DateTime| moment.time() != Time::midnight();
    let exact = when.clock || when.start.is_some_and(clock) || when.after.is_some_and(clock);
    if exact && !when.dayless() {
        let point = matches!(when.grain, Grain::Second | Grain::Minute | Grain::Hour);
        // The last second of 上午 belongs to it.
        let end = match (point, when.grain) {
            (true, _) => when.start,
            (false, Grain::Part) => when.after.and_then(|after| after.checked_sub(1.second()).ok()),
            _ => when.after,
        };
        return ordered(when.start.map(Moment::Clock), end.map(Moment::Clock));
    }
    let last = when.after.and_then(|after| after.date().yesterday().ok());
    ordered(when.start.map(|start| Moment::Day(start.date())), last.map(Moment::Day))
}

fn ordered(start: Option<Moment>, end: Option<Moment>) -> Period {
    let upside_down = match (start, end) {
        (Some(Moment::Day(a)), Some(Moment::Day(b))) => a > b,
        (Some(Moment::Clock(a)), Some(Moment::Clock(b))) => a > b,
        _ => false,
    };
    if upside_down { Period::default() } else { Period { start, end } }
}
