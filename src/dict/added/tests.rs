use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::Dict;
use crate::dict::builtin;
use crate::dict::listing::{self, Lists, is_form};
use crate::dict::table::{File, Reader};

static BUILTIN: LazyLock<Matcher> = LazyLock::new(Matcher::prepared);

static OURS: LazyLock<BTreeMap<Box<str>, Vec<Listed>>> = LazyLock::new(|| places(&[]));

/// What the lists of places say, form by form.
fn places(files: &[File]) -> BTreeMap<Box<str>, Vec<Listed>> {
    let forms = Lists::read(&mut Reader::new(builtin::FILES, files)).forms.into_iter();
    let own = forms.map(|(form, meanings)| (form, meanings.into_iter().filter(|(list, _)| *list == 0).map(|(_, listed)| listed).collect::<Vec<_>>()));
    own.filter(|(_, meanings)| !meanings.is_empty()).collect()
}

/// What all lists say when the user's rows are read together with ours.
fn whole(mut forms: BTreeMap<Box<str>, Vec<Listed>>, files: &[File]) -> BTreeMap<Box<str>, Vec<Listed>> {
    let mut reader = Reader::new(builtin::FILES, files);
    for (_, file, columns) in listing::named_lists() {
        for row in reader.rows(file, columns) {
            let (naming, others) = Naming::of(file, &row).expect("a row");
            for form in std::iter::once(naming.name).chain(others.into_iter().flat_map(|column| row.names(column))).filter(|form| is_form(form)) {
                let meanings = forms.entry(form.into()).or_default();
                if !meanings.contains(&naming.listed()) {
                    meanings.push(naming.listed());
                }
            }
        }
    }
    forms
}

/// Every form in a text, by ends and then starts, one place after the other.
fn by_hand(text: &str, forms: &BTreeMap<Box<str>, Vec<Listed>>) -> Vec<(usize, usize, Vec<Listed>)> {
    let places = || text.char_indices().map(|(at, _)| at).chain([text.len()]);
    places()
        .flat_map(|end| places().filter(move |start| *start < end).map(move |start| (start, end)))
        .filter_map(|(start, end)| Some((start, end, forms.get(&text[start..end])?.clone())))
        .collect()
}

fn found<'a>(names: impl Iterator<Item = (usize, usize, &'a [Listed])>) -> Vec<(usize, usize, Vec<Listed>)> {
    names.map(|(start, end, listed)| (start, end, listed.to_vec())).collect()
}

fn file(name: &str, header: &str, rows: &[String]) -> File {
    File { name: name.to_owned(), text: format!("{header}\n{}\n", rows.join("\n")) }
}

/// Names as a user may give them: new ones, beginnings of each other, ours, short names of ours, names of regions, Latin letters.
fn name() -> impl Strategy<Value = String> {
    let known: &'static [&str] =
        &["万科A", "中国核工业集团有限公司", "中核集团", "洛阳市", "洛阳", "太平洋", "中关村", "比亚迪", "浙江", "国家电网", "𠀀𠀁𠀂", "AB", "好"];
    prop_oneof![2 => "[云渡海岚甲]{1,5}", 1 => "[云渡a]{2,3}", 3 => prop::sample::select(known).prop_map(str::to_owned)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn names_of_the_user_stand_as_if_read_with_ours(
        companies in prop::collection::vec((name(), prop::collection::vec(name(), 0..3), "(|U-[12])"), 0..12),
        others in prop::collection::vec((0..4_usize, name()), 0..12),
        text in "([云渡海岚甲a好𠀀𠀁𠀂A]|万科A|中国核工业集团有限公司|中核集团|洛阳市|太平洋|中关村|比亚迪|浙江|国家电网){0,30}",
    ) {
        let companies: Vec<String> = companies.iter().map(|(name, aliases, code)| format!("{name}\t{}\t{code}", aliases.join("|"))).collect();
        let rows = |which: usize, rest: &str| -> Vec<String> { others.iter().filter(|(list, _)| *list == which).map(|(_, name)| format!("{name}{rest}")).collect() };
        let files = [
            file("companies.tsv", "name\taliases\tcode", &companies),
            file("zones.tsv", "name\taliases\tregion\tkind", &rows(0, "\t岚甲\t\t")),
            file("listed.tsv", "name\tcode\tplain", &rows(1, "\t000002.SZ\tword")),
            file("organisations.tsv", "name\taliases", &rows(2, "\t")),
            file("landmarks.tsv", "name\ttype", &rows(3, "\tfacility")),
        ];
        let mut reader = Reader::new(builtin::FILES, &files);
        let names = made(&mut reader, &BUILTIN);
        prop_assert_eq!(reader.finish(), []);
        let want = by_hand(&text, &whole(OURS.clone(), &files));
        prop_assert_eq!(found(both(&text, &BUILTIN, Some(&names))), want.clone());
        let kept = AddedNames::from_bytes(names.as_bytes().to_vec()).expect("what was kept");
        prop_assert_eq!(found(both(&text, &BUILTIN, Some(&kept))), want);
    }

    #[test]
    fn any_bytes_are_no_names_or_harmless(place in 0..4000_usize, byte in any::<u8>(), cut in 0..4000_usize, text in "[云渡海岚甲a]{0,30}") {
        let rows: Vec<String> = ["云渡", "云渡海", "云渡海岚", "海岚甲", "甲a"].iter().map(|name| format!("{name}\t\tU")).collect();
        let files = [file("companies.tsv", "name\taliases\tcode", &rows)];
        let mut bytes = made(&mut Reader::new(builtin::FILES, &files), &BUILTIN).as_bytes().to_vec();
        prop_assert!(cut >= bytes.len() || AddedNames::from_bytes(bytes[..cut].to_vec()).is_none());
        if let Some(old) = bytes.get_mut(place) {
            *old = byte;
        }
        if let Some(names) = AddedNames::from_bytes(bytes) {
            for (start, end, form) in names.in_text(&text) {
                prop_assert!(text.get(start..end).is_some());
                names.listed(form, &BUILTIN);
            }
        }
    }
}

#[test]
fn places_of_a_user_stand_beside_names() {
    let files = [
        file("divisions.tsv", "code\tname\tshort\tplain", &["410399\t青澜县\t青澜\t-".to_owned()]),
        file("companies.tsv", "name\taliases\tcode", &["青澜\t洛阳市\tU-1".to_owned()]),
    ];
    let dict = Dict::with(&files).expect("a dictionary");
    let forms = whole(places(&files), &files);
    let kept = AddedNames::from_bytes(dict.names.added().expect("names of the user").as_bytes().to_vec()).expect("what was kept");
    let again = Dict::with_names(&files, kept).expect("a dictionary");
    for text in ["青澜县的青澜在洛阳市", "嘉定区青澜"] {
        assert_eq!(found(dict.names.listed_in(text)), by_hand(text, &forms));
        assert_eq!(found(again.names.listed_in(text)), by_hand(text, &forms));
    }
    assert_eq!(found(dict.names.listed_in("青澜"))[0].2.len(), 2);
}

#[test]
fn mistakes_in_lists_of_names_are_named() {
    let wrong = file("landmarks.tsv", "name\ttype", &["云渡塔\tfacility".to_owned(), "云渡楼\tbuilding".to_owned()]);
    let errors = Dict::with(&[wrong]).expect_err("a mistake");
    assert_eq!(errors.iter().map(ToString::to_string).collect::<Vec<_>>(), ["landmarks.tsv:3: expected a type of the guideline (E2), found `building`"]);
}
