//! What stands before a value: its change and basis from the right, its time and subject from the left, its indicator between.

use crate::Span;
use crate::dict::{CuePlaces, CueStart, Cues, Kind, Scope, Units};
use crate::link::shapes::{change, comparison, from_to, rate, ratio, share};
use crate::link::{Change, left};
use crate::span::{starting, within};
use crate::tag::{Entity, Mention, TimeRef};

/// The layers that a lead is read against.
#[derive(Clone, Copy)]
pub struct Layers<'a> {
    /// The text of the article.
    pub text: &'a str,
    /// Words that steer the reading.
    pub cues: &'a Cues,
    /// Where those may begin that are looked for in every clause.
    pub places: &'a CuePlaces,
    /// Times, in order.
    pub times: &'a [TimeRef],
    /// Names, in order.
    pub mentions: &'a [Mention],
    /// What the names stand for, by number.
    pub entities: &'a [Entity],
    /// Units, by name.
    pub units: &'a Units,
    /// The figures that stand inside the names of projects, with the numbers of these.
    pub named: &'a [(Span, usize)],
}

impl<'a> Layers<'a> {
    /// The times that lie inside `span`, with their numbers.
    pub fn times_in(self, span: Span) -> impl DoubleEndedIterator<Item = (usize, &'a TimeRef)> {
        within(self.times, span, |time| time.span)
    }

    /// The names that lie inside `span`, with their numbers.
    pub fn mentions_in(self, span: Span) -> impl DoubleEndedIterator<Item = (usize, &'a Mention)> {
        within(self.mentions, span, |mention| mention.span)
    }

    /// The time that begins at `at`.
    pub fn time_at(self, at: usize) -> Option<(usize, &'a TimeRef)> {
        starting(self.times, at, |time| time.span)
    }

    /// The sentence around `span`, without the mark at its end, as far as it lies within `near` bytes of the span on each side.
    pub fn sentence_around(self, span: Span, near: usize) -> Span {
        let stop = |at: &usize| Cues::opens_stop(&self.text[*at..]);
        let before = Span::new(boundary(self.text, span.start().saturating_sub(near)), span.start());
        let behind = Span::new(span.end(), boundary(self.text, span.end() + near));
        let past = |at: usize| at + self.text[at..].chars().next().map_or(0, char::len_utf8);
        let start = self.places.back(CueStart::Stop, before).find(stop).map_or(before.start(), past);
        Span::new(start, self.places.of(CueStart::Stop, behind).find(stop).unwrap_or(behind.end()))
    }

    /// Where 后 stands first inside `span`.
    pub fn first_after(self, span: Span) -> Option<usize> {
        self.places.of(CueStart::After, span).find(|&at| self.text[at..].starts_with('后'))
    }

    /// The project that has the figure in its name: 年产2万吨饲料项目.
    pub fn named_in(self, figure: Span) -> Option<(usize, &'a Mention)> {
        let place = self.named.binary_search_by_key(&figure, |(span, _)| *span).ok()?;
        let (_, number) = self.named.get(place)?;
        Some((*number, self.mentions.get(*number)?))
    }

    /// The name that begins at `at`.
    pub fn mention_at(self, at: usize) -> Option<(usize, &'a Mention)> {
        starting(self.mentions, at, |mention| mention.span)
    }
}

