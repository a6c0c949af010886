//! The routes of pay, each with what it is for.

use axum::http::Method;
use offdesk_actions::actor::Permission::{Edit, Manage, See};

use super::table::Line;
use super::{pay, pay_details, pay_files, pay_lines, weeks};
use crate::desk::routes::Access::May;

/// What is looked at.
pub(super) fn reading() -> Vec<Line> {
    let get = Method::GET;
    vec![
        (
            get.clone(),
            "/api/v1/pay",
            May(See),
            pay::overview,
            "What is owed, and what was earned that is on no statement yet",
            &[],
            "offdesk.pay/1",
        ),
        (
            get.clone(),
            "/api/v1/pay/lines",
            May(See),
            pay_lines::open_lines,
            "A page of what was earned or taken back that is on no statement yet, line by line, the latest first",
            &[],
            "offdesk.open_lines/1",
        ),
        (
            get.clone(),
            "/api/v1/statements",
            May(See),
            pay::list,
            "A page of statements, the latest first",
            &[],
            "offdesk.statements/1",
        ),
        (
            get.clone(),
            "/api/v1/statements/{statement}",
            May(See),
            pay::show,
            "A statement with its lines and payments, by its number",
            &[],
            "offdesk.statement/1",
        ),
        (
            get.clone(),
            "/api/v1/statements/{statement}/table",
            May(See),
            pay_files::table,
            "The lines of a statement as CSV, or with format=xlsx as a workbook",
            &[],
            "file",
        ),
        (
            get.clone(),
            "/api/v1/statements/{statement}/pdf",
            May(See),
            pay_files::paper,
            "A statement as a PDF",
            &[],
            "file",
        ),
        (
            get.clone(),
            "/api/v1/journals/{tool}",
            May(See),
            pay_files::journal,
            "All statements and payments as a journal: hledger or beancount",
            &[],
            "file",
        ),
        (
            get.clone(),
            "/api/v1/people/{person}/pay-details",
            May(Manage),
            pay_details::show,
            "How a person is paid; of an account's number most is hidden",
            &[],
            "offdesk.pay_details/1",
        ),
        (
            get.clone(),
            "/api/v1/timesheets",
            May(See),
            weeks::list,
            "The weeks of hours that wait to be approved",
            &[],
            "offdesk.timesheets/1",
        ),
        (
            get.clone(),
            "/api/v1/people/{person}/weeks/{day}",
            May(See),
            weeks::show,
            "The hours of a person in the week that a day is in",
            &[],
            "offdesk.week_hours/1",
        ),
        (
            get,
            "/api/v1/payer",
            May(Manage),
            pay_details::payer,
            "The account that is paid from, most of its number hidden",
            &[],
            "offdesk.pay_details/1",
        ),
    ]
}

/// What is said of a payment, and of one that goes the other way.
const PAID: &[(&str, &str)] = &[
    ("amount", "decimal?"),
    ("day", "date?"),
    ("fee", "decimal?"),
    ("sent", "decimal?"),
    ("sent_currency", "string?"),
    ("rate", "decimal?"),
    ("rate_day", "date?"),
    ("rate_source", "string?"),
    ("note", "string?"),
];

