//! What the hours became: a bar before and one now, each in parts by the price of an hour.

use maud::{Markup, html};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::words;

const WIDTH: f64 = 400.0;
const BAR: f64 = 34.0;
const ROW: f64 = 88.0;

/// A part of a bar.
#[derive(Debug, Clone)]
pub struct Part {
    /// What it is, in a word or two.
    pub name: &'static str,
    /// Its class, which only doubles what the name says.
    pub class: &'static str,
    /// Hours a week.
    pub hours: Decimal,
}

/// A bar with its name.
#[derive(Debug, Clone)]
pub struct Stack {
    /// When it was.
    pub name: String,
    /// Its parts, from the left.
    pub parts: Vec<Part>,
}

impl Stack {
    fn total(&self) -> Decimal {
        self.parts.iter().map(|part| part.hours).sum()
    }

    fn says(&self) -> String {
        let parts: Vec<String> = self
            .parts
            .iter()
            .filter(|part| part.hours > Decimal::ZERO)
            .map(|part| format!("{} {}", words::hours_long(part.hours), part.name))
            .collect();
        format!("{}: {} a week", self.name, parts.join(", "))
    }
}

/// The picture.
pub fn bands(stacks: &[Stack], title: &str) -> Markup {
    let most = stacks.iter().map(Stack::total).max().unwrap_or_default();
    let most = most.max(Decimal::new(1, 1));
    let said: Vec<String> = stacks.iter().map(Stack::says).collect();
    let width = |hours: Decimal| {
        let share = (hours / most).to_f64().unwrap_or(0.0);
        (share * (WIDTH - 2.0) * 10.0).round() / 10.0
    };
    let count = u32::try_from(stacks.len()).unwrap_or(0);
    html! {
        svg.bands viewBox={ "0 0 " (WIDTH) " " (f64::from(count) * ROW) } role="img" aria-labelledby="bands-title bands-more" {
            title #bands-title { (title) }
            desc #bands-more { (said.join(". ")) "." }
            @for (at, stack) in (0_u32..).zip(stacks) {
                @let top = f64::from(at) * ROW;
                text.start x="1" y=(top + 16.0) { (stack.name) ": " (words::hours_long(stack.total())) " a week" }
                @for (x, part) in placed(stack, &width) {
                    @if part.hours > Decimal::ZERO {
                        rect class={ "bar " (part.class) } x=(x) y=(top + 24.0) width=((width(part.hours) - 1.0).max(0.5)) height=(BAR) {}
                        @if width(part.hours) > 74.0 { text.start.small x=(x + 2.0) y=(top + 24.0 + BAR + 15.0) { (part.name) } }
                    }
                }
            }
        }
    }
}

/// Where each part begins.
fn placed<'s>(stack: &'s Stack, width: &impl Fn(Decimal) -> f64) -> Vec<(f64, &'s Part)> {
    let mut x = 1.0;
    let mut all = Vec::new();
    for part in &stack.parts {
        all.push(((x * 10.0_f64).round() / 10.0, part));
        x += width(part.hours);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_as_wide_as_their_hours_and_are_told() {
        let part = |name, hours: i64| Part {
            name,
            class: "above",
            hours: Decimal::from(hours),
        };
        let stacks = [
            Stack {
                name: "Before".to_owned(),
                parts: vec![part("below your worth", 30), part("at your worth", 10)],
            },
            Stack {
                name: "Now".to_owned(),
                parts: vec![part("below your worth", 10), part("at your worth", 20)],
            },
        ];
        let picture = bands(&stacks, "From 30 to 10 hours").into_string();
        assert!(
            picture.contains("Before: 30 hours below your worth, 10 hours at your worth a week")
        );
        let widths: Vec<f64> = picture
            .split("width=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
            .collect();
        assert_eq!(widths, [297.5, 98.5, 98.5, 198.0]);
    }
}
