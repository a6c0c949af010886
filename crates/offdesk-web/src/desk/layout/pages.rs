//! The pages that the navigation leads to.

use offdesk_actions::actor::Permission;

/// The pages of the navigation: path, name, key after `g`, and what it takes to see it.
pub const PAGES: [(&str, &str, char, Permission); 20] = [
    ("/desk", "Desk", 'd', Permission::See),
    ("/hours", "Hours", 'h', Permission::See),
    ("/next", "Next", 'n', Permission::See),
    ("/blueprints", "Blueprints", 'b', Permission::See),
    ("/work", "Work", 'w', Permission::See),
    ("/review", "Review", 'r', Permission::See),
    ("/people", "People", 'p', Permission::See),
    ("/return", "Return", 't', Permission::See),
    ("/pay", "Pay", 'y', Permission::See),
    ("/my/work", "My work", 'w', Permission::Work),
    ("/my/handoffs", "Handoffs", 'h', Permission::Work),
    (
        "/my/progress",
        "How it\u{2019}s going",
        'g',
        Permission::Work,
    ),
    ("/my/pay", "Pay", 'p', Permission::Work),
    ("/my/record", "About you", 'a', Permission::Work),
    ("/import", "Import", 'i', Permission::Import),
    ("/worth", "Worth", 'v', Permission::See),
    ("/settings", "Settings", 's', Permission::See),
    ("/members", "Members", 'm', Permission::Administer),
    ("/security", "Security", 'c', Permission::See),
    ("/audit-log", "Audit log", 'l', Permission::Administer),
];
