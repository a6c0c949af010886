//! Two lines: what an hour of the owner's could be bought for, before, now and without some work, against its worth and the target.

use maud::{Markup, html};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

const WIDTH: f64 = 400.0;
const EDGE: f64 = 6.0;
/// Where the strip lies.
const LEVEL: f64 = 58.0;
/// Where the first label below it stands, and how far the next ones are from it.
const FIRST: f64 = 92.0;
const ROW: f64 = 22.0;

/// A value with its name, as it is written.
#[derive(Debug, Clone)]
pub struct Value {
    /// What it is.
    pub name: &'static str,
    /// An amount for an hour.
    pub amount: Decimal,
    /// The amount for people.
    pub said: String,
    /// Its class, which only doubles what the name says.
    pub class: &'static str,
}

/// The picture of the lines `worth` and `target`, and of what an hour was, is and could be.
pub fn lines(worth: &Value, target: &Value, points: &[Value]) -> Markup {
    let all: Vec<&Value> = [worth, target].into_iter().chain(points).collect();
    let most = all.iter().map(|value| value.amount).max();
    let most = most.unwrap_or_default().max(Decimal::ONE) * Decimal::new(112, 2);
    let x = |value: &Value| {
        let share = (value.amount / most).to_f64().unwrap_or(0.0);
        ((EDGE + share * (WIDTH - 2.0 * EDGE)) * 10.0).round() / 10.0
    };
    let said: Vec<String> = all
        .iter()
        .map(|value| format!("{}: {}", value.name, value.said))
        .collect();
    // A label leans to the side where there is room.
    let anchor = |at: f64| if at > WIDTH / 2.0 { "end" } else { "start" };
    let count = u32::try_from(points.len()).unwrap_or(0);
    let y = |at: u32| FIRST + f64::from(at) * ROW;
    html! {
        svg.lines viewBox={ "0 0 " (WIDTH) " " (y(count) - ROW + 10.0) } role="img" aria-labelledby="lines-title lines-more" {
            title #lines-title { "What an hour of yours could be bought for, against its worth and the target" }
            desc #lines-more { (said.join(", ")) "." }
            line.axis x1=(EDGE) x2=(WIDTH - EDGE) y1=(LEVEL) y2=(LEVEL) {}
            @for (value, y) in [(worth, 14.0), (target, 32.0)] {
                line class=(value.class) x1=(x(value)) x2=(x(value)) y1=(y + 4.0) y2=(LEVEL + 10.0) {}
                text class=(anchor(x(value))) x=(x(value)) y=(y) { (value.name) " " (value.said) }
            }
            @for (at, value) in (0_u32..).zip(points) {
                circle class={ "bar " (value.class) } cx=(x(value)) cy=(LEVEL) r="7" {}
                line.axis x1=(x(value)) x2=(x(value)) y1=(LEVEL + 8.0) y2=(y(at) - 13.0) {}
            }
            @for (at, value) in (0_u32..).zip(points) {
                text class=(anchor(x(value))) x=(x(value)) y=(y(at)) { (value.name) " " (value.said) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_lie_in_their_order_inside_the_picture() {
        let value = |name, amount: i64| Value {
            name,
            class: "open",
            amount: Decimal::from(amount),
            said: format!("${amount}"),
        };
        let picture = lines(
            &value("worth", 75),
            &value("target", 150),
            &[value("before", 30), value("now", 60)],
        )
        .into_string();
        let of = |text: &str| -> Vec<f64> {
            let rest = picture.split(text).skip(1);
            rest.map(|rest| rest.split('"').next().unwrap().parse().unwrap())
                .collect()
        };
        let (circles, texts) = (of("cx=\""), of("<text class=\"end\" x=\""));
        assert!(
            circles[0] < circles[1] && circles[1] < WIDTH / 2.0,
            "{circles:?}"
        );
        assert!(
            texts.iter().all(|x| *x > WIDTH / 2.0 - 60.0 && *x < WIDTH),
            "{texts:?}"
        );
        assert!(picture.contains("worth: $75, target: $150, before: $30, now: $60."));
    }
}
