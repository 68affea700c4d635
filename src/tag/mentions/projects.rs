//! Projects: those of lists that a word closes (甲、乙和丙等项目, 甲和乙等企业, each part a name of the type that the closing word tells), and
//! what makes a project of everyday words (某某公司投建的钠电正极材料项目).

use super::{Draft, Marks, Places, forms};
use crate::Span;
use crate::dict::{EntityKind, NameCue, Names};

/// Adds the parts of closed lists of projects and companies to `drafts`.
pub(super) fn listed_projects(text: &str, names: &Names, marks: &Marks<'_>, drafts: &mut Vec<Draft>) {
    let taken = Places::of(drafts);
    let others = Places::new(
        drafts.iter().filter(|draft| matches!(draft.kind, EntityKind::Region | EntityKind::Organisation | EntityKind::Other)).map(|draft| draft.span),
    );
    for (cue, kind) in [(NameCue::ListProject, EntityKind::Project), (NameCue::ListCompany, EntityKind::Company)] {
        let mut found = Vec::new();
        for (at, len) in marks.cues(NameCue::ListMark) {
            if closes(text, at + len, cue, names) {
                found.extend(parts(text, at, kind, names, &taken, &others));
            }
        }
        // 筑远地产、华岭置业等房企 are firms wherever they stand
        if kind == EntityKind::Company {
            let forms: std::collections::BTreeSet<&str> = found.iter().map(|draft| &text[draft.span]).filter(|form| form.chars().count() >= 4).collect();
            let again = forms.iter().flat_map(|form| marks.standing(form).map(|at| Draft::new(text, Span::new(at, at + form.len()), kind)));
            found.extend(again.filter(|draft| !taken.cover(draft.span)));
            found = super::longest(found);
        }
        let parts = Places::of(&found);
        drafts.retain(|draft| !parts.over(draft.span).any(|part| part.contains(draft.span)));
        drafts.extend(found);
    }
}

// 等项目, 等续建项目, 等一批产业链延伸项目, 等151个项目: 等, some words, and what the parts are.
fn closes(text: &str, at: usize, cue: NameCue, names: &Names) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let words = rest.char_indices().take(12).take_while(|(_, c)| c.is_alphanumeric() || matches!(c, '“' | '”'));
    // 等企业参与的项目 is about something else.
    let turns = |i: usize| names.borders.longest(text, i).is_some_and(|(border, _)| names.generic.longest(text, i).is_none_or(|(word, ())| word < border));
    words.map(|(i, _)| at + i).find_map(|i| if turns(i) { Some(false) } else { names.cue_at(cue, text, i).map(|_| true) }).unwrap_or(false)
}

