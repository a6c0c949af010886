//! Lists, a page at a time: how long a page is, where it begins, and where the next one does.

use offdesk_actions::Error;

use super::ask::Ask;

/// So many rows are in a page for programs where nothing is said.
const USUAL: u32 = 50;
/// So many are at most.
const MOST: u32 = 200;

/// The rows of a page, of which one more was asked for than it has; and its last one, where others follow.
#[must_use]
pub fn paged<T>(rows: &[T], most: u32) -> (&[T], Option<&T>) {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    match rows.get(..most) {
        Some(page) if rows.len() > most => (page, page.last()),
        _ => (rows, None),
    }
}

/// How many rows a page has: what `most=` says, else 50.
///
/// # Errors
/// `request.most` for less than one or more than 200.
pub fn most(ask: &Ask) -> Result<u32, Error> {
    let text = ask.query.text("most");
    if text.is_empty() {
        return Ok(USUAL);
    }
    let given = text.parse().ok().filter(|most| (1..=MOST).contains(most));
    given.ok_or_else(|| {
        Error::invalid(
            "most",
            "request.most",
            "a page has between 1 and 200 entries",
        )
    })
}

/// The same where nothing is refused: the nearest number that can be.
#[must_use]
pub fn nearest(ask: &Ask) -> u32 {
    let most = ask.query.text("most").parse();
    most.unwrap_or(USUAL).clamp(1, MOST)
}

/// The place behind which a page begins, from a field of the address; none where it is empty.
///
/// # Errors
/// `page.before`, about the field.
pub fn place<T>(
    ask: &Ask,
    field: &'static str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, Error> {
    match ask.query.text(field) {
        "" => Ok(None),
        text => read(text)
            .map(Some)
            .ok_or_else(|| Error::invalid(field, "page.before", "this is no place in the list")),
    }
}

#[cfg(test)]
mod tests {
    use super::paged;

    #[test]
    fn a_page_has_a_last_row_only_where_others_follow() {
        let none: (&[i64], _) = (&[], None);
        assert_eq!(paged(&[], 2), none);
        assert_eq!(paged(&[1], 2), (&[1][..], None));
        assert_eq!(paged(&[1, 2], 2), (&[1, 2][..], None));
        assert_eq!(paged(&[1, 2, 3], 2), (&[1, 2][..], Some(&2)));
    }
}
