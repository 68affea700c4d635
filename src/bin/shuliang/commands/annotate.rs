//! `annotate`: articles in, files for annotation tools out.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use shuliang::emit::annotate::{Sheet, brat, doccano, label_studio};

use crate::args::{AnnotateOptions, Tool};
use crate::dictionary;
use crate::failure::{Failure, SOME_FAILED};
use crate::{inputs, reading};

/// Runs the command.
pub fn run(options: &AnnotateOptions) -> Result<ExitCode, Failure> {
    let dict = dictionary::dict(options.words.dict.as_deref())?;
    let listing = inputs::chosen(&options.inputs, &options.from_folders)?;
    let mut files = Files::default();
    let (mut lines, mut tasks, mut failed) = (String::new(), Vec::new(), false);
    reading::each(listing, &options.input.source(), &dict, Sheet::new, |sheet| {
        match (sheet, options.format) {
            (Err(error), _) => {
                failed = true;
                // if standard error is closed, the exit status still tells
                let _ = writeln!(anstream::stderr(), "error: {error}");
            }
            (Ok(sheet), Tool::Brat) => {
                let name = files.unused(&brat::name(&sheet.id));
                files.add(format!("{name}.ann"), brat::annotations(&sheet));
                files.add(format!("{name}.txt"), sheet.text);
            }
            (Ok(sheet), Tool::Doccano) => {
                lines.push_str(&doccano::line(&sheet));
                lines.push('\n');
            }
            (Ok(sheet), Tool::LabelStudio) => tasks.push(label_studio::task(&sheet).to_string()),
        }
        Ok(())
    })?;
    match options.format {
        Tool::Brat => files.add("annotation.conf".to_owned(), brat::CONFIGURATION.to_owned()),
        Tool::Doccano => files.add("articles.jsonl".to_owned(), lines),
        Tool::LabelStudio => {
            files.add("tasks.json".to_owned(), format!("[\n{}\n]\n", tasks.join(",\n")));
            files.add("interface.xml".to_owned(), label_studio::CONFIGURATION.to_owned());
        }
    }
    files.write(&options.out, options.overwrite)?;
    Ok(if failed { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}

/// Files on their way into a folder.
#[derive(Default)]
struct Files {
    names: BTreeSet<String>,
    list: Vec<(String, String)>,
}

impl Files {
    /// A name that no file has yet: with a number behind it where two articles are called alike.
    fn unused(&mut self, name: &str) -> String {
        let others = (2..).map(|number| format!("{name}-{number}"));
        let name = std::iter::once(name.to_owned()).chain(others).find(|name| !self.names.contains(name)).unwrap_or_default();
        self.names.insert(name.clone());
        name
    }

    fn add(&mut self, name: String, text: String) {
        self.list.push((name, text));
    }

    /// Writes all of them, each whole or not at all. What people may have corrected is not written over unasked.
    fn write(&self, folder: &Path, overwrite: bool) -> Result<(), Failure> {
        let fail = |path: &Path, error| Failure::Output(path.display().to_string(), error);
        fs::create_dir_all(folder).map_err(|error| fail(folder, error))?;
        let there = self.list.iter().map(|(name, _)| folder.join(name)).find(|path| path.exists());
        if let Some(there) = there.filter(|_| !overwrite) {
            let message = "is already there, and people may have corrected it; name another folder, or let annotate --overwrite it";
            return Err(Failure::Message(format!("{}: {message}", there.display())));
        }
        for (name, text) in &self.list {
            let (path, temporary) = (folder.join(name), folder.join(format!(".{name}.{}", std::process::id())));
            fs::write(&temporary, text).and_then(|()| fs::rename(&temporary, &path)).map_err(|error| {
                // nothing better can be done with a file that cannot be removed
                let _ = fs::remove_file(&temporary);
                fail(&path, error)
            })?;
        }
        Ok(())
    }
}
