//! The READMEs and the guides keep their word: every command in them runs, and prints what they show.
//!
//! Three things of a README are read, from top to bottom, each README in a folder of its own:
//! - a ```` ```console ```` block: a line `$ shuliang …` or `$ cargo run --release -- …` is run in the root of the
//!   repository and must exit 0; every line shown under it must be a line of what it prints, or of a table that it
//!   writes (`…` stands for what is left out). With `--watch` it is stopped once it watches. A line `$ python …` is run where
//!   the reader's own files are, and skipped with a word where Python or what the program imports is missing;
//! - a block after `<!-- file: NAME -->`: a file that the reader is told to write;
//! - a table after `<!-- rows of: NAME.csv -->`: each line must be a row of that file in the columns named.
//!
//! Output folders and the reader's own files are put into a temporary folder.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// Commands that are shown and not run here: they build, or run these tests.
const NOT_RUN: &[&str] = &["cargo test", "cargo build --release", "cargo install --path .", ".ci/run", "SNAPSHOTS=overwrite cargo test"];
/// How commands begin that need what stands beside the repository.
const BESIDE: &[&str] = &["../shared/tools/"];

#[test]
fn readme_keeps_its_word() {
    check("README.md", 5);
}

#[test]
fn chinese_readme_keeps_its_word() {
    check("README.zh-CN.md", 5);
}

#[test]
fn guides_keep_their_word() {
    for (name, least) in [("docs/guide.md", 18), ("docs/scripting.md", 10)] {
        check(name, least);
    }
}

#[test]
fn chinese_guides_keep_their_word() {
    for (name, least) in [("docs/guide.zh-CN.md", 18), ("docs/scripting.zh-CN.md", 10)] {
        check(name, least);
    }
}

/// What one page says in code, the page in the other language says too.
#[test]
fn guides_run_the_same_in_both_languages() {
    for name in ["docs/guide", "docs/scripting"] {
        let of = |ending: &str| {
            let text = fs::read_to_string(root().join(format!("{name}{ending}"))).expect("a guide");
            let parts = parts(&text).into_iter().map(|part| match part {
                Part::Command { command, shown, .. } => format!("{command}\n{}", shown.join("\n")),
                Part::File { name, text } => format!("{name}\n{text}"),
                Part::Rows { name, table, .. } => format!("{name}\n{table:?}"),
            });
            parts.collect::<Vec<_>>()
        };
        assert_eq!(of(".md"), of(".zh-CN.md"), "{name}");
    }
}

/// Links from page to page lead somewhere.
#[test]
fn links_lead_to_files() {
    let docs = fs::read_dir(root().join("docs")).expect("a folder").map(|entry| entry.expect("an entry").path());
    let pages = docs.chain(["README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].map(|name| root().join(name)));
    let mut links = 0;
    for page in pages.filter(|page| page.extension().is_some_and(|ending| ending == "md")) {
        let text = fs::read_to_string(&page).expect("a page");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|link| !link.contains("://")) {
            links += 1;
            let (file, place) = link.split_once('#').unwrap_or((link, ""));
            let path = if file.is_empty() { page.clone() } else { page.with_file_name(file) };
            assert!(path.exists(), "{}: {link}", page.display());
            if !place.is_empty() && path.extension().is_some_and(|ending| ending == "md") {
                let text = fs::read_to_string(&path).expect("a page");
                let anchors = text.lines().filter(|line| line.starts_with('#')).map(anchor);
                assert!(anchors.clone().any(|anchor| anchor == place), "{}: {link} is none of {:?}", page.display(), anchors.collect::<Vec<_>>());
            }
        }
    }
    assert!(links > 30, "{links}");
}

/// How a heading is linked to.
fn anchor(heading: &str) -> String {
    let words = heading.trim_start_matches('#').trim().to_lowercase();
    words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_')).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// A part of a README that can be checked, with its line.
enum Part {
    Command { line: usize, command: String, shown: Vec<String> },
    File { name: String, text: String },
    Rows { line: usize, name: String, table: Vec<Vec<String>> },
}

fn check(name: &str, least: usize) {
    let text = fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let parts = parts(&text);
    let place = TempDir::new().expect("a folder");
    // programs of the reader stand in the root of the repository too
    #[cfg(unix)]
    std::os::unix::fs::symlink(root().join("fixtures"), place.path().join("fixtures")).expect("a link");
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
    assert!(run >= least, "{name}: {run} commands were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Runs a command; says what is wrong with it.
fn command_is_wrong(command: &str, shown: &[String], own: &[String], place: &Path) -> Option<String> {
    if let Some(script) = command.strip_prefix("python ") {
        return script_is_wrong(script, shown, place);
    }
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
    let words: Vec<&str> = words.split_whitespace().map(|word| word.trim_matches('\'')).collect();
    for word in &words {
        let first = word.split('/').next().unwrap_or_default();
        if own.iter().any(|name| name == first) {
            program.arg(place.join(word))
        } else {
            program.arg(word)
        };
    }
    if words.contains(&"--watch") {
        return watch_is_wrong(program);
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

/// Starts a command that stays, and stops it once it watches.
fn watch_is_wrong(mut program: Command) -> Option<String> {
    if !cfg!(unix) {
        return None;
    }
    let mut child = program.stderr(Stdio::piped()).spawn().expect("the program runs");
    let mut said = BufReader::new(child.stderr.take().expect("a pipe")).lines().map_while(Result::ok);
    let watches = said.by_ref().any(|line| line.contains("Ctrl-C ends"));
    if watches {
        assert!(Command::new("kill").args(["-s", "TERM", &child.id().to_string()]).status().expect("kill runs").success());
    }
    let rest: Vec<String> = said.collect();
    let status = child.wait().expect("it ends");
    (!watches || status.code() != Some(0)).then(|| format!("{status}\n{}", rest.join("\n")))
}

/// Runs a program of the reader's in Python; says what is wrong with it.
#[allow(clippy::print_stderr, reason = "says that the program was skipped")]
fn script_is_wrong(script: &str, shown: &[String], place: &Path) -> Option<String> {
    let text = fs::read_to_string(place.join(script)).unwrap_or_default();
    let needs: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("import ").or_else(|| line.strip_prefix("from "))?.split(' ').next()).collect();
    let imports = format!("import {}", needs.join(", "));
    // .ci/run puts the packages of tests/readers/requirements.txt beside what is built
    let own = Path::new(env!("CARGO_BIN_EXE_shuliang")).ancestors().nth(2).map(|target| target.join("readers/bin/python"));
    let can = |python: &PathBuf| Command::new(python).args(["-c", &imports]).output().is_ok_and(|output| output.status.success());
    let pythons = own.into_iter().chain([PathBuf::from("python3"), PathBuf::from("python")]);
    let Some(python) = pythons.filter(|_| cfg!(unix)).find(can) else {
        eprintln!("skipped: {script}: no Python that can {imports}");
        return None;
    };
    let output = Command::new(python).arg("-B").arg(script).current_dir(place).env("PYTHONIOENCODING", "utf-8").output().expect("Python runs");
    let printed = String::from_utf8_lossy(&output.stdout);
    let missing: Vec<&str> = shown.iter().map(String::as_str).filter(|line| !printed.lines().any(|printed| printed.trim_end() == *line)).collect();
    let wrong = !output.status.success() || !missing.is_empty();
    wrong.then(|| format!("{}\nnot printed:\n{}\nbut:\n{printed}{}", output.status, missing.join("\n"), String::from_utf8_lossy(&output.stderr)))
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
