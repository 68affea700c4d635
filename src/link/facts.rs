//! The walk over the clauses: each value gets its subject, indicator, time, certainty and condition.

use jiff::civil::Date;

use crate::dict::{Kind, Scope, Units};
use crate::link::certainty::{self, Cue};
use crate::link::clauses::Clause;
use crate::link::discourse::Discourse;
use crate::link::lead::{self, Layers, Lead};
use crate::link::{Change, Evidence, Fact, Modality, Role, Subject, cells, respective, tail};
use crate::tag::tables::Cell;
use crate::tag::{Amount, EntityKind, Mentions, Moment, Period, Quantity, TimeKind, UnitExpr};
use crate::{Article, Span};

/// The layers that facts are made of.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The article.
    pub article: &'a Article,
    /// Text, times, names and cues.
    pub layers: Layers<'a>,
    /// Clauses, in order.
    pub clauses: &'a [Clause],
    /// Sentences, in order.
    pub sentences: &'a [Span],
    /// Quantities, in order.
    pub quantities: &'a [Quantity],
    /// What each quantity does.
    pub roles: &'a [Role],
    /// Names and what they stand for.
    pub mentions: &'a Mentions,
    /// Numbers in tables, in order.
    pub cells: &'a [Cell],
    /// The period that the title or the first sentence names.
    pub frame: Option<Frame>,
}

/// The reporting frame (guideline T2): the period that the whole article is about.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// The days.
    pub period: Period,
    /// The words, where they stand in the text.
    pub span: Option<Span>,
}

/// A quantity with its place in the clause.
#[derive(Clone, Copy)]
struct Item {
    index: usize,
    lead: Span,
    filter: Option<Span>,
}

/// The facts of an article, in the order of their quantities.
pub fn facts(source: Source<'_>) -> Vec<Fact> {
    let mut state = Discourse::about(topic(source));
    let mut facts = Vec::new();
    let mut next = 0;
    for (number, clause) in source.clauses.iter().enumerate() {
        let numbered = starts_list_item(&source.layers.text[clause.span]);
        state.enter(clause, numbered);
        while source.quantities.get(next).is_some_and(|q| q.span.start() < clause.span.start()) {
            next += 1;
        }
        let first = next;
        while source.quantities.get(next).is_some_and(|q| clause.span.contains(q.span)) {
            next += 1;
        }
        let in_table = source.quantities.get(first).filter(|_| first < next).and_then(|q| source.cells.iter().find(|c| c.number == q.span));
        if in_table.is_some() {
            let made = (first..next).filter_map(|index| {
                let span = source.quantities.get(index)?.span;
                cells::cell(source, source.cells.iter().find(|c| c.number == span)?, index, state.topic.clone())
            });
            facts.extend(made);
            continue;
        }
        clause_facts(source, number, clause, first..next, &mut state, &mut facts);
    }
    facts
}

/// `一、`, `（二）`, `3．` at the start of a line.
fn starts_list_item(text: &str) -> bool {
    let rest = text.trim_start_matches(['（', '(']);
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    digits.len() < rest.len() && digits.starts_with(['、', '．', '.', '）', ')'])
}

/// What the article is about: the first name of the title that also stands in the text, else the first region or firm.
fn topic(source: Source<'_>) -> Option<Subject> {
    let list = &source.mentions.list;
    let title = &source.article.title;
    let strong = |kind: EntityKind| !matches!(kind, EntityKind::Other);
    let named = list.iter().filter_map(|m| source.mentions.entity(m.entity).map(|e| (m, e))).filter(|(_, e)| strong(e.kind));
    let in_title = named.clone().filter_map(|(m, e)| {
        let spelled = &source.layers.text[m.span];
        let place = title.find(spelled).or_else(|| title.find(e.name.as_str())).or_else(|| short_of(title, &e.name))?;
        Some((place, m.entity))
    });
    let first = in_title.min_by_key(|(place, entity)| (*place, entity.0)).map(|(_, entity)| entity);
    let entity = first.or_else(|| {
        named.clone().find(|(m, e)| !m.anaphor && matches!(e.kind, EntityKind::Region | EntityKind::Company | EntityKind::Project)).map(|(m, _)| m.entity)
    })?;
    Some(Subject::Entity(entity))
}

/// Where the name without its last character stands in the title: 泰兴 for 泰兴市.
fn short_of(title: &str, name: &str) -> Option<usize> {
    let last = name.chars().next_back()?;
    let short = &name[..name.len() - last.len_utf8()];
    (short.chars().count() >= 2 && matches!(last, '市' | '县' | '区' | '州' | '盟' | '省')).then(|| title.find(short))?
}

