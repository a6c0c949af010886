//! SEC-01: who may use which route. The table here is written by hand and held against the one the router is made from, so that a
//! new route fails until somebody has said who may use it.

mod bodies;
mod things;

use std::collections::BTreeSet;

use offdesk_actions::accounts::NewAccount;
use offdesk_actions::actor::{Role, TokenScope};
use offdesk_actions::assignments::files::{add_file_part, begin_file};
use offdesk_actions::assignments::{
    NewAssignment, Reply, give_assignment, load_assignment, reply_to_assignment,
};
use offdesk_actions::blueprints::attaching::attachments_of_version;
use offdesk_actions::blueprints::{NewBlueprint, create_blueprint};
use offdesk_actions::handoffs::{HandoffAnswer, NewScope, load_handoff, propose_change};
use offdesk_actions::members::{
    NewToken, accept_invitation, create_token, invite, remove_member, revoke_token, suspend_member,
};
use offdesk_actions::notices::renew_feed;
use offdesk_actions::people::inviting::invite_person;
use offdesk_actions::people::own::answer_own_handoff;
use offdesk_actions::people::{PersonFields, add_person};
use offdesk_actions::store::Uuid;
use offdesk_actions::workspaces::create_workspace;
use offdesk_domain::Day;
use offdesk_web::desk::routes;

use self::bodies::Bodies;
use self::things::{Things, things};
use crate::site::{FIREFOX, PASSWORD, Page, Person, Site, cookie_of, moment};

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    /// Anybody.
    All,
    /// Whoever is signed in with a session.
    SignedIn,
    /// Owner, manager, viewer; tokens that may read.
    See,
    /// Owner and manager; tokens that may import.
    Import,
    /// Owner and manager; tokens that may edit.
    Edit,
    /// Owner and manager; tokens that note usage.
    Noting,
    /// Owners; tokens that may manage.
    Manage,
    /// Owners with a session.
    Administer,
    /// Workers with a session, for what is theirs.
    Work,
    /// Whoever is signed in with a session and is no worker here.
    Business,
}
use Who::{Administer, All, Business, Edit, Import, Manage, Noting, See, SignedIn, Work};

