//! Generalised assignment problems for the bench, in the classes of the literature, and HiGHS as the referee.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::{Bench, program};
use crate::machine::root;
use crate::{Outcome, install};

/// Reads problems of `offdesk plan`, solves each to the optimum with one thread, and prints the seconds of solving. A
/// value that differs from ours ends it.
const HIGHS: &str = "
import json, os, subprocess, sys, time
# What the solver itself prints is not wanted.
out = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
import highspy
ours, limit, *files = sys.argv[1:]
spent = 0.0
for file in files:
    problem = json.load(open(file))
    h = highspy.Highs()
    h.setOptionValue('output_flag', False)
    h.setOptionValue('threads', 1)
    h.setOptionValue('time_limit', float(limit))
    h.setOptionValue('mip_rel_gap', 0.0)
    h.setOptionValue('mip_abs_gap', 0.99)
    loads = {person['id']: [] for person in problem['people']}
    value = 0
    for activity in problem['activities']:
        row = 0
        for option in activity['options']:
            x = h.addBinary()
            row = row + x
            value = value + option['value_per_week'] * x
            loads[option['person']].append(option['hours_per_week'] * x)
        h.addConstr(row == 1)
    for person in problem['people']:
        h.addConstr(sum(loads[person['id']]) <= person['hours_per_week'])
    start = time.perf_counter()
    h.maximize(value)
    spent += time.perf_counter() - start
    if h.modelStatusToString(h.getModelStatus()) == 'Optimal':
        answer = subprocess.run([ours, 'plan', file, '--json', '--seconds', '60'], capture_output=True, check=True)
        answer = json.loads(answer.stdout)
        assert abs(answer['value_per_week'] - h.getObjectiveValue()) < 1e-6, (file, answer, h.getObjectiveValue())
os.write(out, repr(spent).encode())
";

/// Solves problems one after the other, each in a process of its own.
const EACH: &str = "
program=$1
shift
for file in \"$@\"; do
  \"$program\" plan \"$file\" --json --seconds 60 | grep -q '\"status\": \"optimal\"' || exit 9
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

/// Writes problems of a class (A, B or C) and gives their files.
fn write(folder: &Path, class: char, sizes: &[Size]) -> Outcome<Vec<PathBuf>> {
    std::fs::create_dir_all(folder)?;
    let mut files = Vec::new();
    for (people, activities, number) in sizes {
        for one in 0..*number {
            let file = folder.join(format!("{class}-{people}-{activities}-{one}.json"));
            let seed = u64::try_from(one * 7_919 + people * 1_000 + activities)?;
            std::fs::write(&file, problem(class, *people, *activities, seed)?)?;
            files.push(file);
        }
    }
    Ok(files)
}

/// Loads from 5 to 25 and costs from 10 to 50, evenly; capacities as the class has them.
fn problem(class: char, people: usize, activities: usize, seed: u64) -> Outcome<String> {
    let mut state = seed.wrapping_mul(2) + 17;
    let mut next = |low: u32, high: u32| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        low + u32::try_from((state >> 33) % u64::from(high - low + 1)).unwrap_or(0)
    };
    let mut loads = vec![vec![0; activities]; people];
    let mut costs = loads.clone();
    for (loads, costs) in loads.iter_mut().zip(&mut costs) {
        for (load, cost) in loads.iter_mut().zip(costs) {
            *load = next(5, 25);
            *cost = next(10, 50);
        }
    }
    let share = activities as f64 / people as f64;
    let mut out = String::from("{\"people\":[");
    for (number, loads) in loads.iter().enumerate() {
        let capacity = match class {
            'A' => 9.0 * share + 0.4 * 25.0 * share,
            'B' => 0.7 * (9.0 * share + 0.4 * 25.0 * share),
            _ => 0.8 * f64::from(loads.iter().sum::<u32>()) / people as f64,
        };
        let comma = if number > 0 { "," } else { "" };
        write!(
            out,
            "{comma}{{\"id\":\"p{number}\",\"hours_per_week\":{}}}",
            capacity.floor()
        )?;
    }
    out.push_str("],\"activities\":[");
    for activity in 0..activities {
        let comma = if activity > 0 { "," } else { "" };
        write!(
            out,
            "{comma}{{\"id\":\"a{activity}\",\"required\":true,\"options\":["
        )?;
        for person in 0..people {
            let comma = if person > 0 { "," } else { "" };
            write!(
                out,
                "{comma}{{\"person\":\"p{person}\",\"hours_per_week\":{},\"value_per_week\":-{}}}",
                loads[person][activity], costs[person][activity]
            )?;
        }
        out.push_str("]}");
    }
    out.push_str("]}");
    Ok(out)
}

impl Bench {
    pub(super) fn planner(&mut self, is_quick: bool) -> Outcome {
        let folder = self.folder.join("planner");
        let small = write(&folder, 'C', &SMALL)?;
        self.plans("60 small assignment problems", &small, 0.6)?;
        let sizes: Vec<Size> = [5, 10, 20]
            .into_iter()
            .flat_map(|people| [(people, 100, 1), (people, 200, 1)])
            .collect();
        let mut large = Vec::new();
        for class in ['A', 'B', 'C'] {
            large.extend(write(&folder, class, &sizes)?);
        }
        if is_quick {
            large.retain(|file| file.to_string_lossy().contains("-100-"));
        }
        self.plans(
            "assignment problems of classes A to C, 5 to 20 people",
            &large,
            5.0,
        )
    }

    /// Our total for some problems, held to seconds, beside that of HiGHS.
    fn plans(&mut self, what: &str, files: &[PathBuf], seconds: f64) -> Outcome {
        let offdesk = root().join("target/release/offdesk");
        let mut ours = program("offdesk plan", "/bin/sh".into(), &["-c", EACH, "sh"]);
        ours.arguments.push(offdesk.clone().into());
        ours.arguments.extend(files.iter().map(OsString::from));
        let Some(path) = install::python_with("highspy", "highspy") else {
            self.table.skipped(what, "HiGHS");
            let [costs] = self.in_turn([&ours], self.runs)?;
            self.table.judge_wall(what, &costs, seconds);
            return Ok(());
        };
        let mut peer = program("HiGHS", path, &["-c", HIGHS]);
        peer.prints_seconds = true;
        peer.arguments.extend([offdesk.into(), "40".into()]);
        peer.arguments.extend(files.iter().map(OsString::from));
        let [theirs, costs] = self.in_turn([&peer, &ours], 1)?;
        self.table.judge_wall(what, &costs, seconds);
        self.table.remark(
            &format!("{what}: HiGHS, solving alone"),
            &theirs.inner(),
            &costs,
        );
        Ok(())
    }
}
