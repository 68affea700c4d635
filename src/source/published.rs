//! The day of publication, and the clock time where one stands beside it.
//!
//! Read, the first that is there: a line among the first ones that is a date with nothing but a source beside it
//! (`2019-12-20`, `发布时间：2023/05/16 10:20`, `来源：江城日报 2019-12-20`); a short line after the title that ends with a
//! date and is no sentence (`江城日报 时间：2024-02-22`, not `开工日期：2024-02-22`); the dateline of an agency, if it names a year; a
//! date alone at the end, as notices are signed; a dateline without a year (`新华社北京3月5日电`), where the name of the
//! article gives one (`t20230306_1.html`). Not read: a date in a running sentence (`2013年10月8日，全国首家…`).

use jiff::civil::{Date, DateTime, Time};

use crate::dict::Furniture;
use crate::segment::dates::{date_at, first_date};
use crate::segment::{Line, LineKind};

/// How many lines from the top may carry the date.
const TOP: usize = 15;
/// How many lines from the end may carry a signature's date.
const BOTTOM: usize = 8;
/// How far into a line, in bytes, the date of an agency's dateline may begin.
const DATELINE: usize = 48;

/// The day that a date or a date-time spells: `2019-12-20`, `2016-11-07T17:00:00+08:00`, `2023年5月16日 10:20`.
pub fn date_of(text: &str) -> Option<Date> {
    moment_of(text).map(DateTime::date)
}

/// The moment that a date or a date-time spells, by the clock of the place that wrote it; midnight for a day alone.
pub fn moment_of(text: &str) -> Option<DateTime> {
    let text = text.trim();
    moment_at(text).or_else(|| compact(text).filter(|_| text.len() == COMPACT).map(|day| day.to_datetime(Time::midnight())))
}

/// The moment of publication that `text` carries, midnight where only the day is known; `lines` are its lines, `known` the
/// day that the name or the source of the article gives.
pub fn find(text: &str, lines: &[Line], known: Option<Date>, furniture: &Furniture) -> Option<DateTime> {
    let is_furniture = |line: &&Line| line.kind == LineKind::Furniture;
    let moment = |line: &Line| first_date(&text[line.span]).and_then(|(at, _)| moment_at(&text[line.span][at..]));
    let top = || lines.iter().take(TOP).filter(is_furniture).find_map(moment);
    let labelled = || lines.iter().take(TOP).skip(1).find_map(|line| labelled(&text[line.span], furniture));
    let dateline = || lines.iter().take(TOP).find_map(|line| dateline(&text[line.span], known, furniture));
    let signature = || lines.iter().rev().take(BOTTOM).filter(is_furniture).find(|line| is_date(&text[line.span])).and_then(moment);
    top().or_else(labelled).or_else(|| dateline().map(midnight)).or_else(signature).or(known.map(midnight))
}

fn midnight(day: Date) -> DateTime {
    day.to_datetime(Time::midnight())
}

/// The date with its clock time, if it has one, that `text` begins with.
fn moment_at(text: &str) -> Option<DateTime> {
    let (len, day) = date_at(text)?;
    Some(day.to_datetime(clock(&text[..len]).unwrap_or(Time::midnight())))
}

/// The longest line, in characters, that may be a byline.
const BYLINE: usize = 40;

/// The date at the end of a short line that is no sentence: `（2016年10月19日）`, `江城日报 时间：2024-02-22`, `本文作者：马洪 2021-10-08`.
fn labelled(line: &str, furniture: &Furniture) -> Option<DateTime> {
    let line = line.trim_start_matches(['(', '（', '[', '【']).trim_end_matches([')', '）', ']', '】']).trim();
    let (at, _) = first_date(line)?;
    let (before, date) = line.split_at(at);
    let label = before.trim_end().strip_suffix([':', '：']);
    let stands = before.is_empty() || before.ends_with([' ', '\u{3000}']) || label.is_some();
    let ours = label.is_none_or(|label| label.split([' ', '\u{3000}']).next_back().is_some_and(|label| furniture.starts.get(label).is_some()));
    let sentence = line.contains(['，', '。', '；', '、', ',', ';']);
    (is_date(date) && stands && ours && !sentence && line.chars().count() <= BYLINE).then(|| moment_at(date)).flatten()
}

