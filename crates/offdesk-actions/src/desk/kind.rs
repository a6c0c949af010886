//! What the owner's side is told of: the kinds of news, each with its word.

/// What has happened, or is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A person did not want an assignment.
    Declined,
    /// Nobody said in time whether they take it.
    Expired,
    /// What comes back was not given.
    Missed,
    /// What came back was not given, and so long ago that no record of it is kept.
    Forgotten,
    /// Hours that were accepted by rule may be paid with a week, too.
    PaidBeside,
    /// A person has accepted a handoff, and nothing is given under it yet.
    HandoffAccepted,
    /// A person did not want a handoff.
    HandoffDeclined,
    /// A person has accepted a change of a handoff.
    ChangeAccepted,
    /// A person did not want a change of a handoff, or of an assignment of it.
    ChangeDeclined,
    /// Nobody said in time whether they take a change of an assignment.
    ChangeLapsed,
    /// More or less of a handoff is checked from now on.
    RungMoved,
    /// The trial of a handoff is passed.
    TrialPassed,
    /// A person has moved to another zone, and what comes back has not.
    ZoneMoved,
    /// A draft that a worker wrote waits to be read and published.
    DraftWaiting,
    /// The day has come on which a blueprint is to be looked at again.
    BlueprintDue,
    /// Somebody who has gone can still get into something.
    Access,
}

impl Kind {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Missed => "missed",
            Self::Forgotten => "forgotten",
            Self::PaidBeside => "paid_beside",
            Self::HandoffAccepted => "handoff_accepted",
            Self::HandoffDeclined => "handoff_declined",
            Self::ChangeAccepted => "change_accepted",
            Self::ChangeDeclined => "change_declined",
            Self::ChangeLapsed => "change_lapsed",
            Self::RungMoved => "rung_moved",
            Self::TrialPassed => "trial_passed",
            Self::ZoneMoved => "zone_moved",
            Self::DraftWaiting => "draft_waiting",
            Self::BlueprintDue => "blueprint_due",
            Self::Access => "access",
        }
    }

    /// What it is, in words.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Declined => "Declined, nobody does it",
            Self::Expired => "Nobody answered in time",
            Self::Missed => "Came back and was not given",
            Self::Forgotten => "Came back too late to be kept",
            Self::PaidBeside => "Hours that may be paid twice",
            Self::HandoffAccepted => "Handoff accepted, give the first assignment",
            Self::HandoffDeclined => "Handoff declined",
            Self::ChangeAccepted => "Change accepted",
            Self::ChangeDeclined => "Change declined",
            Self::ChangeLapsed => "Change not answered in time",
            Self::RungMoved => "Checking has moved a rung",
            Self::TrialPassed => "Trial passed",
            Self::ZoneMoved => "They have moved, what comes back has not",
            Self::DraftWaiting => "Draft to read and publish",
            Self::BlueprintDue => "Blueprint to look at again",
            Self::Access => "Access to take back",
        }
    }

    /// Whether it is about how a handoff goes, and so no news once that is over.
    pub(super) fn is_of_course(self) -> bool {
        matches!(self, Self::RungMoved | Self::TrialPassed)
    }

    /// Whether it is due, rather than something that has happened.
    #[must_use]
    pub fn is_due(self) -> bool {
        matches!(self, Self::DraftWaiting | Self::BlueprintDue | Self::Access)
    }
}
