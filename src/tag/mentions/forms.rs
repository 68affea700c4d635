//! Names by their form: a front that a border, a place or a firm opens, and an ending that tells the type.
//!
//! 由泰兴安禾置业有限公司: a place, a brand, an ending. 最长的青石岭隧道: a border, a brand, an ending. 大型水库: no brand, no name.

use super::{Draft, Marks, Places, patterns, projects};
use crate::Span;
use crate::dict::{Border, Ending, EntityKind, NameCue, NameStart, Names};

/// How many characters a name may have before its ending.
const FRONT: usize = 28;
/// How long an ending is, in bytes, that says by itself what kind of project it is: 旧村改造项目.
const SAID_WHOLE: usize = 15;

/// Where the words before an ending begin, and what opens them.
struct Front {
    start: usize,
    anchored: bool,
    /// End of the place or firm that opens the name, or `start`.
    brand: usize,
}

/// Names by form. `places` and `listed` open names and are never cut.
pub(super) fn formed(text: &str, names: &Names, marks: &Marks<'_>, places: &[Draft], listed: &[Draft], barriers: &Places) -> Vec<Draft> {
    read(text, names, marks, places, listed, barriers, |_, _| true)
}

/// Names by form that other names open: projects, products and land.
pub(super) fn formed_again(text: &str, names: &Names, marks: &Marks<'_>, listed: &[Draft], barriers: &Places) -> Vec<Draft> {
    // an ending that can make none of these is not read
    let land = marks.of(NameStart::Cue(NameCue::Land)).next().is_some();
    let may = |end: usize, ending: Ending| match ending.kind {
        EntityKind::Project | EntityKind::Product => true,
        EntityKind::Zone | EntityKind::Facility if names.cue_at(NameCue::ListProject, text, end).is_some() => true,
        _ => land && names.cue_before(NameCue::Land, text, end).is_some(),
    };
    let mut found = read(text, names, marks, &[], listed, barriers, may);
    found.retain(|draft| matches!(draft.kind, EntityKind::Project | EntityKind::Product) || is_land(text, draft.span, names));
    found
}

fn read(
    text: &str,
    names: &Names,
    marks: &Marks<'_>,
    places: &[Draft],
    listed: &[Draft],
    barriers: &Places,
    may: impl Fn(usize, Ending) -> bool,
) -> Vec<Draft> {
    let known = Known::new(text, names, marks, places, listed, barriers);
    let mut found = Vec::new();
    for (at, bits) in marks.of_any(NameStart::Ending.bit() | NameStart::Plot.bit()) {
        if bits & NameStart::Ending.bit() != 0 {
            for (len, &ending) in names.endings.beginning(text, at) {
                if may(at + len, ending) {
                    found.extend(form(text, at, at + len, ending, &known));
                }
            }
        }
        if bits & NameStart::Plot.bit() != 0 {
            found.extend(patterns::plot(text, at, names, &known.places));
        }
    }
    found.extend(patterns::described(text, names, places));
    found.extend(patterns::models(text, names, marks, &known.firms));
    found.extend(bodies(text, names, marks, places));
    found.extend(patterns::roads(text, names, marks));
    found.extend(patterns::yields(text, names, marks, &known.openers));
    found.extend(patterns::waters(text, names, marks));
    found.extend(patterns::storms(text, marks));
    found.extend(patterns::headed(text, names));
    let branches = branches(text, names, &known.places, &found);
    found.extend(branches);
    found
}

/// What stands in the text already, by what it does for a name that is read by its form.
struct Known<'a> {
    names: &'a Names,
    marks: &'a Marks<'a>,
    /// Quantities and times.
    barriers: &'a Places,
    /// Everything that may open a name.
    openers: Places,
    places: Places,
    /// Places by their full names.
    full: Places,
    firms: Places,
}

impl<'a> Known<'a> {
    fn new(text: &str, names: &'a Names, marks: &'a Marks<'a>, places: &[Draft], listed: &[Draft], barriers: &'a Places) -> Known<'a> {
        let full = places.iter().filter(|place| is_full_place(text, place)).map(|place| place.span);
        let firms = listed.iter().filter(|draft| draft.kind == EntityKind::Company).map(|draft| draft.span);
        Known {
            names,
            marks,
            barriers,
            openers: Places::new(places.iter().chain(listed).map(|draft| draft.span)),
            places: Places::of(places),
            full: Places::new(full),
            firms: Places::new(firms),
        }
    }
}

