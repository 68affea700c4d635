//! `report`: articles in, one HTML page out.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use shuliang::emit::report::{Report, Sheet};

use crate::args::{Lang, ReportOptions};
use crate::dictionary;
use crate::failure::{Failure, SOME_FAILED};
use crate::{inputs, reading};

/// Runs the command.
pub fn run(options: &ReportOptions, lang: Option<Lang>) -> Result<ExitCode, Failure> {
    let dict = dictionary::dict(options.words.dict.as_deref())?;
    let listing = inputs::chosen(&options.inputs, &options.from_folders)?;
    let mut report = Report { language: lang.map(Into::into), ..Report::default() };
    reading::each(listing, &options.input.source(), &dict, Sheet::new, |sheet| {
        match sheet {
            Ok(sheet) => report.sheets.push(sheet),
            Err(error) => {
                // if standard error is closed, the page still tells
                let _ = writeln!(anstream::stderr(), "error: {error}");
                report.errors.push(error);
            }
        }
        Ok(())
    })?;
    write(&options.output, &report.html())?;
    Ok(if report.errors.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
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
