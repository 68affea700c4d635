//! 分别: values in a row belong to names, indicators or earlier facts in the same order.
//!
//! 青山县、白水县出口额分别为12亿元和8亿元。 => 青山县 · 出口额 · 1200000000 元 ; 白水县 · 出口额 · 800000000 元
//! 青山县出口额分别增长。 => -

use crate::Span;
use crate::dict::{ChangeWord, CueStart};
use crate::link::clauses::Clause;
use crate::link::discourse::Discourse;
use crate::link::facts::Source;
use crate::link::lead::{self, Lead};
use crate::link::shapes::in_turn;
use crate::link::shapes::restored::of_industry;
use crate::link::{Change, Fact, Subject};
use crate::tag::{EntityId, EntityKind, Mention, Period};

/// How many of the values at the start of `spans` are one list that 分别 opens; 0 where there is none.
pub fn run(source: Source<'_>, clause: &Clause, spans: &[Span]) -> usize {
    let text = source.layers.text;
    let Some(first) = spans.first() else { return 0 };
    let before = Span::new(clause.span.start(), first.start());
    if !source.layers.places.of(CueStart::Respectively, before).any(|at| source.layers.cues.respectively.longest(&text[..before.end()], at).is_some()) {
        return 0;
    }
    let mut count = 1;
    for pair in spans.windows(2) {
        let [a, b] = pair else { break };
        // 91%和不足六成
        let hedge = source.layers.cues.hedges_before.ending(text, b.start()).map_or(0, |(len, _)| len).min(b.start() - a.end());
        let gap = text[a.end()..b.start() - hedge].trim_matches([' ', '以', '上', '下', '左', '右']);
        // 分别增长5.3%和下降31.6%
        let word = gap.trim_start_matches(['、', '和', '与', '及', '，']);
        let turned = word != gap && source.layers.cues.changes.get(word).is_some();
        if !matches!(gap, "、" | "和" | "与" | "及" | "，" | "" | "、和") && !turned {
            break;
        }
        count += 1;
    }
    count
}

