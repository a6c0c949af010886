//! The break-even curve: the sum since the beginning, week by week, with the band of what is in doubt.

use maud::{Markup, html};
use offdesk_actions::decide::{Answer, Question};

use super::figures::amount;

const WIDTH: f64 = 380.0;
const HEIGHT: f64 = 240.0;
/// How wide a letter of an amount is at most, and what stands beside it.
const LETTER: f64 = 8.0;
const BESIDE: f64 = 10.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 30.0;
/// How tall a letter is, and how far words stand from lines.
const TALL: f64 = 12.0;
const APART: f64 = 6.0;
/// So many weeks stand in the table of numbers.
const ROWS: usize = 13;

/// The finding in one sentence.
pub fn finding(answer: &Answer) -> String {
    answer.square_in_words()
}

/// What is drawn: sums by week from week 0 on, their band where there is one, and the week that is square.
pub(crate) struct Course<'c> {
    /// What its ids begin with: one of its own for each picture of a page.
    pub id: &'c str,
    /// The finding in one sentence.
    pub title: &'c str,
    /// What else is to be said of it.
    pub more: &'c str,
    /// Sums by week.
    pub sums: &'c [f64],
    /// From where to where they may be.
    pub band: &'c [(f64, f64)],
    /// The first week that is square.
    pub square: Option<usize>,
    /// How an amount is written.
    pub amount: &'c dyn Fn(f64) -> String,
}

/// Where points lie in the picture.
struct Scale {
    left: f64,
    weeks: f64,
    low: f64,
    high: f64,
}

impl Scale {
    fn of(course: &Course<'_>) -> Self {
        let ends = course.band.iter().flat_map(|(low, high)| [*low, *high]);
        let all = course.sums.iter().copied().chain(ends).chain([0.0]);
        let (low, high) = all.fold((0.0_f64, 0.0_f64), |(low, high), x| {
            (low.min(x), high.max(x))
        });
        let high = if high > low { high } else { low + 1.0 };
        let letters = [low, high].map(|end| (course.amount)(end).chars().count());
        Self {
            left: number(letters[0].max(letters[1]).max(5)) * LETTER + BESIDE,
            weeks: number(course.sums.len().saturating_sub(1)).max(1.0),
            low,
            high,
        }
    }

    fn x(&self, week: usize) -> f64 {
        tenths(self.left + number(week) / self.weeks * (WIDTH - self.left - RIGHT))
    }

    fn y(&self, value: f64) -> f64 {
        let share = (self.high - value) / (self.high - self.low);
        tenths(TOP + share * (HEIGHT - TOP - BOTTOM))
    }

