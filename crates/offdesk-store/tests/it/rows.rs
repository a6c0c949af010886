//! Rows for the tests, each with a number for its id.

use offdesk_store::Uuid;
use offdesk_store::accounts::AccountRow;
use offdesk_store::activities::{ActivityRow, PriceRow};
use offdesk_store::assignments::AssignmentRow;
use offdesk_store::assignments::deliverables::DeliverableRow;
use offdesk_store::assignments::files::FileRow;
use offdesk_store::assignments::questions::QuestionRow;
use offdesk_store::assignments::reviews::{FindingRow, ReviewRow};
use offdesk_store::assignments::supervision::SupervisionRow;
use offdesk_store::blueprints::BlueprintRow;
use offdesk_store::blueprints::test_runs::TestRunRow;
use offdesk_store::blueprints::versions::VersionRow;
use offdesk_store::entries::{EntryRow, EntryView};
use offdesk_store::events::EventRow;
use offdesk_store::handoffs::events::HandoffEventRow;
use offdesk_store::handoffs::{HandoffRow, ScopeRow};
use offdesk_store::members::InvitationRow;
use offdesk_store::options::OptionRow;
use offdesk_store::pay::bills::{BillLineRow, BillRow};
use offdesk_store::pay::person_pay::PersonPayRow;
use offdesk_store::pay::postings::PostingRow;
use offdesk_store::pay::statements::StatementRow;
use offdesk_store::people::PersonRow;
use offdesk_store::people::access::AccessRow;
use offdesk_store::people::terms::TermsRow;
use offdesk_store::recurrences::RecurrenceRow;
use offdesk_store::sessions::SessionRow;
use offdesk_store::sources::SourceRow;
use offdesk_store::tokens::TokenRow;
use offdesk_store::uploads::UploadRow;
use offdesk_store::wordings::WordingRow;
use offdesk_store::workspaces::WorkspaceRow;
use offdesk_store::worths::WorthRow;

/// The one workspace: account 1, activity 2, wording 3, source 4.
pub const A: Uuid = Uuid::from_u128(0xa);
/// The other one: account 101, activity 102, wording 103, source 104.
pub const B: Uuid = Uuid::from_u128(0xb);

pub const fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Text with what is easily lost on the way: quotes, a letter of four bytes, blanks at the end.
pub const TEXT: &str = "Grüße, \"Noor\" 🙂 '; -- \\ ";

pub fn account(number: u128) -> AccountRow {
    AccountRow {
        id: id(number),
        email: format!("{number}@example.com"),
        name: TEXT.to_owned(),
        password_hash: "$argon2id$v=19$x".to_owned(),
        totp_secret: String::new(),
        totp_step: 0,
        created_at: 1,
        version: 1,
    }
}

pub fn workspace(workspace: Uuid) -> WorkspaceRow {
    WorkspaceRow {
        id: workspace,
        name: TEXT.to_owned(),
        currency: "USD".to_owned(),
        place: "US".to_owned(),
        zone: String::new(),
        weeks_per_year: "48".to_owned(),
        working_day: (420, 1_140),
        is_demo: false,
        revision: 1,
        created_at: 1,
        version: 1,
    }
}

pub fn activity(number: u128, name: &str) -> ActivityRow {
    ActivityRow {
        id: id(number),
        name: name.to_owned(),
        name_key: name.to_lowercase(),
        stays: None,
        price: Some(PriceRow {
            low: "13.20".to_owned(),
            likely: "18".to_owned(),
            high: "24.1".to_owned(),
            currency: "USD".to_owned(),
            place: "US".to_owned(),
            occupation: None,
            confidence: 81,
            source: TEXT.to_owned(),
            is_own: true,
        }),
        is_rest_of_list: false,
        judgement: None,
        judgement_reason: String::new(),
        back_day: None,
        judged_gain: None,
        created_at: 1,
        version: 1,
    }
}

