//! How an edge's line looks.

use crate::mesh::{Edge, Health, Protocol};

use super::super::ink::{Ink, Stroke};

/// The colour of a state.
pub(super) fn ink(health: Health) -> Ink {
    match health {
        Health::Idle => Ink::Idle,
        Health::Streams => Ink::Tcp,
        Health::Healthy => Ink::Healthy,
        Health::Degraded => Ink::Degraded,
        Health::Failing => Ink::Failing,
    }
}

/// HTTP draws through, gRPC has long dashes, TCP short ones.
pub(super) fn dash(protocol: Protocol) -> Option<(f64, f64)> {
    match protocol {
        Protocol::Http => None,
        Protocol::Grpc => Some((14.0, 4.0)),
        Protocol::Tcp => Some((5.0, 3.0)),
    }
}

/// Half a unit for each power of ten of requests a second or KiB/s, from 1.5 to 4 in quarters.
pub(super) fn width(edge: &Edge) -> f64 {
    let requests = edge.requests.as_ref().map_or(0.0, |requests| requests.rate.0);
    let volume = requests.max(edge.byte_rate().0 / 1024.0).max(0.0);
    let width = 1.5 + 0.5 * (1.0 + volume).log10();
    (width.min(4.0) * 4.0).round() / 4.0
}

/// The line of an edge. What only repeats the sum of its legs is drawn thinner.
pub(super) fn stroke(edge: &Edge, health: Health) -> Stroke {
    let width = width(edge);
    let width = if edge.logical { (width / 2.0).max(1.25) } else { width };
    Stroke { ink: ink(health), alpha: 0.85, width, dash: dash(edge.protocol) }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn width_grows_with_the_power_of_ten_and_is_bounded() {
        for (rate, expect) in
            [(0.0, 1.5), (9.0, 2.0), (99.0, 2.5), (1e9, 4.0), (f64::INFINITY, 4.0), (f64::NAN, 1.5), (-5.0, 1.5)]
        {
            let got = width(&sample::http_edge(rate, 0.0));
            assert!((got - expect).abs() < 1e-9, "{rate}: {got}");
        }
    }
}
