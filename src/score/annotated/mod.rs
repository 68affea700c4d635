//! Gold out of annotation tools: what people corrected in brat, doccano or Label Studio, read back.

mod brat;
mod doccano;
mod label_studio;

use std::collections::BTreeMap;

use serde_json::Value;

use super::gold::{GoldError, number_of};
use super::{Gold, GoldEntity, GoldFact, GoldQuantity, GoldTime};
use crate::decimal::Decimal;
use crate::emit::annotate::{Fields, Mark, Sheet};

pub use brat::brat;
pub use doccano::doccano;
pub use label_studio::label_studio;

/// True for JSON that Label Studio exports: tasks with their annotations or predictions.
pub fn is_label_studio(json: &Value) -> bool {
    let task = |task: &Value| task.get("data").is_some() && (task.get("annotations").is_some() || task.get("predictions").is_some());
    match json {
        Value::Array(tasks) => tasks.iter().all(task) && !tasks.is_empty(),
        one => task(one),
    }
}

/// The gold that an article's marks and facts say.
fn gold(file: &str, sheet: &Sheet) -> Result<Gold, Vec<GoldError>> {
    let mut errors = Vec::new();
    let length = sheet.text.chars().count();
    for mark in sheet.marks.iter().filter(|mark| mark.start >= mark.end || mark.end > length) {
        errors.push(mistake(file, &format!("{} at {}–{}", mark.label, mark.start, mark.end), "a place in the text", format!("{length} characters")));
    }
    let mut number = |fields: &Fields, name: &str, place: String| -> Option<Decimal> {
        let cell = cell(fields, name);
        let value = number_of(&cell);
        if value.is_none() && !cell.is_empty() {
            errors.push(mistake(file, &format!("{place}, {name}"), "a number", format!("`{cell}`")));
        }
        value
    };
    let at = |start: usize, end: usize| format!("`{}` at {start}–{end}", sheet.words(start, end));
    let mut gold = Gold {
        id: sheet.id.clone(),
        title: Some(sheet.title.clone()).filter(|title| !title.is_empty()),
        published: Some(sheet.published.clone()).filter(|day| !day.is_empty()),
        text: sheet.text.clone(),
        ..Gold::default()
    };
    let (mut quantities, mut entities, mut times) = (Vec::new(), Vec::new(), Vec::new());
    for mark in &sheet.marks {
        let (place, fields) = ((mark.start, mark.end), &mark.fields);
        match mark.label.as_str() {
            "quantity" => quantities.push(GoldQuantity {
                place,
                value: number(fields, "value", at(mark.start, mark.end)),
                value_max: number(fields, "value_max", at(mark.start, mark.end)),
                unit: cell(fields, "unit"),
                comparison: cell(fields, "comparison"),
                r#type: cell(fields, "type"),
                role: cell(fields, "role"),
            }),
            "time" => times.push(GoldTime { place, interval: cell(fields, "period") }),
            _ => entities.push(GoldEntity { place, r#type: mark.label.clone(), norm: name_of(sheet, mark) }),
        }
    }
    for claim in &sheet.claims {
        let quantity = sheet.marks.iter().find(|mark| mark.label == "quantity" && (mark.start, mark.end) == (claim.start, claim.end));
        let mut fields = claim.fields.clone();
        // what a fact does not say of its own is what its quantity says
        for name in ["value", "value_max", "unit", "comparison"] {
            if let Some(cell) = quantity.and_then(|mark| mark.fields.get(name))
                && !fields.contains_key(name)
            {
                fields.insert(name.to_owned(), cell.clone());
            }
        }
        let subject = claim.subject.and_then(|at| sheet.marks.get(at));
        let time = claim.time.and_then(|at| sheet.marks.get(at));
        let or = |name: &str, other: String| if fields.contains_key(name) { cell(&fields, name) } else { other };
        gold.facts.push(GoldFact {
            place: (claim.start, claim.end),
            subject: or("subject", subject.map(|mark| name_of(sheet, mark)).unwrap_or_default()),
            subject_type: or("subject_type", subject.map(|mark| mark.label.clone()).unwrap_or_default()),
            indicator: cell(&fields, "indicator"),
            value: number(&fields, "value", at(claim.start, claim.end)),
            value_max: number(&fields, "value_max", at(claim.start, claim.end)),
            unit: cell(&fields, "unit"),
            comparison: cell(&fields, "comparison"),
            change: or("change", "none".to_owned()),
            basis: cell(&fields, "basis"),
            time: or("period", time.map(|mark| cell(&mark.fields, "period")).unwrap_or_default()),
            modality: or("modality", "actual".to_owned()),
            condition: cell(&fields, "condition"),
        });
    }
    (gold.quantities, gold.entities, gold.times) = (Some(quantities), Some(entities), Some(times));
    if errors.is_empty() { Ok(gold) } else { Err(errors) }
}

fn cell(fields: &Fields, name: &str) -> String {
    fields.get(name).map(|cell| cell.trim().to_owned()).unwrap_or_default()
}

/// The full name that a mark stands for; its words where nobody said another.
fn name_of(sheet: &Sheet, mark: &Mark) -> String {
    let name = cell(&mark.fields, "name");
    if name.is_empty() { sheet.words(mark.start, mark.end) } else { name }
}

fn mistake(file: &str, field: &str, expected: &str, found: String) -> GoldError {
    GoldError { file: file.to_owned(), field: field.to_owned(), expected: expected.to_owned(), found }
}

/// A string of an object; empty where there is none.
fn string(object: &Value, name: &str) -> String {
    object.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn offset(object: &Value, name: &str) -> Option<usize> {
    object.get(name).and_then(Value::as_u64).and_then(|offset| usize::try_from(offset).ok())
}

/// Cells out of an object of strings.
fn fields(object: Option<&Value>) -> Fields {
    let pairs = object.and_then(Value::as_object).into_iter().flatten();
    pairs.filter_map(|(name, cell)| Some((name.clone(), cell.as_str()?.to_owned()))).collect::<BTreeMap<_, _>>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::Rows;
    use crate::emit::annotate;
    use crate::score::{Found, Score};
    use crate::source::plain::plain;
    use crate::{Dict, read};

    const TEXT: &str = "𠮷青山县工业快报\r\n2021-12-20\r\n2021年，宝应县新开工项目12个，总投资60亿元，同比增长8.5%；\r\n占全市的三成。甲、乙两县分别建成学校3所和5所。预计到2025年，青山县产值达到3至5亿元。";

    /// What the program finds, as a tool would be given it and would give it back untouched.
    fn round(back: impl Fn(&Sheet) -> Gold) {
        let dict = Dict::builtin().expect("a dictionary");
        let article = plain(TEXT.as_bytes().to_vec(), "a.txt", "a", None, &dict).expect("UTF-8");
        let reading = read(&article, &dict);
        let rows = Rows::new(&reading);
        let found = Found {
            quantities: rows.quantities().collect(),
            entities: rows.entities().collect(),
            times: rows.times().collect(),
            facts: rows.facts().collect(),
        };
        assert!(found.facts.len() >= 5 && found.times.len() >= 2 && found.entities.len() >= 2);
        let mut score = Score::default();
        score.add(&back(&Sheet::new(&rows)), &found);
        for (measure, tally) in &score.measures {
            assert_eq!((tally.right, tally.gold), (tally.found, tally.found), "{}: {:?}", measure.label(), score.differences);
        }
        assert!(score.field_shares().all(|(_, share)| share > 0.999), "{:?}", score.field_shares().collect::<Vec<_>>());
        assert!(score.role_share() > 0.999);
    }

    #[test]
    fn brat_gives_back_what_it_was_given() {
        round(|sheet| brat("a.ann", "a", &sheet.text, &annotate::brat::annotations(sheet)).expect("gold"));
    }

    #[test]
    fn doccano_gives_back_what_it_was_given() {
        round(|sheet| doccano("a.jsonl", &annotate::doccano::line(sheet)).expect("gold").remove(0));
    }

    #[test]
    fn label_studio_gives_back_what_it_was_given() {
        round(|sheet| {
            let mut task = annotate::label_studio::task(sheet);
            assert!(is_label_studio(&task));
            // an annotation that was skipped, and one that stands
            let result = task["predictions"][0]["result"].take();
            task["annotations"] = serde_json::json!([{ "was_cancelled": true, "result": [] }, { "id": 3, "result": result }]);
            label_studio("a.json", &serde_json::json!([task])).expect("gold").remove(0)
        });
    }

    #[test]
    fn what_people_correct_counts() {
        let text = "宝应县12个，高邮市。";
        let ann = "T1\tRegion 0 3\t宝应县\nT2\tRegion 7 10\t高邮市\n#1\tAnnotatorNotes T2\tname=江苏省高邮市\nT3\tQuantity 3 6\t12个\n\
            #2\tAnnotatorNotes T3\tvalue=12; unit=个\nA1\tComparison T3 eq\nT4\tFact 3 6\t12个\nE1\tFact:T4 Subject:T2\n\
            #3\tAnnotatorNotes E1\tindicator=项目\\; 工程\nA2\tModality E1 planned\n";
        let gold = brat("a.ann", "a", text, ann).expect("gold");
        let fact = gold.facts.first().expect("a fact");
        let says =
            (fact.subject.as_str(), fact.subject_type.as_str(), fact.indicator.as_str(), fact.modality.as_str(), fact.change.as_str(), fact.unit.as_str());
        assert_eq!(says, ("江苏省高邮市", "region", "项目; 工程", "planned", "none", "个"));
        let errors =
            brat("a.ann", "a", text, "T1\tRegion 0 99\tx\nT3\tQuantity 3 6\t12个\n#2\tAnnotatorNotes T3\tvalue=zwölf\nE1\tFact:T9\n").expect_err("mistakes");
        let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert!(said[0].contains("line 4: expected a trigger"), "{said:?}");
        let errors = doccano("a.jsonl", "{\"text\": 3}\n").expect_err("a mistake");
        assert_eq!(errors[0].to_string(), "a.jsonl: line 1, text: expected a string, found nothing");
    }
}
