//! Where the hours go: the headline, the iceberg, the activities to put right, the week.

mod unmatched;

use maud::{Markup, html};
use offdesk_actions::hours::{Hours, WeekGrid};
use offdesk_actions::next::{NextList, rank};
use offdesk_actions::returns::two_lines::TwoLines;
use offdesk_domain::audit::{Audit, AuditedActivity, Mix, Verdict};
use offdesk_domain::{EntryKind, Seconds};
use rust_decimal::Decimal;

use super::next::{first_of, may_edit};
use super::pictures::files;
use crate::audit::{headline, picture, start};
use crate::chart::iceberg::iceberg;
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::layout::{desk_page, said};
use crate::returns::two_lines;
use crate::words;

/// Rows of the table on one page.
const ROWS: usize = 60;
/// So many activities without a price are asked about at once.
const UNPRICED: usize = 5;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let hours = ask.hours().await?;
        let week = ask.week().await?;
        let note = match ask.query.text("done") {
            "renamed" => "The activity has its new name.",
            "merged" => "The two are one activity now.",
            "split" => "The wordings are an activity of their own now.",
            "kept" => "Noted.",
            "priced" => "The price is set.",
            _ => "",
        };
        let body = if hours.is_empty() {
            empty()
        } else {
            html! { (said(note)) (content(&ask, &hours, week.as_ref())) }
        };
        Ok(shown(desk_page(&ask, "Hours", &body)))
    })
}

fn empty() -> Markup {
    html! {
        h1 { "Where does your time go?" }
        p { "Nothing was imported yet. An export of your tracker, a calendar, or ten rows from memory are enough to see it." }
        p { a.button href="/import" { "Bring your hours" } }
    }
}

fn content(ask: &Ask, hours: &Hours, week: Option<&WeekGrid>) -> Markup {
    let Some(report) = &hours.report else {
        return html! {
            h1 { "What is an hour of yours worth?" }
            p { "Your hours are here. With that one figure they become an answer." }
            p { a.button href="/worth" { "Set your worth" } }
            ul { @for activity in hours.unjudged.iter().take(20) {
                li { bdi { (words::shown(&activity.name, 80)) } ", " (words::hours_long(activity.mix.total().hours())) }
            } }
        };
    };
    let may_edit = may_edit(ask);
    // What was put off is not recommended again before its day.
    let ranked = rank(hours);
    let first = ranked.as_ref().and_then(NextList::start_with);
    html! {
        (headline::headline(report, &unpriced(hours, may_edit)))
        (start::start_with(&report.audit, first.map(first_of)))
        @if let Some(list) = &ranked { (on_the_list(list)) }
        @if hours.is_memory_unused { (memory_unused()) }
        p.actions { a.button href="/next" { "What to hand off, in order" } }
        section aria-labelledby="picture" {
            h2 #picture { (picture::finding(&report.audit)) }
            figure { (iceberg(&picture::picture(&report.audit))) }
            (files("/hours", "iceberg", "", &["csv", "svg"]))
        }
        (two_lines::section(&TwoLines::of_audit(&report.audit), &files("/hours", "effective-hour", "", &["csv", "xlsx", "svg"])))
        (table(ask, hours, ranked.as_ref(), may_edit))
        (unmatched::section(hours, may_edit))
        @if let Some(week) = week { (week_grid(week)) }
        (mix(&report.audit.summary.mix))
    }
}

/// The largest activities without a price, each with a place to give it one.
fn unpriced(hours: &Hours, may_edit: bool) -> Markup {
    let activities = hours.report.iter().flat_map(|it| &it.audit.activities);
    let open = activities
        .filter(|it| it.verdict == Verdict::Open && !it.activity.is_rest_of_list)
        .filter_map(|it| Some((hours.row_of(it)?, it)));
    let open: Vec<_> = open.take(UNPRICED).collect();
    let currency = hours.settings.currency.code();
    html! {
        @if !may_edit { p.quiet { "A manager or the owner can give prices." } }
        @else { @for (row, it) in open {
            @let name = words::shown(&row.name, 120);
            form.row method="post" action={ "/activities/" (row.id) "/price" } aria-label={ "Price of " (name) } {
                input type="hidden" name="version" value=(row.version);
                input type="hidden" name="back" value="/hours";
                strong.whole-row { bdi { (name) } ", " (words::hours_long(it.hours_per_week)) " a week" }
                label { "An hour costs from, in " (currency) " " input.number name="low" inputmode="decimal" required; }
                label { "to " input.number name="high" inputmode="decimal"; }
                button.plain.small { "Set the price" }
            }
        } }
    }
}

