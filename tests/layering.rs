//! The doors between the rooms: who may use whom, and who may touch the world outside.

use std::fs;
use std::path::{Path, PathBuf};

/// A room, and the rooms that it may use beside itself.
const DOORS: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("decimal", &[]),
    ("article", &["span"]),
    ("dict", &["span", "decimal"]),
    ("segment", &["span", "dict"]),
    ("source", &["span", "article", "dict", "segment"]),
    ("tag", &["span", "decimal", "dict", "segment"]),
    ("link", &["span", "decimal", "article", "dict", "segment", "tag"]),
    ("check", &["span", "decimal", "dict", "tag", "link"]),
    ("pipeline", &["span", "article", "dict", "segment", "tag", "link", "check"]),
    ("emit", &["span", "decimal", "article", "dict", "segment", "source", "tag", "link", "check", "pipeline"]),
    ("score", &["decimal", "emit"]),
    ("diff", &["emit"]),
    ("examples", &["article", "decimal", "dict", "emit", "source", "pipeline"]),
];

/// The names that `lib.rs` gives out, and the rooms that they come from.
const NAMES: &[(&str, &str)] =
    &[("Span", "span"), ("Article", "article"), ("Dict", "dict"), ("Reading", "pipeline"), ("read", "pipeline"), ("read_watched", "pipeline")];

/// What only the program may do, never the library.
const OUTSIDE: &[&str] =
    &["std::fs", "std::process", "std::env", "std::net", "println!", "print!(", "eprintln!", "eprint!(", "stdout()", "stderr()", "stdin()"];

#[test]
fn every_room_keeps_to_its_doors() {
    let mut wrong = Vec::new();
    for (path, code) in sources() {
        let room = room(&path);
        if room == "lib" || room == "bin" {
            continue;
        }
        let Some((_, doors)) = DOORS.iter().find(|(name, _)| *name == room) else {
            wrong.push(format!("{}: no room of DOORS", path.display()));
            continue;
        };
        for used in used(&code) {
            if used != room && !doors.contains(&used.as_str()) {
                wrong.push(format!("{}: {room} may not use {used}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_program_opens_files_prints_and_exits() {
    let mut wrong = Vec::new();
    // a room's own tests may read the case files
    let tests = |path: &Path| path.file_name().is_some_and(|name| name == "tests.rs");
    for (path, code) in sources().into_iter().filter(|(path, _)| room(path) != "bin" && !tests(path)) {
        for word in OUTSIDE.iter().filter(|word| code.contains(**word)) {
            wrong.push(format!("{}: {word}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn paths_are_read_as_written() {
    assert_eq!(used("use crate::tag::{a, b};\nfn f() { crate::dict::X::y() }"), ["tag", "dict"]);
    assert_eq!(used("use crate::{Article, Span, link::{Fact, Role}};"), ["article", "span", "link"]);
}

/// The rooms that `code` names, in order.
fn used(code: &str) -> Vec<String> {
    let mut used = Vec::new();
    for (at, _) in code.match_indices("crate::").filter(|(at, _)| !code[..*at].ends_with('$')) {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => used.extend(first_names(group)),
            None => used.extend(identifier(rest)),
        }
    }
    used.into_iter().map(|name| NAMES.iter().find(|(n, _)| *n == name).map_or(name, |(_, room)| (*room).to_owned())).collect()
}

/// The first name of each path in `a::b, c::{d, e}}`.
fn first_names(group: &str) -> Vec<String> {
    let (mut names, mut depth, mut fresh) = (Vec::new(), 0, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            _ if fresh && !c.is_whitespace() => {
                names.extend(identifier(&group[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    names
}

fn identifier(text: &str) -> Option<String> {
    let name: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    Some(name).filter(|name| !name.is_empty())
}

/// The first folder or file name under `src/`.
fn room(path: &Path) -> String {
    let under = path.strip_prefix(root()).expect("a path under src");
    under.iter().next().expect("a file").to_string_lossy().trim_end_matches(".rs").to_owned()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file without its comments and its tests, which may stand in a file `tests.rs`.
fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
                let code = fs::read_to_string(&path).expect("UTF-8");
                let code = code.split("#[cfg(test)]").next().unwrap_or_default();
                let code = code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
                files.push((path, code));
            }
        }
    }
    files.sort();
    assert!(files.len() > 20, "the sources are where they were");
    files
}