fn parts(text: &str, end: usize, kind: EntityKind, names: &Names, taken: &Places, others: &Places) -> Vec<Draft> {
    let start = text
        .get(..end)
        .unwrap_or_default()
        .rfind(['，', ',', '。', '；', ';', '：', '\n', ' '])
        .map_or(0, |at| at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let mut cuts = vec![start];
    let inside = text.get(start..end).unwrap_or_default();
    let pieces: Vec<(usize, &str)> = inside.match_indices(['、']).collect();
    cuts.extend(pieces.iter().flat_map(|(at, mark)| [start + at, start + at + mark.len()]));
    cuts.push(end);
    let mut spans: Vec<Span> = cuts.chunks(2).filter_map(|pair| Some(Span::new(*pair.first()?, *pair.get(1)?))).collect();
    // Only the last part is split at 和: 染料和医药中间体 is one thing, 隧道刀具和绿色农药 are two.
    if let Some(last) = spans.pop() {
        let joint = last.range().find_map(|at| Some((at, names.cue_at(NameCue::Joint, text, at)?))).filter(|(at, len)| at + len < last.end());
        match joint.filter(|(at, len)| !generic_head(&text[Span::new(at + len, last.end())], names)) {
            Some((at, len)) => spans.extend([Span::new(last.start(), at), Span::new(at + len, last.end())]),
            None => spans.push(last),
        }
    }
    if let Some(first) = spans.first_mut() {
        *first = trim_front(text, *first, names, taken);
    }
    let named = |span: &Span| -> bool {
        let words = &text[*span];
        let place = others.over(*span).any(|other| other == *span);
        (2..=24).contains(&words.chars().count()) && !generic_head(words, names) && !words.contains(['“', '（', '(']) && !place
    };
    if spans.len() < 2 || !spans.iter().all(named) {
        return Vec::new();
    }
    spans.into_iter().map(|span| Draft::new(text, span, kind)).collect()
}

// A part that begins with an everyday word is a kind of project, not one: 风电、光伏等项目.
fn generic_head(words: &str, names: &Names) -> bool {
    forms::is_generic(words, names) || names.generic.longest(words, 0).is_some_and(|(len, ())| len > 3)
}

// 清理盘活了山梨酸: the list begins behind the last border that stands before the first name.
fn trim_front(text: &str, span: Span, names: &Names, taken: &Places) -> Span {
    let mut start = span.start();
    let mut at = span.start();
    while at < span.end() {
        let step = text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        match names.borders.longest(text, at) {
            Some((len, crate::dict::Border::Strong)) if !taken.cover(Span::new(at, at + 1)) => {
                at += len;
                start = at;
            }
            _ => at += step,
        }
    }
    // 与飞龙烟花公司
    if let Some((len, crate::dict::Border::Weak)) = names.borders.longest(text, start).filter(|(len, _)| start + len < span.end()) {
        start += len;
    }
    Span::new(start.min(span.end()), span.end())
}

// 清溪湾污水处理厂二期扩建工程 is named after a facility.
pub(super) fn facility_inside(brand: &str, names: &Names) -> bool {
    brand.char_indices().any(|(at, _)| {
        names.endings.longest(brand, at).is_some_and(|(len, ending)| {
            ending.kind == EntityKind::Facility && ending.strong && len > 3 && !forms::is_generic(brand.get(..at).unwrap_or_default(), names)
        })
    })
}

/// What no name of a project begins with.
const INDEFINITE: [char; 22] =
    ['一', '这', '各', '该', '本', '此', '其', '两', '三', '四', '五', '六', '七', '八', '多', '每', '所', '全', '首', '同', '新', '重'];

// 某某公司投建的 | 钠电正极材料项目, 智能阀门项目 | 由某某公司建设, 拟建设 | 磷酸铁锂回收项目: what a firm builds is a project, whatever it is called.
pub(super) fn invested(text: &str, start: usize, end: usize, brand: &str, names: &Names) -> bool {
    let size = brand.chars().count();
    if !(3..=14).contains(&size)
        || forms::is_generic(brand, names) && size < 6
        || brand.contains(['个', '项', '级', '元', '、', '批'])
        || brand.starts_with(INDEFINITE)
    {
        return false;
    }
    let before = text.get(..start).unwrap_or_default();
    let rest = text.get(end..).unwrap_or_default();
    let invests = |before: &str| names.cue_before(NameCue::Invests, before, before.len()).is_some();
    let opens = before.chars().next_back().is_none_or(|c| matches!(c, '，' | '。' | '；' | '\n' | '：' | '、' | '\u{3000}'));
    let built_by = || {
        rest.strip_prefix('由').is_some_and(|by| {
            by.char_indices().take(24).take_while(|(_, c)| !matches!(c, '，' | '。' | '；')).any(|(at, _)| names.cue_at(NameCue::Invests, by, at).is_some())
        })
    };
    let closes = rest.chars().next().is_none_or(|c| matches!(c, '，' | '。' | '；' | '、' | '\n'));
    // 某某公司投资的生态板材项目、 | 光电膜项目
    let listed = || before.strip_suffix("项目、").is_some() && !forms::is_generic(brand, names) && rest.starts_with(['、', '投', '总', '分', '等', '和', '，']);
    // 落户某某高新区的 | 晶砾石墨负极材料项目
    let settled = |before: &str| {
        let from = before.char_indices().rev().take(16).take_while(|(_, c)| c.is_alphanumeric()).last().map_or(before.len(), |(at, _)| at);
        ["落户", "位于", "坐落", "落地"].iter().any(|verb| before.get(from..).is_some_and(|words| words.contains(verb)))
    };
    before.strip_suffix('的').is_some_and(|before| invests(before) || settled(before)) || listed() || opens && built_by() || closes && invests(before)
}
