//! Runs programs for the bench: wall-clock time and peak memory of a process, peers and offdesk in turn.

use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Outcome;

/// Starts a program and tells its wall-clock seconds, its peak memory in KiB and its exit code; the kernel keeps the peak, so
/// nothing is sampled; a peak below the watcher's own (13 MiB or so) is shown as that. The program's own output goes to the file named first.
const WATCH: &str = "
import os, sys, time
out, *args = sys.argv[1:]
flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
start = time.perf_counter()
child = os.posix_spawnp(args[0], args, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, out, flags, 0o644)])
_, status, usage = os.wait4(child, 0)
print(time.perf_counter() - start, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
";

/// A program to be measured.
#[derive(Clone)]
pub struct Program {
    pub name: &'static str,
    pub path: PathBuf,
    pub arguments: Vec<OsString>,
    pub environment: Vec<(&'static str, PathBuf)>,
    /// It prints the seconds of its real work itself, start-up left out.
    pub prints_seconds: bool,
}

impl Program {
    /// The same with an environment variable.
    pub fn with(mut self, name: &'static str, value: PathBuf) -> Self {
        self.environment.push((name, value));
        self
    }
}

/// What one run cost.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Seconds.
    pub wall: f64,
    /// MiB.
    pub peak: f64,
    /// Seconds of the real work, as the program printed them; else all of them.
    pub inner: f64,
}

/// What several runs cost.
#[derive(Debug, Clone, Default)]
pub struct Costs(pub Vec<Cost>);

impl Costs {
    /// The median of the seconds.
    pub fn wall(&self) -> f64 {
        median(self.0.iter().map(|cost| cost.wall).collect())
    }

    /// The same runs without the programs' start-up.
    pub fn inner(&self) -> Self {
        let runs = self.0.iter();
        Self(
            runs.map(|cost| Cost {
                wall: cost.inner,
                ..*cost
            })
            .collect(),
        )
    }

    /// The largest peak.
    pub fn peak(&self) -> f64 {
        self.0.iter().map(|cost| cost.peak).fold(0.0, f64::max)
    }

    /// Minimum, median and maximum, for the table.
    pub fn shown(&self) -> String {
        let walls = || self.0.iter().map(|cost| cost.wall);
        let low = walls().fold(f64::INFINITY, f64::min);
        let high = walls().fold(0.0, f64::max);
        format!("{low:.3} / **{:.3}** / {high:.3}", self.wall())
    }
}

/// The median over the pairs of ours / theirs.
pub fn ratio(theirs: &Costs, ours: &Costs) -> f64 {
    let pairs = theirs.0.iter().zip(&ours.0);
    median(pairs.map(|(a, b)| b.wall / a.wall).collect())
}

/// The middle value; of an even number the mean of the two in the middle; NaN of none.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.as_slice() {
        [] => f64::NAN,
        all if all.len() % 2 == 1 => all[middle],
        all => f64::midpoint(all[middle - 1], all[middle]),
    }
}

/// Runs one program once.
pub fn once(program: &Program, python: &Path, folder: &Path) -> Outcome<Cost> {
    let printed = folder.join("printed.txt");
    let complaints = folder.join("complaints.txt");
    let output = Command::new(python)
        .args(["-c", WATCH])
        .arg(&printed)
        .arg(&program.path)
        .args(&program.arguments)
        .envs(
            program
                .environment
                .iter()
                .map(|(name, value)| (name, value)),
        )
        .stdin(Stdio::null())
        .stderr(File::create(&complaints)?)
        .output()?;
    let line = String::from_utf8_lossy(&output.stdout).into_owned();
    let words: Vec<&str> = line.split_whitespace().collect();
    let [wall, peak, "0"] = words.as_slice() else {
        let said = std::fs::read_to_string(&complaints).unwrap_or_default();
        return Err(format!("{} failed ({}): {said}", program.name, line.trim()).into());
    };
    let wall = wall.parse()?;
    let inner = if program.prints_seconds {
        std::fs::read_to_string(&printed)?.trim().parse()?
    } else {
        wall
    };
    let peak = peak.parse::<f64>()? / 1024.0;
    Ok(Cost { wall, peak, inner })
}

/// Runs them in turn, A B A B; where there are several runs, after one of each that warms the caches and does not count.
pub fn in_turn<const N: usize>(
    programs: [&Program; N],
    runs: usize,
    python: &Path,
    folder: &Path,
) -> Outcome<[Costs; N]> {
    let mut costs = std::array::from_fn(|_| Costs::default());
    let warming = usize::from(runs > 1);
    for run in 0..runs + warming {
        for (program, costs) in programs.iter().zip(&mut costs) {
            let cost = once(program, python, folder)?;
            let (name, Cost { wall, peak, .. }) = (program.name, cost);
            eprintln!("{name}: {wall:.3} s, {peak:.0} MiB");
            if run >= warming {
                costs.0.push(cost);
            }
        }
    }
    Ok(costs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ratio_is_the_median_of_the_pairs() {
        let costs = |walls: &[f64]| {
            Costs(
                walls
                    .iter()
                    .map(|wall| Cost {
                        wall: *wall,
                        peak: 1.0,
                        inner: *wall,
                    })
                    .collect(),
            )
        };
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} {b}");
        close(
            ratio(&costs(&[1.0, 2.0, 4.0]), &costs(&[0.5, 0.5, 4.0])),
            0.5,
        );
        close(ratio(&costs(&[1.0, 2.0]), &costs(&[1.0, 4.0])), 1.5);
        assert!(ratio(&costs(&[]), &costs(&[])).is_nan());
    }
}
