//! Rows of tables: the head of the row is the indicator, the head of the column tells the time or that it is a growth rate.
//!
//! 青山县主要指标\n单位：万元\n指标 | 6月 | 同比增长（%）\n税收收入 | 41,022 | 12.3 => 青山县 · 税收收入 · 410220000 元 · @6月 ; 青山县 · 税收收入 · 12.3 % · up_by 同比 · @6月
//! 财政总收入 68,907 17.9 => -

use crate::link::facts::Source;
use crate::link::{Change, Evidence, Fact, Modality, Subject};
use crate::tag::{Period, tables::Cell};

/// The fact of a table's cell; `index` is the number of its quantity, `subject` what the article is about.
pub fn cell(source: Source<'_>, cell: &Cell, index: usize, subject: Option<Subject>) -> Option<Fact> {
    let quantity = source.quantities.get(index)?;
    let text = source.layers.text;
    let indicator = text[cell.row].to_owned();
    let time = cell.time.and_then(|i| source.layers.times.get(i));
    let (period, span) = match (time, source.frame) {
        (Some(time), _) => (time.period, Some(time.span)),
        (None, Some(frame)) => (frame.period, frame.span),
        (None, None) => (Period::default(), None),
    };
    let column = cell.column.map(|span| &text[span]).unwrap_or_default();
    let basis = ["同比", "环比", "上年同期", "上年", "去年"].into_iter().find(|word| column.contains(word)).map(str::to_owned);
    let sentence = source.sentences.iter().find(|s| s.contains(quantity.span)).copied().unwrap_or(quantity.span);
    Some(Fact {
        quantity: index,
        subject,
        indicator,
        amount: quantity.amount,
        unit: quantity.unit,
        change: if cell.growth { Change::UpBy } else { Change::None },
        basis: basis.filter(|_| cell.growth),
        period,
        time: span,
        modality: Modality::Actual,
        condition: None,
        inferred: Vec::new(),
        evidence: Evidence { sentence, rule: "table-row" },
    })
}
