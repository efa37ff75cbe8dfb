//! What a colour means. Which colour that is stands in the theme.

/// The role of a colour. The canvas looks its value up in the CSS custom property [`Ink::property`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ink {
    /// The ground everything lies on.
    Ground,
    /// A card or a node on the ground.
    Surface,
    /// Text to be read.
    Text,
    /// Text of second rank: units, ticks, captions.
    Muted,
    /// Hairlines: grids, frames, node borders.
    Line,
    /// What the reader selected or points at.
    Accent,
    /// Frame and title of a cluster's box.
    Cluster,
    /// Frame and title of a namespace's box.
    Namespace,
    /// Traffic without failures.
    Healthy,
    /// Some failures.
    Degraded,
    /// Many failures.
    Failing,
    /// Byte streams, whose success nobody reports.
    Tcp,
    /// Nothing flows, or the state is not known.
    Idle,
    /// The nth line of a chart; the theme has eight, after which they repeat with another dash.
    Series(u8),
}

/// How many different series colours a theme has.
pub const SERIES_INKS: u8 = 8;

impl Ink {
    /// The custom property that holds the colour, such as `--ws-healthy`.
    pub fn property(self) -> &'static str {
        match self {
            Self::Ground => "--ws-ground",
            Self::Surface => "--ws-surface",
            Self::Text => "--ws-text",
            Self::Muted => "--ws-muted",
            Self::Line => "--ws-line",
            Self::Accent => "--ws-accent",
            Self::Cluster => "--ws-cluster",
            Self::Namespace => "--ws-namespace",
            Self::Healthy => "--ws-healthy",
            Self::Degraded => "--ws-degraded",
            Self::Failing => "--ws-failing",
            Self::Tcp => "--ws-tcp",
            Self::Idle => "--ws-idle",
            Self::Series(place) => [
                "--ws-series-1",
                "--ws-series-2",
                "--ws-series-3",
                "--ws-series-4",
                "--ws-series-5",
                "--ws-series-6",
                "--ws-series-7",
                "--ws-series-8",
            ][usize::from(place % SERIES_INKS)],
        }
    }
}

/// A filled inside.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Fill {
    /// Colour role.
    pub ink: Ink,
    /// 0 is invisible, 1 opaque.
    pub alpha: f32,
}

/// A drawn outline or line, butt ends, round joins.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stroke {
    /// Colour role.
    pub ink: Ink,
    /// 0 is invisible, 1 opaque.
    pub alpha: f32,
    /// Width in world units.
    pub width: f64,
    /// Lengths of dash and gap in world units; `None` draws through.
    pub dash: Option<(f64, f64)>,
}

impl Fill {
    /// An opaque fill.
    pub const fn solid(ink: Ink) -> Self {
        Self { ink, alpha: 1.0 }
    }

    /// A translucent fill.
    pub const fn tint(ink: Ink, alpha: f32) -> Self {
        Self { ink, alpha }
    }
}

impl Stroke {
    /// An opaque, continuous line.
    pub const fn solid(ink: Ink, width: f64) -> Self {
        Self { ink, alpha: 1.0, width, dash: None }
    }
}
