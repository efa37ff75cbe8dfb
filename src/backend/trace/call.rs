//! What can be asked, and how it is asked in each dialect.

use super::dialect::Dialect;
use super::id::TraceId;
use super::query::{Form, Query, micros, rfc3339, secs_floor};
use super::traceql;
use crate::backend::request::Request;
use crate::quantity::{Duration, TimeRange};

/// A question to a trace back end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Call {
    /// Who emits spans: [`decode_names`](super::decode_names).
    Services {
        /// When; only Tempo heeds it.
        range: TimeRange,
    },
    /// What a service does: [`decode_names`](super::decode_names).
    Operations {
        /// The service, exactly as the back end spells it.
        service: String,
        /// When; only Tempo heeds it.
        range: TimeRange,
    },
    /// Which traces there are: [`decode_found`](super::decode_found).
    Search {
        /// Which are looked for.
        query: Query,
        /// Whether a line for each will do where the dialect can give it; it costs far less.
        overviews_will_do: bool,
    },
    /// A whole trace: [`decode_trace`](super::decode_trace).
    Trace {
        /// Which.
        id: TraceId,
        /// When it was, where that is known: back ends find it sooner.
        range: Option<TimeRange>,
    },
}

impl Call {
    /// The request that asks.
    pub fn request(&self, dialect: Dialect, timeout: Duration) -> Request {
        let (path, form) = match self {
            Self::Services { range } => services(dialect, *range),
            Self::Operations { service, range } => operations(dialect, service, *range),
            Self::Search { query, overviews_will_do } => {
                (search_path(dialect, *overviews_will_do).to_owned(), query.form(dialect))
            }
            Self::Trace { id, range } => trace(dialect, *id, *range),
        };
        Request::get(path, form, timeout)
    }
}

/// How long before and after a trace's range it is looked for: its parts may have arrived late, and their clocks differ.
const SLACK: Duration = Duration::from_mins(60);

fn pair(name: &str, value: impl Into<String>) -> (String, String) {
    (name.to_owned(), value.into())
}

fn whole_secs(range: TimeRange) -> Form {
    vec![pair("start", secs_floor(range.from).to_string()), pair("end", (secs_floor(range.to) + 1).to_string())]
}

fn services(dialect: Dialect, range: TimeRange) -> (String, Form) {
    let form = if matches!(dialect, Dialect::Tempo { .. }) { whole_secs(range) } else { vec![] };
    (services_path(dialect).to_owned(), form)
}

/// Where the services are listed: no dialect has the path of another.
pub(super) fn services_path(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Jaeger => "api/services",
        Dialect::JaegerV3 { .. } => "api/v3/services",
        Dialect::Tempo { .. } => "api/v2/search/tag/resource.service.name/values",
        Dialect::Zipkin => "api/v2/services",
    }
}

fn operations(dialect: Dialect, service: &str, range: TimeRange) -> (String, Form) {
    match dialect {
        // `/api/services/{service}/operations` decodes the name twice.
        Dialect::Jaeger => ("api/operations".to_owned(), vec![pair("service", service)]),
        Dialect::JaegerV3 { .. } => ("api/v3/operations".to_owned(), vec![pair("service", service)]),
        Dialect::Tempo { .. } => {
            let form = [vec![pair("q", traceql::of_service(service))], whole_secs(range)].concat();
            ("api/v2/search/tag/name/values".to_owned(), form)
        }
        Dialect::Zipkin => ("api/v2/spans".to_owned(), vec![pair("serviceName", service)]),
    }
}

fn search_path(dialect: Dialect, overviews_will_do: bool) -> &'static str {
    match dialect {
        Dialect::Jaeger => "api/traces",
        Dialect::JaegerV3 { has_summaries: true } if overviews_will_do => "api/v3/trace-summaries",
        Dialect::JaegerV3 { .. } => "api/v3/traces",
        Dialect::Tempo { .. } => "api/search",
        Dialect::Zipkin => "api/v2/traces",
    }
}

