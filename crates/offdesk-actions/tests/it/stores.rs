//! Empty stores of both kinds, and an owner in each.

use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Barrier};

use jiff::Timestamp;
use offdesk_actions::Moment;
use offdesk_actions::accounts::{NewAccount, SignIn, actor_of_session, begin_setup, set_up};
use offdesk_actions::actor::Actor;
use offdesk_actions::demo::write_demo;
use offdesk_actions::error::Error;
use offdesk_actions::store::{Address, Store, Tx};
use offdesk_actions::worths::{Figures, NewWorth, set_worth};
use offdesk_domain::Day;
use offdesk_import::Input;
use rust_decimal::Decimal;

thread_local! {
    static STATE: Cell<u64> = const { Cell::new(0x00ff_de5c) };
}
static SEEDS: AtomicU64 = AtomicU64::new(1);

/// Different bytes at every call, the same at every run of a thread.
fn random(bytes: &mut [u8]) {
    for byte in bytes {
        STATE.with(|state| {
            let mut x = state.get();
            if x == 0x00ff_de5c {
                x ^= SEEDS.fetch_add(1, Ordering::Relaxed) << 32;
            }
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            state.set(x);
            *byte = x.to_le_bytes()[3];
        });
    }
}

/// Noon of 24 November 2026, and so many seconds later.
pub fn moment(seconds: i64) -> Moment {
    let noon: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
    Moment {
        now: Timestamp::from_second(noon.as_second() + seconds).unwrap(),
        random,
    }
}

/// Does the same with a store of each kind.
pub fn on_each_store(name: &str, test: impl Fn(&Arc<Store>)) {
    each_address(name, |address| {
        test(&Arc::new(Store::open(address).unwrap()))
    });
}

/// Does the same with a new database of each kind.
pub fn each_address(name: &str, test: impl Fn(&Address)) {
    let folder = tempfile::tempdir().unwrap();
    test(&Address::File(folder.path().join("desk.db")));
    on_server(name, |url| test(&Address::Server(url.to_owned())));
}

/// Does something with a new database on the server, where there is one.
pub fn on_server(name: &str, test: impl FnOnce(&str)) {
    #[expect(clippy::disallowed_methods, reason = "where the tests find a server")]
    let Ok(server) = std::env::var("OFFDESK_TEST_POSTGRES") else {
        return;
    };
    let database = format!("test_{name}_{}", std::process::id());
    let mut admin =
        postgres::Client::connect(&format!("{server}/postgres"), postgres::NoTls).unwrap();
    admin
        .batch_execute(&format!("DROP DATABASE IF EXISTS {database}"))
        .unwrap();
    admin
        .batch_execute(&format!("CREATE DATABASE {database}"))
        .unwrap();
    test(&format!("{server}/{database}"));
    admin
        .batch_execute(&format!("DROP DATABASE {database} WITH (FORCE)"))
        .unwrap();
}

/// How many of something a test does: as many as a variable of the environment asks for, else so many.
pub fn many(variable: &str, usual: u64) -> u64 {
    #[expect(clippy::disallowed_methods, reason = "how much the tests do")]
    let asked = std::env::var(variable).ok();
    asked.map_or(usual, |text| text.parse().unwrap())
}

/// An address as a text, for another process.
pub fn address_of(address: &Address) -> String {
    match address {
        Address::File(path) => format!("file:{}", path.display()),
        Address::Server(url) => url.clone(),
    }
}

/// Does the same on so many threads at the same moment.
pub fn at_once<T: Send>(many: usize, action: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let start = Barrier::new(many);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..many)
            .map(|number| {
                let (action, start) = (&action, &start);
                scope.spawn(move || {
                    start.wait();
                    action(number)
                })
            })
            .collect();
        threads.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

/// Sets a store up, and gives its owner.
pub fn owner(store: &Store) -> Actor {
    let code = store
        .write(|tx| begin_setup(tx, moment(0)))
        .wait()
        .unwrap()
        .unwrap();
    let account = NewAccount {
        name: "Noor".to_owned(),
        email: "Noor@Example.com".to_owned(),
        password: "three brown foxes".to_owned(),
    };
    let signed = set_up(store, &code, &account, "a browser", moment(1)).unwrap();
    actor(store, &signed).unwrap()
}

/// Who is signed in.
pub fn actor(store: &Store, signed: &SignIn) -> Result<Actor, Error> {
    let secret = signed.secret.clone();
    store
        .read(move |tx| actor_of_session(tx, &secret, moment(2)))
        .wait()
}

/// Writes as somebody.
pub fn write<T: Send + 'static>(
    store: &Store,
    actor: &Actor,
    action: impl FnOnce(&mut Tx<'_>, &Actor) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let actor = actor.clone();
    store.write(move |tx| action(tx, &actor)).wait()
}

/// The example owner's quarter.
pub fn demo() -> Input {
    let mut bytes = Vec::new();
    write_demo(&mut bytes, 1, Day::from_ymd(2026, 11, 21).unwrap()).unwrap();
    Input::memory("demo.csv", bytes).unwrap()
}

/// A worth of 75 an hour.
pub fn with_worth(store: &Store, owner: &Actor) {
    with_worth_at(store, owner, moment(3));
}

/// The same, said at a moment.
pub fn with_worth_at(store: &Store, owner: &Actor, at: Moment) {
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
    let worth = write(store, owner, move |tx, actor| {
        set_worth(tx, actor, &new, at)
    });
    assert_eq!(worth.unwrap().hour, Decimal::from(75));
}
