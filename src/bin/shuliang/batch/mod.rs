//! Many articles: cut off the inputs one after the other, read side by side, written in order, with bounded memory.
//!
//! ```text
//! inputs ──> pieces ──[room]──> readers, one a thread ──[turns]──> output
//! ```
//!
//! [`room`] bounds what is under way, [`turns`] keeps the order. Nothing else is shared between the threads.

mod desk;
mod room;
mod turns;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use shuliang::emit::{ArticleRow, Rows, Table, csv};
use shuliang::segment::{Segmenter, Token, words};
use shuliang::source::{Options, Piece, Pieces, SourceError, article};
use shuliang::{Article, Dict, Reading, Span, read};

use crate::failure::Failure;
use crate::inputs::Input;
use crate::output::{Output, Place, Tally};
use crate::progress::Progress;
use desk::Desk;
use room::{Load, Room};
use turns::{Outcome, Ticket, Turns};

/// How many bytes of articles are under way at once. Reading takes many times as much memory as the text has bytes.
const MOST_BYTES: usize = 16 << 20;
/// How many articles a thread are under way at once.
const MOST_ARTICLES: usize = 32;

/// What articles are read with.
pub struct Work<'a> {
    /// The dictionary.
    pub dict: &'a Dict,
    /// How inputs are read.
    pub source: &'a Options,
    /// The tables that are asked for.
    pub tables: &'a [Table],
    /// How long an article may be, in bytes of its folded text, before it is read in sections.
    pub longest_section: usize,
    /// What cuts words, where the table `tokens` is asked for.
    pub segmenter: Option<&'a Segmenter>,
    /// How many threads read.
    pub jobs: usize,
    /// What is said on the way.
    pub progress: &'a Progress,
}

/// Where the articles come from.
pub struct Inputs {
    /// What could not even be listed; it counts as input 0.
    pub errors: Vec<SourceError>,
    /// The files, from input 1 on.
    pub files: Vec<Input>,
}

