//! Articles are read side by side and written one after the other, in the order of the input.
//!
//! A reader that is done hands its lines in; they wait until those before them are written. A reader whose lines grow too
//! many waits for its turn and writes them as they are made, so that no table of an article is ever held.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use shuliang::emit::{CheckRow, Table, csv};
use shuliang::source::SourceError;

use super::room::Room;
use crate::failure::Failure;
use crate::output::{Mark, Output, Place, Tally};
use crate::progress::Progress;

/// How many bytes of lines may wait for those before them.
const MOST_WAITING: usize = 16 << 20;

/// A piece among all that are under way.
#[derive(Debug, Clone, Copy)]
pub struct Ticket {
    /// Its turn, from 0.
    pub turn: u64,
    /// Where it stands in the input.
    pub place: Place,
    /// How much room it takes.
    pub bytes: usize,
}

/// What became of a piece.
#[derive(Debug)]
pub enum Outcome {
    /// It was read.
    Read(Done),
    /// It could not be read.
    Failed(SourceError),
}

/// What is left to write of an article.
#[derive(Debug, Default)]
pub struct Done {
    /// Lines of tables.
    pub lines: Vec<(Table, Vec<u8>)>,
    /// The rows of `checks`, counted from this article's first fact.
    pub checks: Vec<CheckRow>,
    /// How many facts the article has.
    pub facts: usize,
}

impl Done {
    fn bytes(&self) -> usize {
        self.lines.iter().map(|(_, lines)| lines.len()).sum()
    }
}

/// The run was stopped; why is known to [`Turns`].
#[derive(Debug, Clone, Copy)]
pub struct Stopped;

/// The order of writing.
pub struct Turns<'a> {
    state: Mutex<State>,
    changed: Condvar,
    room: &'a Room,
    progress: &'a Progress,
}

struct State {
    /// Whose turn it is.
    turn: u64,
    waiting: BTreeMap<u64, (Ticket, Outcome)>,
    waiting_bytes: usize,
    output: Output,
    tally: Tally,
    failure: Option<Failure>,
}

