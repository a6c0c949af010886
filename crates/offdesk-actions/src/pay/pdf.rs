//! A statement as a PDF of A4 pages, made here: text in the two fonts that every reader has, nothing else.

mod font;
mod sheet;

use offdesk_domain::Day;
use offdesk_domain::money::to_minor_text;
use offdesk_domain::pay::{Line, Quantity};

use self::sheet::{Place, Sheets, Weight};
use super::StatementDetail;

/// Left edges of the columns, and the right edges of those with figures, in points.
const LEFT: i64 = 50;
const VALUE: i64 = 120;
const LINE_END: i64 = 78;
const DAY: i64 = 90;
const ACTIVITY: i64 = 148;
const ACTIVITY_END: i64 = 266;
const QUANTITY_END: i64 = 352;
const TERMS: i64 = 364;
/// So far a price may reach; the amount stands behind it.
const TERMS_END: i64 = 480;
const AMOUNT_END: i64 = 545;

/// A statement as a PDF.
#[must_use]
pub fn to_pdf(detail: &StatementDetail, today: Day) -> Vec<u8> {
    let business = detail.business.as_str();
    let mut sheets = Sheets::new(&format!("{} {}", detail.summary.reference(), business));
    head(&mut sheets, detail, business, today);
    columns(&mut sheets);
    for line in &detail.statement.lines {
        if sheets.is_full() {
            sheets.turn();
            columns(&mut sheets);
        }
        row(&mut sheets, detail, line);
    }
    foot(&mut sheets, detail);
    sheets.finish()
}

fn date(day: Day) -> String {
    day.date().strftime("%-d %B %Y").to_string()
}

fn head(sheets: &mut Sheets, detail: &StatementDetail, business: &str, today: Day) {
    let one = &detail.summary;
    sheets.write(Place::left(LEFT), 11, Weight::Plain, business);
    sheets.down(26);
    let title = format!("Statement {}", one.reference());
    sheets.write(Place::left(LEFT), 18, Weight::Bold, &title);
    sheets.down(24);
    let facts = [
        ("Of", one.person.clone()),
        (
            "Period",
            format!("{} – {}", date(one.period.from), date(one.period.to)),
        ),
        ("To be paid by", date(one.due())),
        ("Stands", standing(detail, today)),
    ];
    for (label, value) in facts {
        sheets.write(Place::left(LEFT), 10, Weight::Plain, label);
        sheets.write(Place::within(VALUE, 545), 10, Weight::Plain, &value);
        sheets.down(16);
    }
    sheets.down(12);
}

fn standing(detail: &StatementDetail, today: Day) -> String {
    let one = &detail.summary;
    let word = one.state.word().replace('_', " ");
    if one.is_overdue(today) {
        return format!("{word}, {} owed, overdue", one.owed);
    }
    if one.is_owed() {
        return format!("{word}, {} owed", one.owed);
    }
    if !one.back.amount.is_zero() {
        return format!("{word}, {} owed back", one.back);
    }
    word
}

fn columns(sheets: &mut Sheets) {
    let size = 9;
    sheets.write(Place::right(LINE_END), size, Weight::Bold, "Line");
    sheets.write(Place::left(DAY), size, Weight::Bold, "Day");
    sheets.write(Place::left(ACTIVITY), size, Weight::Bold, "Activity");
    sheets.write(Place::right(QUANTITY_END), size, Weight::Bold, "How much");
    sheets.write(Place::left(TERMS), size, Weight::Bold, "Agreed");
    sheets.write(Place::right(AMOUNT_END), size, Weight::Bold, "Amount");
    sheets.down(5);
    sheets.rule(LEFT, AMOUNT_END);
    sheets.down(13);
}

fn quantity(line: &Line) -> String {
    match line.earned.quantity {
        Quantity::Time(time) => {
            let hours = time.hours().round_dp(2).normalize();
            format!("{hours} h ({})", time.in_clock())
        }
        Quantity::Times(times) => times.to_string(),
        Quantity::Days { days, of } => format!("{days} of {of} days"),
    }
}

