//! Mails and what they lead to: new passwords, invitations, notices; and a mail server that is away.

use std::sync::Arc;
use std::time::Instant;

use offdesk_actions::accounts::sign_in;
use offdesk_actions::actor::{Role, TokenScope};
use offdesk_actions::assignments::{
    NewAnswer, NewAssignment, Reply, answer_question, ask_question, give_assignment,
    list_open_questions, reply_to_assignment,
};
use offdesk_actions::mails::{Mails, Outgoing, look_at_mails, send_next, set_up};
use offdesk_actions::members::suspend_member;
use offdesk_actions::outbound::Mailer;
use offdesk_actions::sealing::SealingKey;
use offdesk_actions::store::mails::claim_mail;
use offdesk_actions::{Error, ErrorKind};

use crate::sink::{Mood, Received, Sink};
use crate::site::{PASSWORD, Page, Site, moment, pass_seconds};

/// A desk that sends mails, and the server it sends them through.
struct Posted {
    site: Site,
    sink: Sink,
    outgoing: Outgoing,
}

impl Posted {
    fn new() -> Self {
        let (site, sink) = (Site::new(), Sink::new());
        let outgoing = outgoing(&sink.url);
        let sender = outgoing.mailer.sender();
        site.store
            .write(move |tx| set_up(tx, Some(&sender), moment()))
            .wait()
            .unwrap();
        Self {
            site,
            sink,
            outgoing,
        }
    }

    /// Sends what is due, and gives all mails there are.
    fn mails(&self) -> Vec<Received> {
        while send_next(&self.site.store, &self.outgoing, moment()).unwrap() {}
        self.sink.mails()
    }

    /// The code of the last mail.
    fn code(&self) -> String {
        let text = self.mails().last().unwrap().text();
        let digits = text.split("ten minutes:").nth(1).unwrap().lines();
        digits
            .map(str::trim)
            .find(|line| !line.is_empty())
            .unwrap()
            .to_owned()
    }

    fn waiting(&self) -> Mails {
        self.site.store.read(look_at_mails).wait().unwrap()
    }

    fn forgot(&self, email: &str) -> Page {
        self.site.post(None, "/forgot", &[("email", email)])
    }

    /// The token of the last mail's link.
    fn token(&self) -> String {
        let text = self.mails().last().unwrap().text();
        token_in(&text).to_owned()
    }

    fn choose(&self, token: &str, password: &str) -> Page {
        let fields = [("token", token), ("password", password)];
        self.site.post(None, "/reset", &fields)
    }
}

fn outgoing(server: &str) -> Outgoing {
    Outgoing {
        mailer: Mailer::new(server, None, "Desk <desk@example.com>").unwrap(),
        public_url: "https://desk.example.com".to_owned(),
    }
}

fn token_in(text: &str) -> &str {
    let (_, rest) = text.split_once("?token=").unwrap();
    rest.lines().next().unwrap()
}

#[test]
fn sec_08_a_link_chooses_one_new_password_once() {
    let posted = Posted::new();
    let site = &posted.site;
    let bearer = site.bearer(&[TokenScope::Read]);
    let by_token = || site.ask("GET", "/api/v1/entries", &[("authorization", &bearer)], "");
    by_token().is(200);
    posted
        .forgot(" Noor@Example.com ")
        .is(200)
        .says(&["a mail is on its way"]);
    let mails = posted.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, "noor@example.com");
    assert_eq!(mails[0].header("Subject"), "Choose a new password");
    let text = mails[0].text();
    assert!(
        text.contains("https://desk.example.com/reset?token="),
        "{text}"
    );
    let secret = token_in(&text);
    let path = format!("/reset?token={secret}");
    for _ in 0..5 {
        // Whoever looks into mails for their owner uses nothing up.
        let page = site.get(None, &path);
        page.is(200).says(&["Use it from now on"]).hides(&["noor@"]);
        assert_eq!(page.headers["referrer-policy"], "strict-origin");
        site.ask("HEAD", &path, &[], "").is(200);
    }
    posted
        .choose(secret, "short")
        .is(422)
        .says(&["password.short"]);
    let done = posted.choose(secret, "four green turtles");
    assert_eq!(done.is(303).location(), "/sign-in?done=reset");
    assert!(
        !done.headers.contains_key("set-cookie"),
        "nobody is signed in by it"
    );
    posted
        .choose(secret, "five green turtles")
        .is(422)
        .says(&["reset.wrong"]);
    site.get(None, &path).is(422).says(&["reset.wrong"]);
    site.get(Some(&site.owner), "/security").is(303);
    by_token().is(401);
    assert!(site.sign_in(PASSWORD).is_err());
    site.sign_in("four green turtles").unwrap();
    let told = posted.mails();
    assert_eq!(told.len(), 2);
    assert!(
        told[1].text().starts_with("Your password was replaced"),
        "{}",
        told[1].text()
    );
}

