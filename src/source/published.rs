//! The day of publication, where the text itself carries it.
//!
//! Read: a line among the first ones that is a date with nothing but a source beside it (`2019-12-20`,
//! `发布时间：2023/05/16 10:20`, `来源：江城日报 2019-12-20`); the dateline of an agency, if it names a year; a date alone at
//! the end, as notices are signed. Not read: a date in a running sentence (`2013年10月8日，全国首家…`).

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use crate::segment::{Line, LineKind};

/// How many lines from the top may carry the date.
const TOP: usize = 15;
/// How many lines from the end may carry a signature's date.
const BOTTOM: usize = 8;

static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"((?:19|20)[0-9]{2})(?:-|/|\.|\s*年\s*)([0-9]{1,2})(?:-|/|\.|\s*月\s*)([0-9]{1,2})").ok());
static DATELINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^[((【\[]?(?:本报|新华社|中新社|新华网|中新网|人民网)[^0-9,。，]{0,12}((?:19|20)[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})日[电讯]").ok()
});

/// The day that a date or a date-time spells: `2019-12-20`, `2016-11-07T17:00:00+08:00`, `2023年5月16日 10:20`.
pub fn date_of(text: &str) -> Option<Date> {
    let text = text.trim();
    let found = DATE.as_ref()?.captures(text)?;
    if found.get(0)?.start() > 0 { None } else { day(&found) }
}

fn day(found: &regex::Captures<'_>) -> Option<Date> {
    let part = |i: usize| found.get(i).and_then(|m| m.as_str().parse::<i16>().ok());
    Date::new(part(1)?, i8::try_from(part(2)?).ok()?, i8::try_from(part(3)?).ok()?).ok()
}

/// The day of publication that `text` carries; `lines` are its lines.
pub fn find(text: &str, lines: &[Line]) -> Option<Date> {
    let date = DATE.as_ref()?;
    let furniture = |line: &&Line| line.kind == LineKind::Furniture;
    let in_line = |line: &Line| date.captures_iter(&text[line.span]).find_map(|found| day(&found));
    let top = lines.iter().take(TOP).filter(furniture).find_map(in_line);
    let dateline = || lines.iter().take(TOP).find_map(|line| DATELINE.as_ref()?.captures(&text[line.span]).and_then(|found| day(&found)));
    let signature = || lines.iter().rev().take(BOTTOM).filter(furniture).filter(|line| alone(&text[line.span])).find_map(in_line);
    top.or_else(dateline).or_else(signature)
}

/// True for a line that holds a date and nothing else.
fn alone(line: &str) -> bool {
    let found = DATE.as_ref().and_then(|date| date.find(line));
    found.is_some_and(|m| m.start() == 0 && matches!(line[m.end()..].trim(), "" | "日"))
}
