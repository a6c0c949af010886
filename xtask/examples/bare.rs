//! The least that a server for time entries can be: axum and SQLite, no accounts, no rules. The bench holds the desk against it.
//!
//! `bare prepare DESK FILE` takes the entries of a desk; `bare serve FILE PORT grouped|single` serves them: one by its id, a page of
//! fifty, and inserts, of which those that wait are committed together, or each alone.

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use crossbeam_channel::{Receiver, Sender, bounded};
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;
use uuid::Uuid;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

const TABLE: &str = "
CREATE TABLE entry (
    id BLOB NOT NULL PRIMARY KEY, person TEXT NOT NULL, client TEXT NOT NULL, project TEXT NOT NULL, task TEXT NOT NULL,
    tags TEXT NOT NULL, description TEXT NOT NULL, day INTEGER, start_at INTEGER, end_at INTEGER, seconds INTEGER NOT NULL,
    counted INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX entry_day ON entry (day, id);
INSERT INTO entry SELECT id, person, client, project, task, tags, description, day, start_at, end_at, seconds, counted FROM desk.entry;
";
const COLUMNS: &str = "SELECT id, person, client, project, task, tags, description, day, start_at, end_at, seconds, counted FROM entry WHERE ";
const READERS: usize = 4;
/// So many inserts are committed together at most, as in the desk.
const MOST_TOGETHER: usize = 256;

#[derive(Serialize)]
struct Entry {
    id: String,
    day: Option<i64>,
    start: Option<i64>,
    end: Option<i64>,
    hours: f64,
    counted_hours: f64,
    person: String,
    client: String,
    project: String,
    task: String,
    tags: String,
    description: String,
}

#[derive(Serialize)]
struct Entries {
    entries: Vec<Entry>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct NewEntry {
    line: String,
}

struct Insert {
    line: String,
    reply: oneshot::Sender<bool>,
}

struct Server {
    readers: Mutex<Vec<Connection>>,
    writes: Sender<Insert>,
}

fn open(file: &str) -> Outcome<Connection> {
    let connection = Connection::open(file)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "cache_size", -4000)?;
    Ok(connection)
}

fn main() -> Outcome {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["prepare", desk, file] => {
            let connection = open(file)?;
            connection.execute("ATTACH ? AS desk", [desk])?;
            Ok(connection.execute_batch(TABLE)?)
        }
        ["serve", file, port, mode] => {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .enable_all()
                .build()?;
            runtime.block_on(serve(file, port, *mode == "grouped"))
        }
        _ => Err("bare prepare DESK FILE, or bare serve FILE PORT grouped|single".into()),
    }
}

async fn serve(file: &str, port: &str, is_grouped: bool) -> Outcome {
    let readers = (0..READERS)
        .map(|_| open(file))
        .collect::<Outcome<Vec<_>>>()?;
    let writer = open(file)?;
    let (writes, waiting) = bounded(1024);
    let most = if is_grouped { MOST_TOGETHER } else { 1 };
    std::thread::spawn(move || write(&writer, &waiting, most));
    let server = Arc::new(Server {
        readers: Mutex::new(readers),
        writes,
    });
    let router = Router::new()
        .route("/health", get(|| async { "ok" }))
        .route("/entries/{id}", get(one))
        .route("/entries", get(page).post(add))
        .with_state(server);
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    Ok(axum::serve(listener, router).await?)
}

/// Inserts what waits, and answers once it is committed.
fn write(connection: &Connection, waiting: &Receiver<Insert>, most: usize) {
    while let Ok(first) = waiting.recv() {
        let begun = connection.execute_batch("BEGIN IMMEDIATE").is_ok();
        let mut together = vec![first];
        while together.len() < most
            && let Ok(next) = waiting.try_recv()
        {
            together.push(next);
        }
        let all = together
            .iter()
            .all(|one| insert(connection, &one.line).is_ok());
        let done = begun && all && connection.execute_batch("COMMIT").is_ok();
        for one in together {
            // Whoever asked may have gone away.
            let _ = one.reply.send(done);
        }
    }
}

