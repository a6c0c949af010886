//! How mails are sent: the server, its password, the sender. No password is ever an option's value, which others on the machine can see.

use std::path::PathBuf;

use clap::Args;
use offdesk_actions::mails::Outgoing;
use offdesk_actions::outbound::{BadSettings, Mailer};

use super::bytes::{self, From};
use super::error::CliError;
use super::exit;

/// The mail server.
#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "Mail (optional)")]
pub struct MailArgs {
    /// Send mail through this server: smtps://user@mail.example.com or smtp://user@mail.example.com:587
    #[arg(
        long,
        value_name = "URL",
        env = "OFFDESK_SMTP_URL",
        hide_env_values = true
    )]
    smtp_url: Option<String>,
    /// A file whose first line is the server's password
    #[arg(
        long,
        value_name = "FILE",
        env = "OFFDESK_SMTP_PASSWORD_FILE",
        hide_env_values = true
    )]
    smtp_password_file: Option<PathBuf>,
    /// The sender of all mails: desk@example.com
    #[arg(
        long,
        value_name = "EMAIL",
        env = "OFFDESK_MAIL_FROM",
        hide_env_values = true
    )]
    mail_from: Option<String>,
}

impl MailArgs {
    /// How mails are sent; `None` where no server is named.
    ///
    /// # Errors
    /// `mail.settings`, `mail.password`, `mail.public_url`.
    pub fn outgoing(&self, public_url: Option<&str>) -> Result<Option<Outgoing>, CliError> {
        let Some(server) = self.smtp_url.as_deref().filter(|url| !url.is_empty()) else {
            return Ok(None);
        };
        if std::env::args().any(|word| word.contains(server)) && has_password(server) {
            return Err(CliError::new(
                exit::USAGE,
                "mail.password",
                "a password on the command line can be seen by everybody on this machine",
            )
            .line("write it into a file:  --smtp-password-file FILE")
            .line("or give the whole address in the environment:  OFFDESK_SMTP_URL"));
        }
        let public_url = public_url.ok_or_else(|| {
            CliError::new(
                exit::USAGE,
                "mail.public_url",
                "mails need the address that people use, for their links",
            )
            .line("name it:  --public-url https://desk.example.com")
        })?;
        let from = self.mail_from.as_deref().unwrap_or_default();
        let password = self.password()?;
        let mailer = Mailer::new(server, password.as_deref(), from).map_err(|why| bad(&why))?;
        Ok(Some(Outgoing {
            mailer,
            public_url: public_url.to_owned(),
        }))
    }

    fn password(&self) -> Result<Option<String>, CliError> {
        let file = self.smtp_password_file.as_ref();
        let Some(path) = file.filter(|path| !path.as_os_str().is_empty()) else {
            return Ok(None);
        };
        // A server has no standard input to read a password from: `-` is a file's name.
        let password = bytes::read_secret(From::File(path), "mail.password")?;
        Ok((!password.is_empty()).then_some(password))
    }
}

/// Whether an address holds a password: `scheme://user:password@host`.
fn has_password(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host_and_user = rest.split('/').next().unwrap_or_default();
    host_and_user
        .rsplit_once('@')
        .is_some_and(|(user, _)| user.contains(':'))
}

fn bad(why: &BadSettings) -> CliError {
    let error = CliError::new(exit::USAGE, "mail.settings", why.to_string());
    match why {
        BadSettings::Server => {
            error.line("a server that speaks no TLS has to be asked for: smtp://HOST:25?tls=none")
        }
        BadSettings::Password => error.line("write it into a file:  --smtp-password-file FILE"),
        BadSettings::Sender => error.line("name it:  --mail-from desk@example.com"),
    }
}

#[cfg(test)]
mod tests {
    use super::has_password;

    #[test]
    fn a_password_in_an_address_is_seen() {
        for (url, has) in [
            ("smtps://user:secret@mail.example.com", true),
            ("smtp://user:se@cret@mail.example.com:587", true),
            ("smtp://user@mail.example.com:587", false),
            ("smtp://mail.example.com:25?tls=none", false),
        ] {
            assert_eq!(has_password(url), has, "{url}");
        }
    }
}
