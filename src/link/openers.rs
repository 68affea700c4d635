//! What may stand at the left edge before a measure and is no part of it: a scenario, who did it, how and where, a stretch of what
//! is measured, the rest of a list.

use crate::Span;
use crate::link::lead::Layers;

/// The length of `达产后` at the start of the words: a scenario is no part of the measure.
pub(super) fn scenario_words(layers: Layers<'_>, span: Span) -> Option<usize> {
    let words = &layers.text[span];
    let after = layers.first_after(span).map(|place| place - span.start());
    let at = after.filter(|at| *at > 0 && words[..*at].chars().count() <= 8)?;
    let end = at + '后'.len_utf8();
    let done = layers.cues.scenario.ending(&words[..at], at).is_some();
    (done && end < words.len() && !words[end..].starts_with(['的', '续', '期', '勤', '备'])).then_some(end)
}

/// `由某某有限公司以`, `被某某公司`: who did it is not whom the value belongs to. Gives the place after it.
pub(super) fn agent(layers: Layers<'_>, at: usize, end: usize) -> Option<usize> {
    let word = ["由", "被", "经"].into_iter().find(|word| layers.text[at..end].starts_with(word))?;
    let (_, mention) = layers.mention_at(at + word.len()).filter(|(_, m)| m.span.end() <= end)?;
    Some(mention.span.end())
}

/// `以挂牌方式`, `向全体股东` before 派发: how and to whom it is done is no part of the measure. Gives the place after it.
pub(super) fn adverbial(layers: Layers<'_>, at: usize, end: usize) -> Option<usize> {
    let text = layers.text;
    let words = &text[at..end];
    if words.starts_with('以') {
        let found = words.char_indices().take(14).find(|(i, _)| words[*i..].starts_with("方式")).map(|(i, _)| at + i + "方式".len());
        return found.filter(|after| *after < end);
    }
    // 体量最大的产业链年营收
    if let Some((at_of, _)) = words.char_indices().take(7).find(|(_, c)| *c == '的')
        && words[..at_of].chars().rev().nth(1) == Some('最')
        && at_of + '的'.len_utf8() < words.len()
    {
        return Some(at + at_of + '的'.len_utf8());
    }
    // 扣除价格因素实际增长
    if let Some(after) = words.strip_prefix("扣除").and_then(|rest| rest.find("因素").map(|at| &rest[at + "因素".len()..])) {
        return Some(end - after.trim_start_matches("影响").trim_start_matches("实际").len());
    }
    if matches!(words, "按" | "按照") {
        return Some(end);
    }
    // 按可比口径同比增长
    if words.starts_with('按') {
        let found = words.char_indices().take(10).find(|(i, _)| words[*i..].starts_with("口径")).map(|(i, _)| at + i + "口径".len());
        return found.map(|after| after + usize::from(text[after..end].starts_with("计算")) * "计算".len());
    }
    // 在沪陕高速青山段新增超充桩
    if words.starts_with('在') {
        let verb = |place: &usize| {
            let bounded =
                layers.mentions_in(Span::new(at, *place)).any(|(_, m)| m.span.end() == *place) || text[at..*place].ends_with(['段', '内', '里', '上']);
            bounded && layers.cues.transitive.longest(text, *place).is_some_and(|(len, ())| place + len < end)
        };
        return words.char_indices().skip(3).take(16).map(|(i, _)| at + i).find(verb);
    }
    let mut places = words.char_indices().skip(2).take(8).filter(|_| words.starts_with('向')).map(|(i, _)| at + i);
    // 向欧盟出口 is a measure of its own (S8)
    let verb = |place: &usize| {
        let traded = ["出口", "进口", "销售", "供应"].iter().any(|verb| text[*place..end].starts_with(verb));
        !traded && (text[*place..end].starts_with('每') || layers.cues.transitive.longest(text, *place).is_some_and(|(len, ())| place + len < end))
    };
    places.find(verb)
}

/// `旌德段`, `旌德到宁国的`: a stretch of what is measured. Gives the words and the place after them.
pub(super) fn label(layers: Layers<'_>, at: usize, end: usize) -> Option<(Span, usize)> {
    let text = layers.text;
    let words = &text[at..end];
    if (words.ends_with('段') || words.ends_with("标段"))
        && words.chars().count() <= 12
        && !words.ends_with("阶段")
        && !words.ends_with("时段")
        && !words.ends_with("手段")
    {
        return Some((Span::new(at, end), end));
    }
    if let Some((len, ())) = layers.cues.label.longest(text, at).filter(|(len, ())| at + len <= end) {
        return Some((Span::new(at, at + len), at + len));
    }
    let (_, first) = layers.mention_at(at).filter(|(_, m)| m.span.end() < end)?;
    let after = first.span.end();
    for word in ["境内段", "段", "片区", "标段", "线", "方向"] {
        if &text[after..end] == word {
            return Some((Span::new(at, end), end));
        }
    }
    let joint = ["到", "至"].into_iter().find(|word| text[after..end].starts_with(word))?;
    let (_, second) = layers.mention_at(after + joint.len()).filter(|(_, m)| m.span.end() < end)?;
    text[second.span.end()..end].starts_with('的').then(|| (Span::new(at, second.span.end()), second.span.end() + '的'.len_utf8()))
}

/// `(甘肃、宁夏)等省区的六个项目`: the end of a list of places. Gives the place after it.
pub(super) fn rest_of_list(layers: Layers<'_>, at: usize, end: usize) -> Option<usize> {
    let rest = layers.text[at..end].strip_prefix('等')?;
    let kinds = rest.trim_start_matches(|c: char| "多个几各和及省区市县州乡镇街道地国家城村份单位企业公司两三四五六七八九十0123456789".contains(c));
    let kinds = kinds.strip_prefix('的').unwrap_or(kinds);
    let noun = at + '等'.len_utf8();
    // (甲、乙等省区)的六个项目
    if layers.text[end..].starts_with('的') && kinds.is_empty() {
        return Some(end);
    }
    // 甲、乙等县区5个: the noun is what is counted
    if kinds.is_empty() {
        return Some(noun);
    }
    let after = end - kinds.len();
    (after > noun).then_some(after)
}
