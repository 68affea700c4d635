//! Tables on their way out: to standard output, or to files that appear whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};

use shuliang::emit::{Header, Table, csv};

use crate::failure::Failure;

/// Where the tables go.
pub enum Output {
    /// One table, to standard output.
    Stdout(BufWriter<StdoutLock<'static>>),
    /// A folder of files.
    Folder(Folder),
}

/// A folder whose files are written under temporary names until all are complete.
pub struct Folder {
    path: PathBuf,
    header: Header,
    files: Vec<(Table, BufWriter<File>)>,
}

impl Output {
    /// Opens the output and writes the header lines.
    pub fn open(out: Option<&Path>, tables: &[Table], header: Header) -> Result<Output, Failure> {
        let Some(path) = out else {
            let mut output = Output::Stdout(BufWriter::new(io::stdout().lock()));
            for &table in tables {
                output.write(table, &csv::header(table, header).map_err(stdout_failure)?)?;
            }
            return Ok(output);
        };
        fs::create_dir_all(path).map_err(|error| failure(path, error))?;
        let mut folder = Folder { path: path.to_owned(), header, files: Vec::new() };
        for &table in tables {
            folder.add(table)?;
        }
        Ok(Output::Folder(folder))
    }

    /// Adds lines to a table. Standard output has no place for errors; they are named on standard error.
    pub fn write(&mut self, table: Table, lines: &[u8]) -> Result<(), Failure> {
        match self {
            Output::Stdout(_) if table == Table::Errors => Ok(()),
            Output::Stdout(stdout) => stdout.write_all(lines).map_err(stdout_failure),
            Output::Folder(folder) => folder.write(table, lines),
        }
    }

    /// Writes what is still held back and gives the files their names.
    pub fn finish(self) -> Result<(), Failure> {
        match self {
            Output::Stdout(mut stdout) => stdout.flush().map_err(stdout_failure),
            Output::Folder(folder) => folder.finish(),
        }
    }
}

impl Folder {
    fn add(&mut self, table: Table) -> Result<(), Failure> {
        let path = self.temporary(table);
        let file = File::create(&path).map_err(|error| failure(&path, error))?;
        self.files.push((table, BufWriter::new(file)));
        let line = csv::header(table, self.header).map_err(|error| failure(&path, error))?;
        self.write(table, &line)
    }

    fn write(&mut self, table: Table, lines: &[u8]) -> Result<(), Failure> {
        if !self.files.iter().any(|(t, _)| *t == table) {
            self.add(table)?;
        }
        let path = self.temporary(table);
        match self.files.iter_mut().find(|(t, _)| *t == table) {
            Some((_, file)) => file.write_all(lines).map_err(|error| failure(&path, error)),
            None => Ok(()),
        }
    }

    fn finish(mut self) -> Result<(), Failure> {
        for (table, file) in &mut self.files {
            let path = temporary(&self.path, *table);
            file.flush().map_err(|error| failure(&path, error))?;
        }
        let errors = self.files.iter().any(|(table, _)| *table == Table::Errors);
        for table in std::mem::take(&mut self.files).into_iter().map(|(table, _)| table) {
            let (from, to) = (self.temporary(table), self.named(table));
            fs::rename(&from, &to).map_err(|error| failure(&to, error))?;
        }
        if !errors {
            // errors of an earlier run would be taken for ours
            let stale = self.named(Table::Errors);
            match fs::remove_file(&stale) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failure(&stale, error)),
                _ => {}
            }
        }
        Ok(())
    }

    fn named(&self, table: Table) -> PathBuf {
        self.path.join(format!("{}.csv", table.name()))
    }

    fn temporary(&self, table: Table) -> PathBuf {
        temporary(&self.path, table)
    }
}

impl Drop for Folder {
    /// Removes what was not completed.
    fn drop(&mut self) {
        for (table, _) in &self.files {
            // nothing better can be done with a file that cannot be removed
            let _ = fs::remove_file(self.temporary(*table));
        }
    }
}

fn temporary(folder: &Path, table: Table) -> PathBuf {
    folder.join(format!(".{}.csv.{}", table.name(), std::process::id()))
}

fn failure(path: &Path, error: io::Error) -> Failure {
    Failure::Output(path.display().to_string(), error)
}

fn stdout_failure(error: io::Error) -> Failure {
    Failure::Output("standard output".to_owned(), error)
}
