//! Turns of phrase that introduce names, join them, or say what kind of thing is named.

use super::table::Reader;
use super::words::Words;

/// What a turn of phrase does for the names beside it; the head of `name_cues.tsv` says more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameCue {
    /// 证券简称：, before a company's name.
    IntroducesCompany,
    /// What stands behind a company's name.
    AfterCompany,
    /// 合作, behind two one-character names of places: 吉浙合作.
    Pair,
    /// What tells that a road or line is being built.
    Built,
    /// 简称, before a short name in quotes.
    Alias,
    /// What tells that a product is named.
    ModelCue,
    /// 投建: 某某公司投建的钠电正极材料项目.
    Invests,
    /// 市区: 距汉中市区35公里.
    Seat,
    /// 集团: 海川集团.
    GroupEnding,
    /// 大学: 江南大学.
    BrandedBody,
    /// 省: 省财政厅.
    BodyLevel,
    /// 省: 省委.
    Level,
    /// 委: 市委.
    Body,
    /// 员: 市委员.
    RunsOn,
    /// 号地块: TX2021-07号地块.
    Plot,
    /// 企业: 青山县一化工企业.
    FirmNoun,
    /// 平台: 青山县政务数据共享平台.
    ProductEnding,
    /// 有限公司.
    Legal,
    /// 地区: 柳州地区忻城县.
    Gap,
    /// 路.
    NoName,
    /// 投资建设.
    Does,
    /// 全市.
    Whole,
    /// 分局.
    Branch,
    /// 河.
    Water,
    /// 水质.
    AfterWater,
    /// 超强台风.
    Storm,
    /// 和.
    Joint,
    /// 公司.
    FirmTail,
    /// 一期.
    Phase,
    /// 管委会.
    ZoneBody,
    /// 县: 青山县.
    County,
    /// 区.
    NoCounty,
    /// 等, where a list of names ends.
    ListMark,
    /// 项目, what the parts of such a list are.
    ListProject,
    /// 企业, what the parts of such a list are.
    ListCompany,
    /// 高速.
    Road,
    /// 年产.
    Yield,
    /// 有限公司.
    Limited,
    /// 河.
    NoShort,
    /// 村, the end of a village's name.
    Village,
    /// What follows 村 where it ends no name.
    NoVillage,
    /// What stands beside a village.
    VillageCue,
    /// What stands before a village's name.
    BeforeVillage,
    /// What stands before the number of a plot of land.
    LotPrefix,
    /// What stands inside the number of a plot of land.
    LotSection,
    /// 股份, behind a firm's brand in its short name.
    ShortTail,
    /// 镇: 吴家镇漫水村.
    Town,
    /// Endings that make a firm of two or three characters that are no words.
    TradeEnding,
    /// 港.
    Port,
    /// What stands behind the name of a port.
    AfterPort,
    /// 产业园, a zone that is a project where 项目 follows.
    Park,
    /// Words that an ending is only a part of: 财政部 in 财政部门.
    Around,
    /// Verbs that a name does not begin with: 发展种养殖基地.
    Acts,
    /// What a village's name does not begin with.
    NoVillageBrand,
    /// 地块: 绿源公司片区地块.
    Land,
    /// What may stand between a name and its land: 片区.
    LandPart,
    /// 公路: what a short name of a road leaves out.
    RoadTail,
    /// What follows 市, 区, 镇 where they end no name: 市场, 区域.
    AfterRegion,
    /// 董事长: what only a firm has.
    FirmOffice,
    /// 拟投资: what a firm does.
    FirmAfter,
    /// 民企: what stands before a firm's name.
    FirmBefore,
    /// 锂材: the end of a firm's short name, where something beside it tells that it is one.
    Trade,
    /// Words that end like a place and are none: 山区, 股市, 古镇.
    NoRegion,
    /// 晚间公告: what only a firm does at the head of a sentence.
    Announces,
    /// 净利: what a headline about a firm has behind its colon.
    FirmFigure,
}

