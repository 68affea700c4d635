//! Who or what a value belongs to: the topic of the article, the names that set the subject, and those that do not (guideline §6).

use std::collections::BTreeMap;

use crate::Span;
use crate::dict::Kind;
use crate::link::clauses::Clause;
use crate::link::discourse::Discourse;
use crate::link::facts::Source;
use crate::link::left::item_number;
use crate::link::{Change, Subject};
use crate::tag::{Entity, EntityId, EntityKind, Mention, Quantity};

/// What the article is about: the first name of the title that also stands in the text, else what it tells most of; and true where
/// it is the latter.
pub(super) fn topic(source: Source<'_>) -> (Option<Subject>, bool) {
    let list = &source.mentions.list;
    let title = &source.article.title;
    let strong = |kind: EntityKind| !matches!(kind, EntityKind::Other);
    let told = |span: Span| !in_dateline(source, span) && source.layers.cues.office.longest(source.layers.text, span.end()).is_none();
    let named = list.iter().filter_map(|m| source.mentions.entity(m.entity).map(|e| (m, e))).filter(|(m, e)| strong(e.kind) && told(m.span));
    let in_title = named.clone().filter_map(|(m, e)| {
        let spelled = &source.layers.text[m.span];
        let place = title.find(spelled).or_else(|| title.find(e.name.as_str())).or_else(|| short_of(title, &e.name))?;
        Some((place, m.entity))
    });
    let first = in_title.min_by_key(|(place, entity)| (*place, entity.0)).map(|(_, entity)| entity);
    (first.or_else(|| most_told(source)).map(Subject::Entity), first.is_none())
}

/// The region, firm or project that the article tells most of: each name counts once, once more where it opens a clause, and twice
/// more where the article calls it 全市 or 公司. Of two alike the first.
fn most_told(source: Source<'_>) -> Option<EntityId> {
    let mut told: BTreeMap<EntityId, (usize, std::cmp::Reverse<usize>)> = BTreeMap::new();
    for mention in source.mentions.list.iter().take(SPOKEN_OF) {
        let kind = source.mentions.entity(mention.entity).map(|e| e.kind);
        let strong = matches!(kind, Some(EntityKind::Region | EntityKind::Company | EntityKind::Project));
        if !strong || in_dateline(source, mention.span) || holds_nothing(source, mention.span) {
            continue;
        }
        let clause = source.clauses.get(source.clauses.partition_point(|clause| clause.span.end() < mention.span.end()));
        let opens = clause.is_some_and(|clause| clause.span.start() == mention.span.start());
        // 依次为美国、俄罗斯: a partner abroad is what an article tells of only where it speaks of it
        if !opens && source.mentions.entity(mention.entity).is_some_and(is_abroad) {
            continue;
        }
        let weight = 1 + usize::from(opens) + 2 * usize::from(mention.anaphor);
        let (count, _) = told.entry(mention.entity).or_insert((0, std::cmp::Reverse(mention.span.start())));
        *count += weight;
    }
    told.into_iter().max_by_key(|(_, told)| *told).map(|(entity, _)| entity)
}

/// How many names at the start of an article tell what it is about.
const SPOKEN_OF: usize = 60;

/// `在北京开幕`, `欧洲市场`: a place of an event or a market, not what is spoken of.
fn holds_nothing(source: Source<'_>, span: Span) -> bool {
    let text = source.layers.text;
    let cues = source.layers.cues;
    let place = text[..span.start()].ends_with(['在', '赴', '于', '往', '经', '至', '从']);
    place || cues.partner.longest(text, span.end()).is_some() || cues.office.longest(text, span.end()).is_some()
}

/// `新华社北京3月5日电`, `中新网杭州讯`: a place before 电 or 讯 at the start of a line is where the news was written.
pub(super) fn in_dateline(source: Source<'_>, span: Span) -> bool {
    let text = source.layers.text;
    let rest = &text[span.end()..];
    let wire = rest.char_indices().take(24).take_while(|(_, c)| !matches!(c, '\n' | '。')).find(|(_, c)| matches!(c, '电' | '讯' | '電' | '訊'));
    let Some((at, _)) = wire.filter(|(at, _)| !rest[..*at].contains(['，', ',', '；'])) else { return false };
    let line = text[..span.start()].char_indices().rev().take_while(|(_, c)| *c != '\n');
    let start = line.clone().take(24).last().map_or(span.start(), |(at, _)| at);
    if line.take(25).count() > 24 {
        return false;
    }
    let head: String = rest.chars().take(24).take_while(|c| *c != '\n' && *c != '。').collect();
    let ends = head[at..].chars().nth(1).is_none_or(|c| matches!(c, ' ' | '(' | '（' | ')' | '）' | '：' | ':' | '\u{3000}' | '丨' | '|'));
    let before = &head[..at];
    let agency = ["社", "报", "网", "记者", "台"].iter().any(|word| text[start..span.end()].contains(word) || before.contains(word));
    ends && (agency || before.ends_with('日'))
}

