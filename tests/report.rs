//! `shuliang report`: the command, and its pages in a real browser.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const HOSTILE: &str = "</script><script>window.attacked=1</script>\n\"><img src=x onerror=\"window.attacked=1\">\n\
    <!--<script>今年𠮷县</script>新开工项目12个，总投资60亿元。\n\
    <svg onload=window.attacked=1>宝应县新开工项目3个，</textarea>其中<b>工业</b>项目2个。{{script}}\n";

fn run(args: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_shuliang")).arg("report").args(args).stdin(Stdio::null()).output().expect("the program runs")
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The texts of the fixture articles, by name.
fn articles() -> Vec<(String, String)> {
    let folders = fs::read_dir(root().join("fixtures/articles")).expect("the fixtures").map(|entry| entry.expect("an entry").path());
    let mut articles: Vec<(String, String)> = folders
        .filter_map(|folder| {
            let text = fs::read_to_string(folder.join("article.txt")).ok()?;
            Some((folder.file_name()?.to_string_lossy().into_owned(), text))
        })
        .collect();
    articles.sort();
    articles
}

fn page(folder: &Path, name: &str, inputs: &[&Path]) -> PathBuf {
    let page = folder.join(name);
    let output = run(&[inputs, &[Path::new("--output"), &page]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    page
}

#[test]
fn one_page_holds_all_articles_and_is_the_same_each_time() {
    let at = TempDir::new().expect("a folder");
    let inputs: Vec<PathBuf> = ["energy", "land"].map(|name| root().join("fixtures/articles").join(name).join("article.txt")).to_vec();
    let inputs: Vec<&Path> = inputs.iter().map(PathBuf::as_path).collect();
    let first = fs::read_to_string(page(at.path(), "a.html", &inputs)).expect("a page");
    assert_eq!(first, fs::read_to_string(page(at.path(), "b.html", &inputs)).expect("a page"));
    for id in ["energy/article", "land/article"] {
        assert!(first.contains(&format!("\"id\":\"{id}\"")), "{id}");
    }
    let output = run(&[inputs[0], Path::new("-o"), Path::new("-"), Path::new("--lang"), Path::new("en")]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"language\":\"en\""));
    let left: Vec<_> = fs::read_dir(at.path()).expect("a folder").collect();
    assert_eq!(left.len(), 2, "nothing temporary is left");
}

#[test]
fn what_cannot_be_read_is_named_on_the_page() {
    let at = TempDir::new().expect("a folder");
    let (good, page) = (at.path().join("good.txt"), at.path().join("page.html"));
    fs::write(&good, "全县新开工项目12个。").expect("a file");
    let output = run(&[&good, &at.path().join("none.txt"), Path::new("-o"), &page]);
    assert_eq!(output.status.code(), Some(1));
    let page = fs::read_to_string(page).expect("a page");
    assert!(page.contains("none.txt") && page.contains("新开工项目"));
    let output = run(&[&good, Path::new("-o"), &at.path().join("no/such/folder/page.html")]);
    assert_eq!(output.status.code(), Some(2));
}

/// Rows, words, filters, keys, languages, light, dark and phone, an article that attacks, and ten thousand facts.
#[allow(clippy::print_stderr, reason = "says that the test was skipped, and what was measured")]
#[test]
fn a_browser_shows_the_page() {
    let works = |name: &str| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success());
    let browser = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].iter().any(|name| works(name));
    if !cfg!(unix) || !browser || !works("python3") {
        return eprintln!("skipped: no Chromium, or no python3");
    }
    let at = TempDir::new().expect("a folder");
    let articles = articles();
    let texts = at.path().join("texts");
    fs::create_dir(&texts).expect("a folder");
    for (name, text) in &articles {
        fs::write(texts.join(format!("{name}.txt")), text).expect("a file");
    }
    let mut lines = String::new();
    for number in 0..340 {
        let text = &articles[number % articles.len()].1;
        writeln!(lines, "{}", serde_json::json!({ "id": format!("a{number}"), "text": text })).expect("a line");
    }
    let (hostile, many) = (at.path().join("hostile.txt"), at.path().join("many.jsonl"));
    fs::write(&hostile, HOSTILE).expect("a file");
    fs::write(&many, lines).expect("a file");
    let pages = [page(at.path(), "few.html", &[&texts]), page(at.path(), "hostile.html", &[&hostile]), page(at.path(), "many.html", &[&many])];
    let pictures = std::env::var_os("PICTURES").map(PathBuf::from);
    let output = Command::new("python3")
        .arg("-B")
        .arg(root().join("tests/report/drive.py"))
        .args(&pages)
        .args(pictures)
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .expect("python3 runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.ends_with("0 wrong\n") && said.lines().filter(|line| line.starts_with("ok ")).count() > 40, "{said}");
    for figure in said.lines().filter(|line| line.starts_with("  ")) {
        eprintln!("{}", figure.trim());
    }
}
