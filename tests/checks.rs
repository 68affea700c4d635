//! Cross-checks: what an article's own arithmetic says, and what is never brought together.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use jiff::civil::date;
use shuliang::emit::Rows;
use shuliang::source::plain::plain;
use shuliang::{Dict, read};

fn dict() -> &'static Dict {
    static DICT: OnceLock<Dict> = OnceLock::new();
    DICT.get_or_init(|| Dict::builtin().expect("the dictionary"))
}

/// The checks of a text as `kind expected found holds`, published at the end of 2021.
fn checks(text: &str) -> Vec<String> {
    let article = plain(text.as_bytes().to_vec(), "inline", "inline", Some(date(2021, 12, 20)), dict()).expect("an article");
    let reading = read(&article, dict());
    Rows::new(&reading).checks().map(|row| format!("{} {} {} {}", row.kind, row.expected, row.found, row.holds)).collect()
}

#[track_caller]
fn gives(text: &str, expected: &[&str]) {
    assert_eq!(checks(text), expected, "{text}");
}

#[test]
fn parts_after_an_opening_sum_to_the_whole() {
    gives("宝应县云溪公路全长47.3公里，其中东阳段28.9公里、安宜段18.4公里。", &["parts 47.3 47.3 true"]);
    gives("2020年，宝应县新开工项目12个，总投资60亿元，其中工业项目7个、农业项目5个。", &["parts 12 12 true"]);
    // what follows 其中 need not be everything, and groups may overlap
    gives("2020年，宝应县新开工项目12个，其中工业项目7个、农业项目3个。", &[]);
    gives("2020年，宝应县新开工亿元以上项目23个，其中工业项目14个，10亿元以上项目3个。", &[]);
    // within the digits that are given
    gives("2020年，宝应县完成投资100亿元，其中工业投资64.4亿元、农业投资35.4亿元。", &["parts 9980000000 10000000000 true"]);
}

#[test]
fn parts_by_definition_hold_or_do_not() {
    gives("2020年，宝应县一般公共预算收入10亿元，增长5%。其中，税收收入7.5亿元，非税收入2.5亿元。", &["parts 1000000000 1000000000 true"]);
    gives("2020年，宝应县一般公共预算收入10.0亿元，其中税收收入7.5亿元，非税收入3.5亿元。", &["parts 1100000000 1000000000 false"]);
    gives("2020年，宝应县一般公共预算收入10.0亿元，其中税收收入约7.5亿元，非税收入3.5亿元。", &[]);
    gives("2020年，宝应县外贸进出口总值100.5亿元，其中出口60.3亿元，进口40.2亿元。民营企业出口50.0亿元。", &["parts 10050000000 10050000000 true"]);
    // another year, another modality
    gives("2020年，宝应县一般公共预算收入10.0亿元。2021年，税收收入7.5亿元，非税收入3.5亿元。", &[]);
}

#[test]
fn one_verb_over_a_group_is_a_breakdown() {
    let group = "截至目前，宝应县已新开工工业项目77项。\n今年新开工的工业项目，计划年内投产14项，明年投产42项、2023年投产";
    gives(&format!("{group}17项。"), &["parts 73 77 false"]);
    gives(&format!("{group}21项。"), &["parts 77 77 true"]);
    gives("截至目前，宝应县已新开工工业项目77项。\n今年引进的农业项目，计划年内投产14项，明年投产42项、2023年投产17项。", &[]);
}

#[test]
fn a_sum_may_stand_behind_its_parts() {
    gives("2020年，宝应县工业投资6.1亿元、农业投资4.2亿元，合计10.3亿元。", &["parts 1030000000 1030000000 true"]);
    gives("2020年，宝应县工业投资6.1亿元、农业投资4.2亿元，合计11.3亿元。", &["parts 1030000000 1130000000 false"]);
}

#[test]
fn a_level_is_its_target_and_the_difference() {
    let told = "年初，宝应县提出新增造林面积5平方公里以上的目标。\n截至目前，新增造林面积超过年初目标1.2平方公里。\n截至目前，新增造林面积达到";
    gives(&format!("{told}6.2平方公里。"), &["target 6.2 6.2 true"]);
    // 以上 leaves it open
    gives(&format!("{told}6.4平方公里。"), &[]);
    gives(&format!("{}6.4平方公里。", told.replace("以上", "")), &["target 6.2 6.4 false"]);
    gives(&format!("{}6.4平方公里。", told.replace("以上", "").replace("年初目标", "上年")), &[]);
}

#[test]
fn a_share_of_the_whole_is_the_part() {
    gives("2020年，宝应县工业总产值200.0亿元，其中化工产值84.0亿元，占工业总产值的42%。", &["share 8400000000 8400000000 true"]);
    gives("2020年，宝应县工业总产值200.0亿元，其中化工产值84.0亿元，占工业总产值的45%。", &["share 9000000000 8400000000 false"]);
    gives("2020年，宝应县工业总产值200.0亿元，其中化工产值84.0亿元，占工业总产值的四成以上。", &["share 8000000000 8400000000 true"]);
    // the whole has another name
    gives("2020年，宝应县工业总产值200.0亿元，其中化工产值84.0亿元，占全市化工产值的45%。", &[]);
}

