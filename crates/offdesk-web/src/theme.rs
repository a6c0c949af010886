//! The look of every page: one palette for light and dark, one style sheet for screen, phone, paper and forced colours.

/// A colour by its name in the style sheet, in light and in dark pages.
struct Colour(&'static str, &'static str, &'static str);

/// Texts reach 4.5:1 and lines 3:1 on page, card and water, in both themes; a test reckons it.
const PALETTE: [Colour; 9] = [
    Colour("page", "#ffffff", "#111418"),
    Colour("card", "#f6f7f9", "#1a1f26"),
    Colour("water", "#eff5fa", "#151d27"),
    Colour("text", "#1a1d21", "#e8ebef"),
    Colour("muted", "#5b6470", "#a3adb9"),
    Colour("line", "#7a8490", "#6f7b88"),
    Colour("below", "#b54708", "#ff9a52"),
    Colour("above", "#0b6aa8", "#62b4ea"),
    Colour("warn", "#8a5a00", "#e6b450"),
];

const RULES: &str = include_str!("theme.css");

/// What the pages of the desk need beside these: links, what is done, what is wrong.
const DESK_PALETTE: [Colour; 3] = [
    Colour("link", "#0b57b8", "#7db4ff"),
    Colour("done", "#0f7a52", "#5fcf9f"),
    Colour("bad", "#b3261e", "#ff8a80"),
];
const DESK_RULES: &str = include_str!("desk.css");

/// The style sheet, to stand inside a page.
#[must_use]
pub fn style_sheet() -> String {
    let mut sheet = colours(&PALETTE);
    add(&mut sheet, RULES);
    sheet
}

/// The style sheet of the desk: the one of the page, and what forms and lists need.
#[must_use]
pub fn desk_sheet() -> String {
    let mut sheet = style_sheet();
    sheet.push_str(&colours(&DESK_PALETTE));
    add(&mut sheet, DESK_RULES);
    sheet
}

/// The colours as custom properties. Browsers from before light-dark() get the light page.
fn colours(palette: &[Colour]) -> String {
    let colours = |value: fn(&Colour) -> String| -> String {
        palette
            .iter()
            .map(|colour| format!("--{}:{};", colour.0, value(colour)))
            .collect()
    };
    let light = colours(|colour| colour.1.to_owned());
    let both = colours(|colour| format!("light-dark({},{})", colour.1, colour.2));
    format!(
        ":root{{{light}}}@supports(color:light-dark(#000,#fff)){{:root{{color-scheme:light dark;{both}}}}}"
    )
}

fn add(sheet: &mut String, rules: &str) {
    for line in rules
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("/*"))
    {
        sheet.push_str(line);
        // A selector or a value may go on in the next line.
        if line.ends_with(',') {
            sheet.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance as WCAG 2.2 defines it.
    fn luminance(hex: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_colour_stands_out_from_every_ground_in_both_themes() {
        let (grounds, inks) = PALETTE.split_at(3);
        assert_eq!(
            grounds.iter().map(|c| c.0).collect::<Vec<_>>(),
            ["page", "card", "water"]
        );
        for ground in grounds {
            for ink in inks.iter().chain(&DESK_PALETTE) {
                let least = if ink.0 == "line" { 3.0 } else { 4.5 };
                for (ground_value, ink_value) in [(ground.1, ink.1), (ground.2, ink.2)] {
                    let found = contrast(ground_value, ink_value);
                    assert!(found >= least, "{} on {}: {found:.2}", ink.0, ground.0);
                }
            }
        }
    }

    #[test]
    fn the_sheet_is_whole_small_and_asks_for_nothing() {
        let sheet = style_sheet();
        assert_eq!(sheet.matches('{').count(), sheet.matches('}').count());
        assert!(sheet.len() < 9_000, "{}", sheet.len());
        for foreign in ["url(", "@import", "http", "</", "/*"] {
            assert!(!sheet.contains(foreign), "{foreign}");
        }
        let desk = desk_sheet();
        assert_eq!(desk.matches('{').count(), desk.matches('}').count());
        assert!(desk.len() < 24_000, "{}", desk.len());
        for colour in &DESK_PALETTE {
            let used = format!("var(--{})", colour.0);
            assert!(DESK_RULES.contains(&used), "--{} is unused", colour.0);
        }
        for colour in &PALETTE {
            assert!(
                RULES.contains(&format!("var(--{})", colour.0)),
                "--{} is unused",
                colour.0
            );
        }
    }
}
