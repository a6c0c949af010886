//! The best of an activity's own options, as the ranking takes it.

use offdesk_domain::PriceRange;
use offdesk_domain::audit::{Audit, AuditedActivity, HandoffOutlook};
use offdesk_domain::decision::choice::Choice;
use offdesk_domain::decision::{Case, Input};
use offdesk_store::Uuid;
use rust_decimal::Decimal;

use crate::decide::{Question, choice_of};
use crate::hours::Hours;
use crate::options::{HandoffOption, KeptOptions, subject_judged};

/// The price of an hour of an option: with fees and employer's share where the owner or the kind of person says something of it, else the
/// market's; `None` of a program, which has no hour.
pub(super) fn hour_of(
    option: &HandoffOption,
    case: &Case,
    market: Option<PriceRange>,
) -> Option<PriceRange> {
    if !option.kind.has(Input::Rate) {
        return None;
    }
    let is_price = |input: &Input| matches!(input, Input::Rate | Input::Load);
    let is_own = option.figures.iter().any(|(input, _)| is_price(input))
        || option
            .kind
            .assumed()
            .iter()
            .any(|(input, ..)| is_price(input));
    if let Some(market) = market.filter(|_| !is_own) {
        return Some(market);
    }
    let hour = Decimal::try_from(case.loaded_rate()).ok()?.round_dp(2);
    Some(PriceRange::new(hour, hour, hour))
}

/// What comes of the option that is chosen, or of the one with the highest net value where none is; `None` where what was typed no
/// longer makes a case.
pub(super) fn best_option<'h>(
    hours: &Hours,
    audit: &Audit,
    judged: &AuditedActivity,
    (id, kept): (Uuid, &'h KeptOptions),
) -> Option<(HandoffOutlook, &'h HandoffOption)> {
    let subject = subject_judged(hours, id, Some(kept), Some(judged)).ok()?;
    if !subject.is_kept {
        return None;
    }
    // What was typed of one of them may no longer make a case: a price has gone since.
    let known = subject.options.iter().enumerate();
    let (places, questions): (Vec<usize>, Vec<Question>) = known
        .filter_map(|(place, option)| Some((place, subject.question(option).ok()?)))
        .unzip();
    let market = judged.activity.price.as_ref().map(|price| price.range);
    let outlooks: Vec<HandoffOutlook> = questions
        .iter()
        .zip(&places)
        .map(|(question, place)| {
            let option = subject.options.get(*place);
            let price = option.and_then(|option| hour_of(option, &question.case, market));
            let readiness = audit.readiness(judged, price.map(|price| price.likely));
            HandoffOutlook::of(question.case, readiness, audit.weeks_per_year)
        })
        .collect();
    let values: Vec<f64> = outlooks.iter().map(|it| it.decision.net_value).collect();
    let (choice, _) = choice_of(&questions, &values);
    let highest = || {
        let all = values.iter().enumerate();
        let most = all.max_by(|(i, a), (j, b)| a.total_cmp(b).then(j.cmp(i)));
        most.map(|(at, _)| at)
    };
    let at = match choice {
        Choice::Way(at) => at,
        Choice::Keep | Choice::Drop => highest()?,
    };
    let mut outlook = *outlooks.get(at)?;
    if let (Choice::Drop, Some([_, brings, _])) = (choice, kept.value_when_done) {
        outlook = outlook.dropped(brings, audit.weeks_per_year);
    }
    Some((outlook, kept.options.get(*places.get(at)?)?))
}
