//! How much may be under way at once: what bounds the memory of a run.

use std::sync::{Condvar, Mutex, PoisonError};

/// A room with so many places and so much weight; a guest who is alone may be heavier than all.
#[derive(Debug)]
pub struct Room {
    most: Load,
    now: Mutex<Now>,
    changed: Condvar,
}

/// How many guests, and how heavy they are together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Load {
    /// How many.
    pub count: usize,
    /// How many bytes.
    pub bytes: usize,
}

#[derive(Debug, Default)]
struct Now {
    load: Load,
    closed: bool,
}

impl Room {
    /// A room of a size.
    pub fn new(most: Load) -> Room {
        Room { most, now: Mutex::default(), changed: Condvar::new() }
    }

    /// Waits for a place and takes it; false where the room was closed.
    pub fn enter(&self, bytes: usize) -> bool {
        let full =
            |now: &mut Now| !now.closed && now.load.count > 0 && (now.load.count >= self.most.count || now.load.bytes.saturating_add(bytes) > self.most.bytes);
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let mut now = self.changed.wait_while(now, full).unwrap_or_else(PoisonError::into_inner);
        now.load.count += 1;
        now.load.bytes = now.load.bytes.saturating_add(bytes);
        !now.closed
    }

    /// Gives a place back.
    pub fn leave(&self, bytes: usize) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.load.count = now.load.count.saturating_sub(1);
        now.load.bytes = now.load.bytes.saturating_sub(bytes);
        self.changed.notify_all();
    }

    /// Lets nobody in any more.
    pub fn close(&self) {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;

    use super::*;

    #[test]
    fn the_heaviest_guest_waits_until_he_is_alone() {
        let room = Room::new(Load { count: 3, bytes: 10 });
        assert!(room.enter(4) && room.enter(6));
        let (sent, received) = mpsc::channel();
        thread::scope(|scope| {
            scope.spawn(|| {
                assert!(room.enter(100));
                sent.send(()).expect("somebody listens");
            });
            room.leave(4);
            assert!(received.try_recv().is_err());
            room.leave(6);
            assert!(received.recv().is_ok());
        });
    }

    #[test]
    fn a_closed_room_keeps_nobody_waiting() {
        let room = Room::new(Load { count: 1, bytes: 1 });
        assert!(room.enter(1));
        room.close();
        assert!(!room.enter(1));
    }
}
