//! Writes a correction into the text of a rules file, whose other lines stay as they are.

use offdesk_domain::{Currency, PriceRange};
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::{Work, work_of};
use crate::price::title;
use crate::prices::range_of;
use crate::rules::{Rules, RulesError};

/// The key of the corrections in a rules file.
const CORRECTIONS: &str = "correction";

/// What the owner says of a text by command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    text: String,
    work: Option<Work>,
    pays: Option<(String, PriceRange, Currency)>,
}

/// A rules file with a correction in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The whole file.
    pub rules: String,
    /// Whether the text was corrected before: then only what was said anew is changed.
    pub is_changed: bool,
}

impl Saying {
    /// What is said of a text: the work it is, by any name that a rules file may have, and what is paid for an hour of
    /// it, as `18`, `15..25` or `15..18..25`.
    ///
    /// # Errors
    /// `rules.correction` for a text without a word, a name that is not known, and what is no price.
    pub fn of(
        text: &str,
        is: Option<&str>,
        pays: Option<&str>,
        currency: Currency,
    ) -> Result<Self, RulesError> {
        let refuse =
            |message: String, hint: &str| RulesError::new("rules.correction", message, hint);
        let text = text.trim().to_owned();
        if !text.chars().any(char::is_alphanumeric) {
            let message = format!("there is no word in \"{text}\" to correct");
            return Err(refuse(message, "give a text as it stands in your data"));
        }
        let work = is.map(|name| {
            work_of(name).map_err(|near| {
                let hint = format!(
                    "did you mean {}? An occupation's code or title will do, too.",
                    near.join(", ")
                );
                refuse(
                    format!("\"{}\" is no work that is known", name.trim()),
                    &hint,
                )
            })
        });
        let pays = pays.map(|amount| {
            let written = amount.trim().to_owned();
            let range = range_of(&written).map_err(|why| {
                let hint = "write it as  --pays 18  or  --pays 15..25";
                refuse(format!("\"{written}\" is no price: {why}"), hint)
            })?;
            Ok((written, range, currency))
        });
        Ok(Self {
            text,
            work: work.transpose()?,
            pays: pays.transpose()?,
        })
    }

    /// The text that is corrected.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The work as the file names it: a kind's name, an occupation's code.
    #[must_use]
    pub fn work(&self) -> Option<String> {
        self.work.map(|work| match work {
            Work::Kind(kind) => kind.name.to_owned(),
            Work::Occupation(soc) => soc.to_string(),
        })
    }

    /// What is paid for an hour, as it was written, with its currency.
    #[must_use]
    pub fn pays(&self) -> Option<(&str, Currency)> {
        let (written, _, currency) = self.pays.as_ref()?;
        Some((written, *currency))
    }

    /// A rules file with this in it; an earlier correction of the same text is changed, and what it says beside is kept.
    ///
    /// # Errors
    /// What [`Rules::parse`] refuses of the file as it is.
    pub fn write_into(&self, rules: &str) -> Result<Written, RulesError> {
        Rules::parse(rules)?;
        let whole = rules.trim_start_matches('\u{feff}');
        let mut document: DocumentMut = whole.parse().map_err(|error: toml_edit::TomlError| {
            RulesError::new(
                "rules.toml",
                error.message().to_owned(),
                "see the guide to rules",
            )
        })?;
        let mut item = document
            .remove(CORRECTIONS)
            .unwrap_or_else(|| Item::ArrayOfTables(ArrayOfTables::new()));
        let is_changed = match &mut item {
            Item::Value(Value::Array(all)) => self.to_array(all),
            Item::ArrayOfTables(all) => self.to_tables(all, whole),
            // Rules that were read have no other.
            _ => false,
        };
        document.insert(CORRECTIONS, item);
        let rules = document.to_string();
        Rules::parse(&rules)?;
        Ok(Written { rules, is_changed })
    }

    fn to_tables(&self, all: &mut ArrayOfTables, whole: &str) -> bool {
        if let Some(known) = all.iter_mut().find(|table| self.is_of(&**table)) {
            self.fill(known);
            return true;
        }
        let mut table = Table::new();
        self.fill(&mut table);
        // A line is left free before it, unless nothing stands there.
        let gap = if whole.trim().is_empty() && all.is_empty() {
            ""
        } else {
            "\n"
        };
        table.decor_mut().set_prefix(gap);
        all.push(table);
        false
    }

    fn to_array(&self, all: &mut Array) -> bool {
        let known = all.iter().position(|value| {
            value
                .as_inline_table()
                .is_some_and(|table| self.is_of(table))
        });
        let known = known.and_then(|at| all.get_mut(at)?.as_inline_table_mut());
        if let Some(known) = known {
            self.fill(known);
            return true;
        }
        let mut table = InlineTable::new();
        self.fill(&mut table);
        all.push(table);
        false
    }

    /// Whether a correction is of this text, in any case.
    fn is_of(&self, table: &dyn TableLike) -> bool {
        let text = table.get("text").and_then(Item::as_str);
        text.is_some_and(|text| text.trim().to_lowercase() == self.text.to_lowercase())
    }

