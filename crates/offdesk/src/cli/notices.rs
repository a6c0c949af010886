//! `offdesk notices`: when the daily mail comes, and the calendar of due dates at a secret address.

use clap::{Args, Subcommand};
use offdesk_actions::Error;
use offdesk_actions::notices::json::NoticesJson;
use offdesk_actions::notices::{Digest, choose_digest, end_feed, feed_of, load_digest, renew_feed};

use super::audit::json;
use super::desk::At;
use super::{Done, output};
use crate::clock;

/// What you are told: the hour of the daily mail, the calendar of due dates
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk notices show
  offdesk notices mail --hour 7
  offdesk notices mail --off
  offdesk notices calendar            a new secret address, shown once
  offdesk notices calendar --end")]
pub struct NoticesCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    Show(ShowArgs),
    Mail(MailArgs),
    Calendar(CalendarArgs),
}

/// When the mail comes, and since when the calendar has its address
#[derive(Args, Debug)]
struct ShowArgs {
    /// Print JSON (offdesk.notices/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// Choose whether the daily mail comes, and at which hour of your clock
#[derive(Args, Debug)]
struct MailArgs {
    /// From 0 to 23, on the clock that `show` names
    #[arg(long, value_name = "HOUR", required_unless_present = "off")]
    hour: Option<i64>,
    /// It does not come any more
    #[arg(long, conflicts_with = "hour")]
    off: bool,
    /// Print JSON (offdesk.notices/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// Give your calendar of due dates a new secret address, shown once
#[derive(Args, Debug)]
struct CalendarArgs {
    /// End it: its address leads nowhere any more
    #[arg(long)]
    end: bool,
    /// Print JSON (offdesk.notices/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// What is told of it.
type Told = (Digest, Option<i64>, Option<String>);

impl NoticesCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        match self.what {
            What::Show(args) => args.run(),
            What::Mail(args) => args.run(),
            What::Calendar(args) => args.run(),
        }
    }
}

fn give((digest, since, feed): &Told, as_json: bool) -> Done {
    if as_json {
        let answer = NoticesJson::of(digest, *since, feed.clone());
        output::print(&json::to_text(&answer)?)?;
        return Ok(0);
    }
    let mut out = match digest.is_on {
        true => format!(
            "Daily mail: at {}:00 on the clock of {}{}\n",
            digest.hour,
            digest.zone,
            if digest.is_sent {
                ""
            } else {
                "; this offdesk sends no mails at the moment"
            }
        ),
        false => "Daily mail: none.   Begin:  offdesk notices mail --hour 8\n".to_owned(),
    };
    out += match (feed, since) {
        (Some(_), _) => {
            "Calendar: subscribe to this path behind the address of your offdesk. It is shown once:\n"
        }
        (None, Some(_)) => "Calendar: it has its address; a new one:  offdesk notices calendar\n",
        (None, None) => "Calendar: none.   Begin:  offdesk notices calendar\n",
    };
    if let Some(feed) = feed {
        out += &format!("  {feed}\n");
    }
    output::print(&out)?;
    Ok(0)
}

impl ShowArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let told: Result<Told, Error> = store
            .read(move |tx| Ok((load_digest(tx, &actor)?, feed_of(tx, &actor)?, None)))
            .wait();
        give(&told?, self.json)
    }
}

impl MailArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let moment = clock::moment();
        let told: Result<Told, Error> = store
            .write(move |tx| {
                let now = load_digest(tx, &actor)?;
                let hour = self.hour.unwrap_or(now.hour);
                let digest = choose_digest(tx, &actor, !self.off, hour, moment)?;
                Ok((digest, feed_of(tx, &actor)?, None))
            })
            .wait();
        give(&told?, self.json)
    }
}

impl CalendarArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let moment = clock::moment();
        let told: Result<Told, Error> = store
            .write(move |tx| {
                let feed = if self.end {
                    end_feed(tx, &actor, moment)?;
                    None
                } else {
                    let secret = renew_feed(tx, &actor, moment)?;
                    Some(format!("/feeds/{}.ics", secret.reveal()))
                };
                Ok((load_digest(tx, &actor)?, feed_of(tx, &actor)?, feed))
            })
            .wait();
        give(&told?, self.json)
    }
}
