//! Score: the program's tables against gold, as guideline §13 says.
//!
//! Mentions count where span and kind are exactly those of the gold. Facts are paired by their quantity and, where one
//! quantity makes several, by their subject. Words are compared without blanks, quotation marks and 的.

mod annotated;
mod gold;

use std::collections::BTreeMap;

use crate::decimal::{self, Decimal};
use crate::emit::annotate::interval;
use crate::emit::{EntityRow, FactRow, QuantityRow, TimeRow};

pub use annotated::{brat, doccano, is_label_studio, label_studio};
pub use gold::{COLUMNS, Gold, GoldEntity, GoldError, GoldFact, GoldQuantity, GoldTime, Place, Written, table, written};

/// What the program found in one article.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Its quantities.
    pub quantities: Vec<QuantityRow>,
    /// Its names.
    pub entities: Vec<EntityRow>,
    /// Its times.
    pub times: Vec<TimeRow>,
    /// Its facts.
    pub facts: Vec<FactRow>,
}

/// How many the gold has, how many the program found, and how many of those are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// In the gold.
    pub gold: usize,
    /// Found by the program.
    pub found: usize,
    /// Right.
    pub right: usize,
}

impl Tally {
    /// The share of what was found that is right.
    pub fn precision(self) -> f64 {
        share(self.right, self.found)
    }

    /// The share of the gold that was found and is right.
    pub fn recall(self) -> f64 {
        share(self.right, self.gold)
    }

    /// The harmonic mean of precision and recall.
    #[allow(clippy::float_arithmetic, reason = "a figure about the tables, not one of them")]
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

/// `part` of `whole`; 0 of nothing.
#[allow(clippy::float_arithmetic, reason = "a figure about the tables, not one of them")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// What is measured, in the order in which it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is named by its label")]
pub enum Measure {
    QuantitySpan,
    QuantityValue,
    QuantityAll,
    EntitySpan,
    EntityType,
    EntityAll,
    TimeSpan,
    TimeAll,
    FactFound,
    FactTriple,
    FactTripleLenient,
    FactRow,
}

impl Measure {
    /// All of them.
    pub const ALL: [Measure; 12] = [
        Measure::QuantitySpan,
        Measure::QuantityValue,
        Measure::QuantityAll,
        Measure::EntitySpan,
        Measure::EntityType,
        Measure::EntityAll,
        Measure::TimeSpan,
        Measure::TimeAll,
        Measure::FactFound,
        Measure::FactTriple,
        Measure::FactTripleLenient,
        Measure::FactRow,
    ];

    /// The label.
    pub fn label(self) -> &'static str {
        match self {
            Measure::QuantitySpan => "quantity span",
            Measure::QuantityValue => "quantity value+unit",
            Measure::QuantityAll => "quantity all",
            Measure::EntitySpan => "entity span",
            Measure::EntityType => "entity type",
            Measure::EntityAll => "entity all",
            Measure::TimeSpan => "time span",
            Measure::TimeAll => "time all",
            Measure::FactFound => "fact found",
            Measure::FactTriple => "fact triple",
            Measure::FactTripleLenient => "fact triple, lenient indicator",
            Measure::FactRow => "fact row (7 fields)",
        }
    }
}

/// The fields of a paired fact: the seven of a row, the indicator with lenience, and the rest.
pub const FIELDS: [&str; 12] =
    ["subject", "indicator", "value", "unit", "change", "time", "modality", "indicator~", "subject_type", "comparison", "basis", "condition"];
/// How many of [`FIELDS`] make a row right.
const ROW: usize = 7;

/// A fact that differs from the gold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The gold has it and the program does not.
    Missing {
        /// The article.
        article: String,
        /// The quantity as it stands in the text.
        written: String,
        /// The gold's subject.
        subject: String,
        /// The gold's indicator.
        indicator: String,
    },
    /// Both have it, with other fields.
    Other {
        /// The article.
        article: String,
        /// The quantity as it stands in the text.
        written: String,
        /// Field, gold and found.
        fields: Vec<(&'static str, String, String)>,
    },
    /// The program has it and the gold does not.
    Extra {
        /// The article.
        article: String,
        /// The quantity as it stands in the text.
        written: String,
        /// The subject found.
        subject: String,
        /// The indicator found.
        indicator: String,
    },
}

/// The figures over all articles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Score {
    /// How many articles were compared.
    pub articles: usize,
    /// Each measure.
    pub measures: BTreeMap<Measure, Tally>,
    /// How many facts are paired.
    pub paired: usize,
    /// How often each of [`FIELDS`] is right on them.
    pub fields: [usize; FIELDS.len()],
    /// How many quantities have the gold's span.
    pub quantities: usize,
    /// How often their role is the gold's.
    pub roles: usize,
    /// What differs, in the order of the gold's facts.
    pub differences: Vec<Difference>,
}

