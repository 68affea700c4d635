//! Times: calendar expressions, resolved against the day of publication.

use jiff::civil::{Date, DateTime};

use crate::Span;
use crate::dict::TimeWords;

/// A day, or a moment of a day where the text gives a clock time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A whole day.
    Day(Date),
    /// A clock time.
    Clock(DateTime),
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
pub fn times(text: &str, published: Option<Date>, words: &TimeWords) -> Vec<TimeRef> {
    let _ = (text, published, words);
    Vec::new()
}
