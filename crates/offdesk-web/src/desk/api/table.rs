//! The routes of the API, each with what it is for.

use super::{activities, changes, describe, entries, imports, people, uploads, worth};
use crate::desk::ask::{Answer, Ask};
use crate::desk::routes::Access;
use axum::http::Method;
use offdesk_actions::actor::Permission;

pub(super) type Line = (
    Method,
    &'static str,
    Access,
    fn(Ask) -> Answer,
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
);

pub(super) fn reading() -> Vec<Line> {
    use Access::{May, Open, SignedIn};
    use Permission::{Import, See};
    let get = Method::GET;
    vec![
        (
            get.clone(),
            "/api/v1/openapi.json",
            Open,
            describe::document,
            "This document",
            &[],
            "openapi",
        ),
        (
            get.clone(),
            "/api/v1/me",
            May(See),
            people::me,
            "Who you are, and what you may do",
            &[],
            "offdesk.me/1",
        ),
        (
            get.clone(),
            "/api/v1/workspaces",
            SignedIn,
            people::workspaces,
            "Your workspaces",
            &[],
            "offdesk.workspaces/1",
        ),
        (
            get.clone(),
            "/api/v1/worths",
            May(See),
            worth::list,
            "What your hour is worth since when, the latest first",
            &[],
            "offdesk.worths/1",
        ),
        (
            get.clone(),
            "/api/v1/settings",
            May(See),
            worth::settings,
            "The workspace's settings, with the version to change them by",
            &[],
            "offdesk.settings/1",
        ),
        (
            get.clone(),
            "/api/v1/hours",
            May(See),
            activities::hours,
            "The audit of all imported hours",
            &[],
            "offdesk.audit/1",
        ),
        (
            get.clone(),
            "/api/v1/next",
            May(See),
            activities::next,
            "What to hand off, the most worthwhile first",
            &[],
            "offdesk.next/1",
        ),
        (
            get.clone(),
            "/api/v1/activities",
            May(See),
            activities::list,
            "The activities with their figures",
            &[],
            "offdesk.activities/1",
        ),
        (
            get.clone(),
            "/api/v1/activities/{activity}",
            May(See),
            activities::show,
            "An activity with its wordings",
            &[],
            "offdesk.activity/1",
        ),
        (
            get.clone(),
            "/api/v1/entries",
            May(See),
            entries::list,
            "A page of entries, the latest day first; before= takes the last page's next, most= at most 200",
            &[],
            "offdesk.entries/1",
        ),
        (
            get.clone(),
            "/api/v1/entries/{entry}",
            May(See),
            entries::show,
            "An entry by its id",
            &[],
            "offdesk.entry/1",
        ),
        (
            get.clone(),
            "/api/v1/sources",
            May(See),
            imports::list,
            "The imports that count",
            &[],
            "offdesk.sources/1",
        ),
        (
            get.clone(),
            "/api/v1/sources/{source}",
            May(See),
            imports::show,
            "An import by its number",
            &[],
            "offdesk.source/1",
        ),
        (
            get.clone(),
            "/api/v1/uploads/{upload}",
            May(Import),
            uploads::show,
            "How far an upload is",
            &[],
            "offdesk.upload/1",
        ),
        (
            get.clone(),
            "/api/v1/members",
            SignedIn,
            people::members,
            "The members and open invitations; never for tokens",
            &[],
            "offdesk.members/1",
        ),
        (
            get.clone(),
            "/api/v1/tokens",
            SignedIn,
            people::tokens,
            "The tokens; never for tokens",
            &[],
            "offdesk.tokens/1",
        ),
        (
            get,
            "/api/v1/events",
            SignedIn,
            people::events,
            "A page of the audit log; never for tokens",
            &[],
            "offdesk.events/1",
        ),
    ]
}

