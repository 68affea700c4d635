//! `report`: articles in, one HTML page out.

use std::fs;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;

use rayon::prelude::*;
use shuliang::emit::Rows;
use shuliang::emit::report::{Report, Sheet};
use shuliang::source::{Options, Piece, SourceError, article};
use shuliang::{Dict, read};

use crate::args::{Lang, ReportOptions};
use crate::failure::{Failure, SOME_FAILED};
use crate::inputs;

/// How many articles are read side by side.
const BATCH: usize = 256;

/// Runs the command.
pub fn run(options: &ReportOptions, lang: Option<Lang>) -> Result<ExitCode, Failure> {
    let dict = inputs::dict(options.words.dict.as_deref())?;
    let (inputs, errors) = inputs::list(&options.inputs);
    let source = options.input.source();
    let mut report = Report { errors, language: lang.map(Into::into), ..Report::default() };
    let mut pieces = inputs.iter().flat_map(|input| input.pieces(&source, &dict));
    loop {
        let batch: Vec<Result<Piece, SourceError>> = pieces.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let read: Vec<Result<Sheet, SourceError>> = batch.into_par_iter().map(|piece| piece.and_then(|piece| sheet(piece, &source, &dict))).collect();
        for sheet in read {
            match sheet {
                Ok(sheet) => report.sheets.push(sheet),
                Err(error) => report.errors.push(error),
            }
        }
    }
    for error in &report.errors {
        // if standard error is closed, the page still tells
        let _ = writeln!(anstream::stderr(), "error: {error}");
    }
    write(&options.output, &report.html())?;
    Ok(if report.errors.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

/// One article, read. A mistake of ours in it must not cost the others.
fn sheet(piece: Piece, source: &Options, dict: &Dict) -> Result<Sheet, SourceError> {
    let (name, place, id) = (piece.source.to_string(), piece.place.clone(), piece.id.clone());
    let read = || article(piece, source, dict).map(|article| Sheet::new(&Rows::new(&read(&article, dict))));
    let message = "the program failed on it; please report this".to_owned();
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(SourceError { source: name, article: id, place, message }))
}

/// Writes the page, whole or not at all; `-` is standard output.
fn write(path: &Path, page: &str) -> Result<(), Failure> {
    if path.as_os_str() == "-" {
        let mut out = io::stdout().lock();
        return out.write_all(page.as_bytes()).and_then(|()| out.flush()).map_err(|error| Failure::Output("standard output".to_owned(), error));
    }
    let fail = |error| Failure::Output(path.display().to_string(), error);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}", std::process::id()));
    let temporary = path.with_file_name(name);
    fs::write(&temporary, page).and_then(|()| fs::rename(&temporary, path)).map_err(|error| {
        // nothing better can be done with a file that cannot be removed
        let _ = fs::remove_file(&temporary);
        fail(error)
    })
}