#[test]
fn forms_behind_a_link_say_where_they_come_from_even_to_browsers_that_say_no_more() {
    let posted = Posted::new();
    let site = &posted.site;
    posted.forgot("noor@example.com").is(200);
    let invite = [("email", "vera@example.com"), ("role", "viewer")];
    let made = site.post(Some(&site.owner), "/members/invitations", &invite);
    let link = made.between("<code class=\"secret\">", "</code>");
    let reset = format!("/reset?token={}", posted.token());
    let invited = format!("/invitation?token={}", token_in(&link));
    for (page, form) in [(reset, "/reset"), (invited, "/invitation")] {
        let headers = site.get(None, &page).headers;
        // Under this policy a browser sends the origin with the form, and "null" under a stricter one.
        assert_eq!(headers["referrer-policy"], "strict-origin", "{page}");
        let token = page.split_once("token=").unwrap().1;
        let send = |origin: &str| {
            let body = format!("token={token}&name=Vera&password=short");
            site.ask("POST", form, &[("origin", origin)], body)
        };
        let own = send("http://localhost:7878");
        if form == "/reset" {
            own.is(422).says(&["password.short"]);
        } else {
            own.is(200).says(&["A code is on its way"]);
        }
        send("null").is(403).says(&["request.origin"]);
        send("https://evil.example.com")
            .is(403)
            .says(&["request.origin"]);
    }
}

#[test]
fn sec_08_a_link_ends_after_ten_minutes_and_with_the_next_request() {
    let posted = Posted::new();
    posted.forgot("noor@example.com").is(200);
    let first = posted.token();
    pass_seconds(599);
    posted
        .site
        .get(None, &format!("/reset?token={first}"))
        .is(200);
    posted.forgot("noor@example.com").is(200);
    // It ends when another one is asked for, not only when that comes.
    posted
        .choose(&first, "four green turtles")
        .is(422)
        .says(&["reset.wrong"]);
    let second = posted.token();
    assert_ne!(first, second);
    pass_seconds(601);
    posted
        .choose(&second, "four green turtles")
        .is(422)
        .says(&["reset.wrong"]);
    assert!(posted.site.sign_in(PASSWORD).is_ok());
}

#[test]
fn sec_08_a_new_password_leaves_the_second_factor() {
    let posted = Posted::new();
    let site = &posted.site;
    let actor = site.actor(&site.owner);
    let proposed = offdesk_actions::accounts::propose_second_factor(&actor, moment()).unwrap();
    let totp = totp_rs::Builder::new()
        .with_secret(totp_rs::Secret::try_from_base32(&proposed.secret).unwrap())
        .with_account_name("noor@example.com".to_owned())
        .with_issuer(Some("offdesk"))
        .build()
        .unwrap();
    let code = totp.generate(u64::try_from(moment().now.as_second()).unwrap());
    let secret = proposed.secret;
    let set = offdesk_actions::accounts::set_second_factor;
    let key = SealingKey::of(&[7; 32]);
    set(
        &site.store,
        &actor,
        key.as_ref(),
        PASSWORD,
        &secret,
        &code.to_string(),
        moment(),
    )
    .unwrap();
    posted.forgot("noor@example.com").is(200);
    let token = posted.token();
    posted.choose(&token, "four green turtles").is(303);
    let half = site.sign_in("four green turtles").unwrap();
    assert!(half.signed.needs_code);
    site.get(Some(&half), "/security").is(303);
}

