//! Trackers' exports: every known header is told apart, and bad JSON, XML and zip files end in a named problem.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;

use offdesk_import::{Input, Severity, detect, formats};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::collect;

/// Every header line known of a tracker, and the format it belongs to.
const HEADERS: &[(&str, &str)] = &[
    (
        "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,Amount (EUR)",
        "toggl.detailed",
    ),
    (
        "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,Amount ()",
        "toggl.detailed",
    ),
    (
        "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags",
        "toggl.detailed",
    ),
    (
        "User,Project,Description,Start date,Weekday,Duration",
        "toggl.custom",
    ),
    (
        "Member,Project,Description,Start date,Weekday,Duration",
        "toggl.custom",
    ),
    (
        "Project,Start Date,Start Time,Duration,Email",
        "toggl.detailed",
    ),
    (
        "Email,Start date,Start time,Duration,Project,Task,Client,Billable,Description",
        "toggl.detailed",
    ),
    ("Project,Client,Description,Duration", "toggl.summary"),
    ("Client,Project,Duration", "toggl.summary"),
    (
        "Project,Client,Description,Task,User,Group,Email,Tags,Billable,Start Date,Start Time,End Date,End Time,Duration (h),Duration (decimal),Billable Rate (USD),Billable Amount (USD)",
        "clockify.detailed",
    ),
    (
        "Project,Client,Description,Task,User,Group,Email,Tags,Type,Billable,Invoiced,Invoice ID,Start Date,Start Time,End Date,End Time,Duration (h),Duration (decimal),Billable Rate (USD),Billable Amount (USD),Date of creation",
        "clockify.detailed",
    ),
    (
        "Project,Client,Description,Activity,User,Group,Email,Tags,Billable,Start Date,Start Time,End Date,End Time,Duration (h),Duration (decimal),Approval,Approved by",
        "clockify.detailed",
    ),
    (
        "Project,Description,Task,User,Group,Email,Tags,Billable,Start Date,Start Time,End Date,End Time,Client",
        "clockify.detailed",
    ),
    (
        "Proyecto,Cliente,Descripción,Equipo,Usuario,Grupo,Correo,Etiquetas,Facturable,Fecha inicio,Hora inicio,Fecha fin,Hora fin,Duración (h),Duración (decimal),Tarifa (USD),Importe (USD),Fecha creación",
        "clockify.detailed",
    ),
    (
        "Date,Project,Client,Description,Time (h),Time (decimal)",
        "clockify.summary",
    ),
    (
        "Project,Client,Status,Visibility,Billability,Task,Tracked (h)",
        "clockify.projects",
    ),
    (
        "Project,Client,Status,Visibility,Billability,Activities,Tracked (h)",
        "clockify.projects",
    ),
    (
        "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,Invoiced?,Approved?,First Name,Last Name,Department,Employee?",
        "harvest.time",
    ),
    (
        "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,Invoiced?,Approved?,First Name,Last Name,Roles,Employee?,Billable Rate,Billable Amount,Cost Rate,Cost Amount,Currency,External Reference URL",
        "harvest.time",
    ),
    (
        "Date,Client,Project,Task,Notes,Hours,Billable?,Invoiced?,First Name,Last Name,Employee Id,Roles,Employee?,Billable Rate,Billable Amount,Cost Rate,Cost Amount,Currency,External Reference URL",
        "harvest.time",
    ),
    (
        "Date,Client,Project,Project Code,Task,Notes,Hours,Hours Rounded,Billable?,Invoiced?,First Name,Last Name,Employee Id,Roles,Teams,Employee?,Billable Rate,Billable Amount,Cost Rate,Cost Amount,Currency,External Reference URL",
        "harvest.time",
    ),
    (
        "Date,Client,Project,Task,Notes,Hours,First name,Last name",
        "harvest.time",
    ),
    (
        "Date,Client,Project,Task,Notes,Hours,Billable?",
        "harvest.time",
    ),
    (
        "Client,Project,Start Date,End Date,Total Hours,Budget By,Budget,Budget Spent",
        "harvest.projects",
    ),
    ("Client Name,Address", "harvest.clients"),
    (
        "Description,Task,Project,Client,User,Start,End,Duration,Duration (decimal),Billable,Tags",
        "solidtime.report",
    ),
    (
        "id,description,start,end,billable_rate,billable,member_id,user_id,organization_id,client_id,project_id,task_id,tags,is_imported,still_active_email_sent_at,created_at,updated_at",
        "solidtime.time_entries",
    ),
    (
        "description,billable,client,project,tags,start,end,task,user_name,user_email",
        "solidtime.generic",
    ),
    (
        "name,client,billable_default,billable_rate,is_public,is_archived",
        "solidtime.projects",
    ),
    (
        "Date,From,To,Duration,Currency,Price,Internal price,Hourly price,Fixed price,Name,User,E-mail,Staff number,Customer,Project,Activity,Description,Billable,Tags,Type,category,Account,Project number,VAT-ID,Order number",
        "kimai",
    ),
    (
        "Datum,Von,Bis,Dauer,Währung,Preis,Interner Preis,Preis pro Stunde,Festpreis,Name,Benutzer,E-Mail,Personalnummer,Kunde,Projekt,Tätigkeit,Beschreibung,Abrechenbar,Schlagworte,Typ,category,Kundennummer,Projektnummer,Umsatzsteuer-ID,Bestellnummer",
        "kimai",
    ),
    (
        "Date,From,To,Duration,User,Customer,Project,Activity",
        "kimai",
    ),
    (
        "Issue Key,Issue summary,Hours,Work date,Username,Full name,Period,Account Key,Account Name,Project Key,Project Name,Work Description,Billed Hours",
        "tempo",
    ),
    (
        "Ключ запроса,Часов,Дата работы,Имя пользователя,Полное имя,Ключ проекта,Имя проекта,Описание работы,Тарифицируемые часы",
        "tempo",
    ),
    (
        "Summary,Issue key,Issue id,Sprint,Sprint,Watchers,Watchers,Log Work,Original Estimate,Remaining Estimate,Time Spent,Work Ratio,Σ Time Spent",
        "jira.issues",
    ),
    (
        "Organization,Time zone,Date,Project,Task ID,Task,Time,Activity,Earned,Currency,Notes",
        "hubstaff",
    ),
    (
        "Date,Time Spent (seconds),Number of People,Activity,Category,Productivity",
        "rescuetime",
    ),
    (
        "Rank,Time Spent (seconds),Number of People,Activity,Category,Productivity",
        "rescuetime.rank",
    ),
    (
        "Subject,Start Date,Start Time,End Date,End Time,All day event,Reminder on/off,Reminder Date,Reminder Time,Meeting Organizer,Required Attendees,Optional Attendees,Meeting Resources,Billing Information,Categories,Description,Location,Mileage,Priority,Private,Sensitivity,Show time as",
        "outlook.calendar",
    ),
    (
        "Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,Start Date,Due Date,Tags,Notes,Projects,Parent task",
        "asana",
    ),
    (
        "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE",
        "todoist",
    ),
    (
        "Date,Ref ID,Type,Description,Agency,Freelancer,Team,Account Name,PO,Amount,ExchangeRate,Currency,Balance",
        "upwork",
    ),
    ("Name,Work email,Regular hours,Overtime hours", "payroll"),
];

