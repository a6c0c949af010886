//! Activities: the kinds of work of a workspace, with their prices and what the owner said of them.

use uuid::Uuid;

use crate::{Row, Scope, StoreError, Value};

/// The price of an hour, as kept with an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceRow {
    /// Low end.
    pub low: String,
    /// Likely.
    pub likely: String,
    /// High end.
    pub high: String,
    /// Currency.
    pub currency: String,
    /// Place.
    pub place: String,
    /// Occupation code, where there is one.
    pub occupation: Option<String>,
    /// In hundredths.
    pub confidence: i64,
    /// Where it comes from.
    pub source: String,
    /// The owner said it.
    pub is_own: bool,
}

/// An activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityRow {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// The name to compare by.
    pub name_key: String,
    /// `mine` or `rest` where it stays with the owner whatever its price.
    pub stays: Option<String>,
    /// Price, where there is one.
    pub price: Option<PriceRow>,
    /// It gathers what fits nowhere else.
    pub is_rest_of_list: bool,
    /// The owner's judgement: `not_now` or `never`.
    pub judgement: Option<String>,
    /// Why.
    pub judgement_reason: String,
    /// When a "not now" comes back, as a day.
    pub back_day: Option<i64>,
    /// What it would have brought when it was judged: amount and currency.
    pub judged_gain: Option<(String, String)>,
    /// When it was made.
    pub created_at: i64,
    /// Version, for changes.
    pub version: i64,
}

fn read(row: &Row<'_>) -> Result<ActivityRow, StoreError> {
    let price = match row.opt_text(4)? {
        None => None,
        Some(low) => Some(PriceRow {
            low,
            likely: row.text(5)?,
            high: row.text(6)?,
            currency: row.text(7)?,
            place: row.text(8)?,
            occupation: row.opt_text(9)?,
            confidence: row.int(10)?,
            source: row.text(11)?,
            is_own: row.bool(12)?,
        }),
    };
    Ok(ActivityRow {
        id: row.id(0)?,
        name: row.text(1)?,
        name_key: row.text(2)?,
        stays: row.opt_text(3)?,
        price,
        is_rest_of_list: row.bool(13)?,
        judgement: row.opt_text(14)?,
        judgement_reason: row.opt_text(15)?.unwrap_or_default(),
        back_day: row.opt_int(16)?,
        created_at: row.int(17)?,
        version: row.int(18)?,
        judged_gain: row.opt_text(19)?.zip(row.opt_text(20)?),
    })
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT id, name, name_key, stays, price_low, price_likely, price_high, price_currency, price_place, ",
            "price_occupation, price_confidence, price_source, is_own_price, is_rest_of_list, judgement, ",
            "judgement_reason, back_day, created_at, version, judged_gain, judged_currency FROM activity WHERE workspace_id = ? ",
            $which
        )
    };
}

/// All activities, by name.
///
/// # Errors
/// [`StoreError`].
pub fn list_activities(scope: &mut Scope<'_, '_>) -> Result<Vec<ActivityRow>, StoreError> {
    let parameters = scope.with([]);
    scope
        .tx
        .query(select!("ORDER BY name_key, id"), &parameters, read)
}

/// An activity by its id.
///
/// # Errors
/// [`StoreError`].
pub fn load_activity(
    scope: &mut Scope<'_, '_>,
    id: Uuid,
) -> Result<Option<ActivityRow>, StoreError> {
    let parameters = scope.with([id.into()]);
    scope.tx.first(select!("AND id = ?"), &parameters, read)
}

fn values(activity: &ActivityRow) -> [Value; 17] {
    let price = activity.price.as_ref();
    let text = |of: fn(&PriceRow) -> &str| -> Value { price.map(of).into() };
    let gain = activity.judged_gain.as_ref();
    [
        activity.name.as_str().into(),
        activity.name_key.as_str().into(),
        activity.stays.as_deref().into(),
        text(|price| &price.low),
        text(|price| &price.likely),
        text(|price| &price.high),
        text(|price| &price.currency),
        text(|price| &price.place),
        price.and_then(|price| price.occupation.as_deref()).into(),
        price.map(|price| price.confidence).into(),
        text(|price| &price.source),
        price.is_some_and(|price| price.is_own).into(),
        activity.judgement.as_deref().into(),
        activity.judgement_reason.as_str().into(),
        activity.back_day.into(),
        gain.map(|(amount, _)| amount.as_str()).into(),
        gain.map(|(_, currency)| currency.as_str()).into(),
    ]
}

