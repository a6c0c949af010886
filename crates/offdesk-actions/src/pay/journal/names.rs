//! Names of accounts: of people and activities, each of its own, in the letters a tool takes.

use std::collections::{BTreeMap, BTreeSet};

use deunicode::deunicode_with_tofu;
use offdesk_domain::pay::RecordId;

use super::{Item, Names, Tool, What};

/// The accounts of a journal.
pub(super) struct Accounts {
    people: BTreeMap<RecordId, String>,
    activities: BTreeMap<RecordId, String>,
}

impl Accounts {
    pub(super) fn of(tool: Tool, items: &[Item], names: &Names<'_>) -> Self {
        let of_people = items
            .iter()
            .filter(|item| !matches!(item.what, What::CameIn(_)));
        let people: BTreeSet<RecordId> = of_people.map(|item| item.person).collect();
        let activities: BTreeSet<RecordId> = items
            .iter()
            .filter_map(|item| match item.what {
                What::Earned(activity) => Some(activity),
                _ => None,
            })
            .collect();
        let part = |name: &str| match tool {
            Tool::Ledger => lower(name),
            Tool::Beancount => capitalised(name),
        };
        let named = |ids: BTreeSet<RecordId>, name: &dyn Fn(RecordId) -> String, is_short| {
            let named: Vec<(RecordId, String)> = ids.into_iter().map(|id| (id, name(id))).collect();
            each_its_own(&named, &part, is_short)
        };
        Self {
            people: named(people, names.person, true),
            activities: named(activities, names.activity, false),
        }
    }

    pub(super) fn person(&self, id: RecordId) -> &str {
        self.people.get(&id).map_or("unnamed", String::as_str)
    }

    pub(super) fn activity(&self, id: RecordId) -> &str {
        self.activities.get(&id).map_or("unnamed", String::as_str)
    }
}

/// Of people the first word where no other begins like it, else the whole name, and where that is there twice a number behind it.
fn each_its_own(
    named: &[(RecordId, String)],
    part: &dyn Fn(&str) -> String,
    is_short: bool,
) -> BTreeMap<RecordId, String> {
    let first = |name: &str| part(name.split_whitespace().next().unwrap_or_default());
    let mut firsts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, name) in named {
        *firsts.entry(first(name)).or_default() += 1;
    }
    let mut taken = BTreeSet::new();
    let mut parts = BTreeMap::new();
    for (id, name) in named {
        let (short, whole) = (first(name), part(name));
        let alone = is_short && firsts.get(&short) == Some(&1);
        let numbered = (2..).map(|number| format!("{whole}-{number}"));
        let mut ways = alone
            .then_some(short)
            .into_iter()
            .chain([whole.clone()])
            .chain(numbered);
        if let Some(own) = ways.find(|way| !taken.contains(way)) {
            taken.insert(own.clone());
            parts.insert(*id, own);
        }
    }
    parts
}

/// Letters and digits of any script in lower case, words joined by hyphens.
fn lower(name: &str) -> String {
    let joined = joined(&name.to_lowercase());
    if joined.is_empty() {
        return "unnamed".to_owned();
    }
    joined
}

/// ASCII letters and digits, the first one a capital or a digit, words joined by hyphens.
fn capitalised(name: &str) -> String {
    let mut joined = joined(&deunicode_with_tofu(name, " "));
    if joined.is_empty() {
        return "Unnamed".to_owned();
    }
    if let Some(first) = joined.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    joined
}

fn joined(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// A text on one line with single spaces: two would end an account or a description.
pub(super) fn one_line(text: &str) -> String {
    let is_blank = |c: char| c.is_whitespace() || c.is_control();
    let words: Vec<&str> = text
        .split(is_blank)
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_accounts() {
        for (name, small, capital) in [
            ("Noor Haddad", "noor-haddad", "Noor-Haddad"),
            ("reminders", "reminders", "Reminders"),
            (
                "Booking & reminders",
                "booking-reminders",
                "Booking-reminders",
            ),
            ("A: b; c  d", "a-b-c-d", "A-b-c-d"),
            ("Ольга", "ольга", "Ol-ga"),
            ("山田 太郎", "山田-太郎", "Shan-Tian-Tai-Lang"),
            ("2nd line", "2nd-line", "2nd-line"),
            ("***", "unnamed", "Unnamed"),
            ("", "unnamed", "Unnamed"),
        ] {
            assert_eq!(
                (lower(name).as_str(), capitalised(name).as_str()),
                (small, capital)
            );
        }
    }

    #[test]
    fn each_has_an_account_of_its_own() {
        let names = [
            "Noor Haddad",
            "Noor Haddad",
            "Noor",
            "Ana Lee",
            "Ana  Lee!",
            "Bo",
            "",
        ];
        let named: Vec<(RecordId, String)> = (1..)
            .zip(names)
            .map(|(at, name)| (RecordId([at; 16]), name.to_owned()))
            .collect();
        let parts: Vec<String> = each_its_own(&named, &lower, true).into_values().collect();
        let expected = [
            "noor-haddad",
            "noor-haddad-2",
            "noor",
            "ana-lee",
            "ana-lee-2",
            "bo",
            "unnamed",
        ];
        assert_eq!(parts, expected);
        let alone: Vec<String> = each_its_own(&named[..1], &lower, true)
            .into_values()
            .collect();
        assert_eq!(alone, ["noor"]);
    }
}
