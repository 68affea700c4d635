//! `shuliang score`: figures over gold of the user's own, and what is wrong with such gold.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

const TEXT: &str = "2021年，宝应县新开工项目12个，总投资60亿元。";

fn run(args: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_shuliang")).arg("score").args(args).stdin(Stdio::null()).output().expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A gold file with one quantity and one fact.
fn gold() -> Value {
    json!({
        "id": "a", "genre": "industry", "title": "宝应县项目", "published": "2021-12-20", "text": TEXT,
        "mentions": [
            {"id": "m1", "start": 0, "end": 5, "text": "2021年", "kind": "time", "type": "time", "value": "2021-01-01/2021-12-31"},
            {"id": "m2", "start": 6, "end": 9, "text": "宝应县", "kind": "entity", "type": "region", "norm": "宝应县"},
            {"id": "m3", "start": 14, "end": 17, "text": "12个", "kind": "quantity", "type": "count", "value": 12, "value_max": null, "unit": "个", "comparison": "eq", "role": "value"}
        ],
        "facts": [
            {"id": "f1", "quantity": "m3", "subject": "宝应县", "subject_type": "region", "indicator": "新开工项目", "value": 12, "value_max": null, "unit": "个",
             "comparison": "eq", "change": "none", "basis": null, "time": "2021-01-01/2021-12-31", "time_text": "2021年", "modality": "actual", "condition": null}
        ]
    })
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

#[test]
fn gold_is_scored_with_its_differences() {
    let mut wrong = gold();
    wrong["facts"][0]["indicator"] = json!("开工项目");
    wrong["facts"][0]["modality"] = json!("planned");
    let text = wrong.as_object_mut().and_then(|gold| gold.remove("text")).expect("a text");
    wrong["text_file"] = json!("texts/a.txt");
    let at = folder(&[("gold/deep/a.json", &wrong.to_string()), ("texts/a.txt", text.as_str().expect("a string"))]);
    let figures = at.path().join("figures.json");
    let output = run(&[&at.path().join("gold/deep"), Path::new("--show"), Path::new("9"), Path::new("--json"), &figures]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = said(&output);
    assert!(
        text.contains("DIFF a 12个 | indicator: want 开工项目 got 新开工项目; modality: want planned got actual\nEXTRA a 60亿元 | 宝应县 | 总投资\n"),
        "{text}"
    );
    assert!(text.contains("1 articles; gold: 1 quantities, 1 entities, 1 times, 1 facts\n"), "{text}");
    let figures: Value = serde_json::from_slice(&fs::read(figures).expect("figures")).expect("JSON");
    assert_eq!(figures["fact found"][0], 0.5);
    assert_eq!(figures["fact row (7 fields)"], json!([0.0, 0.0, 0.0]));
    assert_eq!(figures["fields"]["indicator~"], 1.0);
}

#[test]
fn a_table_beside_its_article_is_gold_too() {
    let header =
        "subject,indicator,written,value,value_max,unit,comparison,change,basis,time_start,time_end,time_text,modality,condition,subject_type,inferred\n";
    let rows = "宝应县,新开工项目,12个,12,,个,eq,none,,2021-01-01,2021-12-31,2021年,actual,,region,\n宝应县,总投资,60亿元,6000000000,,元,eq,none,,2021-01-01,2021-12-31,2021年,actual,新开工项目,region,\n";
    let at = folder(&[("all/one/article.txt", TEXT), ("all/one/facts.csv", &format!("{header}{rows}"))]);
    let output = run(&[&at.path().join("all")]);
    assert!(said(&output).contains("fact row (7 fields)                 1.000  1.000  1.000"), "{}", said(&output));
    assert_eq!(said(&run(&[&at.path().join("all/one")])), said(&output));
    assert!(!said(&output).contains("entity span"));
}

#[test]
fn what_is_wrong_with_gold_is_said_at_once() {
    let mut wrong = gold();
    wrong["mentions"][2]["value"] = json!("12");
    wrong["facts"][0]["quantity"] = json!("m9");
    let at = folder(&[("bad/a.json", &wrong.to_string()), ("bad/b.json", "[]"), ("c.json", r#"{"text_file":"none.txt"}"#), ("empty/x", "")]);
    let output = run(&[&at.path().join("bad"), &at.path().join("c.json")]);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    for part in [
        "a.json: mentions[2].value: expected a number or null, found a string",
        "a.json: facts[0].quantity: expected the id of a mention of kind quantity, found `m9`",
        "b.json: expected an object, found a list",
        "c.json: text_file: expected a file in one of the folders above, found `none.txt`",
    ] {
        assert!(error.contains(part), "{error}");
    }
    let output = run(&[&at.path().join("empty")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("expected .json, .jsonl or .ann files"));
}

/// The scorer that stands outside the project, where it and Python are at hand.
#[allow(clippy::print_stderr, reason = "says that the test was skipped")]
#[test]
fn the_figures_are_those_of_the_other_scorer() {
    let shared =
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("shared")).find(|shared| shared.join("tools/score_gold.py").is_file());
    let python = Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success());
    let Some(shared) = shared.filter(|_| python) else {
        return eprintln!("skipped: no ../shared/tools/score_gold.py, or no python3");
    };
    let at = TempDir::new().expect("a folder");
    let gold: Vec<PathBuf> = ["gold/dev", "gold/seed-article.json"].map(|name| shared.join(name)).to_vec();
    let (ours, theirs) = (at.path().join("ours.json"), at.path().join("theirs.json"));
    let output = run(&[&gold[0], &gold[1], Path::new("--json"), &ours]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let other = Command::new("python3")
        .arg(shared.join("tools/score_gold.py"))
        .args(["--bin", env!("CARGO_BIN_EXE_shuliang"), "--json"])
        .arg(&theirs)
        .args(&gold)
        .output()
        .expect("it runs");
    assert!(other.status.success(), "{}", String::from_utf8_lossy(&other.stderr));
    assert_eq!(said(&output), String::from_utf8_lossy(&other.stdout));
    let figures = |path: &Path| -> Value { serde_json::from_slice(&fs::read(path).expect("figures")).expect("JSON") };
    let (ours, theirs) = (figures(&ours), figures(&theirs));
    for (measure, figure) in theirs.as_object().expect("an object") {
        assert_eq!(ours.get(measure), Some(figure), "{measure}");
    }
}
