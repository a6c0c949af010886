//! What stands on statements, to the unit in which it is paid: each line is its part of the statement's rounded sum, as the statement shows it.

use std::collections::{BTreeMap, HashMap};

use offdesk_domain::pay::{
    Booked, Exact, Landing, Piece, Rounding, TakenBack, Worked, allotted, corrections,
};
use offdesk_domain::returns::spread;
use offdesk_domain::time::Period;
use offdesk_domain::{Currency, Day, Money, Seconds};
use offdesk_store::returns::cash::{
    EarnedRows, PriceRow, StatedLineRow, StatementFrameRow, list_earned,
};
use offdesk_store::returns::taken_back::list_taken_back;
use offdesk_store::{Scope, StoreError, Uuid};
use rust_decimal::Decimal;

use super::cash::{currency, number};
use crate::error::Error;
use crate::pay::ledger::record;

/// What a handoff has earned on a day by one statement.
pub(super) struct StatedDay {
    pub(super) statement: i64,
    pub(super) handoff: Uuid,
    pub(super) day: i64,
    pub(super) amount: Money,
}

/// A price for one unit of what is counted.
enum Price {
    Hour(Money),
    Time(Exact),
    Month(Money),
}

/// What was earned by all handoffs, with what of it puts right what was stated before.
pub(super) fn earned_of_all(scope: &mut Scope<'_, '_>) -> Result<EarnedRows, Error> {
    let taken = list_taken_back(scope)?.into_iter().map(|row| TakenBack {
        number: row.number.0,
        of: row.of.0,
        was_stated: row.of.1.is_some() && row.of.1 != row.number.1,
        in_its_place: row.next,
    });
    Ok(list_earned(scope, &corrections(taken))?)
}

/// What each statement has by handoff and day.
pub(super) fn stated_days(
    rows: &EarnedRows,
    frames: &BTreeMap<i64, StatementFrameRow>,
) -> Result<(Vec<StatedDay>, Booked), Error> {
    let prices = rows.prices.iter().map(price_of);
    let prices = prices.collect::<Result<Vec<(Price, Currency)>, Error>>()?;
    let mut days = Vec::new();
    let (mut booked, mut before) = (Booked::default(), frames.iter().peekable());
    for lines in rows.stated.chunk_by(|a, b| a.statement == b.statement) {
        let Some(first) = lines.first() else { continue };
        let frame = frames.get(&first.statement).ok_or_else(damaged)?;
        while let Some((_, earlier)) = before.next_if(|(number, _)| **number < first.statement) {
            note(&mut booked, earlier)?;
        }
        let rounding = Rounding::of(&frame.rounding).ok_or_else(damaged)?;
        let (_, currency) = prices.get(first.price).ok_or_else(damaged)?;
        let pieces = lines.iter().map(|line| piece(line, &prices));
        let pieces = pieces.collect::<Result<Vec<Piece>, Error>>()?;
        let shares = allotted(rounding, *currency, &pieces)?;
        let mut sums: HashMap<(i64, Uuid), Decimal> = HashMap::new();
        let landing = landing(frame)?;
        for (line, share) in lines.iter().zip(shares) {
            let worked = Worked {
                day: Day::from_number(line.day).ok_or_else(damaged)?,
                is_correction: line.is_correction,
            };
            let whose = (record(frame.person_id), *currency);
            let day = booked.day(whose, worked, Some(landing));
            // A retainer was earned on each of its days, not on the last one alone.
            let is_spread = line.quantity_of.is_some() && day == worked.day;
            let days = if is_spread { line.quantity } else { 1 };
            for (day, part) in spread(share, day, days) {
                let place = sums.entry((day.0.into(), line.handoff_id));
                *place.or_default() += part.amount;
            }
        }
        let mut sums: Vec<_> = sums.into_iter().collect();
        sums.sort_unstable();
        let of = sums.into_iter().map(|((day, handoff), amount)| StatedDay {
            statement: first.statement,
            handoff,
            day,
            amount: Money::new(amount, *currency),
        });
        days.extend(of);
    }
    for (_, frame) in before {
        note(&mut booked, frame)?;
    }
    Ok((days, booked))
}

fn note(booked: &mut Booked, frame: &StatementFrameRow) -> Result<(), Error> {
    let whose = (record(frame.person_id), currency(&frame.currency)?);
    booked.note(whose, landing(frame)?);
    Ok(())
}

fn landing(frame: &StatementFrameRow) -> Result<Landing, Error> {
    let day = |number| Day::from_number(number).ok_or_else(damaged);
    let landing = Landing {
        period: Period {
            from: day(frame.days.0)?,
            to: day(frame.days.1)?,
        },
        is_billed: frame.is_billed,
    };
    let drawn_up = Day::from_epoch_seconds(frame.created_at.div_euclid(1_000_000));
    Ok(landing.drawn_up(drawn_up))
}

fn price_of(row: &PriceRow) -> Result<(Price, Currency), Error> {
    let price = Money::new(number(&row.amount)?, currency(&row.currency)?);
    let each = match row.counted.as_str() {
        "seconds" => Price::Hour(price),
        "days" => Price::Month(price),
        _ => Price::Time(Exact::of(price)?),
    };
    Ok((each, price.currency))
}

fn piece(line: &StatedLineRow, prices: &[(Price, Currency)]) -> Result<Piece, Error> {
    let (price, _) = prices.get(line.price).ok_or_else(damaged)?;
    let small = |number: i64| u32::try_from(number).map_err(|_| damaged());
    let exact = match price {
        Price::Hour(price) => Exact::of_time(Seconds(line.quantity), *price)?,
        Price::Time(each) => each.times(small(line.quantity)?)?,
        Price::Month(price) => {
            let of = line.quantity_of.ok_or_else(damaged)?;
            Exact::of_days(small(line.quantity)?, small(of)?, *price)?
        }
    };
    Ok(Piece {
        day: Day::from_number(line.day).ok_or_else(damaged)?,
        activity: record(line.activity_id),
        exact: if line.is_reversed {
            exact.negated()
        } else {
            exact
        },
    })
}

fn damaged() -> Error {
    StoreError::Damaged("a line of a statement is not understood".to_owned()).into()
}
