//! Tables and properties of folding and naming.

use proptest::prelude::*;

use super::{Folder, label, levelled};

fn check(text: &str, expected: &str) {
    assert_eq!(Folder::new().fold(text), expected, "{text:?}");
}

#[test]
fn one_kind_of_work_written_differently_is_one_form() {
    let groups: &[&[&str]] = &[
        &[
            "Re: invoice 4711",
            "invoice 4712 – Meyer",
            "invoicing",
            "Invoices",
            "AW: Fwd: Invoice #4713",
            "invoice (4711)",
            "INVOICE",
            "invoice INV-2026-04",
            "invoice for Acme GmbH",
            "Invoice | Meyer & Sons",
            "invoice @ Meyer",
            "Please: invoice 2026-03-01",
            "invoice v2",
            "invoice (Meyer)",
            "invoice 4 March 2026",
            "invoiced",
            "Invoice to 10:30-11:00",
            "WG: invoice, thanks!",
            "invoice – Meyer – 03/2026",
            "hi, invoice anna@example.org",
            "invoice https://example.org/a?b=c",
            "invoice for MEYER",
            "invoice No. 5",
            "Invoice, week 12",
            "ABC-123 invoice",
            "ABC-123: invoice",
            "[ABC-123] invoice",
            "the invoice",
            "ínvoice",
            "inv\u{301}oice",
            "\u{ff29}nvoice",
            "invoice 5pm",
            "invoice may 3rd",
        ],
        &[
            "answering e-mail",
            "Answer emails",
            "answered E-Mails",
            "answer email",
            "RE: Answering  e-mail\t",
        ],
        &["bookkeeping", "Bookkeeping 03/2026", "the bookkeeping (Q3)"],
        &["Rechnung für Meyer GmbH 17", "rechnung meyer gmbh"],
        &[
            "replying to customers",
            "reply to customer",
            "replies, customers",
        ],
        &["Website update", "website updates", "Website: updated"],
        &["Büro aufräumen", "buro aufraumen", "BÜRO AUFRÄUMEN"],
        &["organize files", "organising file", "Organise the files"],
        &["analysis", "analyses", "analyse", "analyzing"],
        &["follow-up", "follow up", "Follow_up", "following up"],
        &["P&L", "p&l", "PL"],
    ];
    for group in groups {
        let mut folder = Folder::new();
        let first = folder.fold(group[0]).to_owned();
        assert!(!first.is_empty(), "{:?}", group[0]);
        for text in *group {
            assert_eq!(folder.fold(text), first, "{text:?}");
        }
    }
}

#[test]
fn forms() {
    check("Re: invoice 4711", "invoic");
    check("bookkeeping", "bookkeep");
    check("book flight", "book flight");
    check("may call the lawyer", "may call lawyer");
    check("march through the backlog", "march through backlog");
    check("call May 3", "call");
    check("call 3 may", "call");
    check("call 3rd of May", "call");
    check(
        "bank reconciliation - Bank Payments",
        "bank reconciliation bank payment",
    );
    check("Prepare agenda for Team Meeting", "prepar agenda team meet");
    check("Setup - SEO", "setup seo");
    check("IT support", "it support");
    check("Sync with Anna", "sync");
    check("Meyer", "meyer");
    check("– Meyer", "meyer");
    check("For Meyer", "meyer");
    check("ALL CAPS – MEYER", "cap meyer");
    check("client's website", "client websit");
    check("don't panic", "dont panic");
    check("re-arranging PPC campaigns", "rearrang ppc campaign");
    check("3D model", "3d model");
    check("vacation 3d", "vacation");
    check("tax/vat", "tax vat");
    check("A/B test", "ab test");
    check("Отчёт", "отчёт");
    check("会議 資料", "会議 資料");
    check("marketing", "marketing");
    check("market research", "market research");
    check("news", "news");
    check("Google Ads", "googl ad");
    check("shipping planning", "ship plan");
    check("wiring and theme", "wiring theme");
    check("bookings", "booking");
    check("networking", "networking");
}

