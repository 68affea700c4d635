//! A difference upwards or downwards, with what it is measured against: 同比增长8%, 比上年下降3% (guideline §8).
//!
//! 青山县出口20亿元，同比增长8%。 => 青山县 · 出口 · 2000000000 元 ; 青山县 · 出口 · 8 % · up_by 同比
//! 青山县新增就业1.2万人。 => 青山县 · 新增就业 · 12000 人

use crate::Span;
use crate::dict::{ChangeWord, Kind};
use crate::link::Change;
use crate::link::lead::{Layers, Lead, trimmed_len};
use crate::link::shapes::ratio;

/// `同比增长`, `比上年下降`, `提高到`, `比全省平均水平高出`.
pub(in crate::link) fn change(layers: Layers<'_>, rest: Span, kind: Kind, found: &mut Lead) -> Span {
    let text = layers.text;
    let shift = matches!(kind, Kind::Percent | Kind::Point | Kind::Multiple);
    let mut end = rest.end();
    let word = layers.cues.changes.ending(text, end).filter(|(len, _)| end - len >= rest.start());
    let Some((len, word)) = word else {
        return ratio::basis_of_multiple(layers, rest, kind, found);
    };
    let spelled = &text[end - len..end];
    let before = &text[rest.start()..end - len];
    // 新增, 户均增收: indicators, not changes (C6), unless a basis stands before them
    let needs_basis = spelled.contains(['收', '产', '支'])
        || matches!(spelled, "增" | "减" | "多" | "少" | "高" | "低" | "快" | "慢" | "超" | "升" | "降" | "涨" | "跌" | "贵" | "贵了" | "便宜" | "便宜了")
            && !shift;
    let has_basis = basis_start(layers, Span::new(rest.start(), end - len)).is_some() || basis_word(layers, rest.start(), end - len).is_some();
    // 改造提升5家: what is done to what is counted
    if kind == Kind::Count && layers.cues.transitive.ending(text, end - len).is_some_and(|(verb, ())| end - len - verb == rest.start()) {
        return rest;
    }
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

pub(in crate::link) fn basis_word(layers: Layers<'_>, start: usize, end: usize) -> Option<usize> {
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

/// Takes `比上年` off the end.
pub(in crate::link) fn basis(layers: Layers<'_>, rest: Span, found: &mut Lead) -> Span {
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
