//! A value that restricts what another one counts: 5亿元以上项目12个, 产值过10亿元的企业7家 (guideline K1).
//!
//! 青山县亿元以上项目46项。 => 青山县 · 项目 · 46 项 · if 亿元以上
//! 青山县完成5平方公里以上的目标任务。 => 青山县 · 目标任务 · 5 平方公里 · target

use crate::Span;
use crate::dict::Kind;
use crate::link::clauses::Clause;
use crate::link::lead::Layers;
use crate::link::shapes::counted_noun as tail;
use crate::tag::{Amount, Quantity};

/// A threshold or a setting in front of what is counted: `5亿元以上项目12个`, `单机容量4兆瓦的风电机组25台`, `6吨级洗扫车3台`.
pub(in crate::link) fn filters(layers: Layers<'_>, clause: &Clause, quantity: &Quantity, before: &str, following: Option<&Quantity>) -> bool {
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

/// True where a count of the noun follows that stands right behind a quantity: 亿元(项目)15个.
pub(in crate::link) fn restricts(layers: Layers<'_>, quantity: &Quantity, following: &Quantity) -> bool {
    let between = Span::new(quantity.span.end(), following.span.start().max(quantity.span.end()));
    let words = tail::words_after(layers, between.start(), between.end());
    let noun = tail::noun(layers, words).filter(|noun| noun.end() == between.end());
    following.kind == Kind::Count && words == between && noun.is_some()
}