fn clause_facts(source: Source<'_>, number: usize, clause: &Clause, range: std::ops::Range<usize>, state: &mut Discourse, facts: &mut Vec<Fact>) {
    let text = source.layers.text;
    let words = &text[clause.span];
    let cues = certainty::cues(text, clause.span, source.layers.cues, source.layers.mentions);
    if let Some(scenario) = scenario(source.layers, clause.span) {
        state.scenario = Some(scenario);
    }
    if words.contains("每年") || words.contains("年时间") {
        state.timeless = true;
    }
    if let Some(scope) = scope(source.layers, clause.span) {
        state.scope = Some(scope);
    }
    let empty = range.is_empty();
    let items = items(source, clause, range);
    if items.is_empty() {
        head(source, number, clause, empty, state);
    } else if state.pending.is_some_and(|(place, _)| place + 1 < number) {
        state.pending = None;
    }
    let mut done = 0;
    for (position, item) in items.iter().enumerate() {
        if position < done {
            continue;
        }
        let run = respective::run(source, clause, &items_spans(source, &items[position..]));
        if run > 1 {
            let made =
                respective::facts(source, state, &items[position..position + run].iter().map(|i| (i.index, i.lead)).collect::<Vec<_>>(), |lead, index| {
                    base(source, clause, &cues, state.clone(), lead, index)
                });
            if !made.is_empty() {
                for fact in made {
                    remember(source, state, fact, facts);
                }
                done = position + run;
                continue;
            }
        }
        if let Some(fact) = fact(source, clause, &cues, state, item) {
            remember(source, state, fact, facts);
        }
    }
    let standing: Vec<Cue> = cues.iter().filter(|cue| !state.bases.iter().any(|basis| basis.overlaps(cue.span))).copied().collect();
    carry_certainty(&standing, state);
    if words.contains("下同") {
        state.standing_basis = state.basis.as_ref().map(|(_, basis)| basis.clone());
    }
}

fn items_spans(source: Source<'_>, items: &[Item]) -> Vec<Span> {
    items.iter().filter_map(|item| source.quantities.get(item.index)).map(|q| q.span).collect()
}

/// The values of a clause, each with the words before it and the filter that stands there.
fn items(source: Source<'_>, clause: &Clause, range: std::ops::Range<usize>) -> Vec<Item> {
    let mut items = Vec::new();
    let mut from = clause.span.start();
    let mut filter = None;
    for index in range {
        let (Some(quantity), Some(role)) = (source.quantities.get(index), source.roles.get(index)) else { continue };
        let end = past_hedge(source.layers, quantity.span.end());
        match role {
            Role::Value => {
                items.push(Item { index, lead: Span::new(from, quantity.span.start()), filter });
                filter = None;
                from = end;
            }
            Role::Filter => filter = Some(filter.map_or(quantity.span, |f: Span| f.join(quantity.span))),
            Role::Conversion => from = end,
            Role::Generic | Role::Other => from = end,
        }
    }
    items
}

fn past_hedge(layers: Layers<'_>, at: usize) -> usize {
    let class = usize::from(layers.text[at..].starts_with('级')) * '级'.len_utf8();
    at + class + layers.cues.hedges_after.longest(layers.text, at + class).map_or(0, |(len, _)| len)
}

/// A clause without values may name the subject, the time and the part of what follows.
fn head(source: Source<'_>, number: usize, clause: &Clause, empty: bool, state: &mut Discourse) {
    let mut lead = Lead::default();
    let opening = source.layers.cues.source.longest(source.layers.text, clause.span.start()).is_some();
    lead::open(source.layers, clause.span, &mut lead);
    let saying = source.layers.cues.saying.occurs(&source.layers.text[clause.span]);
    carry_time(source, clause.span, lead.time, saying, state);
    if lead.part {
        open_part(state);
    }
    if !empty {
        return;
    }
    state.pending = lead.indicator.and_then(|span| tail::head_noun(source.layers, span)).map(|noun| (number, noun));
    if let Some(index) = introduced(source, clause) {
        set_subject(source, state, index, lead.part);
    } else if let Some(index) = lead.subject.filter(|index| !opening && !clause.bracketed && !speaks(source, clause, *index)) {
        set_subject(source, state, index, lead.part);
    }
}

/// `市气象台预计`, `甲、乙等项目均…`: a body that only says something, or one name of a list, is not what follows is about.
fn speaks(source: Source<'_>, clause: &Clause, index: usize) -> bool {
    let Some(mention) = source.mentions.list.get(index) else { return true };
    let text = source.layers.text;
    let after = &text[mention.span.end()..clause.span.end()];
    if after.starts_with(['、', '等']) {
        return true;
    }
    let body = source.mentions.entity(mention.entity).is_some_and(|e| e.kind == EntityKind::Organisation);
    let said = source.layers.cues.saying.longest(text, mention.span.end()).is_some()
        || ["预计", "提出", "明确", "监测", "预测", "要求"].iter().any(|w| after.starts_with(w));
    body && said
}

/// `中标供应商为某某有限公司`: the name after 为 at the end of a clause is what follows is about.
fn introduced(source: Source<'_>, clause: &Clause) -> Option<usize> {
    let list = &source.mentions.list;
    let (index, mention) = list.iter().enumerate().find(|(_, m)| m.span.end() == clause.span.end() && m.span.start() > clause.span.start())?;
    let before = &source.layers.text[clause.span.start()..mention.span.start()];
    (before.ends_with('为') || before.ends_with('是') || before.ends_with('：')).then_some(index)
}

fn open_part(state: &mut Discourse) {
    if !state.part || state.whole.is_none() {
        state.whole = state.last.clone();
    }
    state.part = true;
}

fn set_subject(source: Source<'_>, state: &mut Discourse, mention: usize, part: bool) {
    let Some(found) = source.mentions.list.get(mention) else { return };
    let kind = source.mentions.entity(found.entity).map(|e| e.kind);
    let subject = Some(Subject::Entity(found.entity));
    if part || state.part && state.holder() != subject || kind == Some(EntityKind::Other) {
        state.local = subject;
        state.local_to_line = kind != Some(EntityKind::Other);
    } else {
        state.subject = subject;
        state.local = None;
    }
}

