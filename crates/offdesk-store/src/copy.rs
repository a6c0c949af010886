//! All rows of a store, table by table: to copy them into another store, and to tell whether two stores hold the same.

use postgres::types::Type;
use uuid::Uuid;

use crate::database::Insert;
use crate::{Row, Scope, StoreError, Tx, Value};

/// A table's columns with the kinds of their values.
#[derive(Debug, Clone, Copy)]
struct Table {
    name: &'static str,
    columns: &'static str,
    select: &'static str,
    select_one: &'static str,
    insert: &'static str,
    copy: &'static str,
    any: &'static str,
    delete: &'static str,
    kinds: &'static str,
    /// The rows of one person, where it holds something about people.
    own: Option<&'static str>,
}

impl Table {
    fn columns(self) -> impl Iterator<Item = &'static str> {
        self.columns.split(", ")
    }

    fn is_of_workspace(self) -> bool {
        self.columns().any(|column| column == "workspace_id")
    }
}

/// By what the rows of one person are found: in the table itself, or by what it belongs to.
macro_rules! owned {
    (itself) => {
        "own.id = ?"
    };
    (person) => {
        "own.person_id = ?"
    };
    (handoff) => {
        "own.handoff_id IN (SELECT h.id FROM handoff h WHERE h.workspace_id = own.workspace_id AND h.person_id = ?)"
    };
    (assignment) => {
        "own.assignment_id IN (SELECT a.id FROM assignment a WHERE a.workspace_id = own.workspace_id AND a.person_id = ?)"
    };
    (bill) => {
        "own.bill_id IN (SELECT b.id FROM bill b WHERE b.workspace_id = own.workspace_id AND b.person_id = ?)"
    };
    (account) => {
        "own.account_id = (SELECT p.account_id FROM person p WHERE p.workspace_id = own.workspace_id AND p.id = ?)"
    };
}

macro_rules! table {
    ($name:literal, $columns:literal, $marks:literal, $order:literal, $kinds:literal, of $whose:ident) => {
        Table {
            own: Some(concat!(
                "SELECT ",
                $columns,
                " FROM ",
                $name,
                " AS own WHERE own.workspace_id = ? AND ",
                owned!($whose),
                " ORDER BY ",
                $order
            )),
            ..table!($name, $columns, $marks, $order, $kinds)
        }
    };
    ($name:literal, $columns:literal, $marks:literal, $order:literal, $kinds:literal) => {
        Table {
            name: $name,
            columns: $columns,
            select: concat!("SELECT ", $columns, " FROM ", $name, " ORDER BY ", $order),
            select_one: concat!(
                "SELECT ",
                $columns,
                " FROM ",
                $name,
                " WHERE workspace_id = ? ORDER BY ",
                $order
            ),
            insert: concat!(
                "INSERT INTO ",
                $name,
                " (",
                $columns,
                ") VALUES (",
                $marks,
                ")"
            ),
            copy: concat!("COPY ", $name, " (", $columns, ") FROM STDIN BINARY"),
            any: concat!("SELECT 1 FROM ", $name, " LIMIT 1"),
            delete: concat!("DELETE FROM ", $name, " WHERE workspace_id = ?"),
            kinds: $kinds,
            own: None,
        }
    };
}

