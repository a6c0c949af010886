//! A token in every form: no page elsewhere can know it, so none can send a form in somebody's name, whatever their browser says of where
//! a request comes from. It is put into all pages in one place, and asked for in one place.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::Response;
use http_body::Frame;
use http_body_util::BodyExt;
use offdesk_actions::accounts::is_same;
use offdesk_actions::moment::{digest, hex};
use offdesk_actions::{Error, ErrorKind};

use super::ask::Ask;
use super::{Desk, door};

/// The field; it is the first one of its form.
const FIELD: &str = "form_token";
/// Whoever sends this needs no token: another page may only send it where we allow it, which we never do.
const HEADER: &str = "x-offdesk";
/// So many bytes of what is sent are looked at to find the field.
const LOOKED_AT: usize = 1024;
/// A token has so many letters.
const LENGTH: usize = 32;

/// The cookie that stands for somebody who is not signed in.
fn cookie_name(desk: &Desk) -> &'static str {
    if desk.is_secure() {
        "__Host-offdesk-form"
    } else {
        "offdesk-form"
    }
}

/// The token that belongs to a cookie's value.
#[must_use]
pub fn form_token(secret: &str) -> String {
    let whole = digest(&[b"offdesk form", secret.as_bytes()]);
    hex(&whole[..LENGTH / 2])
}

/// What the tokens of a request's forms hang on: its session, else the cookie of somebody who is not signed in.
pub(super) fn secret_of(desk: &Desk, headers: &HeaderMap) -> Option<String> {
    let session = door::cookie(headers, door::cookie_name(desk));
    let found = session.or_else(|| door::cookie(headers, cookie_name(desk)));
    found.filter(|secret| !secret.is_empty()).map(str::to_owned)
}

/// Lets through what only a page of ours, or a program with a token of its own, can have sent. What is no form cannot come from elsewhere.
///
/// # Errors
/// `request.form_token`, and `request.broken` where what was sent ended too early.
pub(super) async fn check_form(ask: &mut Ask) -> Result<(), Error> {
    // Another page cannot send other methods, this header or a token of a program; nor JSON that says what it is.
    let text = |name: &str| ask.headers.get(name).and_then(|value| value.to_str().ok());
    let kind = text("content-type").unwrap_or("").to_ascii_lowercase();
    let is_json = kind.split(';').next().unwrap_or("").trim() == "application/json";
    let is_beyond = ask.method != Method::POST
        || is_json
        || ask.headers.contains_key(HEADER)
        || door::bearer(&ask.headers).is_some();
    if is_beyond {
        return Ok(());
    }
    let cookies = [door::cookie_name(&ask.desk), cookie_name(&ask.desk)];
    let known = cookies.map(|name| door::cookie(&ask.headers, name).map(form_token));
    let mut body = ask.take_body();
    let mut head = Vec::new();
    while head.len() < LOOKED_AT {
        let broken = || {
            let message = "what was sent ended too early";
            Error::new(ErrorKind::Invalid, "request.broken", message)
        };
        match body.frame().await {
            Some(frame) => {
                if let Ok(data) = frame.map_err(|_| broken())?.into_data() {
                    head.extend_from_slice(&data);
                }
            }
            None => break,
        }
    }
    let is_parts = kind.starts_with("multipart/form-data");
    let found = token_in(&head, is_parts);
    let is_known = found.as_ref().is_some_and(|(token, _)| {
        let same = |known: &Option<String>| known.as_ref().is_some_and(|it| is_same(it, token));
        known.iter().any(same)
    });
    let Some((_, rest)) = found.filter(|_| is_known) else {
        return Err(Error::new(
            ErrorKind::Forbidden,
            "request.form_token",
            "this did not come from a page of offdesk that is still good",
        )
        .hint("open the page again and repeat it there"));
    };
    let first = Some(Bytes::copy_from_slice(rest));
    ask.put_body(Body::new(Chained { first, body }));
    Ok(())
}

/// The token at the beginning of what was sent, and what comes after it.
fn token_in(head: &[u8], is_parts: bool) -> Option<(String, &[u8])> {
    let at = if is_parts {
        let name = format!("name=\"{FIELD}\"\r\n\r\n");
        let at = head
            .windows(name.len())
            .position(|part| part == name.as_bytes())?;
        // It is of the first part: before it stand the boundary and the rest of its line.
        let before = head.get(..at)?;
        let is_first = before.windows(4).all(|part| part != b"\r\n\r\n");
        is_first.then_some(at + name.len())?
    } else {
        let name = format!("{FIELD}=");
        head.starts_with(name.as_bytes()).then_some(name.len())?
    };
    let token = head.get(at..at + LENGTH)?;
    let rest = head.get(at + LENGTH..)?;
    let rest = match (is_parts, rest.first()) {
        (true, _) => rest.strip_prefix(b"\r\n")?,
        (false, None) => rest,
        (false, Some(_)) => rest.strip_prefix(b"&")?,
    };
    Some((std::str::from_utf8(token).ok()?.to_owned(), rest))
}