/// Notes the last time of a stretch for the clauses after it, unless it is a modifier or the time of a saying (T3).
fn carry_time(source: Source<'_>, span: Span, leading: Option<usize>, saying: bool, state: &mut Discourse) {
    let earlier = |index: usize| {
        source.layers.times.get(index).is_some_and(|t| source.layers.text[t.span].ends_with("同期") && source.layers.text[t.span].chars().count() > 2)
    };
    if saying || leading.is_some_and(earlier) {
        return;
    }
    let inside = source.layers.times.iter().enumerate().rev().find(|(_, t)| span.contains(t.span) && !lead::modifies(source.layers.text, t.span));
    if let Some(index) = leading.or(inside.map(|(index, _)| index)) {
        state.period_time = Some(index);
        state.line_time = Some(index);
    }
}

/// `项目全部达产后`: the clause up to 后.
fn scenario(layers: Layers<'_>, clause: Span) -> Option<String> {
    let words = &layers.text[clause];
    let end = words.find('后')?;
    let before = &words[..end];
    let done = layers.cues.scenario.ending(before, before.len()).is_some()
        || layers.cues.scenario.ending(before.trim_end_matches(['使', '用', '产', '效']), before.trim_end_matches(['使', '用', '产', '效']).len()).is_some();
    let names_after = words[end + '后'.len_utf8()..].starts_with(['的', '续', '期', '勤', '备', '台']);
    (done && !names_after && before.chars().count() <= 20).then(|| format!("{before}后"))
}

/// `按可比价格计算`, `同口径`: how a figure is reckoned.
fn scope(layers: Layers<'_>, clause: Span) -> Option<String> {
    let text = layers.text;
    let words = &text[clause];
    let (at, len, ()) = layers.cues.scope.find(words, 0)?;
    let lead = words[..at].rfind('按').filter(|from| at - from <= 6);
    let from = lead.unwrap_or(at);
    let rest = &words[at + len..];
    let tail = ["价格计算", "价计算", "格计算", "计算", "口径", "农户", "价格", "价"].iter().find(|tail| rest.starts_with(**tail)).map_or(0, |tail| tail.len());
    Some(words[from..at + len + tail].to_owned())
}

/// The verbal cue that holds after this clause.
fn carry_certainty(cues: &[Cue], state: &mut Discourse) {
    for cue in cues.iter().filter(|cue| cue.scope == Scope::Sentence) {
        state.certainty = match certainty::modality(cue.certainty) {
            Modality::Actual => None,
            other => Some(other),
        };
    }
}

fn fact(source: Source<'_>, clause: &Clause, cues: &[Cue], state: &mut Discourse, item: &Item) -> Option<Fact> {
    let quantity = source.quantities.get(item.index)?;
    let filter = item.filter.map(|span| Filter::new(source.layers, span));
    let before = filter.as_ref().map_or(item.lead, |f| Span::new(item.lead.start(), f.span.start()));
    let mut found = match &filter {
        Some(filter) => {
            let outer = lead::read(source.layers, before, Kind::Count);
            let inner = lead::read(source.layers, Span::new(filter.after, item.lead.end().max(filter.after)), quantity.kind);
            merge(outer, inner)
        }
        None => lead::read(source.layers, item.lead, quantity.kind),
    };
    if found.part {
        open_part(state);
    }
    let opening = source.layers.cues.source.longest(source.layers.text, clause.span.start()).is_some() && item.lead.start() == clause.span.start();
    if let Some(index) = found.subject {
        if opening && found.names.first() == Some(&index) || speaks(source, clause, index) && found.names.len() < 2 {
            found.subject = None;
        } else {
            set_subject(source, state, index, found.part);
        }
    }
    let opens = found.light.is_some_and(|light| matches!(&source.layers.text[light], "以" | "按" | "用" | "按照"));
    state.agent = opens || state.agent && source.layers.text[item.lead].trim() == "、";
    let mut fact = base(source, clause, cues, state.clone(), &found, item.index)?;
    state.bases.extend(found.basis);
    if let Some(filter) = &filter {
        apply_filter(source, filter, before, &mut fact, state);
    }
    carry_time(source, item.lead, found.time.filter(|_| !found.from), found.from, state);
    if found.from {
        let lead = &source.layers.text[item.lead];
        let words = fact.time.map(|span| source.layers.text[span].to_owned()).filter(|_| lead.contains('比') || lead.contains('较'));
        state.level_before = words.map(|words| (clause.span.start(), words));
    }
    Some(fact)
}

/// A filter before what is counted.
struct Filter {
    span: Span,
    words: String,
    after: usize,
    threshold: bool,
}

impl Filter {
    fn new(layers: Layers<'_>, span: Span) -> Filter {
        let end = past_hedge(layers, span.end());
        let after = end + usize::from(layers.text[end..].starts_with('的')) * '的'.len_utf8();
        Filter { span, words: layers.text[span.start()..end].to_owned(), after, threshold: end > span.end() }
    }
}

fn merge(outer: Lead, inner: Lead) -> Lead {
    Lead {
        subject: inner.subject.or(outer.subject),
        names: if inner.names.is_empty() { outer.names } else { inner.names },
        time: inner.time.or(outer.time),
        part: inner.part || outer.part,
        verb: outer.verb.or(inner.verb),
        ..inner
    }
}

