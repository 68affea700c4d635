//! Cues: the words that steer how quantities and facts are read.

use std::collections::HashMap;
use std::sync::Arc;

use super::cue_starts::CueStart;
use super::starts::Starts;
use super::table::Reader;
use super::words::Words;

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

/// The words that steer the reading: `Cues`, with one field a list of `contexts.tsv` or `tables.tsv`.
macro_rules! cues {
    ($($(#[doc = $doc:literal])+ $field:ident = $name:literal;)+) => {
        /// The words that steer the reading.
        #[derive(Debug, Default)]
        pub struct Cues {
            /// Words before a number: 约, 超过, 不低于.
            pub hedges_before: Words<Hedge>,
            /// Words after a unit: 左右, 以上.
            pub hedges_after: Words<Hedge>,
            /// Words at the left edge of what stands before a value.
            pub leads: Words<Lead>,
            /// Words that make a value a change or a level reached.
            pub changes: Words<ChangeWord>,
            /// Cues of certainty.
            pub modality: Words<(Certainty, Scope)>,
            /// Known indicators, each with the dimensions that it takes.
            pub indicators: Words<Arc<Indicator>>,
            /// Where those may begin that are looked for in every clause.
            pub(super) starts: Starts,
            $($(#[doc = $doc])+ pub $field: Words<()>,)+
        }

        impl Cues {
            /// The list of a name of `contexts.tsv` or `tables.tsv`.
            fn list(&mut self, name: &str) -> Option<&mut Words<()>> {
                match name {
                    $($name => Some(&mut self.$field),)+
                    _ => None,
                }
            }
        }
    };
}

cues! {
    /// Words that name money: 投资, 收入. An amount beside one may leave out 元.
    money_words = "money";
    /// Words of repeated actions: 每月, 至少. They let 一次 count.
    repeats = "repeat";
    /// Characters before 一 that make no noun: 第, 每, 这.
    before_one = "before-one";
    /// 仅, 只: they let 一 count.
    only = "only";
    /// Nouns spoken of in general: 方面, 环节.
    themes = "theme";
    /// Words that begin with 成 and are no tenths: 成立, 成员.
    not_tenths = "not-tenths";
    /// Words that name a resolution.
    resolutions = "resolution";
    /// 为, 是, 达到: they stand between an indicator and its value.
    copulas = "copula";
    /// Ends of indicators that have no unit: 容积率, 指数, 收入比, and of changes of one.
    index_words = "index";
    /// Words between an indicator and its value: 共, 已, 累计.
    right = "right";
    /// Verbs of telling: 公告, 宣布.
    saying = "saying";
    /// Words before a name that is no subject: 据, 由, 位于.
    source = "source";
    /// What a counted group has: 总投资, 单价.
    property = "property";
    /// Nouns that make a group: 项目, 企业.
    group = "group";
    /// What may be done before 后: 建成, 达产.
    scenario = "scenario";
    /// How a figure was reckoned: 同口径, 不变价.
    scope = "scope";
    /// 不实, 谣言
    denied = "denied";
    /// Facts about private persons, penalties.
    private = "private";
    /// 每月, 定期
    procedure = "procedure";
    /// 连续, 提前
    streak = "streak";
    /// What ends the noun after a count.
    verb = "verb";
    /// Ends of indicators that take no carried time.
    attribute = "attribute";
    /// 同比, 环比
    basis_word = "basis-word";
    /// 高于, 超过: the basis follows.
    comparative = "comparative";
    /// Longer words at the right edge that keep their last character: 平均.
    right_keep = "right-keep";
    /// What ends the noun of a clause without a value: 出现在, 最多.
    predicate = "predicate";
    /// Words that restrict what is measured: 个别地方, 一期, 单个项目.
    label = "label";
    /// Verbs that a list of things may share: 调拨(雨衣…、手电…).
    transitive = "transitive";
    /// Indicators of places that take no carried time: 海拔, 距.
    place = "place";
    /// Words of a private person's things: 我家.
    personal = "personal";
    /// Ends of indicators that a list may share: 支出, 面积.
    heads = "head";
    /// Verbs of loss that replace one another: 受灾, 绝收.
    damage = "damage";
    /// 单位：, before the units of a table.
    unit_line = "unit-line";
    /// Ends of a head over rates of change: 增速, 同比.
    table_growth = "table-growth";
    /// The same for rates of falling: 降幅.
    table_fall = "table-fall";
    /// Ends of a head over shares: 占比.
    table_share = "table-share";
    /// What says that a plan is done, before or after it: 完成(年度计划).
    table_done = "table-done";
    /// Heads over ranks and other numbers that measure nothing: 位次.
    table_rank = "table-rank";
    /// Heads over the numbers of the rows: 序号.
    table_number = "table-number";
    /// Heads over the units of the rows: 计量单位.
    table_unit = "table-unit";
    /// Heads over the names of what is measured: 指标.
    table_measure = "table-measure";
    /// Heads over the names of whom the rows are about: 地区, 企业名称.
    table_names = "table-names";
    /// What says only that a figure is a figure: 绝对值, 累计.
    table_level = "table-level";
    /// In heads over the figures that others are compared with: 上年同期.
    table_earlier = "table-earlier";
    /// Heads over what is planned: 计划, 预算.
    table_planned = "table-planned";
    /// Heads over what is aimed at: 目标.
    table_target = "table-target";
    /// Heads over what is expected: 预计.
    table_forecast = "table-forecast";
    /// Heads of rows that sum up: 合计.
    table_total = "table-total";
    /// What makes a place part of the measure: 市场, 旅客.
    partner = "partner";
    /// Verbs of cause: what stands before 造成 is no measure.
    cause = "cause";
    /// Who speaks for a body: 书记, 负责人. The body is then no subject.
    office = "office";
    /// Nouns that no head begins with: 作物 of 粮食作物播种面积.
    bound = "bound";
    /// How a thing was done: 顺利, 底价.
    manner = "manner";
    /// News media: they tell, and are no subject.
    media = "media";
    /// What a thing is sold for: 总价, 底价.
    price = "price";
    /// 分别, 依次: values in a row belong to what stands before them in the same order.
    respectively = "respectively";
    /// 年产: what stands before the figure in the name of a project.
    output = "output";
    /// Words that say what a value in brackets leaves out or takes in: 不含, 含税.
    within = "within";
    /// What a share of a whole is for or from: 用于, 来自.
    goes_to = "goes-to";
    /// Who has something built or bought: 建设单位, 采购人.
    orderer = "orderer";
}

/// What is known of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// The family of the dictionary: trade, land.
    pub family: String,
    /// The dimensions that it takes, as words: `money`, `money/area`.
    pub dimensions: Vec<String>,
}

/// What kind of word stands at the left edge before a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// A verb that only carries the value: 实现, 完成.
    Light,
    /// 已, 共, 累计
    Adverb,
    /// 其中, 同时
    Conjunction,
    /// 该, 这一
    Determiner,
    /// A verb that only carries the value where no noun follows it: 采用(12.4英寸屏幕), but 使用钢材.
    Carrier,
    /// A longer word that begins like one of these and belongs to the indicator: 设计时速.
    Keep,
}

/// What a word says of the value after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeWord {
    /// 增长
    UpBy,
    /// 下降
    DownBy,
    /// 增至
    UpTo,
    /// 降至
    DownTo,
    /// 调整为
    To,
    /// 完成, 恢复到: before …的N%
    Ratio,
}

/// How certain a cue makes a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// 已, 完成
    Actual,
    /// 计划, 拟
    Planned,
    /// 预计, 可
    Forecast,
    /// 力争, 不得
    Target,
}