#[test]
fn sec_08_nobody_learns_whether_an_address_is_known() {
    let posted = Posted::new();
    let mut took = [Vec::new(), Vec::new()];
    let emails = ["noor@example.com", "neil@example.com"];
    for _ in 0..100 {
        let mut seen = Vec::new();
        for (at, email) in emails.iter().enumerate() {
            #[expect(clippy::disallowed_methods, reason = "the test is about time")]
            let since = Instant::now();
            let page = posted.forgot(email);
            took[at].push(since.elapsed());
            let mut headers: Vec<String> = page
                .headers
                .iter()
                .map(|(name, value)| format!("{name}: {value:?}"))
                .collect();
            headers.sort();
            seen.push((page.status, headers, page.body));
        }
        assert_eq!(seen[0], seen[1]);
        assert_eq!(seen[0].0, 200);
        // So that the limits of tries count from the beginning.
        pass_seconds(901);
    }
    let [known, unknown] = took.map(|mut all| {
        all.sort();
        all[all.len() / 2].as_micros()
    });
    assert!(known.abs_diff(unknown) < 2000, "{known} and {unknown} µs");
    // The last request of each waits, as earlier ones were taken back; only one of the two is somebody's.
    assert_eq!(posted.waiting().waiting, 2);
    let mails = posted.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, "noor@example.com");
    assert_eq!(
        (posted.waiting().waiting, posted.waiting().failed.len()),
        (0, 0)
    );
}

#[test]
fn sec_08_links_cannot_be_asked_for_at_will() {
    let posted = Posted::new();
    for at in 0..7 {
        let status = posted.forgot("noor@example.com").status;
        assert_eq!(status.as_u16(), if at < 5 { 200 } else { 429 }, "{at}");
    }
    let refused = (0..20)
        .filter(|at| posted.forgot(&format!("{at}@example.com")).status == 429)
        .count();
    // Twenty in all from one network; what was refused did not count.
    assert_eq!(refused, 5);
    // Guessing tokens is counted, too.
    let mut statuses: Vec<u16> = Vec::new();
    for at in 0..52 {
        statuses.push(
            posted
                .choose(&format!("GUESS{at}"), "four green turtles")
                .status
                .as_u16(),
        );
    }
    assert_eq!(statuses[..50], [422; 50]);
    assert_eq!(statuses[50..], [429; 2]);
}

#[test]
fn sec_09_links_in_mails_never_come_from_a_request() {
    let posted = Posted::new();
    let variants: [&[(&str, &str)]; 8] = [
        &[("x-forwarded-host", "evil.example")],
        &[
            ("x-forwarded-host", "evil.example"),
            ("x-forwarded-proto", "http"),
        ],
        &[("forwarded", "host=evil.example;proto=http")],
        &[("x-original-host", "evil.example")],
        &[("x-host", "evil.example")],
        &[("x-http-host-override", "evil.example")],
        &[("host", "127.0.0.1:1234")],
        &[
            ("referer", "http://evil.example/"),
            ("x-original-url", "http://evil.example/"),
        ],
    ];
    for headers in variants {
        let mut all = vec![("sec-fetch-site", "same-origin")];
        all.extend_from_slice(headers);
        let page = posted
            .site
            .ask("POST", "/forgot", &all, "email=noor%40example.com");
        page.is(200);
        let text = posted.mails().last().unwrap().text();
        assert!(
            text.contains("\nhttps://desk.example.com/reset?token="),
            "{text}"
        );
        assert!(
            !text.contains("evil") && !text.contains("127.0.0.1"),
            "{text}"
        );
        pass_seconds(901);
    }
    for host in [
        "evil.example",
        "desk.example.com@evil.example",
        "desk.example.com.evil.example",
    ] {
        let headers = [("sec-fetch-site", "same-origin"), ("host", host)];
        let page = posted
            .site
            .ask("POST", "/forgot", &headers, "email=noor%40example.com");
        page.is(421);
    }
    assert_eq!(posted.mails().len(), variants.len());
}