fn trace(dialect: Dialect, id: TraceId, range: Option<TimeRange>) -> (String, Form) {
    let range = range.map(|range| TimeRange { from: range.from - SLACK, to: range.to + SLACK });
    let form = range.map_or_else(Vec::new, |range| match dialect {
        Dialect::Jaeger => {
            vec![pair("start", micros(range.from).to_string()), pair("end", micros(range.to).to_string())]
        }
        Dialect::JaegerV3 { .. } => {
            vec![pair("start_time", rfc3339(range.from)), pair("end_time", rfc3339(range.to))]
        }
        Dialect::Tempo { .. } => whole_secs(range),
        Dialect::Zipkin => vec![],
    });
    let path = match dialect {
        Dialect::Jaeger | Dialect::Tempo { has_v2: false } => "api/traces/",
        Dialect::JaegerV3 { .. } => "api/v3/traces/",
        Dialect::Tempo { has_v2: true } => "api/v2/traces/",
        Dialect::Zipkin => "api/v2/trace/",
    };
    ([path, &id.to_string()].concat(), form)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Instant;

    const V3: Dialect = Dialect::JaegerV3 { has_summaries: true };
    const OLD_V3: Dialect = Dialect::JaegerV3 { has_summaries: false };
    const TEMPO: Dialect = Dialect::Tempo { has_v2: true };

    fn check(call: &Call, dialect: Dialect, expect: &str) {
        let request = call.request(dialect, Duration::from_secs(9));
        let form: Vec<String> = request.form.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(format!("{}?{}", request.path, form.join("&")), expect);
    }

    fn range() -> TimeRange {
        let from = Instant::from_unix_millis(1_700_000_000_250);
        TimeRange::new(from, from + Duration::from_mins(1))
    }

    #[test]
    fn a_search_is_asked_in_each_dialect() {
        let query = Query {
            service: Some("reviews.bookinfo".into()),
            operation: Some("GET /".into()),
            min_micros: Some(1_500),
            errors_only: true,
            tags: vec![("a\"".into(), "ü".into())],
            ..Query::new(range(), 20)
        };
        let call = Call::Search { query, overviews_will_do: true };
        check(
            &call,
            Dialect::Jaeger,
            "api/traces?service=reviews.bookinfo&operation=GET /&start=1700000000250000&end=1700000060250000\
             &minDuration=1500us&limit=20&tags={\"error\":\"true\",\"a\\\"\":\"ü\"}",
        );
        let v3 = "query.service_name=reviews.bookinfo&query.operation_name=GET /\
             &query.start_time_min=2023-11-14T22:13:20.250Z&query.start_time_max=2023-11-14T22:14:20.250Z\
             &query.duration_min=1500us&query.num_traces=20&query.search_depth=20\
             &query.attributes={\"error\":\"true\",\"a\\\"\":\"ü\"}";
        check(&call, V3, &format!("api/v3/trace-summaries?{v3}"));
        check(&call, OLD_V3, &format!("api/v3/traces?{v3}"));
        check(
            &call,
            TEMPO,
            "api/search?q={ resource.service.name = \"reviews.bookinfo\" && name = \"GET /\" && duration >= 1500us \
             && (status = error || .error = \"true\" || .error = true) && .\"a\\\"\" = \"ü\" }\
             &start=1700000000&end=1700000061&limit=20",
        );
        check(
            &call,
            Dialect::Zipkin,
            "api/v2/traces?serviceName=reviews.bookinfo&spanName=GET /&annotationQuery=error and a\"=ü\
             &minDuration=1500&endTs=1700000060250&lookback=60000&limit=20",
        );
    }

    #[test]
    fn a_limit_is_always_sent_and_never_zero() {
        let call = Call::Search { query: Query::new(range(), 0), overviews_will_do: false };
        check(&call, Dialect::Jaeger, "api/traces?start=1700000000250000&end=1700000060250000&limit=1");
        let form = call.request(V3, Duration::ZERO);
        assert_eq!(form.path, "api/v3/traces");
        assert!(form.form.contains(&("query.num_traces".into(), "1".into())));
    }

    #[test]
    fn names_and_traces_are_asked_in_each_dialect() {
        let (services, operations) =
            (Call::Services { range: range() }, Call::Operations { service: "a b".into(), range: range() });
        let id = TraceId::parse("a72210f0eefa66d1").unwrap();
        let trace = Call::Trace { id, range: None };
        let near = Call::Trace { id, range: Some(range()) };
        let digits = "0000000000000000a72210f0eefa66d1";
        for (call, dialect, expect) in [
            (&services, Dialect::Jaeger, "api/services?".to_owned()),
            (&services, V3, "api/v3/services?".into()),
            (&services, TEMPO, "api/v2/search/tag/resource.service.name/values?start=1700000000&end=1700000061".into()),
            (&services, Dialect::Zipkin, "api/v2/services?".into()),
            (&operations, Dialect::Jaeger, "api/operations?service=a b".into()),
            (&operations, V3, "api/v3/operations?service=a b".into()),
            (
                &operations,
                TEMPO,
                "api/v2/search/tag/name/values?q={ resource.service.name = \"a b\" }&start=1700000000&end=1700000061"
                    .into(),
            ),
            (&operations, Dialect::Zipkin, "api/v2/spans?serviceName=a b".into()),
            (&trace, Dialect::Jaeger, format!("api/traces/{digits}?")),
            (&trace, V3, format!("api/v3/traces/{digits}?")),
            (&trace, TEMPO, format!("api/v2/traces/{digits}?")),
            (&trace, Dialect::Tempo { has_v2: false }, format!("api/traces/{digits}?")),
            (&trace, Dialect::Zipkin, format!("api/v2/trace/{digits}?")),
            (&near, Dialect::Jaeger, format!("api/traces/{digits}?start=1699996400250000&end=1700003660250000")),
            (
                &near,
                V3,
                format!("api/v3/traces/{digits}?start_time=2023-11-14T21:13:20.250Z&end_time=2023-11-14T23:14:20.250Z"),
            ),
            (&near, TEMPO, format!("api/v2/traces/{digits}?start=1699996400&end=1700003661")),
        ] {
            check(call, dialect, &expect);
        }
    }
}
