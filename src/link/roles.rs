//! What each quantity does in its sentence (guideline Q7).

use crate::Span;
use crate::dict::{Kind, Units};
use crate::link::clauses::Clause;
use crate::link::lead::Layers;
use crate::link::{Role, tail};
use crate::tag::{Amount, Quantity};

/// The role of every quantity, in their order. Quantities outside all clauses (page furniture) do nothing.
pub fn roles(layers: Layers<'_>, quantities: &[Quantity], clauses: &[Clause], units: &Units) -> Vec<Role> {
    let mut roles = vec![Role::Other; quantities.len()];
    let mut next = 0;
    for clause in clauses {
        while quantities.get(next).is_some_and(|q| q.span.start() < clause.span.start()) {
            next += 1;
        }
        while let Some(quantity) = quantities.get(next).filter(|q| clause.span.contains(q.span)) {
            let previous = next.checked_sub(1).and_then(|i| quantities.get(i));
            if let Some(role) = roles.get_mut(next) {
                *role = role_of(layers, clause, previous, quantity, quantities.get(next + 1), units);
            }
            next += 1;
        }
    }
    roles
}

fn role_of(layers: Layers<'_>, clause: &Clause, previous: Option<&Quantity>, quantity: &Quantity, following: Option<&Quantity>, units: &Units) -> Role {
    let text = layers.text;
    let span = quantity.span;
    let before = &text[clause.span.start()..span.start()];
    let sentence = sentence_around(text, clause.span);
    if previous.is_some_and(|p| converts(text, p, quantity, units)) {
        return Role::Conversion;
    }
    if other(layers, clause, quantity, before, sentence) {
        return Role::Other;
    }
    let following = following.filter(|f| clause.span.contains(f.span));
    // 亿元项目15个, but 一座百亩茶园
    let bare = text[span].starts_with(['百', '千', '万', '亿']) && following.is_some_and(|f| restricts(layers, quantity, f));
    if generic(text, quantity, before) && !bare {
        return Role::Generic;
    }
    let following = following.filter(|f| clause.span.contains(f.span));
    if bare || filters(layers, clause, quantity, before, following) { Role::Filter } else { Role::Value }
}

/// True where a count of the noun follows that stands right behind a quantity: 亿元(项目)15个.
fn restricts(layers: Layers<'_>, quantity: &Quantity, following: &Quantity) -> bool {
    let between = Span::new(quantity.span.end(), following.span.start().max(quantity.span.end()));
    let words = tail::words_after(layers, between.start(), between.end());
    let noun = tail::noun(layers, words).filter(|noun| noun.end() == between.end());
    following.kind == Kind::Count && words == between && noun.is_some()
}

/// The sentence that a clause stands in, as a slice.
fn sentence_around(text: &str, clause: Span) -> &str {
    // a text without sentences must not be read to its ends for each of its quantities
    let (before, after) = (boundary(text, clause.start().saturating_sub(NEAR)), boundary(text, clause.end() + NEAR));
    let start = text[before..clause.start()]
        .rfind(['。', '！', '？', '\n'])
        .map_or(before, |i| before + i + text[before + i..].chars().next().map_or(1, char::len_utf8));
    let end = text[clause.end()..after.max(clause.end())].find(['。', '！', '？', '\n']).map_or(after.max(clause.end()), |i| clause.end() + i);
    &text[start..end]
}

/// How far from a clause, in bytes, its sentence may reach.
const NEAR: usize = 1500;

/// The last place up to `at` where a character begins.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// `3.1万公顷（46.5万亩）`, `1亿美元，折合人民币7.1亿元`.
fn converts(text: &str, previous: &Quantity, quantity: &Quantity, units: &Units) -> bool {
    let gap = &text[previous.span.end()..quantity.span.start()];
    let words = gap.trim_start_matches(['，', ' ']);
    let bracket = gap.starts_with(['（', '(']);
    let said = ["折合", "约合", "合计约合", "换算", "折算", "相当于"].iter().any(|word| words.trim_start_matches(['（', '(']).starts_with(word))
        || words.trim_start_matches(['（', '(']) == "合";
    let (a, b) = (previous.unit.dimension(units), quantity.unit.dimension(units));
    if quantity.kind == Kind::Percent || quantity.kind == Kind::Count || a != b || gap.chars().count() > 10 {
        return false;
    }
    let bare = gap.trim_start_matches(['（', '(']).trim_start_matches("约").is_empty();
    said || bracket && bare
}

