//! What belongs together: subject, indicator, quantity, time, certainty.

mod around;
pub mod certainty;
pub mod clauses;
mod conditions;
pub mod discourse;
pub mod facts;
mod indicator;
mod items;
pub mod lead;
mod left;
mod measure;
mod named;
mod openers;
pub mod roles;
mod shapes;
mod speakers;
mod subject;
pub mod when;

pub use clauses::{Clause, clauses};
pub use facts::{Source, facts};
pub use lead::Layers;
pub use named::named;
pub use roles::roles;
pub use when::frame;

use crate::Span;
use crate::tag::{Amount, EntityId, Period, UnitExpr};

/// What a quantity does in its sentence (guideline Q7). Only values make facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Measures or counts something that is asserted.
    Value,
    /// Restricts another value: 5亿元以上项目.
    Filter,
    /// The same amount again in another unit.
    Conversion,
    /// About nothing in particular: 一座百亩茶园.
    Generic,
    /// Procedures, streaks, denied statements, private persons.
    Other,
}

impl Role {
    /// The word of the tables.
    pub fn name(self) -> &'static str {
        match self {
            Role::Value => "value",
            Role::Filter => "filter",
            Role::Conversion => "conversion",
            Role::Generic => "generic",
            Role::Other => "other",
        }
    }
}

/// Whether a value is a level or a change of one (guideline §8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// A level.
    None,
    /// 增长, 提高: a difference upwards.
    UpBy,
    /// 下降, 减少: a difference downwards.
    DownBy,
    /// 增至: the level reached from below.
    UpTo,
    /// 降至: the level reached from above.
    DownTo,
    /// 占…的: a share.
    ShareOf,
    /// 是…的N倍, 完成预算的N%.
    Ratio,
}

impl Change {
    /// The word of the tables.
    pub fn name(self) -> &'static str {
        match self {
            Change::None => "none",
            Change::UpBy => "up_by",
            Change::DownBy => "down_by",
            Change::UpTo => "up_to",
            Change::DownTo => "down_to",
            Change::ShareOf => "share_of",
            Change::Ratio => "ratio",
        }
    }
}

/// How certain a fact is (guideline §9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Modality {
    /// Done, measured, in force.
    Actual,
    /// 计划, 拟, 预算.
    Planned,
    /// 力争, 要求, 不得.
    Target,
    /// 预计, 可, 投产后.
    Forecast,
}

impl Modality {
    /// The word of the tables.
    pub fn name(self) -> &'static str {
        match self {
            Modality::Actual => "actual",
            Modality::Planned => "planned",
            Modality::Target => "target",
            Modality::Forecast => "forecast",
        }
    }
}

/// Who or what a value belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// An entity of the article.
    Entity(EntityId),
    /// A descriptive phrase, where there is no name.
    Phrase(String),
}

/// Where a fact was read and by which rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// The sentence.
    pub sentence: Span,
    /// The name of the rule.
    pub rule: &'static str,
}

/// One row of the table: who – what – how much – when – how certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The number of its quantity in [`Reading::quantities`](crate::Reading::quantities).
    pub quantity: usize,
    /// Who or what the value belongs to.
    pub subject: Option<Subject>,
    /// What is measured or counted, in the article's words.
    pub indicator: String,
    /// The value; it differs from the quantity's where the sentence says so (亏损2亿元 is −2亿元).
    pub amount: Amount,
    /// The unit; it differs from the quantity's for 每年可新增6亿元 (元/年).
    pub unit: UnitExpr,
    /// Level, difference, share or ratio.
    pub change: Change,
    /// Against what, in the article's words.
    pub basis: Option<String>,
    /// The days it holds for.
    pub period: Period,
    /// The words that say so.
    pub time: Option<Span>,
    /// How certain.
    pub modality: Modality,
    /// Filter, scope or scenario, in the article's words.
    pub condition: Option<String>,
    /// The fields that were carried or restored.
    pub inferred: Vec<&'static str>,
    /// Where it was read.
    pub evidence: Evidence,
}
