//! The versions of the blueprint that an assignment, its rounds and its questions are of.

use std::collections::BTreeMap;

use offdesk_domain::blueprint::Blueprint;
use offdesk_store::Scope;
use offdesk_store::assignments::AssignmentRow;
use offdesk_store::blueprints::versions::load_version;

use crate::error::Error;

/// The versions of numbers, but for the one that an assignment is done by now.
pub(super) fn former_of(
    scope: &mut Scope<'_, '_>,
    row: &AssignmentRow,
    numbers: impl Iterator<Item = i64>,
) -> Result<BTreeMap<i64, Blueprint>, Error> {
    let mut former = BTreeMap::new();
    for number in numbers {
        if number == row.blueprint_number || former.contains_key(&number) {
            continue;
        }
        if let Some(version) = load_version(scope, row.blueprint_id, number)? {
            former.insert(number, Blueprint::of(&version.text));
        }
    }
    Ok(former)
}

/// The version of the blueprint an assignment is done by.
pub(super) fn blueprint_of(
    scope: &mut Scope<'_, '_>,
    row: &AssignmentRow,
) -> Result<Blueprint, Error> {
    version_of(scope, row, row.blueprint_number)
}

/// A version of the blueprint of an assignment.
pub(super) fn version_of(
    scope: &mut Scope<'_, '_>,
    row: &AssignmentRow,
    number: i64,
) -> Result<Blueprint, Error> {
    let version = load_version(scope, row.blueprint_id, number)?;
    let version = version.ok_or_else(|| Error::not_found("version"))?;
    Ok(Blueprint::of(&version.text))
}
