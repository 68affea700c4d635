//! Cues: the words that steer how quantities and facts are read.

use super::table::Reader;
use super::words::Words;

/// On which side of the number a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Before the number.
    Before,
    /// After the unit.
    After,
}

/// How a word beside a number takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hedge {
    /// 约, 近, 左右
    About,
    /// 不低于, 以上
    AtLeast,
    /// 超过, 逾
    Above,
    /// 不超过, 以内
    AtMost,
    /// 不足, 低于
    Below,
}

/// The words that steer the reading.
#[derive(Debug)]
pub struct Cues {
    /// Words before a number: 约, 超过, 不低于.
    pub hedges_before: Words<Hedge>,
    /// Words after a unit: 左右, 以上.
    pub hedges_after: Words<Hedge>,
}

impl Cues {
    pub(super) fn read(reader: &mut Reader<'_>) -> Cues {
        let mut cues = Cues { hedges_before: Words::default(), hedges_after: Words::default() };
        for row in reader.rows("hedges.tsv", &["text", "side", "comparison", "example"]) {
            let hedge = match row.cell(2) {
                "approx" => Hedge::About,
                "ge" => Hedge::AtLeast,
                "gt" => Hedge::Above,
                "le" => Hedge::AtMost,
                "lt" => Hedge::Below,
                other => {
                    reader.fail(&row, "approx, ge, gt, le or lt", &format!("`{other}`"));
                    continue;
                }
            };
            match row.cell(1) {
                "before" => cues.hedges_before.add(row.cell(0), hedge),
                "after" => cues.hedges_after.add(row.cell(0), hedge),
                other => reader.fail(&row, "before or after", &format!("`{other}`")),
            }
        }
        cues.hedges_before.sort();
        cues.hedges_after.sort();
        cues
    }
}
