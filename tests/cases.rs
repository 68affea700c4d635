//! `fixtures/cases`: one line a case, `text => expected`, several separated by ` ; `, `-` for nothing.

use proptest::prelude::*;
use shuliang::emit::{FactRow, QuantityRow, Rows, quantities_in};
use shuliang::source::fold::fold;
use shuliang::{Article, Dict, check, read};

use std::sync::LazyLock;

static DICT: LazyLock<Dict> = LazyLock::new(|| Dict::builtin().expect("a dictionary without mistakes"));

fn compare(name: &str, answer: impl Fn(&str) -> String) {
    let file = std::fs::read_to_string(format!("{}/fixtures/cases/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a file of cases");
    let mut wrong = Vec::new();
    let mut count = 0;
    for (number, line) in file.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let (text, wanted) = line.rsplit_once(" => ").expect(line);
        count += 1;
        let got = answer(text);
        if got != wanted {
            wrong.push(format!("{name}:{}: {text} => {got}, wanted {wanted}", number + 1));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 120, "{name} holds {count} cases");
}

fn article(text: &str) -> Article {
    Article::new(String::new(), String::new(), text.to_owned(), fold(text, &DICT))
}

fn listed(found: Vec<String>) -> String {
    if found.is_empty() { "-".to_owned() } else { found.join(" ; ") }
}

fn range(low: &str, high: &str) -> String {
    if high.is_empty() { low.to_owned() } else { format!("{low}..{high}") }
}

fn with_comparison(text: String, comparison: &str) -> String {
    if matches!(comparison, "eq" | "range") { text } else { format!("{text} {comparison}") }
}

/// The plain numbers of a text.
fn numerals(text: &str) -> String {
    let article = article(text);
    let reading = read(&article, &DICT);
    listed(Rows::new(&reading).numerals().map(|row| with_comparison(range(&row.value, &row.value_max), row.comparison)).collect())
}

fn quantities(text: &str, show: impl Fn(&QuantityRow) -> String) -> String {
    listed(quantities_in(text, &DICT).iter().map(show).collect())
}

#[test]
fn numerals_of_every_case() {
    compare("numerals.txt", numerals);
}

#[test]
fn units_of_every_case() {
    compare("units.txt", |text| {
        quantities(text, |row| format!("{} {} {} {}", range(&row.value, &row.value_max), row.unit, range(&row.base_value, &row.base_value_max), row.base_unit))
    });
}

#[test]
fn quantities_of_every_case() {
    compare("quantities.txt", |text| {
        quantities(text, |row| {
            with_comparison(
                format!("{} {}", if row.value.is_empty() { row.text.clone() } else { range(&row.value, &row.value_max) }, row.unit).trim().to_owned(),
                row.comparison,
            )
        })
    });
}

/// A fact in one line: subject, indicator and value, then what is not the usual.
fn shown(row: &FactRow) -> String {
    let mut parts = vec![row.subject.clone(), row.indicator.clone(), format!("{} {}", range(&row.value, &row.value_max), row.unit).trim().to_owned()];
    parts.extend((row.change != "none").then(|| format!("{} {}", row.change, row.basis).trim().to_owned()));
    parts.extend((!row.time_text.is_empty()).then(|| format!("@{}", row.time_text)));
    parts.extend((row.modality != "actual").then(|| row.modality.to_owned()));
    parts.extend((!row.condition.is_empty()).then(|| format!("if {}", row.condition)));
    parts.join(" · ")
}

fn facts(text: &str) -> (String, Vec<&'static str>) {
    let article = article(&text.replace("\\n", "\n"));
    let reading = read(&article, &DICT);
    let rows = Rows::new(&reading);
    (listed(rows.facts().map(|row| shown(&row)).collect()), reading.facts.iter().map(|fact| fact.evidence.rule).collect())
}

#[test]
fn facts_of_every_case() {
    compare("facts.txt", |text| facts(text).0);
}

/// Each file of `src/link/shapes` opens with an example that it takes, whose row names the shape, and one that it refuses.
#[test]
fn every_shape_takes_its_example_and_refuses_the_other() {
    let folder = format!("{}/src/link/shapes", env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    let mut shapes = 0;
    for entry in std::fs::read_dir(folder).expect("the shapes") {
        let path = entry.expect("a file").path();
        let name = path.file_stem().expect("a name").to_string_lossy().replace('_', "-");
        if name == "mod" {
            continue;
        }
        shapes += 1;
        let code = std::fs::read_to_string(&path).expect("a file");
        let examples: Vec<_> = code.lines().filter_map(|line| line.strip_prefix("//! ")?.split_once(" => ")).collect();
        let [(takes, wanted), refused @ ..] = examples.as_slice() else {
            wrong.push(format!("{name}: no example"));
            continue;
        };
        let (found, rules) = facts(takes);
        if found != *wanted {
            wrong.push(format!("{name}: {takes} => {found}, wanted {wanted}"));
        }
        // a conversion and a threshold make no row of their own
        if !matches!(name.as_str(), "conversion" | "threshold") && !rules.iter().any(|rule| rule.starts_with(name.as_str())) {
            wrong.push(format!("{name}: the rows of its example name {rules:?}"));
        }
        if refused.is_empty() {
            wrong.push(format!("{name}: nothing that it refuses"));
        }
        for (text, wanted) in refused {
            let (found, rules) = facts(text);
            if found != *wanted || rules.contains(&name.as_str()) {
                wrong.push(format!("{name}: {text} => {found} by {rules:?}, wanted {wanted}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(shapes >= 12, "{shapes} shapes");
}

#[test]
fn every_example_of_the_dictionary_is_read_as_it_says() {
    let wrong: Vec<String> = check(&DICT).iter().map(ToString::to_string).collect();
    assert!(wrong.is_empty(), "{} examples:\n{}", wrong.len(), wrong.join("\n"));
}

/// `value` in Chinese characters, below 10^16: 120034 is 十二万零三十四.
fn in_chinese(value: u64) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    if value == 0 {
        return "零".to_owned();
    }
    let section = |n: u64| {
        let mut text = String::new();
        let mut zero = false;
        for (power, scale) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = (n / power % 10) as usize;
            if digit == 0 {
                zero |= !text.is_empty();
                continue;
            }
            if zero {
                text.push('零');
                zero = false;
            }
            text.push(DIGITS[digit]);
            text.push_str(scale);
        }
        text
    };
    // 万 counts below 亿 and above it: 一千万亿 is 10^15
    let below = |n: u64| {
        let (high, low) = (n / 10_000, n % 10_000);
        let gap = if high > 0 && low > 0 && low < 1000 { "零" } else { "" };
        let high = if high > 0 { format!("{}万", section(high)) } else { String::new() };
        format!("{high}{gap}{}", section(low))
    };
    let (high, low) = (value / 100_000_000, value % 100_000_000);
    let gap = if high > 0 && low > 0 && low < 10_000_000 { "零" } else { "" };
    let high = if high > 0 { format!("{}亿", below(high)) } else { String::new() };
    format!("{high}{gap}{}", if low > 0 { below(low) } else { String::new() })
}

proptest! {
    #[test]
    fn a_formatted_numeral_reads_back(value in 0u64..10_000_000_000_000_000, small in 0u64..100_000) {
        for value in [value, small, value / 100_000_000 * 100_000_000 + small] {
            prop_assert_eq!(numerals(&in_chinese(value)), value.to_string(), "{}", in_chinese(value));
        }
    }

    #[test]
    fn decimals_read_back(value in 0u64..10_000, digits in "[1-9]{1,6}") {
        let spoken: String = digits.chars().map(|c| in_chinese(u64::from(c.to_digit(10).unwrap_or(0)))).collect();
        prop_assert_eq!(numerals(&format!("{}点{spoken}", in_chinese(value))), format!("{value}.{digits}"));
    }

    #[test]
    fn a_printed_value_reads_back(whole in 0u64..10_000_000_000_000_000, places in 0usize..6, negative in any::<bool>()) {
        let digits = whole.to_string();
        let (a, b) = digits.split_at(digits.len().saturating_sub(places).max(1));
        let text = if b.is_empty() { a.to_owned() } else { format!("{a}.{b}") };
        let text = if negative { format!("-{text}") } else { text };
        let once = numerals(&text);
        prop_assert_eq!(numerals(&once), once);
    }

    #[test]
    fn nothing_panics_and_layers_are_in_order(text in "([0-9一二两三四五六七八九十百千万亿零〇几数半多余第负点分之成折倍番角元块毛米吨亩公里每/／%％度°℃,，.．:：×xX*~～—\\-至到约近超以上下左右内不足过个项人 |\n“”《》（）()¥￥港币人民币第]|\\PC){0,60}") {
        let article = article(&text);
        let reading = read(&article, &DICT);
        let layers = [
            reading.numerals.iter().map(|n| n.span).collect::<Vec<_>>(),
            reading.quantities.iter().map(|q| q.span).collect(),
        ];
        for layer in layers {
            let mut end = 0;
            for span in layer {
                prop_assert!(span.start() >= end && span.end() > span.start(), "{:?} in {:?}", span, article.text);
                prop_assert!(article.text.get(span.range()).is_some());
                end = span.end();
            }
        }
        for refusal in &reading.refusals {
            prop_assert!(article.text.get(refusal.span.range()).is_some() && !refusal.reason.is_empty());
        }
    }
}
