//! The tables and their columns: the one place that names them.

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
}

/// A column: its name in English and in Chinese.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The name that programs use.
    pub en: &'static str,
    /// The name for Chinese readers.
    pub zh: &'static str,
}

impl Column {
    /// The name in a language.
    pub fn name(self, header: Header) -> &'static str {
        match header {
            Header::En => self.en,
            Header::Zh => self.zh,
        }
    }
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

    /// The table of a name; `errors` cannot be asked for.
    pub fn named(name: &str) -> Option<Table> {
        Table::ALL.into_iter().find(|table| table.name() == name)
    }

    /// Its columns, in order.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Table::Facts => FACTS,
            Table::Quantities => QUANTITIES,
            Table::Entities => ENTITIES,
            Table::Times => TIMES,
            Table::Articles => ARTICLES,
            Table::Checks => CHECKS,
            Table::Numerals => NUMERALS,
            Table::Tokens => TOKENS,
            Table::Sentences => SENTENCES,
            Table::Errors => ERRORS,
        }
    }
}

const fn column(en: &'static str, zh: &'static str) -> Column {
    Column { en, zh }
}

const ARTICLE: Column = column("article", "文章");
const START: Column = column("start", "起始位置");
const END: Column = column("end", "结束位置");
const TEXT: Column = column("text", "原文");
const VALUE: Column = column("value", "数值");
const VALUE_MAX: Column = column("value_max", "数值上限");
const UNIT: Column = column("unit", "单位");
const COMPARISON: Column = column("comparison", "比较");
const TYPE: Column = column("type", "类型");
const TIME_START: Column = column("time_start", "起始时间");
const TIME_END: Column = column("time_end", "截止时间");
const BASE_VALUE: Column = column("base_value", "基准值");
const BASE_VALUE_MAX: Column = column("base_value_max", "基准值上限");
const BASE_UNIT: Column = column("base_unit", "基准单位");
const SOURCE: Column = column("source", "来源");

const FACTS: &[Column] = &[
    ARTICLE,
    column("subject", "主体"),
    column("indicator", "指标"),
    column("written", "原文数值"),
    VALUE,
    VALUE_MAX,
    UNIT,
    COMPARISON,
    column("change", "变化"),
    column("basis", "对比基准"),
    TIME_START,
    TIME_END,
    column("time_text", "时间原文"),
    column("modality", "确定性"),
    column("condition", "条件"),
    column("subject_type", "主体类型"),
    column("subject_code", "主体代码"),
    BASE_VALUE,
    BASE_VALUE_MAX,
    BASE_UNIT,
    column("inferred", "推断字段"),
    column("rule", "规则"),
    START,
    END,
    column("evidence", "原句"),
];

const QUANTITIES: &[Column] = &[
    ARTICLE,
    START,
    END,
    TEXT,
    VALUE,
    VALUE_MAX,
    UNIT,
    COMPARISON,
    TYPE,
    column("role", "作用"),
    column("dimension", "量纲"),
    BASE_VALUE,
    BASE_VALUE_MAX,
    BASE_UNIT,
];

const ENTITIES: &[Column] = &[ARTICLE, START, END, TEXT, TYPE, column("name", "全称"), column("code", "代码"), column("path", "所属区划")];

const TIMES: &[Column] = &[ARTICLE, START, END, TEXT, TYPE, TIME_START, TIME_END];

const ARTICLES: &[Column] = &[
    ARTICLE,
    SOURCE,
    column("title", "标题"),
    column("published", "发布日期"),
    column("characters", "字数"),
    column("sentences", "句数"),
    column("quantities", "数量数"),
    column("entities", "实体数"),
    column("times", "时间数"),
    column("facts", "事实数"),
    column("notes", "备注"),
    column("encoding", "编码"),
    column("replaced", "替换字符数"),
];

const CHECKS: &[Column] =
    &[ARTICLE, column("kind", "核对类型"), column("facts", "事实行号"), column("expected", "应为"), column("found", "实为"), column("holds", "是否相符")];
const NUMERALS: &[Column] = &[ARTICLE, START, END, TEXT, VALUE, VALUE_MAX, COMPARISON];
const TOKENS: &[Column] = &[ARTICLE, START, END, TEXT, column("tag", "词性")];
const SENTENCES: &[Column] = &[ARTICLE, START, END, TEXT];
const ERRORS: &[Column] = &[SOURCE, ARTICLE, column("error", "错误")];
