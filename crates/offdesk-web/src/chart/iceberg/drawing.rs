//! The iceberg as SVG, in a layout for wide pages and paper and one for phones.

use maud::{Markup, html};
use offdesk_domain::Currency;
use rust_decimal::Decimal;

use super::{Bar, Group, Iceberg, Level, Row, rows};
use crate::chart::fitting::fitted;
use crate::words;

/// Measures of a layout, in units of the picture.
#[derive(Debug, Clone, Copy)]
struct Measures {
    width: u32,
    /// Left end and width of the room for bars.
    bars: (u32, u32),
    row: RowMeasures,
    /// Room for a name, in hundredths of the font size.
    names: u32,
    /// Right end of the hours.
    hours: u32,
    class: &'static str,
}

/// Height of a row and, from its top, where its text stands and its bar lies.
#[derive(Debug, Clone, Copy)]
struct RowMeasures {
    height: u32,
    baseline: u32,
    bar_top: u32,
    bar_height: u32,
}

/// Name, bar and figures side by side.
const WIDE: Measures = Measures {
    width: 800,
    bars: (256, 380),
    row: RowMeasures {
        height: 26,
        baseline: 17,
        bar_top: 2,
        bar_height: 22,
    },
    names: 1850,
    hours: 708,
    class: "wide",
};
/// For phones: name and figures above the bar.
const NARROW: Measures = Measures {
    width: 288,
    bars: (0, 288),
    row: RowMeasures {
        height: 38,
        baseline: 14,
        bar_top: 20,
        bar_height: 13,
    },
    names: 1480,
    hours: 232,
    class: "narrow",
};

const TOP: u32 = 22;
const BOTTOM: u32 = 6;
const LEVEL_HEIGHT: u32 = 32;
const HEAD_HEIGHT: u32 = 34;
/// A line lies this much above the end of its row.
const LEVEL_LIFT: u32 = 5;

/// The picture in two layouts, of which the theme shows one; the other is hidden from everybody.
#[must_use]
pub fn iceberg(picture: &Iceberg) -> Markup {
    let rows = rows(&picture.bars, picture.levels);
    html! {
        (drawing(picture, &rows, WIDE))
        (drawing(picture, &rows, NARROW))
    }
}

/// The picture in the layout for wide pages and paper.
#[must_use]
pub fn iceberg_wide(picture: &Iceberg) -> Markup {
    drawing(picture, &rows(&picture.bars, picture.levels), WIDE)
}

fn drawing(picture: &Iceberg, rows: &[Row], measures: Measures) -> Markup {
    let id = |part: &str| format!("{}-{}-{part}", picture.id, measures.class);
    let longest = rows
        .iter()
        .filter_map(|row| match row {
            Row::Bar(bar) => Some(bar.hours),
            Row::Small(..) | Row::Level(..) | Row::Head(_) => None,
        })
        .max()
        .unwrap_or_default();
    let mut placed = Vec::new();
    let mut end = TOP;
    for row in rows {
        placed.push((end, row));
        end += height(row, measures);
    }
    end += BOTTOM;
    let top_of = |is: fn(&Row) -> bool| placed.iter().find(|(_, row)| is(row)).map(|(top, _)| *top);
    let surface = top_of(|row| matches!(row, Row::Level(Level::Worth, _)));
    let surface = surface.map_or(end, |top| top + LEVEL_HEIGHT - LEVEL_LIFT);
    let seabed = top_of(|row| matches!(row, Row::Head(Group::Mine | Group::Rest))).unwrap_or(end);
    html! {
        svg class=(format!("iceberg {}", measures.class)) viewBox=(format!("0 0 {} {end}", measures.width))
            role="img" aria-labelledby=(format!("{} {}", id("title"), id("text"))) {
            title id=(id("title")) { (picture.title) }
            desc id=(id("text")) { (picture.description) }
            @if seabed > surface {
                rect.water x="0" y=(surface) width=(measures.width) height=(seabed - surface) {}
            }
            text.head x=(measures.hours) y="13" { "h/week" }
            text.head x=(measures.width) y="13" { (price_head(picture.currency)) }
            @for (top, row) in placed {
                @match row {
                    Row::Bar(bar) => { (bar_of(bar, top, longest, measures)) (figures(picture, bar, top, measures)) }
                    // Many together would dwarf every single one: they have figures, but no bar.
                    Row::Small(_, bar) => (figures(picture, bar, top, measures)),
                    Row::Level(level, price) => (line(picture.currency, *level, *price, top, measures)),
                    Row::Head(group) => text.group x="2" y=(top + 24) { (group.heading()) },
                }
            }
        }
    }
}

fn height(row: &Row, measures: Measures) -> u32 {
    match row {
        Row::Bar(_) => measures.row.height,
        // Without a bar it ends under its text, where that stands above the bars.
        Row::Small(..) => measures.row.height.min(HEAD_HEIGHT - 8),
        Row::Level(..) => LEVEL_HEIGHT,
        Row::Head(_) => HEAD_HEIGHT,
    }
}

