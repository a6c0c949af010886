//! Hours week by week: a bar for each week, which may lie below nothing, and what was planned as a mark across it.

use maud::{Markup, html};
use offdesk_domain::{Day, Seconds};
use rust_decimal::prelude::ToPrimitive;

use crate::words;

const WIDTH: f64 = 400.0;
/// Room for the figures of the scale.
const LEFT: f64 = 60.0;
const TOP: f64 = 10.0;
const HEIGHT: f64 = 150.0;
/// Room for the days below.
const BOTTOM: f64 = 24.0;

/// A week of the picture.
#[derive(Debug, Clone, Copy)]
pub struct WeekBar {
    /// Its Monday.
    pub monday: Day,
    /// The full part of the bar.
    pub full: Seconds,
    /// The outlined part, behind the full one.
    pub open: Seconds,
    /// The mark across it.
    pub mark: Option<Seconds>,
}

/// What the parts of a picture are called, for those who listen and in the line below it.
#[derive(Debug, Clone, Copy)]
pub struct Names<'n> {
    /// Goes into the ids, which are there once on a page.
    pub id: &'n str,
    /// What is found.
    pub title: &'n str,
    /// What a full bar is.
    pub full: &'n str,
    /// What an outline is; empty where there is none.
    pub open: &'n str,
    /// What the mark is; empty where there is none.
    pub mark: &'n str,
}

