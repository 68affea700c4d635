//! The language that the program speaks: English as the definitions in `args` have it, or Chinese as `help.zh.txt` has it.
//!
//! Help, completions and man pages are all made from the same definitions, so one command in Chinese is Chinese in all three.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;

use clap::{Arg, Command, CommandFactory};

use crate::args::{Args, Lang};

/// What each command and option does, in Chinese.
const CHINESE: &str = include_str!("help.zh.txt");

/// Words by what they are said of.
type Lines = BTreeMap<&'static str, &'static str>;

/// The language to speak: what `--lang` says, else that of the system.
pub fn chosen(words: &[OsString]) -> Lang {
    asked(words).unwrap_or_else(|| if is_chinese(&locale()) { Lang::Zh } else { Lang::En })
}

/// What `--lang` says. It must be known before the arguments are read, for reading them may print help.
fn asked(words: &[OsString]) -> Option<Lang> {
    let words: Vec<String> = words.iter().take_while(|word| *word != "--").map(|word| word.to_string_lossy().into_owned()).collect();
    let after = words.iter().position(|word| word == "--lang").and_then(|at| words.get(at + 1)).map(String::as_str);
    match after.or_else(|| words.iter().find_map(|word| word.strip_prefix("--lang="))) {
        Some("zh") => Some(Lang::Zh),
        Some("en") => Some(Lang::En),
        _ => None,
    }
}

/// The locale of messages: as POSIX says where it is set, else what the system says.
fn locale() -> String {
    let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    match ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set) {
        // C is no language, and says so on purpose
        Some(locale) if locale == "C" || locale == "POSIX" || locale.starts_with("C.") => String::new(),
        Some(locale) => set("LANGUAGE").unwrap_or(locale),
        None => sys_locale::get_locale().unwrap_or_default(),
    }
}

fn is_chinese(locale: &str) -> bool {
    let first = locale.split(':').next().unwrap_or_default().to_ascii_lowercase();
    first == "zh" || first.starts_with("zh_") || first.starts_with("zh-")
}

/// The definitions of the command line in a language.
pub fn command(language: Lang) -> Command {
    let mut command = Args::command();
    // adds what every command has: --help, --version, the command `help`
    command.build();
    match language {
        Lang::En => command,
        Lang::Zh => chinese(command, "", &lines(CHINESE)),
    }
}

/// What a file says of `[name]` and, below it, the words for it.
fn lines(text: &'static str) -> Lines {
    let parts = text.split("\n[").skip(1);
    parts.filter_map(|part| part.split_once("]\n")).map(|(name, words)| (name, words.trim())).collect()
}

/// A command in Chinese, with all that is under it. `path` is its name after `shuliang`.
fn chinese(command: Command, path: &str, lines: &Lines) -> Command {
    let get = |name: &str| lines.get(name).copied();
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", "[选项]").replace("<COMMAND>", "<命令>").replace("[COMMAND]", "[命令]");
    let mut command =
        command.help_template("{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}").override_usage(usage).subcommand_help_heading("命令");
    if let Some(about) = get(if path.is_empty() { "shuliang" } else { path }) {
        command = command.about(about);
    }
    if let Some(examples) = get(format!("{path} examples").trim()) {
        command = command.after_help(examples);
    }
    let command = command.mut_args(|arg| argument(arg, path, lines));
    let names: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    names.iter().fold(command, |command, name| {
        let inner = if path.is_empty() { name.clone() } else { format!("{path} {name}") };
        command.mut_subcommand(name, |command| chinese(command, &inner, lines))
    })
}

/// An argument in Chinese. What clap would say of it in English is said in the text instead.
fn argument(arg: Arg, path: &str, lines: &Lines) -> Arg {
    let name = called(&arg);
    let Some(mut help) = found(lines, path, &name) else { return arg };
    let values: Vec<String> = arg.get_possible_values().iter().filter(|value| !value.is_hide_set()).map(|value| value.get_name().to_owned()).collect();
    if !values.is_empty() && arg.get_action().takes_values() {
        help.push_str(&format!(" [可选：{}]", values.join("、")));
    }
    let defaults: Vec<String> = arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if !defaults.is_empty() && arg.get_action().takes_values() {
        help.push_str(&format!(" [默认：{}]", defaults.join("、")));
    }
    let heading = match arg.get_help_heading() {
        Some(heading) => lines.get(format!("heading {heading}").as_str()).copied().unwrap_or("选项"),
        None => {
            if arg.is_positional() {
                "参数"
            } else {
                "选项"
            }
        }
    };
    arg.help(help.clone()).long_help(help).hide_possible_values(true).hide_default_value(true).help_heading(heading)
}

