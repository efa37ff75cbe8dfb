//! Every reason why there are no traces, from what is seen of it.

use super::*;
use crate::backend::BackendError;
use crate::backend::trace::{Choice, Dialect, PortHint, WhyNone};
use crate::mesh::{
    Bytes, Edge, EdgeKey, Emitter, HopKind, Node, NodeKey, Protocol, Reporter, Requests, Security, Told, Tolerances,
    TopologyBuilder,
};
use crate::quantity::{BytesPerSec, Duration, Instant, PerSec, TimeRange};
use crate::tracing::{Coverage, Meeting, NameRules, Names, SearchEnd, SpanCounts, Subject, Waypoint};

fn page(origin: &str, base: &str) -> Page {
    Page { origin: origin.into(), base: base.into(), headers: vec!["Authorization".into()] }
}

/// The one finding of a reason.
fn one(why: &WhyNone, page: &Page) -> Finding {
    let mut findings = diagnose_connection(why, page);
    assert_eq!(findings.len(), 1, "{findings:?}");
    findings.remove(0)
}

#[test]
fn what_keeps_the_page_from_asking_is_told() {
    let plain = page("http://page", "http://jaeger:16686/jaeger");
    let unreachable = |hint| WhyNone::Unreachable { hint };
    for (why, page, established, expect) in [
        (unreachable(PortHint::Nothing), page("https://page", "http://jaeger:1"), true, "MixedContent"),
        (WhyNone::NotShared, page("https://page", "http://127.0.0.1:1"), false, "NotShared"),
        (unreachable(PortHint::Grpc(16686)), page("http://page", "http://jaeger:16685/jaeger"), false, "WrongPort"),
        (WhyNone::Grpc, plain.clone(), true, "WrongPort"),
        (WhyNone::WantsTls, plain.clone(), true, "NotEncrypted"),
        (WhyNone::OnlyPages, plain.clone(), true, "WrongPath"),
        (WhyNone::NoApi, plain.clone(), true, "WrongPath"),
        (WhyNone::PreflightRefused, plain.clone(), false, "PreflightRefused"),
        (WhyNone::NotShared, plain.clone(), false, "NotShared"),
        (WhyNone::TenantMissing { message: "no org id".into() }, plain.clone(), true, "TenantMissing"),
        (WhyNone::Denied { status: 401 }, plain.clone(), true, "Denied"),
        (unreachable(PortHint::Nothing), plain.clone(), false, "Unreachable"),
        (WhyNone::TimedOut { after: Duration::from_secs(9) }, plain.clone(), false, "TimedOut"),
    ] {
        let finding = one(&why, &page);
        assert!(format!("{:?}", finding.trouble).starts_with(expect), "{finding:?}");
        assert_eq!(finding.is_established(), established, "{finding:?}");
        assert!(!finding.remedies.is_empty(), "{finding:?}");
    }
}

#[test]
fn remedies_name_what_to_change() {
    let grpc =
        one(&WhyNone::Unreachable { hint: PortHint::Nothing }, &page("http://page", "http://jaeger:16685/jaeger"));
    assert_eq!(grpc.remedies, [Remedy::UseBase { base: "http://jaeger:16686/jaeger".into() }]);
    let tenant =
        one(&WhyNone::TenantMissing { message: "missing tenant header".into() }, &page("http://p", "http://b"));
    assert_eq!(tenant.remedies, [Remedy::NameTenant { header: "x-tenant" }]);
    let (wanted, found) = (Dialect::Jaeger, Dialect::JaegerV3 { has_summaries: true });
    let gone = one(&WhyNone::OtherDialect { wanted, found, base: "http://b".into() }, &page("http://p", "http://b"));
    assert_eq!(gone.trouble, Trouble::RoutesGone { found });
    let cors = one(&WhyNone::PreflightRefused, &page("https://page.example", "/it's"));
    let command = cors.remedies[0].command();
    let expect = "curl -i -X OPTIONS -H 'Origin: https://page.example' -H 'Access-Control-Request-Method: GET' \
        -H 'Access-Control-Request-Headers: authorization' '/it'\\''s/api/services'";
    assert_eq!(command.as_deref(), Some(expect));
}

