//! The left edge of the words before a value: conjunctions, times, names, adverbs and light verbs come off; the indicator is left.

use crate::Span;
use crate::dict::{CueStart, Lead as LeadKind, Scope, Words};
use crate::link::lead::{Layers, Lead};
use crate::link::openers::{adverbial, agent, label, rest_of_list, scenario_words};
use crate::link::subject::is_abroad;

/// Reads a clause without a value from the left: its time, its subject, 其中.
pub fn open(layers: Layers<'_>, clause: Span, found: &mut Lead) {
    strip(layers, clause, found, false, false);
    if found.subject.is_none()
        && let Some((index, mention)) = layers.mentions_in(clause).next()
    {
        // a name alone is the whole clause: 永吉县，…
        let before = &layers.text[clause.start()..mention.span.start()];
        if before.is_empty() || found.indicator.is_some_and(|i| i.start() == mention.span.start()) {
            found.subject = Some(index);
        }
    }
}

/// True for 去年落户的企业, 2013年成立的: a time inside a modifier.
pub fn modifies(text: &str, time: Span) -> bool {
    let rest: String = text[time.end()..].chars().take(12).take_while(|c| !matches!(c, '，' | '。' | '；' | '、' | '0'..='9')).collect();
    if heads_goals(text, time) {
        return false;
    }
    rest.starts_with('的')
        || rest.find('的').is_some_and(|at| at > 0 && at <= 18 && !rest[..at].contains(['为', '达', '实', '占', '完']) && !rest[..at].ends_with("产生") && !rest[..at].ends_with("我们"))
        || rest.starts_with("成立")
        || rest.starts_with("建成的")
        // 由于去年秋季播种及时, 迎来下半年首场土拍
        // 举行一季度重大项目集中开工仪式
        || ["由于", "因为", "得益于", "鉴于", "迎来", "举行", "举办"].iter().any(|word| text[..time.start()].ends_with(word))
}

/// `今年经济发展的主要预期目标是：`: the time of a list of goals holds for all of them.
fn heads_goals(text: &str, time: Span) -> bool {
    let rest = &text[time.end()..];
    let head = rest.char_indices().take(30).find(|(_, c)| matches!(c, '，' | '。' | '；' | '：' | ':' | '\n'));
    head.filter(|(_, c)| matches!(c, '：' | ':')).is_some_and(|(at, _)| {
        let words = rest[..at].trim_end_matches(['是', '为']).trim_end_matches("如下");
        words.ends_with("目标") || words.ends_with("任务")
    })
}

/// Takes conjunctions, times, names, adverbs and light verbs off the left; what is left is the indicator.
pub(super) fn left(layers: Layers<'_>, rest: Span, found: &mut Lead, alone: bool) {
    strip(layers, rest, found, alone, true);
}

