//! What can happen to an assignment.

use jiff::Timestamp;

/// Something that happens to an assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The person takes it.
    Agree,
    /// The person does not take it.
    Decline,
    /// The person begins, anew after a return.
    Start,
    /// The person asks something.
    Ask,
    /// A question is answered, or taken back.
    Answer,
    /// The person hands something in.
    Deliver {
        /// Whether it is picked for a review; a deliverable that is done again always is.
        is_picked: bool,
        /// When it counts as accepted where nobody has looked.
        accept_at: Option<Timestamp>,
    },
    /// A reviewer accepts it; what was returned and is not handed in again, as it is.
    Accept {
        /// Though there is a fault in it.
        has_fault: bool,
    },
    /// A reviewer returns it.
    Return {
        /// Because of a fault; `false` for preferences alone.
        has_fault: bool,
        /// The number of the blueprint's newest published version.
        published: i64,
    },
    /// Nobody has looked at it in time.
    TimeOut,
    /// Nobody has said in time whether they take it.
    Expire,
    /// The owner takes it back.
    Cancel,
    /// What it is, its price or its date changes after it was agreed to: the person is asked anew. What they have asked waits on.
    Change {
        /// When it is due now; where nothing is said, as it was, with the time they have waited for an answer.
        due: Option<Timestamp>,
        /// By when they say whether they take it.
        answer_by: Option<Timestamp>,
    },
    /// It is done with.
    Close,
    /// A fault was found in what was accepted.
    Escape,
}

impl Event {
    /// The word for it.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Decline => "decline",
            Self::Start => "start",
            Self::Ask => "ask",
            Self::Answer => "answer",
            Self::Deliver { .. } => "deliver",
            Self::Accept { .. } => "accept",
            Self::Return { .. } => "return",
            Self::TimeOut => "time_out",
            Self::Expire => "expire",
            Self::Cancel => "cancel",
            Self::Change { .. } => "change",
            Self::Close => "close",
            Self::Escape => "escape",
        }
    }
}
