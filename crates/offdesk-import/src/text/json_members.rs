//! JSON objects that hold a long list beside other members: the list is read as a stream, never held.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};

use crate::input::Input;
use crate::problem::Problem;
use crate::text::json;

/// Reads the elements of an object's member `list` one after the other; a member `head` in front of it is kept
/// and shown with each element, all others are passed over.
///
/// `element` is called with the head, the number of the element from 1, and the element.
///
/// # Errors
/// `import.json`, `import.depth`, `import.truncated`, and what `element` returns.
pub fn each_listed<H: DeserializeOwned, T: DeserializeOwned>(
    input: &mut Input,
    head: &str,
    list: &str,
    mut element: impl FnMut(Option<&H>, u64, T) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let stream = json::stream(input)?;
    let mut deserializer = serde_json::Deserializer::from_reader(stream);
    let mut failure = None;
    let visitor = Members {
        head,
        list,
        element: &mut element,
        failure: &mut failure,
        marker: PhantomData,
    };
    let read = deserializer.deserialize_map(visitor);
    if let Some(failure) = failure {
        return Err(failure);
    }
    read.map_err(|error| json::problem(&error))?;
    deserializer.end().map_err(|error| json::problem(&error))
}

struct Members<'m, H, T, F> {
    head: &'m str,
    list: &'m str,
    element: &'m mut F,
    failure: &'m mut Option<Problem>,
    marker: PhantomData<(H, T)>,
}

impl<'de, H, T, F> Visitor<'de> for Members<'_, H, T, F>
where
    H: DeserializeOwned,
    T: DeserializeOwned,
    F: FnMut(Option<&H>, u64, T) -> Result<(), Problem>,
{
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with a list `{}`", self.list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut head = None;
        let mut is_read = false;
        while let Some(key) = map.next_key::<String>()? {
            if key == self.list {
                if std::mem::replace(&mut is_read, true) {
                    return Err(Error::custom(format_args!("duplicate field `{key}`")));
                }
                map.next_value_seed(List {
                    head: head.as_ref(),
                    element: &mut *self.element,
                    failure: &mut *self.failure,
                    marker: PhantomData::<T>,
                })?;
            } else if key == self.head {
                if head.replace(map.next_value::<H>()?).is_some() {
                    return Err(Error::custom(format_args!("duplicate field `{key}`")));
                }
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        if is_read {
            Ok(())
        } else {
            Err(Error::custom(format_args!("missing field `{}`", self.list)))
        }
    }
}

struct List<'l, H, T, F> {
    head: Option<&'l H>,
    element: &'l mut F,
    failure: &'l mut Option<Problem>,
    marker: PhantomData<T>,
}

impl<'de, H, T, F> DeserializeSeed<'de> for List<'_, H, T, F>
where
    T: DeserializeOwned,
    F: FnMut(Option<&H>, u64, T) -> Result<(), Problem>,
{
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, H, T, F> Visitor<'de> for List<'_, H, T, F>
where
    T: DeserializeOwned,
    F: FnMut(Option<&H>, u64, T) -> Result<(), Problem>,
{
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let mut number = 0;
        while let Some(value) = seq.next_element::<T>()? {
            number += 1;
            if let Err(problem) = (self.element)(self.head, number, value) {
                *self.failure = Some(problem);
                return Err(Error::custom("stopped"));
            }
        }
        Ok(())
    }
}
