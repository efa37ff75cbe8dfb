//! Whether one reporter proves mutual TLS or plaintext.

use crate::mesh::{Emitter, Security};

use super::observation::{Observation, Policy};
use super::plan::Question;

/// How much of a reporter's traffic went each way. Bytes are not weighed against connections, nor either against series
/// that stand still: proxies never forget a series, and an old one says nothing of today's traffic.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Proof {
    traffic: Shares,
    connections: Shares,
    series: Shares,
}

#[derive(Clone, Copy, Debug, Default)]
struct Shares {
    mutual: f64,
    plaintext: f64,
}

impl Shares {
    fn total(self) -> f64 {
        self.mutual + self.plaintext
    }
}

impl Proof {
    /// Adds what one series says.
    pub fn add(&mut self, seen: &Observation) {
        let weighed = match seen.question {
            Question::Opened | Question::Closed => &mut self.connections,
            _ => &mut self.traffic,
        };
        let Some(mutual) = is_mutual(seen) else { return };
        for (shares, weight) in [(weighed, seen.rate), (&mut self.series, 1.0)] {
            *(if mutual { &mut shares.mutual } else { &mut shares.plaintext }) += weight;
        }
    }

    /// How much traffic it speaks of; none when it proves nothing.
    pub fn weight(&self) -> Option<f64> {
        (self.series.total() > 0.0).then(|| self.traffic.total())
    }

    /// What follows.
    pub fn security(&self) -> Security {
        let told = [self.traffic, self.connections, self.series].into_iter().find(|shares| shares.total() > 0.0);
        told.map_or(Security::Unknown, |shares| Security::from_shares(shares.mutual, shares.plaintext))
    }
}

/// Whether a series proves mutual TLS or plaintext.
///
/// An Envoy client always writes `unknown`; a ztunnel writes `unknown` for plaintext and never `none`. The server's
/// identity proves nothing: ztunnel fills it in for plaintext hops too.
fn is_mutual(seen: &Observation) -> Option<bool> {
    match (seen.emitter, seen.policy) {
        (_, Policy::MutualTls) => Some(true),
        (Emitter::Ztunnel, Policy::Unknown) | (_, Policy::None) => Some(false),
        (_, Policy::Unknown) => None,
    }
}
