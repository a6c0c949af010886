//! JSON as people write it: read with the place of every mistake, which is told in words.

mod words;

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

pub(crate) use self::words::nearest;
use self::words::told;

/// One step into a JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'k> {
    /// The member of an object with this key.
    Key(&'k str),
    /// The element of a list with this number, from 0.
    At(usize),
}

/// Why a JSON text is not what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// What is wrong, without its place.
    pub message: String,
    /// Where in the value: `activities[3].options[0].person`; empty where that is not known, and for the whole of it.
    pub path: String,
    /// Line and column, from 1, where they are known.
    pub place: Option<(usize, usize)>,
    /// What to type next; may be empty.
    pub hint: String,
}

/// Reads a JSON text.
///
/// # Errors
/// [`Misread`], of the first mistake.
pub fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Misread> {
    serde_json::from_str(text).map_err(|error| misread::<T>(text, &error))
}

/// What is wrong, and where: the path costs a second reading, so it is looked for only then.
fn misread<'de, T: Deserialize<'de>>(text: &'de str, error: &serde_json::Error) -> Misread {
    let mut again = serde_json::Deserializer::from_str(text);
    let found = error
        .is_data()
        .then(|| serde_path_to_error::deserialize::<_, T>(&mut again).err())
        .flatten();
    let mut steps = Vec::new();
    if let Some(found) = &found {
        for segment in found.path() {
            match segment {
                serde_path_to_error::Segment::Map { key } => steps.push(Step::Key(key)),
                serde_path_to_error::Segment::Seq { index } => steps.push(Step::At(*index)),
                _ => {}
            }
        }
    }
    let (message, hint) = told(&error.to_string());
    // Where a key stands twice, its path leads to the first.
    let place = if error.to_string().starts_with("duplicate field") {
        None
    } else {
        found.is_some().then(|| place_of(text, &steps)).flatten()
    };
    Misread {
        message,
        path: written(&steps),
        place: place.or_else(|| in_characters(text, error.line(), error.column())),
        hint,
    }
}

/// A path as it is written: `activities[3].options[0].person`.
#[must_use]
pub fn written(path: &[Step<'_>]) -> String {
    let mut out = String::new();
    for step in path {
        match step {
            Step::Key(key) => {
                if !out.is_empty() {
                    out.push('.');
                }
                out += &offdesk_import::problem::shown(key);
            }
            Step::At(at) => out += &format!("[{at}]"),
        }
    }
    out
}

/// Line and column, from 1, of the first character of the value at a path.
#[must_use]
pub fn place_of(text: &str, path: &[Step<'_>]) -> Option<(usize, usize)> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let here = Seek(path).deserialize(&mut reader).err()?;
    // An error before the first character has no line.
    let before = match here.line() {
        0 => 0,
        line => offset(text, line, here.column())?,
    };
    let rest = text.get(before..)?;
    let start = before + (rest.len() - rest.trim_start().len());
    let ahead = text.get(..start)?;
    let line = ahead.rsplit('\n').next().unwrap_or_default();
    Some((ahead.matches('\n').count() + 1, line.chars().count() + 1))
}

/// The place in the text of a line from 1 and so many bytes of it.
fn offset(text: &str, line: usize, bytes: usize) -> Option<usize> {
    let before = text.split('\n').take(line.checked_sub(1)?);
    let offset = before.map(|line| line.len() + 1).sum::<usize>() + bytes;
    text.is_char_boundary(offset).then_some(offset)
}

/// A place whose column counts bytes as one that counts characters; both from 1.
fn in_characters(text: &str, line: usize, bytes: usize) -> Option<(usize, usize)> {
    let content = text.split('\n').nth(line.checked_sub(1)?)?;
    let before = content.get(..bytes.min(content.len()));
    Some((line, before.map_or(bytes, |it| it.chars().count()).max(1)))
}

/// Goes down a path, and fails where it ends: the error has the place.
struct Seek<'p>(&'p [Step<'p>]);

impl<'de> DeserializeSeed<'de> for Seek<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.0.first() {
            None => Err(D::Error::custom("here")),
            Some(Step::Key(_)) => deserializer.deserialize_map(self),
            Some(Step::At(_)) => deserializer.deserialize_seq(self),
        }
    }
}

impl<'de> Visitor<'de> for Seek<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match self.0.split_first() {
                Some((Step::Key(wanted), rest)) if *wanted == key => {
                    return map.next_value_seed(Seek(rest));
                }
                _ => map.next_value::<IgnoredAny>()?,
            };
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        if let Some((Step::At(wanted), rest)) = self.0.split_first() {
            for _ in 0..*wanted {
                if list.next_element::<IgnoredAny>()?.is_none() {
                    return Ok(());
                }
            }
            list.next_element_seed(Seek(rest))?;
        }
        Ok(())
    }
}

