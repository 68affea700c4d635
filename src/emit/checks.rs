//! The rows of `checks`: they name facts by their rows, so they know how many rows stand before their article's.

use serde::{Serialize, Serializer};

use crate::Reading;
use crate::decimal::rounded;

/// A row of `checks`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CheckRow {
    /// The article.
    pub article: String,
    /// What the arithmetic is about: `parts`, `target`, `share`, `quotient`, `growth` or `repeat`.
    pub kind: &'static str,
    /// The rows of `facts`, from 1; the last is the one that the others are held against.
    #[serde(serialize_with = "serialize_joined")]
    pub facts: Vec<usize>,
    /// What the other facts give, in the unit of the last.
    pub expected: String,
    /// What the last fact states.
    pub found: String,
    /// True where the two agree within the digits given.
    pub holds: bool,
}

impl CheckRow {
    /// The same row after `rows` rows of facts of other articles.
    pub fn after(self, rows: usize) -> CheckRow {
        CheckRow { facts: self.facts.iter().map(|row| row + rows).collect(), ..self }
    }
}

/// The rows of `checks` of one reading, as if its facts were the first of the table.
pub fn rows(reading: &Reading<'_>) -> impl Iterator<Item = CheckRow> {
    reading.checks.iter().map(|check| CheckRow {
        article: reading.article.id.clone(),
        kind: check.kind.name(),
        facts: check.facts.iter().map(|fact| fact + 1).collect(),
        expected: rounded(check.expected),
        found: rounded(check.found),
        holds: check.holds,
    })
}

/// The rows of facts as one cell.
pub(super) fn joined(facts: &[usize]) -> String {
    facts.iter().map(usize::to_string).collect::<Vec<_>>().join("+")
}

fn serialize_joined<S: Serializer>(facts: &[usize], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&joined(facts))
}
