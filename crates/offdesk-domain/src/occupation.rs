//! Occupations by their code in the Standard Occupational Classification of 2018 (SOC).

use std::fmt;
use std::str::FromStr;

/// A detailed occupation, such as `43-6014`: two digits of the major group, four of the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Soc(u32);

impl Soc {
    /// The code as a number without its hyphen, such as 436014.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0
    }

    /// The occupation of a number without a hyphen; `None` where it has not six digits.
    #[must_use]
    pub fn from_number(number: u32) -> Option<Self> {
        (100_000..1_000_000)
            .contains(&number)
            .then_some(Self(number))
    }

    /// The major group, such as 43.
    #[must_use]
    pub fn major(self) -> u32 {
        self.0 / 10_000
    }

    /// The minor group, the first three digits, such as 436.
    #[must_use]
    pub fn minor(self) -> u32 {
        self.0 / 1000
    }

    /// Whether the work of its major group is mostly done at a desk: management, business, computing, design and
    /// engineering, law, teaching, media, sales, and office support.
    #[must_use]
    pub fn is_desk_work(self) -> bool {
        matches!(self.major(), 11 | 13 | 15 | 17 | 23 | 25 | 27 | 41 | 43)
    }
}

impl FromStr for Soc {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = text.split_once('-').and_then(|(major, rest)| {
            let is_code = major.len() == 2 && rest.len() == 4;
            let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
            (is_code && digits(major) && digits(rest)).then_some(())?;
            Self::from_number(major.parse::<u32>().ok()? * 10_000 + rest.parse::<u32>().ok()?)
        });
        parsed.ok_or_else(|| format!("\"{text}\" is no occupation: write it such as 43-6014"))
    }
}

impl fmt::Display for Soc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:04}", self.0 / 10_000, self.0 % 10_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_and_print() {
        let soc: Soc = "43-6014".parse().unwrap();
        assert_eq!(
            (soc.to_string().as_str(), soc.major(), soc.minor()),
            ("43-6014", 43, 436)
        );
        assert!(soc.is_desk_work());
        for bad in [
            "", "436014", "43-601", "43-60140", "4a-6014", "03-0000x", "é3-6014",
        ] {
            assert!(bad.parse::<Soc>().is_err(), "{bad}");
        }
    }
}
