//! When a value holds: the clause's own time, the times that carry, the reporting frame, and what takes none (guideline T2–T5).

use std::rc::Rc;

use jiff::civil::Date;

use crate::Span;
use crate::dict::{Kind, Scope};
use crate::link::certainty;
use crate::link::clauses::Clause;
use crate::link::discourse::Discourse;
use crate::link::facts::Source;
use crate::link::lead::Lead;
use crate::link::left::modifies;
use crate::link::subject::in_dateline;
use crate::link::{Fact, Modality, Subject};
use crate::tag::{EntityKind, Moment, Period, Quantity, TimeKind, TimeRef};

/// The reporting frame (guideline T2): the period that the whole article is about.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// The days.
    pub period: Period,
    /// The words, where they stand in the text.
    pub span: Option<Span>,
}

/// The reporting frame: a period named in the title or the first sentence.
pub fn frame(text: &str, times: &[TimeRef], title_times: &[TimeRef], first_sentence: Option<Span>, published: Option<Date>) -> Option<Frame> {
    let words = |span: Span| text.get(span.range());
    let days = |t: &TimeRef| match (t.period.start.and_then(day), t.period.end.and_then(day)) {
        (Some(start), Some(end)) => Some(end.duration_since(start).as_hours() / 24),
        _ => None,
    };
    // a run of single days is no frame, nor is a period long past
    let recent = |t: &TimeRef| match (t.period.end.and_then(day), published) {
        (Some(end), Some(published)) => published.duration_since(end).as_hours() / 24 < 500,
        _ => true,
    };
    let named =
        |t: &TimeRef| words(t.span).is_some_and(|w| w.contains("假") || w.contains("以来") || w.contains("截至") || w.contains("期间") || w.contains("春运"));
    let long = |t: &&TimeRef| t.kind == TimeKind::Period && t.period.end.is_some() && recent(t) && (named(t) || days(t).is_some_and(|days| days >= 20));
    // 截至3月底, 黄金周期间 in an article without a date: the words are kept
    let worded = |t: &&TimeRef| t.kind == TimeKind::Period && t.period == Period::default() && named(t);
    // 较上年的3万人减少: whose figure the article's is compared with; 已排到2028年: how far something reaches
    // and 占公司2022年度营业收入的18.2%: the time of a whole
    let compared = |t: &TimeRef| {
        let before = text.get(..t.span.start()).unwrap_or_default();
        let whole = before.char_indices().rev().take(12).take_while(|(_, c)| !matches!(c, '，' | '。' | '；' | '\n'));
        before.ends_with(['比', '较', '到', '至']) || whole.into_iter().any(|(_, c)| c == '占')
    };
    let title = title_times.iter().find(long).map(|t| Frame { period: t.period, span: None });
    let inside = |sentence: Span| times.iter().filter(move |t| long(t) || worded(t)).find(move |t| sentence.contains(t.span) && !compared(t));
    let headline = first_sentence.filter(|sentence| !text[*sentence].trim_end().ends_with(['。', '！', '？', '!', '?']));
    let body = headline.and_then(|headline| sentence_after(text, headline));
    let lead = first_sentence.and_then(inside).or_else(|| body.and_then(inside)).map(|t| Frame { period: t.period, span: Some(t.span) });
    lead.or(title)
}

/// How many lines below a headline the text begins, at most.
const HEAD_LINES: usize = 6;

/// The first whole sentence below a headline: what stands between may be a date line and a source.
fn sentence_after(text: &str, headline: Span) -> Option<Span> {
    let mut start = headline.end();
    for line in text.get(headline.end()..)?.split_inclusive('\n').take(HEAD_LINES) {
        if let Some(end) = line.find('。') {
            return Some(Span::new(start, start + end + '。'.len_utf8()));
        }
        start += line.len();
    }
    None
}

/// The time of a fact (guideline T2–T4).
pub(super) fn time(
    source: Source<'_>,
    state: &Discourse,
    found: &Lead,
    quantity: &Quantity,
    clause: &Clause,
    subject: Option<&Subject>,
    indicator: &str,
) -> (Period, Option<Span>) {
    let text = source.layers.text;
    let times = source.layers.times;
    let pick = |index: usize| times.get(index).map_or((Period::default(), None), |t| (t.period, Some(t.span)));
    let inside_basis = |span: Span| found.basis.is_some_and(|basis| basis.overlaps(span));
    let own = source
        .layers
        .times_in(clause.span)
        .rev()
        .find(|(_, t)| t.span.end() <= quantity.span.start() && !inside_basis(t.span) && !modifies(text, t.span) && !in_dateline(source, t.span));
    if found.from {
        return found.from_time.map_or((Period::default(), None), pick);
    }
    let own = found.time.or(own.map(|(index, _)| index).filter(|index| !is_start_of(source, *index)));
    if let Some(index) = own {
        return pick(index);
    }
    // a time behind the value in the same clause: 年产2万吨，明年投产 is another clause
    let scenario = state.scenario.is_some();
    if scenario || state.timeless {
        return (Period::default(), None);
    }
    if let Some(index) = state.period_time {
        return pick(index);
    }
    if attribute(source, subject, indicator, quantity) {
        return (Period::default(), None);
    }
    if let Some(index) = state.line_time {
        return pick(index);
    }
    let spoken = Span::new(clause.span.start(), quantity.span.start().max(clause.span.start()));
    let ahead =
        certainty::cues(source.layers, spoken).last().is_some_and(|cue| cue.scope == Scope::Sentence && certainty::modality(cue.certainty) != Modality::Actual);
    let framed = state.certainty.is_none() && !ahead;
    match source.frame.filter(|_| framed) {
        Some(frame) => (frame.period, frame.span),
        None => (Period::default(), None),
    }
}

