//! What happened to somebody's own account: who came in or tried to, and which credential was changed.

use maud::{Markup, html};
use offdesk_actions::store::account_events::AccountEventRow;

use crate::desk::layout::moment;
use crate::words;

/// The latest events.
pub(super) fn events_section(events: &[AccountEventRow], zone: Option<&str>) -> Markup {
    html! {
        section aria-labelledby="events" {
            h2 #events { "What happened to your account" }
            p { "The latest first. Where something was not you, change your password: all other sessions end with it." }
            @if events.is_empty() { p { "Nothing yet." } }
            @else {
                table.rows {
                    thead { tr { th scope="col" { "When" } th scope="col" { "What" } th scope="col" { "From" } } }
                    tbody { @for event in events { tr {
                        th scope="row" { (moment(event.at, zone)) }
                        td data-label="What" { (said(event)) }
                        td data-label="From" { bdi { (from(event)) } }
                    } } }
                }
            }
        }
    }
}

/// What happened, in words.
fn said(event: &AccountEventRow) -> String {
    let what = match event.event.as_str() {
        "sign_in" => "Signed in",
        "fail_sign_in" => "A wrong password was tried to sign in with",
        "fail_code" => "A wrong code of the second factor was tried",
        "fail_password" => "A wrong present password was given",
        "sign_out" => "Signed out",
        "end_session" => "A session was ended",
        "change_password" => "The password was changed",
        "reset_password" => "A new password was chosen by a link in a mail",
        "set_password" => "A new password was set on the machine itself",
        "set_second_factor" => "A second factor was set",
        "remove_second_factor" => "The second factor was switched off",
        "add_passkey" => "A passkey was made",
        "remove_passkey" => "A passkey was removed",
        other => other,
    };
    let detail = words::shown(&event.detail, 80);
    match (event.event.as_str(), detail.as_str()) {
        (_, "") => what.to_owned(),
        ("sign_in", with) => format!("{what} with a {with}"),
        ("add_passkey" | "remove_passkey", name) => format!("{what}: {name}"),
        (_, detail) => format!("{what}, {detail}"),
    }
}

/// From where: the browser and its network.
fn from(event: &AccountEventRow) -> String {
    match (event.door.as_str(), event.network.as_str()) {
        ("cli", _) => "the machine itself".to_owned(),
        (_, "") => agent(&event.agent),
        (_, network) => format!("{}, {}", agent(&event.agent), words::shown(network, 60)),
    }
}

/// What a browser calls itself, in two words where it can be told.
pub(super) fn agent(text: &str) -> String {
    let first = |known: &[(&'static str, &'static str)]| {
        known
            .iter()
            .find(|(sign, _)| text.contains(sign))
            .map(|(_, name)| *name)
    };
    // Each browser names the ones it is like, so the most particular comes first.
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chromium/", "Chromium"),
        ("HeadlessChrome/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.to_owned(),
        _ if text.trim().is_empty() => "unknown browser".to_owned(),
        _ => words::shown(text, 80),
    }
}

#[cfg(test)]
mod tests {
    use super::agent;

    #[test]
    fn browsers_are_told_in_two_words_and_strangers_as_they_call_themselves() {
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0";
        assert_eq!(agent(firefox), "Firefox on Linux");
        assert_eq!(agent(edge), "Edge on Windows");
        assert_eq!(agent(" "), "unknown browser");
        assert_eq!(agent("<b>curl</b>"), "<b>curl</b>");
    }
}
