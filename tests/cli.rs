//! The command line, as users run it.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::program::run;

const SENTENCE: &str = "今年全市新开工工业项目77项，用地面积达到6.2平方公里。";

fn piped(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_shuliang"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child.stdin.take().expect("a pipe").write_all(input).expect("it reads");
    child.wait_with_output().expect("it ends")
}

/// A folder with files in it.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    folder
}

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

/// The rows of a table, header included.
fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    reader.records().map(|row| row.expect("CSV").iter().map(str::to_owned).collect()).collect()
}

fn table(folder: &TempDir, name: &str) -> Vec<Vec<String>> {
    rows(&fs::read(folder.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}")))
}

/// A column of a table by its name.
fn column(table: &[Vec<String>], name: &str) -> Vec<String> {
    let (header, rows) = table.split_first().expect("a header");
    let at = header.iter().position(|column| column == name).expect("a column");
    rows.iter().map(|row| row[at].clone()).collect()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn bad_usage_is_2() {
    let at = folder(&[("a.txt", SENTENCE.as_bytes())]);
    let file = path(&at, "a.txt");
    for args in [
        &["extract"] as &[&str],
        &["extract", "--tables", "colours", &file],
        &["extract", "--tables", "errors", &file],
        &["extract", "--published", "soon", &file],
        &["extract", "--header", "fr", &file],
        &["extract", "--tables", "facts,times", &file],
        &["extract", "--dict", "/nowhere/at/all", &file],
        &["extract", "--out", &format!("{file}/below-a-file"), &file],
        &["colour"],
        &[],
    ] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!output.stderr.is_empty(), "{args:?}");
    }
    assert_eq!(run(&["--help"]).status.code(), Some(0));
    assert!(String::from_utf8_lossy(&run(&["extract", "--help"]).stdout).contains("Examples:"));
}

