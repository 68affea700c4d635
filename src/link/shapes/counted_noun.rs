//! What stands behind a value: the noun that it counts (23个重点项目, 12.4英寸OLED屏幕), or what happened (5个受灾) (guideline I2, I4).
//!
//! 青山县拆除12座旧厂房。 => 青山县 · 旧厂房 · 12 座 · if 拆除
//! 青山县派出300人抢修道路。 => 青山县 · 派出 · 300 人 · if 抢修道路

use crate::Span;
use crate::dict::{CueStart, Kind, Lead as LeadKind};
use crate::link::clauses::bracket_in_noun;
use crate::link::conditions;
use crate::link::lead::{Layers, Lead};
use crate::tag::Quantity;

/// Ways of building that stand in a row before what is built.
const BUILDING: [&str; 9] = ["新建", "改建", "扩建", "续建", "新开工", "在建", "已建", "迁建", "改扩建"];

/// The words directly after a quantity up to the next mark, quantity, time or clause end.
pub fn words_after(layers: Layers<'_>, from: usize, to: usize) -> Span {
    let text = layers.text;
    let mut at = from;
    if let Some((len, _)) = layers.cues.hedges_after.longest(text, at).filter(|(len, _)| at + len <= to && !conditions::adds(text, at)) {
        at += len;
    }
    let mut end = to;
    let mut joined = at;
    for (i, c) in text[at..to].char_indices().map(|(i, c)| (at + i, c)) {
        if i < joined {
            continue;
        }
        // 乡镇（街道）
        if let Some(after) = bracket_in_noun(text, Span::new(at, text.len()), i) {
            joined = after;
        } else if c == '、' && BUILDING.contains(&&text[at..i]) {
            // 5所新建、改扩建学校
        } else if matches!(c, '、' | '，' | '。' | '；' | '（' | '）' | '(' | ')' | '|' | '：' | ' ') || c == '”' && !text[at..i].contains('“') {
            end = i;
            break;
        }
    }
    Span::new(at, end)
}

/// `吸引300万人次海内外旅游者`, `拆除12座旧厂房`: where the words before a value end with the verb of the noun behind it, the
/// noun is what is counted, and a verb that says something is kept as its condition (guideline I2).
pub fn acted_on(layers: Layers<'_>, quantity: &Quantity, after: Span, found: &mut Lead) {
    let text = layers.text;
    // 对认定企业给予10万元一次性奖励: what is given
    let gives = ["给予", "予以"].into_iter().find(|verb| text[..quantity.span.start()].ends_with(verb));
    if let Some(verb) = gives.filter(|_| quantity.kind == Kind::Money && found.change.is_none()) {
        let given = noun(layers, after);
        if given.is_some_and(|noun| ["奖励", "补助", "补贴", "奖补", "资助", "支持", "扶持"].iter().any(|word| text[noun].ends_with(word))) {
            found.light = Some(Span::new(quantity.span.start() - verb.len(), quantity.span.start()));
            found.indicator = None;
        }
        return;
    }
    let counts = matches!(quantity.kind, Kind::Count | Kind::Area | Kind::Mass | Kind::Length | Kind::Volume | Kind::Power | Kind::Energy);
    let Some(words) = found.indicator.filter(|_| counts && found.change.is_none() && !found.from && found.label.is_none()) else { return };
    // 推出了, 生产出: the verb without its particle
    let stem = text[words].trim_end_matches(['了', '过', '的', ' ']);
    let ends = [stem.len(), stem.trim_end_matches('出').len()].map(|len| words.start() + len);
    let verb = |end: usize| layers.cues.transitive.ending(text, end).filter(|(len, ())| end - len >= words.start()).map(|(len, ())| (end, len));
    let Some((end, len)) = ends.into_iter().find_map(verb) else { return };
    // 光伏发电建设, 项目安置: a noun of action; 累计引进 and 在我市建设 are no nouns
    let before = &text[words.start()..end - len];
    // 地块底价成交5宗: the noun stands first, the verb is its condition
    if quantity.kind == Kind::Count
        && let Some(noun) = group_first(layers, before)
    {
        let noun = Span::new(words.start(), words.start() + noun);
        found.verb = found.verb.or(Some(Span::new(noun.end(), end)));
        found.indicator = Some(noun);
        return;
    }
    let joined = before.trim_end_matches(['、', '和', '与', '及', '并']);
    let listed = joined.len() < before.len() && layers.cues.transitive.ending(joined, joined.len()).is_some_and(|(len, ())| len == joined.len());
    let (end, len) = if listed { (end, end - words.start()) } else { (end, len) };
    // 现场共(签约)六个项目
    let adverbs = !before.is_empty() && is_adverbial(layers, before);
    let opened =
        listed || adverbs || before.is_empty() || before.starts_with(['在', '向', '为', '对', '从', '于']) || layers.cues.source.longest(before, 0).is_some();
    if !opened {
        return;
    }
    let Some(noun) = noun(layers, after) else { return };
    // 设立互通式立交 behind the value is a verb of its own; 200亩以上 names nothing
    let first = &text[noun.start()..after.end()];
    // 派出300人抢修道路, but 投放5000吨储备猪肉
    let people = text[quantity.span].ends_with(['人', '名', '次']);
    if (people || !before.is_empty()) && layers.cues.transitive.longest(first, 0).is_some() || layers.cues.changes.longest(first, 0).is_some() {
        return;
    }
    let verb = Span::new(end - len, end);
    let light = layers.cues.leads.get(&text[verb]).is_some();
    found.verb = found.verb.or((!light).then_some(verb));
    found.light = Some(verb);
    found.indicator = None;
}

