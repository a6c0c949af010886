//! What is read of a message: the secrets in its recipients, what tells it from others, its title, its due date, what the person is told.

use offdesk_domain::activity::one_line;
use offdesk_import::message::Mail;

use crate::assignments::typed::{LONGEST_NOTE, LONGEST_TITLE};
use crate::moment::{Secret, digest};

/// So many letters a secret has.
const SECRET_LENGTH: usize = 52;

/// The address as people write to it: the secret behind a plus sign in the name of a mailbox.
#[must_use]
pub fn address_of(base: &str, secret: &Secret) -> Option<String> {
    let (name, domain) = base.trim().split_once('@')?;
    let is_fit = !name.is_empty() && name.len() + SECRET_LENGTH < 64 && domain.contains('.');
    is_fit.then(|| format!("{name}+{}@{domain}", secret.reveal().to_lowercase()))
}

/// The secrets that stand behind a plus sign in a line of recipients.
pub(super) fn secrets(line: &str) -> impl Iterator<Item = Secret> + '_ {
    line.split('+').skip(1).filter_map(|rest| {
        let text = rest.split(['@', '>', ' ', ',']).next()?;
        let is_whole =
            text.len() == SECRET_LENGTH && text.bytes().all(|it| it.is_ascii_alphanumeric());
        is_whole.then(|| Secret::given(&text.to_ascii_uppercase()))
    })
}

/// What tells a message from all others: what it calls itself, else all it says.
pub(super) fn hash_of(mail: &Mail) -> [u8; 32] {
    if !mail.id.is_empty() {
        return digest(&[b"offdesk message id", mail.id.as_bytes()]);
    }
    let mut parts = vec![
        &b"offdesk message"[..],
        mail.subject.as_bytes(),
        mail.text.as_bytes(),
    ];
    parts.extend(mail.attached.iter().map(|it| &*it.bytes));
    digest(&parts)
}

/// The moment in a line such as `Due: 2026-12-01T17:00` among the first of a message.
pub(super) fn due_line(text: &str) -> Option<&str> {
    text.lines().take(10).find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim()
            .eq_ignore_ascii_case("due")
            .then(|| value.trim())
    })
}

/// The subject without what mail programs put before it.
pub(super) fn title_of(subject: &str) -> String {
    const BEFORE: [&str; 7] = ["re:", "fwd:", "fw:", "aw:", "wg:", "sv:", "tr:"];
    let mut title = one_line(subject);
    title.retain(|c| !c.is_control());
    loop {
        let lower = title.to_lowercase();
        let Some(before) = BEFORE.iter().find(|before| lower.starts_with(**before)) else {
            break;
        };
        title = title
            .get(before.len()..)
            .unwrap_or_default()
            .trim()
            .to_owned();
    }
    title.chars().take(LONGEST_TITLE).collect()
}

/// What the person is told, and all of it where that is more than a note holds.
pub(super) fn told(text: &str) -> (String, Option<&str>) {
    let clean: String = text
        .chars()
        .filter(|c| *c == '\n' || !c.is_control())
        .collect();
    if clean.chars().count() <= LONGEST_NOTE {
        return (clean, None);
    }
    const REST: &str = "\n… the rest stands in message.txt";
    let most = LONGEST_NOTE.saturating_sub(REST.chars().count());
    let start: String = clean.chars().take(most).collect();
    (start + REST, Some(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_titles_and_dates_are_found_in_what_people_write() {
        let secret = "ab".repeat(26);
        let line = format!("Desk <desk+{secret}@example.com>, x+short@example.com");
        let found: Vec<_> = secrets(&line).collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].reveal(), secret.to_uppercase());
        assert_eq!(title_of("Re: AW: Fwd:  The list\r\n"), "The list");
        assert_eq!(title_of("Report: May"), "Report: May");
        assert_eq!(
            due_line("Hi,\ndue: 2026-12-01T17:00\n"),
            Some("2026-12-01T17:00")
        );
        assert_eq!(due_line("It is due soon: please"), None);
        let long = "a".repeat(LONGEST_NOTE + 1);
        let (note, whole) = told(&long);
        assert!(
            note.ends_with("message.txt")
                && note.chars().count() == LONGEST_NOTE
                && whole.is_some()
        );
        assert_eq!(
            address_of("desk@example.com", &found[0]).unwrap(),
            format!("desk+{secret}@example.com")
        );
        assert_eq!(address_of("desk", &found[0]), None);
    }
}
