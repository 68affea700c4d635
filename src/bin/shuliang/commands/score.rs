//! `score`: the program's tables against what a careful reader finds.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rayon::prelude::*;
use serde_json::{Map, Value, json};
use shuliang::emit::Rows;
use shuliang::score::{Difference, Found, Gold, GoldError, Measure, Score, Tally, brat, doccano, is_label_studio, label_studio, table, written};
use shuliang::source::{jsonl, plain::plain};
use shuliang::{Dict, read};

use crate::args::ScoreOptions;
use crate::columns::padded;
use crate::dictionary;
use crate::failure::Failure;

/// Runs the command.
pub fn run(options: &ScoreOptions) -> Result<ExitCode, Failure> {
    let dict = dictionary::dict(options.words.dict.as_deref())?;
    let mut golds = Vec::new();
    let mut errors = Vec::new();
    for path in files(&options.gold)? {
        match read_golds(&path) {
            Ok(read) => golds.extend(read),
            Err(mistakes) => errors.extend(mistakes),
        }
    }
    if !errors.is_empty() {
        return Err(Failure::Message(errors.iter().map(GoldError::to_string).collect::<Vec<_>>().join("\nerror: ")));
    }
    let found: Vec<Found> = golds.par_iter().map(|gold| found(gold, &dict)).collect::<Result<_, Failure>>()?;
    let mut score = Score::default();
    for (gold, found) in golds.iter().zip(&found) {
        score.add(gold, found);
    }
    print(&score, options.show).map_err(|error| Failure::Output("standard output".to_owned(), error))?;
    if let Some(path) = &options.json {
        let text = format!("{:#}\n", figures(&score));
        fs::write(path, text).map_err(|error| Failure::Output(path.display().to_string(), error))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The gold files of all inputs: `.json` files, what annotation tools hold (`.ann`, `.jsonl`, `.json`), and folders that hold
/// `article.txt` with `facts.csv`.
fn files(inputs: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for input in inputs {
        if !input.is_dir() {
            files.push(input.clone());
            continue;
        }
        let before = files.len();
        let fail = |error: io::Error| Failure::Message(format!("{}: {error}", input.display()));
        let mut inside: Vec<PathBuf> =
            fs::read_dir(input).map_err(fail)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>().map_err(fail)?;
        inside.sort();
        let beside = |folder: &Path| folder.join("article.txt").is_file() && folder.join("facts.csv").is_file();
        if beside(input) {
            files.push(input.join("facts.csv"));
        }
        files.extend(inside.iter().filter(|path| ["json", "jsonl", "ann"].iter().any(|ending| has_ending(path, ending))).cloned());
        files.extend(inside.iter().filter(|path| path.is_dir() && beside(path)).map(|folder| folder.join("facts.csv")));
        if files.len() == before {
            return Err(Failure::Message(format!(
                "{}: expected .json, .jsonl or .ann files, or folders with article.txt and facts.csv, found none",
                input.display()
            )));
        }
    }
    Ok(files)
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|other| other == ending)
}

/// The articles of a gold file.
fn read_golds(path: &Path) -> Result<Vec<Gold>, Vec<GoldError>> {
    let name = path.display().to_string();
    let fail =
        |field: &str, expected: &str, found: String| vec![GoldError { file: name.clone(), field: field.to_owned(), expected: expected.to_owned(), found }];
    let read = |path: &Path, expected: &str| fs::read_to_string(path).map_err(|error| fail("", expected, error.to_string()));
    if has_ending(path, "csv") {
        let article = path.with_file_name("article.txt");
        let rows = fs::read(path).map_err(|error| fail("", "a readable file", error.to_string()))?;
        let text = read(&article, &format!("{} beside it", article.display()))?;
        let id = path.parent().and_then(Path::file_name).map(|folder| folder.to_string_lossy().into_owned()).unwrap_or_default();
        return table(&name, &rows, &id, text.strip_prefix('\u{feff}').unwrap_or(&text)).map(|gold| vec![gold]);
    }
    let text = read(path, "a readable file")?;
    if has_ending(path, "ann") {
        let article = path.with_extension("txt");
        let id = path.file_stem().unwrap_or_default().to_string_lossy();
        return brat(&name, &id, &read(&article, &format!("{} beside it", article.display()))?, &text).map(|gold| vec![gold]);
    }
    if has_ending(path, "jsonl") {
        return doccano(&name, &text);
    }
    match serde_json::from_str::<Value>(&text) {
        Ok(tasks) if is_label_studio(&tasks) => label_studio(&name, &tasks),
        _ => gold(path, &name, &text).map(|gold| vec![gold]),
    }
}

/// Gold in the project's own JSON.
fn gold(path: &Path, name: &str, json: &str) -> Result<Gold, Vec<GoldError>> {
    let fail =
        |field: &str, expected: &str, found: String| vec![GoldError { file: name.to_owned(), field: field.to_owned(), expected: expected.to_owned(), found }];
    let written = written(name, json)?;
    let Some(file) = written.text_file() else { return written.gold(None) };
    let here = fs::canonicalize(path).map_err(|error| fail("", "a readable file", error.to_string()))?;
    let text = here.ancestors().skip(1).map(|folder| folder.join(file)).find(|text| text.is_file());
    let text = text.ok_or_else(|| fail("text_file", "a file in one of the folders above", format!("`{file}`")))?;
    let text = fs::read_to_string(&text).map_err(|error| fail("text_file", "text in UTF-8", error.to_string()))?;
    written.gold(Some(text))
}

/// What the program finds in the article of a gold.
fn found(gold: &Gold, dict: &Dict) -> Result<Found, Failure> {
    let article = match (&gold.title, &gold.published) {
        (None, None) => plain(gold.text.clone().into_bytes(), &gold.id, &gold.id, None, dict),
        (title, published) => {
            let line = json!({ "id": gold.id, "title": title, "published": published, "text": gold.text }).to_string();
            jsonl::line(line.as_bytes(), &gold.id, 1, None, dict)
        }
    };
    let article = article.map_err(|error| Failure::Message(error.to_string()))?;
    let reading = read(&article, dict);
    let rows = Rows::new(&reading);
    Ok(Found { quantities: rows.quantities().collect(), entities: rows.entities().collect(), times: rows.times().collect(), facts: rows.facts().collect() })
}

fn print(score: &Score, show: usize) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    for difference in score.differences.iter().take(show) {
        writeln!(out, "{}", line(difference))?;
    }
    let gold = |measure| score.tally(measure).gold;
    let (quantities, entities, times, facts) = (gold(Measure::QuantitySpan), gold(Measure::EntitySpan), gold(Measure::TimeSpan), gold(Measure::FactFound));
    writeln!(out, "{} articles; gold: {quantities} quantities, {entities} entities, {times} times, {facts} facts", score.articles)?;
    writeln!(out, "{:34}{:>7}{:>7}{:>7}", "", "P", "R", "F1")?;
    for measure in Measure::ALL {
        let tally = score.tally(measure);
        // a table of facts alone says nothing of names and times
        if tally.gold == 0 && tally.found == 0 {
            continue;
        }
        writeln!(out, "{}{:7.3}{:7.3}{:7.3}", padded(measure.label(), 34), tally.precision(), tally.recall(), tally.f1())?;
    }
    let fields: Vec<String> = score.field_shares().map(|(field, share)| format!("{field} {share:.3}")).collect();
    writeln!(out, "fields right on paired facts: {}", fields.join(", "))?;
    if score.quantities > 0 {
        writeln!(out, "role right on matched quantities: {:.3}", score.role_share())?;
    }
    Ok(())
}

