//! Files to keep: downloads that a browser does not open here, and would let nothing in run.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use offdesk_actions::Error;
use offdesk_actions::pay::{StatementDetail, pdf, statement};
use offdesk_actions::sheet::{Table, XLSX};
use offdesk_domain::Day;

use crate::desk::ask::Ask;

/// What a file of somebody is given out as: nothing a browser would open.
pub const BYTES: &str = "application/octet-stream";

/// A download under a name.
#[must_use]
pub fn attachment(name: &str, kind: &'static str, bytes: impl Into<Body>) -> Response {
    let ascii: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '-' | '.') {
                c
            } else {
                '_'
            }
        })
        .collect();
    let form: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    // As forms write it but for the blank, and the star, which stands for something here.
    let utf8 = form.replace('+', "%20").replace('*', "%2A");
    let disposition = format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{utf8}");
    let disposition =
        HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'";
    (
        [
            (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
            (header::CONTENT_DISPOSITION, disposition),
            (
                HeaderName::from_static("content-security-policy"),
                HeaderValue::from_static(policy),
            ),
        ],
        bytes.into(),
    )
        .into_response()
}

/// The lines of a statement as a table to keep, named by its reference: a workbook where the query asks for `format=xlsx`, else CSV.
///
/// # Errors
/// As [`table_file`].
pub fn as_table(detail: &StatementDetail, ask: &Ask) -> Result<Response, Error> {
    let table = statement::to_table(&detail.statement, &|id| detail.activity(id), &|line| {
        detail.about(line)
    });
    let format = match ask.query.text("format") {
        "" => "csv",
        format => format,
    };
    table_file(&detail.summary.reference(), &table, format, ask.moment.now)
}

/// A table to keep, as CSV or as a workbook.
///
/// # Errors
/// `not_found` for another format, `write.workbook` where it does not fit into a workbook.
pub fn table_file(
    name: &str,
    table: &Table,
    format: &str,
    now: Timestamp,
) -> Result<Response, Error> {
    let (kind, bytes) = match format {
        "csv" => ("text/csv; charset=utf-8", table.to_csv().into_bytes()),
        "xlsx" => (XLSX, table.to_xlsx(now)?),
        _ => return Err(Error::not_found("format of a table")),
    };
    Ok(attachment(&format!("{name}.{format}"), kind, bytes))
}

/// A statement as a PDF to keep, with where it stands today.
#[must_use]
pub fn as_paper(detail: &StatementDetail, today: Day) -> Response {
    let file = pdf::to_pdf(detail, today);
    let name = format!("{}.pdf", detail.summary.reference());
    attachment(&name, "application/pdf", file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_downloads_keep_their_blanks() {
        let page = attachment("My business + b\u{e4}nk*.zip", BYTES, Vec::new());
        let said = page.headers()[header::CONTENT_DISPOSITION]
            .to_str()
            .unwrap();
        assert_eq!(
            said,
            "attachment; filename=\"My_business___b_nk_.zip\"; filename*=UTF-8''My%20business%20%2B%20b%C3%A4nk%2A.zip"
        );
    }
}