/// The facts of a list: `values` are the numbers of the quantities with the words before each; `make` makes one fact.
pub fn facts(source: Source<'_>, state: &Discourse, values: &[(usize, Span)], filter: Option<&str>, make: impl Fn(&Lead, usize) -> Option<Fact>) -> Vec<Fact> {
    let (Some(&(first, words)), n) = (values.first(), values.len()) else { return Vec::new() };
    let Some(quantity) = source.quantities.get(first) else { return Vec::new() };
    let found = lead::read(source.layers, words, quantity.kind);
    let blank = Lead { basis: found.basis, change: found.change, time: found.time, ..Lead::default() };
    // 8GB+256GB和12GB+512GB两个版本售价分别为…: each has its own filter
    let filters: Vec<&str> = filter.map(|words| words.split(['、', '和', '与', '及']).collect()).unwrap_or_default();
    if filters.len() == n && found.indicator.is_some() {
        return values
            .iter()
            .zip(filters)
            .filter_map(|(&(index, _), filter)| {
                let mut fact = make(&Lead { label: None, ..found.clone() }, index)?;
                fact.condition = Some(filter.trim().to_owned());
                fact.evidence.rule = "respectively-filters";
                Some(fact)
            })
            .collect();
    }
    // 2022年、2023年粮食产量分别为…: each has its own time
    let timed = |times: Vec<(Period, Span)>| {
        let fact = |(&(index, _), (period, time)): (&(usize, Span), (Period, Span))| {
            let mut fact = make(&found, index)?;
            (fact.period, fact.time) = (period, Some(time));
            fact.evidence.rule = "in-turn";
            Some(fact)
        };
        values.iter().zip(times).filter_map(fact).collect()
    };
    let measured = found.indicator.is_some() && n > 1;
    if let Some(times) = in_turn::times(source.layers, words, n).filter(|_| measured) {
        return timed(times);
    }
    // names in a row: 甲公司、乙公司综合得分分别为…
    if found.names.len() >= n {
        let names = &found.names[found.names.len() - n..];
        let words = found.indicator.map(|span| source.layers.text[span].to_owned()).unwrap_or_default();
        let places = words
            .char_indices()
            .nth(2)
            .filter(|_| words.starts_with(|c| "两三四五六七八九".contains(c)) && words.chars().nth(1) == Some('地'))
            .map(|(at, _)| words[at..].to_owned());
        return values
            .iter()
            .zip(names)
            .filter_map(|(&(index, _), &name)| {
                let mention = source.mentions.list.get(name)?;
                let mut fact = make(&Lead { subject: None, ..found.clone() }, index)?;
                match &places {
                    Some(head) => {
                        fact.indicator = format!("{}{head}", &source.layers.text[mention.span]);
                        fact.inferred.push("indicator");
                    }
                    None => fact.subject = Some(Subject::Entity(mention.entity)),
                }
                fact.evidence.rule = "respectively-names";
                Some(fact)
            })
            .collect();
    }
    // 苏州科立微、本土企业金穗米业分别签约投资…: beside a firm the others of the list are firms
    if let Some(holders) = firms(source, words, n).filter(|_| found.names.len() < n) {
        let fact = |(&(index, _), holder): (&(usize, Span), Subject)| {
            let mut fact = make(&Lead { subject: None, before_verb: None, ..found.clone() }, index)?;
            fact.subject = Some(holder);
            fact.evidence.rule = "respectively-names";
            Some(fact)
        };
        return values.iter().zip(holders).filter_map(fact).collect();
    }
    let listed = found.indicator.map(|span| split(source, span, found.before_verb, n)).unwrap_or_default();
    if listed.len() == n {
        return values
            .iter()
            .zip(listed)
            .filter_map(|(&(index, _), indicator)| {
                let mut fact = make(&Lead { before_verb: None, ..found.clone() }, index)?;
                fact.inferred = if source.layers.text.contains(&indicator) { Vec::new() } else { vec!["indicator"] };
                fact.indicator = indicator;
                fact.evidence.rule = "respectively-indicators";
                Some(fact)
            })
            .collect();
    }
    // 2022年至2024年，营业收入分别为…: the times of the clause before
    let carried = state.period_time.filter(|_| measured && found.time.is_none());
    if let Some(times) = carried.and_then(|last| in_turn::times_up_to(source.layers, last, n)) {
        return timed(times);
    }
    // 轴承、丝杠年产能分别为…，产能利用率分别为…: the same things in the same order
    if let Some(things) = things_before(source, state, n).filter(|_| measured && found.names.is_empty() && found.change.is_none()) {
        let fact = |(&(index, _), thing): (&(usize, Span), String)| {
            let mut fact = make(&found, index)?;
            fact.indicator = format!("{thing}{}", fact.indicator);
            fact.inferred.push("indicator");
            fact.evidence.rule = "respectively-indicators";
            Some(fact)
        };
        return values.iter().zip(things).filter_map(fact).collect();
    }
    // “甲项目”“乙项目”集中签约，总投资分别为…: the names of the clauses before
    if let Some(names) = names_before(source, values, n).filter(|_| measured && found.names.len() < n) {
        let fact = |(&(index, _), name): (&(usize, Span), EntityId)| {
            let mut fact = make(&Lead { label: None, subject: None, ..found.clone() }, index)?;
            // 三方持股比例
            fact.indicator = without_number(&fact.indicator).to_owned();
            fact.subject = Some(Subject::Entity(name));
            fact.evidence.rule = "respectively-names";
            Some(fact)
        };
        return values.iter().zip(names).filter_map(fact).collect();
    }
    // nothing in the words: the same order as the facts before
    let rate = found.indicator.map(|span| &source.layers.text[span]).filter(|words| matches!(*words, "降幅" | "增幅" | "增速" | "涨幅" | "跌幅"));
    if (found.indicator.is_none() || rate.is_some()) && state.recent.len() >= n {
        let shifted = matches!(found.change, Some(Change::UpBy | Change::DownBy | Change::UpTo | Change::DownTo | Change::ShareOf | Change::Ratio));
        let level = state.recent.iter().rev().filter(|f| !shifted || f.change == Change::None).take(n).cloned().collect::<Vec<_>>();
        if level.len() < n {
            return Vec::new();
        }
        return values
            .iter()
            .zip(level.into_iter().rev())
            .filter_map(|(&(index, words), earlier)| {
                let mut fact = make(&Lead { indicator: found.indicator, ..blank.clone() }, index)?;
                fact.indicator = match rate {
                    Some(rate) => format!("{}{rate}", earlier.indicator),
                    None => earlier.indicator.clone(),
                };
                fact.subject = earlier.subject.clone();
                if found.time.is_none() && earlier.evidence.rule == "in-turn" {
                    (fact.period, fact.time) = (earlier.period, earlier.time);
                }
                if let Some(change) = turned(source, words) {
                    fact.change = change;
                }
                fact.evidence.rule = "respectively-earlier";
                fact.inferred = if rate.is_some() { vec!["indicator"] } else { earlier.inferred.clone() };
                Some(fact)
            })
            .collect();
    }
    Vec::new()
}

