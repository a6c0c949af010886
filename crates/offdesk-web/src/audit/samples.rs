//! Reports made by hand for tests: the usual one, short data, nothing to gain, no prices, hostile names.

use offdesk_actions::audit::{AuditReport, Severity, SourceProblem, SourceReport};
use offdesk_domain::audit::{Activity, Frame, Mix, Stays, audit};
use offdesk_domain::time::Period;
use offdesk_domain::{
    Basis, Currency, Day, EntryKind, Place, Price, PriceRange, Reading, Seconds, Why, Worth,
};
use rust_decimal::Decimal;

pub fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn day(text: &str) -> Day {
    Day::from_date(text.parse().unwrap())
}

/// The day all sample pages are made.
pub fn today() -> Day {
    day("2026-04-13")
}

fn seconds(hours: &str) -> Seconds {
    Seconds((d(hours) * d("3600")).round().to_string().parse().unwrap())
}

/// An activity with so many hours a week over ten weeks, and a price or none.
pub fn activity(name: &str, hours_a_week: &str, price: Option<(&str, &str)>) -> Activity {
    let mut mix = Mix::default();
    mix.add(EntryKind::Measured, Seconds(seconds(hours_a_week).0 * 10));
    Activity {
        name: name.to_owned(),
        entries: 34,
        mix,
        price: price.map(|(likely, code)| Price {
            place: Place::US,
            currency: Currency::USD,
            range: PriceRange::new(
                (d(likely) * d("0.7")).round_dp(2),
                d(likely),
                (d(likely) * d("1.45")).round_dp(2),
            ),
            occupation: Some(code.to_owned()),
            confidence: 78,
            source: format!(
                "U.S. Bureau of Labor Statistics, OEWS, May 2024, SOC {code}, 10th percentile, median and 90th percentile: employee wage, before the employer's share and fees"
            ),
            why: Why {
                readings: vec![Reading {
                    occupation: code.parse().unwrap(),
                    title: "An occupation",
                    confidence: 78,
                }],
                words: vec!["inbox".to_owned()],
            },
        }),
        stays: None,
        is_rest_of_list: false,
        hours_each: None,
        blueprint: offdesk_domain::audit::Blueprint::None,
    }
}

fn source(file: &str, label: &str, kind: EntryKind, entries: u64, hours: &str) -> SourceReport {
    SourceReport {
        file: file.to_owned(),
        format: if kind == EntryKind::Implied {
            "ics"
        } else {
            "clockify.detailed"
        }
        .to_owned(),
        label: label.to_owned(),
        kind: Some(kind),
        rows: entries,
        entries,
        seconds: seconds(hours),
        ..SourceReport::default()
    }
}

/// A report over ten weeks of the given activities at a worth of 90.
pub fn of(activities: Vec<Activity>) -> AuditReport {
    between(activities, "2026-02-02", "2026-04-12", None)
}

fn between(activities: Vec<Activity>, from: &str, to: &str, ceiling: Option<&str>) -> AuditReport {
    let period = Period {
        from: day(from),
        to: day(to),
    };
    let frame = Frame {
        worth: Worth::new(
            Basis::Made {
                income: d("186300"),
                hours_worked: d("2070"),
            },
            Currency::USD,
            Decimal::TWO,
            ceiling.map(d),
        )
        .unwrap(),
        period: Some(period),
        weeks: period.weeks(),
        days_logged: 10,
        weeks_per_year: d("46"),
    };
    AuditReport {
        price_basis: "US employee wages".to_owned(),
        audit: audit(frame, activities),
        sources: vec![source(
            "clockify.csv",
            "Clockify detailed report, Spanish, day-first dates",
            EntryKind::Measured,
            861,
            "440",
        )],
        failed: Vec::new(),
        place: Place::US,
        unused_prices: Vec::new(),
    }
}

fn usual_activities() -> Vec<Activity> {
    let mut sales = activity("Talks with key clients", "4", Some(("38", "41-3091")));
    sales.stays = Some(Stays::Mine);
    let mut lunch = activity("Lunch", "2.5", None);
    lunch.stays = Some(Stays::Rest);
    let mut own = activity("Ordering parts", "3", Some(("28", "43-3061")));
    if let Some(price) = &mut own.price {
        price.occupation = None;
        price.confidence = 100;
        price.source = "your own price".to_owned();
        price.why = Why::default();
        price.range = PriceRange::new(d("25"), d("28"), d("32"));
    }
    let mut calendar = activity("Planning the week", "1.2", Some(("41.5", "11-3012")));
    calendar.mix = Mix {
        implied: calendar.mix.total(),
        ..Mix::default()
    };
    let mut rest = activity("Everything else", "1.1", None);
    rest.is_rest_of_list = true;
    vec![
        activity("Strategy and partners", "3", Some(("190", "11-1021"))),
        activity(
            "Architecture of client systems",
            "6.5",
            Some(("118.4", "15-1252")),
        ),
        activity("Legal questions", "2", Some(("92", "23-1011"))),
        activity("Booking and reminders", "6", Some(("18", "43-4171"))),
        activity("First-line questions", "5", Some(("21", "43-4051"))),
        own,
        activity(
            "Invoices and bank matching",
            "3.4",
            Some(("23.5", "43-3031")),
        ),
        activity("Newsletter and posts", "2.2", Some(("32", "27-3043"))),
        activity("Website fixes", "1.6", Some(("45", "15-1254"))),
        activity("Travel and expense sheets", "0.8", Some(("22", "43-3031"))),
        calendar,
        activity("Meridian Q2", "1.8", None),
        sales,
        lunch,
        rest,
    ]
}

