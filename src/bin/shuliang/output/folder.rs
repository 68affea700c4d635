//! A folder of tables: they grow in a hidden folder inside it until all are complete.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use shuliang::emit::Table;

use super::journal::{self, Checkpoint, Journal, Tally};
use super::lock::{Lock, lock};
use super::part::{Part, part, part_name};
use super::{Identity, absent_is_fine, failure, sync_folder};
use crate::args::Shape;
use crate::failure::Failure;
use crate::formats::{self, Kept};

/// How much work an interruption may cost.
const BETWEEN_CHECKPOINTS: Duration = Duration::from_secs(1);
/// Where a run keeps what is not complete. It is on the same disk as the tables, so that they can be renamed, and hidden, so that
/// no run takes it for articles.
pub const WORK: &str = ".shuliang";
/// Where a watch keeps the plain tables of its last round.
pub const LAST: &str = ".shuliang.last";

/// The folder of a run that is under way.
///
/// Each table grows as plain CSV in `.shuliang/`; a journal says how far all of them were complete together. A run that ends
/// early, however it does, leaves them for `--resume`, unless there is nothing to go on from.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    shape: Shape,
    parts: Vec<Part>,
    journal: Journal,
    last_checkpoint: Instant,
    /// True from the first checkpoint on.
    worth_keeping: bool,
    /// True where an earlier run has named its files and removed its tables.
    named: bool,
    /// Where each input ended, if that is asked for.
    ends: Option<Vec<End>>,
    _lock: Option<Lock>,
}

/// Where the tables ended when an input was done.
#[derive(Debug)]
pub struct End {
    /// The number of the input.
    pub input: usize,
    /// Where the tables ended.
    pub mark: Mark,
    /// What had been counted.
    pub tally: Tally,
}

/// Where tables ended at a moment.
#[derive(Debug, Clone, Default)]
pub struct Mark(Vec<(Table, u64)>);

impl Mark {
    /// Where a table ended; one that was not there yet has no bytes.
    pub fn end(&self, table: Table) -> u64 {
        self.0.iter().find(|(t, _)| *t == table).map_or(0, |(_, end)| *end)
    }
}

impl Folder {
    /// Begins a run in a folder, which is made if it is not there. What an interrupted run left in it is lost.
    pub fn create(path: &Path, tables: &[Table], shape: &Shape, identity: &Identity) -> Result<(Folder, Tally), Failure> {
        let lock = enter(path)?;
        clear(&path.join(LAST))?;
        Folder::begin(path, tables, shape, identity, Some(lock))
    }

    /// Begins a run in a folder for somebody who has locked it.
    pub fn again(path: &Path, tables: &[Table], shape: &Shape, identity: &Identity) -> Result<Folder, Failure> {
        Ok(Folder::begin(path, tables, shape, identity, None)?.0)
    }

    /// Goes on with the interrupted run of a folder, from where the tally says; begins one where there is none.
    ///
    /// # Errors
    /// The run was another: other options, dictionary, inputs or program.
    pub fn resume(path: &Path, tables: &[Table], shape: &Shape, identity: &Identity) -> Result<(Folder, Tally), Failure> {
        let lock = enter(path)?;
        let work = path.join(WORK);
        let Some(left) = journal::left(&work)? else { return Folder::begin(path, tables, shape, identity, Some(lock)) };
        let differences = left.identity.differences(identity);
        if !differences.is_empty() {
            let message = format!(
                "{}: expected the run that was interrupted there, found changes in {}; run without --resume to begin anew",
                path.display(),
                differences.join(", ")
            );
            return Err(Failure::Message(message));
        }
        let is_there = |(table, length): (Table, u64)| fs::metadata(part(path, table)).is_ok_and(|about| about.len() >= length);
        let usable = left.checkpoints.into_iter().rev().find(|(checkpoint, _)| checkpoint.complete || checkpoint.tables().all(is_there));
        let Some((checkpoint, length)) = usable else { return Folder::begin(path, tables, shape, identity, Some(lock)) };
        // tables are removed one after the other, once all files have their names
        let named = checkpoint.complete && !checkpoint.tables().all(is_there);
        let parts = checkpoint.tables().filter(|_| !named).map(|(table, length)| Part::reopen(path, table, length)).collect::<Result<_, Failure>>()?;
        if !checkpoint.tables.contains_key(Table::Errors.name()) {
            remove(&part(path, Table::Errors))?;
        }
        let journal = Journal::reopen(&work, length)?;
        let folder = Folder {
            path: path.to_owned(),
            shape: shape.clone(),
            parts,
            journal,
            last_checkpoint: Instant::now(),
            worth_keeping: true,
            named,
            ends: None,
            _lock: Some(lock),
        };
        Ok((folder, checkpoint.tally))
    }