/// Puts the filter into the condition, and a verb before it into the indicator: 新开工亿元以上项目 → 新开工项目.
fn apply_filter(source: Source<'_>, filter: &Filter, before: Span, fact: &mut Fact, state: &mut Discourse) {
    let outer = lead::read(source.layers, before, Kind::Count);
    let words = outer.indicator.map(|span| &source.layers.text[span]).unwrap_or_default();
    let short = words.chars().count() <= 4 && source.quantities.iter().any(|q| q.span == filter.span && q.kind == Kind::Money);
    let mut condition = filter.words.clone();
    let counted = fact.indicator.clone();
    let transitive = source.layers.cues.transitive.get(words).is_some();
    if (filter.threshold && short || transitive) && !words.is_empty() {
        fact.indicator = format!("{words}{counted}");
    } else if !words.is_empty() && !filter.threshold {
        condition = format!("{words}{}", filter.words);
    }
    state.filter = Some(filter.words.clone());
    if filter.threshold && source.layers.cues.group.ending(&counted, counted.len()).is_some() {
        let verb = if short { words } else { "" };
        state.group = Some(format!("{verb}{}{counted}", filter.words));
    }
    fact.condition = Some(match fact.condition.take().filter(|c| state.filter.as_ref() != Some(c)) {
        Some(other) if !other.contains(&condition) => format!("{other}；{condition}"),
        _ => condition,
    });
}

/// The fact of a value, all fields but its filter.
fn base(source: Source<'_>, clause: &Clause, cues: &[Cue], state: Discourse, found: &Lead, index: usize) -> Option<Fact> {
    let quantity = source.quantities.get(index)?;
    let text = source.layers.text;
    let mut inferred = Vec::new();
    let after = tail::words_after(source.layers, quantity.span.end(), next_start(source, clause, index));
    let (mut indicator, rule) = indicator(source, &state, found, quantity, after, &mut inferred)?;
    rate_of_growth(&state, found, quantity, &mut indicator, &mut inferred);
    let mut amount = quantity.amount;
    losses(&state, &mut indicator, &mut amount);
    let unit = unit(source, &state, found, quantity, &indicator, clause);
    let subject = match found.subject.and_then(|i| source.mentions.list.get(i)) {
        Some(mention) => Some(Subject::Entity(mention.entity)),
        None => state.holder(),
    };
    let carried_share = state.last.as_ref().is_some_and(|f| f.change == Change::ShareOf) && found.indicator.is_none() && quantity.kind == Kind::Percent;
    let change = match found.change {
        Some(Change::UpTo | Change::DownTo) if carried_share => Change::ShareOf,
        Some(change) => change,
        None if text[quantity.span].ends_with('折') => Change::Ratio,
        None => Change::None,
    };
    let basis = basis(text, &state, found, change, subject.as_ref(), clause);
    let (period, time) = time(source, &state, found, quantity, clause, subject.as_ref(), &indicator);
    let modality = certain(source, &state, cues, found, quantity, clause, period);
    let condition = condition(source, &state, found, quantity, after, &indicator, change);
    let sentence = source.sentences.iter().rev().find(|s| s.contains(quantity.span)).copied().unwrap_or(clause.span);
    if indicator.is_empty() {
        return None;
    }
    Some(Fact {
        quantity: index,
        subject,
        indicator,
        amount,
        unit,
        change,
        basis,
        period,
        time,
        modality,
        condition,
        inferred,
        evidence: Evidence { sentence, rule },
    })
}

fn next_start(source: Source<'_>, clause: &Clause, index: usize) -> usize {
    source
        .quantities
        .get(index + 1)
        .map_or(clause.span.end(), |q| q.span.start().min(clause.span.end()))
        .max(source.quantities.get(index).map_or(0, |q| q.span.end()))
}

