//! The order of rows: prices, lines, groups apart, small ones together.

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