#[test]
fn a_back_end_that_answers_may_still_need_a_word() {
    let choice = |base: &str, dialect, services: &[&str]| Choice {
        base: base.into(),
        dialect,
        services: services.iter().map(|name| (*name).to_owned()).collect(),
        has_legacy: true,
        has_v3: true,
        is_fixed: dialect == Dialect::Jaeger,
    };
    let page = page("http://page", "http://b/");
    let v3 = Dialect::JaegerV3 { has_summaries: true };
    assert_eq!(diagnose_found(&choice("http://b", v3, &["a"]), &page), []);
    let troubles: Vec<Trouble> = diagnose_found(&choice("http://b/jaeger", Dialect::Jaeger, &[]), &page)
        .into_iter()
        .map(|one| one.trouble)
        .collect();
    let moved = Trouble::OtherPath { given: "http://b/".into(), found: "http://b/jaeger".into() };
    assert_eq!(troubles, [moved, Trouble::RoutesGoing, Trouble::Empty]);
}

fn range() -> TimeRange {
    let to = Instant::from_unix_millis(1_700_000_000_000);
    TimeRange::new(to - Duration::from_mins(10), to)
}

fn subject() -> Subject {
    Subject {
        namespace: "shop".into(),
        workload: Some("reviews-v1".into()),
        app: Some("reviews".into()),
        services: vec!["reviews".into()],
        waypoints: vec![Waypoint { name: "waypoint".into(), namespace: "edge".into() }],
        ..Subject::default()
    }
}

fn coverage(matched: usize, looked_at: usize, end: SearchEnd) -> Coverage {
    let range = range();
    Coverage { matched, looked_at, back_to: range.from, range, has_gaps: false, are_newest: true, end, requests: 1 }
}

/// What is found, by the names of the troubles, `?` for what is likely.
struct Case<'a> {
    services: &'a [&'a str],
    coverage: Option<Coverage>,
    traffic: Option<Traffic>,
    sampling: Option<f64>,
    oldest: Option<Instant>,
    counts: &'a [SpanCounts],
}

impl Case<'_> {
    fn findings(&self) -> Vec<Finding> {
        let services: Vec<String> = self.services.iter().map(|name| (*name).to_owned()).collect();
        let subject = subject();
        let names = Names::of(&subject, NameRules::default(), &services);
        diagnose_absence(&Absence {
            subject: &subject,
            names: &names,
            services: &services,
            range: range(),
            coverage: self.coverage,
            traffic: self.traffic.as_ref(),
            sampling: self.sampling,
            oldest: self.oldest,
            counts: self.counts,
        })
    }

    fn check(&self, expect: &str) -> Vec<Finding> {
        let findings = self.findings();
        let name = |finding: &Finding| {
            let text = format!("{:?}", finding.trouble);
            let name = text.split([' ', '{']).next().unwrap().to_owned();
            if finding.is_established() { name } else { name + "?" }
        };
        assert_eq!(findings.iter().map(name).collect::<Vec<_>>().join(" "), expect, "{findings:?}");
        findings
    }
}

const NOTHING: Case<'static> =
    Case { services: &["reviews.shop"], coverage: None, traffic: None, sampling: None, oldest: None, counts: &[] };

fn requests(rate: f64) -> Traffic {
    Traffic { requests: PerSec(rate), ..Traffic::default() }
}

#[test]
fn names_that_differ_are_said_with_the_rule_that_made_them_meet() {
    Case { services: &[], ..NOTHING }.check("Empty");
    NOTHING.check("");
    let findings = Case { services: &["Reviews.Shop"], ..NOTHING }.check("OtherName");
    let (known, wanted) = ("Reviews.Shop".to_owned(), "reviews.shop".to_owned());
    assert_eq!(findings[0].trouble, Trouble::OtherName { known, wanted, meeting: Meeting::OtherCase });
    assert_eq!(findings[0].remedies[0].command().as_deref(), Some("OTEL_SERVICE_NAME=reviews.shop"));
    let findings = Case { services: &["other", "my-reviews"], ..NOTHING }.check("UnknownName");
    assert!(matches!(&findings[0].trouble, Trouble::UnknownName { near, known: 2, .. } if near == &["my-reviews"]));
}

