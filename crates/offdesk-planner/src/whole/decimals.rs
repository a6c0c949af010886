//! Numbers with decimals as whole ones.

use super::{Item, Once, SetUps};
use crate::{Choice, Fixed, LIMITS, Problem, ProblemError};

/// Decimals that count, as a factor.
pub(super) const DECIMALS: f64 = 1e6;
/// No number is larger than this.
const LARGEST: f64 = 1e11;
pub(super) fn item(
    problem: &Problem,
    choice: &Choice,
    option: (usize, usize),
    set_ups: &mut SetUps,
) -> Result<Item, ProblemError> {
    let place = Some(option);
    let mut uses = [0; LIMITS];
    for (whole, given) in uses.iter_mut().zip(choice.uses) {
        *whole = counted(given, place)?;
    }
    if choice.agent >= problem.capacities.len() {
        return Err(ProblemError::Agent { option });
    }
    let set_up = match choice.set_up {
        None => Some(choice.agent),
        Some(number) => set_ups.number(choice.agent, number),
    };
    Ok(Item {
        job: option.0,
        number: option.1,
        agent: choice.agent,
        set_up: set_up.ok_or(ProblemError::Agent { option })?,
        load: counted(choice.load, place)?,
        value: signed(choice.value, place)?,
        uses,
    })
}

pub(super) fn once(fixed: &Fixed) -> Result<Once, ProblemError> {
    let mut uses = [0; LIMITS];
    for (whole, given) in uses.iter_mut().zip(fixed.uses) {
        *whole = counted(given, None)?;
    }
    Ok(Once {
        cost: counted(fixed.cost, None)?,
        uses,
    })
}

pub(super) fn counted(given: f64, option: Option<(usize, usize)>) -> Result<i64, ProblemError> {
    if given < 0.0 {
        return Err(ProblemError::Number { option });
    }
    signed(given, option)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "within 10^17, which was checked just before"
)]
fn signed(given: f64, option: Option<(usize, usize)>) -> Result<i64, ProblemError> {
    if given.is_nan() || given.abs() > LARGEST {
        return Err(ProblemError::Number { option });
    }
    Ok((given * DECIMALS).round() as i64)
}

/// The largest number that divides both.
pub(super) fn common(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// A whole number as one with decimals; what is lost beyond 53 bits is allowed for where bounds are compared.
#[expect(clippy::cast_precision_loss, reason = "see above")]
pub(crate) fn number(whole: i64) -> f64 {
    whole as f64
}
