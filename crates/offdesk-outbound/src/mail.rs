//! Sends mail through a server that the owner of the machine has named.

use std::time::{Duration, SystemTime};

use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Body, Mailbox, Message, SinglePart};
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{SmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, transport};
use url::Url;

/// So long a step of sending may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A mail to be sent.
#[derive(Debug, Clone)]
pub struct Letter {
    /// What tells it from all others: the same mail sent again has the same.
    pub id: String,
    /// Whom it is for.
    pub to: String,
    /// Subject, on one line.
    pub subject: String,
    /// Text.
    pub text: String,
}

/// Why a mail was not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    /// It will never be: the address is wrong, or nobody has it.
    #[error("{0}")]
    Never(String),
    /// It was surely not sent, and may be later.
    #[error("{0}")]
    NotNow(String),
    /// Nobody knows: the server was lost while it took the mail.
    #[error("{0}")]
    Unsure(String),
}

/// Why mail cannot be set up as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadSettings {
    /// The address of the server is none.
    #[error(
        "write the server as smtps://user@mail.example.com or smtp://user@mail.example.com:587"
    )]
    Server,
    /// A user without a password.
    #[error("there is a user for the mail server, and no password")]
    Password,
    /// The sender is no address.
    #[error("write the sender as desk@example.com or \"Desk <desk@example.com>\"")]
    Sender,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Security {
    /// TLS from the first byte.
    Whole,
    /// TLS after a word in clear; without it nothing is sent.
    Upgraded,
    /// None: for a server on the same machine, or where it was asked for.
    Clear,
}

/// A mail server, with the sender of all mails.
pub struct Mailer {
    host: String,
    port: u16,
    security: Security,
    credentials: Option<Credentials>,
    from: Mailbox,
}

impl Mailer {
    /// Reads the address of a server: `smtps://` speaks TLS from the start, `smtp://` upgrades to it. Only to a server on the same machine,
    /// or with `?tls=none`, mail goes in clear.
    ///
    /// # Errors
    /// [`BadSettings`].
    pub fn new(server: &str, password: Option<&str>, from: &str) -> Result<Self, BadSettings> {
        let url = Url::parse(server).map_err(|_| BadSettings::Server)?;
        let host = url.host_str().unwrap_or_default();
        let host = host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .to_owned();
        if host.is_empty() || !matches!(url.path(), "" | "/") {
            return Err(BadSettings::Server);
        }
        let is_here = matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1");
        let (security, usual) = match (url.scheme(), url.query()) {
            ("smtps", None) => (Security::Whole, 465),
            ("smtp", Some("tls=none")) => (Security::Clear, 25),
            ("smtp", None) if is_here => (Security::Clear, 25),
            ("smtp", None) => (Security::Upgraded, 587),
            _ => return Err(BadSettings::Server),
        };
        let decoded = |text: &str| {
            let pair = format!("x={}", text.replace('+', "%2B"));
            let mut pairs = url::form_urlencoded::parse(pair.as_bytes());
            pairs
                .next()
                .map(|(_, value)| value.into_owned())
                .unwrap_or_default()
        };
        let user = decoded(url.username());
        let password = password.map(str::to_owned).or(url.password().map(decoded));
        let credentials = match (user.is_empty(), password) {
            (true, None) => None,
            (true, Some(_)) => return Err(BadSettings::Server),
            (false, None) => return Err(BadSettings::Password),
            (false, Some(password)) => Some(Credentials::new(user, password)),
        };
        if from.chars().any(char::is_control) {
            return Err(BadSettings::Sender);
        }
        Ok(Self {
            port: url.port().unwrap_or(usual),
            host,
            security,
            credentials,
            from: from.parse().map_err(|_| BadSettings::Sender)?,
        })
    }

    /// The address all mails come from.
    #[must_use]
    pub fn sender(&self) -> String {
        self.from.email.to_string()
    }

    /// Sends a mail.
    ///
    /// # Errors
    /// [`NotSent`].
    pub fn send(&self, letter: &Letter, now: SystemTime) -> Result<(), NotSent> {
        let message = self.message(letter, now)?;
        let mut connection = self
            .connect()
            .map_err(|error| NotSent::NotNow(error.to_string()))?;
        let sent = connection.send(message.envelope(), &message.formatted());
        match sent {
            Ok(_) => {
                // It was taken; how the server says goodbye changes nothing.
                let _ = connection.quit();
                Ok(())
            }
            Err(error) => {
                connection.abort();
                Err(why(&error))
            }
        }
    }

    fn message(&self, letter: &Letter, now: SystemTime) -> Result<Message, NotSent> {
        let never = |what: &str| NotSent::Never(what.to_owned());
        // A line end in a header would begin a header, or a mail, of somebody else's making.
        let is_one_line = |text: &str| !text.chars().any(char::is_control);
        if !is_one_line(&letter.to) || !is_one_line(&letter.subject) || !is_one_line(&letter.id) {
            return Err(never("a line end stands in an address or a subject"));
        }
        let to: Address = letter
            .to
            .parse()
            .map_err(|_| never("this is no address that mail can be sent to"))?;
        let text: String = letter
            .text
            .chars()
            .filter(|c| *c == '\n' || !c.is_control())
            .collect();
        let text = text.replace('\n', "\r\n");
        let encoding = ContentTransferEncoding::QuotedPrintable;
        let body = Body::new_with_encoding(text, encoding)
            .map_err(|_| never("the text cannot be encoded"))?;
        let id = format!("<{}@{}>", letter.id, self.from.email.domain());
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .date(now)
            .message_id(Some(id))
            .subject(letter.subject.clone())
            .header(AutoSubmitted)
            .singlepart(
                SinglePart::builder()
                    .header(ContentType::TEXT_PLAIN)
                    .body(body),
            )
            .map_err(|error| NotSent::Never(error.to_string()))
    }

    fn connect(&self) -> Result<SmtpConnection, transport::smtp::Error> {
        let hello = ClientId::Domain(self.from.email.domain().to_owned());
        let parameters = TlsParameters::new(self.host.clone())?;
        let from_start = (self.security == Security::Whole).then_some(&parameters);
        let server = (self.host.as_str(), self.port);
        let mut connection =
            SmtpConnection::connect(server, Some(PATIENCE), &hello, from_start, None)?;
        if self.security == Security::Upgraded {
            // An error where the server does not offer it: nothing is sent in clear.
            connection.starttls(&parameters, &hello)?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials)?;
        }
        Ok(connection)
    }
}

fn why(error: &transport::smtp::Error) -> NotSent {
    let said = error.to_string();
    if error.is_permanent() {
        NotSent::Never(said)
    } else if error.is_transient() || error.is_client() {
        NotSent::NotNow(said)
    } else {
        NotSent::Unsure(said)
    }
}

/// Says that a program has written this, so that no other program answers it.
#[derive(Clone)]
struct AutoSubmitted;

impl lettre::message::header::Header for AutoSubmitted {
    fn name() -> lettre::message::header::HeaderName {
        lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> lettre::message::header::HeaderValue {
        lettre::message::header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