#[test]
fn traffic_that_leaves_no_spans_is_told_by_its_layer() {
    let l4 = Traffic { bytes: BytesPerSec(9e3), ..Traffic::default() };
    let findings = Case { services: &["x"], traffic: Some(l4), ..NOTHING }.check("OnlyL4 UnknownName");
    assert_eq!(
        findings[0].remedies[0].command().as_deref(),
        Some("istioctl waypoint apply --enroll-namespace -n shop")
    );
    Case { traffic: Some(Traffic::default()), ..NOTHING }.check("NoTraffic?");
    let waypoint = NodeKey::workload("c", "edge", "waypoint");
    let through = Traffic { requests: PerSec(5.0), through: vec![(waypoint, PerSec(5.0))], ..Traffic::default() };
    let findings = Case { traffic: Some(through.clone()), ..NOTHING }.check("WaypointSilent");
    let command = findings[0].remedies[0].command().unwrap();
    assert!(
        command.starts_with("kubectl apply -n edge -f - <<'EOF'\n") && command.contains("    name: waypoint\n"),
        "{command}"
    );
    for known in ["waypoint.edge", "Waypoint.edge", "reviews.shop.svc.cluster.local"] {
        Case { services: &["reviews.shop", known], traffic: Some(through.clone()), ..NOTHING }.check("");
    }
    Case { services: &["reviews.shop", "waypoint.shop"], traffic: Some(through), ..NOTHING }.check("WaypointSilent");
}

#[test]
fn sampling_explains_what_it_can() {
    let none = Some(coverage(0, 0, SearchEnd::Exhausted));
    // 0.5/s for ten minutes: 300 requests, three traces at one per cent.
    let findings = Case { coverage: none, traffic: Some(requests(0.5)), ..NOTHING }.check("SamplingLow?");
    let Trouble::SamplingLow { requests: count, expected, found: 0, .. } = findings[0].trouble else { panic!() };
    assert!((count - 300.0).abs() < 1e-9 && (expected - 3.0).abs() < 1e-9);
    assert_eq!(findings[0].remedies, [Remedy::Sample { percent: 7.0, namespace: "shop".into() }]);
    Case { coverage: none, traffic: Some(requests(0.5)), sampling: Some(1.0), ..NOTHING }
        .check("NoSpansDespiteTraffic?");
    Case { coverage: none, traffic: Some(requests(50.0)), ..NOTHING }.check("NoSpansDespiteTraffic?");
    Case { coverage: none, traffic: Some(requests(f64::NAN)), ..NOTHING }.check("");
    Case { coverage: none, traffic: Some(requests(f64::INFINITY)), ..NOTHING }.check("");
}

#[test]
fn a_search_that_ended_early_or_was_filtered_says_so() {
    Case { coverage: Some(coverage(0, 300, SearchEnd::Bounded)), ..NOTHING }.check("NotSearchedThrough");
    Case { coverage: Some(coverage(0, 0, SearchEnd::Failed)), ..NOTHING }.check("NotSearchedThrough");
    Case { coverage: Some(coverage(0, 300, SearchEnd::Exhausted)), traffic: Some(requests(50.0)), ..NOTHING }
        .check("FilteredOut");
    Case { coverage: Some(coverage(9, 300, SearchEnd::Bounded)), ..NOTHING }.check("");
    let oldest = range().to + Duration::from_secs(1);
    let findings = Case { oldest: Some(oldest), ..NOTHING }.check("BeforeOldest");
    let later = TimeRange { from: oldest, to: oldest + range().length() };
    assert_eq!(findings[0].remedies, [Remedy::ChangeRange { range: later }]);
    Case { oldest: Some(range().from), ..NOTHING }.check("");
}

