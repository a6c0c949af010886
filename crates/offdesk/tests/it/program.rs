//! Runs the program in a folder of its own and takes down what came out.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// What a run left: exit code, standard output, standard error.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().expect("the program ended by itself"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The JSON on standard output, which must be all there is.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("{error}: {}\n{}", self.out, self.err))
    }

    /// Holds the run against an exit code.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        self
    }

    /// Holds the run against an exit code and the stable code of its error; nothing is on standard output.
    #[track_caller]
    pub fn refused(self, exit: i32, code: &str) -> Self {
        let ran = self.exits(exit);
        let line = format!("  code: {code}\n");
        assert!(ran.err.ends_with(&line), "{code}: {}", ran.err);
        assert!(ran.err.starts_with("error: "), "{}", ran.err);
        assert_eq!(ran.out, "", "{code}");
        ran
    }
}

/// A folder that goes with the test.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// Names of all files, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// The program, to be run here, free of the settings of whoever runs the tests.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_offdesk"));
        command
            .args(args)
            .current_dir(self.path())
            .stdin(Stdio::null())
            .env("TMPDIR", self.path())
            .env("OFFDESK_DATA_DIR", self.path().join("data"))
            .env_remove("OFFDESK_DATABASE")
            .env_remove("OFFDESK_ACCOUNT")
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR")
            .env_remove("CLICOLOR_FORCE")
            .env_remove("OFFDESK_A11Y");
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        Ran::of(self.command(args).output().unwrap())
    }

    /// Runs with a text on standard input.
    pub fn run_with(&self, args: &[&str], input: &str) -> Ran {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(input.as_bytes()).unwrap();
        drop(stdin);
        Ran::of(child.wait_with_output().unwrap())
    }

    /// Runs with standard output going to a file or device.
    pub fn run_into(&self, args: &[&str], path: &str) -> Ran {
        let out = File::options().write(true).open(path).unwrap();
        let child = self
            .command(args)
            .stdout(out)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Ran::of(child.wait_with_output().unwrap())
    }
}

/// Runs the program with a line of words, in an empty folder.
pub fn offdesk(line: &str) -> Ran {
    Folder::new().run(&line.split_whitespace().collect::<Vec<_>>())
}

/// A quarter of one activity: 46 entries, 78 hours, 5 January to 27 March 2026.
pub fn quarter() -> String {
    let first = jiff::civil::date(2026, 1, 5);
    let workdays = first.series(jiff::Span::new().days(1));
    let mut days: Vec<_> = workdays
        .filter(|day| day.weekday().to_monday_zero_offset() < 5)
        .take(45)
        .collect();
    days.push(jiff::civil::date(2026, 3, 27));
    let mut text = "Date,Description,Hours\n".to_owned();
    for (index, day) in days.iter().enumerate() {
        let hours = if index < 18 { "2" } else { "1.5" };
        text += &format!("{day},Inbox,{hours}\n");
    }
    text
}

/// The keys of an object, in their order.
pub fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

/// The number at a JSON pointer.
#[track_caller]
pub fn number(value: &Value, pointer: &str) -> f64 {
    value
        .pointer(pointer)
        .and_then(Value::as_f64)
        .unwrap_or_else(|| panic!("no number at {pointer}: {value:#}"))
}

/// The text at a JSON pointer.
#[track_caller]
pub fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("no text at {pointer}: {value:#}"))
}

/// The activity of a name.
#[track_caller]
pub fn activity<'v>(report: &'v Value, name: &str) -> &'v Value {
    report["activities"]
        .as_array()
        .unwrap()
        .iter()
        .find(|activity| activity["name"] == name)
        .unwrap_or_else(|| panic!("no activity {name}: {report:#}"))
}