/// What is measured: the words before the value, the noun after it, or what was measured before.
fn indicator(
    source: Source<'_>,
    state: &Discourse,
    found: &Lead,
    quantity: &Quantity,
    after: Span,
    inferred: &mut Vec<&'static str>,
) -> Option<(String, &'static str)> {
    let text = source.layers.text;
    let shifted = matches!(found.change, Some(Change::UpBy | Change::DownBy | Change::UpTo | Change::DownTo)) || found.level_only;
    if let Some(price) = state.last.as_ref().filter(|f| text[quantity.span].ends_with('折') && source.layers.units.get(f.unit.unit).kind == Kind::Money) {
        return Some((price.indicator.clone(), "discount"));
    }
    if let Some(span) = found.indicator {
        let words = clean(&text[span]);
        if let Some(before) = found.before_verb {
            inferred.push("indicator");
            return Some((format!("{}{words}", &text[before]), "indicator-value"));
        }
        if let Some(opposite) = opposite(state, &words).or_else(|| counterpart(state, &words).filter(|_| !state.part)) {
            inferred.push("indicator");
            return Some((opposite, "restored-head"));
        }
        if let Some(shared) = shared_verb(source, state, found, quantity, &words) {
            inferred.push("indicator");
            return Some((shared, "restored-verb"));
        }
        if let Some(whole) = restored(source, state, found, quantity, &words) {
            inferred.push("indicator");
            return Some((whole, "restored-head"));
        }
        return Some((words, if found.change.is_some() { "change" } else { "indicator-value" }));
    }
    let last = if found.label.is_some() { state.whole.as_ref().or(state.last.as_ref()) } else { state.last.as_ref() };
    let carried = last.map(|f| f.indicator.clone());
    if found.label.is_some() && carried.is_some() {
        return carried.map(|c| (c, "part"));
    }
    if shifted || matches!(found.change, Some(Change::ShareOf)) || matches!(found.change, Some(Change::Ratio)) && carried.is_some() {
        if let Some(noun) = tail::noun(source.layers, after).filter(|_| found.change == Some(Change::Ratio)) {
            return Some((clean(&text[noun]), "ratio"));
        }
        return carried.map(|c| (c, "carried-change"));
    }
    // 按10%、2小时配置储能: the words after the last of a list are about all
    let after = shared_tail(source, quantity, after);
    // 以6.35亿元竞得: the verb after the value
    let verb = &text[after];
    let agent = found.light.is_some_and(|light| matches!(&text[light], "以" | "按" | "用" | "按照")) || state.agent;
    if agent && (2..=6).contains(&verb.chars().count()) {
        return Some((verb.to_owned(), "verb-after"));
    }
    if let Some(noun) = tail::noun(source.layers, after) {
        return Some((clean(&text[noun]), "counted-noun"));
    }
    if (agent || found.light.is_none() && carried.is_none()) && (2..=6).contains(&verb.chars().count()) {
        return Some((verb.to_owned(), "verb-after"));
    }
    if let Some(opposite) = found.light.and_then(|light| opposite(state, &text[light])) {
        inferred.push("indicator");
        return Some((opposite, "restored-head"));
    }
    if let Some((_, noun)) = state.pending {
        return Some((clean(&text[noun]), "noun-before"));
    }
    if let Some(light) = found.light.filter(|light| carried.is_none() && text[*light].chars().count() >= 2) {
        return Some((text[light].to_owned(), "verb-value"));
    }
    carried.map(|c| (c, "carried"))
}

/// The words after the last of the values that 、 joins, where none stand after this one.
fn shared_tail(source: Source<'_>, quantity: &Quantity, after: Span) -> Span {
    let text = source.layers.text;
    let joined = |end: usize, start: usize| matches!(text[end..start].trim(), "、" | "和" | "与");
    let mut end = quantity.span.end();
    if !after.is_empty() {
        return after;
    }
    for next in source.quantities.iter().filter(|q| q.span.start() > quantity.span.start()).take(6) {
        if !joined(end, next.span.start()) {
            break;
        }
        end = next.span.end();
    }
    if end == quantity.span.end() {
        return after;
    }
    let stop = source.clauses.iter().find(|c| c.span.covers(end.saturating_sub(1))).map_or(end, |c| c.span.end());
    tail::words_after(source.layers, end, stop.max(end))
}

/// `调拨帐篷600顶、棉被3000床`: the verb that a list shares.
fn shared_verb(source: Source<'_>, state: &Discourse, found: &Lead, quantity: &Quantity, words: &str) -> Option<String> {
    let cues = source.layers.cues;
    let last = state.last.as_ref().filter(|f| f.change == Change::None)?;
    let (len, ()) = cues.transitive.longest(&last.indicator, 0).filter(|(len, ())| *len < last.indicator.len())?;
    let plain = quantity.kind == Kind::Count && found.change.is_none() && cues.transitive.longest(words, 0).is_none() && cues.verb.longest(words, 0).is_none();
    (plain && follows_list_mark(source, found)).then(|| format!("{}{words}", &last.indicator[..len]))
}

/// `海拔最低513米，最高2621米`: the noun that the second end leaves out.
fn opposite(state: &Discourse, words: &str) -> Option<String> {
    const ENDS: [&str; 10] = ["最高", "最低", "最大", "最小", "最多", "最少", "最长", "最短", "最宽", "最窄"];
    let last = &state.last.as_ref()?.indicator;
    let end = ENDS.iter().find(|end| last.ends_with(**end))?;
    ENDS.contains(&words).then(|| format!("{}{words}", &last[..last.len() - end.len()]))
}

/// `政府性基金收入…，支出…`: the other side of what was measured before.
fn counterpart(state: &Discourse, words: &str) -> Option<String> {
    const SIDES: [(&str, &str); 4] = [("收入", "支出"), ("支出", "收入"), ("出口", "进口"), ("进口", "出口")];
    let last = &state.last.as_ref()?.indicator;
    let (_, other) = SIDES.iter().find(|(side, _)| *side == words)?;
    let stem = last.strip_suffix(other).filter(|stem| !stem.is_empty() && !stem.ends_with('进') && !stem.ends_with('口'))?;
    Some(format!("{stem}{words}"))
}

/// Indicator words without quotes around them or particles at the ends.
fn clean(words: &str) -> String {
    words.trim_matches([' ', '，', '、', '：', ':']).trim_end_matches('的').to_owned()
}

/// I5: `其中城镇居民6万元` after 人均可支配收入: the head that was left out.
fn restored(source: Source<'_>, state: &Discourse, found: &Lead, quantity: &Quantity, words: &str) -> Option<String> {
    let cues = source.layers.cues;
    let last = state.whole.as_ref().filter(|_| state.part).or(state.last.as_ref())?;
    let same_unit = last.unit == quantity.unit;
    let known = takes(source, words, quantity);
    let listed = found.part || state.part || follows_list_mark(source, found);
    if !same_unit || known || !listed || words.chars().count() > 8 || found.change.is_some() || quantity.kind == Kind::Count {
        return None;
    }
    let head = heads(cues, &last.indicator)?;
    // 城镇居民 and 居民人均可支配收入 share 居民
    let shared = head.char_indices().map(|(at, _)| at).skip(1).filter(|at| words.ends_with(&head[..*at])).last().unwrap_or(0);
    Some(format!("{words}{}", &head[shared..]))
}

