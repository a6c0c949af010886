//! Messages of mail, as a mail server hands them over: to whom, what about, the text, and what is attached. Nothing is unpacked.
//!
//! What is too much is refused before it is read: a message beyond 30 MB, a header beyond 256 kB, more than a hundred parts, parts in
//! parts beyond eight.

use mail_parser::{MessageParser, MimeHeaders, PartType};

/// So many bytes a message may have.
pub const LONGEST: usize = 30 * 1024 * 1024;
/// So many bytes its header may have.
const LONGEST_HEADER: usize = 256 * 1024;
/// So many parts it may have.
const MOST_PARTS: usize = 100;
/// So many lines of it may look like the edge of a part.
const MOST_EDGES: usize = 10_000;
/// So deep messages may stand in messages.
const DEEPEST: usize = 8;
/// Headers in which a mail server says to whom a message was.
const RECIPIENTS: [&str; 6] = [
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "X-Envelope-To",
    "To",
    "Cc",
];

/// Something that is attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its name, as the message gives it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mail {
    /// What tells it from all others, where it says so.
    pub id: String,
    /// To whom it is, as its header says: the lines of all recipients.
    pub recipients: Vec<String>,
    /// What it is about.
    pub subject: String,
    /// What it says, without marks of HTML.
    pub text: String,
    /// Whether a program wrote it by itself: an absence note, a mail that came back.
    pub is_automatic: bool,
    /// What is attached.
    pub attached: Vec<Attached>,
}

/// Why a message is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// It is no message.
    #[error("this is no mail message")]
    None,
    /// It is too long.
    #[error("the message is longer than 30 MB")]
    Long,
    /// Its header is too long.
    #[error("the message's header is longer than 256 kB")]
    Header,
    /// It has too many parts.
    #[error("the message has more than {MOST_PARTS} parts")]
    Parts,
    /// Messages in messages in messages.
    #[error("messages stand in messages more than {DEEPEST} deep")]
    Deep,
}

impl Mail {
    /// Reads a message.
    ///
    /// # Errors
    /// [`MailError`].
    pub fn read(bytes: &[u8]) -> Result<Self, MailError> {
        if bytes.len() > LONGEST {
            return Err(MailError::Long);
        }
        let header = header_length(bytes).ok_or(MailError::None)?;
        if header > LONGEST_HEADER {
            return Err(MailError::Header);
        }
        if edges(bytes) > MOST_EDGES {
            return Err(MailError::Parts);
        }
        let message = MessageParser::default()
            .parse(bytes)
            .ok_or(MailError::None)?;
        if message.headers().is_empty() {
            return Err(MailError::None);
        }
        if message.parts.len() > MOST_PARTS {
            return Err(MailError::Parts);
        }
        if depth(&message, 1) > DEEPEST {
            return Err(MailError::Deep);
        }
        let recipients = message
            .headers_raw()
            .filter(|(name, _)| {
                RECIPIENTS
                    .iter()
                    .any(|known| known.eq_ignore_ascii_case(name))
            })
            .map(|(_, value)| value.trim().to_owned());
        let bodies = (0..message.text_body_count()).filter_map(|at| message.body_text(at));
        let text: Vec<String> = bodies.map(|text| text.trim().to_owned()).collect();
        let attached = message.attachments().map(|part| Attached {
            name: part.attachment_name().unwrap_or_default().to_owned(),
            bytes: match &part.body {
                PartType::Message(inner) => inner.raw_message().to_vec(),
                _ => part.contents().to_vec(),
            },
        });
        Ok(Self {
            id: message.message_id().unwrap_or_default().to_owned(),
            recipients: recipients.collect(),
            subject: message.subject().unwrap_or_default().to_owned(),
            text: text.join("\n\n").replace("\r\n", "\n"),
            is_automatic: is_automatic(&message),
            attached: attached.filter(|it| !it.bytes.is_empty()).collect(),
        })
    }
}

/// How long the header is: up to the first line that is empty. `None` where the text does not begin with a header.
fn header_length(bytes: &[u8]) -> Option<usize> {
    let first = bytes.iter().position(|byte| *byte == b'\n')?;
    let line = bytes.get(..first)?;
    // A mailbox file puts a line of its own before the message.
    let is_header = line.contains(&b':') || line.starts_with(b"From ");
    if !is_header {
        return None;
    }
    let ends = [&b"\n\n"[..], &b"\n\r\n"[..]];
    let found = ends
        .iter()
        .filter_map(|end| memchr::memmem::find(bytes, end))
        .min();
    Some(found.unwrap_or(bytes.len()))
}

