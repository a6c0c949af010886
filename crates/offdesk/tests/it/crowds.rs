//! Many at once: they take no memory from the machine, and nobody holds up the end.
#![cfg(target_os = "linux")]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use crate::desk::desk;
use crate::server::{Served, ask};

#[test]
fn many_wrong_passwords_at_once_are_looked_at_in_turn() {
    let folder = desk();
    let served = Served::start(&folder, &[]);
    let port = served.port;
    let one = move |at: usize| {
        let given = format!("email=noor{at}%40example.com&password=never+that+one");
        let form = "Content-Type: application/x-www-form-urlencoded";
        let here = "Sec-Fetch-Site: same-origin";
        ask(
            port,
            "POST",
            "/sign-in",
            &[here, form, "X-Offdesk: 1"],
            &given,
        )
        .unwrap()
        .status
    };
    one(0);
    let before = served.most_memory();
    let all: Vec<_> = (1..=30)
        .map(|at| std::thread::spawn(move || one(at)))
        .collect();
    for one in all {
        assert!(one.join().unwrap() >= 400);
    }
    // Each would take 19 MiB of its own: 570 MiB together. The allocator keeps some of what was given back.
    let more = served.most_memory() - before;
    assert!(more < 128 * 1024, "{more} KiB more");
}

#[test]
fn who_never_says_what_they_want_holds_nobody_up() {
    let folder = desk();
    let mut served = Served::start(&folder, &[]);
    let silent: Vec<TcpStream> = (0..20)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", served.port)).unwrap();
            stream
                .write_all(b"GET /health HTTP/1.1\r\nHost: loc")
                .unwrap();
            stream
        })
        .collect();
    ask(served.port, "GET", "/health", &[], "").unwrap().is(200);
    assert_eq!(served.stop(), Some(0));
    for mut stream in silent {
        stream
            .set_read_timeout(Some(Duration::from_secs(5)))
            .unwrap();
        let mut said = Vec::new();
        // Closed, or cut off: either is an end.
        if stream.read_to_end(&mut said).is_ok() {
            assert_eq!(said, b"");
        }
    }
}
