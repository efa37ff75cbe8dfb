//! Whether a hop is encrypted and authenticated.

use crate::quantity::Ratio;

/// The security of an edge, weighted by its traffic.
///
/// Istio's `connection_security_policy` means different things by emitter: an Envoy client always says `unknown`, a
/// ztunnel says `unknown` for plaintext. Here those are told apart (istio/proxy `istio_stats.cc`, istio/ztunnel
/// `src/proxy/metrics.rs`).
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Security {
    /// All of it by mutual TLS.
    MutualTls,
    /// None of it.
    Plaintext,
    /// That share by mutual TLS, the rest in plaintext.
    Mixed(Ratio),
    /// The reporters at hand cannot tell.
    Unknown,
}

impl Security {
    /// From how much traffic (any unit, NaN counts as none) went each way.
    pub fn from_shares(mutual: f64, plaintext: f64) -> Self {
        match (mutual > 0.0, plaintext > 0.0) {
            (true, false) => Self::MutualTls,
            (false, true) => Self::Plaintext,
            (true, true) => Ratio::of(mutual, mutual + plaintext).map_or(Self::Unknown, Self::Mixed),
            (false, false) => Self::Unknown,
        }
    }

    /// Its name as the export spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MutualTls => "mutualTls",
            Self::Plaintext => "plaintext",
            Self::Mixed(_) => "mixed",
            Self::Unknown => "unknown",
        }
    }
}