fn other(layers: Layers<'_>, clause: &Clause, quantity: &Quantity, before: &str, sentence: &str) -> bool {
    let text = layers.text;
    let cues = layers.cues;
    let span = quantity.span;
    let after = &text[span.end()..];
    let repeated = text[span].ends_with(['次', '回', '遍', '趟', '轮']);
    if repeated && cues.procedure.occurs(before) {
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
    if quantity.kind == Kind::Duration && (after.starts_with("时间") || after.starts_with("的时间")) {
        return true;
    }
    if quantity.kind == Kind::Duration && ["岁", "周岁"].iter().any(|u| text[span].ends_with(u)) && cues.private.occurs(sentence) {
        return true;
    }
    let penal = cues.private.occurs(&text[clause.span]);
    // 最高可处100万元罚款 is the law's, 罚款310万元 is a figure
    let threatened = ["处", "责令", "并处"].iter().any(|word| before.contains(word));
    if penal && (quantity.kind == Kind::Duration || quantity.kind == Kind::Money && threatened) {
        return true;
    }
    if quantity.kind == Kind::Duration && before.ends_with("之日起") {
        return true;
    }
    if cues.personal.occurs(sentence) {
        return true;
    }
    cues.denied.occurs(sentence) && quoted(text, span)
}

/// True for a quantity inside the quotation marks of its sentence.
fn quoted(text: &str, span: Span) -> bool {
    let near = boundary(text, span.start().saturating_sub(NEAR));
    let start = text[near..span.start()].rfind(['。', '！', '？', '\n']).map_or(near, |i| near + i);
    let before = &text[start..span.start()];
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
    let bare = words.starts_with(['百', '千', '万', '亿']) && quantity.kind != Kind::Percent;
    let one = ["一个", "一座", "一块", "一片", "一处", "一家", "某", "每个", "一条", "一栋"].iter().any(|w| before.ends_with(w));
    noun && (bare && !matches!(quantity.amount, Amount::AtLeast(_) | Amount::Above(_)) || one)
}

/// A threshold or a setting in front of what is counted: `5亿元以上项目12个`, `单机容量4兆瓦的风电机组25台`, `6吨级洗扫车3台`.
fn filters(layers: Layers<'_>, clause: &Clause, quantity: &Quantity, before: &str, following: Option<&Quantity>) -> bool {
    let text = layers.text;
    let end = quantity.span.end();
    let rest = &text[end..clause.span.end()];
    let hedge = layers.cues.hedges_after.longest(text, end).map_or(0, |(len, _)| len);
    let class = usize::from(rest.starts_with('级')) * '级'.len_utf8();
    let above = layers.cues.hedges_after.longest(text, end + class).map_or(0, |(len, _)| len);
    let limit = class + if class > 0 { above } else { hedge };
    let restricts = class > 0 || ["以上", "以下", "及以上", "及以下", "以内", "（含）以上"].iter().any(|w| rest[..limit.min(rest.len())].ends_with(w));
    // the clause may end inside the word: 30人（含）以上
    let tail = text.get(end + limit..clause.span.end()).unwrap_or_default();
    let noun = tail.chars().next().is_some_and(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | 'A'..='Z'));
    if restricts && noun {
        // 5平方公里以上的目标任务 is the target itself
        let target = tail.trim_start_matches('的');
        let said = ["目标", "任务", "要求", "水平", "规模", "增长", "增速"].iter().any(|w| target.starts_with(w));
        let verb = layers.cues.verb.longest(text, end + limit).is_some() && !tail.starts_with('的');
        return !said && !verb;
    }
    // 按每斤2元算
    if (before.ends_with('按') || before.ends_with('以') || before.ends_with("按照"))
        && ["算", "计算", "计", "的价格", "的单价"].iter().any(|w| tail.starts_with(w))
    {
        return true;
    }
    // a capacity joined by + stands for a version
    if rest.starts_with('+') || before.ends_with('+') {
        return true;
    }
    let Some(following) = following else { return false };
    let between = Span::new(end + limit, following.span.start());
    let words = tail::words_after(layers, between.start(), between.end());
    let plain = words == between && !text[between].is_empty();
    let noun = plain.then(|| tail::noun(layers, words)).flatten();
    let whole = noun.is_some_and(|noun| noun.end() == between.end());
    let settings = !matches!(quantity.kind, Kind::Percent | Kind::Count | Kind::Point | Kind::Multiple);
    let counted = matches!(following.kind, Kind::Count);
    // 超10亿元项目2个, 产值过10亿元的企业7家
    let limit = !matches!(quantity.amount, Amount::Exactly(_) | Amount::About(_) | Amount::Between(..))
        && !matches!(quantity.kind, Kind::Count | Kind::Point | Kind::Multiple);
    // 其中超10亿元2个
    let bare = text[between].trim_start_matches('的').is_empty();
    if limit && counted && bare && quantity.kind == Kind::Money {
        return true;
    }
    plain && whole && counted && (settings && quantity.kind != Kind::Money || limit)
}
