//! Files that this program wrote are no articles, wherever they lie.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use shuliang::emit::own::{SEEN, could_be_own, is_collection, is_own};

use crate::stamp::{Stamp, stamp};

/// Tells the program's own files from articles. What was seen is remembered, so that a second look opens only what changed.
#[derive(Debug, Default)]
pub struct Own {
    seen: BTreeMap<PathBuf, (Stamp, bool)>,
}

impl Own {
    /// True where this program wrote the file.
    pub fn is_own(&mut self, path: &Path) -> bool {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        if !could_be_own(&name) {
            return false;
        }
        self.once(path, |path| ends(path).is_ok_and(|(head, tail)| is_own(&name, &head, &tail)))
    }

    /// True where a folder holds what this program wrote for brat.
    pub fn is_collection(&mut self, folder: &Path) -> bool {
        let name = "annotation.conf";
        let path = folder.join(name);
        path.is_file() && self.once(&path, |path| ends(path).is_ok_and(|(head, _)| is_collection(name, &head)))
    }

    fn once(&mut self, path: &Path, look: impl FnOnce(&Path) -> bool) -> bool {
        let now = stamp(fs::metadata(path));
        match self.seen.get(path) {
            Some((then, own)) if *then == now => *own,
            _ => {
                let own = look(path);
                self.seen.insert(path.to_owned(), (now, own));
                own
            }
        }
    }
}

/// The first and the last bytes of a file.
fn ends(path: &Path) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let (mut head, mut tail) = (Vec::new(), Vec::new());
    let mut file = File::open(path)?;
    file.by_ref().take(SEEN as u64).read_to_end(&mut head)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(SEEN as u64)))?;
    file.take(SEEN as u64).read_to_end(&mut tail)?;
    Ok((head, tail))
}