#[test]
fn every_known_header_is_of_one_format() {
    for (line, id) in HEADERS {
        let header: Vec<String> = line.split(',').map(str::to_lowercase).collect();
        let found: Vec<&str> = formats::LAYOUTS
            .iter()
            .filter(|layout| layout.matches(&header))
            .map(|layout| layout.id)
            .collect();
        assert_eq!(found, [*id], "{line}");
        assert_eq!(
            detect::layout_of(&header).map(|layout| layout.id),
            Some(*id)
        );
    }
}

#[test]
fn a_header_of_columns_in_another_order_is_the_same_format() {
    for (line, id) in HEADERS {
        let mut header: Vec<String> = line.split(',').map(str::to_lowercase).collect();
        header.reverse();
        assert_eq!(
            detect::layout_of(&header).map(|layout| layout.id),
            Some(*id),
            "{line}"
        );
    }
}

/// The problem a text ends in, as code, line and column.
fn failure(bytes: impl Into<Vec<u8>>, args: &str) -> (String, Option<u64>) {
    let mut input = Input::memory("export", bytes.into()).unwrap();
    match collect::read(&mut input, &collect::options(args)) {
        Ok((report, _)) => panic!("read as {} with {} entries", report.format, report.entries),
        Err(problem) => {
            assert_eq!(problem.severity, Severity::Fatal);
            assert!(!problem.message.is_empty());
            (problem.code.to_owned(), problem.line)
        }
    }
}

