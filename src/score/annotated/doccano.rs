//! doccano's JSON Lines, as [`emit::annotate::doccano`](crate::emit::annotate::doccano) writes it and people correct it.
//!
//! Labels, places and relations are the people's. Fields belong to the words at their place: a mark that people made has none, a
//! fact whose quantity they took away is gone.

use serde_json::Value;

use super::{Gold, GoldError, fields, gold, mistake, offset, string};
use crate::emit::annotate::{Claim, Mark, Sheet};

/// Reads a file; `file` is its name in errors.
pub fn doccano(file: &str, text: &str) -> Result<Vec<Gold>, Vec<GoldError>> {
    let (mut golds, mut errors) = (Vec::new(), Vec::new());
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = format!("line {}", number + 1);
        match serde_json::from_str::<Value>(line) {
            Ok(line) => match sheet(&line) {
                Ok(sheet) => match gold(file, &sheet) {
                    Ok(gold) => golds.push(gold),
                    Err(mistakes) => errors.extend(mistakes),
                },
                Err((field, expected)) => errors.push(mistake(file, &format!("{place}, {field}"), expected, "nothing".to_owned())),
            },
            Err(error) => errors.push(mistake(file, &place, "JSON", error.to_string())),
        }
    }
    if errors.is_empty() { Ok(golds) } else { Err(errors) }
}

/// An article, or the field that is missing and what should stand there.
fn sheet(line: &Value) -> Result<Sheet, (&'static str, &'static str)> {
    let text = line.get("text").and_then(Value::as_str).ok_or(("text", "a string"))?;
    let entities = line.get("entities").and_then(Value::as_array).ok_or(("entities", "a list"))?;
    let known = line.get("shuliang");
    let of = |name: &str| known.and_then(|known| known.get(name)).and_then(Value::as_array).into_iter().flatten();
    let (mut marks, mut ids) = (Vec::new(), Vec::new());
    for entity in entities {
        let (Some(start), Some(end)) = (offset(entity, "start_offset"), offset(entity, "end_offset")) else {
            return Err(("entities", "start_offset and end_offset"));
        };
        let label = string(entity, "label").to_lowercase();
        let same = |mark: &&Value| offset(mark, "start") == Some(start) && offset(mark, "end") == Some(end) && string(mark, "label") == label;
        let cells = of("marks").find(same).map(|mark| fields(mark.get("fields"))).unwrap_or_default();
        marks.push(Mark { label, start, end, fields: cells });
        ids.push(entity.get("id").cloned().unwrap_or_default());
    }
    let relations: Vec<(String, usize, usize)> = line
        .get("relations")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|relation| {
            let at = |name: &str| ids.iter().position(|id| Some(id) == relation.get(name));
            Some((string(relation, "type").to_lowercase(), at("from_id")?, at("to_id")?))
        })
        .collect();
    let mut claims = Vec::new();
    for (at, quantity) in marks.iter().enumerate().filter(|(_, mark)| mark.label == "quantity") {
        let facts: Vec<&Value> =
            of("facts").filter(|fact| offset(fact, "start") == Some(quantity.start) && offset(fact, "end") == Some(quantity.end)).collect();
        let drawn = |kind: &str| relations.iter().filter(|(known, from, _)| known == kind && *from == at).map(|(.., to)| *to).collect::<Vec<_>>();
        let linked = |fact: Option<&Value>, kind: &str| {
            let drawn = drawn(kind);
            let place = fact.and_then(|fact| fact.get(kind)).and_then(Value::as_array);
            let is = |to: &&usize| place.is_some_and(|place| marks.get(**to).is_some_and(|mark| *place == [mark.start.into(), mark.end.into()] as [Value; 2]));
            // the program's own line where it still stands; else the only one that people drew
            drawn.iter().find(is).or(if drawn.len() == 1 { drawn.first() } else { None }).copied()
        };
        let mut claim = |fact: Option<&Value>| {
            let cells = fact.map(|fact| fields(fact.get("fields"))).unwrap_or_default();
            claims.push(Claim { start: quantity.start, end: quantity.end, subject: linked(fact, "subject"), time: linked(fact, "time"), fields: cells });
        };
        if facts.is_empty() && !(drawn("subject").is_empty() && drawn("time").is_empty()) {
            claim(None);
        }
        facts.into_iter().for_each(|fact| claim(Some(fact)));
    }
    Ok(Sheet { id: string(line, "article"), title: string(line, "title"), published: string(line, "published"), text: text.to_owned(), marks, claims })
}
