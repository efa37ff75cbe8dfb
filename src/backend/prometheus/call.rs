//! What can be asked.

use crate::backend::request::Request;
use crate::promql::Expr;
use crate::quantity::{Duration, Instant, TimeRange};

/// Prometheus refuses a range query of more steps than this.
pub const MAX_POINTS: i64 = 11_000;

/// How long to wait for the answers that cost the server nothing.
const STATUS_TIMEOUT: Duration = Duration::from_secs(10);

/// A question.
#[derive(Clone, PartialEq, Debug)]
pub enum Call {
    /// The value of an expression at one instant. The queries of one picture should name the same instant.
    Instant {
        /// The expression.
        query: Expr,
        /// The instant.
        time: Instant,
        /// How long to wait.
        timeout: Duration,
    },
    /// The values of an expression at the start of a range and every step after.
    Range {
        /// The expression.
        query: Expr,
        /// From its start to its end, both included.
        range: TimeRange,
        /// The step, made at least a millisecond; not more than [`MAX_POINTS`] of them may fit.
        step: Duration,
        /// How long to wait.
        timeout: Duration,
    },
    /// Which server, and which version of it.
    BuildInfo,
    /// The server's configuration, from which the scrape interval is learnt. Not every server shows it.
    Config,
}

/// What a server wants besides the question.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Dialect {
    /// Further fields of every query, such as `dedup` and `partial_response` (Thanos), `extra_label` and `nocache`
    /// (`VictoriaMetrics`).
    pub fields: Vec<(String, String)>,
    /// How many bytes the base address has: a long one leaves less room for a query in the address.
    pub base_url_bytes: usize,
}

impl Call {
    /// The request that asks. The server is told to give up a little earlier than the asker, so that it can say so.
    pub fn request(&self, dialect: &Dialect) -> Request {
        match self {
            Self::Instant { query, time, timeout } => {
                let fields = [("query", query.to_string()), ("time", time.to_string())];
                query_request("api/v1/query", fields.into(), *timeout, dialect)
            }
            Self::Range { query, range, step, timeout } => {
                let step = (*step).max(Duration::from_millis(1));
                let fields = [
                    ("query", query.to_string()),
                    ("start", range.from.to_string()),
                    ("end", range.to.to_string()),
                    ("step", secs(step)),
                ];
                query_request("api/v1/query_range", fields.into(), *timeout, dialect)
            }
            Self::BuildInfo => Request::get("api/v1/status/buildinfo", vec![], STATUS_TIMEOUT),
            Self::Config => Request::get("api/v1/status/config", vec![], STATUS_TIMEOUT),
        }
    }
}

fn query_request(path: &str, fields: Vec<(&str, String)>, timeout: Duration, dialect: &Dialect) -> Request {
    let mut form: Vec<(String, String)> = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    if timeout > Duration::ZERO {
        form.push(("timeout".to_owned(), secs(timeout - timeout / 10)));
    }
    form.extend_from_slice(&dialect.fields);
    Request::get_or_post(path, form, timeout, dialect.base_url_bytes)
}

/// Seconds with a fraction, the form that every server reads.
fn secs(length: Duration) -> String {
    length.secs().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::promql::{Metric, Selector};

    fn up() -> Expr {
        Selector::metric(Metric::new_static("up")).into()
    }

    fn check(call: &Call, dialect: &Dialect, url: &str) {
        assert_eq!(call.request(dialect).url("p"), url);
    }

    #[test]
    fn questions_become_requests() {
        let (time, timeout) = (Instant::from_unix_millis(1_700_000_000_250), Duration::from_secs(15));
        let plain = Dialect::default();
        let instant = Call::Instant { query: up(), time, timeout };
        check(&instant, &plain, "p/api/v1/query?query=up&time=1700000000.25&timeout=13.5");
        let thanos = Dialect { fields: vec![("dedup".into(), "true".into())], base_url_bytes: 9 };
        check(&instant, &thanos, "p/api/v1/query?query=up&time=1700000000.25&timeout=13.5&dedup=true");
        let range = TimeRange::new(time, time + Duration::from_mins(60));
        let range = |step| Call::Range { query: up(), range, step, timeout };
        check(
            &range(Duration::from_mins(1)),
            &plain,
            "p/api/v1/query_range?query=up&start=1700000000.25&end=1700003600.25&step=60&timeout=13.5",
        );
        assert!(range(Duration::ZERO).request(&plain).encoded_form().contains("&step=0.001&"));
        check(&Call::BuildInfo, &thanos, "p/api/v1/status/buildinfo");
        check(&Call::Config, &thanos, "p/api/v1/status/config");
    }

    #[test]
    fn the_server_gives_up_before_the_asker() {
        let timeout = Duration::from_secs(30);
        let request = Call::Instant { query: up(), time: Instant::default(), timeout }.request(&Dialect::default());
        assert_eq!(request.timeout, timeout);
        assert!(request.form.contains(&("timeout".into(), "27".into())));
    }
}
