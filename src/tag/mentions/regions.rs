//! Regions: divisions from provinces to towns, countries and larger areas, and which of several places of one name is meant.

use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, Marks, Places, areas, forms, unlisted};
use crate::Span;
use crate::dict::{Division, DivisionId, EntityKind, Listed, NameCue, NameStart, Names};

/// What the article is about, as far as regions tell.
#[derive(Debug, Default)]
pub(super) struct About {
    /// Divisions named in the title with all they lie in, the most important first.
    pub title: Vec<DivisionId>,
    /// Divisions named in the text, with the number of times.
    pub text: BTreeMap<DivisionId, usize>,
    /// The full names that stand in the text or the title.
    pub names: BTreeMap<DivisionId, String>,
}

/// A listed region at a place of the text.
pub(super) struct Hit<'a> {
    pub start: usize,
    pub end: usize,
    pub listed: &'a [Listed],
}

/// A stretch of names that lie in each other, with the divisions that the last of them may be.
struct Chain {
    start: usize,
    last: usize,
    end: usize,
    candidates: Vec<DivisionId>,
    plain: bool,
}

/// The regions of `text`, and what the article is about.
pub(super) fn places(text: &str, title: &str, names: &Names, marks: &Marks<'_>, listings: &Listings<'_>) -> (Vec<Draft>, About) {
    let mut hits = region_hits(listings);
    let mut title_hits = region_hits(&Listings::new(title, names, &Marks::new(title, names)));
    // 津市 in 海津市, 乌兰 in 乌兰塔拉市
    let unlisted = unlisted::unlisted(text, title, names, marks, &hits);
    if !unlisted.is_empty() {
        let own = Places::of(&unlisted);
        hits.retain(|hit| !own.cover(Span::new(hit.start, hit.end)));
        let in_title = Places::new(unlisted.iter().flat_map(|draft| title.match_indices(draft.name.as_str())).map(|(at, name)| Span::new(at, at + name.len())));
        title_hits.retain(|hit| !in_title.cover(Span::new(hit.start, hit.end)));
    }
    let known = evidence(&hits, &title_hits, names);
    let title_chains = chains(title, &title_hits, &known, names);
    let text_chains = chains(text, &hits, &known, names);
    let mut about = About::default();
    for chain in &title_chains {
        if let Some(id) = choose(chain, &known, names) {
            about.title.push(id);
            about.title.extend(names.chain(id).into_iter().rev().skip(1));
        }
    }
    let mut places = Vec::new();
    for chain in &text_chains {
        let id = choose(chain, &known, names);
        for part in id.map(|id| names.chain(id)).unwrap_or_default() {
            if Some(part) == id || text.get(chain.start..chain.last).is_some_and(|above| mentioned(above, part, names)) {
                *about.text.entry(part).or_default() += 1;
            }
        }
        places.push(place(text, chain, id, names));
    }
    for listed in hits.iter().chain(&title_hits).flat_map(|hit| hit.listed) {
        if let &Listed::Division(id) = listed {
            about.names.insert(id, names.division(id).map(|division| division.name.to_string()).unwrap_or_default());
        }
    }
    places.extend(areas::areas(text, &hits, &places, &about, names));
    places.extend(areas::towns(text, &places, &about, names, marks));
    places.extend(areas::pairs(text, names, marks));
    places.extend(unlisted);
    (super::longest(places), about)
}

fn mentioned(above: &str, id: DivisionId, names: &Names) -> bool {
    names.division(id).is_some_and(|division| above.contains(stem(&division.name)))
}

// 宜宾市 => 宜宾: the first two characters stand in every short form.
fn stem(name: &str) -> &str {
    name.char_indices().nth(2).and_then(|(end, _)| name.get(..end)).unwrap_or(name)
}

fn region_hits<'a>(listings: &Listings<'a>) -> Vec<Hit<'a>> {
    let region = |listed: &Listed| !matches!(listed, Listed::Named { .. });
    let regions = listings.0.iter().filter(|(_, listed)| listed.iter().any(region));
    let mut hits: Vec<Hit<'a>> = regions.map(|&(span, listed)| Hit { start: span.start(), end: span.end(), listed }).collect();
    hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
    hits
}

