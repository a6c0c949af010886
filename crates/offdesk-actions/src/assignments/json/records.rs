//! What is said of a person's work, as JSON.

use offdesk_domain::trust::{Ladder, Record, Tally};
use serde::Serialize;

#[derive(Debug, Serialize)]
struct TallyJson {
    good: u32,
    all: u32,
    range: Option<(f64, f64)>,
    in_words: String,
}

impl TallyJson {
    fn of(tally: &Tally) -> Self {
        let rounded = |share: f64| (share * 10_000.0).round() / 10_000.0;
        Self {
            good: tally.good,
            all: tally.all,
            range: tally
                .range()
                .map(|(low, high)| (rounded(low), rounded(high))),
            in_words: tally.in_words(),
        }
    }
}

/// `offdesk.record/1`: no score, and nothing to rank by.
#[derive(Debug, Serialize)]
pub struct RecordJson {
    schema: &'static str,
    accepted_first_time: TallyJson,
    on_time: TallyJson,
    rework: TallyJson,
    escapes: TallyJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    checked: Option<LadderJson>,
}

#[derive(Debug, Serialize)]
struct LadderJson {
    rung: usize,
    one_in: u64,
    label: &'static str,
    rule: String,
}

impl RecordJson {
    /// A record; with the ladder where it is of a handoff.
    #[must_use]
    pub fn of(record: &Record, ladder: Option<&Ladder>) -> Self {
        Self {
            schema: "offdesk.record/1",
            accepted_first_time: TallyJson::of(&record.first_time),
            on_time: TallyJson::of(&record.on_time),
            rework: TallyJson::of(&record.rework),
            escapes: TallyJson::of(&record.escapes),
            checked: ladder.map(|ladder| LadderJson {
                rung: ladder.rung(),
                one_in: ladder.one_in(),
                label: ladder.label(),
                rule: ladder.in_words(),
            }),
        }
    }
}
