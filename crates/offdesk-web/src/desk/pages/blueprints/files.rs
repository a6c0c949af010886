//! Blueprints as files: Markdown, a zip of all, a page that needs nothing else. Each is a download, never opened in place.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use offdesk_actions::blueprints::BlueprintDetail;
use offdesk_actions::blueprints::exporting::{export_zip, file_stem};
use offdesk_actions::blueprints::load_blueprint;

use super::reading::sections;
use crate::desk::ask::{Answer, Ask};
use crate::desk::attachment::attachment;
use crate::markdown::Files;
use crate::theme::style_sheet;
use crate::words;

/// The Markdown of one.
pub fn markdown_file(ask: Ask) -> Answer {
    Box::pin(async move {
        let detail = load(&ask).await?;
        let name = format!("{}.md", file_stem(&detail.row.title));
        let kind = "text/markdown; charset=utf-8";
        Ok(attachment(&name, kind, detail.newest.text.into_bytes()))
    })
}

/// One of them as a page that needs nothing else, to print or to send.
pub fn whole_page(ask: Ask) -> Answer {
    Box::pin(async move {
        let detail = load(&ask).await?;
        let name = format!("{}.html", file_stem(&detail.row.title));
        let page = page_of(&detail, ask.zone()).into_string();
        Ok(attachment(
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
        Ok(attachment("blueprints.zip", "application/zip", zip))
    })
}

async fn load(ask: &Ask) -> Result<BlueprintDetail, offdesk_actions::Error> {
    let id = ask.id("blueprint")?;
    ask.read(move |tx, actor, _| load_blueprint(tx, actor, id))
        .await
}

/// The page: styles within, nothing from elsewhere, made for paper. Its day is that of the clock of a zone, or of UTC.
#[must_use]
pub fn page_of(detail: &BlueprintDetail, zone: Option<&str>) -> Markup {
    let title = words::shown(&detail.row.title, 160);
    let standing = match detail.newest.published {
        Some((at, _)) => format!(
            "Version {}, {}",
            detail.newest.number,
            words::when(at, zone)
        ),
        None => format!(
            "Draft of version {}, {}",
            detail.newest.number,
            words::when(detail.newest.changed_at, zone)
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
                (sections(&detail.blueprint, Files::default()))
            } }
        }
    }
}