/// True for a country or a group of countries in an article that is about another.
pub(super) fn is_partner(source: Source<'_>, subject: Option<&Subject>) -> bool {
    let Some(Subject::Entity(id)) = subject else { return false };
    source.mentions.entity(*id).is_some_and(|e| is_abroad(e) && !e.name.starts_with(['全', '我', '本', '该']))
}

/// True for a country, a group of countries or a market: a region without a code of the divisions and without their endings.
pub(super) fn is_abroad(entity: &Entity) -> bool {
    let division = || entity.name.chars().count() > 2 && entity.name.ends_with(['省', '市', '县', '区', '州', '盟', '旗', '镇', '乡', '村']);
    entity.kind == EntityKind::Region && !entity.code.starts_with(|c: char| c.is_ascii_digit()) && !division()
}

/// Where the name without its last character stands in the title: 泰兴 for 泰兴市.
fn short_of(title: &str, name: &str) -> Option<usize> {
    let last = name.chars().next_back()?;
    let short = &name[..name.len() - last.len_utf8()];
    (short.chars().count() >= 2 && matches!(last, '市' | '县' | '区' | '州' | '盟' | '省')).then(|| title.find(short))?
}

/// `一、`, `（二）`, `3．` at the start of a line.
pub(super) fn starts_list_item(text: &str) -> bool {
    item_number(text).is_some()
}

pub(super) fn set_subject(source: Source<'_>, state: &mut Discourse, mention: usize, part: bool) {
    let Some(found) = source.mentions.list.get(mention) else { return };
    let kind = source.mentions.entity(found.entity).map(|e| e.kind);
    let subject = Some(Subject::Entity(found.entity));
    let media = source.mentions.entity(found.entity).is_some_and(|e| source.layers.cues.media.ending(&e.name, e.name.len()).is_some());
    if wider(source, found.entity, state) || in_dateline(source, found.span) || media {
        return;
    }
    if matches!(kind, Some(EntityKind::Project | EntityKind::Facility | EntityKind::Organisation)) {
        state.built.clone_from(&subject);
    }
    if part || state.part && state.holder() != subject || kind == Some(EntityKind::Other) {
        state.name_local(subject, kind != Some(EntityKind::Other));
    } else {
        state.name_subject(subject);
    }
}

pub(super) fn open_part(state: &mut Discourse) {
    if let Some(last) = &state.last {
        // the level, not its growth or share
        let level = state.recent.iter().rev().find(|f| f.indicator == last.indicator && f.change == Change::None);
        state.whole = Some(level.unwrap_or(last).clone());
    }
    state.part = true;
}

/// `市气象台预计`, `甲、乙等项目均…`: a body that only says something, or one name of a list, is not what follows is about.
pub(super) fn speaks(source: Source<'_>, clause: &Clause, index: usize) -> bool {
    let Some(mention) = source.mentions.list.get(index) else { return true };
    let text = source.layers.text;
    let after = &text[mention.span.end()..clause.span.end()];
    if after.starts_with(['、', '等', '驻']) || source.layers.cues.office.longest(after, 0).is_some() {
        return true;
    }
    let body = source.mentions.entity(mention.entity).is_some_and(|e| e.kind == EntityKind::Organisation);
    let said = || source.layers.cues.saying.occurs(after) || ["预计", "提出", "明确", "监测", "预测", "要求"].iter().any(|w| after.starts_with(w));
    body && said()
}

/// `中标供应商为某某有限公司`: the name after 为 at the end of a clause is what follows is about.
pub(super) fn introduced(source: Source<'_>, clause: &Clause) -> Option<usize> {
    let (index, mention) = source.layers.mentions_in(clause.span).next_back().filter(|(_, m)| m.span.start() > clause.span.start())?;
    let before = &source.layers.text[clause.span.start()..mention.span.start()];
    let after = &source.layers.text[mention.span.end()..clause.span.end()];
    // 9月投用的某某医院新院区，总建筑面积…; 关注度最高的某某地块率先开拍，…
    let kind = source.mentions.entity(mention.entity).map(|e| e.kind);
    let thing = matches!(kind, Some(EntityKind::Project | EntityKind::Facility | EntityKind::Product | EntityKind::Company | EntityKind::Zone));
    let built = after.is_empty() && kind == Some(EntityKind::Organisation);
    let told = after.chars().count() <= 8 && !after.starts_with(['的', '、', '和', '与', '及', '等']) && !speaks(source, clause, index);
    let described = before.ends_with('的') && !mention.anaphor && (thing && told || built);
    // 建设单位为某某公司: who has it built is not what follows is about
    let orders = before.strip_suffix('为').or_else(|| before.strip_suffix('是')).or_else(|| before.strip_suffix('：'));
    let orders = orders.is_some_and(|role| source.layers.cues.orderer.ending(role, role.len()).is_some());
    let introduced = after.is_empty() && before.ends_with(['为', '是', '：']) && !orders;
    // 由某某公司中标，合同金额…
    let won = before.ends_with('由') && kind == Some(EntityKind::Company) && matches!(after, "中标" | "中选" | "成交");
    (introduced || described || won).then_some(index)
}

