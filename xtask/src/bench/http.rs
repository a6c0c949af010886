//! A few requests to a server on this machine, with nothing between the bench and the socket.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::Outcome;

/// An answer: its head as it came, and its body put together from its parts.
pub struct Answer {
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// The status.
    pub fn status(&self) -> u16 {
        let word = self.head.split(' ').nth(1);
        word.and_then(|word| word.parse().ok()).unwrap_or(0)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Asks once, over a connection of its own.
///
/// # Errors
/// Those of the socket, and an answer that is none.
pub fn ask(port: u16, method: &str, path: &str, headers: &[&str], body: &str) -> Outcome<Answer> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    let mut request =
        format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n");
    for header in headers {
        request += header;
        request += "\r\n";
    }
    request += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes())?;
    let mut all = Vec::new();
    stream.read_to_end(&mut all)?;
    let end = all.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.ok_or("an answer without an end of its head")? + 4;
    let head = String::from_utf8_lossy(&all[..end]).into_owned();
    let body = all.split_off(end);
    let body = if head.to_lowercase().contains("transfer-encoding: chunked") {
        joined(&body)?
    } else {
        body
    };
    Ok(Answer { head, body })
}

/// The parts of a body put together.
fn joined(mut rest: &[u8]) -> Outcome<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n");
        let (length, after) = rest.split_at(end.ok_or("a part without a length")?);
        let length = usize::from_str_radix(std::str::from_utf8(length)?.trim(), 16)?;
        let after = after.get(2..).unwrap_or_default();
        if length == 0 {
            return Ok(body);
        }
        body.extend_from_slice(after.get(..length).ok_or("a part is cut")?);
        rest = after.get(length + 2..).ok_or("a part is cut")?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_put_together() {
        let parts = b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n";
        assert_eq!(joined(parts).unwrap(), b"hello world");
        assert!(joined(b"5\r\nhel").is_err());
    }
}