fn row(sheets: &mut Sheets, detail: &StatementDetail, line: &Line) {
    let size = 9;
    let activity = detail.activity(line.earned.activity);
    let about = detail.about(line.posting);
    let activity = match about.assignment {
        Some(number) => format!("#{number} {activity}"),
        None => activity,
    };
    let amount = to_minor_text(line.amount.amount, line.amount.currency);
    let day = line.earned.day.to_string();
    let number = line.posting.to_string();
    sheets.write(Place::right(LINE_END), size, Weight::Plain, &number);
    sheets.write(Place::left(DAY), size, Weight::Plain, &day);
    sheets.write(
        Place::within(ACTIVITY, ACTIVITY_END),
        size,
        Weight::Plain,
        &activity,
    );
    sheets.write(
        Place::right(QUANTITY_END),
        size,
        Weight::Plain,
        &quantity(line),
    );
    let terms = line.earned.terms.to_string();
    let place = Place::within(TERMS, TERMS_END);
    // A long price is written smaller rather than cut.
    let fitting = [9, 8, 7]
        .into_iter()
        .find(|size| sheets.fits(place, *size, &terms));
    sheets.write(place, fitting.unwrap_or(6), Weight::Plain, &terms);
    sheets.write(Place::right(AMOUNT_END), size, Weight::Plain, &amount);
    sheets.down(14);
    // What does not fit into the column stands below it.
    let beside = match about.assignment {
        Some(_) => about.correction(),
        None => about.in_words(),
    };
    if !beside.is_empty() {
        sheets.write(Place::within(ACTIVITY, 545), 8, Weight::Plain, &beside);
        sheets.down(14);
    }
}

fn foot(sheets: &mut Sheets, detail: &StatementDetail) {
    if sheets.is_almost_full() {
        sheets.turn();
    }
    let statement = &detail.statement;
    if !statement.carried.amount.is_zero() {
        let carried = statement.carried.to_string();
        sheets.write(
            Place::left(LEFT),
            9,
            Weight::Plain,
            "Carried over from the statement before",
        );
        sheets.write(Place::right(AMOUNT_END), 9, Weight::Plain, &carried);
        sheets.down(14);
    }
    if let Some(bill) = &statement.bill {
        let text = format!("Tax, by your bill {}", bill.number);
        sheets.write(Place::within(LEFT, 490), 9, Weight::Plain, &text);
        let tax = bill.tax.to_string();
        sheets.write(Place::right(AMOUNT_END), 9, Weight::Plain, &tax);
        sheets.down(14);
    }
    sheets.rule(LEFT, AMOUNT_END);
    sheets.down(16);
    let balance = detail.summary.balance.to_string();
    sheets.write(Place::left(LEFT), 11, Weight::Bold, "To pay");
    sheets.write(Place::right(AMOUNT_END), 11, Weight::Bold, &balance);
    sheets.down(20);
    sheets.write(
        Place::left(LEFT),
        8,
        Weight::Plain,
        statement.rounding.in_words(),
    );
    sheets.down(18);
    let taken_off = detail.summary.taken_off;
    if !taken_off.amount.is_zero() {
        let text = format!("{taken_off} is owed back by you, and is taken off what is owed");
        sheets.write(Place::left(LEFT), 9, Weight::Plain, &text);
        sheets.down(14);
    }
    for made in &detail.payments {
        if sheets.is_full() {
            sheets.turn();
        }
        let (word, amount) = match made.payment.amount.amount.is_sign_negative() {
            true => ("Paid back", made.payment.turned().amount),
            false => ("Paid", made.payment.amount),
        };
        let mut text = format!("{word} {amount} on {}", date(made.payment.day));
        if let Some(day) = made.came_back {
            text += &format!("; came back on {}", date(day));
        }
        sheets.write(Place::left(LEFT), 9, Weight::Plain, &text);
        sheets.down(14);
    }
    if sheets.has_respelt() {
        if sheets.is_full() {
            sheets.turn();
        }
        let told = "Names in other scripts are written here as they sound; the page and the table have them as they are.";
        sheets.write(Place::left(LEFT), 8, Weight::Plain, told);
    }
}
