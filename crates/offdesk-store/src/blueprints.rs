//! Blueprints: how an activity is done, with their versions.

pub mod attachments;
pub mod test_runs;
pub mod versions;
pub mod words;
pub mod work;

use uuid::Uuid;

use crate::{Row, Scope, StoreError, Value};

/// A blueprint, without its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlueprintRow {
    /// Id.
    pub id: Uuid,
    /// Title of the newest version.
    pub title: String,
    /// Who answers for it, as the newest version says.
    pub owner: String,
    /// The activity it is of, where it is of one.
    pub activity_id: Option<Uuid>,
    /// Number of the newest version.
    pub latest: i64,
    /// Number of the newest version that is published; 0 where none is.
    pub published: i64,
    /// The missing parts of the newest version, as codes with a blank between them.
    pub missing: String,
    /// The day by which somebody looks whether it still holds.
    pub review_day: Option<i64>,
    /// The import that brought it.
    pub import_id: Option<Uuid>,
    /// When it was made.
    pub created_at: i64,
    /// When its newest version was changed.
    pub changed_at: i64,
    /// Version, for changes.
    pub version: i64,
}

impl BlueprintRow {
    /// Whether the newest version is a draft.
    #[must_use]
    pub fn has_draft(&self) -> bool {
        self.latest > self.published
    }
}

fn read(row: &Row<'_>) -> Result<BlueprintRow, StoreError> {
    Ok(BlueprintRow {
        id: row.id(0)?,
        title: row.text(1)?,
        owner: row.text(2)?,
        activity_id: row.opt_id(3)?,
        latest: row.int(4)?,
        published: row.int(5)?,
        missing: row.text(6)?,
        review_day: row.opt_int(7)?,
        import_id: row.opt_id(8)?,
        created_at: row.int(9)?,
        changed_at: row.int(10)?,
        version: row.int(11)?,
    })
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT id, title, owner, activity_id, latest, published, missing, review_day, import_id, created_at, ",
            "changed_at, version FROM blueprint WHERE workspace_id = ? ",
            $which
        )
    };
}

/// A page of blueprints before a moment and an id, the one changed last first.
///
/// # Errors
/// [`StoreError`].
pub fn list_blueprints(
    scope: &mut Scope<'_, '_>,
    before: (i64, Uuid),
    most: u32,
) -> Result<Vec<BlueprintRow>, StoreError> {
    let parameters = scope.with([before.0.into(), before.1.into(), i64::from(most).into()]);
    scope.tx.query(
        select!("AND (changed_at, id) < (?, ?) ORDER BY changed_at DESC, id DESC LIMIT ?"),
        &parameters,
        read,
    )
}

/// How many blueprints there are.
///
/// # Errors
/// [`StoreError`].
pub fn count_blueprints(scope: &mut Scope<'_, '_>) -> Result<u64, StoreError> {
    let parameters = scope.with([]);
    let found = scope.tx.first(
        "SELECT COUNT(*) FROM blueprint WHERE workspace_id = ?",
        &parameters,
        |row| row.count(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// Blueprints whose day of review is a given one or an earlier one, the earliest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_due(
    scope: &mut Scope<'_, '_>,
    day: i64,
    most: u32,
) -> Result<Vec<BlueprintRow>, StoreError> {
    let parameters = scope.with([day.into(), i64::from(most).into()]);
    scope.tx.query(
        select!("AND review_day <= ? ORDER BY review_day, id LIMIT ?"),
        &parameters,
        read,
    )
}

/// The blueprints of an activity, the oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_of_activity(
    scope: &mut Scope<'_, '_>,
    activity: Uuid,
) -> Result<Vec<BlueprintRow>, StoreError> {
    let parameters = scope.with([activity.into()]);
    scope.tx.query(
        select!("AND activity_id = ? ORDER BY id"),
        &parameters,
        read,
    )
}

/// Of every activity that has a blueprint whether a version of one is published.
///
/// # Errors
/// [`StoreError`].
pub fn list_written(scope: &mut Scope<'_, '_>) -> Result<Vec<(Uuid, bool)>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT activity_id, MAX(published) FROM blueprint WHERE workspace_id = ? AND activity_id IS NOT NULL GROUP BY activity_id",
        &parameters,
        |row| Ok((row.id(0)?, row.int(1)? > 0)),
    )
}

/// Blueprints of a title, whether its letters are small or not; at most three, the oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn list_titled(
    scope: &mut Scope<'_, '_>,
    title: &str,
) -> Result<Vec<BlueprintRow>, StoreError> {
    let parameters = scope.with([title.into()]);
    scope.tx.query(
        select!("AND LOWER(title) = LOWER(?) ORDER BY id LIMIT 3"),
        &parameters,
        read,
    )
}

