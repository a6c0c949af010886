//! The routes of pictures and their numbers as files.

use offdesk_actions::actor::Permission::See;

use super::Access::May;
use super::{Route, get};
use crate::desk::pages::pictures;

/// All of them.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/hours/pictures/{picture}", May(See), pictures::of_hours),
        get(
            "/next/{activity}/decision/pictures/{picture}",
            May(See),
            pictures::of_decision,
        ),
        get("/return/pictures/{picture}", May(See), pictures::of_return),
    ]
}
