//! Lines: what each line of the text is for.
//!
//! Furniture is navigation, buttons, counters, bylines, contacts, disclaimers and links to other articles: kept in the
//! text, not read for facts. When in doubt a line is body: a line that holds a sentence with 。 is furniture only where
//! it begins like a notice (`免责声明：……。`) or holds a notice's words, and a line of a table is always body
//! (`财政总收入 | 68,907 | 17.9`). A text of one line has no furniture.

use super::dates::{clock_at, date_at};
use super::{Line, LineKind};
use crate::Span;
use crate::dict::{Furniture, Words};

/// How long a line may be, in bytes, to be furniture without being a notice.
const LONGEST: usize = 600;
/// How long a line may be, in characters, to be furniture for the words that it holds.
const LONGEST_NOTICE: usize = 150;
/// How many characters beside a label, and beside several, may be no label.
const BESIDE_LABEL: usize = 8;
const BESIDE_LABELS: usize = 16;
/// How long a line may be, in characters, to belong to a heading such as 相关阅读.
const LONGEST_LINK: usize = 40;

/// All lines of `text` that hold something, blanks around them left out. `title` is the article's title, folded like the
/// text, or empty.
pub fn lines(text: &str, title: &str, furniture: &Furniture) -> Vec<Line> {
    let title = squeezed(title);
    let mut lines = Vec::new();
    let mut start = 0;
    let mut under_heading = false;
    for part in text.split_inclusive(['\n', '\r']) {
        let line = part.trim();
        if !line.is_empty() {
            let from = start + (part.len() - part.trim_start().len());
            let kind = kind(line, &title, furniture, &mut under_heading);
            lines.push(Line { span: Span::new(from, from + line.len()), kind });
        }
        start += part.len();
    }
    if lines.iter().all(|line| line.kind == LineKind::Furniture) {
        // nothing but dates and labels: then they are what the article says
        lines.iter_mut().for_each(|line| line.kind = LineKind::Body);
    }
    lines
}

/// `text` with the lines of furniture and the copies of sentences blanked out, so that nothing is found in them and every place
/// stays where it is.
pub fn body(text: &str, lines: &[Line], copies: &[Span]) -> String {
    let furniture = lines.iter().filter(|line| line.kind == LineKind::Furniture).map(|line| line.span);
    let mut blanks: Vec<Span> = furniture.chain(copies.iter().copied()).collect();
    blanks.sort_unstable();
    let mut body = String::with_capacity(text.len());
    for blank in blanks.into_iter().filter(|blank| !blank.is_empty()) {
        // a copy may run over lines
        body.push_str(text.get(body.len()..blank.start()).unwrap_or_default());
        body.extend(std::iter::repeat_n(' ', blank.end().saturating_sub(body.len())));
    }
    body.push_str(&text[body.len()..]);
    body
}

fn kind(line: &str, title: &str, furniture: &Furniture, under_heading: &mut bool) -> LineKind {
    let core = line.trim_start_matches(is_bullet).trim_end_matches(is_bullet);
    if is_title(line, title) {
        *under_heading = false;
        return LineKind::Title;
    }
    if core.is_empty() || is_notice(core, furniture) {
        return LineKind::Furniture;
    }
    if core.contains('。') || core.len() > LONGEST {
        *under_heading = false;
        return LineKind::Body;
    }
    if let Some((len, ())) = furniture.headings.longest(core, 0)
        && core[len..].chars().count() <= 8
    {
        *under_heading = true;
        return LineKind::Furniture;
    }
    let link = *under_heading && core.chars().count() <= LONGEST_LINK;
    if link || is_path(core) || is_byline(core, furniture) || Labels::new(core, furniture).are_all() { LineKind::Furniture } else { LineKind::Body }
}