fn bar_of(bar: &Bar, top: u32, longest: Decimal, measures: Measures) -> Markup {
    let row = measures.row;
    let (left, room) = (
        Decimal::from(measures.bars.0),
        Decimal::from(measures.bars.1),
    );
    let share = bar.hours.checked_div(longest).unwrap_or_default();
    // Nothing that is there is invisible.
    let width = (share * room).max(Decimal::TWO).round_dp(1);
    let start = (left + (room - width) / Decimal::TWO).round_dp(1);
    html! {
        rect class=(format!("bar {}", bar.group.class())) x=(start.normalize()) y=(top + row.bar_top)
            width=(width.normalize()) height=(row.bar_height) rx="3" {}
    }
}

fn figures(picture: &Iceberg, bar: &Bar, top: u32, measures: Measures) -> Markup {
    let y = top + measures.row.baseline;
    html! {
        text.name x="2" y=(y) { (fitted(&bar.name, measures.names)) }
        text.number x=(measures.hours) y=(y) { (words::hours_column(bar.hours)) }
        text.number x=(measures.width - 2) y=(y) { (words::in_column(&price(picture, bar.price), picture.currency)) }
    }
}

fn price_head(currency: Currency) -> String {
    if words::has_code_only(currency) {
        format!("{currency}/h")
    } else {
        "price/h".to_owned()
    }
}

/// Whole units, unless that would show the price of a line which it is not.
fn price(picture: &Iceberg, price: Option<Decimal>) -> String {
    let Some(price) = price else {
        return "\u{2013}".to_owned();
    };
    let levels = picture.levels;
    let shown = words::money(price, picture.currency);
    let misleads = [levels.worth, levels.target, levels.ceiling]
        .into_iter()
        .any(|level| level != price && words::money(level, picture.currency) == shown);
    if misleads {
        words::rate(price, picture.currency)
    } else {
        shown
    }
}

fn line(currency: Currency, level: Level, price: Decimal, top: u32, measures: Measures) -> Markup {
    let (class, name) = match level {
        Level::Target => ("target", "Target"),
        Level::Worth => ("worth", "Your worth"),
        Level::Ceiling => ("ceiling", "Most you would pay"),
    };
    let y = top + LEVEL_HEIGHT - LEVEL_LIFT;
    html! {
        text class=(format!("level {class}")) x="2" y=(y - 7) { (name) }
        text class=(format!("level number {class}")) x=(measures.width - 2) y=(y - 7) { (words::in_column(&words::rate(price, currency), currency)) }
        line class=(class) x1="0" y1=(y) x2=(measures.width) y2=(y) {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::Levels;
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn picture(bars: &[(&str, &str, &str)]) -> Iceberg {
        Iceberg {
            id: "ice",
            title: "Your week".to_owned(),
            description: "Bars".to_owned(),
            currency: Currency::USD,
            levels: Levels {
                worth: d("90"),
                target: d("180"),
                ceiling: d("90"),
            },
            bars: bars
                .iter()
                .map(|(name, hours, price)| Bar {
                    name: (*name).to_owned(),
                    hours: d(hours),
                    price: Some(d(price)),
                    group: Group::Below,
                    is_named: false,
                })
                .collect(),
        }
    }

    fn drawn(bars: &[(&str, &str, &str)]) -> String {
        iceberg(&picture(bars)).into_string()
    }

    #[test]
    fn bars_are_centred_and_as_wide_as_their_hours() {
        let svg = drawn(&[("a", "10", "18"), ("b", "5", "17"), ("c", "0", "16")]);
        for place in [
            r#"x="256" y="88" width="380" height="22""#,
            r#"x="351" y="114" width="190" height="22""#,
            r#"x="445" y="140" width="2" height="22""#,
        ] {
            assert!(svg.contains(place), "{place} in {svg}");
        }
    }

    #[test]
    fn a_price_never_shows_as_the_price_of_a_line_which_it_is_not() {
        for (own, text) in [
            ("89.6", "$89.60"),
            ("90", "$90"),
            ("88.4", "$88"),
            ("179.9", "$179.90"),
        ] {
            assert_eq!(price(&picture(&[]), Some(d(own))), text);
        }
    }

    #[test]
    fn hostile_names_are_text() {
        let svg = drawn(&[("<script>alert(1)</script>\u{202e}", "10", "18")]);
        assert!(svg.contains("&lt;script&gt;"), "{svg}");
        assert!(
            !svg.contains("<script") && !svg.contains('\u{202e}'),
            "{svg}"
        );
    }

    #[test]
    fn ids_are_unique() {
        let svg = drawn(&[("a", "10", "18")]);
        let mut ids: Vec<&str> = svg
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(
            ids,
            [
                "ice-narrow-text",
                "ice-narrow-title",
                "ice-wide-text",
                "ice-wide-title"
            ]
        );
    }

    #[test]
    fn a_picture_of_usual_size_stays_small() {
        let names: Vec<String> = (1..=10).map(|i| format!("Some activity {i}")).collect();
        let bars: Vec<_> = names
            .iter()
            .map(|name| (name.as_str(), "6.5", "18"))
            .collect();
        // Two layouts.
        assert!(drawn(&bars).len() < 7_500, "{}", drawn(&bars).len());
    }
}
