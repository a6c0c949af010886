//! Assignments by mail: the secret of an address lets somebody give, once for each message.

use offdesk_actions::Error;
use offdesk_actions::assignments::AssignmentDetail;
use offdesk_actions::assignments::files::load_file_part;
use offdesk_actions::assignments::mailed::{
    address_of, end_mailbox, mailbox_of, renew_mailbox, take_mail,
};
use offdesk_actions::handoffs::{Move, OpenWork, move_handoff};
use offdesk_actions::store::members::update_suspension;
use offdesk_actions::store::workspaces::list_workspaces;
use offdesk_actions::store::{Scope, WorkspaceId};
use offdesk_domain::handoff::EndReason;
use offdesk_import::message::{Attached, Mail};

use crate::handed_off::{Desk, refused};
use crate::stores::{moment, on_each_store};

fn message(to: &str) -> Mail {
    Mail {
        id: "1@example.com".to_owned(),
        recipients: vec![format!("Desk <{to}>")],
        subject: "Fwd: The list of May".to_owned(),
        text: "Please look at the list.".to_owned(),
        is_automatic: false,
        attached: vec![Attached {
            name: "../list.csv".to_owned(),
            bytes: vec![7; 1_500_000],
        }],
    }
}

fn taken(desk: &Desk, mail: &Mail) -> Result<AssignmentDetail, Error> {
    let mail = mail.clone();
    desk.store
        .write(move |tx| take_mail(tx, &mail, moment(50)))
        .wait()
}

#[test]
fn a_message_to_the_address_of_a_handoff_gives_once() {
    on_each_store("mailed", |store| {
        let desk = Desk::of(store);
        let handoff = desk.handoff;
        let made = desk.owns(move |tx, actor| renew_mailbox(tx, actor, handoff, 24, moment(45)));
        let to = address_of("desk@example.com", &made.unwrap()).unwrap();
        let mail = message(&to);
        let given = taken(&desk, &mail).unwrap();
        assert_eq!(
            (given.row.title.as_str(), given.row.note.as_str()),
            ("The list of May", "Please look at the list.")
        );
        assert_eq!(given.row.due_at, moment(50 + 24 * 3_600).micros());
        assert_eq!(given.person.name, "Ana");
        let file = given.files_given().next().unwrap().clone();
        assert_eq!((file.name.as_str(), file.length), ("list.csv", 1_500_000));
        let (id, file) = (given.row.id, file.id);
        let part = desk.works(move |tx, actor| load_file_part(tx, actor, id, file, 1_048_576));
        assert_eq!(part.unwrap().unwrap().len(), 1_500_000 - 1_048_576);
        // Mail servers deliver twice.
        assert_eq!(taken(&desk, &mail).unwrap().row.id, given.row.id);
        let another = Mail {
            id: "2@example.com".to_owned(),
            text: "Due: 2001-01-01T10:00Z".to_owned(),
            ..mail.clone()
        };
        refused(taken(&desk, &another), "assignment.due");
        let by_itself = Mail {
            id: "3@example.com".to_owned(),
            is_automatic: true,
            ..mail.clone()
        };
        refused(taken(&desk, &by_itself), "mailbox.automatic");
        let many = Mail {
            id: "4@example.com".to_owned(),
            attached: vec![mail.attached[0].clone(); 51],
            ..mail.clone()
        };
        refused(taken(&desk, &many), "mailbox.files");

        // The secret is all that lets somebody give; a new one ends the old one.
        let wrong = to.replace(&to[5..8], "zzz");
        refused(taken(&desk, &message(&wrong)), "mailbox.unknown");
        desk.owns(move |tx, actor| renew_mailbox(tx, actor, handoff, 24, moment(46)))
            .unwrap();
        refused(taken(&desk, &another), "mailbox.unknown");
        refused(
            desk.works(move |tx, actor| renew_mailbox(tx, actor, handoff, 24, moment(46))),
            "forbidden",
        );
        refused(
            desk.owns(move |tx, actor| renew_mailbox(tx, actor, handoff, 0, moment(46))),
            "mailbox.hours",
        );
        desk.owns(move |tx, actor| end_mailbox(tx, actor, handoff, moment(47)))
            .unwrap();
        let gone = desk.owns(move |tx, actor| mailbox_of(tx, actor, handoff));
        assert_eq!(gone.unwrap(), None);
        desk.is_clean();
    });
}

/// The address is the workspace's: it goes on where the member who made it does not.
#[test]
fn an_address_goes_on_without_the_member_who_made_it() {
    on_each_store("mailed_suspended", |store| {
        let desk = Desk::of(store);
        let handoff = desk.handoff;
        let made = desk.owns(move |tx, actor| renew_mailbox(tx, actor, handoff, 24, moment(45)));
        let to = address_of("desk@example.com", &made.unwrap()).unwrap();
        let account = desk.owner.account;
        let gone = store.write(move |tx| {
            for one in list_workspaces(tx)? {
                let mut scope = Scope::new(tx, WorkspaceId(one));
                update_suspension(&mut scope, account, Some(moment(46).micros()))?;
            }
            Ok::<_, Error>(())
        });
        gone.wait().unwrap();
        assert_eq!(taken(&desk, &message(&to)).unwrap().person.name, "Ana");
    });
}

#[test]
fn nothing_is_given_under_a_handoff_that_has_ended() {
    on_each_store("mailed_ended", |store| {
        let desk = Desk::of(store);
        let handoff = desk.handoff;
        let made = desk.owns(move |tx, actor| renew_mailbox(tx, actor, handoff, 24, moment(45)));
        let to = address_of("desk@example.com", &made.unwrap()).unwrap();
        desk.owns(move |tx, actor| {
            let end = Move::End(EndReason::Finished, OpenWork::Unsaid);
            move_handoff(tx, actor, handoff, end, "", None, moment(46))
        })
        .unwrap();
        refused(taken(&desk, &message(&to)), "assignment.handoff");
        desk.is_clean();
    });
}