fn line(difference: &Difference) -> String {
    match difference {
        Difference::Missing { article, written, subject, indicator } => format!("MISS {article} {written} | {subject} | {indicator}"),
        Difference::Extra { article, written, subject, indicator } => format!("EXTRA {article} {written} | {subject} | {indicator}"),
        Difference::Other { article, written, fields } => {
            let shown = |cell: &str| if cell.is_empty() { "–".to_owned() } else { cell.to_owned() };
            let fields: Vec<String> = fields.iter().map(|(field, wanted, got)| format!("{field}: want {} got {}", shown(wanted), shown(got))).collect();
            format!("DIFF {article} {written} | {}", fields.join("; "))
        }
    }
}

/// Each measure as `[precision, recall, F1]`, and the fields.
fn figures(score: &Score) -> Value {
    let three = |tally: Tally| json!([tally.precision(), tally.recall(), tally.f1()]);
    let mut figures: Map<String, Value> = Measure::ALL.into_iter().map(|measure| (measure.label().to_owned(), three(score.tally(measure)))).collect();
    figures.insert("fields".to_owned(), score.field_shares().map(|(field, share)| (field.to_owned(), json!(share))).collect::<Map<_, _>>().into());
    figures.insert("role".to_owned(), json!(score.role_share()));
    figures.into()
}
