//! `offdesk serve`: the web app and its API.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use offdesk_actions::accounts::{begin_setup, look_at_seeds, seal_seeds};
use offdesk_actions::calendars::Reach;
use offdesk_actions::mails::{Outgoing, set_up};
use offdesk_actions::sealing::SealingKey;
use offdesk_actions::store::Store;
use offdesk_actions::{Error, ErrorKind};
use offdesk_web::desk::{Desk, Watch, serve};
use tokio::net::TcpListener;

use super::desk::DeskArgs;
use super::error::CliError;
use super::import::put_away_cut_off;
use super::mail::MailArgs;
use super::reach::{FetchArgs, KEY, KeyArgs, RECOVERY, key_in};
use super::{Done, exit, output};
use crate::clock::moment;
use crate::interrupt;

/// Work beside the requests that is under way has so long to end when the program stops.
const LAST_WORK: Duration = Duration::from_secs(5);

/// The web app: your desk on a page, and its API for programs
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk serve
  offdesk serve --listen 127.0.0.1:8080 --data-dir ~/desk
  offdesk serve --public-url https://desk.example.com --trusted-proxy 10.0.0.0/8
  offdesk serve --database postgres://offdesk@db/offdesk
  offdesk serve --public-url https://desk.example.com \\
    --smtp-url smtps://desk@mail.example.com --smtp-password-file smtp.txt \\
    --mail-from desk@example.com")]
pub struct ServeCommand {
    /// Address and port to listen on
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "OFFDESK_LISTEN",
        default_value = "127.0.0.1:7878",
        hide_env_values = true
    )]
    listen: SocketAddr,
    /// The address people use, where a proxy stands before it
    #[arg(long, value_name = "URL", env = "OFFDESK_PUBLIC_URL", hide_env_values = true, value_parser = public_url)]
    public_url: Option<String>,
    /// A network of proxies that may say who a request is from; may be given several times
    #[arg(long, value_name = "NET", env = "OFFDESK_TRUSTED_PROXY", hide_env_values = true, value_delimiter = ',', value_parser = network)]
    trusted_proxy: Vec<(IpAddr, u8)>,
    /// Write a line of JSON for every request to standard error
    #[arg(long, env = "OFFDESK_LOG", hide_env_values = true)]
    log: bool,
    #[command(flatten)]
    key: KeyArgs,
    #[command(flatten)]
    desk: DeskArgs,
    #[command(flatten)]
    mail: MailArgs,
    #[command(flatten)]
    fetch: FetchArgs,
}

impl ServeCommand {
    /// Runs it until it is stopped.
    pub fn run(self, opens_browser: bool) -> Done {
        let outgoing = self.mail.outgoing(self.public_url.as_deref())?;
        let store = Arc::new(self.desk.open()?);
        let reach = self.reach()?;
        self.keep_seeds(&store, reach.key.as_ref())?;
        put_away_cut_off(&store)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|error| failed(&error))?;
        let done = runtime.block_on(self.listen_and_serve(store, outgoing, reach, opens_browser));
        // A mail server or a calendar that does not answer keeps nobody from stopping.
        runtime.shutdown_timeout(LAST_WORK);
        done
    }

    /// How calendars are reached. Where no key was named and none can be kept, none is, and no calendar is either.
    fn reach(&self) -> Result<Reach, CliError> {
        let key = match &self.key.key_file {
            Some(file) => Some(key_in(file)?),
            None => self
                .desk
                .make_folder()
                .and_then(|()| key_in(&self.desk.folder()?.join(KEY)))
                .ok(),
        };
        Ok(Reach {
            fetcher: self.fetch.fetcher(),
            key,
        })
    }

    /// Seals what an earlier offdesk kept in clear, and says so where the key is not the one that sealed the rest.
    fn keep_seeds(&self, store: &Store, key: Option<&SealingKey>) -> Result<(), CliError> {
        if let Some(key) = key {
            match seal_seeds(store, key, moment()) {
                Ok(0) => {}
                Ok(sealed) => {
                    let sealed = output::counted(sealed, "second factor is", "second factors are");
                    output::say(&format!("{sealed} sealed now; they stood in clear.\n"));
                }
                // They are sealed already; only what they were before may still lie in the file.
                Err(error) if error.kind == ErrorKind::Unavailable => {
                    output::say(&format!("warning: the file was not wiped: {error}\n"));
                }
                Err(error) => return Err(error.into()),
            }
        }
        let own = key.cloned();
        let found: Result<_, Error> = store.read(move |tx| look_at_seeds(tx, own.as_ref())).wait();
        if let (_, shut @ 1..) = found? {
            let shut = output::counted(shut, "second factor", "second factors");
            output::say(&format!(
                "warning: {shut} cannot be read with this key. {RECOVERY}\n"
            ));
        }
        Ok(())
    }

    async fn listen_and_serve(
        self,
        store: Arc<Store>,
        outgoing: Option<Outgoing>,
        reach: Reach,
        opens_browser: bool,
    ) -> Done {
        let listener = TcpListener::bind(self.listen)
            .await
            .map_err(|error| not_listening(self.listen, &error))?;
        let own = listener.local_addr().map_err(|error| failed(&error))?;
        let mut desk = Desk::new(Arc::clone(&store), moment).at(self.public_url.clone());
        desk.proxies.clone_from(&self.trusted_proxy);
        desk.reach = Arc::new(reach);
        let sender = outgoing.as_ref().map(|it| it.mailer.sender());
        desk.outgoing = outgoing.map(Arc::new);
        desk.watch = Some(Watch {
            start: stopwatch,
            tell: log,
            log: self.log.then_some(log as fn(&str)),
        });
        let code = store
            .write(move |tx| {
                set_up(tx, sender.as_deref(), moment())?;
                begin_setup(tx, moment())
            })
            .await
            .map_err(CliError::from)?;
        let page = address(self.public_url.as_deref(), own, code.as_deref());
        output::say(&format!("offdesk {}: {page}\n", env!("CARGO_PKG_VERSION")));
        if self.public_url.is_none() && own.ip().is_unspecified() {
            output::say(&from_elsewhere(outward(), own, code.as_deref()));
        }
        if output::is_interactive() {
            output::say("Stop with Ctrl-C.\n");
            if opens_browser {
                // Where there is no browser, the address stands above.
                let _ = open::that_detached(&page);
            }
        }
        let (stop, stopped) = tokio::sync::oneshot::channel();
        interrupt::end_by(stop);
        let ended = async move {
            // An error means that nobody can stop it any more, which never happens before the end.
            let _ = stopped.await;
        };
        serve(Arc::new(desk), listener, ended)
            .await
            .map_err(|error| failed(&error))?;
        Ok(0)
    }
}

