//! Everything the pages do can be done by a program: every route of a page has a twin in the API, or a reason why it has none.

use std::collections::{BTreeMap, BTreeSet};

use offdesk_web::desk::{Access, routes};

/// A route of a page, and what does the same in the API.
type Twin = (&'static str, &'static str);

/// By page, with method and path; several pages may show what one answer holds.
const TWINS: &[Twin] = &[
    ("GET /desk", "GET /api/v1/desk"),
    ("GET /notices", "GET /api/v1/notices"),
    ("POST /notices/digest", "PUT /api/v1/notices"),
    ("POST /notices/feed", "POST /api/v1/notices/feed"),
    ("POST /notices/feed/removal", "DELETE /api/v1/notices/feed"),
    (
        "POST /people/{person}/rates",
        "POST /api/v1/people/{person}/rates",
    ),
    (
        "POST /people/{person}/rates/{rate}/removal",
        "DELETE /api/v1/people/{person}/rates/{rate}",
    ),
    (
        "POST /people/{person}/usage-table",
        "POST /api/v1/usage-tables",
    ),
    (
        "POST /work/{assignment}/usage",
        "POST /api/v1/assignments/{assignment}/usage",
    ),
    (
        "POST /work/{assignment}/usage/{usage}/removal",
        "DELETE /api/v1/assignments/{assignment}/usage/{usage}",
    ),
    ("POST /pay/budgets", "POST /api/v1/budgets"),
    ("POST /people/{person}/budgets", "POST /api/v1/budgets"),
    ("POST /handoffs/{handoff}/budgets", "POST /api/v1/budgets"),
    (
        "POST /budgets/{budget}/removal",
        "DELETE /api/v1/budgets/{budget}",
    ),
    ("GET /worth", "GET /api/v1/worths"),
    ("POST /worth", "POST /api/v1/worths"),
    ("GET /import", "GET /api/v1/sources"),
    ("POST /import", "POST /api/v1/uploads"),
    ("POST /import/pasted", "POST /api/v1/uploads"),
    ("POST /import/memory", "POST /api/v1/memory-weeks"),
    ("POST /import/log", "POST /api/v1/log-lines"),
    (
        "POST /import/log-lines/{line}",
        "PUT /api/v1/log-lines/{line}",
    ),
    (
        "POST /import/log-lines/{line}/removal",
        "DELETE /api/v1/log-lines/{line}",
    ),
    ("POST /import/calendars", "POST /api/v1/calendars"),
    (
        "POST /import/calendars/{calendar}/readings",
        "POST /api/v1/calendars/{calendar}/readings",
    ),
    (
        "POST /import/calendars/{calendar}/schedule",
        "PUT /api/v1/calendars/{calendar}",
    ),
    (
        "POST /import/calendars/{calendar}/removal",
        "DELETE /api/v1/calendars/{calendar}",
    ),
    (
        "GET /import/{upload}",
        "POST /api/v1/uploads/{upload}/preview",
    ),
    (
        "POST /import/{upload}",
        "POST /api/v1/uploads/{upload}/import",
    ),
    (
        "POST /import/{upload}/removal",
        "DELETE /api/v1/uploads/{upload}",
    ),
    ("GET /sources/{source}", "GET /api/v1/sources/{source}"),
    (
        "POST /sources/{source}/removal",
        "DELETE /api/v1/sources/{source}",
    ),
    ("GET /hours", "GET /api/v1/hours"),
    ("GET /hours/pictures/{picture}", "GET /api/v1/hours"),
    (
        "GET /activities/{activity}",
        "GET /api/v1/activities/{activity}",
    ),
    (
        "POST /activities/{activity}/name",
        "POST /api/v1/activities/{activity}/name",
    ),
    (
        "POST /activities/{activity}/merge",
        "POST /api/v1/activities/{activity}/merge",
    ),
    (
        "POST /activities/{activity}/split",
        "POST /api/v1/activities/{activity}/split",
    ),
    (
        "POST /activities/{activity}/stays",
        "POST /api/v1/activities/{activity}/stays",
    ),
    (
        "POST /activities/{activity}/price",
        "POST /api/v1/activities/{activity}/price",
    ),
    (
        "POST /activities/{activity}/judgement",
        "POST /api/v1/activities/{activity}/judgement",
    ),
    ("GET /next", "GET /api/v1/next"),
    ("GET /next/roll-out", "GET /api/v1/roll-out"),
    ("GET /plan", "GET /api/v1/plan"),
    ("POST /plan", "POST /api/v1/plan"),
    ("GET /next/{activity}", "GET /api/v1/next"),
    (
        "GET /next/{activity}/decision",
        "GET /api/v1/activities/{activity}/decision",
    ),
    (
        "GET /next/{activity}/decision/pictures/{picture}",
        "GET /api/v1/activities/{activity}/decision",
    ),
    (
        "POST /next/{activity}/decision",
        "PUT /api/v1/activities/{activity}/decision",
    ),
    (
        "POST /next/{activity}/judgement",
        "POST /api/v1/activities/{activity}/judgement",
    ),
    ("GET /blueprints", "GET /api/v1/blueprints"),
    ("POST /blueprints", "POST /api/v1/blueprints"),
    (
        "GET /blueprints/new",
        "GET /api/v1/activities/{activity}/draft",
    ),
    ("GET /blueprints/files", "GET /api/v1/blueprint-files"),
    ("POST /blueprints/import", "POST /api/v1/blueprint-imports"),
    (
        "POST /blueprints/import/confirmation",
        "POST /api/v1/blueprint-imports",
    ),
    (
        "POST /blueprints/imports/{import}/removal",
        "DELETE /api/v1/blueprint-imports/{import}",
    ),
    (
        "GET /blueprints/{blueprint}",
        "GET /api/v1/blueprints/{blueprint}",
    ),
    (
        "GET /blueprints/{blueprint}/page",
        "GET /api/v1/blueprints/{blueprint}",
    ),
    (
        "GET /blueprints/{blueprint}/file",
        "GET /api/v1/blueprints/{blueprint}",
    ),
    (
        "POST /blueprints/{blueprint}",
        "PUT /api/v1/blueprints/{blueprint}",
    ),
    (
        "GET /blueprints/{blueprint}/versions/{number}",
        "GET /api/v1/blueprints/{blueprint}/versions/{number}",
    ),
    (
        "POST /blueprints/{blueprint}/attachments",
        "POST /api/v1/blueprints/{blueprint}/attachments",
    ),
    (
        "GET /blueprints/{blueprint}/attachments/{attachment}",
        "GET /api/v1/blueprints/{blueprint}/attachments/{attachment}",
    ),
    (
        "POST /blueprints/{blueprint}/attachments/{attachment}/removal",
        "DELETE /api/v1/blueprints/{blueprint}/attachments/{attachment}",
    ),
    (
        "POST /my/handoffs/{handoff}/draft",
        "PUT /api/v1/my/handoffs/{handoff}/draft",
    ),
    (
        "GET /my/handoffs/{handoff}/attachments/{attachment}",
        "GET /api/v1/my/handoffs/{handoff}/attachments/{attachment}",
    ),
    (
        "POST /blueprints/{blueprint}/publication",
        "POST /api/v1/blueprints/{blueprint}/publication",
    ),
    (
        "POST /blueprints/{blueprint}/test-runs",
        "POST /api/v1/blueprints/{blueprint}/test-runs",
    ),
    (
        "POST /blueprints/{blueprint}/removal",
        "DELETE /api/v1/blueprints/{blueprint}/draft",
    ),
    ("GET /people", "GET /api/v1/people"),
    ("POST /people", "POST /api/v1/people"),
    ("GET /people/{person}", "GET /api/v1/people/{person}"),
    ("POST /people/{person}", "PUT /api/v1/people/{person}"),
    ("POST /people/{person}/state", "PUT /api/v1/people/{person}"),
    (
        "POST /people/{person}/terms",
        "POST /api/v1/people/{person}/terms",
    ),
    (
        "POST /people/{person}/terms/{terms}/removal",
        "DELETE /api/v1/people/{person}/terms/{terms}",
    ),
    (
        "POST /people/{person}/access",
        "POST /api/v1/people/{person}/access",
    ),
    (
        "POST /people/{person}/access/{access}/revocation",
        "POST /api/v1/people/{person}/access/{access}/revocation",
    ),
    (
        "POST /people/{person}/invitation",
        "POST /api/v1/people/{person}/invitation",
    ),
    ("GET /handoffs", "GET /api/v1/handoffs"),
    ("POST /handoffs", "POST /api/v1/handoffs"),
    ("GET /handoffs/{handoff}", "GET /api/v1/handoffs/{handoff}"),
    (
        "POST /handoffs/{handoff}/answer",
        "POST /api/v1/handoffs/{handoff}/answer",
    ),
    (
        "POST /handoffs/{handoff}/move",
        "POST /api/v1/handoffs/{handoff}/move",
    ),
    (
        "POST /handoffs/{handoff}/proposal",
        "POST /api/v1/handoffs/{handoff}/proposal",
    ),
    (
        "POST /handoffs/{handoff}/change",
        "POST /api/v1/handoffs/{handoff}/change",
    ),
    (
        "POST /handoffs/{handoff}/checking",
        "PUT /api/v1/handoffs/{handoff}/checking",
    ),
    (
        "POST /handoffs/{handoff}/change/answer",
        "POST /api/v1/handoffs/{handoff}/change/answer",
    ),
    (
        "POST /handoffs/{handoff}/change/removal",
        "DELETE /api/v1/handoffs/{handoff}/change",
    ),
    ("GET /work", "GET /api/v1/assignments"),
    ("POST /work", "POST /api/v1/handoffs/{handoff}/assignments"),
    (
        "GET /work/{assignment}",
        "GET /api/v1/assignments/{assignment}",
    ),
    (
        "GET /work/{assignment}/files/{document}",
        "GET /api/v1/assignments/{assignment}/files/{document}",
    ),
    (
        "POST /work/{assignment}/reply",
        "POST /api/v1/assignments/{assignment}/reply",
    ),
    (
        "POST /work/{assignment}/deliverables",
        "POST /api/v1/assignments/{assignment}/deliverables",
    ),
    (
        "POST /work/{assignment}/cancellation",
        "POST /api/v1/assignments/{assignment}/cancellation",
    ),
    (
        "POST /work/{assignment}/closure",
        "POST /api/v1/assignments/{assignment}/closure",
    ),
    (
        "POST /work/{assignment}/supervision",
        "POST /api/v1/assignments/{assignment}/supervision",
    ),
    (
        "POST /work/{assignment}/escapes",
        "POST /api/v1/assignments/{assignment}/escapes",
    ),
    (
        "POST /work/{assignment}/questions/{question}/answer",
        "POST /api/v1/assignments/{assignment}/questions/{question}/answer",
    ),
    (
        "POST /work/{assignment}/supervision/{supervision}",
        "PUT /api/v1/handoffs/{handoff}/supervision/{supervision}",
    ),
    (
        "POST /work/{assignment}/change",
        "PUT /api/v1/assignments/{assignment}",
    ),
    (
        "POST /work/{assignment}/reassignment",
        "POST /api/v1/assignments/{assignment}/reassignment",
    ),
    (
        "POST /handoffs/{handoff}/recurrences",
        "POST /api/v1/handoffs/{handoff}/recurrences",
    ),
    (
        "POST /handoffs/{handoff}/recurrences/{recurrence}/zone",
        "PUT /api/v1/recurrences/{recurrence}",
    ),
    (
        "POST /handoffs/{handoff}/recurrences/{recurrence}/end",
        "DELETE /api/v1/recurrences/{recurrence}",
    ),
    ("GET /review", "GET /api/v1/reviews"),
    ("GET /review/{assignment}", "GET /api/v1/reviews"),
    (
        "POST /review/{assignment}",
        "POST /api/v1/assignments/{assignment}/reviews",
    ),
    ("GET /my/work", "GET /api/v1/my/work"),
    ("GET /my/progress", "GET /api/v1/my/progress"),
    ("GET /my/pay", "GET /api/v1/my/pay"),
    ("POST /my/pay/details", "PUT /api/v1/my/pay-details"),
    (
        "GET /my/statements/{statement}",
        "GET /api/v1/my/statements/{statement}",
    ),
    (
        "GET /my/statements/{statement}/table",
        "GET /api/v1/my/statements/{statement}/table",
    ),
    (
        "GET /my/statements/{statement}/pdf",
        "GET /api/v1/my/statements/{statement}/pdf",
    ),
    ("GET /pay", "GET /api/v1/pay"),
    ("POST /pay/statements", "POST /api/v1/statements"),
    ("POST /pay/payments", "POST /api/v1/payments"),
    ("POST /pay/account", "PUT /api/v1/payer"),
    ("POST /pay/files", "POST /api/v1/pay-files/{kind}"),
    ("GET /pay/journals/{tool}", "GET /api/v1/journals/{tool}"),
    (
        "GET /pay/statements/{statement}",
        "GET /api/v1/statements/{statement}",
    ),
    (
        "GET /pay/statements/{statement}/table",
        "GET /api/v1/statements/{statement}/table",
    ),
    (
        "GET /pay/statements/{statement}/pdf",
        "GET /api/v1/statements/{statement}/pdf",
    ),
    (
        "POST /pay/statements/{statement}/payments",
        "POST /api/v1/statements/{statement}/payments",
    ),
    ("POST /pay/files/{file}/payment", "POST /api/v1/payments"),
    (
        "POST /pay/statements/{statement}/refunds",
        "POST /api/v1/statements/{statement}/refunds",
    ),
    (
        "POST /pay/statements/{statement}/payments/{payment}/return",
        "POST /api/v1/statements/{statement}/payments/{payment}/return",
    ),
    (
        "POST /pay/statements/{statement}/corrections",
        "POST /api/v1/postings/{posting}/correction",
    ),
    ("GET /pay/lines", "GET /api/v1/pay/lines"),
    (
        "POST /pay/lines/corrections",
        "POST /api/v1/postings/{posting}/correction",
    ),
    ("GET /my/hours", "GET /api/v1/my/hours-files"),
    ("POST /my/hours", "POST /api/v1/my/hours-files"),
    ("GET /my/hours/{file}", "GET /api/v1/my/hours-files/{file}"),
    (
        "POST /my/hours/{file}",
        "POST /api/v1/my/hours-files/{file}/import",
    ),
    (
        "POST /my/hours/{file}/undo",
        "DELETE /api/v1/my/hours-files/{file}",
    ),
    (
        "GET /people/{person}/hours",
        "GET /api/v1/people/{person}/hours-files",
    ),
    (
        "POST /people/{person}/hours",
        "POST /api/v1/people/{person}/hours-files",
    ),
    (
        "GET /people/{person}/hours/{file}",
        "GET /api/v1/people/{person}/hours-files/{file}",
    ),
    (
        "POST /people/{person}/hours/{file}",
        "POST /api/v1/people/{person}/hours-files/{file}/import",
    ),
    (
        "POST /people/{person}/hours/{file}/undo",
        "DELETE /api/v1/people/{person}/hours-files/{file}",
    ),
    ("GET /pay/bills", "GET /api/v1/bills"),
    ("POST /pay/bills", "POST /api/v1/bills"),
    ("GET /pay/bills/{bill}", "GET /api/v1/bills/{bill}"),
    (
        "POST /pay/bills/{bill}/query",
        "POST /api/v1/bills/{bill}/query",
    ),
    (
        "POST /pay/bills/{bill}/approval",
        "POST /api/v1/bills/{bill}/approval",
    ),
    (
        "POST /pay/bills/{bill}/removal",
        "DELETE /api/v1/bills/{bill}",
    ),
    (
        "GET /pay/bills/{bill}/file",
        "GET /api/v1/bills/{bill}/file",
    ),
    (
        "POST /pay/bills/{bill}/file",
        "PUT /api/v1/bills/{bill}/file",
    ),
    (
        "GET /people/{person}/pay",
        "GET /api/v1/people/{person}/pay-details",
    ),
    (
        "POST /people/{person}/pay",
        "PUT /api/v1/people/{person}/pay-details",
    ),
    (
        "POST /handoffs/{handoff}/milestones",
        "POST /api/v1/handoffs/{handoff}/milestones",
    ),
    ("GET /my/handoffs", "GET /api/v1/my/handoffs"),
    (
        "GET /my/handoffs/{handoff}",
        "GET /api/v1/my/handoffs/{handoff}",
    ),
    (
        "POST /my/handoffs/{handoff}/answer",
        "POST /api/v1/my/handoffs/{handoff}/answer",
    ),
    (
        "POST /my/handoffs/{handoff}/change/answer",
        "POST /api/v1/my/handoffs/{handoff}/change/answer",
    ),
    ("POST /my/off", "PUT /api/v1/my/off"),
    ("GET /my/record", "GET /api/v1/my/record/fields"),
    ("POST /my/record", "PUT /api/v1/my/record"),
    ("GET /my/record/file", "GET /api/v1/my/record"),
    (
        "GET /my/assignments/{assignment}",
        "GET /api/v1/my/assignments/{assignment}",
    ),
    (
        "POST /my/assignments/{assignment}/reply",
        "POST /api/v1/my/assignments/{assignment}/reply",
    ),
    (
        "POST /my/assignments/{assignment}/steps/{number}",
        "PUT /api/v1/my/assignments/{assignment}/steps/{number}",
    ),
    (
        "POST /my/assignments/{assignment}/questions",
        "POST /api/v1/my/assignments/{assignment}/questions",
    ),
    (
        "POST /my/assignments/{assignment}/hours",
        "PUT /api/v1/my/assignments/{assignment}/time",
    ),
    (
        "POST /my/assignments/{assignment}/deliverables",
        "POST /api/v1/my/assignments/{assignment}/deliverables",
    ),
    (
        "GET /my/assignments/{assignment}/files/{document}",
        "GET /api/v1/my/assignments/{assignment}/files/{document}",
    ),
    (
        "POST /work/{assignment}/files/{document}/removal",
        "DELETE /api/v1/assignments/{assignment}/files/{document}",
    ),
    (
        "POST /my/assignments/{assignment}/files/{document}/removal",
        "DELETE /api/v1/my/assignments/{assignment}/files/{document}",
    ),
    ("GET /security", "GET /api/v1/sessions"),
    ("POST /security/password", "PUT /api/v1/password"),
    (
        "POST /security/passkeys/{passkey}/removal",
        "DELETE /api/v1/passkeys/{passkey}",
    ),
    (
        "GET /security/second-factor",
        "GET /api/v1/second-factor/proposal",
    ),
    ("POST /security/second-factor", "PUT /api/v1/second-factor"),
    (
        "POST /security/second-factor/removal",
        "DELETE /api/v1/second-factor",
    ),
    (
        "POST /security/sessions/{session}/removal",
        "DELETE /api/v1/sessions/{session}",
    ),
    ("POST /sign-out", "DELETE /api/v1/sessions/{session}"),
    ("POST /security/tokens", "POST /api/v1/tokens"),
    (
        "POST /security/tokens/{token}/removal",
        "DELETE /api/v1/tokens/{token}",
    ),
    ("GET /workspaces", "GET /api/v1/workspaces"),
    ("POST /workspaces", "POST /api/v1/workspaces"),
    (
        "POST /workspaces/{workspace}/open",
        "PUT /api/v1/open-workspace",
    ),
    ("POST /workspaces/demo", "PUT /api/v1/example"),
    ("POST /workspaces/demo/removal", "DELETE /api/v1/example"),
    ("GET /workspaces/file", "GET /api/v1/workspace-file"),
    ("POST /workspaces/file", "PUT /api/v1/workspace-file"),
    ("GET /settings", "GET /api/v1/settings"),
    ("POST /settings", "PUT /api/v1/settings"),
    ("GET /members", "GET /api/v1/members"),
    ("POST /members/invitations", "POST /api/v1/invitations"),
    (
        "POST /members/invitations/{invitation}/removal",
        "DELETE /api/v1/invitations/{invitation}",
    ),
    (
        "POST /members/{member}/role",
        "PUT /api/v1/members/{member}",
    ),
    (
        "POST /members/{member}/removal",
        "DELETE /api/v1/members/{member}",
    ),
    (
        "POST /members/{member}/suspension",
        "POST /api/v1/members/{member}/suspension",
    ),
    (
        "POST /members/{member}/suspension/removal",
        "DELETE /api/v1/members/{member}/suspension",
    ),
    ("POST /members/sign-in-rules", "PUT /api/v1/sign-in-rules"),
    (
        "GET /people/{person}/weeks/{day}",
        "GET /api/v1/people/{person}/weeks/{day}",
    ),
    (
        "POST /people/{person}/weeks/{day}",
        "PUT /api/v1/people/{person}/weeks/{day}",
    ),
    (
        "POST /people/{person}/weeks/{day}/decision",
        "POST /api/v1/people/{person}/weeks/{day}/decision",
    ),
    (
        "POST /handoffs/{handoff}/mailbox",
        "POST /api/v1/handoffs/{handoff}/mailbox",
    ),
    (
        "POST /handoffs/{handoff}/mailbox/end",
        "DELETE /api/v1/handoffs/{handoff}/mailbox",
    ),
    ("GET /my/week", "GET /api/v1/my/weeks/{day}"),
    ("POST /my/week", "PUT /api/v1/my/weeks/{day}"),
    ("GET /return", "GET /api/v1/return"),
    ("GET /return/page", "GET /api/v1/return"),
    ("GET /return/handoffs.csv", "GET /api/v1/return"),
    ("GET /return/weeks.csv", "GET /api/v1/return"),
    ("GET /return/handoffs.xlsx", "GET /api/v1/return"),
    ("GET /return/weeks.xlsx", "GET /api/v1/return"),
    ("GET /return/pictures/{picture}", "GET /api/v1/return"),
    ("POST /return/weeks", "PUT /api/v1/weekly-answers/{week}"),
    ("POST /return/receipts", "POST /api/v1/receipts"),
    (
        "POST /return/receipts/{receipt}/reversal",
        "POST /api/v1/receipts/{receipt}/reversal",
    ),
    ("GET /audit-log", "GET /api/v1/events"),
];

