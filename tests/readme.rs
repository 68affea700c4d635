//! The READMEs keep their word: every command in them runs, and prints what they show.
//!
//! Three things of a README are read, from top to bottom, each README in a folder of its own:
//! - a ```` ```console ```` block: a line `$ shuliang …` or `$ cargo run --release -- …` is run in the root of the
//!   repository and must exit 0; every line shown under it must be a line of what it prints, or of a table that it
//!   writes (`…` stands for what is left out);
//! - a block after `<!-- file: NAME -->`: a file that the reader is told to write;
//! - a table after `<!-- rows of: NAME.csv -->`: each line must be a row of that file in the columns named.
//!
//! Output folders and the reader's own files are put into a temporary folder.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// Commands that are shown and not run here: they build, or run these tests.
const NOT_RUN: &[&str] = &["cargo test", "cargo build --release", "cargo install --path .", ".ci/run", "SNAPSHOTS=overwrite cargo test"];
/// How commands begin that need what stands beside the repository.
const BESIDE: &[&str] = &["../shared/tools/"];

#[test]
fn readme_keeps_its_word() {
    check("README.md");
}

#[test]
fn chinese_readme_keeps_its_word() {
    check("README.zh-CN.md");
}

/// A part of a README that can be checked, with its line.
enum Part {
    Command { line: usize, command: String, shown: Vec<String> },
    File { name: String, text: String },
    Rows { line: usize, name: String, table: Vec<Vec<String>> },
}

fn check(name: &str) {
    let text = fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let parts = parts(&text);
    let place = TempDir::new().expect("a folder");
    let (mut run, mut wrong) = (0, Vec::new());
    let mut own = vec!["out".to_owned()];
    for part in &parts {
        match part {
            Part::File { name, text } => {
                own.extend(name.split('/').next().map(str::to_owned));
                let path = place.path().join(name);
                fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                fs::write(path, text).expect("a file");
            }
            Part::Command { command, .. } if NOT_RUN.contains(&command.as_str()) || BESIDE.iter().any(|start| command.starts_with(start)) => {}
            Part::Command { line, command, shown } => {
                run += 1;
                wrong.extend(command_is_wrong(command, shown, &own, place.path()).map(|error| format!("{name}:{line}: {command}\n  {error}")));
            }
            Part::Rows { line, name: file, table } => {
                wrong.extend(rows_are_wrong(table, &place.path().join(file)).map(|error| format!("{name}:{line}: {error}")))
            }
        }
    }
    assert!(run >= 5, "{name}: {run} commands were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Runs a command; says what is wrong with it.
fn command_is_wrong(command: &str, shown: &[String], own: &[String], place: &Path) -> Option<String> {
    let Some(words) = command.strip_prefix("cargo run --release -- ").or_else(|| command.strip_prefix("shuliang ")) else {
        return Some("expected `shuliang …`, `cargo run --release -- …` or a command of NOT_RUN".to_owned());
    };
    let (words, input) = words.split_once(" < ").unwrap_or((words, ""));
    let mut program = Command::new(env!("CARGO_BIN_EXE_shuliang"));
    program.current_dir(root()).stdin(Stdio::null());
    if !input.is_empty() {
        match File::open(root().join(input)) {
            Ok(file) => program.stdin(file),
            Err(error) => return Some(format!("{input}: {error}")),
        };
    }
    let words: Vec<&str> = words.split_whitespace().collect();
    for word in &words {
        let first = word.split('/').next().unwrap_or_default();
        if own.iter().any(|name| name == first) {
            program.arg(place.join(word))
        } else {
            program.arg(word)
        };
    }
    let output = program.output().expect("the program runs");
    if output.status.code() != Some(0) {
        return Some(format!("{}\n{}", output.status, String::from_utf8_lossy(&output.stderr)));
    }
    let printed = [output.stdout, written(&words, place)].concat();
    // the folders of the reader are elsewhere while this runs
    let printed = String::from_utf8_lossy(&printed).replace(&format!("{}/", place.display()), "");
    let missing: Vec<&str> = shown.iter().map(String::as_str).filter(|line| !printed.lines().any(|printed| printed.trim_end() == *line)).collect();
    (!missing.is_empty()).then(|| format!("not printed:\n{}\nbut:\n{printed}", missing.join("\n")))
}

/// What a command with `--out` wrote.
fn written(words: &[&str], place: &Path) -> Vec<u8> {
    let Some(out) = words.iter().position(|word| *word == "--out").and_then(|at| words.get(at + 1)) else { return Vec::new() };
    let Ok(entries) = fs::read_dir(place.join(out)) else { return Vec::new() };
    let files = entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file());
    files.flat_map(|path| fs::read(path).expect("a table")).collect()
}

/// Says which line of a shown table is no row of the file.
fn rows_are_wrong(shown: &[Vec<String>], path: &Path) -> Option<String> {
    let mut reader = match csv::ReaderBuilder::new().has_headers(false).from_path(path) {
        Ok(reader) => reader,
        Err(error) => return Some(format!("{}: {error}", path.display())),
    };
    let rows: Vec<Vec<String>> = reader.records().map(|row| row.expect("CSV").iter().map(str::to_owned).collect()).collect();
    let (header, shown) = shown.split_first().expect("a header");
    let columns: Option<Vec<usize>> = header.iter().map(|name| rows.first()?.iter().position(|column| column == name)).collect();
    let Some(columns) = columns else { return Some(format!("no such columns: {}", header.join(" | "))) };
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| columns.iter().map(|&at| row[at].as_str()).collect()).collect();
    let missing: Vec<String> = shown
        .iter()
        .filter(|line| !line.iter().all(|cell| cell == "…") && !rows.contains(&line.iter().map(String::as_str).collect()))
        .map(|line| line.join(" | "))
        .collect();
    let found = || rows.iter().map(|row| row.join(" | ")).collect::<Vec<_>>().join("\n");
    (!missing.is_empty()).then(|| format!("no such rows:\n{}\nbut:\n{}", missing.join("\n"), found()))
}

