//! Pictures as SVG, compared with pictures that were looked at.
//!
//! With `WAYSCOPE_GALLERY=1` each is also written to `target/gallery` in a light and a dark theme.

mod graphs;
mod meshes;
mod plots;

use std::path::PathBuf;
use std::{env, fs};

use wayscope::scene::{Ink, Measure, Scene, Weight, svg};

use crate::golden;

/// A font whose letters are all equally wide.
pub struct Fixed;

impl Measure for Fixed {
    fn width(&self, text: &str, size: f64, weight: Weight) -> f64 {
        let share = if weight == Weight::Bold { 0.6 } else { 0.55 };
        text.chars().count() as f64 * size * share
    }
}

fn light(ink: Ink) -> String {
    let colour = match ink {
        Ink::Ground => "#f7f8fa",
        Ink::Surface => "#ffffff",
        Ink::Text => "#1b2430",
        Ink::Muted => "#5d6878",
        Ink::Line => "#d5dae1",
        Ink::Accent => "#2457d6",
        Ink::Cluster => "#5b4b8a",
        Ink::Namespace => "#3f6472",
        Ink::Healthy => "#2c8a4b",
        Ink::Degraded => "#b87400",
        Ink::Failing => "#cc2936",
        Ink::Tcp => "#2a6fbb",
        Ink::Idle => "#9aa4b1",
        Ink::Series(place) => SERIES[usize::from(place % 8)],
    };
    colour.to_owned()
}

fn dark(ink: Ink) -> String {
    let colour = match ink {
        Ink::Ground => "#12161c",
        Ink::Surface => "#1c222b",
        Ink::Text => "#e6eaf0",
        Ink::Muted => "#97a3b3",
        Ink::Line => "#343d49",
        Ink::Accent => "#7aa2ff",
        Ink::Cluster => "#a594d6",
        Ink::Namespace => "#86b0c0",
        Ink::Healthy => "#4fbf75",
        Ink::Degraded => "#e5a53a",
        Ink::Failing => "#ff6b70",
        Ink::Tcp => "#64a5ee",
        Ink::Idle => "#66717f",
        Ink::Series(place) => SERIES_DARK[usize::from(place % 8)],
    };
    colour.to_owned()
}

const SERIES: [&str; 8] = ["#2a6fbb", "#c2571a", "#2c8a4b", "#8a4fbf", "#b3316e", "#0f8a8a", "#8a6d00", "#5d6878"];
const SERIES_DARK: [&str; 8] = ["#64a5ee", "#f08c50", "#4fbf75", "#b98af0", "#ec6fa8", "#3fc2c2", "#d0ac2c", "#97a3b3"];

/// Compares the picture, in the light theme, with `tests/golden/<name>.svg`.
pub fn check(name: &str, scene: &Scene) {
    if env::var_os("WAYSCOPE_GALLERY").is_some() {
        show(name, scene);
    }
    golden::check(&format!("{name}.svg"), &svg(scene, &light));
}

/// Writes the picture for a human to look at.
pub fn show(name: &str, scene: &Scene) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/gallery");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{name}.light.svg")), svg(scene, &light)).unwrap();
    fs::write(folder.join(format!("{name}.dark.svg")), svg(scene, &dark)).unwrap();
}
