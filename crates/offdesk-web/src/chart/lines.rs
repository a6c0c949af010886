//! Two lines: what an hour of the owner's could be bought for, before and now, against its worth and the target.

use maud::{Markup, html};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

const WIDTH: f64 = 400.0;
const EDGE: f64 = 6.0;
/// Where the strip lies.
const LEVEL: f64 = 58.0;

/// A value with its name, as it is written.
#[derive(Debug, Clone)]
pub struct Value {
    /// What it is.
    pub name: &'static str,
    /// An amount for an hour.
    pub amount: Decimal,
    /// The amount for people.
    pub said: String,
}

/// The picture of the lines `worth` and `target`, and of what an hour was and is.
pub fn lines(worth: &Value, target: &Value, before: &Value, now: &Value) -> Markup {
    let all = [worth, target, before, now];
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
    html! {
        svg.lines viewBox={ "0 0 " (WIDTH) " 124" } role="img" aria-labelledby="lines-title lines-more" {
            title #lines-title { "What an hour of yours could be bought for, against its worth and the target" }
            desc #lines-more { (said.join(", ")) "." }
            line.axis x1=(EDGE) x2=(WIDTH - EDGE) y1=(LEVEL) y2=(LEVEL) {}
            @for (class, value, y) in [("worth", worth, 14.0), ("target", target, 32.0)] {
                line class=(class) x1=(x(value)) x2=(x(value)) y1=(y + 4.0) y2=(LEVEL + 10.0) {}
                text class=(anchor(x(value))) x=(x(value)) y=(y) { (value.name) " " (value.said) }
            }
            @for (class, value, y) in [("open", before, 92.0), ("above", now, 114.0)] {
                circle class={ "bar " (class) } cx=(x(value)) cy=(LEVEL) r="7" {}
                line.axis x1=(x(value)) x2=(x(value)) y1=(LEVEL + 8.0) y2=(y - 13.0) {}
                text class=(anchor(x(value))) x=(x(value)) y=(y) { (value.name) " " (value.said) }
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
            amount: Decimal::from(amount),
            said: format!("${amount}"),
        };
        let picture = lines(
            &value("worth", 75),
            &value("target", 150),
            &value("before", 30),
            &value("now", 60),
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
