//! What a page elsewhere, a stranger or a hostile file can try; each test is named by its class in the list of threats.

use std::sync::Arc;
use std::time::Instant;

use offdesk_actions::accounts::NewAccount;
use offdesk_actions::actor::{Role, TokenScope};
use offdesk_actions::imports::{Choices, Input, import_file};
use offdesk_actions::members::{accept_invitation, invite};
use offdesk_web::desk::routes;

use crate::site::{BARE, PASSWORD, Page, Person, Site, cookie_of, moment, pass_seconds};

#[test]
fn sec_07_of_many_who_accept_an_invitation_at_once_one_does() {
    let site = Site::new();
    let secret = site
        .act(&site.owner, |tx, actor, moment| {
            invite(tx, actor, "vi@example.com", Role::Viewer, moment)
        })
        .unwrap();
    let accepted: Vec<bool> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..8)
            .map(|at| {
                let (store, secret) = (Arc::clone(&site.store), secret.clone());
                scope.spawn(move || {
                    let account = NewAccount {
                        name: format!("V{at}"),
                        password: PASSWORD.to_owned(),
                        ..NewAccount::default()
                    };
                    accept_invitation(&store, &secret, &account, "", moment()).is_ok()
                })
            })
            .collect();
        tries.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert_eq!(accepted.iter().filter(|it| **it).count(), 1);
    let (members, _) = site
        .act(&site.owner, offdesk_actions::members::list_members)
        .unwrap();
    assert_eq!(members.len(), 2);
}

#[test]
fn sec_09_other_hosts_are_refused() {
    let site = Site::new();
    for host in [
        "evil.example",
        "localhost.evil.example",
        "localhost@evil.example",
        "evil.example:7878",
        "127.0.0.1.evil.example",
        "",
        "localhost.",
        "[::1].evil.example",
    ] {
        let page = site.ask("GET", "/sign-in", &[("host", host)], "");
        page.is(421).says(&["request.host"]);
    }
    let twice = site.ask(
        "GET",
        "/sign-in",
        &[("host", "localhost"), ("host", "evil.example")],
        "",
    );
    twice.is(421);
    for host in [
        "localhost:7878",
        "127.0.0.1:7878",
        "[::1]:7878",
        "192.168.0.14:7878",
        "LOCALHOST",
    ] {
        site.ask("GET", "/sign-in", &[("host", host)], "").is(200);
    }
    // What a proxy would say is not believed, since none is trusted.
    let page = site.ask(
        "GET",
        "/sign-in",
        &[("x-forwarded-host", "evil.example")],
        "",
    );
    page.is(200).hides(&["evil.example"]);
}

