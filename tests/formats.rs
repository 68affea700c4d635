//! The formats of the tables, as users get them: `shuliang extract --format …`.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const TEXT: &str = "甲,“乙”\"丙\"增长3.5%，\t丁。\n今年新开工77项。";

fn extract(input: &[u8], options: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_shuliang"))
        .args(["extract", "-"])
        .args(options)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    // a program that refuses its options does not read
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    child.wait_with_output().expect("it ends")
}

fn printed(text: &str, options: &[&str]) -> String {
    let output = extract(text.as_bytes(), options);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The folder that a run with `options` wrote.
fn written(text: &str, options: &[&str]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let out = folder.path().display().to_string();
    printed(text, &[options, &["--out", &out]].concat());
    folder
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

const ROW: &str = "stdin,0,18,\"甲,“乙”\"\"丙\"\"增长3.5%，\t丁。\"";

#[test]
fn files_are_for_spreadsheets_and_standard_output_for_tools() {
    let table = ["--tables", "sentences"];
    assert_eq!(printed(TEXT, &table), format!("article,start,end,text\n{ROW}\nstdin,19,28,今年新开工77项。\n"));
    let crlf = format!("article,start,end,text\r\n{ROW}\r\nstdin,19,28,今年新开工77项。\r\n");
    assert_eq!(read(&written(TEXT, &table), "sentences.csv"), format!("\u{feff}{crlf}"));
    assert_eq!(printed(TEXT, &[&table as &[&str], &["--bom", "--eol", "crlf"]].concat()), format!("\u{feff}{crlf}"));
    assert_eq!(read(&written(TEXT, &[&table as &[&str], &["--no-bom"]].concat()), "sentences.csv"), crlf);
    let tsv = read(&written(TEXT, &[&table as &[&str], &["--format", "tsv", "--eol", "lf", "--header", "both"]].concat()), "sentences.tsv");
    assert!(tsv.starts_with("\u{feff}article 文章\tstart 起始位置\tend 结束位置\ttext 原文\nstdin\t0\t18\t\"甲,"), "{tsv}");
}

#[test]
fn formulas_are_guarded_unless_told_otherwise() {
    let text = "=1+1增长5%。\n-0.35%是降幅。";
    let table = ["--tables", "sentences"];
    assert!(printed(text, &table).contains(",'=1+1增长5%。\n"));
    assert!(printed(text, &[&table as &[&str], &["--no-guard"]].concat()).contains(",=1+1增长5%。\n"));
    assert!(printed(text, &["--tables", "quantities"]).lines().all(|line| !line.contains(",'")));
}

#[test]
fn evidence_is_one_line() {
    let facts = printed("2021年，宝应县工业总产值完成\t486.3亿元。", &["--format", "jsonl"]);
    let fact: Value = serde_json::from_str(facts.lines().next().expect("a fact")).expect("JSON");
    assert_eq!(fact["evidence"], "2021年，宝应县工业总产值完成 486.3亿元。");
    assert_eq!(fact["value"], 48_630_000_000_u64);
    assert_eq!(fact["value_max"], Value::Null);
}

#[test]
fn each_format_is_a_file_a_table() {
    let folder = written(TEXT, &["--format", "csv,tsv,jsonl,csv", "--tables", "facts,times"]);
    assert_eq!(names(folder.path()), ["datapackage.json", "facts.csv", "facts.jsonl", "facts.tsv", "times.csv", "times.jsonl", "times.tsv"]);
    let package: Value = serde_json::from_str(&read(&folder, "datapackage.json")).expect("JSON");
    let paths: Vec<&str> = package["resources"].as_array().expect("resources").iter().filter_map(|resource| resource["path"].as_str()).collect();
    assert_eq!(paths, ["facts.csv", "times.csv"]);
    for resource in package["resources"].as_array().expect("resources") {
        let table = read(&folder, resource["path"].as_str().expect("a path"));
        let named: Vec<&str> = resource["schema"]["fields"].as_array().expect("fields").iter().filter_map(|field| field["name"].as_str()).collect();
        assert_eq!(table.trim_start_matches('\u{feff}').lines().next().map(str::trim_end), Some(named.join(",").as_str()));
    }
}

#[test]
fn what_standard_output_cannot_take_is_said() {
    for options in [&["--format", "csv,tsv"] as &[&str], &["--format", "colours"], &["--eol", "cr"], &["--bom", "--no-bom"], &["--header", "fr"]] {
        let output = extract(TEXT.as_bytes(), options);
        assert_eq!(output.status.code(), Some(2), "{options:?}");
        assert!(!output.stderr.is_empty(), "{options:?}");
    }
}
