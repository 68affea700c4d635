//! One article as the page reads it.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::emit::{FactRow, Rows};

/// A place in the text, counted in UTF-16 units, and what is said of it.
type Mark = (usize, usize, String);

/// An article with its facts and marks. Places count UTF-16 units, as the strings of the page's script do.
#[derive(Debug, Clone, Serialize)]
pub struct Sheet {
    id: String,
    title: String,
    source: String,
    published: String,
    notes: String,
    characters: usize,
    text: String,
    quantities: Vec<Mark>,
    times: Vec<Mark>,
    entities: Vec<Mark>,
    facts: Vec<Map<String, Value>>,
    checks: Vec<Check>,
}

/// A piece of arithmetic over rows of `facts`, counted from 1.
#[derive(Debug, Clone, Serialize)]
struct Check {
    kind: &'static str,
    facts: Vec<usize>,
    expected: String,
    found: String,
    holds: bool,
}

impl Sheet {
    /// The article of these rows.
    pub fn new(rows: &Rows<'_>) -> Sheet {
        let about = rows.article();
        let units = Units::new(rows.published_text());
        let mark = |start, end, says: String| (units.at(start), units.at(end), says);
        let range = |least: &str, most: &str| if most.is_empty() { least.to_owned() } else { format!("{least} – {most}") };
        Sheet {
            text: rows.published_text().to_owned(),
            quantities: rows.quantities().map(|q| mark(q.start, q.end, format!("{} {} · {}", range(&q.value, &q.value_max), q.unit, q.role))).collect(),
            times: rows.times().map(|t| mark(t.start, t.end, range(&t.time_start, &t.time_end))).collect(),
            entities: rows.entities().map(|e| mark(e.start, e.end, format!("{} · {} {}", e.name, e.r#type, e.code).trim_end().to_owned())).collect(),
            facts: rows.facts().map(|fact| cells(&fact, &units)).collect(),
            checks: rows.checks().map(|c| Check { kind: c.kind, facts: c.facts, expected: c.expected, found: c.found, holds: c.holds }).collect(),
            id: about.article,
            title: about.title,
            source: about.source,
            published: about.published,
            notes: about.notes,
            characters: about.characters,
        }
    }

    /// The title, or the name where there is none.
    pub fn title(&self) -> &str {
        if self.title.is_empty() { &self.id } else { &self.title }
    }

    /// How many facts it has.
    pub fn facts(&self) -> usize {
        self.facts.len()
    }
}

/// The cells of a fact that are not empty, by column.
fn cells(fact: &FactRow, units: &Units) -> Map<String, Value> {
    let Ok(Value::Object(mut cells)) = serde_json::to_value(fact) else { return Map::new() };
    cells.remove("article");
    cells.retain(|_, cell| cell.as_str() != Some(""));
    cells.insert("start".to_owned(), units.at(fact.start).into());
    cells.insert("end".to_owned(), units.at(fact.end).into());
    cells
}

/// Leads from characters to UTF-16 units: each character beyond U+FFFF is two units.
struct Units {
    wide: Vec<usize>,
}

impl Units {
    fn new(text: &str) -> Units {
        Units { wide: text.chars().enumerate().filter(|(_, c)| c.len_utf16() == 2).map(|(at, _)| at).collect() }
    }

    fn at(&self, character: usize) -> usize {
        character + self.wide.partition_point(|&wide| wide < character)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_are_two_units() {
        let text = "𠀀a😀项b";
        let units = Units::new(text);
        for (count, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(units.at(count), text[..at].encode_utf16().count());
        }
        assert_eq!(units.at(5), text.encode_utf16().count());
    }
}
