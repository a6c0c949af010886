//! A served desk, and requests to it over a socket, as a program elsewhere would send them.

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

use crate::program::Folder;

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Holds the answer against a status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }
}

/// Asks a server on this machine once; an error where it cannot be reached or hangs up.
pub fn ask(
    port: u16,
    method: &str,
    path: &str,
    headers: &[&str],
    body: &str,
) -> std::io::Result<Reply> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut request =
        format!("{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n");
    for header in headers {
        request += &format!("{header}\r\n");
    }
    request += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes())?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    let cut = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
    let (head, body) = text.split_once("\r\n\r\n").ok_or_else(cut)?;
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok());
    let length = head
        .to_lowercase()
        .split("content-length: ")
        .nth(1)
        .and_then(|rest| rest.split("\r\n").next()?.parse::<usize>().ok());
    if length.is_some_and(|length| length != body.len()) {
        return Err(cut());
    }
    Ok(Reply {
        status: status.ok_or_else(cut)?,
        head: head.to_owned(),
        body: body.to_owned(),
    })
}

/// A served desk; it is killed with this.
pub struct Served {
    child: Child,
    pub port: u16,
    /// What it has said since its address.
    pub said: Arc<Mutex<String>>,
}

impl Served {
    /// Serves the desk of a folder on a port that is free.
    pub fn start(folder: &Folder, options: &[&str]) -> Self {
        let args = [&["serve", "--listen", "127.0.0.1:0"], options].concat();
        Self::of(folder.command(&args))
    }

    /// Runs a command that serves, and waits for its address.
    pub fn of(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = lines.next().unwrap().unwrap();
        let port = line
            .split("localhost:")
            .nth(1)
            .and_then(|rest| rest.split('/').next()?.parse().ok())
            .unwrap_or_else(|| panic!("no address: {line}"));
        // What else it says is read, so that it never waits for somebody to do so.
        let said = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                *heard.lock().unwrap() += &format!("{line}\n");
            }
        });
        Self { child, port, said }
    }

    /// Ends it in the middle of what it does.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end, and gives its exit code.
    #[cfg(unix)]
    pub fn stop(&mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        assert!(sent.success());
        self.child.wait().unwrap().code()
    }

    /// The most memory it ever had, in KiB.
    #[cfg(target_os = "linux")]
    pub fn most_memory(&self) -> u64 {
        let status = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(status).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        number.unwrap().parse().unwrap()
    }

    /// Signs the owner in, and gives the headers of a page of ours.
    pub fn sign_in(&self) -> Vec<String> {
        let here = "Sec-Fetch-Site: same-origin";
        let form = "Content-Type: application/x-www-form-urlencoded";
        let ours = "X-Offdesk: 1";
        let given = "email=noor%40example.com&password=three+brown+foxes";
        let reply = ask(self.port, "POST", "/sign-in", &[here, form, ours], given).unwrap();
        let cookie = reply
            .head
            .split("set-cookie: ")
            .nth(1)
            .and_then(|rest| rest.split(';').next())
            .unwrap_or_else(|| panic!("no session: {reply:?}"));
        vec![
            format!("Cookie: {cookie}"),
            here.to_owned(),
            ours.to_owned(),
        ]
    }

    /// Asks as somebody signed in.
    pub fn ask(&self, headers: &[String], method: &str, path: &str, body: &str) -> Reply {
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        ask(self.port, method, path, &headers, body).unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Where it was killed already there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
