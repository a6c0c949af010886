//! Fetching: nothing of this machine or its network is reached by an address somebody types, whatever the address looks like.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use offdesk_outbound::{Fetcher, LONGEST, NotFetched, WebAddress};

const CALENDAR: &str = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";

/// A web server on a port of its own that answers every request in the same way, and counts connections.
struct Web {
    port: u16,
    connections: Arc<AtomicUsize>,
}

impl Web {
    fn new(bind: &str, answer: impl Fn(&mut dyn Write) + Send + 'static) -> Option<Self> {
        let listener = TcpListener::bind(bind).ok()?;
        let port = listener.local_addr().unwrap().port();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                count.fetch_add(1, Ordering::SeqCst);
                let mut request = [0; 4096];
                let _ = stream.read(&mut request);
                answer(&mut stream);
            }
        });
        Some(Self { port, connections })
    }

    fn says(status: &'static str, headers: String, body: &'static str) -> Self {
        Self::new("127.0.0.1:0", move |out| {
            let length = body.len();
            let head = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n{headers}\r\n");
            let _ = out.write_all(format!("{head}{body}").as_bytes());
        })
        .unwrap()
    }

    fn count(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    fn address(&self, path: &str) -> WebAddress {
        WebAddress::parse(&format!("http://127.0.0.1:{}/{path}", self.port)).unwrap()
    }

    fn allowed(&self) -> Fetcher {
        let host = format!("127.0.0.1:{}", self.port);
        Fetcher::new(vec![host.parse().unwrap()]).patient_for(Duration::from_millis(500))
    }
}

#[test]
fn sec_16_no_form_of_an_address_reaches_this_machine() {
    let web = Web::says("200 OK", String::new(), CALENDAR);
    let (over_v6, p) = (Web::new(&format!("[::1]:{}", web.port), |_| {}), web.port);
    // The port is let through, so that the address alone decides.
    let fetcher = Fetcher::default()
        .also_on_port(p)
        .patient_for(Duration::from_millis(30));
    let forms = [
        "http://127.0.0.1:P/",
        "http://127.1:P/",
        "http://127.0.1:P/",
        "http://2130706433:P/",
        "http://0x7f000001:P/",
        "http://0x7f.0.0.1:P/",
        "http://0177.0.0.1:P/",
        "http://017700000001:P/",
        "http://127.0.0.1.:P/",
        "http://127.255.255.254:P/",
        "http://0.0.0.0:P/",
        "http://0:P/",
        "http://localhost:P/",
        "http://LOCALHOST:P/",
        "http://localhost.:P/",
        "http://ip6-localhost:P/",
        "http://[::1]:P/",
        "http://[0:0:0:0:0:0:0:1]:P/",
        "http://[::]:P/",
        "http://[::127.0.0.1]:P/",
        "http://[::ffff:127.0.0.1]:P/",
        "http://[::ffff:7f00:1]:P/",
        "http://[64:ff9b::127.0.0.1]:P/",
        "http://[64:ff9b:1::7f00:1]:P/",
        "http://[2002:7f00:1::]:P/",
        "http://[2001:0:7f00:1::]:P/",
        "http://[fe80::1]:P/",
        "http://[fc00::1]:P/",
        "http://[ff02::1]:P/",
        "http://user@127.0.0.1:P/",
        "http://user:password@127.0.0.1:P/",
        "http://1.1.1.1@127.0.0.1:P/",
        "http://1.1.1.1:80@127.0.0.1:P/",
        "http://127.0.0.1:P#@1.1.1.1/",
        "http://127.0.0.1:P?@1.1.1.1/",
        "http://127.0.0.1:P\\@1.1.1.1/",
        "http://\u{2460}\u{2461}\u{2466}.\u{24ea}.\u{24ea}.\u{2460}:P/",
        "http://127\u{3002}0\u{3002}0\u{3002}1:P/",
        "http://%31%32%37.0.0.1:P/",
        "webcal://127.0.0.1:P/",
        "https://127.0.0.1:P/",
        "http://10.0.0.1:P/",
        "http://100.64.0.1:P/",
        "http://169.254.169.254:P/latest/meta-data/",
        "http://172.16.0.1:P/",
        "http://192.168.0.1:P/",
        "http://198.18.0.1:P/",
        "http://224.0.0.1:P/",
        "http://255.255.255.255:P/",
    ];
    for form in forms {
        let text = form.replace('P', &p.to_string());
        let Some(address) = WebAddress::parse(&text) else {
            continue;
        };
        assert_eq!(fetcher.fetch(&address), Err(NotFetched::Failed), "{text}");
    }
    assert_eq!(web.count(), 0);
    assert_eq!(over_v6.map_or(0, |web| web.count()), 0);
    // The server does answer, where its owner has allowed it.
    let fetched = web.allowed().fetch(&web.address("basic.ics"));
    assert_eq!(fetched.unwrap(), CALENDAR.as_bytes());
    assert_eq!(web.count(), 1);
}