const TABLE: &[(&str, &str, Who)] = &[
    ("GET", "/", All),
    ("GET", "/assets/{file}", All),
    ("GET", "/health", All),
    ("GET", "/ready", All),
    ("GET", "/setup", All),
    ("POST", "/setup", All),
    ("GET", "/sign-in", All),
    ("POST", "/sign-in", All),
    ("GET", "/sign-in/code", All),
    ("POST", "/sign-in/code", All),
    ("POST", "/sign-out", SignedIn),
    ("GET", "/worth", See),
    ("POST", "/worth", Manage),
    ("GET", "/import", Import),
    ("POST", "/import", Import),
    ("POST", "/import/pasted", Import),
    ("POST", "/import/memory", Import),
    ("POST", "/import/log", Import),
    ("POST", "/import/log-lines/{line}", Import),
    ("POST", "/import/log-lines/{line}/removal", Import),
    ("GET", "/api/v1/log-lines", See),
    ("PUT", "/api/v1/log-lines/{line}", Import),
    ("DELETE", "/api/v1/log-lines/{line}", Import),
    ("GET", "/import/{upload}", Import),
    ("POST", "/import/{upload}", Import),
    ("POST", "/import/{upload}/removal", Import),
    ("GET", "/sources/{source}", See),
    ("POST", "/sources/{source}/removal", Import),
    ("GET", "/hours", See),
    ("GET", "/hours/pictures/{picture}", See),
    ("GET", "/activities/{activity}", See),
    ("POST", "/activities/{activity}/name", Edit),
    ("POST", "/activities/{activity}/merge", Edit),
    ("POST", "/activities/{activity}/split", Edit),
    ("POST", "/activities/{activity}/stays", Edit),
    ("POST", "/activities/{activity}/price", Edit),
    ("POST", "/activities/{activity}/judgement", Edit),
    ("POST", "/sign-in/passkey/challenge", All),
    ("POST", "/sign-in/passkey", All),
    ("GET", "/forgot", All),
    ("POST", "/forgot", All),
    ("GET", "/reset", All),
    ("POST", "/reset", All),
    ("POST", "/security/passkeys/challenge", SignedIn),
    ("POST", "/security/passkeys", SignedIn),
    ("POST", "/security/passkeys/{passkey}/removal", SignedIn),
    ("POST", "/import/calendars", Import),
    ("POST", "/import/calendars/{calendar}/readings", Import),
    ("POST", "/import/calendars/{calendar}/schedule", Import),
    ("POST", "/import/calendars/{calendar}/removal", Import),
    ("GET", "/api/v1/calendars", Import),
    ("POST", "/api/v1/calendars", Import),
    ("POST", "/api/v1/calendars/{calendar}/readings", Import),
    ("PUT", "/api/v1/calendars/{calendar}", Import),
    ("DELETE", "/api/v1/calendars/{calendar}", Import),
    ("GET", "/next", See),
    ("GET", "/next/roll-out", See),
    ("GET", "/plan", See),
    ("POST", "/plan", See),
    ("GET", "/next/{activity}", See),
    ("GET", "/next/{activity}/decision", See),
    ("POST", "/next/{activity}/decision", Edit),
    ("GET", "/next/{activity}/decision/pictures/{picture}", See),
    ("POST", "/next/{activity}/judgement", Edit),
    ("GET", "/blueprints", See),
    ("POST", "/blueprints", Edit),
    ("GET", "/blueprints/new", Edit),
    ("GET", "/blueprints/files", See),
    ("GET", "/blueprints/import", Edit),
    ("POST", "/blueprints/import", Edit),
    ("POST", "/blueprints/import/confirmation", Edit),
    ("POST", "/blueprints/imports/{import}/removal", Edit),
    ("GET", "/blueprints/{blueprint}", See),
    ("POST", "/blueprints/{blueprint}", Edit),
    ("GET", "/blueprints/{blueprint}/edit", Edit),
    ("GET", "/blueprints/{blueprint}/file", See),
    ("GET", "/blueprints/{blueprint}/page", See),
    ("GET", "/blueprints/{blueprint}/versions/{number}", See),
    ("POST", "/blueprints/{blueprint}/attachments", Edit),
    (
        "GET",
        "/blueprints/{blueprint}/attachments/{attachment}",
        See,
    ),
    (
        "POST",
        "/blueprints/{blueprint}/attachments/{attachment}/removal",
        Edit,
    ),
    ("POST", "/blueprints/{blueprint}/publication", Edit),
    ("POST", "/blueprints/{blueprint}/test-runs", Edit),
    ("POST", "/blueprints/{blueprint}/removal", Edit),
    ("GET", "/api/v1/blueprints", See),
    ("POST", "/api/v1/blueprints", Edit),
    ("GET", "/api/v1/blueprint-files", See),
    ("GET", "/api/v1/blueprints/{blueprint}", See),
    ("PUT", "/api/v1/blueprints/{blueprint}", Edit),
    (
        "GET",
        "/api/v1/blueprints/{blueprint}/versions/{number}",
        See,
    ),
    ("POST", "/api/v1/blueprints/{blueprint}/attachments", Edit),
    (
        "GET",
        "/api/v1/blueprints/{blueprint}/attachments/{attachment}",
        See,
    ),
    (
        "DELETE",
        "/api/v1/blueprints/{blueprint}/attachments/{attachment}",
        Edit,
    ),
    ("POST", "/api/v1/blueprints/{blueprint}/publication", Edit),
    ("POST", "/api/v1/blueprints/{blueprint}/test-runs", Edit),
    ("DELETE", "/api/v1/blueprints/{blueprint}/draft", Edit),
    ("POST", "/api/v1/blueprint-imports", Edit),
    ("DELETE", "/api/v1/blueprint-imports/{import}", Edit),
    ("GET", "/api/v1/activities/{activity}/draft", See),
    ("GET", "/notices", SignedIn),
    ("GET", "/api/v1/desk", See),
    ("GET", "/api/v1/notices", SignedIn),
    ("PUT", "/api/v1/notices", SignedIn),
    ("POST", "/api/v1/notices/feed", SignedIn),
    ("DELETE", "/api/v1/notices/feed", SignedIn),
    ("POST", "/notices/digest", SignedIn),
    ("POST", "/notices/feed", SignedIn),
    ("POST", "/notices/feed/removal", SignedIn),
    ("GET", "/feeds/{secret}", All),
    ("GET", "/security", SignedIn),
    ("POST", "/security/password", SignedIn),
    ("GET", "/security/second-factor", SignedIn),
    ("POST", "/security/second-factor", SignedIn),
    ("POST", "/security/second-factor/removal", SignedIn),
    ("POST", "/security/sessions/{session}/removal", SignedIn),
    ("POST", "/security/tokens", Administer),
    ("POST", "/security/tokens/{token}/removal", Administer),
    ("GET", "/invitation", All),
    ("POST", "/invitation", All),
    ("GET", "/workspaces", SignedIn),
    ("POST", "/workspaces", Business),
    ("POST", "/workspaces/{workspace}/open", SignedIn),
    ("GET", "/workspaces/file", Administer),
    ("POST", "/workspaces/file", Administer),
    ("POST", "/workspaces/demo", Business),
    ("POST", "/workspaces/demo/removal", Administer),
    ("GET", "/settings", See),
    ("POST", "/settings", Manage),
    ("GET", "/members", Administer),
    ("POST", "/members/invitations", Administer),
    (
        "POST",
        "/members/invitations/{invitation}/removal",
        Administer,
    ),
    ("POST", "/members/{member}/role", Administer),
    ("POST", "/members/{member}/removal", Administer),
    ("POST", "/members/{member}/suspension", Administer),
    ("POST", "/members/{member}/suspension/removal", Administer),
    ("POST", "/members/sign-in-rules", Administer),
    ("GET", "/audit-log", Administer),
    ("PUT", "/api/v1/members/{member}", Administer),
    ("DELETE", "/api/v1/members/{member}", Administer),
    ("POST", "/api/v1/members/{member}/suspension", Administer),
    ("DELETE", "/api/v1/members/{member}/suspension", Administer),
    ("DELETE", "/api/v1/invitations/{invitation}", Administer),
    ("GET", "/api/v1/sign-in-rules", Administer),
    ("GET", "/api/v1/week", See),
    ("GET", "/api/v1/sessions", SignedIn),
    ("GET", "/api/v1/account-events", SignedIn),
    ("DELETE", "/api/v1/sessions/{session}", SignedIn),
    ("DELETE", "/api/v1/tokens/{token}", Administer),
    ("PUT", "/api/v1/sign-in-rules", Administer),
    ("GET", "/api/v1/openapi.json", All),
    ("GET", "/api/v1/me", See),
    ("GET", "/api/v1/workspaces", SignedIn),
    ("GET", "/api/v1/workspace-file", Administer),
    ("PUT", "/api/v1/workspace-file", Administer),
    ("GET", "/api/v1/worths", See),
    ("POST", "/api/v1/worths", Manage),
    ("GET", "/api/v1/settings", See),
    ("PUT", "/api/v1/settings", Manage),
    ("GET", "/api/v1/hours", See),
    ("GET", "/api/v1/next", See),
    ("GET", "/api/v1/roll-out", See),
    ("POST", "/api/v1/decision", See),
    ("GET", "/api/v1/plan", See),
    ("POST", "/api/v1/plan", See),
    ("GET", "/api/v1/activities", See),
    ("GET", "/api/v1/activities/{activity}/decision", See),
    ("PUT", "/api/v1/activities/{activity}/decision", Edit),
    ("GET", "/api/v1/activities/{activity}", See),
    ("POST", "/api/v1/activities/{activity}/name", Edit),
    ("POST", "/api/v1/activities/{activity}/merge", Edit),
    ("POST", "/api/v1/activities/{activity}/split", Edit),
    ("POST", "/api/v1/activities/{activity}/stays", Edit),
    ("POST", "/api/v1/activities/{activity}/price", Edit),
    ("POST", "/api/v1/activities/{activity}/judgement", Edit),
    ("GET", "/api/v1/entries", See),
    ("GET", "/api/v1/entries/{entry}", See),
    ("GET", "/api/v1/sources", See),
    ("GET", "/api/v1/sources/{source}", See),
    ("DELETE", "/api/v1/sources/{source}", Import),
    ("POST", "/api/v1/uploads", Import),
    ("GET", "/api/v1/uploads/{upload}", Import),
    ("DELETE", "/api/v1/uploads/{upload}", Import),
    ("PUT", "/api/v1/uploads/{upload}/parts/{start}", Import),
    ("POST", "/api/v1/uploads/{upload}/preview", Import),
    ("POST", "/api/v1/uploads/{upload}/import", Import),
    ("POST", "/api/v1/log-lines", Import),
    ("POST", "/api/v1/memory-weeks", Import),
    ("GET", "/api/v1/members", Administer),
    ("GET", "/api/v1/tokens", Administer),
    ("GET", "/api/v1/events", Administer),
    ("GET", "/pay", See),
    ("POST", "/pay/statements", Manage),
    ("POST", "/pay/payments", Manage),
    ("POST", "/pay/account", Manage),
    ("POST", "/people/{person}/rates", Edit),
    ("POST", "/people/{person}/rates/{rate}/removal", Edit),
    ("POST", "/people/{person}/usage-table", Noting),
    ("POST", "/work/{assignment}/usage", Noting),
    ("POST", "/work/{assignment}/usage/{usage}/removal", Edit),
    ("GET", "/api/v1/people/{person}/rates", See),
    ("POST", "/api/v1/people/{person}/rates", Edit),
    ("DELETE", "/api/v1/people/{person}/rates/{rate}", Edit),
    ("GET", "/api/v1/assignments/{assignment}/usage", See),
    ("POST", "/api/v1/assignments/{assignment}/usage", Noting),
    (
        "DELETE",
        "/api/v1/assignments/{assignment}/usage/{usage}",
        Edit,
    ),
    ("POST", "/api/v1/usage-tables", Noting),
    ("GET", "/api/v1/costs", See),
    ("POST", "/pay/budgets", Manage),
    ("POST", "/people/{person}/budgets", Manage),
    ("POST", "/handoffs/{handoff}/budgets", Manage),
    ("POST", "/budgets/{budget}/removal", Manage),
    ("GET", "/api/v1/budgets", See),
    ("POST", "/api/v1/budgets", Manage),
    ("DELETE", "/api/v1/budgets/{budget}", Manage),
    ("POST", "/pay/files", Manage),
    ("POST", "/pay/files/{file}/payment", Manage),
    ("GET", "/pay/lines", See),
    ("POST", "/pay/lines/corrections", Manage),
    ("GET", "/api/v1/pay/lines", See),
    ("GET", "/api/v1/my/pay/lines", Work),
    ("GET", "/pay/journals/{tool}", See),
    ("GET", "/pay/statements/{statement}", See),
    ("GET", "/pay/statements/{statement}/table", See),
    ("GET", "/pay/statements/{statement}/pdf", See),
    ("GET", "/my/statements/{statement}/pdf", Work),
    ("GET", "/api/v1/statements/{statement}/pdf", See),
    ("POST", "/pay/statements/{statement}/payments", Manage),
    (
        "POST",
        "/pay/statements/{statement}/payments/{payment}/return",
        Manage,
    ),
    ("POST", "/pay/statements/{statement}/refunds", Manage),
    ("POST", "/pay/statements/{statement}/corrections", Manage),
    ("GET", "/pay/bills", See),
    ("POST", "/pay/bills", Manage),
    ("GET", "/pay/bills/{bill}", See),
    ("POST", "/pay/bills/{bill}/query", Manage),
    ("POST", "/pay/bills/{bill}/approval", Manage),
    ("POST", "/pay/bills/{bill}/removal", Manage),
    ("GET", "/pay/bills/{bill}/file", See),
    ("POST", "/pay/bills/{bill}/file", Manage),
    ("GET", "/api/v1/bills", See),
    ("POST", "/api/v1/bills", Manage),
    ("GET", "/api/v1/bills/{bill}", See),
    ("DELETE", "/api/v1/bills/{bill}", Manage),
    ("POST", "/api/v1/bills/{bill}/query", Manage),
    ("POST", "/api/v1/bills/{bill}/approval", Manage),
    ("GET", "/api/v1/bills/{bill}/file", See),
    ("PUT", "/api/v1/bills/{bill}/file", Manage),
    ("GET", "/people/{person}/pay", Manage),
    ("POST", "/people/{person}/pay", Manage),
    ("POST", "/handoffs/{handoff}/milestones", Edit),
    ("POST", "/my/pay/details", Work),
    ("GET", "/my/statements/{statement}", Work),
    ("GET", "/my/statements/{statement}/table", Work),
    ("GET", "/api/v1/pay", See),
    ("GET", "/api/v1/statements", See),
    ("POST", "/api/v1/statements", Manage),
    ("GET", "/api/v1/statements/{statement}", See),
    ("GET", "/api/v1/statements/{statement}/table", See),
    ("POST", "/api/v1/statements/{statement}/payments", Manage),
    ("POST", "/api/v1/statements/{statement}/refunds", Manage),
    ("POST", "/api/v1/payments", Manage),
    (
        "POST",
        "/api/v1/statements/{statement}/payments/{payment}/return",
        Manage,
    ),
    ("POST", "/api/v1/pay-files/{kind}", Manage),
    ("GET", "/api/v1/journals/{tool}", See),
    ("POST", "/api/v1/handoffs/{handoff}/milestones", Edit),
    ("POST", "/api/v1/postings/{posting}/correction", Manage),
    ("GET", "/api/v1/people/{person}/pay-details", Manage),
    ("PUT", "/api/v1/people/{person}/pay-details", Manage),
    ("GET", "/api/v1/payer", Manage),
    ("PUT", "/api/v1/payer", Manage),
    ("GET", "/people/{person}/weeks/{day}", See),
    ("POST", "/people/{person}/weeks/{day}", Edit),
    ("POST", "/people/{person}/weeks/{day}/decision", Edit),
    ("GET", "/my/hours", Work),
    ("POST", "/my/hours", Work),
    ("GET", "/my/hours/{file}", Work),
    ("POST", "/my/hours/{file}", Work),
    ("POST", "/my/hours/{file}/undo", Work),
    ("GET", "/people/{person}/hours", See),
    ("POST", "/people/{person}/hours", Edit),
    ("GET", "/people/{person}/hours/{file}", See),
    ("POST", "/people/{person}/hours/{file}", Edit),
    ("POST", "/people/{person}/hours/{file}/undo", Edit),
    ("GET", "/api/v1/my/hours-files", Work),
    ("POST", "/api/v1/my/hours-files", Work),
    ("GET", "/api/v1/my/hours-files/{file}", Work),
    ("DELETE", "/api/v1/my/hours-files/{file}", Work),
    ("PUT", "/api/v1/my/hours-files/{file}/matches", Work),
    ("POST", "/api/v1/my/hours-files/{file}/import", Work),
    ("GET", "/api/v1/people/{person}/hours-files", See),
    ("POST", "/api/v1/people/{person}/hours-files", Edit),
    ("GET", "/api/v1/people/{person}/hours-files/{file}", See),
    ("DELETE", "/api/v1/people/{person}/hours-files/{file}", Edit),
    (
        "PUT",
        "/api/v1/people/{person}/hours-files/{file}/matches",
        Edit,
    ),
    (
        "POST",
        "/api/v1/people/{person}/hours-files/{file}/import",
        Edit,
    ),
    ("GET", "/my/week", Work),
    ("POST", "/my/week", Work),
    ("GET", "/api/v1/timesheets", See),
    ("GET", "/api/v1/people/{person}/weeks/{day}", See),
    ("PUT", "/api/v1/people/{person}/weeks/{day}", Edit),
    ("POST", "/api/v1/people/{person}/weeks/{day}/decision", Edit),
    ("GET", "/people", See),
    ("POST", "/people", Edit),
    ("GET", "/people/new", Edit),
    ("GET", "/people/{person}", See),
    ("POST", "/people/{person}", Edit),
    ("GET", "/people/{person}/edit", Edit),
    ("POST", "/people/{person}/state", Edit),
    ("POST", "/people/{person}/terms", Edit),
    ("POST", "/people/{person}/terms/{terms}/removal", Edit),
    ("POST", "/people/{person}/access", Edit),
    ("POST", "/people/{person}/access/{access}/revocation", Edit),
    ("POST", "/people/{person}/invitation", Administer),
    ("GET", "/handoffs", See),
    ("POST", "/handoffs", Edit),
    ("GET", "/handoffs/new", Edit),
    ("GET", "/handoffs/{handoff}", See),
    ("POST", "/handoffs/{handoff}/answer", Edit),
    ("POST", "/handoffs/{handoff}/move", Edit),
    ("POST", "/handoffs/{handoff}/proposal", Edit),
    ("POST", "/handoffs/{handoff}/change", Edit),
    ("POST", "/handoffs/{handoff}/checking", Edit),
    ("POST", "/handoffs/{handoff}/mailbox", Edit),
    ("POST", "/handoffs/{handoff}/mailbox/end", Edit),
    ("GET", "/api/v1/handoffs/{handoff}/mailbox", See),
    ("POST", "/api/v1/handoffs/{handoff}/mailbox", Edit),
    ("DELETE", "/api/v1/handoffs/{handoff}/mailbox", Edit),
    ("POST", "/handoffs/{handoff}/recurrences", Edit),
    (
        "POST",
        "/handoffs/{handoff}/recurrences/{recurrence}/zone",
        Edit,
    ),
    (
        "POST",
        "/handoffs/{handoff}/recurrences/{recurrence}/end",
        Edit,
    ),
    ("POST", "/handoffs/{handoff}/change/answer", Edit),
    ("POST", "/handoffs/{handoff}/change/removal", Edit),
    ("GET", "/desk", See),
    ("GET", "/my/work", Work),
    ("GET", "/my/progress", Work),
    ("GET", "/my/pay", Work),
    ("GET", "/my/assignments/{assignment}", Work),
    ("POST", "/my/assignments/{assignment}/reply", Work),
    ("POST", "/my/assignments/{assignment}/steps/{number}", Work),
    ("POST", "/my/assignments/{assignment}/questions", Work),
    ("POST", "/my/assignments/{assignment}/hours", Work),
    ("POST", "/my/assignments/{assignment}/deliverables", Work),
    ("GET", "/my/assignments/{assignment}/files/{document}", Work),
    (
        "POST",
        "/my/assignments/{assignment}/files/{document}/removal",
        Work,
    ),
    ("GET", "/my/handoffs", Work),
    ("GET", "/my/handoffs/{handoff}", Work),
    (
        "GET",
        "/my/handoffs/{handoff}/attachments/{attachment}",
        Work,
    ),
    (
        "GET",
        "/api/v1/my/handoffs/{handoff}/attachments/{attachment}",
        Work,
    ),
    ("POST", "/my/handoffs/{handoff}/draft", Work),
    ("PUT", "/api/v1/my/handoffs/{handoff}/draft", Work),
    ("POST", "/my/handoffs/{handoff}/answer", Work),
    ("POST", "/my/handoffs/{handoff}/change/answer", Work),
    ("POST", "/my/off", Work),
    ("GET", "/my/record", Work),
    ("POST", "/my/record", Work),
    ("GET", "/my/record/file", Work),
    ("GET", "/api/v1/people", See),
    ("POST", "/api/v1/people", Edit),
    ("GET", "/api/v1/people/{person}", See),
    ("PUT", "/api/v1/people/{person}", Edit),
    ("POST", "/api/v1/people/{person}/terms", Edit),
    ("DELETE", "/api/v1/people/{person}/terms/{terms}", Edit),
    ("POST", "/api/v1/people/{person}/access", Edit),
    (
        "POST",
        "/api/v1/people/{person}/access/{access}/revocation",
        Edit,
    ),
    ("GET", "/api/v1/handoffs", See),
    ("POST", "/api/v1/handoffs", Edit),
    ("GET", "/api/v1/handoffs/{handoff}", See),
    ("POST", "/api/v1/handoffs/{handoff}/answer", Edit),
    ("POST", "/api/v1/handoffs/{handoff}/move", Edit),
    ("POST", "/api/v1/handoffs/{handoff}/proposal", Edit),
    ("POST", "/api/v1/handoffs/{handoff}/change", Edit),
    ("PUT", "/api/v1/handoffs/{handoff}/checking", Edit),
    ("POST", "/api/v1/handoffs/{handoff}/change/answer", Edit),
    ("DELETE", "/api/v1/handoffs/{handoff}/change", Edit),
    ("GET", "/api/v1/assignments", See),
    ("GET", "/api/v1/assignments/{assignment}", See),
    (
        "GET",
        "/api/v1/assignments/{assignment}/files/{document}",
        See,
    ),
    ("GET", "/api/v1/handoffs/{handoff}/assignments", See),
    ("GET", "/api/v1/handoffs/{handoff}/record", See),
    ("GET", "/api/v1/handoffs/{handoff}/recurrences", See),
    ("GET", "/api/v1/people/{person}/record", See),
    ("GET", "/api/v1/reviews", See),
    ("GET", "/api/v1/questions", See),
    ("POST", "/api/v1/handoffs/{handoff}/assignments", Edit),
    ("PUT", "/api/v1/assignments/{assignment}", Edit),
    ("POST", "/api/v1/assignments/{assignment}/reply", Edit),
    ("POST", "/api/v1/assignments/{assignment}/beginning", Edit),
    (
        "PUT",
        "/api/v1/assignments/{assignment}/steps/{number}",
        Edit,
    ),
    ("PUT", "/api/v1/assignments/{assignment}/time", Edit),
    ("POST", "/api/v1/assignments/{assignment}/questions", Edit),
    (
        "POST",
        "/api/v1/assignments/{assignment}/questions/{question}/answer",
        Edit,
    ),
    (
        "POST",
        "/api/v1/assignments/{assignment}/deliverables",
        Edit,
    ),
    ("POST", "/api/v1/assignments/{assignment}/reviews", Edit),
    ("POST", "/api/v1/assignments/{assignment}/escapes", Edit),
    (
        "POST",
        "/api/v1/assignments/{assignment}/cancellation",
        Edit,
    ),
    (
        "POST",
        "/api/v1/assignments/{assignment}/reassignment",
        Edit,
    ),
    ("POST", "/api/v1/assignments/{assignment}/closure", Edit),
    ("POST", "/api/v1/assignments/{assignment}/supervision", Edit),
    (
        "PUT",
        "/api/v1/handoffs/{handoff}/supervision/{supervision}",
        Edit,
    ),
    ("POST", "/api/v1/input-files", Edit),
    ("PUT", "/api/v1/input-files/{document}/parts/{start}", Edit),
    ("DELETE", "/api/v1/input-files/{document}", Edit),
    ("POST", "/api/v1/assignments/{assignment}/files", Edit),
    (
        "PUT",
        "/api/v1/assignments/{assignment}/files/{document}/parts/{start}",
        Edit,
    ),
    (
        "DELETE",
        "/api/v1/assignments/{assignment}/files/{document}",
        Edit,
    ),
    ("POST", "/api/v1/handoffs/{handoff}/recurrences", Edit),
    ("PUT", "/api/v1/recurrences/{recurrence}", Edit),
    ("DELETE", "/api/v1/recurrences/{recurrence}", Edit),
    ("GET", "/work", See),
    ("POST", "/work", Edit),
    ("GET", "/work/{assignment}", See),
    ("GET", "/work/{assignment}/files/{document}", See),
    ("POST", "/work/{assignment}/reply", Edit),
    ("POST", "/work/{assignment}/deliverables", Edit),
    ("POST", "/work/{assignment}/cancellation", Edit),
    ("POST", "/work/{assignment}/change", Edit),
    ("POST", "/work/{assignment}/reassignment", Edit),
    ("POST", "/work/{assignment}/closure", Edit),
    ("POST", "/work/{assignment}/escapes", Edit),
    ("POST", "/work/{assignment}/files/{document}/removal", Edit),
    ("POST", "/work/{assignment}/supervision", Edit),
    (
        "POST",
        "/work/{assignment}/questions/{question}/answer",
        Edit,
    ),
    ("POST", "/work/{assignment}/supervision/{supervision}", Edit),
    ("GET", "/return", See),
    ("GET", "/return/page", See),
    ("GET", "/return/handoffs.csv", See),
    ("GET", "/return/weeks.csv", See),
    ("GET", "/return/handoffs.xlsx", See),
    ("GET", "/return/weeks.xlsx", See),
    ("GET", "/return/pictures/{picture}", See),
    ("POST", "/return/weeks", Edit),
    ("POST", "/return/receipts", Manage),
    ("POST", "/return/receipts/{receipt}/reversal", Manage),
    ("GET", "/api/v1/receipts", See),
    ("POST", "/api/v1/receipts", Manage),
    ("POST", "/api/v1/receipts/{receipt}/reversal", Manage),
    ("GET", "/api/v1/return", See),
    ("GET", "/api/v1/weekly-answers", See),
    ("PUT", "/api/v1/weekly-answers/{week}", Edit),
    ("GET", "/review", See),
    ("GET", "/review/{assignment}", See),
    ("POST", "/review/{assignment}", Edit),
    ("GET", "/metrics", All),
    ("PUT", "/api/v1/password", SignedIn),
    ("GET", "/api/v1/passkeys", SignedIn),
    ("DELETE", "/api/v1/passkeys/{passkey}", SignedIn),
    ("GET", "/api/v1/second-factor", SignedIn),
    ("GET", "/api/v1/second-factor/proposal", SignedIn),
    ("PUT", "/api/v1/second-factor", SignedIn),
    ("DELETE", "/api/v1/second-factor", SignedIn),
    ("POST", "/api/v1/tokens", Administer),
    ("POST", "/api/v1/invitations", Administer),
    ("POST", "/api/v1/people/{person}/invitation", Administer),
    ("POST", "/api/v1/workspaces", Business),
    ("PUT", "/api/v1/open-workspace", SignedIn),
    ("PUT", "/api/v1/example", Business),
    ("DELETE", "/api/v1/example", Administer),
    ("GET", "/api/v1/my/work", Work),
    ("GET", "/api/v1/my/progress", Work),
    ("GET", "/api/v1/my/pay", Work),
    ("GET", "/api/v1/my/statements", Work),
    ("GET", "/api/v1/my/statements/{statement}", Work),
    ("GET", "/api/v1/my/statements/{statement}/table", Work),
    ("GET", "/api/v1/my/statements/{statement}/pdf", Work),
    ("GET", "/api/v1/my/pay-details", Work),
    ("PUT", "/api/v1/my/pay-details", Work),
    ("GET", "/api/v1/my/weeks/{day}", Work),
    ("PUT", "/api/v1/my/weeks/{day}", Work),
    ("GET", "/api/v1/my/record", Work),
    ("PUT", "/api/v1/my/record", Work),
    ("GET", "/api/v1/my/record/fields", Work),
    ("PUT", "/api/v1/my/off", Work),
    ("GET", "/api/v1/my/handoffs", Work),
    ("GET", "/api/v1/my/handoffs/{handoff}", Work),
    ("POST", "/api/v1/my/handoffs/{handoff}/answer", Work),
    ("POST", "/api/v1/my/handoffs/{handoff}/change/answer", Work),
    ("GET", "/api/v1/my/assignments", Work),
    ("GET", "/api/v1/my/assignments/{assignment}", Work),
    ("POST", "/api/v1/my/assignments/{assignment}/reply", Work),
    (
        "POST",
        "/api/v1/my/assignments/{assignment}/beginning",
        Work,
    ),
    (
        "PUT",
        "/api/v1/my/assignments/{assignment}/steps/{number}",
        Work,
    ),
    ("PUT", "/api/v1/my/assignments/{assignment}/time", Work),
    (
        "POST",
        "/api/v1/my/assignments/{assignment}/questions",
        Work,
    ),
    (
        "POST",
        "/api/v1/my/assignments/{assignment}/deliverables",
        Work,
    ),
    ("POST", "/api/v1/my/assignments/{assignment}/files", Work),
    (
        "PUT",
        "/api/v1/my/assignments/{assignment}/files/{document}/parts/{start}",
        Work,
    ),
    (
        "GET",
        "/api/v1/my/assignments/{assignment}/files/{document}",
        Work,
    ),
    (
        "DELETE",
        "/api/v1/my/assignments/{assignment}/files/{document}",
        Work,
    ),
];