/// True for the second and later members of a list: …、初中达到920元.
fn follows_list_mark(source: Source<'_>, found: &Lead) -> bool {
    found.indicator.is_some_and(|span| source.layers.text[..span.start()].ends_with('、'))
}

/// True where a known indicator that takes this kind of quantity ends `words`.
fn takes(source: Source<'_>, words: &str, quantity: &Quantity) -> bool {
    let dimension = quantity.unit.dimension_name(source.layers.units);
    let fits = |text: &str| source.layers.cues.indicators.get(text).is_some_and(|i| i.dimensions.contains(&dimension));
    words.char_indices().any(|(at, _)| fits(&words[at..]))
}

/// The longest known indicator at the end of `indicator` that leaves something in front.
fn heads<'a>(cues: &crate::dict::Cues, indicator: &'a str) -> Option<&'a str> {
    indicator.char_indices().skip(1).map(|(at, _)| &indicator[at..]).find(|head| cues.indicators.get(head).is_some())
}

/// C7: a difference between growth rates is one of 增速 or 降幅, whose measure stands before.
fn rate_of_growth(state: &Discourse, found: &Lead, quantity: &Quantity, indicator: &mut String, inferred: &mut Vec<&'static str>) {
    let Some(last) = state.last.as_ref().filter(|_| quantity.kind == Kind::Point && matches!(found.change, Some(Change::UpBy | Change::DownBy))) else {
        return;
    };
    let rate = RATES.into_iter().find(|rate| indicator == rate);
    let measure = RATES.iter().find_map(|rate| last.indicator.strip_suffix(rate)).unwrap_or(&last.indicator).to_owned();
    if let Some(rate) = rate {
        *indicator = format!("{measure}{rate}");
        inferred.push("indicator");
    } else if *indicator == last.indicator && matches!(last.change, Change::UpBy | Change::DownBy) && RATES.iter().all(|rate| !indicator.ends_with(rate)) {
        indicator.push_str(if last.change == Change::UpBy { "增速" } else { "降幅" });
        inferred.push("indicator");
    }
}

/// The names of rates of growth.
const RATES: [&str; 5] = ["增速", "增幅", "降幅", "涨幅", "跌幅"];

/// Q8: 净利润亏损2亿元 is negative; 盈利 takes up the indicator before it.
fn losses(state: &Discourse, indicator: &mut String, amount: &mut Amount) {
    for (word, sign) in [("亏损额", -1), ("亏损", -1), ("盈利", 1)] {
        let Some(before) = indicator.strip_suffix(word) else { continue };
        let profit = ["利润", "收益", "业绩", "净利"].iter().any(|w| before.ends_with(w));
        let carried = state.last.as_ref().map(|f| f.indicator.clone()).filter(|i| before.is_empty() && ["利润", "收益", "净利"].iter().any(|w| i.ends_with(w)));
        if !profit && carried.is_none() {
            return;
        }
        *indicator = carried.unwrap_or_else(|| before.to_owned());
        if sign < 0
            && let Some(negative) = amount.map(|v| Some(-v))
        {
            *amount = negative;
        }
        return;
    }
}

/// The unit of the fact: 时速80公里 is per hour, 每年…6亿元 per year, a difference of a rate has the rate's unit.
fn unit(source: Source<'_>, state: &Discourse, found: &Lead, quantity: &Quantity, indicator: &str, clause: &Clause) -> UnitExpr {
    let units = source.layers.units;
    let unit = quantity.unit;
    if unit.is_compound() {
        return unit;
    }
    let per = |name: &str| units.named(name).and_then(|id| unit.per(id));
    if indicator.ends_with("时速") && quantity.kind == Kind::Length {
        return per("小时").unwrap_or(unit);
    }
    let shifted = matches!(found.change, Some(Change::UpBy | Change::DownBy));
    if shifted && quantity.kind == Kind::Money {
        let rate = state.last.as_ref().filter(|f| f.unit.is_compound() && f.unit.unit == unit.unit && f.indicator == indicator);
        return rate.map_or(unit, |f| f.unit);
    }
    if let Some(each) = found.each {
        return per(&source.layers.text[each]).unwrap_or(unit);
    }
    let yearly = source.layers.text[clause.span.start()..quantity.span.start()].contains("每年");
    let flow = matches!(quantity.kind, Kind::Money | Kind::Mass | Kind::Energy | Kind::Volume);
    let scenario_list = state.timeless && flow && state.last.as_ref().is_some_and(|f| ends_per_year(units, f.unit));
    if (yearly && flow || scenario_list) && found.change.is_none() { per("年").unwrap_or(unit) } else { unit }
}

fn ends_per_year(units: &Units, unit: UnitExpr) -> bool {
    unit.per.into_iter().flatten().last().is_some_and(|id| units.get(id).name == "年")
}

