//! Asks a server on this machine over some connections for a while, and says how many answers came and how long they took.
//!
//! `load PLAN SECONDS CONNECTIONS`; the plan is JSON: `addresses`, `method`, `paths` (each connection asks for them in turn, from a
//! place of its own, all as far apart), `headers`, `body`. Printed are answers, seconds, the median and the 99th percentile in
//! microseconds, and how many answers were not of the 200s.

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::Deserialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// Answers that come before are not counted.
const WARMING: Duration = Duration::from_millis(300);
const LONGEST: u64 = 60;
const MOST_CONNECTIONS: usize = 256;

#[derive(Deserialize)]
struct Plan {
    addresses: Vec<String>,
    method: String,
    paths: Vec<String>,
    headers: Vec<String>,
    body: String,
}

#[derive(Default)]
struct Counted {
    micros: Vec<u64>,
    failed: u64,
}

#[expect(clippy::disallowed_methods, reason = "it measures")]
fn now() -> Instant {
    Instant::now()
}

fn main() -> Outcome {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [plan, seconds, connections] = words.as_slice() else {
        return Err("load PLAN SECONDS CONNECTIONS".into());
    };
    let plan: Plan = serde_json::from_str(&std::fs::read_to_string(plan)?)?;
    let seconds = Duration::from_secs(seconds.parse::<u64>()?.min(LONGEST));
    let connections = connections.parse::<usize>()?.min(MOST_CONNECTIONS);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(ask_all(Arc::new(plan), seconds, connections))
}

async fn ask_all(plan: Arc<Plan>, seconds: Duration, connections: usize) -> Outcome {
    let from = now() + WARMING;
    let until = from + seconds;
    let tasks: Vec<_> = (0..connections)
        .map(|number| {
            let first = number * plan.paths.len() / connections;
            tokio::spawn(ask(Arc::clone(&plan), (number, first), from, until))
        })
        .collect();
    let mut all = Counted::default();
    for task in tasks {
        let one = task.await??;
        all.micros.extend(one.micros);
        all.failed += one.failed;
    }
    all.micros.sort_unstable();
    let at = |share: usize| {
        all.micros
            .get(all.micros.len() * share / 100)
            .copied()
            .unwrap_or(0)
    };
    println!(
        "{} {} {} {} {}",
        all.micros.len(),
        seconds.as_secs_f64(),
        at(50),
        at(99),
        all.failed
    );
    Ok(())
}

/// Asks by the connection of a number, which begins with a path of its own: what can be done once is asked for once.
async fn ask(
    plan: Arc<Plan>,
    (number, first): (usize, usize),
    from: Instant,
    until: Instant,
) -> Outcome<Counted> {
    let address = &plan.addresses[number % plan.addresses.len()];
    if !address.starts_with("127.0.0.1:") {
        return Err("only a server on this machine is asked".into());
    }
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut counted = Counted::default();
    let mut buffer = Vec::with_capacity(64 * 1024);
    let mut request = String::new();
    for turn in 0.. {
        let path = &plan.paths[(first + turn) % plan.paths.len()];
        request.clear();
        request += &format!("{} {path} HTTP/1.1\r\nHost: {address}\r\n", plan.method);
        for header in &plan.headers {
            request += header;
            request += "\r\n";
        }
        if plan.body.is_empty() {
            request += "\r\n";
        } else {
            let length = plan.body.len();
            request += &format!("Content-Length: {length}\r\n\r\n{}", plan.body);
        }
        let start = now();
        if start >= until {
            break;
        }
        stream.write_all(request.as_bytes()).await?;
        let is_good = answer(&mut stream, &mut buffer).await?;
        let end = now();
        if start >= from && end <= until {
            let micros = end.duration_since(start).as_micros();
            counted.micros.push(u64::try_from(micros)?);
            counted.failed += u64::from(!is_good);
        }
    }
    Ok(counted)
}

/// Reads one answer with a length, and says whether it is of the 200s.
async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Outcome<bool> {
    buffer.clear();
    let head = loop {
        if let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(buffer).await? == 0 {
            return Err("the server has hung up".into());
        }
    };
    let text = String::from_utf8_lossy(&buffer[..head]).to_ascii_lowercase();
    let length = text
        .split("content-length:")
        .nth(1)
        .and_then(|rest| rest.split("\r\n").next())
        .and_then(|length| length.trim().parse::<usize>().ok())
        .ok_or("an answer without a length")?;
    while buffer.len() < head + length {
        if stream.read_buf(buffer).await? == 0 {
            return Err("the server has hung up".into());
        }
    }
    Ok(text.starts_with("http/1.1 2"))
}
