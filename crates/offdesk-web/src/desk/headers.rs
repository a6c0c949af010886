//! The headers that every answer has.

use super::Desk;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;

/// What a page may load and do: nothing that is not ours, nothing that stands in the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A page whose address holds a secret: no other page is told it. Its own form still says where it comes from, which browsers leave
/// out where nothing may be told at all.
pub(super) fn with_quiet_address(mut response: Response) -> Response {
    let policy = HeaderValue::from_static("strict-origin");
    response
        .headers_mut()
        .insert(header::REFERRER_POLICY, policy);
    response
}

/// An answer with the headers that guard it.
pub(super) fn with_headers(desk: &Desk, mut response: Response) -> Response {
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::CACHE_CONTROL, "no-store");
    set(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    set(
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    set(
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=()",
    );
    set(header::X_FRAME_OPTIONS, "DENY");
    if desk.is_secure() {
        set(
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=31536000; includeSubDomains",
        );
    }
    response
}
