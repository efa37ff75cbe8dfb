//! Spans on nodes and edges.

use super::{of_kind, read, span, tree};
use crate::backend::trace::{NewSpan, SpanKind, Spans};
use crate::mesh::{
    App, Edge, EdgeKey, HopKind, Host, Node, NodeKey, Protocol, Security, Told, Tolerances, Topology, TopologyBuilder,
    Version,
};
use crate::tracing::{Facts, Filter, Matcher, NameRules, Names, Proxy, Sign, Subject, overview, place};

fn node(name: &str, app: &str, version: &str) -> Node {
    let key = NodeKey::workload("Kubernetes", "bookinfo", name);
    Node { app: App::new(app), version: Version::new(version), ..Node::of_key(key) }
}

fn edge(builder: &mut TopologyBuilder, source: &str, target: &str, logical: bool) {
    let key = |name: &str| NodeKey::workload("Kubernetes", "bookinfo", name);
    let edge_key = EdgeKey { source: key(source), target: key(target), protocol: Protocol::Http, logical };
    let edge = Edge {
        source: 0,
        target: 0,
        protocol: Protocol::Http,
        kind: if logical { HopKind::LogicalRequests } else { HopKind::Requests },
        logical,
        via: logical.then(|| key("waypoint")),
        told: Told::default(),
        requests: None,
        bytes: None,
        connections: None,
        security: Security::Unknown,
        identities: vec![],
        operations: vec![],
        services: vec![Host::new(&format!("{}.bookinfo.svc.cluster.local", target.split('-').next().unwrap()))],
        reporters: vec![],
    };
    builder.edge(edge_key, edge);
}

fn bookinfo() -> Topology {
    let mut builder = TopologyBuilder::default();
    for (name, app, version) in [
        ("productpage-v1", "productpage", "v1"),
        ("ratings-v1", "ratings", "v1"),
        ("reviews", "reviews", "v1"),
        ("reviews-v2", "reviews", "v2"),
        ("waypoint", "waypoint", "latest"),
        ("waypoint-two", "waypoint-two", "latest"),
    ] {
        builder.node(node(name, app, version));
    }
    edge(&mut builder, "productpage-v1", "reviews", false);
    edge(&mut builder, "reviews", "ratings-v1", false);
    edge(&mut builder, "productpage-v1", "reviews-v2", true);
    edge(&mut builder, "productpage-v1", "waypoint", false);
    edge(&mut builder, "waypoint", "reviews-v2", false);
    builder.finish(Tolerances::default())
}

/// Each span as `emitter: source>target [edges]`.
fn placed(spans: &Spans) -> Vec<String> {
    let topology = bookinfo();
    let matcher = Matcher::of(&topology);
    let name = |node: &usize| topology.nodes[*node].key.title().to_owned();
    let names = |nodes: &[usize]| nodes.iter().map(name).collect::<Vec<_>>().join("|");
    let edge = |edge: &usize| {
        let edge = &topology.edges[*edge];
        format!("{}{}{}", name(&edge.source), if edge.logical { "~" } else { "-" }, name(&edge.target))
    };
    (place(&matcher, &tree(spans)).iter())
        .map(|one| {
            let edges: Vec<String> = one.edges.iter().map(edge).collect();
            format!("{}: {}>{} [{}]", names(&one.emitter), names(&one.source), names(&one.target), edges.join(" "))
        })
        .collect()
}

fn proxy<'a>(tags: &'a [(&'a str, &'a str)], kind: SpanKind, span: NewSpan<'a>) -> NewSpan<'a> {
    NewSpan { tags, kind, service: "", ..span }
}

const PRODUCTPAGE: &str = "sidecar~10.0.0.1~productpage-v1-6b746f74dc-9rlmh.bookinfo~bookinfo.svc.cluster.local";
const REVIEWS_V2: &str = "sidecar~10.0.0.2~reviews-v2-7d6c9f8b5-x2k4p.bookinfo~bookinfo.svc.cluster.local";
const REVIEWS: &str = "sidecar~10.0.0.3~reviews-7d6c9f8b5-x2k4p.bookinfo~bookinfo.svc.cluster.local";
const WAYPOINT: &str = "waypoint~10.0.0.4~waypoint-5b7c754ccb-55jwk.bookinfo~bookinfo.svc.cluster.local";

