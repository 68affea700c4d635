//! What is measured: the words before the value, the noun after it, or what was measured before (guideline §7).

use std::rc::Rc;

use crate::Span;
use crate::dict::{Kind, Lead as LeadKind};
use crate::link::discourse::Discourse;
use crate::link::facts::Source;
use crate::link::lead::Lead;
use crate::link::shapes::restored::{counterpart, damaged, opposite, partner_flow, restored, shared_verb};
use crate::link::shapes::{counted_noun, verb_after};
use crate::link::{Change, Fact};
use crate::tag::Quantity;

/// What is measured: the words before the value, the noun after it, or what was measured before.
pub(super) fn indicator(
    source: Source<'_>,
    state: &Discourse,
    found: &Lead,
    quantity: &Quantity,
    after: Span,
    inferred: &mut Vec<&'static str>,
) -> Option<(String, &'static str)> {
    let text = source.layers.text;
    let shifted = matches!(found.change, Some(Change::UpBy | Change::DownBy | Change::UpTo | Change::DownTo)) || found.level_only;
    let money = |f: &&Rc<Fact>| source.layers.units.get(f.unit.unit).kind == Kind::Money;
    let priced = |f: &&Rc<Fact>| f.indicator.ends_with('价') || f.indicator.ends_with("价格");
    let price = || state.recent.iter().rev().filter(money).find(priced).or_else(|| state.recent.iter().rev().find(money));
    if text[quantity.span].ends_with('折')
        && let Some(price) = price()
    {
        return Some((price.indicator.clone(), "discount"));
    }
    if let Some(span) = found.indicator {
        let words = clean(&text[span]);
        // 对欧盟增长21.7%: the flow is what was measured before
        if let Some(flow) = partner_flow(state, &words) {
            inferred.push("indicator");
            return Some((flow, "restored-head"));
        }
        // 交货期：合同签订后45日
        if let Some((label, true)) =
            state.pending.as_ref().map(|(_, noun, _)| (&text[*noun], text[noun.end()..].starts_with('：') && words.ends_with(['后', '起', '前'])))
        {
            return Some((clean(label), "label-value"));
        }
        if let Some(before) = found.before_verb {
            inferred.push("indicator");
            return Some((format!("{}{words}", &text[before]), "indicator-value"));
        }
        // 日均134万人次: the mean of what was measured before
        const MEANS: [&str; 9] = ["日均", "月均", "年均", "人均", "户均", "亩均", "平均", "场均", "周均"];
        if MEANS.contains(&words.as_str())
            && let Some(last) = state.last.as_ref()
        {
            inferred.push("indicator");
            return Some((format!("{words}{}", last.indicator), "restored-head"));
        }
        if let Some(opposite) = opposite(state, &words).or_else(|| counterpart(state, &words).filter(|_| !state.part)) {
            inferred.push("indicator");
            return Some((opposite, "restored-head"));
        }
        if let Some(replaced) = damaged(source, state, &words) {
            inferred.push("indicator");
            return Some((replaced, "restored-head"));
        }
        if let Some(shared) = shared_verb(source, state, found, quantity, &words) {
            inferred.push("indicator");
            return Some((shared, "restored-verb"));
        }
        if let Some(whole) = restored(source, state, found, quantity, &words) {
            inferred.push("indicator");
            return Some((whole, "restored-head"));
        }
        let rule = if found.change.is_some() { "change" } else { "indicator-value" };
        return Some((words, if found.later { "verb-after" } else { rule }));
    }
    let last = if found.label.is_some() { state.whole.as_ref().or(state.last.as_ref()) } else { state.last.as_ref() };
    // 总装机220万千瓦，总投资97亿元，其中一期80万千瓦: a part is one of what has its unit
    let alike = |f: &&Rc<Fact>| f.unit.unit == quantity.unit.unit && f.change == Change::None;
    let last = last
        .filter(|f| found.label.is_none() || quantity.kind == Kind::Percent || alike(f))
        .or_else(|| state.recent.iter().rev().find(alike).filter(|_| found.label.is_some()).or(last));
    // 固定资产投资（不含农户）同比增长13.7%: the noun stands before the brackets
    let bracketed = state
        .pending
        .as_ref()
        .map(|(_, noun, _)| *noun)
        .filter(|noun| text[noun.end()..].starts_with(['（', '(']) && !text[*noun].starts_with(['比', '较', '同']))
        .map(|noun| clean(&text[noun]));
    let bracketed_noun = bracketed.is_some();
    let carried = bracketed.or_else(|| last.map(|f| f.indicator.clone()));
    if found.label.is_some() && carried.is_some() {
        return carried.map(|c| (c, "part"));
    }
    if shifted || matches!(found.change, Some(Change::ShareOf)) || matches!(found.change, Some(Change::Ratio)) && carried.is_some() {
        if let Some(noun) = counted_noun::noun(source.layers, after).filter(|_| found.change == Some(Change::Ratio)) {
            return Some((clean(&text[noun]), "ratio"));
        }
        return carried.map(|c| (c, "carried-change"));
    }
    // 按15%、4小时配置储能: the words after the last of a list are about all
    let after = shared_tail(source, quantity, after);
    // 以3.2亿元竞得: the verb after the value
    let verb = &text[verb_after::verb(source, after)];
    let agent = found.light.is_some_and(|light| matches!(&text[light], "以" | "按" | "用" | "按照")) || state.agent;
    if agent && (2..=6).contains(&verb.chars().count()) {
        return Some((verb.to_owned(), "verb-after"));
    }
    if let Some(noun) = counted_noun::noun(source.layers, after) {
        return Some((clean(&text[noun]), "counted-noun"));
    }
    if (agent || found.light.is_none() && (carried.is_none() || state.after_noun)) && (2..=6).contains(&verb.chars().count()) {
        return Some((verb.to_owned(), "verb-after"));
    }
    if let Some(opposite) = found.light.and_then(|light| opposite(state, &text[light])) {
        inferred.push("indicator");
        return Some((opposite, "restored-head"));
    }
    if let Some((_, noun, _)) = state.pending {
        // 较2023年（42.15亿元）: what it is compared with is not named
        if text[noun].starts_with(['比', '较']) {
            return None;
        }
        let words = clean(&text[noun]);
        return Some((words.strip_prefix('占').map(str::to_owned).unwrap_or(words), "noun-before"));
    }
    // 概算9.36亿元: what the money is called
    if let Some(name) = found.light.map(|light| &text[light]).filter(|name| quantity.kind == Kind::Money && source.layers.cues.money_words.get(name).is_some())
    {
        return Some((name.to_owned(), "indicator-value"));
    }
    let verb_only = |light: &Span| {
        carried.is_none()
            || quantity.kind == Kind::Count
                && source.layers.cues.leads.get(&text[*light]) == Some(&LeadKind::Carrier)
                && state.last.as_ref().is_some_and(|f| f.unit != quantity.unit)
    };
    if let Some(light) = found.light.filter(|light| verb_only(light) && text[*light].chars().count() >= 2) {
        return Some((text[light].to_owned(), "verb-value"));
    }
    // 距县城17公里，有2504人: what was measured before is not of this kind
    let dimension = |unit: crate::tag::UnitExpr| unit.dimension(source.layers.units);
    // 隧道3座11.8公里, 报销12万人次、9.47亿元
    let joined = |f: &Rc<Fact>| {
        let gap = source.quantities.get(f.quantity).and_then(|before| text.get(before.span.end()..quantity.span.start()));
        gap.is_some_and(|gap| gap.trim_matches(['，', ',', '、', '/', ' ', '共', '和', '及', '与']).is_empty())
    };
    // 营业收入1.86亿元，同比增长19%，比2024年同期的1.56亿元: the level before the growth; 8.81元/件，较去年同期的9.64元
    let level = |f: &Rc<Fact>| found.from && state.recent.iter().any(|level| level.indicator == f.indicator && level.unit.unit == quantity.unit.unit);
    let alike = last.is_some_and(level)
        || bracketed_noun
        || last.is_some_and(joined)
        || last.is_none_or(|f| dimension(f.unit) == dimension(quantity.unit) || quantity.kind == Kind::Percent);
    // 募集资金8亿元，其中5亿元用于年产2万吨饲料项目，2亿元用于研发: a part of the same whole
    let whole = state.whole.as_ref().filter(|whole| !alike && state.part && whole.unit == quantity.unit && whole.change == Change::None);
    if let Some(whole) = whole {
        return Some((whole.indicator.clone(), "whole"));
    }
    carried.filter(|_| alike).map(|c| (c, "carried"))
}