#[test]
fn an_invitation_comes_by_mail_and_nobody_else_sees_its_link() {
    let posted = Posted::new();
    let site = &posted.site;
    site.get(Some(&site.owner), "/members")
        .says(&["Send it by mail"]);
    let fields = [
        ("email", "vi@example.com"),
        ("role", "viewer"),
        ("by", "mail"),
    ];
    let page = site.post(Some(&site.owner), "/members/invitations", &fields);
    assert_eq!(page.is(303).location(), "/members?done=sent");
    assert_eq!(posted.waiting().waiting, 1);
    let mails = posted.mails();
    assert_eq!(mails[0].to, "vi@example.com");
    let text = mails[0].text();
    assert!(
        text.contains("My business") && text.contains("https://desk.example.com/invitation?token="),
        "{text}"
    );
    let token = token_in(&text).to_owned();
    site.get(Some(&site.owner), "/members").hides(&[&token]);
    let fields = [
        ("token", token.as_str()),
        ("name", "Vi"),
        ("password", PASSWORD),
    ];
    join(&posted, &fields).is(303);
    sign_in(&site.store, "vi@example.com", PASSWORD, "", moment()).unwrap();
    // One that is withdrawn before it was sent is not sent.
    let fields = [
        ("email", "wim@example.com"),
        ("role", "viewer"),
        ("by", "mail"),
    ];
    site.post(Some(&site.owner), "/members/invitations", &fields)
        .is(303);
    let (_, open) = site
        .act(&site.owner, offdesk_actions::members::list_members)
        .unwrap();
    let path = format!("/members/invitations/{}/removal", open[0].id);
    site.post(Some(&site.owner), &path, &[]).is(303);
    assert_eq!(posted.mails().len(), 2);
    assert_eq!(posted.waiting().waiting, 0);
    // One that cannot be sent is told of where it was made.
    posted.sink.set(Mood::KnowsNobody);
    let fields = [
        ("email", "xan@example.com"),
        ("role", "viewer"),
        ("by", "mail"),
    ];
    site.post(Some(&site.owner), "/members/invitations", &fields)
        .is(303);
    posted.mails();
    site.get(Some(&site.owner), "/members")
        .says(&["The mail could not be sent:", "nobody here has that name"]);
    let failed = posted.waiting().failed;
    assert_eq!(
        (failed.len(), failed[0].address.as_str()),
        (1, "xan@example.com")
    );
}

#[test]
fn a_change_of_how_one_signs_in_is_told_by_mail() {
    let posted = Posted::new();
    let site = &posted.site;
    let fields = [("old", PASSWORD), ("password", "four green turtles")];
    site.post(Some(&site.owner), "/security/password", &fields)
        .is(303);
    let mails = posted.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, "noor@example.com");
    let text = mails[0].text();
    assert!(text.starts_with("Your password was changed."), "{text}");
    assert!(text.contains("https://desk.example.com/forgot"), "{text}");
}