/// The `n` parts of the list before 分别, where one of them ends in the name of a firm.
fn firms(source: Source<'_>, words: Span, n: usize) -> Option<Vec<Subject>> {
    let text = source.layers.text;
    let (at, ..) = source.layers.cues.respectively.find(&text[words], 0).filter(|_| n > 1)?;
    let list = Span::new(words.start(), words.start() + at);
    let mut start = list.start();
    let mut parts = Vec::new();
    for (offset, mark) in text[list].match_indices(['、', '和', '与']) {
        parts.push(Span::new(start, list.start() + offset));
        start = list.start() + offset + mark.len();
    }
    parts.push(Span::new(start, list.end()));
    let firm = |part: &Span| {
        let name = source.layers.mentions_in(*part).next_back().filter(|(_, name)| name.span.end() == part.end())?.1;
        source.mentions.entity(name.entity).is_some_and(|e| e.kind == EntityKind::Company).then_some(name.entity)
    };
    let fits = |part: &Span| firm(part).is_some() || (2..=10).contains(&text[*part].chars().count());
    if parts.len() != n || !parts.iter().any(|part| firm(part).is_some()) || !parts.iter().all(fits) {
        return None;
    }
    Some(parts.iter().map(|part| firm(part).map_or_else(|| Subject::Phrase(text[*part].to_owned()), Subject::Entity)).collect())
}

/// How many clauses back the names of a list may stand.
const NAMED: usize = 4;

/// The `n` names that stand one behind the other, and no more than these, at the end of the names of a clause before the values.
fn names_before(source: Source<'_>, values: &[(usize, Span)], n: usize) -> Option<Vec<EntityId>> {
    let text = source.layers.text;
    let start = source.quantities.get(values.first()?.0)?.span.start();
    let number = source.clauses.partition_point(|clause| clause.span.end() < start);
    let clause = source.clauses.get(number)?;
    let joined = |a: &Mention, b: &Mention| {
        let gap = text.get(a.span.end()..b.span.start());
        gap.is_some_and(|gap| matches!(gap.trim_matches(['“', '”', ' ']), "" | "、" | "和" | "与" | "及") && !gap.is_empty())
    };
    let before = source.clauses.get(number.saturating_sub(NAMED)..number)?.iter().rev().take_while(|before| before.period == clause.period);
    // 浙商投资的板材项目、光电膜项目投资额分别为…: or in the same clause
    let own = Span::new(clause.span.start(), start);
    std::iter::once(own)
        .chain(before.map(|before| before.span))
        .map(|span| source.layers.mentions_in(span).map(|(_, mention)| mention).collect::<Vec<_>>())
        .find_map(|names| {
            let list = names.get(names.len().checked_sub(n)?..)?;
            let row = list.windows(2).all(|pair| matches!(pair, [a, b] if joined(a, b))) && !list.iter().any(|name| name.anaphor);
            let more = names.len() > n && matches!(names.get(names.len() - n - 1..), Some([before, first, ..]) if joined(before, first));
            (row && !more).then(|| list.iter().map(|name| name.entity).collect())
        })
}

/// 轴承, 丝杠 of 轴承年产能, 丝杠年产能: what the last list of values was about, without its measure.
fn things_before(source: Source<'_>, state: &Discourse, n: usize) -> Option<Vec<String>> {
    let last = state.recent.get(state.recent.len().checked_sub(n)?..)?;
    let listed = last.iter().all(|fact| fact.evidence.rule == "respectively-indicators" && fact.change == Change::None);
    let first = last.first().filter(|_| listed)?.indicator.as_str();
    let shared = |head: &&str| last.iter().all(|fact| fact.indicator.len() > head.len() && fact.indicator.ends_with(*head));
    let head = first.char_indices().skip(1).map(|(at, _)| &first[at..]).find(shared)?;
    let same = source.layers.cues.indicators.get(head).is_some() || source.layers.cues.heads.get(head).is_some() || head.chars().count() >= 2;
    same.then(|| last.iter().map(|fact| fact.indicator[..fact.indicator.len() - head.len()].to_owned()).collect())
}

/// 持股比例 of 三方持股比例.
fn without_number(words: &str) -> &str {
    let rest = words.strip_prefix(['两', '三', '四', '五', '六']).and_then(|rest| rest.strip_prefix(['方', '家', '者', '地']));
    rest.filter(|rest| rest.chars().count() >= 2).unwrap_or(words)
}

/// The direction that a later value of the list has for itself: 和下降31.6%.
fn turned(source: Source<'_>, words: Span) -> Option<Change> {
    let word = source.layers.text[words].trim_start_matches(['、', '和', '与', '及', '，']).trim();
    match source.layers.cues.changes.get(word)? {
        ChangeWord::UpBy => Some(Change::UpBy),
        ChangeWord::DownBy => Some(Change::DownBy),
        _ => None,
    }
}

