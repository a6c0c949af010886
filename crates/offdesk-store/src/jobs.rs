//! Work that is handed to the connections of a store, and the answers that come of it.

use std::future::{Future, IntoFuture};
use std::pin::Pin;

use crossbeam_channel::Sender;
use tokio::sync::oneshot;

use crate::{StoreError, Tx};

/// Work that waits for a connection.
pub(crate) trait Job: Send {
    /// Does it.
    fn run(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError>;
    /// Whether its changes are to stay.
    fn is_kept(&self) -> bool;
    /// Answers, once it is known whether it was committed.
    fn finish(self: Box<Self>, committed: Result<(), StoreError>);
}

struct Work<F, T, E, R> {
    function: Option<F>,
    result: Option<Result<T, E>>,
    reply: R,
}

impl<F, T, E, R> Job for Work<F, T, E, R>
where
    F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send,
    R: FnOnce(Result<T, E>) + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        if let Some(function) = self.function.take() {
            self.result = Some(function(tx));
        }
        Ok(())
    }

    fn is_kept(&self) -> bool {
        matches!(self.result, Some(Ok(_)))
    }

    fn finish(self: Box<Self>, committed: Result<(), StoreError>) {
        let result = match (self.result, committed) {
            // What the work itself found goes before what became of the transaction.
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(error.into()),
            (Some(done), Ok(())) => done,
            (None, Ok(())) => Err(StoreError::Failed("nothing was run".to_owned()).into()),
        };
        (self.reply)(result);
    }
}

/// An answer that is here or on its way: awaited, or waited for.
pub struct Pending<T, E>(Answer<T, E>);

enum Answer<T, E> {
    Here(Result<T, E>),
    Coming(oneshot::Receiver<Result<T, E>>),
}

impl<T, E: From<StoreError>> Pending<T, E> {
    /// One that is here.
    pub(crate) fn here(result: Result<T, E>) -> Self {
        Self(Answer::Here(result))
    }

    /// Waits for it, outside of asynchronous code.
    ///
    /// # Errors
    /// Those of the work, and of the store.
    pub fn wait(self) -> Result<T, E> {
        match self.0 {
            Answer::Here(result) => result,
            Answer::Coming(answer) => answer
                .blocking_recv()
                .unwrap_or_else(|_| Err(gone().into())),
        }
    }
}

impl<T: Send + 'static, E: From<StoreError> + Send + 'static> IntoFuture for Pending<T, E> {
    type Output = Result<T, E>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            match self.0 {
                Answer::Here(result) => result,
                Answer::Coming(answer) => answer.await.unwrap_or_else(|_| Err(gone().into())),
            }
        })
    }
}

fn gone() -> StoreError {
    StoreError::Unavailable("the program is stopping".to_owned())
}

/// Hands work over; what comes of it is awaited.
pub(crate) fn answered<T, E>(
    by: Option<&Sender<Box<dyn Job>>>,
    function: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
) -> Pending<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    hand_over(by, function, |result| {
        // Whoever asked may have gone away meanwhile.
        let _ = reply.send(result);
    });
    Pending(Answer::Coming(answer))
}

/// Hands work over; what comes of it is given to a function, on the thread that did it.
pub(crate) fn hand_over<T, E>(
    to: Option<&Sender<Box<dyn Job>>>,
    function: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    reply: impl FnOnce(Result<T, E>) + Send + 'static,
) where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let job: Box<dyn Job> = Box::new(Work {
        function: Some(function),
        result: None,
        reply,
    });
    match to.map(|to| to.send(job)) {
        Some(Ok(())) => {}
        Some(Err(refused)) => refused.into_inner().finish(Err(gone())),
        // Only while the store is dropped, when nobody can ask.
        None => {}
    }
}
