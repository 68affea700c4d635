//! Dictionaries of users: what is found does not hang on how many other names there are, nor on what earlier runs kept.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

const TEXT: &str = "云渡重工在洛阳市投资5亿元，海岚港口占地20亩。中核集团新增3项，万科A下降4%。甲乙丙材料产值8亿元。";

/// A folder with the user's companies: a few that the text names, and so many that it does not. Long codes make a long list.
fn words(at: &Path, others: usize) {
    let mut rows = "name\taliases\tcode\n云渡重工有限公司\t云渡重工\tU-1\n海岚港口\t-\tU-2\n中核集团\t-\tU-3\n甲乙丙\t甲乙丙材料\tU-4\n".to_owned();
    let digit = |i: usize| ["子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉"].get(i % 10).copied().unwrap_or_default();
    for i in 0..others {
        let brand: String = [i / 10_000, i / 1000, i / 100, i / 10, i].map(digit).concat();
        rows.push_str(&format!("{brand}机械有限公司\t{brand}机械\tX-{i:0>100}\n"));
    }
    assert!(others == 0 || rows.len() > 1 << 20);
    fs::create_dir_all(at).expect("a folder");
    fs::write(at.join("companies.tsv"), rows).expect("a file");
}

/// The tables `entities` and `facts` of the text.
fn tables(at: &Path, words: &Path, cache: &str) -> [String; 2] {
    let out = at.join("out");
    fs::write(at.join("a.txt"), TEXT).expect("a file");
    let mut program = Command::new(env!("CARGO_BIN_EXE_shuliang"));
    program.arg("extract").arg(at.join("a.txt")).arg("--dict").arg(words).arg("--out").arg(&out).args(["--quiet", "--no-bom"]);
    let output = program.env("SHULIANG_CACHE", cache).stdin(Stdio::null()).output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    ["entities.csv", "facts.csv"].map(|name| fs::read_to_string(out.join(name)).expect("a table"))
}

#[test]
fn long_lists_give_the_tables_of_short_ones() {
    let at = TempDir::new().expect("a folder");
    let (short, long, cache) = (at.path().join("short"), at.path().join("long"), at.path().join("cache"));
    words(&short, 0);
    words(&long, 8_000);
    let kept = || fs::read_dir(&cache).map(|files| files.map(|file| file.expect("a file").path()).collect::<Vec<_>>()).unwrap_or_default();
    let folder = cache.display().to_string();

    let want = tables(at.path(), &short, &folder);
    assert!(["U-1", "U-2", "U-4"].iter().all(|code| want[0].contains(code)), "{}", want[0]);
    assert_eq!(kept(), [""; 0].map(Path::new), "a short list is not kept");
    assert_eq!(tables(at.path(), &long, ""), want);
    assert!(kept().is_empty(), "nothing is kept where the folder is empty");

    assert_eq!(tables(at.path(), &long, &folder), want);
    let [file] = kept().try_into().expect("one file");
    let bytes = fs::read(&file).expect("a file");
    assert_eq!(tables(at.path(), &long, &folder), want, "from what was kept");
    // what is broken is made again
    fs::write(&file, &bytes[..bytes.len() / 2]).expect("it is written");
    assert_eq!(tables(at.path(), &long, &folder), want);
    assert_eq!(fs::read(&file).expect("a file"), bytes);
    // other contents are other names
    let other = fs::read_to_string(long.join("companies.tsv")).expect("a file").replace("U-1", "U-9");
    fs::write(long.join("companies.tsv"), other).expect("it is written");
    let [entities, _] = tables(at.path(), &long, &folder);
    assert!(entities.contains("U-9") && !entities.contains("U-1"), "{entities}");
    assert_eq!(kept().len(), 2);
    // a folder that cannot be made
    assert_eq!(tables(at.path(), &short, &file.join("inside").display().to_string()), want);
    assert!(tables(at.path(), &long, &file.join("inside").display().to_string())[0].contains("U-9"));
}