#[test]
fn sec_10_a_planted_session_never_signs_in() {
    let site = Site::new();
    let planted = [
        ("cookie", "offdesk=PLANTED"),
        ("sec-fetch-site", "same-origin"),
    ];
    let form = format!(
        "email=noor%40example.com&password={}",
        PASSWORD.replace(' ', "+")
    );
    let page = site.ask("POST", "/sign-in", &planted, form);
    let cookie = page.is(303).headers["set-cookie"].to_str().unwrap();
    assert!(
        !cookie.contains("PLANTED")
            && cookie.contains("HttpOnly")
            && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let page = site.ask("GET", "/hours", &planted, "");
    assert_eq!(page.is(303).location(), "/sign-in?next=%2Fhours");
}

#[test]
fn sec_10_the_sessions_secret_is_new_after_a_credential_was_changed() {
    let site = Site::new();
    let owner = Some(&site.owner);
    let opens = |cookie: &str| {
        site.ask("GET", "/security", &[("cookie", cookie)], "")
            .status
            == 200
    };
    let changes: [(&str, &dyn Fn()); 3] = [
        ("password", &|| {
            let fields = [("old", PASSWORD), ("password", "four green turtles")];
            site.post(owner, "/security/password", &fields).is(303);
            let back = [("old", "four green turtles"), ("password", PASSWORD)];
            site.post(owner, "/security/password", &back).is(303);
        }),
        ("second factor", &|| {
            site.set_factor(&site.owner);
        }),
        ("no second factor", &|| {
            let fields = [("old", PASSWORD)];
            site.post(owner, "/security/second-factor/removal", &fields)
                .is(303);
        }),
    ];
    for (what, change) in changes {
        let before = cookie_of(&site.owner);
        assert!(opens(&before));
        change();
        let after = cookie_of(&site.owner);
        assert_ne!(before, after, "{what}");
        assert!(
            !opens(&before),
            "what somebody saw before still opens: {what}"
        );
        assert!(opens(&after), "{what}");
    }
    // What was refused changes nothing.
    let before = cookie_of(&site.owner);
    let fields = [
        ("old", "wrong brown foxes"),
        ("password", "four green turtles"),
    ];
    site.post(owner, "/security/password", &fields).is(422);
    assert!(opens(&before));
}

#[test]
fn sec_12_tokens_cannot_be_guessed_at_will() {
    let site = Site::new();
    let right = site.bearer(&[TokenScope::Read]);
    let ask = |bearer: &str, path: &str| site.ask("GET", path, &[("authorization", bearer)], "");
    let mut refused = Vec::new();
    for at in 0..60 {
        let path = ["/api/v1/me", "/api/v1/entries"][at % 2];
        refused.push(ask(&format!("Bearer {at}"), path).status.as_u16());
    }
    assert!(
        refused[..50].iter().all(|status| *status == 401),
        "{refused:?}"
    );
    assert!(
        refused[50..].iter().all(|status| *status == 429),
        "{refused:?}"
    );
    // A right one is no guess: whoever shares a network with somebody who guesses loses nothing.
    ask(&right, "/api/v1/me").is(200);
    pass_seconds(16 * 60);
    ask("Bearer 0", "/api/v1/me").is(401);
}

/// Every door that takes a secret, with one that is wrong: after so many tries it stays shut for a quarter of an hour.
#[test]
fn sec_12_every_door_that_takes_a_secret_is_limited() {
    type Try = fn(&Site, &Person) -> Page;
    let doors: [(&str, usize, Try); 9] = [
        ("sign-in", 10, |site, _| {
            let fields = [
                ("email", "noor@example.com"),
                ("password", "wrong brown foxes"),
            ];
            site.post(None, "/sign-in", &fields)
        }),
        ("code", 10, |site, half| {
            site.post(Some(half), "/sign-in/code", &[("code", "AAAA-AAAA")])
        }),
        ("invitation, looked at", 50, |site, _| {
            site.get(None, "/invitation?token=WRONG")
        }),
        ("invitation", 50, |site, _| {
            let fields = [
                ("token", "WRONG"),
                ("name", "Eve"),
                ("password", "six silent seals"),
            ];
            site.post(None, "/invitation", &fields)
        }),
        ("reset, looked at", 50, |site, _| {
            site.get(None, "/reset?token=WRONG")
        }),
        ("reset", 50, |site, _| {
            site.post(
                None,
                "/reset",
                &[("token", "WRONG"), ("password", "six silent seals")],
            )
        }),
        ("passkey", 50, |site, _| {
            let body = r#"{"ceremony": "WRONG", "credential": {}}"#;
            site.ask(
                "POST",
                "/sign-in/passkey",
                &[("sec-fetch-site", "same-origin")],
                body,
            )
        }),
        ("password of a passkey", 10, |site, _| {
            let fields = [("old", "wrong brown foxes")];
            site.post(Some(&site.owner), "/security/passkeys/challenge", &fields)
        }),
        ("password of a second factor", 10, |site, _| {
            let fields = [("old", "wrong brown foxes")];
            site.post(
                Some(&site.owner),
                "/security/second-factor/removal",
                &fields,
            )
        }),
    ];
    for (door, most, attempt) in doors {
        let site = Site::new();
        site.set_factor(&site.owner);
        let half = site.sign_in(PASSWORD).unwrap();
        for at in 0..most {
            let status = attempt(&site, &half).status.as_u16();
            assert!(
                (400..500).contains(&status) && status != 429,
                "{door}, {at}: {status}"
            );
        }
        attempt(&site, &half).is(429).says(&["too_many"]);
        pass_seconds(16 * 60);
        assert_ne!(attempt(&site, &half).status, 429, "{door}");
        // The next desk is set up at the same moment as this one.
        pass_seconds(-16 * 60);
    }
}

#[test]
fn what_turns_or_hides_letters_is_in_no_name() {
    let site = Site::new();
    let name = "My\u{202e} shop\u{200b}\u{2066}";
    let body = serde_json::json!({ "name": name, "kind": "freelancer" });
    let token = site.token(&TokenScope::ALL);
    site.with_hours(&[("Inbox", 6)]);
    let id = site.activity("Inbox");
    site.post(Some(&site.owner), "/workspaces", &[("name", name)]);
    let rows = site.all_rows();
    assert!(rows.contains("My shop"), "{rows}");
    site.post(
        Some(&site.owner),
        &format!("/activities/{id}/name"),
        &[("name", name)],
    );
    site.call(&token, "POST", "/people", &body, &[]);
    let invited = [("email", "a\u{202e}b@example.com"), ("role", "viewer")];
    site.post(Some(&site.owner), "/members/invitations", &invited)
        .is(422)
        .says(&["account.email"]);
    let rows = site.all_rows();
    for sign in ["\u{202e}", "\u{200b}", "\u{2066}"] {
        assert!(!rows.contains(sign) && !rows.contains(&sign.escape_unicode().to_string()));
    }
}

#[test]
fn sec_11_an_unknown_address_looks_like_a_wrong_password() {
    let site = Site::new();
    let sign_in = |email: &str| {
        site.post(
            None,
            "/sign-in",
            &[("email", email), ("password", "wrong wrong wrong")],
        )
    };
    let (known, unknown) = (sign_in("noor@example.com"), sign_in("noor@example.org"));
    assert_eq!(known.status, unknown.status);
    let bare = |body: &str| body.replace("noor@example.org", "noor@example.com");
    assert_eq!(bare(&known.body), bare(&unknown.body));
}

/// What is checked for an address that nobody has takes as long as a password.
#[test]
fn sec_11_it_takes_as_long_for_an_address_that_nobody_has() {
    let site = Site::new();
    let mut took = [Vec::new(), Vec::new()];
    for _ in 0..9 {
        for (at, email) in ["noor@example.com", "noor@example.org"]
            .into_iter()
            .enumerate()
        {
            #[expect(clippy::disallowed_methods, reason = "the test is about time")]
            let since = Instant::now();
            let fields = [("email", email), ("password", "wrong wrong wrong")];
            site.post(None, "/sign-in", &fields).is(422);
            took[at].push(since.elapsed());
        }
    }
    let [known, unknown] = took.map(|mut took| {
        took.sort();
        took[took.len() / 2]
    });
    // Without the work for nobody it is a fiftieth.
    assert!(
        unknown * 2 > known && known * 2 > unknown,
        "{known:?} {unknown:?}"
    );
}

#[test]
fn sec_12_another_name_for_oneself_gains_no_tries() {
    let site = Site::new();
    let mut refused = 0;
    for at in 0..14 {
        let from = format!("10.0.0.{at}");
        let headers = [
            ("sec-fetch-site", "same-origin"),
            ("x-forwarded-for", from.as_str()),
        ];
        let page = site.ask(
            "POST",
            "/sign-in",
            &headers,
            "email=noor%40example.com&password=wrong",
        );
        refused += usize::from(page.status == 429);
    }
    assert_eq!(refused, 4);
}

/// Texts that would run, load or break out somewhere if they were not written as texts.
pub const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><script>alert(1)</script></svg>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<iframe src=javascript:alert(1)>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=\"java\nscript:alert(1)\">x</a>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video src=x onerror=alert(1)>",
    "<audio src=x onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<meta http-equiv=refresh content=0;url=javascript:alert(1)>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css'</style>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><script>alert(1)</script></template>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "` onmouseover=`alert(1)",
    "x\" autofocus onfocus=\"alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\u{2028}<script>alert(1)</script>",
    "\u{202e}<script>alert(1)</script>",
    "<\u{0}script>alert(1)</script>",
    "<scr\u{200b}ipt>alert(1)</script>",
    "\u{ff1c}script\u{ff1e}alert(1)\u{ff1c}/script\u{ff1e}",
    "{{7*7}} ${7*7} <%= 7*7 %> #{7*7}",
    "javascript:alert(1)//",
    "data:text/html,<script>alert(1)</script>",
    "-alert(1)-",
    "';alert(1);//",
    "\\\";alert(1);//",
    "<x onclick=alert(1)>click",
    "<p style=background:url(//evil.example/x)>",
    "<isindex action=javascript:alert(1)>",
    "<keygen autofocus onfocus=alert(1)>",
    "<table background=//evil.example/x>",
    "<bdo dir=rtl onclick=alert(1)>",
    "=HYPERLINK(\"//evil.example\",\"x\")",
];