impl Score {
    /// Compares one article.
    pub fn add(&mut self, gold: &Gold, found: &Found) {
        self.articles += 1;
        if let Some(quantities) = &gold.quantities {
            self.add_quantities(quantities, &found.quantities);
        }
        if let Some(entities) = &gold.entities {
            self.add_entities(entities, &found.entities);
        }
        if let Some(times) = &gold.times {
            self.add_times(times, &found.times);
        }
        self.add_facts(gold, &found.facts);
    }

    /// The tally of a measure.
    pub fn tally(&self, measure: Measure) -> Tally {
        self.measures.get(&measure).copied().unwrap_or_default()
    }

    /// The share of paired facts on which each of [`FIELDS`] is right.
    pub fn field_shares(&self) -> impl Iterator<Item = (&'static str, f64)> {
        FIELDS.into_iter().zip(self.fields).map(|(field, right)| (field, share(right, self.paired.max(1))))
    }

    /// The share of the quantities with the gold's span whose role is right.
    pub fn role_share(&self) -> f64 {
        share(self.roles, self.quantities.max(1))
    }

    fn count(&mut self, measures: &[Measure], gold: usize, found: usize) {
        for &measure in measures {
            let tally = self.measures.entry(measure).or_default();
            tally.gold += gold;
            tally.found += found;
        }
    }

    fn right(&mut self, measure: Measure, right: bool) {
        self.measures.entry(measure).or_default().right += usize::from(right);
    }

