//! The audit: from exports and the owner's worth to what lies below the line and what to hand off first.

mod clusters;
mod collector;
mod doubles;
mod grouping;
mod names;
mod occupied;

use std::collections::HashMap;
use std::sync::Arc;

use offdesk_domain::activity::Folder;
use offdesk_domain::audit::{Audit, Frame, audit};
use offdesk_domain::time::Period;
use offdesk_domain::{Currency, Day, EntryKind, Place, Seconds, Worth};
use offdesk_import::{Input, Options, Problem, Report};
use rust_decimal::Decimal;

pub use offdesk_import::{Problem as SourceProblem, Report as SourceReport, Severity};

use self::collector::{Collector, Job};
use self::doubles::{Cut, SourceLines, doubles};
use self::grouping::Market;
use crate::rules::{OwnPrices, Rules};

/// A week told from memory stands for so many days seen.
const REMEMBERED_DAYS: u32 = 5;

/// What is asked.
pub struct AuditRequest<'r> {
    /// The owner's rates.
    pub worth: Worth,
    /// Where the work would be bought.
    pub place: Place,
    /// Weeks worked in a year.
    pub weeks_per_year: Decimal,
    /// What is known about the files.
    pub import: Options<'r>,
    /// The owner's rules.
    pub rules: Rules,
    /// The owner's prices.
    pub prices: OwnPrices,
}

/// The answer, with what was read.
#[derive(Debug, Clone)]
pub struct AuditReport {
    /// The figures.
    pub audit: Audit,
    /// What was read of every file, in their order.
    pub sources: Vec<Report>,
    /// Files that could not be read, with the reason.
    pub failed: Vec<(String, Problem)>,
    /// Where the work would be bought.
    pub place: Place,
    /// What the market prices are, in one line.
    pub price_basis: &'static str,
    /// Prices given for activities that are not there.
    pub unused_prices: Vec<String>,
}

impl AuditReport {
    /// The report's currency.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.audit.worth.currency
    }

    /// Whether something could not be read, so that the answer is of a part only.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        !self.failed.is_empty() || self.sources.iter().any(|source| source.bad > 0)
    }

    /// Rows that were not understood, over all sources.
    #[must_use]
    pub fn bad_rows(&self) -> u64 {
        self.sources.iter().map(|source| source.bad).sum()
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AuditError {
    /// The prices of a place are in another currency than the worth.
    #[error(
        "prices in {place} are in {prices}, and your worth is in {worth}: different currencies are never mixed"
    )]
    Currency {
        /// The place.
        place: Place,
        /// Currency of its prices.
        prices: Currency,
        /// Currency of the worth.
        worth: Currency,
    },
    /// There are no prices for a place.
    #[error("there are no prices for {place} yet")]
    Place {
        /// The place.
        place: Place,
        /// Where there are.
        known: Vec<Place>,
    },
    /// No file could be read; the first problem, and its file.
    #[error("{problem}")]
    Unread {
        /// The file.
        file: String,
        /// The problem.
        problem: Problem,
    },
    /// The files hold no entry that counts.
    #[error("there is no entry to count in {}", if .sources.len() == 1 { "this file" } else { "these files" })]
    Nothing {
        /// What was read.
        sources: Vec<Report>,
    },
}

