//! Who speaks in a quotation, before or behind it, and for whom (guideline S6).

use crate::Span;
use crate::link::Subject;
use crate::link::clauses::Clause;
use crate::link::discourse::Discourse;
use crate::link::facts::Source;
use crate::tag::{EntityKind, Mention};

/// `县文旅局局长某某说：“今年我们…`: the speaker's organisation holds what the quotation says (S6).
pub(super) fn speaker(source: Source<'_>, clause: &Clause) -> Option<Subject> {
    let text = source.layers.text;
    let quoted = clause.closed == '：' && text[clause.span.end()..].starts_with("：“");
    if !quoted || !ends_saying(&text[clause.span]) {
        return None;
    }
    let quotation = text.get(clause.span.end()..)?.split('”').next()?;
    let (_, mention) = source.layers.mentions_in(clause.span).next().filter(|_| speaks_of_us(quotation))?;
    holder_of_words(source, mention).then_some(Subject::Entity(mention.entity))
}

/// How far a quotation may go to its speaker, in characters.
const QUOTATION: usize = 400;

/// `“今年我们…。”县文旅局局长某某说。`: the body of the speaker named behind the quotation that the clause opens, and where it ends. A
/// firm or a cooperative speaks of itself where the quotation names nobody else; an office needs 我们.
pub(super) fn quoted_by(source: Source<'_>, clause: &Clause) -> Option<(Subject, usize)> {
    let text = source.layers.text;
    if !text[clause.span].starts_with('“') {
        return None;
    }
    let rest = &text[clause.span.start()..];
    let (close, _) = rest.char_indices().take(QUOTATION).find(|(_, c)| matches!(c, '”' | '\n')).filter(|(_, c)| *c == '”')?;
    let (quotation, after) = rest.split_at_checked(close)?;
    // “链主”企业 is no quotation of somebody
    let spoken = quotation.ends_with(['。', '！', '？', '，', '…']);
    let end = clause.span.start() + close + '”'.len_utf8();
    let said: String = after.chars().skip(1).take_while(|c| !matches!(c, '，' | '。' | '：' | '\n')).take(40).collect();
    let mention = match source.layers.mention_at(end) {
        Some((_, mention)) => mention,
        None => introduced_before(source, clause.span.start(), &said)?,
    };
    let speaks = ends_saying(&said) || source.layers.cues.office.occurs(&said);
    let own = || source.mentions.entity(mention.entity).is_some_and(|e| e.kind == EntityKind::Company || e.name.ends_with(['社', '场', '园']));
    let holds = holder_of_words(source, mention) && speaks && spoken && (speaks_of_us(quotation) || own());
    holds.then_some((Subject::Entity(mention.entity), end))
}

/// How far back a speaker may have been introduced, in bytes.
const INTRODUCED: usize = 6000;

/// `普海明说` after `某某合作社理事长普海明`: the body of a speaker who was introduced before.
fn introduced_before<'a>(source: Source<'a>, at: usize, said: &str) -> Option<&'a Mention> {
    let text = source.layers.text;
    let verb = SAYING.iter().filter(|verb| said.ends_with(**verb)).max_by_key(|verb| verb.len())?;
    let name = said[..said.len() - verb.len()].trim_end_matches("笑着");
    if !(2..=4).contains(&name.chars().count()) {
        return None;
    }
    let from = (at.saturating_sub(INTRODUCED)..at).find(|from| text.is_char_boundary(*from))?;
    let place = from + text[from..at].rfind(name)?;
    let (len, ()) = source.layers.cues.office.ending(text, place)?;
    let title = place - len;
    let (_, mention) = source.layers.mentions_in(Span::new(title.saturating_sub(60).max(from), title)).next_back()?;
    let gap = &text[mention.span.end()..title];
    (gap.chars().count() <= 8 && !gap.contains(['，', '。', '；', '、'])).then_some(mention)
}

/// Verbs that stand behind a speaker.
const SAYING: [&str; 10] = ["说", "表示", "介绍", "称", "透露", "告诉记者", "说道", "介绍说", "坦言", "告诉笔者"];

fn ends_saying(words: &str) -> bool {
    SAYING.iter().any(|word| words.ends_with(word))
}

/// True for a quotation in which the speaker speaks for a body.
fn speaks_of_us(quotation: &str) -> bool {
    quotation.contains("我们")
}

fn holder_of_words(source: Source<'_>, mention: &Mention) -> bool {
    source.mentions.entity(mention.entity).is_some_and(|e| matches!(e.kind, EntityKind::Organisation | EntityKind::Company))
}

/// `据青山县统计局初步统计，` at the start of a paragraph: what follows is about the county that the article is about.
pub(super) fn speaks_for_topic(source: Source<'_>, clause: &Clause, state: &Discourse) -> bool {
    let text = source.layers.text;
    let first = text[..clause.span.start()].trim_end_matches([' ', '\u{3000}', '\t']).ends_with('\n');
    let Some(Subject::Entity(topic)) = state.topic.as_ref().filter(|_| first) else { return false };
    let Some(region) = source.mentions.entity(*topic).filter(|e| e.kind == EntityKind::Region) else { return false };
    source
        .layers
        .mentions_in(clause.span)
        .next()
        .is_some_and(|(_, m)| source.mentions.entity(m.entity).is_some_and(|e| e.kind == EntityKind::Organisation && e.name.starts_with(region.name.as_str())))
}
