//! Folders as inputs: what is read of them, and what is not.

use std::fs;
use std::process::Output;

use tempfile::TempDir;

use crate::program::run;

const SENTENCE: &str = "今年全市新开工工业项目77项，用地面积达到6.2平方公里。";
const FORMATS: &str = if cfg!(all(feature = "xlsx", feature = "parquet", feature = "sqlite")) { "csv,tsv,jsonl,xlsx,parquet,sqlite" } else { "csv,tsv,jsonl" };

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The names of the articles that a run over a folder reads.
fn articles(input: &str, options: &[&str]) -> (Vec<String>, Output) {
    let output = run(&[&["extract", input, "--tables", "articles"], options].concat());
    let mut reader = csv::Reader::from_reader(output.stdout.as_slice());
    let names = reader.records().map(|row| row.expect("CSV")[0].to_owned()).collect();
    (names, output)
}

/// Every file that the program writes lies in a folder of articles, and only the articles are read.
#[test]
fn what_the_program_wrote_is_no_article() {
    let at = TempDir::new().expect("a folder");
    let input = path(&at, "in");
    fs::create_dir(&input).expect("a folder");
    fs::write(at.path().join("in/a.txt"), SENTENCE).expect("a file");
    fs::write(at.path().join("in/broken.jsonl"), "{\n").expect("a file");
    let broken = "in/broken.jsonl";
    for (out, header) in [("in", "en"), ("in/out", "zh"), ("in/out2", "both")] {
        let tables = "facts,quantities,entities,times,articles,checks,numerals,tokens,sentences";
        let output = run(&["extract", &input, "--out", &path(&at, out), "--format", FORMATS, "--header", header, "--tables", tables, "--quiet"]);
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    }
    fs::remove_file(at.path().join(broken)).expect("it is removed");
    assert_eq!(run(&["report", &input, "-o", &path(&at, "in/page.html")]).status.code(), Some(0));
    for tool in ["brat", "doccano", "label-studio"] {
        let output = run(&["annotate", &input, "--format", tool, "--out", &path(&at, &format!("in/{tool}"))]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    let (names, output) = articles(&input, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(names, ["a"], "{}", stderr(&output));
    assert!(stderr(&output).starts_with("note: not read, for this program wrote them: ") && stderr(&output).contains(" more; "), "{}", stderr(&output));
    assert_eq!(stderr(&articles(&input, &["--quiet"]).1), "");
    // the report is made of the same articles
    let page = run(&["report", &input, "-o", "-"]);
    assert_eq!(page.status.code(), Some(0), "{}", stderr(&page));
    assert_eq!(String::from_utf8_lossy(&page.stdout).matches("\"id\":\"").count(), 1);
    // a file that is named itself is read
    let named = path(&at, "in/quantities.csv");
    assert_eq!(articles(&named, &[]).0, [format!("{named}:2"), format!("{named}:3")]);
}

#[test]
fn tables_of_other_programs_are_articles() {
    let at = TempDir::new().expect("a folder");
    for (name, text) in [("articles.csv", format!("编号,正文\n甲,{SENTENCE}\n")), ("facts.html", format!("<html><body><p>{SENTENCE}</p></body></html>"))] {
        fs::write(at.path().join(name), text).expect("a file");
    }
    let (names, output) = articles(&path(&at, ""), &[]);
    assert_eq!((names, stderr(&output)), (vec!["甲".to_owned(), "facts".to_owned()], String::new()));
}

#[test]
fn patterns_choose_the_files_of_every_command_that_reads_folders() {
    let at = TempDir::new().expect("a folder");
    for name in ["in/a.txt", "in/b.md", "in/old/c.txt"] {
        fs::create_dir_all(at.path().join(name).parent().expect("a folder")).expect("a folder");
        fs::write(at.path().join(name), SENTENCE).expect("a file");
    }
    let input = path(&at, "in");
    let options = ["--include", "*.txt", "--exclude", "old/**"];
    assert_eq!(articles(&input, &options).0, ["a"]);
    let page = run(&[&["report", &input, "-o", "-"] as &[&str], &options].concat());
    let page = String::from_utf8_lossy(&page.stdout);
    assert!(page.contains("\"id\":\"a\"") && !page.contains("\"id\":\"b\"") && !page.contains("\"id\":\"c\""));
    let out = path(&at, "brat");
    assert_eq!(run(&[&["annotate", &input, "--format", "brat", "--out", &out] as &[&str], &options].concat()).status.code(), Some(0));
    let mut names: Vec<String> = fs::read_dir(out).expect("a folder").map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    assert_eq!(names, ["a.ann", "a.txt", "annotation.conf"]);
    assert_eq!(run(&["report", &input, "--include", "{"]).status.code(), Some(2));
}