pub fn wording(number: u128, activity: u128) -> WordingRow {
    WordingRow {
        id: id(number),
        digest: number.to_be_bytes(),
        description: TEXT.to_owned(),
        project: String::new(),
        task: "t".to_owned(),
        tags: String::new(),
        activity_id: id(activity),
    }
}

pub fn source(number: u128, place: i64) -> SourceRow {
    SourceRow {
        id: id(number),
        number: place,
        format: "toggl.detailed".to_owned(),
        label: "Toggl".to_owned(),
        file: TEXT.to_owned(),
        digest: number.to_be_bytes().to_vec(),
        kind: "measured".to_owned(),
        rows: 0,
        entries: 0,
        seconds: 0,
        skipped: 0,
        bad: 0,
        days: Some((-3, 20_000)),
        has_totals: false,
        remarks: "{}".to_owned(),
        state: "published".to_owned(),
        created_by: id(1),
        created_at: 1,
        version: 1,
    }
}

/// An entry of an hour on a day.
pub fn entry(number: u128, source: u128, wording: u128, day: Option<i64>) -> EntryRow {
    EntryRow {
        id: id(number),
        source_id: id(source),
        wording_id: id(wording),
        person: "Noor".to_owned(),
        client: String::new(),
        project: TEXT.to_owned(),
        task: String::new(),
        tags: "a, b".to_owned(),
        description: TEXT.to_owned(),
        day,
        span: day.map(|day| (day * 86_400, day * 86_400 + 3600)),
        seconds: 3600,
        counted: 3600,
        is_counted: true,
        line: i64::try_from(number).unwrap(),
        fingerprint: i64::MIN,
        external_id: String::new(),
    }
}

/// An entry as it is shown.
pub fn view(entry: &EntryRow) -> EntryView<'_> {
    EntryView {
        id: entry.id,
        source_id: entry.source_id,
        person: &entry.person,
        client: &entry.client,
        project: &entry.project,
        task: &entry.task,
        tags: &entry.tags,
        description: &entry.description,
        day: entry.day,
        span: entry.span,
        seconds: entry.seconds,
        counted: entry.counted,
    }
}

pub fn session(number: u128, account: u128, workspace: Option<Uuid>) -> SessionRow {
    SessionRow {
        id: id(number),
        account_id: id(account),
        workspace_id: workspace,
        agent: TEXT.to_owned(),
        created_at: 1,
        seen_at: 1,
        expires_at: 100,
        idle_micros: 50,
        is_verified: true,
        has_factor: false,
    }
}

pub fn token(number: u128, account: u128) -> TokenRow {
    TokenRow {
        id: id(number),
        account_id: id(account),
        name: TEXT.to_owned(),
        scopes: "read edit".to_owned(),
        created_at: 1,
        used_at: None,
        revoked_at: None,
        expires_at: None,
    }
}

pub fn worth(number: u128, from_day: i64) -> WorthRow {
    WorthRow {
        id: id(number),
        from_day,
        basis: "stated".to_owned(),
        figures: "{\"rate\":\"75\"}".to_owned(),
        multiple: "2".to_owned(),
        hour: "75".to_owned(),
        target: "150".to_owned(),
        ceiling: "75".to_owned(),
        currency: "USD".to_owned(),
        created_at: 1,
    }
}

pub fn upload(number: u128, state: &str) -> UploadRow {
    UploadRow {
        id: id(number),
        account_id: id(1),
        file: TEXT.to_owned(),
        length: 8,
        received: 0,
        state: state.to_owned(),
        choices: "{}".to_owned(),
        source_id: None,
        error: String::new(),
        claimed_until: None,
        created_at: i64::try_from(number).unwrap(),
        version: 1,
        door: "api".to_owned(),
    }
}

pub fn event(number: u128, account: u128) -> EventRow {
    EventRow {
        id: id(number),
        at: i64::try_from(number).unwrap(),
        account_id: id(account),
        account_name: TEXT.to_owned(),
        door: "cli".to_owned(),
        action: "log_time".to_owned(),
        object: TEXT.to_owned(),
        detail: String::new(),
    }
}

