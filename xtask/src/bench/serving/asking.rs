//! Servers that the bench starts, and what it asks of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::Outcome;
use crate::bench::http::ask;
use crate::machine::{cargo, now, output, root, run};

const CONNECTIONS: &str = "32";
const SECONDS: &str = "2";
/// So many different entries and pages are asked for.
const DIFFERENT: usize = 1000;
const MIB: f64 = 1024.0;
/// Whoever does not answer within so long does not come any more.
const LONGEST_START: Duration = Duration::from_secs(20);

/// A server that runs; it ends with this.
pub struct Server {
    child: Child,
    pub port: u16,
}

impl Server {
    /// Starts a program that listens on a port which it is told, and gives how long it took until it answered, in seconds.
    pub fn start(command: &mut Command, port: u16) -> Outcome<(Self, f64)> {
        let start = now();
        let child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let server = Self { child, port };
        while start.elapsed() < LONGEST_START {
            if ask(port, "GET", "/health", &[], "").is_ok_and(|answer| answer.status() == 200) {
                return Ok((server, start.elapsed().as_secs_f64()));
            }
            std::thread::sleep(Duration::from_micros(500));
        }
        Err("a server that was started does not answer".into())
    }

    /// A line of what the kernel knows of it, in MiB: `VmRSS`, `VmHWM`.
    pub fn memory(&self, line: &str) -> Outcome<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let found = status.lines().find_map(|one| one.strip_prefix(line));
        let number = found.and_then(|rest| rest.split_whitespace().next().map(str::to_owned));
        Ok(number.ok_or("the kernel does not say")?.parse::<f64>()? / MIB)
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(&mut self) {
        // Where it has ended already there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A port that is free now.
pub fn free_port() -> Outcome<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?
        .local_addr()?
        .port())
}

/// The desk, served.
pub fn offdesk(desk: &Path, database: &str, port: u16) -> Command {
    let mut command = Command::new(root().join("target/release/offdesk"));
    command
        .args(["serve", "--listen", &format!("127.0.0.1:{port}")])
        .env("OFFDESK_DATA_DIR", desk)
        .env("OFFDESK_DATABASE", database);
    command
}

/// The programs of the bench's own.
pub fn build() -> Outcome {
    run(cargo().args([
        "build",
        "--release",
        "--package",
        "xtask",
        "--locked",
        "--example",
        "bare",
        "--example",
        "load",
    ]))
}

/// One of them.
pub fn program(name: &str) -> PathBuf {
    root().join("target/release/examples").join(name)
}

/// What is asked of servers, over and over.
pub struct Plan<'p> {
    pub ports: Vec<u16>,
    pub method: &'p str,
    pub paths: &'p [String],
    pub headers: &'p [String],
    pub body: &'p str,
}

/// What came of it.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// Answers a second.
    pub per_second: f64,
    /// The 99th percentile, in seconds.
    pub slow: f64,
}

impl Plan<'_> {
    /// Asks, and fails where an answer was none of the 200s.
    pub fn ask(&self, folder: &Path) -> Outcome<Load> {
        let list = |texts: &[String]| {
            let quoted: Vec<String> = texts.iter().map(|text| format!("{text:?}")).collect();
            format!("[{}]", quoted.join(","))
        };
        let addresses: Vec<String> = self
            .ports
            .iter()
            .map(|port| format!("127.0.0.1:{port}"))
            .collect();
        let plan = format!(
            "{{\"addresses\":{},\"method\":{:?},\"paths\":{},\"headers\":{},\"body\":{:?}}}",
            list(&addresses),
            self.method,
            list(self.paths),
            list(self.headers),
            self.body
        );
        let file = folder.join("plan.json");
        fs::write(&file, plan)?;
        let said = output(
            Command::new(program("load"))
                .arg(&file)
                .args([SECONDS, CONNECTIONS]),
        )?;
        let words: Vec<f64> = said
            .split_whitespace()
            .map(str::parse)
            .collect::<Result<_, _>>()?;
        let [answers, seconds, _, slow, failed] = words.as_slice() else {
            return Err(format!("the load said {said}").into());
        };
        if *failed > 0.0 || *answers < 1.0 {
            return Err(format!(
                "{failed} of {answers} answers to {} {} were refused",
                self.method, self.paths[0]
            )
            .into());
        }
        Ok(Load {
            per_second: answers / seconds,
            slow: slow / 1e6,
        })
    }
}

/// Somebody signed in: the headers of their requests.
pub fn sign_in(port: u16) -> Outcome<Vec<String>> {
    let here = "Sec-Fetch-Site: same-origin";
    let kind = "Content-Type: application/x-www-form-urlencoded";
    let page = ask(port, "GET", "/sign-in", &[], "")?;
    let token = page
        .text()
        .split("name=\"form_token\" value=\"")
        .nth(1)
        .and_then(|rest| Some(rest.split_once('"')?.0.to_owned()))
        .ok_or("the form to sign in has no token")?;
    let of_form = format!("Cookie: {}", cookie(&page.head).unwrap_or_default());
    let form = format!("form_token={token}&email=bench%40example.com&password=three+brown+foxes");
    let answer = ask(port, "POST", "/sign-in", &[here, kind, &of_form], &form)?;
    let cookie = cookie(&answer.head).ok_or("signing in gives no session")?;
    Ok(vec![format!("Cookie: {cookie}"), here.to_owned()])
}

/// The first cookie that an answer sets.
fn cookie(head: &str) -> Option<&str> {
    let rest = head.split_once("set-cookie: ")?.1;
    rest.split(';').next()
}

/// Texts behind a mark in answers, page after page of a list: ids of entries, and where pages begin.
pub fn walk(port: u16, list: &str, headers: &[String]) -> Outcome<(Vec<String>, Vec<String>)> {
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    let between = |text: &str, mark: &str| -> Vec<String> {
        let parts = text.split(mark).skip(1);
        parts
            .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
            .collect()
    };
    let (mut ids, mut pages) = (Vec::new(), Vec::new());
    let mut path = list.to_owned();
    while ids.len() < DIFFERENT {
        let text = ask(port, "GET", &path, &headers, "")?.text();
        ids.extend(between(&text, "\"id\":\""));
        let Some(next) = between(&text, "\"next\":\"").pop() else {
            break;
        };
        path = format!("{list}?before={next}");
        pages.push(path.clone());
    }
    if ids.is_empty() {
        return Err(format!("there are no entries under {list}").into());
    }
    Ok((ids, pages))
}
