//! Pay as text for people.

use offdesk_actions::pay::{Overview, PaymentMade, StatementDetail, StatementSummary};
use offdesk_domain::Day;
use offdesk_domain::pay::Quantity;
use offdesk_import::problem::shown;

use super::super::column::Column;
use super::super::desk::{day_in_words, days_in_words, hours_in_words};

/// Names stand in a column of at most so many places.
const NAME_WIDTH: usize = 28;

/// Where a statement stands, in words.
fn state(one: &StatementSummary, today: Day) -> String {
    let word = one.state.word().replace('_', " ");
    let word = match one.taken_off.amount.is_zero() {
        true => word,
        false => format!("{word}, {} owed back taken off", one.taken_off),
    };
    let word = match &one.filed {
        Some(filed) => format!("{word}, {}", filed.in_words()),
        None => word,
    };
    if one.is_overdue(today) {
        return format!("{word}, was due {}", day_in_words(one.due()));
    }
    if one.is_owed() {
        return format!("{word}, due {}", day_in_words(one.due()));
    }
    if !one.back.amount.is_zero() {
        return format!("{word}, {} owed back", one.back);
    }
    word
}

/// The list.
pub fn list(all: &[StatementSummary], today: Day) -> String {
    let names = all.iter().map(|one| one.person.as_str());
    let names = Column::of("PERSON", NAME_WIDTH, names);
    let mut out = format!(
        "{:<8}  {}  {:>16}  {:<25}  STATE\n",
        "NUMBER",
        names.heading(),
        "TO PAY",
        "PERIOD"
    );
    for one in all {
        out += &format!(
            "{:<8}  {}  {:>16}  {:<25}  {}\n",
            one.reference(),
            names.cell(&one.person),
            one.balance.to_string(),
            days_in_words(one.row.days),
            state(one, today)
        );
    }
    out
}

/// What is owed, and what is on no statement yet.
pub fn overview(overview: &Overview) -> String {
    let mut out = String::new();
    if overview.owed.is_empty() && overview.unstated.is_empty() && overview.back.is_empty() {
        return "Nothing to pay yet. What is accepted stands here with what it pays.\n".to_owned();
    }
    if !overview.owed.is_empty() {
        let totals: Vec<String> = overview.totals.iter().map(ToString::to_string).collect();
        out += &format!("Owed: {}\n", totals.join(", "));
        out += &list(&overview.owed, overview.today);
    }
    if let Some(first) = overview.back.first() {
        out += "Owed back to you, until it is taken off what is earned next:\n";
        for one in &overview.back {
            out += &format!(
                "  {}: {}, by {}\n",
                shown(&one.person),
                one.back,
                one.reference()
            );
        }
        let reference = first.reference();
        out += &format!("Note what was paid back:  offdesk pay refund {reference}\n");
    }
    if !overview.unstated.is_empty() {
        out += "On no statement yet:\n";
        for one in &overview.unstated {
            let days = (i64::from(one.days.0.0), i64::from(one.days.1.0));
            let taken = match one.sum.amount.is_sign_negative() {
                true => ", taken off what is owed",
                false => "",
            };
            out += &format!(
                "  {}: {}, {}{taken}\n",
                shown(&one.person),
                one.sum,
                days_in_words(days)
            );
        }
        out += "See each line:  offdesk pay lines\n";
        out += "Draw statements up:  offdesk pay draw-up\n";
    }
    out
}

/// How much of what was done.
pub fn quantity_of(quantity: Quantity) -> String {
    match quantity {
        Quantity::Time(time) => format!("{} h", hours_in_words(time.0)),
        Quantity::Times(times) => format!("{times} ×"),
        Quantity::Days { days, of } => format!("{days} of {of} days"),
    }
}

/// One of them.
pub fn whole(detail: &StatementDetail, today: Day) -> String {
    let one = &detail.summary;
    let mut out = format!(
        "{} {}, {}: {}\n",
        one.reference(),
        shown(&one.person),
        days_in_words(one.row.days),
        state(one, today)
    );
    for line in &detail.statement.lines {
        let activity = shown(&detail.activity(line.earned.activity));
        let about = detail.about(line.posting);
        let work = match about.work() {
            work if work.is_empty() => work,
            work => format!(" ({})", shown(&work)),
        };
        let taken_back = match about.correction() {
            text if text.is_empty() => text,
            text => format!(", {}", shown(&text)),
        };
        out += &format!(
            "  {:>5}  {}  {activity}{work}, {} at {}: {}{taken_back}\n",
            line.posting,
            line.earned.day,
            quantity_of(line.earned.quantity),
            line.earned.terms,
            line.amount
        );
    }
    if !detail.statement.carried.amount.is_zero() {
        out += &format!("  carried over: {}\n", detail.statement.carried);
    }
    if let Some(bill) = &detail.statement.bill {
        out += &format!("  tax, by bill {}: {}\n", shown(&bill.number), bill.tax);
    }
    out += &format!("  To pay: {}\n", one.balance);
    out += &format!("  {}\n", detail.statement.rounding.in_words());
    for made in &detail.payments {
        out += &payment(made);
    }
    if !one.taken_off.amount.is_zero() {
        out += &format!("  taken off, because it is owed back: {}\n", one.taken_off);
    }
    if one.is_owed() {
        out += &format!("  Owed: {}\n", one.owed);
    }
    if !one.back.amount.is_zero() {
        out += &format!("  Owed back: {}\n", one.back);
    }
    out
}

fn payment(made: &PaymentMade) -> String {
    let payment = &made.payment;
    let (word, paid) = match payment.amount.amount.is_sign_negative() {
        true => ("paid back", payment.turned()),
        false => ("paid", payment.clone()),
    };
    let mut out = format!(
        "  {word} {} on {}, number {}",
        paid.amount,
        day_in_words(payment.day),
        made.posting
    );
    if let Some(fee) = payment.fee {
        out += &format!(", fee {fee}");
    }
    if let Some(exchange) = &paid.exchange {
        let way = if word == "paid" { "sent" } else { "got" };
        out += &format!(
            ", {way} {} at {} of {} by {}",
            exchange.sent,
            exchange.rate.normalize(),
            exchange.day,
            shown(&exchange.source)
        );
    }
    if let Some(day) = made.came_back {
        out += &format!(", came back on {}", day_in_words(day));
        if made.is_fee_back {
            out += ", with its fee";
        }
    }
    out + "\n"
}