    fn points(&self, values: impl Iterator<Item = (usize, f64)>) -> String {
        values
            .map(|(week, value)| format!("{},{}", self.x(week), self.y(value)))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// What stands beside the crossing: within the picture, and beside the line of nothing and not on it.
struct Label {
    text: String,
    x: f64,
    y: f64,
    /// Whether it ends at the crossing, because there is no room behind it.
    is_left: bool,
}

impl Label {
    fn of(scale: &Scale, week: usize) -> Self {
        let text = format!("square in week {week}");
        let room = number(text.chars().count()) * LETTER;
        let at = scale.x(week);
        let is_left = at + APART + room > WIDTH - RIGHT;
        let [above, below] = [TOP + TALL, HEIGHT - BOTTOM - APART];
        // The course comes from below on the left, and goes on above on the right.
        let wanted = if is_left {
            [above, below]
        } else {
            [below, above]
        };
        let zero = scale.y(0.0);
        let is_free = |y: &f64| zero < y - TALL - 2.0 || zero > y + APART;
        Self {
            y: tenths(wanted.into_iter().find(is_free).unwrap_or(above)),
            x: tenths(if is_left { at - APART } else { at + APART }),
            text,
            is_left,
        }
    }
}

/// The picture.
pub fn curve(id: &str, question: &Question, answer: &Answer) -> Markup {
    let end = |value: Option<&f64>| amount(question, value.copied().unwrap_or(0.0));
    let more = format!(
        "It begins at {} for set-up and ends at {}.",
        end(answer.course.first()),
        end(answer.course.last())
    );
    draw(&Course {
        id,
        title: &finding(answer),
        more: &more,
        sums: &answer.course,
        band: &answer.band,
        square: answer
            .decision
            .break_even_week
            .and_then(|week| usize::try_from(week).ok()),
        amount: &|value| amount(question, value),
    })
}

/// Draws a course.
pub(crate) fn draw(course: &Course<'_>) -> Markup {
    let scale = Scale::of(course);
    let last = course.sums.len().saturating_sub(1);
    let band = course.band.iter().enumerate();
    let upper = band.clone().map(|(week, (_, high))| (week, *high));
    let lower = band.rev().map(|(week, (low, _))| (week, *low));
    let step = [1, 2, 4, 13, 26, 52]
        .into_iter()
        .find(|step| last / step <= 4)
        .unwrap_or(104);
    html! {
        svg.curve viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-labelledby={ (course.id) "-title " (course.id) "-more" } {
            title id={ (course.id) "-title" } { (course.title) }
            desc id={ (course.id) "-more" } { (course.more) }
            @if !course.band.is_empty() {
                polygon.band points=(scale.points(upper.chain(lower))) {}
            }
            line.axis x1=(scale.left) y1=(scale.y(0.0)) x2=(WIDTH - RIGHT) y2=(scale.y(0.0)) {}
            @for value in [scale.high, 0.0, scale.low] {
                @if value == 0.0 || (scale.y(value) - scale.y(0.0)).abs() > 14.0 {
                    text.end x=(scale.left - 6.0) y=(scale.y(value) + 4.0) { ((course.amount)(value)) }
                }
            }
            text.end x=(scale.left - 16.0) y=(HEIGHT - 8.0) { "week" }
            @for week in (0..=last).step_by(step) {
                text.middle x=(scale.x(week)) y=(HEIGHT - 8.0) { (week) }
            }
            polyline.course points=(scale.points(course.sums.iter().copied().enumerate())) {}
            @if let Some(week) = course.square {
                line.likely x1=(scale.x(week)) y1=(TOP) x2=(scale.x(week)) y2=(HEIGHT - BOTTOM) {}
                @let label = Label::of(&scale, week);
                text.label.end[label.is_left] x=(label.x) y=(label.y) { (label.text) }
            }
        }
    }
}

/// Some weeks of the curve as a table.
pub fn numbers(question: &Question, answer: &Answer) -> Markup {
    let last = answer.course.len().saturating_sub(1);
    let step = (last / ROWS).max(1);
    html! {
        details {
            summary { "Show numbers" }
            @if !answer.band.is_empty() {
                p.quiet { "In brackets: where it ends up in nine of ten cases." }
            }
            dl.facts {
                @for week in (0..=last).step_by(step) {
                    div {
                        dt { "Week " (week) }
                        dd {
                            (amount(question, answer.course.get(week).copied().unwrap_or(0.0)))
                            @if let Some((low, high)) = answer.band.get(week) {
                                " (" (amount(question, *low)) " to " (amount(question, *high)) ")"
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Two digits behind nothing: pictures need no more than a tenth of a unit.
fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// A count as a number: of weeks, of letters.
#[expect(clippy::cast_precision_loss, reason = "weeks are at most 520")]
fn number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The least amount lost its minus: it began left of the picture's edge.
    #[test]
    fn amounts_begin_within_the_picture() {
        for end in [-10_000.0, -1_250_000.0, -3.0] {
            let course = Course {
                id: "a",
                title: "",
                more: "",
                sums: &[0.0, end],
                band: &[],
                square: None,
                amount: &|value| format!("{value:.0} USD"),
            };
            let letters = number((course.amount)(end).chars().count());
            assert!(Scale::of(&course).left - 6.0 >= letters * LETTER, "{end}");
        }
    }

    #[test]
    fn the_crossing_is_labelled_with_its_week_beside_the_axes() {
        let rising: Vec<f64> = (0..=52).map(|week| f64::from(week) * 100.0).collect();
        for (start, week) in [
            (-500.0, 5),
            (-5_000.0, 50),
            (-5_200.0, 52),
            (-10.0, 1),
            (-2_600.0, 26),
        ] {
            let sums: Vec<f64> = rising.iter().map(|sum| sum + start).collect();
            let course = Course {
                id: "a",
                title: "",
                more: "",
                sums: &sums,
                band: &[],
                square: Some(week),
                amount: &|value| format!("{value:.0} USD"),
            };
            let scale = Scale::of(&course);
            let label = Label::of(&scale, week);
            let room = number(label.text.chars().count()) * LETTER;
            let from = if label.is_left {
                label.x - room
            } else {
                label.x
            };
            assert!(from > scale.left && from + room <= WIDTH, "{week}: {from}");
            let zero = scale.y(0.0);
            assert!(
                zero < label.y - TALL || zero > label.y,
                "{week}: {zero} {}",
                label.y
            );
            assert!(label.y <= HEIGHT - BOTTOM && label.y - TALL >= TOP - 0.1);
            let picture = draw(&course).into_string();
            assert!(
                picture.contains(&format!(">square in week {week}</text>")),
                "{picture}"
            );
        }
    }
}
