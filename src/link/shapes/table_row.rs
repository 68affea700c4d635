//! Rows of tables: the heads of the row and of the column tell whose figure it is, what it measures, when, and whether it is a
//! level, a rate of growth, a share, a plan.
//!
//! 青山县主要指标\n单位：万元\n指标 | 6月 | 同比增长（%）\n税收收入 | 41,022 | 12.3 => 青山县 · 税收收入 · 410220000 元 · @6月 ; 青山县 · 税收收入 · 12.3 % · up_by 同比 · @6月
//! 财政总收入 68,907 17.9 => -

use crate::Span;
use crate::dict::Certainty;
use crate::link::discourse::Discourse;
use crate::link::facts::Source;
use crate::link::{Change, Evidence, Fact, Modality, Subject, when};
use crate::tag::Period;
use crate::tag::tables::{Cell, Says};

/// The fact of a table's cell; `index` is the number of its quantity. A cell that tells neither whose figure it is nor what it
/// measures makes none.
pub fn cell(source: Source<'_>, cell: &Cell, index: usize, state: &Discourse) -> Option<Fact> {
    let quantity = source.quantities.get(index)?;
    let text = source.layers.text;
    let (subject, indicator) = whose(source, cell, state)?;
    let unitless = quantity.unit.unit == source.layers.units.no_unit();
    if unitless && source.layers.cues.index_words.ending(&indicator, indicator.len()).is_none() {
        return None;
    }
    let time = cell.time.and_then(|i| source.layers.times.get(i));
    let (period, span) = match (time, source.frame) {
        (Some(time), _) => (time.period, Some(time.span)),
        _ if when::attribute(source, subject.as_ref(), &indicator, quantity) => (Period::default(), None),
        (None, Some(frame)) => (frame.period, frame.span),
        (None, None) => (Period::default(), None),
    };
    let change = match cell.says {
        Says::Level => Change::None,
        Says::Growth => Change::UpBy,
        Says::Fall => Change::DownBy,
        Says::Share => Change::ShareOf,
        Says::Done => Change::Ratio,
    };
    let sentence = source.sentences.partition_point(|s| s.end() < quantity.span.end());
    let sentence = source.sentences.get(sentence).copied().filter(|s| s.contains(quantity.span)).unwrap_or(quantity.span);
    Some(Fact {
        quantity: index,
        subject,
        indicator,
        amount: quantity.amount,
        unit: quantity.unit,
        change,
        basis: cell.basis.map(|span| text[span].to_owned()),
        period,
        time: span,
        modality: match cell.certainty {
            Some(Certainty::Planned) => Modality::Planned,
            Some(Certainty::Target) => Modality::Target,
            Some(Certainty::Forecast) => Modality::Forecast,
            Some(Certainty::Actual) | None => Modality::Actual,
        },
        condition: None,
        inferred: Vec::new(),
        evidence: Evidence { sentence, rule: "table-row" },
    })
}

/// Whose figure a cell holds and what it measures. A row or a column that is a name is the subject; else the article's topic is.
fn whose(source: Source<'_>, cell: &Cell, state: &Discourse) -> Option<(Option<Subject>, String)> {
    let text = source.layers.text;
    let named =
        |span: Span| source.layers.mention_at(span.start()).filter(|(_, mention)| mention.span == span).map(|(_, mention)| Subject::Entity(mention.entity));
    let row = text[cell.row].to_owned();
    let measure = cell.measure.map(|span| text[span].to_owned());
    let item = cell.item.map(|span| text[span].to_owned());
    let of_row = named(cell.row);
    if of_row.is_some() || cell.row_is_name {
        let whole = cell.total.then(|| state.topic.clone());
        let subject = whole.unwrap_or_else(|| of_row.or(Some(Subject::Phrase(row))));
        let indicator = match (item, measure) {
            (Some(item), measure) => format!("{item}{}", measure.unwrap_or_default()),
            (None, Some(measure)) => measure,
            (None, None) => in_caption(source, cell)?,
        };
        return Some((subject, indicator));
    }
    if let Some(subject) = cell.measure.and_then(named) {
        return Some((Some(subject), row));
    }
    let indicator = match measure {
        _ if cell.total => measure?,
        // 收入合计 under 收入
        Some(measure) if !row.ends_with(measure.as_str()) => format!("{row}{measure}"),
        _ => row,
    };
    Some((state.topic.clone(), indicator))
}

/// The indicator that the line above a table names: 各区县地区生产总值.
fn in_caption(source: Source<'_>, cell: &Cell) -> Option<String> {
    let words = &source.layers.text[cell.caption?];
    let found = source.layers.cues.indicators.places(words).max_by_key(|(at, len, _)| (*len, *at))?;
    words.get(found.0..found.0 + found.1).map(str::to_owned)
}