/// What a worker sends to a route, so that it is looked up what it is about.
fn sent_by_worker(path: &str) -> &'static str {
    if !path.starts_with("/api/") {
        return "answer=accept&version=1";
    }
    let last = path.rsplit('/').next().unwrap_or_default();
    match last {
        "answer" => r#"{"answer": "accept", "version": 1}"#,
        "reply" => r#"{"answer": "agree", "version": 1}"#,
        "beginning" => r#"{"version": 1}"#,
        "1" => r#"{"ticked": true}"#,
        "time" => r#"{"hours": "1"}"#,
        "questions" => r#"{"text": "Which one?"}"#,
        "deliverables" => r#"{"text": "Done.", "version": 1}"#,
        "draft" => r##"{"text": "# Mine", "version": 1}"##,
        "files" => r#"{"name": "a.pdf", "length": 3}"#,
        "matches" => r#"{"key": "anything", "handoff": null}"#,
        _ => "",
    }
}

/// Whether a role may, and whether a token of a scope may.
fn role_may(who: Who, role: Role) -> bool {
    match who {
        All | SignedIn => true,
        Work => role == Role::Worker,
        _ if role == Role::Worker => false,
        See | Business => true,
        Import | Edit | Noting => role != Role::Viewer,
        Manage | Administer => role == Role::Owner,
    }
}

