//! The table of all routes: what is not in it is not there, and nothing in it is without a rule of who may.

mod blueprints;
mod import;
mod pay;
mod people;
mod pictures;
mod returns;
mod work;

use std::sync::OnceLock;
use std::time::Duration;

use axum::http::Method;
use axum::response::Response;
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::store::Tx;

use super::ask::{Answer, Ask};
use super::{api, assets, metrics, pages};

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, and it is not looked at who it is.
    Open,
    /// Anybody; who is signed in is known.
    Anyone,
    /// Whoever is signed in, for what is their own; never a token.
    SignedIn,
    /// Whoever may do this in the open workspace.
    May(Permission),
}

/// How a route answers.
#[derive(Clone, Copy)]
pub enum Handle {
    /// In its own time, with as many transactions as it needs.
    Answering(fn(Ask) -> Answer),
    /// By a look at a few rows, in the very transaction that finds out who asks: half the way for what is asked for most.
    Looking(fn(&mut Tx<'_>, &Ask) -> Result<Response, Error>),
}

/// A route.
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path; parts in braces.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
    /// What it does.
    pub handle: Handle,
    /// So long a request may take.
    pub patience: Duration,
    /// What it is for, where it is of the API.
    pub described: Option<api::Described>,
}

/// So long a request may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);
/// So long a request may take with which a file comes, is read or goes.
pub(super) const PATIENCE_WITH_FILES: Duration = Duration::from_secs(600);

impl Route {
    /// The same for files, which take longer.
    fn with_files(self) -> Self {
        Self {
            patience: PATIENCE_WITH_FILES,
            ..self
        }
    }
}

fn get(path: &'static str, access: Access, handle: fn(Ask) -> Answer) -> Route {
    Route {
        method: Method::GET,
        path,
        access,
        handle: Handle::Answering(handle),
        patience: PATIENCE,
        described: None,
    }
}

fn post(path: &'static str, access: Access, handle: fn(Ask) -> Answer) -> Route {
    Route {
        method: Method::POST,
        ..get(path, access, handle)
    }
}

/// All routes.
pub fn routes() -> &'static [Route] {
    static ROUTES: OnceLock<Vec<Route>> = OnceLock::new();
    ROUTES.get_or_init(|| {
        let mut all = entry();
        all.extend(work());
        all.extend(import::routes());
        all.extend(handing_off());
        all.extend(blueprints::routes());
        all.extend(people::routes());
        all.extend(work::routes());
        all.extend(returns::routes());
        all.extend(pictures::routes());
        all.extend(pay::routes());
        all.extend(account());
        all.extend(workspace());
        all.extend(api::routes());
        all
    })
}

fn entry() -> Vec<Route> {
    use Access::{Anyone, Open, SignedIn};
    use pages::{entry, passkeys, reset};
    vec![
        get("/assets/{file}", Open, assets::get_asset),
        get("/health", Open, entry::health),
        get("/ready", Open, entry::ready),
        get("/metrics", Anyone, metrics::show),
        get("/", Anyone, entry::home),
        get("/setup", Open, entry::setup),
        post("/setup", Open, entry::set_up),
        get("/sign-in", Anyone, entry::sign_in_page),
        post("/sign-in", Open, entry::sign_in),
        get("/sign-in/code", Open, entry::code_page),
        post("/sign-in/code", Open, entry::give_code),
        post("/sign-in/passkey/challenge", Open, passkeys::begin_signing),
        post("/sign-in/passkey", Open, passkeys::sign_in),
        get("/forgot", Open, reset::forgot),
        post("/forgot", Open, reset::ask_for_link),
        get("/reset", Open, reset::page),
        post("/reset", Open, reset::choose),
        post("/sign-out", SignedIn, entry::sign_out),
    ]
}

