//! What a spreadsheet makes of a text: formulas, numbers, dates; and how a cell is kept from it.

use std::borrow::Cow;

/// The text, with one `'` in front where a spreadsheet would read a formula.
///
/// That is where, after blanks and invisible characters, it begins with `=`, `+`, `-` or `@`, narrow or full-width, or
/// where one of those blanks is a tab or a carriage return. A plain number stays as it is, with a sign (`-0.35`, `+3`),
/// a percent sign (`-0.35%`) or a unit behind it (`-5℃`); none of these is a formula.
///
/// ```
/// use shuliang::emit::guard::guarded;
/// assert_eq!(guarded("=1+1"), "'=1+1");
/// assert_eq!(guarded("-0.35%"), "-0.35%");
/// ```
pub fn guarded(text: &str) -> Cow<'_, str> {
    let begin = text.trim_start_matches(is_blank);
    let before = &text[..text.len() - begin.len()];
    let formula = before.contains(['\t', '\r']) || begin.chars().next().map(narrow).is_some_and(|c| "=+-@".contains(c));
    if formula && !is_plain_number(begin) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A sign, digits, and at most a percent sign or a unit that no formula could go on with.
fn is_plain_number(text: &str) -> bool {
    let text = text.trim_end_matches(is_blank);
    let mut rest = text.strip_prefix(['+', '-', '＋', '－']).unwrap_or(text);
    let digit = |c: char| narrow(c).is_ascii_digit();
    if !rest.starts_with(digit) {
        return false;
    }
    let number = rest.trim_start_matches(|c| digit(c) || narrow(c) == ',');
    rest = number.strip_prefix(['.', '．']).filter(|fraction| fraction.starts_with(digit)).map_or(number, |fraction| fraction.trim_start_matches(digit));
    match rest.chars().next() {
        None => true,
        Some('%' | '％' | '‰') => rest.chars().nth(1).is_none(),
        // 3元 is no number, no name and no cell, so nothing that begins with it is a formula
        Some(first) => narrow(first) == first && !first.is_ascii() && !is_blank(first) && !rest.chars().any(|c| "=|!(\"'".contains(narrow(c))),
    }
}

/// Whether a spreadsheet would turn the text into a number, a date or a truth value: `0012`, `10-15`, `3/4`, `1e5`, `2021年`, `TRUE`.
pub fn is_like_a_number(text: &str) -> bool {
    let text = text.trim_matches(is_blank);
    // all digits are ASCII or begin, as full-width ones, with EF; nearly all cells have none
    let digits = text.bytes().any(|b| b.is_ascii_digit() || b == 0xef);
    if !digits {
        return text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false");
    }
    let chars = || text.chars().map(|c| narrow(c).to_ascii_lowercase());
    if chars().eq("true".chars()) || chars().eq("false".chars()) {
        return true;
    }
    let (mut word, mut digits) = (String::new(), false);
    for c in chars().chain([' ']) {
        digits |= c.is_ascii_digit();
        if !is_mark(c) {
            word.push(c);
            if word.len() > LONGEST_WORD {
                return false;
            }
        } else if !word.is_empty() {
            if !is_word_of_dates(&word) {
                return false;
            }
            word.clear();
        }
    }
    digits
}

/// What stands between the words of numbers and dates.
fn is_mark(c: char) -> bool {
    c.is_ascii_digit()
        || c.is_whitespace()
        || matches!(c, '+' | '-' | '−' | '.' | ',' | '/' | ':' | '%' | '‰' | '(' | ')' | '\'' | '$' | '¥' | '￥' | '€' | '£')
        || matches!(c, '年' | '月' | '日' | '号' | '时' | '時' | '分' | '秒' | '点')
}

/// No word of numbers and dates has more bytes: september.
const LONGEST_WORD: usize = 9;

/// The words that stand in a number or a date: the sign of an exponent, months, halves of a day.
fn is_word_of_dates(word: &str) -> bool {
    const MONTHS: [&str; 12] = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    const OTHERS: [&str; 8] = ["e", "t", "z", "am", "pm", "sept", "上午", "下午"];
    OTHERS.contains(&word) || MONTHS.iter().any(|month| *month == word || (word.len() == 3 && month.starts_with(word)))
}

/// Blanks, and characters that nobody sees.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{ad}' || matches!(c, '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A full-width character as its narrow form.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded() {
        for text in [
            "=1+1",
            "＝1+1",
            "+SUM(A1)",
            "-A1",
            "@SUM",
            "＠甲",
            "＋甲",
            "－甲",
            " =1",
            "\u{200b}=1",
            "\u{3000}＝1",
            "\t甲",
            "\r甲",
            " \t甲",
            "-1+1",
            "-1/A1",
            "+1e5",
            "-3元|cmd",
            "- 甲",
            "--1",
            "+86 138",
            "-",
            "-5℃(A1)",
            "-5＋A1",
            "-1%+A1",
            "-1,A1",
        ] {
            assert_eq!(guarded(text), format!("'{text}"), "{text}");
        }
    }

    #[test]
    fn plain_numbers_and_words_are_left_alone() {
        for text in ["", "甲", "1", "+1", "-1", "-0.35", "-0.35%", "＋３", "-1,234.5", "-5℃", "－3.5亿元", "-5元/平方米", "1=1", "'=1", "\t5", "甲=1", " 甲"]
        {
            assert_eq!(guarded(text), text, "{text}");
        }
    }

    #[test]
    fn numbers_and_dates_are_known() {
        for text in [
            "0012",
            "10-15",
            "3/4",
            "1-2",
            "1e5",
            "1E+5",
            "+1",
            "-0.35%",
            "１２",
            "2021年",
            "3月5日",
            "10:30",
            "(5)",
            "¥5",
            "TRUE",
            "false",
            "MAR1",
            "1-Sept",
            "5 pm",
            "440106199001011234",
        ] {
            assert!(is_like_a_number(text), "{text}");
        }
        for text in ["", "甲", "77项", "5万", "600000.SH", "e", "march", "-", "A1", "1f5", "9月底"] {
            assert!(!is_like_a_number(text), "{text}");
        }
    }
}