fn form(text: &str, suffix: usize, end: usize, ending: Ending, known: &Known<'_>) -> Option<Draft> {
    let names = known.names;
    if matches!(ending.kind, EntityKind::Region | EntityKind::Other) {
        return None;
    }
    let land = names.cue_at(NameCue::Land, text, suffix) == Some(end - suffix);
    // Most endings make no name, and what stands behind them tells so before the front is read.
    let hopeless = match (ending.kind, ending.strong) {
        (EntityKind::Company, false) => {
            names.cue_before(NameCue::GroupEnding, text, end).is_none() && names.cue_before(NameCue::TradeEnding, text, end) != Some(end - suffix)
        }
        (EntityKind::Product, _) => names.cue_before(NameCue::ProductEnding, text, end).is_none(),
        _ => false,
    };
    if hopeless && !land {
        return None;
    }
    // 会议中心 is a facility, 中心 a body: the longest ending tells.
    if names.endings.ending(text, end).is_some_and(|(len, longest)| len > end - suffix && longest.kind != ending.kind) {
        return None;
    }
    if runs_on(text, end, end - suffix, ending, names) || inside_word(text, suffix, end, ending, names) {
        return None;
    }
    let front = front(text, suffix, end, ending, known)?;
    if !front.anchored && matches!((ending.kind, ending.strong), (EntityKind::Zone | EntityKind::Facility, false) | (EntityKind::Product, _)) {
        return None;
    }
    let brand = text.get(front.brand..suffix).unwrap_or_default();
    // The full name of a firm stands by itself: 青山绿源有限公司 | 年产2万吨饲料项目.
    let opening = text.get(front.start..suffix).unwrap_or_default();
    // A legal form alone is nobody's name: 股份有限公司.
    let whole = text.get(front.start..end).unwrap_or_default();
    if names.cue_at(NameCue::Legal, whole, 0) == Some(whole.len()) {
        return None;
    }
    if ending.kind != EntityKind::Company && names.cues.of(NameCue::Limited).occurs(opening) {
        return None;
    }
    let size = brand.chars().count();
    // 公司拟投资扩建 | 公司: a firm's short name holds no word for a firm, and no name half a bracket.
    let holds_firm = ending.kind == EntityKind::Company && !ending.strong && names.cues.of(NameCue::FirmTail).occurs(brand);
    if holds_firm || !balanced(opening) {
        return None;
    }
    let generic = front.brand < suffix && is_generic(brand, names);
    // 绿源公司片区 | 地块: land that is called after whose it was
    if land && (brand.is_empty() || names.cue_at(NameCue::LandPart, brand, 0) == Some(brand.len())) && called_after(front.start, front.brand, known) {
        return Some(Draft::new(text, Span::new(front.start, end), EntityKind::Facility));
    }
    // 村级光伏 | 发电站: the longer ending leaves no name before it
    let rest = names.endings.ending(text, end).and_then(|(len, _)| text.get(front.brand..end - len)).unwrap_or(brand);
    if !front.anchored && ending.kind == EntityKind::Facility && rest.len() < brand.len() && is_generic(rest, names) {
        return None;
    }
    // 四川省 | 高速公路: all roads of a place
    if ending.kind == EntityKind::Facility && names.cue_at(NameCue::Road, text, suffix) == Some(end - suffix) && is_generic(brand, names) {
        return None;
    }
    // 黄淮海地区地级 | 医院: a class of bodies
    if ending.kind == EntityKind::Organisation && brand.ends_with('级') {
        return None;
    }
    // 中砺|智能工厂项目: a firm's name before everyday words makes a name of them
    let called = ending.kind == EntityKind::Project && size >= 4 && after_firm(front.brand, known) && front.start < front.brand;
    // 5-201智能化 | 综采工作面: a number is its name
    let numbered = has_number(brand) && text[..end].ends_with("工作面");
    if generic && !called && !numbered && !generic_will_do(ending, &front, size, text.get(suffix..end)?, brand, names)
        || has_number(brand) && ending.kind != EntityKind::Project && !numbered
    {
        return None;
    }
    if !ending.strong && names.generic.ending(text, end).is_some_and(|(len, ())| len > end - suffix) {
        return None;
    }
    let named = match (ending.kind, ending.strong, front.anchored) {
        (EntityKind::Region | EntityKind::Other, ..) => false,
        // 全县小麦完全成本 | 保险 is no firm
        (EntityKind::Company | EntityKind::Facility | EntityKind::Zone | EntityKind::Product, ..) if whole_level(opening, names) => false,
        (EntityKind::Company, true, _) => size >= 2,
        (EntityKind::Company, false, anchored) => {
            size >= 2 && names.cue_before(NameCue::GroupEnding, text, end).is_some()
                || !anchored && (2..=3).contains(&size) && names.cue_before(NameCue::TradeEnding, text, end) == Some(end - suffix) && is_unheard(brand, names)
        }
        (EntityKind::Organisation, ..) if whole_level(brand, names) => size >= 6,
        (EntityKind::Organisation, true, true) => true,
        (EntityKind::Organisation, true, false) => {
            size >= 1 && opens_body(brand, names)
                || size >= 2 && names.cue_before(NameCue::BrandedBody, text, end).is_some()
                || governs_zone(text, brand, end, names)
        }
        (EntityKind::Organisation, false, true) => size <= 4 || opens_body(brand, names),
        (EntityKind::Organisation, false, false) => size >= 1 && opens_body(brand, names),
        (EntityKind::Zone, true, _) => size >= 2 || front.anchored,
        (EntityKind::Zone, false, _) => front.anchored && size >= 2,
        (EntityKind::Facility, true, _) => (2..=8).contains(&size) || front.anchored,
        (EntityKind::Facility, false, _) => front.anchored && (2..=6).contains(&size),
        (EntityKind::Project, _, true) => {
            size >= 3 || after_firm(front.brand, known) && (size == 0 || names.cue_at(NameCue::Phase, brand, 0) == Some(brand.len()))
        }
        // 洲岗 | 旧村改造项目
        (EntityKind::Project, true, false) if end - suffix >= SAID_WHOLE && (2..=4).contains(&size) && is_unheard(brand, names) => true,
        (EntityKind::Project, _, false) => projects::facility_inside(brand, names) || projects::invested(text, front.start, end, brand, names),
        (EntityKind::Product, _, anchored) => anchored && size >= 4 && names.cue_before(NameCue::ProductEnding, text, end).is_some(),
    };
    // 中铁青山局集团青岭铁路 | 项目部 is longer than what others are called
    let long = if names.cue_before(NameCue::BrandedBody, text, end).is_some() { 18 } else { 12 };
    if !named || !front.anchored && size > long && ending.kind != EntityKind::Company {
        return None;
    }
    // 河北省张北县 | 坝缘二期风电场, but 赣州国际陆港
    let apart = ending.kind == EntityKind::Facility
        && front.anchored
        && !generic
        && size >= 2
        && known.full.over(Span::new(front.start, front.brand)).any(|place| place == Span::new(front.start, front.brand));
    // 达拉特旗蒙源光储基地 twice: the place is part of the name.
    let together = || text.get(front.start..end).is_some_and(|name| known.marks.standing(name).nth(1).is_some());
    let start = if apart && !together() { front.brand } else { front.start };
    // 驰测伺服电机产业园 | 项目
    let park = matches!(ending.kind, EntityKind::Zone | EntityKind::Facility) && names.cue_before(NameCue::Park, text, end).is_some();
    if let Some(len) = names.cue_at(NameCue::ListProject, text, end).filter(|_| park && size >= 2) {
        return Some(Draft::new(text, Span::new(start, end + len), EntityKind::Project));
    }
    let mut draft = Draft::new(text, Span::new(start, end), ending.kind);
    if between_places(front.start, suffix, known) && is_built(text, end, names) {
        draft.kind = EntityKind::Project;
    }
    Some(draft)
}

