//! Comparing with files that were looked at once and found right.

use std::path::PathBuf;
use std::{env, fs};

/// Compares with `tests/golden/<name>`; with `WAYSCOPE_BLESS=1` writes the file instead, for a human to look at.
pub fn check(name: &str, actual: &str) {
    check_file(&format!("tests/golden/{name}"), actual);
}

/// [`check`] with a file of any folder of the project.
pub fn check_file(name: &str, actual: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
    if env::var_os("WAYSCOPE_BLESS").is_some() {
        fs::write(&path, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    if expected == actual {
        return;
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    let line = (0..old.len()).find(|line| old.get(*line) != new.get(*line)).unwrap_or(old.len());
    panic!(
        "{name} differs from line {} on:\n- {}\n+ {}\nIf the new one is right, run with WAYSCOPE_BLESS=1.",
        line + 1,
        old.get(line).unwrap_or(&"(end)"),
        new.get(line).unwrap_or(&"(end)"),
    );
}
