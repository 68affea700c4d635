//! The walk over the clauses: each value gets its subject, indicator, time, certainty and condition.

use std::rc::Rc;

use crate::dict::{CueStart, Cues, Kind};
use crate::link::certainty::{self, Cue};
use crate::link::clauses::Clause;
use crate::link::conditions::{self, Filter};
use crate::link::discourse::Discourse;
use crate::link::items::{self, Item};
use crate::link::lead::{self, Layers, Lead};
use crate::link::shapes::{counted_noun, loss, respectively, share, table_row, verb_after};
use crate::link::when::Frame;
use crate::link::{Change, Evidence, Fact, Role, Subject, around, indicator, left, measure, speakers, subject, when};
use crate::span::{starting, within};
use crate::tag::tables::{Cell, Tables};
use crate::tag::{Amount, Mentions, Period, Quantity};
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
    /// Tables.
    pub tables: &'a Tables,
    /// The period that the title or the first sentence names.
    pub frame: Option<Frame>,
}

/// The facts of an article, in the order of their quantities. `watch` sees what is in force before each clause.
pub fn facts(source: Source<'_>, watch: &mut dyn FnMut(&Clause, &Discourse)) -> Vec<Fact> {
    let mut state = {
        let (topic, guess) = subject::topic(source);
        Discourse::about(topic, guess)
    };
    let mut facts = Vec::new();
    let mut next = 0;
    for (number, clause) in source.clauses.iter().enumerate() {
        let numbered = subject::starts_list_item(&source.layers.text[clause.span]);
        if state.at_new_line(clause) && subject::is_partner(source, state.subject.as_ref()) {
            // 东盟为第一大贸易伙伴: a partner abroad is spoken of in its paragraph, not after it
            (state.subject, state.subject_since) = (None, None);
        }
        state.enter(clause, numbered);
        watch(clause, &state);
        while source.quantities.get(next).is_some_and(|q| q.span.start() < clause.span.start()) {
            next += 1;
        }
        let first = next;
        while source.quantities.get(next).is_some_and(|q| clause.span.contains(q.span)) {
            next += 1;
        }
        let in_table = source.quantities.get(first).filter(|_| first < next).and_then(|q| cell_at(source, q.span));
        if in_table.is_some() {
            let made = (first..next).filter_map(|index| {
                let span = source.quantities.get(index)?.span;
                table_row::cell(source, cell_at(source, span)?, index, &state)
            });
            facts.extend(made);
            continue;
        }
        // names in heads and rows are about their row only
        if in_table_line(source, clause.span) {
            continue;
        }
        clause_facts(source, number, clause, first..next, &mut state, &mut facts);
    }
    facts
}

