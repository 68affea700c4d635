//! `diff`: what changed between the tables of two runs.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use serde_json::{Map, Value, json};
use shuliang::diff::{Diff, Difference, Sheet, diff};
use shuliang::emit::Table;

use crate::args::DiffOptions;
use crate::columns::aligned;
use crate::failure::Failure;

/// The exit status where the tables differ.
const DIFFERENT: u8 = 1;

/// Runs the command.
pub fn run(options: &DiffOptions) -> Result<ExitCode, Failure> {
    let (before, after) = (Place::new(&options.before)?, Place::new(&options.after)?);
    let wanted = |table: &Table| options.tables.is_empty() || options.tables.contains(table);
    // the facts are read even where nobody asks for them: checks name their rows
    let tables = Table::ALL.into_iter().chain([Table::Errors]);
    let sheets = tables.map(|table| Ok((table, before.sheet(table)?, after.sheet(table)?))).collect::<Result<Vec<_>, Failure>>()?;
    for (place, path) in [(&before, &options.before), (&after, &options.after)] {
        if place.tables.is_empty() {
            return Err(Failure::Message(format!("{}: expected tables such as facts.csv, found none", path.display())));
        }
    }
    let sheets: Vec<_> = sheets.into_iter().filter(|(_, before, after)| before.is_some() || after.is_some()).collect();
    let diffs: Vec<(Table, Diff)> = diff(sheets).into_iter().filter(|(table, _)| wanted(table)).collect();
    let stdout = |error| Failure::Output("standard output".to_owned(), error);
    match &options.json {
        Some(path) if path.as_os_str() == "-" => writeln!(io::stdout().lock(), "{:#}", everything(&diffs)).map_err(stdout)?,
        json => {
            print(&diffs, options.show).map_err(stdout)?;
            if let Some(path) = json {
                fs::write(path, format!("{:#}\n", everything(&diffs))).map_err(|error| Failure::Output(path.display().to_string(), error))?;
            }
        }
    }
    Ok(if diffs.iter().all(|(_, diff)| diff.is_same()) { ExitCode::SUCCESS } else { ExitCode::from(DIFFERENT) })
}

/// The tables of one side: those of a folder, or a single one.
struct Place {
    tables: Vec<(Table, PathBuf)>,
}

impl Place {
    fn new(path: &Path) -> Result<Place, Failure> {
        let all = || Table::ALL.into_iter().chain([Table::Errors]);
        if path.is_dir() {
            let file = |table: Table| ["csv", "tsv"].iter().map(|ending| path.join(format!("{}.{ending}", table.name()))).find(|file| file.is_file());
            return Ok(Place { tables: all().filter_map(|table| file(table).map(|file| (table, file))).collect() });
        }
        if !path.is_file() {
            return Err(Failure::Message(format!("{}: expected a folder or a table, found nothing", path.display())));
        }
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let table = all().find(|table| stem.contains(table.name()));
        let names = || all().map(Table::name).collect::<Vec<_>>().join(", ");
        let table = table.ok_or_else(|| Failure::Message(format!("{}: expected the name of a table in its name: {}", path.display(), names())))?;
        Ok(Place { tables: vec![(table, path.to_owned())] })
    }

    fn sheet(&self, table: Table) -> Result<Option<Sheet>, Failure> {
        let Some((_, path)) = self.tables.iter().find(|(known, _)| *known == table) else { return Ok(None) };
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|error| Failure::Message(format!("{name}: {error}")))?;
        let delimiter = if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("tsv")) { b'\t' } else { b',' };
        Sheet::read(table, &name, &bytes, delimiter).map(Some).map_err(|error| Failure::Message(error.to_string()))
    }
}

const APPEARED: Style = AnsiColor::Green.on_default();
const WENT: Style = AnsiColor::Red.on_default();
const CHANGED: Style = AnsiColor::Yellow.on_default();
const BOLD: Style = Style::new().bold();

