//! Empty stores of both kinds.

use std::path::PathBuf;

use offdesk_store::{Address, Scope, Store, StoreError, Tx, Uuid, WorkspaceId};

use crate::rows;

/// A database of a test's own, which goes with it.
pub struct Place {
    pub address: Address,
    _folder: Option<tempfile::TempDir>,
    server: Option<(String, String)>,
}

impl Place {
    pub fn file() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            address: Address::File(folder.path().join("desk.db")),
            _folder: Some(folder),
            server: None,
        }
    }

    /// `None` where there is no server to test with.
    pub fn server(name: &str) -> Option<Self> {
        #[expect(clippy::disallowed_methods, reason = "where the tests find a server")]
        let server = std::env::var("OFFDESK_TEST_POSTGRES").ok()?;
        let database = format!("store_{name}_{}", std::process::id());
        admin(&server, &format!("DROP DATABASE IF EXISTS {database}"));
        admin(&server, &format!("CREATE DATABASE {database}"));
        Some(Self {
            address: Address::Server(format!("{server}/{database}")),
            _folder: None,
            server: Some((server, database)),
        })
    }

    pub fn path(&self) -> PathBuf {
        match &self.address {
            Address::File(path) => path.clone(),
            Address::Server(_) => panic!("a server has no file"),
        }
    }

    /// Something done to the database itself.
    pub fn run(&self, sql: &str) {
        if let Some((server, database)) = &self.server {
            let address = format!("{server}/{database}");
            let mut client = postgres::Client::connect(&address, postgres::NoTls).unwrap();
            client.batch_execute(sql).unwrap();
        }
    }

    /// Something done to the server, with the database's name in the place of `{}`.
    pub fn administer(&self, sql: &str) {
        if let Some((server, database)) = &self.server {
            admin(server, &sql.replace("{}", database));
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.administer("DROP DATABASE IF EXISTS {} WITH (FORCE)");
    }
}

fn admin(server: &str, sql: &str) {
    let mut client =
        postgres::Client::connect(&format!("{server}/postgres"), postgres::NoTls).unwrap();
    client.batch_execute(sql).unwrap();
}

/// Does the same with a store of each kind.
pub fn on_each_store(name: &str, test: impl Fn(&Store)) {
    let file = Place::file();
    test(&Store::open(&file.address).unwrap());
    if let Some(server) = Place::server(name) {
        test(&Store::open(&server.address).unwrap());
    }
}

/// Writes, and waits for it.
pub fn write<T: Send + 'static>(
    store: &Store,
    function: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    store.write(function).wait()
}

/// Reads, and waits for it.
pub fn read<T: Send + 'static>(
    store: &Store,
    function: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
) -> T {
    store.read(function).wait().unwrap()
}

/// Writes within a workspace.
pub fn write_in<T: Send + 'static>(
    store: &Store,
    workspace: Uuid,
    function: impl FnOnce(&mut Scope<'_, '_>) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    write(store, move |tx| {
        function(&mut Scope::new(tx, WorkspaceId(workspace)))
    })
}

/// Reads within a workspace.
pub fn read_in<T: Send + 'static>(
    store: &Store,
    workspace: Uuid,
    function: impl FnOnce(&mut Scope<'_, '_>) -> Result<T, StoreError> + Send + 'static,
) -> T {
    read(store, move |tx| {
        function(&mut Scope::new(tx, WorkspaceId(workspace)))
    })
}

/// What the checks of a store find.
pub fn faults(store: &Store) -> Vec<String> {
    let checked = read(store, offdesk_store::checks::check_all);
    checked.into_iter().flat_map(|check| check.faults).collect()
}

/// Two workspaces, each with an account, an activity, a wording and a published source. Their ids are in [`rows`].
pub fn two_workspaces(store: &Store) {
    for (workspace, first) in [(rows::A, 1), (rows::B, 101)] {
        write(store, move |tx| {
            offdesk_store::accounts::insert_account(tx, &rows::account(first))?;
            offdesk_store::workspaces::insert_workspace(tx, &rows::workspace(workspace))?;
            let scope = &mut Scope::new(tx, WorkspaceId(workspace));
            offdesk_store::members::insert_member(scope, rows::id(first), "owner", 1)?;
            offdesk_store::activities::insert_activity(scope, &rows::activity(first + 1, "Inbox"))?;
            let wording = rows::wording(first + 2, first + 1);
            offdesk_store::wordings::insert_wordings(scope, &[wording])?;
            offdesk_store::sources::insert_source(scope, &rows::source(first + 3, 1))
        })
        .unwrap();
    }
}
