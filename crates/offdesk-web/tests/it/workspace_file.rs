//! A whole workspace out of one desk and into another, over the pages and the API: the same on both sides, whole or not at all, and for
//! owners alone.

use offdesk_actions::actor::{Role, TokenScope};

use crate::blueprints::send_files_to;
use crate::site::{Page, Person, Site, cookie_of};

fn put(site: &Site, person: &Person, bytes: Vec<u8>) -> Page {
    let cookie = cookie_of(person);
    let headers = [
        ("cookie", cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
    ];
    site.ask("PUT", "/api/v1/workspace-file", &headers, bytes)
}

/// A desk with work that was handed in, a file with it.
fn filled() -> Site {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6), ("Bookkeeping", 4)]);
    site.given(site.activity("Inbox"));
    site
}

fn sha_of(page: &Page) -> String {
    page.is(200).json()["sha256"].as_str().unwrap().to_owned()
}

#[test]
fn a_workspace_goes_from_desk_to_desk() {
    let site = filled();
    let owner = Some(&site.owner);
    site.get(owner, "/workspaces")
        .says(&["/workspaces/file", "Bring it in"]);
    let by_page = site.get(owner, "/workspaces/file");
    assert_eq!(by_page.is(200).headers["content-type"], "application/zip");
    let length = by_page.headers["content-length"].to_str().unwrap();
    assert_eq!(length, by_page.bytes.len().to_string());
    let by_api = site.get(owner, "/api/v1/workspace-file");
    by_api.is(200);

    // Into a second desk by the API, into a third by the page; both give it out again with the same digest.
    let second = Site::new();
    let sha = sha_of(&put(&second, &second.owner, by_api.bytes.clone()));
    let twice = put(&second, &second.owner, by_api.bytes);
    assert_eq!(twice.is(409).json()["code"], "workspace.there");
    let third = Site::new();
    let sent = send_files_to(&third, "/workspaces/file", &[("a.zip", &by_page.bytes)]);
    assert_eq!(sent.is(303).location(), "/workspaces?done=brought_in");
    let page = third.get(Some(&third.owner), "/workspaces?done=brought_in");
    let path = format!("/workspaces/{}/open", page.between("/workspaces/", "/open"));
    third.post(Some(&third.owner), &path, &[]).is(303);
    let again = third.get(Some(&third.owner), "/workspaces/file");
    let fourth = Site::new();
    assert_eq!(sha_of(&put(&fourth, &fourth.owner, again.bytes)), sha);
}

#[test]
fn what_is_no_whole_file_changes_nothing() {
    let site = Site::new();
    let before = site.rows();
    let whole = filled().get(None, "/workspaces/file");
    assert_eq!(whole.status.as_u16(), 303);
    let other = filled();
    let whole = other.get(Some(&other.owner), "/workspaces/file").bytes;
    for bytes in [
        Vec::new(),
        b"no zip".to_vec(),
        whole[..whole.len() / 2].to_vec(),
    ] {
        let page = put(&site, &site.owner, bytes.clone());
        assert_eq!(page.is(422).json()["code"], "workspace.damaged");
        send_files_to(&site, "/workspaces/file", &[("a.zip", &bytes)])
            .is(422)
            .says(&["workspace.damaged"]);
    }
    assert_eq!(site.rows(), before);
}

#[test]
fn a_workspace_goes_out_and_in_for_owners_alone() {
    let site = filled();
    let other = filled();
    let whole = other.get(Some(&other.owner), "/workspaces/file").bytes;
    for role in [Role::Manager, Role::Viewer] {
        let name = if role == Role::Manager { "Mae" } else { "Vi" };
        let person = site.member(name, role);
        for path in ["/workspaces/file", "/api/v1/workspace-file"] {
            site.get(Some(&person), path).is(403);
        }
        put(&site, &person, whole.clone()).is(403);
        site.get(Some(&person), "/workspaces")
            .hides(&["/workspaces/file"]);
    }
    // A program has no account that could own what it brings in.
    let bearer = site.bearer(&TokenScope::ALL);
    let headers = [("authorization", bearer.as_str())];
    let page = site.ask("PUT", "/api/v1/workspace-file", &headers, whole);
    page.is(403);
}