/// The title, with or without the name of the site behind it.
fn is_title(line: &str, title: &str) -> bool {
    // nearly every line begins otherwise
    if line.chars().next() != title.chars().next() {
        return false;
    }
    let line = squeezed(line);
    match title.strip_prefix(line.as_str()) {
        Some("") => !title.is_empty(),
        Some(site) => line.chars().count() >= 6 && site.starts_with(['_', '-', '|', '—', '–']),
        None => false,
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// 免责声明：…, 联系人：…, Copyright ©: furniture whatever else the line says.
fn is_notice(core: &str, furniture: &Furniture) -> bool {
    let core = core.trim_start_matches(['(', '（', '[', '【']);
    // 电话用户达到12万户 begins with 电话 and is no contact line; 凡本网注明… needs no colon
    let label = furniture.line_labels.longest(core, 0).is_some_and(|(len, ())| ends_label(&core[len..]));
    if label || furniture.notices.longest(core, 0).is_some() {
        return true;
    }
    core.len() <= LONGEST_NOTICE * 4 && core.chars().count() <= LONGEST_NOTICE && furniture.contained.occurs(core)
}

/// True where a label ends: 来源：, 来源 , (来源).
fn ends_label(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| matches!(c, ':' | '：' | '】' | ']' | ')' | '）' | '/' | '|') || c.is_whitespace())
}

/// `首页 > 新闻中心 > 要闻`
fn is_path(core: &str) -> bool {
    let parts: Vec<&str> = core.split(['>', '»', '›', '→']).map(str::trim).collect();
    parts.len() >= 3 && parts.iter().all(|part| part.chars().count() <= 30 && !part.contains([',', '，']))
}

/// Nothing but names: 王晓 赵青禾 孙立松. One name alone may be a heading.
fn is_byline(core: &str, furniture: &Furniture) -> bool {
    let names: Vec<&str> = core.split(|c: char| c.is_whitespace() || matches!(c, '、' | '/')).filter(|name| !name.is_empty()).collect();
    names.len() >= 2 && names.iter().all(|name| is_name(name, furniture))
}

fn is_name(name: &str, furniture: &Furniture) -> bool {
    let surname = furniture.surnames.longest(name, 0).map(|(len, ())| name[..len].chars().count());
    let given = surname.map(|surname| name.chars().count() - surname);
    matches!(given, Some(1 | 2)) && name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

fn is_bullet(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '•' | '·' | '●' | '○' | '■' | '□' | '▪' | '◆' | '★' | '*' | '|' | '丨' | '-' | '—' | '_' | '=' | '#' | '~' | '…' | '►' | '▶')
}

/// A line read as a row of labels, dates, counters and buttons: `来源：互联网 2019-12-20 阅读 1234`.
struct Labels<'a> {
    line: &'a str,
    furniture: &'a Furniture,
}