/// The last place up to `at` where a character begins.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// What was read out of the words before a value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lead {
    /// The noun phrase that names the measure; empty where there is none.
    pub indicator: Option<Span>,
    /// A verb that carries nothing but the value, where no noun stands beside it: 实现, 有.
    pub light: Option<Span>,
    /// The number of the mention that the value belongs to.
    pub subject: Option<usize>,
    /// Every mention that was passed on the way to the indicator, in order.
    pub names: Vec<usize>,
    /// 每 and a unit apart from the number: 每吨可多卖四五百元.
    pub each: Option<Span>,
    /// What stands before that 每.
    pub before_each: Option<Span>,
    /// The number of the time in subject position.
    pub time: Option<usize>,
    /// The number of the time that the start of a from–to has for itself: 由2020年的18%.
    pub from_time: Option<usize>,
    /// Level, difference, share, ratio; `None` where nothing was said.
    pub change: Option<Change>,
    /// Against what.
    pub basis: Option<Span>,
    /// True after 其中 or 包括: what follows is a part of what came before.
    pub part: bool,
    /// True for the first value of 由A增至B.
    pub from: bool,
    /// True for a difference from something else: 高于全省.
    pub compared: bool,
    /// True where the change has no direction of its own: 调整为.
    pub level_only: bool,
    /// The noun before a light verb in the middle: 电子信息产业(实现营业收入).
    pub before_verb: Option<Span>,
    /// A stretch of what is measured: 旌德段, 旌德到宁国.
    pub label: Option<Span>,
    /// True where the verb stands behind the value, with its own time and cue: 首批8000只(须于6月底前交付).
    pub later: bool,
    /// A verb before a list with 等 whose noun is the indicator: 盘活了甲、乙等企业9户.
    pub verb: Option<Span>,
}

/// Reads the words of `lead`, which end where a quantity of the kind `kind` begins.
pub fn read(layers: Layers<'_>, lead: Span, kind: Kind) -> Lead {
    let mut found = Lead::default();
    let mut rest = trim_right(layers, lead);
    if rest.is_empty() {
        // 最高2621米: the word alone
        found.light = Some(Span::new(lead.start(), lead.start() + trimmed_len(&layers.text[lead]))).filter(|word| !word.is_empty());
    }
    if let Some(from) = from_to::strip_end(layers.text, rest, &["由", "从", "由原来的", "从原来的", "由过去的", "从过去的", "由原先的", "从原先的"])
    {
        found.from = true;
        rest = from;
    } else if let Some((inner, time)) = from_to::time_of_start(layers, rest) {
        // 由2020年的18%提高到35%
        found.from = true;
        found.from_time = Some(time);
        rest = inner;
    } else if let Some(inner) = from_to::state_of_start(layers, rest) {
        found.from = true;
        rest = inner;
    } else if let Some((inner, time)) = from_to::time_reached(layers, rest) {
        found.time = Some(time);
        rest = inner;
    }
    rest = share::share(layers, rest, kind, &mut found);
    if found.change.is_none() && !found.from {
        rest = ratio::ratio(layers, rest, kind, &mut found);
    }
    // 对首台（套）装备按购置额的10%给予奖励: whom it is given to is no measure
    if found.change == Some(Change::Ratio) && layers.text[rest].starts_with('对') {
        found.label = Some(rest);
        return found;
    }
    if found.change.is_none() && !found.from {
        rest = comparison::comparative(layers, rest, &mut found);
    }
    if found.change.is_none() && !found.from {
        rest = change::change(layers, rest, kind, &mut found);
    }
    rest = trim_right(layers, rest);
    rest = rate::each(layers, rest, &mut found);
    let alone = found.change.is_none() && found.light.is_none();
    left::left(layers, rest, &mut found, alone);
    middle(layers, kind, &mut found);
    found
}