/// True for words that only say how or where: 现场, 共, 先后, 现场共.
fn is_adverbial(layers: Layers<'_>, words: &str) -> bool {
    let mut rest = words;
    while !rest.is_empty() {
        let known = [&layers.cues.right, &layers.cues.manner].into_iter().filter_map(|list| list.ending(rest, rest.len())).map(|(len, ())| len).max();
        let Some(len) = known else { return false };
        rest = &rest[..rest.len() - len];
    }
    true
}

/// The length of a noun of a group at the start of the words, where only an adverb stands behind it: 地块(顺利).
fn group_first(layers: Layers<'_>, words: &str) -> Option<usize> {
    let noun = (1..=words.len()).rev().filter(|at| words.is_char_boundary(*at)).find(|at| layers.cues.group.ending(words, *at).is_some())?;
    let adverb = &words[noun..];
    let plain = layers.cues.right.get(adverb).is_some() || layers.cues.manner.get(adverb).is_some();
    (plain && words[..noun].chars().count() >= 2 && layers.cues.source.longest(words, 0).is_none()).then_some(noun)
}

/// The noun phrase at the start of `after`: it ends before a verb or a preposition, and may follow 的.
pub fn noun(layers: Layers<'_>, after: Span) -> Option<Span> {
    let text = layers.text;
    let mut start = after.start();
    for particle in ["的", "左右的", "以上的", "给予", "予以"] {
        if text[start..after.end()].starts_with(particle) {
            start += particle.len();
            break;
        }
    }
    let mut end = start;
    for (offset, c) in text[start..after.end()].char_indices() {
        let at = start + offset;
        if layers.time_at(at).is_some() {
            break;
        }
        if c == '共' && at > start && shared_action(layers, &text[at..after.end()]) && !text[start..at].ends_with('公') {
            break;
        }
        let verb = layers.cues.verb.longest(text, at).filter(|(len, _)| at + len <= after.end());
        if let Some((len, ())) = verb {
            // 建设用地, 支持资金: a verb that opens a noun is part of it
            // inside a word one character says little: 储能, 时间, 对象
            if len <= '能'.len_utf8() && at > start && !matches!(c, '将' | '在' | '由' | '被' | '已' | '为' | '与' | '和' | '及' | '占' | '的') {
                end = at + c.len_utf8();
                continue;
            }
            // 规模以上工业企业, 地级及以上城市
            let bound = matches!(&text[at..at + len], "以上" | "以下") && ["规模", "限额", "及", "级"].iter().any(|word| text[start..at].ends_with(word));
            if at > start && bound {
                end = at + c.len_utf8();
                continue;
            }
            // 分布式电站, 检测站: a verb inside a noun
            let rest = text[at + len..after.end()].chars().next();
            if at > start && rest.is_some_and(|c| NOUN_ENDS.contains(c)) {
                end = at + c.len_utf8();
                continue;
            }
            let opens_noun = at == start
                && len >= '和'.len_utf8() * 2
                && layers.cues.leads.longest(text, at).is_some_and(|(longer, kind)| longer > len && *kind == crate::dict::Lead::Keep);
            if !opens_noun {
                break;
            }
        }
        end = at + c.len_utf8();
    }
    let mut words = text[start..end].trim_end_matches(['的', '”', ' ', '和', '与', '及', '、']);
    // 六个项目相继(并网): an adverb before the verb
    while let Some((len, ())) = layers.cues.right.ending(words, words.len()).filter(|(len, ())| *len >= '相'.len_utf8() * 2 && *len < words.len()) {
        if layers.cues.indicators.get(words).is_some() || layers.cues.right_keep.ending(words, words.len()).is_some() {
            break;
        }
        words = &words[..words.len() - len];
    }
    // 33个项目中
    if let Some(group) = words.strip_suffix('中').filter(|group| layers.cues.group.ending(group, group.len()).is_some()) {
        words = group;
    }
    // 3盘(约)450套
    if layers.cues.hedges_before.get(words).is_some() {
        return None;
    }
    // (较去年同期的702套)减少(8.4%): what the next value says
    if layers.cues.changes.get(words).is_some() {
        return None;
    }
    let span = Span::new(start, start + words.len());
    (words.chars().count() >= 2 || words.chars().count() == 1 && span.end() == after.end()).then_some(span)
}

/// (12家国有博物馆)共接待观众: 共 and a verb, not 共享 or 共同.
fn shared_action(layers: Layers<'_>, words: &str) -> bool {
    let verb = '共'.len_utf8();
    layers.cues.transitive.longest(words, verb).is_some() || matches!(layers.cues.leads.longest(words, verb), Some((_, LeadKind::Light | LeadKind::Carrier)))
}

/// What makes a noun of the verb before it: 分布(式), 检测(站).
const NOUN_ENDS: &str = "式型性品率量业费款金权员者期站厂线区点机车器物户岗证书库网";

/// The noun phrase at the start of a clause without a value, up to its verb: `最大累计降雨量(出现在…)`, `承接项目(最多)`.
pub fn head_noun(layers: Layers<'_>, span: Span) -> Option<Span> {
    let text = layers.text;
    let second = span.start() + text[span].chars().take(2).map(char::len_utf8).sum::<usize>();
    let mut places = layers.places.of(CueStart::Predicate, Span::new(second, span.end()));
    // 承接项目|最多, but 单站最大降雨量
    let predicate = |at: usize| layers.cues.predicate.longest(text, at).is_some_and(|(len, ())| !text[at..].starts_with('最') || at + len >= span.end());
    let cut = places.find(|at| predicate(*at)).unwrap_or(span.end());
    let words = text[span.start()..cut].trim_end_matches(['的', '已', '共', '均', '也']);
    let noun = Span::new(span.start(), span.start() + words.len());
    ((2..=14).contains(&words.chars().count())).then_some(noun)
}
