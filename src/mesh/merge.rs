//! Edges that become one: numbers are added, words gathered.

use std::ops::Add;

use crate::order;
use crate::quantity::{PerSec, Ratio};

use super::edge::{Bytes, Connections, Edge, Measured, Requests};
use super::security::Security;
use super::told::{Told, Untold};

impl Edge {
    /// Adds the traffic of another edge. What can only be one thing (who counted, what kind of hop it is, through which
    /// waypoint it runs) is as it is on the one with more traffic.
    pub(super) fn absorb(&mut self, other: &Self) {
        let (own, more) = (self.amount(), other.amount());
        self.told = told(self, other);
        self.security = security((self.security, own), (other.security, more));
        if more > own {
            self.kind = other.kind;
        }
        if other.via.is_some() && (more > own || self.via.is_none()) {
            self.via.clone_from(&other.via);
        }
        self.requests = both(self.requests.take(), other.requests.as_ref(), Requests::plus);
        self.bytes = both(self.bytes.take(), other.bytes.as_ref(), Bytes::plus);
        self.connections = both(self.connections.take(), other.connections.as_ref(), Connections::plus);
        self.identities.extend(other.identities.iter().cloned());
        self.services.extend(other.services.iter().cloned());
        self.reporters.extend(other.reporters.iter().copied());
        order::sort_unique(&mut self.identities);
        order::sort_unique(&mut self.services);
        order::sort_unique(&mut self.reporters);
    }

    /// How much traffic there is, by whatever is counted.
    fn amount(&self) -> f64 {
        let requests = self.requests.as_ref().map_or(0.0, |requests| requests.rate.0);
        let opened = self.connections.map_or(0.0, |connections| connections.opened.0);
        if requests > 0.0 { requests } else { self.byte_rate().0.max(opened) }
    }
}

fn both<T: Clone>(own: Option<T>, other: Option<&T>, plus: fn(T, &T) -> T) -> Option<T> {
    match (own, other) {
        (Some(own), Some(other)) => Some(plus(own, other)),
        (own, other) => own.or_else(|| other.cloned()),
    }
}

/// Of edges that are told of in part or differently, what is left untold is added up.
fn told(own: &Edge, other: &Edge) -> Told {
    match (&own.told, &other.told) {
        (Told::Nothing, Told::Nothing) => Told::Nothing,
        (Told::All, Told::All) => Told::All,
        _ => Told::Part(Box::new(untold(own).plus(&untold(other)))),
    }
}

fn untold(edge: &Edge) -> Untold {
    edge.untold().map_or_else(Untold::default, |edge| Untold {
        requests: edge.requests.clone(),
        bytes: edge.bytes,
        connections: edge.connections,
    })
}

/// Weighed by traffic; what is not known weighs nothing.
fn security((one, amount): (Security, f64), (other, more): (Security, f64)) -> Security {
    let share = |security| match security {
        Security::MutualTls => Some(1.0),
        Security::Plaintext => Some(0.0),
        Security::Mixed(share) => Some(Ratio::value(share)),
        Security::Unknown => None,
    };
    match (share(one), share(other)) {
        (None, _) => other,
        (_, None) => one,
        (Some(_), Some(_)) if one == other || more <= 0.0 => one,
        (Some(_), Some(_)) if amount <= 0.0 => other,
        (Some(mutual), Some(more_mutual)) => Security::from_shares(
            amount * mutual + more * more_mutual,
            amount * (1.0 - mutual) + more * (1.0 - more_mutual),
        ),
    }
}

/// What only one of them counts is what is known of both.
fn added<T: Add<Output = T> + Copy>(one: Option<T>, other: Option<T>) -> Option<T> {
    both(one, other.as_ref(), |one, other| one + *other)
}

fn added_both<T: Add<Output = T> + Copy>([a, b]: [Option<T>; 2], [c, d]: [Option<T>; 2]) -> [Option<T>; 2] {
    [added(a, c), added(b, d)]
}

