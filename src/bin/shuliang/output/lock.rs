//! One run at a time writes into a folder.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use crate::failure::Failure;

/// Keeps other runs out of a folder until it is dropped, however the program ends.
#[derive(Debug)]
pub struct Lock {
    _file: Option<File>,
}

/// Locks a folder. On a file system without locks nobody is kept out.
pub fn lock(folder: &Path) -> Result<Lock, Failure> {
    let Ok(file) = handle(folder) else { return Ok(Lock { _file: None }) };
    match file.try_lock() {
        Ok(()) => Ok(Lock { _file: Some(file) }),
        Err(TryLockError::WouldBlock) => Err(Failure::Message(format!("{}: another run is writing there", folder.display()))),
        Err(TryLockError::Error(_)) => Ok(Lock { _file: None }),
    }
}

/// The folder itself: no file stays behind.
#[cfg(unix)]
fn handle(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

/// A file in the folder, where folders cannot be opened.
#[cfg(not(unix))]
fn handle(folder: &Path) -> io::Result<File> {
    File::create(folder.join(".shuliang.lock"))
}