fn token_may(who: Who, path: &str, scope: TokenScope) -> bool {
    match who {
        // A token opens no pages.
        See | Import | Edit | Noting | Manage if !path.starts_with("/api/") => false,
        All => true,
        See => scope == TokenScope::Read,
        Import => scope == TokenScope::Import,
        Edit => scope == TokenScope::Edit,
        Noting => scope == TokenScope::Usage,
        Manage => scope == TokenScope::Manage,
        SignedIn | Administer | Work | Business => false,
    }
}

#[test]
fn sec_01_every_route_is_in_the_table() {
    let known: BTreeSet<(String, &str)> = TABLE
        .iter()
        .map(|(method, path, _)| ((*method).to_owned(), *path))
        .collect();
    let there: BTreeSet<(String, &str)> = routes()
        .iter()
        .map(|route| (route.method.to_string(), route.path))
        .collect();
    let missing: Vec<_> = there.difference(&known).collect();
    let gone: Vec<_> = known.difference(&there).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "not in the table: {missing:?}\nno route: {gone:?}"
    );
}

fn is_refused(page: &Page) -> bool {
    let leads_away = page.status == 303 && page.location().starts_with("/sign-in");
    matches!(page.status.as_u16(), 401 | 403) || leads_away
}

fn by_person(site: &Site, person: Option<&Person>, method: &str, path: &str) -> Page {
    let cookie = person.map(cookie_of);
    let mut headers = vec![("sec-fetch-site", "same-origin")];
    headers.extend(cookie.as_deref().map(|cookie| ("cookie", cookie)));
    site.ask(method, path, &headers, "")
}