/// The clock time at the end of a date-time: 10:20, 9:05:33.
fn clock(text: &str) -> Option<Time> {
    let digits = |text: &str| text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let mut parts = text.split([':', '：']);
    let hour = parts.next()?.trim_end();
    let hour = hour[hour.len() - digits(hour)..].parse().ok()?;
    let minute = parts.next()?.trim().parse().ok()?;
    let second = parts.next().map_or(Some(0), |second| second.trim().parse().ok())?;
    Time::new(hour, minute, second, 0).ok()
}

/// （新华社北京2023年3月5日电 …）: the day of an agency's dateline. Without a year, it is the day nearest to the one known.
fn dateline(line: &str, known: Option<Date>, furniture: &Furniture) -> Option<Date> {
    let line = line.trim_start_matches(['(', '（', '【', '[']);
    furniture.agencies.longest(line, 0)?;
    let told = |rest: &str| rest.starts_with(['电', '讯']);
    if let Some((at, day)) = first_date(line).filter(|(at, _)| *at <= DATELINE) {
        let (len, _) = date_at(line.get(at..)?)?;
        return told(&line[at + len..]).then_some(day);
    }
    let known = known?;
    let at = line.find(|c: char| c.is_ascii_digit()).filter(|at| *at <= DATELINE)?;
    let (month, rest) = line[at..].split_once('月')?;
    let (day, rest) = rest.split_once('日')?;
    let (month, day) = (month.trim().parse().ok()?, day.trim().parse().ok()?);
    let near = (-1..=1).filter_map(|step| Date::new(known.year() + step, month, day).ok()).min_by_key(|date| (*date - known).get_days().abs())?;
    (told(rest) && (near - known).get_days().abs() <= NEAR).then_some(near)
}

/// How many days may lie between a dateline and the day that the name of its article gives.
const NEAR: i32 = 60;

/// True for a line that holds a date and nothing else.
fn is_date(line: &str) -> bool {
    date_at(line).is_some_and(|(len, _)| len == line.len())
}

/// How long a date in digits is.
const COMPACT: usize = 8;

/// The day in a URL or in the name of a file: `…/202303/t20230305_1.html`, `2023-03/05/content_1.htm`, `20230305.txt`. The
/// last one counts; a folder of its own (`2023-03-05/a.txt`) may be the day somebody stored the file, and does not.
pub fn in_name(name: &str) -> Option<Date> {
    let file = if name.contains("://") { 0 } else { name.rfind(['/', '\\']).map_or(0, |at| at + 1) };
    let digit = |at: usize| name.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let starts = (0..name.len()).rev().filter(|at| digit(*at) && at.checked_sub(1).is_none_or(|before| !digit(before)));
    starts.filter_map(|at| spelled(name.get(at..)?).filter(|(parted, _)| *parted || at >= file)).map(|(_, day)| day).next()
}

/// The day that `name` begins with, and whether it is spread over folders.
fn spelled(name: &str) -> Option<(bool, Date)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    if digits(name) == COMPACT {
        return compact(name).map(|day| (false, day));
    }
    if digits(name) != 4 {
        return None;
    }
    let mark = |text: &str| matches!(text.as_bytes().first(), Some(b'-' | b'_' | b'/' | b'.'));
    let rest = name.get(5..).filter(|_| mark(&name[4..]))?;
    let (month, day) = match digits(rest) {
        4 => (&rest[..2], &rest[2..4]),
        len @ 1..=2 => {
            let rest_of = rest.get(len + 1..).filter(|_| mark(&rest[len..]))?;
            (&rest[..len], &rest_of[..Some(digits(rest_of)).filter(|len| (1..=2).contains(len))?])
        }
        _ => return None,
    };
    let spread = name[..name.len().min(10)].contains('/');
    date(&name[..4], month, day).map(|day| (spread, day))
}