/// `对东盟、美国、欧盟进出口` into 对东盟进出口, 对美国进出口, 对欧盟进出口; `风电、光伏装机` into 风电装机, 光伏装机; `化工、纺织两大行业`
/// before `产值` into 化工产值, 纺织产值.
fn split(source: Source<'_>, span: Span, before_verb: Option<Span>, n: usize) -> Vec<String> {
    let text = source.layers.text;
    let (list, given) = match before_verb {
        Some(before) => (before, Some(&text[span])),
        None => (span, None),
    };
    let words = without_count(&text[list]);
    let all: Vec<&str> = words.split(['、', '和', '与', '及']).collect();
    let commas: Vec<&str> = words.split('、').collect();
    // 教育、社会保障和就业、卫生健康: 和 may be part of a name
    let parts = if commas.len() == n { commas } else { all };
    if parts.len() != n || parts.iter().any(|p| p.is_empty()) {
        return Vec::new();
    }
    if let Some(numbered) = numbered(&parts) {
        return numbered;
    }
    let cues = source.layers.cues;
    let last = parts.last().copied().unwrap_or_default();
    let named = source.layers.mentions_in(list).map(|(_, m)| &text[m.span]).collect::<Vec<_>>();
    if let Some(head) = given {
        let prefix = ["对", "自", "向", "从"].into_iter().find(|word| parts.first().is_some_and(|first| first.starts_with(word))).unwrap_or_default();
        return parts.iter().map(|part| if part.starts_with(prefix) { format!("{part}{head}") } else { format!("{prefix}{part}{head}") }).collect();
    }
    let complete = |part: &str| cues.indicators.get(part).is_some();
    if parts.iter().all(|part| complete(part)) {
        return parts.iter().map(|part| (*part).to_owned()).collect();
    }
    let head = named
        .iter()
        .find_map(|name| last.strip_prefix(*name))
        .or_else(|| {
            last.char_indices()
                .skip(1)
                .map(|(at, _)| &last[at..])
                .find(|head| head.chars().count() > 1 && (cues.indicators.get(head).is_some() || cues.heads.get(head).is_some()))
        })
        .or_else(|| head_behind_alike(&parts))
        .unwrap_or_default();
    // 汽车制造业、化学原料业增加值: every part is an industry, and 业 is no part of the measure
    let head = if parts.iter().rev().skip(1).all(|part| part.ends_with('业')) { of_industry(cues, "业", head) } else { head };
    let first = parts.first().copied().unwrap_or_default();
    let prefix = named.iter().find_map(|name| first.strip_suffix(*name)).unwrap_or_default();
    let mut whole = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        let with_prefix = if i == 0 || part.starts_with(prefix) { (*part).to_owned() } else { format!("{prefix}{part}") };
        whole.push(if i + 1 == n || with_prefix.ends_with(head) { with_prefix } else { format!("{with_prefix}{head}") });
    }
    whole
}

/// The 落实率 of `本科生、硕士生、博士生落实率`: what stands behind the character that ends all parts before.
fn head_behind_alike<'t>(parts: &[&'t str]) -> Option<&'t str> {
    let (last, before) = parts.split_last()?;
    let end = before.first()?.chars().next_back().filter(|end| before.iter().all(|part| part.ends_with(*end)))?;
    let (at, _) = last.match_indices(end).next_back()?;
    let head = last.get(at + end.len_utf8()..)?;
    (at > 0 && head.chars().count() > 1).then_some(head)
}

/// `第一、二、三产业增加值` into 第一产业增加值, 第二产业增加值, 第三产业增加值; `1号、2号线客流` into 1号线客流, 2号线客流.
fn numbered(parts: &[&str]) -> Option<Vec<String>> {
    fn bare(part: &str) -> &str {
        part.trim_start_matches('第')
    }
    let (last, before) = parts.split_last()?;
    let number = |part: &str| bare(part).chars().take_while(|c| c.is_ascii_digit() || "一二三四五六七八九十号".contains(*c)).map(char::len_utf8).sum::<usize>();
    let prefix = if parts.first()?.starts_with('第') { "第" } else { "" };
    let head = bare(last).get(number(last)..).filter(|head| !head.is_empty() && number(last) > 0)?;
    let alone = !before.is_empty() && before.iter().all(|part| number(part) > 0 && number(part) == bare(part).len());
    alone.then(|| parts.iter().map(|part| format!("{prefix}{}{head}", &bare(part)[..number(part)])).collect())
}

/// `化工、纺织三大主导行业` without the count that closes the list.
fn without_count(list: &str) -> &str {
    let from = list.rfind('、').or_else(|| list.rfind('和')).unwrap_or(0);
    let count = list[from..].char_indices().find(|(at, c)| {
        "两二三四五六七八九".contains(*c)
            && *at > 0
            && list[from + at + c.len_utf8()..].starts_with(['大', '个', '项', '类', '种', '家', '地', '者', '区', '市', '县', '条', '款', '档'])
    });
    count.map_or(list, |(at, _)| &list[..from + at])
}
