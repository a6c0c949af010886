//! Which weeks the sources of a workspace speak about.

use offdesk_domain::Day;
use offdesk_domain::coverage::Coverage;
use offdesk_domain::time::Period;
use offdesk_store::Scope;
use offdesk_store::sources::{SourceRow, list_published};
use offdesk_store::times::{covered_by_source, days_of_source};

use crate::error::Error;
use crate::remembered::LOG;

/// What the sources that count cover: a file its days from the first to the last, a typed line its own day.
pub(crate) fn coverage_of(
    scope: &mut Scope<'_, '_>,
    sources: &[SourceRow],
) -> Result<Coverage, Error> {
    let period = |first: i64, last: i64| {
        Some(Period {
            from: Day::from_number(first)?,
            to: Day::from_number(last)?,
        })
    };
    let mut files = Vec::new();
    let mut typed = Vec::new();
    for (id, first, last) in covered_by_source(scope)? {
        let source = sources.iter().find(|source| source.id == id);
        if source.is_some_and(|source| source.format == LOG) {
            let days = days_of_source(scope, id)?;
            typed.extend(days.into_iter().filter_map(Day::from_number));
            continue;
        }
        // A report over a month covers the month, though its entries stand on one day.
        let totals = source.filter(|source| source.has_totals);
        let stated = totals.and_then(|source| source.days);
        let (first, last) = stated.map_or((first, last), |(a, b)| (first.min(a), last.max(b)));
        files.extend(period(first, last));
    }
    Ok(Coverage::of(files, typed))
}

/// The days that logs speak about: those of trackers' files whose entries stand on their days, with the weekend that directly follows
/// the last of them. A calendar or a typed line does not tell all that was worked, so it is no log.
pub(crate) fn log_coverage(scope: &mut Scope<'_, '_>) -> Result<Coverage, Error> {
    let sources = list_published(scope)?;
    let is_log = |id| {
        let source = sources.iter().find(|source| source.id == id);
        source.is_some_and(|source| source.kind == "measured" && !source.has_totals)
    };
    let files = covered_by_source(scope)?
        .into_iter()
        .filter(|(id, ..)| is_log(*id))
        .filter_map(|(_, first, last)| {
            let (from, to) = (Day::from_number(first)?, Day::from_number(last)?);
            Some(Period { from, to }.with_weekend())
        });
    Ok(Coverage::of(files.collect(), Vec::new()))
}
