//! Which figures stand inside the name of a project: 年产2万吨饲料项目, “10万亩高标准农田建设项目”.

use crate::Span;
use crate::tag::{Entity, EntityKind, Mention, Quantity};

/// The place of each such figure with the number of the mention that holds it, in order; few articles have any.
pub fn named(mentions: &[Mention], entities: &[Entity], quantities: &[Quantity]) -> Vec<(Span, usize)> {
    let mut found = Vec::new();
    let mut next = 0;
    for (number, mention) in mentions.iter().enumerate() {
        while quantities.get(next).is_some_and(|quantity| quantity.span.start() < mention.span.start()) {
            next += 1;
        }
        let inside = quantities.iter().skip(next).take_while(|quantity| mention.span.contains(quantity.span));
        let project = || entities.get(mention.entity.0 as usize).is_some_and(|entity| entity.kind == EntityKind::Project);
        found.extend(inside.filter(|_| project()).map(|quantity| (quantity.span, number)));
    }
    found
}
