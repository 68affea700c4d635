//! Label Studio's JSON export, as [`emit::annotate::label_studio`](crate::emit::annotate::label_studio) writes its tasks and
//! people correct them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Gold, GoldError, gold, mistake, offset, string};
use crate::emit::annotate::{Claim, Fields, Mark, Sheet};

/// A region with what was said of it.
#[derive(Default)]
struct Region {
    label: String,
    place: Option<(usize, usize)>,
    fields: Fields,
}

/// Reads tasks; `file` is their name in errors. Of each the first annotation that was not skipped counts, else the prediction.
pub fn label_studio(file: &str, json: &Value) -> Result<Vec<Gold>, Vec<GoldError>> {
    let tasks = match json {
        Value::Array(tasks) => tasks.as_slice(),
        one => std::slice::from_ref(one),
    };
    let (mut golds, mut errors) = (Vec::new(), Vec::new());
    for (number, task) in tasks.iter().enumerate() {
        let place = format!("task {}", number + 1);
        let Some(text) = task.get("data").and_then(|data| data.get("text")).and_then(Value::as_str) else {
            errors.push(mistake(file, &format!("{place}, data.text"), "a string", "nothing".to_owned()));
            continue;
        };
        let Some(result) = result(task) else {
            errors.push(mistake(file, &place, "annotations or predictions with a result", "none".to_owned()));
            continue;
        };
        let data = task.get("data").unwrap_or(&Value::Null);
        let about = Sheet {
            id: string(data, "article"),
            title: string(data, "title"),
            published: string(data, "published"),
            text: text.to_owned(),
            ..Sheet::default()
        };
        match gold(file, &sheet(about, result)) {
            Ok(gold) => golds.push(gold),
            Err(mistakes) => errors.extend(mistakes),
        }
    }
    if errors.is_empty() { Ok(golds) } else { Err(errors) }
}

fn result(task: &Value) -> Option<&Vec<Value>> {
    let of = |name: &str| task.get(name).and_then(Value::as_array).into_iter().flatten();
    let done = |one: &&Value| one.get("was_cancelled") != Some(&Value::Bool(true));
    of("annotations").find(done).or_else(|| of("predictions").next())?.get("result")?.as_array()
}

fn sheet(about: Sheet, result: &[Value]) -> Sheet {
    let mut regions: BTreeMap<String, Region> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    let mut lines: Vec<(&Value, String)> = Vec::new();
    for part in result {
        if string(part, "type") == "relation" {
            let labels = part.get("labels").and_then(Value::as_array).and_then(|labels| labels.first()).and_then(Value::as_str);
            lines.push((part, labels.unwrap_or_default().to_lowercase()));
            continue;
        }
        let (id, value) = (string(part, "id"), part.get("value").unwrap_or(&Value::Null));
        let first = |name: &str| value.get(name).and_then(Value::as_array).and_then(|list| list.first()).and_then(Value::as_str).map(str::to_owned);
        if !regions.contains_key(&id) {
            order.push(id.clone());
        }
        let region = regions.entry(id).or_default();
        if let Some(label) = first("labels") {
            region.label = label.to_lowercase();
            region.place = offset(value, "start").zip(offset(value, "end"));
        } else if let Some(cell) = first("choices").or_else(|| first("text")) {
            region.fields.insert(string(part, "from_name"), cell);
        }
    }
    let placed = |id: &&String| regions.get(*id).is_some_and(|region| region.place.is_some());
    let is_fact = |id: &String| regions.get(id).is_some_and(|region| region.label == "fact");
    let names: Vec<&String> = order.iter().filter(placed).filter(|id| !is_fact(id)).collect();
    let marks = names.iter().filter_map(|id| regions.get(*id)).map(|region| {
        let (start, end) = region.place.unwrap_or_default();
        Mark { label: region.label.clone(), start, end, fields: region.fields.clone() }
    });
    let claims = order.iter().filter(placed).filter(|id| is_fact(id)).filter_map(|id| {
        let region = regions.get(id)?;
        let (start, end) = region.place?;
        let to = |kind: &str| {
            let (line, _) = lines.iter().find(|(line, label)| label == kind && string(line, "from_id") == *id)?;
            names.iter().position(|name| **name == string(line, "to_id"))
        };
        Some(Claim { start, end, subject: to("subject"), time: to("time"), fields: region.fields.clone() })
    });
    Sheet { marks: marks.collect(), claims: claims.collect(), ..about }
}