/// The address to open, which works on this machine.
fn address(public: Option<&str>, own: SocketAddr, code: Option<&str>) -> String {
    let base = match public {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None if own.ip().is_unspecified() || own.ip() == IpAddr::V4(Ipv4Addr::LOCALHOST) => {
            format!("http://localhost:{}", own.port())
        }
        None => format!("http://{own}"),
    };
    match code {
        Some(code) => format!("{base}/setup?code={code}"),
        None => format!("{base}/"),
    }
}

/// This machine's own address in its network, where it is known: from what the kernel tells of its routes. Nothing is sent.
fn outward() -> Option<IpAddr> {
    own_address(&std::fs::read_to_string("/proc/net/fib_trie").ok()?)
}

/// The first address of its own in the kernel's table of routes that is not this machine's alone.
fn own_address(routes: &str) -> Option<IpAddr> {
    let mut lines = routes.lines().map(str::trim).peekable();
    while let Some(line) = lines.next() {
        let address = line.strip_prefix("|-- ").and_then(|it| it.parse().ok());
        let is_own = lines.peek().is_some_and(|next| *next == "/32 host LOCAL");
        match address {
            Some(ip @ IpAddr::V4(v4)) if is_own && !v4.is_loopback() => return Some(ip),
            _ => {}
        }
    }
    None
}

/// What another machine in the network opens; the code stands apart, so that an address can be passed on without it.
fn from_elsewhere(outward: Option<IpAddr>, own: SocketAddr, code: Option<&str>) -> String {
    let base = match outward {
        Some(ip) => format!("http://{}", SocketAddr::new(ip, own.port())),
        None => format!("http://ADDRESS-OF-THIS-MACHINE:{}", own.port()),
    };
    match code {
        Some(code) => format!(
            "From another machine: {base}/setup\nThe code there is {code}, for half an hour; a new one:  offdesk setup\n"
        ),
        None => format!("From another machine: {base}/\n"),
    }
}

fn stopwatch() -> Box<dyn Fn() -> Duration + Send> {
    let since = crate::clock::Stopwatch::start();
    Box::new(move || since.elapsed())
}

fn log(line: &str) {
    output::say(&format!("{line}\n"));
}

/// The address people use, as it is typed.
///
/// # Errors
/// What to write instead.
pub fn public_url(text: &str) -> Result<String, String> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    match rest {
        Some(host)
            if !host.trim_matches('/').is_empty() && !host.trim_end_matches('/').contains('/') =>
        {
            Ok(text.trim_end_matches('/').to_owned())
        }
        _ => Err("write it as https://desk.example.com, without a path".to_owned()),
    }
}

fn network(text: &str) -> Result<(IpAddr, u8), String> {
    let (address, bits) = text.split_once('/').unwrap_or((text, ""));
    let why = || "write it as 10.0.0.0/8 or 192.168.1.5".to_owned();
    let address: IpAddr = address.parse().map_err(|_| why())?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let bits = if bits.is_empty() {
        most
    } else {
        bits.parse()
            .ok()
            .filter(|bits| *bits <= most)
            .ok_or_else(why)?
    };
    Ok((address, bits))
}

fn not_listening(address: SocketAddr, error: &std::io::Error) -> CliError {
    let hint = match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            "another program listens there; choose another port:  --listen 127.0.0.1:7879"
        }
        _ => "choose another address:  --listen 127.0.0.1:7878",
    };
    CliError::new(
        exit::FAILED,
        "serve.listen",
        format!("cannot listen on {address}: {error}"),
    )
    .line(hint)
}

fn failed(error: &std::io::Error) -> CliError {
    CliError::new(exit::FAILED, "serve.failed", error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_machine_gets_an_address_it_can_use() {
        let own: SocketAddr = ([0, 0, 0, 0], 7878).into();
        let there = Some(IpAddr::from([192, 168, 1, 5]));
        assert_eq!(
            from_elsewhere(there, own, None),
            "From another machine: http://192.168.1.5:7878/\n"
        );
        let first = from_elsewhere(there, own, Some("M4TX-9QHB"));
        assert!(first.starts_with("From another machine: http://192.168.1.5:7878/setup\n"));
        assert!(first.contains("M4TX-9QHB") && first.contains("offdesk setup"));
        assert!(!first.contains("?code="));
        let routes = "Local:\n     |-- 0.0.0.0\n        /0 universe UNICAST\n           |-- 127.0.0.1\n              /32 host LOCAL\n           |-- 192.168.1.0\n              /24 link UNICAST\n           |-- 192.168.1.5\n              /32 host LOCAL\n";
        assert_eq!(own_address(routes), there);
        assert_eq!(own_address("Local:\n"), None);
    }
}