fn hours(time: Seconds) -> f64 {
    time.hours().to_f64().unwrap_or(0.0)
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// The scale: from the lowest to the highest hour that is drawn, with a step between its lines.
struct Scale {
    low: f64,
    high: f64,
    step: f64,
}

impl Scale {
    fn of(bars: &[WeekBar]) -> Self {
        let ends = |bar: &WeekBar| {
            let (full, open) = (hours(bar.full), hours(bar.open));
            let up = full.max(0.0) + open.max(0.0);
            let down = full.min(0.0) + open.min(0.0);
            [up, down, bar.mark.map_or(0.0, hours)]
        };
        let all: Vec<f64> = bars.iter().flat_map(ends).collect();
        let most = all.iter().copied().fold(0.0, f64::max);
        let least = all.iter().copied().fold(0.0, f64::min);
        let span = (most - least).max(0.5);
        let steps = [0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0];
        let step = steps.into_iter().find(|step| span / step <= 4.0);
        let step = step.unwrap_or(200.0);
        Self {
            low: (least / step).floor() * step,
            high: ((most / step).ceil() * step).max(step),
            step,
        }
    }

    fn y(&self, value: f64) -> f64 {
        tenth(TOP + (self.high - value) / (self.high - self.low) * HEIGHT)
    }

    fn lines(&self) -> Vec<f64> {
        let mut all = Vec::new();
        let mut at = self.low;
        while at <= self.high + self.step / 2.0 {
            all.push(at);
            at += self.step;
        }
        all
    }
}

/// A part of a bar from one value to another.
fn part(scale: &Scale, class: &str, (x, width): (f64, f64), (from, to): (f64, f64)) -> Markup {
    let (top, bottom) = (scale.y(from.max(to)), scale.y(from.min(to)));
    html! {
        @if bottom > top {
            rect class={ "bar " (class) } x=(x) y=(top) width=(width) height=(tenth(bottom - top)) {}
        }
    }
}

/// The picture; nothing without a week.
pub fn weekly(bars: &[WeekBar], names: Names<'_>) -> Markup {
    if bars.is_empty() {
        return html! {};
    }
    let scale = Scale::of(bars);
    let count = u32::try_from(bars.len()).unwrap_or(1);
    let room = (WIDTH - LEFT) / f64::from(count);
    let width = tenth((room * 0.8).clamp(1.0, 34.0));
    let placed: Vec<(f64, &WeekBar)> = (0_u32..)
        .zip(bars)
        .map(|(at, bar)| {
            (
                tenth(LEFT + (f64::from(at) + 0.5) * room - width / 2.0),
                bar,
            )
        })
        .collect();
    let each = usize::try_from(count.div_ceil(5)).unwrap_or(1);
    html! {
        svg.weekly viewBox={ "0 0 " (WIDTH) " " (TOP + HEIGHT + BOTTOM) } role="img" aria-labelledby={ (names.id) "-title " (names.id) "-more" } {
            title id={ (names.id) "-title" } { (names.title) }
            desc id={ (names.id) "-more" } { (described(bars, names)) }
            @for value in scale.lines() {
                line.grid x1=(LEFT) x2=(WIDTH) y1=(scale.y(value)) y2=(scale.y(value)) {}
                text.end x=(LEFT - 6.0) y=(scale.y(value) + 4.5) { (figure(value)) @if value > scale.high - scale.step / 2.0 { " h" } }
            }
            @for (x, bar) in &placed {
                @let (full, open) = (hours(bar.full), hours(bar.open));
                // Where both lie on one side of nothing, the outline stands on the full part.
                @let base = if full * open > 0.0 { full } else { 0.0 };
                (part(&scale, "open", (*x, width), (base, base + open)))
                (part(&scale, if full < 0.0 { "below" } else { "above" }, (*x, width), (0.0, full)))
                @if let Some(mark) = bar.mark {
                    line.mark x1=(tenth(x - room * 0.08)) x2=(tenth(x + width + room * 0.08)) y1=(scale.y(hours(mark))) y2=(scale.y(hours(mark))) {}
                }
            }
            line.axis x1=(LEFT) x2=(WIDTH) y1=(scale.y(0.0)) y2=(scale.y(0.0)) {}
            @for (x, bar) in placed.iter().step_by(each) {
                text.middle x=((x + width / 2.0).clamp(LEFT + 18.0, WIDTH - 18.0)) y=(TOP + HEIGHT + 17.0) { (bar.monday.date().strftime("%-d %b").to_string()) }
            }
        }
        p.quiet {
            "A bar for each week from its Monday; full: " (names.full)
            @if !names.open.is_empty() { ", outlined: " (names.open) }
            @if !names.mark.is_empty() { ", dash: " (names.mark) }
            "."
        }
    }
}

fn figure(value: f64) -> String {
    let text = format!("{}", (value * 100.0).round() / 100.0);
    text.replace('-', "\u{2212}")
}

fn described(bars: &[WeekBar], names: Names<'_>) -> String {
    let last = bars.last().into_iter();
    let said: Vec<String> = bars
        .first()
        .into_iter()
        .chain(last.filter(|_| bars.len() > 1))
        .map(|bar| {
            let all = words::rounded((bar.full + bar.open).hours(), 1).normalize();
            format!("in the week of {} {all} hours", words::day(bar.monday))
        })
        .collect();
    format!("{}: {}.", names.title, said.join(", "))
}

/// A tiny line of weeks beside a row; nothing below two.
pub fn spark(weeks: &[Seconds]) -> Markup {
    if weeks.len() < 2 {
        return html! {};
    }
    let all: Vec<f64> = weeks.iter().copied().map(hours).collect();
    let most = all.iter().copied().fold(0.0, f64::max);
    let least = all.iter().copied().fold(0.0, f64::min);
    let span = (most - least).max(0.1);
    let last = u32::try_from(all.len() - 1).unwrap_or(1);
    let points: Vec<String> = (0_u32..)
        .zip(&all)
        .map(|(at, value)| {
            let x = tenth(2.0 + 76.0 * f64::from(at) / f64::from(last));
            format!("{x},{}", tenth(2.0 + 16.0 * (most - value) / span))
        })
        .collect();
    let zero = tenth(2.0 + 16.0 * most / span);
    html! {
        svg.spark viewBox="0 0 80 20" aria-hidden="true" {
            line.axis x1="2" x2="78" y1=(zero) y2=(zero) {}
            polyline.course points=(points.join(" ")) {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(at: i32, full: i64, open: i64, mark: Option<i64>) -> WeekBar {
        WeekBar {
            monday: Day(20_000 + 7 * at),
            full: Seconds(full * 360),
            open: Seconds(open * 360),
            mark: mark.map(|it| Seconds(it * 360)),
        }
    }

    const NAMES: Names<'static> = Names {
        id: "back",
        title: "Hours bought back",
        full: "measured",
        open: "claimed",
        mark: "planned",
    };

    /// The figures of an attribute, of all elements of a kind.
    fn all(picture: &str, element: &str, name: &str) -> Vec<f64> {
        let of = |text: &str| -> f64 {
            let rest = text.split(&format!(" {name}=\"")).nth(1).unwrap();
            rest.split('"').next().unwrap().parse().unwrap()
        };
        picture
            .split(&format!("<{element}"))
            .skip(1)
            .map(of)
            .collect()
    }

    #[test]
    fn bars_lie_inside_and_stand_on_nothing() {
        for weeks in [1, 2, 9, 52, 156] {
            let bars: Vec<WeekBar> = (0..weeks)
                .map(|at| bar(at, i64::from(at % 7) * 10 - 20, 5, Some(30)))
                .collect();
            let picture = weekly(&bars, NAMES).into_string();
            for (x, width) in all(&picture, "rect", "x")
                .iter()
                .zip(all(&picture, "rect", "width"))
            {
                assert!(
                    *x >= LEFT - 0.1 && x + width <= WIDTH + 0.1,
                    "{weeks}: {x} {width}"
                );
            }
            for (y, height) in all(&picture, "rect", "y")
                .iter()
                .zip(all(&picture, "rect", "height"))
            {
                assert!(
                    *y >= TOP - 0.1 && y + height <= TOP + HEIGHT + 0.1,
                    "{weeks}: {y} {height}"
                );
            }
        }
        assert_eq!(weekly(&[], NAMES).into_string(), "");
    }

    #[test]
    fn what_is_measured_and_what_is_claimed_are_two_parts() {
        let one = weekly(&[bar(0, 40, 20, Some(50))], NAMES).into_string();
        let (tops, heights) = (all(&one, "rect", "y"), all(&one, "rect", "height"));
        // The outline begins where the full part ends, and is half as high.
        assert!((tops[0] + heights[0] - tops[1]).abs() < 0.11, "{tops:?}");
        assert!((heights[1] / heights[0] - 2.0).abs() < 0.01, "{heights:?}");
        assert!(
            one.contains("bar open") && one.contains("bar above") && one.contains("class=\"mark\"")
        );
        let lost = weekly(&[bar(0, -40, 20, None)], NAMES).into_string();
        assert!(
            lost.contains("bar below") && !lost.contains("class=\"mark\""),
            "{lost}"
        );
        assert!(lost.contains("\u{2212}4"), "{lost}");
    }

    #[test]
    fn a_spark_needs_two_weeks() {
        assert_eq!(spark(&[Seconds(1)]).into_string(), "");
        let line = spark(&[Seconds(0), Seconds(3_600), Seconds(-3_600)]).into_string();
        assert!(line.contains("2,10 40,2 78,18"), "{line}");
    }
}
