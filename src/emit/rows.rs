//! A reading as rows: owned, in the publisher's words, offsets in Unicode scalar values of the text as published.

use std::sync::OnceLock;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::decimal::rounded;
use crate::dict::{Dict, Units};
use crate::emit::checks::{self, CheckRow};
use crate::link::{Fact, Subject};
use crate::segment::Token;
use crate::source::SourceError;
use crate::tag::{self, Amount, Moment, Period, Quantity, TimeKind, UnitExpr};
use crate::{Reading, Span};

/// A row of `facts`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the fields are the columns")]
pub struct FactRow {
    pub article: String,
    pub subject: String,
    pub indicator: String,
    pub written: String,
    pub value: String,
    pub value_max: String,
    pub unit: String,
    pub comparison: &'static str,
    pub change: &'static str,
    pub basis: String,
    pub time_start: String,
    pub time_end: String,
    pub time_text: String,
    pub modality: &'static str,
    pub condition: String,
    pub subject_type: &'static str,
    pub subject_code: String,
    pub base_value: String,
    pub base_value_max: String,
    pub base_unit: String,
    pub inferred: String,
    pub rule: &'static str,
    pub start: usize,
    pub end: usize,
    pub evidence: String,
}

/// A row of `quantities`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the fields are the columns")]
pub struct QuantityRow {
    pub article: String,
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub value: String,
    pub value_max: String,
    pub unit: String,
    pub comparison: &'static str,
    pub r#type: &'static str,
    pub role: &'static str,
    pub dimension: String,
    pub base_value: String,
    pub base_value_max: String,
    pub base_unit: String,
}

/// A row of `entities`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the fields are the columns")]
pub struct EntityRow {
    pub article: String,
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub r#type: &'static str,
    pub name: String,
    pub code: String,
    pub path: String,
}

/// A row of `times`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the fields are the columns")]
pub struct TimeRow {
    pub article: String,
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub r#type: &'static str,
    pub time_start: String,
    pub time_end: String,
}

/// A row of `articles`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the fields are the columns")]
pub struct ArticleRow {
    pub article: String,
    pub source: String,
    pub title: String,
    pub published: String,
    pub characters: usize,
    pub sentences: usize,
    pub quantities: usize,
    pub entities: usize,
    pub times: usize,
    pub facts: usize,
    pub notes: String,
    pub encoding: &'static str,
    pub replaced: usize,
    /// Who published it, where the input says so.
    pub publisher: String,
}

impl ArticleRow {
    /// Adds what was counted in another section of the same article.
    pub fn add(&mut self, section: &ArticleRow) {
        self.characters += section.characters;
        self.sentences += section.sentences;
        self.quantities += section.quantities;
        self.entities += section.entities;
        self.times += section.times;
        self.facts += section.facts;
    }
}

/// A row of `numerals`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the fields are the columns")]
pub struct NumeralRow {
    pub article: String,
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub value: String,
    pub value_max: String,
    pub comparison: &'static str,
}

/// A row of `tokens`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the fields are the columns")]
pub struct TokenRow {
    pub article: String,
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub tag: String,
}

/// A row of `sentences`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the fields are the columns")]
pub struct SentenceRow {
    pub article: String,
    pub start: usize,
    pub end: usize,
    pub text: String,
}

/// A row of `errors`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the fields are the columns")]
pub struct ErrorRow {
    pub source: String,
    pub article: String,
    pub error: String,
}

impl From<&SourceError> for ErrorRow {
    fn from(error: &SourceError) -> ErrorRow {
        let message = if error.place == error.source { error.message.clone() } else { error.to_string() };
        ErrorRow { source: error.source.clone(), article: error.article.clone(), error: message }
    }
}

/// A reading that can be asked for the rows of each table.
#[derive(Debug)]
pub struct Rows<'a> {
    reading: &'a Reading<'a>,
    characters: Characters<'a>,
    /// Of the quantities: they are asked for by their facts too.
    measures: Vec<OnceLock<Measure>>,
}

