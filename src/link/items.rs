//! The values of a clause, each with the words before it.

use crate::Span;
use crate::link::clauses::Clause;
use crate::link::facts::Source;
use crate::link::{Role, around, conditions, measure, roles};

/// A quantity with its place in the clause.
#[derive(Clone, Copy)]
pub(super) struct Item {
    pub(super) index: usize,
    pub(super) lead: Span,
    pub(super) filter: Option<Span>,
    /// True for a value that stands inside the basis of the next one: (完成年初预算数)60999万元(的40.4%).
    pub(super) aside: bool,
    /// The name that holds the value: 年产2万吨饲料项目.
    pub(super) name: Option<usize>,
}

/// Where the values of items stand.
pub(super) fn spans(source: Source<'_>, items: &[Item]) -> Vec<Span> {
    items.iter().filter_map(|item| source.quantities.get(item.index)).map(|q| q.span).collect()
}

/// The values of a clause, each with the words before it and the filter that stands there.
pub(super) fn items(source: Source<'_>, clause: &Clause, range: std::ops::Range<usize>) -> Vec<Item> {
    let mut items = Vec::new();
    let mut from = clause.span.start();
    let mut filter = None;
    for index in range {
        let (Some(quantity), Some(role)) = (source.quantities.get(index), source.roles.get(index)) else { continue };
        let end = conditions::past_hedge(source.layers, quantity.span.end());
        match role {
            Role::Value => {
                if let Some((number, mention)) = around::named_by(source, clause, index) {
                    let lead = Span::new(from.max(mention.span.start()), quantity.span.start());
                    items.push(Item { index, lead, filter: None, aside: false, name: Some(number) });
                    (from, filter) = (mention.span.end(), None);
                    continue;
                }
                let mut lead = Span::new(from, quantity.span.start());
                // “1个主会场+5个分会场”: what stands before the mark names nothing here
                if source.layers.text[lead].ends_with(['“', '+', '＋']) {
                    lead = Span::new(lead.end(), lead.end());
                }
                if let Some(noun) = measure::inside_basis(source, clause, lead, index).filter(|_| filter.is_none()) {
                    items.push(Item { index, lead: noun, filter, aside: true, name: None });
                    continue;
                }
                items.push(Item { index, lead, filter, aside: false, name: None });
                filter = None;
                from = end;
            }
            Role::Filter => filter = Some(filter.map_or(quantity.span, |f: Span| f.join(quantity.span))),
            // “10万亩高标准农田项目”总投资: the name opens the words before the next value
            Role::Other if around::named_by(source, clause, index).is_some() => {}
            Role::Other if roles::opens_measure(source.layers.text, quantity) => {}
            Role::Conversion | Role::Generic | Role::Other => from = end,
        }
    }
    items
}