#[test]
fn client_and_server_tell_of_the_edge_between_them() {
    let client = [("node_id", PRODUCTPAGE), ("upstream_cluster", "outbound|9080||reviews.bookinfo.svc.cluster.local")];
    let server = [("node_id", REVIEWS), ("upstream_cluster", "inbound|9080||")];
    let spans = Spans::of(&[
        proxy(&client, SpanKind::Client, span(1, 0, 0, 9)),
        proxy(&server, SpanKind::Server, span(2, 1, 1, 8)),
    ]);
    let expect = [
        "productpage-v1: productpage-v1>reviews [productpage-v1-reviews]",
        "reviews: productpage-v1>reviews [productpage-v1-reviews]",
    ];
    assert_eq!(placed(&spans), expect);
}

#[test]
fn a_client_alone_tells_of_the_edges_on_which_its_host_is_asked_for() {
    let client = [("node_id", PRODUCTPAGE), ("upstream_cluster", "outbound|9080||reviews.bookinfo.svc.cluster.local")];
    let spans = Spans::of(&[proxy(&client, SpanKind::Client, span(1, 0, 0, 9))]);
    assert_eq!(placed(&spans), ["productpage-v1: productpage-v1> [productpage-v1-reviews productpage-v1~reviews-v2]"]);
}

#[test]
fn a_waypoint_tells_of_both_ends_and_both_legs() {
    let told = [
        ("node_id", WAYPOINT),
        ("upstream_cluster", "inbound-vip|9080|http|reviews.bookinfo.svc.cluster.local"),
        ("istio.source_workload", "productpage-v1"),
        ("istio.source_namespace", "bookinfo"),
        ("istio.destination_workload", "reviews-v2"),
        ("istio.destination_namespace", "bookinfo"),
    ];
    let spans = Spans::of(&[proxy(&told, SpanKind::Server, span(1, 0, 0, 9))]);
    let all = "[productpage-v1~reviews-v2 productpage-v1-waypoint waypoint-reviews-v2]";
    assert_eq!(placed(&spans), [format!("waypoint: productpage-v1>reviews-v2 {all}")]);
    // Before Istio 1.29 the neighbours in the tree tell.
    let client = [("node_id", PRODUCTPAGE)];
    let server = [("node_id", REVIEWS_V2)];
    let spans = Spans::of(&[
        proxy(&client, SpanKind::Client, span(1, 0, 0, 9)),
        proxy(&told[..2], SpanKind::Server, span(2, 1, 1, 8)),
        proxy(&server, SpanKind::Server, span(3, 2, 2, 7)),
    ]);
    assert_eq!(
        placed(&spans),
        [
            "productpage-v1: productpage-v1>waypoint [productpage-v1-waypoint]".to_owned(),
            format!("waypoint: productpage-v1>reviews-v2 {all}"),
            "reviews-v2: waypoint>reviews-v2 [waypoint-reviews-v2]".to_owned(),
        ]
    );
}

#[test]
fn a_waypoint_does_not_tell_of_what_goes_through_another() {
    let told = [
        ("node_id", "waypoint~10.0.0.5~waypoint-two-5b7c754ccb-55jwk.bookinfo~bookinfo.svc.cluster.local"),
        ("istio.source_workload", "productpage-v1"),
        ("istio.source_namespace", "bookinfo"),
        ("istio.destination_workload", "reviews-v2"),
        ("istio.destination_namespace", "bookinfo"),
    ];
    let spans = Spans::of(&[proxy(&told, SpanKind::Server, span(1, 0, 0, 9))]);
    assert_eq!(placed(&spans), ["waypoint-two: productpage-v1>reviews-v2 []"]);
    // Without a proxy's own identifier both ends say that it is a waypoint's.
    let spans = Spans::of(&[proxy(&told[1..], SpanKind::Server, span(1, 0, 0, 9))]);
    assert_eq!(placed(&spans), [": productpage-v1>reviews-v2 [productpage-v1~reviews-v2]"]);
}

