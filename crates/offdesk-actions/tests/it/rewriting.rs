//! Notes of who does the work go into the owner's draft, on both databases: nothing of it is lost.

use offdesk_actions::blueprints::{
    BlueprintDetail, Publishing, load_blueprint, publish_blueprint, save_draft,
};
use offdesk_actions::people::own::write_own_draft;

use crate::handed_off::Desk;
use crate::stores::{moment, on_each_store};

fn stands(desk: &Desk) -> BlueprintDetail {
    let blueprint = desk.blueprint;
    desk.owns(move |tx, actor| load_blueprint(tx, actor, blueprint))
        .unwrap()
}

/// Two lines of notes took the first for the title, and the rest of the owner's page was gone for good.
#[test]
fn notes_of_a_worker_keep_the_owners_page() {
    on_each_store("rewriting", |store| {
        let desk = Desk::drafted(store);
        let before = stands(&desk);
        let handoff = desk.handoff;
        let write = |text: &'static str, at| {
            desk.works(move |tx, actor| {
                write_own_draft(tx, actor, handoff, text, "", None, moment(at))
            })
            .unwrap();
            stands(&desk)
        };
        let after = write("Open the sheet\nSend it to Noor", 50);
        assert_eq!(after.row.title, before.row.title);
        let page = &after.blueprint;
        let steps: Vec<&str> = page.step_texts().collect();
        assert_eq!(steps, ["Open the sheet", "Send it to Noor"]);
        assert_eq!(page.trigger, before.blueprint.trigger);
        assert_eq!(page.links, before.blueprint.links);
        assert_eq!(page.minutes, before.blueprint.minutes);
        assert_eq!(after.newest.replaced, before.newest.text);
        // Their own next text is not somebody else's.
        let again = write("- Open it\n- Send it", 51);
        assert_eq!(again.newest.replaced, before.newest.text);
        // The owner puts it back: then theirs is kept.
        let (blueprint, text) = (desk.blueprint, before.newest.text.clone());
        let back = desk
            .owns(move |tx, actor| save_draft(tx, actor, blueprint, &text, "", None, moment(52)));
        let back = back.unwrap();
        assert_eq!(back.newest.replaced, again.newest.text);
        assert_eq!(back.newest.text, before.newest.text);
        // A published version is what it is.
        let published = desk.owns(move |tx, actor| {
            let knowingly = Publishing {
                is_untested: true,
                ..Publishing::default()
            };
            publish_blueprint(tx, actor, blueprint, knowingly, moment(53))
        });
        assert_eq!(published.unwrap().newest.replaced, "");
        desk.is_clean();
    });
}
