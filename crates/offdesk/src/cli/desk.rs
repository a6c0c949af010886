//! Where the desk is, and who works at it: the options that all its commands share.

mod who;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use offdesk_actions::actor::Actor;
use offdesk_actions::store::{Address, Store};
use offdesk_domain::worth::grouped;
use offdesk_domain::{Day, Seconds};
use rust_decimal::Decimal;

use self::who::WhoArgs;
use super::data::DataFolder;
use super::error::CliError;
use super::exit;

/// The file of the desk in the data folder.
const FILE: &str = "offdesk.db";
/// So many of a desk's things are listed.
pub const MOST_LISTED: u32 = 10_000;

/// Where the desk is.
#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "Where the desk is")]
pub struct DeskArgs {
    #[command(flatten)]
    data: DataFolder,
    /// A PostgreSQL in the place of the file: postgres://user@host:port/name
    #[arg(
        long,
        value_name = "URL",
        env = "OFFDESK_DATABASE",
        hide_env_values = true
    )]
    database: Option<String>,
}

impl DeskArgs {
    /// Opens the desk, and makes it where there is none.
    ///
    /// # Errors
    /// `desk.folder` where there is no folder for it, and those of the store.
    pub fn open(&self) -> Result<Store, CliError> {
        let address = self.address()?;
        if let Address::File(path) = &address {
            self.make_folder()?;
            make_file(path)?;
        }
        open(&address)
    }

    /// Opens the desk where there is one.
    ///
    /// # Errors
    /// `desk.none` where there is none, and those of [`DeskArgs::open`].
    pub fn open_known(&self) -> Result<Store, CliError> {
        let address = self.address()?;
        if let Address::File(path) = &address
            && !path.exists()
        {
            return Err(CliError::new(
                exit::NOTHING,
                "desk.none",
                format!("there is no desk yet: {} is not there", path.display()),
            )
            .line("make one:  offdesk setup --email you@example.com --name \"Your name\"")
            .line("or name the folder it is in:  --data-dir DIR"));
        }
        open(&address)
    }

    /// Where the desk is: the PostgreSQL that was named, else the file in the data folder.
    ///
    /// # Errors
    /// `desk.folder` where the machine has no folder for users' data, `desk.database` for what is no address of a PostgreSQL.
    pub fn address(&self) -> Result<Address, CliError> {
        match &self.database {
            // An empty variable of the environment says nothing.
            Some(url) if !url.is_empty() => server(url),
            _ => Ok(Address::File(self.file()?)),
        }
    }

    /// The folder of the data.
    ///
    /// # Errors
    /// `desk.folder`.
    pub fn folder(&self) -> Result<PathBuf, CliError> {
        self.data.path().ok_or_else(|| {
            CliError::new(
                exit::FAILED,
                "desk.folder",
                "this machine has no folder for users' data",
            )
            .line("name one:  --data-dir DIR")
        })
    }

    /// Makes the folder of the data where it is not there.
    ///
    /// # Errors
    /// `desk.folder`.
    pub fn make_folder(&self) -> Result<(), CliError> {
        make_folder(&self.folder()?)
    }

    /// The file of the desk in the folder of the data.
    ///
    /// # Errors
    /// `desk.folder`.
    pub fn file(&self) -> Result<PathBuf, CliError> {
        Ok(self.folder()?.join(FILE))
    }
}

/// The address of a PostgreSQL.
///
/// # Errors
/// `desk.database` for anything else.
pub fn server(url: &str) -> Result<Address, CliError> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return Ok(Address::Server(url.to_owned()));
    }
    // It may hold a password, so it is not shown.
    Err(CliError::new(
        exit::USAGE,
        "desk.database",
        "this is no address of a PostgreSQL",
    )
    .line("write it as  postgres://user@host:5432/name"))
}

/// Opens a store.
///
/// # Errors
/// Those of the store, with its name.
pub fn open(address: &Address) -> Result<Store, CliError> {
    let what = match address {
        Address::File(path) => path.display().to_string(),
        Address::Server(_) => "the PostgreSQL".to_owned(),
    };
    Store::open(address).map_err(|error| {
        let mut error = CliError::from(error);
        error.message = format!("{what} cannot be opened: {}", error.message);
        error
    })
}

/// Makes the folder of the data, readable by its owner only.
fn make_folder(folder: &Path) -> Result<(), CliError> {
    if folder.is_dir() {
        return Ok(());
    }
    let made = fs::create_dir_all(folder).and_then(|()| make_private(folder));
    made.map_err(|error| {
        CliError::new(
            exit::FAILED,
            "desk.folder",
            format!("{} cannot be made: {error}", folder.display()),
        )
        .line("name another one:  --data-dir DIR")
    })
}

/// Makes the empty file of a new desk, which others cannot read; what belongs to it follows it in that.
///
/// # Errors
/// `desk.folder`.
pub fn make_file(file: &Path) -> Result<(), CliError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    private(&mut options);
    match options.open(file) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(CliError::new(
            exit::FAILED,
            "desk.folder",
            format!("{} cannot be made: {error}", file.display()),
        )
        .line("name another folder:  --data-dir DIR")),
        _ => Ok(()),
    }
}

/// Lets a new file be read by its owner only.
#[cfg(unix)]
pub fn private(options: &mut fs::OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

/// Lets a new file be read by its owner only, where the system knows owners.
#[cfg(not(unix))]
pub fn private(_: &mut fs::OpenOptions) {}

#[cfg(unix)]
fn make_private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn make_private(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Where the desk is, and whose workspace: what the commands of a desk share.
#[derive(Args, Debug, Clone)]
pub struct At {
    #[command(flatten)]
    desk: DeskArgs,
    #[command(flatten)]
    who: WhoArgs,
}

impl At {
    /// Opens the desk, and says who works at it.
    ///
    /// # Errors
    /// Those of the desk and of the actor.
    pub fn open(&self) -> Result<(Store, Actor), CliError> {
        let store = self.desk.open_known()?;
        let actor = self.who.actor(&store)?;
        Ok((store, actor))
    }

    /// Where the desk is.
    ///
    /// # Errors
    /// Those of [`DeskArgs::address`].
    pub fn address(&self) -> Result<Address, CliError> {
        self.desk.address()
    }
}

/// A day for people: `2 Feb 2026`.
pub fn day_in_words(day: Day) -> String {
    day.date().strftime("%-d %b %Y").to_string()
}

/// Days since 1970 for people: `2 Feb – 12 Apr 2026`.
pub fn days_in_words((first, last): (i64, i64)) -> String {
    let day = |day: i64| Day::from_number(day).unwrap_or(Day(0));
    let (first, last) = (day(first), day(last));
    if first == last {
        return day_in_words(first);
    }
    let from = if first.date().year() == last.date().year() {
        first.date().strftime("%-d %b").to_string()
    } else {
        day_in_words(first)
    };
    format!("{from} – {}", day_in_words(last))
}

/// Hours for people, without their unit: two digits below ten, one below a hundred, none above.
pub fn hours_in_words(seconds: i64) -> String {
    let hours = Seconds(seconds).hours();
    let digits = if hours < Decimal::TEN {
        2
    } else {
        u32::from(hours < Decimal::ONE_HUNDRED)
    };
    grouped(hours.round_dp(digits).normalize())
}

/// A foreign text on one line, cut to so many places of a terminal.
pub fn cut(text: &str, width: usize) -> String {
    super::audit::cut(text, width)
}
