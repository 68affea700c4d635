//! Collisions: names of a user's files that mean something else as well.

use std::collections::BTreeMap;
use std::fmt;

use super::table::{File, Reader, Row};
use super::{Dict, builtin};

/// The files whose rows are names, with the columns that hold them and the header.
const NAMED: &[(&str, &[usize], &[&str])] = &[
    ("companies.tsv", &[0, 1], &["name", "aliases", "code"]),
    ("divisions.tsv", &[1, 2], &["code", "name", "short", "plain"]),
    ("landmarks.tsv", &[0], &["name", "type"]),
    ("listed.tsv", &[0], &["name", "code", "plain"]),
    ("organisations.tsv", &[0, 1], &["name", "aliases"]),
    ("regions.tsv", &[0, 1], &["name", "aliases", "kind", "code"]),
    ("zones.tsv", &[0, 1], &["name", "aliases", "region", "kind"]),
];

/// A name of a user's file that means something else as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collision {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The name.
    pub name: String,
    /// What else it is.
    pub with: Other,
}

/// What a name is besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Other {
    /// An ordinary word: 机器人.
    Word,
    /// The name of something else: the file and line of that row.
    Name(String, u32),
}

impl fmt::Display for Collision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Collision { file, line, name, with } = self;
        match with {
            Other::Word => write!(f, "{file}:{line}: {name} is an ordinary word as well"),
            Other::Name(other, at) => write!(f, "{file}:{line}: {name} stands in {other}:{at} as well"),
        }
    }
}

/// The names of these files that are ordinary words, by `is_word` or by the dictionary itself, or stand in another row as well.
///
/// A row that replaces a built-in one (the same first cell in the same file) does not collide with it.
pub fn collisions(dict: &Dict, files: &[File], is_word: impl Fn(&str) -> bool) -> Vec<Collision> {
    let ours: Vec<(&str, u32, &str, &str)> = NAMED.iter().flat_map(|named| forms(&mut Reader::new(builtin::FILES, &[]), named)).collect();
    let theirs: Vec<(&str, u32, &str, &str)> = NAMED.iter().flat_map(|named| forms(&mut Reader::new(&[], files), named)).collect();
    let mut rows: BTreeMap<&str, Vec<(&str, u32, &str)>> = BTreeMap::new();
    for &(file, line, first, form) in ours.iter().chain(&theirs) {
        rows.entry(form).or_default().push((file, line, first));
    }
    let mut found = Vec::new();
    for &(file, line, first, name) in &theirs {
        let collision = |with| Collision { file: file.to_owned(), line, name: name.to_owned(), with };
        let names = &dict.names;
        if names.generic.get(name).is_some() || names.borders.get(name).is_some() || names.anaphors.get(name).is_some() || is_word(name) {
            found.push(collision(Other::Word));
        }
        let others = rows.get(name).into_iter().flatten().filter(|(other, _, cell)| (*other, *cell) != (file, first));
        found.extend(others.map(|(other, at, _)| collision(Other::Name((*other).to_owned(), *at))));
    }
    found
}

fn forms<'a>(reader: &mut Reader<'a>, (file, columns, header): &(&'a str, &[usize], &[&str])) -> Vec<(&'a str, u32, &'a str, &'a str)> {
    let of = |row: Row<'a>| {
        let (file, line) = row.place();
        let cells = columns.iter().flat_map(move |&column| row.cell(column).split('|').map(str::trim).filter(|form| !form.is_empty()));
        cells.map(move |form| (file, line, row.cell(0), form)).collect::<Vec<_>>()
    };
    reader.rows(file, header).into_iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_words_or_stand_twice() {
        let text = "name\taliases\tcode\n青山智造有限公司\t青山智造|机器人\tQ1\n洛阳\t建设\tQ2\n";
        let files = [File { name: "companies.tsv".to_owned(), text: text.to_owned() }];
        let dict = Dict::with(&files).unwrap_or_else(|errors| panic!("{errors:?}"));
        let said: Vec<String> = collisions(&dict, &files, |word| word == "机器人").iter().map(Collision::to_string).collect();
        assert!(said.contains(&"companies.tsv:2: 机器人 is an ordinary word as well".to_owned()), "{said:?}");
        assert!(said.iter().any(|line| line.starts_with("companies.tsv:2: 机器人 stands in listed.tsv:")), "{said:?}");
        assert!(said.iter().any(|line| line.starts_with("companies.tsv:3: 洛阳 stands in divisions.tsv:")), "{said:?}");
        assert!(said.contains(&"companies.tsv:3: 建设 is an ordinary word as well".to_owned()), "{said:?}");
        assert!(!said.iter().any(|line| line.contains("青山智造")), "{said:?}");
    }
}