/// What is changed.
pub(super) fn writing() -> Vec<Line> {
    let (post, put) = (Method::POST, Method::PUT);
    vec![
        (
            post.clone(),
            "/api/v1/statements",
            May(Manage),
            pay::draw_up,
            "Draws statements up: of everybody for their last period that is over, or up to a day and of some people",
            &[("until", "date?"), ("people", "[id]?")],
            "offdesk.statements/1",
        ),
        (
            post.clone(),
            "/api/v1/statements/{statement}/payments",
            May(Manage),
            pay::pay,
            "Notes a payment: an amount, or where none is named what stands in the pay file that the statement is in, else all that is owed; with a fee, and with what was sent where it was exchanged",
            PAID,
            "offdesk.statement/1",
        ),
        (
            post.clone(),
            "/api/v1/statements/{statement}/refunds",
            May(Manage),
            pay::refund,
            "Notes that somebody paid back what a statement left below nothing: all that is owed back, or an amount; sent is what came in where it was exchanged",
            PAID,
            "offdesk.statement/1",
        ),
        (
            post.clone(),
            "/api/v1/pay-files/{kind}",
            May(Manage),
            pay_files::file,
            "Writes a pay file of what is owed, and notes what is in it: csv, xlsx, paypal, wise, payoneer or sepa; what stands in an earlier file and was not noted as paid since is in it only with again; it takes no Idempotency-Key",
            &[
                ("statements", "[integer]?"),
                ("currency", "string?"),
                ("day", "date?"),
                ("again", "boolean?"),
            ],
            "file",
        ),
        (
            post.clone(),
            "/api/v1/payments",
            May(Manage),
            pay::pay_several,
            "Notes that several statements were paid on a day, all of them or none: of each what stands in the pay file that it is in, else all that is owed; or, with file, all that stands in a pay file and of which nothing was noted since",
            &[
                ("statements", "[integer]?"),
                ("file", "string?"),
                ("day", "date?"),
            ],
            "offdesk.statements/1",
        ),
        (
            post.clone(),
            "/api/v1/statements/{statement}/payments/{payment}/return",
            May(Manage),
            pay::give_back,
            "Notes that a payment came back: what it was for is owed again; with row, also what its row of the pay file paid of other statements; with fee_back, its fee is taken back, too",
            &[
                ("day", "date?"),
                ("row", "boolean?"),
                ("fee_back", "boolean?"),
            ],
            "offdesk.statement/1",
        ),
        (
            post.clone(),
            "/api/v1/handoffs/{handoff}/milestones",
            May(Edit),
            pay::mark,
            "Marks a milestone of a handoff as reached, which earns its price; the same one twice only where it is said to be another",
            &[
                ("day", "date?"),
                ("note", "string?"),
                ("another", "boolean?"),
            ],
            "offdesk.postings/1",
        ),
        (
            post.clone(),
            "/api/v1/people/{person}/weeks/{day}/decision",
            May(Edit),
            weeks::decide,
            "Approves a week that was handed in (approve), which earns its hours, or gives it back (return) with what is said; hours of days that are paid with assignments are approved beside them",
            &[
                ("version", "integer"),
                ("decision", "string"),
                ("said", "string?"),
                ("beside", "boolean?"),
            ],
            "offdesk.week_hours/1",
        ),
        (
            post,
            "/api/v1/postings/{posting}/correction",
            May(Manage),
            pay::correct,
            "Takes back what a line of a statement says was earned, or puts its hours or its price right; both stand on the next statement",
            &[
                ("hours", "number?"),
                ("price", "decimal?"),
                ("note", "string?"),
            ],
            "offdesk.postings/1",
        ),
        (
            put.clone(),
            "/api/v1/people/{person}/pay-details",
            May(Manage),
            pay_details::set,
            "Changes how a person is paid; what is left out stays. Their kind is bank, paypal, wise, payoneer or none",
            &[
                ("cycle", "string?"),
                ("rounding", "string?"),
                ("kind", "string?"),
                ("holder", "string?"),
                ("iban", "string?"),
                ("bic", "string?"),
                ("email", "string?"),
            ],
            "offdesk.pay_details/1",
        ),
        (
            put.clone(),
            "/api/v1/people/{person}/weeks/{day}",
            May(Edit),
            weeks::save,
            "Notes all hours of a week of a person who has not joined; complete hands it in, rest_off says that nothing was worked on the days of which nothing is said",
            weeks::TYPED,
            "offdesk.week_hours/1",
        ),
        (
            put,
            "/api/v1/payer",
            May(Manage),
            pay_details::set_account,
            "Notes the bank account that is paid from",
            &[("holder", "string"), ("iban", "string"), ("bic", "string?")],
            "offdesk.pay_details/1",
        ),
    ]
}