    fn begin(path: &Path, tables: &[Table], shape: &Shape, identity: &Identity, lock: Option<Lock>) -> Result<(Folder, Tally), Failure> {
        let work = path.join(WORK);
        // a journal without its tables would be worse than tables without a journal
        Journal::remove(&work)?;
        clear(&work)?;
        fs::create_dir_all(&work).map_err(|error| failure(&work, error))?;
        let journal = Journal::create(&work, identity)?;
        let mut folder = Folder {
            path: path.to_owned(),
            shape: shape.clone(),
            parts: Vec::new(),
            journal,
            last_checkpoint: Instant::now(),
            worth_keeping: false,
            named: false,
            ends: None,
            _lock: lock,
        };
        tables.iter().try_for_each(|&table| folder.add(table).map(|_| ()))?;
        sync_folder(&work);
        Ok((folder, Tally::default()))
    }

    /// Adds plain lines to a table.
    pub fn write(&mut self, table: Table, lines: &[u8]) -> Result<(), Failure> {
        let at = match self.parts.iter().position(|part| part.table == table) {
            Some(at) => at,
            None => self.add(table)?,
        };
        self.parts.get_mut(at).map_or(Ok(()), |part| part.write(lines))
    }

    /// Adds a table and says which part it is.
    fn add(&mut self, table: Table) -> Result<usize, Failure> {
        self.parts.push(Part::create(&self.path, table)?);
        Ok(self.parts.len() - 1)
    }

    /// Where the tables end now.
    pub fn mark(&self) -> Mark {
        Mark(self.parts.iter().map(|part| (part.table, part.length)).collect())
    }

    /// Takes back what was written since the mark.
    pub fn cut_back(&mut self, mark: &Mark) -> Result<(), Failure> {
        for part in &mut self.parts {
            if let Some(&(_, length)) = mark.0.iter().find(|(table, _)| *table == part.table) {
                part.cut(length)?;
            }
        }
        Ok(())
    }

    /// From now on, notes where each input ends.
    pub fn note_ends(&mut self) {
        self.ends = Some(Vec::new());
    }

    /// Where the inputs ended since that was asked for, in their order.
    pub fn ends(&mut self) -> Vec<End> {
        self.ends.take().unwrap_or_default()
    }

    /// Writes down how far the tables are, if the last time is a while ago.
    pub fn article_is_complete(&mut self, tally: &Tally) -> Result<(), Failure> {
        let mark = self.ends.is_some().then(|| self.mark());
        if let (Some(ends), Some(mark)) = (&mut self.ends, mark) {
            let input = tally.next.input;
            ends.pop_if(|end| end.input == input);
            ends.push(End { input, mark, tally: *tally });
        }
        if self.last_checkpoint.elapsed() < BETWEEN_CHECKPOINTS {
            return Ok(());
        }
        self.checkpoint(tally)
    }

    /// Brings the tables to disk and writes down how far they are.
    pub fn checkpoint(&mut self, tally: &Tally) -> Result<(), Failure> {
        self.sync(tally, Checkpoint::default())?;
        self.last_checkpoint = Instant::now();
        self.worth_keeping = true;
        Ok(())
    }