#[test]
fn while_the_server_is_away_mails_wait_and_go_out_later_once() {
    let posted = Posted::new();
    let site = &posted.site;
    let away = outgoing("smtp://127.0.0.1:1");
    let fields = [
        ("email", "vi@example.com"),
        ("role", "viewer"),
        ("by", "mail"),
    ];
    site.post(Some(&site.owner), "/members/invitations", &fields)
        .is(303);
    // Every try is later than the one before: one after a minute, then seldomer.
    for (seconds, is_due) in [
        (0, true),
        (30, false),
        (31, true),
        (200, false),
        (101, true),
    ] {
        pass_seconds(seconds);
        assert_eq!(
            send_next(&site.store, &away, moment()).unwrap(),
            is_due,
            "{seconds}"
        );
    }
    let waiting = posted.waiting();
    assert_eq!((waiting.waiting, waiting.failed.len()), (1, 0));
    pass_seconds(3600);
    posted.sink.set(Mood::Busy);
    assert_eq!(posted.mails(), []);
    posted.sink.set(Mood::Takes);
    pass_seconds(3600);
    assert_eq!(posted.mails().len(), 1);
    assert_eq!(posted.waiting().waiting, 0);
    pass_seconds(3600);
    assert_eq!(posted.mails().len(), 1);
    // After three days it is given up, and that is shown.
    site.post(
        Some(&site.owner),
        "/members/invitations",
        &[
            ("email", "w@example.com"),
            ("role", "viewer"),
            ("by", "mail"),
        ],
    )
    .is(303);
    for _ in 0..20 {
        pass_seconds(6 * 3600);
        send_next(&site.store, &away, moment()).unwrap();
    }
    let failed = posted.waiting().failed;
    assert_eq!(failed.len(), 1);
    assert!(!failed[0].error.is_empty());
    // Nobody waits for days for a link to a new password.
    posted.forgot("noor@example.com").is(200);
    for _ in 0..4 {
        send_next(&site.store, &away, moment()).unwrap();
        pass_seconds(1200);
    }
    assert_eq!(posted.waiting().waiting, 0);
}

#[test]
fn a_mail_of_which_nobody_knows_is_sent_once_more_at_most() {
    let posted = Posted::new();
    posted.sink.set(Mood::GoesAway);
    posted.forgot("noor@example.com").is(200);
    for _ in 0..10 {
        posted.mails();
        pass_seconds(120);
    }
    let mails = posted.sink.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].header("Message-ID"), mails[1].header("Message-ID"));
    assert_eq!(posted.waiting().failed.len(), 1);
    // The same where the process was killed while it sent: it has claimed the mail, and nobody knows more.
    posted.sink.set(Mood::Takes);
    posted.forgot("noor@example.com").is(200);
    for _ in 0..2 {
        let now = moment();
        let claimed = posted.site.store.write(move |tx| -> Result<_, Error> {
            Ok(claim_mail(tx, now.micros(), now.after(300))?)
        });
        assert!(claimed.wait().unwrap().is_some());
        pass_seconds(301);
    }
    assert_eq!(
        posted.mails().len(),
        2,
        "it may have gone out twice already"
    );
    assert_eq!(posted.waiting().failed.len(), 2);
}

#[test]
fn without_a_mail_server_the_page_says_how_it_is_done() {
    let site = Site::new();
    site.get(None, "/sign-in").says(&["/forgot"]);
    site.get(None, "/forgot")
        .is(200)
        .says(&["offdesk setup --reset-password"])
        .hides(&["Send me the link"]);
    site.post(None, "/forgot", &[("email", "noor@example.com")])
        .is(409)
        .says(&["mail.none"]);
    site.get(Some(&site.owner), "/members")
        .hides(&["Send it by mail"]);
    let fields = [
        ("email", "vi@example.com"),
        ("role", "viewer"),
        ("by", "mail"),
    ];
    site.post(Some(&site.owner), "/members/invitations", &fields)
        .is(409)
        .says(&["mail.none"]);
    let fields = [("old", PASSWORD), ("password", "four green turtles")];
    site.post(Some(&site.owner), "/security/password", &fields)
        .is(303);
    let mails = site.store.read(look_at_mails).wait().unwrap();
    assert_eq!((mails.sender, mails.waiting), (None, 0));
}

#[test]
fn sec_24_no_link_of_a_mail_stands_in_the_database() {
    let posted = Posted::new();
    let site = &posted.site;
    let fields = [
        ("email", "vi@example.com"),
        ("role", "viewer"),
        ("by", "mail"),
    ];
    site.post(Some(&site.owner), "/members/invitations", &fields)
        .is(303);
    posted.forgot("noor@example.com").is(200);
    let mails = posted.mails();
    assert_eq!(mails.len(), 2);
    let text = site.all_rows();
    for mail in mails {
        let text_of_mail = mail.text();
        assert!(!text.contains(token_in(&text_of_mail)));
    }
}

