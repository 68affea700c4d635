//! brat's standoff format, as [`emit::annotate::brat`](crate::emit::annotate::brat) writes it and people correct it.

use std::collections::BTreeMap;

use super::{Gold, GoldError, gold, mistake};
use crate::emit::annotate::{Claim, Fields, Mark, Sheet};

/// An event before it is known what its ids stand for.
struct Event {
    line: usize,
    trigger: String,
    arguments: Vec<(String, String)>,
}

/// Reads the annotations of an article; `file` is their name in errors, `text` the text beside them.
pub fn brat(file: &str, id: &str, text: &str, annotations: &str) -> Result<Gold, Vec<GoldError>> {
    let mut errors = Vec::new();
    let mut bound: BTreeMap<String, Mark> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    let mut events: Vec<(String, Event)> = Vec::new();
    let mut fields: BTreeMap<String, Fields> = BTreeMap::new();
    for (number, line) in annotations.lines().enumerate().map(|(at, line)| (at + 1, line)) {
        let mut parts = line.splitn(3, '\t');
        let (name, about, words) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let place = format!("line {number}");
        match name.chars().next() {
            Some('T') => match mark(about) {
                Some(mark) => {
                    order.push(name.to_owned());
                    bound.insert(name.to_owned(), mark);
                }
                None => errors.push(mistake(file, &place, "a type, a start and an end", format!("`{about}`"))),
            },
            Some('E') => {
                let mut roles = about.split_whitespace().filter_map(|role| role.split_once(':')).map(|(role, id)| (role.to_owned(), id.to_owned()));
                if let Some((_, trigger)) = roles.next() {
                    events.push((name.to_owned(), Event { line: number, trigger, arguments: roles.collect() }));
                }
            }
            Some('A' | 'M') => {
                let mut words = about.split_whitespace();
                if let (Some(attribute), Some(of), Some(value)) = (words.next(), words.next(), words.next()) {
                    fields.entry(of.to_owned()).or_default().insert(attribute.to_lowercase(), value.to_owned());
                }
            }
            Some('#') => {
                if let Some(of) = about.strip_prefix("AnnotatorNotes ") {
                    fields.entry(of.trim().to_owned()).or_default().extend(note(words));
                }
            }
            // relations and other lines of the annotators' own say nothing of rows
            _ => {}
        }
    }
    let triggers: Vec<&str> = events.iter().map(|(_, event)| event.trigger.as_str()).collect();
    let names: Vec<&String> = order.iter().filter(|name| !triggers.contains(&name.as_str())).collect();
    let at = |name: &str| names.iter().position(|known| known.as_str() == name);
    let mut sheet = Sheet { id: id.to_owned(), text: text.to_owned(), ..Sheet::default() };
    for (name, event) in &events {
        let Some(trigger) = bound.get(&event.trigger) else {
            errors.push(mistake(file, &format!("line {}", event.line), "a trigger that is there", format!("`{}`", event.trigger)));
            continue;
        };
        let argument = |role: &str| event.arguments.iter().find(|(known, _)| known == role).and_then(|(_, id)| at(id));
        let fields = fields.get(name).cloned().unwrap_or_default();
        sheet.claims.push(Claim { start: trigger.start, end: trigger.end, subject: argument("Subject"), time: argument("Time"), fields });
    }
    sheet.marks = names.iter().filter_map(|name| Some(Mark { fields: fields.get(*name).cloned().unwrap_or_default(), ..bound.get(*name)?.clone() })).collect();
    if errors.is_empty() { gold(file, &sheet) } else { Err(errors) }
}

/// `Region 0 3` or `Region 0 3;4 6`: parts are taken as one from the first start to the last end.
fn mark(about: &str) -> Option<Mark> {
    let (label, places) = about.split_once(' ')?;
    let numbers: Vec<usize> = places.split([' ', ';']).map(str::parse).collect::<Result<_, _>>().ok()?;
    Some(Mark { label: label.to_lowercase(), start: *numbers.first()?, end: *numbers.last().filter(|_| numbers.len() >= 2)?, fields: Fields::new() })
}

/// `indicator=项目; basis=同比`, where `\;` is a semicolon of the words.
fn note(text: &str) -> Fields {
    let mut parts = vec![String::new()];
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        match c {
            ';' => parts.push(String::new()),
            '\\' => parts.last_mut().into_iter().for_each(|part| part.extend(letters.next())),
            c => parts.last_mut().into_iter().for_each(|part| part.push(c)),
        }
    }
    parts.iter().filter_map(|part| part.split_once('=')).map(|(name, cell)| (name.trim().to_owned(), cell.trim().to_owned())).collect()
}