/// `电子信息产业实现营业收入`, `市级财政已拨付救灾资金`, `货物为勾臂车`: a verb between two nouns.
fn middle(layers: Layers<'_>, kind: Kind, found: &mut Lead) {
    let text = layers.text;
    let Some(span) = found.indicator else { return };
    let words = &text[span];
    for verb in ["分别实现", "分别完成", "分别", "依次", "实现", "完成"] {
        if let Some(at) = first(words, verb).filter(|at| *at > 0 && at + verb.len() < words.len()) {
            found.before_verb = Some(Span::new(span.start(), span.start() + at));
            found.indicator = Some(Span::new(span.start() + at + verb.len(), span.end()));
            return;
        }
    }
    // 我们的经营目标是营业收入不低于56亿元
    for goal in ["目标是", "目标为", "任务是"] {
        if let Some(at) = first(words, goal).filter(|at| at + goal.len() < words.len()) {
            found.indicator = Some(Span::new(span.start() + at + goal.len(), span.end()));
            return;
        }
    }
    // 某高速有各类隧道34座: what has them is no part of what is counted
    let having = || {
        words.char_indices().filter(|(at, c)| *c == '有' && *at >= '有'.len_utf8() * 2).map(|(at, _)| at).find(|at| {
            let kept = layers.cues.right_keep.ending(words, at + '有'.len_utf8()).is_some()
                || words[..*at].ends_with(['国', '公', '私', '特', '没', '含', '未', '稀', '具', '持', '享']);
            !kept
                && words[at + '有'.len_utf8()..].chars().count() >= 2
                && !words[at + '有'.len_utf8()..]
                    .starts_with(['限', '效', '关', '色', '机', '线', '害', '毒', '望', '序', '轨', '偿', '期', '资', '企', '制', '林', '土'])
        })
    };
    if kind == Kind::Count
        && let Some(at) = having()
    {
        let mut rest = Lead::default();
        left::left(layers, Span::new(span.start() + at + '有'.len_utf8(), span.end()), &mut rest, false);
        if rest.indicator.is_some() {
            found.indicator = rest.indicator;
            return;
        }
    }
    for adverb in ["已经", "已", "拟", "计划", "共计", "累计"] {
        let Some(at) = first(words, adverb).filter(|at| *at > 0 && at + adverb.len() < words.len()) else { continue };
        // 铁路累计发送旅客: a short noun that is no body belongs to the verb
        let before = &words[..at];
        let actor = before.ends_with(['政', '门', '局', '委', '关', '方', '府', '行', '司', '院', '校', '位', '企', '业']);
        if matches!(adverb, "共计" | "累计") && before.chars().count() <= 4 && !actor {
            found.before_verb = Some(Span::new(span.start(), span.start() + at));
            found.indicator = Some(Span::new(span.start() + at + adverb.len(), span.end()));
            return;
        }
        let mut rest = Lead::default();
        left::left(layers, Span::new(span.start() + at + adverb.len(), span.end()), &mut rest, false);
        if rest.indicator.is_some() {
            found.indicator = rest.indicator;
            return;
        }
    }
    if kind == Kind::Count
        && let Some(at) = words.rfind('的').filter(|at| words[..*at].chars().count() > 6)
        && words[at + '的'.len_utf8()..].chars().count() >= 2
    {
        found.indicator = Some(Span::new(span.start() + at + '的'.len_utf8(), span.end()));
        return;
    }
    let property =
        words.char_indices().skip(2).map(|(at, _)| at).find(|at| {
            layers.cues.property.get(&words[*at..]).is_some() && layers.cues.group.ending(words, *at).is_some_and(|(len, ())| len > '车'.len_utf8())
        });
    // 合同金额 is a property itself, and no property of contracts
    if let Some(at) = property.filter(|at| !words[..*at].char_indices().any(|(from, _)| is_property(layers, &words[from..]))) {
        found.label = found.label.or(Some(Span::new(span.start(), span.start() + at)));
        found.indicator = Some(Span::new(span.start() + at, span.end()));
        return;
    }
    if let Some(at) =
        words.find('为').filter(|at| *at > 0 && at + '为'.len_utf8() < words.len() && !words[..*at].ends_with(['作', '成', '认', '行', '人', '因']))
    {
        let (before, after) = (Span::new(span.start(), span.start() + at), Span::new(span.start() + at + '为'.len_utf8(), span.end()));
        if kind == Kind::Count {
            found.indicator = Some(after);
        } else {
            found.indicator = Some(before);
            found.label = found.label.or(Some(after));
        }
    }
}

fn is_property(layers: Layers<'_>, words: &str) -> bool {
    layers.cues.property.get(words).is_some() || layers.cues.attribute.get(words).is_some()
}

/// Where a Chinese `word` stands first in `words`. A search as `find` makes it costs more to prepare than so few characters take.
fn first(words: &str, word: &str) -> Option<usize> {
    let opening = word.as_bytes().first_chunk::<3>()?;
    let mut windows = words.as_bytes().windows(opening.len()).enumerate().filter(|(_, bytes)| bytes == opening);
    windows.find(|(at, _)| words.as_bytes()[*at..].starts_with(word.as_bytes())).map(|(at, _)| at)
}

