//! A desk with an owner, without a network: requests go into its router.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use jiff::Timestamp;
use offdesk_actions::accounts::{
    NewAccount, SignIn, actor_of_session, begin_setup, set_second_factor, set_up, sign_in,
};
use offdesk_actions::actor::{Actor, Permission, Role, TokenScope};
use offdesk_actions::assignments::files::begin_file;
use offdesk_actions::assignments::recurring::{NewRecurrence, create_recurrence};
use offdesk_actions::assignments::{
    NewAssignment, Reply, ask_question, give_assignment, note_supervision, reply_to_assignment,
};
use offdesk_actions::blueprints::attaching::{Attached, attach_files};
use offdesk_actions::blueprints::{NewBlueprint, Publishing, create_blueprint, publish_blueprint};
use offdesk_actions::budgets::{NewBudget, Whose, set_budget};
use offdesk_actions::calendars::Reach;
use offdesk_actions::handoffs::{HandoffAnswer, NewHandoff, answer_for, propose_handoff};
use offdesk_actions::members::{NewToken, accept_invitation, create_token, invite};
use offdesk_actions::moment::Secret;
use offdesk_actions::outbound::Fetcher;
use offdesk_actions::people::inviting::invite_person;
use offdesk_actions::people::{
    NewAccess, NewTerms, PersonFields, add_person, add_terms, grant_access,
};
use offdesk_actions::remembered::{RememberedWork, remember_week};
use offdesk_actions::sealing::SealingKey;
use offdesk_actions::sign_in_rules::{SignInRules, change_sign_in_rules, load_sign_in_rules};
use offdesk_actions::store::calendars::CalendarRow;
use offdesk_actions::store::passkeys::PasskeyRow;
use offdesk_actions::store::{Address, Store, Tx, Uuid, Value};
use offdesk_actions::worths::{Figures, NewWorth, set_worth};
use offdesk_actions::{Error, Moment};
use offdesk_domain::assignment::Supervised;
use offdesk_web::desk::{Desk, form_token, router};
use rust_decimal::Decimal;
use serde_json::Value as Json;
use tower::ServiceExt;

thread_local! {
    static STATE: Cell<u64> = const { Cell::new(0) };
    static LATER: Cell<i64> = const { Cell::new(0) };
    static RENEWED: RefCell<HashMap<String, String>> = RefCell::default();
}
static SEEDS: AtomicU64 = AtomicU64::new(1);
static TICKS: AtomicI64 = AtomicI64::new(0);

/// The key that second factors and calendars' addresses are sealed with.
pub const KEY: [u8; 32] = [7; 32];

/// Stands for a request that does not come from a script of ours: a form, or a page elsewhere.
pub const BARE: (&str, &str) = ("x-offdesk", "");

pub const PASSWORD: &str = "three brown foxes";

/// Different bytes at every call.
fn random(bytes: &mut [u8]) {
    for byte in bytes {
        STATE.with(|state| {
            let mut x = state.get();
            if x == 0 {
                x = 0x00ff_de5c ^ (SEEDS.fetch_add(1, Ordering::Relaxed) << 32);
            }
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            state.set(x);
            *byte = x.to_le_bytes()[3];
        });
    }
}

/// Noon of 24 November 2026 and as much later as the test has moved on, a millisecond more every time.
pub fn moment() -> Moment {
    let noon: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
    Moment {
        now: Timestamp::from_millisecond(
            noon.as_millisecond() + LATER.get() * 1000 + TICKS.fetch_add(1, Ordering::Relaxed),
        )
        .unwrap(),
        random,
    }
}

/// Moves the clock on.
pub fn pass_days(days: i64) {
    pass_seconds(days * 86_400);
}

/// Moves the clock on a little.
pub fn pass_seconds(seconds: i64) {
    LATER.set(LATER.get() + seconds);
}

/// A store with nothing in it.
fn empty() -> (tempfile::TempDir, Arc<Store>) {
    let folder = tempfile::tempdir().unwrap();
    let file = Address::File(folder.path().join("desk.db"));
    let store = Arc::new(Store::open(&file).unwrap());
    (folder, store)
}

