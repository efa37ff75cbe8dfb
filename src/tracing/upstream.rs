//! Where a proxy sends a request.

/// Which way a request goes past a proxy.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Direction {
    /// To the workload beside the proxy, or, at a waypoint, to a service behind it.
    Inbound,
    /// Away from the proxy.
    Outbound,
}

/// A cluster of Envoy's, as Istio names it: `outbound|9080|v2|reviews.shop.svc.cluster.local`, `inbound|9080||`,
/// `inbound-vip|9080|http|reviews.shop.svc.cluster.local` (`istio pilot/pkg/model/service.go`, `BuildSubsetKey`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Upstream<'a> {
    /// Which way.
    pub direction: Direction,
    /// The port, as it is written.
    pub port: &'a str,
    /// The subset; at a waypoint the protocol.
    pub subset: &'a str,
    /// The host; empty for the workload beside the proxy.
    pub host: &'a str,
}

impl<'a> Upstream<'a> {
    /// Takes a cluster's name apart; nothing for one of another form.
    pub fn parse(text: &'a str) -> Option<Self> {
        // Gateways between networks write it so that it can be a host's name.
        let (way, rest, mark) = match text.split_once("_.") {
            Some((way, rest)) if !text.contains('|') => (way, rest, "_."),
            _ => {
                let (way, rest) = text.split_once('|')?;
                (way, rest, "|")
            }
        };
        let (port, rest) = rest.split_once(mark)?;
        let (subset, host) = if mark == "|" {
            rest.split_once('|')?
        } else {
            rest.split_once("_.").or(rest.strip_prefix('_').map(|host| ("", host)))?
        };
        let direction = match way {
            "outbound" => Direction::Outbound,
            "inbound" | "inbound-vip" => Direction::Inbound,
            _ => return None,
        };
        // Of an inbound cluster the host may be only the name of its port.
        let is_host = direction == Direction::Outbound || way == "inbound-vip" || host.contains('.');
        Some(Self {
            direction,
            port,
            subset: subset.trim_matches('.'),
            host: if is_host { host.trim_start_matches('.') } else { "" },
        })
    }
}

/// The host that an operation of Istio's begins with (`reviews.shop.svc.cluster.local:9080/*`): a name with a dot, then a
/// port. Routes to several destinations are called by their virtual service, which is none.
pub fn host_of_operation(operation: &str) -> Option<&str> {
    let (host, rest) = operation.split_once(':')?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'*');
    let ends = rest.get(digits..).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    (digits > 0 && ends && host.contains('.') && host.bytes().all(is_name)).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_are_taken_apart() {
        use Direction::{Inbound, Outbound};
        for (text, expect) in [
            (
                "outbound|9080||reviews.shop.svc.cluster.local",
                Some((Outbound, "9080", "", "reviews.shop.svc.cluster.local")),
            ),
            ("outbound|80|v2|a.b", Some((Outbound, "80", "v2", "a.b"))),
            ("inbound|9080||", Some((Inbound, "9080", "", ""))),
            ("inbound|9080||ratings", Some((Inbound, "9080", "", ""))),
            ("inbound-vip|80|http|a.b.svc.cluster.local", Some((Inbound, "80", "http", "a.b.svc.cluster.local"))),
            ("outbound_.80_.v1_.a.b.svc.cluster.local", Some((Outbound, "80", "v1", "a.b.svc.cluster.local"))),
            ("outbound_.80_._.a.b.svc.cluster.local", Some((Outbound, "80", "", "a.b.svc.cluster.local"))),
            ("PassthroughCluster", None),
            ("BlackHoleCluster", None),
            ("xds-grpc", None),
            ("outbound|80", None),
            ("", None),
        ] {
            let parsed = Upstream::parse(text).map(|one| (one.direction, one.port, one.subset, one.host));
            assert_eq!(parsed, expect, "{text}");
        }
    }

    #[test]
    fn operations_begin_with_a_host_and_a_port() {
        for (text, expect) in [
            ("reviews.shop.svc.cluster.local:9080/*", Some("reviews.shop.svc.cluster.local")),
            ("a.b:80", Some("a.b")),
            ("canary-route:80/*", None),
            ("GET http://a.b:80/", None),
            ("a.b:/x", None),
            ("a.b:80x", None),
            ("", None),
        ] {
            assert_eq!(host_of_operation(text), expect, "{text}");
        }
    }
}
