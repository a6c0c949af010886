//! What was decided, in words.

use offdesk_actions::decide::{Answer, Next, PaysFrom, Question};
use offdesk_domain::decision::comparison::Dropped;
use offdesk_domain::decision::{Advice, Input};
use offdesk_web::words::hours_about;
use rust_decimal::Decimal;

use crate::cli::amounts;

/// An estimate for people; without a sign where no currency was said.
pub(super) fn about(question: &Question, amount: f64) -> String {
    let amount = Decimal::try_from(amount).unwrap_or_default();
    amounts::about(amount, question.currency)
}

/// The decision in words.
pub(super) fn words(question: &Question, found: &Answer) -> String {
    let mut out = format!("{}.\n\n", found.verdict_in_words());
    let mut lines = Vec::new();
    if let (Advice::Drop, Some(dropped)) = (found.verdict, &found.dropped) {
        lines.extend(without_it(question, dropped));
        lines.push("\nHanded off instead:\n".to_owned());
    }
    lines.extend(comes_to(question, found));
    lines.extend(figures(question, found));
    lines.extend(doubt(question, found));
    if !question.assumed.is_empty() {
        lines.push("\nAssumed, because nobody said:".to_owned());
    }
    lines.extend(question.assumed.iter().map(|row| {
        let number = question.case.get(row.input);
        format!("  {:<20}{number:>5}  {}", row.key, row.what)
    }));
    for line in lines {
        out += &line;
        out.push('\n');
    }
    out
}

/// What nobody doing it comes to.
fn without_it(question: &Question, dropped: &Dropped) -> [String; 3] {
    let amount = |amount| about(question, amount);
    let hours = hours_about(Decimal::try_from(dropped.hours).unwrap_or_default());
    [
        format!(
            "  If nobody does it, you gain about {} in {}.",
            amount(dropped.net_value),
            weeks(question)
        ),
        format!(
            "  {hours} hours come back, worth about {}, and about {} of your own faults.",
            amount(dropped.hours_value),
            amount(dropped.faults_value)
        ),
        format!("  You lose about {} that it brings.", amount(dropped.lost)),
    ]
}

/// What it comes to, what an hour costs, and when it is square.
fn comes_to(question: &Question, found: &Answer) -> Vec<String> {
    let decision = &found.decision;
    let weeks = weeks(question);
    let amount = |amount| about(question, amount);
    let what = question.name.as_deref().map(offdesk_import::problem::shown);
    let what = what.unwrap_or_else(|| "It".to_owned());
    let net = amount(decision.net_value);
    let mut lines = vec![format!(
        "  {what} comes to about {net} in {weeks}, after everything."
    )];
    let price = decision.price_per_hour_bought_back;
    match (price, PaysFrom::of(decision)) {
        (Some(price), PaysFrom::Hour(hour)) => {
            let (price, hour, said) = (amount(price), amount(hour), amount(decision.worth));
            lines.push(format!(
                "  You pay about {price} for each hour you get back."
            ));
            lines.push(format!(
                "  It pays if your freed hour is worth more than about {hour}; you say {said}."
            ));
        }
        (Some(price), PaysFrom::Any) => {
            lines.push(format!(
                "  You pay about {} for each hour you get back.",
                amount(price)
            ));
            lines.push("  It pays whatever your freed hour is worth.".to_owned());
        }
        _ => lines.push("  You get no hour back.".to_owned()),
    }
    lines.push(
        match (decision.break_even_times, decision.break_even_week) {
            (Some(times), Some(week)) => {
                format!("  You are square after {times} times, in week {week}.")
            }
            _ => format!("  You are not square within {weeks}."),
        },
    );
    lines
}

fn weeks(question: &Question) -> String {
    match question.case.get(Input::Weeks) {
        1.0 => "1 week".to_owned(),
        weeks => format!("{weeks:.0} weeks"),
    }
}

fn figures(question: &Question, found: &Answer) -> [String; 3] {
    let decision = &found.decision;
    let hours = hours_about(Decimal::try_from(decision.hours_freed).unwrap_or_default());
    [
        format!("\n  hours bought back:       {hours}"),
        format!(
            "  paid to the person:      {}",
            about(question, decision.cash)
        ),
        format!(
            "  faults that get out:     {:.1}, against {:.1} if you keep it",
            decision.escaped_faults, decision.escaped_faults_if_kept
        ),
    ]
}

/// What the ranges give, how to go on, and what matters most.
fn doubt(question: &Question, found: &Answer) -> Vec<String> {
    let Some(chances) = &found.chances else {
        return Vec::new();
    };
    let amount = |amount| about(question, amount);
    let knowing = amount(chances.value_of_knowing);
    let is_small = chances.value_of_knowing < question.case.get(Input::ValueOfWorkHour);
    let next = match (found.next, found.trial) {
        (_, Some(trial)) => format!(
            "  Try {} first, all of them reviewed: that is worth about {}.",
            trial.assignments,
            amount(trial.worth)
        ),
        (Next::FindOut, None) => {
            format!(
                "  It is not clear yet. Knowing more is worth about {knowing}, and this matters most:"
            )
        }
        _ if is_small => format!("  Knowing more is worth about {knowing}: more thinking is not."),
        _ => format!("  It is sure enough, though knowing more would be worth about {knowing}."),
    };
    let mut lines = vec![
        format!(
            "\n  With what is in doubt, {} to {} in nine of ten cases.",
            amount(chances.p5),
            amount(chances.p95)
        ),
        format!(
            "  The chance of a loss is {:.0} %.",
            chances.chance_of_loss * 100.0
        ),
        next,
    ];
    lines.extend(found.tornado.iter().take(5).map(|(input, [low, high])| {
        let (low, high) = (amount(low.min(*high)), amount(high.max(*low)));
        format!("  {:<30} {low} to {high}", input.name())
    }));
    lines
}