/// What came back.
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Page {
    /// Where it leads.
    pub fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .unwrap()
            .to_str()
            .unwrap()
    }

    /// What it says to a program.
    #[track_caller]
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.body).unwrap()
    }

    /// It says all of these.
    #[track_caller]
    pub fn says(&self, texts: &[&str]) -> &Self {
        for text in texts {
            assert!(self.body.contains(text), "no {text:?} in\n{}", self.body);
        }
        self
    }

    /// It says none of these.
    #[track_caller]
    pub fn hides(&self, texts: &[&str]) -> &Self {
        for text in texts {
            assert!(!self.body.contains(text), "{text:?} in\n{}", self.body);
        }
        self
    }

    /// It has a status.
    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self
    }

    /// What stands between two texts, the first time that it is one word.
    #[track_caller]
    pub fn between(&self, before: &str, after: &str) -> String {
        let starts = self.body.match_indices(before);
        let rests = starts.map(|(at, found)| &self.body[at + found.len()..]);
        let found = rests
            .filter_map(|rest| rest.split_once(after))
            .map(|(found, _)| found);
        let found = found.filter(|found| !found.contains(['"', '<']));
        found.map(str::to_owned).next().unwrap()
    }
}

/// Somebody with a browser.
#[derive(Debug, Clone)]
pub struct Person {
    pub signed: SignIn,
}

pub struct Site {
    pub store: Arc<Store>,
    pub owner: Person,
    router: Router,
    runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

/// An assignment and what belongs to it.
pub struct Given {
    pub person: Uuid,
    pub assignment: Uuid,
    pub question: Uuid,
    pub document: Uuid,
    pub supervision: Uuid,
    pub recurrence: Uuid,
    pub handoff: Uuid,
}

impl Site {
    /// A desk that is set up.
    pub fn new() -> Self {
        Self::with(|desk| desk)
    }

    /// A desk that is set up, and set up otherwise in something.
    pub fn with(set: impl FnOnce(Desk) -> Desk) -> Self {
        let (folder, store) = empty();
        let code = store.write(|tx| begin_setup(tx, moment())).wait();
        let account = NewAccount {
            name: "Noor".to_owned(),
            email: "noor@example.com".to_owned(),
            password: PASSWORD.to_owned(),
        };
        let signed = set_up(&store, &code.unwrap().unwrap(), &account, FIREFOX, moment());
        let owner = Person {
            signed: signed.unwrap(),
        };
        Self::over(folder, store, owner, set)
    }

    /// A desk that is not set up; its owner is one of another desk.
    pub fn not_set_up() -> Self {
        let (folder, store) = empty();
        Self::over(folder, store, Self::new().owner, |desk| desk)
    }

    fn over(
        folder: tempfile::TempDir,
        store: Arc<Store>,
        owner: Person,
        set: impl FnOnce(Desk) -> Desk,
    ) -> Self {
        let mut desk = Desk::new(Arc::clone(&store), moment);
        desk.reach = Arc::new(Reach {
            fetcher: Fetcher::default(),
            key: SealingKey::of(&KEY),
        });
        let desk = Arc::new(set(desk));
        Self {
            router: router(&desk),
            owner,
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap(),
            store,
            _folder: folder,
        }
    }

    /// Who somebody is now.
    pub fn actor(&self, person: &Person) -> Actor {
        let secret = Secret::given(&secret_of(person));
        let found = self
            .store
            .read(move |tx| actor_of_session(tx, &secret, moment()));
        found.wait().unwrap()
    }

    /// Does something as somebody.
    pub fn act<T: Send + 'static>(
        &self,
        person: &Person,
        action: impl FnOnce(&mut Tx<'_>, &Actor, Moment) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (actor, moment) = (self.actor(person), moment());
        self.store
            .write(move |tx| action(tx, &actor, moment))
            .wait()
    }

    /// Somebody who joins the owner's workspace.
    pub fn member(&self, name: &str, role: Role) -> Person {
        let email = format!("{}@example.com", name.to_lowercase());
        let secret = self.act(&self.owner, move |tx, actor, moment| {
            invite(tx, actor, &email, role, moment)
        });
        let account = NewAccount {
            name: name.to_owned(),
            password: PASSWORD.to_owned(),
            ..NewAccount::default()
        };
        let signed = accept_invitation(&self.store, &secret.unwrap(), &account, FIREFOX, moment());
        Person {
            signed: signed.unwrap(),
        }
    }

