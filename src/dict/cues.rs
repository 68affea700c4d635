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
    /// 节约, 附近: words that end like one of these and say nothing of the number
    Nothing,
}

/// The words that steer the reading.
#[derive(Debug)]
pub struct Cues {
    /// Words before a number: 约, 超过, 不低于.
    pub hedges_before: Words<Hedge>,
    /// Words after a unit: 左右, 以上.
    pub hedges_after: Words<Hedge>,
    /// Words that name money: 投资, 收入. An amount beside one may leave out 元.
    pub money_words: Words<()>,
    /// Words of repeated actions: 每月, 至少. They let 一次 count.
    pub repeats: Words<()>,
    /// Characters before 一 that make no noun: 第, 每, 这.
    pub before_one: Words<()>,
    /// 仅, 只: they let 一 count.
    pub only: Words<()>,
    /// Nouns spoken of in general: 方面, 环节.
    pub themes: Words<()>,
    /// Words that begin with 成 and are no tenths: 成立, 成员.
    pub not_tenths: Words<()>,
    /// Words that name a resolution.
    pub resolutions: Words<()>,
    /// 为, 是, 达到: they stand between an indicator and its value.
    pub copulas: Words<()>,
    /// Ends of indicators that have no unit: 容积率, 指数, 收入比, and of changes of one.
    pub index_words: Words<()>,
}

impl Cues {
    pub(super) fn read(reader: &mut Reader<'_>) -> Cues {
        let mut cues = Cues {
            hedges_before: Words::default(),
            hedges_after: Words::default(),
            money_words: Words::default(),
            repeats: Words::default(),
            before_one: Words::default(),
            only: Words::default(),
            themes: Words::default(),
            not_tenths: Words::default(),
            resolutions: Words::default(),
            copulas: Words::default(),
            index_words: Words::default(),
        };
        for row in reader.rows("hedges.tsv", &["text", "side", "comparison", "example"]) {
            let hedge = match row.cell(2) {
                "approx" => Hedge::About,
                "ge" => Hedge::AtLeast,
                "gt" => Hedge::Above,
                "le" => Hedge::AtMost,
                "lt" => Hedge::Below,
                "eq" => Hedge::Nothing,
                other => {
                    reader.fail(&row, "approx, ge, gt, le, lt or eq", &format!("`{other}`"));
                    continue;
                }
            };
            match row.cell(1) {
                "before" => cues.hedges_before.add(row.cell(0), hedge),
                "after" => cues.hedges_after.add(row.cell(0), hedge),
                other => reader.fail(&row, "before or after", &format!("`{other}`")),
            }
        }
        for row in reader.rows("contexts.tsv", &["text", "list", "example"]) {
            match cues.list(row.cell(1)) {
                Some(list) => list.add(row.cell(0), ()),
                None => reader.fail(&row, "the name of a list (see the head of the file)", &format!("`{}`", row.cell(1))),
            }
        }
        cues.hedges_before.sort();
        cues.hedges_after.sort();
        for name in LISTS {
            if let Some(list) = cues.list(name) {
                list.sort();
            }
        }
        cues
    }

    fn list(&mut self, name: &str) -> Option<&mut Words<()>> {
        Some(match name {
            "money" => &mut self.money_words,
            "repeat" => &mut self.repeats,
            "before-one" => &mut self.before_one,
            "only" => &mut self.only,
            "theme" => &mut self.themes,
            "not-tenths" => &mut self.not_tenths,
            "resolution" => &mut self.resolutions,
            "copula" => &mut self.copulas,
            "index" => &mut self.index_words,
            _ => return None,
        })
    }
}

/// The lists of `contexts.tsv`.
const LISTS: [&str; 9] = ["money", "repeat", "before-one", "only", "theme", "not-tenths", "resolution", "copula", "index"];
