//! Label Studio: one task an article, with what the program found as predictions, and the interface to correct them.
//!
//! Every mark and every fact is a region; its fields are choices and text areas of the region; lines lead from a fact to its
//! subject and its time.

use serde_json::{Value, json};

use super::{CHOICES, Fields, Sheet};

/// The labelling interface: what goes into a project's settings.
pub const CONFIGURATION: &str = include_str!("label_studio.xml");

/// The task of an article.
pub fn task(sheet: &Sheet) -> Value {
    let mut result: Vec<Value> = Vec::new();
    for (at, mark) in sheet.marks.iter().enumerate() {
        region(&mut result, &format!("mark-{at}"), &mark.label, (mark.start, mark.end, &sheet.words(mark.start, mark.end)), &mark.fields);
    }
    for (at, claim) in sheet.claims.iter().enumerate() {
        let id = format!("fact-{at}");
        region(&mut result, &id, "fact", (claim.start, claim.end, &sheet.words(claim.start, claim.end)), &claim.fields);
        for (label, to) in [("subject", claim.subject), ("time", claim.time)] {
            if let Some(to) = to {
                result.push(json!({ "type": "relation", "from_id": id, "to_id": format!("mark-{to}"), "direction": "right", "labels": [label] }));
            }
        }
    }
    json!({
        "data": { "text": sheet.text, "article": sheet.id, "title": sheet.title, "published": sheet.published },
        "predictions": [{ "model_version": concat!("shuliang ", env!("CARGO_PKG_VERSION")), "result": result }],
    })
}

fn region(result: &mut Vec<Value>, id: &str, label: &str, place: (usize, usize, &str), fields: &Fields) {
    let (start, end, words) = place;
    result.push(json!({
        "id": id, "from_name": "kind", "to_name": "text", "type": "labels",
        "value": { "start": start, "end": end, "text": words, "labels": [label] },
    }));
    for (name, cell) in fields {
        let (kind, value) = if CHOICES.contains(&name.as_str()) {
            ("choices", json!({ "start": start, "end": end, "choices": [cell] }))
        } else {
            ("textarea", json!({ "start": start, "end": end, "text": [cell] }))
        };
        result.push(json!({ "id": id, "from_name": name, "to_name": "text", "type": kind, "value": value }));
    }
}
