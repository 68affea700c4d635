//! Long batches: broken articles, threads, order, interruptions, disks that are full.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::program::{program, run};

const TABLES: &str = "facts,quantities,entities,times,articles,checks,numerals,sentences";

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The same numbers each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

/// So many articles of a few lines of the fixtures each, with other figures.
fn articles(count: usize) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
    let mut names: Vec<PathBuf> = fs::read_dir(folder).expect("fixtures").map(|entry| entry.expect("an entry").path()).collect();
    names.sort();
    let texts = names.iter().map(|name| fs::read_to_string(name.join("article.txt")).expect("an article")).collect::<Vec<_>>().join("\n");
    let lines: Vec<&str> = texts.lines().filter(|line| line.contains(|c: char| c.is_ascii_digit())).collect();
    let mut chance = Chance(7);
    let mut article = || {
        let lines: Vec<&str> = (0..2).map(|_| lines[chance.below(lines.len())]).collect();
        let digit = |c: char| if matches!(c, '3'..='9') { char::from(b"3456789"[chance.below(7)]) } else { c };
        lines.join("\n").chars().map(digit).collect()
    };
    (0..count).map(|_| article()).collect()
}

fn line(id: usize, text: &str) -> Vec<u8> {
    let mut line = serde_json::json!({ "id": format!("a{id:05}"), "text": text, "published": "2022-10-26" }).to_string().into_bytes();
    line.push(b'\n');
    line
}

fn jsonl(texts: &[String]) -> Vec<u8> {
    texts.iter().enumerate().flat_map(|(id, text)| line(id, text)).collect()
}

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

/// Every file of a folder that has a table's name, with its bytes; hidden files are none.
fn tables(folder: impl AsRef<Path>) -> BTreeMap<String, Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeMap::new() };
    let files = entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file());
    files.map(|path| (path.file_name().expect("a name").to_string_lossy().into_owned(), fs::read(path).expect("a table"))).collect()
}

fn rows(table: &[u8]) -> Vec<Vec<String>> {
    let table = table.strip_prefix("\u{feff}".as_bytes()).unwrap_or(table);
    let mut reader = csv::Reader::from_reader(table);
    reader.records().map(|row| row.expect("CSV").iter().map(str::to_owned).collect()).collect()
}

fn assert_same(expected: &BTreeMap<String, Vec<u8>>, found: &BTreeMap<String, Vec<u8>>, what: &str) {
    assert_eq!(expected.keys().collect::<Vec<_>>(), found.keys().collect::<Vec<_>>(), "{what}");
    for (name, bytes) in expected {
        assert!(Some(bytes) == found.get(name), "{what}: {name} differs");
    }
}

