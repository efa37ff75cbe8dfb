//! What an address tells before anything is asked.

/// A base address, taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    /// Scheme, host and port as given, without a slash at the end; empty for an address relative to the page.
    pub origin: String,
    /// The host without its port; empty for an address relative to the page.
    pub host: String,
    /// The port, where one is named.
    pub port: Option<u16>,
    /// The path: empty, or with a leading slash and none at the end. Query and fragment are cut off.
    pub path: String,
}

/// What a port is known for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PortHint {
    /// Nothing that speaks against it.
    Nothing,
    /// gRPC, which a browser does not speak; the same server's HTTP port is this one by default.
    Grpc(u16),
    /// Spans are taken in there, none given out; traces are asked for at this one by default.
    Intake(u16),
}

impl Address {
    /// Takes an address apart; one without a scheme is relative to the page.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        let text = text.split(['?', '#']).next().unwrap_or_default();
        let start = text.find("://").map_or(0, |at| at + 3);
        let rest = text.get(start..).unwrap_or_default();
        let slash = rest.find('/').unwrap_or(rest.len());
        let authority = if start == 0 { "" } else { rest.get(..slash).unwrap_or_default() };
        let origin = if start == 0 { "" } else { text.get(..start + slash).unwrap_or_default() };
        let path = if start == 0 { rest } else { rest.get(slash..).unwrap_or_default() };
        let path = path.trim_matches('/');
        let path = if path.is_empty() { String::new() } else { ["/", path].concat() };
        let server = authority.rsplit('@').next().unwrap_or_default();
        let (host, port) = match server.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, port.parse().ok()),
            _ => (server, None),
        };
        Self { origin: origin.to_owned(), host: host.to_owned(), port, path }
    }

    /// What the port is known for.
    pub const fn hint(&self) -> PortHint {
        match self.port {
            Some(16685) => PortHint::Grpc(16686),
            Some(9095) => PortHint::Grpc(3200),
            Some(4317 | 4318 | 14250 | 14268 | 6831 | 6832) => PortHint::Intake(16686),
            _ => PortHint::Nothing,
        }
    }

    /// Whether a page loaded over HTTPS may not ask there at all, as browsers keep it from mixing in what is not
    /// encrypted (<https://www.w3.org/TR/mixed-content/>); the machine itself is exempt.
    pub fn is_mixed_content(&self, page_is_secure: bool) -> bool {
        let is_local = matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "[::1]");
        page_is_secure && self.origin.to_ascii_lowercase().starts_with("http:") && !is_local
    }

    /// The whole address with another path.
    pub fn at(&self, path: &str) -> String {
        [&self.origin, path].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_apart() {
        for (text, origin, host, port, path) in [
            ("http://jaeger:16686/jaeger/", "http://jaeger:16686", "jaeger", Some(16686), "/jaeger"),
            ("https://[::1]:3200", "https://[::1]:3200", "[::1]", Some(3200), ""),
            ("https://[::1]", "https://[::1]", "[::1]", None, ""),
            ("http://a@b:1/x?y=/z#w", "http://a@b:1", "b", Some(1), "/x"),
            ("/jaeger", "", "", None, "/jaeger"),
            ("", "", "", None, ""),
            ("http://", "http://", "", None, ""),
            ("http://host:port", "http://host:port", "host", None, ""),
        ] {
            let (origin, host, path) = (origin.to_owned(), host.to_owned(), path.to_owned());
            assert_eq!(Address::parse(text), Address { origin, host, port, path }, "{text}");
        }
    }

    #[test]
    fn known_ports_give_a_hint() {
        for (port, expect) in [
            (16685, PortHint::Grpc(16686)),
            (9095, PortHint::Grpc(3200)),
            (4317, PortHint::Intake(16686)),
            (16686, PortHint::Nothing),
        ] {
            assert_eq!(Address::parse(&format!("http://jaeger:{port}")).hint(), expect);
        }
    }

    #[test]
    fn what_is_not_encrypted_is_kept_from_a_page_that_is() {
        assert!(Address::parse("http://jaeger").is_mixed_content(true));
        for (text, page_is_secure) in
            [("http://jaeger", false), ("https://jaeger", true), ("http://localhost:16686", true), ("/jaeger", true)]
        {
            assert!(!Address::parse(text).is_mixed_content(page_is_secure), "{text}");
        }
    }
}
