//! Lines that were typed in on the page of imports: seen, put right, removed, and not undone all together by the way.

use crate::site::Site;

/// The id of the latest line.
fn latest(site: &Site) -> String {
    let page = site.get(Some(&site.owner), "/import").body;
    let rest = page.split("/import/log-lines/").nth(1).unwrap();
    rest.split(['"', '/']).next().unwrap().to_owned()
}

#[test]
fn typed_lines_are_put_right_on_the_page() {
    let site = Site::new();
    let owner = Some(&site.owner);
    site.get(owner, "/import").hides(&["What you typed in"]);
    for line in ["1h inbox", "2h lanterns"] {
        site.post(owner, "/import/log", &[("line", line)]).is(303);
    }
    site.get(owner, "/import")
        .says(&["What you typed in", "1:00 inbox", "2:00 lanterns"]);
    let path = format!("/import/log-lines/{}", latest(&site));
    let changed = site.post(
        owner,
        &path,
        &[("length", "3h"), ("text", "lamps"), ("day", "")],
    );
    assert_eq!(changed.is(303).location(), "/import?line=changed#lines");
    // What is refused stands in its own row, and the form for a new line stays empty.
    site.post(
        owner,
        &path,
        &[("length", "long"), ("text", "lamp oil"), ("day", "")],
    )
    .is(422)
    .says(&["log.duration", "value=\"long\"", "value=\"lamp oil\""])
    .hides(&["name=\"line\" value=\"l"]);
    site.get(owner, "/import?line=changed")
        .says(&["The line is changed.", "3:00 lamps"]);
    // All of them go only where somebody says so.
    let asked = site.post(owner, "/sources/1/removal", &[]);
    assert_eq!(asked.is(303).location(), "/sources/1?sure=1#undo");
    site.get(owner, "/sources/1")
        .says(&["Yes, all of it", "2 typed lines"]);
    let removed = site.post(owner, &format!("{path}/removal"), &[]);
    assert_eq!(removed.is(303).location(), "/import?line=removed#lines");
    site.post(owner, &format!("{path}/removal"), &[]).is(404);
    site.post(owner, "/sources/1/removal", &[("sure", "1")])
        .is(303);
    site.get(owner, "/import").hides(&["What you typed in"]);
}

#[test]
fn what_was_not_changed_of_a_line_stays_exactly() {
    let site = Site::new();
    let owner = Some(&site.owner);
    for (line, length, text) in [
        ("2h minutes of the board", "2:00", "minutes of the board"),
        ("1.33h maps", "1:19:48", "maps"),
        ("0.01h stamps", "0:00:36", "stamps"),
    ] {
        site.post(owner, "/import/log", &[("line", line)]).is(303);
        let shown = format!("value=\"{length}\"");
        site.get(owner, "/import").says(&[&shown, text]);
        let path = format!("/import/log-lines/{}", latest(&site));
        let fields = [("length", length), ("text", text), ("day", "2026-11-20")];
        site.post(owner, &path, &fields).is(303);
        let page = site.get(owner, "/import");
        page.says(&[&shown, &format!("value=\"{text}\""), "2026-11-20"]);
        site.post(owner, &format!("{path}/removal"), &[]).is(303);
    }
}