// 樊西经开区 | 管委会: the body of a zone that no list has.
fn governs_zone(text: &str, brand: &str, end: usize, names: &Names) -> bool {
    let zone = names.endings.ending(brand, brand.len()).filter(|(len, ending)| ending.kind == EntityKind::Zone && brand.len() > *len);
    zone.is_some() && names.cue_before(NameCue::ZoneBody, text, end).is_some()
}

// 赣州国际陆港, 市气象台, 吉林市项目调度管理服务平台 are names though every word is an everyday one; 全区公办幼儿园 is none.
fn generic_will_do(ending: Ending, front: &Front, size: usize, suffix: &str, brand: &str, names: &Names) -> bool {
    match ending.kind {
        EntityKind::Organisation if front.anchored => ending.strong || names.cue_before(NameCue::BrandedBody, suffix, suffix.len()).is_some(),
        EntityKind::Company => front.anchored && ending.strong && size >= 2,
        EntityKind::Organisation => opens_body(brand, names) && names.cue_before(NameCue::BrandedBody, suffix, suffix.len()).is_none(),
        EntityKind::Project => front.anchored && (ending.strong && size >= 5 || names.cue_at(NameCue::Phase, brand, 0) == Some(brand.len())),
        EntityKind::Product => front.anchored && size >= 5,
        EntityKind::Facility | EntityKind::Zone => front.anchored && ending.strong && size <= 4,
        _ => false,
    }
}

