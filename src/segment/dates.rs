//! Full dates as pages print them beside an article: `2019-12-20 10:20`, `2023/05/16`, `2023年5月16日`.

use jiff::civil::Date;

/// The full date that `text` begins with: its length in bytes, with a clock time behind it, and the day. A number of more
/// digits (`2019-12-201`) is no date.
pub fn date_at(text: &str) -> Option<(usize, Date)> {
    let (year, rest) = number(text, 4, 4)?;
    let (mark, rest) = mark(rest, &["-", "/", ".", "年"])?;
    let (month, rest) = number(rest, 1, 2)?;
    let rest = rest.trim_start_matches(' ').strip_prefix(if mark == "年" { "月" } else { mark })?;
    let (day, rest) = number(rest.trim_start_matches(' '), 1, 2)?;
    let rest = if mark == "年" { rest.trim_start_matches(' ').strip_prefix("日").unwrap_or(rest) } else { rest };
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let clock = rest.strip_prefix('T').unwrap_or(rest).trim_start_matches(' ');
    let rest = clock_at(clock).map_or(rest, |len| &clock[len..]);
    ((1900..2100).contains(&year)).then(|| (text.len() - rest.len(), date))
}

/// How many bytes of `text` are a clock time that it begins with: `10:20`, `9:05:33`.
pub fn clock_at(text: &str) -> Option<usize> {
    let (hour, rest) = number(text, 1, 2)?;
    let (_, rest) = mark(rest, &[":", "："])?;
    let (minute, rest) = number(rest, 2, 2)?;
    let rest = mark(rest, &[":", "："]).and_then(|(_, rest)| number(rest, 2, 2)).map_or(rest, |(_, rest)| rest);
    (hour < 24 && minute < 60).then(|| text.len() - rest.len())
}

/// The first full date in `text`.
pub fn first_date(text: &str) -> Option<(usize, Date)> {
    let digit = |at: &usize| text.as_bytes().get(*at).is_some_and(u8::is_ascii_digit);
    let begins = (0..text.len()).filter(|at| digit(at) && at.checked_sub(1).is_none_or(|before| !digit(&before)));
    begins.filter_map(|at| Some((at, date_at(text.get(at..)?)?.1))).next()
}

/// A number of `least` to `most` digits, and what follows it; `None` where more digits do.
fn number(text: &str, least: usize, most: usize) -> Option<(i16, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits < least || digits > most { None } else { Some((text[..digits].parse().ok()?, &text[digits..])) }
}

/// One of the marks, blanks around it, and what follows it.
fn mark<'a>(text: &'a str, marks: &[&'static str]) -> Option<(&'static str, &'a str)> {
    let text = text.trim_start_matches(' ');
    marks.iter().find_map(|mark| Some((*mark, text.strip_prefix(mark)?.trim_start_matches(' '))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_with_and_without_a_clock() {
        for (text, len) in [
            ("2019-12-20", 10),
            ("2019/12/20 10:20 江城日报", 16),
            ("2019.12.20", 10),
            ("2019-12-20T10:20:33+08:00", 19),
            ("2019年12月20日", 17),
            ("2019 年 12 月 20 日 9:05", 27),
        ] {
            assert_eq!(date_at(text), Some((len, date(2019, 12, 20))), "{text}");
        }
        for text in ["2019", "2019-12", "12019-12-20", "2019-12-201", "2019-13-20", "2019年12月", "2019-12/20", "1234-12-20"] {
            assert_eq!(date_at(text), None, "{text}");
        }
        assert_eq!(first_date("发布于：2019-12-20"), Some((12, date(2019, 12, 20))));
        assert_eq!(first_date("电话0932-2019-12-20"), Some((11, date(2019, 12, 20))));
        assert_eq!(first_date("62019-12-20"), None);
    }
}