fn insert(connection: &Connection, line: &str) -> rusqlite::Result<usize> {
    let (hours, text) = line.split_once("h ").unwrap_or(("1", line));
    let seconds = hours.parse::<i64>().unwrap_or(1) * 3600;
    let mut statement = connection.prepare_cached(
        "INSERT INTO entry VALUES (?, '', '', '', '', '', ?, 20000, NULL, NULL, ?, ?)",
    )?;
    statement.execute(params![Uuid::now_v7(), text, seconds, seconds])
}

fn read(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let hours = |seconds: i64| f64::from(i32::try_from(seconds).unwrap_or(i32::MAX)) / 3600.0;
    Ok(Entry {
        id: row.get::<_, Uuid>(0)?.simple().to_string(),
        person: row.get(1)?,
        client: row.get(2)?,
        project: row.get(3)?,
        task: row.get(4)?,
        tags: row.get(5)?,
        description: row.get(6)?,
        day: row.get(7)?,
        start: row.get(8)?,
        end: row.get(9)?,
        hours: hours(row.get(10)?),
        counted_hours: hours(row.get(11)?),
    })
}

impl Server {
    fn read<T>(
        &self,
        action: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StatusCode> {
        let pool = || self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        let connection = loop {
            if let Some(free) = pool().pop() {
                break free;
            }
            std::thread::yield_now();
        };
        let done = action(&connection);
        pool().push(connection);
        done.map_err(|_| StatusCode::NOT_FOUND)
    }
}

fn json(status: StatusCode, answer: &impl Serialize) -> Response {
    let text = serde_json::to_string(answer).unwrap_or_default();
    (status, [(header::CONTENT_TYPE, "application/json")], text).into_response()
}

async fn one(
    State(server): State<Arc<Server>>,
    Path(id): Path<String>,
) -> Result<Response, StatusCode> {
    let id = Uuid::try_parse(&id).map_err(|_| StatusCode::NOT_FOUND)?;
    let found = server.read(|connection| {
        let mut statement = connection.prepare_cached(&format!("{COLUMNS}id = ?"))?;
        statement.query_row([id], read)
    })?;
    Ok(json(StatusCode::OK, &found))
}

async fn page(
    State(server): State<Arc<Server>>,
    RawQuery(query): RawQuery,
) -> Result<Response, StatusCode> {
    let before = query
        .as_deref()
        .and_then(|query| query.strip_prefix("before="));
    let (day, id) = match before.and_then(|before| before.split_once('.')) {
        Some((day, id)) => (
            day.parse().map_err(|_| StatusCode::BAD_REQUEST)?,
            Uuid::try_parse(id).map_err(|_| StatusCode::BAD_REQUEST)?,
        ),
        None => (i64::MAX, Uuid::max()),
    };
    let entries = server.read(|connection| {
        let sql = format!("{COLUMNS}(day, id) < (?, ?) ORDER BY day DESC, id DESC LIMIT 50");
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![day, id], read)?;
        rows.collect::<rusqlite::Result<Vec<_>>>()
    })?;
    let next = entries
        .last()
        .and_then(|last| Some(format!("{}.{}", last.day?, last.id)));
    Ok(json(StatusCode::OK, &Entries { entries, next }))
}

async fn add(State(server): State<Arc<Server>>, body: Bytes) -> Result<Response, StatusCode> {
    let new: NewEntry =
        serde_json::from_slice(&body).map_err(|_| StatusCode::UNPROCESSABLE_ENTITY)?;
    let (reply, done) = oneshot::channel();
    let insert = Insert {
        line: new.line.clone(),
        reply,
    };
    server
        .writes
        .send(insert)
        .map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    match done.await {
        Ok(true) => Ok(json(StatusCode::CREATED, &new.line)),
        _ => Err(StatusCode::SERVICE_UNAVAILABLE),
    }
}
