//! Diff: what changed between two runs, row by row and field by field.

mod pairs;
mod sheet;

use std::collections::BTreeMap;

use crate::emit::Table;

pub use sheet::{Sheet, SheetError};

/// A row of one of two tables, by column.
pub type Row = Vec<(String, String)>;

/// What happened to a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// Only the second table has it.
    Appeared(Row),
    /// Only the first table has it.
    Went(Row),
    /// Both have it, with other cells: the row of the second table, and column, first and second cell.
    Changed(Row, Vec<(String, String, String)>),
}

impl Difference {
    /// The row; of a changed one, what it is now.
    pub fn row(&self) -> &Row {
        match self {
            Difference::Appeared(row) | Difference::Went(row) | Difference::Changed(row, _) => row,
        }
    }

    /// The cell of its row in a column; empty where there is none.
    pub fn cell(&self, column: &str) -> &str {
        self.row().iter().find(|(name, _)| name == column).map_or("", |(_, cell)| cell)
    }

    /// True where a row stands elsewhere in its article and says what it said.
    pub fn is_move(&self) -> bool {
        matches!(self, Difference::Changed(_, fields) if fields.iter().all(|(column, ..)| column == "start" || column == "end"))
    }
}

/// How many rows of a rule appeared, went and changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Rows that only the second table has.
    pub appeared: usize,
    /// Rows that only the first table has.
    pub went: usize,
    /// Rows with other cells.
    pub changed: usize,
}

/// What changed between two tables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diff {
    /// How many rows the first table has.
    pub before: usize,
    /// How many rows the second table has.
    pub after: usize,
    /// How many rows are the same in both, wherever they stand.
    pub same: usize,
    /// The columns that only the second table has.
    pub new_columns: Vec<String>,
    /// The columns that only the first table has.
    pub old_columns: Vec<String>,
    /// What happened to the others, by article and place.
    pub differences: Vec<Difference>,
}

impl Diff {
    /// Compares two tables over the columns that both have. The order of rows says nothing.
    pub fn new(before: &Sheet, after: &Sheet) -> Diff {
        let only = |one: &Sheet, other: &Sheet| one.columns.iter().filter(|name| other.at(name).is_none()).cloned().collect();
        let (same, mut pairs) = pairs::pairs(before, after);
        let row = |sheet: &Sheet, at: usize| -> Row { sheet.columns.iter().cloned().zip(sheet.rows.get(at).cloned().unwrap_or_default()).collect() };
        pairs.sort_by_key(|&(old, new)| pairs::place(before, old, after, new));
        let differences = pairs.into_iter().filter_map(|pair| match pair {
            (Some(old), Some(new)) => {
                let differs = |column: &&String| before.at(column).is_some() && before.cell(old, column) != after.cell(new, column);
                let fields = after
                    .columns
                    .iter()
                    .filter(differs)
                    .map(|column| (column.clone(), before.cell(old, column).to_owned(), after.cell(new, column).to_owned()));
                Some(Difference::Changed(row(after, new), fields.collect()))
            }
            (Some(old), None) => Some(Difference::Went(row(before, old))),
            (None, Some(new)) => Some(Difference::Appeared(row(after, new))),
            (None, None) => None,
        });
        Diff {
            before: before.rows.len(),
            after: after.rows.len(),
            same,
            new_columns: only(after, before),
            old_columns: only(before, after),
            differences: differences.collect(),
        }
    }

    /// True where nothing changed.
    pub fn is_same(&self) -> bool {
        self.differences.is_empty() && self.new_columns.is_empty() && self.old_columns.is_empty()
    }

    /// The counts by rule; a changed row counts for the rule that makes it now, a row that only
    /// moved for none. Empty for tables without rules.
    pub fn rules(&self) -> BTreeMap<String, Count> {
        let mut rules: BTreeMap<String, Count> = BTreeMap::new();
        for difference in self.differences.iter().filter(|difference| !difference.is_move() && !difference.cell("rule").is_empty()) {
            let count = rules.entry(difference.cell("rule").to_owned()).or_default();
            match difference {
                Difference::Appeared(_) => count.appeared += 1,
                Difference::Went(_) => count.went += 1,
                Difference::Changed(..) => count.changed += 1,
            }
        }
        rules
    }
}