/// What a page of ours never has: tags that run or load something, attributes that run something.
pub fn is_harmless(html: &str) -> Result<(), String> {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        // A tag of ours ends before the next one begins: texts have no "<" of their own.
        let Some(end) = tag_end(rest) else {
            return Err(format!(
                "a tag without an end: {}",
                &rest[..rest.len().min(60)]
            ));
        };
        let tag = &rest[..end];
        rest = &rest[end..];
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        let is_own_script = tag.starts_with("script defer blocking=\"render\" src=\"/assets/desk.")
            || tag == "/script";
        let is_own_link = tag.starts_with("link rel=\"icon\"")
            || tag.starts_with("link rel=\"stylesheet\" href=\"/assets/desk.");
        let is_bad = match name.to_ascii_lowercase().as_str() {
            "script" => !is_own_script,
            "link" => !is_own_link,
            "img" | "iframe" | "object" | "embed" | "base" | "style" | "video" | "audio"
            | "template" | "math" | "animate" | "marquee" => true,
            _ => false,
        };
        if is_bad {
            return Err(format!("<{tag}>"));
        }
        for attribute in outside_quotes(tag).split_whitespace().skip(1) {
            let attribute = attribute.to_ascii_lowercase();
            if attribute.starts_with("on")
                || attribute.starts_with("style=")
                || attribute.starts_with("srcdoc")
            {
                return Err(format!("{attribute} in <{tag}>"));
            }
        }
        let plain = tag.to_ascii_lowercase().replace(char::is_whitespace, "");
        let leads = ["href", "src", "action", "formaction"];
        if leads
            .iter()
            .any(|name| plain.contains(&format!("{name}=\"javascript:")))
        {
            return Err(format!("<{tag}>"));
        }
    }
    Ok(())
}