// The ending is a part of a word: 浉河区部 | 分, 为民兴 | 办, 青山县委 | 员. A word that opens something new outweighs it: 农场 | 地处.
fn inside_word(text: &str, suffix: usize, end: usize, ending: Ending, names: &Names) -> bool {
    if ending.strong && ending.kind != EntityKind::Organisation {
        return false;
    }
    cuts_word(text, end, names) || names.cue_before(NameCue::Around, text, end).is_some_and(|len| len > end - suffix)
}

/// True where a word goes on behind `end`: 财政部 | 门. What opens something new there outweighs it: 农场 | 地处.
pub(super) fn cuts_word(text: &str, end: usize, names: &Names) -> bool {
    let last = end - text.get(..end).and_then(|t| t.chars().next_back()).map_or(0, char::len_utf8);
    let over = names.cue_at(NameCue::Around, text, last).is_some_and(|len| last + len > end);
    // 联合交易所 | 有限公司
    let opens = names.borders.longest(text, end).is_some_and(|(len, _)| len > 3) || names.endings.beginning(text, end).any(|(len, _)| len > 3);
    over && !opens
}

// A firm, body or facility opens the name, and no place.
fn called_after(start: usize, end: usize, known: &Known<'_>) -> bool {
    let name = Span::new(start, end);
    start < end && known.openers.over(name).any(|opener| opener == name) && !known.places.over(name).any(|place| place == name)
}

// 兴宏: no word and no border stands in it.
fn is_unheard(brand: &str, names: &Names) -> bool {
    brand.char_indices().all(|(at, c)| !c.is_ascii() && names.borders.longest(brand, at).is_none() && names.generic.longest(brand, at).is_none())
}

fn balanced(words: &str) -> bool {
    let count = |marks: [char; 2]| words.matches(marks).count();
    count(['（', '(']) == count(['）', ')'])
}

// 全县政府债务 holds no 全县政府; 全市招商工作领导小组 is one.
fn whole_level(brand: &str, names: &Names) -> bool {
    names.cue_at(NameCue::Whole, brand, 0).is_some()
}

fn after_firm(at: usize, known: &Known<'_>) -> bool {
    known.firms.within(at.saturating_sub(Places::REACH), at).iter().any(|firm| firm.end() == at)
}

fn has_number(brand: &str) -> bool {
    brand.bytes().any(|b| b.is_ascii_digit())
}

fn is_full_place(text: &str, place: &Draft) -> bool {
    place.name.chars().count() > 2 && text[place.last].chars().count() > 1 && place.path.ends_with(&text[place.last])
}

// The ending goes on: 水利局长, 市委托, 有限公司法人 is fine.
fn runs_on(text: &str, end: usize, suffix_len: usize, ending: Ending, names: &Names) -> bool {
    if names.cue_before(NameCue::NoName, text, end).is_some_and(|len| len == suffix_len) && !ending.strong {
        return true;
    }
    let strict = !ending.strong || ending.kind == EntityKind::Organisation;
    strict && names.cue_at(NameCue::RunsOn, text, end).is_some()
}

