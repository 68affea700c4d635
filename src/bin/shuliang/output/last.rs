//! What the last round of a watch wrote, so that the next one reads only what has changed.
//!
//! The plain tables of that round lie in a hidden folder. For each input it is known between which bytes of each table its lines
//! stand. An input that has not changed gives the same lines; only the rows of facts that `checks` names move.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use shuliang::emit::{Table, csv};

use super::folder::End;
use super::part::part_name;
use super::{Folder, Mark, Tally, failure};
use crate::failure::Failure;
use crate::inputs::Input;
use crate::stamp::Stamp;

/// How many bytes are copied at once.
const BLOCK: u64 = 64 << 10;

/// The last round.
#[derive(Debug)]
pub struct Last {
    folder: PathBuf,
    inputs: BTreeMap<PathBuf, Lines>,
}

/// What an input gave.
#[derive(Debug)]
struct Lines {
    stamp: Stamp,
    /// What it was called: its lines hold both.
    name: String,
    id: String,
    /// Between which ends of the tables its lines stand.
    from: Mark,
    to: Mark,
    /// How many facts stood before it.
    facts_before: usize,
    /// What was counted in it.
    tally: Tally,
}

impl Last {
    /// No round yet; later ones are kept in `folder`.
    pub fn new(folder: PathBuf) -> Last {
        Last { folder, inputs: BTreeMap::new() }
    }

    /// Where the plain tables lie.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The round after this one, in which nothing is known yet.
    pub fn next(&self) -> Last {
        Last::new(self.folder.clone())
    }

    /// Whether the lines of an input can be copied.
    pub fn has(&self, input: &Input, stamp: Stamp) -> bool {
        // what could not even be looked at may be readable now
        stamp.is_some() && self.inputs.get(&input.path).is_some_and(|lines| lines.stamp == stamp && lines.name == input.name && lines.id == input.id)
    }

    /// Copies the lines of an input that has not changed, and notes them for the round after this one.
    pub fn copy(&self, input: &Input, to: &mut Folder, tally: &mut Tally, next: &mut Last) -> Result<(), Failure> {
        let Some(lines) = self.inputs.get(&input.path) else { return Ok(()) };
        let (from, facts_before) = (to.mark(), tally.facts);
        for table in Table::ALL.into_iter().chain([Table::Errors]) {
            let (begin, end) = (lines.from.end(table), lines.to.end(table));
            if begin < end {
                let path = self.folder.join(part_name(table));
                let moved = (table == Table::Checks).then_some((lines.facts_before, facts_before));
                copy(&path, begin..end, moved, |bytes| to.write(table, bytes))?;
            }
        }
        tally.articles += lines.tally.articles;
        tally.failed += lines.tally.failed;
        tally.facts += lines.tally.facts;
        let lines = Lines { stamp: lines.stamp, name: lines.name.clone(), id: lines.id.clone(), from, to: to.mark(), facts_before, tally: lines.tally };
        next.inputs.insert(input.path.clone(), lines);
        Ok(())
    }

    /// Notes what inputs gave that were read one after the other, from `begin` on; their numbers in `ends` count from 1.
    pub fn note(&mut self, inputs: Vec<(Input, Stamp)>, begin: (Mark, Tally), ends: Vec<End>) {
        let (mut from, mut before) = begin;
        let mut ends = ends.into_iter().filter(|end| end.input > 0).peekable();
        for (number, (input, stamp)) in (1..).zip(inputs) {
            // an input without an article ends where it began
            let (to, after) = ends.next_if(|end| end.input == number).map_or_else(|| (from.clone(), before), |end| (end.mark, end.tally));
            let tally = Tally { articles: after.articles - before.articles, failed: after.failed - before.failed, facts: after.facts - before.facts, ..after };
            let lines = Lines { stamp, name: input.name, id: input.id, from, to: to.clone(), facts_before: before.facts, tally };
            self.inputs.insert(input.path, lines);
            (from, before) = (to, after);
        }
    }
}

/// Copies a stretch of a plain table; lines of `checks` are moved from behind so many facts to behind so many.
fn copy(path: &Path, stretch: std::ops::Range<u64>, moved: Option<(usize, usize)>, mut to: impl FnMut(&[u8]) -> Result<(), Failure>) -> Result<(), Failure> {
    let fail = |error: io::Error| failure(path, error);
    let mut file = File::open(path).map_err(fail)?;
    file.seek(SeekFrom::Start(stretch.start)).map_err(fail)?;
    let mut left = file.take(stretch.end - stretch.start);
    let mut bytes = Vec::new();
    if let Some((before, now)) = moved {
        left.read_to_end(&mut bytes).map_err(fail)?;
        let mut lines = Vec::new();
        csv::checks_again(&bytes, before, now, &mut lines).map_err(fail)?;
        return to(&lines);
    }
    loop {
        bytes.clear();
        if left.by_ref().take(BLOCK).read_to_end(&mut bytes).map_err(fail)? == 0 {
            return Ok(());
        }
        to(&bytes)?;
    }
}
