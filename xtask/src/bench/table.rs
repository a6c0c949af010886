//! The bench's table in Markdown, and which goals were missed.

use super::measure::{Costs, ratio};
use crate::Outcome;

/// What a ratio should be, and what it must be.
#[derive(Debug, Clone, Copy)]
pub struct Goal {
    pub wanted: f64,
    pub at_least: f64,
}

impl Goal {
    /// There is one limit only.
    pub fn limit(limit: f64) -> Self {
        Self {
            wanted: limit,
            at_least: limit,
        }
    }
}

/// What was measured, row by row.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<String>,
    missed: Vec<String>,
}

impl Table {
    /// Holds a ratio of two programs, or of two runs of ours, to a goal.
    pub fn judge(&mut self, what: &str, [theirs, ours]: [&Costs; 2], value: f64, goal: Goal) {
        let mut wanted = format!("≤ {}", shown(goal.wanted));
        if goal.at_least > goal.wanted {
            wanted = format!("{wanted}, at least {}", shown(goal.at_least));
        }
        let peaks = format!("{:.0}, {:.0}", theirs.peak(), ours.peak());
        let cells = [
            &theirs.shown(),
            &ours.shown(),
            &shown(value),
            &wanted,
            &peaks,
        ];
        self.row(what, cells.map(String::as_str), value <= goal.at_least);
    }

    /// Shows a comparison without a goal.
    pub fn remark(&mut self, what: &str, theirs: &Costs, ours: &Costs) {
        let value = shown(ratio(theirs, ours));
        let (theirs, ours) = (theirs.shown(), ours.shown());
        self.rows.push(format!(
            "| {what} | {theirs} | {ours} | {value} | – | – | |"
        ));
    }

    /// Holds our peak memory to a limit in MiB.
    pub fn judge_peak(&mut self, what: &str, costs: &Costs, most: f64) {
        let peak = costs.peak();
        let (limit, peaks) = (format!("≤ {most:.0} MiB"), format!("–, {peak:.0}"));
        self.row(
            what,
            ["–", &costs.shown(), "–", &limit, &peaks],
            peak <= most,
        );
    }

    /// Holds our time to a limit in seconds.
    pub fn judge_wall(&mut self, what: &str, costs: &Costs, most: f64) {
        let (limit, peaks) = (format!("< {most} s"), format!("–, {:.0}", costs.peak()));
        let is_met = costs.wall() < most;
        self.row(what, ["–", &costs.shown(), "–", &limit, &peaks], is_met);
    }

    /// Holds how many of some problems are solved as they should be.
    pub fn judge_count(&mut self, what: &str, met: usize, wanted: usize, of: usize) {
        let (met_of, limit) = (format!("{met} of {of}"), format!("≥ {wanted}"));
        self.row(what, ["–", &met_of, "–", &limit, "–"], met >= wanted);
    }

    /// Says that there is nothing to compare with.
    pub fn skipped(&mut self, what: &str, peer: &str) {
        let word = format!("skipped: {peer} is absent and cannot be installed");
        self.rows
            .push(format!("| {what} | – | – | – | – | – | {word} |"));
    }

    /// Prints it; fails when a goal was missed.
    pub fn print(&self) -> Outcome {
        let runs = "min / **median** / max, s";
        println!(
            "| what | peer: {runs} | offdesk: {runs} | offdesk / peer | goal | peak MiB: peer, offdesk | |"
        );
        println!("|---|---|---|---|---|---|---|");
        for row in &self.rows {
            println!("{row}");
        }
        if self.missed.is_empty() {
            Ok(())
        } else {
            Err(format!("missed: {}", self.missed.join("; ")).into())
        }
    }

    fn row(&mut self, what: &str, cells: [&str; 5], is_met: bool) {
        let word = if is_met { "ok" } else { "MISSED" };
        self.rows
            .push(format!("| {what} | {} | {word} |", cells.join(" | ")));
        if !is_met {
            self.missed.push(what.to_owned());
        }
    }
}

/// A ratio; a small one also as how many times faster that is.
fn shown(ratio: f64) -> String {
    if ratio < 0.08 {
        format!("{ratio:.5} ({:.0} ×)", 1.0 / ratio)
    } else {
        format!("{ratio:.3}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::measure::Cost;
    use super::*;

    #[test]
    fn a_missed_goal_fails() {
        let costs = Costs(vec![Cost {
            wall: 0.02,
            peak: 60.0,
            inner: 0.02,
        }]);
        let goal = Goal {
            wanted: 0.40,
            at_least: 0.55,
        };
        let check = |judge: &dyn Fn(&mut Table), is_met: bool| {
            let mut table = Table::default();
            judge(&mut table);
            assert_eq!(table.print().is_ok(), is_met, "{:?}", table.rows);
        };
        check(
            &|table| table.judge("a", [&costs, &costs], 0.55, goal),
            true,
        );
        check(
            &|table| table.judge("a", [&costs, &costs], 0.56, goal),
            false,
        );
        check(
            &|table| table.judge("a", [&costs, &costs], f64::NAN, goal),
            false,
        );
        check(&|table| table.judge_peak("a", &costs, 60.0), true);
        check(&|table| table.judge_peak("a", &costs, 59.0), false);
        check(&|table| table.judge_count("a", 4, 4, 6), true);
        check(&|table| table.judge_count("a", 3, 4, 6), false);
        check(&|table| table.judge_wall("a", &costs, 0.030), true);
        check(&|table| table.judge_wall("a", &costs, 0.020), false);
    }
}
