//! Files to keep: downloads that a browser does not open here, and would let nothing in run.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use offdesk_actions::pay::{StatementDetail, pdf, statement};
use offdesk_domain::Day;

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
    let utf8: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
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

/// The lines of a statement as a table to keep, named by its reference.
#[must_use]
pub fn as_table(detail: &StatementDetail) -> Response {
    let text = statement::to_csv(&detail.statement, &|id| detail.activity(id));
    let name = format!("{}.csv", detail.summary.reference());
    attachment(&name, "text/csv; charset=utf-8", text)
}

/// A statement as a PDF to keep, with where it stands today.
#[must_use]
pub fn as_paper(detail: &StatementDetail, today: Day) -> Response {
    let file = pdf::to_pdf(detail, today);
    let name = format!("{}.pdf", detail.summary.reference());
    attachment(&name, "application/pdf", file)
}
