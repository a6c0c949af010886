//! The desk: how fast files come into a workspace and how soon it answers, on SQLite and, where there is a server, on PostgreSQL.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use super::generate::{self, Texts};
use super::measure::Costs;
use super::{Bench, HUNDRED_THOUSAND, MILLION, looks, processes, program, serving};
use crate::Outcome;
use crate::machine::{environment, root};

/// Where the desk's tests and this bench find a PostgreSQL, in whose database `offdesk_bench` everything is removed.
const SERVER: &str = "OFFDESK_TEST_POSTGRES";
const MILLION_ROWS: f64 = 1_000_000.0;
/// Memory of an import, in MiB, however long the file.
const IMPORT_PEAK: f64 = 128.0;
/// A page's worth of an answer: 95 of 100 within it, in seconds; that of a command with the start of its process.
const ANSWER: f64 = 0.050;
const ANSWERS: usize = 40;
/// A server answers within so long after it was started, in seconds.
const START: f64 = 0.060;
/// The program is no larger, in MB.
const PROGRAM: f64 = 30.0;

/// An empty desk, then one file into it: `folder program file`.
pub const IMPORT: &str = "
set -e
folder=$1 program=$2 file=$3
rm -rf \"$folder/desk\"
mkdir -p \"$folder/desk\"
echo 'three brown foxes' > \"$folder/desk/password.txt\"
if [ -n \"$OFFDESK_DATABASE\" ]; then
  psql --quiet \"${OFFDESK_DATABASE%/*}/postgres\" -c 'DROP DATABASE IF EXISTS offdesk_bench WITH (FORCE)' -c 'CREATE DATABASE offdesk_bench' 2> /dev/null
fi
export OFFDESK_DATA_DIR=\"$folder/desk\"
\"$program\" setup --email bench@example.com --name Bench --password-file \"$folder/desk/password.txt\" 2> /dev/null
\"$program\" worth --rate 75 --save > /dev/null 2>&1
start=$(date +%s.%N)
\"$program\" import \"$file\" > /dev/null
end=$(date +%s.%N)
echo \"$end $start\" | awk '{ print $1 - $2 }'
";

/// Measures imports and answers.
pub fn desk(bench: &mut Bench) -> Outcome {
    let small = bench.folder.join("toggl-1e5.csv");
    let medium = bench.folder.join("toggl-1e6.csv");
    generate::toggl(&small, HUNDRED_THOUSAND, Texts::Repeated)?;
    generate::toggl(&medium, MILLION, Texts::Repeated)?;
    let size = fs::metadata(root().join("target/release/offdesk"))?.len();
    let megabytes = f64::from(u32::try_from(size / 1000)?) / 1000.0;
    bench
        .table
        .judge_number("the program, MB", megabytes, PROGRAM);
    of_database(bench, "SQLite", None, [&small, &medium], 100_000.0)?;
    match environment(SERVER) {
        Some(server) => {
            let url = format!("{server}/offdesk_bench");
            of_database(bench, "PostgreSQL", Some(url), [&small, &medium], 40_000.0)
        }
        None => {
            bench.table.skipped("the desk on PostgreSQL", SERVER);
            Ok(())
        }
    }
}

fn of_database(
    bench: &mut Bench,
    name: &str,
    url: Option<String>,
    [small, medium]: [&Path; 2],
    rows_a_second: f64,
) -> Outcome {
    let folder = bench.folder.clone();
    let ours = root().join("target/release/offdesk");
    let database = url.unwrap_or_default();
    let url: OsString = database.clone().into();
    let import = |file: &Path| {
        let mut import = program("offdesk import", "sh".into(), &["-c", IMPORT, "sh"]);
        import.arguments.extend([
            folder.clone().into(),
            ours.clone().into(),
            file.as_os_str().to_owned(),
        ]);
        import.prints_seconds = true;
        import.with("OFFDESK_DATABASE", url.clone().into())
    };
    let [of_million] = bench.in_turn([&import(medium)], 3)?;
    let most = MILLION_ROWS / rows_a_second;
    let what = format!("10^6 rows into a workspace on {name}, the import alone");
    bench.table.judge_wall(&what, &of_million.inner(), most);
    let what = format!("from the start to the first answer, 10^6 entries on {name}");
    serving::start(
        &mut bench.table,
        &what,
        &folder.join("desk"),
        &database,
        START,
    )?;
    let [of_small] = bench.in_turn([&import(small)], 3)?;
    let what = format!("10^6 rows into a workspace on {name}: peak memory");
    bench.table.judge_peak(&what, &of_million, IMPORT_PEAK);
    let what = format!("10^5 rows into a workspace on {name}: peak memory");
    bench.table.judge_peak(&what, &of_small, IMPORT_PEAK);
    // The desk of the small file is the one that is left.
    let next = program("offdesk next", ours.clone(), &["next"])
        .with("OFFDESK_DATABASE", url.clone().into())
        .with("OFFDESK_DATA_DIR", folder.join("desk"));
    let [answers] = bench.in_turn([&next], ANSWERS)?;
    let what = format!("10^5 entries on {name}: offdesk next, 95 of 100");
    bench.table.judge_wall(&what, &slow_ones(&answers), ANSWER);
    let of = format!("10^5 entries on {name}");
    let at = folder.join("desk");
    looks::after_changes(bench, &of, (&at, &database), ANSWERS, ANSWER)?;
    if database.is_empty() {
        serving::beside_bare(bench, &folder.join("desk"))?;
    } else {
        processes::several(bench, &folder.join("desk"), &database)?;
    }
    fs::remove_dir_all(folder.join("desk"))?;
    Ok(())
}

/// The run that 95 of 100 are no slower than.
fn slow_ones(costs: &Costs) -> Costs {
    let mut sorted = costs.0.clone();
    sorted.sort_by(|a, b| a.wall.total_cmp(&b.wall));
    let at = (sorted.len() * 95).div_ceil(100).saturating_sub(1);
    Costs(sorted.get(at).copied().into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::super::measure::Cost;
    use super::*;

    #[test]
    fn of_forty_runs_the_thirty_eighth() {
        let runs = (1..=40).map(|wall| Cost {
            wall: f64::from(wall),
            peak: 1.0,
            inner: 1.0,
        });
        assert!((slow_ones(&Costs(runs.collect())).wall() - 38.0).abs() < 1e-9);
    }
}
