//! Two weeks of work that are typed, approved and stated, in every shape that is paid by: each is read back by a reader of its kind, and
//! written for the programs that `cargo xtask pay` opens them with.

use std::path::PathBuf;
use std::sync::Arc;

use calamine::{Data, Reader as _, Xlsx};
use offdesk_actions::handoffs::{Move, move_handoff};
use offdesk_actions::pay::file::PayFile;
use offdesk_actions::pay::journal::Tool;
use offdesk_actions::pay::statement::to_table;
use offdesk_actions::pay::{
    NewDetails, NewPayment, NewReturn, NewRun, PersonPayChange, WantedFile, change_pay_of,
    draw_up_statements, load_statement, note_payment, note_returned_payment, set_payer,
    write_desk_journal, write_pay_file,
};
use offdesk_actions::people::NewTerms;
use offdesk_actions::returns::receipts::{NewReceipt, note_receipt};
use offdesk_actions::store::{Address, Store};
use offdesk_domain::pay::file::Kind;

use crate::handed_off::Desk;
use crate::returns::{day, desk_with, noon, two_weeks_approved};
use crate::stores::on_each_store;

const IBAN: &str = "DE89370400440532013000";
const OWN_IBAN: &str = "FR1420041010050500013M02606";

/// A desk on which Ana's two weeks, of nine hours at 20 euros, are approved and stated.
fn stated(store: &Arc<Store>) -> Desk {
    let after = [("2026-11-30", [30, 0, 0, 0, 0]), ("2026-12-07", [0; 5])];
    let desk = desk_with(store, &after, |new| {
        new.terms = Some(NewTerms {
            unit: "hour".to_owned(),
            amount: "20".to_owned(),
            currency: "EUR".to_owned(),
            ..NewTerms::default()
        });
        new.start = Some(day("2026-11-30"));
    });
    let handoff = desk.handoff;
    desk.owns(move |tx, actor| {
        let monday = noon("2026-11-30");
        move_handoff(tx, actor, handoff, Move::Begin, "", None, monday)
    })
    .unwrap();
    two_weeks_approved(&desk);
    let own = NewDetails {
        kind: "bank".to_owned(),
        holder: "Noor's Studio".to_owned(),
        iban: OWN_IBAN.to_owned(),
        ..NewDetails::default()
    };
    let run = NewRun {
        until: Some(day("2026-12-13")),
        ..NewRun::default()
    };
    desk.owns(move |tx, actor| {
        set_payer(tx, actor, &own, noon("2026-12-14"))?;
        draw_up_statements(tx, actor, &run, noon("2026-12-14"))
    })
    .unwrap();
    desk
}

/// The pay file of a kind, with where her money goes by it.
fn pay_file(desk: &Desk, kind: Kind) -> PayFile {
    let (way, is_bank) = match kind {
        Kind::PayPal => ("paypal", false),
        Kind::Wise => ("wise", false),
        Kind::Payoneer => ("payoneer", false),
        Kind::Plain | Kind::Workbook | Kind::Sepa => ("bank", true),
    };
    let text = |is_it: bool, text: &str| if is_it { text } else { "" }.to_owned();
    let details = NewDetails {
        kind: way.to_owned(),
        holder: text(is_bank, "Ana Lee"),
        iban: text(is_bank, IBAN),
        bic: String::new(),
        email: text(!is_bank, "ana@example.net"),
    };
    let person = desk.person();
    let written = desk.owns(move |tx, actor| {
        let change = PersonPayChange {
            details: Some(details),
            ..PersonPayChange::default()
        };
        change_pay_of(tx, actor, person, &change, noon("2026-12-14"))?;
        let wanted = WantedFile {
            kind,
            statements: Vec::new(),
            currency: None,
            day: None,
            again: true,
        };
        write_pay_file(tx, actor, &wanted, noon("2026-12-14"))
    });
    written.unwrap().file
}

/// The rows of a CSV file, as a program reads them.
fn rows(file: &PayFile) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(file.bytes.as_slice());
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        row.iter().map(str::to_owned).collect()
    });
    rows.collect()
}