#[test]
fn the_pod_tells_versions_apart_and_names_match_whole() {
    let topology = bookinfo();
    let matcher = Matcher::of(&topology);
    let check = |tags: &[(&str, &str)], service: &str, expect: &[&str], sign: Option<Sign>| {
        let spans = Spans::of(&[NewSpan { service, tags, ..span(1, 0, 0, 9) }]);
        let facts = Facts::of(&tree(&spans).span(0).unwrap());
        let (nodes, found) = matcher.emitter(&facts);
        let names: Vec<&str> = nodes.iter().map(|node| topology.nodes[*node].key.title()).collect();
        assert_eq!((names.as_slice(), found), (expect, sign), "{tags:?} {service}");
    };
    check(&[("node_id", REVIEWS_V2)], "", &["reviews-v2"], Some(Sign::Pod));
    check(&[("node_id", REVIEWS)], "", &["reviews"], Some(Sign::Pod));
    let app = [("istio.canonical_service", "reviews"), ("istio.namespace", "bookinfo")];
    check(&app, "", &["reviews", "reviews-v2"], Some(Sign::Tags));
    let version = [app[0], app[1], ("istio.canonical_revision", "v2")];
    check(&version, "", &["reviews-v2"], Some(Sign::Tags));
    check(&[], "ratings.bookinfo", &["ratings-v1"], Some(Sign::ServiceName));
    check(&[("service.namespace", "bookinfo")], "ratings", &["ratings-v1"], Some(Sign::ServiceName));
    check(
        &[("k8s.pod.name", "ratings-v1-7d6c9f8b5-x2k4p"), ("k8s.namespace.name", "bookinfo")],
        "x",
        &["ratings-v1"],
        Some(Sign::Pod),
    );
    check(&[("service.namespace", "bookinfo")], "Ratings", &["ratings-v1"], Some(Sign::LoweredName));
    check(&[], "Ratings.Bookinfo", &["ratings-v1"], Some(Sign::LoweredName));
    check(&[], "ratings", &[], None);
    check(&[], "ratings.elsewhere", &[], None);
    check(&[], "rating.bookinfo", &[], None);
    check(&[("istio.cluster_id", "other"), app[0], app[1]], "", &[], None);
}

#[test]
fn recorded_spans_say_who_they_are() {
    let spans = read(super::TRACES);
    let facts: Vec<Facts<'_>> = spans.traces().flat_map(|trace| trace.iter()).map(|span| Facts::of(&span)).collect();
    assert!(facts.iter().all(|facts| facts.proxy == Proxy::Sidecar && facts.own.namespace == Some("bookinfo")));
    assert_eq!((facts[0].host, facts[0].own.app), (Some("reviews.bookinfo.svc.cluster.local"), Some("reviews")));
}

#[test]
fn traces_are_filtered_by_what_tells_of_a_subject() {
    let subject = |workload: &str, app: &str| Subject {
        namespace: "bookinfo".into(),
        workload: Some(workload.into()),
        app: Some(app.into()),
        ..Subject::default()
    };
    let waypoint_1_29 = [
        ("node_id", WAYPOINT),
        ("istio.destination_workload", "reviews-v2"),
        ("istio.destination_namespace", "bookinfo"),
        ("istio.destination_canonical_service", "reviews"),
    ];
    let old_waypoint =
        [("node_id", WAYPOINT), ("upstream_cluster", "inbound-vip|9080|http|reviews.bookinfo.svc.cluster.local")];
    let sidecar = [("node_id", REVIEWS_V2), ("istio.canonical_service", "reviews"), ("istio.namespace", "bookinfo")];
    let service =
        |name: &str| Subject { namespace: "bookinfo".into(), services: vec![name.into()], ..Subject::default() };
    for (tags, subject, expect) in [
        (&waypoint_1_29[..], subject("reviews-v2", "reviews"), true),
        (&waypoint_1_29, subject("reviews", "reviews"), false),
        (&waypoint_1_29, subject("waypoint", "waypoint"), true),
        (&old_waypoint, service("reviews"), true),
        (&old_waypoint, service("reviews.bookinfo.svc.cluster.local"), true),
        (&old_waypoint, service("reviews-v2"), false),
        (&old_waypoint, service("review"), false),
        (&old_waypoint, Subject { namespace: "other".into(), ..service("reviews") }, false),
        (&sidecar, subject("reviews-v2", "reviews"), true),
        (&sidecar, subject("reviews", "reviews"), false),
    ] {
        let spans = Spans::of(&[proxy(tags, SpanKind::Server, span(1, 0, 0, 9))]);
        let (tree, filter) = (tree(&spans), Filter { subject: Some(subject), ..Filter::default() });
        assert_eq!(filter.passes(&tree, &overview(&tree)), expect, "{tags:?} {:?}", filter.subject);
    }
}

