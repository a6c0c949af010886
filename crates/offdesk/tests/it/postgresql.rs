//! A database of one test's own on the server of the tests, and a PostgreSQL of its own, which may be stopped in the middle of what it does.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Where the tests find a server, if they have one.
fn server() -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "where the tests find a server")]
    std::env::var("OFFDESK_TEST_POSTGRES").ok()
}

/// An empty database; it goes with this.
pub struct OwnDatabase {
    server: String,
    name: String,
    pub url: String,
}

impl OwnDatabase {
    /// `None` where the tests have no PostgreSQL.
    pub fn create(name: &str) -> Option<Self> {
        let server = server()?;
        let name = format!("cli_{name}_{}", std::process::id());
        let url = format!("{server}/{name}");
        let database = Self { server, name, url };
        for what in ["DROP DATABASE IF EXISTS", "CREATE DATABASE"] {
            database
                .administer(&format!("{what} {}", database.name))
                .unwrap();
        }
        Some(database)
    }

    fn administer(&self, sql: &str) -> Result<(), postgres::Error> {
        let url = format!("{}/postgres", self.server);
        postgres::Client::connect(&url, postgres::NoTls)?.batch_execute(sql)
    }
}

impl Drop for OwnDatabase {
    fn drop(&mut self) {
        let gone = self.administer(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        assert!(gone.is_ok() || std::thread::panicking(), "{gone:?}");
    }
}

/// A server; it ends with this.
pub struct OwnServer {
    programs: PathBuf,
    folder: tempfile::TempDir,
    is_root: bool,
    pub url: String,
}

impl OwnServer {
    /// `None` where the tests have no PostgreSQL, or its programs are not where Debian puts them.
    pub fn start() -> Option<Self> {
        server()?;
        let mut all: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
            .ok()?
            .map(|entry| entry.unwrap().path().join("bin"))
            .filter(|bin| bin.join("initdb").is_file())
            .collect();
        all.sort();
        let programs = all.pop()?;
        let user = Command::new("id").arg("-u").output().unwrap();
        let is_root = user.stdout.trim_ascii() == b"0";
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let folder = tempfile::Builder::new()
            .prefix("offdesk-own-")
            .tempdir()
            .unwrap();
        let server = Self {
            programs,
            folder,
            is_root,
            url: format!("postgres://offdesk@127.0.0.1:{port}/postgres"),
        };
        if is_root {
            let owned = Command::new("chown")
                .arg("nobody")
                .arg(server.folder.path())
                .status()
                .unwrap();
            assert!(owned.success());
        }
        let data = server.data();
        server.run(&format!("initdb -D {data} -U offdesk -A trust --no-sync"));
        let config = format!(
            "\nport = {port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nmax_connections = 60\n"
        );
        let file = server.folder.path().join("data/postgresql.conf");
        let mut text = std::fs::read_to_string(&file).unwrap();
        text += &config;
        std::fs::write(&file, text).unwrap();
        server.run(&format!("pg_ctl -D {data} -w -t 60 -l {data}/log start"));
        Some(server)
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    /// Cuts it off as a crash would, and starts it again at once.
    pub fn crash_and_start(&self) {
        let data = self.data();
        self.run(&format!("pg_ctl -D {data} -m immediate -w stop"));
        self.run(&format!("pg_ctl -D {data} -w -t 60 -l {data}/log start"));
    }

    fn run(&self, line: &str) {
        let line = format!("{}/{line}", self.programs.display());
        let mut command = if self.is_root {
            let mut command = Command::new("su");
            command.args(["nobody", "-s", "/bin/sh", "-c", &line]);
            command
        } else {
            let mut command = Command::new("sh");
            command.args(["-c", &line]);
            command
        };
        let done = command
            .current_dir("/")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(done.success(), "{line}");
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        self.run(&format!("pg_ctl -D {} -m immediate -w stop", self.data()));
    }
}
