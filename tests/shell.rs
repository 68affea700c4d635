//! What a shell, a reader of help and `man` get from the definitions of the command line.

use std::fs;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// Runs the program with nothing set that has to do with languages and colours but what is given.
fn run(args: &[&str], set: &[(&str, &str)]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_shuliang"));
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR"] {
        program.env_remove(name);
    }
    program.args(args).envs(set.iter().copied()).stdin(Stdio::null()).output().expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn help_follows_the_locale_and_the_option() {
    let chinese = run(&["extract", "--help"], &[("LANG", "zh_CN.UTF-8")]);
    assert!(said(&chinese).contains("用法：shuliang extract [选项] <INPUT>..."), "{}", said(&chinese));
    assert!(said(&chinese).contains("例子：") && !said(&chinese).contains("Usage"));
    for (args, set) in [
        (&["extract", "--help", "--lang", "en"] as &[&str], &[("LANG", "zh_CN.UTF-8")] as &[(&str, &str)]),
        (&["extract", "--help"], &[("LC_ALL", "en_GB.UTF-8"), ("LANG", "zh_CN.UTF-8")]),
        (&["extract", "--help"], &[("LC_ALL", "C")]),
    ] {
        assert!(said(&run(args, set)).contains("Usage: shuliang extract [OPTIONS] <INPUT>..."), "{args:?} {set:?}");
    }
    let chosen = run(&["--lang", "zh", "--help"], &[("LANG", "en_US.UTF-8")]);
    assert!(said(&chosen).contains("命令") && said(&chosen).contains("读文章，写表格"));
}

#[test]
fn every_shell_gets_its_script_and_man_its_pages() {
    for (shell, part) in [("bash", "complete -F"), ("zsh", "#compdef shuliang"), ("fish", "complete -c shuliang"), ("powershell", "Register-ArgumentCompleter")]
    {
        let output = run(&["completions", shell], &[("LC_ALL", "C")]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(said(&output).contains(part) && said(&output).contains("max-article") && said(&output).contains("report"), "{shell}");
        for option in ["watch", "include", "label-studio"] {
            assert!(said(&output).contains(option), "{shell} does not complete {option}");
        }
    }
    assert!(said(&run(&["completions", "fish", "--lang", "zh"], &[])).contains("读文章，写表格"));
    let page = said(&run(&["man"], &[("LC_ALL", "C")]));
    assert!(page.contains(".TH shuliang 1") && page.contains("shuliang\\-extract(1)"), "{page}");
    let at = TempDir::new().expect("a folder");
    let folder = at.path().join("man1");
    let output = run(&["man", "--out", &folder.display().to_string()], &[("LC_ALL", "C")]);
    assert_eq!(output.status.code(), Some(0));
    let page = fs::read_to_string(folder.join("shuliang-extract.1")).expect("a page");
    for option in ["tables", "watch", "include"] {
        assert!(page.contains(&format!("\\-\\-{option}")), "{page}");
    }
}

#[test]
fn every_command_shows_examples_and_fits_a_terminal() {
    let commands = ["", "extract", "report", "annotate", "explain", "quantity", "score", "diff", "dict check", "completions", "man"];
    for (lang, examples) in [("en", "Examples:"), ("zh", "例子：")] {
        for command in commands {
            let args: Vec<&str> = command.split_whitespace().chain(["--help", "--lang", lang]).collect();
            let help = said(&run(&args, &[]));
            assert!(help.contains(&format!("\n{examples}\n  shuliang ")), "{args:?}\n{help}");
            // examples stand as they are
            for line in help.split(examples).next().unwrap_or_default().lines() {
                let width: usize = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
                // lines are cut at blanks, which Chinese has few of
                assert!(width <= 120, "{args:?}: {width}: {line}");
            }
        }
    }
}

#[test]
fn colours_are_for_terminals() {
    let at = TempDir::new().expect("a folder");
    let file = at.path().join("a.txt").display().to_string();
    fs::write(&file, "今年全县新开工项目12个。").expect("a file");
    for args in [&["explain", &file] as &[&str], &["--help"]] {
        assert!(!said(&run(args, &[])).contains('\u{1b}'), "{args:?}");
        assert!(said(&run(args, &[("CLICOLOR_FORCE", "1")])).contains('\u{1b}'), "{args:?}");
        assert!(!said(&run(args, &[("NO_COLOR", "1")])).contains('\u{1b}'), "{args:?}");
    }
}