fn by_token(site: &Site, secret: &str, method: &str, path: &str) -> Page {
    let bearer = format!("Bearer {secret}");
    site.ask(method, path, &[("authorization", &bearer)], "")
}

/// What may be tried by somebody who may: nothing that takes away what the other tries need.
fn is_safe_to_try(method: &str, path: &str) -> bool {
    method != "DELETE"
        && !path.ends_with("/removal")
        && path != "/sign-out"
        && !path.ends_with("/open")
        && path != "/workspaces/demo"
        && path != "/api/v1/example"
}

#[test]
fn sec_01_roles_reach_what_the_table_says_and_nothing_else() {
    let site = Site::new();
    let things = things(&site);
    let people = [
        (site.owner.clone(), Role::Owner),
        (site.member("Mae", Role::Manager), Role::Manager),
        (site.member("Vi", Role::Viewer), Role::Viewer),
        (things.worker.clone(), Role::Worker),
    ];
    let before = site.rows();
    for (method, pattern, who) in TABLE {
        let path = things.path(pattern, true);
        for (person, role) in &people {
            let may = role_may(*who, *role);
            if may {
                continue;
            }
            let page = by_person(&site, Some(person), method, &path);
            assert_eq!(
                page.status.as_u16(),
                403,
                "{role:?} {method} {path}: {}",
                page.body
            );
        }
        if *who != All {
            let page = by_person(&site, None, method, &path);
            assert!(is_refused(&page), "nobody {method} {path}: {}", page.status);
        }
    }
    assert_eq!(
        site.rows(),
        before,
        "what was refused has changed something"
    );
    for (method, pattern, who) in TABLE {
        let path = things.path(pattern, true);
        for (person, role) in &people {
            if role_may(*who, *role) && is_safe_to_try(method, &path) {
                let page = by_person(&site, Some(person), method, &path);
                assert!(
                    !matches!(page.status.as_u16(), 401 | 403 | 500),
                    "{role:?} {method} {path}: {} {}",
                    page.status,
                    page.body
                );
            }
        }
    }
}

/// What is handed off or given to somebody else is not there for a worker, and nothing comes of what they try.
#[test]
fn sec_01_a_worker_reaches_no_handoff_and_no_assignment_of_another() {
    let site = Site::new();
    let things = things(&site);
    let before = site.rows();
    for (method, pattern, who) in TABLE {
        // A day is nobody's: each sees their own week of it.
        if *who != Work || !pattern.replace("{day}", "").contains('{') {
            continue;
        }
        let theirs = pattern.replace("{handoff}", &things.others);
        let theirs = things.path(&theirs, true);
        let nothing = things.path(pattern, false);
        let send = |path: &str| {
            let body = sent_by_worker(path);
            let cookie = cookie_of(&things.worker);
            let headers = [("sec-fetch-site", "same-origin"), ("cookie", &*cookie)];
            site.ask(method, path, &headers, body)
        };
        let (foreign, missing) = (send(&theirs), send(&nothing));
        assert_eq!(foreign.status.as_u16(), 404, "{method} {pattern}");
        assert_eq!(
            foreign.body.replace(&theirs, "PATH"),
            missing.body.replace(&nothing, "PATH")
        );
    }
    assert_eq!(site.rows(), before);
}

/// What is a worker's own is theirs to do: each of these goes through, with what it is about in the state in which it can be done.
#[test]
fn sec_01_a_worker_reaches_what_is_theirs() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let blueprint = site.published();
    let mut tried = 0;
    for (at, (method, pattern, who)) in TABLE.iter().enumerate() {
        let is_about = ["{handoff}", "{assignment}"];
        if *who != Work || !is_about.iter().any(|it| pattern.contains(it)) {
            continue;
        }
        let name: &'static str = Box::leak(format!("Wim{at}").into_boxed_str());
        let own = own(&site, blueprint, name, (method, pattern));
        let cookie = cookie_of(&own.worker);
        let mut headers = vec![("sec-fetch-site", "same-origin"), ("cookie", &*cookie)];
        let body = match own.body {
            Some(body) if pattern.starts_with("/api/") => body,
            Some(body) => {
                headers.push(("content-type", "application/x-www-form-urlencoded"));
                body
            }
            None => String::new(),
        };
        let page = site.ask(method, &own.path, &headers, body);
        let is_done = match method {
            _ if page.status == 303 => page.location().starts_with("/my/"),
            _ => matches!(page.status.as_u16(), 200 | 201 | 204),
        };
        let told = (page.status, &page.body);
        assert!(is_done, "{method} {pattern}: {told:?}");
        tried += 1;
    }
    assert!(tried > 25, "{tried} routes");
}

