//! Heads of columns: what a head over figures says of them.
//!
//! `产量（万吨）` measures 产量 in 万吨; `1—8月` gives a time and measures nothing of its own; `同比±%` is over rates of growth,
//! `位次` over numbers that are no figures at all.

use super::units::{Scaled, bracket, unit_in};
use crate::Span;
use crate::dict::{Certainty, Cues, Kind, Units};
use crate::tag::{Numeral, TimeRef};

/// What the figures of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// Levels.
    Level,
    /// Differences, a rise where they are positive.
    Growth,
    /// Differences, a fall where they are positive.
    Fall,
    /// Shares of a whole.
    Share,
    /// What part of a plan is done.
    Done,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Numbers of the rows: 序号.
    Number,
    /// Ranks and other numbers that measure nothing: 位次.
    Rank,
    /// Units of the rows: 计量单位.
    Unit,
    /// Names: of what is measured where `measure` (指标), else of whom the rows are about where `whom` (地区).
    Name {
        measure: bool,
        whom: bool,
    },
    Figures(Head),
}

/// The head of a column of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    /// All of its words.
    pub words: Span,
    /// The words that name what is measured; none in 1—8月, 绝对值, 同比±%.
    pub measure: Option<Span>,
    pub says: Says,
    /// What a change or a share is of: 上年, 同比, GDP.
    pub basis: Option<Span>,
    /// 计划, 预计
    pub certainty: Option<Certainty>,
    /// The number of its time.
    pub time: Option<usize>,
    pub unit: Option<Scaled>,
}

/// What the heads of a table are read against.
#[derive(Clone, Copy)]
pub(super) struct Layers<'a> {
    pub text: &'a str,
    pub numerals: &'a [Numeral],
    pub times: &'a [TimeRef],
    pub units: &'a Units,
    pub cues: &'a Cues,
}

impl Layers<'_> {
    /// The number of the first time in a stretch.
    pub fn time_in(&self, span: Span) -> Option<usize> {
        crate::span::within(self.times, span, |time| time.span).next().map(|(index, _)| index)
    }
}

/// What the head `span` says.
pub(super) fn column(layers: Layers<'_>, span: Span) -> Column {
    let Layers { text, cues, .. } = layers;
    let words = text[span].trim();
    let (core, inside) = without_bracket(text, span);
    let core_words = text[core].trim();
    let is = |list: &crate::dict::Words<()>| list.get(words).is_some() || list.get(core_words).is_some();
    if is(&cues.table_number) {
        return Column::Number;
    }
    if is(&cues.table_rank) || ends(&cues.table_rank, core_words) {
        return Column::Rank;
    }
    if is(&cues.table_unit) {
        return Column::Unit;
    }
    let (measure, whom) = (is(&cues.table_measure), is(&cues.table_names));
    if measure || whom {
        return Column::Name { measure, whom };
    }
    let inside = inside.or_else(|| bracket(text, span));
    let unit = inside.and_then(|inside| unit_in(text, inside, layers.numerals, layers.units));
    Column::Figures(head(layers, span, core, unit))
}

fn ends(list: &crate::dict::Words<()>, words: &str) -> bool {
    list.ending(words, words.len()).is_some()
}

