//! The planner's bench, beside general solvers as referees: one thread each, in one run.

mod problems;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use self::problems::{write, write_own};
use super::measure::Program;
use super::{Bench, program};
use crate::machine::{self, root};
use crate::{Outcome, install};

const PEERS: &str = include_str!("planner/peers.py");

/// Solvers: as the script calls them, their names, and the Python modules and packages.
const SOLVERS: [(&str, &str, &str, &str); 3] = [
    ("highs", "HiGHS", "highspy", "highspy"),
    ("scip", "SCIP", "pyscipopt", "pyscipopt"),
    ("cp-sat", "CP-SAT", "ortools", "ortools"),
];

/// Solves problems one after the other, each in a process of its own, to the optimum.
const EACH: &str = "
program=$1
shift
for file in \"$@\"; do
  \"$program\" plan \"$file\" --json --seconds 60 | grep -q '\"status\": \"optimal' || exit 9
done
";

/// A size of problems: people, activities, how many of them.
type Size = (usize, usize, usize);

/// Sixty small problems, as large as those of the OR-Library.
const SMALL: [Size; 12] = [
    (5, 15, 5),
    (5, 20, 5),
    (5, 25, 5),
    (5, 30, 5),
    (8, 24, 5),
    (8, 32, 5),
    (8, 40, 5),
    (8, 48, 5),
    (10, 30, 5),
    (10, 40, 5),
    (10, 50, 5),
    (10, 60, 5),
];

/// A problem's answer: whether it is proven, the value, and the bound.
type Answer = (bool, f64, f64);

impl Bench {
    pub(super) fn planner(&mut self, is_quick: bool) -> Outcome {
        let folder = self.folder.join("planner");
        // How long the others have for each problem.
        let limit = if is_quick { 3 } else { 40 };
        let mut small = write(&folder, 'C', &SMALL)?;
        if is_quick {
            small = small.into_iter().step_by(5).collect();
        }
        let what = format!("{} small assignment problems", small.len());
        self.plans(&what, &small, 0.6, limit)?;
        let sizes: Vec<Size> = [5, 10, 20]
            .into_iter()
            .flat_map(|people| [(people, 100, 1), (people, 200, 1)])
            .collect();
        let mut large = Vec::new();
        for class in ['A', 'B', 'C'] {
            large.extend(write(&folder, class, &sizes)?);
        }
        let mut hard = write(&folder, 'D', &sizes)?;
        if is_quick {
            large.retain(|file| file.to_string_lossy().contains("-100-"));
            hard.retain(|file| file.to_string_lossy().contains("D-5-"));
        }
        let what = "assignment problems of classes A to C, 5 to 20 people";
        self.plans(what, &large, 5.0, limit)?;
        self.hard(&hard, limit)?;
        let number = if is_quick { 1 } else { 3 };
        let own = |size| write_own(&folder, size);
        for (people, activities, seconds) in [(12, 60, 0.05), (15, 120, 0.5), (30, 400, 10.0)] {
            self.plans(
                &format!("an owner's problem, {people} people, {activities} activities ({number})"),
                &own((people, activities, number))?,
                seconds * number as f64,
                limit,
            )?;
        }
        self.near(
            "an owner's problem, 1,500 activities: gap in 2 s",
            &own((60, 1_500, number))?,
            "2",
            5e-4,
        )?;
        self.near(
            "an owner's problem, 2,000 activities, 200 people: gap in 5 s",
            &own((200, 2_000, 1))?,
            "5",
            5e-3,
        )
    }

    /// Our total for problems that are solved to the optimum, held to seconds, beside those of the solvers.
    fn plans(&mut self, what: &str, files: &[PathBuf], seconds: f64, limit: u32) -> Outcome {
        let ours = ours(files);
        let [costs] = self.in_turn([&ours], self.runs)?;
        self.table.judge_wall(what, &costs, seconds);
        for solver in SOLVERS {
            let what = format!("{what}: {}, solving alone", solver.1);
            let Some(peer) = self.peer(solver, files, limit) else {
                self.table.skipped(&what, solver.1);
                continue;
            };
            let [theirs, costs] = self.in_turn([&peer, &ours], 1)?;
            self.table.remark(&what, &theirs.inner(), &costs);
            let proven = self
                .answers()?
                .values()
                .filter(|(proven, ..)| *proven)
                .count();
            eprintln!("{what}: {proven} of {} proven", files.len());
        }
        Ok(())
    }

