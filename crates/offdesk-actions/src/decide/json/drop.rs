//! What nobody doing it comes to, as JSON.

use offdesk_domain::decision::Input;
use offdesk_domain::decision::comparison::Dropped;
use serde::Serialize;

use super::SpanJson;
use crate::decide::{DropDoubt, VALUE_WHEN_DONE};

#[derive(Serialize)]
pub(super) struct DropJson {
    net_value: f64,
    hours: f64,
    hours_value: f64,
    faults_value: f64,
    lost: f64,
    best: Option<f64>,
    range: Option<DropRangeJson>,
    tornado: Vec<SpanJson>,
}

#[derive(Serialize)]
struct DropRangeJson {
    mean: f64,
    p5: f64,
    p50: f64,
    p95: f64,
    chance_of_loss: f64,
}

impl DropJson {
    pub(super) fn of(dropped: &Dropped, doubt: Option<&DropDoubt>) -> Self {
        let spans = doubt.map_or(&[][..], |doubt| &doubt.tornado);
        Self {
            best: doubt.map(|doubt| doubt.best),
            range: doubt.map(|doubt| DropRangeJson {
                mean: doubt.chances.mean,
                p5: doubt.chances.p5,
                p50: doubt.chances.p50,
                p95: doubt.chances.p95,
                chance_of_loss: doubt.chances.chance_of_loss,
            }),
            tornado: spans
                .iter()
                .map(|(of, [low, high])| SpanJson {
                    input: of.map_or(VALUE_WHEN_DONE, Input::key),
                    low: *low,
                    high: *high,
                })
                .collect(),
            net_value: dropped.net_value,
            hours: dropped.hours,
            hours_value: dropped.hours_value,
            faults_value: dropped.faults_value,
            lost: dropped.lost,
        }
    }
}
