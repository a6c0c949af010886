//! Files that come part by part, on both databases.

use offdesk_actions::uploads::{add_part, begin_upload, end_upload, load_upload};

use crate::stores::{moment, on_each_store, owner, write};

/// It had answered with the version of before it, with which no further change was taken.
#[test]
fn an_upload_that_has_ended_is_told_as_it_is_then() {
    on_each_store("upload_ended", |store| {
        let owner = owner(store);
        let (ended, known) = write(store, &owner, |tx, actor| {
            let id = begin_upload(tx, actor, "a.csv", 900, moment(5))?.id;
            add_part(tx, actor, id, 0, b"Date,Start\n".to_vec())?;
            let ended = end_upload(tx, actor, id)?;
            Ok((ended, load_upload(tx, actor, id)?))
        })
        .unwrap();
        assert_eq!((ended.length, ended.state.as_str()), (11, "waiting"));
        assert_eq!(ended, known);
    });
}
