//! What stands where in the text: one file a layer, each a plain function that makes the layer.

pub mod mentions;
pub mod numerals;
pub mod overlap;
pub mod quantities;
pub mod tables;
pub mod times;
pub mod units;

pub use mentions::{Entity, EntityId, EntityKind, Mention, Mentions, mentions};
pub use numerals::{Amount, Form, Numeral, Refusal, numerals};
pub use quantities::{Quantity, bounded, quantities};
pub use tables::tables;
pub use times::{Moment, Period, TimeKind, TimeRef, times};
pub use units::UnitExpr;