/// The name at the end of a clause, with the words before it.
fn closing_name<'a>(source: Source<'a>, clause: &Clause) -> Option<(&'a Mention, &'a str)> {
    let (_, mention) = source.layers.mentions_in(clause.span).next_back().filter(|(_, m)| m.span.end() == clause.span.end())?;
    Some((mention, &source.layers.text[clause.span.start()..mention.span.start()]))
}

/// `某某公司拟建设磷酸铁锂回收项目，总投资…`: what the rest of the sentence says is about what is built.
pub(super) fn to_be_built(source: Source<'_>, clause: &Clause) -> Option<Subject> {
    let (mention, before) = closing_name(source, clause).filter(|(m, _)| !m.anaphor)?;
    let builds = ["建设", "投建", "新建", "实施", "打造"].iter().any(|verb| before.ends_with(verb));
    let project = source.mentions.entity(mention.entity).is_some_and(|e| e.kind == EntityKind::Project);
    (builds && project).then_some(Subject::Entity(mention.entity))
}

/// `全县医疗资源不足。建成后可新增床位500张`: what is built, not the place that was spoken of last.
pub(super) fn built(source: Source<'_>, state: &Discourse) -> Option<Subject> {
    let built = state.built.as_ref().filter(|_| state.scenario.is_some())?;
    let Some(Subject::Entity(holder)) = state.holder() else { return None };
    let region = source.mentions.entity(holder).is_some_and(|e| e.kind == EntityKind::Region);
    let own = state.scenario.as_deref().is_some_and(|scenario| source.layers.cues.scenario.longest(scenario.trim_start_matches("全部"), 0).is_some());
    (region && own).then(|| built.clone())
}

/// `有7个半落户在吉林市`: the place behind the verb holds what is counted. Gives it with the verb.
pub(super) fn place_after(source: Source<'_>, quantity: &Quantity, after: Span) -> Option<(Subject, String)> {
    let words = &source.layers.text[after];
    let at = words.find('在').filter(|at| quantity.kind == Kind::Count && *at > 0 && words[..*at].chars().count() <= 4)?;
    let start = after.start() + at + '在'.len_utf8();
    let (_, mention) = source.layers.mention_at(start)?;
    Some((Subject::Entity(mention.entity), words[..at].to_owned()))
}

/// True for a region that the article's own region is a part of: 全国 or 全省 in an article about a city is no lasting subject.
fn wider(source: Source<'_>, entity: EntityId, state: &Discourse) -> bool {
    let Some(Subject::Entity(topic)) = &state.topic else { return false };
    let code = |id: EntityId| source.mentions.entity(id).filter(|e| e.kind == EntityKind::Region).map(|e| (e.name.as_str(), e.code.as_str()));
    let (Some((name, outer)), Some((_, inner))) = (code(entity), code(*topic)) else { return false };
    let stem = outer.trim_end_matches('0');
    let nation = matches!(name, "全国" | "我国" | "中国" | "全球" | "中华人民共和国");
    let contains = !state.topic_is_guess && !stem.is_empty() && outer != inner && inner.starts_with(stem);
    entity != *topic && (nation && inner.starts_with(|c: char| c.is_ascii_digit()) || contains)
}

/// `最大雨量出现在青川县河口镇`: the place at the end of a clause without a value, which the value behind it belongs to.
pub(super) fn place_at_end(source: Source<'_>, clause: &Clause) -> Option<Subject> {
    let (mention, before) = closing_name(source, clause)?;
    let region = source.mentions.entity(mention.entity).is_some_and(|e| matches!(e.kind, EntityKind::Region | EntityKind::Facility));
    (region && (before.ends_with("现在") || before.ends_with("发生在"))).then_some(Subject::Entity(mention.entity))
}

/// `加快某某物流园项目建设，`: what the rest of the sentence says is about the project.
pub(super) fn advanced(source: Source<'_>, clause: &Clause) -> Option<Subject> {
    let text = source.layers.text;
    let verb =
        ["加快", "推进", "推动", "加快推进", "全力推进", "启动", "实施", "抓好", "开工建设"].into_iter().find(|verb| text[clause.span].starts_with(verb))?;
    let (_, mention) = source.layers.mention_at(clause.span.start() + verb.len()).filter(|(_, m)| m.span.end() <= clause.span.end())?;
    let alone = matches!(&text[mention.span.end()..clause.span.end()], "" | "建设" | "建设进度" | "前期工作" | "实施");
    let kind = source.mentions.entity(mention.entity).map(|e| e.kind);
    (alone && matches!(kind, Some(EntityKind::Project | EntityKind::Facility))).then_some(Subject::Entity(mention.entity))
}

/// `【峰禾精工】` at the start of a line: the firm that the line is about.
pub(super) fn headed(source: Source<'_>, clause: &Clause) -> Option<Subject> {
    let (_, mention) = source.layers.mention_at(clause.span.start()).filter(|(_, m)| m.span == clause.span)?;
    let head = clause.closed == '】' && source.layers.text[..clause.span.start()].ends_with('【');
    let firm = source.mentions.entity(mention.entity).is_some_and(|e| e.kind == EntityKind::Company);
    (head && firm).then_some(Subject::Entity(mention.entity))
}