fn tag_end(text: &str) -> Option<usize> {
    let mut is_quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => is_quoted = !is_quoted,
            '>' if !is_quoted => return Some(at),
            _ => {}
        }
    }
    None
}

fn outside_quotes(tag: &str) -> String {
    tag.split('"').step_by(2).collect::<Vec<_>>().join(" ")
}

#[test]
fn sec_13_texts_stay_texts_on_every_page() {
    assert!(is_harmless("<p title=\"&lt;img onerror=x&gt;\">a</p>").is_ok());
    for bad in [
        "<img src=x>",
        "<p onclick=\"x\">",
        "<a href=\"javascript:x\">",
        "<script>x</script>",
    ] {
        assert!(is_harmless(bad).is_err(), "{bad}");
    }
    let site = Site::new();
    site.with_hours(&[("Inbox", 6), ("Bookkeeping", 4)]);
    let id = site.activity("Inbox").to_string();
    let mut csv = "Date,Start,End,Description,Project,Client,Tags,User\n".to_owned();
    for (at, text) in HOSTILE.iter().enumerate() {
        let cell = format!("\"{}\"", text.replace('"', "\"\"").replace('\u{0}', ""));
        let day = 1 + at % 28;
        csv.push_str(&format!(
            "2026-10-{day:02},09:00,10:{:02},{cell},{cell},{cell},{cell},{cell}\n",
            at % 60
        ));
    }
    let actor = site.actor(&site.owner);
    let name = format!("{}.csv", HOSTILE[3]);
    let mut input = Input::memory(name, csv.into_bytes()).unwrap();
    import_file(
        &site.store,
        &actor,
        &mut input,
        &Choices::default(),
        moment(),
    )
    .unwrap();
    for text in HOSTILE {
        site.post(
            Some(&site.owner),
            &format!("/activities/{id}/judgement"),
            &[("judgement", "never"), ("reason", text)],
        );
        let fields = [
            ("name", *text),
            ("currency", "USD"),
            ("place", "US"),
            ("zone", ""),
            ("weeks_per_year", "48"),
            ("version", text),
        ];
        site.post(Some(&site.owner), "/settings", &fields);
        for (path, fields) in [
            (
                "/worth",
                vec![("basis", *text), ("income", *text), ("from", *text)],
            ),
            ("/import/log", vec![("line", *text), ("day", *text)]),
            ("/import/memory", vec![("name", *text), ("hours", *text)]),
            (
                "/members/invitations",
                vec![("email", *text), ("role", *text)],
            ),
            ("/workspaces", vec![("name", *text)]),
            ("/security/password", vec![("old", *text), ("new", *text)]),
            (
                "/sign-in",
                vec![("email", *text), ("password", *text), ("next", *text)],
            ),
            (
                "/setup",
                vec![
                    ("code", *text),
                    ("name", *text),
                    ("email", *text),
                    ("password", "x"),
                ],
            ),
        ] {
            let page = site.post(Some(&site.owner), path, &fields);
            is_harmless(&page.body).unwrap_or_else(|found| panic!("{path} with {text}: {found}"));
            if page.status == 303 && path == "/workspaces" {
                // A new workspace may open; the pages below are those of the first one.
                let first = site
                    .act(&site.owner, |tx, actor, _| {
                        offdesk_actions::workspaces::list_workspaces(tx, actor)
                    })
                    .unwrap()[0]
                    .workspace_id;
                site.act(&site.owner, move |tx, actor, _| {
                    offdesk_actions::accounts::open_workspace(tx, actor, first)
                })
                .unwrap();
            }
        }
    }
    let detail: Vec<String> = site
        .act(&site.owner, |tx, actor, moment| {
            Ok(offdesk_actions::hours::load_hours(tx, actor, moment)?
                .rows
                .keys()
                .map(|id| format!("/activities/{id}"))
                .collect())
        })
        .unwrap();
    let pages = [
        "/hours",
        "/next",
        "/import",
        "/sources/2",
        "/worth",
        "/settings",
        "/members",
        "/audit-log",
        "/workspaces",
        "/security",
    ];
    for path in pages.iter().map(|path| (*path).to_owned()).chain(detail) {
        let page = site.get(Some(&site.owner), &path);
        page.is(200);
        is_harmless(&page.body).unwrap_or_else(|found| panic!("{path}: {found}"));
    }
}

