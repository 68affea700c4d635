//! What is measured: the words before the value, the noun after it, or what was measured before (guideline §7).

use crate::Span;
use crate::dict::{Kind, Lead as LeadKind, Scope};
use crate::link::discourse::Discourse;
use crate::link::facts::Source;
use crate::link::lead::Lead;
use crate::link::{Change, Fact, tail};
use crate::tag::{Amount, Quantity};

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
    let money = |f: &&Fact| source.layers.units.get(f.unit.unit).kind == Kind::Money;
    let priced = |f: &&Fact| f.indicator.ends_with('价') || f.indicator.ends_with("价格");
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
        return Some((words, if found.change.is_some() { "change" } else { "indicator-value" }));
    }
    let last = if found.label.is_some() { state.whole.as_ref().or(state.last.as_ref()) } else { state.last.as_ref() };
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
        if let Some(noun) = tail::noun(source.layers, after).filter(|_| found.change == Some(Change::Ratio)) {
            return Some((clean(&text[noun]), "ratio"));
        }
        return carried.map(|c| (c, "carried-change"));
    }
    // 按15%、4小时配置储能: the words after the last of a list are about all
    let after = shared_tail(source, quantity, after);
    // 以3.2亿元竞得: the verb after the value
    let verb = &text[verb_after(source, after)];
    let agent = found.light.is_some_and(|light| matches!(&text[light], "以" | "按" | "用" | "按照")) || state.agent;
    if agent && (2..=6).contains(&verb.chars().count()) {
        return Some((verb.to_owned(), "verb-after"));
    }
    if let Some(noun) = tail::noun(source.layers, after) {
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
        return Some((clean(&text[noun]), "noun-before"));
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
    let joined = |f: &Fact| {
        let gap = source.quantities.get(f.quantity).and_then(|before| text.get(before.span.end()..quantity.span.start()));
        gap.is_some_and(|gap| gap.trim_matches(['，', ',', '、', '/', ' ', '共', '和', '及', '与']).is_empty())
    };
    let alike =
        bracketed_noun || last.is_some_and(joined) || last.is_none_or(|f| dimension(f.unit) == dimension(quantity.unit) || quantity.kind == Kind::Percent);
    carried.filter(|_| alike).map(|c| (c, "carried"))
}

/// `(500台)将于4月交付`: the verb behind a value, without the cue and the time before it.
fn verb_after(source: Source<'_>, after: Span) -> Span {
    let layers = source.layers;
    let mut at = after.start();
    loop {
        let rest = &layers.text[at..after.end()];
        let cue = layers.cues.modality.longest(layers.text, at).filter(|(_, (_, scope))| *scope == Scope::Sentence).map(|(len, _)| len);
        let adverb = layers.cues.leads.longest(layers.text, at).filter(|(_, kind)| **kind == LeadKind::Adverb).map(|(len, _)| len);
        let timed = rest.strip_prefix('于').map_or(at, |stem| after.end() - stem.len());
        let time = layers.time_at(timed).map(|(_, time)| time.span.end() - at);
        match cue.into_iter().chain(adverb).chain(time).max().filter(|len| *len < rest.len()) {
            Some(len) => at += len,
            None => return Span::new(at, after.end()),
        }
    }
}

/// True for words that can stand as the name of a measure: short, whole, with every quotation mark closed.
pub(super) fn nameable(indicator: &str) -> bool {
    let balanced = [('“', '”'), ('「', '」'), ('《', '》'), ('（', '）')]
        .iter()
        .all(|(open, close)| indicator.matches(*open).count() == indicator.matches(*close).count());
    let length = indicator.chars().count();
    let worded =
        indicator.chars().any(|c| c.is_alphabetic()) && !matches!(indicator, "内" | "中" | "上" | "下" | "前" | "后" | "时" | "其" | "区" | "的" | "标" | "为");
    (1..=40).contains(&length) && balanced && worded && !indicator.contains(['，', '。', '；', '|'])
}

/// Indicator words without quotes around them or particles at the ends.
fn clean(words: &str) -> String {
    let words = words.trim_matches([' ', '，', '、', '：', ':']).trim_end_matches('的');
    // 失业率平均(为5.1%): an adverb, where a rate stands before it
    let adverb = words.strip_suffix("平均").filter(|stem| stem.ends_with(['率', '量', '价', '值', '数', '额', '度']));
    adverb.unwrap_or(words).to_owned()
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
    tail::words_after(source.layers, end, stop.max(end))
}

