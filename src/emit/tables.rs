//! The tables: the one place that names them.

use super::columns::{self, Column};

/// A table of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Who, what, how much, when, how certain: one row a fact.
    Facts,
    /// Every quantity.
    Quantities,
    /// Every name.
    Entities,
    /// Every time expression.
    Times,
    /// One row an article.
    Articles,
    /// The arithmetic that the article itself offers: one row a piece.
    Checks,
    /// Every number, whatever it counts.
    Numerals,
    /// Every word; quantities, times and names are one word each.
    Tokens,
    /// Every sentence.
    Sentences,
    /// What could not be read.
    Errors,
}

/// The language of the header line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Header {
    /// `subject,indicator,value`
    #[default]
    En,
    /// `主体,指标,数值`
    Zh,
    /// `subject 主体,indicator 指标,value 数值`
    Both,
}

impl Table {
    /// All tables that can be asked for.
    pub const ALL: [Table; 9] =
        [Table::Facts, Table::Quantities, Table::Entities, Table::Times, Table::Articles, Table::Checks, Table::Numerals, Table::Tokens, Table::Sentences];
    /// The tables that are written where none are named.
    pub const DEFAULT: [Table; 6] = [Table::Facts, Table::Quantities, Table::Entities, Table::Times, Table::Articles, Table::Checks];

    /// The name: `facts`. The file is `facts.csv`.
    pub fn name(self) -> &'static str {
        match self {
            Table::Facts => "facts",
            Table::Quantities => "quantities",
            Table::Entities => "entities",
            Table::Times => "times",
            Table::Articles => "articles",
            Table::Checks => "checks",
            Table::Numerals => "numerals",
            Table::Tokens => "tokens",
            Table::Sentences => "sentences",
            Table::Errors => "errors",
        }
    }

    /// The name for readers of a header's language: `facts`, `事实表`, `facts 事实表`.
    pub fn title(self, header: Header) -> String {
        let zh = match self {
            Table::Facts => "事实表",
            Table::Quantities => "数量表",
            Table::Entities => "名称表",
            Table::Times => "时间表",
            Table::Articles => "文章表",
            Table::Checks => "核对表",
            Table::Numerals => "数字表",
            Table::Tokens => "词表",
            Table::Sentences => "句表",
            Table::Errors => "错误表",
        };
        match header {
            Header::En => self.name().to_owned(),
            Header::Zh => zh.to_owned(),
            Header::Both => format!("{} {zh}", self.name()),
        }
    }

    /// What one row of it is.
    pub fn about(self) -> &'static str {
        match self {
            Table::Facts => "One row for each figure that an article asserts.",
            Table::Quantities => "One row for each number with its unit.",
            Table::Entities => "One row for each name, or word that stands for one.",
            Table::Times => "One row for each time expression.",
            Table::Articles => "One row for each article.",
            Table::Checks => "One row for each piece of arithmetic that an article itself offers.",
            Table::Numerals => "One row for each number, with or without a unit.",
            Table::Tokens => "One row for each word.",
            Table::Sentences => "One row for each sentence.",
            Table::Errors => "One row for each article that could not be read.",
        }
    }

    /// The table of a name; `errors` cannot be asked for.
    pub fn named(name: &str) -> Option<Table> {
        Table::ALL.into_iter().find(|table| table.name() == name)
    }

    /// Its columns, in order.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Table::Facts => columns::FACTS,
            Table::Quantities => columns::QUANTITIES,
            Table::Entities => columns::ENTITIES,
            Table::Times => columns::TIMES,
            Table::Articles => columns::ARTICLES,
            Table::Checks => columns::CHECKS,
            Table::Numerals => columns::NUMERALS,
            Table::Tokens => columns::TOKENS,
            Table::Sentences => columns::SENTENCES,
            Table::Errors => columns::ERRORS,
        }
    }
}