    fn add_quantities(&mut self, gold: &[GoldQuantity], found: &[QuantityRow]) {
        let gold: BTreeMap<Place, &GoldQuantity> = gold.iter().map(|q| (q.place, q)).collect();
        let found: BTreeMap<Place, &QuantityRow> = found.iter().map(|q| ((q.start, q.end), q)).collect();
        self.count(&[Measure::QuantitySpan, Measure::QuantityValue, Measure::QuantityAll], gold.len(), found.len());
        for (place, gold) in &gold {
            let Some(found) = found.get(place) else { continue };
            let value = same_number(gold.value, &found.value) && same_number(gold.value_max, &found.value_max) && gold.unit == found.unit;
            self.right(Measure::QuantitySpan, true);
            self.right(Measure::QuantityValue, value);
            self.right(Measure::QuantityAll, value && gold.comparison == found.comparison && gold.r#type == found.r#type);
            self.quantities += 1;
            self.roles += usize::from(gold.role == found.role);
        }
    }

    fn add_entities(&mut self, gold: &[GoldEntity], found: &[EntityRow]) {
        let gold: BTreeMap<Place, &GoldEntity> = gold.iter().map(|e| (e.place, e)).collect();
        let found: BTreeMap<Place, &EntityRow> = found.iter().map(|e| ((e.start, e.end), e)).collect();
        self.count(&[Measure::EntitySpan, Measure::EntityType, Measure::EntityAll], gold.len(), found.len());
        for (place, gold) in &gold {
            let Some(found) = found.get(place) else { continue };
            let typed = gold.r#type == found.r#type;
            self.right(Measure::EntitySpan, true);
            self.right(Measure::EntityType, typed);
            self.right(Measure::EntityAll, typed && plain(&gold.norm) == plain(&found.name));
        }
    }

    fn add_times(&mut self, gold: &[GoldTime], found: &[TimeRow]) {
        let gold: BTreeMap<Place, &GoldTime> = gold.iter().map(|t| (t.place, t)).collect();
        let found: BTreeMap<Place, &TimeRow> = found.iter().map(|t| ((t.start, t.end), t)).collect();
        self.count(&[Measure::TimeSpan, Measure::TimeAll], gold.len(), found.len());
        for (place, gold) in &gold {
            let Some(found) = found.get(place) else { continue };
            self.right(Measure::TimeSpan, true);
            self.right(Measure::TimeAll, gold.interval == interval(&found.time_start, &found.time_end));
        }
    }

    fn add_facts(&mut self, gold: &Gold, found: &[FactRow]) {
        let by_place = in_order(gold.facts.iter().map(|fact| (fact.place, fact)));
        let found_by_place = in_order(found.iter().map(|fact| ((fact.start, fact.end), fact)));
        self.count(&[Measure::FactFound, Measure::FactTriple, Measure::FactTripleLenient, Measure::FactRow], gold.facts.len(), found.len());
        let characters: Vec<char> = gold.text.chars().collect();
        for (place, wanted) in &by_place {
            let written: String = characters.get(place.0..place.1).unwrap_or_default().iter().collect();
            let mut left: Vec<&FactRow> = found_by_place.iter().find(|(at, _)| at == place).map(|(_, facts)| facts.clone()).unwrap_or_default();
            for fact in wanted {
                let Some(best) = nearest(fact, &left) else {
                    let (subject, indicator) = (fact.subject.clone(), fact.indicator.clone());
                    self.differences.push(Difference::Missing { article: gold.id.clone(), written: written.clone(), subject, indicator });
                    continue;
                };
                self.pair(&gold.id, &written, fact, left.remove(best));
            }
        }
        for (place, facts) in &found_by_place {
            let known = by_place.iter().any(|(at, _)| at == place);
            if let Some(fact) = facts.first().filter(|_| !known) {
                let (written, subject, indicator) = (fact.written.clone(), fact.subject.clone(), fact.indicator.clone());
                self.differences.push(Difference::Extra { article: gold.id.clone(), written, subject, indicator });
            }
        }
    }

    fn pair(&mut self, article: &str, written: &str, gold: &GoldFact, found: &FactRow) {
        let time = interval(&found.time_start, &found.time_end);
        let right = [
            plain(&gold.subject) == plain(&found.subject),
            plain(&gold.indicator) == plain(&found.indicator),
            same_number(gold.value, &found.value) && same_number(gold.value_max, &found.value_max),
            gold.unit == found.unit,
            gold.change == found.change,
            gold.time == time,
            gold.modality == found.modality,
            alike(&gold.indicator, &found.indicator),
            gold.subject_type == found.subject_type,
            gold.comparison == found.comparison,
            plain(&gold.basis) == plain(&found.basis),
            plain(&gold.condition) == plain(&found.condition),
        ];
        self.paired += 1;
        for (count, right) in self.fields.iter_mut().zip(right) {
            *count += usize::from(right);
        }
        let [subject, indicator, value, unit, _, _, _, lenient, ..] = right;
        let row = right.iter().take(ROW).all(|right| *right);
        self.right(Measure::FactFound, true);
        self.right(Measure::FactTriple, subject && indicator && value && unit);
        self.right(Measure::FactTripleLenient, subject && lenient && value && unit);
        self.right(Measure::FactRow, row);
        if row {
            return;
        }
        let range = |value: String, max: String| if max.is_empty() { value } else { format!("{value}–{max}") };
        let number = |value: Option<Decimal>| value.map(decimal::plain).unwrap_or_default();
        let wanted = [
            gold.subject.clone(),
            gold.indicator.clone(),
            range(number(gold.value), number(gold.value_max)),
            gold.unit.clone(),
            gold.change.clone(),
            gold.time.clone(),
            gold.modality.clone(),
        ];
        let got = [
            found.subject.clone(),
            found.indicator.clone(),
            range(found.value.clone(), found.value_max.clone()),
            found.unit.clone(),
            found.change.to_owned(),
            time,
            found.modality.to_owned(),
        ];
        let fields =
            FIELDS.into_iter().zip(wanted.into_iter().zip(got)).zip(right).filter(|(_, right)| !right).map(|((field, (wanted, got)), _)| (field, wanted, got));
        self.differences.push(Difference::Other { article: article.to_owned(), written: written.to_owned(), fields: fields.collect() });
    }
}

/// Groups in the order in which their places first come.
fn in_order<'a, T>(facts: impl Iterator<Item = (Place, &'a T)>) -> Vec<(Place, Vec<&'a T>)> {
    let mut groups: Vec<(Place, Vec<&'a T>)> = Vec::new();
    let mut known: BTreeMap<Place, usize> = BTreeMap::new();
    for (place, fact) in facts {
        let at = *known.entry(place).or_insert_with(|| {
            groups.push((place, Vec::new()));
            groups.len() - 1
        });
        if let Some((_, group)) = groups.get_mut(at) {
            group.push(fact);
        }
    }
    groups
}

/// The found fact with the gold's subject and indicator, else with its subject, else with its indicator, else the first.
fn nearest(gold: &GoldFact, found: &[&FactRow]) -> Option<usize> {
    let rank = |fact: &FactRow| (plain(&fact.subject) == plain(&gold.subject), plain(&fact.indicator) == plain(&gold.indicator));
    (0..found.len()).rev().max_by_key(|&at| found.get(at).map(|fact| rank(fact)))
}

/// True for two numbers that differ by a ten-thousandth at most (of the larger, or of 1).
fn same_number(gold: Option<Decimal>, found: &str) -> bool {
    match (gold, decimal::parse(found)) {
        (None, None) => found.is_empty(),
        (Some(gold), Some(found)) => {
            let most = gold.abs().max(found.abs()).max(Decimal::ONE).checked_mul(Decimal::new(1, 4));
            gold.checked_sub(found).zip(most).is_some_and(|(difference, most)| difference.abs() <= most)
        }
        _ => false,
    }
}

/// Words as they are compared: without blanks, quotation marks and 的.
fn plain(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace() && !"“”‘’\"'「」『』《》的".contains(*c)).collect()
}