#[test]
fn a_quotient_is_what_it_divides() {
    gives("宝应县总面积1000平方公里，常住人口71.5万人，人口密度715人/平方公里。", &["quotient 715 715 true"]);
    gives("宝应县总面积1000平方公里，常住人口71.5万人，人口密度615人/平方公里。", &["quotient 715 615 false"]);
    gives("2020年，宝应县接待游客50.0万人次，旅游总收入4.00亿元，人均消费800元。", &["quotient 800 800 true"]);
    // a price by floor area, an area of land
    gives("宝应县2020-3号地块出让面积2.0万平方米，成交总价1.0亿元，成交楼面价2500元/平方米。", &[]);
}

#[test]
fn growth_lies_between_two_levels() {
    gives("2021年，宝应县接待游客由100.0万人次提高到125.0万人次，增长25%。", &["growth 1250000 1250000 true"]);
    gives("2021年，宝应县接待游客125.0万人次，同比增长20%。2020年，宝应县接待游客100.0万人次。", &["growth 1200000 1250000 false"]);
    gives("2021年，宝应县一般公共预算收入58.74亿元，比上年增收6.33亿元，增长12.1%。", &["growth 12.077847739 12.1 true"]);
    gives("2021年，宝应县一般公共预算收入58.74亿元，比上年增收6.33亿元，增长15.1%。", &["growth 12.077847739 15.1 false"]);
    // constant prices, an average over years, the level of another basis
    gives("2021年，宝应县地区生产总值130.0亿元，同比增长6.0%。2020年，宝应县地区生产总值100.0亿元。", &[]);
    gives("2021年，宝应县接待游客150.0万人次，年均增长6.0%。2020年，宝应县接待游客100.0万人次。", &[]);
    gives("2021年，宝应县接待游客150.0万人次，同比增长6.0%。2016年，宝应县接待游客100.0万人次。", &[]);
}

#[test]
fn the_same_fact_twice_is_one_figure() {
    let told = "2021年，宝应县社会消费品零售总额41.3亿元。\n住房保障有力。\n2021年，宝应县社会消费品零售总额";
    gives(&format!("{told}41.3亿元。"), &["repeat 4130000000 4130000000 true"]);
    gives(&format!("{told}412850万元。"), &["repeat 4130000000 4128500000 true"]);
    gives(&format!("{told}43.1亿元。"), &["repeat 4130000000 4310000000 false"]);
    gives(&format!("{told}约43.1亿元。"), &[]);
}

#[test]
fn unrelated_figures_are_not_brought_together() {
    for text in [
        "宝应县有小学12所、初中5所，其中民办3所。",
        "2021年，宝应县接待游客150.0万人次。高邮市接待游客100.0万人次，同比增长6.0%。",
        "2021年上半年，宝应县工业总产值20.0亿元。2021年，宝应县工业总产值45.0亿元。",
        "宝应县计划总投资10亿元。\n宝应县新开工项目12个，总投资20亿元。",
        "2021年，宝应县城镇化率65.3%，比上年提高1.2个百分点，高于全市2.3个百分点。",
        "6月，宝应县平均气温25.3℃，其中最高气温36℃、最低气温15℃。",
        "宝应县云溪水库占地300亩，总投资2亿元，库容120万立方米。",
        "2021年，宝应县完成重点项目投资36.1亿元。\n2021年，宝应县省级重点项目2个，完成重点项目投资7.9亿元。",
        "2021年，宝应县接待游客50.0万人次，旅游总收入4.00亿元，其中过夜游客12.0万人次，人均消费2054元。",
        "2021年，宝应县出口60.0亿元，进口40.0亿元，其中机电产品进出口30.0亿元。",
    ] {
        gives(text, &[]);
    }
}

/// The last cell of a row of `dict/checks.tsv` is an article, and the kind of check that it gives.
#[test]
fn every_row_of_the_dictionary_has_its_example() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("dict/checks.tsv");
    let mut wrong = Vec::new();
    for row in fs::read_to_string(&path).expect("a file").lines().filter(|line| !line.starts_with('#')).skip(1) {
        let (text, kind) = row.split('\t').next_back().and_then(|example| example.split_once(" => ")).unwrap_or_else(|| panic!("no example: {row}"));
        let found = checks(text);
        let right = if kind == "-" { found.is_empty() } else { matches!(found.as_slice(), [check] if check.starts_with(kind) && check.ends_with("true")) };
        if !right {
            wrong.push(format!("{text}\n  expected {kind}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `../shared/articles/jilin-2019.txt`, where it is at hand.
#[allow(clippy::print_stderr, reason = "says that the test was skipped")]
#[test]
fn the_example_article_is_checked() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("shared/articles/jilin-2019.txt")).find(|path| path.is_file());
    let Some(path) = path else {
        return eprintln!("skipped: ../shared/articles/jilin-2019.txt is not here");
    };
    let article = plain(fs::read(path).expect("a file"), "jilin", "jilin", Some(date(2019, 12, 20)), dict()).expect("an article");
    let reading = read(&article, dict());
    let found: Vec<String> = Rows::new(&reading).checks().map(|row| format!("{} {} {} {}", row.kind, row.expected, row.found, row.holds)).collect();
    assert_eq!(found, ["parts 73 77 false", "target 6.2 6.2 true"]);
}
