//! `extract`: articles in, tables out.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::thread;

use clap::ValueEnum;
use shuliang::emit::Table;
use shuliang::segment::Segmenter;
use shuliang::{Article, Dict, source};

use super::{annotate, watch};
use crate::args::{AnnotateOptions, Extract, Wanted};
use crate::batch::{Inputs, Work};
use crate::dictionary::{self, Words};
use crate::failure::{Failure, SOME_FAILED};
use crate::inputs::{self, Listing, Patterns};
use crate::output::{Folder, Identity, Output, Tally};
use crate::own::Own;
use crate::progress::Progress;

/// Runs the command.
pub fn run(options: &Extract) -> Result<ExitCode, Failure> {
    if let Some(tool) = tool(options)? {
        return annotate::run(&tool);
    }
    if let (true, Some(out)) = (options.watch, &options.out) {
        return watch::run(options, out);
    }
    let reader = Reader::new(options)?;
    let listing = Listing::new(&options.inputs, &Patterns::new(&options.from_folders)?, &mut Own::default());
    if let Some(note) = listing.note().filter(|_| !options.quiet) {
        // if standard error is closed, nobody waits for it
        let _ = writeln!(anstream::stderr(), "{note}");
    }
    let inputs = Inputs { errors: listing.errors, files: listing.files };
    let (output, tally) = open(options, &reader.tables, &inputs, &reader.identity)?;
    let progress = Progress::new(&inputs.files, options.quiet, &tally);
    let (output, tally, failure) = reader.work(&progress).run(&inputs, output, tally);
    progress.end();
    let kept = output.kept().map(Path::to_owned);
    let done = failure.map_or_else(|| output.finish(&tally), Err);
    if let Err(failure) = done {
        return Err(match kept {
            Some(folder) => Failure::Kept(Box::new(failure), folder),
            None => failure,
        });
    }
    if !options.quiet && (options.out.is_some() || std::io::stderr().is_terminal()) {
        // if standard error is closed, nobody waits for it
        let _ = writeln!(anstream::stderr(), "{}", progress.summary(&tally));
    }
    // the process ends here; to take the dictionary apart would cost a millisecond or two
    std::mem::forget(reader);
    Ok(if tally.failed > 0 { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}

/// What the articles of a run are read with.
pub struct Reader<'a> {
    /// The options of the command.
    pub options: &'a Extract,
    /// The tables that are written.
    pub tables: Vec<Table>,
    dict: Dict,
    /// Of the user's words.
    identity: String,
    source: source::Options,
    segmenter: Option<Segmenter>,
    jobs: usize,
}

impl<'a> Reader<'a> {
    /// Makes everything ready.
    pub fn new(options: &'a Extract) -> Result<Reader<'a>, Failure> {
        let tables = tables(options)?;
        let Words { dict, identity } = dictionary::open(options.words.dict.as_deref())?;
        let jobs = options.jobs.map_or_else(|| thread::available_parallelism().map_or(1, usize::from), usize::from);
        // what is done side by side after the reading takes no more threads than that
        if options.jobs.is_some() {
            // only the first in a process counts, and there is only one
            let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
        }
        let segmenter = tables.contains(&Table::Tokens).then(|| options.segmenter.open());
        Ok(Reader { options, tables, dict, identity, source: options.input.source(), segmenter, jobs })
    }

    /// The work on articles.
    pub fn work<'w>(&'w self, progress: &'w Progress) -> Work<'w> {
        Work {
            segmenter: self.segmenter.as_ref(),
            dict: &self.dict,
            source: &self.source,
            tables: &self.tables,
            longest_section: Article::LONGEST_SECTION,
            jobs: self.jobs,
            progress,
        }
    }

    /// The inputs, as they were named.
    pub fn names(&self) -> String {
        self.options.inputs.iter().map(|input| input.display().to_string()).collect::<Vec<_>>().join(", ")
    }
}

/// The same as options of `annotate`, where `--format` names an annotation tool.
fn tool(options: &Extract) -> Result<Option<AnnotateOptions>, Failure> {
    let tools = options.shape.tools();
    let Some(&format) = tools.first() else { return Ok(None) };
    let name = format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    let refuse = |why: &str| Err(Failure::Message(format!("--format {name} writes articles for annotation, not tables: {why}")));
    let Some(out) = &options.out else { return refuse("name a folder with --out DIR") };
    if options.shape.format.iter().any(|other| *other != Wanted::Tool(format)) {
        return refuse("give it alone");
    }
    if !options.tables.is_empty() || options.resume || options.watch {
        return refuse("--tables, --resume and --watch do not go with it");
    }
    let (inputs, from_folders, input, words) = (options.inputs.clone(), options.from_folders.clone(), options.input.clone(), options.words.clone());
    Ok(Some(AnnotateOptions { inputs, from_folders, format, out: out.clone(), overwrite: false, input, words }))
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

/// The output, and how far an interrupted run had come with it.
fn open(options: &Extract, tables: &[Table], inputs: &Inputs, words: &str) -> Result<(Output, Tally), Failure> {
    let Some(folder) = &options.out else {
        let table = tables.first().copied().unwrap_or(Table::Facts);
        return Ok((Output::stdout(table, &options.shape)?, Tally::default()));
    };
    if options.resume && inputs.files.iter().any(inputs::Input::is_stdin) {
        return Err(Failure::Message("standard input cannot be read a second time; --resume takes files and folders".to_owned()));
    }
    // what does not change the tables may differ between a run and the one that goes on with it
    let same = Extract { inputs: Vec::new(), out: None, jobs: None, resume: false, watch: false, quiet: false, ..options.clone() };
    let identity = Identity::new(&format!("{same:?}"), words, &inputs.files);
    let open = if options.resume { Folder::resume } else { Folder::create };
    let (folder, tally) = open(folder, tables, &options.shape, &identity)?;
    Ok((Output::Folder(folder), tally))
}
