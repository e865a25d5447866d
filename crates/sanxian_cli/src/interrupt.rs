//! Ctrl-C: what was being written is taken away, and the run ends with 130 as shells expect.

/// Exit code of a program that was interrupted: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

/// Ends the process when the user interrupts it.
pub(crate) fn watch() {
    // A second handler in one process is refused; the first one does the same.
    let _ = ctrlc::set_handler(|| {
        sanxian::remove_unfinished();
        crate::progress::finish();
        #[expect(clippy::exit, reason = "threads are at work that cannot be asked to stop")]
        std::process::exit(INTERRUPTED);
    });
}