impl<'a> Rows<'a> {
    /// Prepares the rows of a reading.
    pub fn new(reading: &'a Reading<'a>) -> Rows<'a> {
        Rows { reading, characters: Characters::new(&reading.article.raw), measures: vec![OnceLock::new(); reading.quantities.len()] }
    }

    /// The text that all offsets count in.
    pub fn published_text(&self) -> &'a str {
        &self.reading.article.raw
    }

    /// The rows of `facts`, in the order of their quantities.
    pub fn facts(&self) -> impl Iterator<Item = FactRow> {
        self.reading.facts.iter().filter_map(|fact| self.fact(fact))
    }

    fn fact(&self, fact: &Fact) -> Option<FactRow> {
        let article = self.reading.article;
        let quantity = self.reading.quantities.get(fact.quantity)?;
        let (start, end) = self.place(quantity.span);
        let published = |words: &str| article.unfold(words, quantity.span.start());
        let units = &self.reading.dict.units;
        let own = (fact.amount, fact.unit) == (quantity.amount, quantity.unit);
        let measure = if own { self.measure(fact.quantity)?.clone() } else { Measure::new(fact.amount, fact.unit, units) };
        let (subject, subject_type, subject_code) = match &fact.subject {
            Some(Subject::Entity(id)) => self.reading.mentions.entity(*id).map(|e| (published(&e.name), e.kind.name(), e.code.clone())).unwrap_or_default(),
            Some(Subject::Phrase(phrase)) => (published(phrase), tag::EntityKind::Other.name(), String::new()),
            None => Default::default(),
        };
        let (time_start, time_end) = period(fact.period);
        Some(FactRow {
            article: article.id.clone(),
            subject,
            indicator: published(&fact.indicator),
            written: article.quote(quantity.span).to_owned(),
            value: measure.value,
            value_max: measure.value_max,
            unit: measure.unit,
            comparison: fact.amount.comparison(),
            change: fact.change.name(),
            basis: published(fact.basis.as_deref().unwrap_or_default()),
            time_start,
            time_end,
            time_text: fact.time.map(|span| article.quote(span).to_owned()).unwrap_or_default(),
            modality: fact.modality.name(),
            condition: published(fact.condition.as_deref().unwrap_or_default()),
            subject_type,
            subject_code,
            base_value: measure.base_value,
            base_value_max: measure.base_value_max,
            base_unit: measure.base_unit,
            inferred: fact.inferred.join("|"),
            rule: fact.evidence.rule,
            start,
            end,
            evidence: one_line(article.quote(fact.evidence.sentence)),
        })
    }

    /// The rows of `quantities`.
    pub fn quantities(&self) -> impl Iterator<Item = QuantityRow> {
        let reading = self.reading;
        reading.quantities.iter().enumerate().filter_map(|(i, quantity)| {
            Some(QuantityRow { role: reading.roles.get(i).map(|role| role.name()).unwrap_or_default(), ..self.quantity(i, quantity)? })
        })
    }

    fn measure(&self, quantity: usize) -> Option<&Measure> {
        let Quantity { amount, unit, .. } = self.reading.quantities.get(quantity)?;
        Some(self.measures.get(quantity)?.get_or_init(|| Measure::new(*amount, *unit, &self.reading.dict.units)))
    }

    fn quantity(&self, number: usize, quantity: &Quantity) -> Option<QuantityRow> {
        let units = &self.reading.dict.units;
        let (start, end) = self.place(quantity.span);
        let measure = self.measure(number)?.clone();
        Some(QuantityRow {
            article: self.reading.article.id.clone(),
            start,
            end,
            text: self.reading.article.quote(quantity.span).to_owned(),
            value: measure.value,
            value_max: measure.value_max,
            unit: measure.unit,
            comparison: quantity.amount.comparison(),
            r#type: quantity.kind.name(),
            role: "",
            dimension: quantity.unit.dimension_name(units),
            base_value: measure.base_value,
            base_value_max: measure.base_value_max,
            base_unit: measure.base_unit,
        })
    }

    /// The rows of `entities`: every mention.
    pub fn entities(&self) -> impl Iterator<Item = EntityRow> {
        let mentions = &self.reading.mentions;
        mentions.list.iter().filter_map(|mention| {
            let entity = mentions.entity(mention.entity)?;
            let (start, end) = self.place(mention.span);
            Some(EntityRow {
                article: self.reading.article.id.clone(),
                start,
                end,
                text: self.reading.article.quote(mention.span).to_owned(),
                r#type: entity.kind.name(),
                name: entity.name.clone(),
                code: entity.code.clone(),
                path: entity.path.clone(),
            })
        })
    }

    /// The rows of `times`.
    pub fn times(&self) -> impl Iterator<Item = TimeRow> {
        self.reading.times.iter().map(|time| {
            let (start, end) = self.place(time.span);
            let (time_start, time_end) = period(time.period);
            TimeRow {
                article: self.reading.article.id.clone(),
                start,
                end,
                text: self.reading.article.quote(time.span).to_owned(),
                r#type: match time.kind {
                    TimeKind::Date => "date",
                    TimeKind::Period => "period",
                    TimeKind::Clock => "clock",
                    TimeKind::Set => "set",
                    TimeKind::Vague => "vague",
                },
                time_start,
                time_end,
            }
        })
    }

    /// The row of `articles`.
    pub fn article(&self) -> ArticleRow {
        let (reading, article) = (self.reading, self.reading.article);
        ArticleRow {
            article: article.id.clone(),
            source: article.source.clone(),
            title: article.raw_title.clone(),
            published: article.published.map(|day| day.to_string()).unwrap_or_default(),
            characters: self.characters.total(),
            sentences: reading.sentences.len(),
            quantities: reading.quantities.len(),
            entities: reading.mentions.list.len(),
            times: reading.times.len(),
            facts: reading.facts.len(),
            notes: article.notes.join("; "),
            encoding: article.encoding,
            replaced: article.replaced,
            publisher: article.publisher.clone(),
        }
    }

    /// The rows of `checks`, as if the facts of this reading were the first of their table.
    pub fn checks(&self) -> impl Iterator<Item = CheckRow> {
        checks::rows(self.reading)
    }

    /// The rows of `numerals`.
    pub fn numerals(&self) -> impl Iterator<Item = NumeralRow> {
        self.reading.numerals.iter().map(|numeral| {
            let (start, end) = self.place(numeral.span);
            NumeralRow {
                article: self.reading.article.id.clone(),
                start,
                end,
                text: self.reading.article.quote(numeral.span).to_owned(),
                value: numeral.amount.low().map(rounded).unwrap_or_default(),
                value_max: numeral.amount.high().map(rounded).unwrap_or_default(),
                comparison: numeral.amount.comparison(),
            }
        })
    }

    /// The rows of `tokens`, from the words that [`segment::words`](crate::segment::words) has cut.
    pub fn tokens(&self, tokens: &[Token]) -> impl Iterator<Item = TokenRow> {
        tokens.iter().map(|token| {
            let (start, end) = self.place(token.span);
            let text = self.reading.article.quote(token.span).to_owned();
            TokenRow { article: self.reading.article.id.clone(), start, end, text, tag: token.tag.clone() }
        })
    }

    /// The rows of `sentences`.
    pub fn sentences(&self) -> impl Iterator<Item = SentenceRow> {
        self.reading.sentences.iter().map(|&sentence| {
            let (start, end) = self.place(sentence);
            let text = self.reading.article.quote(sentence).to_owned();
            SentenceRow { article: self.reading.article.id.clone(), start, end, text }
        })
    }

    /// Where a span stands in the text as published, in Unicode scalar values.
    fn place(&self, span: Span) -> (usize, usize) {
        let raw = self.reading.article.raw_span(span);
        let before = self.reading.article.characters_before();
        (before + self.characters.at(raw.start()), before + self.characters.at(raw.end()))
    }
}

