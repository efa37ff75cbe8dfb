//! Who measured a number.

/// The value of Istio's `reporter` label: from whose end of a hop a series speaks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Reporter {
    /// The client's side: an outbound listener, a gateway, or the client's ztunnel.
    Source,
    /// The server's side: an inbound listener or the server's ztunnel.
    Destination,
    /// A waypoint between the two, since Istio 1.22.
    Waypoint,
}

/// What kind of proxy wrote a series.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Emitter {
    /// A sidecar, gateway or waypoint.
    Envoy,
    /// The node proxy of the ambient mode.
    Ztunnel,
    /// The labels do not tell.
    Undetermined,
}

impl Reporter {
    /// All reporters, in the order in which they are told apart on screen.
    pub const ALL: [Self; 3] = [Self::Source, Self::Destination, Self::Waypoint];

    /// Its spelling in the label.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Destination => "destination",
            Self::Waypoint => "waypoint",
        }
    }

    /// The reporter that a label value names.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reporter| reporter.as_str() == text)
    }
}

impl Emitter {
    /// Its name in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Envoy => "envoy",
            Self::Ztunnel => "ztunnel",
            Self::Undetermined => "undetermined",
        }
    }
}
