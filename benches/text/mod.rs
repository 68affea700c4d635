//! Text for the benches: articles put together from the fixtures, from sentences without a figure (`plain.txt`) and from the
//! names of the dictionaries. Figures, names, indicators and the order of sentences vary, and the same seed gives the same
//! bytes. Of a hundred sentences 46 hold a figure, as in news; a repeated article would flatter every cache.

use std::path::Path;

use shuliang::dict::{Dict, EntityKind, Listed};
use shuliang::segment;

/// How many of a hundred sentences come from the fixtures, where nearly every one holds figures.
const FIGURES: usize = 46;

/// An article that was put together.
#[derive(Debug)]
pub struct Made {
    pub id: String,
    pub title: String,
    pub published: String,
    pub text: String,
}

/// A piece of a sentence: words that stay, or a place that is filled anew each time.
enum Piece {
    Words(String),
    Digits(String),
    Division(char),
    Company,
    Zone,
    Organisation,
    Indicator,
}

type Sentence = Vec<Piece>;

/// What places are filled with.
struct Fillings {
    divisions: Vec<(char, String)>,
    companies: Vec<String>,
    zones: Vec<String>,
    organisations: Vec<String>,
    indicators: Vec<String>,
}

/// Articles of about `bytes` bytes of text together.
pub fn articles(bytes: usize, seed: u64, dict: &Dict) -> std::io::Result<Vec<Made>> {
    let fillings = Fillings::new(dict);
    let (titles, figures) = fixtures(dict)?;
    let plain: Vec<Sentence> = include_str!("plain.txt").lines().map(slots).collect();
    let mut random = Random(seed);
    let mut made = Vec::new();
    let mut size = 0;
    while size < bytes {
        let mut text = String::new();
        for _ in 0..4 + random.below(9) {
            for _ in 0..1 + random.below(4) {
                let pool = if random.below(100) < FIGURES { &figures } else { &plain };
                random.pick(pool).iter().for_each(|piece| fillings.fill(piece, &mut random, &mut text));
            }
            text.push('\n');
        }
        let mut title = String::new();
        random.pick(&titles).iter().for_each(|piece| fillings.fill(piece, &mut random, &mut title));
        let published = format!("{}-{:02}-{:02}", 2012 + random.below(13), 1 + random.below(12), 1 + random.below(28));
        size += text.len();
        made.push(Made { id: format!("a{}", made.len()), title, published, text });
    }
    Ok(made)
}

/// The articles as a `.jsonl` file.
pub fn jsonl(articles: &[Made]) -> String {
    let mut lines = String::new();
    for article in articles {
        let record = serde_json::json!({ "id": article.id, "title": article.title, "published": article.published, "text": article.text });
        lines.push_str(&record.to_string());
        lines.push('\n');
    }
    lines
}

impl Fillings {
    fn new(dict: &Dict) -> Fillings {
        let cells = |name: &str, column: usize| -> Vec<String> {
            let text = Dict::files().iter().find(|(file, _)| *file == name).map_or("", |(_, text)| *text);
            let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
            rows.filter_map(|row| row.split('\t').nth(column)).map(|cell| cell.split('|').next().unwrap_or_default().to_owned()).collect()
        };
        let divisions = cells("divisions.tsv", 1).into_iter().filter_map(|name| Some((name.chars().next_back()?, name))).collect();
        let indicators = dict.cues.indicators.iter().map(|(name, _)| name.to_owned()).filter(|name| name.chars().count() > 2).collect();
        Fillings {
            divisions,
            companies: cells("companies.tsv", 0).into_iter().chain(cells("listed.tsv", 0)).collect(),
            zones: cells("zones.tsv", 0),
            organisations: cells("organisations.tsv", 0),
            indicators,
        }
    }

