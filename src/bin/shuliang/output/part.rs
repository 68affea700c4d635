//! A table that grows, as a file of plain CSV.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use shuliang::emit::Table;

use super::failure;
use super::folder::WORK;
use crate::failure::Failure;

/// A table's file.
#[derive(Debug)]
pub struct Part {
    /// Which table.
    pub table: Table,
    /// Where it is.
    pub path: PathBuf,
    file: BufWriter<File>,
    /// How many bytes were written to it.
    pub length: u64,
}

impl Part {
    /// Begins a table in the working folder of a folder.
    pub fn create(folder: &Path, table: Table) -> Result<Part, Failure> {
        let path = part(folder, table);
        let file = File::create(&path).map_err(|error| failure(&path, error))?;
        Ok(Part { table, path, file: BufWriter::new(file), length: 0 })
    }

    /// Goes on with a table after so many bytes.
    pub fn reopen(folder: &Path, table: Table, length: u64) -> Result<Part, Failure> {
        let path = part(folder, table);
        let file = OpenOptions::new().write(true).open(&path).map_err(|error| failure(&path, error))?;
        let mut part = Part { table, path, file: BufWriter::new(file), length };
        part.cut(length)?;
        Ok(part)
    }

    /// Adds lines.
    pub fn write(&mut self, lines: &[u8]) -> Result<(), Failure> {
        self.file.write_all(lines).map_err(|error| failure(&self.path, error))?;
        self.length += lines.len() as u64;
        Ok(())
    }

    /// Brings all lines to disk.
    pub fn sync(&mut self) -> Result<(), Failure> {
        self.file.flush().and_then(|()| self.file.get_ref().sync_data()).map_err(|error| failure(&self.path, error))
    }

    /// Takes back what stands behind so many bytes.
    pub fn cut(&mut self, length: u64) -> Result<(), Failure> {
        let cut = |file: &mut BufWriter<File>| {
            file.flush()?;
            file.get_ref().set_len(length)?;
            file.seek(SeekFrom::Start(length)).map(|_| ())
        };
        cut(&mut self.file).map_err(|error| failure(&self.path, error))?;
        self.length = length;
        Ok(())
    }
}

/// Where a table grows.
pub fn part(folder: &Path, table: Table) -> PathBuf {
    folder.join(WORK).join(part_name(table))
}

/// What the file of a plain table is called.
pub fn part_name(table: Table) -> String {
    format!("{}.part", table.name())
}
