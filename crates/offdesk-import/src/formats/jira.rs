//! Jira: the issue list as CSV (headers repeat, each `Log Work` cell is one entry) and as XML (one total for an issue).

use offdesk_domain::EntryKind;

use crate::detect::{Format, Nature};
use crate::formats::jira_xml;
use crate::options::Field;
use crate::table::layout::{Packed, PackedEntry, SkipRule};
use crate::table::{Layout, Skip, Unit};

/// The issue list as XML, which is an RSS feed.
pub const XML: Format = Format {
    id: "jira.xml",
    label: "Jira issues (XML)",
    kind: EntryKind::Measured,
    sniff: |head| {
        head.nature == Nature::Text
            && head.text.trim_start().starts_with('<')
            && head.text.contains("<rss")
            && (head.text.contains("<timespent") || head.text.contains("<key id="))
    },
    read: jira_xml::read,
};

/// The issue list as CSV.
pub static ISSUES: Layout = Layout {
    id: "jira.issues",
    label: "Jira issues",
    all_of: &[&["issue key", "issue id", "summary", "time spent"]],
    columns: &[
        (Field::Project, &["project name", "project key"]),
        (Field::Task, &["summary"]),
        (Field::Duration, &["time spent"]),
        (Field::Tags, &["labels"]),
        (Field::Id, &["issue key"]),
    ],
    tag_separator: "",
    bare_duration: Unit::Seconds,
    skip: &[SkipRule {
        columns: &["time spent"],
        when: |value| {
            value.is_empty().then_some(Skip {
                code: "import.no_time",
                why: "an issue without time spent",
            })
        },
    }],
    totals: true,
    has_wide_rows: true,
    packed: Some(Packed {
        columns: &["log work"],
        read: log_work,
    }),
    remark: "where an issue has no Log Work cells, its time is one total without days or people",
    ..Layout::NONE
};

/// `comment;date;author;seconds`: the comment may hold semicolons, the rest does not.
fn log_work(cell: &str) -> Option<PackedEntry<'_>> {
    let mut parts = cell.rsplitn(4, ';');
    let seconds = parts.next()?.trim().parse().ok()?;
    let person = parts.next()?.trim();
    let date = parts.next()?.trim();
    Some(PackedEntry {
        date,
        person,
        description: parts.next().unwrap_or("").trim(),
        seconds,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_work_cells() {
        let read = |cell| log_work(cell).map(|e| (e.description, e.date, e.person, e.seconds));
        assert_eq!(
            read("Drafted; sent;12/Feb/26 9:30 AM;noor;5400"),
            Some(("Drafted; sent", "12/Feb/26 9:30 AM", "noor", 5400))
        );
        assert_eq!(
            read("12/Feb/26 9:30 AM;noor;60"),
            Some(("", "12/Feb/26 9:30 AM", "noor", 60))
        );
        for cell in ["", "5400", "noor;5400", "a;b;c;d", "a;b;c;1.5"] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }
}
