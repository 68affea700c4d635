//! doccano: one line of JSON an article, for a project of sequence labelling with relations.
//!
//! doccano has labels and relations and no fields. So the fields of marks and facts go into `shuliang`, which doccano keeps
//! beside the text and gives back with it; they belong to the words at their place.

use serde_json::{Value, json};

use super::Sheet;

/// The line of an article, without its end.
pub fn line(sheet: &Sheet) -> String {
    let entity = |(id, mark): (usize, &super::Mark)| json!({ "id": id, "start_offset": mark.start, "end_offset": mark.end, "label": mark.label });
    let mut relations: Vec<Value> = Vec::new();
    for claim in &sheet.claims {
        let from = sheet.marks.iter().position(|mark| mark.label == "quantity" && (mark.start, mark.end) == (claim.start, claim.end));
        for (kind, to) in [("subject", claim.subject), ("time", claim.time)] {
            let (Some(from), Some(to)) = (from, to) else { continue };
            let relation = json!({ "id": relations.len(), "from_id": from, "to_id": to, "type": kind });
            let known = relations.iter().any(|known| known.get("from_id") == relation.get("from_id") && known.get("to_id") == relation.get("to_id"));
            if !known {
                relations.push(relation);
            }
        }
    }
    let place = |at: Option<usize>| at.and_then(|at| sheet.marks.get(at)).map(|mark| json!([mark.start, mark.end]));
    let marks: Vec<Value> =
        sheet.marks.iter().map(|mark| json!({ "start": mark.start, "end": mark.end, "label": mark.label, "fields": mark.fields })).collect();
    let facts: Vec<Value> = sheet
        .claims
        .iter()
        .map(|claim| json!({ "start": claim.start, "end": claim.end, "subject": place(claim.subject), "time": place(claim.time), "fields": claim.fields }))
        .collect();
    json!({
        "text": sheet.text,
        "article": sheet.id,
        "title": sheet.title,
        "published": sheet.published,
        "entities": sheet.marks.iter().enumerate().map(entity).collect::<Vec<_>>(),
        "relations": relations,
        "shuliang": { "marks": marks, "facts": facts },
    })
    .to_string()
}
