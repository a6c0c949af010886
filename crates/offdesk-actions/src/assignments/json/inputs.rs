//! What an assignment has of the inputs of its blueprint, as JSON.

use serde::Serialize;

use super::FileJson;
use crate::assignments::AssignmentDetail;

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
        let file = input.given.and_then(|row| detail.file_of(row));
        let link = input.given.map(|row| row.link.clone());
        let link = link.filter(|link| !link.is_empty());
        InputJson {
            name: input.name.to_owned(),
            required: input.is_required,
            given: input.given.map(|_| match (&link, file) {
                (Some(_), _) => "link",
                (None, Some(_)) => "file",
                (None, None) => "have",
            }),
            link,
            file: file.map(FileJson::of),
        }
    });
    inputs.collect()
}
