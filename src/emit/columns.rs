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
    /// The same in Chinese.
    pub about_zh: &'static str,
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

    /// What it means, in a language.
    pub fn meaning(self, header: Header) -> String {
        match header {
            Header::En => self.about.to_owned(),
            Header::Zh => self.about_zh.to_owned(),
            Header::Both => format!("{} {}", self.about, self.about_zh),
        }
    }

    /// Whether its cells are an author's words, in which a spreadsheet might see a formula.
    pub fn is_text(self) -> bool {
        self.holds == Holds::Text
    }
}

/// What a column means, in English and in Chinese.
type About = (&'static str, &'static str);

const fn column(en: &'static str, zh: &'static str, holds: Holds, unit: Unit, (about, about_zh): About) -> Column {
    Column { en, zh, holds, unit, about, about_zh }
}

const fn text(en: &'static str, zh: &'static str, about: About) -> Column {
    column(en, zh, Holds::Text, Unit::None, about)
}

const fn one_of(en: &'static str, zh: &'static str, words: &'static [&'static str], about: About) -> Column {
    column(en, zh, Holds::OneOf(words), Unit::None, about)
}

const fn decimal(en: &'static str, zh: &'static str, unit: &'static str, about: About) -> Column {
    column(en, zh, Holds::Decimal, Unit::In(unit), about)
}

const fn count(en: &'static str, zh: &'static str, about: About) -> Column {
    column(en, zh, Holds::Integer, Unit::None, about)
}