    fn sync(&mut self, tally: &Tally, checkpoint: Checkpoint) -> Result<(), Failure> {
        self.parts.iter_mut().try_for_each(Part::sync)?;
        let tables = self.parts.iter().map(|part| (part.table.name().to_owned(), part.length)).collect();
        self.journal.append(&Checkpoint { tally: *tally, tables, ..checkpoint })
    }

    /// Where the run can be gone on with, if it ends now.
    pub fn kept(&self) -> Option<&Path> {
        self.worth_keeping.then_some(self.path.as_path())
    }

    /// Writes the tables in the formats that were asked for and gives the files their names.
    pub fn finish(self, tally: &Tally) -> Result<(), Failure> {
        self.finish_into(tally, None)
    }

    /// The same, and moves the plain tables to a folder, where they are called by [`part_name`], in place of removing them.
    pub fn finish_into(mut self, tally: &Tally, keep: Option<&Path>) -> Result<(), Failure> {
        if !self.named {
            self.sync(tally, Checkpoint { complete: true, ..Checkpoint::default() })?;
            self.worth_keeping = true;
            let kept: Vec<Kept> = self.parts.iter().map(|part| Kept { table: part.table, path: part.path.clone() }).collect();
            formats::write(&kept, &self.path, &self.path.join(WORK), &self.shape)?;
            sync_folder(&self.path);
        }
        if let Some(keep) = keep {
            clear(keep)?;
            fs::create_dir_all(keep).map_err(|error| failure(keep, error))?;
            for kept in &self.parts {
                fs::rename(&kept.path, keep.join(part_name(kept.table))).map_err(|error| failure(&kept.path, error))?;
            }
        }
        for table in Table::ALL.into_iter().chain([Table::Errors]) {
            remove(&part(&self.path, table))?;
        }
        let work = self.path.join(WORK);
        Journal::remove(&work)?;
        clear(&work)
    }
}

impl Drop for Folder {
    /// Removes what nobody could go on with.
    fn drop(&mut self) {
        if !self.worth_keeping {
            // nothing better can be done with a file that cannot be removed
            let work = self.path.join(WORK);
            let _ = Journal::remove(&work);
            let _ = clear(&work);
        }
    }
}

/// Makes a folder and keeps other runs out of it.
pub fn enter(path: &Path) -> Result<Lock, Failure> {
    fs::create_dir_all(path).map_err(|error| failure(path, error))?;
    lock(path)
}

fn remove(path: &Path) -> Result<(), Failure> {
    absent_is_fine(fs::remove_file(path)).map_err(|error| failure(path, error))
}

