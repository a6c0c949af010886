//! A whole workspace as a file: written beside first and then sent piece by piece; received piece by piece and then brought in. Neither
//! is ever in memory as a whole.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::Response;
use http_body_util::channel::{Channel, Sender};
use offdesk_actions::exports::{Manifest, Stress, export_workspace, receive_workspace};
use offdesk_actions::{Error, ErrorKind};

use super::ask::Ask;
use super::attachment::attachment;

/// A piece that is read or written at once, in bytes.
const PIECE: usize = 256 * 1024;
/// So many pieces may wait for whoever reads them.
const AHEAD: usize = 2;
/// So long a file may be that is sent here, in bytes.
const LONGEST: u64 = 2 * 1024 * 1024 * 1024;

/// The open workspace as a download, with one's own answers about stress where `stress` is asked for.
///
/// # Errors
/// Those of the action; `workspace.file`.
pub async fn written(ask: &Ask) -> Result<Response, Error> {
    let (store, actor) = (Arc::clone(&ask.desk.store), ask.actor()?.clone());
    let stress = match ask.query.is_ticked("stress") {
        true => Stress::Own,
        false => Stress::LeftOut,
    };
    let (manifest, file, length) = Ask::apart(move || {
        let mut file = tempfile::tempfile().map_err(|error| no_room(&error))?;
        let kept = file.try_clone().map_err(|error| no_room(&error))?;
        let manifest = export_workspace(&store, &actor, kept, stress)?;
        let length = file.seek(SeekFrom::End(0));
        let length = length.and_then(|length| file.rewind().map(|()| length));
        Ok((manifest, file, length.map_err(|error| no_room(&error))?))
    })
    .await?;
    let (sender, body) = Channel::<Bytes, std::convert::Infallible>::new(AHEAD);
    tokio::spawn(send(file, sender));
    let name = format!("{}.zip", manifest.workspace.name);
    let mut response = attachment(&name, "application/zip", Body::new(body));
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, length.into());
    Ok(response)
}

/// Sends a file; ends early where nobody reads any more, or it cannot be read, which the length then shows.
async fn send(mut file: File, mut to: Sender<Bytes, std::convert::Infallible>) {
    loop {
        let read = Ask::apart(move || {
            let mut piece = Vec::with_capacity(PIECE);
            let most = u64::try_from(PIECE).unwrap_or(u64::MAX);
            let read = (&mut file).take(most).read_to_end(&mut piece);
            read.map_err(|error| no_room(&error))?;
            Ok((file, piece))
        });
        let Ok((rest, piece)) = read.await else {
            return;
        };
        file = rest;
        if piece.is_empty() || to.send_data(Bytes::from(piece)).await.is_err() {
            return;
        }
    }
}

/// A file on its way in.
pub struct Receiving {
    file: File,
    waiting: Vec<u8>,
    length: u64,
}

impl Receiving {
    /// Nothing has come yet.
    ///
    /// # Errors
    /// `workspace.file`.
    pub async fn begin() -> Result<Self, Error> {
        let file = Ask::apart(|| tempfile::tempfile().map_err(|error| no_room(&error)));
        Ok(Self {
            file: file.await?,
            waiting: Vec::new(),
            length: 0,
        })
    }

    /// Takes what came.
    ///
    /// # Errors
    /// `upload.long`, `workspace.file`.
    pub async fn take(mut self, bytes: &[u8]) -> Result<Self, Error> {
        self.length += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if self.length > LONGEST {
            return Err(Error::invalid(
                "file",
                "upload.long",
                "the file is longer than two gigabytes",
            )
            .hint("bring it in on the machine itself:  offdesk workspace import FILE"));
        }
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() < PIECE {
            return Ok(self);
        }
        self.keep().await
    }

    async fn keep(mut self) -> Result<Self, Error> {
        Ask::apart(move || {
            let kept = self.file.write_all(&self.waiting);
            kept.map_err(|error| no_room(&error))?;
            self.waiting.clear();
            Ok(self)
        })
        .await
    }

    /// Brings the workspace of the file in, now that all of it has come.
    ///
    /// # Errors
    /// Those of the action; `workspace.file`.
    pub async fn end(self, ask: &Ask) -> Result<Manifest, Error> {
        let (store, actor) = (Arc::clone(&ask.desk.store), ask.actor()?.clone());
        let moment = ask.moment;
        let mut file = self.keep().await?.file;
        Ask::apart(move || {
            file.rewind().map_err(|error| no_room(&error))?;
            receive_workspace(&store, &actor, file, moment)
        })
        .await
    }
}

fn no_room(error: &std::io::Error) -> Error {
    Error::new(
        ErrorKind::Failed,
        "workspace.file",
        format!("the file cannot be written or read: {error}"),
    )
    .hint("make room on the disk of the machine")
}
