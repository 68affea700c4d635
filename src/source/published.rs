//! The day of publication, where the text itself carries it.
//!
//! Read: a line among the first ones that is a date with nothing but a source beside it (`2019-12-20`,
//! `发布时间：2023/05/16 10:20`, `来源：江城日报 2019-12-20`); the dateline of an agency, if it names a year; a date alone at
//! the end, as notices are signed. Not read: a date in a running sentence (`2013年10月8日，全国首家…`).

use jiff::civil::Date;

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
    date_at(text.trim()).map(|(_, day)| day)
}

/// The day of publication that `text` carries; `lines` are its lines.
pub fn find(text: &str, lines: &[Line], furniture: &Furniture) -> Option<Date> {
    let is_furniture = |line: &&Line| line.kind == LineKind::Furniture;
    let day = |line: &Line| first_date(&text[line.span]).map(|(_, day)| day);
    let top = lines.iter().take(TOP).filter(is_furniture).find_map(day);
    let dateline = || lines.iter().take(TOP).find_map(|line| dateline(&text[line.span], furniture));
    let signature = || lines.iter().rev().take(BOTTOM).filter(is_furniture).find(|line| is_date(&text[line.span])).and_then(day);
    top.or_else(dateline).or_else(signature)
}

/// （新华社北京2023年3月5日电 …）: the day of an agency's dateline that names a year.
fn dateline(line: &str, furniture: &Furniture) -> Option<Date> {
    let line = line.trim_start_matches(['(', '（', '【', '[']);
    furniture.agencies.longest(line, 0)?;
    let (at, day) = first_date(line).filter(|(at, _)| *at <= DATELINE)?;
    let (len, _) = date_at(line.get(at..)?)?;
    line[at + len..].starts_with(['电', '讯']).then_some(day)
}

/// True for a line that holds a date and nothing else.
fn is_date(line: &str) -> bool {
    date_at(line).is_some_and(|(len, _)| len == line.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dict::Dict;
    use crate::segment::lines;
    use jiff::civil::date;

    fn found(text: &str) -> Option<Date> {
        let dict = Dict::builtin().expect("the dictionary");
        find(text, &lines(text, "", &dict.furniture), &dict.furniture)
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
    fn a_date_in_a_sentence_is_not() {
        assert_eq!(found("某县经济运行平稳\n2023年5月16日，某县建成3项。"), None);
        assert_eq!(found("（新华社北京3月5日电）建成3项。\n完成投资2亿元。"), None);
        assert_eq!(found("2023-05-16"), None);
        assert_eq!(found(""), None);
    }
}