pub fn blueprint(number: u128, activity: Option<u128>) -> BlueprintRow {
    BlueprintRow {
        id: id(number),
        title: TEXT.to_owned(),
        owner: "Noor".to_owned(),
        activity_id: activity.map(id),
        latest: 1,
        published: 0,
        missing: "G1 G5".to_owned(),
        review_day: Some(20_700),
        import_id: None,
        created_at: 1,
        changed_at: i64::try_from(number).unwrap(),
        version: 1,
    }
}

pub fn version(blueprint: u128, number: i64) -> VersionRow {
    VersionRow {
        blueprint_id: id(blueprint),
        number,
        text: format!("# {TEXT}\n\n## Steps\n\n1. {TEXT}\n"),
        note: TEXT.to_owned(),
        author_id: id(1),
        author: TEXT.to_owned(),
        changed_at: 5,
        published: None,
        is_untested: false,
        replaced: TEXT.to_owned(),
    }
}

pub fn test_run(blueprint: u128, number: i64) -> TestRunRow {
    TestRunRow {
        blueprint_id: id(blueprint),
        id: id(700),
        number,
        person: TEXT.to_owned(),
        questions: 3,
        note: TEXT.to_owned(),
        noted_by: id(1),
        created_at: 6,
        text_hash: "5e884898".to_owned(),
    }
}

pub fn option(activity: u128, place: i64) -> OptionRow {
    OptionRow {
        activity_id: id(activity),
        place,
        name: TEXT.to_owned(),
        kind: "freelancer".to_owned(),
        figures: "{\"rate\":[8,14,25]}".to_owned(),
        currency: "USD".to_owned(),
        created_at: 1,
    }
}

pub fn person(number: u128) -> PersonRow {
    PersonRow {
        id: id(number),
        kind: "freelancer".to_owned(),
        name: TEXT.to_owned(),
        email: "noor@example.com".to_owned(),
        place: "PH".to_owned(),
        zone: "Asia/Manila".to_owned(),
        working_hours: "Mon to Fri, 9 to 13".to_owned(),
        languages: "English, Filipino".to_owned(),
        skills: TEXT.to_owned(),
        capacity_per_week: Some(72_000),
        fees: "5 % of Upwork".to_owned(),
        notes: TEXT.to_owned(),
        account_id: None,
        off_until: Some(20_710),
        state: "active".to_owned(),
        created_at: 1,
        changed_at: 2,
        version: 1,
    }
}

pub fn terms(person: u128, number: u128, from_day: i64) -> TermsRow {
    TermsRow {
        person_id: id(person),
        id: id(number),
        from_day,
        unit: "hour".to_owned(),
        amount: "14.00".to_owned(),
        currency: "USD".to_owned(),
        note: TEXT.to_owned(),
        created_at: 3,
    }
}

pub fn access(person: u128, number: u128) -> AccessRow {
    AccessRow {
        person_id: id(person),
        id: id(number),
        what: "Booking system".to_owned(),
        location: TEXT.to_owned(),
        granted_day: 20_700,
        revoked_day: None,
        created_at: 4,
    }
}

pub fn invitation(number: u128) -> InvitationRow {
    InvitationRow {
        id: id(number),
        email: "noor@example.com".to_owned(),
        role: "worker".to_owned(),
        created_at: 1,
        expires_at: 1_000,
    }
}

pub fn handoff(number: u128, (activity, blueprint, person): (u128, u128, u128)) -> HandoffRow {
    HandoffRow {
        id: id(number),
        activity_id: id(activity),
        blueprint_id: id(blueprint),
        person_id: id(person),
        reason: "focus".to_owned(),
        agreed: ScopeRow {
            unit: "hour".to_owned(),
            amount: "14.00".to_owned(),
            currency: "USD".to_owned(),
            blueprint_number: 1,
            start_day: 20_720,
        },
        change: None,
        change_note: String::new(),
        expected: "{\"hours_per_week\":6.5}".to_owned(),
        note: TEXT.to_owned(),
        sent_by: "owner".to_owned(),
        is_critical: false,
        rung: 0,
        in_a_row: 10,
        clean_in_row: 0,
        answer_by_hours: 24,
        accept_after_days: 7,
        trial_length: 3,
        trial_done: 0,
        state: "proposed".to_owned(),
        paused_from: None,
        end_reason: None,
        created_by: id(1),
        created_at: 5,
        changed_at: i64::try_from(number).unwrap(),
        version: 1,
    }
}