/// How `name_cues.tsv` names the cues, in the order of [`NameCue`].
const KINDS: [(&str, NameCue); 65] = [
    ("introduces_company", NameCue::IntroducesCompany),
    ("after_company", NameCue::AfterCompany),
    ("pair", NameCue::Pair),
    ("built", NameCue::Built),
    ("alias", NameCue::Alias),
    ("model_cue", NameCue::ModelCue),
    ("invests", NameCue::Invests),
    ("seat", NameCue::Seat),
    ("group_ending", NameCue::GroupEnding),
    ("branded_body", NameCue::BrandedBody),
    ("body_level", NameCue::BodyLevel),
    ("level", NameCue::Level),
    ("body", NameCue::Body),
    ("runs_on", NameCue::RunsOn),
    ("plot", NameCue::Plot),
    ("firm_noun", NameCue::FirmNoun),
    ("product_ending", NameCue::ProductEnding),
    ("legal", NameCue::Legal),
    ("gap", NameCue::Gap),
    ("no_name", NameCue::NoName),
    ("does", NameCue::Does),
    ("whole", NameCue::Whole),
    ("branch", NameCue::Branch),
    ("water", NameCue::Water),
    ("after_water", NameCue::AfterWater),
    ("storm", NameCue::Storm),
    ("joint", NameCue::Joint),
    ("firm_tail", NameCue::FirmTail),
    ("phase", NameCue::Phase),
    ("zone_body", NameCue::ZoneBody),
    ("county", NameCue::County),
    ("no_county", NameCue::NoCounty),
    ("list_mark", NameCue::ListMark),
    ("list_project", NameCue::ListProject),
    ("list_company", NameCue::ListCompany),
    ("road", NameCue::Road),
    ("yield", NameCue::Yield),
    ("limited", NameCue::Limited),
    ("no_short", NameCue::NoShort),
    ("village", NameCue::Village),
    ("no_village", NameCue::NoVillage),
    ("village_cue", NameCue::VillageCue),
    ("before_village", NameCue::BeforeVillage),
    ("lot_prefix", NameCue::LotPrefix),
    ("lot_section", NameCue::LotSection),
    ("short_tail", NameCue::ShortTail),
    ("town", NameCue::Town),
    ("trade_ending", NameCue::TradeEnding),
    ("port", NameCue::Port),
    ("after_port", NameCue::AfterPort),
    ("park", NameCue::Park),
    ("around", NameCue::Around),
    ("acts", NameCue::Acts),
    ("no_village_brand", NameCue::NoVillageBrand),
    ("land", NameCue::Land),
    ("land_part", NameCue::LandPart),
    ("road_tail", NameCue::RoadTail),
    ("after_region", NameCue::AfterRegion),
    ("firm_office", NameCue::FirmOffice),
    ("firm_after", NameCue::FirmAfter),
    ("firm_before", NameCue::FirmBefore),
    ("trade", NameCue::Trade),
    ("no_region", NameCue::NoRegion),
    ("announces", NameCue::Announces),
    ("firm_figure", NameCue::FirmFigure),
];

/// The words of every cue.
#[derive(Debug)]
pub struct NameCues {
    lists: Vec<Words<()>>,
}

impl NameCues {
    /// The words of one cue.
    pub fn of(&self, cue: NameCue) -> &Words<()> {
        &self.lists[cue as usize]
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> NameCues {
        let mut lists: Vec<Words<()>> = KINDS.iter().map(|_| Words::default()).collect();
        for row in reader.rows("name_cues.tsv", &["text", "use", "example"]) {
            match KINDS.iter().find(|(name, _)| *name == row.cell(1)) {
                Some((_, cue)) => lists[*cue as usize].add(row.cell(0), ()),
                None => reader.fail(&row, &format!("one of {}", KINDS.map(|(name, _)| name).join(" ")), &format!("`{}`", row.cell(1))),
            }
        }
        NameCues { lists }
    }
}
