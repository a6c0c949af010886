//! Which line of a bill is for which work: by the assignment it names, by the activity it names, by its amount.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::super::PayError;
use super::{Accepted, BillLine, BillOf, LineMatch, Matching};
use crate::money::Money;

/// Holds a bill against what was accepted.
///
/// Lines that name an assignment come first, then those whose text names an activity, then amounts: one piece of work that comes to
/// exactly the line, all of one activity, or all that is left. A bill of one line that names nothing is held against everything. Work that
/// is on no statement yet goes before work that is; each is taken once. What was taken back since of work that was paid is taken off, whether
/// a line says so, by an amount below nothing, or not.
///
/// # Errors
/// What is wrong with a posting, [`PayError::Currencies`], [`PayError::TooLarge`].
pub fn match_bill(of: BillOf, lines: &[BillLine], work: &[Accepted]) -> Result<Matching, PayError> {
    let mut order: Vec<&Accepted> = work.iter().collect();
    order.sort_by_key(|it| (it.statement.is_some(), it.day(), it.posting.number));
    let mut matcher = Matcher {
        of,
        lines,
        taken: vec![None; order.len()],
        work: order,
    };
    matcher.by_assignment();
    matcher.by_activity()?;
    matcher.by_amount()?;
    matcher.by_what_is_left()?;
    matcher.finish()
}

struct Matcher<'a> {
    of: BillOf,
    lines: &'a [BillLine],
    work: Vec<&'a Accepted>,
    /// The line that each piece of work is taken by.
    taken: Vec<Option<usize>>,
}

impl<'a> Matcher<'a> {
    /// The work that no line has taken.
    fn free(&self, keeps: impl Fn(&Accepted) -> bool) -> Vec<usize> {
        let free = |at: &usize| self.taken[*at].is_none() && keeps(self.work[*at]);
        (0..self.work.len()).filter(free).collect()
    }

    /// The lines that have taken nothing.
    fn waiting(&self) -> Vec<(usize, &'a BillLine)> {
        let waits = |(at, _): &(usize, &BillLine)| !self.taken.contains(&Some(*at));
        self.lines.iter().enumerate().filter(waits).collect()
    }

    fn take(&mut self, line: usize, work: &[usize]) {
        for at in work {
            self.taken[*at] = Some(line);
        }
    }

    fn sum(&self, work: &[usize]) -> Result<Money, PayError> {
        let postings = work.iter().map(|at| &self.work[*at].posting);
        self.of.sum_of(postings)
    }

    /// The first piece of work that comes to exactly the line.
    fn one_of(&self, line: &BillLine, among: &[usize]) -> Result<Option<usize>, PayError> {
        for at in among {
            let is_day = line.day.is_none_or(|day| day == self.work[*at].day());
            if is_day && self.sum(&[*at])? == line.amount {
                return Ok(Some(*at));
            }
        }
        Ok(None)
    }

    fn by_assignment(&mut self) {
        for (line, named) in self.waiting() {
            if named.assignment.is_some() {
                let work = self.free(|it| it.assignment() == named.assignment && suits(named, it));
                self.take(line, &work);
            }
        }
    }

    fn by_activity(&mut self) -> Result<(), PayError> {
        let lines = self.lines;
        let named = |at: usize| self.named_by(&lines[at]);
        let activities: Vec<Option<&str>> = (0..lines.len()).map(named).collect();
        for (line, billed) in self.waiting() {
            if let Some(activity) = activities[line] {
                let free = self.free(|it| it.activity == activity && suits(billed, it));
                if let Some(one) = self.one_of(billed, &free)? {
                    self.take(line, &[one]);
                }
            }
        }
        for (line, billed) in self.waiting() {
            if let Some(activity) = activities[line] {
                let is_day = |it: &Accepted| billed.day.is_none_or(|day| day == it.day());
                let work =
                    self.free(|it| it.activity == activity && is_day(it) && suits(billed, it));
                self.take(line, &work);
            }
        }
        Ok(())
    }