impl Work<'_> {
    /// Reads all articles from `tally` on into the output. Says how far it came, and why it stopped there if something
    /// did.
    pub fn run(&self, inputs: &Inputs, output: Output, tally: Tally) -> (Output, Tally, Option<Failure>) {
        let room = Room::new(Load { count: MOST_ARTICLES * self.jobs, bytes: MOST_BYTES });
        let turns = Turns::new(output, tally, &room, self.progress);
        let (sender, receiver) = mpsc::channel();
        let receiver = Mutex::new(receiver);
        thread::scope(|scope| {
            for _ in 0..self.jobs {
                scope.spawn(|| self.read_all(&receiver, &turns));
            }
            self.cut(inputs, tally.next, &sender, &room, &turns);
            drop(sender);
        });
        turns.end()
    }

    /// Cuts the inputs into pieces, from `first` on, and gives them to the readers. An input before it is not even opened.
    fn cut(&self, inputs: &Inputs, first: Place, readers: &Sender<(Ticket, Piece)>, room: &Room, turns: &Turns<'_>) {
        let mut turn = 0;
        for input in first.input..=inputs.files.len() {
            let done = if input == first.input { first.piece } else { 0 };
            for (piece, item) in self.pieces(inputs, input).enumerate().skip(done) {
                let bytes = item.as_ref().map_or(0, Piece::size);
                if !room.enter(bytes) {
                    return;
                }
                let ticket = Ticket { turn, place: Place { input, piece }, bytes };
                turn += 1;
                match item {
                    // the readers are there as long as the sender is
                    Ok(piece) => drop(readers.send((ticket, piece))),
                    Err(error) => turns.hand_in(ticket, Outcome::Failed(error)),
                }
            }
        }
    }

    /// The pieces of an input by its number.
    fn pieces<'i>(&'i self, inputs: &'i Inputs, input: usize) -> Box<dyn Iterator<Item = Result<Piece, SourceError>> + 'i> {
        match input.checked_sub(1).and_then(|file| inputs.files.get(file)) {
            None => Box::new(inputs.errors.iter().cloned().map(Err)),
            Some(file) => Box::new(Guarded { file, pieces: None, work: self, ended: false }),
        }
    }

    /// Reads pieces until there are no more.
    fn read_all(&self, pieces: &Mutex<Receiver<(Ticket, Piece)>>, turns: &Turns<'_>) {
        loop {
            let next = pieces.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok((ticket, piece)) = next else { return };
            if turns.stopped() {
                return;
            }
            self.read(piece, Desk::new(turns, ticket));
        }
    }

    /// Reads one piece. A mistake of ours, or of a library that reads a format, in one article must not cost the others.
    fn read(&self, piece: Piece, mut desk: Desk<'_>) {
        let (name, place, id) = (piece.source.to_string(), piece.place.clone(), piece.id.clone());
        let read = || {
            let article = article(piece, self.source, self.dict)?;
            let failed = |error: io::Error| SourceError { article: article.id.clone(), ..SourceError::whole(&article.source, error.to_string()) };
            self.write(&article, &mut desk).map_err(failed)
        };
        let panicked = || Err(SourceError { source: name, article: id, place, message: FAILED.to_owned() });
        match catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| panicked()) {
            Ok(facts) => desk.complete(facts),
            Err(error) => desk.fail(error),
        }
    }

    /// Writes the lines of every table for one article, and says how many facts it has.
    fn write(&self, article: &Article, desk: &mut Desk<'_>) -> io::Result<usize> {
        let sections = article.sections(self.longest_section);
        if sections.len() == 1 {
            let row = self.section(article, 0, desk)?;
            return self.article(&row, desk);
        }
        let mut whole = ArticleRow::default();
        for span in &sections {
            let row = self.section(&article.section(*span), whole.facts, desk)?;
            let before = std::mem::replace(&mut whole, row);
            whole.add(&before);
        }
        let note = format!("very long: read in {} sections, between which nothing is carried over", sections.len());
        whole.notes = if whole.notes.is_empty() { note } else { format!("{}; {note}", whole.notes) };
        self.article(&whole, desk)
    }

    /// Writes the lines of a section after so many facts of the article, and gives its row of `articles`.
    fn section(&self, section: &Article, facts: usize, desk: &mut Desk<'_>) -> io::Result<ArticleRow> {
        let reading = read(section, self.dict);
        let rows = Rows::new(&reading);
        let tokens = self.segmenter.map_or_else(Vec::new, |segmenter| tokens(&reading, segmenter));
        for &table in self.tables {
            match table {
                Table::Articles => {}
                Table::Checks => desk.checks(rows.checks().map(|row| row.after(facts)))?,
                _ => csv::rows(table, &rows, &tokens, &mut desk.table(table))?,
            }
        }
        Ok(rows.article())
    }

    fn article(&self, row: &ArticleRow, desk: &mut Desk<'_>) -> io::Result<usize> {
        if self.tables.contains(&Table::Articles) {
            csv::article(row, &mut desk.table(Table::Articles))?;
        }
        Ok(row.facts)
    }
}

/// What is said of an article that the program has a mistake with.
const FAILED: &str = "the program failed on it; please report this";

/// The pieces of a file. Where a library that cuts a format panics, the rest of the file is lost, and no other.
struct Guarded<'a> {
    file: &'a Input,
    pieces: Option<Pieces>,
    work: &'a Work<'a>,
    ended: bool,
}

impl Iterator for Guarded<'_> {
    type Item = Result<Piece, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let (pieces, file, work) = (&mut self.pieces, self.file, self.work);
        let next = || pieces.get_or_insert_with(|| file.pieces(work.source, work.dict)).next();
        catch_unwind(AssertUnwindSafe(next)).unwrap_or_else(|_| {
            self.ended = true;
            Some(Err(SourceError::whole(&file.name, FAILED)))
        })
    }
}