fn toggl(members: &str) -> String {
    format!(
        "[\n{{\"id\":1,\"workspace_id\":1,\"start\":\"2026-02-12T08:00:00Z\",\"stop\":\"2026-02-12T09:00:00Z\",\"duration\":3600}},\n\
         {{\"id\":2,\"workspace_id\":1,\"start\":\"2026-02-12T08:00:00Z\",\"stop\":\"2026-02-12T09:00:00Z\",{members}}}\n]\n"
    )
}

#[test]
fn bad_json_is_a_named_problem_with_its_line() {
    let deep = format!("\"duration\":1,\"x\":{}", "[".repeat(1_000_000));
    let long = format!(
        "\"duration\":1,\"description\":\"{}\"",
        "x".repeat(1_100_000)
    );
    let whole = toggl("\"duration\":3600");
    let cases: Vec<(String, &str, Option<u64>)> = vec![
        (toggl(&deep), "import.depth", Some(3)),
        (toggl(&long), "import.record_too_long", Some(3)),
        (toggl("\"duration\":NaN"), "import.json", Some(3)),
        (toggl("\"duration\":1e400"), "import.json", Some(3)),
        (toggl("\"duration\":-"), "import.json", Some(3)),
        (
            toggl("\"duration\":1,\"duration\":2"),
            "import.json",
            Some(3),
        ),
        (
            toggl("\"duration\":1,\"description\":\"\\ud800\""),
            "import.json",
            Some(3),
        ),
        (
            toggl("\"duration\":1 // a comment\n"),
            "import.json",
            Some(3),
        ),
        (format!("{whole}x"), "import.json", Some(5)),
        (format!("{whole}{whole}"), "import.json", Some(5)),
        (
            whole.trim_end().trim_end_matches(']').to_owned(),
            "import.truncated",
            Some(4),
        ),
        (whole.replace("]", ",7]"), "import.json", Some(4)),
    ];
    for (text, code, line) in cases {
        let shown: String = text.chars().rev().take(60).collect();
        assert_eq!(failure(text, ""), (code.to_owned(), line), "{shown}");
    }
    assert_eq!(
        failure("[".repeat(1_000_000), "format=toggl.api").0,
        "import.depth"
    );
    assert_eq!(
        failure("{\"a\":".repeat(100_000), "format=clockify.api").0,
        "import.depth"
    );
}

