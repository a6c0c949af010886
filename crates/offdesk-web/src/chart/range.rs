//! A range as a bar between its ends with the likely value marked, on a line that starts at zero.

use maud::{Markup, html};
use rust_decimal::Decimal;

/// A range to draw.
#[derive(Debug, Clone)]
pub struct RangeBar<'t> {
    /// Start of the ids in the picture, unique on the page.
    pub id: &'t str,
    /// The finding, in one sentence with both ends.
    pub title: &'t str,
    /// Low end, likely value, high end.
    pub values: [Decimal; 3],
    /// The same as texts.
    pub labels: [&'t str; 3],
}

const WIDTH: u32 = 288;
const EDGE: u32 = 4;
/// The widest a label is taken to be.
const LABEL: u32 = 140;

/// The range as SVG; nothing if it has no extent.
#[must_use]
pub fn range_bar(range: &RangeBar<'_>) -> Markup {
    let [low, likely, high] = range.values;
    let zero = low.min(Decimal::ZERO);
    let place = |value: Decimal| {
        let share = (value - zero).checked_div(high - zero).unwrap_or_default();
        let room = Decimal::from(WIDTH - EDGE * 2);
        (Decimal::from(EDGE) + share.clamp(Decimal::ZERO, Decimal::ONE) * room)
            .round_dp(1)
            .normalize()
    };
    if high <= low {
        return html! {};
    }
    let (start, middle, end) = (place(low), place(likely), place(high));
    let title = format!("{}-title", range.id);
    html! {
        svg.range viewBox=(format!("0 0 {WIDTH} 62")) role="img" aria-labelledby=(title) {
            title id=(title) { (range.title) }
            line.axis x1=(place(zero)) y1="30" x2=(WIDTH - EDGE) y2="30" {}
            line.axis x1=(place(Decimal::ZERO)) y1="22" x2=(place(Decimal::ZERO)) y2="38" {}
            rect.bar.below x=(start) y="22" width=((end - start).normalize()) height="16" rx="3" {}
            line.likely x1=(middle) y1="17" x2=(middle) y2="43" {}
            text.start x=(anchored(start)) y="57" { (range.labels[0]) }
            text x=(centred(middle)) y="12" { "likely " (range.labels[1]) }
            text.end x=(end) y="57" { (range.labels[2]) }
        }
    }
}

/// A label starts where it cannot meet that of the other end.
fn anchored(start: Decimal) -> Decimal {
    start.min(Decimal::from(WIDTH / 2))
}

/// A label over a value near an edge stays inside.
fn centred(middle: Decimal) -> Decimal {
    let half = Decimal::from(LABEL / 2);
    middle.clamp(half, Decimal::from(WIDTH) - half)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(low: i64, likely: i64, high: i64) -> String {
        let values = [low, likely, high].map(Decimal::from);
        let bar = RangeBar {
            id: "r",
            title: "From 1 to 2",
            values,
            labels: ["low", "likely", "high"],
        };
        range_bar(&bar).into_string()
    }

    #[test]
    fn ends_lie_where_their_values_are() {
        // 280 units of room from 4 on: a quarter of 100 lies at 74, the likely half at 144.
        let svg = drawn(25, 50, 100);
        assert!(
            svg.contains(r#"<rect class="bar below" x="74" y="22" width="210""#),
            "{svg}"
        );
        assert!(svg.contains(r#"<line class="likely" x1="144""#), "{svg}");
    }

    #[test]
    fn a_negative_end_shows_zero_inside() {
        let svg = drawn(-100, 0, 100);
        assert!(
            svg.contains(r#"<rect class="bar below" x="4" y="22" width="280""#),
            "{svg}"
        );
        assert!(svg.contains(r#"<line class="axis" x1="144""#), "{svg}");
    }

    #[test]
    fn no_extent_draws_nothing() {
        assert_eq!(drawn(0, 0, 0), "");
        assert_eq!(drawn(5, 5, 5), "");
    }
}
