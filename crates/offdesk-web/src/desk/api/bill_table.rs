//! The routes of bills that come in, each with what it is for.

use axum::http::Method;
use offdesk_actions::actor::Permission::{Manage, See};

use super::bills;
use super::table::Line;
use crate::desk::routes::Access::May;

/// All of them.
pub(super) fn lines() -> Vec<Line> {
    let (get, post) = (Method::GET, Method::POST);
    vec![
        (
            get.clone(),
            "/api/v1/bills",
            May(See),
            bills::list,
            "A page of bills that came in, the latest first",
            &[],
            "offdesk.bills/1",
        ),
        (
            get.clone(),
            "/api/v1/bills/{bill}",
            May(See),
            bills::show,
            "A bill line by line: what was accepted of it, what differs to the smallest unit, and what was accepted and is not billed",
            &[],
            "offdesk.bill/1",
        ),
        (
            get,
            "/api/v1/bills/{bill}/file",
            May(See),
            bills::file,
            "The file that a bill came as",
            &[],
            "file",
        ),
        (
            post.clone(),
            "/api/v1/bills",
            May(Manage),
            bills::record,
            "Records a bill with its lines, or with its sum without tax (net); a number comes once from one person",
            &[
                ("person", "string"),
                ("number", "string"),
                ("day", "date"),
                ("from", "date"),
                ("to", "date"),
                ("currency", "string"),
                ("net", "decimal?"),
                ("tax", "decimal?"),
                ("note", "string?"),
                ("lines", "array?"),
            ],
            "offdesk.bill/1",
        ),
        (
            post.clone(),
            "/api/v1/bills/{bill}/query",
            May(Manage),
            bills::query,
            "Notes what was asked of the one who sent the bill",
            &[("version", "integer"), ("said", "string")],
            "offdesk.bill/1",
        ),
        (
            post,
            "/api/v1/bills/{bill}/approval",
            May(Manage),
            bills::approve,
            "Approves what was accepted of a bill, which draws its statement up; where it differs, note says why, and tax what is paid on top",
            &[
                ("version", "integer?"),
                ("note", "string?"),
                ("tax", "decimal?"),
            ],
            "offdesk.bill/1",
        ),
        (
            Method::PUT,
            "/api/v1/bills/{bill}/file",
            May(Manage),
            bills::set_file,
            "Keeps the file that a bill came as, sent as it is; name= says what it is called",
            &[],
            "offdesk.bill/1",
        ),
        (
            Method::DELETE,
            "/api/v1/bills/{bill}",
            May(Manage),
            bills::remove,
            "Removes a bill that was recorded by mistake and is not approved",
            &[],
            "none",
        ),
    ]
}
