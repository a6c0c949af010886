//! The roll-out: a row for each activity, its set-up and from when it is live.

use maud::{Markup, html};

const WIDTH: f64 = 380.0;
const EDGE: f64 = 4.0;
const ROW: f64 = 44.0;
const AXIS: f64 = 24.0;

/// An activity in the picture.
pub struct Bar {
    /// Its name.
    pub name: String,
    /// The week in which its set-up begins.
    pub begun: Option<u32>,
    /// The week from which it is live.
    pub live: Option<u32>,
}

impl Bar {
    /// What the row says.
    fn says(&self) -> String {
        match (self.begun, self.live) {
            (Some(begun), Some(live)) if live == begun + 1 => {
                format!("set up in week {begun}, live from {live}")
            }
            (Some(begun), Some(live)) => {
                format!("set up in weeks {begun} to {}, live from {live}", live - 1)
            }
            (Some(begun), None) => format!("begun in week {begun}"),
            _ => "not within these weeks".to_owned(),
        }
    }
}

/// The picture.
pub fn rollout(bars: &[Bar], weeks: u32) -> Markup {
    let width = (WIDTH - 2.0 * EDGE) / f64::from(weeks.max(1));
    let x = |week: u32| ((EDGE + f64::from(week - 1) * width) * 10.0).round() / 10.0;
    let end = x(weeks + 1);
    let tops = bars.iter().scan(0.0, |at, _| {
        let here = *at;
        *at += ROW;
        Some(here)
    });
    let placed: Vec<(f64, &Bar)> = tops.zip(bars).collect();
    let bottom = placed.last().map_or(0.0, |(top, _)| top + ROW);
    let step = [1, 2, 4, 13, 26].into_iter().find(|step| weeks / step <= 8);
    let step = step.unwrap_or(52);
    let said: Vec<String> = bars
        .iter()
        .map(|bar| format!("{}: {}", bar.name, bar.says()))
        .collect();
    html! {
        svg.rollout viewBox={ "0 0 " (WIDTH) " " (bottom + AXIS) } role="img" aria-labelledby="rollout-title rollout-more" {
            title #rollout-title { "Set-ups and live handoffs, week by week" }
            desc #rollout-more { (said.join(". ")) "." }
            @for (top, bar) in &placed {
                text.start x=(EDGE) y=(top + 14.0) { (short(&bar.name)) tspan.weeks dx="6" { (bar.live.map_or("not within these weeks".to_owned(), |week| format!("from week {week}"))) } }
                @if let Some(begun) = bar.begun {
                    @let till = bar.live.unwrap_or(weeks + 1);
                    rect.bar.open x=(x(begun)) y=(top + 20.0) width=(((x(till) - x(begun)) * 10.0).round() / 10.0) height="16" rx="2" {}
                }
                @if let Some(live) = bar.live {
                    rect.bar.above x=(x(live)) y=(top + 20.0) width=(((end - x(live)) * 10.0).round() / 10.0) height="16" rx="2" {}
                }
            }
            line.axis x1=(EDGE) y1=(bottom) x2=(WIDTH - EDGE) y2=(bottom) {}
            @for week in (1..=weeks).filter(|week| (week - 1) % step == 0) {
                text.middle x=((x(week) + width / 2.0).max(EDGE + 4.0)) y=(bottom + 17.0) { (week) }
            }
        }
        p.quiet { "An outline is set-up, a full bar is live; the figures below are weeks." }
    }
}

/// A name that leaves room for the week beside it.
fn short(name: &str) -> String {
    crate::words::shown(name, 28)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_lie_inside_the_picture_and_say_what_they_are() {
        let bar = |name: &str, begun, live| Bar {
            name: name.to_owned(),
            begun,
            live,
        };
        let bars = [
            bar("Social <b>", Some(1), Some(2)),
            bar("Inbox", Some(1), Some(4)),
            bar("Bookkeeping", Some(26), None),
            bar("Later", None, None),
        ];
        let picture = rollout(&bars, 26).into_string();
        for text in [
            "Social &lt;b&gt;: set up in week 1, live from 2",
            "Inbox: set up in weeks 1 to 3, live from 4",
            "Bookkeeping: begun in week 26",
            "Later: not within these weeks",
        ] {
            assert!(picture.contains(text), "{text}: {picture}");
        }
        for rect in picture.split("<rect").skip(1) {
            let of = |name: &str| -> f64 {
                let rest = rect.split(&format!(" {name}=\"")).nth(1).unwrap();
                rest.split('"').next().unwrap().parse().unwrap()
            };
            assert!(of("x") >= 0.0 && of("x") + of("width") <= 380.0, "{rect}");
        }
    }
}
