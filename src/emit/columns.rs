//! The columns of every table: what each is called, what its cells hold, and in which unit.

use super::Header;

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The name that programs use.
    pub en: &'static str,
    /// The name for Chinese readers.
    pub zh: &'static str,
    /// What its cells hold. A cell of any column may be empty.
    pub holds: Holds,
    /// What its numbers count.
    pub unit: Unit,
    /// What it means, in a sentence.
    pub about: &'static str,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Words, names, codes.
    Text,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A whole number of up to 64 bits.
    Integer,
    /// A plain decimal of up to 29 digits: `-0.35`.
    Decimal,
    /// A day: `2021-06-30`.
    Day,
    /// A day, a day with a clock time, or a clock time alone: `2021-06-30`, `2016-11-07T17:00:00`, `T04:30:00`.
    Moment,
    /// `true` or `false`.
    Flag,
}

/// What the numbers of a column count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Nothing: the column has no numbers, or they are counts.
    None,
    /// This, in every row.
    Of(&'static str),
    /// What the column of this name says in the same row.
    In(&'static str),
}

impl Column {
    /// The name in a language: `subject`, `主体`, or `subject 主体`.
    pub fn name(self, header: Header) -> String {
        match header {
            Header::En => self.en.to_owned(),
            Header::Zh => self.zh.to_owned(),
            Header::Both => format!("{} {}", self.en, self.zh),
        }
    }

    /// Whether its cells are an author's words, in which a spreadsheet might see a formula.
    pub fn is_text(self) -> bool {
        self.holds == Holds::Text
    }
}

const fn column(en: &'static str, zh: &'static str, holds: Holds, unit: Unit, about: &'static str) -> Column {
    Column { en, zh, holds, unit, about }
}

const fn text(en: &'static str, zh: &'static str, about: &'static str) -> Column {
    column(en, zh, Holds::Text, Unit::None, about)
}

const fn one_of(en: &'static str, zh: &'static str, words: &'static [&'static str], about: &'static str) -> Column {
    column(en, zh, Holds::OneOf(words), Unit::None, about)
}

const fn decimal(en: &'static str, zh: &'static str, unit: &'static str, about: &'static str) -> Column {
    column(en, zh, Holds::Decimal, Unit::In(unit), about)
}

const fn count(en: &'static str, zh: &'static str, about: &'static str) -> Column {
    column(en, zh, Holds::Integer, Unit::None, about)
}

const fn moment(en: &'static str, zh: &'static str, about: &'static str) -> Column {
    column(en, zh, Holds::Moment, Unit::None, about)
}

const COMPARISONS: &[&str] = &["eq", "approx", "range", "ge", "gt", "le", "lt"];
const CHANGES: &[&str] = &["none", "up_by", "down_by", "up_to", "down_to", "share_of", "ratio"];
const MODALITIES: &[&str] = &["actual", "planned", "target", "forecast"];
const SUBJECTS: &[&str] = &["region", "zone", "company", "project", "organisation", "facility", "product", "other"];
const ROLES: &[&str] = &["value", "filter", "conversion", "generic", "other"];
const TIMES_OF: &[&str] = &["date", "period", "clock", "set", "vague"];
const CHECKS_OF: &[&str] = &["parts", "target", "share", "quotient", "growth", "repeat"];
const QUANTITIES_OF: &[&str] = &[
    "money",
    "area",
    "length",
    "mass",
    "volume",
    "power",
    "energy",
    "temperature",
    "duration",
    "count",
    "percent",
    "point",
    "multiple",
    "ratio",
    "rate",
    "dimension",
    "data",
    "index",
    "other",
];

const ARTICLE: Column = text("article", "文章", "Which article: its id.");
const START: Column =
    column("start", "起始位置", Holds::Integer, Unit::Of("character"), "Where the words begin in the article as published, in characters from 0.");
const END: Column = column("end", "结束位置", Holds::Integer, Unit::Of("character"), "Where the words end, not included.");
const TEXT: Column = text("text", "原文", "The words as published.");
const VALUE: Column = decimal("value", "数值", "unit", "The number, or the lower end of a range; a loss is negative.");
const VALUE_MAX: Column = decimal("value_max", "数值上限", "unit", "The upper end of a range.");
const UNIT: Column = text("unit", "单位", "The unit or measure word, one spelling for each.");
const COMPARISON: Column = one_of("comparison", "比较", COMPARISONS, "How the article puts the number: exactly, about, at least, more than ….");
const TIME_START: Column = moment("time_start", "起始时间", "The first day, or moment; empty where it is open.");
const TIME_END: Column = moment("time_end", "截止时间", "The last day, included, or moment.");
const BASE_VALUE: Column = decimal("base_value", "基准值", "base_unit", "The value in its base unit.");
const BASE_VALUE_MAX: Column = decimal("base_value_max", "基准值上限", "base_unit", "The upper end of a range in its base unit.");
const BASE_UNIT: Column = text("base_unit", "基准单位", "The base unit: m2, kg, CNY, CNY/m2 ….");
const SOURCE: Column = text("source", "来源", "Where the article came from.");

