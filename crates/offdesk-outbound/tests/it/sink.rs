//! A mail server of the tests' own on this machine: it takes mails and shows them.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// How it behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// It takes what comes.
    Takes,
    /// It knows nobody.
    KnowsNobody,
    /// It has no time now.
    Busy,
    /// It takes the mail, and is gone before it says so.
    GoesAway,
}

/// A mail that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Who it was for, by the envelope.
    pub to: String,
    /// Headers and text as they came.
    pub raw: String,
}

impl Received {
    /// The value of a header.
    pub fn header(&self, name: &str) -> String {
        let begin = format!("{name}: ");
        let mut lines = self.raw.lines().take_while(|line| !line.is_empty());
        lines
            .find_map(|line| line.strip_prefix(&begin))
            .unwrap_or_default()
            .to_owned()
    }

    /// The text, its encoding undone.
    pub fn text(&self) -> String {
        let (_, body) = self.raw.split_once("\r\n\r\n").unwrap();
        let joined = body.replace("=\r\n", "");
        let mut bytes = Vec::new();
        let mut rest = joined.bytes();
        while let Some(byte) = rest.next() {
            if byte == b'=' {
                let code = [rest.next().unwrap(), rest.next().unwrap()];
                let code = std::str::from_utf8(&code).unwrap();
                bytes.push(u8::from_str_radix(code, 16).unwrap());
            } else {
                bytes.push(byte);
            }
        }
        String::from_utf8(bytes).unwrap().replace("\r\n", "\n")
    }
}

/// The server.
pub struct Sink {
    /// Its address.
    pub url: String,
    mails: Arc<Mutex<Vec<Received>>>,
    mood: Arc<Mutex<Mood>>,
}

impl Sink {
    /// A server that runs.
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let sink = Self {
            url: format!("smtp://127.0.0.1:{}", listener.local_addr().unwrap().port()),
            mails: Arc::default(),
            mood: Arc::new(Mutex::new(Mood::Takes)),
        };
        let (mails, mood) = (Arc::clone(&sink.mails), Arc::clone(&sink.mood));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mood = *mood.lock().unwrap();
                // Whoever hangs up early has lost the mail, which some tests are about.
                let _ = converse(&stream, mood, &mails);
            }
        });
        sink
    }

    /// Behaves so from now on.
    pub fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// The mails that came, in their order.
    pub fn mails(&self) -> Vec<Received> {
        self.mails.lock().unwrap().clone()
    }
}

fn converse(stream: &TcpStream, mood: Mood, mails: &Mutex<Vec<Received>>) -> std::io::Result<()> {
    let mut out = stream;
    let mut lines = BufReader::new(stream);
    out.write_all(b"220 sink\r\n")?;
    let mut to = String::new();
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let word: String = line.chars().take(4).collect();
        let answer = match (word.to_ascii_uppercase().as_str(), mood) {
            ("QUIT", _) => {
                return out.write_all(b"221 bye\r\n");
            }
            ("RCPT", Mood::KnowsNobody) => "550 5.1.1 nobody here has that name",
            ("RCPT", Mood::Busy) => "451 4.3.0 come back later",
            ("RCPT", _) => {
                to = line
                    .trim()
                    .trim_start_matches("RCPT TO:<")
                    .trim_end_matches('>')
                    .to_owned();
                "250 ok"
            }
            ("DATA", _) => {
                out.write_all(b"354 go on\r\n")?;
                let raw = take_mail(&mut lines)?;
                mails.lock().unwrap().push(Received { to, raw });
                if mood == Mood::GoesAway {
                    return Ok(());
                }
                to = String::new();
                "250 taken"
            }
            _ => "250 ok",
        };
        out.write_all(format!("{answer}\r\n").as_bytes())?;
    }
}

fn take_mail(lines: &mut impl BufRead) -> std::io::Result<String> {
    let mut raw = String::new();
    loop {
        let mut line = String::new();
        lines.read_line(&mut line)?;
        if line.is_empty() || line == ".\r\n" {
            return Ok(raw);
        }
        raw.push_str(
            line.strip_prefix("..")
                .map_or(line.as_str(), |_| &line[1..]),
        );
    }
}
