//! Tables on their way out: to standard output, or to files that appear whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};

use shuliang::emit::Table;

use crate::args::{Format, Shape};
use crate::failure::Failure;
use crate::formats::{self, Kept};

/// Where the tables go.
pub enum Output {
    /// One table in one format, to standard output.
    Stdout(BufWriter<StdoutLock<'static>>, Format, Shape),
    /// A folder of files.
    Folder(Folder),
}

/// A folder whose tables are kept as plain CSV until all are complete.
pub struct Folder {
    path: PathBuf,
    shape: Shape,
    files: Vec<(Table, BufWriter<File>)>,
}

impl Output {
    /// Opens the output.
    pub fn open(out: Option<&Path>, tables: &[Table], shape: Shape) -> Result<Output, Failure> {
        let Some(path) = out else {
            let format = formats::single(&shape)?;
            let mut stdout = BufWriter::new(io::stdout().lock());
            for &table in tables {
                formats::head(format, table, &shape).and_then(|head| stdout.write_all(&head)).map_err(stdout_failure)?;
            }
            return Ok(Output::Stdout(stdout, format, shape));
        };
        fs::create_dir_all(path).map_err(|error| failure(path, error))?;
        let mut folder = Folder { path: path.to_owned(), shape, files: Vec::new() };
        for &table in tables {
            folder.add(table)?;
        }
        Ok(Output::Folder(folder))
    }

    /// Adds plain lines to a table. Standard output has no place for errors; they are named on standard error.
    pub fn write(&mut self, table: Table, lines: &[u8]) -> Result<(), Failure> {
        match self {
            Output::Stdout(..) if table == Table::Errors => Ok(()),
            Output::Stdout(stdout, format, shape) => {
                formats::rows(*format, table, lines, shape).and_then(|rows| stdout.write_all(&rows)).map_err(stdout_failure)
            }
            Output::Folder(folder) => folder.write(table, lines),
        }
    }

    /// Writes what is still held back, in the formats that were asked for, and gives the files their names.
    pub fn finish(self) -> Result<(), Failure> {
        match self {
            Output::Stdout(mut stdout, ..) => stdout.flush().map_err(stdout_failure),
            Output::Folder(folder) => folder.finish(),
        }
    }
}

impl Folder {
    fn add(&mut self, table: Table) -> Result<(), Failure> {
        let path = kept(&self.path, table);
        let file = File::create(&path).map_err(|error| failure(&path, error))?;
        self.files.push((table, BufWriter::new(file)));
        Ok(())
    }

    fn write(&mut self, table: Table, lines: &[u8]) -> Result<(), Failure> {
        if !self.files.iter().any(|(t, _)| *t == table) {
            self.add(table)?;
        }
        let path = kept(&self.path, table);
        match self.files.iter_mut().find(|(t, _)| *t == table) {
            Some((_, file)) => file.write_all(lines).map_err(|error| failure(&path, error)),
            None => Ok(()),
        }
    }

    fn finish(mut self) -> Result<(), Failure> {
        for (table, file) in &mut self.files {
            file.flush().map_err(|error| failure(&kept(&self.path, *table), error))?;
        }
        let tables: Vec<Kept> = self.files.iter().map(|(table, _)| Kept { table: *table, path: kept(&self.path, *table) }).collect();
        formats::write(&tables, &self.path, &self.shape)
    }
}

impl Drop for Folder {
    /// Removes what the run kept.
    fn drop(&mut self) {
        for (table, _) in &self.files {
            // nothing better can be done with a file that cannot be removed
            let _ = fs::remove_file(kept(&self.path, *table));
        }
    }
}

/// Where a run keeps a table.
fn kept(folder: &Path, table: Table) -> PathBuf {
    folder.join(format!(".{}.{}", table.name(), std::process::id()))
}

fn failure(path: &Path, error: io::Error) -> Failure {
    Failure::Output(path.display().to_string(), error)
}

fn stdout_failure(error: io::Error) -> Failure {
    Failure::Output("standard output".to_owned(), error)
}
