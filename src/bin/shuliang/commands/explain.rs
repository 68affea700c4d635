//! `explain`: each sentence with what every layer found in it, and which rule made each fact.

use std::io::{self, Write};
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use shuliang::emit::{FactRow, Rows};
use shuliang::link::discourse::{Reach, Standing};
use shuliang::link::{Clause, Subject};
use shuliang::segment::LineKind;
use shuliang::source::{SourceError, article};
use shuliang::{Article, Dict, Reading, Span, read_watched};

use crate::args::{Explain, FromFolders};
use crate::columns::padded;
use crate::dictionary;
use crate::failure::{Failure, SOME_FAILED};
use crate::inputs;

/// Runs the command.
pub fn run(options: &Explain) -> Result<ExitCode, Failure> {
    let dict = dictionary::dict(options.words.dict.as_deref())?;
    let inputs::Listing { files: inputs, errors, .. } = inputs::chosen(std::slice::from_ref(&options.file), &FromFolders::default())?;
    let mut failed = false;
    let mut out = anstream::stdout().lock();
    let mut show = |article: Result<Article, SourceError>| match article {
        Ok(article) => explain(&article, &dict, &mut out).map_err(|error| Failure::Output("standard output".to_owned(), error)),
        Err(error) => {
            failed = true;
            // if standard error is closed, the exit status still tells
            let _ = writeln!(anstream::stderr(), "error: {error}");
            Ok(())
        }
    };
    errors.into_iter().try_for_each(|error| show(Err(error)))?;
    let options = options.input.source();
    for input in &inputs {
        input.pieces(&options, &dict).try_for_each(|piece| show(piece.and_then(|piece| article(piece, &options, &dict))))?;
    }
    Ok(if failed { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const NUMERAL: Style = AnsiColor::Cyan.on_default();
const REFUSED: Style = AnsiColor::Red.on_default();
const TIME: Style = AnsiColor::Magenta.on_default();
const QUANTITY: Style = AnsiColor::Yellow.on_default();
const ENTITY: Style = AnsiColor::Blue.on_default();
const FACT: Style = AnsiColor::Green.on_default();

fn explain(article: &Article, dict: &Dict, out: &mut impl Write) -> io::Result<()> {
    let mut states: Vec<(Clause, Standing)> = Vec::new();
    let reading = &read_watched(article, dict, &mut |clause, state| states.push((*clause, state.standing())));
    let rows = Rows::new(reading);
    let head = rows.article();
    writeln!(out, "{BOLD}{}{BOLD:#}  title: {}  published: {}", head.article, shown(&head.title), shown(&head.published))?;
    if let Some(frame) = reading.frame {
        let words = frame.span.map_or("(title)", |span| article.quote(span));
        let [start, end] = [frame.period.start, frame.period.end].map(|day| day.map_or(String::new(), |day| day.to_string()));
        writeln!(out, "  facts without a time of their own: {words} {}", interval(&start, &end))?;
    }
    for note in &article.notes {
        writeln!(out, "  note: {note}")?;
    }
    let layers = layers(reading, &rows, &states);
    for (&sentence, row) in reading.sentences.iter().zip(rows.sentences()) {
        let line = reading.lines.iter().find(|line| line.span.overlaps(sentence)).map_or(LineKind::Body, |line| line.kind);
        let (style, mark) = match line {
            LineKind::Body => (BOLD, ""),
            LineKind::Title => (BOLD, " (title)"),
            LineKind::Furniture => (DIM, " (furniture)"),
        };
        writeln!(out, "\n{style}{}–{}{mark}  {}{style:#}", row.start, row.end, row.text)?;
        for (_, entry) in layers.iter().filter(|(span, _)| sentence.contains(*span)) {
            let (style, layer, text, says) = (entry.style, entry.layer, &entry.text, &entry.says);
            writeln!(out, "  {style}{layer:<8}{style:#}  {}  {says}", padded(text, 20))?;
        }
    }
    writeln!(out)
}

/// One finding: its layer, its words and what they were taken for.
struct Entry {
    style: Style,
    layer: &'static str,
    text: String,
    says: String,
}

/// The findings of all layers with their places, layer after layer.
fn layers(reading: &Reading<'_>, rows: &Rows<'_>, states: &[(Clause, Standing)]) -> Vec<(Span, Entry)> {
    let article = reading.article;
    let mut all = Vec::new();
    let mut add = |span: Span, style, layer, says: String| all.push((span, Entry { style, layer, text: article.quote(span).to_owned(), says }));
    for (numeral, row) in reading.numerals.iter().zip(rows.numerals()) {
        add(numeral.span, NUMERAL, "numeral", amount(&row.value, &row.value_max, "", row.comparison));
    }
    for refusal in &reading.refusals {
        add(refusal.span, REFUSED, "refused", refusal.reason.to_owned());
    }
    for (time, row) in reading.times.iter().zip(rows.times()) {
        add(time.span, TIME, "time", format!("{} {}", row.r#type, interval(&row.time_start, &row.time_end)));
    }
    for (quantity, row) in reading.quantities.iter().zip(rows.quantities()) {
        let base = if row.base_value.is_empty() || row.unit == row.base_unit { String::new() } else { format!(" = {} {}", row.base_value, row.base_unit) };
        let amount = amount(&row.value, &row.value_max, &row.unit, row.comparison);
        add(quantity.span, QUANTITY, "quantity", format!("{amount}{base}  [{} {}]", row.r#type, row.role));
    }
    for (mention, row) in reading.mentions.list.iter().zip(rows.entities()) {
        let code = if row.code.is_empty() { String::new() } else { format!(" {}", row.code) };
        let stands = if mention.anaphor { "stands for " } else { "" };
        add(mention.span, ENTITY, "entity", format!("{stands}{}  [{}{code}]", row.name, row.r#type));
    }
    for (clause, state) in states {
        add(clause.span, DIM, "before", standing(reading, state));
    }
    for (fact, row) in reading.facts.iter().zip(rows.facts()) {
        if let Some(quantity) = reading.quantities.get(fact.quantity) {
            add(quantity.span, FACT, "fact", says(&row));
        }
    }
    all
}

/// What is in force before a clause, and how far each part of it carries.
fn standing(reading: &Reading<'_>, state: &Standing) -> String {
    let reach = |reach: Reach| match reach {
        Reach::Sentence => "this sentence",
        Reach::Line => "this line",
        Reach::Next => "until the next",
        Reach::Article => "whole article",
    };
    let subject = state.subject.as_ref().map(|subject| match subject {
        Subject::Entity(id) => reading.mentions.entity(*id).map(|entity| entity.name.clone()).unwrap_or_default(),
        Subject::Phrase(words) => words.clone(),
    });
    let time = state.time.and_then(|index| reading.times.get(index)).map(|time| reading.article.quote(time.span).to_owned());
    let parts = [
        subject.map(|name| format!("subject {name} ({})", reach(state.subject_reach))),
        state.indicator.as_ref().map(|words| format!("indicator {words} (this line)")),
        state.whole.as_ref().map(|words| format!("whole {words} (this sentence)")),
        time.map(|words| format!("time {words} ({})", reach(state.time_reach))),
        state.timeless.then(|| "no time is carried (this sentence)".to_owned()),
        state.scenario.as_ref().map(|words| format!("scenario {words} (this sentence)")),
        state.certainty.map(|certainty| format!("{} (this sentence)", certainty.name())),
        state.group.as_ref().map(|words| format!("group {words} (this sentence)")),
        state.filter.as_ref().map(|words| format!("filter {words} (this sentence)")),
        state.scope.as_ref().map(|words| format!("scope {words} (this sentence)")),
        state.basis.as_ref().map(|words| format!("basis {words} (this line)")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "–".to_owned() } else { parts.join(" · ") }
}

/// A fact in one line, with its rule.
fn says(row: &FactRow) -> String {
    let mut parts = vec![shown(&row.subject).to_owned(), shown(&row.indicator).to_owned(), amount(&row.value, &row.value_max, &row.unit, row.comparison)];
    if row.change != "none" {
        parts.push(format!("{} {}", row.change, row.basis).trim_end().to_owned());
    }
    if !(row.time_start.is_empty() && row.time_end.is_empty()) {
        parts.push(interval(&row.time_start, &row.time_end));
    }
    parts.push(row.modality.to_owned());
    if !row.condition.is_empty() {
        parts.push(format!("if {}", row.condition));
    }
    if !row.inferred.is_empty() {
        parts.push(format!("inferred {}", row.inferred));
    }
    format!("{}  ({})", parts.join(" · "), row.rule)
}

fn amount(value: &str, max: &str, unit: &str, comparison: &str) -> String {
    let upper = if max.is_empty() { String::new() } else { format!("–{max}") };
    let hedge = if comparison == "eq" { "" } else { comparison };
    [hedge, &format!("{}{upper}", shown(value)), unit].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn interval(start: &str, end: &str) -> String {
    match (start, end) {
        ("", "") => "–".to_owned(),
        ("", end) => format!("../{end}"),
        (start, "") => format!("{start}/.."),
        (start, end) => format!("{start}/{end}"),
    }
}

fn shown(text: &str) -> &str {
    if text.is_empty() { "–" } else { text }
}
