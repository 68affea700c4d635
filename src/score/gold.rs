//! Gold: what a careful reader finds in an article, as JSON (guideline §2) or as a table of facts beside the article.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use crate::decimal::{self, Decimal};

/// A mistake in a gold file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct GoldError {
    /// The file.
    pub file: String,
    /// Where in it: `facts[3].quantity`, `row 3, written`; empty for the file as a whole.
    pub field: String,
    /// What should stand there.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

impl fmt::Display for GoldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = if self.field.is_empty() { String::new() } else { format!(" {}:", self.field) };
        write!(f, "{}:{field} expected {}, found {}", self.file, self.expected, self.found)
    }
}

/// An article with what a careful reader finds in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gold {
    /// The name of the article.
    pub id: String,
    /// The title; none where the program is to find it.
    pub title: Option<String>,
    /// The day of publication, as written; none where the program is to find it.
    pub published: Option<String>,
    /// The text.
    pub text: String,
    /// The quantities; none where only the facts are given.
    pub quantities: Option<Vec<GoldQuantity>>,
    /// The names.
    pub entities: Option<Vec<GoldEntity>>,
    /// The times.
    pub times: Option<Vec<GoldTime>>,
    /// The facts.
    pub facts: Vec<GoldFact>,
}

/// A place in the text: half-open, in Unicode scalar values.
pub type Place = (usize, usize);

/// A quantity. Numbers that only the text tells are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are those of the guideline")]
pub struct GoldQuantity {
    pub place: Place,
    pub value: Option<Decimal>,
    pub value_max: Option<Decimal>,
    pub unit: String,
    pub comparison: String,
    pub r#type: String,
    pub role: String,
}

/// A name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are those of the guideline")]
pub struct GoldEntity {
    pub place: Place,
    pub r#type: String,
    pub norm: String,
}

/// A time; its interval is empty where the words have none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are those of the guideline")]
pub struct GoldTime {
    pub place: Place,
    pub interval: String,
}

/// A fact; cells without a value are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are those of the guideline")]
pub struct GoldFact {
    pub place: Place,
    pub subject: String,
    pub subject_type: String,
    pub indicator: String,
    pub value: Option<Decimal>,
    pub value_max: Option<Decimal>,
    pub unit: String,
    pub comparison: String,
    pub change: String,
    pub basis: String,
    pub time: String,
    pub modality: String,
    pub condition: String,
}

/// A gold file before its text is at hand.
#[derive(Debug, Clone)]
pub struct Written {
    file: String,
    object: Map<String, Value>,
}

/// Reads a gold file as JSON; `file` is its name in errors.
pub fn written(file: &str, json: &str) -> Result<Written, Vec<GoldError>> {
    let fail = |field: String, expected: &str, found: String| vec![GoldError { file: file.to_owned(), field, expected: expected.to_owned(), found }];
    match serde_json::from_str(json) {
        Ok(Value::Object(object)) => Ok(Written { file: file.to_owned(), object }),
        Ok(other) => Err(fail(String::new(), "an object", kind(&other).to_owned())),
        Err(error) => Err(fail(format!("line {}, column {}", error.line(), error.column()), "JSON", error.to_string())),
    }
}

impl Written {
    /// The file that holds the text, where the text is not in the gold file itself.
    pub fn text_file(&self) -> Option<&str> {
        if self.object.contains_key("text") { None } else { self.object.get("text_file").and_then(Value::as_str) }
    }

    /// The gold with its text: the file's own, or `text` from [`Written::text_file`]. All mistakes come at once.
    pub fn gold(&self, text: Option<String>) -> Result<Gold, Vec<GoldError>> {
        let mut errors = Errors { file: &self.file, list: Vec::new() };
        let mut top = Fields { object: &self.object, place: String::new() };
        let text = text.unwrap_or_else(|| top.string("text", &mut errors));
        let gold = Gold {
            id: top.string("id", &mut errors),
            title: Some(top.string("title", &mut errors)),
            published: Some(top.string("published", &mut errors)),
            ..read(&mut top, &text, &mut errors)
        };
        let gold = Gold { text, ..gold };
        if errors.list.is_empty() { Ok(gold) } else { Err(errors.list) }
    }
}