#[test]
fn sec_20_nothing_is_changed_by_looking_nor_from_elsewhere() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6), ("Bookkeeping", 4)]);
    let id = site.activity("Inbox").to_string();
    let cookie = cookie_of(&site.owner);
    let fill = |pattern: &str| {
        pattern
            .replace("{activity}", &id)
            .replace("{source}", "1")
            .replace("{start}", "0")
    };
    let before = site.rows();
    for route in routes() {
        let path = fill(route.path);
        match route.method.as_str() {
            "GET" => {
                site.get(Some(&site.owner), &path);
            }
            method => {
                for (site_header, origin) in [
                    (Some("cross-site"), Some("http://evil.example")),
                    (Some("same-site"), Some("http://localhost:9999")),
                    (Some("none"), None),
                    (None, Some("http://evil.example")),
                    (None, Some("null")),
                    (None, None),
                ] {
                    let mut headers =
                        vec![("cookie", cookie.as_str()), ("content-type", "text/plain")];
                    headers.extend(site_header.map(|value| ("sec-fetch-site", value)));
                    headers.extend(origin.map(|value| ("origin", value)));
                    let page = site.ask(method, &path, &headers, "name=x");
                    assert_eq!(
                        page.status.as_u16(),
                        403,
                        "{method} {path} {site_header:?} {origin:?}"
                    );
                    page.says(&["request.origin"]);
                }
            }
        }
    }
    assert_eq!(site.rows(), before);
}