/// What is read from an object alone: a list of its values in their order is none.
#[derive(Debug, Clone)]
pub struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Members<T> {
            type Value = T;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object in { }")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map))
            }
        }
        let members = deserializer.deserialize_map(Members(PhantomData));
        members.map(Self)
    }
}

/// Reads a list of objects.
///
/// # Errors
/// Those of the deserializer; for elements that are no objects.
pub fn objects<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let all = Vec::<Object<T>>::deserialize(deserializer)?;
    Ok(all.into_iter().map(|Object(one)| one).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Desk {
        #[serde(deserialize_with = "objects")]
        people: Vec<Who>,
        #[serde(default)]
        hours: Option<f64>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Who {
        id: String,
    }

    #[test]
    fn every_mistake_has_its_place_its_path_and_words_of_no_program() {
        for (text, place, path, words) in [
            ("", (1, 1), "", "it ends in the middle"),
            (
                "[]",
                (1, 1),
                "",
                "this is a list, and an object in { } is wanted",
            ),
            (
                "[[], 5]",
                (1, 1),
                "",
                "this is a list, and an object in { } is wanted",
            ),
            (
                "{\n \"people\": 5}",
                (2, 12),
                "people",
                "this is the number 5, and a list in [ ] is wanted",
            ),
            (
                "{\"people\": [[\"ana\"]]}",
                (1, 13),
                "people[0]",
                "this is a list, and an object in { } is wanted",
            ),
            (
                "{\"people\": [{\"id\": \"ä\"}, {\"id\":  7}]}",
                (1, 34),
                "people[1].id",
                "this is the number 7, and a text in quotes is wanted",
            ),
            (
                "{\"people\": [],\n\"hours\": \"ten\"}",
                (2, 10),
                "hours",
                "this is the text \"ten\", and a number is wanted",
            ),
            (
                "{\"people\": [{}]}",
                (1, 13),
                "people[0]",
                "\"id\" is missing",
            ),
            (
                "{\"people\": [], \"hour\": 1}",
                (1, 25),
                "hour",
                "there is no key \"hour\" here",
            ),
            (
                "{\"people\": [], \"people\": []}",
                (1, 24),
                "",
                "\"people\" stands twice",
            ),
            (
                "{\"people\": [], \"hours\": NaN}",
                (1, 26),
                "",
                "no JSON value stands here",
            ),
            (
                "{\"people\": []} x",
                (1, 16),
                "",
                "something stands behind the end",
            ),
            (
                "{\"people\": [],}",
                (1, 15),
                "",
                "there is a comma too many",
            ),
            (
                "{\"people\": [], \"hours\": 1e999}",
                (1, 30),
                "",
                "a number is too large",
            ),
        ] {
            let wrong = read::<Object<Desk>>(text).unwrap_err();
            assert_eq!(wrong.message, words, "{text}");
            assert_eq!(wrong.path, path, "{text}");
            let (line, column) = wrong.place.unwrap();
            assert_eq!(line, place.0, "{text}");
            // Where JSON itself is broken the reader's own column is near enough.
            assert!(column.abs_diff(place.1) <= 1, "{text}: {column}");
            assert!(!path.contains('.') || column == place.1, "{text}: {column}");
        }
        let right = read::<Object<Desk>>("{\"people\": [{\"id\": \"ana\"}], \"hours\": 2}")
            .unwrap()
            .0;
        assert_eq!(
            (right.people[0].id.as_str(), right.hours),
            ("ana", Some(2.0))
        );
        let near = read::<Object<Desk>>("{\"people\": [], \"hour\": 1}").unwrap_err();
        assert_eq!(near.hint, "did you mean \"hours\"?");
        let far = read::<Object<Desk>>("{\"people\": [], \"schema\": 1}").unwrap_err();
        assert_eq!(far.hint, "the keys here are: people, hours");
    }

    #[test]
    fn the_place_of_a_value() {
        let text = "{\n  \"ü\": [1, {\"b\":\n   true}]}";
        for (path, place) in [
            (vec![], Some((1, 1))),
            (vec![Step::Key("ü")], Some((2, 8))),
            (vec![Step::Key("ü"), Step::At(1)], Some((2, 12))),
            (
                vec![Step::Key("ü"), Step::At(1), Step::Key("b")],
                Some((3, 4)),
            ),
            (vec![Step::Key("ü"), Step::At(7)], None),
            (vec![Step::Key("x")], None),
        ] {
            assert_eq!(place_of(text, &path), place, "{path:?}");
        }
    }
}
