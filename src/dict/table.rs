//! Dictionary files: lines into cells, with the place of every mistake.

use std::collections::BTreeMap;
use std::fmt;

/// A dictionary file: its name relative to the folder (`units/area.tsv`) and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The name, with `/` between folders.
    pub name: String,
    /// The content, UTF-8.
    pub text: String,
}

/// A mistake in a dictionary file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct DictError {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// What should stand there.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

impl fmt::Display for DictError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: expected {}, found {}", self.file, self.line, self.expected, self.found)
    }
}

/// One row of a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    file: &'a str,
    line: u32,
    text: &'a str,
    /// Where each cell ends; no file has more columns than this has places.
    ends: [u32; MOST],
}

/// The most columns that a file may have.
const MOST: usize = 8;

impl<'a> Row<'a> {
    /// The cell of a column, from 0; empty where the line is shorter.
    pub fn cell(&self, column: usize) -> &'a str {
        match trimmed(self.raw(column)) {
            "-" => "",
            cell => cell,
        }
    }

    fn raw(&self, column: usize) -> &'a str {
        let start = column.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |&end| end as usize + 1);
        let end = self.ends.get(column).map_or(0, |&end| end as usize);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The file and the line that the row stands in.
    pub fn place(&self) -> (&'a str, u32) {
        (self.file, self.line)
    }

    /// The names of a cell, separated by `|`.
    pub fn names(&self, column: usize) -> impl Iterator<Item = &'a str> {
        self.cell(column).split('|').map(str::trim).filter(|name| !name.is_empty())
    }
}

/// Reads the built-in files and the user's, and collects what is wrong with them.
pub(crate) struct Reader<'a> {
    builtin: &'a [(&'a str, &'a str)],
    user: &'a [File],
    asked: BTreeMap<&'a str, ()>,
    errors: Vec<DictError>,
}

impl<'a> Reader<'a> {
    pub fn new(builtin: &'a [(&'a str, &'a str)], user: &'a [File]) -> Reader<'a> {
        Reader { builtin, user, asked: BTreeMap::new(), errors: Vec::new() }
    }

    /// True where the user has a file of one of these names.
    pub fn adds_to(&self, names: &[&str]) -> bool {
        self.user.iter().any(|file| names.contains(&file.name.as_str()))
    }

    /// The rows of a file, ours first, then the user's; a user's row drops ours with the same first cell.
    pub fn rows(&mut self, name: &'a str, columns: &[&str]) -> Vec<Row<'a>> {
        let ours = self.ours(name, columns);
        let mut theirs: Vec<Row<'a>> = Vec::new();
        self.theirs(name, columns, |_, row| theirs.push(row));
        if theirs.is_empty() {
            return ours;
        }
        let replaced: std::collections::HashSet<&str> = theirs.iter().map(|row| row.cell(0)).collect();
        ours.into_iter().filter(|row| !replaced.contains(row.cell(0))).chain(theirs).collect()
    }

    /// Goes through the rows of a file in the order of [`Reader::rows`], for files of many.
    pub fn each(&mut self, name: &'a str, columns: &[&str], mut take: impl FnMut(&mut Reader<'a>, Row<'a>)) {
        if self.adds_to(&[name]) {
            return self.rows(name, columns).into_iter().for_each(|row| take(self, row));
        }
        self.asked.insert(name, ());
        let builtin = self.builtin;
        builtin.iter().filter(|(n, _)| *n == name).for_each(|(name, text)| self.lines(name, text, columns, &mut take));
    }

    /// The built-in rows of a file.
    pub fn ours(&mut self, name: &'a str, columns: &[&str]) -> Vec<Row<'a>> {
        self.asked.insert(name, ());
        let mut rows = Vec::new();
        let builtin = self.builtin;
        for (name, text) in builtin.iter().filter(|(n, _)| *n == name) {
            self.lines(name, text, columns, &mut |_: &mut Self, row| rows.push(row));
        }
        rows
    }

    /// Goes through the user's rows of a file; they may be many.
    pub fn theirs(&mut self, name: &'a str, columns: &[&str], mut take: impl FnMut(&mut Reader<'a>, Row<'a>)) {
        self.asked.insert(name, ());
        let user = self.user;
        user.iter().filter(|file| file.name == name).for_each(|file| self.lines(&file.name, &file.text, columns, &mut take));
    }

    /// Notes that the rows of a file are known already.
    pub fn known(&mut self, name: &'a str) {
        self.asked.insert(name, ());
    }

    /// The rows of all files of a folder, `units/`.
    pub fn folder(&mut self, folder: &str, columns: &[&str]) -> Vec<Row<'a>> {
        let (builtin, user) = (self.builtin, self.user);
        let mut names: Vec<&'a str> = builtin.iter().map(|(n, _)| *n).chain(user.iter().map(|f| f.name.as_str())).filter(|n| n.starts_with(folder)).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().flat_map(|name| self.rows(name, columns)).collect()
    }

    fn lines(&mut self, file: &'a str, text: &'a str, columns: &[&str], take: &mut impl FnMut(&mut Reader<'a>, Row<'a>)) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut header = false;
        let mut rest = text;
        let mut number = 0;
        while !rest.is_empty() {
            let (line, after, ends, cells) = cut(rest);
            rest = after;
            number += 1;
            if line.starts_with('#') || line.trim_start().is_empty() {
                continue;
            }
            let row = Row { file, line: number, text: line, ends };
            if !header {
                header = true;
                let found: Vec<&str> = line.split('\t').map(str::trim).collect();
                if found != columns {
                    self.fail(&row, &format!("the header {}", columns.join(" ⇥ ")), &found.join(" ⇥ "));
                    return;
                }
                continue;
            }
            if cells != columns.len() {
                self.fail(&row, &format!("{} cells ({})", columns.len(), columns.join(", ")), &format!("{cells}"));
            } else if row.cell(0).is_empty() && row.raw(0) != "-" {
                self.fail(&row, &format!("a {} in the first cell", columns.first().unwrap_or(&"value")), "nothing");
            } else {
                take(self, row);
            }
        }
    }

    /// Notes a mistake in a row.
    pub fn fail(&mut self, row: &Row<'_>, expected: &str, found: &str) {
        self.errors.push(DictError { file: row.file.to_owned(), line: row.line, expected: expected.to_owned(), found: found.to_owned() });
    }

    /// All mistakes; a user's file that nothing asks for is one.
    pub fn finish(mut self) -> Vec<DictError> {
        for file in self.user {
            if !self.asked.contains_key(file.name.as_str()) {
                let known: Vec<&str> = self.builtin.iter().map(|(name, _)| *name).collect();
                self.errors.push(DictError {
                    file: file.name.clone(),
                    line: 1,
                    expected: format!("one of {}", known.join(", ")),
                    found: "a file of another name".to_owned(),
                });
            }
        }
        self.errors
    }
}

