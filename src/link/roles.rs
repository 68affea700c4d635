//! What each quantity does in its sentence (guideline Q7).

use std::cell::OnceCell;

use crate::Span;
use crate::dict::{CueStart, Kind, Units};
use crate::link::Role;
use crate::link::clauses::Clause;
use crate::link::lead::Layers;
use crate::link::shapes::{conversion, threshold};
use crate::tag::{Amount, Quantity};

/// The role of every quantity, in their order. Quantities outside all clauses (page furniture) do nothing.
pub fn roles(layers: Layers<'_>, quantities: &[Quantity], clauses: &[Clause], units: &Units) -> Vec<Role> {
    let mut roles = vec![Role::Other; quantities.len()];
    let mut next = 0;
    for clause in clauses {
        while quantities.get(next).is_some_and(|q| q.span.start() < clause.span.start()) {
            next += 1;
        }
        let mut sentence = None;
        while let Some(quantity) = quantities.get(next).filter(|q| clause.span.contains(q.span)) {
            let previous = next.checked_sub(1).and_then(|i| quantities.get(i));
            let sentence = sentence.get_or_insert_with(|| Sentence { span: layers.sentence_around(clause.span, NEAR), personal: OnceCell::new() });
            if let Some(role) = roles.get_mut(next) {
                *role = role_of(layers, clause, sentence, [previous, quantities.get(next + 1)], quantity, units);
            }
            next += 1;
        }
    }
    roles
}

/// The sentence of a clause, and what is asked of it for each of its quantities.
struct Sentence {
    span: Span,
    personal: OnceCell<bool>,
}

fn role_of(
    layers: Layers<'_>,
    clause: &Clause,
    sentence: &Sentence,
    [previous, following]: [Option<&Quantity>; 2],
    quantity: &Quantity,
    units: &Units,
) -> Role {
    let text = layers.text;
    let span = quantity.span;
    let before = &text[clause.span.start()..span.start()];
    if previous.is_some_and(|p| conversion::converts(text, p, quantity, units)) {
        return Role::Conversion;
    }
    if in_name(layers, quantity) || other(layers, clause, quantity, before, sentence) {
        return Role::Other;
    }
    let following = following.filter(|f| clause.span.contains(f.span));
    // 亿元项目15个, but 一座百亩茶园
    let bare = text[span].starts_with(['百', '千', '万', '亿']) && following.is_some_and(|f| threshold::restricts(layers, quantity, f));
    if generic(text, quantity, before) && !bare {
        return Role::Generic;
    }
    let following = following.filter(|f| clause.span.contains(f.span));
    if bare || threshold::filters(layers, clause, quantity, before, following) { Role::Filter } else { Role::Value }
}

/// The 10万亩 of “10万亩高标准农田建设项目”: a part of the name, where 年产 does not stand before it (guideline Q10).
fn in_name(layers: Layers<'_>, quantity: &Quantity) -> bool {
    let output = || layers.cues.output.ending(layers.text, quantity.span.start()).is_some();
    layers.named_in(quantity.span).is_some_and(|(_, name)| layers.text[..name.span.start()].ends_with('“') && !output())
}

/// How far from a clause, in bytes, its sentence may reach: a text without sentences must not be read to its ends for each of its
/// quantities.
const NEAR: usize = 1500;