#[test]
fn a_service_that_is_spelt_otherwise_passes_once_its_name_is_known() {
    let subject = Subject { namespace: "bookinfo".into(), app: Some("reviews".into()), ..Subject::default() };
    let of = |service, namespace| {
        let tags = [("service.namespace", namespace)];
        let spans = Spans::of(&[NewSpan { service, process_tags: &tags, ..span(1, 0, 0, 9) }]);
        let names = Names::of(&subject, NameRules::default(), &["Reviews".to_owned(), "Reviews-v2".to_owned()]);
        let known = subject.clone().known_as(&names);
        [subject.clone(), known].map(|one| one.is_told_of_by(&Facts::of(&tree(&spans).span(0).unwrap())))
    };
    assert_eq!(of("Reviews", "bookinfo"), [false, true]);
    assert_eq!(of("Reviews", ""), [false, true], "nobody says which namespace");
    assert_eq!(of("Reviews", "other"), [false, false]);
    assert_eq!(of("Reviews-v2", "bookinfo"), [false, false]);
}

#[test]
fn filters_hold_of_one_span() {
    let (bad, good) =
        ([("error", "true"), ("http.status_code", "503")], [("error", "false"), ("http.status_code", "200")]);
    let spans = Spans::of(&[
        NewSpan { tags: &good, ..of_kind(SpanKind::Client, span(1, 0, 0, 900)) },
        NewSpan { tags: &bad, ..span(2, 1, 1, 2) },
    ]);
    let tree = tree(&spans);
    let tag = |value: &str| vec![("http.status_code".to_owned(), value.to_owned())];
    let none = Filter::default();
    for (filter, expect) in [
        (none.clone(), true),
        (Filter { errors_only: true, ..none.clone() }, true),
        (Filter { errors_only: true, service: Some("s1".into()), ..none.clone() }, false),
        (Filter { errors_only: true, tags: tag("503"), ..none.clone() }, true),
        (Filter { errors_only: true, tags: tag("200"), ..none.clone() }, false),
        (Filter { min_micros: Some(900), max_micros: Some(900), ..none.clone() }, true),
        (Filter { min_micros: Some(901), ..none.clone() }, false),
        (Filter { operation: Some("o".into()), ..none.clone() }, false),
    ] {
        let overview = overview(&tree);
        assert_eq!(filter.passes(&tree, &overview), expect, "{filter:?}");
        assert!(filter.may_pass(&overview) || !expect);
    }
}

#[test]
fn both_spellings_of_an_attribute_are_one() {
    use crate::tracing::Attribute;
    let tags = [
        ("http.response.status_code", "503"),
        ("response_flags", "-"),
        ("url.full", "http://a/"),
        ("http.method", "GET"),
    ];
    let spans = Spans::of(&[NewSpan { tags: &tags, process_tags: &[("host.name", "pod")], ..span(1, 0, 0, 9) }]);
    let span = tree(&spans).span(0).unwrap();
    for (attribute, expect) in [
        (Attribute::StatusCode, Some("503")),
        (Attribute::Url, Some("http://a/")),
        (Attribute::Method, Some("GET")),
        (Attribute::Hostname, Some("pod")),
        (Attribute::ResponseFlags, None),
        (Attribute::GrpcStatus, None),
    ] {
        assert_eq!(attribute.of(&span), expect, "{attribute:?}");
    }
}
