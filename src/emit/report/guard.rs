//! What stands between the words of an article and the browser: escapes, and the policy of the page.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The policy: nothing is fetched, and nothing runs or paints but the style and the script with these contents. Text can
/// never become markup, for the page may not turn strings into elements at all.
pub fn policy(style: &str, script: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())));
    format!(
        "default-src 'none'; script-src {}; style-src {}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
        hash(script),
        hash(style)
    )
}

/// Text as HTML, for the inside of an element or of a quoted attribute.
pub fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// JSON that can stand inside a script element: outside strings it has none of these characters, inside them an escape means
/// the same.
pub fn json(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => escaped.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_escaped() {
        assert_eq!(text("<b a=\"1\" c='2'>&项</b>"), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;项&lt;/b&gt;");
    }

    #[test]
    fn json_keeps_its_meaning() {
        let value = serde_json::json!({"a<": "</script>&\u{2028}项\\<"});
        let escaped = json(&value.to_string());
        assert!(!escaped.contains(['<', '>', '&', '\u{2028}']));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&escaped).expect("JSON"), value);
    }

    #[test]
    fn the_policy_names_the_contents() {
        // the SHA-256 of nothing is well known
        assert!(policy("", "x").contains("style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"));
        assert_ne!(policy("", "x"), policy("", "y"));
    }
}
