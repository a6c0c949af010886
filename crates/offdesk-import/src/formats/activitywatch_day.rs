//! App time added up by day: window time while somebody was there, less what a stopwatch measured.

use std::collections::{BTreeMap, HashMap};

use offdesk_domain::Day;

use crate::entry::Entry;
use crate::formats::activitywatch::Data;
use crate::formats::app_spans::{clipped, cut, in_order, merged};
use crate::problem::Problem;
use crate::reading::Reading;
use crate::text::clock::Clock;

pub(crate) use crate::formats::app_spans::Piece;

/// Less than this, in milliseconds, of one app on one day is no work worth a line.
const FLOOR: i64 = 60_000;
const DAY_MILLISECONDS: i64 = 86_400_000;
/// Apps with pages of their own, where a web bucket does not name its browser.
const BROWSERS: [&str; 12] = [
    "firefox",
    "chrome",
    "chromium",
    "edge",
    "safari",
    "brave",
    "opera",
    "vivaldi",
    "librewolf",
    "arc",
    "zen",
    "waterfox",
];

/// What one event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Subject {
    /// Nothing that counts.
    #[default]
    None,
    /// An app in front, by number of its name.
    App(u32),
    /// Somebody was there.
    Present,
    /// A page's host, by number of its name.
    Page(u32),
    /// A page in a private window.
    Private,
    /// A stopwatch, by number of its label.
    Stopwatch(u32),
    /// A stopwatch that still runs.
    Running,
}

type Pieces = Vec<Piece>;

/// The buckets of a file, reduced to pieces of time.
#[derive(Default)]
pub(crate) struct Watched {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
    windows: BTreeMap<String, Pieces>,
    present: BTreeMap<String, Vec<(i64, i64)>>,
    /// Host, browser, pieces.
    pages: Vec<(String, String, Pieces)>,
    stopwatch: Pieces,
    private: u64,
}

impl Watched {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    fn name(&self, number: u32) -> &str {
        usize::try_from(number)
            .ok()
            .and_then(|number| self.names.get(number))
            .map_or("", String::as_str)
    }

    /// What an event is about, told by its data: the type of a bucket may stand behind its events.
    pub(crate) fn subject(&mut self, data: &Data) -> Subject {
        if !data.status.text().is_empty() {
            return if data.status.text() == "not-afk" {
                Subject::Present
            } else {
                Subject::None
            };
        }
        if !data.url.text().is_empty() {
            if data.incognito.is_true() {
                self.private += 1;
                return Subject::Private;
            }
            return host_of(data.url.text()).map_or(Subject::None, |host| {
                let host = host.to_lowercase();
                Subject::Page(self.number(&host))
            });
        }
        if !data.app.text().is_empty() {
            return Subject::App(self.number(data.app.text()));
        }
        if !data.label.text().is_empty() {
            return if data.running.is_true() {
                Subject::Running
            } else {
                Subject::Stopwatch(self.number(data.label.text()))
            };
        }
        Subject::None
    }

    /// Takes a bucket whose events are all read.
    pub(crate) fn bucket(
        &mut self,
        id: &str,
        kind: &str,
        host: &str,
        events: Pieces,
        reading: &mut Reading<'_>,
    ) {
        match kind {
            "currentwindow" => self
                .windows
                .entry(host.to_owned())
                .or_default()
                .extend(events),
            "afkstatus" => self.present.entry(host.to_owned()).or_default().extend(
                events
                    .iter()
                    .filter(|piece| piece.subject == Subject::Present)
                    .map(|piece| (piece.start, piece.end)),
            ),
            "web.tab.current" => {
                let browser = id
                    .strip_prefix("aw-watcher-web-")
                    .and_then(|rest| rest.split('_').next())
                    .unwrap_or("");
                self.pages
                    .push((host.to_owned(), browser.to_lowercase(), events));
            }
            "general.stopwatch" => self.stopwatch.extend(events),
            _ => reading.decide(format!(
                "the bucket {} ({}) says nothing about hours and is left out",
                crate::problem::shown(id),
                crate::problem::shown(kind)
            )),
        }
    }