/// Reads the files and answers.
///
/// A file that cannot be read is reported beside the answer from the others; where none can, there is none.
///
/// # Errors
/// [`AuditError`].
pub fn run_audit(
    request: AuditRequest<'_>,
    inputs: Vec<Result<Input, (String, Problem)>>,
) -> Result<AuditReport, AuditError> {
    check_place(&request)?;
    let mut folder = Folder::new();
    let named = request
        .prices
        .names()
        .map(|name| (folder.fold(name).to_owned(), name.to_owned()))
        .collect();
    let keeps_ledger = inputs.len() > 1;
    let job = Arc::new(Job {
        rules: request.rules,
        named,
        keeps_ledger,
    });
    let mut all = Collector::new(Arc::clone(&job));
    let mut sources: Vec<Report> = Vec::new();
    let mut failed = Vec::new();
    let mut ends = Vec::new();
    for input in inputs {
        let mut collector = Collector::new(Arc::clone(&job));
        let read = input.and_then(|mut input| {
            let name = input.name().to_owned();
            offdesk_import::read(&mut input, &request.import, &mut collector)
                .map_err(|problem| (name, problem))
        });
        match read {
            Ok(report) => {
                collector.set_kind(report.kind.unwrap_or(EntryKind::Measured));
                if ends.is_empty() && !keeps_ledger {
                    all = collector;
                } else {
                    all.take(collector);
                }
                ends.push(all.ledger.len());
                sources.push(report);
            }
            Err(failure) => failed.push(failure),
        }
    }
    if let (true, Some((file, problem))) = (sources.is_empty(), failed.first()) {
        return Err(AuditError::Unread {
            file: file.clone(),
            problem: problem.clone(),
        });
    }
    take_doubles(
        &mut all,
        &mut sources,
        &ends,
        request.import.person.is_some(),
    );
    remark(&all, &mut sources, keeps_ledger, &request.import);
    if sources.iter().all(|source| source.entries == 0) {
        return Err(nothing(sources));
    }
    let period = stated_period(&sources);
    let days_logged = match (all.occupied.days(), period) {
        (0, None) => REMEMBERED_DAYS,
        (0, Some(period)) => u32::try_from(period.to.0 - period.from.0 + 1).unwrap_or(1),
        (days, _) => days,
    };
    let frame = Frame {
        worth: request.worth,
        period,
        days_logged,
        weeks_per_year: request.weeks_per_year,
    };
    let market = Market {
        place: request.place,
        currency: frame.worth.currency,
        own: request.prices,
    };
    let activities = grouping::activities(&all, &job, &market);
    let has = |name: &str| {
        activities
            .iter()
            .any(|activity| activity.name.to_lowercase() == name.to_lowercase())
    };
    let unused_prices = market
        .own
        .names()
        .filter(|name| !has(name))
        .map(str::to_owned)
        .collect();
    Ok(AuditReport {
        audit: audit(frame, activities),
        sources,
        failed,
        place: request.place,
        price_basis: offdesk_pricing::basis_of(request.place).unwrap_or_default(),
        unused_prices,
    })
}

/// The days that the sources cover whose entries count.
fn stated_period(sources: &[Report]) -> Option<Period> {
    let days = sources
        .iter()
        .filter(|source| source.entries > 0)
        .filter_map(|source| source.days);
    days.reduce(|(a, b), (c, d)| (a.min(c), b.max(d)))
        .map(|(from, to)| Period { from, to })
}

fn check_place(request: &AuditRequest<'_>) -> Result<(), AuditError> {
    let places = offdesk_pricing::places();
    let Some(prices) = offdesk_pricing::currency_of(request.place) else {
        return Err(AuditError::Place {
            place: request.place,
            known: places.to_vec(),
        });
    };
    if prices == request.worth.currency {
        return Ok(());
    }
    Err(AuditError::Currency {
        place: request.place,
        prices,
        worth: request.worth.currency,
    })
}

fn nothing(sources: Vec<Report>) -> AuditError {
    AuditError::Nothing { sources }
}

/// Holds several sources against each other and takes away what is there twice.
fn take_doubles(all: &mut Collector, sources: &mut [Report], ends: &[usize], is_one_person: bool) {
    if sources.len() < 2 {
        return;
    }
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let lines: Vec<SourceLines<'_>> = sources
        .iter()
        .zip(starts.zip(ends))
        .enumerate()
        .map(|(source, (report, (start, end)))| SourceLines {
            source,
            kind: report.kind.unwrap_or(EntryKind::Measured),
            family: report.format.split('.').next().unwrap_or(""),
            lines: all.ledger.get(start..*end).unwrap_or_default(),
        })
        .collect();
    // A file without people belongs to the owner; where at most one person is named, that is the owner, too.
    let is_owner_only = is_one_person || all.people.iter().count() <= 1;
    let lower: HashMap<u32, u32> = same_names(all);
    let same = |person: u32| {
        if is_owner_only {
            0
        } else {
            lower.get(&person).copied().unwrap_or(person)
        }
    };
    let (mut cuts, repeated) = repeated_totals(&lines, sources);
    let rest: Vec<SourceLines<'_>> = lines
        .into_iter()
        .filter(|of| !repeated.iter().any(|(source, _)| *source == of.source))
        .collect();
    let (doubled, taken) = doubles(&rest, &same);
    cuts.extend(doubled);
    for (source, message) in repeated {
        if let Some(report) = sources.get_mut(source) {
            report.remark(Problem::note("import.totals_repeated", message));
        }
    }
    for cut in cuts {
        if let Some(group) = usize::try_from(cut.group)
            .ok()
            .and_then(|at| all.groups.get_mut(at))
        {
            group.mix.add(cut.kind, Seconds(-cut.seconds.0));
            group.entries -= u64::from(cut.is_whole);
        }
        if let Some(report) = sources.get_mut(cut.source) {
            report.seconds = report.seconds - cut.seconds;
            report.entries -= u64::from(cut.is_whole);
            report.skipped += u64::from(cut.is_whole);
        }
    }
    for (source, taken) in taken {
        if let Some(report) = sources.get_mut(source) {
            say_taken(report, taken);
        }
    }
}

