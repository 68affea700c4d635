//! Escapes that another program left in the text: `&nbsp;`, `&#x4E00;`, `\u4e00`, `\n`.
//!
//! Refused: `AT&T`, `&;`, `C:\new`, `\u12`.

use quick_xml::escape::resolve_html5_entity;

/// The longest name of an entity that is looked for, in bytes.
const LONGEST: usize = 32;

/// What the entity that `text` begins with is read as, and its length in bytes. One that was escaped twice (`&amp;nbsp;`) is
/// read to the end.
pub(super) fn entity(text: &str) -> Option<(usize, String)> {
    let (length, read) = once(text.strip_prefix('&')?)?;
    if read == "&"
        && let Some((more, read)) = once(&text[1 + length..])
    {
        return Some((1 + length + more, read));
    }
    Some((1 + length, read))
}

/// The entity whose name, with `;`, `text` begins with.
fn once(text: &str) -> Option<(usize, String)> {
    let end = text.bytes().take(LONGEST).position(|b| b == b';')?;
    let name = &text[..end];
    let read = match name.strip_prefix('#') {
        Some(number) => {
            let hexadecimal = number.strip_prefix(['x', 'X']);
            let digits = hexadecimal.unwrap_or(number);
            let number =
                digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, if hexadecimal.is_some() { 16 } else { 10 }))?.ok()?;
            char::from_u32(number)?.to_string()
        }
        None => resolve_html5_entity(name)?.to_owned(),
    };
    Some((end + 1, read))
}

/// What the backslash that `text` begins with and what follows it are read as, and their length in bytes.
pub(super) fn backslash(text: &str) -> Option<(usize, String)> {
    let rest = text.strip_prefix('\\')?;
    if let Some(first) = unit(rest) {
        if let Some(c) = char::from_u32(first) {
            return Some((6, c.to_string()));
        }
        // a character beyond the basic plane is written as two
        let second = unit(rest.get(5..)?.strip_prefix('\\')?)?;
        let c = char::decode_utf16([u16::try_from(first).ok()?, u16::try_from(second).ok()?]).next()?.ok()?;
        return Some((12, c.to_string()));
    }
    let line = matches!(rest.as_bytes().first(), Some(b'n' | b'r' | b't')) && !rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphanumeric);
    line.then(|| (2, if rest.starts_with('t') { "\t" } else { "\n" }.to_owned()))
}

/// The number of `u4e00`.
fn unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('u')?.get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}
