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
}

#[test]
fn a_quantity_is_never_cut() {
    let text = "青山县50万千瓦风电场";
    let start = text.find('5').expect("a digit");
    let barrier = Span::new(start, start + "50万千瓦".len());
    let (places, _) = regions::places(text, "", &DICT.names);
    let formed = forms::formed(text, &DICT.names, &places, &[], &Places::new([barrier]));
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