/// The words of an article; quantities, times and names are one word each.
fn tokens(reading: &Reading<'_>, segmenter: &Segmenter) -> Vec<Token> {
    let mut fixed: Vec<(Span, &str)> = Vec::new();
    fixed.extend(reading.quantities.iter().map(|quantity| (quantity.span, "quantity")));
    fixed.extend(reading.times.iter().map(|time| (time.span, "time")));
    fixed.extend(reading.mentions.list.iter().map(|mention| (mention.span, "entity")));
    // where two layers share a stretch, the one that begins first and reaches further is the word
    fixed.sort_by_key(|(span, _)| (span.start(), std::cmp::Reverse(span.end())));
    words(&reading.article.text, &fixed, segmenter)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use clap::Parser;
    use tempfile::TempDir;

    use super::*;
    use crate::args::{Args, Command};
    use crate::inputs::{Listing, Patterns};
    use crate::output::{Folder, Identity};
    use crate::own::Own;

    #[test]
    fn a_very_long_article_is_read_in_sections() {
        let at = TempDir::new().expect("a folder");
        // no two lines are the same: a text that stands there twice is not read again
        let line = |i: usize| format!("全市新开工项目{}项，总投资{}亿元，其中一期工程投资2亿元、二期工程投资{}亿元。\n", i + 40, i + 15, i + 13);
        fs::write(at.path().join("a.txt"), (0..20).map(line).collect::<String>()).expect("a file");
        let (dict, source, tables) = (Dict::builtin().expect("the dictionary"), Options::default(), [Table::Numerals, Table::Articles, Table::Checks]);
        let Command::Extract(options) = Args::parse_from(["shuliang", "extract", "a", "--no-bom", "--eol", "lf"]).command else { panic!("another command") };
        let listing = Listing::new(&[at.path().join("a.txt")], &Patterns::default(), &mut Own::default());
        let inputs = Inputs { errors: listing.errors, files: listing.files };
        let read = |longest_section: usize| {
            let out = at.path().join(longest_section.to_string());
            let (folder, tally) = Folder::create(&out, &tables, &options.shape, &Identity::new("", "", &[])).expect("a folder");
            let progress = Progress::new(&[], true, &tally);
            let work = Work { dict: &dict, source: &source, tables: &tables, segmenter: None, longest_section, jobs: 2, progress: &progress };
            let (output, tally, failure) = work.run(&inputs, Output::Folder(folder), tally);
            assert!(failure.is_none());
            output.finish(&tally).expect("tables");
            ["numerals.csv", "articles.csv", "checks.csv"].map(|name| fs::read_to_string(out.join(name)).expect("a table"))
        };
        // lines stand alone, so that sections change nothing but the note, and what is repeated in the next
        let ([numerals, articles, _], [in_sections, with_note, checks]) = (read(1 << 20), read(2 * line(0).len()));
        assert_eq!(numerals.lines().count(), 81);
        assert_eq!(numerals, in_sections);
        let cells = |table: &str| table.lines().nth(1).expect("a row").split(',').map(str::to_owned).collect::<Vec<_>>();
        let (one, many) = (cells(&articles), cells(&with_note));
        assert_eq!(one[4..10], many[4..10]);
        assert!(!articles.contains("sections") && with_note.contains("read in 10 sections"), "{with_note}");
        let named: Vec<usize> = checks
            .lines()
            .skip(1)
            .flat_map(|row| row.split(',').nth(2).expect("facts").split('+').map(|n| n.trim_matches('"').parse().expect("a row")).collect::<Vec<_>>())
            .collect();
        let facts: usize = many[9].parse().expect("a number");
        assert!(named.iter().any(|&row| row > facts / 2) && named.iter().all(|&row| (1..=facts).contains(&row)), "{checks}");
    }
}