#[test]
fn sec_05_a_new_password_ends_all_that_the_old_one_has_given() {
    let posted = Posted::new();
    let site = &posted.site;
    let other = site.sign_in(PASSWORD).unwrap();
    let bearer = site.bearer(&[TokenScope::Read]);
    let by_token = || site.ask("GET", "/api/v1/me", &[("authorization", &bearer)], "");
    posted.forgot("noor@example.com").is(200);
    let link = posted.token();
    site.get(Some(&other), "/security").is(200);
    by_token().is(200);
    let mae = site.member("Mae", Role::Manager);
    let fields = [("old", PASSWORD), ("password", "four green turtles")];
    site.post(Some(&site.owner), "/security/password", &fields)
        .is(303);
    site.get(Some(&site.owner), "/security").is(200);
    site.get(Some(&other), "/security").is(303);
    by_token().is(401);
    posted
        .choose(&link, "five green turtles")
        .is(422)
        .says(&["reset.wrong"]);
    assert!(site.sign_in(PASSWORD).is_err());
    // Nobody else has lost anything.
    site.get(Some(&mae), "/security").is(200);
}

#[test]
fn sec_12_of_many_tries_at_once_no_more_are_looked_at_than_one_by_one() {
    let site = Site::new();
    let codes: Vec<&str> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..200)
            .map(|_| {
                let store = Arc::clone(&site.store);
                scope.spawn(move || {
                    let tried = sign_in(&store, "noor@example.com", "wrong", "", moment());
                    tried.unwrap_err()
                })
            })
            .collect();
        let errors = tries.into_iter().map(|it| it.join().unwrap());
        errors
            .map(|error| {
                assert!(matches!(
                    error.kind,
                    ErrorKind::Invalid | ErrorKind::TooMany
                ));
                error.code
            })
            .collect()
    });
    let looked_at = codes
        .iter()
        .filter(|code| **code == "sign_in.wrong")
        .count();
    assert_eq!(looked_at, 10);
    let refused = codes.iter().filter(|code| **code == "too_many").count();
    assert_eq!(refused, 190);
    assert_eq!(site.sign_in(PASSWORD).unwrap_err().code, "too_many");
    pass_seconds(901);
    site.sign_in(PASSWORD).unwrap();
}

#[test]
fn sec_12_what_a_sender_says_of_themselves_gains_no_tries() {
    let behind_a_proxy = |headers: &dyn Fn(usize) -> Vec<(&'static str, String)>| {
        let site = Site::with(|mut desk| {
            desk.proxies = vec![("127.0.0.1".parse().unwrap(), 32)];
            desk
        });
        site.store
            .write(|tx| set_up(tx, Some("desk@example.com"), moment()))
            .wait()
            .unwrap();
        (0..25)
            .filter(|at| {
                let said = headers(*at);
                let mut all = vec![("sec-fetch-site", "same-origin")];
                all.extend(said.iter().map(|(name, value)| (*name, value.as_str())));
                let form = format!("email={at}%40example.com");
                site.ask("POST", "/forgot", &all, form).status == 429
            })
            .count()
    };
    let forwarded = |text: String| vec![("x-forwarded-for", text)];
    // The proxy adds the address it sees; whatever stands before that was written by the sender.
    assert_eq!(
        behind_a_proxy(&|at| forwarded(format!("10.1.1.{at}, 9.9.9.9"))),
        5
    );
    assert_eq!(
        behind_a_proxy(&|at| forwarded(format!("10.1.1.{at}, 9.9.9.9, 127.0.0.1"))),
        5
    );
    let two_lines = |at: usize| {
        vec![
            ("x-forwarded-for", format!("10.1.1.{at}")),
            ("x-forwarded-for", "9.9.9.9".to_owned()),
        ]
    };
    assert_eq!(behind_a_proxy(&two_lines), 5);
    // A sender has a whole network of IPv6, and the same address of IPv4 in two forms.
    assert_eq!(
        behind_a_proxy(&|at| forwarded(format!("2001:db8:1:2:{at:x}::{at:x}"))),
        5
    );
    let two_forms = |at: usize| {
        forwarded(
            if at.is_multiple_of(2) {
                "9.9.9.9"
            } else {
                "::ffff:9.9.9.9"
            }
            .to_owned(),
        )
    };
    assert_eq!(behind_a_proxy(&two_forms), 5);
    let other_names = |at: usize| {
        vec![
            ("x-real-ip", format!("10.1.1.{at}")),
            ("true-client-ip", format!("10.1.1.{at}")),
            ("forwarded", format!("for=10.1.1.{at}")),
            ("X-Forwarded-For", "9.9.9.9".to_owned()),
        ]
    };
    assert_eq!(behind_a_proxy(&other_names), 5);
    // Different senders are told apart, also in IPv6 and where IPv4 comes mapped.
    assert_eq!(behind_a_proxy(&|at| forwarded(format!("9.9.9.{at}"))), 0);
    assert_eq!(
        behind_a_proxy(&|at| forwarded(format!("::ffff:9.9.9.{at}"))),
        0
    );
    assert_eq!(
        behind_a_proxy(&|at| forwarded(format!("2001:db8:1:{at:x}::1"))),
        0
    );
}

