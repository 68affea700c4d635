//! `extract --watch`, as a service would run it: files come and go, and a signal ends it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use crate::program::{program, run};

const TABLES: &str = "facts,quantities,entities,times,articles,checks,numerals,tokens,sentences";

/// Nothing takes so long unless it never comes.
const FOREVER: Duration = Duration::from_secs(300);

/// A program that watches, and what it says.
struct Watching {
    child: Child,
    lines: Receiver<String>,
    said: Vec<String>,
}

impl Watching {
    fn start(args: &[&str]) -> Watching {
        let mut child = program(args).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("the program runs");
        let stderr = child.stderr.take().expect("a pipe");
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || BufReader::new(stderr).lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Watching { child, lines, said: Vec::new() }
    }

    /// Waits for a line that holds some words, and gives it.
    fn says(&mut self, words: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(FOREVER).unwrap_or_else(|_| panic!("{words} was never said, but\n{}", self.said.join("\n")));
            self.said.push(line.clone());
            if line.contains(words) {
                return line;
            }
        }
    }

    /// Ends it with a signal; gives its exit status and the lines that were said in all.
    fn end(mut self, signal: &str) -> (Option<i32>, Vec<String>) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &pid]).status().expect("kill runs").success());
        let code = self.child.wait().expect("it ends").code();
        self.said.extend(self.lines.iter());
        (code, self.said)
    }
}

/// Articles with figures that can be checked against each other, so that `checks` has rows.
fn article(projects: usize) -> String {
    let (done, left) = (projects / 2, projects - projects / 2);
    format!("上半年，青山县新开工项目{projects}个，其中工业项目{done}个、农业项目{left}个。\n到年底，总投资{projects}0亿元。")
}

fn write(folder: &Path, name: &str, text: &str) {
    // a file that is brought in whole, as a download is
    let (hidden, path) = (folder.join(format!(".{name}")), folder.join(name));
    fs::write(&hidden, text).expect("a file");
    fs::rename(hidden, path).expect("a name");
}

fn tables(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file());
    let mut tables: Vec<(String, Vec<u8>)> =
        files.map(|path| (path.file_name().expect("a name").to_string_lossy().into_owned(), fs::read(path).expect("a table"))).collect();
    tables.sort();
    tables
}

/// The tables of the watch are those of a run that reads everything anew.
fn assert_as_anew(input: &Path, out: &Path, at: &TempDir) {
    let anew = at.path().join("anew");
    let output = run(&["extract", &input.display().to_string(), "--out", &anew.display().to_string(), "--tables", TABLES, "--quiet"]);
    assert!(output.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
    let (expected, found) = (tables(&anew), tables(out));
    let named = |tables: &[(String, Vec<u8>)]| tables.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(named(&expected), named(&found));
    for ((name, expected), (_, found)) in expected.iter().zip(&found) {
        assert_eq!(String::from_utf8_lossy(expected), String::from_utf8_lossy(found), "{name}");
    }
    let facts = expected.iter().find(|(name, _)| name == "checks.csv").expect("checks");
    assert!(String::from_utf8_lossy(&facts.1).lines().count() > 2, "nothing was checked");
}

#[test]
#[cfg(unix)]
fn tables_follow_the_folder_until_a_signal_comes() {
    let at = TempDir::new().expect("a folder");
    let input = at.path().join("in");
    fs::create_dir(&input).expect("a folder");
    write(&input, "b.txt", &article(12));
    write(&input, "d.txt", &article(30));
    // the tables lie in the folder that is watched
    let out: PathBuf = input.join("out");
    let (from, to) = (input.display().to_string(), out.display().to_string());
    let mut watching = Watching::start(&["extract", &from, "--out", &to, "--tables", TABLES, "--watch"]);
    watching.says("2 articles, 2 read now, 0 failed");
    watching.says("Ctrl-C ends");
    assert_as_anew(&input, &out, &at);

    // before, between and behind the others: the rows of facts that checks names move
    write(&input, "a.txt", &article(24));
    watching.says("1 added: 3 articles, 1 read now, 0 failed");
    assert_as_anew(&input, &out, &at);
    write(&input, "c.jsonl", &format!("{{\"text\":\"{}\"}}\n{{\"text\":3}}\n", article(16).replace('\n', "")));
    watching.says("1 added: 4 articles, 2 read now, 1 failed");
    assert_as_anew(&input, &out, &at);

    // a changed article; what failed before still counts, and is not read again
    write(&input, "b.txt", &article(2000));
    watching.says("1 changed: 4 articles, 1 read now, 1 failed");
    assert_as_anew(&input, &out, &at);

    // another article of the same name changes what the first is called
    fs::create_dir(input.join("deep")).expect("a folder");
    write(&input.join("deep"), "d.txt", &article(8));
    watching.says("1 added: 5 articles, 2 read now, 1 failed");
    assert_as_anew(&input, &out, &at);

    fs::remove_file(input.join("c.jsonl")).expect("it is removed");
    fs::remove_file(input.join("a.txt")).expect("it is removed");
    watching.says("gone: ");
    let mut rounds = 6;
    while tables(&out).iter().any(|(name, _)| name == "errors.csv")
        || String::from_utf8_lossy(&fs::read(out.join("articles.csv")).expect("a table")).contains("a.txt")
    {
        // the second file may have gone a round later
        watching.says("gone: ");
        rounds += 1;
    }
    assert_as_anew(&input, &out, &at);

    let (code, said) = watching.end("TERM");
    assert_eq!(code, Some(0), "{}", said.join("\n"));
    // the tables in the watched folder started no round
    assert_eq!(said.iter().filter(|line| line.contains(" read now, ")).count(), rounds, "{}", said.join("\n"));
    assert!(said.last().is_some_and(|line| line.starts_with("no longer watching; the tables in ")), "{}", said.join("\n"));
    assert!(!fs::read_dir(&out).expect("a folder").any(|entry| entry.expect("an entry").file_name().to_string_lossy().starts_with('.')));
    assert_as_anew(&input, &out, &at);
}

#[test]
#[cfg(unix)]
fn a_watch_holds_its_folder_and_says_what_failed() {
    let at = TempDir::new().expect("a folder");
    let input = at.path().join("in");
    fs::create_dir(&input).expect("a folder");
    write(&input, "a.jsonl", "{\n");
    let (from, to) = (input.display().to_string(), at.path().join("out").display().to_string());
    let mut watching = Watching::start(&["extract", &from, "--out", &to, "--watch", "--format", "jsonl"]);
    watching.says("a.jsonl:1:");
    watching.says("0 articles, 1 read now, 1 failed");
    watching.says("watching ");
    let other = run(&["extract", &from, "--out", &to]);
    assert_eq!(other.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&other.stderr).contains("another run is writing there"));
    let (code, _) = watching.end("INT");
    assert_eq!(code, Some(1));
    assert_eq!(run(&["extract", &from, "--out", &to]).status.code(), Some(1));
}

#[test]
fn only_folders_and_files_can_be_watched() {
    let at = TempDir::new().expect("a folder");
    let out = at.path().join("out").display().to_string();
    for args in
        [&["extract", "a.txt", "--watch"] as &[&str], &["extract", "a.txt", "--out", &out, "--watch", "--resume"], &["extract", "-", "--out", &out, "--watch"]]
    {
        let output = run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!output.stderr.is_empty(), "{args:?}");
    }
    assert!(!Path::new(&out).exists());
}
