//! A PostgreSQL of the tests' own: in a folder of its own, on a port of its own on loopback, gone when it is dropped.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::machine::{self, run, succeeds};
use crate::{Outcome, install};

/// A server that runs.
pub struct Server {
    programs: PathBuf,
    folder: PathBuf,
    is_root: bool,
    /// Where it is: `postgres://offdesk@127.0.0.1:PORT`.
    pub url: String,
}

impl Server {
    /// Installs the package if need be, makes a database folder and starts the server; `None` where there is none to be had.
    ///
    /// # Errors
    /// Where it does not start.
    pub fn start() -> Outcome<Option<Self>> {
        let Some(programs) = programs() else {
            return Ok(None);
        };
        let is_root =
            machine::output(Command::new("id").arg("-u")).is_ok_and(|user| user.trim() == "0");
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let folder = Path::new("/tmp").join(format!("offdesk-postgres-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let server = Self {
            programs,
            folder,
            is_root,
            url: format!("postgres://offdesk@127.0.0.1:{port}"),
        };
        if is_root {
            run(Command::new("chown").arg("nobody").arg(&server.folder))?;
        }
        let data = server.folder.join("data");
        let data = data.display();
        server.run(&format!("initdb -D {data} -U offdesk -A trust --no-sync"))?;
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c max_connections=300 -k {}",
            server.folder.display()
        );
        server.run(&format!(
            "pg_ctl -D {data} -o '{options}' -w -t 60 -l {}/log start",
            server.folder.display()
        ))?;
        Ok(Some(server))
    }

    /// Runs one of its programs, as somebody without rights where we are root: the server refuses root.
    fn run(&self, line: &str) -> Outcome {
        run(&mut self.command(line))
    }

    fn command(&self, line: &str) -> Command {
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
        command.current_dir("/tmp").stdout(Stdio::null());
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.folder.join("data");
        // Without a word: nothing may follow the test runner's closing lines.
        succeeds(&mut self.command(&format!("pg_ctl -D {} -m fast -w stop", data.display())));
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The folder of the server's programs, the newest first.
fn programs() -> Option<PathBuf> {
    let newest = || {
        let mut all: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
            .filter(|bin| bin.join("initdb").is_file())
            .collect();
        all.sort();
        all.pop()
    };
    if let Some(found) = newest() {
        return Some(found);
    }
    // The package puts its programs where no path leads, so what is looked for is its common part.
    install::debian("pg_ctlcluster", "postgresql");
    newest().or_else(|| {
        let on_path = machine::program("initdb")?;
        succeeds(Command::new(&on_path).arg("--version"))
            .then(|| on_path.parent().map(Path::to_owned))?
    })
}