fn other(layers: Layers<'_>, clause: &Clause, quantity: &Quantity, before: &str, sentence: &Sentence) -> bool {
    let text = layers.text;
    let cues = layers.cues;
    let span = quantity.span;
    let after = &text[span.end()..];
    let repeated = text[span].ends_with(['次', '回', '遍', '趟', '轮']);
    if repeated && (cues.procedure.occurs(before) || before.contains("每年") && text[span].starts_with(['一', '1'])) {
        return true;
    }
    if before.ends_with('每') {
        return true;
    }
    // 连续五年, 提前26天, 用3年时间
    let streak = cues.streak.ending(text, span.start()).is_some_and(|(len, ())| span.start() - len >= clause.span.start());
    let countable = matches!(quantity.kind, Kind::Duration | Kind::Count);
    if countable && streak {
        return true;
    }
    // 连续安全生产2315天, but 连续播放视频14小时; 三年行动方案
    if quantity.kind == Kind::Duration {
        let from = before.char_indices().rev().take(8).last().map_or(0, |(at, _)| at);
        let running = text[span].ends_with(['天', '日', '月', '年']) && before[from..].contains("连续");
        if running || ["行动", "攻坚", "倍增", "规划", "计划"].iter().any(|word| after.starts_with(word)) {
            return true;
        }
    }
    // 0—14岁人口: a group, not a figure
    if text[span].ends_with('岁') && ["人口", "老年", "老人", "儿童", "少年", "群体"].iter().any(|word| after.starts_with(word)) {
        return true;
    }
    if quantity.kind == Kind::Duration && (after.starts_with("时间") || after.starts_with("的时间")) {
        return true;
    }
    // 出口额前三位的国家: ranks
    if quantity.kind == Kind::Count && ranks(before) && text[span].ends_with(['位', '名', '强']) {
        return true;
    }
    // 1小时最大雨强, 24小时累计雨量: part of the measure
    if opens_measure(text, quantity) {
        return true;
    }
    // 4天共输运1024万人次: how long, not how much
    if text[span].ends_with(['天', '日']) && ["共", "累计", "合计", "总计"].iter().any(|word| after.starts_with(word)) {
        return true;
    }
    if quantity.kind == Kind::Duration && ["岁", "周岁"].iter().any(|u| text[span].ends_with(u)) && cues.private.occurs(&text[sentence.span]) {
        return true;
    }
    // 最高可处100万元罚款 is the law's, 罚款310万元 is a figure; 并处 holds 处
    let threatened = || before.contains('处') || before.contains("责令");
    if (quantity.kind == Kind::Duration || quantity.kind == Kind::Money && threatened()) && cues.private.occurs(&text[clause.span]) {
        return true;
    }
    if quantity.kind == Kind::Duration && before.ends_with("之日起") {
        return true;
    }
    let personal = || {
        let stands = |at: usize| cues.personal.longest(&text[..sentence.span.end()], at).is_some();
        layers.places.of(CueStart::Personal, sentence.span).any(stands)
    };
    *sentence.personal.get_or_init(personal) || quoted(layers, span) && cues.denied.occurs(&text[sentence.span])
}

/// True for words that end in the 前 of 前三位; 目前, 此前 tell a time.
fn ranks(before: &str) -> bool {
    before.strip_suffix('前').is_some_and(|stem| !stem.ends_with(['目', '之', '以', '此', '日', '提', '年', '月', '天', '从', '眼', '当', '先', '空']))
}

/// The 1小时 of 1小时最大雨强: a length of time before the measure that it belongs to.
pub(super) fn opens_measure(text: &str, quantity: &Quantity) -> bool {
    let after = || &text[quantity.span.end()..];
    quantity.kind == Kind::Duration && ["最大", "最高", "最低", "最强", "累计雨", "累计降", "降雨", "降水", "雨强"].iter().any(|word| after().starts_with(word))
}

/// True for a quantity inside the quotation marks of its sentence.
fn quoted(layers: Layers<'_>, span: Span) -> bool {
    let sentence = layers.sentence_around(span, NEAR);
    let before = &layers.text[sentence.start()..span.start()];
    before.matches('“').count() > before.matches('”').count()
}

/// `一座百亩茶园`, `近千元的院落`, `一个5平方公里用地项目`.
fn generic(text: &str, quantity: &Quantity, before: &str) -> bool {
    let span = quantity.span;
    let words = &text[span];
    let after = text[span.end()..].trim_start_matches('的');
    let noun = after
        .chars()
        .next()
        .is_some_and(|c| matches!(c, '\u{4e00}'..='\u{9fff}') && !matches!(c, '以' | '左' | '级' | '内' | '上' | '下' | '和' | '与' | '及' | '起'));
    if !noun {
        return false;
    }
    let bare = words.starts_with(['百', '千', '万', '亿']) && quantity.kind != Kind::Percent;
    if bare && !matches!(quantity.amount, Amount::AtLeast(_) | Amount::Above(_)) {
        return true;
    }
    let one = ["一个", "一座", "一块", "一片", "一处", "一家", "某", "每个", "一条", "一栋"];
    // 另一个超50亿元的项目
    let before = ["超过", "超", "逾", "近", "约", "过"].iter().find_map(|hedge| before.strip_suffix(hedge)).unwrap_or(before);
    one.iter().any(|w| before.ends_with(w))
}