/// `alone`: a name that is all there is may be the subject; `inner`: a name in the middle may be.
fn strip(layers: Layers<'_>, rest: Span, found: &mut Lead, alone: bool, inner: bool) {
    let text = layers.text;
    let mut at = rest.start();
    let end = rest.start() + text[rest].trim_end_matches([' ', '、', '，', '“', '的']).len();
    let end = end.max(at);
    let mut verb = false;
    loop {
        if let Some((index, _)) = layers.mention_at(at).filter(|(_, m)| m.span.end() == end && alone) {
            found.subject = Some(index);
            at = end;
            break;
        }
        let c = text[at..end].chars().next();
        if c.is_some_and(opening_mark) {
            at += c.map_or(0, char::len_utf8);
            continue;
        }
        // 一、二、三季度进出口: no number of an item
        if at == rest.start()
            && layers.time_at(at).is_none()
            && let Some(len) = item_number(&text[at..end])
        {
            at += len;
            continue;
        }
        if let Some(len) = scenario_words(layers, Span::new(at, end)) {
            at += len;
            continue;
        }
        let named = || layers.mention_at(at + '“'.len_utf8()).is_some_and(|(_, m)| text[m.span.end()..].starts_with('”'));
        if text[at..end].starts_with('“') && (!text[at..end].contains('”') || named()) {
            at += '“'.len_utf8();
            continue;
        }
        if let Some(after) = agent(layers, at, end) {
            at = after;
            continue;
        }
        if let Some(after) = adverbial(layers, at, end) {
            at = after;
            continue;
        }
        if let Some((label, after)) = label(layers, at, end).filter(|_| !verb || found.label.is_none()) {
            found.label = Some(label);
            at = after;
            continue;
        }
        if let Some((index, time)) = layers.time_at(at).filter(|(_, t)| t.span.end() <= end) {
            at = time.span.end();
            // 8月15日起贷款最高额度: from then on
            if text[at..end].starts_with('起') && !text[at..end].starts_with("起始") && !text[at..end].starts_with("起拍") && !text[at..end].starts_with("起降")
            {
                at += '起'.len_utf8();
            }
            if text[at..end].starts_with('的') {
                at += '的'.len_utf8();
            } else if !modifies(text, time.span) {
                found.time = Some(index);
            }
            continue;
        }
        if let Some((index, mention)) = layers.mention_at(at).filter(|(_, m)| m.span.end() < end) {
            // 欧洲市场收入, 内地旅客: part of the measure (S8)
            // a division at home is the subject of 陕西省进出口总值, a country or market is not
            let place = layers.entities.get(mention.entity.0 as usize).is_some_and(is_abroad);
            if place && !mention.anaphor && layers.cues.partner.longest(text, mention.span.end()).is_some() || verb && found.subject.is_some() {
                break;
            }
            // 福建省与东盟贸易额: whom a measure is shared with is part of it
            let shared = found.subject.is_some() && text[..at].ends_with(['与', '同']) && found.names.len() == 1;
            if shared
                && !layers.cues.respectively.occurs(&text[at..end])
                && text[mention.span.end()..end].chars().count() >= 2
                && !text[mention.span.end()..].starts_with(['、', '和', '与', '及', '等', '两', '共'])
            {
                at -= '与'.len_utf8();
                break;
            }
            // 省内就业: where it is, not whose
            if mention.anaphor && matches!(&text[mention.span], "省内" | "市内" | "县内" | "区内") {
                found.label = Some(mention.span);
                at = mention.span.end();
                continue;
            }
            // 甲、乙、丙: a list is no subject, 分别 deals with it
            found.subject = Some(index);
            found.names.push(index);
            at = mention.span.end();
            if let Some(after) = rest_of_list(layers, at, end).filter(|_| !found.names.is_empty()) {
                found.subject = None;
                at = after;
                continue;
            }
            if layers.cues.office.longest(text, at).is_some() {
                found.names.pop();
                found.subject = found.names.last().copied();
            }
            // 其中甘肃省内2556人: a part, not a holder
            if matches!(&text[at..end], "内" | "境内" | "外" | "籍" | "省内" | "市内") {
                found.names.pop();
                found.subject = found.names.last().copied();
                found.label = Some(Span::new(mention.span.start(), end));
                at = end;
                continue;
            }
            let within = ["的", "内", "境内", "范围内", "辖区内"].into_iter().find(|word| text[at..end].starts_with(word) && at + word.len() < end);
            at += within.map_or(0, str::len);
            continue;
        }
        let Some((len, kind)) = layers.cues.leads.longest(text, at).filter(|(len, _)| at + len <= end) else {
            match layers.cues.modality.longest(text, at) {
                Some((len, (_, scope))) if *scope == Scope::Sentence && at + len < end => {
                    // 可新增: the verb stays
                    let short = text[at..].chars().next().filter(|c| matches!(c, '可' | '将' | '要' | '须' | '应')).map(char::len_utf8);
                    at += short.unwrap_or(len);
                    continue;
                }
                _ => break,
            }
        };
        match kind {
            LeadKind::Keep => break,
            // 建设期, 实施方案数: what begins like a light verb is a measure of its own
            LeadKind::Light | LeadKind::Adverb | LeadKind::Determiner
                if layers.cues.indicators.get(&text[at..end]).is_some()
                    && layers.cues.modality.get(&text[at..at + len]).is_none()
                    && !text[at..].starts_with('折') =>
            {
                break;
            }
            // 最高运行速度, but 最高补助500万元
            LeadKind::Adverb
                if ["最高", "最低", "最大", "最小"].iter().any(|word| text[at..].starts_with(word))
                    && text[at..end].ends_with(['度', '价', '量', '值', '速', '温', '率', '额', '压', '位', '点', '尺']) =>
            {
                break;
            }
            LeadKind::Light if text[at + len..end].chars().count() == 1 => break,
            LeadKind::Carrier if at + len < end => break,
            LeadKind::Light | LeadKind::Carrier => {
                if let Some((cue, (_, scope))) = layers.cues.modality.longest(text, at)
                    && cue > len
                    && *scope == Scope::Nothing
                {
                    break;
                }
                found.light = Some(Span::new(at, at + len));
                verb = true;
                at += len;
                for particle in ["了", "着"] {
                    if text[at..end].starts_with(particle) {
                        at += particle.len();
                    }
                }
            }
            LeadKind::Conjunction => {
                found.part |= matches!(&text[at..at + len], "其中" | "当中" | "包括" | "其中已" | "含");
                at += len;
            }
            LeadKind::Adverb | LeadKind::Determiner => {
                // 平均 that is all there is names the measure
                if at + len >= end && *kind == LeadKind::Adverb && found.light.is_none() {
                    found.light = Some(Span::new(at, at + len));
                }
                at += len;
            }
        }
    }
    let caused = after_cause(layers, at, end);
    if caused > at {
        return strip(layers, Span::new(caused, end), found, alone, inner);
    }
    if inner && (inner_time(layers, &mut at, end, found) | inner_subject(layers, &mut at, end, found)) {
        // 控股股东某某集团|计划增持股份: what stands behind the name is read like any lead
        let subject = found.subject;
        strip(layers, Span::new(at, end), found, false, false);
        found.subject = found.subject.or(subject);
        return;
    }
    listed(layers, &mut at, end, found);
    if at < end {
        found.indicator = Some(Span::new(at, end));
    }
}

