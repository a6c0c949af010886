//! Ctrl-C: reading leaves nothing behind, so the program ends at once; a file being written is finished or taken back first.

use std::sync::atomic::{AtomicBool, Ordering};

static IS_WRITING: AtomicBool = AtomicBool::new(false);
static IS_ASKED: AtomicBool = AtomicBool::new(false);

/// Exit code of an interrupted command.
pub const INTERRUPTED: u8 = 130;

/// Installs the handler.
pub fn install() {
    // Without a handler the signal's default ends the program, which is as good while nothing is written.
    let _ = ctrlc::set_handler(|| {
        if IS_WRITING.load(Ordering::SeqCst) && !IS_ASKED.swap(true, Ordering::SeqCst) {
            return;
        }
        std::process::exit(i32::from(INTERRUPTED));
    });
}

/// Runs a piece of work that must not be cut in the middle; tells whether an end was asked for meanwhile.
pub fn while_writing<T>(work: impl FnOnce() -> T) -> (T, bool) {
    IS_WRITING.store(true, Ordering::SeqCst);
    let result = work();
    IS_WRITING.store(false, Ordering::SeqCst);
    (result, IS_ASKED.load(Ordering::SeqCst))
}
