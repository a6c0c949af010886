//! What the owner's own hours are by what they could be bought for: in the weeks before the first handoff, and in the last ones.

use std::collections::{BTreeMap, HashMap, HashSet};

use offdesk_domain::coverage::Coverage;
use offdesk_domain::returns::{Band, Bands, Work, without_top};
use offdesk_domain::time::Period;
use offdesk_domain::{Currency, Day, Seconds, Worth};
use offdesk_store::activities::{ActivityRow, list_activities};
use offdesk_store::returns::hours::days_by_person;
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Tx, Uuid};
use rust_decimal::Decimal;

use super::days::Days;
use super::known::names_of_people;
use super::live::live_of;
use crate::actor::{Actor, Permission};
use crate::error::Error;
use crate::hours::{log_coverage, price_of};
use crate::moment::Moment;
use crate::workspaces::Settings;
use crate::worths::{read_worths, worth_in};

/// So many weeks stand for the time before, and for now.
const WEEKS: i32 = 8;

/// Hours of a time by their price.
#[derive(Debug, Clone, PartialEq)]
pub struct BandsOf {
    /// Its days.
    pub period: Period,
    /// The weeks that logs speak about in it.
    pub weeks: Decimal,
    /// The hours.
    pub bands: Bands,
}

impl BandsOf {
    /// Hours a week of a band.
    #[must_use]
    pub fn hours_per_week(&self, band: Band) -> Decimal {
        self.bands.of(band).hours() / self.weeks
    }
}

/// What an hour could be bought for now, without the work below the worth that takes the most time.
#[derive(Debug, Clone, PartialEq)]
pub struct WithoutWork {
    /// What is gone.
    pub activities: Vec<(Uuid, String)>,
    /// What an hour of the rest could be bought for.
    pub hour: Decimal,
}

/// What the hours became.
#[derive(Debug, Clone, PartialEq)]
pub struct BecameBands {
    /// What the prices are held against.
    pub worth: Worth,
    /// Before the first handoff.
    pub before: BandsOf,
    /// The last weeks.
    pub now: BandsOf,
    /// What an hour could be bought for now without the top one or two below the worth.
    pub without: Vec<WithoutWork>,
}

/// The hours before and now by their prices; `None` without a worth, without a handoff, or where no log speaks about one of the two times.
///
/// # Errors
/// Those of the actor and of the store.
pub fn load_bands(
    tx: &mut Tx<'_>,
    actor: &Actor,
    moment: Moment,
) -> Result<Option<BecameBands>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let days = Days::of(&mut scope)?;
    let today = days.today(moment);
    let settings = Settings::of(&load_workspace(&mut scope)?)?;
    let worths = read_worths(&mut scope)?;
    let worth = worth_in(&worths, settings.currency, today);
    let Some(worth) = worth.map(|dated| dated.worth.clone()) else {
        return Ok(None);
    };
    let Some(first) = first_day(&mut scope, &days, today)? else {
        return Ok(None);
    };
    let coverage = log_coverage(&mut scope)?;
    let rows: HashMap<Uuid, ActivityRow> = list_activities(&mut scope)?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let prices = Prices {
        rows,
        people: names_of_people(&mut scope)?,
        worth: &worth,
        currency: settings.currency,
    };
    let before = Period {
        from: Day(first.0 - 7 * WEEKS),
        to: Day(first.0 - 1),
    };
    // What lies before the first handoff is not "now", however short it is since.
    let now = Period {
        from: Day(today.0 - 7 * WEEKS + 1).max(first),
        to: today,
    };
    let before = bands_of(&mut scope, &coverage, before, &prices)?;
    let now = bands_of(&mut scope, &coverage, now, &prices)?;
    let (Some((before, _)), Some((now, spent))) = (before, now) else {
        return Ok(None);
    };
    let without = prices.without(&spent);
    Ok(Some(BecameBands {
        worth,
        before,
        now,
        without,
    }))
}

/// What hours are held against, and whose are none of the owner's.
struct Prices<'p> {
    rows: HashMap<Uuid, ActivityRow>,
    people: HashSet<String>,
    worth: &'p Worth,
    currency: Currency,
}

impl Prices<'_> {
    /// The likely price of an hour, also of what only the owner can do: where it has a price, that is what the hour is worth on the market.
    fn of(&self, activity: Uuid) -> Option<Decimal> {
        let row = self.rows.get(&activity)?;
        let price = row.price.as_ref().and_then(price_of)?;
        (price.currency == self.currency).then_some(price.range.likely)
    }

    /// What an hour could be bought for without the work below the worth that takes the most time.
    fn without(&self, spent: &[(Uuid, Seconds)]) -> Vec<WithoutWork> {
        let work: Vec<Work> = spent
            .iter()
            .map(|(id, time)| Work {
                hours: time.hours(),
                price: self.of(*id),
                stays: self.rows.get(id).is_none_or(|row| row.stays.is_some()),
            })
            .collect();
        let named = |at: usize| {
            let (id, _) = spent.get(at)?;
            Some((*id, self.rows.get(id)?.name.clone()))
        };
        without_top(&work, self.worth)
            .into_iter()
            .map(|it| WithoutWork {
                activities: it.gone.into_iter().filter_map(named).collect(),
                hour: it.hour,
            })
            .collect()
    }
}

/// The first day on which anything was handed off.
fn first_day(scope: &mut Scope<'_, '_>, days: &Days, today: Day) -> Result<Option<Day>, Error> {
    let live = live_of(scope, days, today)?;
    let firsts = live
        .values()
        .filter_map(|periods| periods.first().map(|it| it.from));
    Ok(firsts.min())
}

/// Time by activity.
type Spent = Vec<(Uuid, Seconds)>;

/// The hours of a time by their price, and by activity; `None` where no log speaks about it.
fn bands_of(
    scope: &mut Scope<'_, '_>,
    coverage: &Coverage,
    period: Period,
    prices: &Prices<'_>,
) -> Result<Option<(BandsOf, Spent)>, Error> {
    let Some(weeks) = coverage.within(period) else {
        return Ok(None);
    };
    let (mut bands, mut spent) = (Bands::default(), BTreeMap::<Uuid, Seconds>::new());
    let (from, to) = (period.from.0.into(), period.to.0.into());
    for row in days_by_person(scope, from, to)? {
        // What those who do the work have logged is none of the owner's hours, and a day that no log speaks about is in none of its weeks.
        let is_inside = |day| coverage.has_all(Period { from: day, to: day });
        let is_theirs = prices.people.contains(&row.person.to_lowercase());
        if is_theirs || !Day::from_number(row.day).is_some_and(is_inside) {
            continue;
        }
        let time = Seconds(row.seconds);
        *spent.entry(row.activity_id).or_default() += time;
        bands = bands.with(time, prices.of(row.activity_id), prices.worth);
    }
    let of = BandsOf {
        period,
        weeks,
        bands,
    };
    Ok(Some((of, spent.into_iter().collect())))
}