/// The listed names of a text that no veto and no everyday word takes.
pub(super) struct Listings<'a>(pub Vec<(Span, &'a [Listed])>);

impl<'a> Listings<'a> {
    pub fn new(text: &str, names: &'a Names, marks: &Marks<'_>) -> Listings<'a> {
        // stretches of the text in which no listed name is one
        let vetoes = Places::new(marks.of(NameStart::Veto).filter_map(|at| names.vetoes.longest(text, at).map(|(len, ())| Span::new(at, at + len))));
        let found = names.listed_in(text).map(|(start, end, listed)| (Span::new(start, end), listed));
        Listings(found.filter(|&(span, listed)| !vetoed(span, &vetoes) && !crossed(text, span.start(), span.end(), listed, names)).collect())
    }
}

/// True where a veto touches the name and is not a part of it.
fn vetoed(span: Span, vetoes: &Places) -> bool {
    vetoes.over(span).any(|veto| veto == span || !span.contains(veto))
}

/// True where a name of two characters shares one with an everyday word: 中国 in 其中国有, 增城 in 新增城镇.
fn crossed(text: &str, start: usize, end: usize, listed: &[Listed], names: &Names) -> bool {
    let Some((_, second)) = text.get(start..end).and_then(|name| name.char_indices().nth(1)).filter(|_| end - start == 6) else { return false };
    let middle = end - second.len_utf8();
    let before = names.generic.ending(text, middle).map(|(len, ())| len).max(names.borders.ending(text, middle).map(|(len, _)| len));
    if before.is_some_and(|len| len == 6) {
        return true;
    }
    let small = listed.iter().all(|listed| match listed {
        Listed::Short(id) => names.division(*id).is_some_and(|division| division.level() == 3),
        Listed::Named { kind, .. } => *kind == EntityKind::Company,
        _ => false,
    });
    small && names.generic.longest(text, middle).is_some_and(|(len, ())| len == 6)
}

/// Divisions that are named without doubt, with a weight: what the article seems to be about.
fn evidence(hits: &[Hit<'_>], title: &[Hit<'_>], names: &Names) -> BTreeMap<DivisionId, usize> {
    let mut known = BTreeMap::new();
    for (hit, factor) in hits.iter().map(|hit| (hit, 1)).chain(title.iter().map(|hit| (hit, 4))) {
        if let [only] = hit.listed {
            match only {
                Listed::Division(id) => *known.entry(*id).or_default() += 3 * factor,
                Listed::Short(id) if names.division(*id).is_some_and(|d| !d.plain) => *known.entry(*id).or_default() += factor,
                _ => {}
            }
        }
    }
    known
}

