//! Cross-checks: the arithmetic that an article itself offers, worked out over its facts. It reports and never repairs.
//!
//! | kind | example | it says |
//! | --- | --- | --- |
//! | [`parts`] | 全长47公里，其中甲段29公里、乙段18公里 | the parts are the whole, or are not |
//! | [`target`] | 目标5平方公里，超过目标1.2平方公里，达到6.2平方公里 | the level is the target and the difference |
//! | [`share`] | 产值100亿元，其中工业40亿元，占40% | the share of the whole is the part |
//! | [`quotient`] | 面积1000平方公里，人口70万人，人口密度700人/平方公里 | one figure divided by another is the third |
//! | [`growth`] | 由100亿元增加到120亿元，增长20% | the two levels and their difference agree |
//! | [`repeat`] | the same fact in two places | the two figures agree |
//!
//! Figures are only brought together where subject, dimension, time and words say that they belong together. Each counts
//! for the interval that its digits leave open (6.2 is 6.15 to 6.25, 14项 is 14); a check holds where the interval of the
//! result meets that of the figure. With 约, 超过 or a range in it a check may hold and is never said not to.

mod figures;
mod growth;
mod parts;
mod quotient;
mod repeat;
mod scene;
mod share;
mod target;

use crate::decimal::Decimal;

use crate::dict::Dict;
use crate::link::{Clause, Fact};
use crate::tag::{Mentions, Quantity};
use scene::Scene;

/// What the arithmetic is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckKind {
    /// Parts and their sum.
    Parts,
    /// A level, what was aimed at, and how far the one is from the other.
    Target,
    /// A part, its share, and the whole.
    Share,
    /// A quotient and what is divided.
    Quotient,
    /// Two levels and what lies between them.
    Growth,
    /// The same fact stated twice.
    Repeat,
}

impl CheckKind {
    /// The word of the tables.
    pub fn name(self) -> &'static str {
        match self {
            CheckKind::Parts => "parts",
            CheckKind::Target => "target",
            CheckKind::Share => "share",
            CheckKind::Quotient => "quotient",
            CheckKind::Growth => "growth",
            CheckKind::Repeat => "repeat",
        }
    }
}

/// One piece of arithmetic: what some facts give for the last of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What it is about.
    pub kind: CheckKind,
    /// The numbers of the facts in [`Reading::facts`](crate::Reading::facts); the last is the one that the others are held against.
    pub facts: Vec<usize>,
    /// What the other facts give, in the unit of the last.
    pub expected: Decimal,
    /// What the last fact states, in its unit.
    pub found: Decimal,
    /// True where the two agree within the digits given.
    pub holds: bool,
}

/// The layers that checks are made of.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The body of the article.
    pub text: &'a str,
    /// Clauses, in order.
    pub clauses: &'a [Clause],
    /// Quantities, in order.
    pub quantities: &'a [Quantity],
    /// Facts, in the order of their quantities.
    pub facts: &'a [Fact],
    /// Names and what they stand for.
    pub mentions: &'a Mentions,
    /// Units and the words of the checks.
    pub dict: &'a Dict,
}

/// The checks of an article, in the order of the facts that they are about.
pub fn checks(source: Source<'_>) -> Vec<Check> {
    let scene = Scene::new(source);
    let mut checks = parts::parts(&scene);
    checks.extend(target::target(&scene));
    checks.extend(share::share(&scene));
    checks.extend(quotient::quotient(&scene));
    checks.extend(growth::growth(&scene));
    checks.extend(repeat::repeat(&scene));
    checks.sort_by(|a, b| (a.facts.last(), a.kind, &a.facts).cmp(&(b.facts.last(), b.kind, &b.facts)));
    checks.dedup_by(|a, b| a.kind == b.kind && a.facts == b.facts);
    checks
}
