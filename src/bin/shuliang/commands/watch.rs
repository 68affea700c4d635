//! `extract --watch`: whenever articles come, go or change, the tables are written anew.
//!
//! The folders are looked through again and again: that is the same on every system and also holds for folders that another
//! machine shares, where no system tells what changes.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use super::extract::Reader;
use crate::args::Extract;
use crate::batch::Inputs;
use crate::failure::{Failure, SOME_FAILED};
use crate::inputs::{Input, Listing, Patterns};
use crate::output::{Folder, Identity, LAST, Last, Output, Place, Tally, clear, enter};
use crate::own::Own;
use crate::progress::Progress;
use crate::stamp::{Stamp, stamp};
use crate::stop::Stop;

/// How long to wait between two looks.
const PAUSE: Duration = Duration::from_millis(500);
/// Looking may take one part in so many of the time.
const SHARE: u32 = 20;

/// Runs until somebody asks it to stop.
pub fn run(options: &Extract, out: &Path) -> Result<ExitCode, Failure> {
    if options.inputs.iter().any(|input| input.as_os_str() == "-") {
        return Err(Failure::Message("standard input cannot be watched; --watch takes files and folders".to_owned()));
    }
    let stop = Stop::listen()?;
    let reader = Reader::new(options)?;
    let _lock = enter(out)?;
    let last = out.join(LAST);
    clear(&last)?;
    let mut watch = Watch { reader, out, patterns: Patterns::new(&options.from_folders)?, own: Own::default(), last: Last::new(last) };
    let done = watch.until(&stop);
    clear(watch.last.folder())?;
    let tally = done?;
    watch.say(&format!("no longer watching; the tables in {} are complete", out.display()));
    Ok(if tally.failed > 0 { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}

struct Watch<'a> {
    reader: Reader<'a>,
    out: &'a Path,
    patterns: Patterns,
    own: Own,
    last: Last,
}

/// What the inputs were at a moment.
struct Look {
    listing: Listing,
    stamps: BTreeMap<PathBuf, Stamp>,
    took: Duration,
}

impl Look {
    fn is(&self, other: &Look) -> bool {
        let errors = |look: &Look| look.listing.errors.iter().map(ToString::to_string).collect::<Vec<_>>();
        self.stamps == other.stamps && errors(self) == errors(other)
    }

    /// What is different from an earlier look, in words.
    fn since(&self, before: &BTreeMap<PathBuf, Stamp>) -> String {
        let added = self.stamps.keys().filter(|path| !before.contains_key(*path)).count();
        let gone = before.keys().filter(|path| !self.stamps.contains_key(*path)).count();
        let changed = self.stamps.iter().filter(|(path, stamp)| before.get(*path).is_some_and(|before| before != *stamp)).count();
        let words = [(added, "added"), (changed, "changed"), (gone, "gone")];
        let words: Vec<String> = words.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
        if words.is_empty() { "folders changed".to_owned() } else { words.join(", ") }
    }
}

impl Watch<'_> {
    fn until(&mut self, stop: &Stop) -> Result<Tally, Failure> {
        let mut look = self.look();
        if let Some(note) = look.listing.note() {
            self.say(&note);
        }
        let mut tally = self.round(&mut look, None)?;
        self.say(&format!("watching {}; Ctrl-C ends", self.reader.names()));
        while !stop.wait(PAUSE.max(look.took * SHARE)) {
            let mut now = self.look();
            if now.is(&look) {
                continue;
            }
            // files come one after the other, and piece by piece
            loop {
                if stop.wait(PAUSE) {
                    return Ok(tally);
                }
                let again = self.look();
                if std::mem::replace(&mut now, again).is(&now) {
                    break;
                }
            }
            tally = self.round(&mut now, Some(&look.stamps))?;
            look = now;
        }
        Ok(tally)
    }

    fn look(&mut self) -> Look {
        let begin = Instant::now();
        let listing = Listing::new(&self.reader.options.inputs, &self.patterns, &mut self.own);
        let stamps = listing.files.iter().map(|file| (file.path.clone(), stamp(std::fs::metadata(&file.path)))).collect();
        Look { listing, stamps, took: begin.elapsed() }
    }

    /// Writes the tables, reading what has changed since the last round.
    fn round(&mut self, look: &mut Look, before: Option<&BTreeMap<PathBuf, Stamp>>) -> Result<Tally, Failure> {
        let begin = Instant::now();
        let files = std::mem::take(&mut look.listing.files);
        let mut round = Round {
            folder: Folder::again(self.out, &self.reader.tables, &self.reader.options.shape, &Identity::new("watch", "", &[]))?,
            tally: Tally::default(),
            next: self.last.next(),
            read: 0,
        };
        if !look.listing.errors.is_empty() {
            round = round.read(&self.reader, Inputs { errors: look.listing.errors.clone(), files: Vec::new() }, Vec::new())?;
        }
        let mut files = files.into_iter().map(|file| (look.stamps.get(&file.path).copied().flatten(), file)).map(|(stamp, file)| (file, stamp)).peekable();
        while let Some((file, stamp)) = files.next() {
            if self.last.has(&file, stamp) {
                self.last.copy(&file, &mut round.folder, &mut round.tally, &mut round.next)?;
                continue;
            }
            let (mut group, mut stamps) = (vec![file], vec![stamp]);
            while let Some((file, stamp)) = files.next_if(|(file, stamp)| !self.last.has(file, *stamp)) {
                group.push(file);
                stamps.push(stamp);
            }
            round = round.read(&self.reader, Inputs { errors: Vec::new(), files: group }, stamps)?;
        }
        let Round { folder, tally, next, read } = round;
        folder.finish_into(&tally, Some(next.folder()))?;
        self.last = next;
        let what = before.map_or_else(String::new, |before| format!("{}: ", look.since(before)));
        let took = begin.elapsed().as_millis();
        let (articles, failed, facts) = (tally.articles, tally.failed, tally.facts);
        self.say(&format!("{what}{articles} articles, {read} read now, {failed} failed; {facts} facts in {}.{} s", took / 1000, took / 100 % 10));
        Ok(tally)
    }

    fn say(&self, what: &str) {
        if !self.reader.options.quiet {
            // if standard error is closed, nobody waits for it
            let _ = writeln!(anstream::stderr(), "{what}");
        }
    }
}

/// Tables on their way.
struct Round {
    folder: Folder,
    tally: Tally,
    next: Last,
    /// How many articles were read and not copied.
    read: u64,
}

impl Round {
    /// Reads inputs that stand one after the other.
    fn read(mut self, reader: &Reader<'_>, inputs: Inputs, stamps: Vec<Stamp>) -> Result<Round, Failure> {
        let begin = (self.folder.mark(), self.tally);
        self.folder.note_ends();
        let progress = Progress::new(&inputs.files, reader.options.quiet, &self.tally);
        // the inputs are counted anew, the facts are not
        let tally = Tally { next: Place::default(), ..self.tally };
        let (output, tally, failure) = reader.work(&progress).run(&inputs, Output::Folder(self.folder), tally);
        progress.end();
        if let Some(failure) = failure {
            return Err(failure);
        }
        let Output::Folder(mut folder) = output else { return Err(Failure::Message("expected a folder".to_owned())) };
        let ends = folder.ends();
        let read = self.read + tally.articles + tally.failed - begin.1.articles - begin.1.failed;
        let files: Vec<(Input, Stamp)> = inputs.files.into_iter().zip(stamps).collect();
        self.next.note(files, begin, ends);
        Ok(Round { folder, tally, next: self.next, read })
    }
}
