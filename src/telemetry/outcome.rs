//! What a response code means.

/// How a request ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// HTTP 1xx to 3xx, and gRPC status 0 where there is one.
    Success,
    /// HTTP 4xx.
    ClientError,
    /// HTTP 5xx, a gRPC status other than 0, or no response at all.
    Failure,
    /// The series has no response code: Telemetry configuration removed it.
    Unknown,
}

/// What stands for "no response" in [`Outcome::of`].
pub const NO_RESPONSE: &str = "-";

impl Outcome {
    /// The outcome of an HTTP code (a number, a class such as `5xx`, [`NO_RESPONSE`], or empty for "no such label") and
    /// a gRPC status. A gRPC status counts unless the HTTP code is an error itself; one of three digits is an HTTP code
    /// that some proxies write there.
    pub fn of(code: &str, grpc_status: Option<&str>) -> Self {
        let http = Self::of_http(code);
        match grpc_status {
            Some(status) if http == Self::Success || http == Self::Unknown => match status {
                "0" | "OK" => Self::Success,
                code if code.len() == 3 && code.bytes().all(|digit| digit.is_ascii_digit()) => Self::of_http(code),
                _ => Self::Failure,
            },
            _ => http,
        }
    }

    fn of_http(code: &str) -> Self {
        match code.bytes().next() {
            Some(b'1'..=b'3') => Self::Success,
            Some(b'4') => Self::ClientError,
            Some(b'5' | b'-') => Self::Failure,
            _ => Self::Unknown,
        }
    }
}

/// Envoy flags of requests that the client's own proxy ended before a server could see them
/// (<https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage>): no healthy upstream, no
/// connection, circuit open, no route, no cluster, rate limited, fault injected, refused by external authorization.
const CLIENT_SIDE_FLAGS: [&str; 8] = ["UH", "UF", "UO", "NR", "NC", "RL", "FI", "UAEX"];

/// Whether response flags (comma-separated) say that the request never left the client's proxy.
pub fn never_left_client(flags: &str) -> bool {
    flags.split(',').any(|flag| CLIENT_SIDE_FLAGS.contains(&flag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_classes_and_silence_have_an_outcome() {
        for (code, grpc, expect) in [
            ("200", None, Outcome::Success),
            ("301", None, Outcome::Success),
            ("404", None, Outcome::ClientError),
            ("5xx", None, Outcome::Failure),
            (NO_RESPONSE, None, Outcome::Failure),
            ("", None, Outcome::Unknown),
            ("200", Some("0"), Outcome::Success),
            ("200", Some("14"), Outcome::Failure),
            ("503", Some("0"), Outcome::Failure),
            ("200", Some("404"), Outcome::ClientError),
            ("", Some("0"), Outcome::Success),
        ] {
            assert_eq!(Outcome::of(code, grpc), expect, "{code} {grpc:?}");
        }
    }

    #[test]
    fn a_failed_connection_never_left_the_client() {
        assert!(never_left_client("UF,URX"));
        assert!(!never_left_client("URX"));
        assert!(!never_left_client("-"));
    }
}
