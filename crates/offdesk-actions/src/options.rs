//! Who could do an activity, and on which terms: what the owner has typed, what the workspace knows, and what is assumed.

mod figures;
mod kept;
mod offered;
mod subject;

pub use self::figures::{figures_json, range_json, read_figures};
pub use self::kept::{KeptOptions, NewOptions, keep_options, load_subject};
pub(crate) use self::kept::{forget_merged, is_readable, read_all};
pub(crate) use self::offered::rhythms_of;
pub use self::offered::{Offer, Rhythm, Rhythms, WEEKS_SEEN};
pub(crate) use self::subject::subject_judged;
pub use self::subject::{InputLine, MOST_OPTIONS, Source, Subject, subject_of};

pub use offdesk_domain::person::PersonKind as OptionKind;

use crate::decide::Figure;

/// One who could do an activity.
#[derive(Debug, Clone, PartialEq)]
pub struct HandoffOption {
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: OptionKind,
    /// What the owner has said of them.
    pub figures: Vec<Figure>,
}