    /// Sets a second factor up for somebody.
    pub fn set_factor(&self, person: &Person) -> Vec<String> {
        let (actor, moment) = (self.actor(person), moment());
        let secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
        let code = totp_rs::Builder::new()
            .with_secret(totp_rs::Secret::try_from_base32(secret).unwrap())
            .with_account_name(actor.email.clone())
            .with_issuer(Some("offdesk"))
            .build()
            .unwrap()
            .generate(u64::try_from(moment.now.as_second()).unwrap())
            .to_string();
        let key = SealingKey::of(&KEY);
        let key = key.as_ref();
        let set = set_second_factor(&self.store, &actor, key, PASSWORD, secret, &code, moment);
        let set = set.unwrap();
        renew(&secret_of(person), set.secret.reveal());
        set.codes
    }

    /// Lets the owner's workspace ask everybody for a second factor; the owner has one then.
    pub fn ask_for_factors(&self) {
        self.set_factor(&self.owner);
        self.act(&self.owner, |tx, actor, moment| {
            let (rules, version) = load_sign_in_rules(tx, actor)?;
            let rules = SignInRules {
                needs_factor: true,
                ..rules
            };
            change_sign_in_rules(tx, actor, rules, version, moment)
        })
        .unwrap();
    }

    /// A person of the owner's workspace who has joined as a worker.
    pub fn worker(&self, name: &'static str) -> (Person, Uuid) {
        let (id, secret) = self
            .act(&self.owner, move |tx, actor, moment| {
                let fields = PersonFields {
                    kind: "freelancer".to_owned(),
                    name: name.to_owned(),
                    email: format!("{}@example.com", name.to_lowercase()),
                    ..PersonFields::default()
                };
                let id = add_person(tx, actor, &fields, None, moment)?.row.id;
                Ok((id, invite_person(tx, actor, id, moment)?))
            })
            .unwrap();
        let account = NewAccount {
            name: name.to_owned(),
            password: PASSWORD.to_owned(),
            ..NewAccount::default()
        };
        let signed = accept_invitation(&self.store, &secret, &account, FIREFOX, moment());
        let signed = signed.unwrap();
        (Person { signed }, id)
    }

    /// Terms and an access of a person.
    pub fn paid_and_let_in(&self, person: Uuid) -> (Uuid, Uuid) {
        self.act(&self.owner, move |tx, actor, moment| {
            let terms = NewTerms {
                unit: "hour".to_owned(),
                amount: "14".to_owned(),
                currency: "USD".to_owned(),
                ..NewTerms::default()
            };
            let access = NewAccess {
                what: "Booking system".to_owned(),
                ..NewAccess::default()
            };
            let detail = add_terms(tx, actor, person, &terms, moment)?;
            let granted = grant_access(tx, actor, person, &access, moment)?;
            Ok((detail.terms[0].id, granted.access[0].id))
        })
        .unwrap()
    }

    /// The Inbox, handed off to a person by a draft.
    pub fn handed_off(&self, person: Uuid) -> Uuid {
        let inbox = self.activity("Inbox");
        self.act(&self.owner, move |tx, actor, moment| {
            let new = NewBlueprint {
                text: "# Inbox by the page\n\n## Steps\n\n1. open it\n".to_owned(),
                activity: Some(inbox),
                ..NewBlueprint::default()
            };
            let blueprint = create_blueprint(tx, actor, &new, moment)?.row.id;
            let new = NewHandoff {
                terms: Some(NewTerms {
                    unit: "hour".to_owned(),
                    amount: "14".to_owned(),
                    currency: "USD".to_owned(),
                    ..NewTerms::default()
                }),
                is_unpublished: true,
                ..NewHandoff::new(inbox, blueprint, person)
            };
            let made = propose_handoff(tx, actor, &new, moment)?;
            Ok(made.summary.handoff.row.id)
        })
        .unwrap()
    }

    /// A blueprint of the Inbox that is published, with a file.
    pub fn published(&self) -> Uuid {
        let inbox = self.activity("Inbox");
        self.act(&self.owner, move |tx, actor, moment| {
            let new = NewBlueprint {
                text: include_str!("../../../offdesk-actions/src/example/inbox.md").to_owned(),
                activity: Some(inbox),
                ..NewBlueprint::default()
            };
            let blueprint = create_blueprint(tx, actor, &new, moment)?.row.id;
            let file = Attached {
                name: "a.txt".to_owned(),
                bytes: b"a".to_vec(),
            };
            attach_files(tx, actor, blueprint, &[file], None, moment)?;
            let knowingly = Publishing {
                seen: None,
                is_untested: true,
                ..Publishing::default()
            };
            publish_blueprint(tx, actor, blueprint, knowingly, moment)?;
            Ok(blueprint)
        })
        .unwrap()
    }