/// Removes a hidden folder with all that is in it.
pub fn clear(work: &Path) -> Result<(), Failure> {
    absent_is_fine(fs::remove_dir_all(work)).map_err(|error| failure(work, error))
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use tempfile::TempDir;

    use super::*;
    use crate::args::{Args, Command};
    use crate::output::Place;

    fn shape() -> Shape {
        let args = Args::parse_from(["shuliang", "extract", "a.txt", "--no-bom", "--eol", "lf"]);
        let Command::Extract(options) = args.command else { panic!("another command") };
        options.shape
    }

    fn identity(options: &str) -> Identity {
        Identity::new(options, "", &[])
    }

    fn open(at: &TempDir, resume: bool) -> (Folder, Tally) {
        let open = if resume { Folder::resume } else { Folder::create };
        open(at.path(), &[Table::Sentences, Table::Numerals], &shape(), &identity("a")).expect("a folder")
    }

    fn tally(piece: usize) -> Tally {
        Tally { next: Place { input: 1, piece }, articles: piece as u64, failed: 0, facts: 0 }
    }

    fn read(at: &TempDir, name: &str) -> String {
        fs::read_to_string(at.path().join(name)).unwrap_or_default()
    }

    #[test]
    fn a_run_goes_on_from_its_last_checkpoint() {
        let at = TempDir::new().expect("a folder");
        let (mut folder, _) = open(&at, false);
        folder.write(Table::Sentences, b"a,0,1,x\r\n").expect("a line");
        folder.checkpoint(&tally(1)).expect("a checkpoint");
        folder.write(Table::Sentences, b"b,0,1,y\r\n").expect("a line");
        folder.write(Table::Errors, b"n,b,wrong\r\n").expect("a line");
        drop(folder);
        assert_eq!(read(&at, "sentences.csv"), "");

        let (mut folder, from) = open(&at, true);
        assert_eq!(from, tally(1));
        folder.write(Table::Sentences, b"c,0,1,z\r\n").expect("a line");
        folder.finish(&tally(2)).expect("tables");
        assert_eq!(read(&at, "sentences.csv"), "article,start,end,text\na,0,1,x\nc,0,1,z\n");
        assert_eq!(read(&at, "numerals.csv").lines().count(), 1);
        assert!(!at.path().join("errors.csv").exists() && !at.path().join(WORK).exists());
    }

    #[test]
    fn what_nobody_can_go_on_with_is_removed() {
        let at = TempDir::new().expect("a folder");
        let (mut folder, _) = open(&at, false);
        folder.write(Table::Sentences, b"a,0,1,x\r\n").expect("a line");
        assert!(folder.kept().is_none());
        drop(folder);
        assert!(!at.path().join(WORK).exists());
        assert_eq!(open(&at, true).1, Tally::default());
    }

    #[test]
    fn an_interruption_while_names_are_given_is_gone_on_with() {
        let at = TempDir::new().expect("a folder");
        let (mut folder, _) = open(&at, false);
        folder.write(Table::Sentences, b"a,0,1,x\r\n").expect("a line");
        folder.sync(&tally(1), Checkpoint { complete: true, ..Checkpoint::default() }).expect("a checkpoint");
        folder.worth_keeping = true;
        drop(folder);
        // before the first name was given
        let (folder, from) = open(&at, true);
        assert_eq!(from, tally(1));
        drop(folder);
        // after the last, while the tables were removed
        fs::write(at.path().join("sentences.csv"), "named").expect("a file");
        remove(&part(at.path(), Table::Numerals)).expect("it is removed");
        let (folder, from) = open(&at, true);
        folder.finish(&from).expect("tables");
        assert_eq!(read(&at, "sentences.csv"), "named");
        assert!(!at.path().join(WORK).exists());
    }

    #[test]
    fn another_run_is_refused() {
        let at = TempDir::new().expect("a folder");
        let (mut folder, _) = open(&at, false);
        folder.checkpoint(&tally(0)).expect("a checkpoint");
        let resume = |options| Folder::resume(at.path(), &[Table::Sentences], &shape(), &identity(options));
        assert!(matches!(resume("a"), Err(Failure::Message(message)) if message.ends_with("another run is writing there")));
        drop(folder);
        assert!(matches!(resume("b"), Err(Failure::Message(message)) if message.contains("found changes in the options")));
        assert!(resume("a").is_ok());
    }

    #[test]
    fn what_was_written_since_a_mark_is_taken_back() {
        let at = TempDir::new().expect("a folder");
        let (mut folder, _) = open(&at, false);
        folder.write(Table::Sentences, b"a,0,1,x\r\n").expect("a line");
        let mark = folder.mark();
        folder.write(Table::Sentences, &b"b,0,1,y\r\n".repeat(10_000)).expect("lines");
        folder.cut_back(&mark).expect("it is cut");
        folder.write(Table::Sentences, b"c,0,1,z\r\n").expect("a line");
        folder.finish(&tally(1)).expect("tables");
        assert_eq!(read(&at, "sentences.csv"), "article,start,end,text\na,0,1,x\nc,0,1,z\n");
    }
}