/// True for words that can stand as the name of a measure: short, whole, with every quotation mark closed.
pub(super) fn nameable(indicator: &str) -> bool {
    const PAIRS: [(char, char); 4] = [('“', '”'), ('「', '」'), ('《', '》'), ('（', '）')];
    let (mut length, mut worded, mut open) = (0, false, [0i32; PAIRS.len()]);
    for c in indicator.chars() {
        length += 1;
        worded |= is_han(c) || c.is_alphabetic();
        match c {
            '，' | '。' | '；' | '|' => return false,
            '“' | '”' | '「' | '」' | '《' | '》' | '（' | '）' => {
                for ((opening, closing), open) in PAIRS.iter().zip(&mut open) {
                    *open += i32::from(c == *opening) - i32::from(c == *closing);
                }
            }
            _ => {}
        }
    }
    let balanced = open.iter().all(|open| *open == 0);
    let empty = matches!(indicator, "内" | "中" | "上" | "下" | "前" | "后" | "时" | "其" | "区" | "的" | "标" | "为");
    (1..=40).contains(&length) && balanced && worded && !empty
}

/// True for the Chinese characters in daily use, all of them letters: the table of all letters is slow to ask.
fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fa5}').contains(&c)
}

/// Indicator words without quotes around them, particles at the ends, brackets and adverbs behind them.
fn clean(words: &str) -> String {
    let mut words = words.trim_matches([' ', '，', '、', '：', ':']).trim_end_matches('的');
    // 失业率平均(为5.1%): an adverb, where a rate stands before it
    if let Some(stem) = words.strip_suffix("平均").filter(|stem| stem.ends_with(['率', '量', '价', '值', '数', '额', '度'])) {
        words = stem;
    }
    // 机场（九江机场停航）共(43个)
    if let Some(stem) = words.strip_suffix('共').filter(|stem| stem.ends_with(['）', ')'])) {
        words = stem;
    }
    if let Some((noun, _)) = words
        .strip_suffix(['）', ')'])
        .and_then(|inner| inner.rsplit_once(['（', '(']))
        .filter(|(noun, note)| noun.chars().count() >= 2 && note.chars().count() >= 5)
    {
        words = noun;
    }
    // 打造了(口袋公园): the verb is said by the value
    let acted = words.find('了').map(|at| (&words[..at], &words[at + '了'.len_utf8()..]));
    if let Some((verb, noun)) = acted.filter(|(verb, noun)| verb.chars().count() == 2 && noun.chars().count() >= 2 && !noun.starts_with(['解', '结'])) {
        words = if verb.starts_with(['为', '除']) { words } else { noun };
    }
    words.to_owned()
}