/// All tables, each after those it refers to. One letter for a column: `i`d, `t`ext, `n`umber, `b`ool, b`y`tes; in capitals where it may be empty.
const COPIED: [Table; 81] = [
    table!("setting", "name, value", "?, ?", "name", "tt"),
    table!(
        "account",
        "id, email, name, password_hash, totp_secret, totp_step, created_at, version",
        "?, ?, ?, ?, ?, ?, ?, ?",
        "id",
        "ittttnnn"
    ),
    table!(
        "recovery_code",
        "account_id, code_hash, used_at",
        "?, ?, ?",
        "account_id, code_hash",
        "iyN"
    ),
    table!(
        "passkey",
        "account_id, id, credential_id, credential, name, created_at, used_at",
        "?, ?, ?, ?, ?, ?, ?",
        "account_id, id",
        "iiyttnN"
    ),
    table!(
        "account_event",
        "account_id, id, at, event, detail, agent, network, door",
        "?, ?, ?, ?, ?, ?, ?, ?",
        "account_id, id",
        "iinttttt"
    ),
    table!(
        "password_reset",
        "account_id, token_hash, expires_at",
        "?, ?, ?",
        "account_id",
        "iyn"
    ),
    table!(
        "ceremony",
        "token_hash, account_id, kind, state, expires_at",
        "?, ?, ?, ?, ?",
        "token_hash",
        "yIttn"
    ),
    table!(
        "mail",
        "id, kind, address, workspace_id, invitation_id, detail, state, tries, unsure, next_at, error, created_at, version",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "id",
        "ittIIttnnntnn"
    ),
    table!(
        "workspace",
        "id, name, currency, place, zone, weeks_per_year, is_demo, revision, created_at, version, needs_factor, idle_days, session_days, day_begins, day_ends",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "id",
        "itttttbnnnbnnnn"
    ),
    table!(
        "member",
        "workspace_id, account_id, role, created_at, suspended_at",
        "?, ?, ?, ?, ?",
        "workspace_id, account_id",
        "iitnN"
    ),
    table!(
        "session",
        "token_hash, id, account_id, workspace_id, agent, created_at, seen_at, expires_at, is_verified, idle_micros, has_factor",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "token_hash",
        "yiiItnnnbnb"
    ),
    table!(
        "invitation",
        "workspace_id, id, email, role, token_hash, created_at, expires_at, accepted_at",
        "?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, id",
        "iittynnN"
    ),
    table!(
        "api_token",
        "workspace_id, id, token_hash, account_id, name, scopes, created_at, used_at, revoked_at, expires_at",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, id",
        "iiyittnNNN"
    ),
    table!(
        "digest",
        "workspace_id, account_id, is_on, hour, next_at, sent_day, version, told_at",
        "?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, account_id",
        "iibnnNnN",
        of account
    ),
    table!(
        "feed",
        "workspace_id, account_id, token_hash, created_at",
        "?, ?, ?, ?",
        "workspace_id, account_id",
        "iiyn",
        of account
    ),
    table!("attempt", "name, since, failures", "?, ?, ?", "name", "tnn"),
    table!(
        "worth",
        "workspace_id, id, from_day, basis, figures, multiple, hour, target, ceiling, currency, created_at",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, id",
        "iintttttttn"
    ),
    table!(
        "source",
        "workspace_id, id, number, format, label, file, digest, kind, line_count, entries, seconds, skipped, bad, first_day, last_day, has_totals, remarks, state, created_by, created_at, version",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, id",
        "iintttytnnnnnNNbttinn"
    ),
    table!(
        "activity",
        "workspace_id, id, name, name_key, stays, price_low, price_likely, price_high, price_currency, price_place, price_occupation, price_confidence, price_source, is_own_price, is_rest_of_list, judgement, judgement_reason, back_day, created_at, version, judged_gain, judged_currency",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, id",
        "iittTTTTTTTNTbbTTNnnTT"
    ),
    table!(
        "activity_option",
        "workspace_id, activity_id, place, name, kind, figures, currency, created_at",
        "?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, activity_id, place",
        "iinttttn"
    ),
    table!(
        "activity_key",
        "workspace_id, name, activity_id",
        "?, ?, ?",
        "workspace_id, name",
        "iti"
    ),
    table!(
        "wording",
        "workspace_id, id, digest, description, project, task, tags, activity_id",
        "?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, id",
        "iiytttti"
    ),
    table!(
        "entry",
        "workspace_id, id, source_id, wording_id, person, client, project, task, tags, description, day, start_at, end_at, seconds, counted, is_counted, line, fingerprint, external_id",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, source_id, id",
        "iiiittttttNNNnnbnnt"
    ),
    table!(
        "wording_time",
        "workspace_id, wording_id, source_id, activity_id, entries, seconds",
        "?, ?, ?, ?, ?, ?",
        "workspace_id, wording_id, source_id",
        "iiiinn"
    ),
    table!(
        "day_time",
        "workspace_id, source_id, day, seconds",
        "?, ?, ?, ?",
        "workspace_id, source_id, day",
        "iinn"
    ),
    table!(
        "calendar",
        "workspace_id, id, host, address, choices, upload_id, is_automatic, fetched_at, next_at, failures, error, created_by, created_at, version",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, id",
        "iitytIbNnntinn"
    ),
    table!(
        "blueprint",
        "workspace_id, id, title, owner, activity_id, latest, published, missing, review_day, import_id, created_at, changed_at, version",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, id",
        "iittInntNInnn"
    ),
    table!(
        "blueprint_version",
        "workspace_id, blueprint_id, number, text, note, author_id, changed_at, published_at, published_by, is_untested, replaced",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, blueprint_id, number",
        "iinttinNIbt"
    ),
    table!(
        "test_run",
        "workspace_id, blueprint_id, id, number, person, questions, note, noted_by, created_at, text_hash",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, blueprint_id, id",
        "iiintntint"
    ),
    table!(
        "attachment",
        "workspace_id, id, blueprint_id, name, length, since, gone, created_by, created_at",
        "?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, id",
        "iiitnnNin"
    ),
    table!(
        "attachment_part",
        "workspace_id, attachment_id, start, bytes",
        "?, ?, ?, ?",
        "workspace_id, attachment_id, start",
        "iiny"
    ),
    table!(
        "blueprint_word",
        "workspace_id, word, blueprint_id, weight",
        "?, ?, ?, ?",
        "workspace_id, word, blueprint_id",
        "itin"
    ),
    table!(
        "known_word",
        "workspace_id, word",
        "?, ?",
        "workspace_id, word",
        "it"
    ),
    table!(
        "person",
        "workspace_id, id, kind, name, email, place, zone, working_hours, languages, skills, capacity_per_week, fees, notes, account_id, off_until, state, created_at, changed_at, version",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, id",
        "iittttttttNttINtnnn",
        of itself
    ),
    table!(
        "person_terms",
        "workspace_id, person_id, id, from_day, unit, amount, currency, note, created_at",
        "?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, person_id, id",
        "iiinttttn",
        of person
    ),
    table!(
        "person_access",
        "workspace_id, person_id, id, what, location, granted_day, revoked_day, created_at",
        "?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, person_id, id",
        "iiittnNn",
        of person
    ),
    table!(
        "person_invitation",
        "workspace_id, invitation_id, person_id",
        "?, ?, ?",
        "workspace_id, invitation_id",
        "iii",
        of person
    ),
    table!(
        "handoff",
        "workspace_id, id, activity_id, blueprint_id, person_id, reason, unit, amount, currency, blueprint_number, start_day, change_unit, change_amount, change_currency, change_blueprint_number, change_start_day, change_note, expected, note, sent_by, is_critical, rung, in_a_row, clean_in_row, answer_by_hours, accept_after_days, trial_length, trial_done, state, paused_from, end_reason, created_by, created_at, changed_at, version",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, id",
        "iiiiittttnnTTTNNttttbnnnnnnntTTinnn",
        of person
    ),
    table!(
        "handoff_event",
        "workspace_id, handoff_id, id, event, state, detail, account_id, door, at",
        "?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, handoff_id, id",
        "iiitttitn",
        of handoff
    ),
    table!(
        "handoff_sum",
        "workspace_id, handoff_id, counted, quantity_of, amount, currency, quantity",
        "?, ?, ?, ?, ?, ?, ?",
        "workspace_id, handoff_id, counted, quantity_of, currency, amount",
        "iitnttn",
        of handoff
    ),
    table!(
        "recurrence",
        "workspace_id, id, handoff_id, title, note, rule, start_wall, zone, off_weekdays, off_days, lead_hours, done_wall, next_at, state, created_by, created_at, changed_at, version",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, id",
        "iiitttntntnNNtinnn",
        of handoff
    ),
    table!(
        "assignment",
        "workspace_id, id, number, handoff_id, person_id, blueprint_id, blueprint_number, title, note, unit, amount, currency, due_at, state, answer_by, waiting_since, open_questions, accept_at, accepted_at, acceptance, rounds, returns, on_time, picked, has_fault, is_trial, seconds, recurrence_id, occurrence, wake_at, agreed_at, delivered_at, created_by, created_at, changed_at, version, missed_why, agreed_state, agreed_due, agreed_number, agreed_returns, agreed_title, agreed_note, agreed_amount, agreed_then, answer_by_hours, accept_after_days",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, id",
        "iiniiintttttntNNnNNTnnTTbbnINNNNinnnTTNNNTTTNnn",
        of person
    ),
    table!(
        "mailbox",
        "workspace_id, handoff_id, token_hash, due_hours, created_by, created_at",
        "?, ?, ?, ?, ?, ?",
        "workspace_id, handoff_id",
        "iiynin",
        of handoff
    ),
    table!(
        "mailed",
        "workspace_id, handoff_id, message_hash, assignment_id",
        "?, ?, ?, ?",
        "workspace_id, handoff_id, message_hash",
        "iiyi",
        of handoff
    ),
    table!(
        "assignment_step",
        "workspace_id, assignment_id, step, ticked_by",
        "?, ?, ?, ?",
        "workspace_id, assignment_id, step",
        "iini",
        of assignment
    ),
    table!(
        "question",
        "workspace_id, assignment_id, id, step, text, asked_by, asked_at, answer_by, answer, answered_by, answered_at, draft_number, blueprint_number",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, assignment_id, id",
        "iiiNtinNtINNn",
        of assignment
    ),
    table!(
        "deliverable",
        "workspace_id, assignment_id, round, text, link, drawn, one_in, created_by, created_at, blueprint_number, ticked",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, assignment_id, round",
        "iinttnninnT",
        of assignment
    ),
    table!(
        "deliverable_file",
        "workspace_id, id, assignment_id, round, name, length, received, created_by, created_at, version",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, id",
        "iiiNtnninn",
        of assignment
    ),
    table!(
        "assignment_input",
        "workspace_id, assignment_id, place, name, link, file_id",
        "?, ?, ?, ?, ?, ?",
        "workspace_id, assignment_id, place",
        "iinttI",
        of assignment
    ),
    table!(
        "deliverable_part",
        "workspace_id, file_id, start, bytes",
        "?, ?, ?, ?",
        "workspace_id, file_id, start",
        "iiny"
    ),
    table!(
        "review",
        "workspace_id, assignment_id, round, verdict, met, note, reviewed_by, created_at",
        "?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, assignment_id, round",
        "iintttin",
        of assignment
    ),
    table!(
        "finding",
        "workspace_id, assignment_id, id, round, kind, step, criterion, text, is_escape, found_by, created_at",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, assignment_id, id",
        "iiintNNtbin",
        of assignment
    ),
    table!(
        "supervision",
        "workspace_id, handoff_id, id, assignment_id, kind, captured, seconds, account_id, created_at, version",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, handoff_id, id",
        "iiiItnninn",
        of handoff
    ),
    table!(
        "former_terms",
        "workspace_id, handoff_id, from_day, unit, amount, currency",
        "?, ?, ?, ?, ?, ?",
        "workspace_id, handoff_id, from_day",
        "iinttt",
        of handoff
    ),
    table!(
        "agent_rate",
        "workspace_id, person_id, id, from_day, per, amount, input, output, currency, created_at",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, person_id, id",
        "iiintttttn",
        of person
    ),
    table!(
        "agent_usage",
        "workspace_id, assignment_id, id, day, uses, units_in, units_out, note, account_id, created_at",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, assignment_id, id",
        "iiinnnntin",
        of assignment
    ),
    table!(
        "budget",
        "workspace_id, id, subject_id, person_id, handoff_id, amount, currency, warn_at, blocks, created_at, changed_at, version",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, id",
        "iiiIIttnbnnn",
        of person
    ),
    table!(
        "budget_notice",
        "workspace_id, budget_id, month_day, standing, at",
        "?, ?, ?, ?, ?",
        "workspace_id, budget_id, month_day, standing",
        "iintn"
    ),
    table!(
        "timesheet",
        "workspace_id, person_id, week_day, state, off_days, said, submitted_at, decided_by, decided_at, changed_at, version",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, person_id, week_day",
        "iintttNINnn",
        of person
    ),
    table!(
        "timesheet_line",
        "workspace_id, person_id, week_day, handoff_id, day, seconds, note",
        "?, ?, ?, ?, ?, ?, ?",
        "workspace_id, person_id, week_day, handoff_id, day",
        "iininnt",
        of person
    ),
    table!(
        "hours_import",
        "workspace_id, id, person_id, file, format, state, bytes, entries, seconds, created_by, created_at, changed_at, version",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, id",
        "iiitttynninnn",
        of person
    ),
    table!(
        "hours_row",
        "workspace_id, person_id, row_hash, import_id, handoff_id, day, seconds",
        "?, ?, ?, ?, ?, ?, ?",
        "workspace_id, person_id, row_hash",
        "iiyiinn",
        of person
    ),
    table!(
        "hours_match",
        "workspace_id, person_id, match_key, handoff_id, changed_at",
        "?, ?, ?, ?, ?",
        "workspace_id, person_id, match_key",
        "iitIn",
        of person
    ),
    table!(
        "person_pay",
        "workspace_id, person_id, cycle, rounding, kind, holder, iban, bic, email, changed_at, version",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, person_id",
        "iitttttttnn",
        of person
    ),
    table!(
        "payer",
        "workspace_id, holder, iban, bic, changed_at, version",
        "?, ?, ?, ?, ?, ?",
        "workspace_id",
        "itttnn"
    ),
    table!(
        "statement",
        "workspace_id, number, person_id, currency, from_day, to_day, rounding, sum, carried, state, owed, created_at, version, bill_number, bill_tax, bill_to",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, number",
        "initnntttttnnTTN",
        of person
    ),
    table!(
        "posting",
        "workspace_id, number, at, kind, person_id, currency, of_number, statement, handoff_id, activity_id, assignment_id, day, counted, quantity, quantity_of, unit, amount, fee, fee_currency, sent, sent_currency, rate, rate_day, rate_source, note, hash",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, number",
        "inntitNNIIINTNNTTTTTTTNTty",
        of person
    ),
    table!(
        "statement_posting",
        "workspace_id, posting, statement",
        "?, ?, ?",
        "workspace_id, posting",
        "inn"
    ),
    table!(
        "milestone",
        "workspace_id, posting, handoff_id, title, hash",
        "?, ?, ?, ?, ?",
        "workspace_id, posting",
        "initt",
        of handoff
    ),
    table!(
        "receipt",
        "workspace_id, number, handoff_id, day, amount, currency, note, of_number, created_by, created_at, hash",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, number",
        "inIntttNint",
        of handoff
    ),
    table!(
        "ledger_end",
        "workspace_id, postings, hash",
        "?, ?, ?",
        "workspace_id",
        "iny"
    ),
    table!(
        "pay_file_row",
        "workspace_id, file, statement, kind, amount, postings, created_at",
        "?, ?, ?, ?, ?, ?, ?",
        "workspace_id, file, statement",
        "itnttnn"
    ),
    table!(
        "bill",
        "workspace_id, id, person_id, number, number_key, day, from_day, to_day, currency, tax, note, said, state, statement, created_by, created_at, changed_at, version",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, id",
        "iiittnnntttttNinnn",
        of person
    ),
    table!(
        "bill_line",
        "workspace_id, bill_id, place, text, assignment_id, day, amount",
        "?, ?, ?, ?, ?, ?, ?",
        "workspace_id, bill_id, place",
        "iintINt",
        of bill
    ),
    table!(
        "bill_file",
        "workspace_id, bill_id, name, bytes",
        "?, ?, ?, ?",
        "workspace_id, bill_id",
        "iity",
        of bill
    ),
    table!(
        "freed_hours",
        "workspace_id, week_day, work, rest, vanished, account_id, changed_at",
        "?, ?, ?, ?, ?, ?, ?",
        "workspace_id, week_day",
        "innnnin"
    ),
    table!(
        "stress_answer",
        "workspace_id, account_id, week_day, answer, changed_at",
        "?, ?, ?, ?, ?",
        "workspace_id, account_id, week_day",
        "iinnn"
    ),
    table!(
        "upload",
        "workspace_id, id, account_id, file, length, received, state, choices, source_id, error, claimed_until, created_at, version, door",
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, id",
        "iiitnnttItNnnt"
    ),
    table!(
        "upload_part",
        "workspace_id, upload_id, start, bytes",
        "?, ?, ?, ?",
        "workspace_id, upload_id, start",
        "iiny"
    ),
    table!(
        "event",
        "workspace_id, id, at, account_id, door, action, object, detail",
        "?, ?, ?, ?, ?, ?, ?, ?",
        "workspace_id, id",
        "iinitttt",
        of account
    ),
    table!(
        "answer",
        "workspace_id, account_id, name, request, status, body, created_at",
        "?, ?, ?, ?, ?, ?, ?",
        "workspace_id, account_id, name",
        "iityntn"
    ),
];