    /// The activity that a line names: the longest whose name stands in its text.
    fn named_by(&self, line: &BillLine) -> Option<&'a str> {
        if line.assignment.is_some() {
            return None;
        }
        let text = line.text.to_lowercase();
        let names = self.work.iter().map(|it| it.activity.as_str());
        names
            .filter(|name| !name.trim().is_empty() && text.contains(&name.to_lowercase()))
            .max_by_key(|name| name.len())
    }

    fn by_amount(&mut self) -> Result<(), PayError> {
        if self.is_one_sum() {
            return Ok(());
        }
        for (line, billed) in self.unnamed() {
            let free = self.free(|it| suits(billed, it));
            if let Some(one) = self.one_of(billed, &free)? {
                self.take(line, &[one]);
            }
        }
        for (line, billed) in self.unnamed() {
            let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            for at in self.free(|it| it.statement.is_none() && suits(billed, it)) {
                let activity = self.work[at].activity.as_str();
                groups.entry(activity).or_default().push(at);
            }
            for group in groups.into_values() {
                if self.sum(&group)? == billed.amount {
                    self.take(line, &group);
                    break;
                }
            }
        }
        Ok(())
    }

    /// The lines that have taken nothing and name no assignment, which would have to be theirs.
    fn unnamed(&self) -> Vec<(usize, &'a BillLine)> {
        let waiting = self.waiting().into_iter();
        waiting
            .filter(|(_, line)| line.assignment.is_none())
            .collect()
    }

    /// Whether the bill is one line that names nothing.
    fn is_one_sum(&self) -> bool {
        self.lines.len() == 1 && self.unnamed().len() == 1
    }

    fn by_what_is_left(&mut self) -> Result<(), PayError> {
        let unnamed = self.unnamed();
        let [(line, billed)] = unnamed.as_slice() else {
            return Ok(());
        };
        let (line, amount) = (*line, billed.amount);
        let open = self.free(|it| it.statement.is_none());
        let plain = self.free(|it| it.statement.is_none() && suits(billed, it));
        for all in [&open, &plain] {
            if self.sum(all)? == amount && !all.is_empty() {
                self.take(line, all);
                return Ok(());
            }
        }
        if !self.is_one_sum() {
            return Ok(());
        }
        // All of one statement, as where it was drawn up before the bill came.
        let statements: BTreeSet<u64> = self.work.iter().filter_map(|it| it.statement).collect();
        for statement in statements {
            let of_it = self.free(|it| it.statement == Some(statement));
            if self.sum(&of_it)? == amount {
                self.take(line, &of_it);
                return Ok(());
            }
        }
        let one = self.one_of(billed, &plain)?;
        self.take(line, &one.map_or(plain, |one| vec![one]));
        Ok(())
    }

    fn finish(self) -> Result<Matching, PayError> {
        let currency = self.of.currency;
        let mut billed = Money::new(Decimal::ZERO, currency);
        let mut lines = Vec::with_capacity(self.lines.len());
        for (at, line) in self.lines.iter().enumerate() {
            if line.amount.currency != currency {
                return Err(PayError::Currencies(line.amount.currency, currency));
            }
            billed = billed.plus(line.amount).map_err(|_| PayError::TooLarge)?;
            let work = self.of_line(|taken| taken == Some(at));
            let accepted = self.sum(&work)?;
            lines.push(LineMatch {
                postings: self.numbers(&work),
                statements: self.statements(&work),
                difference: minus(line.amount, accepted)?,
                accepted,
            });
        }
        let matched = self.of_line(|taken| taken.is_some());
        let credits = self.credits(&matched)?;
        let counted: Vec<usize> = matched.iter().chain(&credits).copied().collect();
        let accepted = self.sum(&counted)?;
        let is_open = |at: &usize| self.work[*at].statement.is_none();
        let open: Vec<usize> = counted.iter().copied().filter(is_open).collect();
        let unbilled: Vec<usize> = self
            .of_line(|taken| taken.is_none())
            .into_iter()
            .filter(|at| is_open(at) && !credits.contains(at))
            .collect();
        Ok(Matching {
            credits: self.numbers(&credits),
            taken_off: minus(accepted, self.sum(&matched)?)?,
            lines,
            difference: minus(billed, accepted)?,
            billed,
            accepted,
            open: self.numbers(&open),
            statements: self.statements(&matched),
            unbilled: self.numbers(&unbilled),
        })
    }

    /// What no line has taken of what was taken back, and of what puts it right. It is taken off together where that makes the bill less, and
    /// off a bill that brings work which is on no statement yet: one whose work is stated is paid by its statement, and takes nothing along.
    fn credits(&self, matched: &[usize]) -> Result<Vec<usize>, PayError> {
        if !matched.is_empty() && matched.iter().all(|at| self.work[*at].statement.is_some()) {
            return Ok(Vec::new());
        }
        let backs = self.free(Accepted::is_credit);
        let rights = self.free(|it| {
            it.statement.is_none() && backs.iter().any(|back| it.puts_right(self.work[*back]))
        });
        let all: Vec<usize> = backs.into_iter().chain(rights).collect();
        Ok(if self.sum(&all)?.amount < Decimal::ZERO {
            all
        } else {
            Vec::new()
        })
    }

    fn of_line(&self, keeps: impl Fn(Option<usize>) -> bool) -> Vec<usize> {
        let kept = |at: &usize| keeps(self.taken[*at]);
        (0..self.work.len()).filter(kept).collect()
    }

    fn numbers(&self, work: &[usize]) -> Vec<u64> {
        let mut numbers: Vec<u64> = work
            .iter()
            .map(|at| self.work[*at].posting.number)
            .collect();
        numbers.sort_unstable();
        numbers
    }

    fn statements(&self, work: &[usize]) -> BTreeSet<u64> {
        work.iter()
            .filter_map(|at| self.work[*at].statement)
            .collect()
    }
}

/// Whether a piece of work may be what a line is for: one below nothing gives back, and nothing else does but by itself.
fn suits(line: &BillLine, work: &Accepted) -> bool {
    match line.amount.amount < Decimal::ZERO {
        true => work.is_back(),
        false => !work.is_credit(),
    }
}

fn minus(from: Money, what: Money) -> Result<Money, PayError> {
    let left = from.amount.checked_sub(what.amount);
    Ok(Money::new(left.ok_or(PayError::TooLarge)?, from.currency))
}
