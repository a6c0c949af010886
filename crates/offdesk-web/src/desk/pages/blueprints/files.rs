//! Blueprints as files: Markdown, a zip of all, a page that needs nothing else. Each is a download, never opened in place.

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use offdesk_actions::blueprints::BlueprintDetail;
use offdesk_actions::blueprints::exporting::{export_zip, file_stem};
use offdesk_actions::blueprints::load_blueprint;

use super::reading::sections;
use crate::desk::ask::{Answer, Ask};
use crate::theme::style_sheet;
use crate::words;

/// The Markdown of one.
pub fn markdown_file(ask: Ask) -> Answer {
    Box::pin(async move {
        let detail = load(&ask).await?;
        let name = format!("{}.md", file_stem(&detail.row.title));
        let kind = "text/markdown; charset=utf-8";
        Ok(download(&name, kind, detail.newest.text.into_bytes()))
    })
}

/// One of them as a page that needs nothing else, to print or to send.
pub fn whole_page(ask: Ask) -> Answer {
    Box::pin(async move {
        let detail = load(&ask).await?;
        let name = format!("{}.html", file_stem(&detail.row.title));
        let page = page_of(&detail).into_string();
        Ok(download(
            &name,
            "text/html; charset=utf-8",
            page.into_bytes(),
        ))
    })
}

/// All of them as a zip of Markdown.
pub fn all_files(ask: Ask) -> Answer {
    Box::pin(async move {
        let zip = ask.read(|tx, actor, _| export_zip(tx, actor)).await?;
        Ok(download("blueprints.zip", "application/zip", zip))
    })
}

async fn load(ask: &Ask) -> Result<BlueprintDetail, offdesk_actions::Error> {
    let id = ask.id("blueprint")?;
    ask.read(move |tx, actor, _| load_blueprint(tx, actor, id))
        .await
}

/// A file to keep. A browser does not open it here, and would let nothing in it run.
fn download(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
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
        bytes,
    )
        .into_response()
}

/// The page: styles within, nothing from elsewhere, made for paper.
#[must_use]
pub fn page_of(detail: &BlueprintDetail) -> Markup {
    let title = words::shown(&detail.row.title, 160);
    let standing = match detail.newest.published {
        Some((at, _)) => format!(
            "Version {}, {}",
            detail.newest.number,
            words::when(at, None)
        ),
        None => format!(
            "Draft of version {}, {}",
            detail.newest.number,
            words::when(detail.newest.changed_at, None)
        ),
    };
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (title) }
                style { (PreEscaped(style_sheet())) }
            }
            body { main {
                h1 { bdi { (title) } }
                p { (standing) }
                (sections(&detail.blueprint))
            } }
        }
    }
}
