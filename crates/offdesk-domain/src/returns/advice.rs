//! What can be advised of a handoff, and why.

/// What to do; what is more urgent is more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Advice {
    /// It has ended: what it was is told, and there is nothing to do.
    Over,
    /// There is too little to advise anything.
    TooEarly,
    /// Go on.
    Keep,
    /// Note at which rate it was paid; before that nothing can be said of money.
    NoRate,
    /// Put the blueprint, the checking or the use of the hours right.
    Fix,
    /// Have somebody else do it, or on other terms.
    Change,
    /// Do it again, or not at all.
    TakeBack,
}

impl Advice {
    /// The word for it, as in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::TooEarly => "too_early",
            Self::Keep => "keep",
            Self::NoRate => "no_rate",
            Self::Fix => "fix",
            Self::Change => "change",
            Self::TakeBack => "take_back",
        }
    }
}

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// It gives hours for less than they are worth.
    Pays,
    /// It is done better than the owner did it.
    Better,
    /// There is too little to say anything.
    TooEarly,
    /// Of a part of what it cost no rate is known.
    NoRate,
    /// The owner still does as much of it as before.
    NeverLeft,
    /// Answering questions takes what it gives: the blueprint leaves them open.
    Answering,
    /// Looking at it takes what it gives: more is checked than need be.
    Reviewing,
    /// Doing it again takes what it gives.
    Reworking,
    /// It costs more than the hours are worth.
    TooDear,
    /// It would pay, had the hours become something.
    Vanished,
    /// It is done worse than the owner did it.
    Worse,
    /// It was handed off to be done better, is not, and does not pay either.
    NoBetter,
}

impl Because {
    /// The word for it, as in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Pays => "pays",
            Self::Better => "better",
            Self::TooEarly => "too_early",
            Self::NoRate => "no_rate",
            Self::NeverLeft => "never_left",
            Self::Answering => "answering",
            Self::Reviewing => "reviewing",
            Self::Reworking => "reworking",
            Self::TooDear => "too_dear",
            Self::Vanished => "vanished",
            Self::Worse => "worse",
            Self::NoBetter => "no_better",
        }
    }

    /// What is tried in which order: what is wrong with the person is not put right by the blueprint.
    pub(super) fn remedies(self) -> &'static [Advice] {
        match self {
            Self::Pays | Self::Better => &[Advice::Keep],
            Self::TooEarly => &[Advice::TooEarly],
            Self::NoRate => &[Advice::NoRate],
            Self::NeverLeft | Self::Vanished => &[Advice::Fix],
            Self::Answering | Self::Reviewing | Self::Worse => &[Advice::Fix, Advice::Change],
            Self::Reworking | Self::TooDear | Self::NoBetter => &[Advice::Change],
        }
    }
}