/// `调拨雨衣40件、手电80支`: the verb that a list shares.
fn shared_verb(source: Source<'_>, state: &Discourse, found: &Lead, quantity: &Quantity, words: &str) -> Option<String> {
    let cues = source.layers.cues;
    let last = state.last.as_ref().filter(|f| f.change == Change::None)?;
    let (len, ()) = cues.transitive.longest(&last.indicator, 0).filter(|(len, ())| *len < last.indicator.len())?;
    let plain = quantity.kind == Kind::Count
        && found.change.is_none()
        && cues.transitive.longest(words, 0).is_none()
        && cues.verb.longest(words, 0).is_none_or(|(len, ())| len <= '能'.len_utf8());
    (plain && follows_list_mark(source, found)).then(|| format!("{}{words}", &last.indicator[..len]))
}

/// `农作物受灾面积…，其中绝收30公顷`: one verb of loss stands for another.
fn damaged(source: Source<'_>, state: &Discourse, words: &str) -> Option<String> {
    let damage = &source.layers.cues.damage;
    damage.get(words)?;
    let candidates = state.last.iter().chain(state.whole.as_ref().filter(|_| state.part)).map(|f| f.indicator.as_str());
    let found = |last: &str| damage.find(last, 0).filter(|(at, len, ())| *at > 0 || at + len < last.len()).map(|(at, len, ())| (at, len));
    let (last, (at, len)) = candidates.filter_map(|last| Some((last, found(last)?))).next()?;
    Some(format!("{}{words}{}", &last[..at], &last[at + len..]))
}

/// `对东盟…进出口…，其中对欧盟增长21.7%`: a partner without its flow.
fn partner_flow(state: &Discourse, words: &str) -> Option<String> {
    const FLOWS: [&str; 4] = ["进出口", "出口", "进口", "投资"];
    let last = &state.last.as_ref()?.indicator;
    let flow = FLOWS.into_iter().find(|flow| last.ends_with(flow)).filter(|_| last.starts_with('对') || last.starts_with('自'))?;
    let partner = words.starts_with('对') && FLOWS.iter().all(|flow| !words.ends_with(flow)) && words.chars().count() <= 12;
    partner.then(|| format!("{words}{flow}"))
}

/// `海拔最低513米，最高2621米`: the noun that the second end leaves out.
fn opposite(state: &Discourse, words: &str) -> Option<String> {
    const ENDS: [&str; 10] = ["最高", "最低", "最大", "最小", "最多", "最少", "最长", "最短", "最宽", "最窄"];
    let last = &state.last.as_ref()?.indicator;
    let end = ENDS.iter().find(|end| last.ends_with(**end))?;
    ENDS.contains(&words).then(|| format!("{}{words}", &last[..last.len() - end.len()]))
}

/// `政府性基金收入…，支出…`: the other side of what was measured before.
fn counterpart(state: &Discourse, words: &str) -> Option<String> {
    const SIDES: [(&str, &str); 4] = [("收入", "支出"), ("支出", "收入"), ("出口", "进口"), ("进口", "出口")];
    let last = &state.last.as_ref()?.indicator;
    // 小麦平均亩产443公斤、总产184万吨
    const CROPS: [&str; 7] = ["平均亩产", "亩产", "平均单产", "单产", "总产量", "总产", "产量"];
    if CROPS.contains(&words)
        && let Some(stem) = CROPS.iter().find_map(|word| last.strip_suffix(word)).filter(|stem| !stem.is_empty())
    {
        return Some(format!("{stem}{words}"));
    }
    let (_, other) = SIDES.iter().find(|(side, _)| *side == words)?;
    let stem = last.strip_suffix(other).filter(|stem| !stem.is_empty() && !stem.ends_with('进') && !stem.ends_with('口'))?;
    Some(format!("{stem}{words}"))
}