fn work() -> Vec<Route> {
    use Access::May;
    use Permission::{Edit, Manage, See};
    use pages::{activity, desk, hours, worth};
    vec![
        get("/desk", May(See), desk::page),
        get("/worth", May(See), worth::page),
        post("/worth", May(Manage), worth::set),
        get("/hours", May(See), hours::page),
        get("/activities/{activity}", May(See), activity::page),
        post("/activities/{activity}/name", May(Edit), activity::rename),
        post("/activities/{activity}/merge", May(Edit), activity::merge),
        post("/activities/{activity}/split", May(Edit), activity::split),
        post("/activities/{activity}/stays", May(Edit), activity::keep),
        post("/activities/{activity}/price", May(Edit), activity::price),
        post(
            "/activities/{activity}/judgement",
            May(Edit),
            activity::judge,
        ),
    ]
}

fn handing_off() -> Vec<Route> {
    use Access::May;
    use Permission::{Edit, See};
    use pages::{decision, handoff, next, plan, rollout};
    vec![
        get("/next", May(See), next::page),
        get("/plan", May(See), plan::page),
        post("/plan", May(See), plan::paste),
        get("/next/roll-out", May(See), rollout::page),
        get("/next/{activity}/decision", May(See), decision::page),
        post("/next/{activity}/decision", May(Edit), decision::keep),
        get("/next/{activity}", May(See), handoff::page),
        post("/next/{activity}/judgement", May(Edit), next::judge),
    ]
}

fn account() -> Vec<Route> {
    use Access::{May, Open, SignedIn};
    use Permission::Administer;
    use pages::workspaces::{self, file};
    use pages::{invitation, notices, passkeys, second_factor, security, tokens};
    vec![
        get("/security", SignedIn, security::page),
        post("/security/password", SignedIn, security::change),
        post("/security/passkeys/challenge", SignedIn, passkeys::begin),
        post("/security/passkeys", SignedIn, passkeys::keep),
        post(
            "/security/passkeys/{passkey}/removal",
            SignedIn,
            passkeys::remove,
        ),
        get("/security/second-factor", SignedIn, second_factor::page),
        post("/security/second-factor", SignedIn, second_factor::set),
        post(
            "/security/second-factor/removal",
            SignedIn,
            second_factor::remove,
        ),
        post(
            "/security/sessions/{session}/removal",
            SignedIn,
            security::end,
        ),
        post("/security/tokens", May(Administer), tokens::create),
        post(
            "/security/tokens/{token}/removal",
            May(Administer),
            tokens::revoke,
        ),
        get("/notices", SignedIn, notices::page),
        post("/notices/digest", SignedIn, notices::choose),
        post("/notices/feed", SignedIn, notices::renew),
        post("/notices/feed/removal", SignedIn, notices::end),
        get("/feeds/{secret}", Open, notices::calendar),
        get("/invitation", Open, invitation::page),
        post("/invitation", Open, invitation::accept),
        get("/workspaces", SignedIn, workspaces::page),
        post("/workspaces", SignedIn, workspaces::create),
        post("/workspaces/{workspace}/open", SignedIn, workspaces::open),
        get("/workspaces/file", May(Administer), file::download).with_files(),
        post("/workspaces/file", May(Administer), file::receive).with_files(),
        post("/workspaces/demo", SignedIn, workspaces::show_example),
        post(
            "/workspaces/demo/removal",
            May(Administer),
            workspaces::remove_example,
        ),
    ]
}

fn workspace() -> Vec<Route> {
    use Access::May;
    use Permission::{Administer, Manage, See};
    use pages::{audit_log, members, settings};
    vec![
        get("/settings", May(See), settings::page),
        post("/settings", May(Manage), settings::change),
        get("/members", May(Administer), members::page),
        post(
            "/members/invitations",
            May(Administer),
            members::send_invitation,
        ),
        post(
            "/members/invitations/{invitation}/removal",
            May(Administer),
            members::withdraw,
        ),
        post("/members/{member}/role", May(Administer), members::set_role),
        post(
            "/members/{member}/suspension",
            May(Administer),
            members::suspend,
        ),
        post(
            "/members/{member}/suspension/removal",
            May(Administer),
            members::reinstate,
        ),
        post(
            "/members/sign-in-rules",
            May(Administer),
            members::rules::change,
        ),
        post(
            "/members/{member}/removal",
            May(Administer),
            members::remove,
        ),
        get("/audit-log", May(Administer), audit_log::page),
    ]
}
