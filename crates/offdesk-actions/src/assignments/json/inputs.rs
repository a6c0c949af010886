//! What an assignment has of the inputs of its blueprint, as JSON.

use serde::Serialize;

use super::FileJson;
use crate::assignments::AssignmentDetail;
use crate::assignments::inputs::Shown;

#[derive(Debug, Serialize)]
pub(super) struct InputJson {
    name: String,
    required: bool,
    given: Option<&'static str>,
    link: Option<String>,
    file: Option<FileJson>,
}

pub(super) fn inputs_of(detail: &AssignmentDetail) -> Vec<InputJson> {
    let inputs = detail.inputs_shown().into_iter();
    let inputs = inputs.map(|input| {
        let (given, link, file) = match input.given {
            None => (None, None, None),
            Some(Shown::Have) => (Some("have"), None, None),
            Some(Shown::Link(link)) => (Some("link"), Some(link.to_owned()), None),
            Some(Shown::File(file)) => (Some("file"), None, Some(FileJson::of(file))),
        };
        InputJson {
            name: input.name.to_owned(),
            required: input.is_required,
            given,
            link,
            file,
        }
    });
    inputs.collect()
}
