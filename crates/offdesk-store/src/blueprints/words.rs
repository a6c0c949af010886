//! The words of blueprints, to find them by: the same index and the same answers on both databases.

use uuid::Uuid;

use crate::{Scope, StoreError, Value, copy};

/// Puts words of blueprints in the place of what was there, each with its weight. Written in the order of the words, so that two
/// who write at once wait for one another instead of getting in each other's way.
///
/// # Errors
/// [`StoreError`].
pub fn replace_words(
    scope: &mut Scope<'_, '_>,
    words: &[(Uuid, Vec<(String, i64)>)],
) -> Result<(), StoreError> {
    let mut all: Vec<(&str, Uuid, i64)> = Vec::new();
    for (blueprint, words) in words {
        let parameters = scope.with([(*blueprint).into()]);
        scope.tx.execute(
            "DELETE FROM blueprint_word WHERE workspace_id = ? AND blueprint_id = ?",
            &parameters,
        )?;
        all.extend(
            words
                .iter()
                .map(|(word, weight)| (word.as_str(), *blueprint, *weight)),
        );
    }
    all.sort_unstable();
    let mut known: Vec<&str> = all.iter().map(|(word, ..)| *word).collect();
    known.dedup();
    for word in known {
        let parameters = scope.with([word.into()]);
        scope.tx.execute(
            "INSERT INTO known_word (workspace_id, word) VALUES (?, ?) ON CONFLICT (workspace_id, word) DO NOTHING",
            &parameters,
        )?;
    }
    let workspace = scope.workspace().0;
    let rows = all.into_iter().map(|(word, blueprint, weight)| {
        vec![
            Value::Id(workspace),
            word.into(),
            blueprint.into(),
            weight.into(),
        ]
    });
    copy::insert_rows(scope.tx, "blueprint_word", rows)?;
    Ok(())
}

/// The blueprints that hold a word, with its weight there.
///
/// # Errors
/// [`StoreError`].
pub fn list_holders(scope: &mut Scope<'_, '_>, word: &str) -> Result<Vec<(Uuid, i64)>, StoreError> {
    let parameters = scope.with([word.into()]);
    scope.tx.query(
        "SELECT blueprint_id, weight FROM blueprint_word WHERE workspace_id = ? AND word = ?",
        &parameters,
        |row| Ok((row.id(0)?, row.int(1)?)),
    )
}

/// How many blueprints hold a word.
///
/// # Errors
/// [`StoreError`].
pub fn count_holders(scope: &mut Scope<'_, '_>, word: &str) -> Result<u64, StoreError> {
    let parameters = scope.with([word.into()]);
    let found = scope.tx.first(
        "SELECT COUNT(*) FROM blueprint_word WHERE workspace_id = ? AND word = ?",
        &parameters,
        |row| row.count(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// The blueprints that hold a word which begins so, with the weight it has there.
///
/// # Errors
/// [`StoreError`].
pub fn list_holders_of_beginning(
    scope: &mut Scope<'_, '_>,
    beginning: &str,
    most: u32,
) -> Result<Vec<(Uuid, i64)>, StoreError> {
    let end = format!("{beginning}\u{10ffff}");
    let parameters = scope.with([beginning.into(), end.into(), i64::from(most).into()]);
    scope.tx.query(
        "SELECT blueprint_id, weight FROM blueprint_word WHERE workspace_id = ? AND word >= ? AND word < ? ORDER BY word, blueprint_id LIMIT ?",
        &parameters,
        |row| Ok((row.id(0)?, row.int(1)?)),
    )
}

/// Hands over the words that were ever in a blueprint, from one on, to another before which it ends.
///
/// # Errors
/// [`StoreError`].
pub fn each_known_word(
    scope: &mut Scope<'_, '_>,
    from: &str,
    to: &str,
    mut take: impl FnMut(String),
) -> Result<(), StoreError> {
    let parameters = scope.with([from.into(), to.into()]);
    scope.tx.each(
        "SELECT word FROM known_word WHERE workspace_id = ? AND word >= ? AND word < ? ORDER BY word",
        &parameters,
        |row| {
            take(row.text(0)?);
            Ok(())
        },
    )
}