#[test]
fn fifty_broken_articles_cost_fifty_rows() {
    let at = TempDir::new().expect("a folder");
    let texts = articles(1000);
    let broken = |id: usize| id % 20 == 7;
    let wrong = |id: usize| match id / 20 % 5 {
        0 => b"{\"text\": \n".to_vec(),
        1 => format!("{{\"id\":\"a{id}\"}}\n").into_bytes(),
        2 => b"{\"text\":[1]}\n".to_vec(),
        3 => b"{\"text\":\"a\",\"id\":{}}\n".to_vec(),
        _ => b"[\"text\",\"3\"]\n".to_vec(),
    };
    let all: Vec<u8> = texts.iter().enumerate().flat_map(|(id, text)| if broken(id) { wrong(id) } else { line(id, text) }).collect();
    let good: Vec<u8> = texts.iter().enumerate().filter(|(id, _)| !broken(*id)).flat_map(|(id, text)| line(id, text)).collect();
    fs::write(at.path().join("all.jsonl"), all).expect("a file");
    fs::write(at.path().join("good.jsonl"), good).expect("a file");
    let output = run(&["extract", &path(&at, "all.jsonl"), "--out", &path(&at, "all"), "--tables", TABLES]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("950 articles (") && stderr(&output).contains(", 50 failed; "), "{}", stderr(&output));
    let output = run(&["extract", &path(&at, "good.jsonl"), "--out", &path(&at, "good"), "--tables", TABLES]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let (mut all, mut good) = (tables(at.path().join("all")), tables(at.path().join("good")));
    let errors = rows(&all.remove("errors.csv").expect("errors"));
    assert_eq!(errors.len(), 50);
    assert!(errors.iter().zip((0..1000).filter(|&id| broken(id))).all(|(row, id)| row[2].contains(&format!("all.jsonl:{}", id + 1))), "{errors:?}");
    // the list of files says that there is one more, and articles.csv says where an article came from
    all.remove("datapackage.json");
    good.remove("datapackage.json");
    let articles = String::from_utf8(all.remove("articles.csv").expect("articles")).expect("UTF-8").replace("all.jsonl", "good.jsonl");
    all.insert("articles.csv".to_owned(), articles.into_bytes());
    assert_same(&good, &all, "with broken articles");

    // and what one gives among all it gives alone
    for id in [0, 333, 999] {
        fs::write(at.path().join("one.jsonl"), line(id, &texts[id])).expect("a file");
        assert_eq!(run(&["extract", &path(&at, "one.jsonl"), "--out", &path(&at, "one"), "--tables", "facts,quantities,times"]).status.code(), Some(0));
        for (name, one) in tables(at.path().join("one")).into_iter().filter(|(name, _)| name.ends_with(".csv")) {
            let own: Vec<_> = rows(&all[&name]).into_iter().filter(|row| row[0] == format!("a{id:05}")).collect();
            assert_eq!(rows(&one), own, "{name}, article {id}");
        }
    }
}

#[test]
fn threads_and_the_order_of_inputs_change_nothing() {
    let at = TempDir::new().expect("a folder");
    let mut names = Vec::new();
    for (id, text) in articles(120).iter().enumerate() {
        let name = path(&at, &format!("n{id:03}.txt"));
        fs::write(&name, text.repeat(if id == 5 { 40 } else { 1 })).expect("a file");
        names.push(name);
    }
    let mut outputs = Vec::new();
    for jobs in ["1", "2", "8", "8r"] {
        let mut args = vec!["extract", "--published", "2022-10-26", "--tables", TABLES, "--jobs", jobs.trim_end_matches('r')];
        let out = path(&at, jobs);
        args.extend(["--out", &out]);
        args.extend(names.iter().map(String::as_str));
        if jobs == "8r" {
            args[9..].reverse();
        }
        let output = run(&args);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        outputs.push(tables(&out));
    }
    assert!(rows(&outputs[0]["facts.csv"]).len() > 200);
    assert_same(&outputs[0], &outputs[1], "2 threads");
    assert_same(&outputs[0], &outputs[2], "8 threads");
    for name in outputs[0].keys().filter(|name| name.ends_with(".csv")) {
        let [mut forth, mut back] = [&outputs[0], &outputs[3]].map(|tables| named(tables, name));
        // a stable sort by article leaves the order inside an article
        forth.sort_by(|a, b| a[0].cmp(&b[0]));
        back.sort_by(|a, b| a[0].cmp(&b[0]));
        assert_eq!(forth, back, "{name}");
    }
}

/// The rows of a table; those of `checks` with the facts that they name instead of the numbers of their rows.
fn named(tables: &BTreeMap<String, Vec<u8>>, name: &str) -> Vec<Vec<String>> {
    let mut found = rows(&tables[name]);
    if name == "checks.csv" {
        let facts = rows(&tables["facts.csv"]);
        for row in &mut found {
            row[2] = row[2].split('+').map(|fact| facts[fact.parse::<usize>().expect("a row") - 1].join(",")).collect::<Vec<_>>().join("+");
        }
    }
    found
}

/// A run that can be killed after its first checkpoint, and what it gives when it is not.
struct Long {
    at: TempDir,
    whole: BTreeMap<String, Vec<u8>>,
}

impl Long {
    fn new(count: usize) -> Long {
        let at = TempDir::new().expect("a folder");
        fs::create_dir(at.path().join("in")).expect("a folder");
        let texts = articles(count);
        // an article without a text at each end, so that errors.csv has to be gone on with
        for (part, texts) in texts.chunks(count.div_ceil(3)).enumerate() {
            let bytes = [b"{}\n".to_vec(), jsonl(texts), b"{}\n".to_vec()].concat();
            fs::write(at.path().join(format!("in/{part}.jsonl")), bytes).expect("a file");
        }
        let long = Long { at, whole: BTreeMap::new() };
        let output = long.run("whole", &["--jobs", "1"]);
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        Long { whole: tables(long.folder("whole")), ..long }
    }

    fn articles(&self) -> usize {
        rows(&self.whole["articles.csv"]).len()
    }

    fn folder(&self, out: &str) -> PathBuf {
        self.at.path().join(out)
    }

    fn command(&self, out: &str, more: &[&str]) -> Command {
        let (input, out) = (path(&self.at, "in"), path(&self.at, out));
        program(&[&["extract", &input, "--out", &out], more].concat())
    }

    fn run(&self, out: &str, more: &[&str]) -> Output {
        self.command(out, more).output().expect("the program runs")
    }

    fn journal(&self, out: &str) -> PathBuf {
        self.folder(out).join(".shuliang/journal")
    }

    /// Starts a run into a folder with an old table and kills it once its journal has so many lines; false where it ended before.
    fn interrupt(&self, out: &str, lines: usize) -> bool {
        fs::create_dir(self.folder(out)).expect("a folder");
        fs::write(self.folder(out).join("facts.csv"), "old").expect("a file");
        let mut child = self.command(out, &["--jobs", "1"]).stderr(Stdio::null()).spawn().expect("the program runs");
        let come = wait(&mut child, || fs::read(self.journal(out)).is_ok_and(|journal| journal.iter().filter(|&&b| b == b'\n').count() >= lines));
        child.kill().expect("it is killed");
        child.wait().expect("it ends");
        come
    }
}

/// Waits for something while a program runs; false where the program ended before.
fn wait(child: &mut Child, mut until: impl FnMut() -> bool) -> bool {
    let begin = Instant::now();
    while !until() {
        if child.try_wait().expect("a program").is_some() {
            return false;
        }
        assert!(begin.elapsed() < Duration::from_secs(300), "it never came so far");
        thread::sleep(Duration::from_millis(10));
    }
    true
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let from = entry.expect("an entry").path();
        let to = to.join(from.file_name().expect("a name"));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("a copy");
        }
    }
}