fn basis(text: &str, state: &Discourse, found: &Lead, change: Change, subject: Option<&Subject>, clause: &Clause) -> Option<String> {
    if let Some(span) = found.basis {
        return Some(text[span].trim_matches([' ', '，']).trim_end_matches('的').to_owned());
    }
    match change {
        Change::UpBy | Change::DownBy => {
            let own = clause_basis(text, clause);
            let level = state.level_before.as_ref().filter(|(line, _)| *line == clause.span.start()).map(|(_, words)| words.clone());
            own.or(level)
                .or_else(|| state.basis.as_ref().filter(|(whose, _)| whose.as_ref() == subject).map(|(_, basis)| basis.clone()))
                .or_else(|| state.standing_basis.clone())
        }
        Change::ShareOf if matches!(found.change, Some(Change::UpTo | Change::DownTo)) => state.last.as_ref().and_then(|f| f.basis.clone()),
        Change::ShareOf if state.part => state.whole.as_ref().map(|f| f.indicator.clone()),
        _ => None,
    }
}

/// 同比 at the start of a clause holds for every change in it.
fn clause_basis(text: &str, clause: &Clause) -> Option<String> {
    ["同比", "环比"].iter().find(|w| text[clause.span].starts_with(**w)).map(|w| (*w).to_owned())
}

/// The time of a fact (guideline T2–T4).
fn time(
    source: Source<'_>,
    state: &Discourse,
    found: &Lead,
    quantity: &Quantity,
    clause: &Clause,
    subject: Option<&Subject>,
    indicator: &str,
) -> (Period, Option<Span>) {
    let text = source.layers.text;
    let times = source.layers.times;
    let pick = |index: usize| times.get(index).map_or((Period::default(), None), |t| (t.period, Some(t.span)));
    let inside_basis = |span: Span| found.basis.is_some_and(|basis| basis.overlaps(span));
    let own = times
        .iter()
        .enumerate()
        .rev()
        .find(|(_, t)| clause.span.contains(t.span) && t.span.end() <= quantity.span.start() && !inside_basis(t.span) && !lead::modifies(text, t.span));
    if found.from {
        return found.time.map_or((Period::default(), None), pick);
    }
    let own = found.time.or(own.map(|(index, _)| index).filter(|index| !is_start_of(source, *index)));
    if let Some(index) = own {
        return pick(index);
    }
    // a time behind the value in the same clause: 年产2万吨，明年投产 is another clause
    let scenario = state.scenario.is_some();
    if scenario || state.timeless {
        return (Period::default(), None);
    }
    if let Some(index) = state.period_time {
        return pick(index);
    }
    if attribute(source, subject, indicator) {
        return (Period::default(), None);
    }
    if let Some(index) = state.line_time {
        return pick(index);
    }
    let framed = state.certainty.is_none();
    match source.frame.filter(|_| framed) {
        Some(frame) => (frame.period, frame.span),
        None => (Period::default(), None),
    }
}

/// True for the 2020年 of 由2020年的18%.
fn is_start_of(source: Source<'_>, time: usize) -> bool {
    source.layers.times.get(time).is_some_and(|t| {
        let before = &source.layers.text[..t.span.start()];
        (before.ends_with('由') || before.ends_with('从')) && source.layers.text[t.span.end()..].starts_with('的')
    })
}

/// T4: attributes of a project, facility, product, company or place take no time from elsewhere.
fn attribute(source: Source<'_>, subject: Option<&Subject>, indicator: &str) -> bool {
    let kind = match subject {
        Some(Subject::Entity(id)) => source.mentions.entity(*id).map(|e| e.kind),
        _ => None,
    };
    if source.layers.cues.place.ending(indicator, indicator.len()).is_some() || source.layers.cues.place.longest(indicator, 0).is_some() {
        return true;
    }
    let holder = !matches!(kind, Some(EntityKind::Region) | None);
    let cues = source.layers.cues;
    holder && cues.attribute.ending(indicator, indicator.len()).is_some() || holder && cues.attribute.longest(indicator, 0).is_some_and(|(len, ())| len >= 6)
}

/// How certain the fact is (guideline §9).
fn certain(source: Source<'_>, state: &Discourse, cues: &[Cue], found: &Lead, quantity: &Quantity, clause: &Clause, period: Period) -> Modality {
    if found.from {
        return Modality::Actual;
    }
    if state.scenario.is_some() {
        return Modality::Forecast;
    }
    let lead_start = source
        .quantities
        .iter()
        .rev()
        .find(|q| clause.span.contains(q.span) && q.span.end() <= quantity.span.start())
        .map_or(clause.span.start(), |q| q.span.end());
    let own = cues
        .iter()
        .filter(|cue| cue.span.end() <= quantity.span.start() && !found.basis.is_some_and(|basis| basis.overlaps(cue.span)))
        .filter(|cue| cue.scope == Scope::Sentence || cue.span.start() >= lead_start);
    let strongest = own.clone().map(|cue| cue.certainty).max();
    let published = source.article.published;
    let past = found.time.is_some() && ends_before(period, published);
    let aimed = aimed_at(source, state, found, clause, published);
    match strongest {
        None if aimed => Modality::Target,
        Some(crate::dict::Certainty::Actual) if aimed => Modality::Target,
        Some(cue) if certainty::modality(cue) != Modality::Actual => certainty::modality(cue),
        Some(_) if own.clone().any(|cue| cue.certainty == crate::dict::Certainty::Actual) => future(period, published),
        _ if past => Modality::Actual,
        _ => state.certainty.unwrap_or_else(|| future(period, published)),
    }
}