/// The front of the name that ends at `end`.
fn front(text: &str, suffix: usize, end: usize, ending: Ending, known: &Known<'_>) -> Option<Front> {
    let names = known.names;
    let wall = wall(text, suffix, known.barriers);
    let mut anchors: Vec<Span> = known.openers.within(wall, suffix).iter().copied().filter(|span| span.end() < end).collect();
    let across = matches!(ending.kind, EntityKind::Project);
    let mut lowest = wall;
    let mut at = wall;
    while at < suffix {
        if let Some(anchor) = anchors.iter().filter(|anchor| anchor.start() == at).max_by_key(|anchor| anchor.end()) {
            at = anchor.end();
            // 苏州工业园区 | 投资建设: what the place or firm does, not what it is called.
            // 北京 | 共享易得: 共 is a part of 共享.
            let begins_word = |len: &usize| names.generic.longest(text, at).is_some_and(|(word, ())| word > *len && ending.kind == EntityKind::Company);
            if let Some(len) = names.cue_at(NameCue::Does, text, at).filter(|len| at + len <= suffix && !begins_word(len)) {
                at += len;
                lowest = at;
            }
            continue;
        }
        let step = text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        // 经济 holds no border.
        let word = names.generic.longest(text, at).map(|(len, ())| len).filter(|len| at + len <= suffix && *len > 3);
        match names.borders.longest(text, at) {
            Some((len, _)) if word.is_some_and(|word| word > len) => at += word.unwrap_or(step),
            None if word.is_some() => at += word.unwrap_or(step),
            // A word that runs into the ending is part of it: 公共 | 服务中心.
            Some((len, _)) if at + len > suffix => at += step,
            Some((len, Border::Strong)) => {
                at += len;
                lowest = at;
            }
            Some((len, Border::Weak)) => {
                let joined = anchors.iter().any(|a| a.end() == at)
                    && anchors.iter().any(|a| a.start() == at + len)
                    && !matches!(text.get(at..at + len), Some("和" | "与" | "及"));
                let opened = anchors.iter().any(|a| a.start() >= lowest && a.end() <= at);
                let apart = anchors.iter().any(|a| a.start() > at) || names.endings.ending(text, at).is_some_and(|(_, e)| e.kind == EntityKind::Organisation);
                // 江门市发展和改革局, but 永安市政府和水利局
                let inside = opened && (across || ending.kind == EntityKind::Organisation && !apart);
                at += len;
                if !joined && !inside {
                    lowest = at;
                }
            }
            None => at += step,
        }
    }
    // 太平湖风景区 holds no 平湖.
    anchors.retain(|anchor| anchor.start() <= lowest || text.get(lowest..anchor.start()).is_none_or(|gap| gap.chars().count() != 1 || is_generic(gap, names)));
    let first = anchors.iter().filter(|anchor| anchor.start() >= lowest).min_by_key(|anchor| (anchor.start(), std::cmp::Reverse(anchor.end())));
    match first {
        Some(anchor) => Some(Front { start: anchor.start(), anchored: true, brand: anchor.end().min(suffix) }),
        // 建设 | 驰测伺服电机产业园
        None if matches!(ending.kind, EntityKind::Zone | EntityKind::Facility | EntityKind::Project) => {
            while let Some(len) = names.cue_at(NameCue::Does, text, lowest).max(names.cue_at(NameCue::Acts, text, lowest)).filter(|len| lowest + len < suffix) {
                lowest += len;
            }
            (lowest < suffix).then_some(Front { start: lowest, anchored: false, brand: lowest })
        }
        // 发展 | 农业专业合作社
        None if !(ending.kind == EntityKind::Company && ending.strong)
            && names.cue_at(NameCue::Acts, text, lowest).is_some_and(|len| lowest + len <= suffix) =>
        {
            None
        }
        None if lowest < suffix || opens_body(text.get(suffix..end)?, names) => Some(Front { start: lowest, anchored: false, brand: lowest }),
        None => None,
    }
}

