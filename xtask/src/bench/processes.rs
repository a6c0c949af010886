//! Several desks on one PostgreSQL: what each more adds.

use std::path::Path;

use super::Bench;
use super::measure::Costs;
use super::serving::{Plan, Server, build, cost, free_port, offdesk, sign_in, walk};
use crate::Outcome;

const MOST: usize = 3;
const TURNS: usize = 3;

/// Reads of one, two and three processes on one database.
pub fn several(bench: &mut Bench, desk: &Path, database: &str) -> Outcome {
    build()?;
    let mut servers = Vec::new();
    for _ in 0..MOST {
        let port = free_port()?;
        let (server, _) = Server::start(&mut offdesk(desk, database, port), port)?;
        servers.push(server);
    }
    let ports: Vec<u16> = servers.iter().map(|server| server.port).collect();
    let headers = sign_in(ports[0])?;
    let (ids, _) = walk(ports[0], "/api/v1/entries", &headers)?;
    let paths: Vec<String> = ids
        .iter()
        .map(|id| format!("/api/v1/entries/{id}"))
        .collect();
    let mut all: Vec<Costs> = vec![Costs::default(); MOST];
    for _ in 0..TURNS {
        for (many, costs) in (1..).zip(&mut all) {
            let plan = Plan {
                ports: ports[..many].to_vec(),
                method: "GET",
                paths: &paths,
                headers: &headers,
                body: "",
            };
            let load = plan.ask(&bench.folder)?;
            eprintln!("{many} processes: {:.0}/s", load.per_second);
            let [of_all, _] = cost(load, 0.0);
            costs.0.push(of_all);
        }
    }
    for (many, costs) in (1..).zip(&all).skip(1) {
        let what = format!("1,000 reads of {many} processes on one PostgreSQL, beside one process");
        bench.table.remark(&what, &all[0], costs);
    }
    Ok(())
}