/// The words after the last of the values that 、 joins, where none stand after this one.
fn shared_tail(source: Source<'_>, quantity: &Quantity, after: Span) -> Span {
    let text = source.layers.text;
    let joined = |end: usize, start: usize| matches!(text[end..start].trim(), "、" | "和" | "与");
    let mut end = quantity.span.end();
    if !after.is_empty() {
        return after;
    }
    let following = source.quantities.partition_point(|q| q.span.start() <= quantity.span.start());
    for next in source.quantities.iter().skip(following).take(6) {
        if !joined(end, next.span.start()) {
            break;
        }
        end = next.span.end();
    }
    if end == quantity.span.end() {
        return after;
    }
    let stop = source.clauses.get(source.clauses.partition_point(|c| c.span.end() < end)).map_or(end, |c| c.span.end());
    counted_noun::words_after(source.layers, end, stop.max(end))
}

/// C7: a difference between growth rates is one of 增速 or 降幅, whose measure stands before.
pub(super) fn rate_of_growth(state: &Discourse, found: &Lead, quantity: &Quantity, indicator: &mut String, inferred: &mut Vec<&'static str>) {
    let Some(last) = state.last.as_ref().filter(|_| quantity.kind == Kind::Point && matches!(found.change, Some(Change::UpBy | Change::DownBy))) else {
        return;
    };
    let rate = RATES.into_iter().find(|rate| indicator == rate);
    let measure = RATES.iter().find_map(|rate| last.indicator.strip_suffix(rate)).unwrap_or(&last.indicator).to_owned();
    if let Some(rate) = rate {
        *indicator = format!("{measure}{rate}");
        inferred.push("indicator");
    } else if *indicator == last.indicator && matches!(last.change, Change::UpBy | Change::DownBy) && RATES.iter().all(|rate| !indicator.ends_with(rate)) {
        indicator.push_str(if last.change == Change::UpBy { "增速" } else { "降幅" });
        inferred.push("indicator");
    }
}

/// The names of rates of growth.
const RATES: [&str; 5] = ["增速", "增幅", "降幅", "涨幅", "跌幅"];
