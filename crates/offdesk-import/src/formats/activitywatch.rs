//! ActivityWatch: an export of buckets of events, or the table of one bucket.
//!
//! A window event says which app was in front, an `afkstatus` event whether anybody sat there, a web event which
//! page was open. What counts is window time while somebody was there, added up by app and day. Window titles and
//! web addresses are read over and never kept; of an address only the host is.

use std::fmt;

use offdesk_domain::EntryKind;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::detect::{Format, Head, Nature};
use crate::formats::activitywatch_day::{Piece, Watched};
use crate::input::Input;
use crate::options::{DateOrder, Field};
use crate::problem::Problem;
use crate::reading::Reading;
use crate::table::{Layout, Skip, SkipRule, Unit};
use crate::text::json;
use crate::text::loose::Loose;

/// The JSON export of one or all buckets.
pub const FORMAT: Format = Format {
    id: "activitywatch",
    label: "ActivityWatch export",
    kind: EntryKind::Implied,
    sniff: is_export,
    read,
};

/// The CSV of one bucket: which columns there are depends on its first event.
pub static BUCKET_CSV: Layout = Layout {
    id: "activitywatch.bucket",
    label: "ActivityWatch bucket table",
    kind: EntryKind::Implied,
    all_of: &[&["timestamp", "duration"]],
    one_of: &["app", "url", "status"],
    columns: &[
        (Field::Start, &["timestamp"]),
        (Field::Duration, &["duration"]),
        (Field::Description, &["app"]),
    ],
    bare_duration: Unit::Seconds,
    date_order: Some(DateOrder::Ymd),
    skip: &[
        SkipRule {
            columns: &["status"],
            when: |status| {
                (!status.is_empty()).then_some(Skip {
                    code: "import.no_work",
                    why: "this row says whether anybody sat there, not what was done",
                })
            },
        },
        SkipRule {
            columns: &["url"],
            when: |url| {
                (!url.is_empty()).then_some(Skip {
                    code: "import.no_work",
                    why: "web pages are counted with their browser's window, from the JSON export",
                })
            },
        },
    ],
    remark: "window titles and web addresses are dropped; one bucket alone does not tell when nobody sat there: \
             the JSON export of all buckets does",
    ..Layout::NONE
};

fn is_export(head: &Head<'_>) -> bool {
    let has_buckets =
        head.json.has_all(&["buckets"]) || head.json.has_all(&["events", "hostname", "client"]);
    head.nature == Nature::Json && has_buckets && head.text.contains("\"events\"")
}

fn read(input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    let length = input.length();
    let mut watched = Watched::default();
    {
        let mut deserializer = serde_json::Deserializer::from_reader(json::stream(input)?);
        let mut stopped = None;
        let file = File {
            bucket: BucketSeed {
                watched: &mut watched,
                reading: &mut *reading,
                stopped: &mut stopped,
            },
        };
        let read = deserializer.deserialize_any(file);
        if let Some(problem) = stopped {
            return Err(problem);
        }
        read.and_then(|()| deserializer.end())
            .map_err(|error| json::problem(&error))?;
    }
    reading.progress(length, 0)?;
    watched.hand_on(reading);
    Ok(())
}

/// The whole file: an object with `buckets`, or a list of buckets.
struct File<'f, 'r> {
    bucket: BucketSeed<'f, 'r>,
}

impl<'de> Visitor<'de> for File<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an export of buckets")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "buckets" {
                map.next_value_seed(Buckets(&mut self.bucket))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, seq: A) -> Result<(), A::Error> {
        Buckets(&mut self.bucket).visit_seq(seq)
    }
}

/// Buckets by id, or in a list.
struct Buckets<'b, 'f, 'r>(&'b mut BucketSeed<'f, 'r>);

impl<'de> DeserializeSeed<'de> for Buckets<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Buckets<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("buckets")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_key::<IgnoredAny>()?.is_some() {
            map.next_value_seed(self.0.again())?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(self.0.again())?.is_some() {}
        Ok(())
    }
}

/// One bucket; its events are reduced to pieces of time as they come.
struct BucketSeed<'f, 'r> {
    watched: &'f mut Watched,
    reading: &'f mut Reading<'r>,
    stopped: &'f mut Option<Problem>,
}

impl<'r> BucketSeed<'_, 'r> {
    fn again(&mut self) -> BucketSeed<'_, 'r> {
        BucketSeed {
            watched: self.watched,
            reading: self.reading,
            stopped: self.stopped,
        }
    }
}

impl<'de> DeserializeSeed<'de> for BucketSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for BucketSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a bucket")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let (mut id, mut kind, mut host) = (Loose::Nothing, Loose::Nothing, Loose::Nothing);
        let mut events = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "id" => id = map.next_value()?,
                "type" => kind = map.next_value()?,
                "hostname" => host = map.next_value()?,
                "events" => map.next_value_seed(Events {
                    bucket: self.again(),
                    events: &mut events,
                })?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        self.watched
            .bucket(id.text(), kind.text(), host.text(), events, self.reading);
        Ok(())
    }
}

struct Events<'e, 'f, 'r> {
    bucket: BucketSeed<'f, 'r>,
    events: &'e mut Vec<Piece>,
}

impl<'de> DeserializeSeed<'de> for Events<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

#[derive(serde::Deserialize)]
struct Event {
    #[serde(default)]
    timestamp: Loose,
    #[serde(default)]
    duration: Loose,
    #[serde(default)]
    data: Option<Data>,
}

/// What an event is about; everything else in it is passed over.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Data {
    pub(crate) app: Loose,
    pub(crate) status: Loose,
    pub(crate) url: Loose,
    pub(crate) incognito: Loose,
    pub(crate) label: Loose,
    pub(crate) running: Loose,
}

impl<'de> Visitor<'de> for Events<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of events")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let mut count: u64 = 0;
        while let Some(event) = seq.next_element::<Event>()? {
            count += 1;
            if count.is_multiple_of(10_000)
                && let Err(problem) = self.bucket.reading.progress(0, 10_000)
            {
                *self.bucket.stopped = Some(problem);
                return Err(serde::de::Error::custom("stopped"));
            }
            let start = event.timestamp.text().parse::<jiff::Timestamp>();
            let length = event.duration.seconds_as_milliseconds();
            let (Ok(start), Some(length)) = (start, length) else {
                self.bucket.reading.problem(
                    Problem::bad("import.time", "this event has no time or no length")
                        .column(format!("events[{}]", count - 1))
                        .value(event.timestamp.text()),
                );
                continue;
            };
            if length < 0 {
                self.bucket.reading.problem(
                    Problem::bad("import.negative", "this event has a negative length")
                        .column(format!("events[{}]", count - 1))
                        .value(event.timestamp.text()),
                );
                continue;
            }
            let start = start.as_millisecond();
            let name = self.bucket.watched.subject(&event.data.unwrap_or_default());
            self.events.push(Piece {
                start,
                end: start.saturating_add(length),
                subject: name,
            });
        }
        Ok(())
    }
}
