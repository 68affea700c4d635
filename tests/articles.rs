//! The fixture articles: what a careful reader finds is in the text, what the program finds is known, and the layers
//! keep their shape.
//!
//! `SNAPSHOTS=overwrite cargo test` rewrites every `facts.now.csv`.

use std::fs;
use std::path::{Path, PathBuf};

use shuliang::emit::{Header, Rows, Table, csv};
use shuliang::segment::LineKind;
use shuliang::source::plain::plain;
use shuliang::{Article, Dict, Reading, Span, read};

/// The columns of the gold.
const GOLD: &str =
    "subject,indicator,written,value,value_max,unit,comparison,change,basis,time_start,time_end,time_text,modality,condition,subject_type,inferred";

#[test]
fn what_a_reader_finds_is_in_the_article() {
    let mut wrong = Vec::new();
    for folder in folders() {
        let gold = folder.join("facts.csv");
        let text = fs::read_to_string(folder.join("article.txt")).expect("an article");
        let mut rows = ::csv::Reader::from_path(&gold).unwrap_or_else(|error| panic!("{}: {error}", gold.display()));
        let header = rows.headers().expect("a header").iter().collect::<Vec<_>>().join(",");
        if header != GOLD {
            wrong.push(format!("{}: expected the header {GOLD}, found {header}", gold.display()));
            continue;
        }
        for (number, row) in rows.records().enumerate() {
            let written = row.as_ref().map(|row| row.get(2).unwrap_or_default().to_owned()).unwrap_or_else(|error| error.to_string());
            if written.is_empty() || !text.contains(&written) {
                wrong.push(format!("{} row {}: `{written}` is not in the article", gold.display(), number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_the_program_finds_is_known() {
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    let mut wrong = Vec::new();
    each_reading(|folder, reading| {
        let mut bytes = Vec::new();
        csv::write(Table::Facts, Header::En, &Rows::new(reading), &[], &mut bytes).expect("a table");
        let now = String::from_utf8(bytes).expect("UTF-8").replace("\r\n", "\n");
        let path = folder.join("facts.now.csv");
        if overwrite {
            fs::write(&path, now).expect("a writable fixture");
            return;
        }
        match fs::read_to_string(&path) {
            Err(error) => wrong.push(format!("{}: {error}", path.display())),
            Ok(known) => wrong.extend(difference(&known.replace("\r\n", "\n"), &now).map(|line| format!("{}: {line}", path.display()))),
        }
    });
    assert!(wrong.is_empty(), "{}\nIf this is right: SNAPSHOTS=overwrite cargo test", wrong.join("\n"));
}

/// The first line that differs.
fn difference(known: &str, now: &str) -> Option<String> {
    let (mut known, mut now) = (known.lines(), now.lines());
    for number in 1.. {
        match (known.next(), now.next()) {
            (None, None) => return None,
            (a, b) if a == b => {}
            (a, b) => return Some(format!("line {number}\n  was {}\n  now {}", a.unwrap_or("nothing"), b.unwrap_or("nothing"))),
        }
    }
    None
}

#[test]
fn layers_keep_their_shape() {
    each_reading(|folder, reading| check(&folder.display().to_string(), reading));
    let dict = Dict::builtin().expect("the dictionary");
    for text in
        ["", "一", "\n", "。", "😀", "5", "𠮷野家２０店。\u{200b}项(xiàng)目\r\n\r\n 新增１２．５万亩 ", "五五五五五五", "%%%", "2019-12-20\n\n2020-01-01"]
    {
        let article = plain(text.as_bytes().to_vec(), "inline", "inline", None, &dict).expect("an article");
        check(text, &read(&article, &dict));
    }
}

fn check(name: &str, reading: &Reading<'_>) {
    let article = reading.article;
    let text = article.text.as_str();
    let joined: String = reading.sentences.iter().map(|&sentence| &text[sentence]).collect();
    assert_eq!(squeezed(&joined), squeezed(text), "{name}: sentences joined are the text");
    let lines: String = reading.lines.iter().map(|line| &text[line.span]).collect();
    assert_eq!(squeezed(&lines), squeezed(text), "{name}: lines joined are the text");

    check_layer(name, "lines", article, reading.lines.iter().map(|line| line.span));
    check_layer(name, "sentences", article, reading.sentences.iter().copied());
    check_layer(name, "numerals", article, reading.numerals.iter().map(|numeral| numeral.span));
    check_layer(name, "refusals", article, reading.refusals.iter().map(|refusal| refusal.span));
    check_layer(name, "times", article, reading.times.iter().map(|time| time.span));
    check_layer(name, "quantities", article, reading.quantities.iter().map(|quantity| quantity.span));
    check_layer(name, "mentions", article, reading.mentions.list.iter().map(|mention| mention.span));

    assert_eq!(reading.roles.len(), reading.quantities.len(), "{name}: one role a quantity");
    assert!(reading.facts.windows(2).all(|pair| pair[0].quantity <= pair[1].quantity), "{name}: facts are in the order of their quantities");
    assert!(reading.facts.iter().all(|fact| fact.quantity < reading.quantities.len()), "{name}: facts have a quantity");
    check_rows(name, reading);
}

fn check_layer(name: &str, layer: &str, article: &Article, spans: impl Iterator<Item = Span>) {
    let mut end = 0;
    for span in spans {
        let words = article.text.get(span.range()).unwrap_or_else(|| panic!("{name}: {layer}: {span:?} is on no character boundary"));
        assert!(!span.is_empty(), "{name}: {layer}: {span:?} is empty");
        assert!(end <= span.start(), "{name}: {layer}: `{words}` is out of order or overlaps");
        assert_eq!(article.raw.get(article.raw_span(span).range()), Some(article.quote(span)), "{name}: {layer}: `{words}` cannot be quoted");
        end = span.end();
    }
}

/// `text[start:end]` is what the column `text` holds, counted in characters.
fn check_rows(name: &str, reading: &Reading<'_>) {
    let characters: Vec<char> = reading.article.raw.chars().collect();
    let same = |start: usize, end: usize, text: &str| {
        assert_eq!(characters[start..end].iter().collect::<String>(), text, "{name}: {start}–{end}");
    };
    let rows = Rows::new(reading);
    rows.sentences().for_each(|row| same(row.start, row.end, &row.text));
    rows.numerals().for_each(|row| same(row.start, row.end, &row.text));
    rows.quantities().for_each(|row| same(row.start, row.end, &row.text));
    rows.times().for_each(|row| same(row.start, row.end, &row.text));
    rows.entities().for_each(|row| same(row.start, row.end, &row.text));
    rows.facts().for_each(|row| same(row.start, row.end, &row.written));
    for row in rows.facts() {
        assert!(row.evidence.contains(&row.written), "{name}: `{}` is not in its sentence", row.written);
    }
}

#[test]
fn furniture_makes_no_facts() {
    each_reading(|folder, reading| {
        for fact in &reading.facts {
            let span = reading.quantities[fact.quantity].span;
            let line = reading.lines.iter().find(|line| line.span.overlaps(span));
            assert!(line.is_none_or(|line| line.kind != LineKind::Furniture), "{}: {}", folder.display(), reading.article.quote(span));
        }
    });
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

fn each_reading(mut check: impl FnMut(&Path, &Reading<'_>)) {
    let dict = Dict::builtin().expect("the dictionary");
    for folder in folders() {
        let bytes = fs::read(folder.join("article.txt")).expect("an article");
        let article = plain(bytes, "article.txt", "article", None, &dict).expect("UTF-8");
        check(&folder, &read(&article, &dict));
    }
}

/// The folders of fixture articles, sorted.
fn folders() -> Vec<PathBuf> {
    let roots = ["fixtures/articles", "fixtures/blind"].map(|root| Path::new(env!("CARGO_MANIFEST_DIR")).join(root));
    let entries = roots.iter().flat_map(|root| fs::read_dir(root).expect("the fixtures"));
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}