#[test]
fn an_interrupted_run_goes_on_to_the_same_bytes() {
    let mut long = Long::new(1000);
    while !long.interrupt("out", 2) {
        // a fast machine needs more to do
        long = Long::new(4 * long.articles());
    }
    // the table of an earlier run stays as it is until those of this run are complete
    assert_eq!(tables(long.folder("out")), BTreeMap::from([("facts.csv".to_owned(), b"old".to_vec())]));

    // other words, options or inputs are another run
    let other = long.run("out", &["--resume", "--published", "2020-01-01"]);
    assert_eq!(other.status.code(), Some(2));
    assert!(stderr(&other).contains("found changes in the options; run without --resume"), "{}", stderr(&other));

    // as if it had been killed after each checkpoint, in the middle of the next
    let journal = fs::read(long.journal("out")).expect("a journal");
    let ends: Vec<usize> = journal.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at + 1).collect();
    assert!(ends.len() >= 2);
    for (number, &end) in ends.iter().enumerate() {
        let out = format!("out{number}");
        copy(&long.folder("out"), &long.folder(&out));
        fs::write(long.journal(&out), [&journal[..end], b"{\"tally\":{"].concat()).expect("a journal");
        let output = long.run(&out, &["--resume", "--jobs", "2"]);
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        assert_eq!(stderr(&output).contains("before the interruption"), number > 0, "{}", stderr(&output));
        assert_same(&long.whole, &tables(long.folder(&out)), &format!("after checkpoint {number}"));
        assert!(!long.folder(&out).join(".shuliang").exists());
    }

    // an input that has changed is another
    fs::write(long.at.path().join("in/2.jsonl"), "{\"text\":\"建成3项。\"}\n").expect("a file");
    let other = long.run("out", &["--resume"]);
    assert!(stderr(&other).contains("found changes in the inputs;"), "{}", stderr(&other));
    // and without --resume the run begins anew
    let anew = long.run("out", &[]);
    assert_eq!(anew.status.code(), Some(1));
    assert!(!long.folder("out").join(".shuliang").exists());
    assert!(rows(&tables(long.folder("out"))["articles.csv"]).len() < long.articles());
}

