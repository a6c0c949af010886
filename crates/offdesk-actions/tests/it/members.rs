//! Who is kept out of a workspace, for how long somebody stays signed in, and with what.

use argon2::password_hash::PasswordHasher;
use argon2::{Algorithm, Argon2, Params, Version};
use offdesk_actions::accounts::{
    FactorSet, NewAccount, SecondFactor, SignIn, actor_here, actor_of_session, actor_of_token,
    begin_setup, list_sessions, open_workspace, set_second_factor, sign_in,
};
use offdesk_actions::actor::{Actor, Permission, Role, TokenScope};
use offdesk_actions::members::{
    NewToken, accept_invitation, create_token, invite, list_members, member_of_address,
    reinstate_member, remove_member, suspend_member,
};
use offdesk_actions::passkeys::remove_passkey;
use offdesk_actions::sealing::SealingKey;
use offdesk_actions::sign_in_rules::{
    SignInRules, change_sign_in_rules, load_sign_in_rules, session_days,
};
use offdesk_actions::store::accounts::{load_account, update_account};
use offdesk_actions::store::passkeys::{PasskeyRow, insert_passkey};
use offdesk_actions::store::{Store, Tx, WorkspaceId};
use offdesk_actions::workspaces::{create_workspace, list_events};
use offdesk_actions::{Error, Moment};
use totp_rs::{Builder, Secret};

use crate::stores::{actor, at_once, moment, on_each_store, owner, write};

const DAY: i64 = 24 * 3600;
const PASSWORD: &str = "three brown foxes";

fn member(store: &Store, owner: &Actor, email: &'static str, role: Role) -> SignIn {
    let secret = write(store, owner, move |tx, a| {
        invite(tx, a, email, role, moment(3))
    });
    let account = NewAccount {
        name: "Vi".to_owned(),
        password: PASSWORD.to_owned(),
        ..NewAccount::default()
    };
    accept_invitation(store, &secret.unwrap(), &account, "", moment(4)).unwrap()
}

fn at(store: &Store, signed: &SignIn, seconds: i64) -> Result<Actor, Error> {
    let secret = signed.secret.clone();
    let found = store.read(move |tx| actor_of_session(tx, &secret, moment(seconds)));
    found.wait()
}

/// A token of somebody: who comes with it, looked up anew each time.
fn with_token(store: &Store, who: &Actor) -> impl Fn() -> Actor {
    let (_, token) = write(store, who, |tx, a| {
        create_token(tx, a, &NewToken::new("T", &[TokenScope::Read]), moment(5))
    })
    .unwrap();
    move || {
        let token = token.clone();
        store
            .read(move |tx| actor_of_token(tx, &token, moment(10)))
            .wait()
            .unwrap()
    }
}

fn code<T: std::fmt::Debug>(outcome: Result<T, Error>) -> &'static str {
    outcome.unwrap_err().code
}

