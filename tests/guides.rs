//! The guides to the columns name every column that the program writes, and no other, and say the truth about empty cells.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use shuliang::emit::{Holds, Table, Unit};
use tempfile::TempDir;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A row of a guide: column, Chinese name, meaning, unit, when it is empty.
type Row = Vec<String>;

/// The rows under each heading that is the name of a table.
fn rows(name: &str) -> BTreeMap<String, Vec<Row>> {
    let text = fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut tables: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    let mut heading = "";
    for line in text.lines() {
        if let Some(words) = line.strip_prefix("## ") {
            heading = words;
        } else if let Some(cells) = line.strip_prefix("| `").and_then(|line| line.strip_suffix('|')) {
            let row = format!("`{cells}").split('|').map(|cell| cell.trim().to_owned()).collect();
            tables.entry(heading.to_owned()).or_default().push(row);
        }
    }
    tables
}

fn tables() -> impl Iterator<Item = Table> {
    Table::ALL.into_iter().chain([Table::Errors])
}

/// The words in backticks of a cell.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

const GUIDES: [&str; 2] = ["docs/columns.md", "docs/columns.zh-CN.md"];

#[test]
fn the_guides_name_every_column_and_no_other() {
    for guide in GUIDES {
        let found = rows(guide);
        assert_eq!(found.len(), tables().count(), "{guide}: {:?}", found.keys());
        for table in tables() {
            let rows = found.get(table.name()).unwrap_or_else(|| panic!("{guide} has no {}", table.name()));
            let names: Vec<(&str, &str)> = rows.iter().map(|row| (row[0].trim_matches('`'), row[1].as_str())).collect();
            let columns: Vec<(&str, &str)> = table.columns().iter().map(|column| (column.en, column.zh)).collect();
            assert_eq!(names, columns, "{guide}, {}", table.name());
            for (row, column) in rows.iter().zip(table.columns()) {
                let place = format!("{guide}, {}.{}", table.name(), column.en);
                assert_eq!(row.len(), 5, "{place}: {row:?}");
                assert!(!row[2].is_empty() && !row[4].is_empty(), "{place} is not explained");
                if let Unit::In(unit) = column.unit {
                    assert_eq!(row[3], format!("`{unit}`"), "{place}");
                }
                if matches!(column.unit, Unit::Of(_)) {
                    assert!(!row[3].is_empty(), "{place} has no unit");
                }
            }
        }
    }
}

/// Every word that a column may hold is explained, where the column stands first.
#[test]
fn the_guides_explain_every_word_of_a_column() {
    let mut words_seen = 0;
    for guide in GUIDES {
        let found = rows(guide);
        for table in tables().filter(|table| *table != Table::Numerals) {
            for (row, column) in found[table.name()].iter().zip(table.columns()) {
                let Holds::OneOf(words) = column.holds else { continue };
                let explained = quoted(&row[2]);
                for word in words {
                    assert!(explained.contains(word), "{guide}, {}.{} does not explain {word}", table.name(), column.en);
                    words_seen += 1;
                }
                assert!(explained.iter().all(|word| words.contains(word) || *word == "facts" || word.contains("value")), "{guide}: {explained:?}");
            }
        }
    }
    assert!(words_seen > 100, "{words_seen}");
}

/// What a guide says is never empty never is, in the tables of all fixture articles and of some that cannot be read.
#[test]
fn what_is_never_empty_is_never_empty() {
    let at = TempDir::new().expect("a folder");
    let (broken, out) = (at.path().join("broken.jsonl"), at.path().join("out"));
    fs::write(&broken, "{\n{\"id\":\"a\"}\n{\"text\":\"长278×183×6mm，约合百元，近年来建成。\"}\n").expect("a file");
    let all: Vec<&str> = Table::ALL.into_iter().map(Table::name).collect();
    let output = Command::new(env!("CARGO_BIN_EXE_shuliang"))
        .arg("extract")
        .args([&root().join("fixtures/articles"), &broken])
        .args(["--include", "article.txt", "--tables", &all.join(","), "--quiet", "--out"])
        .arg(&out)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let empty: BTreeMap<(Table, &str), usize> = tables().flat_map(|table| empty(table, &out)).collect();
    for guide in GUIDES {
        let found = rows(guide);
        for table in tables() {
            for (row, column) in found[table.name()].iter().zip(table.columns()) {
                let never = matches!(row[4].as_str(), "never" | "不会空");
                let count = empty[&(table, column.en)];
                assert!(!never || count == 0, "{guide}: {}.{} is empty in {count} rows", table.name(), column.en);
            }
        }
    }
}

/// How many cells of each column are empty.
fn empty(table: Table, folder: &Path) -> Vec<((Table, &'static str), usize)> {
    let path = folder.join(format!("{}.csv", table.name()));
    let rows: Vec<csv::StringRecord> = csv::Reader::from_path(&path).expect("a table").records().map(|row| row.expect("CSV")).collect();
    assert!(!rows.is_empty(), "{} has no rows", path.display());
    let columns = table.columns().iter().enumerate();
    columns.map(|(at, column)| ((table, column.en), rows.iter().filter(|row| row[at].is_empty()).count())).collect()
}
