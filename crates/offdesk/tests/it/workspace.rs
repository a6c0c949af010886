//! A workspace from one desk into another by the command line, and the return with its pages and tables.

use std::fs;

use crate::desk::{desk, imported};
use crate::program::text;

#[test]
fn a_workspace_goes_to_another_desk() {
    let from = desk();
    imported(&from);
    let line = ["workspace", "export", "business.zip", "--json"];
    let made = from.run(&line).exits(0).json();
    assert_eq!(text(&made, "/schema"), "offdesk.workspace_file/1");
    assert!(made["stress_answers"].is_null());
    from.run(&line[..3]).refused(7, "write.exists");
    let with = [
        "workspace",
        "export",
        "stress.zip",
        "--with-stress",
        "--json",
    ];
    let with = from.run(&with).exits(0).json();
    assert_eq!(with["stress_answers"], 0);
    let to = desk();
    let bytes = fs::read(from.path().join("business.zip")).expect("the file");
    to.file("business.zip", &bytes);
    let line = ["workspace", "import", "business.zip", "--json"];
    let there = to.run(&line).exits(0).json();
    assert_eq!(there, made);
    to.run(&line).refused(7, "workspace.there");
    // There are two of one name now; each is reached by its id.
    let next = to.run(&["next", "--workspace", text(&there, "/workspace")]);
    assert!(next.exits(0).out.starts_with("About $"));
    to.file("broken.zip", &bytes[..bytes.len() / 2]);
    to.run(&["workspace", "import", "broken.zip"])
        .refused(5, "workspace.damaged");
    to.run(&["workspace", "import", "none.zip"])
        .refused(3, "workspace.not_found");
    let folder = from.path().join("no/such/folder.zip");
    from.run(&["workspace", "export", &folder.display().to_string()])
        .refused(1, "write.failed");
}

#[test]
fn a_return_is_text_json_a_table_and_a_page() {
    let folder = desk();
    imported(&folder);
    let none = folder.run(&["return"]).exits(0).out;
    assert_eq!(
        none,
        "Nothing was handed off yet.\nHand something off:  offdesk handoff new --help\n"
    );
    crate::assignment::hand_off(&folder);
    crate::assignment::in_every_state(&folder);
    let out = folder.run(&["return"]).exits(0).out;
    assert!(
        out.starts_with("Return, since ") && out.contains("Inbox, Ana (focus)"),
        "{out}"
    );
    let table = folder.run(&["return", "--csv", "handoffs"]).exits(0).out;
    assert_eq!(table.lines().count(), 2, "{table}");
    folder.run(&["return", "--xlsx", "own.xlsx"]).exits(0);
    let workbook = fs::read(folder.path().join("own.xlsx")).unwrap();
    assert!(workbook.starts_with(b"PK"));
    folder.run(&["return", "--html", "own.html"]).exits(0);
    let line = ["return", "--html", "others.html", "--without-worth"];
    folder.run(&line).exits(0);
    // It may be written anew, since it is a page of ours; another file may not.
    folder.run(&line).exits(0);
    folder.file("mine.html", "mine");
    folder
        .run(&["return", "--html", "mine.html"])
        .refused(7, "write.exists");
    assert!(folder.text("own.html").contains("for the owner alone"));
    assert!(folder.text("others.html").contains("is left out"));
    folder
        .run(&["return", "--month", "October"])
        .refused(5, "return.month");
    let weeks = folder.run(&["return", "week", "--became", "half", "--stress", "2"]);
    let weeks = weeks.exits(0).out;
    assert!(
        weeks.contains("0.5 work, 0.5 rest") && weeks.contains("2 of 5"),
        "{weeks}"
    );
    folder
        .run(&["return", "week", "--work", "200"])
        .refused(5, "return.hours");
    folder.run(&["return", "week"]).refused(5, "return.nothing");
}
