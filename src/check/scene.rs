//! The facts of an article as figures, with what decides whether two of them belong together.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::Span;
use crate::check::figures::Figure;
use crate::check::{Check, CheckKind, Source};
use crate::dict::{CheckWords, EntityKind, Kind};
use crate::link::{Change, Fact, Subject};
use crate::tag::UnitExpr;

/// A fact with its figure and its place.
#[derive(Debug, Clone, Copy)]
pub struct Stated<'a> {
    /// Its number.
    pub index: usize,
    /// The fact.
    pub fact: &'a Fact,
    /// Where its quantity stands.
    pub span: Span,
    /// The figure, in base units.
    pub figure: Figure,
    /// The kind of its unit.
    pub kind: Kind,
    /// The clause that it stands in.
    pub clause: usize,
    /// The period (up to 。) that it stands in.
    pub period: usize,
    /// The line that it stands in.
    pub line: usize,
    /// The number of its indicator's words.
    pub name: usize,
    /// The number of its condition's words.
    condition: usize,
}

impl Stated<'_> {
    /// True for a level: a value that is no change, share or ratio.
    pub fn is_level(&self) -> bool {
        matches!(self.fact.change, Change::None | Change::UpTo | Change::DownTo)
    }

    /// True for a plain level: not the end of a rise or fall.
    pub fn is_plain_level(&self) -> bool {
        self.fact.change == Change::None
    }

    /// True for a percentage, points of one or a multiple.
    pub fn is_relative(&self) -> bool {
        matches!(self.kind, Kind::Percent | Kind::Point | Kind::Multiple)
    }

    /// True where both facts say whom they are about, and it is the same.
    pub fn same_subject(&self, other: &Stated<'_>) -> bool {
        self.fact.subject.is_some() && self.fact.subject == other.fact.subject
    }

    /// True where both facts hold for the same days.
    pub fn same_time(&self, other: &Stated<'_>) -> bool {
        self.fact.period == other.fact.period
    }

    /// True where both facts hold under the same condition.
    pub fn same_condition(&self, other: &Stated<'_>) -> bool {
        self.condition == other.condition
    }

    /// True where both facts measure the same thing, by its words.
    pub fn same_indicator(&self, other: &Stated<'_>) -> bool {
        self.name == other.name
    }
}

/// The figures of an article, in the order of its facts.
#[derive(Debug)]
pub struct Scene<'a> {
    /// The layers.
    pub source: Source<'a>,
    /// The words of the checks.
    pub words: &'a CheckWords,
    /// Every fact that has a figure.
    pub stated: Vec<Stated<'a>>,
    numbers: BTreeMap<String, usize>,
    named: Vec<Named>,
}

/// Words of indicators and conditions as they are compared, and the figures that have them as indicator.
#[derive(Debug, Default)]
struct Named {
    words: String,
    stated: Vec<usize>,
}

/// So many figures of one sentence or paragraph are compared with each other, and so many of one name: nobody states more
/// together, and comparing each with all would take the square of the time.
pub const TOGETHER: usize = 120;

impl<'a> Scene<'a> {
    pub fn new(source: Source<'a>) -> Scene<'a> {
        let units = &source.dict.units;
        let mut clause = 0;
        let (mut runs, mut run, mut place) = (0, 0, None);
        let mut scene =
            Scene { source, words: &source.dict.checks, stated: Vec::with_capacity(source.facts.len()), numbers: BTreeMap::new(), named: Vec::new() };
        for (index, fact) in source.facts.iter().enumerate() {
            let Some(quantity) = source.quantities.get(fact.quantity) else { continue };
            while source.clauses.get(clause + 1).is_some_and(|next| next.span.start() <= quantity.span.start()) {
                clause += 1;
            }
            let Some(at) = source.clauses.get(clause) else { continue };
            if let Some(figure) = Figure::read(&source.text[quantity.span], fact.amount, fact.unit, units) {
                let kind = fact.unit.kind(units);
                let (name, condition) = (scene.number(&fact.indicator), scene.number(fact.condition.as_deref().unwrap_or_default()));
                if let Some(named) = scene.named.get_mut(name) {
                    named.stated.push(scene.stated.len());
                }
                // a run that is too long goes on as another line: two further, so that it follows on none
                run = if place == Some(at.line) && run < TOGETHER { run + 1 } else { 0 };
                runs += if place == Some(at.line) && run == 0 { 2 } else { 0 };
                place = Some(at.line);
                let (period, line) = (at.period + runs, at.line + runs);
                scene.stated.push(Stated { index, fact, span: quantity.span, figure, kind, clause, period, line, name, condition });
            }
        }
        scene
    }

    /// The number of some words, alike for words that the guideline compares as the same.
    fn number(&mut self, words: &str) -> usize {
        let words = if words.contains(is_nothing) { Cow::Owned(plain(words)) } else { Cow::Borrowed(words) };
        if let Some(&number) = self.numbers.get(&*words) {
            return number;
        }
        self.numbers.insert(words.clone().into_owned(), self.named.len());
        self.named.push(Named { words: words.into_owned(), stated: Vec::new() });
        self.named.len() - 1
    }

    /// The words of a figure's indicator, as they are compared.
    pub fn name(&self, stated: &Stated<'_>) -> &str {
        self.named.get(stated.name).map_or("", |named| named.words.as_str())
    }

    /// The figures of an indicator, by the words as they are compared.
    pub fn named(&self, words: &str) -> impl DoubleEndedIterator<Item = &Stated<'a>> {
        let named = self.numbers.get(words).and_then(|&number| self.named.get(number));
        named.map(|named| named.stated.as_slice()).unwrap_or_default().iter().take(TOGETHER).filter_map(|&at| self.stated.get(at))
    }

