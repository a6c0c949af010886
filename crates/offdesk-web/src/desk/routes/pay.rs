//! The routes of pay.

use offdesk_actions::actor::Permission::{Edit, Manage, See, Work};

use super::Access::May;
use super::{Route, get, post};
use crate::desk::api;
use crate::desk::pages::{budgets, pay, worker};

/// All of them.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/pay", May(See), pay::page),
        post("/pay/statements", May(Manage), pay::changes::draw_up),
        post("/pay/payments", May(Manage), pay::changes::pay_several),
        post("/pay/account", May(Manage), pay::changes::set_account),
        post("/pay/files", May(Manage), pay::changes::write_file),
        post(
            "/pay/files/{file}/payment",
            May(Manage),
            pay::changes::pay_file,
        ),
        get("/pay/lines", May(See), pay::open_lines::page),
        post(
            "/pay/lines/corrections",
            May(Manage),
            pay::open_lines::correct,
        ),
        get("/pay/journals/{tool}", May(See), api::download_journal),
        get("/pay/statements/{statement}", May(See), pay::show),
        get(
            "/pay/statements/{statement}/table",
            May(See),
            api::download_statement,
        ),
        get(
            "/pay/statements/{statement}/pdf",
            May(See),
            api::download_paper,
        ),
        post(
            "/pay/statements/{statement}/payments",
            May(Manage),
            pay::changes::pay,
        ),
        post(
            "/pay/statements/{statement}/refunds",
            May(Manage),
            pay::changes::refund,
        ),
        post(
            "/pay/statements/{statement}/payments/{payment}/return",
            May(Manage),
            pay::changes::give_back,
        ),
        post(
            "/pay/statements/{statement}/corrections",
            May(Manage),
            pay::changes::correct,
        ),
        post("/pay/budgets", May(Manage), budgets::set_of_workspace),
        post(
            "/people/{person}/budgets",
            May(Manage),
            budgets::set_of_person,
        ),
        post(
            "/handoffs/{handoff}/budgets",
            May(Manage),
            budgets::set_of_handoff,
        ),
        post("/budgets/{budget}/removal", May(Manage), budgets::remove),
        get("/pay/bills", May(See), pay::bills::page),
        post("/pay/bills", May(Manage), pay::bills::record),
        get("/pay/bills/{bill}", May(See), pay::bill::page),
        post("/pay/bills/{bill}/query", May(Manage), pay::bill::query),
        post(
            "/pay/bills/{bill}/approval",
            May(Manage),
            pay::bill::approve,
        ),
        post("/pay/bills/{bill}/removal", May(Manage), pay::bill::remove),
        get("/pay/bills/{bill}/file", May(See), api::download_bill),
        post("/pay/bills/{bill}/file", May(Manage), pay::bill::set_file).with_files(),
        get("/people/{person}/pay", May(Manage), pay::details::page),
        post("/people/{person}/pay", May(Manage), pay::details::set),
        post(
            "/handoffs/{handoff}/milestones",
            May(Edit),
            pay::milestone::mark,
        ),
        get("/people/{person}/weeks/{day}", May(See), pay::week::page),
        post("/people/{person}/weeks/{day}", May(Edit), pay::week::save),
        post(
            "/people/{person}/weeks/{day}/decision",
            May(Edit),
            pay::week::decide,
        ),
        get("/my/hours", May(Work), pay::hours_files::page),
        post("/my/hours", May(Work), pay::hours_files::look).with_files(),
        get("/my/hours/{file}", May(Work), pay::hours_files::show),
        post("/my/hours/{file}", May(Work), pay::hours_files::import),
        post("/my/hours/{file}/undo", May(Work), pay::hours_files::undo),
        get("/people/{person}/hours", May(See), pay::hours_files::page),
        post("/people/{person}/hours", May(Edit), pay::hours_files::look).with_files(),
        get(
            "/people/{person}/hours/{file}",
            May(See),
            pay::hours_files::show,
        ),
        post(
            "/people/{person}/hours/{file}",
            May(Edit),
            pay::hours_files::import,
        ),
        post(
            "/people/{person}/hours/{file}/undo",
            May(Edit),
            pay::hours_files::undo,
        ),
        get("/my/week", May(Work), worker::week),
        post("/my/week", May(Work), worker::save_week),
        get("/my/pay", May(Work), worker::pay),
        post("/my/pay/details", May(Work), worker::change_pay),
        get(
            "/my/statements/{statement}",
            May(Work),
            worker::own_statement,
        ),
        get(
            "/my/statements/{statement}/table",
            May(Work),
            worker::own_table,
        ),
        get(
            "/my/statements/{statement}/pdf",
            May(Work),
            worker::own_paper,
        ),
    ]
}
