//! What the targets share: how bytes become Chinese text, and what must hold for every reading.

use std::sync::LazyLock;

use shuliang::emit::Rows;
use shuliang::source::{Options, Reader, article, pieces};
use shuliang::{Article, Dict, Reading, Span, read};

/// The dictionary of the program.
pub static DICT: LazyLock<Dict> = LazyLock::new(|| Dict::builtin().unwrap_or_else(|errors| panic!("{errors:?}")));

/// What a byte beyond ASCII stands for: a fuzzer that only turns bits over would hardly ever write a Chinese word.
const PIECES: [&str; 128] = [
    "一", "二", "两", "三", "五", "九", "十", "百", "千", "万", "亿", "零", "〇", "点", "半", "多", "余", "几", "数", "分之", "成", "倍", "％", "，", "。", "、", "；",
    "：", "（", "）", "“", "”", "元", "亩", "平方米", "公里", "吨", "家", "项", "个", "人", "户", "千瓦时", "万元", "亿元", "美元", "每", "/", "约", "近", "超过", "不低于",
    "以上", "以内", "左右", "至", "—", "～", "至少", "增长", "下降", "减少", "增加", "达到", "降至", "完成", "投资", "占", "同比", "环比", "比上年", "年均", "计划", "力争",
    "预计", "分别", "其中", "合计", "共", "以及", "和", "与", "去年", "今年", "上半年", "年", "月", "日", "时", "分", "季度", "截至", "底", "末", "同期", "春节", "十四五",
    "北京市", "江城县", "全市", "公司", "有限公司", "项目", "开发区", "企业", "产值", "收入", "面积", "人口", "单位：万元", "来源：", "责任编辑：", "版权所有", "　", "\n",
    "１", "９", "．", "項", "(xiàng)", "&nbsp;", "&#x4E00;", "\\u4e00", "\u{200b}", "\u{332}", "𠮷", "\u{fffd}", "㎡",
];

/// Text out of bytes, whatever they are.
pub fn text(bytes: &[u8]) -> String {
    bytes.iter().map(|&b| if b.is_ascii() { char::from(b).to_string() } else { PIECES[usize::from(b) - 128].to_owned() }).collect()
}

/// What a control character stands for in a page.
const TAGS: [&str; 32] = [
    "<p>", "</p>", "<div>", "</div>", "<div class=\"content\">", "<table>", "</table>", "<tr>", "<td>", "<td colspan=2 rowspan=3>", "<th>", "<br>", "<h1>", "<ul><li>",
    "<script>", "</script>", "<style>", "<!--", "-->", "<title>", "</title>", "<meta charset=gbk>", "<a href=x>", "</a>", "<body>", "<article>", "&nbsp;", "&#0;",
    "<meta property=\"article:published_time\" content=\"2023-05-16T10:20\">", "<script type=\"application/ld+json\">{\"headline\":\"", "<svg><template>", "<caption>",
];

/// A page out of bytes, whatever they are.
pub fn page(bytes: &[u8]) -> String {
    bytes.iter().map(|&b| TAGS.get(usize::from(b)).map_or_else(|| text(&[b]), |tag| (*tag).to_owned())).collect()
}

/// What a control character stands for in a text document.
const ELEMENTS: [&str; 32] = [
    "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:tab/>", "<w:br/>", "<w:body>", "</w:body>",
    "<w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>", "<w:gridSpan w:val=\"3\"/>", "<w:vMerge/>", "<w:del>", "</w:del>", "<w:ins>", "</w:ins>", "<w:delText>", "</w:delText>",
    "<![CDATA[", "]]>", "<!--", "-->", "&#x4E00;", "&amp;", "<!DOCTYPE a [<!ENTITY b \"c\">]>",
];

/// The body of a text document out of bytes, whatever they are.
pub fn document(bytes: &[u8]) -> String {
    bytes.iter().map(|&b| ELEMENTS.get(usize::from(b)).map_or_else(|| text(&[b]), |element| (*element).to_owned())).collect()
}

/// Reads an input as the program does, as far as rows, and checks each reading.
pub fn input(bytes: &[u8], name: &str) {
    let options = Options { max_article: 1 << 20, ..Options::default() };
    for piece in pieces(Reader::bytes(bytes.to_vec()), name, "id", &options, &DICT) {
        if let Ok(article) = piece.and_then(|piece| article(piece, &options, &DICT)) {
            check(&read(&article, &DICT));
        }
    }
}

/// What must hold for every reading: layers sorted and disjoint, places on whole characters, rows in the words as published.
pub fn check(reading: &Reading<'_>) {
    let article = reading.article;
    layer(article, reading.lines.iter().map(|line| line.span));
    layer(article, reading.sentences.iter().copied());
    layer(article, reading.numerals.iter().map(|numeral| numeral.span));
    layer(article, reading.times.iter().map(|time| time.span));
    layer(article, reading.quantities.iter().map(|quantity| quantity.span));
    layer(article, reading.mentions.list.iter().map(|mention| mention.span));
    assert_eq!(reading.roles.len(), reading.quantities.len());
    let characters: Vec<char> = article.raw.chars().collect();
    let same = |start: usize, end: usize, text: &str| assert_eq!(characters[start..end].iter().collect::<String>(), text);
    let rows = Rows::new(reading);
    rows.numerals().for_each(|row| same(row.start, row.end, &row.text));
    rows.quantities().for_each(|row| same(row.start, row.end, &row.text));
    rows.times().for_each(|row| same(row.start, row.end, &row.text));
    rows.entities().for_each(|row| same(row.start, row.end, &row.text));
    rows.sentences().for_each(|row| same(row.start, row.end, &row.text));
    rows.facts().for_each(|row| same(row.start, row.end, &row.written));
    assert_eq!(rows.checks().count(), reading.checks.len());
}

fn layer(article: &Article, spans: impl Iterator<Item = Span>) {
    let mut end = 0;
    for span in spans {
        assert!(!span.is_empty() && end <= span.start(), "{span:?} after {end}");
        assert!(article.text.get(span.range()).is_some() && !article.quote(span).is_empty());
        end = span.end();
    }
}