/// The rows of `quantities` for a text that stands alone; `article` and `role` are empty.
pub fn quantities_in(text: &str, dict: &Dict) -> Vec<QuantityRow> {
    let folded = crate::source::fold::fold(text, dict);
    let article = crate::Article::new(String::new(), String::new(), text.to_owned(), folded);
    let reading = crate::read(&article, dict);
    let rows = Rows::new(&reading);
    reading.quantities.iter().enumerate().filter_map(|(i, quantity)| rows.quantity(i, quantity)).collect()
}

/// An amount with its unit, as cells.
#[derive(Debug, Clone)]
struct Measure {
    value: String,
    value_max: String,
    unit: String,
    base_value: String,
    base_value_max: String,
    base_unit: String,
}

impl Measure {
    fn new(amount: Amount, unit: UnitExpr, units: &Units) -> Measure {
        let base = |value: Option<Decimal>| value.and_then(|v| unit.to_base(v, units)).map(rounded).unwrap_or_default();
        let base_value = base(amount.low());
        // without a value there is nothing that the base unit could be of
        let base_unit = if base_value.is_empty() { String::new() } else { unit.base_unit(units) };
        Measure {
            value: amount.low().map(rounded).unwrap_or_default(),
            value_max: amount.high().map(rounded).unwrap_or_default(),
            unit: unit.name(units),
            base_value,
            base_value_max: base(amount.high()),
            base_unit,
        }
    }
}