fn chains(text: &str, hits: &[Hit<'_>], known: &BTreeMap<DivisionId, usize>, names: &Names) -> Vec<Chain> {
    let full = hits.iter().flat_map(|hit| hit.listed).filter_map(|l| if let Listed::Division(id) = l { Some(*id) } else { None });
    let full: BTreeSet<DivisionId> = full.filter(|&id| names.division(id).is_some_and(|division| division.name.len() > 6)).collect();
    let mut chains = Vec::new();
    let mut free = 0;
    let mut rest = hits;
    while let Some((hit, later)) = rest.split_first() {
        rest = later;
        if hit.start < free {
            continue;
        }
        let candidates = candidates(hit);
        if candidates.is_empty() {
            continue;
        }
        let plain = candidates
            .iter()
            .all(|&(id, is_short)| is_doubtful(text, id, is_short, hit, names) && !(full.contains(&id) || known.get(&id).is_some_and(|&w| w > 3)));
        let mut chain = Chain { start: hit.start, last: hit.start, end: hit.end, candidates: candidates.into_iter().map(|(id, _)| id).collect(), plain };
        while let Some((next, inside)) = below(text, &chain, rest, names) {
            chain = Chain { start: chain.start, last: next.start, end: next.end, candidates: inside, plain: false };
        }
        let alone = chain.last == chain.start && is_short(hit);
        add_town(text, &mut chain, names);
        if alone && chain.last == chain.start && !stands_alone(text, &chain, known, names) {
            continue;
        }
        if chain.plain {
            continue;
        }
        free = chain.end;
        chains.push(chain);
    }
    chains
}

// A short name is none before a word for water, hills or streets (武鸣河, 北京路), and a county's only where the article is
// about its part of the country: 长岭、蔡河等2个镇办 are no 长岭县.
fn stands_alone(text: &str, chain: &Chain, known: &BTreeMap<DivisionId, usize>, names: &Names) -> bool {
    if goes_on(text, chain.end, names) {
        return false;
    }
    let elsewhere = known.keys().any(|id| !chain.candidates.contains(id));
    let near = |id: &DivisionId| {
        names.division(*id).is_none_or(|division| division.level() < 3 || nearness(division, *id, known, names) > known.get(id).map_or(0, |weight| weight * 8))
    };
    let titled = |id: &DivisionId| known.get(id).is_some_and(|&weight| weight > 2);
    !elsewhere || chain.candidates.iter().any(|id| near(id) || titled(id))
}

fn is_short(hit: &Hit<'_>) -> bool {
    hit.listed.iter().all(|listed| !matches!(listed, Listed::Division(_) | Listed::Former(_)))
}

// 武鸣 | 河; but 江西 | 山区
fn goes_on(text: &str, end: usize, names: &Names) -> bool {
    let next = text.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    names.cue_at(NameCue::NoShort, text, end).is_some() && names.generic.longest(text, end).is_none_or(|(len, ())| len <= next)
}

// A county of two characters is its own short name (勉县): the full name comes first.
fn candidates(hit: &Hit<'_>) -> Vec<(DivisionId, bool)> {
    let mut seen = BTreeSet::new();
    hit.listed
        .iter()
        .filter_map(|listed| match listed {
            Listed::Division(id) | Listed::Former(id) => Some((*id, false)),
            Listed::Short(id) => Some((*id, true)),
            _ => None,
        })
        .filter(|(id, _)| seen.insert(*id))
        .collect()
}

// 合作 and 城区 are words, 合作市 is none; 费县 is one where a word can begin, and 理县 in 代理县长 is none.
fn is_doubtful(text: &str, id: DivisionId, is_short: bool, hit: &Hit<'_>, names: &Names) -> bool {
    let Some(division) = names.division(id).filter(|division| division.plain) else { return false };
    let county = division.name.ends_with('县') && forms::starts_word(text, hit.start, names) && names.cue_at(NameCue::NoCounty, text, hit.end).is_none();
    is_short && *division.name != text[hit.start..hit.end] || hit.end - hit.start <= 6 && !county
}

/// The longest region that begins where the chain ends and lies inside it.
fn below<'a, 'h>(text: &str, chain: &Chain, rest: &'h [Hit<'a>], names: &Names) -> Option<(&'h Hit<'a>, Vec<DivisionId>)> {
    // 柳州地区忻城县: a word may stand between the two
    let gap = names.cue_at(NameCue::Gap, text, chain.end).unwrap_or_default();
    let begins = |hit: &&Hit<'_>| (hit.start == chain.end || gap > 0 && hit.start == chain.end + gap) && !(is_short(hit) && goes_on(text, hit.end, names));
    rest.iter().take_while(|hit| hit.start <= chain.end + gap).filter(begins).find_map(|hit| {
        let inside: Vec<DivisionId> =
            candidates(hit).into_iter().map(|(id, _)| id).filter(|&id| chain.candidates.iter().any(|&above| holds(names, above, id))).collect();
        (!inside.is_empty()).then_some((hit, inside))
    })
}

fn holds(names: &Names, above: DivisionId, below: DivisionId) -> bool {
    let (Some(above), Some(below)) = (names.division(above), names.division(below)) else { return false };
    // A county that went to another prefecture is still found under its old one: 柳州地区忻城县.
    above.holds(below) || above.level() == 2 && below.level() == 3 && above.code.get(..2) == below.code.get(..2)
}