fn edges(bytes: &[u8]) -> usize {
    memchr::memmem::find_iter(bytes, b"\n--").count()
}

fn depth(message: &mail_parser::Message<'_>, so_far: usize) -> usize {
    if so_far > DEEPEST {
        return so_far;
    }
    let inner = message.parts.iter().filter_map(|part| match &part.body {
        PartType::Message(inner) => Some(depth(inner, so_far + 1)),
        _ => None,
    });
    inner.max().unwrap_or(so_far)
}

fn is_automatic(message: &mail_parser::Message<'_>) -> bool {
    message.headers_raw().any(|(name, value)| {
        let value = value.trim();
        (name.eq_ignore_ascii_case("Auto-Submitted") && !value.eq_ignore_ascii_case("no"))
            || name.eq_ignore_ascii_case("X-Autoreply")
            || (name.eq_ignore_ascii_case("Return-Path") && value == "<>")
            || (name.eq_ignore_ascii_case("Precedence") && value.eq_ignore_ascii_case("auto_reply"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = "To: Desk <desk+abc@example.com>\r\nMessage-ID: <1@x>\r\nSubject: =?utf-8?Q?Rechnung_f=C3=BCr?= Meyer\r\n\r\nPlease by Friday.\r\n";

    #[test]
    fn a_plain_message_is_read() {
        let mail = Mail::read(PLAIN.as_bytes()).unwrap();
        assert_eq!(mail.subject, "Rechnung für Meyer");
        assert_eq!(
            (mail.text.as_str(), mail.id.as_str()),
            ("Please by Friday.", "1@x")
        );
        assert_eq!(mail.recipients, ["Desk <desk+abc@example.com>"]);
        assert!(!mail.is_automatic && mail.attached.is_empty());
    }

    #[test]
    fn html_is_text_and_attachments_are_bytes() {
        let text = "Subject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>Hi <b>there</b></p><script>alert(1)</script>\n--b\nContent-Type: application/pdf; name=\"../a.pdf\"\nContent-Disposition: attachment; filename=\"../a.pdf\"\nContent-Transfer-Encoding: base64\n\nAAEC\n--b--\n";
        let mail = Mail::read(text.as_bytes()).unwrap();
        assert!(
            mail.text.contains("Hi there") && !mail.text.contains('<'),
            "{}",
            mail.text
        );
        assert_eq!(mail.attached.len(), 1);
        assert_eq!(mail.attached[0].bytes, [0, 1, 2]);
    }

    #[test]
    fn what_programs_send_by_themselves_is_told() {
        for line in [
            "Auto-Submitted: auto-replied",
            "Return-Path: <>",
            "X-Autoreply: yes",
        ] {
            assert!(
                Mail::read(format!("{line}\n{PLAIN}").as_bytes())
                    .unwrap()
                    .is_automatic,
                "{line}"
            );
        }
        let by_hand = format!("Auto-Submitted: no\n{PLAIN}");
        assert!(!Mail::read(by_hand.as_bytes()).unwrap().is_automatic);
    }

    #[test]
    fn bombs_are_refused_and_nothing_panics() {
        let header = format!("Subject: {}\n\nx", "a".repeat(LONGEST_HEADER));
        let edges = format!(
            "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n{}",
            "\n--b\n\nx".repeat(MOST_EDGES + 1)
        );
        let parts = format!(
            "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n{}--b--",
            "\n--b\n\nx\n".repeat(MOST_PARTS + 1)
        );
        let deep = "Subject: s\nContent-Type: message/rfc822\n\n".repeat(40);
        for (text, error) in [
            (String::new(), MailError::None),
            ("no header at all\n\nx".to_owned(), MailError::None),
            (header, MailError::Header),
            (edges, MailError::Parts),
            (parts, MailError::Parts),
            (deep, MailError::Deep),
        ] {
            assert_eq!(Mail::read(text.as_bytes()), Err(error));
        }
        assert_eq!(Mail::read(&vec![b'a'; LONGEST + 1]), Err(MailError::Long));
        let whole = PLAIN.as_bytes();
        for cut in 0..whole.len() {
            let _ = Mail::read(&whole[..cut]);
        }
        let nested = "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(5_000);
        let _ = Mail::read(nested.as_bytes());
    }
}