/// The words with one space for each stretch of line ends and tabs.
fn one_line(words: &str) -> String {
    const BREAKS: [char; 3] = ['\n', '\r', '\t'];
    if !words.bytes().any(|b| matches!(b, b'\n' | b'\r' | b'\t')) {
        return words.to_owned();
    }
    let parts: Vec<&str> = words.split(BREAKS).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// ISO dates or date-times; an open end is empty.
fn period(period: Period) -> (String, String) {
    let cell = |moment: Option<Moment>| moment.map(|moment| moment.to_string()).unwrap_or_default();
    (cell(period.start), cell(period.end))
}

/// Counts characters up to a byte without reading the text from its beginning each time.
#[derive(Debug)]
struct Characters<'a> {
    text: &'a str,
    // characters that begin before byte i * STEP
    before: Vec<usize>,
}

impl<'a> Characters<'a> {
    const STEP: usize = 64;

    fn new(text: &'a str) -> Characters<'a> {
        let mut before = Vec::with_capacity(text.len() / Self::STEP + 1);
        let mut count = 0;
        for block in text.as_bytes().chunks(Self::STEP) {
            before.push(count);
            count += begins(block);
        }
        before.push(count);
        Characters { text, before }
    }

    /// How many characters begin before the byte `at`.
    fn at(&self, at: usize) -> usize {
        let block = (at / Self::STEP).min(self.before.len() - 1);
        self.before.get(block).copied().unwrap_or_default() + begins(&self.text.as_bytes()[block * Self::STEP..at])
    }

    fn total(&self) -> usize {
        self.before.last().copied().unwrap_or_default()
    }
}

/// How many characters begin in these bytes.
fn begins(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| b & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_from_blocks() {
        let text = "𠀀a项目😀".repeat(100);
        let characters = Characters::new(&text);
        for (count, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(characters.at(at), count);
        }
        assert_eq!(characters.at(text.len()), 500);
        assert_eq!(characters.total(), 500);
        assert_eq!(Characters::new("").at(0), 0);
        let even = "a".repeat(512);
        assert_eq!(Characters::new(&even).at(512), 512);
    }
}