/// True for 到2025年 with a year that is still to come.
fn aimed_at(source: Source<'_>, state: &Discourse, found: &Lead, clause: &Clause, published: Option<Date>) -> bool {
    let own = source.layers.times.iter().enumerate().find(|(index, t)| clause.span.contains(t.span) && !is_start_of(source, *index)).map(|(index, _)| index);
    let Some(time) = found.time.or(own).or(state.period_time).and_then(|index| source.layers.times.get(index)) else { return false };
    let words = &source.layers.text[time.span];
    let ahead = matches!((time.period.end, published), (Some(end), Some(published)) if day(end).is_some_and(|end| end > published));
    ahead && (words.starts_with('到') || words.starts_with('至'))
}

/// The day of a moment; a clock time alone has none.
fn day(moment: Moment) -> Option<Date> {
    match moment {
        Moment::Day(day) => Some(day),
        Moment::Clock(clock) => Some(clock.date()),
        Moment::Time(_) => None,
    }
}

fn ends_before(period: Period, published: Option<Date>) -> bool {
    match (period.end, published) {
        (Some(end), Some(published)) => day(end).is_some_and(|end| end < published),
        _ => false,
    }
}

/// A date after publication with no other cue is planned.
fn future(period: Period, published: Option<Date>) -> Modality {
    match (period.start, published) {
        (Some(start), Some(published)) if day(start).is_some_and(|start| start > published) => Modality::Planned,
        _ => Modality::Actual,
    }
}

/// Filter, scope and scenario of a fact (guideline §10).
fn condition(source: Source<'_>, state: &Discourse, found: &Lead, quantity: &Quantity, after: Span, indicator: &str, change: Change) -> Option<String> {
    let text = source.layers.text;
    let mut parts: Vec<String> = Vec::new();
    if let Some(verb) = found.verb {
        parts.push(text[verb].to_owned());
    }
    if let Some(words) = found.label {
        parts.push(text[words].to_owned());
    }
    if let Some(words) = found.before_each {
        parts.push(text[words].to_owned());
    }
    if quantity.kind == Kind::Count && found.indicator.is_some() && !after.is_empty() && found.change.is_none() {
        let words = text[after].trim_end_matches(['等', '的']);
        if (2..=10).contains(&words.chars().count()) && !words.contains(|c: char| c.is_ascii_digit()) && after.end() - after.start() == words.len() {
            parts.push(words.to_owned());
        }
    }
    let growth = matches!(change, Change::UpBy | Change::DownBy | Change::Ratio);
    if let Some(scope) = state.scope.as_ref().filter(|s| growth || matches!(s.as_str(), "一期" | "二期" | "三期")) {
        parts.push(scope.clone());
    }
    let property = source.layers.cues.property.get(indicator).is_some();
    if let Some(group) = state.group.as_ref().filter(|g| property && quantity.kind != Kind::Percent && !indicator.contains(g.as_str())) {
        parts.push(group.clone());
    }
    if state.part
        && quantity.kind == Kind::Count
        && let Some(filter) = &state.filter
    {
        parts.push(filter.clone());
    }
    if let Some(scenario) = &state.scenario {
        parts.push(scenario.clone());
    }
    parts.dedup();
    (!parts.is_empty()).then(|| parts.join("；"))
}

/// Keeps what later facts may need of this one.
fn remember(source: Source<'_>, state: &mut Discourse, fact: Fact, facts: &mut Vec<Fact>) {
    let quantity = source.quantities.get(fact.quantity);
    if let (Change::UpBy | Change::DownBy, Some(basis)) = (fact.change, &fact.basis) {
        state.basis = Some((fact.subject.clone(), basis.clone()));
    }
    let group = source.layers.cues.group.ending(&fact.indicator, fact.indicator.len()).is_some();
    if quantity.is_some_and(|q| q.kind == Kind::Count) && group && state.group.is_none() && fact.change == Change::None {
        state.group = Some(fact.indicator.clone());
    }
    state.recent.push(fact.clone());
    state.last = Some(fact.clone());
    facts.push(fact);
}

/// The reporting frame: a period named in the title or the first sentence.
pub fn frame(
    text: &str,
    times: &[crate::tag::TimeRef],
    title_times: &[crate::tag::TimeRef],
    first_sentence: Option<Span>,
    published: Option<Date>,
) -> Option<Frame> {
    let words = |span: Span| text.get(span.range());
    let days = |t: &crate::tag::TimeRef| match (t.period.start.and_then(day), t.period.end.and_then(day)) {
        (Some(start), Some(end)) => Some(end.duration_since(start).as_hours() / 24),
        _ => None,
    };
    // a run of single days is no frame, nor is a period long past
    let recent = |t: &crate::tag::TimeRef| match (t.period.end.and_then(day), published) {
        (Some(end), Some(published)) => published.duration_since(end).as_hours() / 24 < 500,
        _ => true,
    };
    let named = |t: &crate::tag::TimeRef| {
        words(t.span).is_some_and(|w| w.contains("假") || w.contains("以来") || w.contains("截至") || w.contains("期间") || w.contains("春运"))
    };
    let long =
        |t: &&crate::tag::TimeRef| t.kind == TimeKind::Period && t.period.end.is_some() && recent(t) && (named(t) || days(t).is_some_and(|days| days >= 20));
    let title = title_times.iter().find(long).map(|t| Frame { period: t.period, span: None });
    let lead = first_sentence
        .and_then(|sentence| times.iter().filter(long).find(|t| sentence.contains(t.span)))
        .map(|t| Frame { period: t.period, span: Some(t.span) });
    lead.or(title)
}