pub fn handoff_event(handoff: u128, number: u128, state: &str) -> HandoffEventRow {
    HandoffEventRow {
        handoff_id: id(handoff),
        id: id(number),
        event: "propose".to_owned(),
        state: state.to_owned(),
        detail: TEXT.to_owned(),
        account_id: id(1),
        account_name: TEXT.to_owned(),
        door: "cli".to_owned(),
        at: 6,
    }
}

pub fn assignment(
    number: u128,
    place: i64,
    (handoff, person, blueprint): (u128, u128, u128),
) -> AssignmentRow {
    AssignmentRow {
        id: id(number),
        number: place,
        handoff_id: id(handoff),
        person_id: id(person),
        blueprint_id: id(blueprint),
        blueprint_number: 1,
        title: TEXT.to_owned(),
        note: TEXT.to_owned(),
        unit: "assignment".to_owned(),
        amount: "20.00".to_owned(),
        currency: "USD".to_owned(),
        due_at: 1_000,
        state: "assigned".to_owned(),
        answer_by: Some(900),
        waiting_since: None,
        open_questions: 0,
        accept_at: None,
        accepted_at: None,
        acceptance: None,
        rounds: 0,
        returns: 0,
        on_time: None,
        picked: None,
        has_fault: false,
        is_trial: true,
        seconds: 0,
        recurrence_id: None,
        occurrence: None,
        missed_why: None,
        wake_at: Some(900),
        agreed_at: None,
        before: None,
        answer_by_hours: 24,
        accept_after_days: 7,
        delivered_at: None,
        created_by: id(1),
        created_at: 1,
        changed_at: 1,
        version: 1,
    }
}

pub fn recurrence(number: u128, handoff: u128) -> RecurrenceRow {
    RecurrenceRow {
        id: id(number),
        handoff_id: id(handoff),
        title: TEXT.to_owned(),
        note: TEXT.to_owned(),
        rule: "FREQ=WEEKLY;BYDAY=MO".to_owned(),
        start_wall: 1_000,
        zone: "Europe/Berlin".to_owned(),
        off_weekdays: 96,
        off_days: "2026-05-01 2026-12-25".to_owned(),
        lead_hours: 48,
        done_wall: None,
        next_at: Some(5_000),
        state: "active".to_owned(),
        created_by: id(1),
        created_at: 1,
        changed_at: 1,
        version: 1,
    }
}

pub fn question(assignment: u128, number: u128) -> QuestionRow {
    QuestionRow {
        assignment_id: id(assignment),
        id: id(number),
        step: Some(2),
        blueprint_number: 1,
        text: TEXT.to_owned(),
        asked_by: id(1),
        asked_at: 10,
        answer_by: Some(20),
        answer: String::new(),
        answered: None,
        draft_number: None,
    }
}

pub fn supervision(handoff: u128, number: u128, assignment: Option<u128>) -> SupervisionRow {
    SupervisionRow {
        handoff_id: id(handoff),
        id: id(number),
        assignment_id: assignment.map(id),
        kind: "reviewing".to_owned(),
        captured: 90,
        seconds: 90,
        account_id: id(1),
        created_at: 10,
        version: 1,
    }
}

pub fn deliverable(assignment: u128, round: i64) -> DeliverableRow {
    DeliverableRow {
        assignment_id: id(assignment),
        round,
        blueprint_number: 1,
        text: TEXT.to_owned(),
        link: "https://example.com/report".to_owned(),
        drawn: i64::MAX,
        one_in: 10,
        created_by: id(1),
        created_at: 12,
        ticked: Some("1 3".to_owned()),
    }
}