/// What the paths of the tests above name is there: else what is somebody else's and what is not there could only look alike.
#[test]
fn sec_01_what_the_paths_name_is_there() {
    let site = Site::new();
    let things = things(&site);
    let bodies = Bodies::of(&site);
    let find = |method: &str, pattern: &str| {
        let (path, cookie) = (things.path(pattern, true), cookie_of(&site.owner));
        let headers = [("sec-fetch-site", "same-origin"), ("cookie", &*cookie)];
        let page = site.ask(method, &path, &headers, bodies.right(method, pattern));
        let is_there = !is_refused(&page) && page.status != 404;
        assert!(is_there, "{method} {path}: {} {}", page.status, page.body);
    };
    let about = |(_, pattern, who): &&(&str, &'static str, Who)| {
        *who != Work && names_of(pattern).next().is_some()
    };
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    // What is only looked at is there after it as before.
    for (method, pattern, _) in TABLE.iter().filter(about).filter(|it| it.0 == "GET") {
        find(method, pattern);
        seen.extend(names_of(pattern));
    }
    // Of what no page and no answer is about, the first route that does something with it tells; with the session the rest would end.
    let mut others: Vec<_> = TABLE.iter().filter(about).collect();
    others.retain(|it| it.0 != "GET");
    others.sort_by_key(|it| it.1.contains("{session}"));
    for (method, pattern, _) in others {
        if names_of(pattern).all(|name| seen.contains(name)) {
            continue;
        }
        find(method, pattern);
        seen.extend(names_of(pattern));
    }
    let all: BTreeSet<&str> = TABLE
        .iter()
        .filter(about)
        .flat_map(|it| names_of(it.1))
        .collect();
    assert_eq!(seen, all);
}

