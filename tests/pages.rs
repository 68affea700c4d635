//! Pages as publishers make them: how much of each article is found, and how much that is none.
//!
//! `fixtures/pages/NAME/page.html` has menus, links, advertisements and comments around an article; `main.txt` says what a
//! reader takes for title, day, publisher and text. `cargo test pages -- --nocapture` prints the figures.

use std::fs;
use std::path::Path;

use shuliang::source::{Options, Reader, article, pieces};
use shuliang::{Article, Dict};

/// What each page must reach, of a thousand characters.
const FLOOR: usize = 850;
/// What all pages together must reach.
const FLOOR_ALL: usize = 980;

#[test]
#[allow(clippy::print_stdout, reason = "the figures are for who runs it")]
fn the_main_text_of_pages_is_found() {
    let dict = Dict::builtin().expect("the dictionary");
    let mut wrong = Vec::new();
    let (mut right, mut found, mut wanted) = (0, 0, 0);
    for name in names() {
        let said = fs::read_to_string(folder().join(&name).join("main.txt")).expect("main.txt");
        let (head, main) = said.split_once("\n\n").expect("a head and a text");
        let article = read(&name, &dict);
        let counts = counts(&article.raw, main);
        let (precision, recall) = (counts.0 * 1000 / counts.1.max(1), counts.0 * 1000 / counts.2.max(1));
        println!("{name}: precision {precision} recall {recall} of 1000");
        if precision < FLOOR || recall < FLOOR {
            wrong.push(format!("{name}: precision {precision}, recall {recall}\n{}", article.raw));
        }
        (right, found, wanted) = (right + counts.0, found + counts.1, wanted + counts.2);
        for line in head.lines() {
            let (key, value) = line.split_once(": ").expect("a key");
            let is = match key {
                "title" => article.raw_title.clone(),
                "published" => article.published.map(|day| day.to_string()).unwrap_or_default(),
                _ => article.publisher.clone(),
            };
            if is != value {
                wrong.push(format!("{name}: {key}: expected {value}, found {is}"));
            }
        }
    }
    println!("all: precision {} recall {} of 1000", right * 1000 / found, right * 1000 / wanted);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(right * 1000 >= FLOOR_ALL * found && right * 1000 >= FLOOR_ALL * wanted);
}

/// How many characters are in lines that are found and wanted, found, and wanted.
fn counts(found: &str, wanted: &str) -> (usize, usize, usize) {
    let count = |lines: &[&str]| lines.iter().map(|line| line.chars().count()).sum::<usize>();
    let (found, mut left): (Vec<&str>, Vec<&str>) = (found.lines().collect(), wanted.lines().collect());
    let wanted = count(&left);
    let mut right = Vec::new();
    for line in &found {
        if let Some(at) = left.iter().position(|want| want.trim() == line.trim()) {
            right.push(left.remove(at));
        }
    }
    (count(&right), count(&found), wanted)
}

fn read(name: &str, dict: &Dict) -> Article {
    let bytes = fs::read(folder().join(name).join("page.html")).expect("page.html");
    let options = Options::default();
    let piece = pieces(Reader::bytes(bytes), "page.html", name, &options, dict).next().expect("a piece").expect("bytes");
    article(piece, &options, dict).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/pages"))
}

fn names() -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder()).expect("pages").map(|entry| entry.expect("a folder").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    assert!(names.len() >= 10);
    names
}
