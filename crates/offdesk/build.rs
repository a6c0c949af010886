//! Keeps the program small: leaves out of it what only unwinding would read, and packs what the loader reads.
//!
//! A release ends at a panic (`panic = "abort"`), so nothing ever walks its stack: the tables for that are two of its megabytes.
//! Where its addresses are written relative to one another they take a tenth of the space; the C library knows that since 2.36.

use std::env::var;
use std::process::Command;

/// The first C library that reads packed relocations.
const PACKS_SINCE: (u32, u32) = (2, 36);

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=no-unwinding.ld");
    let is_release = of("PROFILE") == "release";
    let is_gnu = of("CARGO_CFG_TARGET_OS") == "linux" && of("CARGO_CFG_TARGET_ENV") == "gnu";
    if !is_release || !is_gnu {
        return;
    }
    let folder = of("CARGO_MANIFEST_DIR");
    println!("cargo::rustc-link-arg-bins=-Wl,-T,{folder}/no-unwinding.ld");
    println!("cargo::rustc-link-arg-bins=-Wl,--no-eh-frame-hdr");
    let is_here = of("HOST") == of("TARGET");
    if is_here && library().is_some_and(|library| library >= PACKS_SINCE) {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// What cargo says of the build.
#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script about the build by its environment alone"
)]
fn of(name: &str) -> String {
    var(name).unwrap_or_default()
}

/// The version of this machine's C library.
fn library() -> Option<(u32, u32)> {
    let output = Command::new("getconf")
        .arg("GNU_LIBC_VERSION")
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let (major, minor) = text.split_whitespace().nth(1)?.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
