//! Where cues may begin: the lists that are looked for in every clause, found in one walk over the text.

use super::cues::Cues;
use super::starts::{Start, Starts};
use crate::Span;

/// What a place may begin with: bits of [`Start::lists`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum CueStart {
    /// A cue of certainty.
    Modality = 1,
    /// A verb of cause.
    Cause = 2,
    /// A verb of telling.
    Saying = 4,
    /// 以 before what a thing is sold for.
    AtPrice = 8,
    /// How a figure was reckoned.
    Scope = 16,
    /// What ends the noun of a clause without a value.
    Predicate = 32,
    /// A private person's things.
    Personal = 64,
    /// 年产, 年处理: how much is made.
    Output = 128,
    /// 每年, 年时间: what holds at no time.
    Timeless = 256,
    /// 后.
    After = 512,
    /// 单位：, before the units of a table.
    UnitLine = 1024,
    /// 分别, 依次.
    Respectively = 2048,
    /// 由, 被 before who did it.
    DoneBy = 4096,
    /// The end of a sentence or line.
    Stop = 8192,
}

/// The characters that end a sentence or a line.
const STOPS: [char; 4] = ['。', '！', '？', '\n'];

/// Words that make what is said hold at no time.
const TIMELESS: [&str; 2] = ["每年", "年时间"];

/// The places of a text where cues may begin.
#[derive(Debug, Clone, Default)]
pub struct CuePlaces {
    starts: Vec<Start>,
}

impl CuePlaces {
    /// The places inside `span` where this may begin, in order. It begins nowhere else; whether it does, the list tells.
    pub fn of(&self, what: CueStart, span: Span) -> impl Iterator<Item = usize> {
        self.of_any(what as u64, span).map(|start| start.at as usize)
    }

    /// The places inside `span` where one of these may begin, in order, with the bits of all that may.
    pub fn of_any(&self, bits: u64, span: Span) -> impl Iterator<Item = Start> {
        let (_, from) = self.cut(span.start());
        from.iter().copied().take_while(move |start| (start.at as usize) < span.end()).filter(move |start| start.lists & bits != 0)
    }

    /// The places inside `span` where this may begin, from the last to the first.
    pub fn back(&self, what: CueStart, span: Span) -> impl Iterator<Item = usize> {
        let (to, _) = self.cut(span.end());
        let inside = to.iter().rev().take_while(move |start| (start.at as usize) >= span.start());
        inside.filter(move |start| what.is_in(**start)).map(|start| start.at as usize)
    }

    /// The places before `at` and those from there on.
    fn cut(&self, at: usize) -> (&[Start], &[Start]) {
        self.starts.split_at(self.starts.partition_point(|start| (start.at as usize) < at))
    }
}

impl CueStart {
    /// True where the place may begin so.
    pub fn is_in(self, start: Start) -> bool {
        start.lists & self as u64 != 0
    }

    /// Where the words of all lists may begin.
    pub(super) fn starts(cues: &Cues) -> Starts {
        let mut starts = Starts::default();
        starts.add(CueStart::Modality as u64, &cues.modality);
        starts.add(CueStart::Cause as u64, &cues.cause);
        starts.add(CueStart::Saying as u64, &cues.saying);
        starts.add(CueStart::Scope as u64, &cues.scope);
        starts.add(CueStart::Predicate as u64, &cues.predicate);
        starts.add(CueStart::Personal as u64, &cues.personal);
        starts.add(CueStart::UnitLine as u64, &cues.unit_line);
        starts.add(CueStart::Output as u64, &cues.output);
        starts.add(CueStart::Respectively as u64, &cues.respectively);
        let firsts = cues.price.iter().filter_map(|(word, ())| word.chars().next());
        firsts.for_each(|first| starts.add_pair(CueStart::AtPrice as u64, '以', first));
        TIMELESS.iter().filter_map(|word| word.chars().next().zip(word.chars().nth(1))).for_each(|(first, second)| {
            starts.add_pair(CueStart::Timeless as u64, first, second);
        });
        starts.add_alone(CueStart::After as u64, '后');
        ['由', '被'].into_iter().for_each(|by| starts.add_alone(CueStart::DoneBy as u64, by));
        STOPS.into_iter().for_each(|stop| starts.add_alone(CueStart::Stop as u64, stop));
        starts
    }
}

impl Cues {
    /// Where in `text` the cues that are looked for in every clause may begin: one walk over the text.
    pub fn places(&self, text: &str) -> CuePlaces {
        CuePlaces { starts: self.starts.places(text) }
    }

    /// True where the end of a sentence or line stands.
    pub fn opens_stop(words: &str) -> bool {
        words.starts_with(STOPS)
    }

    /// True where 每年 or 年时间 begins.
    pub fn opens_timeless(words: &str) -> bool {
        TIMELESS.iter().any(|word| words.starts_with(word))
    }
}
