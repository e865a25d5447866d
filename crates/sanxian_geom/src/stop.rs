//! Ends work from another thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Asks running work to end. Clones ask the same work.
///
/// Work that was asked to end returns soon; what it returns is not whole, and a check then ends with `Error::Stopped` in its place.
///
/// ```
/// # extern crate sanxian_geom as sanxian;
/// use sanxian::Stop;
///
/// let stop = Stop::default();
/// let elsewhere = stop.clone();
/// std::thread::spawn(move || elsewhere.ask()).join().expect("a thread");
/// assert!(stop.is_asked());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether somebody has asked.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