/// What can be checked in a README, in its order.
fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line)).peekable();
    let mut note = None;
    while let Some((number, line)) = lines.next() {
        if let Some(named) = line.strip_prefix("<!-- ").and_then(|line| line.strip_suffix(" -->")) {
            note = Some(named);
        } else if let Some(kind) = line.strip_prefix("```") {
            let mut block = Vec::new();
            for (number, line) in lines.by_ref().take_while(|(_, line)| *line != "```") {
                block.push((number, line));
            }
            if let Some(name) = note.take().and_then(|note| note.strip_prefix("file: ")) {
                let text = block.iter().map(|(_, line)| format!("{line}\n")).collect();
                parts.push(Part::File { name: name.to_owned(), text });
            } else if kind == "console" {
                commands(&block, &mut parts);
            }
        } else if line.starts_with('|') {
            let mut table = vec![cells(line)];
            while let Some((_, line)) = lines.next_if(|(_, line)| line.starts_with('|')) {
                if !line.starts_with("| -") && !line.starts_with("|-") {
                    table.push(cells(line));
                }
            }
            if let Some(name) = note.take().and_then(|note| note.strip_prefix("rows of: ")) {
                parts.push(Part::Rows { line: number, name: name.to_owned(), table });
            }
        }
    }
    parts
}

fn commands(block: &[(usize, &str)], parts: &mut Vec<Part>) {
    for &(line, text) in block {
        if let Some(command) = text.strip_prefix("$ ") {
            parts.push(Part::Command { line, command: command.trim().to_owned(), shown: Vec::new() });
        } else if let Some(Part::Command { shown, .. }) = parts.last_mut()
            && !text.trim().is_empty()
            && text.trim() != "…"
        {
            shown.push(text.trim_end().to_owned());
        }
    }
}

fn cells(line: &str) -> Vec<String> {
    line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
