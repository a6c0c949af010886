//! Why figures give no worth.

use rust_decimal::Decimal;

/// Why there is no worth.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorthError {
    /// Revenue is not worth.
    #[error(
        "revenue is not what your hour is worth: it also pays for everything the business buys, so it is an upper bound only"
    )]
    Revenue,
    /// A figure is zero or negative.
    #[error("{what} must be above zero, and is {value}")]
    NotPositive {
        /// Which figure.
        what: &'static str,
        /// Its value.
        value: Decimal,
    },
    /// A figure is impossible.
    #[error("{what} cannot be more than {limit}, and is {value}")]
    TooMuch {
        /// Which figure.
        what: &'static str,
        /// Its value.
        value: Decimal,
        /// The most it can be.
        limit: i64,
    },
    /// The result does not fit a decimal number.
    #[error("the figures are too large: an hour is worth a billion (1000000000) at most")]
    TooLarge,
}

impl WorthError {
    /// The stable code of the error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Revenue => "worth.revenue",
            Self::NotPositive { .. } => "worth.not_positive",
            Self::TooMuch { .. } => "worth.too_much",
            Self::TooLarge => "worth.too_large",
        }
    }
}