fn clause_facts(source: Source<'_>, number: usize, clause: &Clause, range: std::ops::Range<usize>, state: &mut Discourse, facts: &mut Vec<Fact>) {
    let text = source.layers.text;
    let words = &text[clause.span];
    let cues = certainty::cues(source.layers, clause.span);
    if let Some(scenario) = conditions::scenario(source.layers, clause.span) {
        state.scenario = Some(scenario);
    }
    if source.layers.places.of(CueStart::Timeless, clause.span).any(|at| Cues::opens_timeless(&text[at..clause.span.end()])) {
        state.timeless = true;
    }
    // 某某公司拟建设某某项目，并租赁厂房: the firm again
    if words.starts_with('并') && !state.local_to_line {
        state.local = None;
    }
    if let Some((speaker, end)) = speakers::quoted_by(source, clause) {
        state.name_local(Some(speaker), true);
        state.local_until = Some(end);
    }
    if let Some(scope) = conditions::scope(source.layers, clause.span) {
        state.scope = Some(scope);
    }
    let empty = range.clone().all(|index| source.roles.get(index) == Some(&Role::Other) && around::named_by(source, clause, index).is_some());
    let range = if basis_clause(source, clause, state) { range.end..range.end } else { range };
    let items = items::items(source, clause, range);
    // 最大雨量431.7毫米，出现在柘荣县英山乡: the place comes behind the value
    if empty
        && ["出现在", "发生在"].iter().any(|word| words.starts_with(word))
        && let (Some(place), Some(last)) = (subject::place_at_end(source, clause), facts.last_mut())
    {
        last.subject = Some(place);
    }
    if items.is_empty() {
        head(source, number, clause, empty, state);
    } else if state.pending.as_ref().is_some_and(|(place, ..)| place + 1 + usize::from(words.starts_with('的')) < number) {
        state.pending = None;
    }
    let mut done = 0;
    // where a list ends whose values could not be told apart
    let mut alike = 0;
    for (position, item) in items.iter().enumerate() {
        if position < done {
            continue;
        }
        let run = respectively::run(source, clause, &items::spans(source, &items[position..]));
        if run > 1 && position >= alike {
            let filter = item.filter.map(|span| Filter::new(source.layers, span));
            let values: Vec<(usize, Span)> = items[position..position + run]
                .iter()
                .map(|i| (i.index, filter.as_ref().map_or(i.lead, |f| Span::new(f.after.min(i.lead.end()), i.lead.end()))))
                .collect();
            let made = respectively::facts(source, state, &values, filter.as_ref().map(|f| f.words.as_str()), |lead, index| {
                base(source, clause, &cues, state, lead, index)
            });
            if !made.is_empty() {
                for fact in made {
                    remember(source, state, fact, facts);
                }
                when::carry_time(source, item.lead, None, false, None, state);
                done = position + run;
                continue;
            }
            alike = position + run;
        }
        let made = fact(source, clause, &cues, state, item);
        // 各期末，应收账款分别为1.2亿元、1.5亿元: a value with a name of its own ends what stood before it
        if made.as_ref().is_some_and(|fact| fact.evidence.rule == "indicator-value") {
            state.pending = None;
        }
        match made {
            Some(fact) if item.aside => facts.push(fact),
            Some(fact) => remember(source, state, fact, facts),
            None => {}
        }
    }
    let standing: Vec<Cue> = cues.iter().filter(|cue| !state.bases.iter().any(|basis| basis.overlaps(cue.span))).copied().collect();
    certainty::carry_certainty(&standing, state);
    if words.contains("下同") {
        state.standing_basis = state.basis.as_ref().map(|(_, basis)| basis.clone());
    }
}

/// `与第六次普查的45.8万人相比，`: the clause names the basis of what follows, and no value of its own.
fn basis_clause(source: Source<'_>, clause: &Clause, state: &mut Discourse) -> bool {
    let text = source.layers.text;
    let words = &text[clause.span];
    let Some(stem) = words.strip_suffix("相比").or_else(|| words.strip_suffix("比较")).or_else(|| words.strip_suffix("比")) else { return false };
    let first = within(source.quantities, clause.span, |q| q.span).next().map_or(stem.len(), |(_, q)| q.span.start() - clause.span.start()).min(stem.len());
    let opener = |word: &str| stem[..first].find(word).map(|at| at + word.len()).filter(|at| *at == word.len() || first - at >= '年'.len_utf8() * 4);
    let Some(opened) = ["与", "同", "和", "跟"].into_iter().filter_map(opener).min() else { return false };
    let start = clause.span.start() + opened;
    let end = within(source.quantities, clause.span, |q| q.span).next().map_or(clause.span.start() + stem.len(), |(_, q)| q.span.start());
    let basis = text.get(start..end).unwrap_or_default().trim_end_matches('的');
    if basis.chars().count() < 2 {
        return false;
    }
    state.basis = Some((state.holder(), basis.to_owned()));
    true
}

