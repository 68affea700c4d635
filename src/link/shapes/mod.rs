//! The shapes of clauses that make facts, one file a shape. Each file opens with what it reads, an example that it takes and one
//! that it must refuse; `tests/cases.rs` runs both.

pub(in crate::link) mod change;
pub(in crate::link) mod comparison;
pub(in crate::link) mod conversion;
pub(in crate::link) mod counted_noun;
pub(in crate::link) mod from_to;
pub(in crate::link) mod in_turn;
pub(in crate::link) mod loss;
pub(in crate::link) mod rate;
pub(in crate::link) mod ratio;
pub(in crate::link) mod respectively;
pub(in crate::link) mod restored;
pub(in crate::link) mod share;
pub(in crate::link) mod table_row;
pub(in crate::link) mod threshold;
pub(in crate::link) mod verb_after;