fn opening_mark(c: char) -> bool {
    matches!(
        c,
        ' ' | '、'
            | '：'
            | ':'
            | '”'
            | '’'
            | '）'
            | ')'
            | '·'
            | '|'
            | '-'
            | '—'
            | '。'
            | '，'
            | '；'
            | '■'
            | '●'
            | '‧'
            | '•'
            | '▪'
            | '○'
            | '◇'
            | '➢'
            | '★'
            | '◆'
            | '\u{3000}'
            | '*'
            | '的'
            | '+'
            | '='
            | '%'
    ) && c != '“'
}

/// The length of `二、`, `（三）`, `1．` at the start of a line.
pub(super) fn item_number(text: &str) -> Option<usize> {
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十');
    let rest = text.trim_start_matches(['（', '(']);
    let digits = rest.trim_start_matches(digit);
    let mark = digits.chars().next().filter(|c| matches!(c, '、' | '．' | '.' | '）' | ')'))?;
    (digits.len() < rest.len()).then(|| text.len() - digits.len() + mark.len_utf8())
}

/// `暴雨造成全省…`, `地块以总价…`, `某公司称净利润…`: the place behind a verb of cause, of saying, or 以 and a price, inside the words.
fn after_cause(layers: Layers<'_>, at: usize, end: usize) -> usize {
    let text = layers.text;
    let mut from = at;
    let sought = CueStart::Output as u64 | CueStart::Cause as u64 | CueStart::Saying as u64 | CueStart::AtPrice as u64 | CueStart::DoneBy as u64;
    for start in layers.places.of_any(sought, Span::new(at, end)) {
        let place = start.at as usize;
        let c = text[place..].chars().next().unwrap_or_default();
        // 青山县年产(2万吨饲料项目): the output that a name holds
        if CueStart::Output.is_in(start) && layers.cues.output.longest(text, place).is_some_and(|(len, ())| place + len == end) {
            return from.max(place);
        }
        // 地块|由某某公司以(3.2亿元竞得)
        let done_by = matches!(c, '由' | '被') && place > at;
        if done_by && agent(layers, place, end).is_some_and(|after| matches!(&text[after..end], "以" | "按")) {
            from = from.max(place);
        }
        let known = |what: CueStart, words: &Words<()>| {
            let found = if what.is_in(start) { words.longest(text, place) } else { None };
            found.map(|(len, ())| place + len).filter(|after| *after < end)
        };
        if let Some(after) = known(CueStart::Cause, &layers.cues.cause) {
            from = from.max(after);
        }
        if let Some(after) = known(CueStart::Saying, &layers.cues.saying).filter(|after| *after > place + c.len_utf8() && place > at) {
            from = from.max(after + usize::from(text[after..end].starts_with('称')) * '称'.len_utf8());
        }
        if c == '以' && place > at && layers.cues.price.longest(text, place + c.len_utf8()).is_some() {
            from = from.max(place + c.len_utf8());
        }
    }
    from
}