    /// Gives an entry for every app and day, and one for every stopwatch.
    pub(crate) fn hand_on(mut self, reading: &mut Reading<'_>) {
        reading.decide(
            "window titles and web addresses are dropped: only app, host and time are kept",
        );
        if self.private > 0 {
            reading.decide(format!(
                "pages of private windows are left out ({}): their time counts for the browser alone",
                self.private
            ));
        }
        if reading.options.zone.is_none() {
            reading.decide(
                "times are in UTC, and so are the days; name your zone with --tz Area/City",
            );
        }
        let clock = Clock::new(&reading.zone());
        if self.windows.is_empty() && !self.pages.is_empty() {
            let message =
                "web pages count within their browser's window, and this file has no windows";
            reading.problem(
                Problem::left_out("import.no_work", message).hint("export all buckets as JSON"),
            );
        }
        let measured = self.stopwatches(&clock, reading);
        let mut sums = Sums::default();
        for (host, windows) in std::mem::take(&mut self.windows) {
            let mut windows = in_order(windows);
            match self.present.remove(&host) {
                Some(present) => windows = clipped(&windows, &merged(present)),
                None => reading.ask(format!(
                    "Nothing tells when nobody sat at {}: is all its window time work?",
                    if host.is_empty() {
                        "the computer"
                    } else {
                        &host
                    }
                )),
            }
            let windows = cut(&windows, &measured);
            self.add_up(&host, &windows, &clock, &mut sums);
        }
        self.entries(&sums, reading);
    }

    /// Gives the stopwatch entries and returns their time, merged.
    fn stopwatches(&mut self, clock: &Clock, reading: &mut Reading<'_>) -> Vec<(i64, i64)> {
        let mut pieces = std::mem::take(&mut self.stopwatch);
        pieces.sort_by_key(|piece| piece.start);
        let mut measured = Vec::new();
        for piece in &pieces {
            let (start, end) = (piece.start.div_euclid(1000), piece.end.div_euclid(1000));
            match piece.subject {
                Subject::Running => reading.problem(Problem::left_out(
                    "import.running",
                    "this stopwatch is still running",
                )),
                Subject::Stopwatch(label) => {
                    measured.push((piece.start, piece.end));
                    reading.entry(&Entry {
                        description: self.name(label),
                        day: Some(Day::from_epoch_seconds(clock.wall(start))),
                        span: Some((start, end)),
                        seconds: end - start,
                        ..Entry::default()
                    });
                }
                _ => {}
            }
        }
        if !measured.is_empty() {
            reading.decide(
                "the stopwatch entries are measured, but counted as implied like the rest of this file; \
                 app time within them is not counted again",
            );
        }
        merged(measured)
    }

    fn add_up(&self, host: &str, windows: &[Piece], clock: &Clock, sums: &mut Sums) {
        let mut pages: HashMap<u32, Pieces> = HashMap::new();
        for window in windows {
            let Subject::App(app) = window.subject else {
                continue;
            };
            let pages = pages
                .entry(app)
                .or_insert_with(|| self.pages_of(host, self.name(app)));
            let mut at = window.start;
            let first = pages.partition_point(|page| page.end <= window.start);
            for page in pages.iter().skip(first) {
                if page.start >= window.end {
                    break;
                }
                let Subject::Page(name) = page.subject else {
                    continue;
                };
                let (start, end) = (page.start.max(at), page.end.min(window.end));
                sums.add(clock, at, start, (app, None));
                sums.add(clock, start, end, (app, Some(name)));
                at = end.max(at);
            }
            sums.add(clock, at, window.end, (app, None));
        }
    }