fn head(layers: Layers<'_>, words: Span, core: Span, unit: Option<Scaled>) -> Head {
    let Layers { text, cues, units, .. } = layers;
    let time = layers.time_in(words);
    let mut says = Says::Level;
    let mut basis = None;
    let mut certainty = None;
    let mut rest = trimmed(text, core);
    // %, ± and other signs at the end
    let percent = text[words].contains(['%', '％']) || unit.is_some_and(|(_, unit)| unit.kind(units) == Kind::Percent);
    loop {
        let before = rest;
        // GDP（亿元）增速
        if let (open, Some(_)) = without_bracket(text, rest) {
            rest = open;
        }
        let stretch = &text[rest];
        if let Some(time) = time.and_then(|at| layers.times.get(at)).map(|time| time.span).filter(|time| rest.contains(*time)) {
            // 2023年产量, 产量2023年: the time stands at an edge
            if time.start() == rest.start() {
                rest = trimmed(text, Span::new(time.end(), rest.end()));
                continue;
            } else if time.end() == rest.end() {
                rest = trimmed(text, Span::new(rest.start(), time.start()));
                continue;
            }
        }
        if let Some((len, ())) = cues.table_share.ending(stretch, stretch.len()).filter(|_| says == Says::Level) {
            says = Says::Share;
            let whole = trimmed(text, Span::new(rest.start(), rest.end() - len));
            match text[whole].strip_prefix('占') {
                // 占全省比重
                Some(_) => {
                    basis = Some(Span::new(whole.start() + '占'.len_utf8(), whole.end())).filter(|b| !b.is_empty());
                    rest = Span::new(whole.end(), whole.end());
                }
                None => rest = whole,
            }
            continue;
        }
        let fall = cues.table_fall.ending(stretch, stretch.len());
        let growth = cues.table_growth.ending(stretch, stretch.len());
        if let Some((len, ())) = fall.or(growth).filter(|_| matches!(says, Says::Level | Says::Growth | Says::Fall)) {
            says = if fall.is_some() || says == Says::Fall { Says::Fall } else { Says::Growth };
            let end = rest.end() - len;
            if basis.is_none() && cues.basis_word.get(&text[Span::new(end, rest.end())]).is_some() {
                basis = Some(Span::new(end, rest.end()));
            }
            rest = trimmed(text, Span::new(rest.start(), end));
            continue;
        }
        // 比上年(增长), 同比(增长)
        if matches!(says, Says::Growth | Says::Fall) && basis.is_none() {
            if let Some(at) = stretch.rfind(['比', '较']).filter(|at| !stretch[..*at].ends_with(['同', '环', '占'])) {
                let from = rest.start() + at + '比'.len_utf8();
                basis = Some(Span::new(from, rest.end())).filter(|b| !b.is_empty());
                rest = trimmed(text, Span::new(rest.start(), rest.start() + at));
                continue;
            }
            if let Some((len, ())) = cues.basis_word.ending(stretch, stretch.len()) {
                basis = Some(Span::new(rest.end() - len, rest.end()));
                rest = trimmed(text, Span::new(rest.start(), rest.end() - len));
                continue;
            }
        }
        if let Some((len, ())) = cues.table_done.longest(stretch, 0).filter(|(len, ())| *len < rest.len()) {
            // 完成预算%: what follows is the plan
            let plan = Span::new(rest.start() + len, rest.end());
            let planned = certain(cues).iter().any(|(list, _)| list.get(&text[plan]).is_some());
            if percent && planned {
                (says, basis) = (Says::Done, Some(plan));
                rest = Span::new(rest.end(), rest.end());
                break;
            }
        }
        for (list, says) in certain(cues) {
            let stretch = &text[rest];
            if let Some((len, ())) = list.ending(stretch, stretch.len()) {
                certainty = certainty.or(Some(says));
                rest = trimmed(text, Span::new(rest.start(), rest.end() - len));
            } else if let Some((len, ())) = list.longest(stretch, 0) {
                certainty = certainty.or(Some(says));
                rest = trimmed(text, Span::new(rest.start() + len, rest.end()));
            }
        }
        let stretch = &text[rest];
        if let Some((len, ())) = cues.table_level.ending(stretch, stretch.len()) {
            rest = trimmed(text, Span::new(rest.start(), rest.end() - len));
        } else if let Some((len, ())) = cues.table_level.longest(stretch, 0) {
            rest = trimmed(text, Span::new(rest.start() + len, rest.end()));
        }
        if rest == before {
            break;
        }
    }
    let measure = Some(rest).filter(|rest| text[*rest].chars().filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_ascii_alphabetic()).count() >= 2);
    Head { words, measure, says, basis, certainty, time, unit }
}

/// The lists of what a head says of certainty.
fn certain(cues: &Cues) -> [(&crate::dict::Words<()>, Certainty); 3] {
    [(&cues.table_planned, Certainty::Planned), (&cues.table_target, Certainty::Target), (&cues.table_forecast, Certainty::Forecast)]
}

/// A head without what stands in its last brackets, and that.
pub(super) fn without_bracket(text: &str, head: Span) -> (Span, Option<Span>) {
    let Some(inside) = bracket(text, head).filter(|_| text[head].ends_with(['）', ')'])) else { return (head, None) };
    let open = text[..inside.start()].char_indices().next_back().map_or(inside.start(), |(at, _)| at);
    let core = trimmed(text, Span::new(head.start(), open.max(head.start())));
    if core.is_empty() { (head, Some(inside)) } else { (core, Some(inside)) }
}

/// A stretch without blanks and signs at its edges.
fn trimmed(text: &str, span: Span) -> Span {
    let edge = |c: char| c.is_whitespace() || matches!(c, '%' | '％' | '：' | ':' | '、' | '，' | ',' | '的' | '#' | '＃' | '*');
    let words = &text[span];
    let start = span.start() + (words.len() - words.trim_start_matches(edge).len());
    Span::new(start, (start + words.trim_matches(edge).len()).min(span.end()))
}