#[test]
fn a_file_gives_its_default_tables() {
    let at = folder(&[("news/a.b.txt", SENTENCE.as_bytes())]);
    let output = run(&["extract", &path(&at, "news/a.b.txt"), "--out", &path(&at, "out"), "--published", "2019-12-20"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(files(&at.path().join("out")), ["articles.csv", "checks.csv", "datapackage.json", "entities.csv", "facts.csv", "quantities.csv", "times.csv"]);
    let articles = table(&at, "out/articles.csv");
    assert_eq!(column(&articles, "article"), ["a.b"]);
    assert_eq!(column(&articles, "published"), ["2019-12-20"]);
    assert_eq!(column(&articles, "characters"), [SENTENCE.chars().count().to_string()]);
}

#[test]
fn standard_input_gives_facts_on_standard_output() {
    let output = piped(&["extract", "-"], SENTENCE.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let found = rows(&output.stdout);
    assert_eq!(found[0][..4], ["article", "subject", "indicator", "written"]);
    let numerals = rows(&piped(&["extract", "-", "--tables", "numerals"], SENTENCE.as_bytes()).stdout);
    assert_eq!(column(&numerals, "text"), ["77", "6.2"]);
    assert_eq!(column(&numerals, "article"), ["stdin", "stdin"]);
}

#[test]
fn a_folder_is_read_in_sorted_order() {
    let text = SENTENCE.as_bytes();
    let at = folder(&[("in/b/a.txt", text), ("in/a/a.txt", text), ("in/c.txt", text), ("in/.hidden", b"\xff"), ("in/n.jsonl", br#"{"text":"5"}"#)]);
    let output = run(&["extract", &path(&at, "in"), "--tables", "articles"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let jsonl = format!("{}:1", path(&at, "in/n.jsonl"));
    assert_eq!(column(&rows(&output.stdout), "article"), ["a/a", "b/a", "c", &jsonl]);
}

#[test]
fn a_bad_line_is_named_and_the_others_are_kept() {
    let lines = "{\"id\":\"x\",\"text\":\"建成3项。\",\"title\":\"甲\",\"published\":\"2016-11-07T04:30:00\"}\n{\"text\": }\n\n{\"text\":\"建成5项。\"}\n";
    let at = folder(&[("n.jsonl", lines.as_bytes())]);
    let name = path(&at, "n.jsonl");
    let output = run(&["extract", &name, "--out", &path(&at, "out")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains(&format!("{name}:2:10: ")), "{}", stderr(&output));
    let articles = table(&at, "out/articles.csv");
    assert_eq!(column(&articles, "article"), ["x".to_owned(), format!("{name}:4")]);
    assert_eq!(column(&articles, "title"), ["甲", ""]);
    assert_eq!(column(&articles, "published"), ["2016-11-07", ""]);
    assert_eq!(table(&at, "out/errors.csv").len(), 2);
    assert!(!files(&at.path().join("out")).iter().any(|name| name.starts_with('.')));

    // the errors of this run are not taken for those of the next
    fs::write(&name, "{\"text\":\"建成5项。\"}").expect("a file");
    assert_eq!(run(&["extract", &name, "--out", &path(&at, "out")]).status.code(), Some(0));
    assert!(!at.path().join("out/errors.csv").exists());
}

#[test]
fn what_cannot_be_read_is_1() {
    let random: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let at = folder(&[("bad.txt", &random), ("good.txt", SENTENCE.as_bytes())]);
    let output = run(&["extract", &path(&at, "bad.txt"), &path(&at, "good.txt"), &path(&at, "none.txt"), "--tables", "articles", "--out", &path(&at, "out")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("expected text, found binary data"), "{}", stderr(&output));
    assert_eq!(column(&table(&at, "out/articles.csv"), "article"), ["good"]);
    assert_eq!(column(&table(&at, "out/errors.csv"), "article"), ["bad", "none"]);
    assert_eq!(run(&["explain", &path(&at, "bad.txt")]).status.code(), Some(1));
}

#[test]
fn a_longer_article_than_asked_for_costs_nothing_but_itself() {
    let lines = format!("{{\"text\":\"{}\"}}\n{{\"text\":\"{SENTENCE}\"}}\n", "长".repeat(600));
    let at = folder(&[("a.txt", SENTENCE.as_bytes()), ("b.txt", "长".repeat(400).as_bytes()), ("n.jsonl", lines.as_bytes())]);
    let output = run(&["extract", &path(&at, ""), "--max-article", "1KiB", "--out", &path(&at, "out")]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(column(&table(&at, "out/articles.csv"), "article"), ["a".to_owned(), format!("{}:2", path(&at, "n.jsonl"))]);
    let errors = table(&at, "out/errors.csv");
    assert_eq!(column(&errors, "article"), ["b", ""]);
    for error in column(&errors, "error") {
        assert!(error.ends_with("longer than 1024 bytes (--max-article)"), "{error}");
    }
    assert_eq!(run(&["extract", &path(&at, "a.txt"), "--max-article", "1 furlong"]).status.code(), Some(2));
}

#[test]
fn an_encoding_is_forced() {
    // 建成3项。 in Big5
    let at = folder(&[("a.txt", b"\xab\xd8\xa6\xa83\xb6\xb5\xa1C")]);
    let output = run(&["extract", &path(&at, "a.txt"), "--encoding", "big5", "--tables", "articles,sentences", "--out", &path(&at, "out")]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(column(&table(&at, "out/articles.csv"), "encoding"), ["Big5"]);
    assert_eq!(column(&table(&at, "out/sentences.csv"), "text"), ["建成3項。"]);
    assert_eq!(run(&["extract", &path(&at, "a.txt"), "--encoding", "klingon"]).status.code(), Some(2));
}

#[test]
fn folders_of_many_formats_are_read() {
    let page = format!("<html><head><title>页</title></head><body><p>{SENTENCE}</p></body></html>");
    let csv = format!("编号,正文,备注\n七,{SENTENCE},甲\n");
    let at = folder(&[
        ("in/a.html", page.as_bytes()),
        ("in/b/t.csv", csv.as_bytes()),
        ("in/b/n.ndjson", format!("{{\"正文\":\"{SENTENCE}\"}}\n").as_bytes()),
        ("in/c.md", format!("# 题目\n\n**{SENTENCE}**\n").as_bytes()),
        ("in/d.png", b"\x89PNG\r\n\x1a\n"),
        ("in/old/e.txt", SENTENCE.as_bytes()),
    ]);
    let ndjson = format!("{}:1", path(&at, "in/b/n.ndjson"));
    let output = run(&["extract", &path(&at, "in"), "--exclude", "*.png", "--exclude", "old/**"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let facts = rows(&output.stdout);
    let articles = ["a", "a", &ndjson, &ndjson, "七", "七", "c", "c"];
    assert_eq!(column(&facts, "article"), articles);
    assert_eq!(column(&facts, "written")[..2], ["77项", "6.2平方公里"]);
    let output = run(&["extract", &path(&at, "in"), "--include", "*.{png,csv}", "--text-column", "备注", "--tables", "articles"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("found a PNG picture"), "{}", stderr(&output));
    assert_eq!(column(&rows(&output.stdout), "characters"), ["1"]);
    assert_eq!(run(&["extract", &path(&at, "in"), "--include", "{"]).status.code(), Some(2));
}

#[test]
fn strange_texts_are_read() {
    let long = "新增1.2万亩，".repeat(2000);
    let texts: &[(&str, &[u8])] =
        &[("0.txt", b""), ("1.txt", "五".as_bytes()), ("2.txt", b"\n\r\n \n"), ("3.txt", "\u{feff}".as_bytes()), ("4.txt", long.as_bytes())];
    let at = folder(texts);
    let output =
        run(&["extract", &path(&at, ""), "--out", &path(&at, "out"), "--tables", "facts,quantities,entities,times,articles,numerals,tokens,sentences"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(column(&table(&at, "out/articles.csv"), "characters"), ["0", "1", "5", "0", "16000"]);
}

#[test]
fn offsets_count_characters_of_the_text_as_published() {
    let text = "\u{feff}😀𠮷野家２０１９年新增８６．５億元\u{200b}，項目77項。";
    let plain = text.trim_start_matches('\u{feff}');
    let json = serde_json::json!({ "id": "j", "text": text }).to_string();
    let at = folder(&[("a.txt", text.as_bytes()), ("b.jsonl", json.as_bytes())]);
    let output = run(&["extract", &path(&at, "a.txt"), &path(&at, "b.jsonl"), "--tables", "numerals,sentences,tokens", "--out", &path(&at, "out")]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let mut seen = 0;
    for name in ["out/numerals.csv", "out/sentences.csv", "out/tokens.csv"] {
        let table = table(&at, name);
        let (article, start, end, words) = (column(&table, "article"), column(&table, "start"), column(&table, "end"), column(&table, "text"));
        for i in 0..article.len() {
            let whole = if article[i] == "a" { plain } else { text };
            let (start, end): (usize, usize) = (start[i].parse().expect("a number"), end[i].parse().expect("a number"));
            let slice: String = whole.chars().skip(start).take(end - start).collect();
            assert_eq!(slice, words[i], "{name}");
            seen += 1;
        }
    }
    assert!(seen > 10);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let lines: String = (0..600).map(|i| format!("{{\"id\":\"{i}\",\"text\":\"{SENTENCE}新增{i}亿元。\"}}\n")).collect();
    let at = folder(&[("n.jsonl", lines.as_bytes())]);
    for jobs in ["1", "4"] {
        let output = run(&["extract", &path(&at, "n.jsonl"), "--jobs", jobs, "--out", &path(&at, jobs), "--tables", "facts,numerals,articles"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    for name in ["facts.csv", "numerals.csv", "articles.csv"] {
        let [one, four] = ["1", "4"].map(|jobs| fs::read(at.path().join(jobs).join(name)).expect("a table"));
        assert!(one == four, "{name}");
    }
    assert_eq!(table(&at, "1/articles.csv").len(), 601);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let lines: String = (0..3000).map(|i| format!("{{\"id\":\"{i}\",\"text\":\"{SENTENCE}\"}}\n")).collect();
    let at = folder(&[("n.jsonl", lines.as_bytes())]);
    for command in [&["extract", "--tables", "sentences"] as &[&str], &["explain"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_shuliang"))
            .args(command)
            .arg(at.path().join("n.jsonl"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut first = [0; 16];
        child.stdout.take().expect("a pipe").read_exact(&mut first).expect("some output");
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{command:?}: {}", stderr(&output));
        assert!(output.stderr.is_empty(), "{command:?}: {}", stderr(&output));
    }
}

#[test]
fn column_names_can_be_chinese() {
    let output = piped(&["extract", "-", "--header", "zh"], SENTENCE.as_bytes());
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("文章,主体,指标,原文数值,数值,数值上限,单位,比较,"));
}

#[test]
fn explain_shows_the_layers_without_colours_in_a_pipe() {
    let output = piped(&["explain", "-", "--published", "2019-12-20"], format!("江城项目建设提速\n来源：互联网\n{SENTENCE}").as_bytes());
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0));
    assert!(!text.contains('\u{1b}'));
    for part in ["published: 2019-12-20", "(title)  江城项目建设提速", "(furniture)  来源：互联网", "numeral   77", SENTENCE] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn explain_shows_what_is_in_force_before_each_clause() {
    let text = "青山县上半年工业情况\n上半年，青山县计划新开工5亿元以上项目12个，总投资98亿元，其中工业项目7个。\n项目投产后，产值将达60亿元。";
    let output = piped(&["explain", "-", "--published", "2022-08-10"], text.as_bytes());
    let shown = String::from_utf8_lossy(&output.stdout);
    for part in [
        "facts without a time of their own: 上半年 2022-01-01/2022-06-30",
        "before    总投资98亿元          subject 青山县 (until the next) · indicator 新开工项目 (this line) · time 上半年 (this sentence) · planned (this sentence)",
        "group 新开工5亿元以上项目",
        "fact      60亿元                青山县 · 产值 · 6000000000 元 · forecast · if 项目投产后  (indicator-value)",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
}

#[test]
fn what_was_carried_far_says_so() {
    let text = "青山县去年出口20亿元。\n全年天气平稳。\n道路畅通。\n新建厂房30万平方米。";
    let output = piped(&["extract", "-", "--published", "2022-08-10"], text.as_bytes());
    let table = String::from_utf8_lossy(&output.stdout);
    let rows: Vec<&str> = table.lines().skip(1).collect();
    let [near, far] = rows.as_slice() else { panic!("two rows, found {table}") };
    assert!(near.contains(",青山县,出口,") || near.contains(",青山县,出口"), "{near}");
    assert!(!near.contains("subject"), "{near}");
    assert!(far.contains(",青山县,") && far.contains(",subject,"), "{far}");
}

#[test]
fn a_dictionary_of_the_users_is_checked() {
    assert_eq!(run(&["dict", "check"]).status.code(), Some(0));
    let at = folder(&[
        ("good/furniture.tsv", "text\tkind\texample\n甲乙丙\tnotice\t甲乙丙\n".as_bytes()),
        ("bad/furniture.tsv", "text\tkind\texample\n甲\tcolour\t甲\n乙\n".as_bytes()),
    ]);
    let good = run(&["dict", "check", &path(&at, "good")]);
    assert_eq!(good.status.code(), Some(0), "{}", stderr(&good));
    let bad = run(&["dict", "check", &path(&at, "bad")]);
    assert_eq!(bad.status.code(), Some(2));
    let said = stderr(&bad);
    assert!(said.contains("bad/furniture.tsv:2: expected whole,") && said.contains("bad/furniture.tsv:3: "), "{said}");
    let text = path(&at, "a.txt");
    fs::write(&text, "甲乙丙5项\n建成3项。").expect("a file");
    assert_eq!(run(&["extract", "--dict", &path(&at, "bad"), &text]).status.code(), Some(2));
    let with = run(&["explain", "--dict", &path(&at, "good"), &text]);
    assert!(String::from_utf8_lossy(&with.stdout).contains("(furniture)  甲乙丙5项"));
}

#[test]
fn quantity_prints_a_small_table() {
    let output = run(&["quantity", "甲乙丙"]);
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stdout).as_ref()), (Some(0), "no quantity\n"));
}
