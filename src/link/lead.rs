//! What stands before a value: its change and basis from the right, its time and subject from the left, its indicator between.

use crate::Span;
use crate::dict::{ChangeWord, Cues, Kind, Lead as LeadKind, Scope, Units};
use crate::link::Change;
use crate::tag::{Entity, EntityKind, Mention, TimeRef};

/// The layers that a lead is read against.
#[derive(Clone, Copy)]
pub struct Layers<'a> {
    /// The text of the article.
    pub text: &'a str,
    /// Words that steer the reading.
    pub cues: &'a Cues,
    /// Times, in order.
    pub times: &'a [TimeRef],
    /// Names, in order.
    pub mentions: &'a [Mention],
    /// What the names stand for, by number.
    pub entities: &'a [Entity],
    /// Units, by name.
    pub units: &'a Units,
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
    /// Level, difference, share, ratio; `None` where nothing was said.
    pub change: Option<Change>,
    /// Against what.
    pub basis: Option<Span>,
    /// True after 其中 or 包括: what follows is a part of what came before.
    pub part: bool,
    /// True for the first value of 由A增至B.
    pub from: bool,
    /// True where the change has no direction of its own: 调整为.
    pub level_only: bool,
    /// The noun before a light verb in the middle: 新型显示产业(实现营业收入).
    pub before_verb: Option<Span>,
    /// A stretch of what is measured: 旌德段, 旌德到宁国.
    pub label: Option<Span>,
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
    if let Some(from) = strip_end(layers.text, rest, &["由", "从", "由原来的", "从原来的", "由过去的", "从过去的", "由原先的", "从原先的"])
    {
        found.from = true;
        rest = from;
    } else if let Some((inner, time)) = time_of_start(layers, rest) {
        // 由2020年的18%提高到35%
        found.from = true;
        found.time = Some(time);
        rest = inner;
    } else if let Some(inner) = state_of_start(layers, rest) {
        found.from = true;
        rest = inner;
    } else if let Some((inner, time)) = time_reached(layers, rest) {
        found.time = Some(time);
        rest = inner;
    }
    rest = share(layers, rest, kind, &mut found);
    if found.change.is_none() && !found.from {
        rest = ratio(layers, rest, kind, &mut found);
    }
    if found.change.is_none() && !found.from {
        rest = comparative(layers, rest, &mut found);
    }
    if found.change.is_none() && !found.from {
        rest = change(layers, rest, kind, &mut found);
    }
    rest = trim_right(layers, rest);
    rest = each(layers, rest, &mut found);
    let alone = found.change.is_none() && found.light.is_none();
    left(layers, rest, &mut found, alone);
    middle(layers, kind, &mut found);
    found
}