pub fn review(assignment: u128, round: i64, verdict: &str) -> ReviewRow {
    ReviewRow {
        assignment_id: id(assignment),
        round,
        verdict: verdict.to_owned(),
        met: "1 3".to_owned(),
        note: TEXT.to_owned(),
        reviewed_by: id(1),
        created_at: 13,
    }
}

pub fn finding(assignment: u128, number: u128, round: i64) -> FindingRow {
    FindingRow {
        assignment_id: id(assignment),
        id: id(number),
        round,
        kind: "fault".to_owned(),
        step: Some(2),
        criterion: None,
        text: TEXT.to_owned(),
        is_escape: false,
        found_by: id(1),
        created_at: 14,
    }
}

pub fn file(number: u128, assignment: u128, length: i64) -> FileRow {
    FileRow {
        id: id(number),
        assignment_id: id(assignment),
        round: None,
        name: TEXT.to_owned(),
        length,
        received: 0,
        created_by: id(1),
        created_at: 11,
        version: 1,
    }
}

pub fn earned(number: i64, person: u128, handoff: u128, day: i64) -> PostingRow {
    PostingRow {
        number,
        at: 20,
        kind: "earned".to_owned(),
        person_id: id(person),
        currency: "USD".to_owned(),
        of_number: None,
        statement: None,
        handoff_id: Some(id(handoff)),
        activity_id: Some(id(2)),
        assignment_id: None,
        day: Some(day),
        counted: Some("seconds".to_owned()),
        quantity: Some(5_400),
        quantity_of: None,
        unit: Some("hour".to_owned()),
        amount: Some("14.00".to_owned()),
        fee: None,
        exchange: None,
        note: String::new(),
        hash: vec![7; 32],
    }
}

/// A posting of a kind about a statement.
pub fn about(kind: &str, number: i64, person: u128, statement: i64) -> PostingRow {
    PostingRow {
        kind: kind.to_owned(),
        statement: Some(statement),
        handoff_id: None,
        activity_id: None,
        day: None,
        counted: None,
        quantity: None,
        unit: None,
        amount: None,
        ..earned(number, person, 0, 0)
    }
}

pub fn statement(number: i64, person: u128, to_day: i64) -> StatementRow {
    StatementRow {
        number,
        person_id: id(person),
        currency: "USD".to_owned(),
        days: (to_day - 6, to_day),
        rounding: "exact_sum".to_owned(),
        sum: "21.00".to_owned(),
        carried: "0.00".to_owned(),
        state: "open".to_owned(),
        owed: "21.00".to_owned(),
        created_at: 30,
        version: 1,
        bill: None,
    }
}

pub fn bill(own: u128, person: u128, number: &str) -> BillRow {
    BillRow {
        id: id(own),
        person_id: id(person),
        number: number.to_owned(),
        number_key: number.to_lowercase(),
        day: 20_760,
        days: (20_720, 20_750),
        currency: "USD".to_owned(),
        tax: "4.41".to_owned(),
        note: TEXT.to_owned(),
        said: String::new(),
        state: "received".to_owned(),
        statement: None,
        created_by: id(1),
        created_at: 40,
        changed_at: 40,
        version: 1,
    }
}

pub fn bill_line(amount: &str) -> BillLineRow {
    BillLineRow {
        text: TEXT.to_owned(),
        assignment_id: None,
        day: Some(20_730),
        amount: amount.to_owned(),
    }
}

pub fn person_pay(person: u128) -> PersonPayRow {
    PersonPayRow {
        person_id: id(person),
        cycle: "weekly".to_owned(),
        rounding: "each_cell".to_owned(),
        kind: "bank".to_owned(),
        holder: TEXT.to_owned(),
        iban: "DE89370400440532013000".to_owned(),
        bic: String::new(),
        email: String::new(),
        changed_at: 8,
        version: 0,
    }
}