#[test]
fn sec_20_a_form_counts_only_with_the_token_of_a_page_of_ours() {
    let site = Site::new();
    let (cookie, mae) = (cookie_of(&site.owner), site.member("Mae", Role::Owner));
    let page = site.get(Some(&site.owner), "/settings");
    let token = page.between("name=\"form_token\" value=\"", "\"");
    let forms = page.body.matches("method=\"post\"").count();
    assert_eq!(page.body.matches("name=\"form_token\"").count(), forms);
    let theirs = site.get(Some(&mae), "/settings");
    let theirs = theirs.between("name=\"form_token\" value=\"", "\"");
    assert_ne!(token, theirs);
    let before = site.rows();
    let same = ("sec-fetch-site", "same-origin");
    let own = ("cookie", cookie.as_str());
    let send = |kind: &str, body: &str, path: &str| {
        let headers = [same, own, BARE, ("content-type", kind)];
        site.ask("POST", path, &headers, body.to_owned())
    };
    let urlencoded = "application/x-www-form-urlencoded";
    let parts = "multipart/form-data; boundary=x";
    let late = format!("name=A&form_token={token}");
    let in_parts = |token: &str| {
        format!(
            "--x\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n{token}\r\n--x--\r\n"
        )
    };
    for path in [
        "/workspaces",
        "/import",
        "/sign-out",
        "/api/v1/log-lines",
        "/sign-in",
        "/forgot",
    ] {
        for (kind, body) in [
            (urlencoded, "name=A".to_owned()),
            (urlencoded, format!("form_token={theirs}&name=A")),
            (urlencoded, late.clone()),
            (urlencoded, String::new()),
            ("text/plain", "name=A".to_owned()),
            ("text/plain; x=application/json", "{}".to_owned()),
            (parts, in_parts(&theirs)),
            (
                parts,
                "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n"
                    .to_owned(),
            ),
        ] {
            send(kind, &body, path)
                .is(403)
                .says(&["request.form_token"]);
        }
    }
    // Without any kind, and without any cookie, either.
    site.ask("POST", "/workspaces", &[same, own, BARE], "name=A")
        .is(403);
    site.ask("POST", "/sign-in", &[same, BARE], "email=a&password=b")
        .is(403);
    assert_eq!(site.rows(), before);
    send(
        urlencoded,
        &format!("form_token={token}&name=A"),
        "/workspaces",
    )
    .is(303);
    send(parts, &in_parts(&token), "/blueprints/import").says(&["import.empty"]);
    // What another page cannot send is no form: JSON that says so, and the header of our own script.
    let line = r#"{"line": "2h inbox"}"#;
    send("application/json", line, "/api/v1/log-lines").is(201);
    site.ask("POST", "/api/v1/log-lines", &[same, own], line)
        .is(201);
}

#[test]
fn sec_20_who_is_not_signed_in_has_a_token_of_their_own() {
    let site = Site::new();
    let page = site.ask("GET", "/sign-in", &[], "");
    let token = page.between("name=\"form_token\" value=\"", "\"");
    let cookie = page.headers["set-cookie"].to_str().unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    let cookie = cookie.split(';').next().unwrap();
    let same = ("sec-fetch-site", "same-origin");
    let body = format!(
        "form_token={token}&email=noor%40example.com&password={}",
        PASSWORD.replace(' ', "+")
    );
    let send = |cookie: &str| {
        site.ask(
            "POST",
            "/sign-in",
            &[same, BARE, ("cookie", cookie)],
            body.clone(),
        )
    };
    send("offdesk-form=ANOTHER").is(403);
    let signed = send(cookie);
    assert_eq!(signed.is(303).location(), "/");
    // The same page gives nobody else's token, and no second cookie to whoever has one.
    let again = site.ask("GET", "/sign-in", &[("cookie", cookie)], "");
    again.says(&[&token]);
    assert!(!again.headers.contains_key("set-cookie"));
}

