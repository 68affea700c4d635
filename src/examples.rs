//! The examples of the dictionary as its test: each one goes through the whole program, and what comes out must be what the
//! row says.
//!
//! An example is `text => expected`, several are separated by ` ; `. What may be expected: `-` for no quantity, a comparison
//! (`approx`), a value in the base unit (`2580000000`), or a value with its unit (`70 华氏度`, `3..5 个`).

use crate::dict::{Dict, DictError, File};
use crate::emit::{Rows, quantities_in};

/// The files whose examples are quantities.
const FILES: [&str; 5] = ["currencies.tsv", "classifiers.tsv", "vetoes.tsv", "hedges.tsv", "senses.tsv"];

/// The lists of `contexts.tsv` whose examples are quantities.
const LISTS: [&str; 10] = ["money", "repeat", "before-one", "only", "theme", "not-tenths", "resolution", "copula", "index", "unit-line"];

/// The comparisons of the tables.
const COMPARISONS: [&str; 7] = ["eq", "approx", "range", "ge", "gt", "le", "lt"];

/// Every built-in example that is not read as its row says, with its file and line.
///
/// `387万亩 => 2580000000` is read as a quantity of 2580000000 m²; anything else is reported.
pub fn check(dict: &Dict) -> Vec<DictError> {
    Dict::files().iter().flat_map(|(name, text)| check_text(dict, name, text)).collect()
}

/// The same for the files of a user, read with the dictionary that holds them.
pub fn check_files(dict: &Dict, files: &[File]) -> Vec<DictError> {
    files.iter().flat_map(|file| check_text(dict, &file.name, &file.text)).collect()
}

fn check_text(dict: &Dict, name: &str, text: &str) -> Vec<DictError> {
    let contexts = name == "contexts.tsv";
    if !contexts && !name.starts_with("units/") && !FILES.contains(&name) {
        return Vec::new();
    }
    let mut wrong = Vec::new();
    let rows = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')).skip(1);
    for (number, line) in rows {
        let cells: Vec<&str> = line.split('\t').collect();
        if contexts && !cells.get(1).is_some_and(|list| LISTS.contains(list)) {
            continue;
        }
        let Some(examples) = cells.last() else { continue };
        for example in examples.split(" ; ").filter(|example| !example.trim().is_empty()) {
            let fail = |expected: String, found: String| DictError { file: name.to_owned(), line: number as u32 + 1, expected, found };
            match example.rsplit_once(" => ") {
                None => wrong.push(fail("an example such as `5公里 => 5000`".to_owned(), format!("`{example}`"))),
                Some((input, expected)) => {
                    let found = found(dict, input.trim(), expected.trim());
                    if !same(&found, expected.trim()) {
                        wrong.push(fail(format!("`{}` => {}", input.trim(), expected.trim()), found));
                    }
                }
            }
        }
    }
    wrong
}

/// What the program finds in `input`, in the form of `expected`.
fn found(dict: &Dict, input: &str, expected: &str) -> String {
    let rows = quantities_in(input, dict);
    if COMPARISONS.contains(&expected) {
        return rows.first().map(|row| row.comparison.to_owned()).or_else(|| compared(dict, input)).unwrap_or_else(|| "-".to_owned());
    }
    let range = |low: &str, high: &str| if high.is_empty() { low.to_owned() } else { format!("{low}..{high}") };
    let said = |row: &crate::emit::QuantityRow| {
        if !expected.starts_with(|c: char| c.is_ascii_digit() || c == '-') || expected.contains(' ') {
            format!("{} {}", range(&row.value, &row.value_max), row.unit).trim().to_owned()
        } else {
            range(&row.base_value, &row.base_value_max)
        }
    };
    if rows.is_empty() { "-".to_owned() } else { rows.iter().map(said).collect::<Vec<_>>().join(" ; ") }
}

/// The comparison of the first plain number.
fn compared(dict: &Dict, input: &str) -> Option<String> {
    let folded = crate::source::fold::fold(input, dict);
    let article = crate::Article::new(String::new(), String::new(), input.to_owned(), folded);
    let reading = crate::read(&article, dict);
    Rows::new(&reading).numerals().next().map(|row| row.comparison.to_owned())
}

/// True for the same words, or the same number written in another way.
fn same(found: &str, expected: &str) -> bool {
    let number = |text: &str| crate::decimal::parse(text);
    found == expected || matches!((number(found), number(expected)), (Some(a), Some(b)) if a == b)
}
