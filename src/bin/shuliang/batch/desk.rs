//! Where the lines of one article are written: held while they are few, passed on in turn when they grow.

use std::io::{self, Write};

use shuliang::emit::{CheckRow, Table, csv};
use shuliang::source::SourceError;

use super::turns::{Done, Outcome, Stopped, Ticket, Turns};
use crate::output::Mark;

/// How many bytes of an article's lines are held.
const MOST_HELD: usize = 512 << 10;

/// The desk of one article.
pub struct Desk<'a> {
    turns: &'a Turns<'a>,
    ticket: Ticket,
    lines: Vec<(Table, Vec<u8>)>,
    held: usize,
    checks: Vec<CheckRow>,
    /// Since it is our turn: where the tables ended before us, and how many facts they held.
    begun: Option<(Mark, usize)>,
}

impl<'a> Desk<'a> {
    /// An empty desk.
    pub fn new(turns: &'a Turns<'a>, ticket: Ticket) -> Desk<'a> {
        Desk { turns, ticket, lines: Vec::new(), held: 0, checks: Vec::new(), begun: None }
    }

    /// A place to write whole lines of a table.
    pub fn table(&mut self, table: Table) -> Page<'_, 'a> {
        if !self.lines.iter().any(|(t, _)| *t == table) {
            self.lines.push((table, Vec::new()));
        }
        Page { desk: self, table }
    }

    /// The rows of `checks`, counted from this article's first fact: which row of the table that is may not be known yet.
    pub fn checks(&mut self, rows: impl Iterator<Item = CheckRow>) -> io::Result<()> {
        match self.begun {
            Some((_, before)) => {
                let earlier = std::mem::take(&mut self.checks);
                csv::checks(earlier.into_iter().chain(rows).map(|row| row.after(before)), &mut self.table(Table::Checks))
            }
            None => {
                self.checks.extend(rows);
                Ok(())
            }
        }
    }

    /// Ends an article with the number of its facts.
    pub fn complete(self, facts: usize) {
        self.turns.hand_in(self.ticket, Outcome::Read(Done { lines: self.lines, checks: self.checks, facts }));
    }

    /// Ends an article that cannot be read; what was passed on of it is taken back.
    pub fn fail(self, error: SourceError) {
        if let Some((mark, _)) = &self.begun
            && self.turns.cut_back(mark).is_err()
        {
            return;
        }
        self.turns.hand_in(self.ticket, Outcome::Failed(error));
    }

    fn pass_on(&mut self) -> Result<(), Stopped> {
        if self.begun.is_none() {
            self.begun = Some(self.turns.wait(self.ticket)?);
        }
        for (table, lines) in &mut self.lines {
            self.turns.write(*table, lines)?;
            lines.clear();
        }
        self.held = 0;
        Ok(())
    }
}

/// A table of one article.
pub struct Page<'d, 'a> {
    desk: &'d mut Desk<'a>,
    table: Table,
}

impl Write for Page<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let table = self.table;
        if let Some((_, lines)) = self.desk.lines.iter_mut().find(|(t, _)| *t == table) {
            lines.extend_from_slice(bytes);
        }
        self.desk.held += bytes.len();
        if self.desk.held > MOST_HELD {
            self.desk.pass_on().map_err(|Stopped| io::Error::other("the run was stopped"))?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
