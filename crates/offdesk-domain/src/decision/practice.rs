//! How far practice brings somebody: sums of `n^e` over the first so many times, in a few steps however many they are.

/// So many first times are added up one by one; above them the sum of Euler and Maclaurin is as exact as the numbers are.
const FIRST: usize = 16;
const FIRST_TIMES: f64 = 16.0;

/// The sums of `n^e` for one exponent, from -10 to 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Practice {
    exponent: f64,
    /// Sums up to each of the first times, from none on.
    first: [f64; FIRST + 1],
    /// What the closed sum begins with.
    constant: f64,
}

impl Practice {
    pub(super) fn of(exponent: f64) -> Self {
        let mut first = [0.0; FIRST + 1];
        let (mut sum, mut number) = (0.0, 0.0_f64);
        for place in first.iter_mut().skip(1) {
            number += 1.0;
            sum += number.powf(exponent);
            *place = sum;
        }
        let power = number.powf(exponent);
        Self {
            exponent,
            first,
            constant: sum - ends(exponent, number, power),
        }
    }

    /// Whether the sums are those of an exponent.
    pub(super) fn is_of(&self, exponent: f64) -> bool {
        self.exponent.to_bits() == exponent.to_bits()
    }

    /// `n^e` for one time.
    pub(super) fn learned(&self, number: f64) -> f64 {
        number.powf(self.exponent)
    }

    /// The sum of `n^e` over the first so many times, a whole number.
    pub(super) fn sum(&self, times: f64) -> f64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast from a float stops at the ends of the range"
        )]
        if let Some(sum) = self.first.get(times as usize) {
            return *sum;
        }
        let begin = FIRST_TIMES;
        let grown = self.exponent + 1.0;
        let (log, base) = ((times / begin).ln(), begin.powf(grown));
        // How much the integral of x^e grows from there on; at e = -1 it is the logarithm.
        let risen = (grown * log).exp_m1();
        let area = if grown.abs() < f64::MIN_POSITIVE {
            base * log
        } else {
            base * risen / grown
        };
        let power = base * (1.0 + risen) / times;
        self.constant + area + ends(self.exponent, times, power)
    }

    /// The last time whose `n^e` is above a share; of a large number, or none at all, as many as that.
    pub(super) fn last_above(&self, share: f64) -> f64 {
        if share >= 1.0 {
            0.0
        } else if self.exponent < 0.0 && share > 0.0 {
            share.powf(1.0 / self.exponent).floor()
        } else {
            f64::INFINITY
        }
    }
}

/// What the sum of Euler and Maclaurin takes of an end: half of `n^e`, and its derivatives.
fn ends(e: f64, number: f64, power: f64) -> f64 {
    let slope = e * power / number;
    let square = number * number;
    let third = slope * (e - 1.0) * (e - 2.0) / square;
    let fifth = third * (e - 3.0) * (e - 4.0) / square;
    power / 2.0 + slope / 12.0 - third / 720.0 + fifth / 30_240.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_sums_are_those_of_adding_up() {
        let rates = [0.001_f64, 0.3, 0.5, 0.500_000_000_1, 0.7, 0.85, 0.99, 1.0];
        for exponent in rates.map(f64::log2) {
            let practice = Practice::of(exponent);
            let (mut sum, mut number) = (0.0, 0.0_f64);
            for _ in 0..3_000 {
                number += 1.0;
                sum += number.powf(exponent);
                let found = practice.sum(number);
                assert!(
                    (found - sum).abs() <= 1e-11 * sum,
                    "{exponent} {number}: {found} is not {sum}"
                );
            }
        }
    }

    #[test]
    fn the_last_time_above_a_share() {
        let practice = Practice::of(-1.0);
        for (share, last) in [(1.0, 0.0), (2.0, 0.0), (0.3, 3.0), (0.0, f64::INFINITY)] {
            assert_eq!(practice.last_above(share).to_bits(), f64::to_bits(last));
        }
        assert_eq!(
            Practice::of(0.0).last_above(0.9).to_bits(),
            f64::INFINITY.to_bits()
        );
    }
}
