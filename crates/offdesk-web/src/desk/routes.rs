//! The table of all routes: what is not in it is not there, and nothing in it is without a rule of who may.

use std::sync::OnceLock;

use axum::http::Method;
use offdesk_actions::actor::Permission;

use super::ask::{Answer, Ask};
use super::{api, assets, pages};

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

/// A route.
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path; parts in braces.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
    /// What it does.
    pub handle: fn(Ask) -> Answer,
}

fn get(path: &'static str, access: Access, handle: fn(Ask) -> Answer) -> Route {
    Route {
        method: Method::GET,
        path,
        access,
        handle,
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
        all.extend(api::routes());
        all
    })
}

fn entry() -> Vec<Route> {
    use Access::{Anyone, Open, SignedIn};
    use pages::entry;
    vec![
        get("/assets/{file}", Open, assets::get_asset),
        get("/health", Open, entry::health),
        get("/ready", Open, entry::ready),
        get("/", Anyone, entry::home),
        get("/setup", Open, entry::setup),
        post("/setup", Open, entry::set_up),
        get("/sign-in", Anyone, entry::sign_in_page),
        post("/sign-in", Open, entry::sign_in),
        get("/sign-in/code", Open, entry::code_page),
        post("/sign-in/code", Open, entry::give_code),
        post("/sign-out", SignedIn, entry::sign_out),
    ]
}

fn work() -> Vec<Route> {
    use Access::May;
    use Permission::{Edit, Import, Manage, See};
    use pages::{activity, hours, import, worth};
    vec![
        get("/worth", May(See), worth::page),
        post("/worth", May(Manage), worth::set),
        get("/import", May(Import), import::page),
        post("/import", May(Import), import::receive),
        post("/import/pasted", May(Import), import::paste),
        post("/import/memory", May(Import), import::remember),
        post("/import/log", May(Import), import::log),
        get("/import/{upload}", May(Import), import::preview),
        post("/import/{upload}", May(Import), import::confirm),
        post("/import/{upload}/removal", May(Import), import::drop_file),
        get("/sources/{source}", May(See), import::source),
        post("/sources/{source}/removal", May(Import), import::undo),
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
