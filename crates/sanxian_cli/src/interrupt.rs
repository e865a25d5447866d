//! Ctrl-C: what was being written is taken away, and the run ends with 130 as shells expect.

use std::sync::atomic::{AtomicBool, Ordering};

/// Exit code of a program that was interrupted: 128 and the number of the signal.
pub(crate) const INTERRUPTED: u8 = 130;

static ASKED: AtomicBool = AtomicBool::new(false);

/// Whether the user has interrupted the run. Whatever fails after that fails because of it.
pub(crate) fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}

/// Ends the process when the user interrupts it.
pub(crate) fn watch() {
    // A second handler in one process is refused; the first one does the same.
    let _ = ctrlc::set_handler(|| {
        ASKED.store(true, Ordering::SeqCst);
        sanxian::files::remove_unfinished();
        crate::progress::finish();
        leave();
    });
}

/// Leaves at once. Destructors of the libraries below must not run while other threads are inside them.
#[expect(unsafe_code, reason = "the standard library has no way to leave without destructors")]
fn leave() -> ! {
    // SAFETY: `_exit` takes any number, touches no memory of ours and does not return.
    unsafe { libc::_exit(i32::from(INTERRUPTED)) }
}