/// `lead` without the words between an indicator and its value: 约, 为, 达到, 共, 累计.
pub fn trim_right(layers: Layers<'_>, lead: Span) -> Span {
    let text = layers.text;
    let mut end = lead.end();
    loop {
        end = lead.start() + without_note(&text[lead.start()..end]);
        let within = |len: &usize| end - len >= lead.start();
        // 签约15个: a longer word that only ends like a hedge
        let no_hedge = layers.cues.hedges_before.ending(text, end).filter(|(_, hedge)| **hedge == crate::dict::Hedge::Nothing).map_or(0, |(len, _)| len);
        let hedge =
            layers.cues.hedges_before.ending(text, end).filter(|(len, hedge)| within(len) && **hedge != crate::dict::Hedge::Nothing).map(|(len, _)| len);
        // 目标 is the basis in 超过年初目标, and says how the value is meant in 收入预期目标为
        let compared = |len: &usize| noun_like(&text[end - len..end]) && layers.cues.comparative.occurs(&text[lead.start()..end - len]);
        // 招生计划 is a measure
        let named = |len: &usize| {
            noun_like(&text[end - len..end]) && layers.cues.indicators.ending(text, end).is_some_and(|(known, _)| known > *len && end - known >= lead.start())
        };
        let word = right_word(layers, lead.start(), end).filter(|len| *len >= no_hedge && !compared(len) && !named(len));
        let cue = layers
            .cues
            .modality
            .ending(text, end)
            .filter(|(len, (_, scope))| within(len) && *scope == Scope::Sentence && !noun_like(&text[end - len..end]))
            .map(|(len, _)| len);
        let longest = hedge.into_iter().chain(word).chain(cue).max();
        let Some(len) = longest else { break };
        // 平均 keeps its 均, 可支配 its 可
        if layers.cues.right_keep.ending(text, end).is_some_and(|(kept, ())| kept > len) {
            break;
        }
        // 实现 or 有 alone is all there is: the verb may be the indicator
        if end - len == lead.start() {
            let bare = lead.start() + trimmed_len(&text[lead.start()..end - len]);
            end = bare;
            break;
        }
        // 完成 and 实现 that open the words are light verbs, taken from the left
        // 建设 is no 设
        let held = layers.cues.changes.ending(text, end).is_some_and(|(longer, _)| longer > len)
            || layers.cues.transitive.ending(text, end).is_some_and(|(longer, ())| longer > len);
        if held {
            break;
        }
        end -= len;
    }
    Span::new(lead.start(), end)
}

/// The longest word of the right edge that ends at `end` and cuts through no other word: of 失业率平均为 it is 为, not 均为, of 新建有
/// 有, not 建有.
fn right_word(layers: Layers<'_>, start: usize, end: usize) -> Option<usize> {
    let cuts = |len: usize| {
        let inside = layers.text[end - len..end].char_indices().skip(1).map(|(at, _)| end - len + at);
        let kept = |place: usize| {
            let words = [&layers.cues.right_keep, &layers.cues.transitive];
            words.into_iter().filter_map(|list| list.ending(layers.text, place)).any(|(kept, ())| kept > place - (end - len))
        };
        inside.into_iter().any(kept)
    };
    let words = layers.cues.right.endings(layers.text, end).filter(|(len, ())| end - len >= start);
    words.map(|(len, ())| len).find(|len| !cuts(*len))
}

/// The length of the words without blanks, marks and a footnote at their end: 家庭户[3].
fn without_note(words: &str) -> usize {
    let length = trimmed_len(words);
    let note = words[..length].strip_suffix([']', '］', '〕']).and_then(|stem| {
        let open = stem.rfind(['[', '［', '〔'])?;
        let digits = stem[open..].trim_start_matches(['[', '［', '〔']);
        (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then_some(open)
    });
    note.map_or(length, |open| trimmed_len(&words[..open]))
}

/// Cues that are nouns too and may end a basis or an indicator: 年初目标, 年度计划.
fn noun_like(cue: &str) -> bool {
    ["目标", "任务", "计划", "规划", "安排", "部署", "要求", "预期", "预测", "测算", "估算", "预算"].iter().any(|word| cue.ends_with(word))
}

pub(super) fn trimmed_len(text: &str) -> usize {
    text.trim_end_matches([' ', '、', '：', ':', '“', '‘', '\'', '"', '\u{3000}', '-', '—', '=', '+']).len()
}