/// Compares the tables of two runs: each table with its first and second sheet, none where a run has no such table.
pub fn diff(tables: Vec<(Table, Option<Sheet>, Option<Sheet>)>) -> Vec<(Table, Diff)> {
    let facts = tables.iter().find(|(table, ..)| *table == Table::Facts).cloned();
    let compare = |(table, before, after): (Table, Option<Sheet>, Option<Sheet>)| {
        // a table that is not there has the other's columns and no rows
        let empty = |like: &Option<Sheet>| Sheet { columns: like.as_ref().map(|sheet| sheet.columns.clone()).unwrap_or_default(), rows: Vec::new() };
        let (mut old, mut new) = (before.clone().unwrap_or_else(|| empty(&after)), after.unwrap_or_else(|| empty(&before)));
        if let (Table::Checks, Some((_, Some(old_facts), Some(new_facts)))) = (table, &facts) {
            old.resolve(old_facts);
            new.resolve(new_facts);
        }
        (table, Diff::new(&old, &new))
    };
    tables.into_iter().map(compare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(rows: &str) -> Sheet {
        let text = format!("article,subject,indicator,written,value,rule,start,end\n{rows}");
        Sheet::read(Table::Facts, "facts.csv", text.as_bytes(), b',').expect("a table")
    }

    fn said(diff: &Diff) -> Vec<String> {
        let line = |difference: &Difference| match difference {
            Difference::Appeared(_) => format!("+ {}", difference.cell("written")),
            Difference::Went(_) => format!("- {}", difference.cell("written")),
            Difference::Changed(_, fields) => {
                let fields: Vec<String> = fields.iter().map(|(column, old, new)| format!("{column} {old}→{new}")).collect();
                format!("~ {} {}", difference.cell("written"), fields.join(" "))
            }
        };
        diff.differences.iter().map(line).collect()
    }

    const ROWS: &str = "a,青山县,项目,12个,12,r1,5,8\na,青山县,总投资,60亿元,6000000000,r1,12,16\nb,绿水县,项目,3个,3,r2,5,7\n";

    #[test]
    fn the_order_of_rows_says_nothing() {
        let turned: String = ROWS.lines().rev().map(|line| format!("{line}\n")).collect();
        let diff = Diff::new(&facts(ROWS), &facts(&turned));
        assert!(diff.is_same());
        assert_eq!(diff.same, 3);
    }

    #[test]
    fn rows_are_paired_by_their_place_and_then_by_what_they_say() {
        let after = "b,绿水县,项目,3个,3,r2,5,7\na,青山县,新项目,12个,12,r3,5,8\na,青山县,利润,5元,5,r3,20,22\n";
        let diff = Diff::new(&facts(ROWS), &facts(after));
        assert_eq!(said(&diff), ["~ 12个 indicator 项目→新项目 rule r1→r3", "- 60亿元", "+ 5元"]);
        assert_eq!(diff.rules().get("r3"), Some(&Count { appeared: 1, went: 0, changed: 1 }));
        assert_eq!(diff.rules().get("r1"), Some(&Count { appeared: 0, went: 1, changed: 0 }));
        // a word put in front of the article moves its rows
        let moved = ROWS.replace(",5,8", ",7,10").replace(",12,16", ",14,18");
        let diff = Diff::new(&facts(ROWS), &facts(&moved));
        assert_eq!(said(&diff), ["~ 12个 start 5→7 end 8→10", "~ 60亿元 start 12→14 end 16→18"]);
        assert!(diff.differences.iter().all(Difference::is_move));
    }

    #[test]
    fn several_facts_on_one_quantity_keep_apart() {
        let before = "a,甲县,项目,2个,2,r,5,7\na,乙县,项目,2个,2,r,5,7\n";
        let after = "a,乙县,项目,2个,2,r,5,7\na,甲县,新项目,2个,2,r,5,7\na,丙县,项目,2个,2,r,5,7\n";
        let diff = Diff::new(&facts(before), &facts(after));
        assert_eq!(diff.same, 1);
        assert_eq!(said(&diff), ["~ 2个 indicator 项目→新项目", "+ 2个"]);
    }

    #[test]
    fn a_table_or_a_column_may_be_new() {
        let after = Sheet::read(Table::Facts, "b", "article,start,end,place\na,1,2,x\n".as_bytes(), b',').expect("a table");
        let before = Sheet::read(Table::Facts, "a", "article,end,start,colour\na,2,1,red\n".as_bytes(), b',').expect("a table");
        let diff = Diff::new(&before, &after);
        assert_eq!((diff.same, diff.new_columns.join(","), diff.old_columns.join(",")), (1, "place".to_owned(), "colour".to_owned()));
        assert!(!diff.is_same());
        let all = super::diff(vec![(Table::Facts, None, Some(after))]);
        assert_eq!(all.first().map(|(_, diff)| (diff.before, diff.after, diff.differences.len(), diff.new_columns.len())), Some((0, 1, 1, 0)));
    }

    #[test]
    fn arithmetic_is_compared_by_its_facts() {
        let checks = |rows: &str| {
            Some(Sheet::read(Table::Checks, "checks.csv", format!("article,kind,facts,expected,found,holds\n{rows}").as_bytes(), b',').expect("a table"))
        };
        let more = format!("0,甲县,项目,1个,1,r,1,2\n{ROWS}");
        let tables =
            vec![(Table::Facts, Some(facts(ROWS)), Some(facts(&more))), (Table::Checks, checks("a,repeat,1+2,3,3,true\n"), checks("a,repeat,2+3,3,3,true\n"))];
        let all = super::diff(tables);
        assert_eq!(all.iter().map(|(_, diff)| diff.is_same()).collect::<Vec<_>>(), [false, true]);
    }
}
