//! Where the hours of a workspace go: the audit of all that was imported, with what the owner has said since.

use std::collections::HashMap;

use offdesk_domain::audit::{Activity, AuditedActivity, Frame, Mix, Stays, audit};
use offdesk_domain::time::Period;
use offdesk_domain::{Currency, Day, EntryKind, Price, PriceRange, Seconds, Why};
use offdesk_import::Report;
use offdesk_store::activities::{ActivityRow, PriceRow, list_activities};
use offdesk_store::entries::list_spans;
use offdesk_store::sources::{SourceRow, list_published};
use offdesk_store::times::{SumRow, covered_days, sum_by_activity};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::worths::list_worths;
use offdesk_store::{Scope, Tx, Uuid};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::actor::{Actor, Permission};
use crate::audit::AuditReport;
use crate::error::Error;
use crate::imports::Remarks;
use crate::moment::Moment;
use crate::options::{KeptOptions, read_all};
use crate::workspaces::Settings;
use crate::worths::{DatedWorth, read as read_worth, worth_on};

/// A week told from memory stands for so many days seen.
const REMEMBERED_DAYS: u32 = 5;

/// The hours of a workspace.
#[derive(Debug, Clone)]
pub struct Hours {
    /// The workspace's settings.
    pub settings: Settings,
    /// The worth that counts today; `None` before one was said.
    pub worth: Option<DatedWorth>,
    /// The imports that count.
    pub sources: Vec<SourceRow>,
    /// The activities as kept, by id.
    pub rows: HashMap<Uuid, ActivityRow>,
    /// The id of each activity by its name in the audit.
    pub ids: HashMap<String, Uuid>,
    /// The answer; `None` without a worth.
    pub report: Option<AuditReport>,
    /// The activities with their time, for a workspace without a worth; in the order of their time.
    pub unjudged: Vec<Activity>,
    /// Who could do which activity, as the owner has typed it.
    pub options: HashMap<Uuid, KeptOptions>,
    /// Today.
    pub today: Day,
    /// The workspace's revision that this is of.
    pub revision: i64,
}

impl Hours {
    /// The row of a judged activity.
    #[must_use]
    pub fn row_of(&self, activity: &AuditedActivity) -> Option<&ActivityRow> {
        self.rows.get(self.ids.get(&activity.activity.name)?)
    }

    /// Whether nothing was imported yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }
}

/// The hours of the open workspace.
///
/// # Errors
/// Those of the actor and of the store.
pub fn load_hours(tx: &mut Tx<'_>, actor: &Actor, moment: Moment) -> Result<Hours, Error> {
    hours_of(&mut actor.within(tx, Permission::See)?, moment)
}

/// The hours of a workspace that the actor may change.
pub(crate) fn hours_of(scope: &mut Scope<'_, '_>, moment: Moment) -> Result<Hours, Error> {
    let workspace = load_workspace(scope)?;
    let settings = Settings::of(&workspace)?;
    let worths: Vec<DatedWorth> = list_worths(scope)?
        .iter()
        .map(read_worth)
        .collect::<Result<_, _>>()?;
    let today = moment.today();
    let worth = worth_on(&worths, today)
        .filter(|dated| dated.worth.currency == settings.currency)
        .cloned();
    let sources = list_published(scope)?;
    let rows: HashMap<Uuid, ActivityRow> = list_activities(scope)?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let options = read_all(scope)?;
    let sums = sum_by_activity(scope)?;
    let covered = covered_days(scope)?;
    let period = covered.and_then(|(first, last, _)| {
        // A report over a month covers the month, though its entries stand on one day.
        let totals = sources.iter().filter(|source| source.has_totals);
        let spans = totals.filter_map(|source| source.days);
        let (first, last) = spans.fold((first, last), |(a, b), (c, d)| (a.min(c), b.max(d)));
        Some(Period {
            from: Day::from_number(first)?,
            to: Day::from_number(last)?,
        })
    });
    let weeks = period.map_or(Decimal::ONE, Period::weeks);
    let activities = activities_of(&rows, &sums, settings.currency, weeks);
    let ids = activities
        .iter()
        .map(|(id, activity)| (activity.name.clone(), *id))
        .collect();
    let activities: Vec<Activity> = activities.into_iter().map(|(_, it)| it).collect();
    let days = covered.map_or(0, |(_, _, days)| u32::try_from(days).unwrap_or(u32::MAX));
    let (report, unjudged) = match &worth {
        Some(dated) => {
            let frame = Frame {
                worth: dated.worth.clone(),
                period,
                days_logged: if days == 0 { REMEMBERED_DAYS } else { days },
                weeks_per_year: settings.weeks_per_year,
            };
            let report = AuditReport {
                audit: audit(frame, activities),
                sources: sources.iter().map(report_of).collect(),
                failed: Vec::new(),
                place: settings.place,
                price_basis: offdesk_pricing::basis_of(settings.place),
                unused_prices: Vec::new(),
            };
            (Some(report), Vec::new())
        }
        None => {
            let mut activities = activities;
            activities.sort_by(|a, b| {
                (b.mix.total().cmp(&a.mix.total())).then_with(|| a.name.cmp(&b.name))
            });
            (None, activities)
        }
    };
    Ok(Hours {
        settings,
        worth,
        sources,
        rows,
        ids,
        report,
        unjudged,
        options,
        today,
        revision: workspace.revision,
    })
}