/// `年报显示公司2023年营业收入`: the last time inside the words, where it is no modifier, opens the measure.
fn inner_time(layers: Layers<'_>, at: &mut usize, end: usize, found: &mut Lead) -> bool {
    let text = layers.text;
    let inside = layers.times_in(Span::new(*at, end)).rev().find(|(_, time)| time.span.start() > *at && time.span.end() < end);
    let Some((index, time)) = inside.filter(|(_, time)| found.time.is_none() && !modifies(text, time.span)) else { return false };
    if text[*at..time.span.start()].ends_with(['比', '较', '与', '同', '由', '从', '自', '至', '到', '（', '(', '“', '《']) {
        return false;
    }
    // 控股股东某某集团|10月26日质押股份: the name right before the time is who did it
    let before = layers.mentions_in(Span::new(*at, time.span.start())).next_back();
    if let Some((name, _)) = before.filter(|(_, m)| m.span.end() == time.span.start() && found.subject.is_none()) {
        found.subject = Some(name);
    }
    found.time = Some(index);
    *at = time.span.end();
    true
}

/// `公司控股子公司某某有限公司净利润`: the last name before the measure is the subject.
fn inner_subject(layers: Layers<'_>, at: &mut usize, end: usize, found: &mut Lead) -> bool {
    let inside = layers
        .mentions_in(Span::new(*at, end))
        .rev()
        .find(|(_, m)| m.span.start() > *at && m.span.end() < end && (!m.anaphor || layers.text[*at..m.span.start()].ends_with('的')));
    let Some((index, mention)) = inside else { return false };
    let before = &layers.text[*at..mention.span.start()];
    let after = &layers.text[mention.span.end()..end];
    let bound = before.ends_with(['/', '对', '距', '与', '和', '由', '向', '从', '到', '至', '、', '及', '以', '“', '在', '离', '于', '占', '比'])
        || layers.cues.source.ending(layers.text, mention.span.start()).is_some();
    let listed = after.starts_with(['、', '和', '与', '及', '等', '到', '至', '段']);
    if bound || listed {
        return false;
    }
    found.subject = Some(index);
    *at = mention.span.end();
    if after.starts_with('的') {
        *at += '的'.len_utf8();
    }
    true
}

/// `盘活了甲、乙等“双停”企业`: the noun after 等 is counted.
fn listed(layers: Layers<'_>, at: &mut usize, end: usize, found: &mut Lead) {
    let text = &layers.text[*at..end];
    let Some(place) = text.rfind('等').filter(|place| *place > 0) else { return };
    let after = &text[place + '等'.len_utf8()..];
    // 集中开工的某某生产基地等|46个重点项目: names as examples of what is counted
    if after.is_empty() && layers.mentions_in(Span::new(*at, end)).any(|(_, m)| m.span.end() == *at + place) {
        *at = end;
        return;
    }
    if after.is_empty()
        || after.starts_with(['级', '待', '效', '额', '同', '次', '奖', '离', '量', '候'])
        || !text[..place].contains(['、', '和']) && !text[..place].ends_with('”')
    {
        return;
    }
    let start = *at;
    let verb_end = layers.mentions_in(Span::new(start, start + place)).find(|(_, m)| m.span.start() > start).map(|(_, m)| m.span.start());
    found.verb = verb_end
        .map(|verb_end| Span::new(start, start + layers.text[start..verb_end].trim_end_matches(['了', '“']).len()))
        .filter(|span| !span.is_empty() && span.len() <= 24);
    *at = *at + place + '等'.len_utf8();
}
