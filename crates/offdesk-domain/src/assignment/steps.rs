//! What becomes of an assignment when something happens to it.

use jiff::Timestamp;

use super::{Acceptance, Agreed, Assignment, Event, Hand, MOST_RETURNS, State, Waits};
use crate::trust::Checked;

/// Why something cannot happen to an assignment. Nothing has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AssignmentError {
    /// Not in this state.
    #[error("this cannot be done with an assignment that is {state}: {event}")]
    NotNow {
        /// The state's word.
        state: &'static str,
        /// The event's word.
        event: &'static str,
    },
    /// It was returned twice by the same version of the blueprint.
    #[error("it was returned {MOST_RETURNS} times already")]
    ReturnedTwice,
    /// Something was handed in: it is done to its end, and paid.
    #[error("something was handed in for it already, so it is not taken back")]
    HandedIn,
    /// Its time has not come.
    #[error("its time has not come")]
    TooEarly,
}

/// What has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Happened {
    /// The assignment afterwards.
    pub assignment: Assignment,
    /// What it tells the ladder; nothing where nobody has checked, or only preferences were found.
    pub checked: Option<Checked>,
}

impl Assignment {
    /// What becomes of it when something happens.
    ///
    /// # Errors
    /// [`AssignmentError`] where that cannot happen to it as it stands.
    pub fn after(&self, event: Event, now: Timestamp) -> Result<Happened, AssignmentError> {
        match event {
            Event::Deliver {
                is_picked,
                accept_at,
            } if self.state.is_in_hand() => Ok(self.delivered(is_picked, accept_at, now)),
            Event::Agree | Event::Decline | Event::Start | Event::Ask | Event::Answer => {
                self.worked_on(event, now)
            }
            Event::Accept { .. } | Event::Return { .. } | Event::TimeOut | Event::Escape => {
                self.judged(event, now)
            }
            _ => self.arranged(event, now),
        }
    }

    /// What the person does until something is handed in, and the answers to what they ask.
    fn worked_on(&self, event: Event, now: Timestamp) -> Result<Happened, AssignmentError> {
        let waiting = |since, open| Ok(self.to(State::Waiting(Waits { since, open })));
        match (event, self.state) {
            (Event::Agree, State::Assigned { waits, before, .. }) => {
                let goes_on = before.map_or(State::Agreed, |it| it.hand.state());
                Ok(self.to(waits.map_or(goes_on, State::Waiting)))
            }
            (Event::Decline, State::Assigned { .. }) => Ok(self.not_taken(State::Declined)),
            (Event::Start, State::Agreed | State::Returned) => Ok(self.to(State::InProgress)),
            (Event::Ask, State::Waiting(Waits { since, open })) => {
                waiting(since, open.saturating_add(1))
            }
            (Event::Ask, state) if state.is_in_hand() => waiting(now, 1),
            (Event::Answer, state) => match state.waits() {
                Some(waits) => Ok(self.answered(waits, now)),
                None => Err(self.not_now(event)),
            },
            _ => Err(self.not_now(event)),
        }
    }

    /// What becomes of what was handed in.
    fn judged(&self, event: Event, now: Timestamp) -> Result<Happened, AssignmentError> {
        match (event, self.state) {
            (Event::Accept { has_fault }, State::Delivered { .. }) => {
                Ok(self.accepted(has_fault, now))
            }
            // Returned, and nothing comes any more: the last that was handed in is taken as it is.
            (Event::Accept { has_fault }, _) if self.is_before_delivery() && self.rounds > 0 => {
                Ok(self.as_agreed().accepted(has_fault, now))
            }
            (
                Event::Return {
                    has_fault,
                    published,
                },
                State::Delivered { .. },
            ) => self.returned(has_fault, published, now),
            (Event::TimeOut, State::Delivered { accept_at }) => match accept_at {
                Some(at) if at <= now => Ok(self.to(State::Accepted {
                    at: now,
                    how: Acceptance::TimedOut,
                })),
                _ => Err(AssignmentError::TooEarly),
            },
            (Event::Escape, state) if state.is_accepted() => Ok(Happened {
                assignment: Self {
                    has_fault: true,
                    ..*self
                },
                checked: Some(Checked::Fault),
            }),
            _ => Err(self.not_now(event)),
        }
    }

