//! The journal of a run: what it is, and how far its tables were complete. `--resume` goes on from there.
//!
//! A line of JSON each: first the [`Identity`] of the run, then checkpoints, each written after the tables were brought to
//! disk. The last line may be cut off; then the one before it counts.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use shuliang::emit::Table;

use super::{Identity, absent_is_fine, failure};
use crate::failure::Failure;

/// The file's name.
const NAME: &str = "journal";

/// How far a run is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// The first piece that is not done.
    pub next: Place,
    /// How many articles were read.
    pub articles: u64,
    /// How many could not be read.
    pub failed: u64,
    /// How many rows the table of facts has, whether it is written or not: the table of checks counts them.
    pub facts: usize,
}

/// A piece among all inputs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The number of the input, from 0.
    pub input: usize,
    /// The number of the piece in it, from 0.
    pub piece: usize,
}

/// A moment when all tables were on disk as far as the tally says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// How far the run was.
    pub tally: Tally,
    /// How many bytes each table had, by its name.
    pub tables: BTreeMap<String, u64>,
    /// True where nothing is left to read: only names are to be given.
    #[serde(default)]
    pub complete: bool,
}

impl Checkpoint {
    /// The tables with their lengths.
    pub fn tables(&self) -> impl Iterator<Item = (Table, u64)> {
        let errors = std::iter::once(Table::Errors);
        Table::ALL.into_iter().chain(errors).filter_map(|table| Some((table, *self.tables.get(table.name())?)))
    }
}

/// A journal that is being written.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
}

/// A journal that an interrupted run left.
#[derive(Debug)]
pub struct Left {
    /// Which run it was.
    pub identity: Identity,
    /// The checkpoints, in order, each with the length of the journal up to its end.
    pub checkpoints: Vec<(Checkpoint, u64)>,
}

impl Journal {
    /// Begins a journal.
    pub fn create(folder: &Path, identity: &Identity) -> Result<Journal, Failure> {
        let path = folder.join(NAME);
        let file = File::create(&path).map_err(|error| failure(&path, error))?;
        let mut journal = Journal { path, file };
        journal.append(identity)?;
        Ok(journal)
    }

    /// Goes on with a journal whose first `length` bytes count.
    pub fn reopen(folder: &Path, length: u64) -> Result<Journal, Failure> {
        let path = folder.join(NAME);
        let open = || {
            let file = OpenOptions::new().append(true).open(&path)?;
            file.set_len(length)?;
            Ok(file)
        };
        let file = open().map_err(|error| failure(&path, error))?;
        Ok(Journal { path, file })
    }

    /// Adds a line and brings it to disk.
    pub fn append(&mut self, line: &impl Serialize) -> Result<(), Failure> {
        let write = |file: &mut File| {
            let mut bytes = serde_json::to_vec(line)?;
            bytes.push(b'\n');
            file.write_all(&bytes)?;
            file.sync_data()
        };
        write(&mut self.file).map_err(|error| failure(&self.path, error))
    }

    /// Removes the journal.
    pub fn remove(folder: &Path) -> Result<(), Failure> {
        let path = folder.join(NAME);
        absent_is_fine(std::fs::remove_file(&path)).map_err(|error| failure(&path, error))
    }
}

/// The journal that stands in a folder, if its first line can be read. Lines after one that cannot be read do not count.
pub fn left(folder: &Path) -> Result<Option<Left>, Failure> {
    let path = folder.join(NAME);
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failure(&path, error)),
    };
    let mut lines = BufReader::new(file).split(b'\n');
    let mut line = || lines.next().and_then(Result::ok);
    let Some((identity, mut length)) = line().and_then(|line| Some((serde_json::from_slice(&line).ok()?, line.len() as u64 + 1))) else { return Ok(None) };
    let mut checkpoints = Vec::new();
    while let Some((checkpoint, bytes)) = line().and_then(|line| Some((serde_json::from_slice(&line).ok()?, line.len() as u64 + 1))) {
        length += bytes;
        checkpoints.push((checkpoint, length));
    }
    Ok(Some(Left { identity, checkpoints }))
}