#[test]
fn spans_of_applications_and_proxies_should_share_traces() {
    let of = |applications, proxies| SpanCounts { proxies, applications };
    Case { counts: &[of(2, 0), of(0, 3), of(0, 1)], ..NOTHING }.check("Unlinked");
    Case { counts: &[of(2, 0), of(0, 3), of(1, 1)], ..NOTHING }.check("");
    Case { counts: &[of(2, 0)], ..NOTHING }.check("");
}

#[test]
fn no_name_leaves_its_quotes() {
    let namespace = "a'; rm -rf /\n'".to_owned();
    let command = Remedy::AddWaypoint { namespace: namespace.clone() }.command().unwrap();
    assert!(command.ends_with("-n 'a'\\''; rm -rf /\n'\\'''"), "{command}");
    let waypoint = Waypoint { name: "w'\nEOF\nrm".into(), namespace };
    let command = Remedy::EnableTracing { namespace: None, waypoint: Some(waypoint) }.command().unwrap();
    assert!(command.contains("    name: 'w''EOFrm'\n"), "{command}");
    assert_eq!(command.matches("\nEOF").count(), 1);
}

/// An edge with so many requests and bytes a second, through a waypoint when it is logical.
fn edge(builder: &mut TopologyBuilder, names: [&str; 2], logical: bool, requests: f64, bytes: f64) {
    let key = |name: &str| NodeKey::workload("c", "shop", name);
    let [source, target] = names.map(key);
    let protocol = if requests > 0.0 { Protocol::Http } else { Protocol::Tcp };
    let edge = Edge {
        source: 0,
        target: 0,
        protocol,
        kind: if logical { HopKind::LogicalRequests } else { HopKind::Ambient },
        logical,
        via: logical.then(|| key("waypoint")),
        told: Told::default(),
        requests: (requests > 0.0).then(|| Requests {
            rate: PerSec(requests),
            failures: PerSec(0.0),
            client_errors: PerSec(0.0),
            responses: vec![],
            reporter: Reporter::Waypoint,
            measured: None,
        }),
        bytes: (bytes > 0.0).then_some(Bytes {
            sent: BytesPerSec(bytes),
            received: BytesPerSec(0.0),
            reporter: Reporter::Destination,
            emitter: Emitter::Ztunnel,
        }),
        connections: None,
        security: Security::Unknown,
        identities: vec![],
        operations: vec![],
        services: vec![],
        reporters: vec![],
    };
    builder.node(Node::of_key(source.clone()));
    builder.node(Node::of_key(target.clone()));
    builder.edge(EdgeKey { source, target, protocol, logical }, edge);
}

#[test]
fn the_traffic_of_a_node_is_told_by_its_edges() {
    let mut builder = TopologyBuilder::default();
    edge(&mut builder, ["web", "reviews"], true, 2.0, 7.0);
    edge(&mut builder, ["reviews", "ratings"], true, 3.0, 0.0);
    edge(&mut builder, ["waypoint", "reviews"], false, 0.0, 100.0);
    edge(&mut builder, ["web", "ratings"], true, 50.0, 0.0);
    let topology = builder.finish(Tolerances::default());
    let key = |name: &str| NodeKey::workload("c", "shop", name);
    let through = vec![(key("waypoint"), PerSec(5.0))];
    let expect = Traffic { requests: PerSec(5.0), through, bytes: BytesPerSec(100.0) };
    assert_eq!(Traffic::of(&topology, &key("reviews")), expect, "the bytes of a logical edge are those of its legs");
    assert_eq!(Traffic::of(&topology, &key("nobody")), Traffic::default());
}

#[test]
fn a_back_end_that_fails_is_quoted() {
    let error = BackendError::Unreachable;
    let fails = WhyNone::Fails { base: "http://b".into(), dialect: Dialect::Zipkin, error: error.clone() };
    assert_eq!(one(&fails, &page("http://p", "http://b")).trouble, Trouble::BackEndFails { error });
    let wrong = one(&WhyNone::NoApi, &page("https://p", "http://b"));
    assert!(matches!(wrong.trouble, Trouble::WrongPath { .. }), "what answered was not kept from being asked");
}
