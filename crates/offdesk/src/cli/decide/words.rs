//! What was decided, in words.

use offdesk_actions::decide::{Answer, BRINGS, PaysFrom, Question};
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
    let is_dropped = found.verdict == Advice::Drop;
    if let (true, Some(dropped)) = (is_dropped, &found.dropped) {
        lines.extend(without_it(question, dropped));
        lines.extend(found.drop_doubt.as_ref().map(|_| String::new()));
        lines.extend(going_on(question, found));
        lines.extend(doubt_of_drop(question, found));
        lines.push("\nHanded off instead:\n".to_owned());
    }
    lines.extend(comes_to(question, found));
    lines.extend(figures(question, found));
    lines.extend(doubt(question, found));
    if !is_dropped {
        lines.extend(going_on(question, found));
        lines.extend(doubt_of_drop(question, found));
    }
    lines.extend(spans(question, found));
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
            "  {hours} hours come back, worth about {}, and your own faults, which cost about {}.",
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
    let mut lines = Vec::new();
    let price = decision.price_per_hour_bought_back;
    match price {
        Some(price) => lines.push(format!(
            "  You pay about {} for each hour you get back.",
            amount(price)
        )),
        None => lines.push("  You get no hour back.".to_owned()),
    }
    match (price, PaysFrom::of(decision)) {
        (Some(_), PaysFrom::Hour(hour)) => {
            let (hour, worth) = (amount(hour), amount(decision.worth));
            let said = if question.is_worth_assumed() {
                format!("{worth} is assumed")
            } else {
                format!("you say {worth}")
            };
            lines.push(format!(
                "  It pays if your freed hour is worth more than about {hour}; {said}."
            ));
        }
        (Some(_), PaysFrom::Any) => {
            lines.push("  It pays whatever your freed hour is worth.".to_owned());
        }
        _ => {}
    }
    let condition = if question.is_use_assumed() && price.is_some() {
        "if you use the hours"
    } else {
        "after everything"
    };
    lines.push(format!(
        "  {what} comes to about {net} in {weeks}, {condition}."
    ));
    lines.push(format!("  {}.", found.square_in_words()));
    lines
}

fn weeks(question: &Question) -> String {
    match question.case.get(Input::Weeks) {
        1.0 => "1 week".to_owned(),
        weeks => format!("{weeks:.0} weeks"),
    }
}

fn figures(question: &Question, found: &Answer) -> [String; 4] {
    let decision = &found.decision;
    let hours = hours_about(Decimal::try_from(decision.hours_freed).unwrap_or_default());
    let worth = if question.is_use_assumed() {
        "if you use the hours: "
    } else {
        "worth of these hours: "
    };
    [
        format!(
            "\n  paid to the person:      {}",
            about(question, decision.cash)
        ),
        format!("  hours bought back:       {hours}"),
        format!("  {worth}   {}", about(question, decision.opportunity())),
        format!(
            "  faults that get out:     {:.1}, against {:.1} if you keep it",
            decision.escaped_faults, decision.escaped_faults_if_kept
        ),
    ]
}

/// What the ranges give.
fn doubt(question: &Question, found: &Answer) -> Vec<String> {
    let Some(chances) = &found.chances else {
        return Vec::new();
    };
    let amount = |amount| about(question, amount);
    vec![
        format!(
            "\n  With what is in doubt, {} to {} in nine of ten cases.",
            amount(chances.p5),
            amount(chances.p95)
        ),
        format!(
            "  The chance of a loss is {:.0} %.",
            chances.chance_of_loss * 100.0
        ),
    ]
}

/// How to go on.
fn going_on(question: &Question, found: &Answer) -> Vec<String> {
    let said = found.going_on(question, &|figure| about(question, figure));
    said.map_or(Vec::new(), |said| wrapped(&said.whole()))
}

/// What dropping it may come to, and what of the doubts matters for that.
fn doubt_of_drop(question: &Question, found: &Answer) -> Vec<String> {
    let amount = |figure| about(question, figure);
    let (Some(said), Some(doubt)) = (found.drop_in_words(&amount), &found.drop_doubt) else {
        return Vec::new();
    };
    let mut lines = vec![String::new()];
    lines.extend(wrapped(&said));
    lines.extend(table_of(
        "From the low to the high end of each range, if nobody does it",
        doubt.tornado.iter().map(|(of, ends)| {
            let name = of.map_or(BRINGS, Input::name);
            (name, *ends)
        }),
        &amount,
    ));
    lines
}

/// What matters most for handing it over.
fn spans(question: &Question, found: &Answer) -> Vec<String> {
    let amount = |figure| about(question, figure);
    let spans = found.tornado.iter();
    table_of(
        "From the low to the high end of each range",
        spans.map(|(input, ends)| (input.name(), *ends)),
        &amount,
    )
}

/// Lines under a heading; nothing where there is none.
fn table_of<'n>(
    heading: &str,
    rows: impl Iterator<Item = (&'n str, [f64; 2])>,
    amount: &dyn Fn(f64) -> String,
) -> Vec<String> {
    let rows = rows
        .take(5)
        .map(|(name, [low, high])| format!("  {name:<30} {} to {}", amount(low), amount(high)));
    let mut lines: Vec<String> = rows.collect();
    if !lines.is_empty() {
        lines.insert(0, format!("  {heading}:"));
    }
    lines
}

/// Sentences as lines of the terminal.
pub(super) fn wrapped(text: &str) -> Vec<String> {
    let options = textwrap::Options::new(78)
        .initial_indent("  ")
        .subsequent_indent("  ");
    textwrap::wrap(text, options)
        .into_iter()
        .map(std::borrow::Cow::into_owned)
        .collect()
}