    /// What the owner and the rules arrange around it.
    fn arranged(&self, event: Event, now: Timestamp) -> Result<Happened, AssignmentError> {
        let is_before_delivery = self.is_before_delivery();
        match (event, self.state) {
            (Event::Expire, State::Assigned { answer_by, .. }) => match answer_by {
                Some(by) if by <= now => Ok(self.not_taken(State::Expired)),
                _ => Err(AssignmentError::TooEarly),
            },
            (Event::Cancel, _) if is_before_delivery && self.rounds > 0 => {
                Err(AssignmentError::HandedIn)
            }
            (Event::Cancel, _) if is_before_delivery => Ok(self.as_agreed().to(State::Cancelled)),
            (Event::Change { due, answer_by }, state) if is_before_delivery => {
                let due = due.unwrap_or_else(|| self.due_with_wait(now));
                // The clock of the date goes on standing still, from here on.
                let waits = state.waits().map(|it| Waits { since: now, ..it });
                let asked = State::Assigned {
                    answer_by,
                    waits,
                    before: self.kept(now),
                };
                Ok(Self { due, ..*self }.to(asked))
            }
            (Event::Close, State::Accepted { how, .. }) => Ok(self.to(State::Closed { how })),
            _ => Err(self.not_now(event)),
        }
    }

    /// Whether the person has it, or is asked, and the next thing is that something is handed in.
    fn is_before_delivery(&self) -> bool {
        self.state.is_in_hand() || matches!(self.state, State::Assigned { .. })
    }

    /// In another state, with nothing for the ladder.
    pub(super) fn to(&self, state: State) -> Happened {
        Happened {
            assignment: Self { state, ..*self },
            checked: None,
        }
    }

    fn not_now(&self, event: Event) -> AssignmentError {
        AssignmentError::NotNow {
            state: self.state.word(),
            event: event.word(),
        }
    }

    /// With the time spent waiting added to the due date.
    fn resumed(&self, now: Timestamp) -> Self {
        Self {
            due: self.due_with_wait(now),
            ..*self
        }
    }

    /// With one question less that waits; the person goes on once none does.
    fn answered(&self, waits: Waits, now: Timestamp) -> Happened {
        let left = (waits.open > 1).then(|| Waits {
            open: waits.open - 1,
            ..waits
        });
        let one = if left.is_some() {
            *self
        } else {
            self.resumed(now)
        };
        match (self.state, left) {
            (
                State::Assigned {
                    answer_by, before, ..
                },
                waits,
            ) => {
                let before = match waits {
                    Some(_) => before,
                    None => self.kept(now),
                };
                one.to(State::Assigned {
                    answer_by,
                    waits,
                    before,
                })
            }
            (_, Some(waits)) => one.to(State::Waiting(waits)),
            (_, None) => one.to(State::InProgress),
        }
    }

    fn delivered(&self, is_picked: bool, accept_at: Option<Timestamp>, now: Timestamp) -> Happened {
        let resumed = self.resumed(now);
        // What was returned is looked at again, whatever the draw.
        let is_picked = is_picked || self.is_picked == Some(true);
        let state = if is_picked {
            State::Delivered { accept_at }
        } else {
            State::Accepted {
                at: now,
                how: Acceptance::NotPicked,
            }
        };
        Happened {
            assignment: Self {
                state,
                rounds: self.rounds.saturating_add(1),
                is_on_time: self.is_on_time.or(Some(now <= resumed.due)),
                is_picked: Some(is_picked),
                ..resumed
            },
            checked: None,
        }
    }

    fn accepted(&self, has_fault: bool, now: Timestamp) -> Happened {
        let checked = match (has_fault, self.has_fault) {
            (true, _) => Some(Checked::Fault),
            // A fault that was put right has counted when it was found.
            (false, true) => None,
            (false, false) => Some(Checked::Clean),
        };
        Happened {
            assignment: Self {
                state: State::Accepted {
                    at: now,
                    how: Acceptance::Reviewed,
                },
                has_fault: self.has_fault || has_fault,
                ..*self
            },
            checked,
        }
    }

    /// Returned once more; after the last time by one version the person is asked whether they go on by the one that was put right.
    fn returned(
        &self,
        has_fault: bool,
        published: i64,
        now: Timestamp,
    ) -> Result<Happened, AssignmentError> {
        let is_put_right = published > self.blueprint_number;
        let (state, blueprint_number, returns) = match self.returns {
            returns if returns < MOST_RETURNS => {
                (State::Returned, self.blueprint_number, returns + 1)
            }
            _ if is_put_right => {
                let asked = State::Assigned {
                    answer_by: Some(self.due).filter(|due| *due > now),
                    waits: None,
                    before: Some(Agreed {
                        hand: Hand::Returned,
                        due: self.due,
                        blueprint_number: self.blueprint_number,
                        returns: self.returns,
                    }),
                };
                (asked, published, 1)
            }
            _ => return Err(AssignmentError::ReturnedTwice),
        };
        Ok(Happened {
            assignment: Self {
                state,
                blueprint_number,
                returns,
                has_fault: self.has_fault || has_fault,
                ..*self
            },
            checked: has_fault.then_some(Checked::Fault),
        })
    }
}