#[test]
fn texts_that_say_nothing() {
    for text in [
        "",
        " ",
        "4711",
        "#4711",
        "2026-03-01",
        "Monday",
        "Re:",
        "Re: Fwd:",
        "10:30",
        "ABC-123",
        "the",
        "–",
        "@",
        "...",
        "()",
        "https://example.org",
        "a@b.example",
        "thanks!",
        "\u{200b}",
        "\0",
        "½",
        "²",
        "🙂",
        "-",
        "3 March",
    ] {
        check(text, "");
    }
}

#[test]
fn labels() {
    let check = |text: &str, expected: &str| assert_eq!(label(text), expected, "{text:?}");
    check("Re: invoice 4711", "Invoice");
    check("invoice 4712 – Meyer", "Invoice");
    check(
        "AW: Fwd: Angebot für die Website",
        "Angebot für die Website",
    );
    check("answering e-mail for Acme Ltd", "Answering e-mail");
    check("bank reconciliation (March 2026)", "Bank reconciliation");
    check("bank reconciliation (Meyer)", "Bank reconciliation");
    check("call with Anna", "Call");
    check("ABC-123 fix login page", "Fix login page");
    check("élan: écrire", "Élan écrire");
    check("4711", "4711");
    check("", "");
    check("Meyer", "Meyer");
    check("payroll for", "Payroll");
    check(
        "write a very long text about everything that happened",
        "Write a very long text about everything that",
    );
    assert_eq!(label(&"x".repeat(200)).chars().count(), 48);
}

#[test]
fn huge_and_deep_texts_are_taken() {
    let mut folder = Folder::new();
    for piece in [
        "(", "a-", "a/", "é", "x ", "Re: ", "– M ", "[1] ", "@", ".", "'s", "\u{301}",
    ] {
        let text = piece.repeat(100_000);
        let _ = folder.fold(&text);
        let _ = label(&text);
    }
    assert_eq!(folder.fold("invoice"), "invoic");
}

proptest! {
    /// The numbers that levelling makes one never make a difference to the normal form.
    #[test]
    fn levelled_texts_have_the_same_form(
        text in "([A-Za-z]{1,4}|[0-9]{1,6}|Re:|week|no|ref|KW|–|\\(|\\)|for|May|é|ü7|-|'s|3d|b2b|#|@|\\.com|:|&|/|_|,| ){0,14}"
    ) {
        let mut level = Vec::new();
        if levelled(&text, &mut level) {
            let level = String::from_utf8(level).unwrap();
            let form = Folder::new().fold(&text).to_owned();
            prop_assert_eq!(form, Folder::new().fold(&level).to_owned());
        }
    }

    #[test]
    fn any_text_folds_to_a_normal_form(text in "\\PC{0,60}") {
        let mut folder = Folder::new();
        let once = folder.fold(&text).to_owned();
        prop_assert!(!once.starts_with(' ') && !once.ends_with(' ') && !once.contains("  "));
        prop_assert!(label(&text).chars().count() <= 48);
        prop_assert_eq!(folder.fold(&once), once.as_str());
    }

    #[test]
    fn words_and_signs_fold_once(text in "([A-Za-z]{1,9}|[0-9]{1,4}|Re:|–|\\(|\\)|for|with|May|é|-|'s|ing|ed|3d|&|/| ){0,12}") {
        let mut folder = Folder::new();
        let once = folder.fold(&text).to_owned();
        prop_assert_eq!(folder.fold(&once), once.as_str());
        let _ = label(&text);
    }

    #[test]
    fn any_bytes_are_taken(text in any::<String>()) {
        let _ = Folder::new().fold(&text);
        let _ = label(&text);
    }
}

/// Found by fuzzing: the steps ran out before the word did.
#[test]
fn bug_long_runs_of_one_letter_fold_once() {
    let mut folder = Folder::new();
    for text in [
        "aballllllllllll",
        &format!("b{}", "l".repeat(60)),
        &format!("an{}", "ing".repeat(30)),
    ] {
        let once = folder.fold(text).to_owned();
        assert_eq!(folder.fold(&once), once, "{text}");
    }
}
