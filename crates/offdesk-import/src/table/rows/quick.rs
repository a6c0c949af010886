//! The commonest row, read without detours: the day of the row before, and `HH:MM:SS` in start, end and duration.

use super::RowReader;
use super::when::When;
use crate::options::Field;
use crate::reading::Reading;
use crate::table::csv::Row;
use crate::table::plan::Plan;

/// The columns of such a row, where the table has them and the clock never changes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quick {
    date: usize,
    end_date: Option<usize>,
    start: usize,
    end: usize,
    duration: usize,
}

impl Quick {
    pub(super) fn new(plan: &Plan, reading: &Reading<'_>) -> Option<Self> {
        let one = |field: Field| match plan.columns(field) {
            [column] => Some(*column),
            _ => None,
        };
        let is_simple = plan.skip.is_empty()
            && plan.layout.packed.is_none()
            && !plan.has(Field::Zone)
            && !plan.layout.totals
            && reading.options.zone.is_none();
        is_simple.then_some(())?;
        Some(Self {
            date: one(Field::Date)?,
            end_date: plan.column(Field::EndDate),
            start: one(Field::Start)?,
            end: one(Field::End)?,
            duration: one(Field::Duration)?,
        })
    }
}

impl RowReader<'_> {
    /// When a row of the commonest kind was; `None` for every other row, which is read with care.
    pub(super) fn quick(&self, row: &Row<'_>) -> Option<When> {
        let quick = self.quick?;
        let date = row.bytes(quick.date);
        let read = self.last_date.1?;
        if self.last_date.0.as_bytes() != date || read.time.is_some() || read.offset.is_some() {
            return None;
        }
        let day = read.date.day(self.settled.order)?;
        if quick
            .end_date
            .is_some_and(|column| row.bytes(column) != date)
        {
            return None;
        }
        let start = seconds(row.bytes(quick.start), 24)?;
        let end = seconds(row.bytes(quick.end), 24)?;
        let length = seconds(row.bytes(quick.duration), 100)?;
        if end - start != length {
            return None;
        }
        let from = i64::from(day.0) * 86_400 + start;
        Some(When {
            day: Some(day),
            span: Some((from, from + length)),
            seconds: length,
            notes: [None, None, None],
        })
    }
}

/// The seconds of `HH:MM:SS`, below so many hours.
fn seconds(text: &[u8], hours: u64) -> Option<i64> {
    let block: [u8; 8] = text.try_into().ok()?;
    // All eight signs at once: each digit less '0', each colon less ':'.
    const ZERO: u64 = u64::from_le_bytes(*b"00:00:00");
    const HIGH: u64 = 0x8080_8080_8080_8080;
    // What each place may have at most is 9 (5 in the tens of minutes and seconds), and nothing in a colon's.
    const ROOM: u64 = u64::from_le_bytes([118, 118, 127, 122, 118, 127, 122, 118]);
    let text = u64::from_le_bytes(block);
    let below = (text | HIGH).wrapping_sub(ZERO);
    let digits = below ^ HIGH;
    if (digits | digits.wrapping_add(ROOM)) & HIGH != 0 || text & HIGH != 0 {
        return None;
    }
    let digit = |place: u32| digits >> (8 * place) & 0xff;
    let hour = digit(0) * 10 + digit(1);
    let minute = digit(3) * 10 + digit(4);
    let second = digit(6) * 10 + digit(7);
    if hour >= hours {
        return None;
    }
    i64::try_from(hour * 3600 + minute * 60 + second).ok()
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn only_clock_times_are_seconds() {
        for hour in 0..100 {
            for minute in 0..100 {
                for second in [0, 1, 9, 10, 42, 59, 60, 61, 99] {
                    let text = format!("{hour:02}:{minute:02}:{second:02}");
                    let expected = (hour < 24 && minute < 60 && second < 60)
                        .then_some(hour * 3600 + minute * 60 + second);
                    assert_eq!(seconds(text.as_bytes(), 24), expected, "{text}");
                }
            }
        }
        for place in 0..8 {
            for byte in 0..=127_u8 {
                let mut text = *b"12:34:56";
                text[place] = byte;
                let is_sign = match place {
                    2 | 5 => byte == b':',
                    3 | 6 => (b'0'..=b'5').contains(&byte),
                    _ => byte.is_ascii_digit(),
                };
                assert_eq!(seconds(&text, 100).is_some(), is_sign, "{text:?}");
            }
        }
        for text in ["", "1:02:03", "12:34", "12:34:567", "12:34:5é", "é2:34:5"] {
            assert_eq!(seconds(text.as_bytes(), 100), None, "{text}");
        }
    }
}
