//! The versions of the blueprint that an assignment, its rounds and its questions are of.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use offdesk_domain::blueprint::Blueprint;
use offdesk_store::Scope;
use offdesk_store::assignments::AssignmentRow;
use offdesk_store::blueprints::versions::load_version;

use crate::error::Error;

/// So many versions are kept read, and none whose text is longer.
const KEPT: usize = 64;
const LONGEST_KEPT: usize = 32 * 1024;

/// Versions by their texts: a step is ticked and a deliverable judged by the same one over and over, and reading its text took half of
/// the time for which everybody else who writes has to wait.
static READ: Mutex<Option<HashMap<String, Arc<Blueprint>>>> = Mutex::new(None);

/// A text as a blueprint. What was read of the same text before is given again.
fn read(text: &str) -> Arc<Blueprint> {
    let kept = || READ.lock().unwrap_or_else(PoisonError::into_inner);
    let found = kept().as_ref().and_then(|all| all.get(text).cloned());
    if let Some(found) = found {
        return found;
    }
    let blueprint = Arc::new(Blueprint::of(text));
    if text.len() <= LONGEST_KEPT {
        let mut kept = kept();
        let all = kept.get_or_insert_default();
        if all.len() >= KEPT {
            all.clear();
        }
        all.insert(text.to_owned(), Arc::clone(&blueprint));
    }
    blueprint
}

/// The versions of numbers, but for the one that an assignment is done by now.
pub(super) fn former_of(
    scope: &mut Scope<'_, '_>,
    row: &AssignmentRow,
    numbers: impl Iterator<Item = i64>,
) -> Result<BTreeMap<i64, Arc<Blueprint>>, Error> {
    let mut former = BTreeMap::new();
    for number in numbers {
        if number == row.blueprint_number || former.contains_key(&number) {
            continue;
        }
        if let Some(version) = load_version(scope, row.blueprint_id, number)? {
            former.insert(number, read(&version.text));
        }
    }
    Ok(former)
}

/// The version of the blueprint an assignment is done by.
pub(super) fn blueprint_of(
    scope: &mut Scope<'_, '_>,
    row: &AssignmentRow,
) -> Result<Arc<Blueprint>, Error> {
    version_of(scope, row, row.blueprint_number)
}

/// A version of the blueprint of an assignment.
pub(super) fn version_of(
    scope: &mut Scope<'_, '_>,
    row: &AssignmentRow,
    number: i64,
) -> Result<Arc<Blueprint>, Error> {
    let version = load_version(scope, row.blueprint_id, number)?;
    let version = version.ok_or_else(|| Error::not_found("version"))?;
    Ok(read(&version.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_is_read_once_and_another_one_by_itself() {
        let text = "# Inbox\n\n## Steps\n\n1. Open it.\n2. Answer.\n";
        let (first, again) = (read(text), read(text));
        assert!(Arc::ptr_eq(&first, &again));
        assert_eq!(*first, Blueprint::of(text));
        let longer = format!("{text}3. Close it.\n");
        assert_eq!(read(&longer).step_texts().count(), 3);
    }

    #[test]
    fn however_many_are_read_few_are_kept() {
        for number in 0..KEPT * 3 {
            read(&format!("# Number {number}\n"));
        }
        let long = format!("# Long\n\n{}\n", "word ".repeat(LONGEST_KEPT));
        assert_eq!(*read(&long), Blueprint::of(&long));
        let kept = READ.lock().unwrap();
        let all = kept.as_ref().unwrap();
        assert!(all.len() <= KEPT);
        assert!(!all.contains_key(&long));
    }
}