fn read(top: &mut Fields<'_>, text: &str, errors: &mut Errors<'_>) -> Gold {
    let characters: Vec<char> = text.chars().collect();
    let (mut quantities, mut entities, mut times) = (Vec::new(), Vec::new(), Vec::new());
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    for mut mention in top.objects("mentions", errors) {
        let place = mention.place(&characters, errors);
        match mention.string("kind", errors).as_str() {
            "quantity" => {
                places.insert(mention.string("id", errors), place);
                quantities.push(GoldQuantity {
                    place,
                    value: mention.number("value", errors),
                    value_max: mention.number("value_max", errors),
                    unit: mention.text("unit", errors),
                    comparison: mention.string("comparison", errors),
                    r#type: mention.string("type", errors),
                    role: mention.string("role", errors),
                });
            }
            "entity" => entities.push(GoldEntity { place, r#type: mention.string("type", errors), norm: mention.text("norm", errors) }),
            "time" => times.push(GoldTime { place, interval: mention.text("value", errors) }),
            "" => {}
            other => errors.push(mention.name("kind"), "quantity, entity or time", format!("`{other}`")),
        }
    }
    let mut facts = Vec::new();
    for mut fact in top.objects("facts", errors) {
        let quantity = fact.string("quantity", errors);
        let place = places.get(&quantity).copied();
        if place.is_none() && !quantity.is_empty() {
            errors.push(fact.name("quantity"), "the id of a mention of kind quantity", format!("`{quantity}`"));
        }
        facts.push(GoldFact {
            place: place.unwrap_or_default(),
            subject: fact.text("subject", errors),
            subject_type: fact.text("subject_type", errors),
            indicator: fact.string("indicator", errors),
            value: fact.number("value", errors),
            value_max: fact.number("value_max", errors),
            unit: fact.text("unit", errors),
            comparison: fact.string("comparison", errors),
            change: fact.string("change", errors),
            basis: fact.text("basis", errors),
            time: fact.text("time", errors),
            modality: fact.string("modality", errors),
            condition: fact.text("condition", errors),
        });
    }
    Gold { quantities: Some(quantities), entities: Some(entities), times: Some(times), facts, ..Gold::default() }
}

/// The mistakes found so far.
struct Errors<'a> {
    file: &'a str,
    list: Vec<GoldError>,
}

impl Errors<'_> {
    fn push(&mut self, field: String, expected: &str, found: String) {
        self.list.push(GoldError { file: self.file.to_owned(), field, expected: expected.to_owned(), found });
    }
}

/// An object of the file with its place: `facts[3]`.
struct Fields<'a> {
    object: &'a Map<String, Value>,
    place: String,
}

impl<'a> Fields<'a> {
    fn name(&self, field: &str) -> String {
        if self.place.is_empty() { field.to_owned() } else { format!("{}.{field}", self.place) }
    }

    /// A string that must be there.
    fn string(&mut self, field: &str, errors: &mut Errors<'_>) -> String {
        match self.object.get(field) {
            Some(Value::String(text)) => return text.clone(),
            other => errors.push(self.name(field), "a string", other.map_or("nothing", kind).to_owned()),
        }
        String::new()
    }

    /// A string, or null or nothing where there is none.
    fn text(&mut self, field: &str, errors: &mut Errors<'_>) -> String {
        match self.object.get(field) {
            None | Some(Value::Null) => String::new(),
            Some(_) => self.string(field, errors),
        }
    }

    /// A number, or null or nothing where only the text tells it.
    fn number(&mut self, field: &str, errors: &mut Errors<'_>) -> Option<Decimal> {
        let value = match self.object.get(field) {
            None | Some(Value::Null) => return None,
            Some(value) => value,
        };
        let number = match value {
            Value::Number(number) => number_of(&number.to_string()),
            _ => None,
        };
        if number.is_none() {
            errors.push(self.name(field), "a number or null", kind(value).to_owned());
        }
        number
    }

