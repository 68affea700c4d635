//! `shuliang diff`: what changed between two output folders.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::run;

const TEXT: &str = "2021年，宝应县新开工项目12个，总投资60亿元。2021年，宝应县工业企业278家。";

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The tables of a text in a folder of their own.
fn tables(at: &TempDir, name: &str, text: &str, options: &[&str]) -> String {
    let (input, out) = (at.path().join("a.txt"), at.path().join(name).display().to_string());
    fs::write(&input, text).expect("a file");
    let input = input.display().to_string();
    let output = run(&[&["extract", input.as_str(), "--out", out.as_str()], options].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    out
}

#[test]
fn the_same_tables_are_the_same_whatever_they_look_like() {
    let at = TempDir::new().expect("a folder");
    let (a, b) = (tables(&at, "a", TEXT, &["--header", "en"]), tables(&at, "b", TEXT, &["--header", "zh"]));
    let turned = fs::read_to_string(Path::new(&b).join("facts.csv")).expect("a table");
    let mut lines: Vec<&str> = turned.lines().collect();
    lines[1..].reverse();
    fs::write(Path::new(&b).join("facts.csv"), lines.join("\n")).expect("a table");
    let output = run(&["diff", &a, &b]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("facts: 3 rows, then 3: 3 same\n"), "{}", said(&output));
}

#[test]
fn rows_that_appeared_went_and_changed_are_shown() {
    let at = TempDir::new().expect("a folder");
    let a = tables(&at, "a", TEXT, &[]);
    let b = tables(&at, "b", &TEXT.replace("12个，总投资60亿元", "15个，占地60亩"), &[]);
    let output = run(&["diff", &a, &b, "--tables", "facts"]);
    assert_eq!(output.status.code(), Some(1));
    let text = said(&output);
    assert!(!text.contains('\u{1b}'), "no colours where nobody looks");
    assert!(text.starts_with("facts: 3 rows, then 3: "), "{text}");
    assert!(text.contains("written: 12个 → 15个") && text.contains("value: 12 → 15"), "{text}");
    assert!(text.contains("  rule ") && text.contains("1 moved"), "{text}");
    let coloured = Command::new(env!("CARGO_BIN_EXE_shuliang")).args(["diff", &a, &b]).env("CLICOLOR_FORCE", "1").output().expect("the program runs");
    assert!(said(&coloured).contains('\u{1b}'));
    let plain = Command::new(env!("CARGO_BIN_EXE_shuliang")).args(["diff", &a, &b]).envs([("NO_COLOR", "1")]).output().expect("the program runs");
    assert!(!said(&plain).contains('\u{1b}'));
    let output = run(&["diff", &a, &b, "--json", "-"]);
    assert_eq!(output.status.code(), Some(1));
    let all: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(all["same"], false);
    assert_eq!(all["tables"]["facts"]["changed"][0]["fields"]["value"], json!(["12", "15"]));
    // what is said of the rest of the article is the same, only elsewhere
    let both = [run(&["diff", &a, &a, "--show", "0"]), run(&["diff", &format!("{a}/facts.csv"), &format!("{a}/facts.csv")])];
    assert!(both.iter().all(|output| output.status.code() == Some(0)));
}

#[test]
fn what_cannot_be_compared_is_named() {
    let at = TempDir::new().expect("a folder");
    let a = tables(&at, "a", TEXT, &[]);
    let broken = at.path().join("broken");
    fs::create_dir(&broken).expect("a folder");
    let empty = run(&["diff", &a, &broken.display().to_string()]);
    fs::write(broken.join("facts.csv"), "colour\nred\n").expect("a file");
    let wrong = run(&["diff", &a, &broken.display().to_string()]);
    let none = run(&["diff", &a, &at.path().join("none").display().to_string()]);
    for (output, part) in
        [(empty, "expected tables such as facts.csv"), (wrong, "facts.csv: header: expected a column article, found colour"), (none, "found nothing")]
    {
        assert_eq!(output.status.code(), Some(2));
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(error.contains(part), "{error}");
    }
}
