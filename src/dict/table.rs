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
        match self.raw(column).trim() {
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
        for (number, line) in text.lines().enumerate() {
            if line.trim_start().is_empty() || line.starts_with('#') {
                continue;
            }
            let (ends, cells) = ends(line);
            let row = Row { file, line: number as u32 + 1, text: line, ends };
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

/// Where the cells of a line end, and how many there are.
fn ends(line: &str) -> ([u32; MOST], usize) {
    let mut ends = [line.len() as u32; MOST];
    let mut cells = 0;
    for (at, _) in line.bytes().enumerate().filter(|&(_, b)| b == b'\t') {
        if let Some(end) = ends.get_mut(cells) {
            *end = at as u32;
        }
        cells += 1;
    }
    (ends, cells + 1)
}
