//! The characters that numbers are written with.

/// The value of a Chinese digit, financial forms included.
pub(crate) fn digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' | '幺' | '弌' => 1,
        '二' | '贰' | '两' | '弍' | '俩' => 2,
        '三' | '叁' | '参' | '弎' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The power of ten of a scale character.
pub(crate) fn scale(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' | '廿' | '卅' | '卌' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        '万' => 4,
        '亿' => 8,
        '兆' => 12,
        _ => return None,
    })
}

/// How many tens a character stands for that is digit and scale in one: 廿 is 20.
pub(super) fn tens(c: char) -> Option<u32> {
    match c {
        '廿' => Some(2),
        '卅' => Some(3),
        '卌' => Some(4),
        _ => None,
    }
}

/// The digits and scales that are ordinary characters too, and count only beside another one: 陆, 伍, 参.
pub(super) fn ordinary(c: char) -> bool {
    financial(c) || matches!(c, '零' | '○' | '数' | '几' | '俩')
}

/// The digits that nobody writes alone but on a cheque: 陆地, 参观, 队伍.
pub(super) fn financial(c: char) -> bool {
    matches!(c, '陆' | '伍' | '参' | '拾' | '肆' | '幺' | '兆' | '弌' | '弍' | '弎')
}

/// True for a character that a number may begin with.
pub(super) fn begins_numeral(c: char) -> bool {
    c.is_ascii_digit() || digit(c).is_some() || scale(c).is_some() || matches!(c, '-' | '+' | '±' | '.' | '负' | '正' | '几' | '数' | '第' | '倒' | '⁻')
}

/// True for a character of a number in running digits and scales.
pub(super) fn in_run(c: char) -> bool {
    c.is_ascii_digit() || digit(c).is_some() || scale(c).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dict;
    use crate::dict::NumberStart;

    #[test]
    fn every_character_that_begins_a_number_is_looked_for() {
        let dict = Dict::builtin().expect("a dictionary without mistakes");
        for c in (0..=0x2_ffffu32).filter_map(char::from_u32) {
            let looked_for = dict.vetoes.starts_in(c.encode_utf8(&mut [0; 4])).iter().any(|start| NumberStart::Number.is_in(*start));
            // what is not in the basic plane is always looked at
            let expected = begins_numeral(c) || matches!(c, '半' | '对') || c > '\u{ffff}';
            assert_eq!(looked_for, expected, "{c}");
        }
    }
}