/// A clause without values may name the subject, the time and the part of what follows.
fn head(source: Source<'_>, number: usize, clause: &Clause, empty: bool, state: &mut Discourse) {
    let mut lead = Lead::default();
    let opening = source.layers.cues.source.longest(source.layers.text, clause.span.start()).is_some();
    left::open(source.layers, clause.span, &mut lead);
    let said = |at: usize| source.layers.cues.saying.longest(&source.layers.text[..clause.span.end()], at).is_some();
    let saying = source.layers.places.of(CueStart::Saying, clause.span).any(said);
    when::carry_time(source, clause.span, lead.time, saying, None, state);
    if lead.part {
        subject::open_part(state);
    }
    if !empty {
        return;
    }
    if clause.bracketed
        && let Some((place, ..)) = state.pending.as_mut()
    {
        *place = number;
        return;
    }
    state.pending = lead
        .indicator
        .filter(|_| !saying)
        .and_then(|span| counted_noun::head_noun(source.layers, span))
        .map(|noun| (number, noun, subject::place_at_end(source, clause)));
    if let Some(speaker) = speakers::speaker(source, clause) {
        state.name_local(Some(speaker), true);
        return;
    }
    if opening && speakers::speaks_for_topic(source, clause, state) {
        let topic = state.topic.clone();
        state.name_subject(topic);
        return;
    }
    if let Some(project) = subject::advanced(source, clause) {
        state.name_local(Some(project), false);
        return;
    }
    if let Some(firm) = subject::headed(source, clause) {
        state.name_subject(Some(firm));
        return;
    }
    if let Some(project) = subject::to_be_built(source, clause) {
        if let Some(index) = lead.subject {
            subject::set_subject(source, state, index, lead.part);
        }
        state.name_local(Some(project), false);
        return;
    }
    if let Some(index) = subject::introduced(source, clause) {
        subject::set_subject(source, state, index, lead.part);
    } else if let Some(index) = lead.subject.filter(|index| !opening && !clause.bracketed && !subject::speaks(source, clause, *index)) {
        subject::set_subject(source, state, index, lead.part);
    }
}

fn fact(source: Source<'_>, clause: &Clause, cues: &[Cue], state: &mut Discourse, item: &Item) -> Option<Fact> {
    let quantity = source.quantities.get(item.index)?;
    let taken = state.noun_end > item.lead.start() && state.noun_end <= item.lead.end();
    state.after_noun = taken && state.noun_end == item.lead.end();
    let item = &Item { lead: if taken { Span::new(state.noun_end, item.lead.end()) } else { item.lead }, ..*item };
    let filter = item.filter.map(|span| Filter::new(source.layers, span));
    let before = filter.as_ref().map_or(item.lead, |f| Span::new(item.lead.start(), f.span.start()));
    let mut verb = None;
    let mut found = match &filter {
        Some(filter) => {
            let outer = lead::read(source.layers, before, Kind::Count);
            verb = outer.indicator;
            let inner = lead::read(source.layers, Span::new(filter.after, item.lead.end().max(filter.after)), quantity.kind);
            conditions::merge(outer, inner)
        }
        None => lead::read(source.layers, item.lead, quantity.kind),
    };
    let written = |index: usize| source.layers.times.get(index).is_some_and(|t| subject::in_dateline(source, t.span));
    found.time = found.time.filter(|index| !written(*index));
    measure::after_level(source, clause, state, item.lead, &mut found);
    // 增长3%至14亿元: the level that the growth before it reached
    if matches!(source.layers.text[item.lead].trim(), "至" | "到")
        && let Some(last) = state.last.as_ref().filter(|f| matches!(f.change, Change::UpBy | Change::DownBy))
    {
        found.change = Some(if last.change == Change::UpBy { Change::UpTo } else { Change::DownTo });
    }
    around::part_of_bracketed(source, clause, item.lead, state, &mut found);
    let after = around::behind(source, clause, item.index);
    counted_noun::acted_on(source.layers, quantity, after, &mut found);
    verb_after::later(source.layers, quantity, clause.span.end(), &mut found);
    share::goes_to(source.layers, quantity, after, &mut found);
    if found.part {
        subject::open_part(state);
    }
    found.subject = item.name.or(found.subject);
    let opening = source.layers.cues.source.longest(source.layers.text, clause.span.start()).is_some() && item.lead.start() == clause.span.start();
    let speaking = found.subject.is_some_and(|index| subject::speaks(source, clause, index));
    if let Some(index) = found.subject {
        if opening && found.names.first() == Some(&index) || speaking && found.names.len() < 2 {
            found.subject = None;
        } else {
            subject::set_subject(source, state, index, found.part);
        }
    }
    if speaking {
        when::drop_time_of_saying(source, clause, state);
    }
    let opens = found.light.is_some_and(|light| matches!(&source.layers.text[light], "以" | "按" | "用" | "按照"));
    state.agent = opens || state.agent && source.layers.text[item.lead].trim() == "、";
    let mut fact = base(source, clause, cues, state, &found, item.index)?;
    if fact.evidence.rule == "counted-noun" {
        state.noun_end = counted_noun::noun(source.layers, after).map_or(0, |noun| noun.end());
    }
    state.bases.extend(found.basis);
    if let Some(filter) = &filter {
        conditions::apply_filter(source, filter, verb, &mut fact, state);
    }
    // 今年我们计划把产能由800台扩大到5000台: 今年 is the time of the second value
    when::carry_time(source, item.lead, found.time, found.from && found.time.is_none(), found.basis, state);
    if found.from {
        let lead = &source.layers.text[item.lead];
        let words = fact.time.map(|span| source.layers.text[span].to_owned()).filter(|_| lead.contains('比') || lead.contains('较'));
        state.level_before = words.map(|words| (clause.span.start(), words));
    }
    Some(fact)
}