/// How an argument is called: `--out`, or `INPUT` where it has only a place.
fn called(arg: &Arg) -> String {
    let value = || arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
    arg.get_long().map(|long| format!("--{long}")).or_else(value).unwrap_or_else(|| arg.get_id().to_string())
}

/// The words for an argument: those of its command, else those that all commands share.
fn found(lines: &Lines, path: &str, name: &str) -> Option<String> {
    lines.get(format!("{path} {name}").trim()).or_else(|| lines.get(name)).map(ToString::to_string)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every name that a command line has: commands, arguments, examples, headings.
    fn names(command: &Command, path: &str, all: &mut BTreeSet<(String, String)>) {
        let root = if path.is_empty() { "shuliang" } else { path };
        all.insert((root.to_owned(), String::new()));
        if command.get_after_help().is_some() {
            all.insert((format!("{path} examples").trim().to_owned(), String::new()));
        }
        for arg in command.get_arguments() {
            all.insert((path.to_owned(), called(arg)));
            if let Some(heading) = arg.get_help_heading() {
                all.insert((format!("heading {heading}"), String::new()));
            }
        }
        for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
            names(inner, &if path.is_empty() { inner.get_name().to_owned() } else { format!("{path} {}", inner.get_name()) }, all);
        }
    }

    #[test]
    fn everything_is_said_in_both_languages() {
        let lines = lines(CHINESE);
        let command = command(Lang::En);
        let mut all = BTreeSet::new();
        names(&command, "", &mut all);
        let (mut used, mut missing) = (BTreeSet::new(), Vec::new());
        for (path, name) in &all {
            let keys = if name.is_empty() { vec![path.clone()] } else { vec![format!("{path} {name}").trim().to_owned(), name.clone()] };
            match keys.iter().find(|key| lines.contains_key(key.as_str())) {
                Some(key) => {
                    used.insert(key.clone());
                }
                None => missing.push(format!("[{}]", keys[0])),
            }
        }
        assert!(missing.is_empty(), "help.zh.txt has no\n{}", missing.join("\n"));
        let unused: Vec<&&str> = lines.keys().filter(|key| !used.contains(**key) && **key != "help").collect();
        assert!(unused.is_empty(), "help.zh.txt has lines for nothing: {unused:?}");
        for (key, words) in &lines {
            assert!(words.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{key} is not Chinese: {words}");
        }
        // the English is in the definitions
        let mut stack = vec![&command];
        while let Some(command) = stack.pop() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            assert!(command.get_arguments().all(|arg| arg.get_help().is_some()), "{}", command.get_name());
            stack.extend(command.get_subcommands().filter(|inner| inner.get_name() != "help"));
        }
    }

    #[test]
    fn chinese_help_is_chinese() {
        let mut command = command(Lang::Zh);
        let root = command.render_help().to_string();
        assert!(root.contains("用法：shuliang [选项] <命令>") && root.contains("命令:"), "{root}");
        let extract = command.find_subcommand_mut("extract").expect("a command").render_long_help().to_string();
        for english in ["Usage", "Options", "Arguments", "[default", "[possible", "Print"] {
            assert!(!root.contains(english) && !extract.contains(english), "{english}\n{root}\n{extract}");
        }
    }

    #[test]
    fn the_locale_or_the_option_decides() {
        let words = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(asked(&words("shuliang extract --lang zh a.txt")), Some(Lang::Zh));
        assert_eq!(asked(&words("shuliang --lang=en extract")), Some(Lang::En));
        assert_eq!(asked(&words("shuliang extract -- --lang zh")), None);
        assert!(is_chinese("zh_CN.UTF-8") && is_chinese("zh-Hant-TW") && is_chinese("zh:en"));
        assert!(!is_chinese("en_US.UTF-8") && !is_chinese("") && !is_chinese("zha"));
    }
}