/// Adds an activity.
///
/// # Errors
/// [`StoreError::Conflict`] where the name is taken.
pub fn insert_activity(
    scope: &mut Scope<'_, '_>,
    activity: &ActivityRow,
) -> Result<(), StoreError> {
    let mut parameters = scope.with([activity.id.into()]);
    parameters.extend(values(activity));
    parameters.extend([
        Value::Bool(activity.is_rest_of_list),
        activity.created_at.into(),
        activity.version.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO activity (workspace_id, id, name, name_key, stays, price_low, price_likely, price_high, price_currency, price_place, price_occupation, price_confidence, price_source, is_own_price, judgement, judgement_reason, back_day, judged_gain, judged_currency, is_rest_of_list, created_at, version) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Changes an activity that nobody has changed since it was read.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has, or the name is taken.
pub fn update_activity(
    scope: &mut Scope<'_, '_>,
    activity: &ActivityRow,
) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    let mut parameters: Vec<Value> = values(activity).into();
    parameters.extend([
        Value::Id(workspace),
        activity.id.into(),
        activity.version.into(),
    ]);
    scope.tx.execute_one(
        "UPDATE activity SET name = ?, name_key = ?, stays = ?, price_low = ?, price_likely = ?, price_high = ?, price_currency = ?, price_place = ?, price_occupation = ?, price_confidence = ?, price_source = ?, is_own_price = ?, judgement = ?, judgement_reason = ?, back_day = ?, judged_gain = ?, judged_currency = ?, version = version + 1 \
         WHERE workspace_id = ? AND id = ? AND version = ?",
        &parameters,
    )
}

/// Removes an activity that nothing refers to any more.
///
/// # Errors
/// [`StoreError::Missing`] where something does.
pub fn remove_activity(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<(), StoreError> {
    let parameters = scope.with([id.into()]);
    scope.tx.execute(
        "DELETE FROM activity WHERE workspace_id = ? AND id = ?",
        &parameters,
    )?;
    Ok(())
}

/// Which key of the grouping leads to which activity.
///
/// # Errors
/// [`StoreError`].
pub fn list_keys(scope: &mut Scope<'_, '_>) -> Result<Vec<(String, Uuid)>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT name, activity_id FROM activity_key WHERE workspace_id = ?",
        &parameters,
        |row| Ok((row.text(0)?, row.id(1)?)),
    )
}

/// The activity a key leads to.
///
/// # Errors
/// [`StoreError`].
pub fn find_key(scope: &mut Scope<'_, '_>, key: &str) -> Result<Option<Uuid>, StoreError> {
    let parameters = scope.with([key.into()]);
    scope.tx.first(
        "SELECT activity_id FROM activity_key WHERE workspace_id = ? AND name = ?",
        &parameters,
        |row| row.id(0),
    )
}

/// Lets a key lead to an activity.
///
/// # Errors
/// [`StoreError`].
pub fn save_key(scope: &mut Scope<'_, '_>, key: &str, activity: Uuid) -> Result<(), StoreError> {
    let parameters = scope.with([key.into(), activity.into()]);
    scope.tx.execute(
        "INSERT INTO activity_key (workspace_id, name, activity_id) VALUES (?, ?, ?) \
         ON CONFLICT (workspace_id, name) DO UPDATE SET activity_id = excluded.activity_id",
        &parameters,
    )?;
    Ok(())
}

/// Lets all keys, wordings, blueprints and handoffs of an activity lead to another one.
///
/// # Errors
/// [`StoreError`].
pub fn move_all(scope: &mut Scope<'_, '_>, from: Uuid, to: Uuid) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    let parameters: [Value; 3] = [to.into(), workspace.into(), from.into()];
    for sql in [
        "UPDATE activity_key SET activity_id = ? WHERE workspace_id = ? AND activity_id = ?",
        "UPDATE wording SET activity_id = ? WHERE workspace_id = ? AND activity_id = ?",
        "UPDATE wording_time SET activity_id = ? WHERE workspace_id = ? AND activity_id = ?",
        "UPDATE blueprint SET activity_id = ? WHERE workspace_id = ? AND activity_id = ?",
        "UPDATE handoff SET activity_id = ? WHERE workspace_id = ? AND activity_id = ?",
    ] {
        scope.tx.execute(sql, &parameters)?;
    }
    Ok(())
}
