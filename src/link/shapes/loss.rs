//! A loss is a negative profit (guideline Q8).
//!
//! 昊原集团净利润亏损2亿元。 => 昊原集团 · 净利润 · -200000000 元
//! 昊原集团亏损企业2家。 => 昊原集团 · 亏损企业 · 2 家

use crate::link::discourse::Discourse;
use crate::tag::Amount;

/// Q8: 净利润亏损2亿元 is negative; 盈利 takes up the indicator before it.
pub(in crate::link) fn losses(state: &Discourse, indicator: &mut String, amount: &mut Amount) {
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