    fn fill(&self, table: &mut dyn TableLike) {
        let mut set = |key: &str, value: Value| match table.get_mut(key) {
            Some(Item::Value(known)) => {
                // Comments and blanks around it stay.
                let decor = known.decor().clone();
                *known = value;
                *known.decor_mut() = decor;
            }
            _ => {
                table.insert(key, Item::Value(value));
            }
        };
        set("text", Value::from(self.text.as_str()));
        if let Some(work) = self.work() {
            set("work", Value::from(work));
        }
        if let Some((written, currency)) = self.pays() {
            let whole = written.parse::<i64>().map(Value::from);
            let price = whole.unwrap_or_else(|_| Value::from(written));
            set("price", price);
            set("currency", Value::from(currency.code()));
        }
    }

    /// What was said, in a sentence for people.
    #[must_use]
    pub fn told(&self) -> String {
        let work = self.work.map(|work| match work {
            Work::Kind(kind) => format!("is {}", kind.name),
            Work::Occupation(soc) => format!("is work of {} ({soc})", title(soc)),
        });
        let pays = self.pays();
        let pays =
            pays.map(|(written, currency)| format!("costs you {currency} {written} an hour"));
        let said: Vec<String> = [work, pays].into_iter().flatten().collect();
        format!("\"{}\" {}", self.text, said.join(" and "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saying(text: &str, is: Option<&str>, pays: Option<&str>) -> Saying {
        Saying::of(text, is, pays, Currency::USD).unwrap()
    }

    #[test]
    fn a_correction_is_added_and_everything_else_stays() {
        let before = "# mine\n[[rule]]\nmatch = \"inbox\"   # all of it\nactivity = 'Inbox'\n\n\
                      [[correction]]\ntext = 'newsletter'\nwork = \"27-3043\"\n";
        let written = saying("PPC campaigns", Some("bookkeeping"), None)
            .write_into(before)
            .unwrap();
        assert!(!written.is_changed);
        let added = "\n[[correction]]\ntext = \"PPC campaigns\"\nwork = \"Bookkeeping\"\n";
        assert_eq!(written.rules, format!("{before}{added}"));
        let empty = saying("logo", None, Some("18")).write_into("").unwrap();
        assert_eq!(
            empty.rules,
            "[[correction]]\ntext = \"logo\"\nprice = 18\ncurrency = \"USD\"\n"
        );
    }

    #[test]
    fn what_was_said_of_a_text_before_is_changed_in_its_place() {
        let before = "[[correction]]\ntext = \"Logo design\" # Ana\nwork = \"27-1024\"\nprice = 15 # was 12\n\
                      [[correction]]\ntext = \"other\"\nprice = 1\n\n# the end\n";
        let written = saying("logo design", None, Some("15..25"))
            .write_into(before)
            .unwrap();
        assert!(written.is_changed);
        assert_eq!(
            written.rules,
            "[[correction]]\ntext = \"logo design\" # Ana\nwork = \"27-1024\"\nprice = \"15..25\" # was 12\n\
             currency = \"USD\"\n[[correction]]\ntext = \"other\"\nprice = 1\n\n# the end\n"
        );
        let again = saying("logo design", None, Some("15..25"))
            .write_into(&written.rules)
            .unwrap();
        assert_eq!(again.rules, written.rules);
    }

    #[test]
    fn corrections_in_one_line_and_windows_files_are_written_too() {
        let inline = "correction = [{ text = \"a\", price = 1 }]\n";
        let written = saying("b", None, Some("2.5")).write_into(inline).unwrap();
        let rules = Rules::parse(&written.rules).unwrap();
        let range = |at: usize| rules.corrections().get(at).unwrap().price.unwrap().likely;
        assert_eq!(
            (range(0), range(1)),
            ("1".parse().unwrap(), "2.5".parse().unwrap())
        );
        assert_eq!(written.rules.lines().count(), 1);
        let windows = "\u{feff}[[rule]]\r\nactivity = \"X\"\r\nmine = true\r\n";
        let written = saying("b", None, Some("2")).write_into(windows).unwrap();
        assert_eq!(
            Rules::parse(&written.rules)
                .unwrap()
                .corrections()
                .get(0)
                .unwrap()
                .text,
            "b"
        );
    }

    #[test]
    fn quotes_and_signs_in_a_text_are_kept() {
        let text = "Re: \"Löwe\" \\ 50 % = ['x'] \t";
        let written = saying(text, None, Some("3")).write_into("").unwrap();
        let rules = Rules::parse(&written.rules).unwrap();
        assert_eq!(rules.corrections().get(0).unwrap().text, text.trim());
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for (text, is, pays, part) in [
            ("  ", Some("bookkeeping"), None, "no word"),
            ("a", Some("bokkeping qx"), None, "no work"),
            ("a", None, Some("x"), "no price"),
            ("a", None, Some("-3"), "negative"),
            ("a", None, Some("9..3"), "low end"),
        ] {
            let error = Saying::of(text, is, pays, Currency::USD).unwrap_err();
            assert_eq!(error.code, "rules.correction");
            assert!(error.message.contains(part), "{}", error.message);
        }
        let broken = saying("a", None, Some("1")).write_into("[[correction]\n");
        assert_eq!(broken.unwrap_err().code, "rules.toml");
    }
}