/// How far a cue of certainty reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// To the end of the sentence.
    Sentence,
    /// The noun it is part of.
    Noun,
    /// Nowhere: a longer word that only holds a cue.
    Nothing,
}

impl Cues {
    pub(super) fn read(reader: &mut Reader<'_>) -> Cues {
        let mut cues = Cues::default();
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
        for (file, columns) in [("contexts.tsv", &["text", "list", "example"][..]), ("tables.tsv", &["text", "list"])] {
            for row in reader.rows(file, columns) {
                match cues.list(row.cell(1)) {
                    Some(list) => list.add(row.cell(0), ()),
                    None => reader.fail(&row, "the name of a list (see the head of the file)", &format!("`{}`", row.cell(1))),
                }
            }
        }
        cues.read_leads(reader);
        cues.read_indicators(reader);
        cues.read_changes(reader);
        cues.read_modality(reader);
        cues.starts = CueStart::starts(&cues);
        cues
    }

    fn read_leads(&mut self, reader: &mut Reader<'_>) {
        for row in reader.rows("leads.tsv", &["text", "kind", "example"]) {
            let kind = match row.cell(1) {
                "light" => Lead::Light,
                "adverb" => Lead::Adverb,
                "conjunction" => Lead::Conjunction,
                "determiner" => Lead::Determiner,
                "carrier" => Lead::Carrier,
                "keep" => Lead::Keep,
                other => {
                    reader.fail(&row, "light, carrier, adverb, conjunction, determiner or keep", &format!("`{other}`"));
                    continue;
                }
            };
            self.leads.add(row.cell(0), kind);
        }
    }

    fn read_indicators(&mut self, reader: &mut Reader<'_>) {
        let mut known: HashMap<(&str, &str), Arc<Indicator>> = HashMap::new();
        reader.each("indicators.tsv", &["name", "aliases", "family", "dimension"], |_, row| {
            // few families and dimensions, many names
            let indicator = known
                .entry((row.cell(2), row.cell(3)))
                .or_insert_with(|| Arc::new(Indicator { family: row.cell(2).to_owned(), dimensions: row.names(3).map(str::to_owned).collect() }));
            for name in std::iter::once(row.cell(0)).chain(row.names(1)) {
                self.indicators.add(name, Arc::clone(indicator));
            }
        });
    }

    fn read_changes(&mut self, reader: &mut Reader<'_>) {
        for row in reader.rows("changes.tsv", &["text", "change", "example"]) {
            let change = match row.cell(1) {
                "up_by" => ChangeWord::UpBy,
                "down_by" => ChangeWord::DownBy,
                "up_to" => ChangeWord::UpTo,
                "down_to" => ChangeWord::DownTo,
                "to" => ChangeWord::To,
                "ratio" => ChangeWord::Ratio,
                other => {
                    reader.fail(&row, "up_by, down_by, up_to, down_to, to or ratio", &format!("`{other}`"));
                    continue;
                }
            };
            self.changes.add(row.cell(0), change);
        }
    }

    fn read_modality(&mut self, reader: &mut Reader<'_>) {
        for row in reader.rows("modality.tsv", &["text", "modality", "scope", "example"]) {
            let certainty = match row.cell(1) {
                "target" => Certainty::Target,
                "forecast" => Certainty::Forecast,
                "planned" => Certainty::Planned,
                "actual" => Certainty::Actual,
                other => {
                    reader.fail(&row, "target, forecast, planned or actual", &format!("`{other}`"));
                    continue;
                }
            };
            let scope = match row.cell(2) {
                "sentence" => Scope::Sentence,
                "noun" => Scope::Noun,
                "nothing" => Scope::Nothing,
                other => {
                    reader.fail(&row, "sentence, noun or nothing", &format!("`{other}`"));
                    continue;
                }
            };
            self.modality.add(row.cell(0), (certainty, scope));
        }
    }
}