    /// The pages of an app's own web bucket, in order and without overlap.
    fn pages_of(&self, host: &str, app: &str) -> Pieces {
        let app = app.to_lowercase();
        let is_browser = BROWSERS.iter().any(|browser| app.contains(browser));
        let own = self.pages.iter().filter(|(at, browser, _)| {
            let is_here = at == host || at.is_empty() || at == "unknown";
            let is_named = !browser.is_empty() && app.contains(browser.as_str());
            let is_known = BROWSERS.contains(&browser.as_str());
            is_here && (is_named || is_browser && !is_known)
        });
        in_order(own.flat_map(|(_, _, pieces)| pieces).copied().collect())
    }

    fn entries(&self, sums: &Sums, reading: &mut Reading<'_>) {
        for ((day, app, page), milliseconds) in &sums.by_day {
            if *milliseconds < FLOOR {
                reading.problem(Problem::left_out(
                    "import.too_short",
                    format!("less than a minute of this app on {day}"),
                ));
                continue;
            }
            let app = self.name(*app);
            let named;
            let description = match page {
                Some(page) => {
                    named = format!("{app} · {}", site_words(self.name(*page)));
                    &named
                }
                None => app,
            };
            reading.entry(&Entry {
                description,
                day: Some(*day),
                seconds: (milliseconds + 500).div_euclid(1000),
                is_total: true,
                ..Entry::default()
            });
        }
    }
}

/// Milliseconds by day, app and page.
#[derive(Default)]
struct Sums {
    by_day: BTreeMap<(Day, u32, Option<u32>), i64>,
}

impl Sums {
    fn add(&mut self, clock: &Clock, from: i64, to: i64, (app, page): (u32, Option<u32>)) {
        let mut at = from;
        while at < to {
            let offset = clock.offset(at.div_euclid(1000)).saturating_mul(1000);
            let wall = at.saturating_add(offset);
            let midnight = wall - wall.rem_euclid(DAY_MILLISECONDS) + DAY_MILLISECONDS - offset;
            let end = to.min(midnight);
            let day = Day::from_epoch_seconds(wall.div_euclid(1000));
            *self.by_day.entry((day, app, page)).or_default() += end - at;
            at = end;
        }
    }
}

/// The host of a web address; `None` for pages of the browser and files.
fn host_of(url: &str) -> Option<&str> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let place = rest.split(['/', '?', '#', '\\']).next()?;
    let host = place.rsplit('@').next()?;
    let host = if host.starts_with('[') {
        host
    } else {
        host.split(':').next()?
    };
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

/// A host as words, without its last part: an address with dots is no text, and would be read over.
fn site_words(host: &str) -> String {
    let is_number = host.starts_with('[') || !host.contains(|c: char| c.is_ascii_alphabetic());
    let mut parts: Vec<&str> = host.split('.').collect();
    if is_number || parts.len() < 2 {
        return host.to_owned();
    }
    parts.pop();
    // As in "shop.co.uk".
    if parts.len() > 1 && parts.last().is_some_and(|part| part.len() <= 3) {
        parts.pop();
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_a_browser_are_told_apart_by_the_words_of_their_host() {
        for (host, words) in [
            ("mail.google.com", "mail google"),
            ("github.com", "github"),
            ("shop.co.uk", "shop"),
            ("localhost", "localhost"),
            ("10.0.0.1", "10.0.0.1"),
            ("[::1]:80", "[::1]:80"),
        ] {
            assert_eq!(site_words(host), words, "{host}");
        }
    }

    #[test]
    fn hosts() {
        for (url, host) in [
            ("https://www.halden.test/a?b#c", Some("halden.test")),
            ("http://halden.test:8080", Some("halden.test")),
            ("https://user:secret@mail.test/inbox", Some("mail.test")),
            ("https://[::1]:80/", Some("[::1]:80")),
            ("about:newtab", None),
            ("file:///home/a/plan.pdf", None),
            ("https://", None),
        ] {
            assert_eq!(host_of(url), host, "{url}");
        }
    }
}
