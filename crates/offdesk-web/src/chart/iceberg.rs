//! The iceberg: a row per activity ordered by price, centred bars as wide as its hours, the owner's rates as lines between.

mod drawing;

use std::cmp::Ordering;

use offdesk_domain::Currency;
use rust_decimal::Decimal;

pub use drawing::iceberg;

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
            Group::Unpriced | Group::Mine | Group::Rest => format!("and {} more", small.len()),
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
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn bar(name: &str, hours: &str, price: &str) -> Bar {
        let price: Option<Decimal> = price.parse().ok();
        let group = match price {
            None => Group::Unpriced,
            Some(price) if price < d("90") => Group::Below,
            Some(_) => Group::Above,
        };
        Bar {
            name: name.to_owned(),
            hours: d(hours),
            price,
            group,
            is_named: false,
        }
    }

    fn levels(ceiling: &str) -> Levels {
        Levels {
            worth: d("90"),
            target: d("180"),
            ceiling: d(ceiling),
        }
    }

    /// The rows as words, from the top.
    fn order(bars: &[Bar], levels: Levels) -> String {
        let words: Vec<String> = rows(bars, levels)
            .iter()
            .map(|row| match row {
                Row::Bar(bar) => bar.name.clone(),
                Row::Small(count, bar) => format!("+{count}:{}", bar.hours.normalize()),
                Row::Level(level, _) => format!("{level:?}"),
                Row::Head(group) => format!("[{group:?}]"),
            })
            .collect();
        words.join(" ")
    }

    #[test]
    fn the_dearest_is_on_top_and_lines_lie_between() {
        for (bars, ceiling, wanted) in [
            (
                vec![("a", "18"), ("b", "200"), ("c", "120"), ("d", "45")],
                "90",
                "b Target c Worth d a",
            ),
            (vec![("a", "18")], "90", "Target Worth a"),
            (vec![("a", "200")], "90", "a Target Worth"),
            (
                vec![("a", "90"), ("b", "89.99"), ("t", "180")],
                "90",
                "t Target a Worth b",
            ),
            (
                vec![("a", "18"), ("b", "80")],
                "60",
                "Target Worth b Ceiling a",
            ),
            (
                vec![("a", "18"), ("u", ""), ("b", "18")],
                "90",
                "Target Worth a b [Unpriced] u",
            ),
            (vec![], "90", "Target Worth"),
        ] {
            let bars: Vec<Bar> = bars
                .iter()
                .map(|(name, price)| bar(name, "2", price))
                .collect();
            assert_eq!(order(&bars, levels(ceiling)), wanted);
        }
    }

    #[test]
    fn a_target_below_the_worth_is_drawn_where_it_is() {
        let levels = Levels {
            worth: d("90"),
            target: d("45"),
            ceiling: d("90"),
        };
        assert_eq!(
            order(&[bar("a", "1", "60"), bar("b", "1", "20")], levels),
            "Worth a Target b"
        );
    }

    #[test]
    fn what_is_kept_stands_apart() {
        let mut bars = vec![
            bar("a", "2", "18"),
            bar("mine", "9", "30"),
            bar("walk", "3", ""),
        ];
        bars[1].group = Group::Mine;
        bars[2].group = Group::Rest;
        assert_eq!(
            order(&bars, levels("90")),
            "Target Worth a [Mine] mine [Rest] walk"
        );
    }

    #[test]
    fn small_ones_are_summed_up_and_no_hour_is_lost() {
        let many = |count: u32| -> Vec<Bar> {
            (1..=count)
                .map(|i| bar(&format!("n{i:02}"), &i.to_string(), "18"))
                .collect()
        };
        assert!(!order(&many(16), levels("90")).contains('+'));
        // 1 to 45 h: 1,035 h.
        assert!(order(&many(60), levels("90")).ends_with(" +45:1035"));
        let mut mixed = many(60);
        mixed[0].price = Some(d("400"));
        mixed[0].group = Group::Above;
        assert!(order(&mixed, levels("90")).starts_with("+1:1 Target Worth"));
        assert!(order(&mixed, levels("90")).ends_with(" +44:1034"));
        mixed[0].is_named = true;
        assert!(order(&mixed, levels("90")).starts_with("n01 Target Worth"));
    }

    #[test]
    fn what_lies_below_the_line_is_drawn_although_the_rest_is_larger() {
        let below = (0..20).map(|i| bar(&format!("b{i:02}"), "1", "18"));
        let above = (0..20).map(|i| bar(&format!("a{i:02}"), "9", "200"));
        let bars: Vec<Bar> = below.chain(above).collect();
        let order = order(&bars, levels("90"));
        assert_eq!(
            (order.matches('a').count() - 1, order.matches(" b").count()),
            (7, 8),
            "{order}"
        );
        assert!(
            order.contains("+13:117 Target") && order.ends_with("+12:12"),
            "{order}"
        );
    }
}