#[test]
fn members_in_another_place_are_a_named_problem() {
    let cases = [
        ("{\"rows\":[[1]],\"row_headers\":[\"Date\"]}", "import.json"),
        (
            "{\"row_headers\":[\"Date\",\"Hours\"],\"rows\":[[\"2026-02-12\",1]]}",
            "import.no_duration",
        ),
        (
            "{\"row_headers\":[],\"row_headers\":[],\"rows\":[]}",
            "import.json",
        ),
        (
            "{\"row_headers\":[],\"rows\":[],\"rows\":[]}",
            "import.json",
        ),
        ("{\"row_headers\":[],\"rows\":{}}", "import.json"),
        ("{\"row_headers\":[],\"rows\":[]}]", "import.json"),
        ("{\"row_headers\":[],\"rows\":[", "import.truncated"),
    ];
    for (text, code) in cases {
        assert_eq!(failure(text, "").0, code, "{text}");
    }
}

#[test]
fn bad_xml_is_a_named_problem() {
    let feed = |item: &str| {
        format!(
            "<rss version=\"0.92\">\n<channel>\n<item><key id=\"1\">A-1</key>{item}</item>\n</channel>\n</rss>\n"
        )
    };
    let cases = [
        (feed(&"<a>".repeat(100_000)), "import.depth"),
        (feed(&"x".repeat(1_300_000)), "import.record_too_long"),
        (feed("<timespent seconds=\"60\">"), "import.xml"),
        (feed("</item>"), "import.xml"),
        (feed("").replace("</rss>", ""), "import.truncated"),
        (feed("<summary"), "import.xml"),
    ];
    for (text, code) in cases {
        assert_eq!(failure(text.clone(), "").0, code, "{:.200}", text);
    }
    // Entities of the file's own making stay as they are.
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>".to_owned()
        + &feed("<summary>&b;</summary><timespent seconds=\"60\"/>");
    let mut input = Input::memory("export", bomb.into_bytes()).unwrap();
    let asked = collect::options("from=2026-01-05 to=2026-03-27");
    let (report, collect) = collect::read(&mut input, &asked).unwrap();
    assert_eq!(report.entries, 1);
    assert!(collect.lines[0].contains("task=&b;"), "{:?}", collect.lines);
}

/// Seen in review: a ranking of RescueTime's API was taken for one week.
#[test]
fn totals_without_dates_ask_for_their_days() {
    let ranking = r#"{"notes":"","row_headers":["Rank","Time Spent (seconds)","Number of People","Activity","Category","Productivity"],
        "rows":[[1,36000,1,"mail.example","Email",0]]}"#;
    assert_eq!(failure(ranking.to_owned(), "").0, "import.no_period");
    let mut input = Input::memory("export", ranking.as_bytes().to_vec()).unwrap();
    let asked = collect::options("from=2026-01-05 to=2026-03-27");
    let (report, _) = collect::read(&mut input, &asked).unwrap();
    assert_eq!(report.entries, 1);
    assert!(report.days.is_some());
}

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const HEADER: &[u8] = b"id,start,end,member_id,organization_id\n";

#[test]
fn sec_17_sec_18_a_bad_zip_is_a_named_problem() {
    let entries: (&str, &[u8]) = ("time_entries.csv", HEADER);
    let mut swollen = HEADER.to_vec();
    swollen.resize(40 * 1024 * 1024, b'\n');
    let mut endless = HEADER.to_vec();
    endless.extend_from_slice(b"1,\"2026");
    endless.resize(3 * 1024 * 1024, b'7');
    let good = zip_of(&[entries]);
    let mut locked = good.clone();
    for (magic, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = memchr::memmem::find(&locked, magic).unwrap();
        locked[at + flags] |= 1;
    }
    let mut crowd = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..10_001 {
        let name = format!("{index}/members.csv");
        crowd
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
    }
    let mut damaged = zip_of(&[(
        "time_entries.csv",
        b"id,start,end\n1,2026-02-12T08:00:00Z,2026-02-12T09:00:00Z\n",
    )]);
    let at = memchr::memmem::find(&damaged, b"PK\x01\x02").unwrap();
    damaged[at - 10] ^= 0xff;
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (zip_of(&[("time_entries.csv", &swollen)]), "import.zip_bomb"),
        (
            zip_of(&[("time_entries.csv", &endless)]),
            "import.record_too_long",
        ),
        (crowd.finish().unwrap().into_inner(), "import.zip_bomb"),
        (zip_of(&[entries, ("../evil.csv", b"x")]), "import.zip_path"),
        (zip_of(&[entries, ("/etc/evil", b"x")]), "import.zip_path"),
        (zip_of(&[entries, ("C:\\evil", b"x")]), "import.zip_path"),
        (zip_of(&[entries, ("a\\..\\b", b"x")]), "import.zip_path"),
        (locked, "import.zip_locked"),
        (good[..good.len() - 30].to_vec(), "import.zip"),
        (damaged, "import.zip"),
        (zip_of(&[("members.csv", b"id\n")]), "import.zip_incomplete"),
        (
            zip_of(&[("time_entries.csv", b"id,end\n")]),
            "import.zip_incomplete",
        ),
    ];
    for (index, (bytes, code)) in cases.into_iter().enumerate() {
        assert_eq!(failure(bytes, "").0, code, "case {index}");
    }
}