impl Untold {
    fn plus(self, other: &Self) -> Self {
        Self {
            requests: both(self.requests, other.requests.as_ref(), Requests::plus),
            bytes: both(self.bytes, other.bytes.as_ref(), Bytes::plus),
            connections: both(self.connections, other.connections.as_ref(), Connections::plus),
        }
    }
}

impl Requests {
    fn plus(mut self, other: &Self) -> Self {
        let Self { rate, failures, client_errors, responses, reporter, measured } = other;
        if *rate > self.rate {
            self.reporter = *reporter;
        }
        self.rate += *rate;
        self.failures += *failures;
        self.client_errors += *client_errors;
        self.measured = both(self.measured, measured.as_ref(), Measured::plus);
        for (code, flags, rate) in responses {
            match self.responses.iter_mut().find(|(one, other, _)| one == code && other == flags) {
                Some((.., sum)) => *sum += *rate,
                None => self.responses.push((code.clone(), flags.clone(), *rate)),
            }
        }
        order::sort_by(&mut self.responses, |(.., one), (.., other)| other.0.total_cmp(&one.0));
        self
    }
}

impl Measured {
    /// What only one of them measures is what is known of both; time counts with the requests it was measured on. The
    /// reporter is that of the one with more requests.
    fn plus(self, other: &Self) -> Self {
        let timed = |one: &Self| if one.took_secs.is_some() { one.requests } else { PerSec(0.0) };
        let more = if other.requests > self.requests { other } else { &self };
        Self {
            requests: timed(&self) + timed(other),
            took_secs: added(self.took_secs, other.took_secs),
            sizes: added_both(self.sizes, other.sizes),
            messages: added_both(self.messages, other.messages),
            reporter: more.reporter,
        }
    }
}

impl Bytes {
    fn plus(self, other: &Self) -> Self {
        let Self { sent, received, .. } = *other;
        let more = if sent + received > self.sent + self.received { *other } else { self };
        Self { sent: self.sent + sent, received: self.received + received, ..more }
    }
}

impl Connections {
    fn plus(self, other: &Self) -> Self {
        let Self { opened, closed, failed, active, reporter } = *other;
        Self {
            opened: self.opened + opened,
            closed: added(self.closed, closed),
            failed: self.failed + failed,
            active: added(self.active, active),
            reporter: if opened > self.opened { reporter } else { self.reporter },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::reporter::Reporter;
    use super::*;
    use crate::quantity::BytesPerSec;

    #[test]
    fn times_of_two_edges_are_weighed_by_their_requests() {
        let measured = |requests: f64, took_secs, sent, reporter| Measured {
            requests: PerSec(requests),
            took_secs,
            sizes: [sent, None],
            messages: [None; 2],
            reporter,
        };
        let slow = measured(1.0, Some(2.0), Some(BytesPerSec(5.0)), Reporter::Source);
        let quick = measured(9.0, Some(1.0), Some(BytesPerSec(7.0)), Reporter::Waypoint);
        let both = slow.plus(&quick);
        assert_eq!((both.mean_secs(), both.sizes), (Some(0.3), [Some(BytesPerSec(12.0)), None]));
        assert_eq!(both.reporter, Reporter::Waypoint);
        let silent = measured(90.0, None, None, Reporter::Destination);
        assert_eq!(slow.plus(&silent).mean_secs(), Some(2.0), "no time was measured on the others");
        assert_eq!(silent.plus(&silent).mean_secs(), None);
    }
    #[test]
    fn connections_of_two_edges_are_added_and_what_one_counts_is_known_of_both() {
        let connections = |opened, closed, active, reporter| Connections {
            opened: PerSec(opened),
            closed,
            failed: PerSec(1.0),
            active,
            reporter,
        };
        let one = connections(2.0, Some(PerSec(1.0)), Some(5.0), Reporter::Source);
        let other = connections(3.0, Some(PerSec(4.0)), None, Reporter::Destination);
        let mut both = connections(5.0, Some(PerSec(5.0)), Some(5.0), Reporter::Destination);
        both.failed = PerSec(2.0);
        assert_eq!(one.plus(&other), both);
        assert_eq!(connections(0.0, None, None, Reporter::Source).plus(&one).closed, Some(PerSec(1.0)));
    }
}