pub(super) const FACTS: &[Column] = &[
    ARTICLE,
    text("subject", "主体", "Who or what the figure belongs to, by its full name."),
    text("indicator", "指标", "What is measured or counted, in the article's words."),
    text("written", "原文数值", "The figure as it stands in the text."),
    VALUE,
    VALUE_MAX,
    UNIT,
    COMPARISON,
    one_of("change", "变化", CHANGES, "A level, a difference, a level reached, a share, or a ratio."),
    text("basis", "对比基准", "What a change, share or ratio is compared with."),
    TIME_START,
    TIME_END,
    text("time_text", "时间原文", "The words that say when; empty where the period comes from the whole article."),
    one_of("modality", "确定性", MODALITIES, "How certain the figure is."),
    text("condition", "条件", "What the figure is restricted to."),
    one_of("subject_type", "主体类型", SUBJECTS, "What the subject is."),
    text("subject_code", "主体代码", "GB/T 2260 code of a region, stock code of a listed company."),
    BASE_VALUE,
    BASE_VALUE_MAX,
    BASE_UNIT,
    text("inferred", "推断字段", "The columns whose words do not stand in the sentence as they are, with | between them."),
    text("rule", "规则", "The rule that made the row."),
    START,
    END,
    text("evidence", "原句", "The sentence; line ends and tabs are one space."),
];

pub(super) const QUANTITIES: &[Column] = &[
    ARTICLE,
    START,
    END,
    TEXT,
    VALUE,
    VALUE_MAX,
    UNIT,
    COMPARISON,
    one_of("type", "类型", QUANTITIES_OF, "What kind of quantity it is."),
    one_of("role", "作用", ROLES, "What it does: states, restricts, converts."),
    text("dimension", "量纲", "Its dimension: area, money/area …."),
    BASE_VALUE,
    BASE_VALUE_MAX,
    BASE_UNIT,
];

pub(super) const ENTITIES: &[Column] = &[
    ARTICLE,
    START,
    END,
    TEXT,
    one_of("type", "类型", SUBJECTS, "What it is."),
    text("name", "全称", "The full name that the words stand for."),
    text("code", "代码", "GB/T 2260 code of a region, stock code of a listed company."),
    text("path", "所属区划", "Where a region lies, from the province down."),
];

pub(super) const TIMES: &[Column] = &[ARTICLE, START, END, TEXT, one_of("type", "类型", TIMES_OF, "What kind of time expression it is."), TIME_START, TIME_END];

pub(super) const ARTICLES: &[Column] = &[
    ARTICLE,
    SOURCE,
    text("title", "标题", "The title as published."),
    column("published", "发布日期", Holds::Day, Unit::None, "The day of publication."),
    column("characters", "字数", Holds::Integer, Unit::Of("character"), "How long the article is."),
    count("sentences", "句数", "How many sentences it has."),
    count("quantities", "数量数", "How many quantities it has."),
    count("entities", "实体数", "How many names it has."),
    count("times", "时间数", "How many time expressions it has."),
    count("facts", "事实数", "How many facts it has."),
    text("notes", "备注", "How it was read."),
    text("encoding", "编码", "How the bytes of its file spell characters."),
    column("replaced", "替换字符数", Holds::Integer, Unit::Of("character"), "How many characters of its file could not be read, and were replaced."),
    text("publisher", "发布者", "Who published it, where the input says so."),
];

pub(super) const CHECKS: &[Column] = &[
    ARTICLE,
    one_of("kind", "核对类型", CHECKS_OF, "What the arithmetic is about."),
    text("facts", "事实行号", "The rows of facts, from 1, with + between them; the last is the one that the others are held against."),
    column("expected", "应为", Holds::Decimal, Unit::None, "What the other facts give, in the unit of the last."),
    column("found", "实为", Holds::Decimal, Unit::None, "What the last fact states."),
    column("holds", "是否相符", Holds::Flag, Unit::None, "Whether the two agree within the digits given."),
];

pub(super) const NUMERALS: &[Column] = &[
    ARTICLE,
    START,
    END,
    TEXT,
    column("value", "数值", Holds::Decimal, Unit::None, "The number, or the lower end of a range."),
    column("value_max", "数值上限", Holds::Decimal, Unit::None, "The upper end of a range."),
    COMPARISON,
];

pub(super) const TOKENS: &[Column] = &[ARTICLE, START, END, TEXT, text("tag", "词性", "The part of speech, or the layer that the word is of.")];
pub(super) const SENTENCES: &[Column] = &[ARTICLE, START, END, TEXT];
pub(super) const ERRORS: &[Column] = &[SOURCE, ARTICLE, text("error", "错误", "What is wrong, and where.")];
