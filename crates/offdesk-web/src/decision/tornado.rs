//! The tornado: for each input in doubt the net value at its low and high end.

use maud::{Markup, html};
use offdesk_actions::decide::{Answer, BRINGS, Question};
use offdesk_domain::decision::Input;

use super::figures::amount;

const WIDTH: f64 = 380.0;
const ROW: f64 = 46.0;
const EDGE: f64 = 6.0;
/// So many inputs are drawn.
const MOST: usize = 10;

/// The picture of handing it over.
pub fn tornado(question: &Question, answer: &Answer) -> Markup {
    let rows = answer.tornado.iter();
    let rows: Vec<Named> = rows.map(|(input, ends)| (input.name(), *ends)).collect();
    draw(
        "tornado-title",
        &rows,
        answer.decision.net_value,
        &|figure| amount(question, figure),
    )
}

/// The picture of nobody doing it; `None` where nothing is in doubt of that.
pub fn of_drop(question: &Question, answer: &Answer) -> Option<Markup> {
    let (dropped, doubt) = (answer.dropped.as_ref()?, answer.drop_doubt.as_ref()?);
    let rows = doubt.tornado.iter();
    let rows: Vec<Named> = rows
        .map(|(of, ends)| (of.map_or(BRINGS, Input::name), *ends))
        .collect();
    (!rows.is_empty()).then(|| {
        draw("drop-title", &rows, dropped.net_value, &|figure| {
            amount(question, figure)
        })
    })
}

/// A row: what is in doubt, and the net value at its low and at its high end.
type Named = (&'static str, [f64; 2]);

fn draw(id: &str, rows: &[Named], likely: f64, amount: &dyn Fn(f64) -> String) -> Markup {
    let rows = rows.get(..MOST.min(rows.len())).unwrap_or_default();
    let ends = rows.iter().flat_map(|(_, ends)| *ends).chain([0.0, likely]);
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
    let placed: Vec<(f64, &Named)> = heights.zip(rows).collect();
    let height = placed.last().map_or(0.0, |(at, _)| at + ROW);
    let title = rows.first().map_or(String::new(), |(name, _)| {
        format!("What matters most: {name}")
    });
    html! {
        svg.tornado viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-labelledby=(id) {
            title id=(id) { (title) }
            @for (top, (name, ends)) in &placed {
                @let (from, to) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
                text.start x=(EDGE) y=(top + 14.0) {
                    (name) ": " (amount(ends[0])) " to " (amount(ends[1]))
                }
                rect.bar.below x=(x(from)) y=(top + 20.0) width=((x(to) - x(from)).max(1.0)) height="14" rx="2" {}
                // The lines stand beside the bars only, not through the words.
                line.axis x1=(x(0.0)) y1=(top + 18.0) x2=(x(0.0)) y2=(top + 36.0) {}
                line.likely x1=(x(likely)) y1=(top + 17.0) x2=(x(likely)) y2=(top + 37.0) {}
            }
        }
    }
}
