//! The right edge of the words before a value: level, difference, share or ratio, and against what (guideline §8).

use crate::Span;
use crate::dict::{ChangeWord, Kind};
use crate::link::Change;
use crate::link::lead::{Layers, Lead, trimmed_len};

pub(super) fn strip_end(text: &str, span: Span, words: &[&str]) -> Option<Span> {
    let longest = words.iter().filter(|word| text[span].ends_with(**word)).map(|word| word.len()).max()?;
    Some(Span::new(span.start(), span.end() - longest))
}

/// `由2020年的`, `由目前的`: where the start of a from–to names its time.
pub(super) fn time_of_start(layers: Layers<'_>, rest: Span) -> Option<(Span, usize)> {
    let (index, time) = layers.times_in(rest).next_back()?;
    let after = &layers.text[time.span.end()..rest.end()];
    let before = &layers.text[rest.start()..time.span.start()];
    let verb = ["由", "从", "比", "较"].into_iter().find(|verb| before.ends_with(verb))?;
    (after == "的" || after.is_empty() && matches!(verb, "由" | "从")).then(|| (Span::new(rest.start(), time.span.start() - verb.len()), index))
}

/// `由上一代的72.5%提高到94%`: the start of a from–to in words.
pub(super) fn state_of_start(layers: Layers<'_>, rest: Span) -> Option<Span> {
    let words = layers.text[rest].strip_suffix('的')?;
    let at = words.rfind(['由', '从'])?;
    let between = &words[at + '由'.len_utf8()..];
    let count = between.chars().count();
    ((2..=8).contains(&count) && !words[..at].ends_with(['自', '来', '理']) && !between.contains(['，', '、']))
        .then(|| Span::new(rest.start(), rest.start() + at))
}

/// `提高到今年上半年的38.2%`, `降至第二季2.8%`: the time stands between the verb and the level.
pub(super) fn time_reached(layers: Layers<'_>, rest: Span) -> Option<(Span, usize)> {
    let text = layers.text;
    let end = if text[rest].ends_with('的') { rest.end() - '的'.len_utf8() } else { rest.end() };
    let (index, time) = layers.times_in(rest).rev().find(|(_, t)| t.span.end() == end && t.span.start() > rest.start())?;
    let reached = layers
        .cues
        .changes
        .ending(text, time.span.start())
        .is_some_and(|(len, word)| time.span.start() - len >= rest.start() && matches!(word, ChangeWord::UpTo | ChangeWord::DownTo | ChangeWord::To));
    reached.then(|| (Span::new(rest.start(), time.span.start()), index))
}

/// `占全县的三成`, `占比`, `占营业收入比重`.
pub(super) fn share(layers: Layers<'_>, rest: Span, kind: Kind, found: &mut Lead) -> Span {
    if !matches!(kind, Kind::Percent | Kind::Ratio) {
        return rest;
    }
    let text = &layers.text[rest];
    let Some(at) = text.rfind('占') else { return rest };
    let after = &text[at + '占'.len_utf8()..];
    if after == "地"
        || ["地面积", "地约", "地达", "地规模"].iter().any(|word| after.starts_with(word))
        || after.starts_with(['用', '领', '道', '有'])
        || after.contains(['，', '。'])
    {
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
pub(super) fn ratio(layers: Layers<'_>, rest: Span, kind: Kind, found: &mut Lead) -> Span {
    // 完成全年目标任务62.6%: a plan needs no 的
    let planned = kind == Kind::Percent && ["任务", "目标", "计划", "预算", "预算数", "进度", "目标任务"].iter().any(|word| layers.text[rest].ends_with(word));
    if !matches!(kind, Kind::Percent | Kind::Multiple) || !layers.text[rest].ends_with('的') && !planned {
        return rest;
    }
    let end = if planned { rest.end() } else { rest.end() - '的'.len_utf8() };
    let mut verb = layers.text[rest].char_indices().filter_map(|(offset, _)| {
        let at = rest.start() + offset;
        let (len, word) = layers.cues.changes.longest(layers.text, at)?;
        let completes = layers.text[at..at + len].contains("完成");
        (*word == ChangeWord::Ratio && at + len < end && (!planned || completes)).then_some((at, len))
    });
    let Some((at, len)) = verb.next_back() else { return rest };
    found.change = Some(Change::Ratio);
    found.basis = Some(Span::new(at + len, end));
    Span::new(rest.start(), at)
}

/// `高于全省1.3个百分点`, `超过年初目标1.2平方公里`: the basis stands behind the word.
pub(super) fn comparative(layers: Layers<'_>, rest: Span, found: &mut Lead) -> Span {
    let text = layers.text;
    let mut words = text[rest].char_indices().filter_map(|(offset, _)| {
        let at = rest.start() + offset;
        let (len, ()) = layers.cues.comparative.longest(text, at)?;
        (at + len < rest.end()).then_some((at, len))
    });
    let Some((at, len)) = words.next_back().filter(|(at, _)| !text[..*at].ends_with('不')) else { return rest };
    let basis = Span::new(at + len, rest.end());
    let chars = text[basis].chars().count();
    let word = &text[at..at + len];
    let down = word.contains(['低', '慢', '少']) || word.contains('后');
    // 超 alone needs a plan or a mark behind it: 超目标, 超预算
    let fits = (2..=16).contains(&chars)
        && (word != "超"
            || ["目标", "预算", "计划", "限额", "标准", "警戒", "警戒水位", "保证水位", "汛限水位", "历史极值", "历史最高"]
                .iter()
                .any(|w| text[basis].ends_with(w)));
    // 高出平均增速4.2个百分点 compares with a rate, 高于全省增长3% does not
    let rate = ["增速", "增幅", "降幅", "涨幅"].iter().any(|word| text[rest].ends_with(word));
    if !fits || !rate && layers.cues.changes.ending(text, rest.end()).is_some() {
        return rest;
    }
    found.change = Some(if down { Change::DownBy } else { Change::UpBy });
    found.basis = Some(basis);
    Span::new(rest.start(), at)
}

/// `同比增长`, `比上年下降`, `提高到`, `比全省平均水平高出`.
pub(super) fn change(layers: Layers<'_>, rest: Span, kind: Kind, found: &mut Lead) -> Span {
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
    let inside = layers.times.get(layers.times.partition_point(|t| t.span.end() <= at)).is_some_and(|t| t.span.covers(at));
    let joined = len == '年'.len_utf8()
        && layers.text[..at].ends_with(|c: char| {
            c.is_ascii_digit()
                || matches!(c, '去' | '今' | '全' | '上' | '当' | '逐' | '前' | '明' | '每' | '半' | '往' | '历' | '同' | '本' | '近' | '后' | '常' | '均')
        });
    (!inside && !joined).then_some(len)
}

/// `比2017年翻一番`, `较去年同期翻了一番`: the basis of a multiple that has no change word.
fn basis_of_multiple(layers: Layers<'_>, rest: Span, kind: Kind, found: &mut Lead) -> Span {
    if kind != Kind::Multiple {
        return rest;
    }
    found.change = Some(Change::Ratio);
    let mut rest = rest;
    // 在2020年基础上翻两番
    if let Some(stem) = ["的基础上", "基础上"].into_iter().find_map(|word| layers.text[rest].strip_suffix(word))
        && let Some(at) = stem.rfind('在')
    {
        let start = rest.start() + at + '在'.len_utf8();
        found.basis = Some(Span::new(start, rest.start() + stem.len()));
        return crate::link::lead::trim_right(layers, Span::new(rest.start(), rest.start() + at));
    }
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