#[test]
fn whoever_gave_an_assignment_is_told_once_that_an_answer_is_needed() {
    let posted = Posted::new();
    posted.site.with_hours(&[("Inbox", 6)]);
    let given = posted.site.given(posted.site.activity("Inbox"));
    let owner = posted.site.owner.clone();
    let ask = |text: &'static str| {
        let id = given.assignment;
        posted.site.act(&owner, move |tx, actor, moment| {
            ask_question(tx, actor, id, None, text, moment)
        })
    };
    ask("Secretquestion?").unwrap();
    ask("And this?").unwrap();
    let mails = posted.mails();
    assert_eq!(mails.len(), 1);
    let text = mails[0].text();
    assert!(
        text.contains(&format!("/work/{}", given.assignment)),
        "{text}"
    );
    assert!(!text.contains("Secretquestion"), "{text}");
    // What is answered before the mail is sent needs none.
    ask("A third one?").unwrap();
    let id = given.assignment;
    posted
        .site
        .act(&owner, move |tx, actor, moment| {
            let open = list_open_questions(tx, actor, 20)?;
            for one in open {
                let new = NewAnswer {
                    text: "Yes.".to_owned(),
                    ..NewAnswer::default()
                };
                answer_question(tx, actor, id, one.question.id, &new, moment)?;
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(posted.mails().len(), 1);
    assert_eq!(posted.waiting().waiting, 0);
}

/// Whoever gave it reaches nothing any more: those who run the business are told.
#[test]
fn where_whoever_gave_it_is_suspended_the_owners_are_told_that_an_answer_is_needed() {
    let posted = Posted::new();
    let site = &posted.site;
    site.with_hours(&[("Inbox", 6)]);
    let handoff = site.given(site.activity("Inbox")).handoff;
    let manager = site.member("Mae", Role::Manager);
    let id = site.act(&manager, move |tx, actor, moment| {
        let new = NewAssignment {
            due: moment
                .now
                .checked_add(jiff::SignedDuration::from_hours(48))
                .ok(),
            ..NewAssignment::default()
        };
        let id = give_assignment(tx, actor, handoff, &new, moment)?.row.id;
        reply_to_assignment(tx, actor, id, Reply::Agree, None, moment)?;
        Ok(id)
    });
    let (id, whose) = (id.unwrap(), site.actor(&manager).account);
    site.act(&site.owner, move |tx, actor, moment| {
        suspend_member(tx, actor, whose, moment)?;
        ask_question(tx, actor, id, None, "Which?", moment)
    })
    .unwrap();
    let asked = format!("/work/{id}");
    let mut mails = posted.mails();
    mails.retain(|it| it.text().contains(&asked));
    let to: Vec<&str> = mails.iter().map(|it| it.to.as_str()).collect();
    assert!(to.len() == 1 && to[0].contains("noor@"), "{to:?}");
}

/// Joins as somebody does: lets the code be sent, and types it in with the rest.
fn join(posted: &Posted, fields: &[(&str, &str)]) -> Page {
    let page = posted.site.post(None, "/invitation", &fields[..1]);
    let challenge = page.is(200).between("name=\"challenge\" value=\"", "\"");
    joins_with(&posted.site, fields, (&challenge, &posted.code()))
}

/// Sends the form of somebody who joins, with a code and what it is held against.
fn joins_with(site: &Site, fields: &[(&str, &str)], (challenge, code): (&str, &str)) -> Page {
    let proof = [("challenge", challenge), ("code", code)];
    let all: Vec<_> = fields.iter().copied().chain(proof).collect();
    site.post(None, "/invitation", &all)
}

/// Invites Vera, and gives the secret of her link.
fn vera_invited(site: &Site) -> String {
    let made = site.post(
        Some(&site.owner),
        "/members/invitations",
        &[("email", "vera@example.com"), ("role", "viewer")],
    );
    let link = made.between("<code class=\"secret\">", "</code>");
    token_in(&link).to_owned()
}

fn fields_of(token: &str) -> [(&str, &str); 3] {
    [("token", token), ("name", "Vera"), ("password", PASSWORD)]
}

#[test]
fn sec_38_a_link_alone_opens_nothing_where_mails_are_sent() {
    let posted = Posted::new();
    let site = &posted.site;
    let token = vera_invited(site);
    let fields = fields_of(&token);
    let with = |challenge: &str, code: &str| joins_with(site, &fields, (challenge, code));
    // Looking at it sends nothing; a name and a password without a code let nobody in, and send one.
    site.get(None, &format!("/invitation?token={token}"))
        .is(200)
        .says(&["Send me the code"])
        .hides(&["name=\"password\""]);
    assert_eq!(posted.waiting().waiting, 0);
    let asked = site.post(None, "/invitation", &fields);
    let first = asked.is(200).between("name=\"challenge\" value=\"", "\"");
    let code = posted.code();
    assert_eq!(posted.mails().last().unwrap().to, "vera@example.com");
    // The code of one challenge is none of another, a challenge that was made up is none, and a wrong code is none.
    let again = site.post(None, "/invitation", &fields[..1]);
    let second = again.is(200).between("name=\"challenge\" value=\"", "\"");
    assert_ne!(posted.code(), code);
    for (challenge, code) in [
        (second.as_str(), code.as_str()),
        (first.as_str(), "0000 0000"),
        ("00", code.as_str()),
        ("no hex", code.as_str()),
    ] {
        with(challenge, code).is(422).says(&["invitation.code"]);
    }
    assert!(sign_in(&site.store, "vera@example.com", PASSWORD, "", moment()).is_err());
    with(&second, &posted.code()).is(303);
    sign_in(&site.store, "vera@example.com", PASSWORD, "", moment()).unwrap();
}

#[test]
fn sec_38_a_code_ends_after_ten_minutes_and_five_tries() {
    let posted = Posted::new();
    let site = &posted.site;
    let token = vera_invited(site);
    let fields = fields_of(&token);
    let ask = || {
        let page = site.post(None, "/invitation", &fields[..1]);
        page.is(200).between("name=\"challenge\" value=\"", "\"")
    };
    let with = |challenge: &str, code: &str| joins_with(site, &fields, (challenge, code));
    let (challenge, code) = (ask(), posted.code());
    pass_seconds(601);
    with(&challenge, &code).is(422).says(&["invitation.code"]);
    pass_seconds(901);
    let (challenge, code) = (ask(), posted.code());
    for _ in 0..5 {
        with(&challenge, "12345678").is(422);
    }
    with(&challenge, &code).is(429).says(&["too_many"]);
    // So many codes are sent, and no more.
    for _ in 0..4 {
        ask();
    }
    site.post(None, "/invitation", &fields[..1]).is(429);
}