/// A figure that was given before with a time is the same figure: 新开工77项 … 盘点这77项.
pub(super) fn restated(state: &Discourse, quantity: &Quantity, subject: Option<&Subject>, found: &Lead) -> Option<(Period, Option<Span>)> {
    let plain = quantity.kind == Kind::Count && found.change.is_none() && !found.from && state.scenario.is_none() && !state.timeless;
    let low = quantity.amount.low().filter(|low| plain && *low >= rust_decimal::Decimal::TEN)?;
    let same = |f: &&Rc<Fact>| f.amount == quantity.amount && f.unit == quantity.unit && f.subject.as_ref() == subject;
    state.dated.get(&low)?.iter().find(same).map(|f| (f.period, f.time))
}

/// True for the 2020年 of 由2020年的18%, 比2020年18%.
pub(super) fn is_start_of(source: Source<'_>, time: usize) -> bool {
    source.layers.times.get(time).is_some_and(|t| {
        let before = &source.layers.text[..t.span.start()];
        before.ends_with(['由', '从']) && source.layers.text[t.span.end()..].starts_with('的') || before.ends_with(['比', '较'])
    })
}

/// T4: attributes of a project, facility, product, company or place take no time from elsewhere.
pub(super) fn attribute(source: Source<'_>, subject: Option<&Subject>, indicator: &str, quantity: &Quantity) -> bool {
    let kind = match subject {
        Some(Subject::Entity(id)) => source.mentions.entity(*id).map(|e| e.kind),
        _ => None,
    };
    if source.layers.cues.place.ending(indicator, indicator.len()).is_some() || source.layers.cues.place.longest(indicator, 0).is_some() {
        return true;
    }
    // lengths, areas and parts of what is built
    let built = matches!(kind, Some(EntityKind::Project | EntityKind::Facility | EntityKind::Product));
    let part =
        kind == Some(EntityKind::Project) && quantity.kind == Kind::Count && !source.layers.text[quantity.span].ends_with(['人', '次', '名', '户', '位']);
    if built && matches!(quantity.kind, Kind::Length | Kind::Area | Kind::Power) || part {
        return true;
    }
    let holder = !matches!(kind, Some(EntityKind::Region) | None);
    let cues = source.layers.cues;
    holder
        && (cues.attribute.ending(indicator, indicator.len()).is_some()
            || cues.attribute.longest(indicator, 0).is_some_and(|(len, ())| len >= '年'.len_utf8() * 2))
}

/// Notes the last time of a stretch for the clauses after it, unless it is a modifier or the time of a saying (T3).
pub(super) fn carry_time(source: Source<'_>, span: Span, leading: Option<usize>, saying: bool, basis: Option<Span>, state: &mut Discourse) {
    let earlier = |index: usize| {
        source.layers.times.get(index).is_some_and(|t| source.layers.text[t.span].ends_with("同期") && source.layers.text[t.span].chars().count() > 2)
    };
    if saying {
        if let Some(index) = told(source, span) {
            state.period_time = Some(index);
            state.line_time = Some(index);
        }
        return;
    }
    if leading.is_some_and(earlier) {
        // 去年同期开工37个，总投资188亿元: where no other time stands in the sentence, it is about that time
        state.period_time = state.period_time.or(leading);
        return;
    }
    // 完成全年目标任务的62%: the time of the basis is not the fact's
    let compared = |time: Span| basis.is_some_and(|basis| basis.overlaps(time));
    let inside = source.layers.times_in(span).rev().find(|(_, t)| !modifies(source.layers.text, t.span) && !compared(t.span) && !in_dateline(source, t.span));
    if let Some(index) = leading.or(inside.map(|(index, _)| index)) {
        state.period_time = Some(index);
        state.line_time = Some(index);
    }
}

/// `22日通报今年上半年全国空气质量状况：`, `公布2021年年度报告`: the day before the verb is the time of the saying, the period behind it is
/// what is told of. `召开2021年工作会议` and `印发2021年工作计划` tell of none.
fn told(source: Source<'_>, span: Span) -> Option<usize> {
    let (text, cues) = (source.layers.text, source.layers.cues);
    let words = text.get(span.range())?;
    let (at, len, ()) = cues.saying.find(words, 0)?;
    let from = span.start() + at + len;
    let plan = ["会", "会议", "论坛", "规划", "计划", "方案", "意见", "通知", "任务", "目标", "预算", "工程"]
        .iter()
        .any(|noun| words.trim_end_matches('》').ends_with(noun));
    let period = |t: &TimeRef| t.kind == TimeKind::Period && t.span.start() >= from && !modifies(text, t.span);
    source.layers.times_in(span).find(|(_, t)| !plan && period(t)).map(|(index, _)| index)
}

/// T3: `今年年初，市委全会提出…`: the time before a body that says something is the time of the saying.
pub(super) fn drop_time_of_saying(source: Source<'_>, clause: &Clause, state: &mut Discourse) {
    let Some(time) = state.period_time.and_then(|index| source.layers.times.get(index)) else { return };
    let gap = source.layers.text.get(time.span.end()..clause.span.start()).unwrap_or("。");
    if gap.trim_matches(['，', ',', ' ']).is_empty() {
        state.period_time = None;
        state.line_time = None;
    }
}

/// The day of a moment; a clock time alone has none.
pub(super) fn day(moment: Moment) -> Option<Date> {
    match moment {
        Moment::Day(day) => Some(day),
        Moment::Clock(clock) => Some(clock.date()),
        Moment::Time(_) => None,
    }
}

pub(super) fn ends_before(period: Period, published: Option<Date>) -> bool {
    match (period.end, published) {
        (Some(end), Some(published)) => day(end).is_some_and(|end| end < published),
        _ => false,
    }
}