/// 20230305
fn compact(digits: &str) -> Option<Date> {
    let part = |range| digits.get(range);
    date(part(0..4)?, part(4..6)?, part(6..8)?)
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let year = year.parse().ok().filter(|year| (1990..2100).contains(year))?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dict::Dict;
    use crate::segment::lines;
    use jiff::civil::date;

    fn moment(text: &str, known: Option<Date>) -> Option<DateTime> {
        let dict = Dict::builtin().expect("the dictionary");
        find(text, &lines(text, "", &dict.furniture), known, &dict.furniture)
    }

    fn found(text: &str) -> Option<Date> {
        moment(text, None).map(DateTime::date)
    }

    #[test]
    fn a_clock_time_beside_the_date_is_kept() {
        let day = date(2023, 5, 16);
        assert_eq!(moment("某县经济运行平稳\n2023-05-16 10:20\n建成3项。", None), Some(day.at(10, 20, 0, 0)));
        assert_eq!(moment("某县经济运行平稳\n发布时间：2023年5月16日 9:05:33　来源：江城日报\n建成3项。", None), Some(day.at(9, 5, 33, 0)));
        assert_eq!(moment("某县经济运行平稳\n2023-05-16\n建成3项。", None), Some(day.at(0, 0, 0, 0)));
        assert_eq!(moment_of("2023-05-16T04:30:00+08:00"), Some(day.at(4, 30, 0, 0)));
        assert_eq!(moment_of("20230516"), Some(day.at(0, 0, 0, 0)));
        assert_eq!(moment_of("2023051"), None);
    }

    #[test]
    fn a_dateline_takes_the_year_of_the_name() {
        let text = "某县经济运行平稳\n（新华社北京3月5日电）建成3项。\n完成投资2亿元。";
        let day = |known| moment(text, Some(known)).map(DateTime::date);
        assert_eq!(day(date(2023, 3, 6)), Some(date(2023, 3, 5)));
        assert_eq!(day(date(2023, 1, 6)), Some(date(2023, 3, 5)));
        assert_eq!(day(date(2023, 9, 6)), Some(date(2023, 9, 6)));
        let december = "中新社兰州12月31日电 建成3项。\n完成投资2亿元。";
        assert_eq!(moment(december, Some(date(2023, 1, 1))).map(DateTime::date), Some(date(2022, 12, 31)));
    }

    #[test]
    fn names_carry_days() {
        let day = Some(date(2021, 3, 5));
        for name in [
            "20210305.txt",
            "news/t20210305_1234567.html",
            "http://www.example.com/a/202103/t20210305_1.shtml",
            "http://example.com/2021-03/05/content_1.htm",
            "http://example.com/n1/2021/0305/c1001-32.html",
            "mirror/example.com/2021/03/05/a.html",
            "a-2021-03-05.txt",
            "2021_3_5.txt",
        ] {
            assert_eq!(in_name(name), day, "{name}");
        }
        for name in ["2021-03-05/a.txt", "20210305/a.txt", "1234567890.txt", "20211305.txt", "a.txt", "news.jsonl:20", "江城日报", "8888-99-12", "2021-3"] {
            assert_eq!(in_name(name), None, "{name}");
        }
    }

    #[test]
    fn a_date_beside_the_article_is_its_day() {
        let day = Some(date(2023, 5, 16));
        assert_eq!(found("某县经济运行平稳\n2023-05-16\n建成3项。"), day);
        assert_eq!(found("某县经济运行平稳\n发布时间：2023/05/16 10:20　来源：江城日报\n建成3项。"), day);
        assert_eq!(found("某县经济运行平稳\n来源：江城日报 2023年5月16日\n建成3项。"), day);
        assert_eq!(found("新华社北京2023年5月16日电 建成3项。\n完成投资2亿元。"), day);
        assert_eq!(found("关于项目的通知\n建成3项。\n某县人民政府\n2023年5月16日"), day);
    }

    #[test]
    fn a_byline_may_end_with_the_date() {
        let day = Some(date(2023, 5, 16));
        assert_eq!(found("某县经济运行平稳\n江城观察 本文作者：马洪 2023-05-16\n建成3项。"), day);
        assert_eq!(found("某县经济运行平稳\n（2023年5月16日）\n建成3项。"), day);
        assert_eq!(found("某县经济运行平稳\n江城产业网   时间：2023-05-16\n建成3项。"), day);
        assert_eq!(found("某县道路工程\n项目名称：江城大道 开工日：2023-05-16\n建成3项。"), None);
    }

    #[test]
    fn a_date_in_a_sentence_is_not() {
        assert_eq!(found("某县经济运行平稳\n2023年5月16日，某县建成3项。"), None);
        assert_eq!(found("（新华社北京3月5日电）建成3项。\n完成投资2亿元。"), None);
        assert_eq!(found("2023-05-16"), None);
        assert_eq!(found(""), None);
    }
}
