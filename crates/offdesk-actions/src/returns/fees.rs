//! What payments cost besides, shared by the work they were for. It was paid even where the payment came back; where it was taken back with
//! it, that counts on the day it came back, so the sums of each month are those of the ledger and of the journals.

use std::collections::{BTreeMap, HashMap};

use offdesk_domain::Money;
use offdesk_store::Uuid;
use offdesk_store::returns::cash::{PaidRow, StatementFrameRow};
use rust_decimal::Decimal;

use super::cash::{currency, number};
use super::stated::StatedDay;
use crate::error::Error;

/// A handoff's part of a fee.
pub(super) struct FeePart {
    pub(super) handoff: Uuid,
    pub(super) day: i64,
    pub(super) amount: Money,
}

/// All fees, each shared by what is on its statement, on the day of the payment, as in the journals; what was taken back is less than nothing
/// on the day on which it was. So neither changes a month before it. A statement of a tax alone has no lines: its fee is shared as the
/// statement before it of the same person was.
pub(super) fn shared_fees(
    paid: &[PaidRow],
    stated: &[StatedDay],
    frames: &BTreeMap<i64, StatementFrameRow>,
) -> Result<Vec<FeePart>, Error> {
    let lines: HashMap<i64, &[StatedDay]> = stated
        .chunk_by(|a, b| a.statement == b.statement)
        .filter_map(|lines| Some((lines.first()?.statement, lines)))
        .collect();
    let mut parts = Vec::new();
    for row in paid {
        let Some((fee, of)) = &row.fee else { continue };
        let fee = Money::new(number(fee)?, currency(of)?);
        let lines = match lines.get(&row.statement) {
            Some(own) => *own,
            None => before(row.statement, &lines, frames).unwrap_or(&[]),
        };
        let paid = Some((row.day, fee.amount));
        let back = row.fee_back.map(|day| (day, -fee.amount));
        for (day, whole) in paid.into_iter().chain(back) {
            for (line, amount) in lines.iter().zip(shares(whole, lines)) {
                parts.push(FeePart {
                    handoff: line.handoff,
                    day,
                    amount: Money::new(amount, fee.currency),
                });
            }
        }
    }
    Ok(parts)
}

/// The lines of the last statement before one, of the same person in the same currency.
fn before<'l>(
    statement: i64,
    lines: &HashMap<i64, &'l [StatedDay]>,
    frames: &BTreeMap<i64, StatementFrameRow>,
) -> Option<&'l [StatedDay]> {
    let own = frames.get(&statement)?;
    let is_alike = |number: &&i64| {
        let frame = frames.get(number);
        **number < statement
            && frame
                .is_some_and(|it| (it.person_id, &it.currency) == (own.person_id, &own.currency))
    };
    let last = lines.keys().filter(is_alike).max()?;
    lines.get(last).copied()
}

/// The parts of an amount by what each line comes to, whether it was earned or taken back; equal ones where all come to nothing. They add up.
fn shares(amount: Decimal, lines: &[StatedDay]) -> Vec<Decimal> {
    let whole: Decimal = lines.iter().map(|line| line.amount.amount.abs()).sum();
    let count = Decimal::from(lines.len());
    let mut left = amount;
    let mut shares: Vec<Decimal> = lines
        .iter()
        .map(|line| {
            let share = line.amount.amount.abs().checked_div(whole);
            let share = share.or_else(|| Decimal::ONE.checked_div(count));
            let part = share.and_then(|share| amount.checked_mul(share));
            let part = part.unwrap_or(Decimal::ZERO);
            left -= part;
            part
        })
        .collect();
    if let Some(last) = shares.last_mut() {
        *last += left;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up() {
        let check = |amount: &str, lines: &[&str], expected: &[&str]| {
            let line = |text: &&str| StatedDay {
                statement: 1,
                handoff: Uuid::nil(),
                day: 1,
                amount: Money::new(text.parse().unwrap(), "EUR".parse().unwrap()),
            };
            let lines: Vec<StatedDay> = lines.iter().map(line).collect();
            let found = shares(amount.parse().unwrap(), &lines);
            let shown: Vec<String> = found
                .iter()
                .map(|it| it.round_dp(4).normalize().to_string())
                .collect();
            assert_eq!(shown, expected);
            assert_eq!(
                found.iter().sum::<Decimal>(),
                amount.parse::<Decimal>().unwrap()
            );
        };
        check("3", &["20", "10"], &["2", "1"]);
        check("1", &["1", "1", "1"], &["0.3333", "0.3333", "0.3333"]);
        // What was taken back has its part, and what comes to nothing, too.
        check("1", &["14", "-14"], &["0.5", "0.5"]);
        check("1", &["0", "0"], &["0.5", "0.5"]);
    }
}
