//! Pay files and journals, looked at by the programs that read them: hledger, ledger, beancount, and the schema of a credit transfer.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Outcome;
use crate::install::{self, debian, python_with};
use crate::machine::{root, run, succeeds, tests_of_actions};

/// Writes samples, and two weeks of work as a desk has them, by tests of the actions, and has each of them read.
pub fn check() -> Outcome {
    let folder = root().join("target/pay");
    let _ = fs::remove_dir_all(&folder);
    run(tests_of_actions()
        .args([
            "--",
            "--ignored",
            "--exact",
            "pay::samples::files_for_other_programs",
            "pay_story::files_of_the_story",
        ])
        .env("OFFDESK_TEST_PAY", &folder))?;
    for name in ["pay", "story"] {
        journals(&folder, name)?;
    }
    transfers(&folder)
}

fn journals(folder: &Path, name: &str) -> Outcome {
    let journal = folder.join(format!("{name}.journal"));
    match debian("hledger", "hledger") {
        Some(hledger) => {
            for asked in [&["check"][..], &["balance", "--flat", "cur:EUR"]] {
                run(Command::new(&hledger).arg("-f").arg(&journal).args(asked))?;
            }
        }
        None => install::skip("the journal in hledger", "there is no hledger")?,
    }
    match debian("ledger", "ledger") {
        Some(ledger) => run(Command::new(ledger)
            .args(["--args-only", "-f"])
            .arg(&journal)
            .arg("balance"))?,
        None => install::skip("the journal in ledger", "there is no ledger")?,
    }
    match python_with("beancount", "beancount") {
        Some(python) => run(Command::new(python)
            .args(["-m", "beancount.scripts.check"])
            .arg(folder.join(format!("{name}.beancount")))),
        None => install::skip("the journal in beancount", "there is no beancount"),
    }
}

/// The schema comes with a package for such files; a broken transfer shows that it is looked at.
fn transfers(folder: &Path) -> Outcome {
    let Some(xmllint) = debian("xmllint", "libxml2-utils") else {
        return install::skip("the credit transfer's schema", "there is no xmllint");
    };
    let Some(schema) = schema() else {
        return install::skip("the credit transfer's schema", "there is no sepaxml");
    };
    let validate = |file: &Path| {
        let mut command = Command::new(&xmllint);
        command.args(["--noout", "--nonet", "--schema"]);
        command.arg(&schema).arg(file);
        command
    };
    for name in ["PAY-7-sepa.xml", "PAY-8-sepa.xml", "story-sepa.xml"] {
        run(&mut validate(&folder.join(name)))?;
    }
    let broken = folder.join("broken.xml");
    let text = fs::read_to_string(folder.join("PAY-7-sepa.xml"))?;
    fs::write(
        &broken,
        text.replacen("<ChrgBr>SLEV</ChrgBr>", "", 1)
            .replace("TRF", "TRX"),
    )?;
    if succeeds(&mut validate(&broken)) {
        return Err("a broken credit transfer fits the schema, so nothing is looked at".into());
    }
    Ok(())
}

fn schema() -> Option<PathBuf> {
    let python = python_with("sepaxml", "sepaxml")?;
    let asked = "import os, sepaxml; print(os.path.dirname(sepaxml.__file__), end='')";
    let output = Command::new(python)
        .args(["-c", asked])
        .stderr(Stdio::inherit())
        .output()
        .ok()?;
    let package = PathBuf::from(String::from_utf8(output.stdout).ok()?);
    let schema = package.join("schemas/pain.001.001.09.xsd");
    schema.is_file().then_some(schema)
}
