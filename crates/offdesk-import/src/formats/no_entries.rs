//! Known tables that hold no hours worked: task lists, payroll sums, freelancers' invoices. They are refused by name.

use crate::table::Layout;

/// Upwork's transactions: what freelancers cost.
pub static UPWORK: Layout = Layout {
    id: "upwork",
    label: "Upwork transactions",
    all_of: &[&["ref id", "type", "freelancer", "account name"]],
    refuse: Some((
        "this Upwork export lists payments, not hours",
        "give me the hours of your own work; what freelancers cost is not read yet",
    )),
    ..Layout::NONE
};

/// An Asana project.
pub static ASANA: Layout = Layout {
    id: "asana",
    label: "Asana tasks",
    all_of: &[&["task id", "completed at", "section/column"]],
    refuse: Some((
        "this Asana export lists tasks, not hours",
        "give me a time tracker's export or a calendar; see:  offdesk formats",
    )),
    ..Layout::NONE
};

/// A Todoist project.
pub static TODOIST: Layout = Layout {
    id: "todoist",
    label: "Todoist tasks",
    all_of: &[&["type", "content", "indent", "priority"]],
    refuse: Some((
        "this Todoist export lists tasks, not hours",
        "give me a time tracker's export or a calendar; see:  offdesk formats",
    )),
    ..Layout::NONE
};

/// A payroll summary: hours by person, without days or work.
pub static PAYROLL: Layout = Layout {
    id: "payroll",
    label: "payroll summary",
    all_of: &[&["work email", "regular hours"]],
    refuse: Some((
        "this payroll table has each person's hours, but not what they worked on",
        "export a detailed time report from the tracker",
    )),
    ..Layout::NONE
};
