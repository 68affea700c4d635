//! Words of the cross-checks: which figures are parts of one another, and what a basis means.

use super::table::{Reader, Row};
use super::words::Words;

/// A sum and the parts that always make it up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breakdown {
    /// The names of the sum: 进出口总值, 进出口.
    pub whole: Vec<String>,
    /// The names of its parts, each needed once: 出口, 进口.
    pub parts: Vec<String>,
}

/// An indicator that is one figure divided by another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotient {
    /// The ends of its name: 人口密度.
    pub names: Vec<String>,
    /// The ends of what is divided: 人口.
    pub over: Vec<String>,
    /// The ends of what it is divided by: 面积.
    pub under: Vec<String>,
}

/// The words of the cross-checks.
#[derive(Debug, Default)]
pub struct CheckWords {
    /// Sums with their parts.
    pub breakdowns: Vec<Breakdown>,
    /// Quotients with what they divide.
    pub quotients: Vec<Quotient>,
    /// Words after which parts follow: 其中.
    pub openings: Words<()>,
    /// Words that open the sum after its parts: 合计.
    pub totals: Words<()>,
    /// What stands before the name of a sum over several holders: 总.
    pub overall: Words<()>,
    /// Words for what a figure was to reach: 目标.
    pub targets: Words<()>,
    /// Bases that mean the same period a year earlier: 同比.
    pub earlier: Words<()>,
    /// Words with which growth is no quotient of the two levels: 可比价格.
    pub real: Words<()>,
    /// Words before the name of a whole: 全市.
    pub regions: Words<()>,
}

impl CheckWords {
    pub(super) fn read(reader: &mut Reader<'_>) -> CheckWords {
        let mut checks = CheckWords::default();
        for row in reader.rows("checks.tsv", &["words", "kind", "of", "example"]) {
            let words = match row.cell(1) {
                "whole" => {
                    let parts = names(&row, 2);
                    if parts.len() < 2 {
                        reader.fail(&row, "two or more parts in the third cell", &format!("`{}`", row.cell(2)));
                    }
                    checks.breakdowns.push(Breakdown { whole: names(&row, 0), parts });
                    continue;
                }
                "quotient" => {
                    match row.cell(2).split_once('/') {
                        Some((over, under)) => checks.quotients.push(Quotient { names: names(&row, 0), over: cut(over), under: cut(under) }),
                        None => reader.fail(&row, "`divided / by` in the third cell", &format!("`{}`", row.cell(2))),
                    }
                    continue;
                }
                "opening" => &mut checks.openings,
                "total" => &mut checks.totals,
                "overall" => &mut checks.overall,
                "target" => &mut checks.targets,
                "earlier" => &mut checks.earlier,
                "real" => &mut checks.real,
                "region" => &mut checks.regions,
                other => {
                    reader.fail(&row, "whole, quotient, opening, total, overall, target, earlier, real or region", &format!("`{other}`"));
                    continue;
                }
            };
            for word in row.names(0) {
                words.add(word, ());
            }
        }
        checks
    }
}

fn names(row: &Row<'_>, column: usize) -> Vec<String> {
    row.names(column).map(str::to_owned).collect()
}

fn cut(names: &str) -> Vec<String> {
    names.split('|').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}
