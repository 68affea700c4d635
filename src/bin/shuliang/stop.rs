//! Being asked to stop: Ctrl-C, or the signal that a service manager sends.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use crate::failure::{Failure, SOME_FAILED};

/// Whether somebody wants the program to stop.
#[derive(Debug, Clone, Default)]
pub struct Stop {
    asked: Arc<(Mutex<bool>, Condvar)>,
}

impl Stop {
    /// Listens from now on. Who asks a second time is not kept waiting: the program ends at once, and tables of an earlier
    /// round stay as they are.
    pub fn listen() -> Result<Stop, Failure> {
        let stop = Stop::default();
        let asked = Arc::clone(&stop.asked);
        let handler = move || {
            let mut before = asked.0.lock().unwrap_or_else(PoisonError::into_inner);
            if *before {
                leave();
            }
            *before = true;
            asked.1.notify_all();
        };
        ctrlc::set_handler(handler).map_err(|error| Failure::Message(format!("cannot listen for Ctrl-C: {error}")))?;
        Ok(stop)
    }

    /// Waits so long, or until somebody asks; says whether somebody did.
    pub fn wait(&self, long: Duration) -> bool {
        let asked = self.asked.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (asked, _) = self.asked.1.wait_timeout_while(asked, long, |asked| !*asked).unwrap_or_else(PoisonError::into_inner);
        *asked
    }
}

#[allow(clippy::exit, reason = "there is nobody to return to from a signal")]
fn leave() {
    std::process::exit(SOME_FAILED.into());
}
