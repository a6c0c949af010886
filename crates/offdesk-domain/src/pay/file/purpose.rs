//! What the person who is paid reads beside an amount: which statements it is for, with the numbers of their own bills.

use super::Due;

/// A statement that a row pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueOf {
    /// Its reference, such as `ST-0042`.
    pub reference: String,
    /// The number that the bill has from the one who sent it, where it is for one.
    pub bill: Option<String>,
}

impl DueOf {
    fn whole(&self) -> String {
        match &self.bill {
            Some(bill) => format!("{} {bill}", self.reference),
            None => self.reference.clone(),
        }
    }

    /// What says most of it in few letters: their own number, which is what they look for.
    fn short(&self, most: usize) -> &str {
        let bill = self.bill.as_deref().filter(|it| length(it) <= most);
        bill.unwrap_or(&self.reference)
    }
}

impl Due {
    /// The reference of the row, which no other one has: that of the first statement it pays.
    #[must_use]
    pub fn reference(&self) -> &str {
        self.of.first().map_or("", |it| it.reference.as_str())
    }

    /// What it is for, in at most so many letters: each statement with the number of its bill, else each by the one or the other, else as
    /// many as fit and how many more there are. `spelled` writes the number of a bill in the letters that the file has.
    #[must_use]
    pub fn purpose(&self, most: usize, spelled: impl Fn(&str) -> String) -> String {
        let of: Vec<DueOf> = self
            .of
            .iter()
            .map(|it| DueOf {
                reference: it.reference.clone(),
                bill: it.bill.as_deref().map(&spelled).filter(|it| !it.is_empty()),
            })
            .collect();
        let whole: Vec<String> = of.iter().map(DueOf::whole).collect();
        let whole = whole.join(", ");
        if length(&whole) <= most {
            return whole;
        }
        for count in (1..=of.len()).rev() {
            let more = match of.len() - count {
                0 => String::new(),
                more => format!(" +{more}"),
            };
            let shown = of.iter().take(count);
            let names: Vec<&str> = shown
                .map(|it| it.short(most.saturating_sub(length(&more))))
                .collect();
            let text = names.join(", ") + &more;
            if length(&text) <= most {
                return text;
            }
        }
        self.reference().to_owned()
    }
}

fn length(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Money;

    #[test]
    fn a_purpose_names_statements_and_bills_as_far_as_there_is_room() {
        let check = |of: &[(&str, &str)], most: usize, is: &str| {
            let of = of.iter().map(|(reference, bill)| DueOf {
                reference: (*reference).to_owned(),
                bill: Some((*bill).to_owned()).filter(|it| !it.is_empty()),
            });
            let due = Due {
                name: "Noor".to_owned(),
                email: None,
                is_business: true,
                of: of.collect(),
                amount: Money::new(1.into(), "EUR".parse().unwrap()),
                details: None,
            };
            let text = due.purpose(most, str::to_uppercase);
            assert_eq!(text, is);
            assert!(length(&text) <= most);
        };
        let one = [("ST-0042", "")];
        check(&one, 10, "ST-0042");
        let billed = [("ST-0042", "re 117/26")];
        check(&billed, 35, "ST-0042 RE 117/26");
        check(&billed, 10, "RE 117/26");
        check(&billed, 8, "ST-0042");
        let some = [("ST-0042", "re 117/26"), ("ST-0043", ""), ("ST-0050", "9")];
        check(&some, 40, "ST-0042 RE 117/26, ST-0043, ST-0050 9");
        check(&some, 35, "RE 117/26, ST-0043, 9");
        check(&some, 20, "RE 117/26 +2");
        check(&some, 10, "ST-0042 +2");
    }
}