impl<'a> Labels<'a> {
    fn new(line: &'a str, furniture: &'a Furniture) -> Labels<'a> {
        Labels { line, furniture }
    }

    /// True where the line holds a label and little that is none.
    fn are_all(&self) -> bool {
        let (mut at, mut known, mut strange) = (0, 0, 0);
        while let Some(c) = self.line[at..].chars().next() {
            if is_separator(c) {
                at += c.len_utf8();
                continue;
            }
            if let Some(end) = self.label(at) {
                known += 1;
                at = end;
                continue;
            }
            let end = self.word_end(at);
            let word = &self.line[at..end];
            if is_document_number(word) {
                known += 1;
                at = end;
                continue;
            }
            // 2019-12-20 | 4370 | 3.2 is a row of a table
            if word.chars().any(|c| c.is_ascii_digit()) {
                return false;
            }
            // the names after 记者 and the like are nothing strange
            if known == 0 || !is_name(word, self.furniture) {
                strange += word.chars().count();
            }
            at = end;
        }
        // `2024-03-25 来源：某市统计局 国家统计局某市调查队`: beside a date and a label, a second name is nothing strange
        known > 0 && strange <= if known > 1 { BESIDE_LABELS } else { BESIDE_LABEL }
    }

    /// Where the label, date, counter or button that begins at `at` ends.
    fn label(&self, at: usize) -> Option<usize> {
        let rest = &self.line[at..];
        if let Some(len) = date_at(rest).map(|(len, _)| len).or_else(|| clock_at(rest)).or_else(|| weekday_at(rest)) {
            return Some(at + len).filter(|&end| self.is_end(end));
        }
        self.counter(at).or_else(|| self.valued(at)).or_else(|| self.word(&self.furniture.whole, at).filter(|&end| self.is_end(end)))
    }

    /// `0 条评论`, `阅读(1234)`, `浏览次数：56次`
    fn counter(&self, at: usize) -> Option<usize> {
        let count = |at: usize| count_at(&self.line[at..]).map(|len| at + len);
        if let Some(end) = count(at) {
            let end = self.word(&self.furniture.counters, self.skip(end, &[]))?;
            return self.is_end(end).then_some(end);
        }
        let end = self.word(&self.furniture.counters, at)?;
        let end = count(self.skip(end, &[':', '：', '(', '（', '[', '共', '有']))?;
        let end = self.skip(end, &[')', '）', ']', '次', '人', '条', '字']);
        self.is_end(end).then_some(end)
    }

    /// `来源：互联网`, `记者 李婷`
    fn valued(&self, at: usize) -> Option<usize> {
        let end = self.word(&self.furniture.starts, at)?;
        if !ends_label(&self.line[end..]) {
            return None;
        }
        let value = self.skip(end, &[':', '：', '/']);
        if date_at(&self.line[value..]).is_some() || self.word(&self.furniture.starts, value).is_some_and(|end| ends_label(&self.line[end..])) {
            return Some(value);
        }
        let rest = &self.line[value..];
        let end = value + rest.find(|c: char| c.is_whitespace() || matches!(c, '|' | '｜' | '丨' | ')' | '）' | ']' | '】')).unwrap_or(rest.len());
        (self.line[value..end].chars().count() <= 30).then_some(end)
    }

    fn word(&self, words: &Words<()>, at: usize) -> Option<usize> {
        words.longest(self.line, at).map(|(len, ())| at + len)
    }

    /// The first place from `at` on that is neither a blank nor one of `marks`.
    fn skip(&self, at: usize, marks: &[char]) -> usize {
        let rest = &self.line[at..];
        at + (rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || marks.contains(&c)).len())
    }

    fn word_end(&self, at: usize) -> usize {
        let rest = &self.line[at..];
        at + rest.find(is_separator).unwrap_or(rest.len())
    }

    fn is_end(&self, at: usize) -> bool {
        self.line[at..].chars().next().is_none_or(is_separator)
            || self.line[..at].chars().next_back().is_some_and(is_separator)
            // 阅读1234评论0 stands without blanks
            || self.word(&self.furniture.counters, at).is_some()
            || self.word(&self.furniture.starts, at).is_some_and(|end| ends_label(&self.line[end..]))
    }
}

/// 江自然资告〔2022〕17号: what an office calls its paper.
fn is_document_number(word: &str) -> bool {
    let inside = word.strip_suffix('号').and_then(|word| word.split_once('〔')).and_then(|(office, rest)| Some((office, rest.split_once('〕')?)));
    let number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    inside.is_some_and(|(office, (year, count))| (2..=12).contains(&office.chars().count()) && number(year) && number(count.trim_start_matches('第')))
}

/// 1234, 1,234, 1.2万: how many bytes of `text` are the number of a counter.
fn count_at(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = rest.trim_start().strip_prefix(['万', 'k', 'K', 'w', 'W']).unwrap_or(rest);
    Some(text.len() - rest.strip_prefix('+').unwrap_or(rest).len())
}