const fn moment(en: &'static str, zh: &'static str, about: About) -> Column {
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

const ARTICLE: Column = text("article", "文章", ("Which article: its id.", "哪篇文章：它的编号。"));
const START: Column = column(
    "start",
    "起始位置",
    Holds::Integer,
    Unit::Of("character"),
    ("Where the words begin in the article as published, in characters from 0.", "从发表的文章第几个字开始，从 0 数起。"),
);
const END: Column = column("end", "结束位置", Holds::Integer, Unit::Of("character"), ("Where the words end, not included.", "到第几个字为止，不含。"));
const TEXT: Column = text("text", "原文", ("The words as published.", "原文写法。"));
const VALUE: Column = decimal("value", "数值", "unit", ("The number, or the lower end of a range; a loss is negative.", "数；是范围时取下限；亏损为负。"));
const VALUE_MAX: Column = decimal("value_max", "数值上限", "unit", ("The upper end of a range.", "范围的上限。"));
const UNIT: Column = text("unit", "单位", ("The unit or measure word, one spelling for each.", "单位或量词，每种只用一个写法。"));
const COMPARISON: Column = one_of(
    "comparison",
    "比较",
    COMPARISONS,
    (
        "How the article puts the number: eq exactly, approx about, range from value to value_max, ge at least, gt more than, le at most, lt less than.",
        "文章怎么说这个数：eq 恰好，approx 约，range 从数值到数值上限，ge 不低于，gt 超过，le 不超过，lt 不足。",
    ),
);
const TIME_START: Column = moment("time_start", "起始时间", ("The first day, or moment; empty where it is open.", "第一天或起始时刻；起点不限时空着。"));
const TIME_END: Column = moment("time_end", "截止时间", ("The last day, included, or moment.", "最后一天（含）或截止时刻。"));
const BASE_VALUE: Column = decimal("base_value", "折算值", "base_unit", ("The value in its base unit.", "换成基本单位的数，可以相比、相加。"));
const BASE_VALUE_MAX: Column = decimal("base_value_max", "折算值上限", "base_unit", ("The upper end of a range in its base unit.", "范围上限换成基本单位。"));
const BASE_UNIT: Column = text("base_unit", "折算单位", ("The base unit: m2, kg, CNY, CNY/m2 ….", "基本单位：m2、kg、CNY、CNY/m2 等。"));
const SOURCE: Column = text("source", "来源", ("Where the article came from.", "文章出自哪里。"));

pub(super) const FACTS: &[Column] = &[
    ARTICLE,
    text("subject", "主体", ("Who or what the figure belongs to, by its full name.", "数字说的是谁，用全称。")),
    text("indicator", "指标", ("What is measured or counted, in the article's words.", "衡量或清点的是什么，用文章的原话。")),
    text("written", "原文数值", ("The figure as it stands in the text.", "数字在文中的写法。")),
    VALUE,
    VALUE_MAX,
    UNIT,
    COMPARISON,
    one_of(
        "change",
        "变化",
        CHANGES,
        (
            "none a level; up_by, down_by grown or fallen by so much; up_to, down_to to this level; share_of a share; ratio so many times or percent of something.",
            "none 水平，up_by 增加了，down_by 减少了，up_to 增加到，down_to 减少到，share_of 占比，ratio 是某某的几倍或百分之几。",
        ),
    ),
    text("basis", "对比基准", ("What a change, share or ratio is compared with.", "增减、占比、倍数和什么比。")),
    TIME_START,
    TIME_END,
    text("time_text", "时间原文", ("The words that say when; empty where the period comes from the whole article.", "说时间的原话；用的是全文的时期时空着。")),
    one_of(
        "modality",
        "确定性",
        MODALITIES,
        (
            "How certain the figure is: actual it is so, planned, target aimed at, forecast expected.",
            "有多确定：actual 已实现，planned 计划，target 目标，forecast 预计。",
        ),
    ),
    text("condition", "条件", ("What the figure is restricted to.", "数字限定在什么范围。")),
    one_of(
        "subject_type",
        "主体类型",
        SUBJECTS,
        (
            "What the subject is: region, zone (development zone), company, project, organisation, facility, product, other.",
            "主体是什么：region 地区，zone 开发区，company 企业，project 项目，organisation 机构，facility 设施，product 产品，other 其他。",
        ),
    ),
    text("subject_code", "主体代码", ("GB/T 2260 code of a region, stock code of a listed company.", "行政区划代码（GB/T 2260）或股票代码。")),
    BASE_VALUE,
    BASE_VALUE_MAX,
    BASE_UNIT,
    text(
        "inferred",
        "推断字段",
        (
            "What was taken from further away and deserves a look: indicator, subject, or both with | between them.",
            "从远处推来、值得看一眼的列：indicator 指标，subject 主体；都有时中间是 |。",
        ),
    ),
    text("rule", "规则", ("The rule that made the row.", "得出这一行的规则。")),
    START,
    END,
    text("evidence", "原句", ("The sentence; line ends and tabs are one space.", "所在的句子；换行和制表符写成一个空格。")),
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
    one_of(
        "type",
        "类型",
        QUANTITIES_OF,
        (
            "What kind of quantity it is, by its unit: money, area, length, mass, volume, power, energy, temperature, duration, count, percent, point (百分点), multiple (倍), ratio (1:19), rate (a quotient), dimension (a×b×c), data, index (no unit), other.",
            "哪种数量，按单位分：money 金额，area 面积，length 长度，mass 重量，volume 体积，power 功率，energy 能量，temperature 温度，duration 时长，count 清点，percent 百分数，point 百分点，multiple 倍，ratio 比，rate 比率，dimension 尺寸，data 数据量，index 没有单位，other 其他。",
        ),
    ),
    one_of(
        "role",
        "作用",
        ROLES,
        (
            "What it does: value states something and makes a fact, filter is a threshold, conversion says the same in another unit, generic and other state nothing.",
            "起什么作用：value 成为事实，filter 门槛，conversion 换个单位再说一遍，generic 泛指，other 其他。",
        ),
    ),
    text("dimension", "量纲", ("Its dimension: area, money/area ….", "量纲：area 面积，money/area 金额除以面积，等等。")),
    BASE_VALUE,
    BASE_VALUE_MAX,
    BASE_UNIT,
];

pub(super) const ENTITIES: &[Column] = &[
    ARTICLE,
    START,
    END,
    TEXT,
    one_of(
        "type",
        "类型",
        SUBJECTS,
        (
            "What it is: region, zone (development zone), company, project, organisation, facility, product, other.",
            "是什么：region 地区，zone 开发区，company 企业，project 项目，organisation 机构，facility 设施，product 产品，other 其他。",
        ),
    ),
    text("name", "全称", ("The full name that the words stand for.", "所指的全称。")),
    text("code", "代码", ("GB/T 2260 code of a region, stock code of a listed company.", "行政区划代码（GB/T 2260）或股票代码。")),
    text("path", "所属区划", ("Where a region lies, from the province down.", "属于哪省哪市，从省往下写。")),
];

pub(super) const TIMES: &[Column] = &[
    ARTICLE,
    START,
    END,
    TEXT,
    one_of(
        "type",
        "类型",
        TIMES_OF,
        (
            "What kind of time expression it is: date a day, period, clock a clock time, set a time that comes again, vague without days.",
            "哪种时间：date 一天，period 一段，clock 钟点，set 反复的时间，vague 说不出哪天。",
        ),
    ),
    TIME_START,
    TIME_END,
];

pub(super) const ARTICLES: &[Column] = &[
    ARTICLE,
    SOURCE,
    text("title", "标题", ("The title as published.", "发表时的标题。")),
    column("published", "发布日期", Holds::Day, Unit::None, ("The day of publication.", "发布日期。")),
    column("characters", "字数", Holds::Integer, Unit::Of("character"), ("How long the article is.", "全文多少字。")),
    count("sentences", "句数", ("How many sentences it has.", "多少句。")),
    count("quantities", "数量数", ("How many quantities it has.", "数量表里有多少行。")),
    count("entities", "名称数", ("How many names it has.", "名称表里有多少行。")),
    count("times", "时间数", ("How many time expressions it has.", "时间表里有多少行。")),
    count("facts", "事实数", ("How many facts it has.", "事实表里有多少行。")),
    text("notes", "备注", ("How it was read.", "读的时候有什么不寻常；空着就是一切正常。")),
    text("encoding", "编码", ("How the bytes of its file spell characters.", "文件用什么编码。")),
    column(
        "replaced",
        "替换字符数",
        Holds::Integer,
        Unit::Of("character"),
        ("How many characters of its file could not be read, and were replaced.", "文件里有多少个字读不出来，写成了 �。"),
    ),
    text("publisher", "发布者", ("Who published it, where the input says so.", "谁发布的，输入里写了才有。")),
];

pub(super) const CHECKS: &[Column] = &[
    ARTICLE,
    one_of(
        "kind",
        "核对类型",
        CHECKS_OF,
        (
            "What the arithmetic is about: parts and whole, target and difference, share, quotient, growth between two levels, repeat of the same fact.",
            "算的是什么：parts 分项与合计，target 实际、目标与差额，share 占比，quotient 相除，growth 前后与增减，repeat 同一事实说了两处。",
        ),
    ),
    text(
        "facts",
        "事实行号",
        (
            "The rows of facts, from 1, with + between them; the last is the one that the others are held against.",
            "事实表的行号，从 1 数起，不算表头，中间用 +；最后一个是拿来核对的那一行。",
        ),
    ),
    column(
        "expected",
        "应为",
        Holds::Decimal,
        Unit::None,
        ("What the other facts give, in the unit of the last.", "其他数字算出来应该是多少，单位与最后一行相同。"),
    ),
    column("found", "实为", Holds::Decimal, Unit::None, ("What the last fact states.", "最后一行写的是多少。")),
    column(
        "holds",
        "是否相符",
        Holds::Flag,
        Unit::None,
        ("Whether the two agree within the digits given.", "在文章给出的位数之内是否相符：true 相符，false 不符。"),
    ),
];

pub(super) const NUMERALS: &[Column] = &[
    ARTICLE,
    START,
    END,
    TEXT,
    column("value", "数值", Holds::Decimal, Unit::None, ("The number, or the lower end of a range.", "数；是范围时取下限。")),
    column("value_max", "数值上限", Holds::Decimal, Unit::None, ("The upper end of a range.", "范围的上限。")),
    COMPARISON,
];

pub(super) const TOKENS: &[Column] = &[
    ARTICLE,
    START,
    END,
    TEXT,
    text("tag", "词性", ("The part of speech, or the layer that the word is of.", "词性；quantity、time、entity 是程序认出的数量、时间、名称。")),
];
pub(super) const SENTENCES: &[Column] = &[ARTICLE, START, END, TEXT];
pub(super) const ERRORS: &[Column] = &[SOURCE, ARTICLE, text("error", "错误", ("What is wrong, and where.", "哪里不对，是什么不对。"))];