impl<'a> Turns<'a> {
    /// Begins with the first turn.
    pub fn new(output: Output, tally: Tally, room: &'a Room, progress: &'a Progress) -> Turns<'a> {
        let state = State { turn: 0, waiting: BTreeMap::new(), waiting_bytes: 0, output, tally, failure: None };
        Turns { state: Mutex::new(state), changed: Condvar::new(), room, progress }
    }

    /// True where nothing more is to be done.
    pub fn stopped(&self) -> bool {
        self.lock().failure.is_some()
    }

    /// Hands in what became of a piece. It is written at once if it is its turn, and waits else; where too much waits already,
    /// the caller does.
    pub fn hand_in(&self, ticket: Ticket, outcome: Outcome) {
        let bytes = if let Outcome::Read(done) = &outcome { done.bytes() } else { 0 };
        let state = self.lock();
        let full = |state: &mut State| state.failure.is_none() && state.turn != ticket.turn && bytes > 0 && state.waiting_bytes + bytes > MOST_WAITING;
        let mut state = self.changed.wait_while(state, full).unwrap_or_else(PoisonError::into_inner);
        state.waiting_bytes += bytes;
        state.waiting.insert(ticket.turn, (ticket, outcome));
        self.settle(&mut state);
    }

    /// Waits for a turn and says where the tables end and how many facts they hold before it.
    pub fn wait(&self, ticket: Ticket) -> Result<(Mark, usize), Stopped> {
        let early = |state: &mut State| state.failure.is_none() && state.turn != ticket.turn;
        let state = self.changed.wait_while(self.lock(), early).unwrap_or_else(PoisonError::into_inner);
        if state.failure.is_some() { Err(Stopped) } else { Ok((state.output.mark(), state.tally.facts)) }
    }

    /// Writes lines of the article whose turn it is.
    pub fn write(&self, table: Table, lines: &[u8]) -> Result<(), Stopped> {
        self.with_output(|output| output.write(table, lines))
    }

    /// Takes back what the article whose turn it is has written.
    pub fn cut_back(&self, mark: &Mark) -> Result<(), Stopped> {
        self.with_output(|output| output.cut_back(mark))
    }

    fn with_output(&self, write: impl FnOnce(&mut Output) -> Result<(), Failure>) -> Result<(), Stopped> {
        let mut state = self.lock();
        if state.failure.is_some() {
            return Err(Stopped);
        }
        write(&mut state.output).map_err(|failure| self.stop(&mut state, failure))
    }

    /// The output as it stands, and how far the run came, or why it was stopped.
    pub fn end(self) -> (Output, Tally, Option<Failure>) {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        (state.output, state.tally, state.failure)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // nothing that can panic is done while it is held
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes everything whose turn has come.
    fn settle(&self, state: &mut State) {
        loop {
            let turn = state.turn;
            let Some((ticket, outcome)) = state.waiting.remove(&turn) else { break };
            if state.failure.is_none()
                && let Err(failure) = self.one(state, ticket, outcome)
            {
                self.stop(state, failure);
            }
            state.turn += 1;
            self.room.leave(ticket.bytes);
        }
        self.changed.notify_all();
    }

    fn one(&self, state: &mut State, ticket: Ticket, outcome: Outcome) -> Result<(), Failure> {
        match outcome {
            Outcome::Read(done) => {
                state.waiting_bytes = state.waiting_bytes.saturating_sub(done.bytes());
                for (table, lines) in &done.lines {
                    state.output.write(*table, lines)?;
                }
                if !done.checks.is_empty() {
                    let mut lines = Vec::new();
                    let rows = done.checks.into_iter().map(|row| row.after(state.tally.facts));
                    csv::checks(rows, &mut lines).map_err(|error| Failure::Output("checks.csv".to_owned(), error))?;
                    state.output.write(Table::Checks, &lines)?;
                }
                state.tally.facts += done.facts;
                state.tally.articles += 1;
            }
            Outcome::Failed(error) => {
                let mut line = Vec::new();
                csv::error(&error, &mut line).map_err(|error| Failure::Output("errors.csv".to_owned(), error))?;
                self.progress.aside(|| {
                    // if standard error is closed, errors.csv still tells
                    let _ = writeln!(anstream::stderr(), "error: {error}");
                });
                state.output.write(Table::Errors, &line)?;
                state.tally.failed += 1;
            }
        }
        state.tally.next = Place { piece: ticket.place.piece + 1, ..ticket.place };
        self.progress.show(ticket.place, ticket.bytes, &state.tally);
        state.output.article_is_complete(&state.tally)
    }

    fn stop(&self, state: &mut State, failure: Failure) -> Stopped {
        state.failure.get_or_insert(failure);
        self.room.close();
        self.changed.notify_all();
        Stopped
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::thread;

    use clap::Parser;
    use tempfile::TempDir;

    use super::super::desk::Desk;
    use super::super::room::Load;
    use super::*;
    use crate::args::{Args, Command};
    use crate::output::{Folder, Identity};

    fn ticket(turn: u64) -> Ticket {
        Ticket { turn, place: Place { input: 1, piece: turn as usize }, bytes: 1 }
    }

    fn run(work: impl FnOnce(&Turns<'_>)) -> (String, Tally) {
        let at = TempDir::new().expect("a folder");
        let Command::Extract(options) = Args::parse_from(["shuliang", "extract", "a", "--no-bom", "--eol", "lf"]).command else { panic!("another command") };
        let (folder, tally) = Folder::create(at.path(), &[Table::Sentences], &options.shape, &Identity::new("", "", &[])).expect("a folder");
        let (room, progress) = (Room::new(Load { count: 9, bytes: 9 }), Progress::new(&[], true, &tally));
        let turns = Turns::new(Output::Folder(folder), tally, &room, &progress);
        work(&turns);
        let (output, tally, failure) = turns.end();
        assert!(failure.is_none());
        output.finish(&tally).expect("tables");
        (fs::read_to_string(at.path().join("sentences.csv")).expect("a table"), tally)
    }

    fn fill(desk: &mut Desk<'_>, name: &str, lines: usize) {
        let line = format!("{name},0,1,x\r\n");
        let mut page = desk.table(Table::Sentences);
        (0..lines).for_each(|_| page.write_all(line.as_bytes()).expect("it is written"));
    }

    #[test]
    fn lines_are_in_the_order_of_their_turns() {
        let (table, tally) = run(|turns| {
            for turn in [2, 0, 1] {
                let mut desk = Desk::new(turns, ticket(turn));
                fill(&mut desk, ["a", "b", "c"][turn as usize], 1);
                desk.complete(3);
            }
        });
        assert_eq!(table, "article,start,end,text\na,0,1,x\nb,0,1,x\nc,0,1,x\n");
        assert_eq!((tally.articles, tally.facts, tally.next), (3, 9, Place { input: 1, piece: 3 }));
    }

    #[test]
    fn a_long_article_waits_for_its_turn_and_holds_nothing() {
        let (table, _) = run(|turns| {
            thread::scope(|scope| {
                scope.spawn(|| {
                    let mut desk = Desk::new(turns, ticket(1));
                    fill(&mut desk, "b", 100_000);
                    desk.complete(0);
                });
                let mut desk = Desk::new(turns, ticket(0));
                fill(&mut desk, "a", 1);
                desk.complete(0);
            });
        });
        assert!(table.starts_with("article,start,end,text\na,0,1,x\nb,0,1,x\n"));
        assert_eq!(table.lines().count(), 100_002);
    }

    #[test]
    fn nothing_is_left_of_an_article_that_fails_late() {
        let (table, tally) = run(|turns| {
            let mut desk = Desk::new(turns, ticket(0));
            fill(&mut desk, "a", 100_000);
            desk.fail(SourceError::whole("n", "late"));
            let mut desk = Desk::new(turns, ticket(1));
            fill(&mut desk, "b", 1);
            desk.complete(0);
        });
        assert_eq!(table, "article,start,end,text\nb,0,1,x\n");
        assert_eq!((tally.articles, tally.failed), (1, 1));
    }
}