    /// The Inbox, handed off to a person by a blueprint that is published, on the terms that are noted of them.
    pub fn handed_off_by(&self, person: Uuid, blueprint: Uuid) -> Uuid {
        let inbox = self.activity("Inbox");
        self.act(&self.owner, move |tx, actor, moment| {
            let new = NewHandoff::new(inbox, blueprint, person);
            let made = propose_handoff(tx, actor, &new, moment)?;
            Ok(made.summary.handoff.row.id)
        })
        .unwrap()
    }

    /// An assignment to a person who has not joined, with what can belong to one; it waits for an answer.
    pub fn given(&self, activity: Uuid) -> Given {
        self.act(&self.owner, move |tx, actor, moment| {
            let fields = PersonFields {
                kind: "freelancer".to_owned(),
                name: "Cem".to_owned(),
                ..PersonFields::default()
            };
            let terms = NewTerms {
                unit: "assignment".to_owned(),
                amount: "20".to_owned(),
                currency: "USD".to_owned(),
                ..NewTerms::default()
            };
            let person = add_person(tx, actor, &fields, Some(&terms), moment)?.row.id;
            let new = NewBlueprint {
                text: include_str!("../../../offdesk-actions/src/example/inbox.md").to_owned(),
                ..NewBlueprint::default()
            };
            let blueprint = create_blueprint(tx, actor, &new, moment)?.row.id;
            let knowingly = Publishing {
                seen: None,
                is_untested: true,
                ..Publishing::default()
            };
            publish_blueprint(tx, actor, blueprint, knowingly, moment)?;
            let new = NewHandoff::new(activity, blueprint, person);
            let handoff = propose_handoff(tx, actor, &new, moment)?;
            let handoff = handoff.summary.handoff.row.id;
            answer_for(tx, actor, handoff, HandoffAnswer::Accept, "", None, moment)?;
            let new = NewAssignment {
                due: moment
                    .now
                    .checked_add(jiff::SignedDuration::from_hours(5))
                    .ok(),
                ..NewAssignment::default()
            };
            let id = give_assignment(tx, actor, handoff, &new, moment)?.row.id;
            reply_to_assignment(tx, actor, id, Reply::Agree, None, moment)?;
            let asked = ask_question(tx, actor, id, Some(1), "Which one?", moment)?;
            let document = begin_file(tx, actor, id, "a.pdf", 3, moment)?.id;
            let spent = note_supervision(tx, actor, id, Supervised::Answering, 60, moment)?;
            let weekly = NewRecurrence {
                rule: "FREQ=WEEKLY;BYDAY=MO".to_owned(),
                start: Some("2040-01-02T17:00:00".parse().unwrap()),
                zone: "Europe/Berlin".to_owned(),
                ..NewRecurrence::default()
            };
            let recurrence = create_recurrence(tx, actor, handoff, &weekly, moment)?;
            Ok(Given {
                person,
                assignment: id,
                question: asked.questions[0].id,
                document,
                supervision: spent.supervision[0].id,
                recurrence: recurrence.row.id,
                handoff,
            })
        })
        .unwrap()
    }

    /// Signs the owner in with a password, another time.
    pub fn sign_in(&self, password: &str) -> Result<Person, Error> {
        let (store, browser) = (&self.store, "curl/8");
        let signed = sign_in(store, "noor@example.com", password, browser, moment())?;
        Ok(Person { signed })
    }

    /// The secret of a token of the owner's.
    pub fn token(&self, scopes: &'static [TokenScope]) -> String {
        let made = self.act(&self.owner, |tx, actor, moment| {
            create_token(tx, actor, &NewToken::new("T", scopes), moment)
        });
        made.unwrap().1.reveal().to_owned()
    }

    /// The same, as the header `authorization` has it.
    pub fn bearer(&self, scopes: &'static [TokenScope]) -> String {
        format!("Bearer {}", self.token(scopes))
    }

