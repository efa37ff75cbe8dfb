//! What a series' service labels stand for.

use std::net::IpAddr;

use crate::mesh::{Host, Namespace, Reporter};

use super::observation::{Observation, namespace_of};

/// What the service labels stand for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ServiceKind {
    /// No service is named.
    None,
    /// A Kubernetes service, or a host that was asked for and that nobody knows.
    InMesh,
    /// A host outside, declared by a `ServiceEntry`.
    External,
    /// A host with a domain and without a namespace: which of the two depends on who says it.
    Undeclared,
    /// `PassthroughCluster`.
    Passthrough,
    /// `BlackHoleCluster`.
    BlackHole,
    /// `InboundPassthroughCluster…`.
    InboundPassthrough,
}

impl ServiceKind {
    /// Reads host, short name and namespace.
    ///
    /// A declared host has its declaration's namespace.
    pub fn of_names(host: &Host, name: &str, namespace: &Namespace) -> Self {
        match name {
            "PassthroughCluster" => Self::Passthrough,
            "BlackHoleCluster" => Self::BlackHole,
            name if name.starts_with("InboundPassthroughCluster") => Self::InboundPassthrough,
            _ if !host.is_known() => Self::None,
            _ if namespace_of(host.as_str()).is_some() || !host.as_str().contains('.') || is_address(host) => {
                Self::InMesh
            }
            _ if namespace.is_known() => Self::External,
            _ => Self::Undeclared,
        }
    }

    /// What it stands for where a series says so.
    ///
    /// An Envoy client that finds no cluster copies the Host header instead, which may be any text, and has no namespace
    /// (`istio_stats`, "host header fallback").
    pub fn of(seen: &Observation) -> Self {
        match seen.service.kind {
            Self::Undeclared if seen.question.is_about_requests() && seen.reporter == Reporter::Source => Self::InMesh,
            Self::Undeclared => Self::External,
            kind => kind,
        }
    }
}

/// The host without the port that a Host header may carry.
pub(super) fn without_port(host: &Host) -> Host {
    match host.as_str().rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) && !name.contains(':') => {
            Host::new(name)
        }
        _ => host.clone(),
    }
}

fn is_address(host: &Host) -> bool {
    without_port(host).as_str().parse::<IpAddr>().is_ok()
}
