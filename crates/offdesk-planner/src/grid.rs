//! Exact sums: prices stand on a grid that is so coarse that no sum of them loses a digit.

/// What all values together come to in units, at most.
pub(crate) const MOST: i64 = 1 << 46;
/// Sums are exact up to so many steps of the grid, a quarter of what a number with a fraction holds.
const EXACT: f64 = 2_251_799_813_685_248.0;
/// Finer steps than this of a unit make no better bound.
const FINEST: i32 = -24;
/// Of larger sums this share may be lost.
const LOST: f64 = 1e-11;

/// A grid of numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grid {
    step: f64,
    /// Added and taken away again, this leaves a multiple of the step.
    shift: f64,
    /// Sums up to this are exact.
    largest: f64,
}

impl Grid {
    /// For values that come to so many units together.
    pub(crate) fn of(size: i64) -> Self {
        let mut step = 2.0_f64.powi(FINEST);
        let mut room = MOST >> (-FINEST);
        while room < size && room < MOST {
            step *= 2.0;
            room *= 2;
        }
        Self {
            step,
            shift: 3.0 * EXACT * step,
            largest: EXACT * step,
        }
    }

    /// What sums of numbers of the grid may be wrong by, if the sizes of all numbers in them come to this.
    pub(crate) fn lost(&self, size: f64) -> f64 {
        if size < self.largest {
            0.0
        } else {
            size * LOST
        }
    }

    /// The nearest number of the grid.
    pub(crate) fn nearest(&self, number: f64) -> f64 {
        let number = number.clamp(-self.largest, self.largest);
        (number + self.shift) - self.shift
    }

    /// The least number of the grid that is no smaller.
    pub(crate) fn up(&self, number: f64) -> f64 {
        let nearest = self.nearest(number);
        if number > self.largest {
            number
        } else if nearest < number {
            nearest + self.step
        } else {
            nearest
        }
    }

    /// A number of the grid that is no larger than a product whose last digit may be wrong.
    pub(crate) fn below(&self, product: f64) -> f64 {
        let product = product.min(self.largest / 4.0);
        ((product + self.shift) - self.shift) - self.step
    }

    /// A number of the grid that is no smaller than a product whose last digit may be wrong; beyond its end any that is
    /// not.
    pub(crate) fn above(&self, product: f64) -> f64 {
        if product < self.largest / 4.0 {
            ((product + self.shift) - self.shift) + self.step
        } else {
            product * (1.0 + LOST)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Grid, MOST};

    #[test]
    fn sums_on_the_grid_lose_nothing() {
        for size in [0, 1, 1_000_000, MOST / 3, MOST] {
            let grid = Grid::of(size);
            for number in [0.0, 0.1, -7.3, 1e6 / 7.0, grid.largest / 7.0] {
                let on = grid.nearest(number);
                assert!((on - number).abs() <= grid.step);
                assert!((on / grid.step).fract().abs() < f64::MIN_POSITIVE);
                assert!(
                    grid.below(number) <= number && grid.below(number) >= number - 2.0 * grid.step
                );
                assert!(
                    grid.above(number) >= number && grid.above(number) <= number + 2.0 * grid.step
                );
                let large = grid.largest - grid.step;
                assert!((((large - on) + on) - large).abs() < f64::MIN_POSITIVE);
            }
        }
    }
}
