//! Ctrl-C: reading leaves nothing behind, so the program ends at once; a file being written is finished or taken back first.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

static IS_WRITING: AtomicBool = AtomicBool::new(false);
static IS_ASKED: AtomicBool = AtomicBool::new(false);
static END: Mutex<Option<tokio::sync::oneshot::Sender<()>>> = Mutex::new(None);

/// Exit code of an interrupted command.
pub const INTERRUPTED: u8 = 130;

/// Installs the handler.
pub fn install() {
    // Without a handler the signal's default ends the program, which is as good while nothing is written.
    let _ = ctrlc::set_handler(|| {
        let end = END.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(end) = end {
            // Who does not listen any more is at the end already; a second signal ends the program at once.
            let _ = end.send(());
            return;
        }
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

/// Whether an end was asked for while work was under way that must not be cut.
pub fn is_asked() -> bool {
    IS_ASKED.load(Ordering::SeqCst)
}

/// Lets the first signal ask for an end, in the place of ending the program.
pub fn end_by(end: tokio::sync::oneshot::Sender<()>) {
    *END.lock().unwrap_or_else(PoisonError::into_inner) = Some(end);
}
