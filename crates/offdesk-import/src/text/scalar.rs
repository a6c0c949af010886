//! Values in a tracker's JSON whose type varies between versions: a scalar, a thing named by id or object, tags.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A single value of any type; an object or a list counts as [`Scalar::Other`].
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Scalar {
    /// Missing or `null`.
    #[default]
    Nothing,
    /// A text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// Any other number.
    Decimal(f64),
    /// `true` or `false`.
    Truth(bool),
    /// An object or a list.
    Other,
}

impl Scalar {
    /// Whether it is missing, `null` or an empty text.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The text, trimmed; empty for everything that is no text.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text.trim(),
            _ => "",
        }
    }

    /// The value written out, for ids (which are numbers or texts) and messages.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.trim().to_owned(),
            Self::Whole(number) => number.to_string(),
            Self::Decimal(number) => number.to_string(),
            Self::Truth(truth) => truth.to_string(),
            Self::Other => "an object or a list".to_owned(),
        }
    }

    /// The whole number; `None` for everything that is none.
    #[must_use]
    pub fn whole(&self) -> Option<i64> {
        match self {
            Self::Whole(number) => Some(*number),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Scalar, E> {
        Ok(Scalar::Nothing)
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Scalar, E> {
        Ok(Scalar::Truth(truth))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Scalar, E> {
        Ok(Scalar::Whole(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Scalar, E> {
        // Beyond i64 it can only be an id.
        Ok(i64::try_from(number).map_or_else(|_| Scalar::Text(number.to_string()), Scalar::Whole))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Scalar, E> {
        Ok(Scalar::Decimal(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Scalar, E> {
        Ok(Scalar::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Scalar, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Other)
    }
}

/// A project, task, customer or person: given by its id, by its name, or as an object with both.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Named {
    /// Its id, where it is given.
    pub id: String,
    /// Its name; empty where only an id is given.
    pub name: String,
    /// A person's e-mail.
    pub email: String,
    /// What it belongs to: the customer of a project, the project of a task.
    pub owner: Option<Box<Self>>,
}

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NamedVisitor)
    }
}

struct NamedVisitor;

impl<'de> Visitor<'de> for NamedVisitor {
    type Value = Named;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name, an id or an object with a name")
    }

    fn visit_unit<E: Error>(self) -> Result<Named, E> {
        Ok(Named::default())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Named, E> {
        Ok(Named {
            id: number.to_string(),
            ..Named::default()
        })
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Named, E> {
        Ok(Named {
            id: number.to_string(),
            ..Named::default()
        })
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Named, E> {
        Ok(Named {
            name: text.trim().to_owned(),
            ..Named::default()
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Named, A::Error> {
        let mut named = Named::default();
        // What a person is called, the preferred first.
        let mut called: [Option<String>; 3] = [None, None, None];
        while let Some(key) = map.next_key::<String>()? {
            let place = match key.as_str() {
                "alias" => 0,
                "name" => 1,
                "username" => 2,
                "id" | "_id" => {
                    named.id = map.next_value::<Scalar>()?.written();
                    continue;
                }
                "email" => {
                    named.email = map.next_value::<Scalar>()?.text().to_owned();
                    continue;
                }
                "customer" | "client" | "project" => {
                    named.owner = Some(Box::new(map.next_value::<Self::Value>()?));
                    continue;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            let value = map.next_value::<Scalar>()?.text().to_owned();
            let is_double = called
                .get_mut(place)
                .is_some_and(|name| name.replace(value).is_some());
            if is_double {
                return Err(Error::custom(format_args!("duplicate field `{key}`")));
            }
        }
        named.name = called
            .into_iter()
            .flatten()
            .find(|name| !name.is_empty())
            .unwrap_or_default();
        Ok(named)
    }
}

/// Tags as a list of texts or of objects with a name; `null` is none. Ids without names are no tags.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TagList(String);

impl TagList {
    /// What separates two tags in [`TagList::joined`]: a tag may hold any printed character.
    pub const SEPARATOR: &'static str = "\u{1f}";

    /// The tags in one text.
    #[must_use]
    pub fn joined(&self) -> &str {
        &self.0
    }

    /// Adds a tag.
    pub fn push(&mut self, tag: &str) {
        if tag.is_empty() {
            return;
        }
        if !self.0.is_empty() {
            self.0.push_str(Self::SEPARATOR);
        }
        self.0.push_str(tag);
    }

    /// Takes all tags away.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl<'de> Deserialize<'de> for TagList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tags = Option::<Vec<Named>>::deserialize(deserializer)?;
        let mut list = Self::default();
        for tag in tags.unwrap_or_default() {
            list.push(&tag.name);
        }
        Ok(list)
    }
}
