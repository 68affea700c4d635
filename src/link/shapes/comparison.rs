//! A difference from something else: 高于全省1.5个百分点, 超过目标1.2平方公里. The basis stands behind the word.
//!
//! 青山县新开工面积6.2平方公里，超过目标1.2平方公里。 => 青山县 · 新开工面积 · 6.2 平方公里 ; 青山县 · 新开工面积 · 1.2 平方公里 · up_by 目标
//! 青山县新开工面积超过1.2平方公里。 => 青山县 · 新开工面积 · 1.2 平方公里

use crate::Span;
use crate::link::Change;
use crate::link::lead::{Layers, Lead};

/// `高于全省1.3个百分点`, `超过年初目标1.2平方公里`: the basis stands behind the word.
pub(in crate::link) fn comparative(layers: Layers<'_>, rest: Span, found: &mut Lead) -> Span {
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
    found.compared = true;
    Span::new(rest.start(), at)
}