#[test]
fn sec_21_after_signing_in_one_stays_here() {
    let site = Site::new();
    for next in [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "/%2f%2fevil.example",
        "/%5cevil.example",
        "/\tevil.example",
        "/\n/evil.example",
        "/a//evil.example@x",
        "/@evil.example",
        "evil.example",
        ".evil.example",
        "/..//evil.example",
        "/.evil.example",
        "/;evil.example",
        "/?x=//evil.example",
        "/#//evil.example",
        " //evil.example",
        "\u{0}//evil.example",
        "/\u{ff0f}evil.example",
        "/\u{3002}evil.example",
        "/\u{2024}evil.example",
        "https:/evil.example",
        "https:evil.example",
        "/%09/evil.example",
        "/\r\nlocation: x",
        "mailto:x@evil.example",
        "vbscript:x",
        "blob:x",
        "file:///etc/passwd",
        "ftp://evil.example",
        "/hours?x=<script>",
        "/hours/../../x:y",
        "//",
        "/\\",
        "",
    ] {
        let fields = [
            ("email", "noor@example.com"),
            ("password", PASSWORD),
            ("next", next),
        ];
        let page = site.post(None, "/sign-in", &fields);
        let to = page.is(303).location();
        assert_eq!(to, "/", "{next:?}");
    }
    let fields = [
        ("email", "noor@example.com"),
        ("password", PASSWORD),
        ("next", "/hours"),
    ];
    assert_eq!(
        site.post(None, "/sign-in", &fields).is(303).location(),
        "/hours"
    );
}

#[test]
fn sec_23_words_of_another_workspace_are_nowhere() {
    let site = Site::new();
    let words: Vec<String> = (0..200).map(|at| format!("zqx{at}vjk")).collect();
    let mut csv = "Date,Start,End,Description,Project,Client,Tags,User\n".to_owned();
    for row in words.chunks(5) {
        csv.push_str(&format!("2026-10-05,09:00,10:00,{}\n", row.join(",")));
    }
    let other = site
        .act(&site.owner, |tx, actor, moment| {
            offdesk_actions::workspaces::create_workspace(tx, actor, "zqxcompany", false, moment)
        })
        .unwrap();
    let viewer = site.member("Vi", Role::Viewer);
    let mut actor = site.actor(&site.owner);
    actor.membership = Some((offdesk_actions::store::WorkspaceId(other), Role::Owner));
    let mut input = Input::memory("zqxfile.csv", csv.into_bytes()).unwrap();
    import_file(
        &site.store,
        &actor,
        &mut input,
        &Choices::default(),
        moment(),
    )
    .unwrap();
    site.with_hours(&[("Inbox", 6)]);
    let id = site.activity("Inbox").to_string();
    for route in routes().iter().filter(|route| route.method == "GET") {
        for source in ["1", "2"] {
            let path = route
                .path
                .replace("{activity}", &id)
                .replace("{source}", source);
            for person in [&site.owner, &viewer] {
                let page = site.get(Some(person), &path);
                let is_own_list = path.starts_with("/workspaces") || path == "/api/v1/workspaces";
                assert!(
                    !page.body.contains("zqx") || is_own_list && person.signed == site.owner.signed,
                    "{path}"
                );
            }
        }
    }
}

#[test]
fn sec_24_no_secret_stands_in_the_database() {
    let site = Site::new();
    let invitation = site
        .act(&site.owner, |tx, actor, moment| {
            invite(tx, actor, "v@example.com", Role::Viewer, moment)
        })
        .unwrap();
    let token = site.token(&TokenScope::ALL);
    let secrets = [
        PASSWORD.to_owned(),
        site.owner.signed.secret.reveal().to_owned(),
        invitation.reveal().to_owned(),
        token,
    ];
    let text = site
        .store
        .read(|tx| {
            let mut text = String::new();
            for table in offdesk_actions::store::copy::tables() {
                offdesk_actions::store::copy::each_row(tx, table, |row| {
                    text.push_str(&format!("{row:?}"));
                    Ok(())
                })?;
            }
            Ok::<_, offdesk_actions::Error>(text)
        })
        .wait()
        .unwrap();
    for secret in secrets {
        assert!(!text.contains(&secret));
    }
}