/// The names of the tables, each after those it refers to.
#[must_use]
pub fn tables() -> [&'static str; COPIED.len()] {
    COPIED.map(|table| table.name)
}

/// The statements that take all rows of one workspace away, each table before those it refers to. A session is its account's, and
/// stays.
pub(crate) fn removals() -> impl Iterator<Item = &'static str> {
    let tables = COPIED.iter().rev().filter(|it| it.is_of_workspace());
    let removed = tables.filter(|table| table.name != "session");
    removed.map(|table| table.delete)
}

/// Hands over every row of a table in the order of its key.
///
/// # Errors
/// [`StoreError`]; [`StoreError::Missing`] for a table that is not there.
pub fn each_row(
    tx: &mut Tx<'_>,
    table: &str,
    mut take: impl FnMut(Vec<Value>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let table = of(table)?;
    tx.each(table.select, &[], |row| take(values_of(table, row)?))
}

/// Hands over every row of a table that belongs to a workspace, in the order of its key.
///
/// # Errors
/// [`StoreError`]; [`StoreError::Missing`] for a table that is not there or belongs to no workspace.
pub fn each_row_of(
    scope: &mut Scope<'_, '_>,
    table: &str,
    mut take: impl FnMut(Vec<Value>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let table = of(table)?;
    if !table.is_of_workspace() {
        return Err(StoreError::Missing);
    }
    let parameters = scope.with([]);
    let read = |row: &Row<'_>| take(values_of(table, row)?);
    scope.tx.each(table.select_one, &parameters, read)
}

/// Hands over the rows of a table that are about one person, in the order of its key.
///
/// # Errors
/// [`StoreError`]; [`StoreError::Missing`] for a table that is not there or holds nothing about people.
pub fn each_row_about(
    scope: &mut Scope<'_, '_>,
    table: &str,
    person: Uuid,
    mut take: impl FnMut(Vec<Value>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let table = of(table)?;
    let own = table.own.ok_or(StoreError::Missing)?;
    let parameters = scope.with([person.into()]);
    let read = |row: &Row<'_>| take(values_of(table, row)?);
    scope.tx.each(own, &parameters, read)
}

/// Whether the rows of one person can be told in a table.
#[must_use]
pub fn is_about_people(table: &str) -> bool {
    of(table).is_ok_and(|table| table.own.is_some())
}

fn values_of(table: Table, row: &Row<'_>) -> Result<Vec<Value>, StoreError> {
    let mut values = Vec::with_capacity(table.kinds.len());
    for (at, kind) in table.kinds.chars().enumerate() {
        values.push(match kind {
            'i' => Value::Id(row.id(at)?),
            'I' => row.opt_id(at)?.into(),
            't' => Value::Text(row.text(at)?),
            'T' => row.opt_text(at)?.into(),
            'n' => Value::Int(row.int(at)?),
            'N' => row.opt_int(at)?.into(),
            'b' => Value::Bool(row.bool(at)?),
            _ => Value::Bytes(row.bytes(at)?),
        });
    }
    Ok(values)
}

/// The tables whose rows belong to a workspace, each after those it refers to.
pub fn tables_of_workspace() -> impl Iterator<Item = &'static str> {
    let tables = COPIED.iter().filter(|table| table.is_of_workspace());
    tables.map(|table| table.name)
}

/// The kinds of a table's columns, a letter for each: `i`d, `t`ext, `n`umber, `b`ool, b`y`tes; in capitals where it may be empty. `None`
/// where there is no such table.
#[must_use]
pub fn kinds(table: &str) -> Option<&'static str> {
    Some(of(table).ok()?.kinds)
}

/// The columns of a table, in their order; `None` where there is no such table.
#[must_use]
pub fn columns(table: &str) -> Option<Vec<&'static str>> {
    let table = of(table).ok()?;
    Some(table.columns().collect())
}