// How far back a name may reach: not across punctuation, blanks, quantities or times that it does not begin before.
fn wall(text: &str, suffix: usize, barriers: &Places) -> usize {
    let mut wall = suffix;
    let mut open = 0usize;
    let before = text.get(..suffix).unwrap_or_default();
    for (at, c) in before.char_indices().rev().take(FRONT) {
        match c {
            '）' | ')' => open += 1,
            '（' | '(' if open > 0 => open -= 1,
            '·' | '-' => {}
            _ if c.is_alphanumeric() => {}
            _ => break,
        }
        if open == 0 {
            wall = at;
        }
    }
    barriers.over(Span::new(wall, wall + 1)).map(Span::end).max().map_or(wall, |end| end.min(suffix))
}

/// True where nothing in `brand` is a name: it is made of generic words and numbers.
pub(super) fn is_generic(brand: &str, names: &Names) -> bool {
    let mut at = 0;
    while let Some(c) = brand.get(at..).and_then(|rest| rest.chars().next()) {
        match names.generic.longest(brand, at) {
            Some((len, ())) => at += len,
            None if c.is_ascii_digit() || !c.is_alphanumeric() => at += c.len_utf8(),
            None => return false,
        }
    }
    true
}

// 市气象台, 区教委, 全市招商工作领导小组, 国家统计局: the level stands for the place.
fn opens_body(words: &str, names: &Names) -> bool {
    // 区域中心 is no 中心 of a 区.
    names.cue_at(NameCue::BodyLevel, words, 0).is_some_and(|len| names.cue_at(NameCue::Around, words, 0).is_none_or(|word| word <= len))
}

// 旌德至宁国快速通道: two places with 至 between them.
fn between_places(start: usize, suffix: usize, known: &Known<'_>) -> bool {
    let inside = known.places.within(start, suffix);
    inside.iter().any(|from| from.start() == start && inside.iter().any(|to| to.end() == suffix && to.start() > from.end()))
}

/// True for a plot of land by its ending: 绿源公司片区地块.
pub(super) fn is_land(text: &str, span: Span, names: &Names) -> bool {
    names.cue_before(NameCue::Land, text, span.end()).is_some()
}

pub(super) fn is_built(text: &str, end: usize, names: &Names) -> bool {
    let sentence = text.get(end..).unwrap_or_default().split(['。', '\n']).next().unwrap_or_default();
    names.cues.of(NameCue::Built).occurs(sentence)
}

/// 吉林市政府, 恩阳区委: a place whose last character opens the ending, or a place and a body.
fn bodies(text: &str, names: &Names, marks: &Marks<'_>, places: &[Draft]) -> Vec<Draft> {
    let mut found = Vec::new();
    for place in places {
        let body = names.cue_at(NameCue::Body, text, place.span.end());
        // 石门县|政府债务: the word runs on
        if let Some(len) = body.filter(|len| names.cue_at(NameCue::RunsOn, text, place.span.end() + len).is_none()) {
            found.push(Draft::new(text, Span::new(place.span.start(), place.span.end() + len), EntityKind::Organisation));
        }
    }
    for (at, level) in marks.cues(NameCue::Level) {
        let Some(len) = names.cue_at(NameCue::Body, text, at + level) else { continue };
        let end = at + level + len;
        if starts_word(text, at, names) && names.cue_at(NameCue::RunsOn, text, end).is_none() {
            found.push(Draft::new(text, Span::new(at, end), EntityKind::Organisation));
        }
    }
    found
}

/// 合肥市生态环境局肥东县分局: a body, a place, and a word for a branch.
fn branches(text: &str, names: &Names, places: &Places, found: &[Draft]) -> Vec<Draft> {
    let mut branches = Vec::new();
    for head in found.iter().filter(|draft| matches!(draft.kind, EntityKind::Organisation | EntityKind::Company)) {
        let end = head.span.end();
        for place in places.within(end, end + 1) {
            if let Some(len) = names.cue_at(NameCue::Branch, text, place.end()) {
                branches.push(Draft::new(text, Span::new(head.span.start(), place.end() + len), head.kind));
            }
        }
    }
    branches
}

/// True where a name can begin: after punctuation, a border word, or a word that is part of no name.
pub(super) fn starts_word(text: &str, at: usize, names: &Names) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let touching = before.chars().next_back().is_some_and(char::is_alphanumeric);
    !touching || names.borders.ending(text, at).is_some() || names.generic.ending(text, at).is_some_and(|(len, ())| len > 3)
}