fn actions(store: &Store, owner: &Actor) -> Vec<String> {
    let events = write(store, owner, |tx, a| list_events(tx, a, None, 50)).unwrap();
    let said = events.into_iter().map(|event| {
        let row = event.row;
        let (object, detail) = (row.object, row.detail);
        let text = format!("{} {} {object} {detail}", row.door, row.action);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    said.collect()
}

#[test]
fn who_is_suspended_reaches_nothing_until_they_are_let_back_in() {
    on_each_store("suspended", |store| {
        let owner = owner(store);
        let signed = member(store, &owner, "vi@example.com", Role::Owner);
        let vi = actor(store, &signed).unwrap();
        let by_token = with_token(store, &vi);
        let by_session = || actor(store, &signed).unwrap();
        let here = || {
            let found = store.read(|tx| actor_here(tx, Some("vi@example.com"), None));
            found.wait().unwrap()
        };
        for way in [by_token(), by_session(), here()] {
            way.workspace_for(Permission::See).unwrap();
        }
        let id = vi.account;
        let suspend = |actor: &Actor, id| {
            write(store, actor, move |tx, a| {
                suspend_member(tx, a, id, moment(6))
            })
        };
        // Nobody shuts themselves out, and no token shuts anybody out.
        assert_eq!(code(suspend(&owner, owner.account)), "member.self");
        assert_eq!(code(suspend(&by_token(), owner.account)), "forbidden");
        assert_eq!(code(suspend(&owner, moment(6).id())), "not_found");
        suspend(&owner, id).unwrap();
        suspend(&owner, id).unwrap();
        for way in [by_token(), by_session(), here()] {
            assert_eq!(code(way.workspace_for(Permission::See)), "member.suspended");
            assert_eq!((way.membership, way.may(Permission::See)), (None, false));
        }
        // Not even what they had loaded before gets past the last owner.
        assert_eq!(code(suspend(&vi, owner.account)), "member.last_owner");
        let (members, _) = write(store, &owner, |tx, a| list_members(tx, a, moment(7))).unwrap();
        assert_eq!(members.len(), 2);
        assert_eq!(members[1].suspended_at, Some(moment(6).micros()));
        let again = write(store, &owner, |tx, a| {
            invite(tx, a, "vi@example.com", Role::Viewer, moment(7))
        });
        assert_eq!(code(again), "member.already");
        // A workspace of their own is theirs still.
        let own = write(store, &vi, |tx, a| {
            create_workspace(tx, a, "Vi\u{2019}s", false, moment(7))
        })
        .unwrap();
        write(store, &vi, move |tx, a| open_workspace(tx, a, own)).unwrap();
        by_session().workspace_for(Permission::Administer).unwrap();
        let back = owner.membership.unwrap().0.0;
        let opened = write(store, &vi, move |tx, a| open_workspace(tx, a, back));
        assert_eq!(code(opened), "member.suspended");

        let found = write(store, &owner, |tx, a| {
            member_of_address(tx, a, " Vi@example.com")
        });
        assert_eq!(found, Ok(id));
        for _ in 0..2 {
            write(store, &owner, move |tx, a| {
                reinstate_member(tx, a, id, moment(8))
            })
            .unwrap();
        }
        by_token().workspace_for(Permission::See).unwrap();
        write(store, &vi, move |tx, a| open_workspace(tx, a, back)).unwrap();
        by_session().workspace_for(Permission::Administer).unwrap();
        let log = actions(store, &owner);
        let of = |what: &str| log.iter().filter(|line| line.contains(what)).count();
        assert_eq!((of("suspend_member"), of("reinstate_member")), (1, 1));
        assert!(log.contains(&"web suspend_member vi@example.com owner".to_owned()));
    });
}

#[test]
fn a_session_lasts_as_the_strictest_workspace_says() {
    on_each_store("lasting", |store| {
        let owner = owner(store);
        let signed = member(store, &owner, "vi@example.com", Role::Viewer);
        let vi = at(store, &signed, 5).unwrap();
        let days = |actor: &Actor| {
            let actor = actor.clone();
            store.read(move |tx| session_days(tx, &actor)).wait()
        };
        assert_eq!(days(&vi), Ok((14, 90)));
        // Begun at the fourth second, and used once.
        assert!(at(store, &signed, 14 * DAY + 3).is_ok());
        assert_eq!(code(at(store, &signed, 14 * DAY + 4)), "sign_in");
        let rules = |idle_days, session_days| SignInRules {
            needs_factor: false,
            idle_days,
            session_days,
        };
        let change = |actor: &Actor, rules, version| {
            write(store, actor, move |tx, a| {
                change_sign_in_rules(tx, a, rules, version, moment(6))
            })
        };
        assert_eq!(code(change(&vi, rules(2, 30), 1)), "forbidden");
        assert_eq!(code(change(&owner, rules(0, 30), 1)), "sign_in.idle_days");
        assert_eq!(code(change(&owner, rules(15, 30), 1)), "sign_in.idle_days");
        assert_eq!(
            code(change(&owner, rules(2, 91), 1)),
            "sign_in.session_days"
        );
        change(&owner, rules(2, 30), 1).unwrap();
        assert_eq!(code(change(&owner, rules(1, 30), 1)), "store.conflict");
        assert_eq!(days(&vi), Ok((2, 30)));
        // The session that was there is shortened, too.
        assert!(at(store, &signed, 2 * DAY + 3).is_ok());
        assert_eq!(code(at(store, &signed, 2 * DAY + 4)), "sign_in");
        let later = sign_in(store, "vi@example.com", PASSWORD, "", moment(10)).unwrap();
        let who = at(store, &later, 11).unwrap();
        let ends = write(store, &who, |tx, a| list_sessions(tx, a, moment(11))).unwrap();
        let ends: Vec<i64> = ends.iter().map(|one| one.ends_at()).collect();
        assert_eq!(
            ends,
            [2 * DAY + 10, 2 * DAY + 4].map(|s| moment(s).micros())
        );
        assert_eq!(ends[0], moment(2 * DAY + 10).micros());
        change(&owner, rules(14, 90), 2).unwrap();
        assert_eq!(code(at(store, &signed, 2 * DAY + 4)), "sign_in");
        let log = actions(store, &owner);
        assert!(
            log.contains(
                &"web change_sign_in_rules unused: 14 days → 2 days, at most: 90 days → 30 days"
                    .to_owned()
            ),
            "{log:?}"
        );
    });
}

fn totp_code(secret: &str, email: &str, moment: Moment) -> String {
    let made = Builder::new()
        .with_secret(Secret::try_from_base32(secret).unwrap())
        .with_account_name(email.to_owned())
        .with_issuer(Some("offdesk"))
        .build()
        .unwrap()
        .generate(u64::try_from(moment.now.as_second()).unwrap());
    made.to_string()
}

fn set_factor(store: &Store, actor: &Actor, moment: Moment) -> Result<FactorSet, Error> {
    let secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    SecondFactor::of(actor, secret).unwrap();
    let code = totp_code(secret, &actor.email, moment);
    let key = SealingKey::of(&[7; 32]);
    set_second_factor(store, actor, key.as_ref(), PASSWORD, secret, &code, moment)
}

fn passkey(tx: &mut Tx<'_>, actor: &Actor) -> Result<PasskeyRow, Error> {
    let row = PasskeyRow {
        account_id: actor.account,
        id: moment(0).id(),
        credential_id: moment(0).id().as_bytes().to_vec(),
        credential: "{}".to_owned(),
        name: "Phone".to_owned(),
        created_at: 1,
        used_at: None,
    };
    insert_passkey(tx, &row)?;
    Ok(row)
}

const ASKED: SignInRules = SignInRules {
    needs_factor: true,
    idle_days: 14,
    session_days: 90,
};

#[test]
fn a_workspace_that_asks_for_a_second_factor_lets_nobody_in_without_one() {
    on_each_store("asked", |store| {
        let owner = owner(store);
        let signed = member(store, &owner, "vi@example.com", Role::Owner);
        let vi = actor(store, &signed).unwrap();
        let ask = |actor: &Actor| {
            write(store, actor, |tx, a| {
                let (_, version) = load_sign_in_rules(tx, a)?;
                change_sign_in_rules(tx, a, ASKED, version, moment(6))
            })
        };
        // Whoever asks has one, and has shown it.
        assert_eq!(code(ask(&owner)), "sign_in.factor_first");
        let key = write(store, &owner, passkey).unwrap();
        let refused = ask(&owner).unwrap_err();
        assert_eq!(
            (refused.code, refused.field),
            ("sign_in.factor_first", "needs_factor")
        );
        remove_passkey(store, &owner, PASSWORD, key.id, moment(6)).unwrap();
        set_factor(store, &owner, moment(7)).unwrap();
        ask(&owner).unwrap();
        ask(&owner).unwrap();
        write(store, &owner, |tx, a| list_members(tx, a, moment(7))).unwrap();

        let by_token = with_token(store, &vi);
        for way in [by_token(), actor(store, &signed).unwrap()] {
            assert_eq!(code(way.workspace_for(Permission::See)), "member.factor");
            assert_eq!((way.membership, way.may(Permission::See)), (None, false));
        }
        // On the machine itself there is no session, and nothing to keep anybody from.
        let here = store.read(|tx| actor_here(tx, Some("vi@example.com"), None));
        here.wait().unwrap().workspace_for(Permission::See).unwrap();
        let secret = set_factor(store, &vi, moment(40)).unwrap().secret;
        // What opened the session before opens nothing any more.
        assert_eq!(code(actor(store, &signed)), "sign_in");
        let needs_code = false;
        let signed = SignIn { secret, needs_code };
        for way in [by_token(), actor(store, &signed).unwrap()] {
            way.workspace_for(Permission::See).unwrap();
        }
    });
}

#[test]
fn a_stolen_password_is_not_enough_to_make_a_second_factor_where_there_is_one() {
    on_each_store("stolen", |store| {
        let owner = owner(store);
        let signed = member(store, &owner, "vi@example.com", Role::Viewer);
        let vi = actor(store, &signed).unwrap();
        let key = write(store, &vi, passkey).unwrap();
        set_factor(store, &owner, moment(7)).unwrap();
        // Where nobody asks for one, the password is enough, as ever.
        let other = sign_in(store, "vi@example.com", PASSWORD, "", moment(8)).unwrap();
        let other = actor(store, &other).unwrap();
        write(store, &owner, |tx, a| {
            change_sign_in_rules(tx, a, ASKED, 1, moment(9))
        })
        .unwrap();
        assert_eq!(
            code(set_factor(store, &other, moment(40))),
            "sign_in.factor_shown"
        );
        let removed = remove_passkey(store, &other, PASSWORD, key.id, moment(41));
        assert_eq!(code(removed), "sign_in.factor_shown");
        // Whoever runs the machine can take the passkey away with the password.
        offdesk_actions::accounts::reset_here(
            store,
            "vi@example.com",
            PASSWORD,
            offdesk_actions::accounts::OldFactor::Goes,
            moment(44),
        )
        .unwrap();
        let anew = sign_in(store, "vi@example.com", PASSWORD, "", moment(45)).unwrap();
        let anew = actor(store, &anew).unwrap();
        set_factor(store, &anew, moment(80)).unwrap();
    });
}

#[test]
fn of_two_owners_who_suspend_each_other_one_stays() {
    on_each_store("each_other", |store| {
        let first = owner(store);
        let signed = member(store, &first, "vi@example.com", Role::Owner);
        let second = actor(store, &signed).unwrap();
        let (one, two) = (first.account, second.account);
        let outcomes = at_once(2, |number| {
            let (who, whom) = [(&first, two), (&second, one)][number];
            write(store, who, move |tx, a| {
                suspend_member(tx, a, whom, moment(5))
            })
        });
        let done = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(done, 1, "{outcomes:?}");
        let is_first = outcomes[0].is_ok();
        let refused = outcomes.into_iter().find_map(Result::err).unwrap();
        assert_eq!(refused.code, "member.last_owner");
        // Whichever of the two is left cannot go either.
        let (left, id) = if is_first {
            (&first, one)
        } else {
            (&second, two)
        };
        let removed = write(store, left, move |tx, a| {
            remove_member(tx, a, id, moment(6))
        });
        assert_eq!(code(removed), "member.last_owner");
    });
}

#[test]
fn a_weak_hash_is_made_anew_when_its_owner_signs_in() {
    on_each_store("weak", |store| {
        let owner = owner(store);
        let params = Params::new(8192, 1, 1, None).unwrap();
        let old = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_with_salt(PASSWORD.as_bytes(), b"some salt of old")
            .unwrap()
            .to_string();
        let (account, weak) = (owner.account, old.clone());
        store
            .write(move |tx| -> Result<_, Error> {
                let mut row = load_account(tx, account)?.unwrap();
                row.password_hash = weak;
                Ok(update_account(tx, &row)?)
            })
            .wait()
            .unwrap();
        let hash = || {
            let row = store.read(move |tx| -> Result<_, Error> { Ok(load_account(tx, account)?) });
            row.wait().unwrap().unwrap().password_hash
        };
        let sign = |password: &str| sign_in(store, "noor@example.com", password, "", moment(9));
        assert_eq!(code(sign("wrong brown foxes")), "sign_in.wrong");
        assert_eq!(hash(), old);
        sign(PASSWORD).unwrap();
        let new = hash();
        assert!(new.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{new}");
        sign(PASSWORD).unwrap();
        assert_eq!(hash(), new, "a strong one stays as it is");
    });
}

/// Who joins another workspace with the account they have is signed in once by it.
#[test]
fn joining_with_an_account_one_has_leaves_one_session() {
    on_each_store("joining", |store| {
        let noor = owner(store);
        let signed = member(store, &noor, "vi@example.com", Role::Owner);
        let vi = actor(store, &signed).unwrap();
        let secret = write(store, &vi, |tx, a| {
            let id = create_workspace(tx, a, "Vi's", false, moment(5))?;
            let here = Actor {
                membership: Some((WorkspaceId(id), Role::Owner)),
                ..a.clone()
            };
            invite(tx, &here, &noor_address(), Role::Viewer, moment(6))
        });
        let sessions = |store: &Store| {
            let who = noor.clone();
            let all: Result<_, Error> = store
                .read(move |tx| list_sessions(tx, &who, moment(9)))
                .wait();
            all.unwrap().len()
        };
        let before = sessions(store);
        let account = NewAccount {
            password: PASSWORD.to_owned(),
            ..NewAccount::default()
        };
        accept_invitation(store, &secret.unwrap(), &account, "", moment(7)).unwrap();
        assert_eq!(sessions(store), before + 1);
    });
}

fn noor_address() -> String {
    "noor@example.com".to_owned()
}

/// Two starts of a new desk show a code each, and both count.
#[test]
fn every_set_up_code_that_was_shown_counts_for_its_half_hour() {
    on_each_store("codes", |store| {
        let code = |at: i64| {
            let made: Result<_, Error> = store.write(move |tx| begin_setup(tx, moment(at))).wait();
            made.unwrap().unwrap()
        };
        let (first, second, third) = (code(0), code(60), code(1790));
        let account = NewAccount {
            name: "Noor".to_owned(),
            email: "noor@example.com".to_owned(),
            password: PASSWORD.to_owned(),
        };
        let opened = |code: &str, at: i64| {
            let set = offdesk_actions::accounts::set_up(store, code, &account, "", moment(at));
            set.map(|_| ()).map_err(|error| error.code)
        };
        assert_eq!(opened(&first, 1801), Err("setup.code"));
        assert_eq!(opened("AAAA-AAAA", 1801), Err("setup.code"));
        assert_ne!(second, third);
        assert_eq!(opened(&second, 1801), Ok(()));
        assert_eq!(opened(&third, 1802), Err("setup.done"));
    });
}