/// `新型显示产业实现营业收入`, `市级财政已下拨救灾资金`, `货物为勾臂车`: a verb between two nouns.
fn middle(layers: Layers<'_>, kind: Kind, found: &mut Lead) {
    let text = layers.text;
    let Some(span) = found.indicator else { return };
    let words = &text[span];
    for verb in ["实现", "完成"] {
        if let Some(at) = words.find(verb).filter(|at| *at > 0 && at + verb.len() < words.len()) {
            found.before_verb = Some(Span::new(span.start(), span.start() + at));
            found.indicator = Some(Span::new(span.start() + at + verb.len(), span.end()));
            return;
        }
    }
    for adverb in ["已经", "已", "拟", "计划", "共计", "累计"] {
        let Some(at) = words.find(adverb).filter(|at| *at > 0 && at + adverb.len() < words.len()) else { continue };
        let mut rest = Lead::default();
        left(layers, Span::new(span.start() + at + adverb.len(), span.end()), &mut rest, false);
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
    if let Some(at) = property {
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

/// `每吨可多卖`, `一亩地能收`, `每年可新增产值`: what the value is counted per.
fn each(layers: Layers<'_>, rest: Span, found: &mut Lead) -> Span {
    let text = layers.text;
    let place = text[rest]
        .rfind('每')
        .map(|at| (rest.start() + at, '每'.len_utf8()))
        .or_else(|| text[rest].starts_with('一').then_some((rest.start(), '一'.len_utf8())));
    let Some((at, len)) = place else { return rest };
    let from = at + len;
    let Some((unit_len, id)) = layers.units.names_at(text, from).next().filter(|(unit_len, _)| from + unit_len <= rest.end()) else { return rest };
    let after = &text[from + unit_len..rest.end()];
    let spoken = len == '每'.len_utf8() && text[at..].starts_with('每');
    // 每股收益, 每千人口床位数: part of the indicator
    let verb = after.trim_start_matches(['地', '田']);
    let noun = ["收益", "收入", "产值", "处", "投资者", "补助标准", "减排", "增加值"].iter().any(|w| verb.starts_with(w));
    let acts = !noun
        && ["可", "能", "将", "增", "减", "多", "少", "补", "收", "产", "新增", "节", "向", "为", "安", "投", "处", "供", "平均", "卖", "有", "约", "安排"]
            .iter()
            .any(|w| verb.starts_with(w))
        || verb.is_empty() && layers.units.get(id).kind == Kind::Duration;
    let counted = matches!(layers.units.get(id).kind, Kind::Duration | Kind::Mass | Kind::Area | Kind::Volume | Kind::Count | Kind::Length);
    if !acts || !counted || !spoken && layers.units.get(id).kind != Kind::Area {
        return rest;
    }
    found.each = Some(Span::new(from, from + unit_len));
    let before = Span::new(rest.start(), at);
    let mut outer = Lead::default();
    left(layers, before, &mut outer, true);
    found.subject = outer.subject;
    found.time = found.time.or(outer.time);
    found.before_each = outer.indicator.filter(|_| layers.units.get(id).kind != Kind::Duration);
    Span::new(rest.end() - verb.len(), rest.end())
}

/// `lead` without the words between an indicator and its value: 约, 为, 达到, 共, 累计.
pub fn trim_right(layers: Layers<'_>, lead: Span) -> Span {
    let text = layers.text;
    let mut end = lead.end();
    loop {
        end = lead.start() + trimmed_len(&text[lead.start()..end]);
        let within = |len: &usize| end - len >= lead.start();
        let hedge =
            layers.cues.hedges_before.ending(text, end).filter(|(len, hedge)| within(len) && **hedge != crate::dict::Hedge::Nothing).map(|(len, _)| len);
        let word = layers.cues.right.ending(text, end).map(|(len, ())| len).filter(within);
        let cue = layers.cues.modality.ending(text, end).filter(|(len, (_, scope))| within(len) && *scope == Scope::Sentence).map(|(len, _)| len);
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
        let held = layers.cues.changes.ending(text, end).is_some_and(|(longer, _)| longer > len);
        if held {
            break;
        }
        end -= len;
    }
    Span::new(lead.start(), end)
}

fn trimmed_len(text: &str) -> usize {
    text.trim_end_matches([' ', '、', '：', ':', '“', '‘', '\'', '"', '\u{3000}', '-', '—', '=', '+']).len()
}

fn strip_end(text: &str, span: Span, words: &[&str]) -> Option<Span> {
    let longest = words.iter().filter(|word| text[span].ends_with(**word)).map(|word| word.len()).max()?;
    Some(Span::new(span.start(), span.end() - longest))
}

/// `由2020年的`, `由目前的`: where the start of a from–to names its time.
fn time_of_start(layers: Layers<'_>, rest: Span) -> Option<(Span, usize)> {
    let (index, time) = layers.times.iter().enumerate().rev().find(|(_, t)| rest.contains(t.span))?;
    let after = &layers.text[time.span.end()..rest.end()];
    let before = &layers.text[rest.start()..time.span.start()];
    let verb = ["由", "从", "比", "较"].into_iter().find(|verb| before.ends_with(verb))?;
    (after == "的" || after.is_empty() && matches!(verb, "由" | "从")).then(|| (Span::new(rest.start(), time.span.start() - verb.len()), index))
}

/// `由上一代的72.5%提高到94%`: the start of a from–to in words.
fn state_of_start(layers: Layers<'_>, rest: Span) -> Option<Span> {
    let words = layers.text[rest].strip_suffix('的')?;
    let at = words.rfind(['由', '从'])?;
    let between = &words[at + '由'.len_utf8()..];
    let count = between.chars().count();
    ((2..=8).contains(&count) && !words[..at].ends_with(['自', '来', '理']) && !between.contains(['，', '、']))
        .then(|| Span::new(rest.start(), rest.start() + at))
}

/// `提高到今年上半年的38.2%`, `降至第二季2.8%`: the time stands between the verb and the level.
fn time_reached(layers: Layers<'_>, rest: Span) -> Option<(Span, usize)> {
    let text = layers.text;
    let end = if text[rest].ends_with('的') { rest.end() - '的'.len_utf8() } else { rest.end() };
    let (index, time) = layers.times.iter().enumerate().rev().find(|(_, t)| t.span.end() == end && t.span.start() > rest.start())?;
    let reached = layers
        .cues
        .changes
        .ending(text, time.span.start())
        .is_some_and(|(len, word)| time.span.start() - len >= rest.start() && matches!(word, ChangeWord::UpTo | ChangeWord::DownTo | ChangeWord::To));
    reached.then(|| (Span::new(rest.start(), time.span.start()), index))
}

/// `占全县的三成`, `占比`, `占营业收入比重`.
fn share(layers: Layers<'_>, rest: Span, kind: Kind, found: &mut Lead) -> Span {
    if !matches!(kind, Kind::Percent | Kind::Ratio) {
        return rest;
    }
    let text = &layers.text[rest];
    let Some(at) = text.rfind('占') else { return rest };
    let after = &text[at + '占'.len_utf8()..];
    if after.starts_with(['地', '用', '领', '道', '有']) || after.contains(['，', '。']) {
        return rest;
    }
    found.change = Some(Change::ShareOf);
    let mut basis = after.trim_end_matches('的');
    basis = basis.strip_suffix("比重").or_else(|| basis.strip_suffix("比例")).or_else(|| basis.strip_suffix("的比重")).unwrap_or(basis);
    basis = basis.trim_end_matches('的');
    if !matches!(basis, "" | "比" | "比例" | "比重" | "到" | "了" | "据" | "总量" | "有率") {
        let start = rest.start() + at + '占'.len_utf8();
        found.basis = Some(Span::new(start, start + basis.len()));
    }
    Span::new(rest.start(), rest.start() + at)
}

/// `完成年初预算的`, `恢复到去年同期的`, `仅为预算的`.
fn ratio(layers: Layers<'_>, rest: Span, kind: Kind, found: &mut Lead) -> Span {
    if !matches!(kind, Kind::Percent | Kind::Multiple) || !layers.text[rest].ends_with('的') {
        return rest;
    }
    let end = rest.end() - '的'.len_utf8();
    let verb = layers.text[rest].char_indices().filter_map(|(offset, _)| {
        let at = rest.start() + offset;
        let (len, word) = layers.cues.changes.longest(layers.text, at)?;
        (*word == ChangeWord::Ratio && at + len < end).then_some((at, len))
    });
    let Some((at, len)) = verb.last() else { return rest };
    found.change = Some(Change::Ratio);
    found.basis = Some(Span::new(at + len, end));
    Span::new(rest.start(), at)
}

/// `高于全省1.3个百分点`, `超过年初目标1.2平方公里`: the basis stands behind the word.
fn comparative(layers: Layers<'_>, rest: Span, found: &mut Lead) -> Span {
    let text = layers.text;
    let words = text[rest].char_indices().filter_map(|(offset, _)| {
        let at = rest.start() + offset;
        let (len, ()) = layers.cues.comparative.longest(text, at)?;
        (at + len < rest.end()).then_some((at, len))
    });
    let Some((at, len)) = words.last() else { return rest };
    let basis = Span::new(at + len, rest.end());
    let chars = text[basis].chars().count();
    let word = &text[at..at + len];
    let down = word.contains(['低', '慢', '少']) || word.contains('后');
    // 超 alone needs a plan or a mark behind it: 超目标, 超预算
    let fits = (2..=16).contains(&chars) && (word != "超" || ["目标", "预算", "计划", "限额", "标准"].iter().any(|w| text[basis].ends_with(w)));
    if !fits || layers.cues.changes.ending(text, rest.end()).is_some() {
        return rest;
    }
    found.change = Some(if down { Change::DownBy } else { Change::UpBy });
    found.basis = Some(basis);
    Span::new(rest.start(), at)
}

/// `同比增长`, `比上年下降`, `提高到`, `比全省平均水平高出`.
fn change(layers: Layers<'_>, rest: Span, kind: Kind, found: &mut Lead) -> Span {
    let text = layers.text;
    let shift = matches!(kind, Kind::Percent | Kind::Point | Kind::Multiple);
    let mut end = rest.end();
    let word = layers.cues.changes.ending(text, end).filter(|(len, _)| end - len >= rest.start());
    let Some((len, word)) = word else {
        return basis_of_multiple(layers, rest, kind, found);
    };
    let spelled = &text[end - len..end];
    let before = &text[rest.start()..end - len];
    // 新增, 户均增收: indicators, not changes (C6), unless a basis stands before them
    let needs_basis = spelled.contains(['收', '产', '支'])
        || matches!(spelled, "增" | "减" | "多" | "少" | "高" | "低" | "快" | "慢" | "超" | "升" | "降" | "涨" | "跌") && !shift;
    let has_basis = basis_start(layers, Span::new(rest.start(), end - len)).is_some() || basis_word(layers, rest.start(), end - len).is_some();
    if before.ends_with(['新', '净', '可', '再']) && !spelled.ends_with(['至', '到']) && !shift || needs_basis && !has_basis {
        return rest;
    }
    let change = match word {
        ChangeWord::UpBy => Change::UpBy,
        ChangeWord::DownBy => Change::DownBy,
        ChangeWord::UpTo => Change::UpTo,
        ChangeWord::DownTo => Change::DownTo,
        ChangeWord::To => {
            found.level_only = true;
            Change::None
        }
        ChangeWord::Ratio => return rest,
    };
    found.change = Some(change);
    end -= len;
    // what stands between: 同比, 分别, 约, 名义
    loop {
        end = rest.start() + trimmed_len(&text[rest.start()..end]);
        if let Some(len) = basis_word(layers, rest.start(), end) {
            found.basis.get_or_insert(Span::new(end - len, end));
            end -= len;
            continue;
        }
        let len = layers.cues.right.ending(text, end).map(|(len, ())| len).filter(|len| end - len >= rest.start());
        match len {
            Some(len) if len > 0 => end -= len,
            _ => break,
        }
    }
    let rest = Span::new(rest.start(), end);
    basis(layers, rest, found)
}

fn basis_word(layers: Layers<'_>, start: usize, end: usize) -> Option<usize> {
    let (len, ()) = layers.cues.basis_word.ending(layers.text, end)?;
    let at = end.checked_sub(len).filter(|at| *at >= start)?;
    // 2020年增长: 年 belongs to the time
    let inside = layers.times.iter().any(|t| t.span.covers(at));
    let joined = len == '年'.len_utf8()
        && layers.text[..at].ends_with(|c: char| c.is_ascii_digit() || matches!(c, '去' | '今' | '全' | '上' | '当' | '逐' | '前' | '明' | '每'));
    (!inside && !joined).then_some(len)
}

/// `比2017年翻一番`, `较去年同期翻了一番`: the basis of a multiple that has no change word.
fn basis_of_multiple(layers: Layers<'_>, rest: Span, kind: Kind, found: &mut Lead) -> Span {
    if kind != Kind::Multiple {
        return rest;
    }
    found.change = Some(Change::Ratio);
    let mut rest = rest;
    if let Some(len) = basis_word(layers, rest.start(), rest.end()) {
        found.basis = Some(Span::new(rest.end() - len, rest.end()));
        rest = Span::new(rest.start(), rest.end() - len);
    }
    basis(layers, rest, found)
}

/// Takes `比上年` off the end.
fn basis(layers: Layers<'_>, rest: Span, found: &mut Lead) -> Span {
    let Some((at, len)) = basis_start(layers, rest) else { return rest };
    let mut basis = Span::new(at + len, rest.end());
    let words = layers.text[basis].trim_end_matches("相比").trim_end_matches('的').trim_end_matches('，');
    basis = Span::new(basis.start(), basis.start() + words.len());
    if found.basis.is_none() && !basis.is_empty() {
        found.basis = Some(basis);
    }
    Span::new(rest.start(), at)
}

/// Where 比, 较 or 与 opens a basis that reaches the end of `rest`: its place and the length of the word.
fn basis_start(layers: Layers<'_>, rest: Span) -> Option<(usize, usize)> {
    let text = &layers.text[rest];
    let mut found = None;
    for (offset, c) in text.char_indices() {
        let before = text[..offset].chars().next_back();
        let after = text[offset + c.len_utf8()..].chars().next().unwrap_or('\n');
        let opens = match c {
            '比' => {
                !before.is_some_and(|b| "同环占对相之收生配增涨降跌正反评性桩隧贷债负".contains(b))
                    && !matches!(after, '例' | '重' | '率' | '较' | '值' | '赛' | '亚')
            }
            '较' => {
                !before.is_some_and(|b| matches!(b, '比' | '相'))
                    && !matches!(after, '大' | '多' | '高' | '低' | '好' | '快' | '为' | '强' | '少' | '小' | '长' | '弱')
            }
            '与' => text.ends_with("相比"),
            _ => false,
        };
        if opens {
            found = Some((rest.start() + offset, c.len_utf8()));
        }
    }
    let (at, len) = found?;
    let chars = layers.text[at + len..rest.end()].chars().count();
    (1..=18).contains(&chars).then_some((at, len))
}

/// Reads a clause without a value from the left: its time, its subject, 其中.
pub fn open(layers: Layers<'_>, clause: Span, found: &mut Lead) {
    left(layers, clause, found, false);
    if found.subject.is_none()
        && let Some((index, mention)) = layers.mentions.iter().enumerate().find(|(_, m)| clause.contains(m.span))
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
    rest.starts_with('的')
        || rest.find('的').is_some_and(|at| at > 0 && at <= 18 && !rest[..at].contains(['为', '达', '实', '占', '完']))
        || rest.starts_with("成立")
        || rest.starts_with("建成的")
}

/// Takes conjunctions, times, names, adverbs and light verbs off the left; what is left is the indicator.
fn left(layers: Layers<'_>, rest: Span, found: &mut Lead, alone: bool) {
    let text = layers.text;
    let mut at = rest.start();
    let end = rest.start() + text[rest].trim_end_matches([' ', '、', '，', '“', '的']).len();
    let end = end.max(at);
    let mut verb = false;
    loop {
        if let Some((index, _)) = layers.mentions.iter().enumerate().find(|(_, m)| m.span.start() == at && m.span.end() == end && alone) {
            found.subject = Some(index);
            at = end;
            break;
        }
        let c = text[at..end].chars().next();
        if c.is_some_and(opening_mark) {
            at += c.map_or(0, char::len_utf8);
            continue;
        }
        if at == rest.start()
            && let Some(len) = item_number(&text[at..end])
        {
            at += len;
            continue;
        }
        if let Some(len) = scenario_words(layers, &text[at..end]) {
            at += len;
            continue;
        }
        if text[at..end].starts_with('“') && !text[at..end].contains('”') {
            at += '“'.len_utf8();
            continue;
        }
        if let Some(after) = agent(layers, at, end) {
            at = after;
            continue;
        }
        if let Some((label, after)) = label(layers, at, end).filter(|_| !verb || found.label.is_none()) {
            found.label = Some(label);
            at = after;
            continue;
        }
        if let Some((index, time)) = layers.times.iter().enumerate().find(|(_, t)| t.span.start() == at && t.span.end() <= end) {
            at = time.span.end();
            if text[at..end].starts_with('的') {
                at += '的'.len_utf8();
            } else if !modifies(text, time.span) {
                found.time = Some(index);
            }
            continue;
        }
        if let Some((index, mention)) = layers.mentions.iter().enumerate().find(|(_, m)| m.span.start() == at && m.span.end() < end) {
            // 欧洲市场收入, 内地旅客: part of the measure (S8)
            let place = layers.entities.get(mention.entity.0 as usize).is_some_and(|e| e.kind == EntityKind::Region);
            if place && !mention.anaphor && layers.cues.partner.longest(text, mention.span.end()).is_some() || verb && found.subject.is_some() {
                break;
            }
            // 甲、乙、丙: a list is no subject, 分别 deals with it
            found.subject = Some(index);
            found.names.push(index);
            at = mention.span.end();
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
                found.part |= matches!(&text[at..at + len], "其中" | "包括" | "其中已" | "含");
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
    inner_subject(layers, &mut at, end, found);
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
fn item_number(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(['（', '(']);
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let mark = digits.chars().next().filter(|c| matches!(c, '、' | '．' | '.' | '）' | ')'))?;
    (digits.len() < rest.len()).then(|| text.len() - digits.len() + mark.len_utf8())
}

/// The length of `达产后` at the start of the words: a scenario is no part of the measure.
fn scenario_words(layers: Layers<'_>, words: &str) -> Option<usize> {
    let at = words.find('后').filter(|at| *at > 0 && words[..*at].chars().count() <= 8)?;
    let end = at + '后'.len_utf8();
    let done = layers.cues.scenario.ending(&words[..at], at).is_some();
    (done && end < words.len() && !words[end..].starts_with(['的', '续', '期', '勤', '备'])).then_some(end)
}

/// `由某某有限公司以`, `被某某公司`: who did it is not whom the value belongs to. Gives the place after it.
fn agent(layers: Layers<'_>, at: usize, end: usize) -> Option<usize> {
    let word = ["由", "被", "经"].into_iter().find(|word| layers.text[at..end].starts_with(word))?;
    let mention = layers.mentions.iter().find(|m| m.span.start() == at + word.len() && m.span.end() <= end)?;
    Some(mention.span.end())
}

/// `旌德段`, `旌德到宁国的`: a stretch of what is measured. Gives the words and the place after them.
fn label(layers: Layers<'_>, at: usize, end: usize) -> Option<(Span, usize)> {
    let text = layers.text;
    let words = &text[at..end];
    if (words.ends_with('段') || words.ends_with("标段"))
        && words.chars().count() <= 8
        && !words.ends_with("阶段")
        && !words.ends_with("时段")
        && !words.ends_with("手段")
    {
        return Some((Span::new(at, end), end));
    }
    if let Some((len, ())) = layers.cues.label.longest(text, at).filter(|(len, ())| at + len <= end) {
        return Some((Span::new(at, at + len), at + len));
    }
    let first = layers.mentions.iter().find(|m| m.span.start() == at && m.span.end() < end)?;
    let after = first.span.end();
    for word in ["境内段", "段", "片区", "标段", "线", "方向"] {
        if &text[after..end] == word {
            return Some((Span::new(at, end), end));
        }
    }
    let joint = ["到", "至"].into_iter().find(|word| text[after..end].starts_with(word))?;
    let second = layers.mentions.iter().find(|m| m.span.start() == after + joint.len() && m.span.end() < end)?;
    text[second.span.end()..end].starts_with('的').then(|| (Span::new(at, second.span.end()), second.span.end() + '的'.len_utf8()))
}

/// `公司控股子公司某某有限公司净利润`: the last name before the measure is the subject.
fn inner_subject(layers: Layers<'_>, at: &mut usize, end: usize, found: &mut Lead) {
    let inside = layers
        .mentions
        .iter()
        .enumerate()
        .rev()
        .find(|(_, m)| m.span.start() > *at && m.span.end() < end && (!m.anaphor || layers.text[*at..m.span.start()].ends_with('的')));
    let Some((index, mention)) = inside else { return };
    let before = &layers.text[*at..mention.span.start()];
    let after = &layers.text[mention.span.end()..end];
    let bound = before.ends_with(['对', '距', '与', '和', '由', '向', '从', '到', '至', '、', '及', '以', '“', '在', '离', '于', '占', '比'])
        || layers.cues.source.ending(layers.text, mention.span.start()).is_some();
    let listed = after.starts_with(['、', '和', '与', '及', '等', '到', '至', '段']);
    if bound || listed {
        return;
    }
    found.subject = Some(index);
    *at = mention.span.end();
    if after.starts_with('的') {
        *at += '的'.len_utf8();
    }
}

/// `盘活了甲、乙等“双停”企业`: the noun after 等 is counted.
fn listed(layers: Layers<'_>, at: &mut usize, end: usize, found: &mut Lead) {
    let text = &layers.text[*at..end];
    let Some(place) = text.rfind('等').filter(|place| *place > 0) else { return };
    let after = &text[place + '等'.len_utf8()..];
    if after.is_empty() || after.starts_with(['级', '待', '效', '额', '同', '次', '奖', '离', '量', '候']) || !text[..place].contains(['、', '和'])
    {
        return;
    }
    let start = *at;
    let verb_end = layers.mentions.iter().find(|m| m.span.start() > start && m.span.end() <= start + place).map(|m| m.span.start());
    found.verb = verb_end
        .map(|verb_end| Span::new(start, start + layers.text[start..verb_end].trim_end_matches(['了', '“']).len()))
        .filter(|span| !span.is_empty() && span.len() <= 24);
    *at = *at + place + '等'.len_utf8();
}
