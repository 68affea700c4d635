//! The head or the verb that a part, a side or a member of a list leaves out (guideline I5).
//!
//! 青山县人均可支配收入5万元，其中城镇居民6万元。 => 青山县 · 人均可支配收入 · 50000 元 ; 青山县 · 城镇居民人均可支配收入 · 60000 元
//! 青山县投资5亿元，其中工业投资2亿元。 => 青山县 · 投资 · 500000000 元 ; 青山县 · 工业投资 · 200000000 元

use crate::dict::{Cues, Kind};
use crate::link::Change;
use crate::link::discourse::Discourse;
use crate::link::facts::Source;
use crate::link::lead::Lead;
use crate::tag::Quantity;

/// `调拨雨衣40件、手电80支`: the verb that a list shares.
pub(in crate::link) fn shared_verb(source: Source<'_>, state: &Discourse, found: &Lead, quantity: &Quantity, words: &str) -> Option<String> {
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
pub(in crate::link) fn damaged(source: Source<'_>, state: &Discourse, words: &str) -> Option<String> {
    let damage = &source.layers.cues.damage;
    damage.get(words)?;
    let candidates = state.last.iter().chain(state.whole.as_ref().filter(|_| state.part)).map(|f| f.indicator.as_str());
    let found = |last: &str| damage.find(last, 0).filter(|(at, len, ())| *at > 0 || at + len < last.len()).map(|(at, len, ())| (at, len));
    let (last, (at, len)) = candidates.filter_map(|last| Some((last, found(last)?))).next()?;
    Some(format!("{}{words}{}", &last[..at], &last[at + len..]))
}

/// `对东盟…进出口…，其中对欧盟增长21.7%`: a partner without its flow.
pub(in crate::link) fn partner_flow(state: &Discourse, words: &str) -> Option<String> {
    const FLOWS: [&str; 4] = ["进出口", "出口", "进口", "投资"];
    let last = &state.last.as_ref()?.indicator;
    let flow = FLOWS.into_iter().find(|flow| last.ends_with(flow)).filter(|_| last.starts_with('对') || last.starts_with('自'))?;
    let partner = words.starts_with('对') && FLOWS.iter().all(|flow| !words.ends_with(flow)) && words.chars().count() <= 12;
    partner.then(|| format!("{words}{flow}"))
}

/// `海拔最低513米，最高2621米`: the noun that the second end leaves out.
pub(in crate::link) fn opposite(state: &Discourse, words: &str) -> Option<String> {
    const ENDS: [&str; 10] = ["最高", "最低", "最大", "最小", "最多", "最少", "最长", "最短", "最宽", "最窄"];
    let last = &state.last.as_ref()?.indicator;
    let end = ENDS.iter().find(|end| last.ends_with(**end))?;
    ENDS.contains(&words).then(|| format!("{}{words}", &last[..last.len() - end.len()]))
}

/// `政府性基金收入…，支出…`: the other side of what was measured before.
pub(in crate::link) fn counterpart(state: &Discourse, words: &str) -> Option<String> {
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
pub(in crate::link) fn restored(source: Source<'_>, state: &Discourse, found: &Lead, quantity: &Quantity, words: &str) -> Option<String> {
    let cues = source.layers.cues;
    let last = state.whole.as_ref().filter(|_| state.part).or(state.last.as_ref())?;
    let same_unit = last.unit == quantity.unit;
    let known = takes(source, words, quantity) && (!state.part || is_measure(cues, words));
    let listed = found.part || state.part || follows_list_mark(source, found) || sibling(&last.indicator, words);
    // 其中，城市上涨0.5%: a part of what the growth is of
    let grown = state.part
        && matches!(found.change, Some(Change::UpBy | Change::DownBy | Change::UpTo | Change::DownTo))
        && !is_measure(cues, words)
        && words.chars().count() <= 6;
    if grown {
        let whole = format!("{words}{}", last.indicator);
        return cues
            .indicators
            .get(&whole)
            .map(|_| whole)
            .or_else(|| heads(cues, &last.indicator).map(|head| format!("{words}{}", of_industry(cues, words, head))));
    }
    // 返还盈余 is done, and no part of what was measured
    let acted = cues.transitive.longest(words, 0).is_some_and(|(len, ())| len < words.len());
    // 户均分红 is whole by itself
    const MEANS: [&str; 7] = ["人均", "户均", "亩均", "年均", "日均", "月均", "场均"];
    let mean = MEANS.iter().any(|mean| words.starts_with(mean) && words.len() > mean.len());
    if !same_unit || known || acted || mean || !listed || words.chars().count() > 8 || found.change.is_some() || quantity.kind == Kind::Count {
        return None;
    }
    // 人均可支配收入…，其中城镇居民: nothing of it may be left out
    let whole = ["人均", "户均", "平均", "年均", "日均", "月均", "亩均"].iter().any(|mean| last.indicator.starts_with(mean));
    let head = if whole { last.indicator.as_str() } else { of_industry(cues, words, heads(cues, &last.indicator)?) };
    if words.ends_with(head) {
        return None;
    }
    // 城镇居民 and 居民人均可支配收入 share 居民
    let shared = head.char_indices().map(|(at, _)| at).skip(1).filter(|at| words.ends_with(&head[..*at])).last().unwrap_or(0);
    Some(format!("{words}{}", &head[shared..]))
}

/// True for 农村居民 after 城镇居民人均可支配收入: another group of the same people.
fn sibling(last: &str, words: &str) -> bool {
    const GROUPS: [&str; 6] = ["居民", "职工", "单位", "企业", "家庭", "人员"];
    GROUPS.iter().any(|group| words.ends_with(group) && words.len() > group.len() && last.find(group).is_some_and(|at| at > 0 && at + group.len() < last.len()))
}

/// True for the second and later members of a list: …、初中达到920元.
fn follows_list_mark(source: Source<'_>, found: &Lead) -> bool {
    found.indicator.is_some_and(|span| source.layers.text[..span.start()].ends_with('、'))
}

/// True for words that end like a measure (额 量 率 收入) and not like a thing: 集成电路 after 其中 lacks its 出口.
fn is_measure(cues: &Cues, words: &str) -> bool {
    words.ends_with([
        '额', '量', '率', '值', '价', '费', '数', '积', '款', '润', '债', '税', '差', '比', '度', '资', '本', '耗', '益', '险', '长', '损', '失', '速', '幅',
        '荷', '力', '金',
    ]) || cues.heads.ending(words, words.len()).is_some()
}

/// True where a known indicator that takes this kind of quantity ends `words`.
fn takes(source: Source<'_>, words: &str, quantity: &Quantity) -> bool {
    let dimension = quantity.unit.dimension_name(source.layers.units);
    let fits = |text: &str| source.layers.cues.indicators.get(text).is_some_and(|i| i.dimensions.contains(&dimension));
    words.char_indices().any(|(at, _)| fits(&words[at..]))
}

/// The longest known indicator at the end of `indicator` that leaves something in front.
fn heads<'a>(cues: &Cues, indicator: &'a str) -> Option<&'a str> {
    let bound = |head: &str| cues.bound.longest(head, 0).is_some();
    indicator.char_indices().skip(1).map(|(at, _)| &indicator[at..]).find(|head| cues.indicators.get(head).is_some() && !bound(head))
}

/// 增加值 of 工业增加值 for another industry: 制造业 takes the measure, not the name of the whole.
pub(in crate::link) fn of_industry<'a>(cues: &Cues, words: &str, head: &'a str) -> &'a str {
    let measure =
        head.rfind('业').map(|at| &head[at + '业'.len_utf8()..]).filter(|measure| cues.indicators.get(measure).is_some() || cues.heads.get(measure).is_some());
    measure.filter(|_| words.ends_with('业')).unwrap_or(head)
}
