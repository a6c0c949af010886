//! What was agreed before something else was proposed: it holds until the person takes the change.

use jiff::Timestamp;

use super::{Assignment, Happened, State, Waits};

/// How far what was agreed had come when a change was proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hand {
    /// It was taken, and nothing was begun.
    Agreed,
    /// It was begun.
    InProgress,
    /// It was returned.
    Returned,
}

impl Hand {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Agreed, Self::InProgress, Self::Returned];

    /// The word for it, as kept: that of the state.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.state().word()
    }

    /// That of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// That of a state in which somebody has it in hand. What waits for an answer goes on once it is there.
    fn of_state(state: State) -> Self {
        match state {
            State::Agreed => Self::Agreed,
            State::Returned => Self::Returned,
            _ => Self::InProgress,
        }
    }

    pub(super) fn state(self) -> State {
        match self {
            Self::Agreed => State::Agreed,
            Self::InProgress => State::InProgress,
            Self::Returned => State::Returned,
        }
    }
}

/// What was agreed before something else was proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Agreed {
    /// How far it had come.
    pub hand: Hand,
    /// When it was due. Time spent waiting for an answer is added.
    pub due: Timestamp,
    /// The number of the blueprint's version it was done by.
    pub blueprint_number: i64,
    /// So many times it was returned under that version.
    pub returns: u32,
}

impl Assignment {
    /// What was agreed, where something else is proposed and not answered.
    #[must_use]
    pub fn agreed_before(&self) -> Option<Agreed> {
        match self.state {
            State::Assigned { before, .. } => before,
            _ => None,
        }
    }

    /// The number of the version that holds: that of what was agreed, while something else is proposed.
    #[must_use]
    pub fn number_that_holds(&self) -> i64 {
        self.agreed_before()
            .map_or(self.blueprint_number, |it| it.blueprint_number)
    }

    /// What stays agreed while something else is proposed; nothing where nobody has ever taken it.
    pub(super) fn kept(&self, now: Timestamp) -> Option<Agreed> {
        match self.state {
            State::Assigned { before, .. } => before.map(|it| Agreed {
                due: self.later(it.due, now),
                ..it
            }),
            state => Some(Agreed {
                hand: Hand::of_state(state),
                due: self.due_with_wait(now),
                blueprint_number: self.blueprint_number,
                returns: self.returns,
            }),
        }
    }

    /// With what was agreed in the place of what is proposed.
    pub(super) fn as_agreed(&self) -> Self {
        match self.agreed_before() {
            Some(it) => Self {
                due: it.due,
                blueprint_number: it.blueprint_number,
                returns: it.returns,
                ..*self
            },
            None => *self,
        }
    }

    /// It is not taken as it is offered: what was agreed goes on as before. What nobody ever took ends.
    pub(super) fn not_taken(&self, otherwise: State) -> Happened {
        let Some(agreed) = self.agreed_before() else {
            return self.to(otherwise);
        };
        let goes_on = |waits: Option<Waits>| waits.map_or(agreed.hand.state(), State::Waiting);
        self.as_agreed().to(goes_on(self.state.waits()))
    }
}