    fn objects(&mut self, field: &str, errors: &mut Errors<'_>) -> Vec<Fields<'a>> {
        let Some(Value::Array(list)) = self.object.get(field) else {
            errors.push(self.name(field), "a list", self.object.get(field).map_or("nothing", kind).to_owned());
            return Vec::new();
        };
        let mut objects = Vec::with_capacity(list.len());
        for (at, value) in list.iter().enumerate() {
            match value {
                Value::Object(object) => objects.push(Fields { object, place: format!("{field}[{at}]") }),
                other => errors.push(format!("{field}[{at}]"), "an object", kind(other).to_owned()),
            }
        }
        objects
    }

    /// `start` and `end`, which must be the place of `text`.
    fn place(&mut self, characters: &[char], errors: &mut Errors<'_>) -> Place {
        let mut offset = |field: &str| {
            let value = self.object.get(field);
            let offset = value.and_then(Value::as_u64).and_then(|offset| usize::try_from(offset).ok());
            if offset.is_none() {
                errors.push(self.name(field), "an offset in characters", value.map_or("nothing", kind).to_owned());
            }
            offset
        };
        let (Some(start), Some(end)) = (offset("start"), offset("end")) else { return Place::default() };
        let words = self.string("text", errors);
        let there: Option<String> = characters.get(start..end).map(|words| words.iter().collect());
        if there.as_deref() != Some(words.as_str()) {
            let found = there.map_or_else(|| "the end of the text".to_owned(), |there| format!("`{there}`"));
            errors.push(self.name("text"), &format!("`{words}` at {start}–{end} of the text"), found);
        }
        (start, end)
    }
}

pub(super) fn number_of(text: &str) -> Option<Decimal> {
    decimal::parse(text).or_else(|| Decimal::from_scientific(text).ok())
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The columns of a table of facts beside its article.
pub const COLUMNS: [&str; 16] = [
    "subject",
    "indicator",
    "written",
    "value",
    "value_max",
    "unit",
    "comparison",
    "change",
    "basis",
    "time_start",
    "time_end",
    "time_text",
    "modality",
    "condition",
    "subject_type",
    "inferred",
];

/// Reads a table of facts that stands beside the article `id` with the text `text`; `file` is its name in errors. Each
/// `written` is looked up in the text, in the order of the rows.
pub fn table(file: &str, csv: &[u8], id: &str, text: &str) -> Result<Gold, Vec<GoldError>> {
    let mut errors = Errors { file, list: Vec::new() };
    let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv.strip_prefix("\u{feff}".as_bytes()).unwrap_or(csv));
    let mut facts = Vec::new();
    let mut search = Search { text, from: 0, last: None };
    for (number, row) in rows.records().enumerate() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                errors.push(format!("row {number}"), "CSV in UTF-8", error.to_string());
                break;
            }
        };
        if number == 0 {
            if row.iter().ne(COLUMNS) {
                errors.push("header".to_owned(), &COLUMNS.join(","), row.iter().collect::<Vec<_>>().join(","));
                break;
            }
            continue;
        }
        if row.len() != COLUMNS.len() {
            errors.push(format!("row {number}"), &format!("{} cells", COLUMNS.len()), row.len().to_string());
            continue;
        }
        let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
        let mut value = |at: usize| {
            let cell = row.get(at).unwrap_or_default();
            let value = number_of(cell);
            if value.is_none() && !cell.is_empty() {
                errors.push(format!("row {number}, {}", COLUMNS.get(at).unwrap_or(&"")), "a number", format!("`{cell}`"));
            }
            value
        };
        let (least, most) = (value(3), value(4));
        let place = search.next(&cell(2));
        if place.is_none() {
            errors.push(format!("row {number}, written"), "words of the article", format!("`{}`", cell(2)));
        }
        facts.push(GoldFact {
            place: place.unwrap_or_default(),
            subject: cell(0),
            indicator: cell(1),
            value: least,
            value_max: most,
            unit: cell(5),
            comparison: cell(6),
            change: cell(7),
            basis: cell(8),
            time: crate::emit::annotate::interval(&cell(9), &cell(10)),
            modality: cell(12),
            condition: cell(13),
            subject_type: cell(14),
        });
    }
    let gold = Gold { id: id.to_owned(), text: text.to_owned(), facts, ..Gold::default() };
    if errors.list.is_empty() { Ok(gold) } else { Err(errors.list) }
}

/// Finds words one after another in a text.
struct Search<'a> {
    text: &'a str,
    from: usize,
    last: Option<(String, usize)>,
}

impl Search<'_> {
    /// The next place of `words`; the last one again where nothing follows (several facts on one quantity), else the first.
    fn next(&mut self, words: &str) -> Option<Place> {
        let again = || self.last.as_ref().filter(|(last, _)| last == words).map(|(_, at)| *at);
        let at = self.after(words, self.from).or_else(again).or_else(|| self.after(words, 0))?;
        self.from = self.from.max(at + words.len());
        self.last = Some((words.to_owned(), at));
        let start = self.text[..at].chars().count();
        Some((start, start + words.chars().count()))
    }

    /// The first place from `from` on where `words` stand and are no end of a longer number.
    fn after(&self, words: &str, from: usize) -> Option<usize> {
        let begins = words.starts_with(|c: char| c.is_ascii_digit());
        let inside = |at: usize| begins && self.text[..at].ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
        let places = self.text.get(from..)?.match_indices(words).map(|(at, _)| from + at);
        (!words.is_empty()).then(|| places.into_iter().find(|at| !inside(*at))).flatten()
    }
}