    /// Class D: our bound in a quarter of a second against that of each solver at its limit, our plan in two seconds
    /// against the best that is known, and how many are proven.
    fn hard(&mut self, files: &[PathBuf], limit: u32) -> Outcome {
        let [quick, good, long] = ["0.25", "2", "60"].map(|seconds| {
            let answers = files.iter().map(|file| answer(file, seconds));
            answers.collect::<Outcome<Vec<Answer>>>()
        });
        let (quick, good, long) = (quick?, good?, long?);
        let proven = long.iter().filter(|(proven, ..)| *proven).count();
        let wanted = (files.len() * 2).div_ceil(3);
        self.table
            .judge_count("class D: proven in 60 s each", proven, wanted, files.len());
        let mut known: Vec<f64> = long.iter().map(|(_, value, _)| *value).collect();
        for solver in SOLVERS {
            let what = format!(
                "class D: bound in 0.25 s at least that of {} in {limit} s",
                solver.1
            );
            let Some(peer) = self.peer(solver, files, limit) else {
                self.table.skipped(&what, solver.1);
                continue;
            };
            self.in_turn([&peer], 1)?;
            let theirs = self.answers()?;
            let mut met = 0;
            for ((file, ours), known) in files.iter().zip(&quick).zip(&mut known) {
                let Some((_, value, bound)) = theirs.get(file) else {
                    continue;
                };
                // Values are whole.
                met += usize::from(ours.2 <= (bound + 1e-6).floor());
                *known = known.max(*value);
                eprintln!(
                    "{}: {} {value} to {bound}, ours {} to {}",
                    file.display(),
                    solver.1,
                    ours.1,
                    ours.2
                );
            }
            self.table.judge_count(&what, met, files.len(), files.len());
        }
        let near = good.iter().zip(&known);
        let near = near.filter(|((_, value, _), known)| (*known - value) <= known.abs() * 5e-4);
        let what = "class D: plan in 2 s within 0.05 % of the best known";
        self.table
            .judge_count(what, near.count(), files.len(), files.len());
        Ok(())
    }

    /// How many problems have a gap of at most some share after some seconds.
    fn near(&mut self, what: &str, files: &[PathBuf], seconds: &str, share: f64) -> Outcome {
        let mut met = 0;
        for file in files {
            let (_, value, bound) = answer(file, seconds)?;
            eprintln!("{}: {value} to {bound}", file.display());
            met += usize::from(bound - value <= value.abs() * share);
        }
        let what = format!("{what} at most {:.2} %", share * 100.0);
        self.table.judge_count(&what, met, files.len(), files.len());
        Ok(())
    }

    fn peer(
        &self,
        solver: (&'static str, &'static str, &str, &str),
        files: &[PathBuf],
        limit: u32,
    ) -> Option<Program> {
        let path = install::python_with(solver.2, solver.3)?;
        let mut peer = program(solver.1, path, &["-c", PEERS, solver.0]);
        peer.prints_seconds = true;
        let fixed = [
            offdesk().into(),
            limit.to_string().into(),
            self.written().into(),
        ];
        peer.arguments.extend::<[OsString; 3]>(fixed);
        peer.arguments.extend(files.iter().map(OsString::from));
        Some(peer)
    }

    fn written(&self) -> PathBuf {
        self.folder.join("planner/answers.txt")
    }

    /// What the last solver wrote.
    fn answers(&self) -> Outcome<BTreeMap<PathBuf, Answer>> {
        let mut all = BTreeMap::new();
        for line in std::fs::read_to_string(self.written())?.lines() {
            let parts: Vec<&str> = line.rsplitn(5, ' ').collect();
            let [bound, value, proven, _, file] = parts.as_slice() else {
                return Err(format!("not understood: {line}").into());
            };
            all.insert(
                PathBuf::from(file),
                (*proven == "1", value.parse()?, bound.parse()?),
            );
        }
        Ok(all)
    }
}

fn offdesk() -> PathBuf {
    root().join("target/release/offdesk")
}

/// Our program over some files, each solved to the optimum.
fn ours(files: &[PathBuf]) -> Program {
    let mut ours = program("offdesk plan", "/bin/sh".into(), &["-c", EACH, "sh"]);
    ours.arguments.push(offdesk().into());
    ours.arguments.extend(files.iter().map(OsString::from));
    ours
}

/// Our answer within some seconds.
fn answer(file: &Path, seconds: &str) -> Outcome<Answer> {
    let mut command = Command::new(offdesk());
    command
        .arg("plan")
        .arg(file)
        .args(["--json", "--seconds", seconds]);
    let answer: serde_json::Value = serde_json::from_str(&machine::output(&mut command)?)?;
    let number = |key: &str| {
        answer[key]
            .as_f64()
            .ok_or_else(|| format!("no {key}: {answer}"))
    };
    Ok((
        answer["status"] == "optimal",
        number("value_per_week")?,
        number("bound")?,
    ))
}