/// 星期三, 周三
fn weekday_at(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("星期").or_else(|| text.strip_prefix('周'))?;
    Some(text.len() - rest.strip_prefix(['一', '二', '三', '四', '五', '六', '日', '天'])?.len())
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '|' | '｜' | '丨' | '>' | '»' | '•' | '·' | '(' | ')' | '（' | '）' | '[' | ']' | '【' | '】' | '/' | '-' | '—' | ':' | '：' | ';' | '；'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dict::Dict;

    fn kind_of(line: &str) -> LineKind {
        let dict = Dict::builtin().expect("the dictionary");
        let text = format!("这是一个句子。\n{line}");
        lines(&text, "", &dict.furniture).last().expect("a line").kind
    }

    #[test]
    fn every_example_is_furniture() {
        let table = include_str!("../../dict/furniture.tsv");
        for row in table.lines().filter(|row| !row.starts_with('#')).skip(1) {
            let example = row.split('\t').nth(2).expect("three cells");
            if example == "-" {
                continue;
            }
            assert_eq!(kind_of(example), LineKind::Furniture, "{example}");
        }
    }

    #[test]
    fn what_a_page_puts_around_an_article() {
        for line in [
            "• |",
            "• 2019-12-20",
            "吉林日报 2019年12月20日 10:20",
            "2024-03-25　来源：江城市统计局　国家统计局江城调查队",
            "2022-09-30　来源：江城市自然资源和规划局　江自然资告〔2022〕17号",
            "2019-12-20 10:20:33 来源：吉林日报 作者：王晓 赵青禾 阅读 1234",
            "2019-12-20 10:20 | 吉林日报 | 0条评论",
            "首页 > 新闻中心 > 要闻",
            "字体：【大 中 小】",
            "分享到：",
            "网友评论（0条）　我要评论　分享到：微信 微博",
            "（记者 李婷 通讯员 张添奥）",
            "[责任编辑:张三]",
            "联系QQ:1640731186",
            "点击量：1.2万",
            "王晓 赵青禾 孙立松 李一鸣",
        ] {
            assert_eq!(kind_of(line), LineKind::Furniture, "{line}");
        }
    }

    #[test]
    fn what_an_article_says_is_body() {
        for line in [
            "财政总收入 | 68,907 | 17.9",
            "指标名称 | 1—8月 | 同比±%",
            "2019-12-20 | 4370 | 3.2",
            "单位：万元",
            "电话用户达到12万户",
            "来源于县外的税收2.1亿元",
            "抓好重点工程 带动全市工业",
            "二、采购预算：486万元，最高限价：482.5万元",
            "（一）工业经济",
            "编辑部共有员工12人",
            "阅读推广活动举办23场",
            "时间过半，任务完成52%",
            "新华社北京3月5日电 全年粮食产量6.5亿吨。",
            "微信公众号粉丝突破12万人。",
            "服务热线接听群众来电12万次",
            "下一条生产线明年投产",
            "某公司提供技术支持，投资3亿元。",
        ] {
            assert_eq!(kind_of(line), LineKind::Body, "{line}");
        }
    }

    #[test]
    fn headings_take_the_short_lines_after_them() {
        let dict = Dict::builtin().expect("the dictionary");
        let text = "建成3项。\n相关阅读\n某县财政收入增长5%\n全年完成投资5亿元。\n某县财政收入增长5%";
        let kinds: Vec<LineKind> = lines(text, "", &dict.furniture).iter().map(|line| line.kind).collect();
        use LineKind::{Body, Furniture};
        assert_eq!(kinds, [Body, Furniture, Furniture, Body, Body]);
    }

    #[test]
    fn the_title_is_known_with_other_blanks_and_without_the_site() {
        let dict = Dict::builtin().expect("the dictionary");
        let kinds = |title: &str| lines("抓好重点工程  带动全市工业\n建成3项。", title, &dict.furniture).first().map(|line| line.kind);
        assert_eq!(kinds("抓好重点工程 带动全市工业"), Some(LineKind::Title));
        assert_eq!(kinds("抓好重点工程带动全市工业_江城日报"), Some(LineKind::Title));
        assert_eq!(kinds("抓好重点"), Some(LineKind::Body));
        assert_eq!(kinds(""), Some(LineKind::Body));
    }

    #[test]
    fn the_body_keeps_every_place() {
        let dict = Dict::builtin().expect("the dictionary");
        let text = "  来源：互联网\n建成3项。\n阅读 12";
        let body = body(text, &lines(text, "", &dict.furniture), &[]);
        assert_eq!(body.trim(), "建成3项。");
        assert_eq!((body.len(), body.find('建')), (text.len(), text.find('建')));
    }

    #[test]
    fn a_lone_date_is_what_the_text_says() {
        let dict = Dict::builtin().expect("the dictionary");
        assert_eq!(lines("2019年12月20日", "", &dict.furniture).first().map(|line| line.kind), Some(LineKind::Body));
        assert!(lines("", "", &dict.furniture).is_empty());
    }
}
