//! Groups whose texts the owner has corrected.

use offdesk_pricing::Comparer;

use super::collector::{Collector, Context, Group, Job, Origin};
use super::grouping::Key;
use crate::corrections::{Correction, Work};

/// The owner's correction of what a group says; their rules and the names in their prices go before it.
pub(super) fn correction_of<'j>(
    collector: &Collector,
    group: &Group,
    context: Option<&Context>,
    job: &'j Job,
    comparer: &mut Comparer,
) -> Option<(usize, &'j Correction)> {
    let corrections = job.rules.corrections();
    if corrections.is_empty() || matches!(group.origin, Origin::Rule | Origin::Named(_)) {
        return None;
    }
    let context = context.map_or(["", ""], |context| [&context.task, &context.project]);
    let mut texts = std::iter::once(collector.example(group)).chain(context);
    texts.find_map(|text| corrections.nearest(text, comparer))
}

/// What is corrected to be a kind of the catalogue belongs to the other work of that kind.
pub(super) fn key_of_correction(at: usize, correction: &Correction, is_mine: bool) -> Key {
    match correction.work {
        Some(Work::Kind(kind)) if correction.price.is_none() => Key::Kind(kind.slug, is_mine),
        _ => Key::Corrected(at, is_mine),
    }
}