pub(super) fn writing() -> Vec<Line> {
    use Access::May;
    use Permission::{Edit, Import, Manage};
    let (post, put) = (Method::POST, Method::PUT);
    vec![
        (
            post.clone(),
            "/api/v1/worths",
            May(Manage),
            worth::set,
            "Sets the worth from a day on",
            &[
                ("basis", "string"),
                ("figures", "object"),
                ("from", "date?"),
                ("multiple", "decimal?"),
                ("ceiling", "decimal?"),
            ],
            "offdesk.worth/1",
        ),
        (
            put.clone(),
            "/api/v1/settings",
            May(Manage),
            worth::change,
            "Changes the settings that were read",
            &[
                ("name", "string"),
                ("currency", "string"),
                ("place", "string"),
                ("zone", "string?"),
                ("weeks_per_year", "decimal"),
                ("version", "integer"),
            ],
            "offdesk.settings/1",
        ),
        (
            post.clone(),
            "/api/v1/log-lines",
            May(Import),
            imports::log,
            "Logs a line such as \"2h inbox\"",
            &[("line", "string"), ("day", "date?")],
            "offdesk.log/1",
        ),
        (
            post.clone(),
            "/api/v1/memory-weeks",
            May(Import),
            imports::remember,
            "Keeps a usual week told from memory",
            &[("rows", "array")],
            "offdesk.source/1",
        ),
        (
            post.clone(),
            "/api/v1/activities/{activity}/name",
            May(Edit),
            changes::rename,
            "Names an activity anew",
            &[("name", "string"), ("version", "integer?")],
            "offdesk.activity/1",
        ),
        (
            post.clone(),
            "/api/v1/activities/{activity}/merge",
            May(Edit),
            changes::merge,
            "Puts an activity into another one",
            &[("into", "id")],
            "offdesk.activity/1",
        ),
        (
            post.clone(),
            "/api/v1/activities/{activity}/split",
            May(Edit),
            changes::split,
            "Takes wordings of an activity out into a new one",
            &[("name", "string"), ("wordings", "array")],
            "offdesk.activity/1",
        ),
        (
            post.clone(),
            "/api/v1/activities/{activity}/stays",
            May(Edit),
            changes::keep,
            "Says that only you can do it (mine), that it is rest, or neither (null)",
            &[("stays", "string?"), ("version", "integer?")],
            "offdesk.activity/1",
        ),
        (
            post.clone(),
            "/api/v1/activities/{activity}/price",
            May(Edit),
            changes::price,
            "Sets your own price of an hour; without one, the market's counts",
            &[
                ("low", "decimal?"),
                ("likely", "decimal?"),
                ("high", "decimal?"),
                ("version", "integer?"),
            ],
            "offdesk.activity/1",
        ),
        (
            post,
            "/api/v1/activities/{activity}/judgement",
            May(Edit),
            changes::judge,
            "Puts handing it off off (not_now), rules it out (never), or opens it again (open)",
            &[("judgement", "string"), ("reason", "string?")],
            "offdesk.activity/1",
        ),
    ]
}

/// The routes by which files come and go.
pub(super) fn bringing() -> Vec<Line> {
    use Access::May;
    use Permission::Import;
    let (post, put) = (Method::POST, Method::PUT);
    vec![
        (
            post.clone(),
            "/api/v1/uploads",
            May(Import),
            uploads::begin,
            "Begins an upload",
            &[("file", "string"), ("length", "integer")],
            "offdesk.upload/1",
        ),
        (
            put,
            "/api/v1/uploads/{upload}/parts/{start}",
            May(Import),
            uploads::add,
            "Takes the next part of a file, as its bytes; 409 says where to go on",
            &[],
            "offdesk.upload/1",
        ),
        (
            post.clone(),
            "/api/v1/uploads/{upload}/preview",
            May(Import),
            uploads::preview,
            "Says what importing an upload would bring",
            CHOICES,
            "offdesk.preview/1",
        ),
        (
            post.clone(),
            "/api/v1/uploads/{upload}/import",
            May(Import),
            uploads::import,
            "Queues an upload for being imported",
            CHOICES,
            "offdesk.upload/1",
        ),
        (
            Method::DELETE,
            "/api/v1/uploads/{upload}",
            May(Import),
            uploads::drop_it,
            "Drops an upload",
            &[],
            "none",
        ),
        (
            Method::DELETE,
            "/api/v1/sources/{source}",
            May(Import),
            imports::undo,
            "Undoes an import",
            &[],
            "none",
        ),
    ]
}

pub(super) const CHOICES: &[(&str, &str)] = &[
    ("zone", "string?"),
    ("date_order", "string?"),
    ("format", "string?"),
    ("map", "array?"),
    ("person", "string?"),
    ("allow_long", "boolean?"),
];
