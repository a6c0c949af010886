//! Where the hours of a workspace go: the audit of all that was imported, with what the owner has said since.

mod covered;
mod kept;
mod week;

use std::collections::{HashMap, HashSet};

use offdesk_domain::audit::{Activity, AuditedActivity, Blueprint, Frame, Mix, audit};
use offdesk_domain::decision::usual::hours_each;
use offdesk_domain::{Currency, Day, EntryKind, Seconds};
use offdesk_import::Report;
use offdesk_store::activities::{ActivityRow, list_activities};
use offdesk_store::blueprints::list_written;
use offdesk_store::handoffs::open::list_handed_off;
use offdesk_store::sources::{SourceRow, list_published};
use offdesk_store::times::{SumRow, covered_days, sum_by_activity};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Tx, Uuid};
use rust_decimal::{Decimal, prelude::ToPrimitive};

pub(crate) use self::covered::{coverage_of, log_coverage};
pub use self::kept::{price_of, stays_of};
pub use self::week::{WeekGrid, load_week};
use crate::actor::{Actor, Permission};
use crate::audit::AuditReport;
use crate::error::Error;
use crate::imports::Remarks;
use crate::moment::Moment;
use crate::options::{KeptOptions, Rhythms, read_all, rhythms_of};
use crate::remembered::MEMORY;
use crate::returns::Days;
use crate::workspaces::Settings;
use crate::worths::{DatedWorth, read_worths, worth_in};

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
    /// The activities that somebody else does, or was asked to do.
    pub handed_off: HashSet<Uuid>,
    /// A week was told from memory, and none of it counts: other sources tell the same time.
    pub is_memory_unused: bool,
    /// The days of the activities in the last weeks that are spoken about.
    pub rhythms: Rhythms,
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

    /// Whether it is still the day on which this was looked up, where the workspace is.
    #[must_use]
    pub fn is_of_today(&self, moment: Moment) -> bool {
        let zone = self.settings.zone.as_deref().unwrap_or_default();
        self.today == Days::in_zone(zone).today(moment)
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
    let worths = read_worths(scope)?;
    let today = Days::in_zone(&workspace.zone).today(moment);
    let worth = worth_in(&worths, settings.currency, today).cloned();
    let sources = list_published(scope)?;
    let rows: HashMap<Uuid, ActivityRow> = list_activities(scope)?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let options = read_all(scope)?;
    let sums = sum_by_activity(scope)?;
    let is_memory_unused = sources.iter().any(|source| source.format == MEMORY)
        && !sums.iter().any(|sum| sum.is_weekly);
    let coverage = coverage_of(scope, &sources)?;
    let weeks = coverage.weeks();
    let days = covered_days(scope)?;
    let rhythms = rhythms_of(scope, &coverage)?;
    let known = Known {
        rows: &rows,
        rhythms: &rhythms,
        written: list_written(scope)?.into_iter().collect(),
        currency: settings.currency,
        weeks,
    };
    let activities = activities_of(&known, &sums);
    let ids = activities
        .iter()
        .map(|(id, activity)| (activity.name.clone(), *id))
        .collect();
    let activities: Vec<Activity> = activities.into_iter().map(|(_, it)| it).collect();
    let frame = worth.as_ref().map(|dated| Frame {
        worth: dated.worth.clone(),
        period: coverage.period(),
        weeks,
        days_logged: match u32::try_from(days).unwrap_or(u32::MAX) {
            0 => REMEMBERED_DAYS,
            days => days,
        },
        weeks_per_year: settings.weeks_per_year,
    });
    let (report, unjudged) = match frame {
        Some(frame) => (
            Some(judged(frame, activities, &settings, &sources)),
            Vec::new(),
        ),
        None => (None, by_time(activities)),
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
        handed_off: list_handed_off(scope)?.into_iter().collect(),
        is_memory_unused,
        rhythms,
        today,
        revision: workspace.revision,
    })
}

fn judged(
    frame: Frame,
    activities: Vec<Activity>,
    settings: &Settings,
    sources: &[SourceRow],
) -> AuditReport {
    AuditReport {
        audit: audit(frame, activities),
        sources: sources.iter().map(report_of).collect(),
        failed: Vec::new(),
        place: settings.place,
        price_basis: offdesk_pricing::basis_of(settings.place),
        unused_prices: Vec::new(),
    }
}

/// Activities by their time, the most first.
fn by_time(mut activities: Vec<Activity>) -> Vec<Activity> {
    let time = |activity: &Activity| activity.mix.total();
    activities.sort_by(|a, b| (time(b).cmp(&time(a))).then_with(|| a.name.cmp(&b.name)));
    activities
}

/// What is known of activities beside the time of their entries.
struct Known<'k> {
    rows: &'k HashMap<Uuid, ActivityRow>,
    rhythms: &'k Rhythms,
    /// Whether a version of a blueprint is published, of those that have one.
    written: HashMap<Uuid, bool>,
    currency: Currency,
    weeks: Decimal,
}

impl Known<'_> {
    fn blueprint(&self, id: Uuid) -> Blueprint {
        match self.written.get(&id) {
            Some(true) => Blueprint::Published,
            Some(false) => Blueprint::Draft,
            None => Blueprint::None,
        }
    }

    fn hours_each(&self, id: Uuid) -> Option<Decimal> {
        let rhythm = self.rhythms.activities.get(&id)?;
        Decimal::try_from(hours_each(rhythm.hours)).ok()
    }
}

/// Activities with the time of their entries; those without an entry are left out.
fn activities_of(known: &Known<'_>, sums: &[SumRow]) -> Vec<(Uuid, Activity)> {
    let mut by_id: HashMap<Uuid, (Mix, u64)> = HashMap::new();
    for sum in sums {
        let (mix, entries) = by_id.entry(sum.activity_id).or_default();
        let seconds = if sum.is_weekly {
            // Told for one week: as much in every week that is covered.
            Decimal::from(sum.seconds)
                .saturating_mul(known.weeks)
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
            let row = known.rows.get(&id)?;
            let activity = Activity {
                name: row.name.clone(),
                entries,
                mix,
                price: row
                    .price
                    .as_ref()
                    .and_then(price_of)
                    .filter(|price| price.currency == known.currency),
                stays: stays_of(row),
                is_rest_of_list: row.is_rest_of_list,
                hours_each: known.hours_each(id),
                blueprint: known.blueprint(id),
            };
            Some((id, activity))
        })
        .collect();
    all.sort_by_key(|(id, _)| *id);
    all
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