/// The sheet of a workbook, as a spreadsheet reads it.
fn sheet(bytes: Vec<u8>, name: &str) -> Vec<Vec<Data>> {
    let mut workbook = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let range = workbook.worksheet_range(name).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

fn texts(row: &[Data]) -> Vec<String> {
    row.iter().map(ToString::to_string).collect()
}

const PLAIN: [&str; 9] = [
    "name",
    "email",
    "currency",
    "amount",
    "reference",
    "pay_on",
    "method",
    "account",
    "bic",
];
const WISE: [&str; 8] = [
    "name",
    "recipientEmail",
    "paymentReference",
    "receiverType",
    "amountCurrency",
    "amount",
    "sourceCurrency",
    "targetCurrency",
];

#[test]
fn two_weeks_are_in_every_pay_file() {
    on_each_store("pay_story", |store| {
        let desk = stated(store);
        let plain = rows(&pay_file(&desk, Kind::Plain));
        let row = [
            "Ana",
            "ana@example.com",
            "EUR",
            "180.00",
            "ST-0001",
            "2026-12-14",
            "bank",
            IBAN,
            "",
        ];
        assert_eq!(plain, [PLAIN, row]);
        let row = [
            "ana@example.net",
            "180.00",
            "EUR",
            "ST-0001",
            "ST-0001",
            "PayPal",
        ];
        assert_eq!(rows(&pay_file(&desk, Kind::PayPal)), [row]);
        let row = [
            "Ana",
            "ana@example.net",
            "ST-0001",
            "PERSON",
            "target",
            "180.00",
            "USD",
            "EUR",
        ];
        assert_eq!(rows(&pay_file(&desk, Kind::Wise)), [WISE, row]);
        let head = ["Recipient email", "Amount", "Currency", "Description"];
        let row = ["ana@example.net", "180.00", "EUR", "ST-0001"];
        assert_eq!(rows(&pay_file(&desk, Kind::Payoneer)), [head, row]);
        let workbook = sheet(pay_file(&desk, Kind::Workbook).bytes, "pay");
        assert_eq!(texts(&workbook[0]), PLAIN);
        assert_eq!(workbook[1][3], Data::Float(180.0));
        assert!(matches!(workbook[1][5], Data::DateTime(_)));
        let sepa = String::from_utf8(pay_file(&desk, Kind::Sepa).bytes).unwrap();
        for part in [
            "<CtrlSum>180.00</CtrlSum>",
            "<InstdAmt Ccy=\"EUR\">180.00</InstdAmt>",
            "<IBAN>DE89370400440532013000</IBAN>",
            "<EndToEndId>ST-0001</EndToEndId>",
        ] {
            assert!(sepa.contains(part), "{part} is not in {sepa}");
        }
        desk.is_clean();
    });
}

/// Hours of a statement were texts in a workbook, which no spreadsheet adds up.
#[test]
fn hours_of_a_statement_are_times_in_its_workbook() {
    on_each_store("pay_story_hours", |store| {
        let desk = stated(store);
        let detail = desk.owns(|tx, actor| load_statement(tx, actor, 1)).unwrap();
        let written = to_table(&detail.statement, &|id| detail.activity(id), &|line| {
            detail.about(line)
        });
        let written = written.to_xlsx(noon("2026-12-14").now).unwrap();
        let rows = sheet(written, "statement");
        let time = rows[0].iter().position(|it| *it == "time").unwrap();
        let lines = rows.iter().skip(1).filter_map(|row| match &row[time] {
            Data::DateTime(time) if time.is_duration() => Some(time.as_f64() * 24.0),
            _ => None,
        });
        let hours: f64 = lines.sum();
        assert!((hours - 9.0).abs() < 1e-9, "{hours}");
    });
}

/// Writes the story in every shape, and its journals, into the folder that `OFFDESK_TEST_PAY` names.
#[test]
#[ignore = "writes files for other programs; cargo xtask ci runs it"]
fn files_of_the_story() {
    #[expect(clippy::disallowed_methods, reason = "where xtask wants the files")]
    let folder = PathBuf::from(std::env::var_os("OFFDESK_TEST_PAY").unwrap());
    std::fs::create_dir_all(&folder).unwrap();
    let place = tempfile::tempdir().unwrap();
    let store = Store::open(&Address::File(place.path().join("desk.db"))).unwrap();
    let desk = stated(&Arc::new(store));
    for kind in Kind::ALL {
        let file = pay_file(&desk, kind);
        let ending = file.name.rsplit('.').next().unwrap();
        let name = format!("story-{}.{ending}", kind.word());
        std::fs::write(folder.join(name), file.bytes).unwrap();
    }
    desk.owns(|tx, actor| {
        let now = noon("2026-12-14");
        let mistaken = NewPayment {
            fee: Some("30".to_owned()),
            ..NewPayment::default()
        };
        let paid = note_payment(tx, actor, 1, &mistaken, now)?;
        let payment = paid.payments.last().map_or(0, |made| made.posting);
        let back = NewReturn {
            fee_back: true,
            ..NewReturn::of(offdesk_actions::pay::CameBack::Payment, None)
        };
        note_returned_payment(tx, actor, (1, payment), back, now)?;
        note_payment(tx, actor, 1, &NewPayment::default(), now)?;
        let came_in = NewReceipt {
            amount: "120".to_owned(),
            note: "two; weeks  of \"it\"".to_owned(),
            ..NewReceipt::default()
        };
        note_receipt(tx, actor, &came_in, now)
    })
    .unwrap();
    for (tool, name) in [
        (Tool::Ledger, "story.journal"),
        (Tool::Beancount, "story.beancount"),
    ] {
        let text = desk.owns(move |tx, actor| write_desk_journal(tx, actor, tool));
        std::fs::write(folder.join(name), text.unwrap()).unwrap();
    }
}
