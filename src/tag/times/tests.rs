//! The cases of `fixtures/cases/times.txt` and the properties of the layer.

use jiff::civil::DateTime;
use proptest::prelude::*;

use std::sync::LazyLock;

use super::{Moment, TimeKind, TimeRef, times};
use crate::dict::{Dict, File};

fn show(time: &TimeRef) -> String {
    let moment = |moment: Option<Moment>| match moment {
        None => "..".to_owned(),
        Some(Moment::Day(day)) => day.to_string(),
        Some(Moment::Clock(clock)) => clock.strftime("%Y-%m-%dT%H:%M").to_string(),
        Some(Moment::Time(time)) => time.strftime("T%H:%M").to_string(),
    };
    match time.kind {
        TimeKind::Vague => "?".to_owned(),
        TimeKind::Set => "set".to_owned(),
        _ => format!("{}/{}", moment(time.period.start), moment(time.period.end)),
    }
}

fn answers(text: &str, published: Option<DateTime>, dict: &Dict) -> String {
    let found = times(text, published, &dict.times);
    if found.is_empty() { "-".to_owned() } else { found.iter().map(show).collect::<Vec<_>>().join(" ; ") }
}

const CASES: &str = include_str!("../../../fixtures/cases/times.txt");
const DICTIONARY: [&str; 2] = [include_str!("../../../dict/times.tsv"), include_str!("../../../dict/times-cues.tsv")];

#[test]
fn reads_every_case() {
    let dict = Dict::builtin().unwrap();
    let mut wrong = Vec::new();
    for line in CASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (case, wanted) = line.rsplit_once(" => ").expect(line);
        let (published, text) = match case.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
            Some((day, text)) => (Some(day.parse::<DateTime>().unwrap()), text),
            None => (None, case),
        };
        let got = answers(text, published, &dict);
        if got != wanted {
            wrong.push(format!("{case}: wanted {wanted}, got {got}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn reads_every_example_of_the_dictionary() {
    let dict = Dict::with(&Vec::<File>::new()).unwrap();
    let published = "2019-12-20T00:00".parse::<DateTime>().ok();
    let mut wrong = Vec::new();
    for line in DICTIONARY.into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#')) {
        let Some((text, wanted)) = line.rsplit('\t').next().and_then(|cell| cell.split_once(" => ")) else { continue };
        let got = answers(text, published, &dict);
        if got != wanted {
            wrong.push(format!("{text}: wanted {wanted}, got {got}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

static DICT: LazyLock<Dict> = LazyLock::new(|| Dict::builtin().unwrap());

proptest! {
    #[test]
    fn spans_are_in_order_and_intervals_run_forward(text in "([0-9一二三四五十百千年月日号上下前后今明去到至底末初周季度半点时分:：/.\\-—截从以来春节国庆近农历闰廿第个的每“”五期间 ]|\\PC){0,40}", day in 0i64..80_000) {
        let dict = &*DICT;
        let published = super::calendar::add_days(jiff::civil::date(1900, 1, 1), day).map(super::scene::midnight);
        let mut end = 0;
        for time in times(&text, published, &dict.times) {
            prop_assert!(time.span.start() >= end && time.span.end() > time.span.start());
            prop_assert!(text.get(time.span.range()).is_some());
            end = time.span.end();
            match (time.period.start, time.period.end) {
                (Some(Moment::Day(a)), Some(Moment::Day(b))) => prop_assert!(a <= b),
                (Some(Moment::Clock(a)), Some(Moment::Clock(b))) => prop_assert!(a <= b),
                _ => {}
            }
        }
    }

    #[test]
    fn a_year_later_relative_years_move_and_absolute_ones_stay(case in 0usize..RELATIVE.len(), year in 1950i16..2080, month in 1i8..=12, day in 1i8..=28) {
        let at = |year: i16| Some(super::scene::midnight(jiff::civil::date(year, month, day)));
        let years = |text: &str, year: i16| -> Vec<i16> {
            let found = times(text, at(year), &DICT.times);
            found.iter().flat_map(|time| [time.period.start, time.period.end]).flatten().map(|moment| match moment {
                Moment::Day(day) => day.year(),
                Moment::Clock(clock) => clock.year(),
                Moment::Time(_) => 0,
            }).collect()
        };
        let (text, absolute) = RELATIVE[case];
        let (now, later) = (years(text, year), years(text, year + 1));
        prop_assert!(!now.is_empty(), "{text}");
        let moved: Vec<i16> = now.iter().map(|year| year + i16::from(!absolute)).collect();
        prop_assert_eq!(moved, later, "{}", text);
    }
}

/// Times, and whether they are the same whenever the article was published.
const RELATIVE: [(&str, bool); 24] = [
    ("今年灾情减轻，截至9月30日7时受灾3万人", false),
    ("去年基数较高，下半年回落3%", false),
    ("去年产值3亿元", false),
    ("今年以来开工3项", false),
    ("明年上半年完工", false),
    ("前年底有3座", false),
    ("截至目前有3座", false),
    ("近三年建成3座", false),
    ("今年1—7月出口3亿元", false),
    ("去年同月出口3亿元", false),
    ("去年3月5日开工", false),
    ("计划年内完工", false),
    ("今年春节假期接待3万人次", false),
    ("昨日上午9时开工", false),
    ("2019年产值3亿元", true),
    ("2019年3月5日开工", true),
    ("2016—2020年建成3座", true),
    ("“十四五”期间建成3座", true),
    ("到2025年建成3座", true),
    ("2020年第一季度末有3座", true),
    ("2019年国庆假期接待3万人次", true),
    ("2019—2020学年招生300人", true),
    ("民国20年建成", true),
    ("2019-03-05开工", true),
];

#[test]
fn without_a_day_of_publication_nothing_is_resolved_by_the_clock_of_the_machine() {
    for (text, _) in RELATIVE.iter().filter(|(_, absolute)| !absolute) {
        for time in times(text, None, &DICT.times) {
            assert_eq!(time.period, super::Period::default(), "{text}");
        }
    }
}