    /// A worth of 75 an hour, and a week from memory.
    pub fn with_hours(&self, rows: &[(&str, i64)]) {
        let new = NewWorth {
            from: None,
            basis: "wanted".to_owned(),
            figures: Figures {
                income: Some(Decimal::from(150_000)),
                ..Figures::default()
            },
            multiple: None,
            ceiling: None,
        };
        let rows: Vec<RememberedWork> = rows
            .iter()
            .map(|(name, hours)| RememberedWork {
                name: (*name).to_owned(),
                hours: Decimal::from(*hours),
            })
            .collect();
        self.act(&self.owner, move |tx, actor, moment| {
            set_worth(tx, actor, &new, moment)?;
            remember_week(tx, actor, &rows, moment)
        })
        .unwrap();
    }

    /// The id of an activity of the owner's workspace.
    pub fn activity(&self, name: &str) -> Uuid {
        let name = name.to_owned();
        self.act(&self.owner, move |tx, actor, moment| {
            Ok(offdesk_actions::hours::load_hours(tx, actor, moment)?.ids[&name])
        })
        .unwrap()
    }

    /// The id of a calendar of the owner's workspace, which leads nowhere.
    pub fn calendar(&self) -> Uuid {
        self.act(&self.owner, |tx, actor, moment| {
            let row = CalendarRow {
                id: moment.id(),
                host: "calendar.example.com".to_owned(),
                address: vec![1; 64],
                choices: "{}".to_owned(),
                upload_id: None,
                is_automatic: false,
                fetched_at: None,
                next_at: 0,
                failures: 0,
                error: String::new(),
                created_by: actor.account,
                created_at: moment.micros(),
                version: 1,
            };
            let mut scope = actor.within(tx, Permission::Import)?;
            offdesk_actions::store::calendars::insert_calendar(&mut scope, &row)?;
            Ok(row.id)
        })
        .unwrap()
    }

    /// The id of a budget of the owner's workspace.
    pub fn budget(&self) -> String {
        let new = NewBudget {
            whose: Whose::Workspace,
            amount: "1000000".to_owned(),
            currency: "CHF".to_owned(),
            warn_at: String::new(),
            blocks: false,
        };
        let set = self.act(&self.owner, move |tx, actor, moment| {
            set_budget(tx, actor, &new, moment)
        });
        set.unwrap().row.id.to_string()
    }

    /// The id of a passkey of the owner, which nobody can show.
    pub fn passkey(&self) -> Uuid {
        self.act(&self.owner, |tx, actor, moment| {
            let row = PasskeyRow {
                account_id: actor.account,
                id: moment.id(),
                credential_id: moment.id().as_bytes().to_vec(),
                credential: "{}".to_owned(),
                name: "My phone".to_owned(),
                created_at: moment.micros(),
                used_at: None,
            };
            offdesk_actions::store::passkeys::insert_passkey(tx, &row)?;
            Ok(row.id)
        })
        .unwrap()
    }

    /// A digest of every row of the database.
    pub fn rows(&self) -> Vec<(String, [u8; 32])> {
        let digest = self.store.read(|tx| {
            let mut all = Vec::new();
            for table in offdesk_actions::store::copy::tables() {
                // When somebody was last seen is written down by reading, too.
                if matches!(table, "session" | "attempt" | "api_token" | "ceremony") {
                    continue;
                }
                let mut text = String::new();
                offdesk_actions::store::copy::each_row(tx, table, |row| {
                    text.push_str(&format!("{row:?}"));
                    Ok(())
                })?;
                all.push((
                    (*table).to_owned(),
                    offdesk_actions::moment::digest(&[text.as_bytes()]),
                ));
            }
            Ok::<_, Error>(all)
        });
        digest.wait().unwrap()
    }

    /// Every row of the database as a text.
    pub fn all_rows(&self) -> String {
        let rows = self.store.read(|tx| {
            let mut text = String::new();
            for table in offdesk_actions::store::copy::tables() {
                offdesk_actions::store::copy::each_row(tx, table, |row| {
                    // Bytes that are letters are shown as such.
                    for value in row {
                        match value {
                            Value::Bytes(bytes) => text.push_str(&String::from_utf8_lossy(&bytes)),
                            other => text.push_str(&format!("{other:?}")),
                        }
                    }
                    Ok(())
                })?;
            }
            Ok::<_, Error>(text)
        });
        rows.wait().unwrap()
    }

    /// Asks for a page.
    pub fn get(&self, person: Option<&Person>, path: &str) -> Page {
        self.send(person, "GET", path, Body::empty())
    }

