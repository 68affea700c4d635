//! `shuliang annotate`, and `score` over what it wrote.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use crate::program::run;

const TEXT: &str = "𠮷祥如意。2021年，宝应县新开工项目12个，\r\n总投资60亿元。高邮市同比增长8.5%。";

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Two articles, annotated for a tool.
fn annotated(at: &TempDir, format: &str) -> String {
    let (input, out) = (at.path().join("in"), at.path().join("out").display().to_string());
    fs::create_dir_all(input.join("deep")).expect("a folder");
    fs::write(input.join("a.txt"), TEXT).expect("a file");
    fs::write(input.join("deep/a.txt"), TEXT.replace("12个", "15个")).expect("a file");
    let output = run(&["annotate", &input.display().to_string(), "--format", format, "--out", &out]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    out
}

/// Everything is right where nobody corrected anything.
fn perfect(path: &str) {
    let output = run(&["score", path]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = said(&output);
    assert!(text.starts_with("2 articles; gold: 6 quantities"), "{text}");
    for measure in ["quantity all", "entity all", "time all", "fact row (7 fields)"] {
        let line = text.lines().find(|line| line.starts_with(measure)).expect("a measure");
        assert!(line.ends_with("1.000  1.000  1.000"), "{line}");
    }
}

#[test]
fn brat_files_hold_their_words_and_are_scored() {
    let at = TempDir::new().expect("a folder");
    let out = annotated(&at, "brat");
    let folder = Path::new(&out);
    let text: Vec<char> = fs::read_to_string(folder.join("in_a.txt")).expect("a text").chars().collect();
    let annotations = fs::read_to_string(folder.join("in_a.ann")).expect("annotations");
    let bound = annotations.lines().filter(|line| line.starts_with('T'));
    let mut count = 0;
    for line in bound {
        let cells: Vec<&str> = line.split('\t').collect();
        let about: Vec<&str> = cells[1].split(' ').collect();
        let (start, end): (usize, usize) = (about[1].parse().expect("a number"), about[2].parse().expect("a number"));
        assert_eq!(text[start..end].iter().collect::<String>(), cells[2]);
        let conf = fs::read_to_string(folder.join("annotation.conf")).expect("a configuration");
        assert!(conf.lines().any(|line| line.split('\t').next() == Some(about[0])), "{}", about[0]);
        count += 1;
    }
    assert!(count >= 8 && annotations.contains("Subject:T") && annotations.contains("Modality E1 actual"), "{annotations}");
    perfect(&out);
    // a corrected subject shows
    let wrong = annotations.replace("\tindicator=新开工项目", "\tindicator=开工项目");
    assert_ne!(wrong, annotations);
    fs::write(folder.join("in_a.ann"), wrong).expect("a file");
    let text = said(&run(&["score", &out, "--show", "5"]));
    assert!(text.contains("want 开工项目 got 新开工项目"), "{text}");
    assert_eq!(said(&run(&["score", &format!("{out}/in_a.ann")])).lines().next(), Some("1 articles; gold: 3 quantities, 2 entities, 1 times, 3 facts"));
}

#[test]
fn doccano_and_label_studio_are_scored() {
    let at = TempDir::new().expect("a folder");
    let out = annotated(&at, "doccano");
    perfect(&out);
    perfect(&format!("{out}/articles.jsonl"));
    let at = TempDir::new().expect("a folder");
    let out = annotated(&at, "label-studio");
    perfect(&out);
    let tasks: Value = serde_json::from_slice(&fs::read(Path::new(&out).join("tasks.json")).expect("tasks")).expect("JSON");
    let interface = fs::read_to_string(Path::new(&out).join("interface.xml")).expect("an interface");
    for part in tasks[0]["predictions"][0]["result"].as_array().expect("a list") {
        if let Some(name) = part["from_name"].as_str() {
            assert!(interface.contains(&format!("name=\"{name}\"")), "{name}");
        }
        if let Some(choice) = part["value"]["choices"][0].as_str() {
            assert!(interface.contains(&format!("<Choice value=\"{choice}\"/>")), "{choice}");
        }
    }
}

#[test]
fn work_of_people_is_not_written_over() {
    let at = TempDir::new().expect("a folder");
    let out = annotated(&at, "brat");
    let input = at.path().join("in").display().to_string();
    let again = run(&["annotate", &input, "--format", "brat", "--out", &out]);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("people may have corrected it"));
    assert_eq!(run(&["annotate", &input, "--format", "brat", "--out", &out, "--overwrite"]).status.code(), Some(0));
    let broken = run(&["annotate", &at.path().join("none.txt").display().to_string(), "--format", "doccano", "--out", &out]);
    assert_eq!(broken.status.code(), Some(1));
}

/// `extract --format` writes the same files.
#[test]
fn extract_writes_for_tools_too() {
    let names = ["brat", "doccano", "label-studio"];
    for format in names {
        let at = TempDir::new().expect("a folder");
        let (expected, other) = (annotated(&at, format), at.path().join("other").display().to_string());
        let input = at.path().join("in").display().to_string();
        let extract = |more: &[&str]| run(&[&["extract", &input, "--format", format] as &[&str], more].concat());
        let output = extract(&["--out", &other]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let files = |folder: &str| {
            let paths = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
            let mut files: Vec<_> = paths.map(|path| (path.file_name().map(ToOwned::to_owned), fs::read(&path).expect("a file"))).collect();
            files.sort();
            files
        };
        assert_eq!(files(&expected), files(&other), "{format}");
        let again = extract(&["--out", &other]);
        assert!(String::from_utf8_lossy(&again.stderr).contains("people may have corrected it"));
        let elsewhere = at.path().join("elsewhere").display().to_string();
        for more in [&[] as &[&str], &["--out", &elsewhere, "--format", "csv"], &["--out", &elsewhere, "--watch"], &["--out", &elsewhere, "--tables", "facts"]]
        {
            let output = extract(more);
            assert_eq!(output.status.code(), Some(2), "{format} {more:?}");
            assert!(String::from_utf8_lossy(&output.stderr).contains("writes articles for annotation, not tables"), "{more:?}");
        }
        assert!(!Path::new(&elsewhere).exists());
    }
}
