//! Words of one worker's data never reach another worker: on no page, in no answer to a program, in no feed, mail, search or file.

use jiff::SignedDuration;
use offdesk_actions::assignments::files::{add_file_part, begin_file};
use offdesk_actions::assignments::{
    FindingKind, NewAnswer, NewAssignment, NewDeliverable, NewFinding, NewReview, Reply,
    accept_deliverable, answer_question, ask_question, cancel_assignment, deliver, give_assignment,
    reply_to_assignment, return_deliverable, set_time,
};
use offdesk_actions::handoffs::{HandoffAnswer, NewHandoff, propose_handoff};
use offdesk_actions::notices::{preview_digest, renew_feed};
use offdesk_actions::people::own::{OwnFields, answer_own_handoff, change_own_record};
use offdesk_actions::people::{NewTerms, add_terms};
use offdesk_actions::store::Uuid;
use offdesk_web::desk::routes;

use crate::site::{Person, Site};

/// A worker all of whose data has one word in it, and what a path can name of theirs.
struct Known {
    word: &'static str,
    price: &'static str,
    worker: Person,
    person: Uuid,
    handoff: Uuid,
    assignment: Uuid,
    document: Uuid,
}

fn known(
    site: &Site,
    blueprint: Uuid,
    (name, word, price): (&'static str, &'static str, &'static str),
) -> Known {
    let (worker, person) = site.worker(name);
    let inbox = site.activity("Inbox");
    let handoff = site
        .act(&site.owner, move |tx, actor, moment| {
            let terms = NewTerms {
                unit: "assignment".to_owned(),
                amount: price.to_owned(),
                currency: "USD".to_owned(),
                note: format!("{word} terms"),
                ..NewTerms::default()
            };
            add_terms(tx, actor, person, &terms, moment)?;
            let new = NewHandoff {
                note: format!("{word} handoff"),
                ..NewHandoff::new(inbox, blueprint, person)
            };
            Ok(propose_handoff(tx, actor, &new, moment)?
                .summary
                .handoff
                .row
                .id)
        })
        .unwrap();
    site.act(&worker, move |tx, actor, moment| {
        let said = format!("{word} said");
        answer_own_handoff(
            tx,
            actor,
            handoff,
            HandoffAnswer::Accept,
            &said,
            None,
            moment,
        )?;
        let fields = OwnFields {
            name: format!("{name} {word}"),
            skills: format!("{word} skills"),
            languages: format!("{word} tongue"),
            working_hours: format!("{word} hours"),
            ..OwnFields::default()
        };
        change_own_record(tx, actor, &fields, None, moment)
    })
    .unwrap();
    let (assignment, document) = done(site, &worker, handoff, word);
    // Others wait for an answer, or were taken back.
    give(site, handoff, format!("{word} open"));
    let gone = give(site, handoff, format!("{word} gone"));
    site.act(&site.owner, move |tx, actor, moment| {
        cancel_assignment(tx, actor, gone, None, moment)
    })
    .unwrap();
    Known {
        word,
        price,
        worker,
        person,
        handoff,
        assignment,
        document,
    }
}

fn give(site: &Site, handoff: Uuid, title: String) -> Uuid {
    site.act(&site.owner, move |tx, actor, moment| {
        let new = NewAssignment {
            note: format!("{title} note"),
            title,
            due: moment.now.checked_add(SignedDuration::from_hours(5)).ok(),
            ..NewAssignment::default()
        };
        Ok(give_assignment(tx, actor, handoff, &new, moment)?.row.id)
    })
    .unwrap()
}

/// An assignment that was asked about, handed in, returned, handed in again and accepted; with its file.
fn done(site: &Site, worker: &Person, handoff: Uuid, word: &'static str) -> (Uuid, Uuid) {
    let id = give(site, handoff, format!("{word} job"));
    let (question, document) = site
        .act(worker, move |tx, actor, moment| {
            reply_to_assignment(tx, actor, id, Reply::Agree, None, moment)?;
            let asked = ask_question(tx, actor, id, Some(1), &format!("{word} question?"), moment)?;
            let file = begin_file(tx, actor, id, &format!("{word}.pdf"), 3, moment)?;
            add_file_part(tx, actor, id, file.id, 0, b"abc".to_vec())?;
            Ok((asked.questions[0].id, file.id))
        })
        .unwrap();
    site.act(&site.owner, move |tx, actor, moment| {
        let answer = NewAnswer {
            text: format!("{word} answer"),
            ..NewAnswer::default()
        };
        answer_question(tx, actor, id, question, &answer, moment)
    })
    .unwrap();
    for round in 1..=2 {
        site.act(worker, move |tx, actor, moment| {
            set_time(tx, actor, id, 1_800, moment)?;
            let new = NewDeliverable {
                text: format!("{word} deliverable {round}"),
                link: format!("https://example.com/{word}"),
                ..NewDeliverable::default()
            };
            deliver(tx, actor, id, &new, moment)
        })
        .unwrap();
        site.act(&site.owner, move |tx, actor, moment| {
            let fault = NewFinding {
                kind: FindingKind::Fault,
                step: Some(1),
                criterion: None,
                text: format!("{word} finding"),
            };
            let review = NewReview {
                findings: vec![fault],
                note: format!("{word} verdict"),
                ..NewReview::default()
            };
            let accepted = NewReview {
                note: format!("{word} praise"),
                ..NewReview::default()
            };
            match round {
                1 => return_deliverable(tx, actor, id, &review, moment),
                _ => accept_deliverable(tx, actor, id, &accepted, moment),
            }
        })
        .unwrap();
    }
    (id, document)
}

/// The path of a route with ids of somebody's.
fn path(pattern: &str, whose: &Known) -> String {
    pattern
        .replace("{handoff}", &whose.handoff.to_string())
        .replace("{assignment}", &whose.assignment.to_string())
        .replace("{document}", &whose.document.to_string())
        .replace("{person}", &whose.person.to_string())
        .replace("{day}", "2026-11-23")
        .replace("{statement}", "1")
        .replace("{start}", "0")
}

#[test]
fn no_word_of_one_worker_reaches_another() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let blueprint = site.published();
    let both = [
        known(&site, blueprint, ("Ana", "quokka", "31.13")),
        known(&site, blueprint, ("Bo", "wombat", "33.37")),
    ];
    for (own, other) in [(&both[0], &both[1]), (&both[1], &both[0])] {
        let is_told = |text: &str, place: &str| {
            let small = text.to_lowercase();
            for word in [other.word, other.price] {
                assert!(!small.contains(word), "{place} tells {word}: {text}");
            }
            small.contains(own.word)
        };
        let mut told = 0;
        for route in routes() {
            if route.method.as_str() != "GET" {
                continue;
            }
            // Whatever they open, with what is theirs and with what is the other's; and whatever they look for.
            for whose in [own, other] {
                let open = path(route.path, whose);
                let asked = format!("{open}?q={}&state=accepted", &other.word[..4]);
                for open in [open, asked] {
                    let page = site.get(Some(&own.worker), &open);
                    told += usize::from(is_told(&page.body, &open));
                }
            }
        }
        // Their own is there: the words are the right ones.
        assert!(told > 20, "{told} pages tell {}", own.word);
        for open in [
            "/my/work",
            "/my/progress",
            "/my/record/file",
            "/api/v1/my/work",
        ] {
            site.get(Some(&own.worker), open).is(200).says(&[own.word]);
        }
        let own_assignment = path("/my/assignments/{assignment}", own);
        site.get(Some(&own.worker), &own_assignment).is(200).says(&[
            "deliverable 2",
            "finding",
            "answer",
            ".pdf",
        ]);
        let feed = site.act(&own.worker, renew_feed).unwrap();
        let feed = site.get(None, &format!("/feeds/{}.ics", feed.reveal()));
        assert!(is_told(&feed.is(200).body, "the feed"), "{}", feed.body);
        let mail = site.act(&own.worker, |tx, actor, moment| {
            preview_digest(tx, actor, Some(0), moment)
        });
        let mail = mail.unwrap().unwrap_or_default();
        assert!(is_told(&mail, "the mail"), "{mail}");
    }
}
