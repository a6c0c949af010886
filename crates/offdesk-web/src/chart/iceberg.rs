//! The iceberg: a row per activity ordered by price, centred bars as wide as its hours, the owner's rates as lines between.

mod drawing;

use std::cmp::Ordering;

use offdesk_domain::Currency;
use rust_decimal::Decimal;

pub use drawing::{iceberg, iceberg_wide};

/// Bars drawn one by one; what is smaller is summed up, group by group.
const MOST_BARS: usize = 15;
/// Of these, so many are kept for what lies below the line, which the picture is about.
const KEPT_FOR_BELOW: usize = 8;

/// Where a bar belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Priced, not to be handed off for its price.
    Above,
    /// Priced, below the line.
    Below,
    /// Without a price.
    Unpriced,
    /// Only the owner can do it.
    Mine,
    /// Rest, not work.
    Rest,
}

impl Group {
    const APART: [Self; 3] = [Self::Unpriced, Self::Mine, Self::Rest];

    fn class(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::Below => "below",
            Self::Unpriced => "open",
            Self::Mine => "mine",
            Self::Rest => "rest",
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Self::Above | Self::Below => "",
            Self::Unpriced => "No price yet",
            Self::Mine => "Only you can do it",
            Self::Rest => "Rest, not counted",
        }
    }
}

/// One activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Its name, foreign text.
    pub name: String,
    /// Hours a week.
    pub hours: Decimal,
    /// Likely price of an hour.
    pub price: Option<Decimal>,
    /// Where it belongs.
    pub group: Group,
    /// The page speaks of it, so it is drawn however small it is.
    pub is_named: bool,
}

/// The owner's rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Levels {
    /// Worth of an hour.
    pub worth: Decimal,
    /// What it should become.
    pub target: Decimal,
    /// The most to pay for an hour; drawn where it differs from the worth.
    pub ceiling: Decimal,
}

/// What is drawn.
#[derive(Debug, Clone)]
pub struct Iceberg {
    /// Start of the ids in the picture, unique on the page.
    pub id: &'static str,
    /// The finding, in one sentence.
    pub title: String,
    /// What the picture shows, for those who do not see it.
    pub description: String,
    /// Currency of prices and levels.
    pub currency: Currency,
    /// The owner's rates.
    pub levels: Levels,
    /// All activities, in any order.
    pub bars: Vec<Bar>,
}

/// A line across the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// What the hour should become: dashed.
    Target,
    /// What it is worth: solid.
    Worth,
    /// The most to pay: dotted.
    Ceiling,
}

/// One row of the picture, from the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// An activity.
    Bar(Bar),
    /// The small ones of a group in one bar: how many, their hours together, their mean price by hours.
    Small(usize, Bar),
    /// A line at a price.
    Level(Level, Decimal),
    /// The head of a group that stands apart.
    Head(Group),
}

/// The rows from the top: the dearest first, each line above the first price that lies below it.
#[must_use]
pub fn rows(bars: &[Bar], levels: Levels) -> Vec<Row> {
    let (drawn, small) = chosen(bars);
    let of = |group: Group| {
        let one_by_one = drawn
            .iter()
            .filter(move |bar| bar.group == group)
            .map(|bar| Row::Bar((*bar).clone()));
        one_by_one
            .chain(together(&small, group))
            .collect::<Vec<Row>>()
    };
    let mut rows = of(Group::Above);
    rows.extend(of(Group::Below));
    rows.push(Row::Level(Level::Target, levels.target));
    rows.push(Row::Level(Level::Worth, levels.worth));
    if levels.ceiling != levels.worth {
        rows.push(Row::Level(Level::Ceiling, levels.ceiling));
    }
    rows.sort_by(dearest_first);
    for group in Group::APART {
        let mut apart = of(group);
        if !apart.is_empty() {
            apart.sort_by(dearest_first);
            rows.push(Row::Head(group));
            rows.append(&mut apart);
        }
    }
    rows
}

/// The bars drawn one by one, and those summed up: the largest first, with room kept for those below the line.
fn chosen(bars: &[Bar]) -> (Vec<&Bar>, Vec<&Bar>) {
    let mut by_size: Vec<&Bar> = bars.iter().collect();
    by_size.sort_by(|a, b| {
        b.is_named
            .cmp(&a.is_named)
            .then_with(|| b.hours.cmp(&a.hours))
            .then_with(|| a.name.cmp(&b.name))
    });
    // One alone needs no summing up.
    if by_size.len() <= MOST_BARS + 1 {
        return (by_size, Vec::new());
    }
    let is_below = |bar: &&Bar| bar.group == Group::Below;
    let below = by_size.iter().filter(|bar| is_below(bar)).count();
    let mut room_below = below.min(KEPT_FOR_BELOW);
    let mut room = MOST_BARS - room_below;
    by_size.into_iter().partition(|bar| {
        let kept = if is_below(bar) && room_below > 0 {
            &mut room_below
        } else {
            &mut room
        };
        let is_drawn = *kept > 0;
        *kept = kept.saturating_sub(1);
        is_drawn
    })
}

/// The small ones of a group as one bar, placed by their mean price.
fn together(small: &[&Bar], group: Group) -> Option<Row> {
    let small: Vec<&&Bar> = small.iter().filter(|bar| bar.group == group).collect();
    if small.is_empty() {
        return None;
    }
    let paid = small
        .iter()
        .filter_map(|bar| bar.price.map(|price| (bar.hours, price)));
    let (priced, cost) = paid.fold(
        (Decimal::ZERO, Decimal::ZERO),
        |(hours, cost), (more, price)| (hours + more, cost + more * price),
    );
    let bar = Bar {
        name: match group {
            Group::Above | Group::Below => format!("and {} more, mean price", small.len()),
            Group::Unpriced | Group::Mine | Group::Rest => format!("{} small ones", small.len()),
        },
        hours: small.iter().map(|bar| bar.hours).sum(),
        price: cost.checked_div(priced),
        group,
        is_named: false,
    };
    Some(Row::Small(small.len(), bar))
}

/// By price; at the same price a bar stands above a line, which is what "not below" means; then by hours.
fn dearest_first(a: &Row, b: &Row) -> Ordering {
    type Key<'r> = (Option<Decimal>, u8, Decimal, &'r str);
    fn key(row: &Row) -> Key<'_> {
        match row {
            Row::Bar(bar) => (bar.price, 2, bar.hours, &bar.name),
            Row::Small(_, bar) => (bar.price, 1, bar.hours, &bar.name),
            Row::Level(_, price) => (Some(*price), 0, Decimal::ZERO, ""),
            Row::Head(_) => (None, 0, Decimal::ZERO, ""),
        }
    }
    let ((price_a, kind_a, hours_a, name_a), (price_b, kind_b, hours_b, name_b)) = (key(a), key(b));
    price_b
        .cmp(&price_a)
        .then(kind_b.cmp(&kind_a))
        .then(hours_b.cmp(&hours_a))
        .then(name_a.cmp(name_b))
}

#[cfg(test)]
mod tests;
