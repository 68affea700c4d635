//! The same amount again in another unit: 3.1万公顷（46.5万亩）. It is no fact of its own (guideline Q7).
//!
//! 青山县播种面积3.1万公顷（46.5万亩）。 => 青山县 · 播种面积 · 31000 公顷
//! 青山县播种面积3.1万公顷（占全县的两成）。 => 青山县 · 播种面积 · 31000 公顷 ; 青山县 · 播种面积 · 20 % · share_of 全县

use crate::dict::{Kind, Units};
use crate::tag::Quantity;

/// `3.1万公顷（46.5万亩）`, `1亿美元，折合人民币7.1亿元`.
pub(in crate::link) fn converts(text: &str, previous: &Quantity, quantity: &Quantity, units: &Units) -> bool {
    let gap = &text[previous.span.end()..quantity.span.start()];
    let words = gap.trim_start_matches(['，', ' ']);
    let bracket = gap.starts_with(['（', '(']);
    let said = ["折合", "约合", "合计约合", "换算", "折算", "相当于"].iter().any(|word| words.trim_start_matches(['（', '(']).starts_with(word))
        || words.trim_start_matches(['（', '(']) == "合";
    let (a, b) = (previous.unit.dimension(units), quantity.unit.dimension(units));
    if quantity.kind == Kind::Percent || quantity.kind == Kind::Count || a != b || gap.chars().count() > 10 {
        return false;
    }
    let bare = gap.trim_start_matches(['（', '(']).trim_start_matches("约").is_empty();
    said || bracket && bare
}