    /// How many bytes a page has as it is sent to a browser, which takes it packed.
    pub fn weigh(&self, person: Option<&Person>, path: &str) -> usize {
        let mut request = Request::builder()
            .uri(path)
            .header(header::HOST, "localhost:7878")
            .header(header::ACCEPT_ENCODING, "gzip");
        if let Some(person) = person {
            request = request.header(header::COOKIE, cookie_of(person));
        }
        let request = request.body(Body::empty()).unwrap();
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            assert_eq!(response.headers()[header::CONTENT_ENCODING], "gzip");
            let body = response.into_body().collect().await.unwrap();
            body.to_bytes().len()
        })
    }

    /// Sends a form.
    pub fn post(&self, person: Option<&Person>, path: &str, fields: &[(&str, &str)]) -> Page {
        let (cookie, token) = match person {
            Some(person) => (cookie_of(person), form_token(&secret_of(person))),
            None => ("offdesk-form=NOBODY".to_owned(), form_token("NOBODY")),
        };
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("form_token", &token)
            .extend_pairs(fields)
            .finish();
        let headers = [
            ("sec-fetch-site", "same-origin"),
            ("cookie", cookie.as_str()),
            BARE,
        ];
        self.ask("POST", path, &headers, form)
    }

    fn send(&self, person: Option<&Person>, method: &str, path: &str, body: Body) -> Page {
        let cookie = person.map(cookie_of);
        let mut headers = vec![("sec-fetch-site", "same-origin")];
        headers.extend(cookie.as_deref().map(|cookie| ("cookie", cookie)));
        self.ask(method, path, &headers, body)
    }

    /// Sends what a program does: its token, and JSON where there is something to send.
    pub fn call(
        &self,
        token: &str,
        method: &str,
        path: &str,
        body: &Json,
        more: &[(&str, &str)],
    ) -> Page {
        let bearer = format!("Bearer {token}");
        let mut headers = vec![("authorization", bearer.as_str())];
        headers.extend(more);
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        self.ask(method, &format!("/api/v1{path}"), &headers, body)
    }

    /// Sends a request with headers of its own.
    pub fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Page {
        let mut request = Request::builder().method(method).uri(path);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header(header::HOST, "localhost:7878");
        }
        request = request.header(header::USER_AGENT, FIREFOX);
        for (name, value) in headers.iter().filter(|header| **header != BARE) {
            request = request.header(*name, *value);
        }
        if !headers.contains(&BARE) {
            // As a script of our own pages does.
            request = request.header("x-offdesk", "1");
        }
        let request = request.body(body.into()).unwrap();
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (head, body) = response.into_parts();
            let sent = headers.iter().find(|(name, _)| *name == "cookie");
            let sent = sent.and_then(|(_, cookie)| secret_in(cookie));
            let set = head.headers.get(header::SET_COOKIE);
            let set = set.and_then(|cookie| secret_in(cookie.to_str().unwrap()));
            if let Some((old, new)) = sent.zip(set) {
                renew(old, new);
            }
            let bytes = body.collect().await.unwrap().to_bytes();
            let kind = head.headers.get(header::CONTENT_TYPE);
            let kind = kind.map_or("", |kind| kind.to_str().unwrap());
            let text = String::from_utf8_lossy(&bytes);
            crate::schemas::check(method, path, head.status.as_u16(), kind, &text);
            Page {
                status: head.status,
                headers: head.headers,
                // A zip is no text; what is looked at is.
                body: String::from_utf8_lossy(&bytes).into_owned(),
                bytes: bytes.to_vec(),
            }
        })
    }
}

/// The header a browser sends for somebody.
pub fn cookie_of(person: &Person) -> String {
    format!("offdesk={}", secret_of(person))
}

/// The secret of somebody's session, which may have been renewed since they signed in.
fn secret_of(person: &Person) -> String {
    let first = person.signed.secret.reveal();
    RENEWED.with_borrow(|known| known.get(first).map_or(first, String::as_str).to_owned())
}

/// Keeps what a browser would keep: the new secret in the place of the one it was sent with.
fn renew(old: &str, new: &str) {
    RENEWED.with_borrow_mut(|known| {
        let first = known.iter().find(|(_, now)| *now == old);
        let first = first.map_or(old, |(first, _)| first).to_owned();
        known.insert(first, new.to_owned());
    });
}

/// The secret in a cookie, as it is sent or set.
fn secret_in(cookie: &str) -> Option<&str> {
    let (_, rest) = cookie.split_once("offdesk=")?;
    rest.split(';').next().filter(|secret| !secret.is_empty())
}

pub const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
