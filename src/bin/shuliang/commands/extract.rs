//! `extract`: articles in, tables out.

use std::io::{IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use jieba_rs::Jieba;
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use shuliang::emit::{CheckRow, Rows, Table, csv};
use shuliang::segment::{Token, words};
use shuliang::source::{Options, Piece, SourceError, article};
use shuliang::{Article, Dict, Reading, Span, read};

use crate::args::Extract;
use crate::failure::{Failure, SOME_FAILED};
use crate::inputs::{self, Input};
use crate::output::Output;

/// How many articles are held at once.
const BATCH: usize = 256;
/// How many bytes of articles are held at once.
const BATCH_BYTES: usize = 16 << 20;
/// From how many files on progress is shown.
const MANY: u64 = 20;

/// Runs the command.
pub fn run(options: &Extract) -> Result<ExitCode, Failure> {
    let tables = tables(options)?;
    if let Some(jobs) = options.jobs {
        let pool = ThreadPoolBuilder::new().num_threads(jobs.into()).build_global();
        pool.map_err(|error| Failure::Message(error.to_string()))?;
    }
    let dict = inputs::dict(options.words.dict.as_deref())?;
    let (inputs, errors) = inputs::list(&options.inputs);
    let output = Output::open(options.out.as_deref(), &tables, options.shape.clone())?;
    let source = options.input.source();
    let mut run = Run { dict: &dict, source: &source, tables: &tables, jieba: OnceLock::new(), output, facts: 0, failed: false, progress: progress(&inputs) };
    for error in errors {
        run.fail(error)?;
    }
    let mut waiting = Batch::default();
    for input in &inputs {
        for piece in input.pieces(&source, &dict) {
            let size = piece.as_ref().map_or(0, Piece::size);
            if let Some(full) = waiting.add(piece, size) {
                run.articles(full)?;
            }
        }
        run.progress.inc(1);
    }
    run.articles(waiting.take())?;
    run.progress.finish_and_clear();
    run.output.finish()?;
    Ok(if run.failed { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}

fn tables(options: &Extract) -> Result<Vec<Table>, Failure> {
    let mut tables: Vec<Table> = Vec::new();
    for &table in &options.tables {
        if !tables.contains(&table) {
            tables.push(table);
        }
    }
    match (&options.out, tables.as_slice()) {
        (None, []) => Ok(vec![Table::Facts]),
        (Some(_), []) => Ok(Table::DEFAULT.to_vec()),
        (None, [_, _, ..]) => Err(Failure::Message("standard output takes one table; name a folder with --out DIR for more".to_owned())),
        _ => Ok(tables),
    }
}

fn progress(inputs: &[Input]) -> ProgressBar {
    let many = inputs.len() as u64 >= MANY;
    if !many || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(inputs.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} files, {eta} left") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// What waits until there is enough of it to be read side by side.
struct Batch<T> {
    items: Vec<T>,
    bytes: usize,
}

impl<T> Default for Batch<T> {
    fn default() -> Batch<T> {
        Batch { items: Vec::new(), bytes: 0 }
    }
}

impl<T> Batch<T> {
    /// Adds an item of so many bytes; gives all of them once there are enough.
    fn add(&mut self, item: T, bytes: usize) -> Option<Vec<T>> {
        self.items.push(item);
        self.bytes = self.bytes.saturating_add(bytes);
        (self.items.len() >= BATCH || self.bytes >= BATCH_BYTES).then(|| self.take())
    }

    fn take(&mut self) -> Vec<T> {
        self.bytes = 0;
        std::mem::take(&mut self.items)
    }
}

/// The work under way.
struct Run<'a> {
    dict: &'a Dict,
    source: &'a Options,
    tables: &'a [Table],
    jieba: OnceLock<Jieba>,
    output: Output,
    /// How many rows of facts there are so far.
    facts: usize,
    failed: bool,
    progress: ProgressBar,
}

impl Run<'_> {
    /// Reads a batch side by side and writes it in order.
    fn articles(&mut self, pieces: Vec<Result<Piece, SourceError>>) -> Result<(), Failure> {
        let (dict, source, tables, jieba) = (self.dict, self.source, self.tables, &self.jieba);
        let read = |piece: Result<Piece, SourceError>| piece.and_then(|piece| guarded(piece, source, dict, tables, jieba));
        let done: Vec<Result<Done, SourceError>> = pieces.into_par_iter().map(read).collect();
        for done in done {
            match done {
                Err(error) => self.fail(error)?,
                Ok(done) => self.write(done)?,
            }
        }
        Ok(())
    }

    fn write(&mut self, done: Done) -> Result<(), Failure> {
        for (&table, lines) in self.tables.iter().zip(&done.tables) {
            self.output.write(table, lines)?;
        }
        if self.tables.contains(&Table::Checks) {
            let rows = done.checks.into_iter().map(|row| row.after(self.facts));
            let lines = csv::checks(rows).map_err(|error| Failure::Output("checks.csv".to_owned(), error))?;
            self.output.write(Table::Checks, &lines)?;
        }
        self.facts += done.facts;
        Ok(())
    }

    fn fail(&mut self, error: SourceError) -> Result<(), Failure> {
        self.failed = true;
        let line = csv::error(&error).map_err(|e| Failure::Output("errors.csv".to_owned(), e))?;
        self.progress.suspend(|| {
            // if standard error is closed, errors.csv still tells
            let _ = writeln!(anstream::stderr(), "error: {error}");
        });
        self.output.write(Table::Errors, &line)
    }
}

/// One article, read.
struct Done {
    /// The lines of every table; `checks` has none, for its rows name rows of the table `facts`.
    tables: Vec<Vec<u8>>,
    /// The rows of `checks`, counted from this article's first fact.
    checks: Vec<CheckRow>,
    /// How many rows of facts it has.
    facts: usize,
}

/// The lines of every table for one article. A mistake of ours, or of a library that reads a format, in one article must
/// not cost the others.
fn guarded(piece: Piece, source: &Options, dict: &Dict, tables: &[Table], jieba: &OnceLock<Jieba>) -> Result<Done, SourceError> {
    let (name, place, id) = (piece.source.to_string(), piece.place.clone(), piece.id.clone());
    let read = || {
        let article = article(piece, source, dict)?;
        let failed = |error: std::io::Error| SourceError { article: article.id.clone(), ..SourceError::whole(&article.source, error.to_string()) };
        lines(&article, dict, tables, jieba).map_err(failed)
    };
    let message = "the program failed on it; please report this".to_owned();
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(SourceError { source: name, article: id, place, message }))
}

fn lines(article: &Article, dict: &Dict, tables: &[Table], jieba: &OnceLock<Jieba>) -> std::io::Result<Done> {
    let reading = read(article, dict);
    let rows = Rows::new(&reading);
    let tokens = if tables.contains(&Table::Tokens) { tokens(&reading, jieba.get_or_init(Jieba::new)) } else { Vec::new() };
    let lines = |&table: &Table| if table == Table::Checks { Ok(Vec::new()) } else { csv::rows(table, &rows, &tokens) };
    Ok(Done { tables: tables.iter().map(lines).collect::<Result<_, _>>()?, checks: rows.checks().collect(), facts: reading.facts.len() })
}

/// The words of an article; quantities, times and names are one word each.
fn tokens(reading: &Reading<'_>, jieba: &Jieba) -> Vec<Token> {
    let mut fixed: Vec<(Span, &str)> = Vec::new();
    fixed.extend(reading.quantities.iter().map(|quantity| (quantity.span, "quantity")));
    fixed.extend(reading.times.iter().map(|time| (time.span, "time")));
    fixed.extend(reading.mentions.list.iter().map(|mention| (mention.span, "entity")));
    // where two layers share a stretch, the one that begins first and reaches further is the word
    fixed.sort_by_key(|(span, _)| (span.start(), std::cmp::Reverse(span.end())));
    words(&reading.article.text, &fixed, jieba)
}