fn table(ask: &Ask, hours: &Hours, list: Option<&NextList<'_>>, may_edit: bool) -> Markup {
    let Some(report) = &hours.report else {
        return html! {};
    };
    let audit = &report.audit;
    let page: usize = ask.query.text("page").parse().unwrap_or(1).max(1);
    let pages = audit.activities.len().div_ceil(ROWS).max(1);
    let page = page.min(pages);
    let currency = audit.worth.currency;
    let price = |activity: &AuditedActivity| {
        activity.activity.price.as_ref().map_or_else(
            || "no price yet".to_owned(),
            |price| words::rate(price.range.likely, currency),
        )
    };
    html! {
        section aria-labelledby="activities" {
            h2 #activities { "Your activities" }
            p { "Put right what is wrong here: each name leads to its wordings, its price, and what becomes of it." }
            div.field hidden { label for="filter" { "Filter" } input #filter type="search" data-filter="#list"; }
            table.rows #list {
                thead { tr {
                    th scope="col" { "Activity" } th.figure scope="col" { "Hours a week" } th.figure scope="col" { "An hour costs" }
                    th.figure scope="col" { "Gap a year" } th scope="col" { "Verdict" }
                    @if may_edit { th scope="col" { "Only I" } }
                } }
                tbody { @for activity in audit.activities.iter().skip((page - 1) * ROWS).take(ROWS) {
                    @let row = hours.row_of(activity);
                    tr {
                        th scope="row" {
                            @match row {
                                Some(row) => a href={ "/activities/" (row.id) } data-find { bdi { (words::shown(&activity.activity.name, 120)) } },
                                None => bdi { (words::shown(&activity.activity.name, 120)) },
                            }
                        }
                        td.figure data-label="Hours a week" { (words::hours_column(activity.hours_per_week)) }
                        td.figure data-label="An hour costs" { @if activity.activity.stays.is_some() { "\u{2013}" } @else { (price(activity)) } }
                        td.figure data-label="Gap a year" {
                            @match activity.yearly.filter(|_| activity.is_below) {
                                Some(yearly) => (words::money(yearly.gap, currency)),
                                None => "\u{2013}",
                            }
                        }
                        td data-label="Verdict" { (verdict(audit, list, activity)) }
                        @if let (true, Some(row)) = (may_edit, row) {
                            td data-label="Only I" {
                                form method="post" action={ "/activities/" (row.id) "/stays" } data-inplace {
                                    input type="hidden" name="version" value=(row.version);
                                    input type="hidden" name="back" value="/hours";
                                    @let is_mine = row.stays.as_deref() == Some("mine");
                                    input type="hidden" name="stays" value=(if is_mine { "" } else { "mine" });
                                    button.plain.small #{ "mine-" (row.id) } aria-label={ (if is_mine { "Yes" } else { "No" }) ": only I can do " (row.name) } { @if is_mine { "Yes" } @else { "No" } }
                                }
                            }
                        }
                    }
                } }
            }
            @if pages > 1 {
                nav.actions aria-label="More activities" {
                    @for number in 1..=pages { a href={ "/hours?page=" (number) "#activities" } aria-current=[(number == page).then_some("page")] { (number) } }
                }
            }
        }
    }
}

/// The verdict in words, as the list of what to hand off has it.
fn verdict(audit: &Audit, list: Option<&NextList<'_>>, judged: &AuditedActivity) -> String {
    let mut all = list.into_iter().flat_map(NextList::all);
    let next = all.find(|next| std::ptr::eq(next.judged, judged));
    let handoff = next.map(|next| &next.handoff).or(judged.handoff.as_ref());
    let words = judged.verdict_in_words(handoff, &audit.worth);
    let judgement = next.filter(|next| next.back_for.is_none());
    match judgement.and_then(|next| next.row.judgement.as_deref()) {
        Some("never") => "keep: you said never".to_owned(),
        Some("not_now") => format!("{words}, not now"),
        _ => words.to_owned(),
    }
}

/// How much of the headline is on the list of what to hand off.
fn on_the_list(list: &NextList<'_>) -> Markup {
    let currency = list.audit.worth.currency;
    let (gap, all) = (list.summary().gap, list.audit.summary.gap);
    html! {
        @if gap < all {
            p.quiet {
                "Of the " (words::about(all, currency)) ", about " (words::about(gap, currency))
                " is on the list of what to hand off. The rest is better kept, put off or ruled out: handing it off would bring less than it takes, or you said so."
            }
        }
    }
}

/// A week from memory that counts nowhere, because a tracker tells the same time.
pub fn memory_unused() -> Markup {
    html! {
        p.notice { "The week you told from memory is in no sum: your other sources tell the same time, and what was measured goes before what is remembered. It counts again where they are undone." }
    }
}

fn week_grid(week: &WeekGrid) -> Markup {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let busy = |hour: usize| {
        week.iter()
            .any(|day| day.get(hour).is_some_and(|s| *s > 60))
    };
    let first = (0..24).find(|hour| busy(*hour)).unwrap_or(8);
    let last = (0..24).rev().find(|hour| busy(*hour)).unwrap_or(18);
    let shade = |seconds: i64| match seconds {
        ..=60 => "h0",
        61..=900 => "h1",
        901..=1800 => "h2",
        1801..=2700 => "h3",
        _ => "h4",
    };
    html! {
        section aria-labelledby="week" {
            h2 #week { "Your usual week" }
            details {
                summary { "Show the hours of the week" }
                table.week {
                    caption { "Minutes logged in each hour of the week, on average over the last weeks." }
                    thead { tr { th scope="col" { "Day" } @for hour in first..=last { th scope="col" { (hour) } } } }
                    tbody { @for (name, day) in DAYS.iter().zip(week) {
                        tr {
                            th scope="row" { (name) }
                            @for hour in first..=last {
                                @let seconds = day.get(hour).copied().unwrap_or(0);
                                td class=(shade(seconds)) { @if seconds > 60 { (seconds / 60) } }
                            }
                        }
                    } }
                }
            }
        }
    }
}

fn mix(mix: &Mix) -> Markup {
    let total = mix.total();
    let share = |kind: EntryKind| {
        let Seconds(part) = mix.of(kind);
        let whole = total.0.max(1);
        let percent = Decimal::from(part * 100) / Decimal::from(whole);
        words::rounded(percent, 0)
    };
    let says = |kind| match kind {
        EntryKind::Measured => "measured, by a tracker",
        EntryKind::Implied => "implied, by a calendar or an app log",
        EntryKind::Remembered => "remembered, typed in",
    };
    html! {
        section aria-labelledby="mix" {
            h2 #mix { "How these hours are known" }
            ul { @for kind in EntryKind::ALL {
                @if mix.of(kind) > Seconds::ZERO { li { (share(kind)) " % " (says(kind)) ": " (words::hours_long(mix.of(kind).hours())) } }
            } }
        }
    }
}