    fn fill(&self, piece: &Piece, random: &mut Random, text: &mut String) {
        match piece {
            Piece::Words(words) => text.push_str(words),
            Piece::Digits(digits) => {
                for (i, digit) in digits.chars().enumerate() {
                    let least = usize::from(i == 0 && digit != '0');
                    text.push(char::from(b'0' + (least + random.below(10 - least)) as u8));
                }
            }
            Piece::Division(last) => {
                // ten tries find one of the same kind, or any will do
                let tries: Vec<&(char, String)> = (0..10).map(|_| random.pick(&self.divisions)).collect();
                let found = tries.iter().find(|(end, _)| end == last).or(tries.first());
                text.push_str(found.map_or("", |(_, name)| name));
            }
            Piece::Company => text.push_str(random.pick::<String>(&self.companies)),
            Piece::Zone => text.push_str(random.pick::<String>(&self.zones)),
            Piece::Organisation => text.push_str(random.pick::<String>(&self.organisations)),
            Piece::Indicator => text.push_str(random.pick::<String>(&self.indicators)),
        }
    }
}

/// The titles and the sentences of the fixture articles, with places for names, indicators and figures.
fn fixtures(dict: &Dict) -> std::io::Result<(Vec<Sentence>, Vec<Sentence>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
    let mut folders: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    folders.sort_by_key(std::fs::DirEntry::path);
    let (mut titles, mut sentences) = (Vec::new(), Vec::new());
    for folder in folders {
        let text = std::fs::read_to_string(folder.path().join("article.txt"))?;
        let lines = segment::lines(&text, "", &dict.furniture);
        for line in lines.iter().filter(|line| line.kind == segment::LineKind::Body) {
            let words = &text[line.span];
            if words.ends_with('。') {
                sentences.extend(segment::sentences(words).iter().map(|&sentence| places(&words[sentence], dict)));
            } else if words.chars().count() < 40 && !words.contains('|') {
                titles.push(places(words, dict));
            }
        }
    }
    Ok((titles, sentences))
}

/// A sentence of a fixture: listed names, known indicators and figures become places; years, dates and clock times stay.
fn places(sentence: &str, dict: &Dict) -> Sentence {
    let mut pieces = Vec::new();
    let mut names: Vec<(usize, usize, Piece)> = Vec::new();
    for (start, end, listed) in dict.names.listed_in(sentence) {
        let last = sentence[..end].chars().next_back().unwrap_or_default();
        let piece = match listed.first() {
            Some(Listed::Division(_)) => Piece::Division(last),
            Some(Listed::Named { kind: EntityKind::Company, .. }) => Piece::Company,
            Some(Listed::Named { kind: EntityKind::Zone, .. }) => Piece::Zone,
            Some(Listed::Named { kind: EntityKind::Organisation, .. }) => Piece::Organisation,
            _ => continue,
        };
        names.push((start, end, piece));
    }
    names.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    let mut names = names.into_iter().peekable();
    let mut at = 0;
    while at < sentence.len() {
        while names.next_if(|(start, ..)| *start < at).is_some() {}
        if let Some((_, end, piece)) = names.next_if(|(start, ..)| *start == at) {
            pieces.push(piece);
            at = end;
            continue;
        }
        if let Some((len, _)) = dict.cues.indicators.longest(sentence, at).filter(|(len, _)| *len > 6) {
            pieces.push(Piece::Indicator);
            at += len;
            continue;
        }
        let digits = sentence[at..].bytes().take_while(u8::is_ascii_digit).count();
        let end = at + digits.max(sentence[at..].chars().next().map_or(1, char::len_utf8));
        let dated = sentence[end..].starts_with(['年', '月', '日', '号', '时', ':', '：']) || sentence[..at].ends_with([':', '：']);
        let piece = &sentence[at..end];
        match pieces.last_mut() {
            _ if digits > 0 && !dated => pieces.push(Piece::Digits(piece.to_owned())),
            Some(Piece::Words(words)) => words.push_str(piece),
            _ => pieces.push(Piece::Words(piece.to_owned())),
        }
        at = end;
    }
    pieces
}

/// A sentence of `plain.txt`: `{division}` and the like are places.
fn slots(sentence: &str) -> Sentence {
    let piece = |part: &str| match part {
        "division" => Piece::Division('县'),
        "company" => Piece::Company,
        "zone" => Piece::Zone,
        "organisation" => Piece::Organisation,
        "indicator" => Piece::Indicator,
        words => Piece::Words(words.to_owned()),
    };
    sentence.split(['{', '}']).map(piece).collect()
}

/// Numbers that look random and come out the same for the same seed (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let at = self.below(list.len());
        &list[at]
    }
}