/// Fifteen activities of every kind over ten weeks, two files.
pub fn usual() -> AuditReport {
    let mut report = of(usual_activities());
    report.sources[0].decisions = vec![
        "comma-separated, UTF-8".to_owned(),
        "12/02/2026 read as 12 February".to_owned(),
    ];
    for (line, value) in [(17, "0:00"), (402, "-")] {
        let problem = SourceProblem::bad("import.no_duration", "there is no duration");
        report.sources[0].remark(problem.at(line).column("Duration").value(value));
    }
    report.sources[0]
        .remark(SourceProblem::left_out("import.running", "this entry is still running").at(863));
    report.sources[0].rows = 864;
    report.sources[0].skipped = 3;
    report.sources[0].bad = 2;
    let mut calendar = source(
        "team.ics",
        "Calendar (iCalendar)",
        EntryKind::Implied,
        19,
        "12",
    );
    calendar
        .questions
        .push("These times are in Europe/Lisbon? Say so with --tz".to_owned());
    calendar.remark(SourceProblem::note(
        "import.overlap",
        "7 entries overlap another source; 4.5 h of them are not counted again",
    ));
    report.sources.push(calendar);
    report
}

/// The usual one in a currency without a sign, a hundred times as much.
pub fn francs() -> AuditReport {
    let mut report = usual();
    report.audit.worth.currency = "CHF".parse().unwrap();
    for activity in &mut report.audit.activities {
        if let Some(yearly) = &mut activity.yearly {
            yearly.value *= Decimal::ONE_HUNDRED;
            yearly.price *= Decimal::ONE_HUNDRED;
            yearly.gap *= Decimal::ONE_HUNDRED;
        }
    }
    report
}

/// Two weeks of data.
pub fn short() -> AuditReport {
    let mut activities = usual_activities();
    for activity in &mut activities {
        activity.mix.measured.0 /= 5;
        activity.mix.implied.0 /= 5;
        activity.entries /= 5;
    }
    between(activities, "2026-03-02", "2026-03-13", None)
}

/// All work is dear.
pub fn no_gain() -> AuditReport {
    of(vec![
        activity("Strategy and partners", "10", Some(("190", "11-1021"))),
        activity("Architecture", "20", Some(("118.4", "15-1252"))),
    ])
}

/// No activity has a price, and a file could not be read.
pub fn unpriced() -> AuditReport {
    let mut report = of(vec![
        activity("Meridian Q2", "20", None),
        activity("Halden", "12", None),
    ]);
    let problem = SourceProblem::new(Severity::Fatal, "import.no_date", "no date column found");
    report.failed.push((
        "notes.csv".to_owned(),
        problem.hint("tell which one:  --map date=Day"),
    ));
    report
}

/// A ceiling below the worth.
pub fn with_ceiling() -> AuditReport {
    between(usual_activities(), "2026-02-02", "2026-04-12", Some("30"))
}

/// Many activities with prices from 10 on.
pub fn many(count: u32) -> AuditReport {
    let activities = (1..=count).map(|i| {
        let price = (10 + i * 3).to_string();
        let hours = Decimal::new(i64::from(i), 1).to_string();
        activity(
            &format!("Activity number {i} with a name"),
            &hours,
            Some((&price, &format!("43-{:04}", 1000 + i))),
        )
    });
    of(activities.collect())
}

/// Names made to break a page.
pub fn hostile() -> AuditReport {
    let long = "long".repeat(2500);
    let names = [
        "<script>alert('x')</script>",
        "</title></style><img src=x onerror=alert(1)>",
        "invoice \u{202e}gpj.exe",
        "مراسلات العملاء",
        "\"; rm -rf ~ #",
        "$(reboot)",
        "Tab\tand\nline\u{0}break",
        "請求書の作成と送付とその確認と再送と保管と整理",
        long.as_str(),
    ];
    let mut report = of(names
        .iter()
        .map(|name| activity(name, "3", Some(("18", "43-4171"))))
        .collect());
    report.sources[0].file = "<b>hours</b>.csv".to_owned();
    report.sources[0].questions.push("<i>is it?</i>".to_owned());
    report.failed.push((
        "<u>bad</u>.csv".to_owned(),
        SourceProblem::fatal("import.garbage", "<s>garbage</s>"),
    ));
    report.unused_prices.push("<em>gone</em>".to_owned());
    report
}
