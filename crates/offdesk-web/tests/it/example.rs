//! Workspaces, and the example company.

use offdesk_actions::actor::Role;

use crate::site::Site;

#[test]
fn workspaces_are_made_opened_and_apart() {
    let site = Site::new();
    site.with_hours(&[("Bookkeeping", 6)]);
    let owner = Some(&site.owner);
    site.post(owner, "/workspaces", &[("name", " ")])
        .is(422)
        .says(&["name-fault", "name.empty"]);
    let long = "x".repeat(81);
    site.post(owner, "/workspaces", &[("name", &long)])
        .is(422)
        .says(&["name.long"]);
    assert_eq!(
        site.post(owner, "/workspaces", &[("name", "<Second>")])
            .is(303)
            .location(),
        "/"
    );
    assert_eq!(site.actor(&site.owner).workspace_name, "<Second>");
    site.get(owner, "/hours").is(200).hides(&["Bookkeeping"]);
    let page = site.get(owner, "/workspaces");
    page.is(200).says(&["&lt;Second&gt;", "My business"]);
    let first = page.between("/workspaces/", "/open");
    let vera = site.member("Vera", Role::Viewer);
    let foreign = site.post(Some(&vera), &format!("/workspaces/{first}/open"), &[]);
    foreign.is(404).hides(&["My business"]);
    site.post(owner, &format!("/workspaces/{first}/open"), &[])
        .is(303);
    site.get(owner, "/hours").says(&["Bookkeeping"]);
    assert_eq!(
        site.get(None, "/workspaces").is(303).location(),
        "/sign-in?next=%2Fworkspaces"
    );
}

#[test]
fn the_example_is_made_once_stands_apart_and_goes_with_one_button() {
    let site = Site::new();
    site.with_hours(&[("Bookkeeping", 6)]);
    let owner = Some(&site.owner);
    // Only what is an example can be removed like that.
    site.post(owner, "/workspaces/demo/removal", &[])
        .is(409)
        .says(&["workspace.not_demo"]);
    assert_eq!(
        site.post(owner, "/workspaces/demo", &[]).is(303).location(),
        "/hours"
    );
    site.get(owner, "/hours")
        .is(200)
        .says(&["This is an example company.", "Inbox triage"]);
    let made = site.actor(&site.owner).membership;
    assert!(site.actor(&site.owner).is_demo);
    let page = site.get(owner, "/workspaces");
    let own = page.between("action=\"/workspaces/0", "/open");
    site.post(owner, &format!("/workspaces/0{own}/open"), &[])
        .is(303);
    site.get(owner, "/hours")
        .hides(&["example company", "Inbox triage"]);
    site.post(owner, "/workspaces/demo", &[]).is(303);
    assert_eq!(
        site.actor(&site.owner).membership,
        made,
        "it is opened, not made again"
    );
    let gone = site.post(owner, "/workspaces/demo/removal", &[]);
    assert_eq!(gone.is(303).location(), "/workspaces?done=removed");
    site.get(owner, "/workspaces")
        .hides(&["Example company</bdi>"])
        .says(&["Show me the example"]);
    site.get(owner, "/hours").says(&["Bookkeeping"]);
    assert_eq!(
        site.post(None, "/workspaces/demo", &[]).is(303).location(),
        "/sign-in"
    );
}
