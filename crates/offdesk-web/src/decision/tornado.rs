//! The tornado: for each input in doubt the net value at its low and high end.

use maud::{Markup, html};
use offdesk_actions::decide::{Answer, Question};
use offdesk_domain::decision::Input;

use super::figures::amount;

const WIDTH: f64 = 380.0;
const ROW: f64 = 46.0;
const EDGE: f64 = 6.0;
/// So many inputs are drawn.
const MOST: usize = 10;

/// The picture.
pub fn tornado(question: &Question, answer: &Answer) -> Markup {
    let rows: Vec<(Input, [f64; 2])> = answer.tornado.iter().take(MOST).copied().collect();
    let ends = rows
        .iter()
        .flat_map(|(_, ends)| *ends)
        .chain([0.0, answer.decision.net_value]);
    let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(low, high), x| {
        (low.min(x), high.max(x))
    });
    let room = (high - low).max(1.0);
    let x =
        |value: f64| ((EDGE + (value - low) / room * (WIDTH - 2.0 * EDGE)) * 10.0).round() / 10.0;
    let heights = rows.iter().scan(0.0, |at, _| {
        let here = *at;
        *at += ROW;
        Some(here)
    });
    let placed: Vec<(f64, &(Input, [f64; 2]))> = heights.zip(&rows).collect();
    let height = placed.last().map_or(0.0, |(at, _)| at + ROW);
    let title = rows.first().map_or(String::new(), |(input, _)| {
        format!("What matters most: {}", input.name())
    });
    html! {
        svg.tornado viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-labelledby="tornado-title" {
            title #tornado-title { (title) }
            @for (top, (input, ends)) in &placed {
                @let (from, to) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
                text.start x=(EDGE) y=(top + 14.0) {
                    (input.name()) ": " (amount(question, ends[0])) " to " (amount(question, ends[1]))
                }
                rect.bar.below x=(x(from)) y=(top + 20.0) width=((x(to) - x(from)).max(1.0)) height="14" rx="2" {}
                // The lines stand beside the bars only, not through the words.
                line.axis x1=(x(0.0)) y1=(top + 18.0) x2=(x(0.0)) y2=(top + 36.0) {}
                line.likely x1=(x(answer.decision.net_value)) y1=(top + 17.0) x2=(x(answer.decision.net_value)) y2=(top + 37.0) {}
            }
        }
    }
}