    /// The figures around one, whatever their line.
    pub fn around(&self, stated: &Stated<'_>) -> &[Stated<'a>] {
        let at = self.stated.partition_point(|other| other.index < stated.index);
        &self.stated[at.saturating_sub(10 * TOGETHER)..self.stated.len().min(at + 10 * TOGETHER)]
    }

    /// The runs of figures that share a line.
    pub fn lines(&self) -> impl Iterator<Item = &[Stated<'a>]> {
        self.stated.chunk_by(|a, b| a.line == b.line)
    }

    /// The runs of figures that share a period (up to 。).
    pub fn periods(&self) -> impl Iterator<Item = &[Stated<'a>]> {
        self.stated.chunk_by(|a, b| a.period == b.period)
    }

    /// True where two figures may be added: the same dimension, and for counts and money the same unit.
    pub fn comparable(&self, a: &Stated<'_>, b: &Stated<'_>) -> bool {
        let units = &self.source.dict.units;
        if a.fact.unit == b.fact.unit {
            return true;
        }
        let share = |kind: Kind| matches!(kind, Kind::Percent | Kind::Point);
        if share(a.kind) || share(b.kind) {
            return share(a.kind) && share(b.kind);
        }
        let currency = |unit: UnitExpr| units.get(unit.unit).currency.as_deref();
        let counted = |unit: UnitExpr| units.get(unit.unit).kind == Kind::Count;
        let (dimension, none) = (a.fact.unit.dimension(units), crate::dict::Dimension::NONE);
        dimension != none
            && dimension == b.fact.unit.dimension(units)
            && currency(a.fact.unit) == currency(b.fact.unit)
            && !counted(a.fact.unit)
            && !counted(b.fact.unit)
    }

    /// The kind of what a fact is about.
    pub fn subject_kind(&self, fact: &Fact) -> Option<EntityKind> {
        match fact.subject.as_ref()? {
            Subject::Entity(id) => self.source.mentions.entity(*id).map(|entity| entity.kind),
            Subject::Phrase(_) => None,
        }
    }

    /// The words of a clause before a figure.
    pub fn before(&self, stated: &Stated<'_>) -> &'a str {
        let start = self.source.clauses.get(stated.clause).map_or(stated.span.start(), |clause| clause.span.start().min(stated.span.start()));
        &self.source.text[start..stated.span.start()]
    }

    /// The words of a clause.
    pub fn clause(&self, clause: usize) -> &'a str {
        self.source.clauses.get(clause).map_or("", |clause| &self.source.text[clause.span])
    }

    /// The clauses of the period that a figure stands in, up to its own.
    pub fn clauses_before(&self, stated: &Stated<'_>) -> Range<usize> {
        let first = self.source.clauses[..stated.clause].iter().rposition(|clause| clause.period != stated.period).map_or(0, |last| last + 1);
        first..stated.clause
    }

    /// The check that `expected` is what `found` states, unless it would only say that an approximation does not hold.
    pub fn compare(&self, kind: CheckKind, facts: &[&Stated<'_>], expected: Figure, found: &Stated<'_>) -> Option<Check> {
        let holds = expected.meets(found.figure);
        let exact = expected.exact && found.figure.exact;
        if !holds && !exact {
            return None;
        }
        let one = found.fact.unit.to_base(crate::decimal::Decimal::ONE, &self.source.dict.units)?;
        let mut facts: Vec<usize> = facts.iter().map(|stated| stated.index).collect();
        facts.push(found.index);
        Some(Check { kind, facts, expected: expected.value.checked_div(one)?, found: found.fact.amount.low()?, holds })
    }
}

/// Words without blanks, quotation marks and 的, as the guideline compares them.
pub fn plain(words: &str) -> String {
    words.chars().filter(|c| !is_nothing(*c)).collect()
}

/// Blanks, quotation marks and 的.
fn is_nothing(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '"' | '\'' | '「' | '」' | '『' | '』' | '《' | '》' | '的') || c.is_whitespace()
}
