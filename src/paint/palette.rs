//! Which colours the roles have in the present theme.

use web_sys::HtmlElement;

use crate::scene::{Ink, SERIES_INKS};
use crate::web::style::ComputedStyle;

/// Colours and font of one theme: read once, used for every frame until the theme changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Palette {
    colours: [String; INKS],
    family: String,
}

const INKS: usize = PLAIN.len() + SERIES_INKS as usize;

/// The roles and, where the style sheet says nothing, their colours: a light theme whose pairs stay apart for the
/// colour-blind.
const PLAIN: [(Ink, &str); 13] = [
    (Ink::Ground, "#ffffff"),
    (Ink::Surface, "#ffffff"),
    (Ink::Text, "#1c2128"),
    (Ink::Muted, "#57606a"),
    (Ink::Line, "#d0d7de"),
    (Ink::Accent, "#0550ae"),
    (Ink::Cluster, "#6e7781"),
    (Ink::Namespace, "#8c959f"),
    (Ink::Healthy, "#1a7f37"),
    (Ink::Degraded, "#9a6700"),
    (Ink::Failing, "#cf222e"),
    (Ink::Tcp, "#0969da"),
    (Ink::Idle, "#8c959f"),
];

/// Okabe and Ito's palette (<https://jfly.uni-koeln.de/color/>), its yellow darkened for a light ground.
const SERIES: [&str; SERIES_INKS as usize] =
    ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#b8a900", "#57606a"];

/// What canvases use when nothing else is said, without its size.
const FAMILY: &str = "sans-serif";

impl Palette {
    /// Reads the custom properties [`Ink::property`] and the font family as they hold on `element`, which must be on
    /// the page and inside the widget. Its own style is touched and restored: take one whose attributes nobody watches,
    /// the canvas for instance.
    pub fn read(element: &HtmlElement) -> Self {
        let Some(style) = ComputedStyle::of(element) else { return Self::default() };
        let family = style.property("font-family");
        Self {
            colours: std::array::from_fn(|place| {
                let (ink, fallback) = role(place);
                style.colour(ink.property(), fallback)
            }),
            family: if family.is_empty() { FAMILY.to_owned() } else { family },
        }
    }

    /// The colour of a role, in a notation that canvases and SVG understand.
    pub fn colour(&self, ink: Ink) -> &str {
        self.colours.get(place(ink)).map_or("", String::as_str)
    }

    /// The font family, a CSS list.
    pub fn family(&self) -> &str {
        &self.family
    }
}

/// A light theme in the browser's sans-serif font.
impl Default for Palette {
    fn default() -> Self {
        Self { colours: std::array::from_fn(|place| role(place).1.to_owned()), family: FAMILY.to_owned() }
    }
}

fn role(place: usize) -> (Ink, &'static str) {
    match place.checked_sub(PLAIN.len()) {
        None => PLAIN[place],
        Some(series) => (Ink::Series(series as u8), SERIES[series % SERIES.len()]),
    }
}

fn place(ink: Ink) -> usize {
    match ink {
        Ink::Ground => 0,
        Ink::Surface => 1,
        Ink::Text => 2,
        Ink::Muted => 3,
        Ink::Line => 4,
        Ink::Accent => 5,
        Ink::Cluster => 6,
        Ink::Namespace => 7,
        Ink::Healthy => 8,
        Ink::Degraded => 9,
        Ink::Failing => 10,
        Ink::Tcp => 11,
        Ink::Idle => 12,
        Ink::Series(series) => PLAIN.len() + usize::from(series % SERIES_INKS),
    }
}
