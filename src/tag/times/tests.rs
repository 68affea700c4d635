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

fn file(name: &str) -> String {
    std::fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn reads_every_case() {
    let dict = Dict::builtin().unwrap();
    let mut wrong = Vec::new();
    for line in file("fixtures/cases/times.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
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
    for line in file("dict/times.tsv").lines().filter(|line| !line.starts_with('#')).skip(1) {
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
}