/// 郏县 + 薛店镇, 磐石 + 明城: a town of the county that the chain ends in.
fn add_town(text: &str, chain: &mut Chain, names: &Names) {
    let rest = text.get(chain.end..).unwrap_or_default();
    let mut best: Option<(usize, DivisionId)> = None;
    let head = rest.as_bytes().get(..2);
    for &county in &chain.candidates {
        let Some(county) = names.division(county) else { continue };
        // nearly every town begins otherwise than the text
        for (id, town) in names.towns(&county.code).filter(|(_, town)| town.name.as_bytes().get(..2) == head) {
            let short = ["镇", "乡", "街道"].iter().find_map(|class| town.name.strip_suffix(class)).filter(|short| short.chars().count() > 1);
            let len = if rest.starts_with(&*town.name) {
                town.name.len()
            } else if short.is_some_and(|short| rest.strip_prefix(short).is_some_and(ends_word)) {
                short.map_or(0, str::len)
            } else {
                continue;
            };
            if best.is_none_or(|(longest, _)| len > longest) {
                best = Some((len, id));
            }
        }
    }
    if let Some((len, town)) = best {
        *chain = Chain { start: chain.start, last: chain.end, end: chain.end + len, candidates: vec![town], plain: false };
    }
}

fn ends_word(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| c == '的' || !c.is_alphanumeric())
}

/// The division meant by the last name of a chain; `None` where two are equally near.
fn choose(chain: &Chain, known: &BTreeMap<DivisionId, usize>, names: &Names) -> Option<DivisionId> {
    let mut ranked: Vec<(usize, u8, DivisionId)> =
        chain.candidates.iter().filter_map(|&id| names.division(id).map(|d| (nearness(d, id, known, names), d.level(), id))).collect();
    ranked.sort_by_key(|&(near, level, id)| (std::cmp::Reverse(near), level, id));
    match ranked.as_slice() {
        [first, second, ..] if (first.0, first.1) == (second.0, second.1) => None,
        [first, ..] => Some(first.2),
        [] => None,
    }
}

fn nearness(division: &Division, id: DivisionId, known: &BTreeMap<DivisionId, usize>, names: &Names) -> usize {
    known
        .iter()
        .filter_map(|(&other, weight)| {
            let place = names.division(other)?;
            let factor = if other == id {
                8
            } else if place.holds(division) {
                u8::max(place.level(), 1) as usize * 2
            } else if division.holds(place) || place.code.get(..4) == division.code.get(..4) {
                3
            } else if place.code.get(..2) == division.code.get(..2) {
                1
            } else {
                0
            };
            Some(weight * factor)
        })
        .sum()
}

fn place(text: &str, chain: &Chain, id: Option<DivisionId>, names: &Names) -> Draft {
    let end = core_end(text, chain.end, names);
    let mut draft = Draft::new(text, Span::new(chain.start, end), EntityKind::Region);
    draft.last = Span::new(chain.last, chain.end);
    draft.division = id;
    match id.and_then(|id| names.division(id).map(|division| (id, division))) {
        Some((id, division)) => {
            draft.code = division.code.to_string();
            draft.path = names.path(id);
        }
        None => draft.path = text[draft.last].to_owned(),
    }
    draft
}

// 汉中市区 is 汉中市, 永吉县城 is 永吉县; 汉中市区域 does not begin with 汉中市区.
fn core_end(text: &str, end: usize, names: &Names) -> usize {
    let seat = names.cue_at(NameCue::Seat, text, end.saturating_sub(3)).map(|len| end.saturating_sub(3) + len);
    let after = names.cue_at(NameCue::Seat, text, end).map(|len| end + len);
    match seat.or(after) {
        Some(seat_end) if seat_end > end && names.vetoes.longest(text, end).is_none() && word_ends(text, seat_end, names) => seat_end,
        _ => end,
    }
}

// 湘潭县城塘社区 does not begin with 湘潭县城.
fn word_ends(text: &str, at: usize, names: &Names) -> bool {
    let next = text.get(at..).and_then(|rest| rest.chars().next());
    next.is_none_or(|c| !c.is_alphanumeric() || c.is_ascii()) || names.borders.longest(text, at).is_some() || names.generic.longest(text, at).is_some()
}
