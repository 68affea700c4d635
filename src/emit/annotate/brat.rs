//! brat: a `.txt` and a `.ann` in standoff format for each article, and one `annotation.conf`.
//!
//! Marks are text-bound annotations with attributes and notes. A fact is an event: its trigger stands on the words of the
//! quantity, its arguments are subject and time. Fields with free words stand in the note as `name=words; name=words`.

use std::fmt::Write;

use super::{CHOICES, Fields, Sheet};

/// The types that brat must know.
pub const CONFIGURATION: &str = include_str!("annotation.conf");

/// A name for the files of an article, without ending: letters, digits, `-`, `_` and `.` of its id.
pub fn name(id: &str) -> String {
    let name: String = id.chars().map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
    // a name that begins with a point is hidden
    if name.is_empty() || name.starts_with('.') { format!("_{name}") } else { name }
}

/// The annotations of an article; its text goes beside them as it stands.
pub fn annotations(sheet: &Sheet) -> String {
    let mut out = Lines::default();
    for (at, mark) in sheet.marks.iter().enumerate() {
        let id = format!("T{}", at + 1);
        out.bound(&id, &capital(&mark.label), mark.start, mark.end, &sheet.text);
        out.fields(&id, &mark.fields);
    }
    for (at, claim) in sheet.claims.iter().enumerate() {
        let (trigger, id) = (format!("T{}", sheet.marks.len() + at + 1), format!("E{}", at + 1));
        out.bound(&trigger, "Fact", claim.start, claim.end, &sheet.text);
        let mut event = format!("{id}\tFact:{trigger}");
        for (role, to) in [("Subject", claim.subject), ("Time", claim.time)] {
            if let Some(to) = to {
                event.push_str(&format!(" {role}:T{}", to + 1));
            }
        }
        out.line(&event);
        out.fields(&id, &claim.fields);
    }
    out.text
}

/// The lines so far, with the numbers of the last attribute and note.
#[derive(Default)]
struct Lines {
    text: String,
    attributes: usize,
    notes: usize,
}

impl Lines {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A text-bound annotation. Words that run over the end of a line are given in parts, one a line.
    fn bound(&mut self, id: &str, label: &str, start: usize, end: usize, text: &str) {
        let words: Vec<char> = text.chars().skip(start).take(end.saturating_sub(start)).collect();
        let mut parts = Vec::new();
        let mut from = 0;
        for part in words.split(|c| *c == '\n') {
            if !part.is_empty() {
                parts.push((start + from, start + from + part.len(), part.iter().collect::<String>()));
            }
            from += part.len() + 1;
        }
        let places: Vec<String> = parts.iter().map(|(start, end, _)| format!("{start} {end}")).collect();
        let words: Vec<&str> = parts.iter().map(|(.., words)| words.as_str()).collect();
        self.line(&format!("{id}\t{label} {}\t{}", places.join(";"), words.join(" ")));
    }

    fn fields(&mut self, of: &str, fields: &Fields) {
        let mut note = String::new();
        for (name, cell) in fields {
            if CHOICES.contains(&name.as_str()) && !cell.is_empty() {
                self.attributes += 1;
                let attribute = format!("A{}\t{} {of} {cell}", self.attributes, capital(name));
                self.line(&attribute);
            } else {
                let mark = if note.is_empty() { "" } else { "; " };
                // writing into a string cannot fail
                let _ = write!(note, "{mark}{name}={}", cell.replace('\\', "\\\\").replace(';', "\\;").replace(['\n', '\t'], " "));
            }
        }
        if !note.is_empty() {
            self.notes += 1;
            let note = format!("#{}\tAnnotatorNotes {of}\t{note}", self.notes);
            self.line(&note);
        }
    }
}

/// `region` → `Region`: brat's types begin with a capital.
fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::annotate::Mark;

    #[test]
    fn names_are_safe() {
        assert_eq!(name("年报/../a b.txt"), "年报_.._a_b.txt");
        assert_eq!(name("../x"), "_.._x");
    }

    #[test]
    fn words_over_two_lines_are_in_parts() {
        let mark = Mark { label: "region".to_owned(), start: 1, end: 6, ..Mark::default() };
        let sheet = Sheet { text: "𠮷青山\n县，x".to_owned(), marks: vec![mark], ..Sheet::default() };
        assert_eq!(annotations(&sheet), "T1\tRegion 1 3;4 6\t青山 县，\n");
    }
}