/// The fact of a value, all fields but its filter.
fn base(source: Source<'_>, clause: &Clause, cues: &[Cue], state: &Discourse, found: &Lead, index: usize) -> Option<Fact> {
    let quantity = source.quantities.get(index)?;
    let text = source.layers.text;
    let mut inferred = Vec::new();
    let after = around::behind(source, clause, index);
    let (mut indicator, rule) = indicator::indicator(source, state, found, quantity, after, &mut inferred)?;
    if rule.starts_with("carried") && (state.indicator_is_far() || equals(source, state)) {
        inferred.push("indicator");
    }
    indicator::rate_of_growth(state, found, quantity, &mut indicator, &mut inferred);
    let mut amount = quantity.amount;
    loss::losses(state, &mut indicator, &mut amount);
    let unit = measure::unit(source, state, found, quantity, &indicator, clause);
    let placed = subject::place_after(source, quantity, after);
    let built = subject::built(source, state);
    let subject = match (&placed, found.subject.and_then(|i| source.mentions.list.get(i))) {
        (Some((subject, _)), _) => Some(subject.clone()),
        (None, Some(mention)) => Some(Subject::Entity(mention.entity)),
        (None, None) if rule == "whole" => state.whole.as_ref().and_then(|whole| whole.subject.clone()),
        (None, None) if rule == "noun-before" => state.pending.as_ref().and_then(|(.., place)| place.clone()).or_else(|| state.holder()),
        (None, None) => built.clone().or_else(|| state.holder()),
    };
    if subject.is_some() && placed.is_none() && (found.subject.is_none() && (built.is_some() || state.subject_is_far()) || found.names.len() > 1) {
        inferred.push("subject");
    }
    let carried_share = state.last.as_ref().is_some_and(|f| f.change == Change::ShareOf) && found.indicator.is_none() && quantity.kind == Kind::Percent;
    let change = match found.change {
        Some(Change::UpTo | Change::DownTo) if carried_share => Change::ShareOf,
        Some(change) => change,
        None if text[quantity.span].ends_with('折') => Change::Ratio,
        None if share::of_whole(source, state, quantity, &indicator) => Change::ShareOf,
        None => Change::None,
    };
    let (change, basis) = match measure::same_change(source, state, found, quantity) {
        Some(last) => (last.change, last.basis.clone()),
        None => (change, measure::basis(source, state, found, quantity, change, subject.as_ref(), clause)),
    };
    let (period, time) = when::time(source, state, found, quantity, clause, subject.as_ref(), &indicator);
    let (period, time) = if time.is_none() && period == Period::default() {
        when::restated(state, quantity, subject.as_ref(), found).unwrap_or((period, time))
    } else {
        (period, time)
    };
    let modality = certainty::certain(source, state, cues, found, quantity, clause, period, &indicator);
    let condition = match placed {
        Some((_, verb)) => Some(verb),
        None => conditions::condition(source, state, found, quantity, after, &indicator, change),
    };
    let sentence = sentence_of(source, quantity.span, clause.span);
    inferred.sort_unstable();
    inferred.dedup();
    if !indicator::nameable(&indicator) {
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
        evidence: Evidence { sentence, rule: shape(found, change, &amount, quantity, rule) },
    })
}

