//! How requests end, in the words of labels.

use super::world::{Fate, Protocol};

/// One way in which some of a flow's requests end.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Outcome {
    /// Which part of the requests.
    pub share: f64,
    /// HTTP status, `0` when there was no response.
    pub code: &'static str,
    /// gRPC status.
    pub grpc: &'static str,
    /// Envoy's response flags.
    pub flags: &'static str,
    pub reach: Reach,
}

/// How far a request came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reach {
    /// To the server.
    Server,
    /// To the choice of a server, which could not be reached.
    Choice,
    /// Nowhere: there was no server to choose.
    Nowhere,
}

const fn outcome(share: f64, code: &'static str, grpc: &'static str, flags: &'static str, reach: Reach) -> Outcome {
    Outcome { share, code, grpc, flags, reach }
}

const FINE: &[Outcome] = &[outcome(1.0, "200", "0", "-", Reach::Server)];
const MISSING: &[Outcome] =
    &[outcome(0.96, "200", "0", "-", Reach::Server), outcome(0.04, "404", "5", "-", Reach::Server)];
const FAULTY: &[Outcome] = &[
    outcome(0.93, "200", "0", "-", Reach::Server),
    outcome(0.05, "500", "13", "-", Reach::Server),
    outcome(0.02, "0", "", "DC", Reach::Server),
];
/// `UF` upstream connection failure, `UH` no healthy upstream (Envoy's access log documentation, response flags).
const UNREACHABLE: &[Outcome] = &[
    outcome(0.82, "200", "0", "-", Reach::Server),
    outcome(0.12, "503", "14", "UF", Reach::Choice),
    outcome(0.06, "503", "14", "UH", Reach::Nowhere),
];
/// `REGISTRY_ONLY` answers with 502 itself, a direct response, which sets no flag (istio/istio
/// `pilot/pkg/networking/core/route/route.go`, `BlackHoleCluster`; `tests/integration/telemetry/policy`).
const BLOCKED: &[Outcome] = &[outcome(1.0, "502", "14", "-", Reach::Nowhere)];

/// How the requests of a flow end; the shares add up to 1.
pub(super) const fn outcomes(fate: Fate) -> &'static [Outcome] {
    match fate {
        Fate::Fine | Fate::Denied => FINE,
        Fate::Missing => MISSING,
        Fate::Faulty => FAULTY,
        Fate::Unreachable => UNREACHABLE,
        Fate::Blocked => BLOCKED,
    }
}

impl Outcome {
    /// The gRPC status, if such requests have one.
    pub(super) fn grpc_status(&self, protocol: Protocol) -> &'static str {
        if protocol == Protocol::Grpc { self.grpc } else { "" }
    }
}

/// The part of a flow's requests that reaches the server.
pub(super) fn reaching(fate: Fate) -> f64 {
    let reached = outcomes(fate).iter().filter(|outcome| outcome.reach == Reach::Server);
    reached.map(|outcome| outcome.share).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_ends_somehow() {
        for fate in [Fate::Fine, Fate::Missing, Fate::Faulty, Fate::Unreachable, Fate::Blocked] {
            let total: f64 = outcomes(fate).iter().map(|outcome| outcome.share).sum();
            assert!((total - 1.0).abs() < 1e-12, "{fate:?}: {total}");
        }
        assert!((reaching(Fate::Unreachable) - 0.82).abs() < 1e-12);
    }
}