/// The first line, what comes after it, where its cells end, and how many there are.
fn cut(text: &str) -> (&str, &str, [u32; MOST], usize) {
    let mut ends = [0; MOST];
    let mut cells = 0;
    let mut end = text.len();
    for (at, b) in text.bytes().enumerate() {
        match b {
            b'\t' => {
                if let Some(end) = ends.get_mut(cells) {
                    *end = at as u32;
                }
                cells += 1;
            }
            b'\n' => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    let (line, rest) = text.split_at(end);
    let line = line.strip_suffix('\r').filter(|_| !rest.is_empty()).unwrap_or(line);
    let rest = rest.get(1..).unwrap_or_default();
    ends.iter_mut().skip(cells).for_each(|end| *end = line.len() as u32);
    (line, rest, ends, cells + 1)
}

/// The same as `trim`, which looks at characters one by one: few cells need that.
fn trimmed(cell: &str) -> &str {
    let bytes = cell.as_bytes();
    // no blank begins with a byte from E4 on, and of the others nearly all cells begin and end with none
    let solid = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|byte| byte.is_ascii_graphic());
    let wide = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|byte| (0xe4..=0xef).contains(byte));
    let len = bytes.len();
    if (solid(Some(0)) || wide(Some(0))) && (solid(len.checked_sub(1)) || wide(len.checked_sub(3))) { cell } else { cell.trim() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn cells_are_those_of_lines_and_tabs(text in "([a三\u{3000}\u{85}é𠀀 \t#-]{0,12}\r?\n){0,6}[a三 \t]{0,3}") {
            let mut rest = text.as_str();
            for line in text.lines() {
                let (own, after, ends, cells) = cut(rest);
                prop_assert_eq!(own, line);
                let row = Row { file: "a", line: 1, text: own, ends };
                prop_assert_eq!(cells, line.split('\t').count());
                for (column, cell) in line.split('\t').enumerate().take(MOST) {
                    prop_assert_eq!(row.raw(column), cell);
                    prop_assert_eq!(trimmed(cell), cell.trim());
                }
                rest = after;
            }
            prop_assert_eq!(rest, "");
        }
    }
}