#[test]
fn sec_16_only_usual_ports_are_asked() {
    let fetcher = Fetcher::default().patient_for(Duration::from_millis(30));
    // Public addresses, of which nobody answers on these ports anyway: nothing is even tried.
    for port in [22, 25, 6379, 8080, 7878] {
        let address = WebAddress::parse(&format!("http://192.0.9.1:{port}/")).unwrap();
        assert_eq!(fetcher.fetch(&address), Err(NotFetched::Failed));
    }
    // What is allowed on one port is not on another, and another name of it is not either.
    let web = Web::says("200 OK", String::new(), CALENDAR);
    let other = Web::says("200 OK", String::new(), CALENDAR);
    assert_eq!(
        web.allowed().fetch(&other.address("")),
        Err(NotFetched::Failed)
    );
    let named = WebAddress::parse(&format!("http://localhost:{}/", web.port)).unwrap();
    assert_eq!(web.allowed().fetch(&named), Err(NotFetched::Failed));
    let with_user = WebAddress::parse(&format!("http://user@127.0.0.1:{}/", web.port)).unwrap();
    assert_eq!(web.allowed().fetch(&with_user), Err(NotFetched::Failed));
    assert_eq!((web.count(), other.count()), (0, 0));
}

#[test]
fn sec_16_nothing_is_followed_and_nothing_goes_on_for_ever() {
    let target = Web::says("200 OK", String::new(), CALENDAR);
    for status in [
        "301 Moved",
        "302 Found",
        "303 See Other",
        "307 Temporary",
        "308 Permanent",
    ] {
        let location = format!("location: http://127.0.0.1:{}/\r\n", target.port);
        let web = Web::says(status, location, "");
        assert_eq!(
            web.allowed().fetch(&web.address("")),
            Err(NotFetched::Failed),
            "{status}"
        );
        assert_eq!(web.count(), 1);
    }
    assert_eq!(target.count(), 0);
    let slow = Web::new("127.0.0.1:0", |out| {
        let _ = out.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n");
        for _ in 0..100 {
            std::thread::sleep(Duration::from_millis(50));
            if out.write_all(b"x").is_err() {
                return;
            }
        }
    })
    .unwrap();
    assert_eq!(
        slow.allowed().fetch(&slow.address("")),
        Err(NotFetched::Failed)
    );
    let long = Web::new("127.0.0.1:0", |out| {
        let _ = out.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        let part = [b'x'; 1 << 16];
        for _ in 0..=LONGEST >> 16 {
            if out.write_all(&part).is_err() {
                return;
            }
        }
    })
    .unwrap();
    let patient = long.allowed().patient_for(Duration::from_secs(20));
    assert_eq!(patient.fetch(&long.address("")), Err(NotFetched::TooLong));
}

#[test]
fn sec_16_every_failure_takes_the_same_time() {
    let refuses = Web::says("404 Not Found", String::new(), "");
    let gone = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let allowed = [refuses.port, gone].map(|port| format!("127.0.0.1:{port}").parse().unwrap());
    let fetcher = Fetcher::new(allowed.to_vec()).patient_for(Duration::from_millis(300));
    for text in [
        format!("http://127.0.0.1:{}/", refuses.port),
        format!("http://127.0.0.1:{gone}/"),
        "http://10.0.0.1/".to_owned(),
        "http://169.254.169.254/".to_owned(),
        "http://nobody.invalid/".to_owned(),
    ] {
        let address = WebAddress::parse(&text).unwrap();
        #[expect(clippy::disallowed_methods, reason = "the test is about time")]
        let since = Instant::now();
        assert_eq!(fetcher.fetch(&address), Err(NotFetched::Failed), "{text}");
        let took = since.elapsed().as_millis();
        assert!((300..600).contains(&took), "{text}: {took} ms");
    }
}
