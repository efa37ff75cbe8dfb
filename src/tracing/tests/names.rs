//! What back ends call workloads, services and waypoints.

use crate::tracing::{Forced, Meeting, NameRules, Names, Subject, Waypoint};

fn reviews() -> Subject {
    Subject {
        namespace: "shop".into(),
        workload: Some("reviews-v2".into()),
        app: Some("reviews".into()),
        canonical: Some("reviews".into()),
        services: vec!["reviews.shop.svc.cluster.local".into()],
        waypoints: vec![Waypoint { name: "waypoint".into(), namespace: "mesh-edge".into() }],
        ..Subject::default()
    }
}

/// Matches as `known<-wanted how`, `*` for shared.
fn found(subject: &Subject, rules: NameRules, known: &[&str]) -> String {
    let known: Vec<String> = known.iter().map(|name| (*name).to_owned()).collect();
    let names = Names::of(subject, rules, &known);
    let print = |one: &crate::tracing::NameMatch| {
        let how = match one.meeting {
            Meeting::Exact => "",
            Meeting::OtherCase => " case",
            Meeting::OtherSuffix => " suffix",
            Meeting::OtherCaseAndSuffix => " both",
        };
        let wanted = if one.known == one.wanted.name { String::new() } else { format!("<-{}", one.wanted.name) };
        format!("{}{wanted}{how}{}", one.known, if one.is_shared { "*" } else { "" })
    };
    names.matches.iter().map(print).collect::<Vec<_>>().join(", ")
}

#[test]
fn names_are_found_as_the_back_end_spells_them() {
    let auto = NameRules::default();
    for (known, expect) in [
        // Istio's default, in every release.
        (&["reviews.shop", "reviews.other", "ratings.shop"][..], "reviews.shop"),
        // Waypoints up to 1.27 and from 1.30 on, and in all releases over Zipkin: the waypoint's own namespace.
        (&["waypoint.mesh-edge", "waypoint.shop"], "waypoint.mesh-edge*"),
        // Waypoints of 1.28 and 1.29 over OTLP.
        (&["reviews.shop.svc.cluster.local", "ratings.shop.svc.cluster.local"], "reviews.shop.svc.cluster.local"),
        // Both during an upgrade, and the sidecars.
        (
            &["reviews.shop", "reviews.shop.svc.cluster.local", "waypoint.mesh-edge"],
            "reviews.shop, waypoint.mesh-edge*, reviews.shop.svc.cluster.local",
        ),
        // `CANONICAL_NAME_ONLY`, enrichment, and applications: no namespace.
        (&["reviews", "reviews-v1"], "reviews*"),
        // The label `app` is missing.
        (&["reviews-v2.shop", "reviews-v1.shop"], "reviews-v2.shop"),
        // Another case, another suffix: said.
        (&["Reviews.Shop"], "Reviews.Shop<-reviews.shop case"),
        (&["Reviews"], "Reviews<-reviews case*"),
        (&["reviews.shop.svc"], "reviews.shop.svc<-reviews.shop suffix"),
        (&["REVIEWS.shop.svc.example.org"], "REVIEWS.shop.svc.example.org<-reviews.shop both"),
        // Another namespace, and names that only begin alike.
        (&["reviews.other", "reviews-v1.shop", "reviewsx.shop", "reviews.shopping"], ""),
        (&[], ""),
    ] {
        assert_eq!(found(&reviews(), auto, known), expect, "{known:?}");
    }
}

#[test]
fn what_is_forced_holds_while_it_finds_anything() {
    let known = ["reviews.shop", "reviews", "waypoint.mesh-edge", "waypoint"];
    for (suffix, waypoint, expect) in [
        (Forced::Yes, Forced::No, "reviews.shop"),
        (Forced::No, Forced::No, "reviews*"),
        (Forced::Yes, Forced::Yes, "waypoint.mesh-edge*"),
        (Forced::No, Forced::Yes, "waypoint*"),
        (Forced::Auto, Forced::No, "reviews.shop, reviews*"),
        (Forced::Auto, Forced::Auto, "reviews.shop, waypoint.mesh-edge*, reviews*, waypoint*"),
    ] {
        let rules = NameRules { namespace_suffix: suffix, waypoint_name: waypoint };
        assert_eq!(found(&reviews(), rules, &known), expect, "{rules:?}");
    }
    let never = NameRules { namespace_suffix: Forced::No, waypoint_name: Forced::No };
    assert_eq!(found(&reviews(), never, &["reviews.shop"]), "reviews.shop<-reviews suffix");
    let always = NameRules { namespace_suffix: Forced::Yes, waypoint_name: Forced::No };
    assert_eq!(found(&reviews(), always, &["reviews"]), "reviews<-reviews.shop suffix*");
    let no_waypoint = Subject { waypoints: vec![], ..reviews() };
    let rules = NameRules { waypoint_name: Forced::Yes, ..NameRules::default() };
    assert_eq!(
        found(&no_waypoint, rules, &["reviews.shop"]),
        "reviews.shop",
        "without a waypoint there is none to name"
    );
}

#[test]
fn a_name_that_is_missing_asks_for_nothing() {
    let bare = Subject { namespace: "shop".into(), app: Some(String::new()), ..Subject::default() };
    let names = Names::of(&bare, NameRules::default(), &[".shop".to_owned()]);
    assert!(names.wanted.is_empty() && names.matches.is_empty());
    let near = Names::of(&reviews(), NameRules::default(), &["team-Reviews-prod".to_owned(), "x".to_owned()]);
    assert_eq!(near.near, ["team-Reviews-prod"]);
}

#[test]
fn a_waypoints_spans_are_found_by_each_of_its_names() {
    use super::{Tree, span};
    use crate::backend::trace::{NewSpan, SpanKind, Spans};
    use crate::tracing::{Facts, Filter, Proxy, overview};
    let node_id = ("node_id", "waypoint~10.0.0.4~waypoint-5b7c754ccb-55jwk.mesh-edge~mesh-edge.svc.cluster.local");
    let upstream = |host| [node_id, ("upstream_cluster", host), ("component", "proxy")];
    let own = upstream("inbound-vip|9080|http|reviews.shop.svc.cluster.local");
    let foreign = upstream("inbound-vip|9080|http|ratings.shop.svc.cluster.local");
    for (release, own_name, foreign_name) in [
        ("up to 1.27, and over Zipkin", "waypoint.mesh-edge", "waypoint.mesh-edge"),
        ("1.28 and 1.29 over OTLP", "reviews.shop.svc.cluster.local", "ratings.shop.svc.cluster.local"),
        ("from 1.30 on", "waypoint.mesh-edge", "waypoint.mesh-edge"),
    ] {
        let names = Names::of(&reviews(), NameRules::default(), &[own_name.to_owned(), foreign_name.to_owned()]);
        let found: Vec<&str> = names.matches.iter().map(|one| one.known.as_str()).collect();
        assert_eq!(found, [own_name], "{release}");
        let passes = |service, tags| {
            let spans = Spans::of(&[NewSpan { service, tags, kind: SpanKind::Server, ..span(1, 0, 0, 9) }]);
            let tree = Tree::of(spans.traces().next().unwrap());
            assert_eq!(Facts::of(&tree.span(0).unwrap()).proxy, Proxy::Waypoint);
            let filter = Filter { subject: Some(reviews().known_as(&names)), ..Filter::default() };
            filter.passes(&tree, &overview(&tree))
        };
        assert_eq!((passes(own_name, &own[..]), passes(foreign_name, &foreign[..])), (true, false), "{release}");
    }
}