/// I5: `其中城镇居民6万元` after 人均可支配收入: the head that was left out.
fn restored(source: Source<'_>, state: &Discourse, found: &Lead, quantity: &Quantity, words: &str) -> Option<String> {
    let cues = source.layers.cues;
    let last = state.whole.as_ref().filter(|_| state.part).or(state.last.as_ref())?;
    let same_unit = last.unit == quantity.unit;
    let known = takes(source, words, quantity) && (!state.part || is_measure(cues, words));
    let listed = found.part || state.part || follows_list_mark(source, found);
    // 其中，城市上涨0.5%: a part of what the growth is of
    let grown = state.part
        && matches!(found.change, Some(Change::UpBy | Change::DownBy | Change::UpTo | Change::DownTo))
        && !is_measure(cues, words)
        && words.chars().count() <= 6;
    if grown {
        let whole = format!("{words}{}", last.indicator);
        return cues.indicators.get(&whole).map(|_| whole).or_else(|| heads(cues, &last.indicator).map(|head| format!("{words}{head}")));
    }
    if !same_unit || known || !listed || words.chars().count() > 8 || found.change.is_some() || quantity.kind == Kind::Count {
        return None;
    }
    // 人均可支配收入…，其中城镇居民: nothing of it may be left out
    let whole = ["人均", "户均", "平均", "年均", "日均", "月均", "亩均"].iter().any(|mean| last.indicator.starts_with(mean));
    let head = if whole { last.indicator.as_str() } else { heads(cues, &last.indicator)? };
    if words.ends_with(head) {
        return None;
    }
    // 城镇居民 and 居民人均可支配收入 share 居民
    let shared = head.char_indices().map(|(at, _)| at).skip(1).filter(|at| words.ends_with(&head[..*at])).last().unwrap_or(0);
    Some(format!("{words}{}", &head[shared..]))
}

/// True for the second and later members of a list: …、初中达到920元.
fn follows_list_mark(source: Source<'_>, found: &Lead) -> bool {
    found.indicator.is_some_and(|span| source.layers.text[..span.start()].ends_with('、'))
}

/// True for words that end like a measure (额 量 率 收入) and not like a thing: 集成电路 after 其中 lacks its 出口.
fn is_measure(cues: &crate::dict::Cues, words: &str) -> bool {
    words.ends_with([
        '额', '量', '率', '值', '价', '费', '数', '积', '款', '润', '债', '税', '差', '比', '度', '资', '本', '耗', '益', '险', '长', '损', '失', '速', '幅',
        '荷', '力',
    ]) || cues.heads.ending(words, words.len()).is_some()
}

/// True where a known indicator that takes this kind of quantity ends `words`.
fn takes(source: Source<'_>, words: &str, quantity: &Quantity) -> bool {
    let dimension = quantity.unit.dimension_name(source.layers.units);
    let fits = |text: &str| source.layers.cues.indicators.get(text).is_some_and(|i| i.dimensions.contains(&dimension));
    words.char_indices().any(|(at, _)| fits(&words[at..]))
}

/// The longest known indicator at the end of `indicator` that leaves something in front.
fn heads<'a>(cues: &crate::dict::Cues, indicator: &'a str) -> Option<&'a str> {
    let bound = |head: &str| cues.bound.longest(head, 0).is_some();
    indicator.char_indices().skip(1).map(|(at, _)| &indicator[at..]).find(|head| cues.indicators.get(head).is_some() && !bound(head))
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

/// Q8: 净利润亏损2亿元 is negative; 盈利 takes up the indicator before it.
pub(super) fn losses(state: &Discourse, indicator: &mut String, amount: &mut Amount) {
    for (word, sign) in [("亏损额", -1), ("亏损", -1), ("盈利", 1)] {
        let Some(before) = indicator.strip_suffix(word) else { continue };
        let profit = ["利润", "收益", "业绩", "净利"].iter().any(|w| before.ends_with(w));
        let carried = state.last.as_ref().map(|f| f.indicator.clone()).filter(|i| before.is_empty() && ["利润", "收益", "净利"].iter().any(|w| i.ends_with(w)));
        if !profit && carried.is_none() {
            return;
        }
        *indicator = carried.unwrap_or_else(|| before.to_owned());
        if sign < 0
            && let Some(negative) = amount.map(|v| Some(-v))
        {
            *amount = negative;
        }
        return;
    }
}
