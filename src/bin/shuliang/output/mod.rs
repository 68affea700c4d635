//! Tables on their way out: to standard output, or to files that appear whole or not at all.

mod folder;
mod identity;
mod journal;
mod last;
mod lock;
mod part;

pub use folder::{Folder, LAST, Mark, clear, enter};
pub use identity::Identity;
pub use journal::{Place, Tally};
pub use last::Last;

use std::fs::File;
use std::io::{self, BufWriter, Stdout, Write};
use std::path::Path;

use shuliang::emit::Table;

use crate::args::{Format, Shape};
use crate::failure::Failure;
use crate::formats;

/// Where the tables go.
pub enum Output {
    /// One table in one format, to standard output.
    Stdout(BufWriter<Stdout>, Format, Shape),
    /// A folder of files.
    Folder(Folder),
}

impl Output {
    /// Standard output, with what stands before the rows of its table.
    pub fn stdout(table: Table, shape: &Shape) -> Result<Output, Failure> {
        let format = formats::single(shape)?;
        let mut stdout = BufWriter::new(io::stdout());
        formats::head(format, table, shape).and_then(|head| stdout.write_all(&head)).map_err(stdout_failure)?;
        Ok(Output::Stdout(stdout, format, shape.clone()))
    }

    /// Adds whole plain lines to a table. Standard output has no place for errors; they are named on standard error.
    pub fn write(&mut self, table: Table, lines: &[u8]) -> Result<(), Failure> {
        match self {
            Output::Stdout(..) if table == Table::Errors => Ok(()),
            Output::Stdout(stdout, format, shape) => {
                formats::rows(*format, table, lines, shape).and_then(|rows| stdout.write_all(&rows)).map_err(stdout_failure)
            }
            Output::Folder(folder) => folder.write(table, lines),
        }
    }

    /// Where the tables end now.
    pub fn mark(&self) -> Mark {
        match self {
            Output::Stdout(..) => Mark::default(),
            Output::Folder(folder) => folder.mark(),
        }
    }

    /// Takes back what was written since the mark. What has gone to standard output is gone.
    pub fn cut_back(&mut self, mark: &Mark) -> Result<(), Failure> {
        match self {
            Output::Stdout(..) => Ok(()),
            Output::Folder(folder) => folder.cut_back(mark),
        }
    }

    /// Called after each article: a folder now and then writes down how far it is.
    pub fn article_is_complete(&mut self, tally: &Tally) -> Result<(), Failure> {
        match self {
            Output::Stdout(..) => Ok(()),
            Output::Folder(folder) => folder.article_is_complete(tally),
        }
    }

    /// The folder where `--resume` can go on, if the run ends now.
    pub fn kept(&self) -> Option<&Path> {
        match self {
            Output::Stdout(..) => None,
            Output::Folder(folder) => folder.kept(),
        }
    }

    /// Writes what is still held back and gives the files their names.
    pub fn finish(self, tally: &Tally) -> Result<(), Failure> {
        match self {
            Output::Stdout(mut stdout, ..) => stdout.flush().map_err(stdout_failure),
            Output::Folder(folder) => folder.finish(tally),
        }
    }
}

fn failure(path: &Path, error: io::Error) -> Failure {
    Failure::Output(path.display().to_string(), error)
}

fn stdout_failure(error: io::Error) -> Failure {
    Failure::Output("standard output".to_owned(), error)
}

/// A file that is not there need not be removed.
fn absent_is_fine(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Makes sure that the names in a folder outlast a power cut. Where a system cannot do so for folders, nothing is lost that
/// it promised.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}