/// What a path names, such as `{bill}`; a file of hours, of pay and of the program itself are three things.
fn names_of(pattern: &'static str) -> impl Iterator<Item = &'static str> {
    let kind = |at: usize| match &pattern[..at] {
        before if before.ends_with("/pay/files/") => "{pay file}",
        before if before.ends_with("hours/") || before.ends_with("hours-files/") => "{hours file}",
        _ => "{file}",
    };
    let starts = pattern.match_indices('{').map(|(at, _)| at);
    starts.filter_map(move |at| {
        let end = pattern[at..].find('}')?;
        match &pattern[at..=at + end] {
            "{file}" => Some(kind(at)),
            name => Some(name),
        }
    })
}

/// Something of a worker's own, and what they send to do something with it.
struct Own {
    worker: Person,
    path: String,
    body: Option<String>,
}

/// A worker with a handoff and an assignment as a route needs them.
fn own(site: &Site, blueprint: Uuid, name: &'static str, (method, pattern): (&str, &str)) -> Own {
    let (worker, person) = site.worker(name);
    let is_draft = pattern.contains("/draft");
    site.paid_and_let_in(person);
    let handoff = match is_draft {
        true => site.handed_off(person),
        false => site.handed_off_by(person, blueprint),
    };
    if is_draft || !pattern.ends_with("{handoff}/answer") {
        site.act(&worker, move |tx, actor, moment| {
            answer_own_handoff(tx, actor, handoff, HandoffAnswer::Accept, "", None, moment)
        })
        .unwrap();
    }
    let mut path = pattern.replace("{handoff}", &handoff.to_string());
    let mut version = 1;
    if pattern.contains("/change/") {
        site.act(&site.owner, move |tx, actor, moment| {
            let new = NewScope {
                start: Day::from_ymd(2027, 1, 4),
                ..NewScope::default()
            };
            propose_change(tx, actor, handoff, &new, None, moment)
        })
        .unwrap();
    }
    if pattern.contains("{handoff}") && !is_draft {
        let found = site.act(&site.owner, move |tx, actor, _| {
            load_handoff(tx, actor, handoff)
        });
        version = found.unwrap().summary.handoff.row.version;
    }
    if pattern.contains("{attachment}") {
        let all = site.act(&site.owner, move |tx, actor, _| {
            attachments_of_version(tx, actor, blueprint, 1)
        });
        path = path.replace("{attachment}", &all.unwrap()[0].id.to_string());
    }
    if pattern.contains("{assignment}") {
        let (id, document, seen) = given_to(site, &worker, handoff, (method, pattern));
        version = seen;
        path = path
            .replace("{assignment}", &id.to_string())
            .replace("{document}", &document.to_string())
            .replace("{number}", "1")
            .replace("{start}", "0");
    }
    let body = (method != "GET" && method != "DELETE").then(|| sent_to_own(pattern, version));
    Own { worker, path, body }
}

/// An assignment of a worker with a file that is on its way; for its answer one that waits for it.
fn given_to(
    site: &Site,
    worker: &Person,
    handoff: Uuid,
    (method, pattern): (&str, &str),
) -> (Uuid, Uuid, i64) {
    let id = site
        .act(&site.owner, move |tx, actor, moment| {
            let new = NewAssignment {
                due: moment
                    .now
                    .checked_add(jiff::SignedDuration::from_hours(5))
                    .ok(),
                ..NewAssignment::default()
            };
            Ok(give_assignment(tx, actor, handoff, &new, moment)?.row.id)
        })
        .unwrap();
    if pattern.ends_with("/reply") {
        return (id, Uuid::nil(), 1);
    }
    let (is_new, is_read) = (
        pattern.ends_with("/deliverables"),
        method == "GET" && pattern.contains("{document}"),
    );
    site.act(worker, move |tx, actor, moment| {
        reply_to_assignment(tx, actor, id, Reply::Agree, None, moment)?;
        let mut document = Uuid::nil();
        if !is_new {
            document = begin_file(tx, actor, id, "a.pdf", 3, moment)?.id;
        }
        if is_read {
            add_file_part(tx, actor, id, document, 0, b"abc".to_vec())?;
        }
        let seen = load_assignment(tx, actor, id)?.row.version;
        Ok((id, document, seen))
    })
    .unwrap()
}

/// What a worker sends to do something with what is theirs.
fn sent_to_own(pattern: &str, version: i64) -> String {
    let last = pattern.rsplit('/').next().unwrap_or_default();
    let is_program = pattern.starts_with("/api/");
    let typed = match (is_program, last) {
        (true, "answer") => r#"{"answer": "accept", "version": V}"#,
        (true, "reply") => r#"{"answer": "agree", "version": V}"#,
        (true, "beginning") => r#"{"version": V}"#,
        (true, "{number}") => r#"{"ticked": true}"#,
        (true, "time") => r#"{"hours": "1"}"#,
        (true, "questions") => r#"{"text": "Which one?"}"#,
        (true, "deliverables") => r#"{"text": "Done.", "hours": "1", "version": V}"#,
        (true, "draft") => r##"{"text": "# Mine\n\n## Steps\n\n1. Open it.\n", "version": V}"##,
        (true, "files") => r#"{"name": "b.pdf", "length": 3}"#,
        (true, _) => "abc",
        (false, "answer") => "answer=accept&version=V",
        (false, "reply") => "answer=agree&version=V",
        (false, "{number}") => "ticked=1",
        (false, "hours") => "hours=1",
        (false, "questions") => "question=Which+one",
        (false, "draft") => "text=%23+Mine&version=V",
        (false, _) => "text=Done&hours=1&version=V",
    };
    typed.replace('V', &version.to_string())
}

/// A worker who is suspended reaches nothing, of what is theirs neither.
#[test]
fn sec_05_a_suspended_worker_reaches_nothing() {
    let site = Site::new();
    let things = things(&site);
    let blueprint = site.published();
    let pattern = "/api/v1/my/assignments/{assignment}/files/{document}";
    let own = own(&site, blueprint, "Wilma", ("GET", pattern));
    by_person(&site, Some(&own.worker), "GET", &own.path).is(200);
    let feed = site.act(&own.worker, renew_feed).unwrap();
    let feed = format!("/feeds/{}.ics", feed.reveal());
    site.get(None, &feed).is(200);
    let ids: Vec<&str> = own.path.split('/').collect();
    let account = site.actor(&own.worker).account;
    site.act(&site.owner, move |tx, actor, moment| {
        suspend_member(tx, actor, account, moment)
    })
    .unwrap();
    let before = site.rows();
    for (method, pattern, who) in TABLE {
        if matches!(who, All | SignedIn | Business) {
            continue;
        }
        let path = pattern
            .replace("{assignment}", ids[5])
            .replace("{document}", ids[7]);
        let path = things.path(&path, true);
        by_person(&site, Some(&own.worker), method, &path)
            .is(403)
            .says(&["member.suspended"]);
    }
    assert_eq!(
        site.rows(),
        before,
        "what was refused has changed something"
    );
    assert_ne!(site.get(None, &feed).status.as_u16(), 200);
}

/// Who is invited and has not accepted has no part here, whether they have an account elsewhere or belong to nothing yet.
#[test]
fn sec_01_who_is_invited_reaches_nothing_before_they_accept() {
    let site = Site::new();
    let mut things = things(&site);
    let ina = site.member("Ina", Role::Viewer);
    let account = site.actor(&ina).account;
    let person = site
        .act(&site.owner, move |tx, actor, moment| {
            remove_member(tx, actor, account, moment)?;
            let fields = PersonFields {
                kind: "freelancer".to_owned(),
                name: "Ina".to_owned(),
                email: "ina@example.com".to_owned(),
                ..PersonFields::default()
            };
            let person = add_person(tx, actor, &fields, None, moment)?.row.id;
            invite_person(tx, actor, person, moment)?;
            Ok(person)
        })
        .unwrap();
    things.person = person.to_string();
    things.handoff = site.handed_off(person).to_string();
    let before = site.rows();
    for (method, pattern, who) in TABLE {
        if matches!(who, All | SignedIn | Business) {
            continue;
        }
        let page = by_person(&site, Some(&ina), method, &things.path(pattern, true));
        let is_refused = matches!(page.status.as_u16(), 403 | 404);
        assert!(
            is_refused,
            "{method} {pattern}: {} {}",
            page.status, page.body
        );
    }
    assert_eq!(
        site.rows(),
        before,
        "what was refused has changed something"
    );
    site.act(&ina, |tx, actor, moment| {
        let id = create_workspace(tx, actor, "Ina's", false, moment)?;
        offdesk_actions::accounts::open_workspace(tx, actor, id)
    })
    .unwrap();
    sees_nothing_of(&site, &things, &ina);
    for (method, pattern, who) in TABLE {
        if *who == Work {
            by_person(&site, Some(&ina), method, &things.path(pattern, true)).is(403);
        }
    }
}

#[test]
fn sec_06_tokens_reach_what_their_scope_says_and_nothing_else() {
    let site = Site::new();
    let things = things(&site);
    for scope in TokenScope::ALL {
        let (_, secret) = site
            .act(&site.owner, move |tx, actor, moment| {
                create_token(tx, actor, &NewToken::new(scope.word(), &[scope]), moment)
            })
            .unwrap();
        let before = site.rows();
        for (method, pattern, who) in TABLE {
            let path = things.path(pattern, true);
            if token_may(*who, pattern, scope) {
                continue;
            }
            let page = by_token(&site, secret.reveal(), method, &path);
            assert_eq!(
                page.status.as_u16(),
                403,
                "{} {method} {path}: {}",
                scope.word(),
                page.body
            );
        }
        assert_eq!(site.rows(), before);
        for (method, pattern, who) in TABLE {
            let path = things.path(pattern, true);
            if token_may(*who, pattern, scope) && *who != All && is_safe_to_try(method, &path) {
                let page = by_token(&site, secret.reveal(), method, &path);
                assert!(
                    !matches!(page.status.as_u16(), 401 | 403 | 500),
                    "{} {method} {path}: {} {}",
                    scope.word(),
                    page.status,
                    page.body
                );
            }
        }
    }
}

/// Somebody in a workspace of their own, and in no other.
fn stranger(site: &Site) -> Person {
    let stranger = site.member("Sue", Role::Viewer);
    site.act(&stranger, |tx, actor, moment| {
        let id = create_workspace(tx, actor, "Sue's", false, moment)?;
        offdesk_actions::accounts::open_workspace(tx, actor, id)
    })
    .unwrap();
    let owner = site.actor(&site.owner);
    let sue = site.actor(&stranger).account;
    site.act(&site.owner, move |tx, actor, moment| {
        remove_member(tx, actor, sue, moment)
    })
    .unwrap();
    assert_ne!(site.actor(&stranger).membership, owner.membership);
    stranger
}

/// A manager of the stranger's workspace.
fn manager_of(site: &Site, stranger: &Person) -> Person {
    let secret = site.act(stranger, |tx, actor, moment| {
        invite(tx, actor, "max@example.com", Role::Manager, moment)
    });
    let account = NewAccount {
        name: "Max".to_owned(),
        password: PASSWORD.to_owned(),
        ..NewAccount::default()
    };
    let signed = accept_invitation(&site.store, &secret.unwrap(), &account, FIREFOX, moment());
    Person {
        signed: signed.unwrap(),
    }
}

/// What somebody is told, but for what differs with each answer.
fn told(page: &Page, path: &str) -> (u16, Vec<String>, String) {
    let mut headers: Vec<String> = page
        .headers
        .iter()
        .filter(|(name, _)| !["date", "location", "content-length"].contains(&name.as_str()))
        .map(|(name, value)| format!("{name}: {value:?}"))
        .collect();
    headers.sort();
    // What was asked for may be named as it was asked for.
    let mut body = page.body.replace(path, "PATH");
    for part in path.split('/').filter(|part| !part.is_empty()) {
        for what in ["no pay file", "no posting"] {
            body = body.replace(&format!("{what} {part}"), what);
        }
    }
    (page.status.as_u16(), headers, body)
}

/// Routes about no object, or about one that is everybody's: a day, a kind of file or picture; what is in them is of the stranger's own
/// workspace.
fn is_about_nobodys(pattern: &str) -> bool {
    let kinds = [
        "{tool}",
        "{kind}",
        "return/pictures/{picture}",
        "hours/pictures/{picture}",
    ];
    !pattern.contains('{')
        || pattern.starts_with("/assets")
        // Whoever has the secret of a feed reads it.
        || pattern.starts_with("/feeds")
        || pattern.ends_with("/{week}")
        || kinds.iter().any(|kind| pattern.ends_with(kind))
}

/// To somebody with a workspace of their own, things of the owner's look like what is not there.
#[track_caller]
fn sees_nothing_of(site: &Site, things: &Things, stranger: &Person) {
    let bodies = Bodies::of(site);
    let before = site.rows();
    let cookie = cookie_of(stranger);
    let headers = [("sec-fetch-site", "same-origin"), ("cookie", &*cookie)];
    for (method, pattern, who) in TABLE {
        if is_about_nobodys(pattern) || *who == Work {
            continue;
        }
        let (theirs, nothing) = (things.path(pattern, true), things.path(pattern, false));
        let ask = |path: &str| site.ask(method, path, &headers, bodies.right(method, pattern));
        let foreign = ask(&theirs);
        assert_eq!(
            told(&foreign, &theirs),
            told(&ask(&nothing), &nothing),
            "{method} {pattern}"
        );
        assert_eq!(foreign.status.as_u16(), 404, "{method} {pattern}");
    }
    assert_eq!(site.rows(), before);
}

/// Routes that read a file of several parts before anything else, or whose path is looked at together with what came.
const READ_FIRST: &[&str] = &[];

#[test]
fn sec_01_what_is_somebody_elses_looks_like_what_is_not_there() {
    let site = Site::new();
    let things = things(&site);
    let stranger = stranger(&site);
    let manager = manager_of(&site, &stranger);
    let tokens = TokenScope::ALL.map(|scope| {
        let made = site.act(&stranger, move |tx, actor, moment| {
            create_token(tx, actor, &NewToken::new(scope.word(), &[scope]), moment)
        });
        (scope, made.unwrap().1)
    });
    let bodies = Bodies::of(&site);
    // The stranger's workspace has no import 1 that could be mistaken for the owner's.
    let before = site.rows();
    let mut found = Vec::new();
    for (method, pattern, who) in TABLE {
        // A stranger who is no worker there is refused before anything is looked up; workers have a test of their own.
        if is_about_nobodys(pattern) || *who == Work {
            continue;
        }
        let body = bodies.right(method, pattern);
        let theirs = things.path(pattern, true);
        let nothing = things.path(pattern, false);
        let mut hold = |name: &str, may: bool, ask: &dyn Fn(&str) -> Page| {
            let (foreign, missing) = (ask(&theirs), ask(&nothing));
            let (of_theirs, of_nothing) = (told(&foreign, &theirs), told(&missing, &nothing));
            if of_theirs != of_nothing {
                found.push(format!(
                    "{name} {method} {pattern}: {of_theirs:?} {of_nothing:?}"
                ));
            }
            let expected = if may { 404 } else { 403 };
            if foreign.status.as_u16() != expected && !READ_FIRST.contains(pattern) {
                let body: String = foreign.body.chars().take(300).collect();
                found.push(format!(
                    "{name} {method} {pattern}: {} {body}",
                    foreign.status
                ));
            }
        };
        for (person, role) in [(&stranger, Role::Owner), (&manager, Role::Manager)] {
            hold(&format!("{role:?}"), role_may(*who, role), &|path| {
                let cookie = cookie_of(person);
                let headers = [("sec-fetch-site", "same-origin"), ("cookie", &*cookie)];
                site.ask(method, path, &headers, body.clone())
            });
        }
        for (scope, secret) in &tokens {
            hold(scope.word(), token_may(*who, pattern, *scope), &|path| {
                let bearer = format!("Bearer {}", secret.reveal());
                site.ask(method, path, &[("authorization", &bearer)], body.clone())
            });
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert_eq!(site.rows(), before);
}

/// Of a path with two things the second one has to be of the first: else whoever looks at one changes what they do not see.
#[test]
fn sec_02_what_is_of_another_is_not_there() {
    let site = Site::new();
    let things = things(&site);
    let bodies = Bodies::of(&site);
    let other = site.given(site.activity("Sales calls"));
    let blueprint = site.act(&site.owner, |tx, actor, moment| {
        let new = NewBlueprint {
            text: "# Another\n".to_owned(),
            ..NewBlueprint::default()
        };
        Ok(create_blueprint(tx, actor, &new, moment)?.row.id)
    });
    let blueprint = blueprint.unwrap().to_string();
    let inner = [
        "{attachment}",
        "{terms}",
        "{access}",
        "{document}",
        "{question}",
        "{supervision}",
        "{recurrence}",
    ];
    let cookie = cookie_of(&site.owner);
    let headers = [("sec-fetch-site", "same-origin"), ("cookie", &*cookie)];
    let before = site.rows();
    let mut tried = 0;
    for (method, pattern, who) in TABLE {
        let has_two = pattern.matches('{').count() > 1;
        if *who == Work || !has_two || !inner.iter().any(|it| pattern.contains(it)) {
            continue;
        }
        tried += 1;
        let path = pattern
            .replace("{blueprint}", &blueprint)
            .replace("{person}", &other.person.to_string())
            .replace("{handoff}", &other.handoff.to_string())
            .replace("{assignment}", &other.assignment.to_string());
        let path = things.path(&path, true);
        let body = bodies.right(method, pattern);
        let page = site.ask(method, &path, &headers, body);
        assert_eq!(
            page.status.as_u16(),
            404,
            "{method} {pattern}: {}",
            page.body
        );
    }
    assert!(tried > 10, "{tried}");
    assert_eq!(site.rows(), before);
}

#[test]
fn sec_05_who_is_kept_out_reaches_nothing_of_the_workspace() {
    for bar in ["member.suspended", "member.factor"] {
        let site = Site::new();
        let things = things(&site);
        let mae = site.member("Mae", Role::Owner);
        let tokens = TokenScope::ALL.map(|scope| {
            let made = site.act(&mae, move |tx, actor, moment| {
                create_token(tx, actor, &NewToken::new(scope.word(), &[scope]), moment)
            });
            made.unwrap().1
        });
        let account = site.actor(&mae).account;
        if bar == "member.suspended" {
            site.act(&site.owner, move |tx, actor, moment| {
                suspend_member(tx, actor, account, moment)
            })
            .unwrap();
        } else {
            site.ask_for_factors();
        }
        let before = site.rows();
        for (method, pattern, who) in TABLE {
            let path = things.path(pattern, true);
            if matches!(who, All | SignedIn | Business) {
                continue;
            }
            let page = by_person(&site, Some(&mae), method, &path);
            let is_led = *method == "GET" && !path.starts_with("/api/") && bar == "member.factor";
            if is_led {
                assert_eq!(page.is(303).location(), "/security/second-factor", "{path}");
            } else {
                page.is(403).says(&[bar]);
            }
            for token in &tokens {
                let page = by_token(&site, token.reveal(), method, &path);
                // No token gets as far as that on a page, or with what is a person's own.
                let is_own = *who == Administer || !path.starts_with("/api/");
                page.is(403);
                assert!(is_own || page.body.contains(bar), "{path}: {}", page.body);
            }
        }
        assert_eq!(site.rows(), before, "{bar} has changed something");
        // From elsewhere only somebody who is in sees how the desk does.
        let bearer = format!("Bearer {}", tokens[0].reveal());
        let away = [
            ("authorization", bearer.as_str()),
            ("x-forwarded-for", "8.8.8.8"),
        ];
        site.ask("GET", "/metrics", &away, "").is(403);
        // What is their own is theirs: their sessions, and a way to go on.
        by_person(&site, Some(&mae), "GET", "/security").is(200);
        by_person(&site, Some(&mae), "GET", "/workspaces").is(200);
        by_person(&site, Some(&site.owner), "GET", "/hours").is(200);
    }
}

#[test]
fn sec_05_what_was_ended_ends_with_the_next_request() {
    let site = Site::new();
    things(&site);
    let mae = site.member("Mae", Role::Manager);
    by_person(&site, Some(&mae), "GET", "/import").is(200);
    let account = site.actor(&mae).account;
    site.act(&site.owner, move |tx, actor, moment| {
        offdesk_actions::members::change_role(tx, actor, account, Role::Viewer, moment)
    })
    .unwrap();
    by_person(&site, Some(&mae), "GET", "/import").is(403);
    by_person(&site, Some(&mae), "GET", "/hours").is(200);
    site.act(&site.owner, move |tx, actor, moment| {
        remove_member(tx, actor, account, moment)
    })
    .unwrap();
    by_person(&site, Some(&mae), "GET", "/hours").is(404);
    let (id, secret) = site
        .act(&site.owner, |tx, actor, moment| {
            create_token(tx, actor, &NewToken::new("R", &[TokenScope::Read]), moment)
        })
        .unwrap();
    by_token(&site, secret.reveal(), "GET", "/api/v1/entries").is(200);
    site.act(&site.owner, move |tx, actor, moment| {
        revoke_token(tx, actor, id, moment)
    })
    .unwrap();
    by_token(&site, secret.reveal(), "GET", "/api/v1/entries").is(401);
    let session = site.actor(&site.owner).session.unwrap();
    site.act(&site.owner, move |tx, actor, moment| {
        offdesk_actions::accounts::end_session(tx, actor, session, moment)
    })
    .unwrap();
    let page = by_person(&site, Some(&site.owner), "GET", "/hours");
    assert_eq!(page.is(303).location(), "/sign-in?next=%2Fhours");
}
