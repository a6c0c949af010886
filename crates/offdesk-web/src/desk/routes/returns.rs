//! The routes of the return.

use offdesk_actions::actor::Permission::{Edit, Manage, See};

use super::Access::May;
use super::{Route, get, post};
use crate::desk::pages::returns;

/// All of them.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/return", May(See), returns::page),
        get("/return/page", May(See), returns::shared_page),
        get("/return/handoffs.csv", May(See), returns::handoffs_csv),
        get("/return/handoffs.xlsx", May(See), returns::handoffs_xlsx),
        get("/return/weeks.csv", May(See), returns::weeks_csv),
        get("/return/weeks.xlsx", May(See), returns::weeks_xlsx),
        post("/return/weeks", May(Edit), returns::answer),
        post("/return/receipts", May(Manage), returns::receipts::note),
        post(
            "/return/receipts/{receipt}/reversal",
            May(Manage),
            returns::receipts::take_back,
        ),
    ]
}
