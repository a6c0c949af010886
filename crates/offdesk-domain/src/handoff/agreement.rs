//! What was agreed, and what is proposed in its place: a change of scope reopens price and date, and holds once it is accepted.

use super::State;
use crate::person::Terms;
use crate::time::Day;

/// What is to be done, for how much, from when on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// The version of the blueprint.
    pub blueprint: u32,
    /// What is paid.
    pub terms: Terms,
    /// From which day on.
    pub start: Day,
}

/// What was agreed, and the change that is open, if there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreement {
    /// What holds.
    pub agreed: Scope,
    /// What is proposed in its place.
    pub proposed: Option<Scope>,
}

/// Why a change was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AgreementError {
    /// Nothing was agreed, or it is over.
    #[error("a handoff that is {0} has nothing agreed that could be changed")]
    NotAgreed(&'static str),
    /// It is what holds already.
    #[error("this is what was agreed already")]
    Same,
    /// No change is open.
    #[error("no change is open")]
    NoChange,
}

impl AgreementError {
    /// The stable code of the error.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAgreed(_) => "handoff.not_agreed",
            Self::Same => "handoff.same",
            Self::NoChange => "handoff.no_change",
        }
    }
}

impl Agreement {
    /// What holds, with no change open.
    #[must_use]
    pub fn new(agreed: Scope) -> Self {
        Self {
            agreed,
            proposed: None,
        }
    }

    /// Proposes a change. What was agreed goes on holding; an earlier change that is still open is replaced.
    ///
    /// # Errors
    /// [`AgreementError::NotAgreed`], [`AgreementError::Same`].
    pub fn propose(self, state: State, scope: Scope) -> Result<Self, AgreementError> {
        if !state.is_agreed() {
            return Err(AgreementError::NotAgreed(state.word()));
        }
        if scope == self.agreed {
            return Err(AgreementError::Same);
        }
        Ok(Self {
            proposed: Some(scope),
            ..self
        })
    }

    /// The person accepts the open change: it holds from now on.
    ///
    /// # Errors
    /// [`AgreementError::NotAgreed`], [`AgreementError::NoChange`].
    pub fn accept(self, state: State) -> Result<Self, AgreementError> {
        Ok(Self::new(self.open(state)?))
    }

    /// The open change goes, because the person does not want it or the owner takes it back.
    ///
    /// # Errors
    /// [`AgreementError::NotAgreed`], [`AgreementError::NoChange`].
    pub fn drop_change(self, state: State) -> Result<Self, AgreementError> {
        self.open(state)?;
        Ok(Self::new(self.agreed))
    }

    fn open(self, state: State) -> Result<Scope, AgreementError> {
        if !state.is_agreed() {
            return Err(AgreementError::NotAgreed(state.word()));
        }
        self.proposed.ok_or(AgreementError::NoChange)
    }
}
