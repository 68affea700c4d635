//! Annotations: an article with marks on its text, for the tools in which people correct them.
//!
//! All places count characters (Unicode scalar values): brat reads files in Python, doccano and Label Studio turn what a
//! browser counts into code points. Tools disagree about `\r\n`, so a `\r` becomes a blank, which moves nothing.

pub mod brat;
pub mod doccano;
pub mod label_studio;

use std::collections::BTreeMap;

use crate::emit::{FactRow, Rows};

/// The columns of one mark or fact by name, each cell as the tables have it.
pub type Fields = BTreeMap<String, String>;

/// A mark on the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// `quantity`, `time`, or the type of a name: `region`.
    pub label: String,
    /// The first character.
    pub start: usize,
    /// The character after the last one.
    pub end: usize,
    /// Of a quantity `role`, `type`, `comparison`, `value`, `value_max`, `unit`; of a name `name`; of a time `period`.
    pub fields: Fields,
}

/// A fact: on the words of a quantity, with lines to its subject and its time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claim {
    /// The first character of the quantity.
    pub start: usize,
    /// The character after its last one.
    pub end: usize,
    /// Which mark names the subject; none where the article has no such mark.
    pub subject: Option<usize>,
    /// Which mark says the time.
    pub time: Option<usize>,
    /// `indicator`, `change`, `modality`, `basis`, `condition`, and what the marks do not say: `subject`, `subject_type`, `period`,
    /// `value`, `value_max`, `unit`, `comparison`.
    pub fields: Fields,
}

/// An article with its marks and facts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The name of the article.
    pub id: String,
    /// Its title; empty where nobody says it.
    pub title: String,
    /// The day of publication; empty where nobody says it.
    pub published: String,
    /// The text that places count in.
    pub text: String,
    /// The marks, by place.
    pub marks: Vec<Mark>,
    /// The facts, in the order of their quantities.
    pub claims: Vec<Claim>,
}

/// The fields that hold one of a few words.
pub const CHOICES: [&str; 5] = ["role", "type", "comparison", "change", "modality"];

impl Sheet {
    /// The article of these rows.
    pub fn new(rows: &Rows<'_>) -> Sheet {
        let about = rows.article();
        let mut marks: Vec<Mark> = Vec::new();
        for q in rows.quantities() {
            let cells =
                [("role", q.role), ("type", q.r#type), ("comparison", q.comparison), ("value", &q.value), ("value_max", &q.value_max), ("unit", &q.unit)];
            marks.push(Mark { label: "quantity".to_owned(), start: q.start, end: q.end, fields: fields(&cells) });
        }
        for t in rows.times() {
            marks.push(Mark { label: "time".to_owned(), start: t.start, end: t.end, fields: fields(&[("period", &interval(&t.time_start, &t.time_end))]) });
        }
        for e in rows.entities() {
            marks.push(Mark { label: e.r#type.to_owned(), start: e.start, end: e.end, fields: fields(&[("name", &e.name)]) });
        }
        marks.sort_by(|a, b| (a.start, a.end, &a.label).cmp(&(b.start, b.end, &b.label)));
        let text = rows.published_text().replace('\r', " ");
        let characters: Vec<char> = text.chars().collect();
        let words = |mark: &Mark| -> String { characters.get(mark.start..mark.end).unwrap_or_default().iter().collect() };
        let claims = rows.facts().map(|fact| claim(&fact, &marks, words)).collect();
        Sheet { id: about.article, title: about.title, published: about.published, text, marks, claims }
    }

    /// The words between two places.
    pub fn words(&self, start: usize, end: usize) -> String {
        self.text.chars().skip(start).take(end.saturating_sub(start)).collect()
    }
}

/// The cells that are not empty.
fn fields(cells: &[(&str, &str)]) -> Fields {
    cells.iter().filter(|(_, cell)| !cell.is_empty()).map(|(name, cell)| ((*name).to_owned(), (*cell).to_owned())).collect()
}

fn claim(fact: &FactRow, marks: &[Mark], words: impl Fn(&Mark) -> String) -> Claim {
    let period = interval(&fact.time_start, &fact.time_end);
    let is = |mark: &Mark, name: &str, cell: &str| mark.fields.get(name).map_or("", String::as_str) == cell;
    // the nearest mark before the quantity, else the first after it
    let nearest = |good: &dyn Fn(&Mark) -> bool| {
        let good = || marks.iter().enumerate().filter(|(_, mark)| good(mark));
        good().rfind(|(_, mark)| mark.start <= fact.start).or_else(|| good().next()).map(|(at, _)| at)
    };
    let subject = nearest(&|mark| !fact.subject.is_empty() && mark.label == fact.subject_type && is(mark, "name", &fact.subject));
    let time = nearest(&|mark| mark.label == "time" && !period.is_empty() && is(mark, "period", &period) && words(mark) == fact.time_text.replace('\r', " "));
    let mut said =
        fields(&[("indicator", &fact.indicator), ("change", fact.change), ("modality", fact.modality), ("basis", &fact.basis), ("condition", &fact.condition)]);
    if subject.is_none() {
        said.extend(fields(&[("subject", &fact.subject), ("subject_type", fact.subject_type)]));
    }
    if time.is_none() {
        said.extend(fields(&[("period", &period)]));
    }
    let quantity = marks.iter().find(|mark| mark.label == "quantity" && (mark.start, mark.end) == (fact.start, fact.end));
    for (name, cell) in [("value", fact.value.as_str()), ("value_max", &fact.value_max), ("unit", &fact.unit), ("comparison", fact.comparison)] {
        if !quantity.is_some_and(|mark| is(mark, name, cell)) {
            // an empty cell is said too, for the quantity has another
            said.insert(name.to_owned(), cell.to_owned());
        }
    }
    Claim { start: fact.start, end: fact.end, subject, time, fields: said }
}

/// `2019-01-01/2019-12-31`; an open end is `..`; empty where there is no time. Of a clock time only the day counts.
pub fn interval(start: &str, end: &str) -> String {
    let day = |moment: &str| if moment.is_empty() { "..".to_owned() } else { moment.chars().take(10).collect() };
    if start.is_empty() && end.is_empty() { String::new() } else { format!("{}/{}", day(start), day(end)) }
}
