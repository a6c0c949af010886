//! Whether a text names exactly one person who answers: what stands behind a comma, a bracket or a dash is usually what they are.

/// Words for more than one, or for nobody in particular.
const GROUPS: [&str; 30] = [
    "team",
    "teams",
    "everyone",
    "everybody",
    "anyone",
    "anybody",
    "someone",
    "somebody",
    "whoever",
    "all",
    "we",
    "us",
    "staff",
    "department",
    "crew",
    "group",
    "company",
    "colleagues",
    "people",
    "alle",
    "jeder",
    "wir",
    "abteilung",
    "mitarbeiter",
    "equipo",
    "todos",
    "équipe",
    "equipe",
    "tous",
    "squad",
];

/// Who leads a group is one of it.
const LEADS: [&str; 7] = [
    "lead", "leader", "manager", "head", "captain", "leiter", "leiterin",
];

/// Words for what somebody is, which are written like names.
const ROLES: [&str; 33] = [
    "manager",
    "lead",
    "head",
    "owner",
    "director",
    "assistant",
    "support",
    "office",
    "sales",
    "ops",
    "operations",
    "founder",
    "accountant",
    "accounting",
    "accounts",
    "bookkeeper",
    "bookkeeping",
    "coordinator",
    "partner",
    "admin",
    "administration",
    "secretary",
    "marketing",
    "finance",
    "reception",
    "leiter",
    "leiterin",
    "leitung",
    "verkauf",
    "einkauf",
    "büro",
    "buchhaltung",
    "geschäftsführung",
];

/// Between two people.
const BETWEEN: [&str; 6] = [" and ", " or ", " und ", " oder ", " y ", " et "];

/// Why a text names no single person, without a full stop; `None` where it does.
pub(super) fn fault(owner: &str) -> Option<&'static str> {
    let (head, behind) = parted(owner);
    let lower = format!(" {} ", head.to_lowercase());
    let is_several = head.contains([';', '&', '/', '+'])
        || BETWEEN.iter().any(|word| lower.contains(word))
        || further(behind).any(is_name);
    if is_several {
        return Some("is more than one person");
    }
    let words: Vec<&str> = lower
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let is_group = words.iter().any(|word| GROUPS.contains(word));
    let is_lead = words.iter().any(|word| LEADS.contains(word));
    (is_group && !is_lead).then_some("is a group, not a person")
}

/// What is named, and what stands behind a comma: to the first bracket or dash.
fn parted(owner: &str) -> (&str, &str) {
    let ends = ["(", "[", " - ", " \u{2013} ", " \u{2014} "].iter();
    let end = ends.filter_map(|end| owner.find(end)).min();
    let named = owner.get(..end.unwrap_or(owner.len())).unwrap_or(owner);
    named.split_once(',').unwrap_or((named, ""))
}

/// What stands behind a comma, piece by piece.
fn further(behind: &str) -> impl Iterator<Item = &str> {
    let pieces = behind.split([',', '&', ';', '/', '+']);
    pieces.flat_map(|piece| BETWEEN.iter().flat_map(|word| piece.split(word)))
}

/// Whether what stands behind a comma is another name: up to three words, each with a capital, and none for what somebody is.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_named = |word: &&str| {
        let is_role = ROLES.contains(&word.to_lowercase().as_str());
        let has_small = word.chars().any(char::is_lowercase);
        word.chars().next().is_some_and(char::is_uppercase) && has_small && !is_role
    };
    (1..=3).contains(&words.len()) && words.iter().all(is_named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_is_known_with_what_they_are() {
        for (owner, expected) in [
            ("Noor", None),
            ("Noor, head of support", None),
            ("Noor (office and sales)", None),
            ("Noor, office and sales", None),
            ("Noor, Office Manager", None),
            ("Noor, CEO", None),
            ("Noor \u{2013} sales and support", None),
            ("The team lead", None),
            ("Alexandra", None),
            ("Ana and Ben", Some("is more than one person")),
            ("Ana/Ben", Some("is more than one person")),
            ("Ana, Ben", Some("is more than one person")),
            ("Ana, Ben and Cem", Some("is more than one person")),
            ("Ana Li, Ben Miller", Some("is more than one person")),
            ("the team", Some("is a group, not a person")),
            ("Everybody", Some("is a group, not a person")),
            ("Support team (Noor)", Some("is a group, not a person")),
        ] {
            assert_eq!(fault(owner), expected, "{owner}");
        }
    }
}
