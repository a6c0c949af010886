//! The style sheet and the script, under names that change with their content.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::OnceLock;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use offdesk_actions::Error;

use super::ask::{Answer, Ask};
use crate::theme;

const SCRIPT: &str = include_str!("desk.js");

/// A file that is served.
pub struct Asset {
    /// Its path.
    pub path: String,
    content: String,
    kind: &'static str,
}

fn asset(name: &str, ending: &str, content: String, kind: &'static str) -> Asset {
    let state: BuildHasherDefault<DefaultHasher> = BuildHasherDefault::default();
    let hash = state.hash_one(&content);
    Asset {
        path: format!("/assets/{name}.{hash:016x}.{ending}"),
        content,
        kind,
    }
}

/// The style sheet.
pub fn style() -> &'static Asset {
    static STYLE: OnceLock<Asset> = OnceLock::new();
    STYLE.get_or_init(|| {
        asset(
            "desk",
            "css",
            theme::desk_sheet(),
            "text/css; charset=utf-8",
        )
    })
}

/// The script.
pub fn script() -> &'static Asset {
    static FILE: OnceLock<Asset> = OnceLock::new();
    FILE.get_or_init(|| {
        let kind = "text/javascript; charset=utf-8";
        asset("desk", "js", SCRIPT.to_owned(), kind)
    })
}

/// Serves one of them.
pub fn get_asset(ask: Ask) -> Answer {
    Box::pin(async move {
        let found = [style(), script()]
            .into_iter()
            .find(|asset| asset.path == ask.path)
            .ok_or_else(|| Error::not_found("file"))?;
        let headers = [
            (header::CONTENT_TYPE, found.kind),
            (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        ];
        Ok::<Response, Error>((headers, found.content.as_str()).into_response())
    })
}