#[test]
fn one_run_at_a_time_writes_into_a_folder() {
    let at = TempDir::new().expect("a folder");
    let out = path(&at, "out");
    let mut first = program(&["extract", "-", "--out", &out]).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program runs");
    assert!(wait(&mut first, || Path::new(&out).join(".shuliang/journal").exists()));
    fs::write(at.path().join("b.txt"), "建成5项。").expect("a file");
    let second = run(&["extract", &path(&at, "b.txt"), "--out", &out]);
    assert_eq!(second.status.code(), Some(2));
    assert!(stderr(&second).contains("out: another run is writing there"), "{}", stderr(&second));
    first.stdin.take().expect("a pipe").write_all("建成3项。".as_bytes()).expect("it reads");
    assert_eq!(first.wait().expect("it ends").code(), Some(0));
    assert_eq!(rows(&tables(&out)["articles.csv"])[0][0], "stdin");
}

#[test]
fn only_what_can_be_read_again_is_gone_on_with() {
    let at = TempDir::new().expect("a folder");
    let output = run(&["extract", "-", "--resume", "--out", &path(&at, "out")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("standard input cannot be read a second time"), "{}", stderr(&output));
    assert_eq!(run(&["extract", "a.txt", "--resume"]).status.code(), Some(2));
    // where there is nothing to go on with, the run begins
    fs::write(at.path().join("a.txt"), "建成3项。").expect("a file");
    let output = run(&["extract", &path(&at, "a.txt"), "--resume", "--quiet", "--out", &path(&at, "out")]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stderr(&output), "");
    assert!(tables(at.path().join("out")).contains_key("facts.csv"));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error_and_leaves_no_half_table() {
    let at = TempDir::new().expect("a folder");
    fs::write(at.path().join("n.jsonl"), jsonl(&articles(200))).expect("a file");
    let input = path(&at, "n.jsonl");
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a full disk");
    let output = program(&["extract", &input]).stdout(full).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("error: standard output: No space left on device"), "{}", stderr(&output));

    // no file may be longer than 20 blocks of 512 bytes
    let out = path(&at, "out");
    fs::create_dir(&out).expect("a folder");
    fs::write(Path::new(&out).join("facts.csv"), "old").expect("a file");
    let limited = "trap '' XFSZ; ulimit -f 20; exec \"$@\"";
    let output = Command::new("sh").args(["-c", limited, "sh", env!("CARGO_BIN_EXE_shuliang"), "extract", &input, "--out", &out]).output().expect("a shell");
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains(".part: File too large"), "{}", stderr(&output));
    assert_eq!(tables(&out), BTreeMap::from([("facts.csv".to_owned(), b"old".to_vec())]));
    assert_eq!(run(&["extract", &input, "--out", &out, "--resume"]).status.code(), Some(0));
    assert!(rows(&tables(&out)["articles.csv"]).len() == 200);
}
