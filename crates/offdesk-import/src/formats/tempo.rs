//! Tempo for Jira: the worklog report as CSV, in English or Russian. It has days and hours, no clock; the form of
//! the date follows the user's profile.

use crate::options::Field;
use crate::table::Layout;

/// The worklog report.
pub static WORKLOG: Layout = Layout {
    id: "tempo",
    label: "Tempo worklogs",
    all_of: &[
        &["issue key", "work date", "hours"],
        &["ключ запроса", "часов", "дата работы"],
    ],
    columns: &[
        (Field::Date, &["work date", "дата работы"]),
        (Field::Duration, &["hours", "часов"]),
        (
            Field::Person,
            &["full name", "полное имя", "username", "имя пользователя"],
        ),
        (Field::Client, &["account customer", "account name"]),
        (
            Field::Project,
            &["project name", "имя проекта", "project key", "ключ проекта"],
        ),
        (
            Field::Task,
            &[
                "issue summary",
                "тема запроса",
                "тема",
                "issue key",
                "ключ запроса",
            ],
        ),
        (Field::Description, &["work description", "описание работы"]),
    ],
    tag_separator: "",
    is_dated_only: true,
    ..Layout::NONE
};