/// The name of the shape that a fact was read in; a level is named after the way its indicator was found.
fn shape(found: &Lead, change: Change, amount: &Amount, quantity: &Quantity, named: &'static str) -> &'static str {
    match change {
        _ if *amount != quantity.amount => "loss",
        _ if found.from => "from-to",
        Change::ShareOf => "share",
        Change::Ratio if named != "discount" => "ratio",
        Change::UpBy | Change::DownBy if found.compared => "comparison",
        Change::UpBy | Change::DownBy => "change",
        Change::UpTo | Change::DownTo => "level-reached",
        _ if found.level_only => "from-to",
        _ if found.each.is_some() => "rate",
        _ => named,
    }
}

/// True where the sentence before has several levels that a growth without a name may be of.
fn equals(source: Source<'_>, state: &Discourse) -> bool {
    let Some(last) = state.last.as_ref() else { return false };
    let place = |fact: &Fact| source.quantities.get(fact.quantity).map(|q| q.span);
    let Some(end) = place(last) else { return false };
    let clause = |span: Span| source.clauses.partition_point(|clause| clause.span.end() < span.end());
    state
        .recent
        .iter()
        .rev()
        .skip(1)
        .take_while(|fact| place(fact).is_some_and(|span| clause(span) == clause(end)))
        .any(|fact| fact.change == Change::None && last.change == Change::None && fact.indicator != last.indicator)
}

/// True inside the line of a table.
fn in_table_line(source: Source<'_>, span: Span) -> bool {
    let after = source.tables.lines.partition_point(|line| line.end() < span.end());
    source.tables.lines.get(after).is_some_and(|line| line.contains(span))
}

/// The table cell whose number stands at a span.
fn cell_at(source: Source<'_>, span: Span) -> Option<&Cell> {
    starting(&source.tables.cells, span.start(), |cell| cell.quantity.span).map(|(_, cell)| cell)
}

/// The sentence that holds a span.
fn sentence_of(source: Source<'_>, span: Span, otherwise: Span) -> Span {
    let index = source.sentences.partition_point(|s| s.end() < span.end());
    source.sentences.get(index).copied().filter(|s| s.contains(span)).unwrap_or(otherwise)
}

/// So many facts of one value are kept for figures that are given again.
const ALIKE: usize = 16;

/// Keeps what later facts may need of this one.
fn remember(source: Source<'_>, state: &mut Discourse, fact: Fact, facts: &mut Vec<Fact>) {
    let quantity = source.quantities.get(fact.quantity);
    // 高于全省平均 is no basis of the growth that follows
    let lasting = |basis: &str| source.layers.cues.basis_word.longest(basis, 0).is_some() || basis.contains(['年', '月', '季', '期', '周', '日', '初', '末']);
    if let (Change::UpBy | Change::DownBy, Some(basis)) = (fact.change, fact.basis.as_ref().filter(|basis| lasting(basis))) {
        state.basis = Some((fact.subject.clone(), basis.clone()));
    }
    let group = source.layers.cues.group.ending(&fact.indicator, fact.indicator.len()).is_some();
    // each counted group takes the place of the one before; a filter has named its own already
    let named = state.filter.as_ref().is_some_and(|filter| {
        fact.condition.as_ref().is_some_and(|c| c.ends_with(filter.as_str())) && state.group.as_ref().is_some_and(|g| g.contains(filter.as_str()))
    });
    if quantity.is_some_and(|q| q.kind == Kind::Count) && group && !named && fact.change == Change::None {
        // 签约六个项目，总投资7亿元: what was done to them names the group
        let verb = fact.condition.as_deref().filter(|words| source.layers.cues.transitive.get(words).is_some()).unwrap_or_default();
        state.group = Some(format!("{verb}{}", fact.indicator));
    }
    if state.line_time.is_none()
        && state.period_time.is_none()
        && let Some(span) = fact.time
    {
        state.line_time = source.layers.time_at(span.start()).map(|(index, _)| index).filter(|_| state.taken_times.contains(&span));
    }
    state.taken_times.extend(fact.time);
    let kept = Rc::new(fact.clone());
    facts.push(fact);
    if let Some(low) = kept.amount.low().filter(|_| kept.time.is_some()) {
        let alike = state.dated.entry(low).or_default();
        alike.truncate(ALIKE - 1);
        alike.insert(0, Rc::clone(&kept));
    }
    state.recent.push(Rc::clone(&kept));
    state.note(kept);
}