/// Totals beside entries of the same days: the entries count, the totals do not. Hours a week from memory count
/// only where there is nothing else, as nobody knows which hours they are.
fn repeated_totals(
    lines: &[SourceLines<'_>],
    sources: &[Report],
) -> (Vec<Cut>, Vec<(usize, &'static str)>) {
    let dated = |source: &&Report| !source.has_totals && source.entries > 0;
    let days: Vec<(EntryKind, (Day, Day))> = sources
        .iter()
        .filter(dated)
        .filter_map(|source| source.kind.zip(source.days))
        .collect();
    let (mut cuts, mut repeated) = (Vec::new(), Vec::new());
    for (of, source) in lines
        .iter()
        .zip(sources)
        .filter(|(_, source)| source.has_totals)
    {
        let overlaps = |(kind, (first, last)): &(EntryKind, (Day, Day))| match source.days {
            Some((from, to)) => *kind == EntryKind::Measured && *first <= to && from <= *last,
            None => true,
        };
        if !days.iter().any(overlaps) {
            continue;
        }
        let message = if source.days.is_some() {
            "these totals cover days that another file has entry by entry; they are not counted again"
        } else {
            "hours from memory are not counted beside logged ones"
        };
        repeated.push((of.source, message));
        cuts.extend(of.lines.iter().map(|line| Cut {
            source: of.source,
            kind: of.kind,
            group: line.group,
            seconds: Seconds(line.seconds),
            is_whole: true,
        }));
    }
    (cuts, repeated)
}

fn same_names(all: &Collector) -> HashMap<u32, u32> {
    let mut first: HashMap<String, u32> = HashMap::new();
    let mut same = HashMap::new();
    for (number, name) in (1_u32..).zip(all.people.iter()) {
        same.insert(
            number,
            *first.entry(name.trim().to_lowercase()).or_insert(number),
        );
    }
    same
}

fn say_taken(report: &mut Report, taken: doubles::Taken) {
    let hours = |seconds: Seconds| seconds.hours().round_dp(1).normalize();
    if taken.same_entries > 0 && report.entries == 0 && taken.covered == 0 {
        let message = "nothing new: every entry is in another of these files";
        report.remark(Problem::note("import.duplicate_file", message));
    } else if taken.same_entries > 0 {
        let message = format!(
            "{}: in another of these files, counted once",
            counted(taken.same_entries)
        );
        report.remark(Problem::note("import.duplicate", message));
    }
    if taken.covered > 0 {
        let message = format!(
            "{}: in hours another source has, counted once",
            counted(taken.covered)
        );
        report.remark(Problem::note("import.overlap", message));
        if report.kind == Some(EntryKind::Measured) {
            let entries = counted(taken.covered);
            report.questions.push(format!(
                "is this the same work as in another file? {entries}, counted once"
            ));
        }
    }
    if taken.shortened.0 > 0 {
        let (entries, hours) = (counted(taken.shortened.0), hours(taken.shortened.1));
        let message = format!(
            "{entries}: in part in hours another source has; {hours} h are not counted again"
        );
        report.remark(Problem::note("import.overlap", message));
    }
}

fn counted(entries: u64) -> String {
    if entries == 1 {
        "1 entry".to_owned()
    } else {
        format!("{entries} entries")
    }
}

/// What the owner should know about the whole of the data.
fn remark(all: &Collector, sources: &mut [Report], keeps_ledger: bool, options: &Options<'_>) {
    let minutes = all.occupied.overlapping_minutes();
    if let ([source], false, true) = (&mut *sources, keeps_ledger, minutes >= 30) {
        let hours = (Decimal::from(minutes) / Decimal::from(60))
            .round_dp(1)
            .normalize();
        source.remark(Problem::note(
            "import.overlap",
            format!("about {hours} h of these entries overlap each other (same person, same time); all are counted"),
        ));
    }
    for source in sources {
        if source.people.len() > 1 && options.person.is_none() {
            let mut people: Vec<_> = source.people.iter().collect();
            people.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
            let named = |(name, _): &(&String, &Seconds)| {
                if name.is_empty() {
                    "(no name)".to_owned()
                } else {
                    (*name).clone()
                }
            };
            let names: Vec<String> = people.iter().take(3).map(named).collect();
            let more = people.len().saturating_sub(3);
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            source.questions.push(format!(
                "{} people are in this file ({}{more}); all are counted. Whose desk is it?  --person NAME",
                people.len(),
                names.join(", ")
            ));
        }
    }
}
