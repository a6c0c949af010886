//! Lists, a page at a time: how long a page is, where it begins, and where the next one does. All lists for programs take the same.

use offdesk_actions::Error;
use offdesk_actions::store::Uuid;

use super::ask::Ask;

/// So many rows are in a page for programs where nothing is said.
const USUAL: u32 = 50;
/// So many are at most.
const MOST: u32 = 200;

/// What a program asks of a list: so many rows, those that follow a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// So many rows.
    pub most: u32,
    field: &'static str,
    place: String,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The least first.
    Rising,
    /// The greatest first.
    Falling,
}

/// What a list is ordered by: as a text it is a place in it.
pub trait Key: Ord {
    /// As a text.
    fn text(&self) -> String;
    /// Of a text; none where it is no such place.
    fn of(text: &str) -> Option<Self>
    where
        Self: Sized;
}

impl Key for i64 {
    fn text(&self) -> String {
        self.to_string()
    }

    fn of(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Key for Uuid {
    fn text(&self) -> String {
        self.to_string()
    }

    fn of(text: &str) -> Option<Self> {
        Self::try_parse(text).ok()
    }
}

impl Key for (i64, Uuid) {
    fn text(&self) -> String {
        format!("{}.{}", self.0, self.1)
    }

    fn of(text: &str) -> Option<Self> {
        let (number, id) = text.split_once('.')?;
        Some((number.parse().ok()?, Uuid::try_parse(id).ok()?))
    }
}

impl Paging {
    /// What stands behind the question mark: `most=`, and the place as `after=` or, which is the same, as `before=`.
    ///
    /// # Errors
    /// `request.most` for less than one or more than 200.
    pub fn of(ask: &Ask) -> Result<Self, Error> {
        let fields = ["after", "before"];
        let said = fields
            .into_iter()
            .find(|name| !ask.query.text(name).is_empty());
        let field = said.unwrap_or("after");
        Ok(Self {
            most: most(ask)?,
            field,
            place: ask.query.text(field).to_owned(),
        })
    }

    /// Whether it is the first page.
    #[must_use]
    pub fn is_first(&self) -> bool {
        self.place.is_empty()
    }

    /// The place behind which the page begins; none at the beginning of the list.
    ///
    /// # Errors
    /// `page.before`, about the field, where it is no place in such a list.
    pub fn place<T>(&self, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Error> {
        if self.place.is_empty() {
            return Ok(None);
        }
        let place = read(&self.place);
        place.map(Some).ok_or_else(|| {
            Error::invalid(self.field, "page.before", "this is no place in the list")
                .hint("give back the next of the page before, as it was")
        })
    }

    /// The page of a list that is here whole, in its order, and the place where the next one begins.
    ///
    /// # Errors
    /// `page.before`, as for [`Paging::place`].
    pub fn page<T, K: Key>(
        &self,
        mut rows: Vec<T>,
        order: Order,
        key: impl Fn(&T) -> K,
    ) -> Result<(Vec<T>, Option<String>), Error> {
        let is_behind = |row: &T, place: &K| match order {
            Order::Rising => key(row) > *place,
            Order::Falling => key(row) < *place,
        };
        if let Some(place) = self.place(K::of)? {
            rows.retain(|row| is_behind(row, &place));
        }
        rows.sort_by(|one, other| match order {
            Order::Rising => key(one).cmp(&key(other)),
            Order::Falling => key(other).cmp(&key(one)),
        });
        let next = paged(&rows, self.most).1.map(|last| key(last).text());
        rows.truncate(usize::try_from(self.most).unwrap_or(usize::MAX));
        Ok((rows, next))
    }
}

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
fn most(ask: &Ask) -> Result<u32, Error> {
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

#[cfg(test)]
mod tests {
    use super::{Order, Paging, paged};

    #[test]
    fn a_page_has_a_last_row_only_where_others_follow() {
        let none: (&[i64], _) = (&[], None);
        assert_eq!(paged(&[], 2), none);
        assert_eq!(paged(&[1], 2), (&[1][..], None));
        assert_eq!(paged(&[1, 2], 2), (&[1, 2][..], None));
        assert_eq!(paged(&[1, 2, 3], 2), (&[1, 2][..], Some(&2)));
    }

    #[test]
    fn pages_follow_one_another_also_where_the_row_between_is_gone() {
        let at = |place: &str| Paging {
            most: 2,
            field: "after",
            place: place.to_owned(),
        };
        let page =
            |place: &str, rows: &[i64], order| at(place).page(rows.to_vec(), order, |it| *it);
        let told = |rows: &[i64], next: Option<&str>| (rows.to_vec(), next.map(str::to_owned));
        assert_eq!(
            page("", &[3, 1, 2], Order::Rising).unwrap(),
            told(&[1, 2], Some("2"))
        );
        assert_eq!(page("2", &[1, 3], Order::Rising).unwrap(), told(&[3], None));
        assert_eq!(
            page("", &[3, 1, 2], Order::Falling).unwrap(),
            told(&[3, 2], Some("2"))
        );
        assert_eq!(
            page("2", &[3, 1], Order::Falling).unwrap(),
            told(&[1], None)
        );
        let refused = page("two", &[1], Order::Rising).unwrap_err();
        assert_eq!((refused.code, refused.field), ("page.before", "after"));
    }
}
