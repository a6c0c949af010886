//! JSON values of a form nobody promised: text, number, yes or no; anything else is passed over.

use std::borrow::Cow;
use std::fmt;

use jiff::SignedDuration;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A text that stays in the reader's buffer where it has no escapes.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub struct Text<'b>(#[serde(borrow)] pub Cow<'b, str>);

/// One value, whatever it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Loose {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Flag(bool),
    /// `null`, a list or an object: not looked into.
    #[default]
    Nothing,
}

impl Loose {
    /// The text, trimmed; empty for anything else.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text.trim(),
            _ => "",
        }
    }

    /// Whether it is `true`.
    #[must_use]
    pub fn is_true(&self) -> bool {
        *self == Self::Flag(true)
    }

    /// A number of seconds as milliseconds; `None` for anything else and for lengths no clock can show.
    #[must_use]
    pub fn seconds_as_milliseconds(&self) -> Option<i64> {
        match self {
            Self::Number(seconds) => milliseconds(*seconds),
            _ => None,
        }
    }

    /// A number of milliseconds, whole.
    #[must_use]
    pub fn milliseconds(&self) -> Option<i64> {
        match self {
            Self::Number(number) => milliseconds(*number / 1000.0),
            _ => None,
        }
    }
}

/// Seconds as whole milliseconds, rounded to the nearest; `None` beyond ten thousand years.
#[must_use]
pub fn milliseconds(seconds: f64) -> Option<i64> {
    let length = SignedDuration::try_from_secs_f64(seconds).ok()?;
    if length.as_secs().abs() > 315_576_000_000 {
        return None;
    }
    i64::try_from(length.as_micros())
        .ok()
        .map(|micros| (micros + 500).div_euclid(1000))
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Loose;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }
            fn visit_bool<E>(self, value: bool) -> Result<Loose, E> {
                Ok(Loose::Flag(value))
            }
            #[expect(
                clippy::cast_precision_loss,
                reason = "times below 2^53 milliseconds are exact"
            )]
            fn visit_i64<E>(self, value: i64) -> Result<Loose, E> {
                Ok(Loose::Number(value as f64))
            }
            #[expect(
                clippy::cast_precision_loss,
                reason = "times below 2^53 milliseconds are exact"
            )]
            fn visit_u64<E>(self, value: u64) -> Result<Loose, E> {
                Ok(Loose::Number(value as f64))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Loose, E> {
                Ok(Loose::Number(value))
            }
            fn visit_str<E>(self, value: &str) -> Result<Loose, E> {
                Ok(Loose::Text(value.to_owned()))
            }
            fn visit_string<E>(self, value: String) -> Result<Loose, E> {
                Ok(Loose::Text(value))
            }
            fn visit_unit<E>(self) -> Result<Loose, E> {
                Ok(Loose::Nothing)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Loose, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Loose::Nothing)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Loose, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Loose::Nothing)
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// What separates the tags of a [`TagList`].
pub const TAG_SEPARATOR: &str = "\u{1f}";

/// A list of tags joined by [`TAG_SEPARATOR`]; a single tag stays in the reader's buffer.
#[derive(Debug, Default)]
pub struct TagList<'b>(pub Cow<'b, str>);

impl<'de: 'b, 'b> Deserialize<'de> for TagList<'b> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;
        impl<'de> Visitor<'de> for List {
            type Value = TagList<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of tags")
            }
            fn visit_unit<E>(self) -> Result<TagList<'de>, E> {
                Ok(TagList::default())
            }
            fn visit_borrowed_str<E>(self, tag: &'de str) -> Result<TagList<'de>, E> {
                Ok(TagList(Cow::Borrowed(tag)))
            }
            fn visit_str<E>(self, tag: &str) -> Result<TagList<'de>, E> {
                Ok(TagList(Cow::Owned(tag.to_owned())))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<TagList<'de>, A::Error> {
                let Some(Text(mut joined)) = seq.next_element()? else {
                    return Ok(TagList::default());
                };
                while let Some(Text(tag)) = seq.next_element()? {
                    if let Cow::Borrowed(first) = joined {
                        // Room for some more, so that most lists are written in one piece.
                        let mut text = String::with_capacity(first.len() + tag.len() + 48);
                        text.push_str(first);
                        joined = Cow::Owned(text);
                    }
                    let joined = joined.to_mut();
                    joined.push_str(TAG_SEPARATOR);
                    joined.push_str(&tag);
                }
                Ok(TagList(joined))
            }
        }
        deserializer.deserialize_any(List)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loose_values() {
        for (json, expected) in [
            ("\" a \"", Loose::Text(" a ".into())),
            ("12", Loose::Number(12.0)),
            ("-3", Loose::Number(-3.0)),
            ("1.5", Loose::Number(1.5)),
            ("true", Loose::Flag(true)),
            ("null", Loose::Nothing),
            ("[1,[2]]", Loose::Nothing),
            ("{\"a\":{\"b\":1}}", Loose::Nothing),
        ] {
            assert_eq!(
                serde_json::from_str::<Loose>(json).unwrap(),
                expected,
                "{json}"
            );
        }
    }

    #[test]
    fn lengths_in_milliseconds() {
        for (seconds, expected) in [
            (1.5, Some(1500)),
            (0.000_4, Some(0)),
            (0.029, Some(29)),
            (-1.0, Some(-1000)),
            (1e308, None),
            (1e15, None),
        ] {
            assert_eq!(milliseconds(seconds), expected, "{seconds}");
        }
        assert_eq!(milliseconds(f64::NAN), None);
        assert_eq!(Loose::Number(5_400_000.0).milliseconds(), Some(5_400_000));
    }

    #[test]
    fn tags_are_joined() {
        let joined = |json: &str| {
            serde_json::from_str::<TagList<'_>>(json)
                .unwrap()
                .0
                .into_owned()
        };
        assert_eq!(joined("null"), "");
        assert_eq!(joined("[]"), "");
        assert_eq!(joined("\"a b\""), "a b");
        assert_eq!(joined("[\"a\"]"), "a");
        assert_eq!(
            joined(r#"["a,b","\u00fc \"q\"","c"]"#),
            "a,b\u{1f}ü \"q\"\u{1f}c"
        );
        assert!(serde_json::from_str::<TagList<'_>>("[1]").is_err());
    }
}