/// Pages without a twin, each with the reason.
const ALONE: &[Twin] = &[
    ("GET /", "leads on to the page where somebody begins"),
    ("GET /assets/{file}", "what the pages look like"),
    ("GET /health", "is for programs already"),
    ("GET /ready", "is for programs already"),
    ("GET /metrics", "is for programs already"),
    (
        "GET /setup",
        "the form of the first start; on the machine itself there is `offdesk setup`",
    ),
    (
        "POST /setup",
        "begins a session with a one-time code; on the machine itself there is `offdesk setup`",
    ),
    ("GET /sign-in", "a form; programs use tokens"),
    (
        "POST /sign-in",
        "begins a session of a browser; programs use tokens",
    ),
    ("GET /sign-in/code", "a form; programs use tokens"),
    (
        "POST /sign-in/code",
        "begins a session of a browser; programs use tokens",
    ),
    (
        "POST /sign-in/passkey/challenge",
        "is for the browser's own script, as JSON",
    ),
    (
        "POST /sign-in/passkey",
        "is for the browser's own script, as JSON",
    ),
    (
        "POST /security/passkeys/challenge",
        "is for the browser's own script, as JSON",
    ),
    (
        "POST /security/passkeys",
        "is for the browser's own script, as JSON",
    ),
    ("GET /forgot", "a form"),
    ("POST /forgot", "sends a link to a person, who reads it"),
    ("GET /reset", "a form"),
    ("POST /reset", "begins a session of a browser by a link"),
    ("GET /invitation", "a form"),
    (
        "POST /invitation",
        "begins a session of a browser by a link",
    ),
    ("GET /blueprints/import", "a form"),
    ("GET /blueprints/{blueprint}/edit", "a form"),
    ("GET /people/new", "a form"),
    ("GET /people/{person}/edit", "a form"),
    ("GET /handoffs/new", "a form"),
    ("GET /feeds/{secret}", "is for programs already"),
];