/// Adds rows to a table as they are.
///
/// # Errors
/// [`StoreError`].
pub fn insert_rows(
    tx: &mut Tx<'_>,
    table: &str,
    rows: impl IntoIterator<Item = Vec<Value>>,
) -> Result<u64, StoreError> {
    let table = of(table)?;
    let types: Vec<Type> = table.kinds.chars().map(type_of).collect();
    let insert = Insert {
        sql: table.insert,
        copy: table.copy,
        types: &types,
    };
    tx.insert_all(&insert, rows.into_iter())
}

fn type_of(kind: char) -> Type {
    match kind {
        'i' | 'I' => Type::UUID,
        't' | 'T' => Type::TEXT,
        'n' | 'N' => Type::INT8,
        'b' => Type::BOOL,
        _ => Type::BYTEA,
    }
}

/// Whether no table holds a row.
///
/// # Errors
/// [`StoreError`].
pub fn is_empty(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    for table in COPIED {
        if tx.first(table.any, &[], |_| Ok(()))?.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Lets a transaction take as long as a whole copy needs.
///
/// # Errors
/// [`StoreError`].
pub fn lift_time_limit(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    match tx {
        Tx::Sqlite(_) => Ok(()),
        Tx::Postgres(_) => tx.run("SET LOCAL statement_timeout = 0"),
    }
}

fn of(name: &str) -> Result<Table, StoreError> {
    let found = COPIED.iter().find(|table| table.name == name);
    found.copied().ok_or(StoreError::Missing)
}