/// What was looked at already, then what is still to come.
struct Chained {
    first: Option<Bytes>,
    body: Body,
}

impl HttpBody for Chained {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match self.first.take() {
            Some(first) => Poll::Ready(Some(Ok(Frame::data(first)))),
            None => Pin::new(&mut self.body).poll_frame(context),
        }
    }
}

/// Puts the token into all forms of a page; whoever has no cookie yet gets one.
pub(super) async fn fill_forms(
    desk: &Desk,
    secret: Option<String>,
    response: Response,
) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE);
    if !kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Response::from_parts(head, Body::empty());
    };
    let page = String::from_utf8_lossy(&bytes);
    if !page.contains("method=\"post\"") {
        return Response::from_parts(head, Body::from(bytes));
    }
    let secret = new_session(desk, &head.headers)
        .or(secret)
        .unwrap_or_else(|| {
            let secret = (desk.moment)().secret().reveal().to_owned();
            let secure = if desk.is_secure() { "; Secure" } else { "" };
            let name = cookie_name(desk);
            let cookie = format!("{name}={secret}; Path=/; HttpOnly; SameSite=Strict{secure}");
            if let Ok(cookie) = HeaderValue::from_str(&cookie) {
                head.headers.append(header::SET_COOKIE, cookie);
            }
            secret
        });
    let filled = filled(&page, &form_token(&secret));
    Response::from_parts(head, Body::from(filled))
}

/// The secret of a session that begins, or goes on, with this very answer.
fn new_session(desk: &Desk, headers: &HeaderMap) -> Option<String> {
    let name = format!("{}=", door::cookie_name(desk));
    let mut set = headers.get_all(header::SET_COOKIE).iter();
    let found = set.find_map(|cookie| {
        let rest = cookie.to_str().ok()?.strip_prefix(name.as_str())?;
        rest.split(';').next()
    });
    found.filter(|secret| !secret.is_empty()).map(str::to_owned)
}

/// A page with the token as the first field of each form that changes something. Texts of people are escaped, so none of them is a tag.
fn filled(page: &str, token: &str) -> String {
    let mut out = String::with_capacity(page.len() + 512);
    let mut rest = page;
    while let Some(at) = rest.find("<form ") {
        let (before, form) = rest.split_at(at);
        let end = form.find('>').map_or(form.len(), |end| end + 1);
        let (tag, after) = form.split_at(end);
        out.push_str(before);
        out.push_str(tag);
        if tag.contains("method=\"post\"") {
            out.push_str("<input type=\"hidden\" name=\"");
            out.push_str(FIELD);
            out.push_str("\" value=\"");
            out.push_str(token);
            out.push_str("\">");
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{filled, form_token, token_in};

    #[test]
    fn every_form_that_changes_something_gets_the_token_first() {
        let page = "<p><form method=\"get\" action=\"/a\"><input></form>&lt;form method=&quot;post&quot;&gt;\
            <form method=\"post\" action=\"/b?x=%3E\" enctype=\"multipart/form-data\"><input name=\"file\"></form>";
        let filled = filled(page, "T");
        assert_eq!(filled.matches("form_token").count(), 1);
        assert!(filled.contains(
            "form-data\"><input type=\"hidden\" name=\"form_token\" value=\"T\"><input name=\"file\">"
        ));
    }

    #[test]
    fn the_token_is_taken_out_of_what_was_sent() {
        let token = form_token("secret");
        let cases = [
            (format!("form_token={token}&a=b"), false, Some("a=b")),
            (format!("form_token={token}"), false, Some("")),
            (format!("a=b&form_token={token}"), false, None),
            (format!("form_token={token}x"), false, None),
            ("form_token=short".to_owned(), false, None),
            (
                format!(
                    "--x\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n{token}\r\n--x\r\nrest"
                ),
                true,
                Some("--x\r\nrest"),
            ),
            (
                format!(
                    "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nname=\"form_token\"\r\n\r\n{token}\r\n--x"
                ),
                true,
                None,
            ),
        ];
        for (sent, is_parts, rest) in cases {
            let found = token_in(sent.as_bytes(), is_parts);
            let found =
                found.map(|(found, rest)| (found, String::from_utf8(rest.to_vec()).unwrap()));
            assert_eq!(
                found,
                rest.map(|rest| (token.clone(), rest.to_owned())),
                "{sent}"
            );
        }
    }
}
