//! The activities as CSV (RFC 4180, LF): stable columns, texts guarded against being run as formulas.

use offdesk_actions::audit::AuditReport;
use offdesk_domain::money::to_minor_text;
use rust_decimal::Decimal;

const HEADER: &str = "name,entries,hours,hours_per_week,hours_per_year,place,currency,price_low,price_likely,price_high,occupation,below_worth,value_per_year,price_per_year,gap_per_year,verdict,reason\n";

/// The activities of a report.
pub fn to_text(report: &AuditReport) -> String {
    let currency = report.currency();
    let money = |amount: Decimal| to_minor_text(amount, currency);
    let mut out = String::from(HEADER);
    for judged in &report.audit.activities {
        let activity = &judged.activity;
        let price = activity.price.as_ref();
        let cells = [
            guarded(&activity.name),
            activity.entries.to_string(),
            plain(activity.mix.total().hours()),
            plain(judged.hours_per_week),
            plain(judged.hours_per_year),
            price.map(|p| p.place.to_string()).unwrap_or_default(),
            currency.to_string(),
            price.map(|p| money(p.range.low)).unwrap_or_default(),
            price.map(|p| money(p.range.likely)).unwrap_or_default(),
            price.map(|p| money(p.range.high)).unwrap_or_default(),
            price.and_then(|p| p.occupation.clone()).unwrap_or_default(),
            judged.is_below.to_string(),
            judged.yearly.map(|y| money(y.value)).unwrap_or_default(),
            judged.yearly.map(|y| money(y.price)).unwrap_or_default(),
            judged.yearly.map(|y| money(y.gap)).unwrap_or_default(),
            judged.verdict.word().unwrap_or_default().to_owned(),
            judged.verdict.reason().to_owned(),
        ];
        out.push_str(&cells.map(|cell| quoted(&cell)).join(","));
        out.push('\n');
    }
    out
}

/// Hours to the sixth digit, which is below a second.
fn plain(hours: Decimal) -> String {
    hours.round_dp(6).normalize().to_string()
}

/// Signs by which a spreadsheet takes a text for a formula, the wide ones of East Asian keyboards with them.
const BEGINS_FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A text that a spreadsheet would run gets an apostrophe in front.
fn guarded(text: &str) -> String {
    let is_blank = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '\u{feff}');
    let begins = text.trim_start_matches(is_blank);
    if begins.starts_with(BEGINS_FORMULA) || text.starts_with(['\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_guarded_and_quoted() {
        for (text, cell) in [
            ("Inbox", "Inbox"),
            ("=1+1", "'=1+1"),
            ("a, \"b\"", "\"a, \"\"b\"\"\""),
            ("-x,y", "\"'-x,y\""),
        ] {
            assert_eq!(quoted(&guarded(text)), cell);
        }
    }

    #[test]
    fn sec_15_no_text_is_a_formula() {
        for sign in ["=", "+", "-", "@", "＝", "＋", "－", "＠"] {
            for before in ["", " ", "\u{a0}", "\"", "\t", "\r\n", "\u{feff}"] {
                let text = format!("{before}{sign}HYPERLINK(\"http://x\")");
                assert!(guarded(&text).starts_with('\''), "{text:?}");
            }
        }
        for text in ["\tx", "\rx", "\nx"] {
            assert!(guarded(text).starts_with('\''), "{text:?}");
        }
        for text in ["Inbox", "a=b", "re: 1+1", "\"quoted\""] {
            assert_eq!(guarded(text), text);
        }
    }
}
