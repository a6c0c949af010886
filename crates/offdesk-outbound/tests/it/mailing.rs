//! Mails: what goes out, what is refused before it does, and what is known of a mail that did not.

use std::time::{Duration, UNIX_EPOCH};

use offdesk_outbound::{BadSettings, Letter, Mailer, NotSent};

use crate::sink::{Mood, Sink};

fn letter() -> Letter {
    Letter {
        id: "0190a".to_owned(),
        to: "noor@example.com".to_owned(),
        subject: "Grüße".to_owned(),
        text: "Hello Noor,\n.\nhttps://desk.example.com/reset?token=ABC\n\r\n.\r\nQUIT\r\n"
            .to_owned(),
    }
}

fn send(sink: &Sink, letter: &Letter) -> Result<(), NotSent> {
    let mailer = Mailer::new(&sink.url, None, "Desk <desk@example.com>").unwrap();
    mailer.send(letter, UNIX_EPOCH + Duration::from_secs(1_800_000_000))
}

#[test]
fn a_mail_goes_out_as_it_was_written() {
    let sink = Sink::new();
    send(&sink, &letter()).unwrap();
    let mails = sink.mails();
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!(mails[0].to, "noor@example.com");
    assert_eq!(mails[0].header("Message-ID"), "<0190a@example.com>");
    assert_eq!(mails[0].header("Auto-Submitted"), "auto-generated");
    assert_eq!(mails[0].header("Date"), "Fri, 15 Jan 2027 08:00:00 +0000");
    let text = mails[0].text();
    assert!(
        text.starts_with("Hello Noor,\n.\nhttps://desk.example.com/reset?token=ABC\n"),
        "{text}"
    );
    assert!(text.contains("QUIT"), "{text}");
}

#[test]
fn line_ends_in_headers_are_refused_before_anything_is_sent() {
    let sink = Sink::new();
    for bad in ["\r\nBcc: all@example.com", "\n", "\r", "\0"] {
        let to = Letter {
            to: format!("noor@example.com{bad}"),
            ..letter()
        };
        let subject = Letter {
            subject: format!("Hello{bad}"),
            ..letter()
        };
        let id = Letter {
            id: format!("x{bad}"),
            ..letter()
        };
        for letter in [to, subject, id] {
            assert!(
                matches!(send(&sink, &letter), Err(NotSent::Never(_))),
                "{letter:?}"
            );
        }
    }
    let nobody = Letter {
        to: "noor".to_owned(),
        ..letter()
    };
    assert!(matches!(send(&sink, &nobody), Err(NotSent::Never(_))));
    assert_eq!(sink.mails(), []);
    let sender = Mailer::new(&sink.url, None, "desk@example.com\r\nBcc: all@example.com");
    assert_eq!(sender.err(), Some(BadSettings::Sender));
}

#[test]
fn it_is_told_whether_a_mail_may_have_come() {
    let sink = Sink::new();
    sink.set(Mood::KnowsNobody);
    assert!(matches!(send(&sink, &letter()), Err(NotSent::Never(_))));
    sink.set(Mood::Busy);
    assert!(matches!(send(&sink, &letter()), Err(NotSent::NotNow(_))));
    assert_eq!(sink.mails(), []);
    sink.set(Mood::GoesAway);
    assert!(matches!(send(&sink, &letter()), Err(NotSent::Unsure(_))));
    assert_eq!(sink.mails().len(), 1);
    // A port on which nobody listens any more.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://127.0.0.1:{}", listener.local_addr().unwrap().port());
    drop(listener);
    let mailer = Mailer::new(&url, None, "desk@example.com").unwrap();
    let sent = mailer.send(&letter(), UNIX_EPOCH);
    assert!(matches!(sent, Err(NotSent::NotNow(_))), "{sent:?}");
}

#[test]
fn nothing_is_sent_in_clear_unless_it_was_asked_for() {
    // The sink speaks no TLS; under a name that is not this machine's own it would have to.
    let sink = Sink::new();
    let port = sink.url.rsplit(':').next().unwrap();
    let mailer = Mailer::new(
        &format!("smtp://127.0.0.2:{port}"),
        None,
        "desk@example.com",
    );
    let sent = mailer.unwrap().send(&letter(), UNIX_EPOCH);
    assert!(matches!(sent, Err(NotSent::NotNow(_))), "{sent:?}");
    assert_eq!(sink.mails(), []);
    for (url, why) in [
        ("mail.example.com", BadSettings::Server),
        ("http://mail.example.com", BadSettings::Server),
        ("smtp://", BadSettings::Server),
        ("smtp://mail.example.com/path", BadSettings::Server),
        ("smtps://mail.example.com?tls=none", BadSettings::Server),
        ("smtps://user@mail.example.com", BadSettings::Password),
    ] {
        assert_eq!(
            Mailer::new(url, None, "a@example.com").err(),
            Some(why),
            "{url}"
        );
    }
    assert!(
        Mailer::new(
            "smtps://user%40x:p%3Aw@mail.example.com",
            None,
            "a@example.com"
        )
        .is_ok()
    );
    assert!(Mailer::new("smtps://user@mail.example.com", Some("pw"), "a@example.com").is_ok());
}
