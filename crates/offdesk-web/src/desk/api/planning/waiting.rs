//! Plans take a processor each: who may have one, and who still waits for what it works out.

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use offdesk_actions::{Error, ErrorKind};
use tokio::sync::Semaphore;

use crate::desk::ask::Ask;

/// Half of the processors may search at a time, and one in any case: the rest is for everybody else.
pub(super) fn places() -> &'static Semaphore {
    static PLACES: OnceLock<Semaphore> = OnceLock::new();
    PLACES.get_or_init(|| {
        let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
        Semaphore::new((processors / 2).max(1))
    })
}

pub(super) fn busy() -> Error {
    let message = "other plans are being worked out at this moment";
    Error::new(ErrorKind::Unavailable, "plan.busy", message)
        .hint("ask again in some seconds; nothing was changed")
}

/// Does work apart as long as somebody waits for its answer; once nobody does, the work is told.
///
/// # Errors
/// Those of the work.
pub async fn while_awaited<T: Send + 'static>(
    work: impl FnOnce(&AtomicBool) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let gone = Arc::new(AtomicBool::new(false));
    let _waiting = Waiting(Arc::clone(&gone));
    Ask::apart(move || work(&gone)).await
}

/// Whoever waits for an answer.
struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