/// Activities with the time of their entries; those without an entry are left out.
fn activities_of(
    rows: &HashMap<Uuid, ActivityRow>,
    sums: &[SumRow],
    currency: Currency,
    weeks: Decimal,
) -> Vec<(Uuid, Activity)> {
    let mut by_id: HashMap<Uuid, (Mix, u64)> = HashMap::new();
    for sum in sums {
        let (mix, entries) = by_id.entry(sum.activity_id).or_default();
        let seconds = if sum.is_weekly {
            // Told for one week: as much in every week that is covered.
            (Decimal::from(sum.seconds) * weeks)
                .round()
                .to_i64()
                .unwrap_or(sum.seconds)
        } else {
            sum.seconds
        };
        let kind = EntryKind::of(&sum.kind).unwrap_or(EntryKind::Measured);
        mix.add(kind, Seconds(seconds));
        *entries += sum.entries;
    }
    let mut all: Vec<(Uuid, Activity)> = by_id
        .into_iter()
        .filter_map(|(id, (mix, entries))| {
            let row = rows.get(&id)?;
            let activity = Activity {
                name: row.name.clone(),
                entries,
                mix,
                price: row
                    .price
                    .as_ref()
                    .and_then(price_of)
                    .filter(|price| price.currency == currency),
                stays: stays_of(row),
                is_rest_of_list: row.is_rest_of_list,
            };
            Some((id, activity))
        })
        .collect();
    all.sort_by_key(|(id, _)| *id);
    all
}

/// Why an activity stays with the owner, where it does.
#[must_use]
pub fn stays_of(row: &ActivityRow) -> Option<Stays> {
    match row.stays.as_deref() {
        Some("mine") => Some(Stays::Mine),
        Some("rest") => Some(Stays::Rest),
        _ => None,
    }
}

/// The price as kept.
#[must_use]
pub fn price_of(row: &PriceRow) -> Option<Price> {
    let number = |text: &str| text.parse::<Decimal>().ok();
    Some(Price {
        place: row.place.parse().ok()?,
        currency: row.currency.parse().ok()?,
        range: PriceRange::new(number(&row.low)?, number(&row.likely)?, number(&row.high)?),
        occupation: row.occupation.clone(),
        confidence: u8::try_from(row.confidence).unwrap_or(0),
        source: row.source.clone(),
        why: Why::default(),
    })
}

/// A source as the audit's page shows it.
fn report_of(source: &SourceRow) -> Report {
    let remarks = Remarks::of_source(source);
    let day = |day: i64| Day::from_number(day).unwrap_or(Day(0));
    Report {
        file: source.file.clone(),
        format: source.format.clone(),
        label: source.label.clone(),
        kind: EntryKind::of(&source.kind),
        rows: source.rows,
        entries: source.entries,
        seconds: Seconds(source.seconds),
        skipped: source.skipped,
        // What was not understood was told when it was imported, and is told on the import's own page.
        bad: 0,
        days: source.days.map(|(a, b)| (day(a), day(b))),
        has_totals: source.has_totals,
        questions: remarks.questions,
        decisions: remarks.decisions,
        ..Report::default()
    }
}

/// Seconds of every hour of the week, from Monday 0:00, on average over the weeks covered: 7 rows of 24.
pub type WeekGrid = [[i64; 24]; 7];

/// The week of the last thirteen weeks that have clock times; `None` where none have.
///
/// # Errors
/// Those of the actor and of the store.
pub fn load_week(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<WeekGrid>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let zone = Settings::of(&load_workspace(&mut scope)?)?.zone;
    let zone = zone.and_then(|name| jiff::tz::TimeZone::get(&name).ok());
    let Some((first, last, _)) = covered_days(&mut scope)? else {
        return Ok(None);
    };
    let first = first.max(last - 13 * 7 + 1);
    let weeks = ((last - first + 1) + 6) / 7;
    let mut grid: WeekGrid = [[0; 24]; 7];
    let mut is_any = false;
    for (start, end) in list_spans(&mut scope, first, last)? {
        let shift = zone.as_ref().map_or(0, |zone| {
            jiff::Timestamp::from_second(start)
                .map_or(0, |at| i64::from(zone.to_offset(at).seconds()))
        });
        let (mut from, to) = (start + shift, (end + shift).min(start + shift + 86_400));
        while from < to {
            let next = (from.div_euclid(3600) + 1) * 3600;
            let upto = next.min(to);
            // 1970 began on a Thursday.
            let day = (from.div_euclid(86_400) + 3).rem_euclid(7);
            let hour = from.rem_euclid(86_400) / 3600;
            if let (Ok(day), Ok(hour)) = (usize::try_from(day), usize::try_from(hour)) {
                grid[day][hour] += upto - from;
                is_any = true;
            }
            from = upto;
        }
    }
    for hour in grid.iter_mut().flatten() {
        *hour /= weeks.max(1);
    }
    Ok(is_any.then_some(grid))
}
