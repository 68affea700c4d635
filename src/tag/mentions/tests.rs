use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::Dict;

static DICT: LazyLock<Dict> = LazyLock::new(|| Dict::builtin().unwrap_or_else(|errors| panic!("{errors:?}")));

fn found(text: &str) -> String {
    let mentions = mentions(text, "", &[], &[], &DICT.names);
    let shown = mentions.list.iter().map(|mention| {
        let entity = mentions.entity(mention.entity).expect("an entity of the list");
        let code = if entity.code.is_empty() { "-" } else { &entity.code };
        format!("{}/{}/{}/{code}", &text[mention.span], entity.kind.name(), entity.name)
    });
    let shown: Vec<String> = shown.collect();
    if shown.is_empty() { "-".to_owned() } else { shown.join(" ; ") }
}

#[test]
fn cases() {
    let lines = include_str!("../../../fixtures/cases/mentions.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let wrong: Vec<String> = lines
        .filter_map(|line| {
            let (text, want) = line.split_once(" => ").unwrap_or((line, "a line `text => mentions`"));
            let got = found(text);
            (got != want).then(|| format!("{text}\n  want {want}\n  got  {got}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_title_tells_what_is_meant() {
    let names = &DICT.names;
    let meant = |text: &str, title: &str| {
        let mentions = mentions(text, title, &[], &[], names);
        mentions.list.iter().filter_map(|mention| mentions.entity(mention.entity)).map(|entity| (entity.name.clone(), entity.path.clone())).next()
    };
    let pair = |name: &str, path: &str| Some((name.to_owned(), path.to_owned()));
    assert_eq!(meant("全县实现地区生产总值541亿元", "2020年海盐县统计公报"), pair("海盐县", "浙江省/嘉兴市/海盐县"));
    // Not named in the article, but known.
    assert_eq!(meant("全省第二", "永安市完成造林任务"), pair("全省", "福建省"));
    assert_eq!(meant("朝阳区新增学位3000个", "长春市教育局公布学位数"), pair("朝阳区", "吉林省/长春市/朝阳区"));
    assert_eq!(meant("江城工业加快发展", "吉林市项目建设提速"), pair("吉林市", "吉林省/吉林市"));
    assert_eq!(meant("江城工业加快发展", "项目建设提速"), None);
    // A place that no list has, at the start of the title; not the market of 全市.
    assert_eq!(meant("全县出口12亿元", "云岭县2024年统计公报"), pair("云岭县", ""));
    assert_eq!(meant("我市出口12亿元", "关于云岭市2024年预算执行情况的报告"), pair("云岭市", ""));
    assert_eq!(meant("全县出口12亿元", "外贸县域经济提速"), pair("全县", ""));
}

#[test]
fn a_quantity_is_never_cut() {
    let text = "青山县50万千瓦风电场";
    let start = text.find('5').expect("a digit");
    let barrier = Span::new(start, start + "50万千瓦".len());
    let marks = Marks::new(text, &DICT.names);
    let (places, _) = regions::places(text, "", &DICT.names, &marks, &regions::Listings::new(text, &DICT.names, &marks));
    let formed = forms::formed(text, &DICT.names, &marks, &places, &[], &Places::new([barrier]));
    assert!(formed.iter().all(|draft| draft.span.start() < start || draft.span.start() >= barrier.end()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_gives_sorted_disjoint_spans(text in "([吉林市县省区浙全该公司项目青山水利局有限由与和在的、，。“”（）()《》0-9A-Z一新城\u{0}-\u{7f}]|\\PC){0,80}", title in "[吉林市江城县公司开发区]{0,12}") {
        let mentions = mentions(&text, &title, &[], &[], &DICT.names);
        let mut end = 0;
        for mention in &mentions.list {
            prop_assert!(mention.span.start() >= end && !mention.span.is_empty());
            prop_assert!(text.get(mention.span.range()).is_some());
            prop_assert!(mentions.entity(mention.entity).is_some());
            end = mention.span.end();
        }
    }
}

fn users(name: &str, text: String) -> Dict {
    let files = [crate::dict::File { name: name.to_owned(), text }];
    Dict::with(&files).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn first(text: &str, dict: &Dict) -> Option<(String, EntityKind, String, String)> {
    let mentions = mentions(text, "", &[], &[], &dict.names);
    let mention = mentions.list.first()?;
    let entity = mentions.entity(mention.entity)?;
    Some((text[mention.span].to_owned(), entity.kind, entity.name.clone(), entity.code.clone()))
}

#[test]
fn five_hundred_names_of_a_user_are_found() {
    let brand = |i: usize| {
        let digits = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
        [i / 100, i / 10 % 10, i % 10].map(|digit| digits.get(digit).copied().unwrap_or_default()).concat()
    };
    let rows: String = (0..500).map(|i| format!("{0}湃\t{0}澜|{0}澜湃\tU-{i}\n", brand(i))).collect();
    let dict = users("companies.tsv", format!("name\taliases\tcode\n{rows}"));
    let lines: Vec<String> = (0..500).map(|i| [format!("{}湃", brand(i)), format!("{}澜", brand(i)), format!("{}澜湃", brand(i))].join("、")).collect();
    for (at, part) in lines.chunks(50).enumerate() {
        let text = part.join("产值5亿元\n");
        let mentions = mentions(&text, "", &[], &[], &dict.names);
        let codes: Vec<&str> = mentions.list.iter().filter_map(|mention| mentions.entity(mention.entity)).map(|entity| entity.code.as_str()).collect();
        let want: Vec<String> = (at * 50..at * 50 + 50).flat_map(|i| std::iter::repeat_n(format!("U-{i}"), 3)).collect();
        assert_eq!(codes, want);
        assert!(mentions.list.iter().filter_map(|mention| mentions.entity(mention.entity)).all(|entity| entity.kind == EntityKind::Company));
    }
    // What was there before is still there.
    assert_eq!(first("洛阳市产值5亿元", &dict).map(|found| found.3), Some("410300".to_owned()));
    assert_eq!(first("国家电网投资5亿元", &dict).map(|found| found.1), Some(EntityKind::Company));
}

#[test]
fn divisions_and_zones_of_a_user_are_found() {
    let dict = users("divisions.tsv", "code\tname\tshort\tplain\n410399\t青澜县\t青澜\t-\n410399001\t云渡镇\t-\t-\n".to_owned());
    assert_eq!(first("青澜县产值5亿元", &dict).map(|found| (found.2, found.3)), Some(("青澜县".to_owned(), "410399".to_owned())));
    assert_eq!(first("洛阳市青澜县云渡镇产值5亿元", &dict).map(|found| found.3), Some("410399001".to_owned()));
    assert_eq!(first("嘉定区产值5亿元", &dict).map(|found| found.3), Some("310114".to_owned()));
    let dict = users("zones.tsv", "name\taliases\tregion\tkind\n云渡未来港\t云渡港\t-\t产业园\n".to_owned());
    assert_eq!(first("云渡港产值5亿元", &dict).map(|found| found.1), Some(EntityKind::Zone));
}
