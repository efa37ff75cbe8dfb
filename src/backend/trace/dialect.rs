//! What trace back ends speak.

/// An API that traces are asked for in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Dialect {
    /// Jaeger's JSON for its own interface (`/api/…`), in all releases up to 2.20; `VictoriaTraces` speaks it too.
    Jaeger,
    /// Jaeger's `api_v3` (`/api/v3/…`).
    JaegerV3 {
        /// Whether it has `trace-summaries`, as from 2.19 on.
        has_summaries: bool,
    },
    /// Grafana Tempo.
    Tempo {
        /// Whether it has `/api/v2/traces`.
        has_v2: bool,
    },
    /// Zipkin's version 2.
    Zipkin,
}

impl Dialect {
    /// The name of the family, as the configuration spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jaeger => "jaeger",
            Self::JaegerV3 { .. } => "jaegerV3",
            Self::Tempo { .. } => "tempo",
            Self::Zipkin => "zipkin",
        }
    }

    /// The dialect of a name as the configuration spells it, with all that its newest release has.
    pub fn parse(name: &str) -> Option<Self> {
        let all = [Self::Jaeger, Self::JaegerV3 { has_summaries: true }, Self::Tempo { has_v2: true }, Self::Zipkin];
        all.into_iter().find(|dialect| dialect.as_str() == name)
    }

    /// Whether a search that is cut off by its limit leaves out the oldest traces. Tempo gives those that it finds first.
    pub const fn finds_newest_first(self) -> bool {
        !matches!(self, Self::Tempo { .. })
    }

    /// Whether a search can answer with a line for each trace.
    pub const fn finds_overviews(self) -> bool {
        matches!(self, Self::Tempo { .. } | Self::JaegerV3 { has_summaries: true })
    }

    /// Whether a search heeds tags. Jaeger's `api_v3` ignores them without a word before 2.19.
    pub const fn heeds_tags(self) -> bool {
        !matches!(self, Self::JaegerV3 { has_summaries: false })
    }
}