/// The blueprints an import brought.
///
/// # Errors
/// [`StoreError`].
pub fn list_of_import(
    scope: &mut Scope<'_, '_>,
    import: Uuid,
) -> Result<Vec<BlueprintRow>, StoreError> {
    let parameters = scope.with([import.into()]);
    scope
        .tx
        .query(select!("AND import_id = ? ORDER BY id"), &parameters, read)
}

/// A blueprint by its id.
///
/// # Errors
/// [`StoreError`].
pub fn load_blueprint(
    scope: &mut Scope<'_, '_>,
    id: Uuid,
) -> Result<Option<BlueprintRow>, StoreError> {
    let parameters = scope.with([id.into()]);
    scope.tx.first(select!("AND id = ?"), &parameters, read)
}

/// So many blueprints are loaded at once by their ids.
pub const AT_ONCE: usize = 20;

/// Blueprints by their ids, in no order; those that are not there are left out.
///
/// # Errors
/// [`StoreError`].
pub fn load_blueprints(
    scope: &mut Scope<'_, '_>,
    ids: &[Uuid],
) -> Result<Vec<BlueprintRow>, StoreError> {
    let mut all = Vec::with_capacity(ids.len());
    for some in ids.chunks(AT_ONCE) {
        let mut parameters = scope.with([]);
        let asked = (0..AT_ONCE).map(|at| some.get(at).copied().unwrap_or(Uuid::nil()));
        parameters.extend(asked.map(Value::Id));
        all.extend(scope.tx.query(
            select!("AND id IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
            &parameters,
            read,
        )?);
    }
    Ok(all)
}

/// Adds a blueprint.
///
/// # Errors
/// [`StoreError::Missing`] where its activity is not there.
pub fn insert_blueprint(
    scope: &mut Scope<'_, '_>,
    blueprint: &BlueprintRow,
) -> Result<(), StoreError> {
    let parameters = scope.with([
        blueprint.id.into(),
        blueprint.title.as_str().into(),
        blueprint.owner.as_str().into(),
        blueprint.activity_id.into(),
        blueprint.latest.into(),
        blueprint.published.into(),
        blueprint.missing.as_str().into(),
        blueprint.review_day.into(),
        blueprint.import_id.into(),
        blueprint.created_at.into(),
        blueprint.changed_at.into(),
        blueprint.version.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO blueprint (workspace_id, id, title, owner, activity_id, latest, published, missing, review_day, import_id, created_at, changed_at, version) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Changes a blueprint that nobody has changed since it was read.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has.
pub fn update_blueprint(
    scope: &mut Scope<'_, '_>,
    blueprint: &BlueprintRow,
) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    let parameters: [Value; 11] = [
        blueprint.title.as_str().into(),
        blueprint.owner.as_str().into(),
        blueprint.activity_id.into(),
        blueprint.latest.into(),
        blueprint.published.into(),
        blueprint.missing.as_str().into(),
        blueprint.review_day.into(),
        blueprint.changed_at.into(),
        workspace.into(),
        blueprint.id.into(),
        blueprint.version.into(),
    ];
    scope.tx.execute_one(
        "UPDATE blueprint SET title = ?, owner = ?, activity_id = ?, latest = ?, published = ?, missing = ?, review_day = ?, changed_at = ?, version = version + 1 \
         WHERE workspace_id = ? AND id = ? AND version = ?",
        &parameters,
    )
}

/// Removes a blueprint with its versions, test runs and words.
///
/// # Errors
/// [`StoreError::Missing`] where something else refers to it.
pub fn remove_blueprint(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<(), StoreError> {
    let parameters = scope.with([id.into()]);
    for sql in [
        "DELETE FROM attachment_part WHERE workspace_id = ? AND attachment_id IN (SELECT id FROM attachment WHERE workspace_id = attachment_part.workspace_id AND blueprint_id = ?)",
        "DELETE FROM attachment WHERE workspace_id = ? AND blueprint_id = ?",
        "DELETE FROM blueprint_word WHERE workspace_id = ? AND blueprint_id = ?",
        "DELETE FROM test_run WHERE workspace_id = ? AND blueprint_id = ?",
        "DELETE FROM blueprint_version WHERE workspace_id = ? AND blueprint_id = ?",
        "DELETE FROM blueprint WHERE workspace_id = ? AND id = ?",
    ] {
        scope.tx.execute(sql, &parameters)?;
    }
    Ok(())
}