fn print(diffs: &[(Table, Diff)], show: usize) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    for (table, diff) in diffs {
        let moved = diff.differences.iter().filter(|difference| difference.is_move()).count();
        let [appeared, went, changed] = counts(diff);
        let parts = [(diff.same, "same"), (moved, "moved"), (changed - moved, "changed"), (appeared, "appeared"), (went, "went")];
        let parts: Vec<String> = parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
        let parts = if parts.is_empty() { "no rows".to_owned() } else { parts.join(", ") };
        writeln!(out, "{BOLD}{}{BOLD:#}: {} rows, then {}: {parts}", table.name(), diff.before, diff.after)?;
        for (names, word) in [(&diff.new_columns, "new"), (&diff.old_columns, "gone")] {
            if !names.is_empty() {
                writeln!(out, "  columns {word}: {}", names.join(", "))?;
            }
        }
        let worth = || diff.differences.iter().filter(|difference| !difference.is_move());
        for difference in worth().take(show) {
            line(difference, &mut out)?;
        }
        let more = worth().count().saturating_sub(show);
        if more > 0 {
            writeln!(out, "  … and {more} more")?;
        }
        let rules = diff.rules();
        if !rules.is_empty() {
            let mut rows = vec![["rule", "appeared", "went", "changed"].map(str::to_owned).to_vec()];
            rows.extend(rules.into_iter().map(|(rule, count)| vec![rule, count.appeared.to_string(), count.went.to_string(), count.changed.to_string()]));
            for row in aligned(&rows) {
                writeln!(out, "  {row}")?;
            }
        }
    }
    Ok(())
}

fn line(difference: &Difference, out: &mut impl Write) -> io::Result<()> {
    let (style, sign) = match difference {
        Difference::Appeared(_) => (APPEARED, '+'),
        Difference::Went(_) => (WENT, '-'),
        Difference::Changed(..) => (CHANGED, '~'),
    };
    let cell = |column: &str| difference.cell(column).to_owned();
    let place = if cell("start").is_empty() { String::new() } else { format!("{}–{}", cell("start"), cell("end")) };
    let rule = if cell("rule").is_empty() { String::new() } else { format!("({})", cell("rule")) };
    let says = [cell("subject"), cell("indicator"), cell("name"), cell("title"), cell("kind"), cell("error")];
    let says = says.into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" · ");
    let words = [cell("article"), place, cell("written"), cell("text"), says, rule];
    let words = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("  ");
    writeln!(out, "  {style}{sign}{style:#} {words}")?;
    if let Difference::Changed(_, fields) = difference {
        let shown = |cell: &str| if cell.is_empty() { "–".to_owned() } else { cell.to_owned() };
        for (column, before, after) in fields {
            writeln!(out, "      {column}: {} → {}", shown(before), shown(after))?;
        }
    }
    Ok(())
}

/// How many rows appeared, went and changed.
fn counts(diff: &Diff) -> [usize; 3] {
    let mut counts = [0; 3];
    for difference in &diff.differences {
        match difference {
            Difference::Appeared(_) => counts[0] += 1,
            Difference::Went(_) => counts[1] += 1,
            Difference::Changed(..) => counts[2] += 1,
        }
    }
    counts
}

fn everything(diffs: &[(Table, Diff)]) -> Value {
    let row = |difference: &Difference| -> Value { difference.row().iter().map(|(column, cell)| (column.clone(), json!(cell))).collect::<Map<_, _>>().into() };
    let table = |diff: &Diff| {
        let (mut appeared, mut went, mut changed) = (Vec::new(), Vec::new(), Vec::new());
        for difference in &diff.differences {
            match difference {
                Difference::Appeared(_) => appeared.push(row(difference)),
                Difference::Went(_) => went.push(row(difference)),
                Difference::Changed(_, fields) => {
                    let fields: Map<String, Value> = fields.iter().map(|(column, before, after)| (column.clone(), json!([before, after]))).collect();
                    changed.push(json!({ "row": row(difference), "fields": fields }));
                }
            }
        }
        let rules: Map<String, Value> =
            diff.rules().into_iter().map(|(rule, count)| (rule, json!({ "appeared": count.appeared, "went": count.went, "changed": count.changed }))).collect();
        json!({
            "before": diff.before, "after": diff.after, "same": diff.same, "appeared": appeared, "went": went, "changed": changed,
            "rules": rules, "columns": { "appeared": diff.new_columns, "went": diff.old_columns },
        })
    };
    let tables: Map<String, Value> = diffs.iter().map(|(name, diff)| (name.name().to_owned(), table(diff))).collect();
    json!({ "same": diffs.iter().all(|(_, diff)| diff.is_same()), "tables": tables })
}