#[test]
fn bad_rows_in_a_zip_are_told_by_line() {
    let rows = b"id,start,end,description\n\
        1,2026-02-12T08:00:00Z,2026-02-12T09:00:00Z,\"a\nb\"\n\
        2,2026-02-12T08:00:00Z\n\
        3,2026-02-12T08:00:00Z,2026-02-12T07:00:00Z,x\n\
        4,2026-02-12T08:00:00Z,2026-02-12T09:00:00Z,\xff\xfe\n\
        5,2026-02-12T08:00:00Z,2026-02-12T09:00:00Z,last";
    let mut input = Input::memory("e.zip", zip_of(&[("x/time_entries.csv", rows)])).unwrap();
    let (report, collect) = collect::read(&mut input, &collect::options("")).unwrap();
    let problems: Vec<(&str, Option<u64>)> = report
        .problems
        .iter()
        .map(|problem| (problem.code, problem.line))
        .collect();
    assert_eq!(
        problems,
        [
            ("import.field_count", Some(4)),
            ("import.negative", Some(5)),
            ("import.encoding", Some(6)),
        ]
    );
    assert_eq!((report.rows, report.entries), (5, 2));
    assert_eq!(collect.seconds, 7200);
}

/// A file cut anywhere is read in part or refused, but never taken for more than it holds, and never a crash.
#[test]
fn cut_files_never_give_more() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    for name in [
        "toggl/api-v9.json",
        "toggl/api-report-v3.json",
        "clockify/api.json",
        "clockify/api-report.json",
        "kimai/api-full.json",
        "rescuetime/api.json",
        "jira/issues.xml",
        "solidtime/export.zip",
        "jira/issues.csv",
        "kimai/en.csv",
        "outlook/en.csv",
    ] {
        let bytes = fs::read(samples.join(name)).unwrap();
        let mut args = "tz=Europe/Berlin order=mdy".to_owned();
        if name == "jira/issues.xml" {
            args += " from=2026-01-05 to=2026-03-27";
        }
        let options = collect::options(&args);
        let mut input = Input::memory(name, bytes.clone()).unwrap();
        let whole = collect::read(&mut input, &options).unwrap().0.rows;
        for end in (1..bytes.len()).step_by(7) {
            let mut input = Input::memory(name, bytes[..end].to_vec()).unwrap();
            if let Ok((report, _)) = collect::read(&mut input, &options) {
                assert!(report.rows <= whole, "{name} cut after {end} bytes");
                assert!(
                    !name.ends_with("json") && !name.ends_with("xml"),
                    "{name} {end}"
                );
            }
        }
        // Every 31st byte turned over, one at a time.
        for at in (0..bytes.len()).step_by(31) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x55;
            let mut input = Input::memory(name, flipped).unwrap();
            let _ = collect::read(&mut input, &options);
        }
    }
}