/// True where two indicators share at least three quarters of their characters.
fn alike(gold: &str, found: &str) -> bool {
    let mut left: BTreeMap<char, usize> = BTreeMap::new();
    let (gold, found) = (plain(gold), plain(found));
    for c in gold.chars() {
        *left.entry(c).or_default() += 1;
    }
    let mut hit = 0;
    for c in found.chars() {
        if let Some(count) = left.get_mut(&c).filter(|count| **count > 0) {
            *count -= 1;
            hit += 1;
        }
    }
    // twice the hits over the sum of lengths is at least 3/4
    hit > 0 && 8 * hit >= 3 * (gold.chars().count() + found.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_gold_names_its_fields() {
        let json = r#"{"id":"a","title":"甲","published":"2020-01-01","text":"建成3项。","mentions":[
            {"id":"m1","start":2,"end":4,"text":"3项","kind":"quantity","type":"count","value":"3","unit":"项","comparison":"eq","role":"value"},
            {"id":"m2","start":2,"end":9,"text":"3项","kind":"colour"}],"facts":[{"quantity":"m3","indicator":7,"change":"none","comparison":"eq","modality":"actual"}]}"#;
        let errors = written("g.json", json).expect("JSON").gold(None).expect_err("mistakes");
        let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "g.json: mentions[0].value: expected a number or null, found a string",
                "g.json: mentions[1].text: expected `3项` at 2–9 of the text, found the end of the text",
                "g.json: mentions[1].kind: expected quantity, entity or time, found `colour`",
                "g.json: facts[0].quantity: expected the id of a mention of kind quantity, found `m3`",
                "g.json: facts[0].indicator: expected a string, found a number",
            ]
        );
        let errors = written("g.json", "{").expect_err("no JSON");
        assert_eq!(errors.first().map(|error| error.expected.as_str()), Some("JSON"));
    }

    #[test]
    fn a_table_finds_its_words_in_order() {
        let row = |written: &str| format!("甲县,项目,{written},3,,项,eq,none,,,,,actual,,region,\n");
        let csv = format!("{}\n{}{}{}", COLUMNS.join(","), row("3项"), row("3项"), row("3项"));
        let gold = table("facts.csv", csv.as_bytes(), "a", "甲县建成13项、3项，乙县3项。").expect("gold");
        assert_eq!(gold.facts.iter().map(|fact| fact.place).collect::<Vec<_>>(), [(8, 10), (13, 15), (13, 15)]);
        let errors = table("facts.csv", csv.replace("3项", "5项").as_bytes(), "a", "建成3项。").expect_err("a mistake");
        assert_eq!(errors.first().map(ToString::to_string).as_deref(), Some("facts.csv: row 1, written: expected words of the article, found `5项`"));
    }

    #[test]
    fn words_and_numbers_are_compared_as_the_guideline_says() {
        assert_eq!(plain("“双停”企业 的"), "双停企业");
        assert!(same_number(Some(Decimal::new(333_333, 4)), "33.3333333333") && !same_number(Some(Decimal::ONE), "") && same_number(None, ""));
        assert!(alike("新增产值", "产值增") && !alike("新增产值", "产量"));
        assert_eq!(
            (interval("", "2021-06-30").as_str(), interval("2020-08-15T20:00:00", "").as_str(), interval("", "").as_str()),
            ("../2021-06-30", "2020-08-15/..", "")
        );
    }

    #[test]
    fn an_article_is_scored() {
        let gold = Gold {
            text: "建成3项、5项、7项".to_owned(),
            facts: [(2, "建成项目"), (5, "项目"), (8, "项目")]
                .map(|(at, indicator)| GoldFact { place: (at, at + 2), indicator: indicator.to_owned(), ..GoldFact::default() })
                .to_vec(),
            ..Gold::default()
        };
        let fact = |at: usize, indicator: &str| FactRow { start: at, end: at + 2, indicator: indicator.to_owned(), ..FactRow::default() };
        let mut score = Score::default();
        score.add(&gold, &Found { facts: vec![fact(2, "建成项目"), fact(5, "企业"), fact(9, "项目")], ..Found::default() });
        assert_eq!(score.tally(Measure::FactFound), Tally { gold: 3, found: 3, right: 2 });
        assert_eq!(score.tally(Measure::FactRow), Tally { gold: 3, found: 3, right: 1 });
        assert_eq!(score.differences.len(), 3);
    }
}
