//! The headers that every answer has.

use std::sync::LazyLock;

use super::Desk;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::Response;

/// What a page may load and do: nothing that is not ours, nothing that stands in the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The headers of every answer, put together once.
static GUARDS: LazyLock<HeaderMap> = LazyLock::new(|| {
    let guards = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=()",
        ),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    let guards = guards.map(|(name, value)| (name, HeaderValue::from_static(value)));
    guards.into_iter().collect()
});

/// A page whose address holds a secret: no other page is told it. Its own form still says where it comes from, which browsers leave
/// out where nothing may be told at all.
pub(super) fn with_quiet_address(mut response: Response) -> Response {
    let policy = HeaderValue::from_static("strict-origin");
    response
        .headers_mut()
        .insert(header::REFERRER_POLICY, policy);
    response
}

/// An answer with the headers that guard it; what it says itself goes before.
pub(super) fn with_headers(desk: &Desk, mut response: Response) -> Response {
    let mut headers = GUARDS.clone();
    if desk.is_secure() {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
    headers.extend(std::mem::take(response.headers_mut()));
    *response.headers_mut() = headers;
    response
}
