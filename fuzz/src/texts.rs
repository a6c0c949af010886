//! The small texts inside exports: dates, times, durations and normal forms keep what they promise.

use offdesk_domain::activity::Folder;
use offdesk_import::DateOrder;
use offdesk_import::table::Unit;
use offdesk_import::text::date::{self, DateText};
use offdesk_import::text::duration::{self, DurationStyle};
use offdesk_import::text::encoding;
use offdesk_import::text::json::JsonKeys;

/// Reads the bytes as each of them.
pub fn check(data: &[u8]) {
    let (text, _) = encoding::decode(data);
    check_date(&text);
    check_duration(&text);
    check_normal_form(&text);
    let _ = JsonKeys::of(&text);
    let shown = offdesk_import::problem::shown(&text);
    assert!(
        !shown.chars().any(char::is_control),
        "a control character in a message"
    );
}

fn check_date(text: &str) {
    if let Some(time) = date::time_of_day(text) {
        assert!(
            (0..=86_400).contains(&time),
            "a time of day of {time} seconds"
        );
    }
    let _ = date::offset_suffix(text);
    let _ = date::month_first(text);
    let Some(read) = date::date_time(text) else {
        return;
    };
    if let Some(time) = read.time {
        assert!(
            (0..=86_400).contains(&time),
            "a time of day of {time} seconds"
        );
    }
    for order in [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd] {
        let Some(day) = read.date.day(Some(order)) else {
            continue;
        };
        let again = date::date_time(&day.to_string()).map(|again| again.date);
        assert_eq!(
            again,
            Some(DateText::Known(day)),
            "a day printed and read again"
        );
    }
}

fn check_normal_form(text: &str) {
    let mut folder = Folder::new();
    let once = folder.fold(text).to_owned();
    assert_eq!(folder.fold(&once), once, "a normal form folded again");
    assert_eq!(
        folder.fold(text),
        once,
        "what a folder took before changes what it gives"
    );
}

fn check_duration(text: &str) {
    for unit in [
        Unit::Hours,
        Unit::Minutes,
        Unit::Seconds,
        Unit::Milliseconds,
    ] {
        for has_decimal_comma in [false, true] {
            for has_three_parts in [false, true] {
                let style = DurationStyle {
                    unit,
                    has_three_parts,
                    has_decimal_comma,
                };
                let _ = duration::duration(text, style);
            }
        }
    }
    for has_decimal_comma in [false, true] {
        if let Some(number) = duration::plain_number(text, has_decimal_comma) {
            assert!(
                !number.contains(','),
                "a decimal comma is left in {number:?}"
            );
        }
    }
}