/// Twins that ask for something else: a preview changes nothing, and a form is for whoever may send it.
const OTHERWISE: &[&str] = &["GET /import", "GET /blueprints/new", "POST /sign-out"];

#[test]
fn every_page_has_a_twin_in_the_api_or_a_reason() {
    let mut pages = BTreeMap::new();
    let mut api = BTreeMap::new();
    for route in routes() {
        let name = format!("{} {}", route.method, route.path);
        let all = if route.path.starts_with("/api/") {
            &mut api
        } else {
            &mut pages
        };
        all.insert(name, route.access);
    }
    let named: BTreeSet<&str> = TWINS.iter().chain(ALONE).map(|(page, _)| *page).collect();
    assert_eq!(named.len(), TWINS.len() + ALONE.len(), "one is named twice");
    let there: BTreeSet<&str> = pages.keys().map(String::as_str).collect();
    let missing: Vec<_> = there.difference(&named).collect();
    let gone: Vec<_> = named.difference(&there).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "without a twin: {missing:?}\nno page: {gone:?}"
    );
    for (page, twin) in TWINS {
        let access = api.get(*twin);
        let access = access.unwrap_or_else(|| panic!("{page}: there is no {twin}"));
        assert!(
            pages[*page] == *access || OTHERWISE.contains(page),
            "{page} is for {:?}, {twin} for {access:?}",
            pages[*page]
        );
    }
    for (page, reason) in ALONE {
        assert!(reason.len() > 5, "{page}");
    }
    assert!(matches!(pages["GET /hours"], Access::May(_)));
}
