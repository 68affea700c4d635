//! What a run says on standard error while it works, and at its end. Nothing of it reaches a table.

use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::inputs::Input;
use crate::output::{Place, Tally};

/// Shorter runs show no bar.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long a figure stands before the next.
const BETWEEN: Duration = Duration::from_millis(200);

/// The pace of a run, and a bar where somebody looks.
pub struct Progress {
    begin: Instant,
    /// How many articles an earlier run had done.
    before: u64,
    bar: Option<Bar>,
}

struct Bar {
    bar: ProgressBar,
    /// How many bytes stand before each input, and last in all of them; none where nobody knows.
    offsets: Option<Vec<u64>>,
    state: Mutex<State>,
}

struct State {
    place: Place,
    /// How many bytes of the input at `place` are done.
    bytes: u64,
    last: Instant,
}

impl Progress {
    /// Begins now. A run that is not quiet shows a bar on standard error if it is a terminal.
    pub fn new(files: &[Input], quiet: bool, tally: &Tally) -> Progress {
        let bar = (!quiet && std::io::stderr().is_terminal()).then(|| Bar::new(files, tally.next));
        Progress { begin: Instant::now(), before: tally.articles + tally.failed, bar }
    }

    /// An article of so many bytes is done.
    pub fn show(&self, place: Place, bytes: usize, tally: &Tally) {
        if let Some(bar) = &self.bar
            && let Some(bar) = bar.advance(place, bytes, self.begin)
        {
            bar.set_message(self.pace(tally));
        }
    }

    /// Prints something that must not run into the bar.
    pub fn aside(&self, print: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.bar.suspend(print),
            None => print(),
        }
    }

    /// Takes the bar away.
    pub fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.bar.finish_and_clear();
        }
    }

    /// The last line of a run.
    pub fn summary(&self, tally: &Tally) -> String {
        let took = self.begin.elapsed().as_millis();
        let before = if self.before > 0 { format!(", {} of them before the interruption", self.before) } else { String::new() };
        format!("{}, {} failed{before}; {} facts in {}.{} s", self.pace(tally), tally.failed, tally.facts, took / 1000, took / 100 % 10)
    }

    fn pace(&self, tally: &Tally) -> String {
        let now = u128::from((tally.articles + tally.failed).saturating_sub(self.before));
        let each_second = now * 1000 / self.begin.elapsed().as_millis().max(1);
        format!("{} articles ({each_second}/s)", tally.articles)
    }
}

impl Bar {
    fn new(files: &[Input], place: Place) -> Bar {
        let offsets = offsets(files);
        let length = offsets.as_ref().and_then(|offsets| offsets.last().copied());
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::hidden());
        let template = if length.is_some() { "{bar:30} {percent:>3} %  {msg}, {eta} left" } else { "{spinner} {msg}, {elapsed}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Bar { bar, offsets, state: Mutex::new(State { place, bytes: 0, last: Instant::now() }) }
    }

    /// Moves the bar on; gives it where it is time for a new message.
    fn advance(&self, place: Place, bytes: usize, begin: Instant) -> Option<&ProgressBar> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.place.input != place.input {
            state.bytes = 0;
        }
        state.place = place;
        state.bytes += bytes as u64;
        if state.last.elapsed() < BETWEEN || begin.elapsed() < PATIENCE {
            return None;
        }
        state.last = Instant::now();
        if self.bar.is_hidden() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        match self.offsets.as_ref().and_then(|offsets| offsets.get(place.input..=place.input + 1)) {
            // the articles of a compressed file have more bytes than the file
            Some([from, to]) => self.bar.set_position((from + state.bytes).min(*to)),
            _ => self.bar.tick(),
        }
        Some(&self.bar)
    }
}

/// How many bytes stand before each input, and in all of them. Input 0 is what could not be listed.
fn offsets(files: &[Input]) -> Option<Vec<u64>> {
    let mut offsets = vec![0, 0];
    let mut sum = 0;
    for file in files {
        sum += std::fs::metadata(&file.path).ok().filter(std::fs::Metadata::is_file)?.len();
        offsets.push(sum);
    }
    Some(offsets)
}
