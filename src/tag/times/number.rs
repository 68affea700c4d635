//! Numbers inside times: 19, 二〇一九, 十二, 廿八. They are small whole numbers; the stage `numerals` reads the rest.

/// A whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    pub value: i64,
    pub end: usize,
    /// How many digits were written one by one: 2019 and 二〇一九 have 4, 十九 has 0.
    pub digits: usize,
    pub arabic: bool,
}

/// Longest run of digits that can be part of a time.
const LONGEST: usize = 8;

/// The number at `at`; none inside a longer number and none with a decimal part.
pub(super) fn number(text: &str, at: usize) -> Option<Count> {
    let rest = text.get(at..)?;
    match rest.chars().next()? {
        c if c.is_ascii_digit() => arabic(rest, at),
        _ => chinese(rest, at),
    }
}

fn arabic(rest: &str, at: usize) -> Option<Count> {
    let digits = rest.bytes().take(LONGEST + 1).take_while(u8::is_ascii_digit).count();
    if digits > LONGEST {
        return None;
    }
    let value = rest.get(..digits)?.parse().ok()?;
    Some(Count { value, end: at + digits, digits, arabic: true })
}

fn chinese(rest: &str, at: usize) -> Option<Count> {
    let (mut total, mut digit, mut run, mut count, mut len) = (0i64, 0i64, 0i64, 0usize, 0usize);
    let mut placed = false;
    for c in rest.chars().take(10) {
        let (value, scale) = match c {
            '〇' | '零' => (0, 0),
            '一' => (1, 0),
            '二' | '两' => (2, 0),
            '三' => (3, 0),
            '四' => (4, 0),
            '五' => (5, 0),
            '六' => (6, 0),
            '七' => (7, 0),
            '八' => (8, 0),
            '九' => (9, 0),
            '十' => (0, 10),
            '廿' => (2, 10),
            '卅' => (3, 10),
            '百' => (0, 100),
            '千' => (0, 1000),
            _ => break,
        };
        if scale == 0 {
            // 十一二 is a pair of numbers, not one
            if placed && count > 0 && digit > 0 {
                break;
            }
            digit = value;
            run = run * 10 + value;
            count += 1;
        } else {
            if count > 1 && !placed && run != digit {
                // 二零十: digits first, a scale later
                return None;
            }
            placed = true;
            let times = if value > 0 {
                value
            } else if digit > 0 {
                digit
            } else {
                1
            };
            total += times * scale;
            digit = 0;
            count = 0;
        }
        len += c.len_utf8();
    }
    if len == 0 || count > 8 {
        return None;
    }
    let (value, digits) = if placed { (total + digit, 0) } else { (run, count) };
    Some(Count { value, end: at + len, digits, arabic: false })
}

/// Past a run of digits, Latin letters or number marks that begins at `at`, so that nothing is read from its middle.
pub(super) fn past_run(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(at..)?;
    if !bytes.first()?.is_ascii_alphanumeric() {
        return None;
    }
    let mut len = 0;
    while let Some(b) = bytes.get(len) {
        let joins = matches!(b, b'.' | b',' | b':' | b'-' | b'/') && bytes.get(len + 1).is_some_and(u8::is_ascii_digit);
        if !b.is_ascii_alphanumeric() && !joins {
            break;
        }
        len += 1;
    }
    Some(at + len)
}

/// True where a number ends right before `at`: 3 before 日 in 23日.
pub(super) fn follows_number(text: &str, at: usize) -> bool {
    text.get(..at).unwrap_or_default().chars().next_back().is_some_and(is_digit)
}

/// A digit of either kind.
pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, '〇' | '零' | '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千' | '万' | '廿' | '卅')
}
