//! Bills as text for people.

use offdesk_actions::pay::bills::{BillDetail, BillWork};
use offdesk_domain::Day;
use offdesk_domain::pay::{BillState, reference};
use offdesk_import::problem::shown;

use super::super::column::Column;
use super::super::desk::{day_in_words, days_in_words};

/// Names and numbers stand in columns of at most so many places.
const WIDTH: usize = 28;

fn state(bill: &BillDetail) -> String {
    match (bill.state, &bill.statement) {
        (BillState::Received, _) => "differs from what was accepted".to_owned(),
        (BillState::Approved, Some(one)) => format!("approved, {} owed", one.owed),
        (state, _) => state.word().to_owned(),
    }
}

/// The list.
pub fn list(all: &[BillDetail]) -> String {
    let numbers = all.iter().map(|bill| bill.row.number.as_str());
    let numbers = Column::of("BILL", WIDTH, numbers);
    let names = all.iter().map(|bill| bill.person.as_str());
    let names = Column::of("FROM", WIDTH, names);
    let mut out = format!(
        "{}  {}  {:>16}  {:>16}  STATE\n",
        numbers.heading(),
        names.heading(),
        "BILLED",
        "ACCEPTED"
    );
    for bill in all {
        out += &format!(
            "{}  {}  {:>16}  {:>16}  {}\n",
            numbers.cell(&bill.row.number),
            names.cell(&bill.person),
            bill.matching.billed.to_string(),
            bill.matching.accepted.to_string(),
            state(bill)
        );
    }
    out
}

fn piece(work: &BillWork) -> String {
    let number = work
        .assignment
        .map_or_else(String::new, |number| format!(", #{number}"));
    let on = work.statement.map_or_else(String::new, |number| {
        format!(", on {} already", reference(number))
    });
    format!(
        "{}, {}{number}: {}{on}",
        shown(&work.activity),
        day_in_words(work.day),
        work.amount
    )
}

/// One bill, line by line.
pub fn whole(bill: &BillDetail) -> String {
    let mut out = format!(
        "Bill {} of {}, {}, for {}: {}\n",
        shown(&bill.row.number),
        shown(&bill.person),
        day_in_words(bill.day),
        days_in_words(bill.row.days),
        state(bill)
    );
    for line in &bill.lines {
        let mut about = Vec::new();
        about.extend(line.row.day.and_then(Day::from_number).map(day_in_words));
        about.extend(line.assignment.map(|number| format!("#{number}")));
        about.push(match line.row.text.as_str() {
            "" if line.assignment.is_none() => "the whole bill".to_owned(),
            text => shown(text),
        });
        out += &format!("  {}: {}\n", about.join(" ").trim_end(), line.amount);
        for number in &line.found.postings {
            if let Some(work) = bill.work_of(*number) {
                out += &format!("    accepted: {}\n", piece(work));
            }
        }
        if line.found.postings.is_empty() {
            out += "    never accepted\n";
        } else if !line.found.difference.amount.is_zero() {
            out += &format!("    difference: {}\n", line.found.difference);
        }
    }
    let put_right = bill.matching.credits.iter();
    for work in put_right.filter_map(|number| bill.work_of(*number)) {
        out += &format!("  paid before, and put right since: {}\n", piece(work));
    }
    if bill.state.is_open() {
        let unbilled = bill.matching.unbilled.iter();
        for work in unbilled.filter_map(|number| bill.work_of(*number)) {
            out += &format!("  accepted, and not billed: {}\n", piece(work));
        }
    }
    out += &format!(
        "  Billed {}, accepted {}, difference {}; tax on top {}\n",
        bill.matching.billed, bill.matching.accepted, bill.matching.difference, bill.tax
    );
    if let Some(file) = &bill.file {
        out += &format!("  File: {}\n", shown(file));
    }
    if !bill.row.said.is_empty() {
        out += &format!("  Said: {}\n", shown(&bill.row.said));
    }
    if let Some(one) = &bill.statement {
        out += &format!("  Paid by {}: {}\n", one.reference(), one.balance);
    }
    out
}
