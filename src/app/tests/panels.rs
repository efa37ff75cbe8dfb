//! What is told of a selected element, and of all in tables.

use serde_json::json;

use super::player::{Player, config, english};
use super::small::{CLOSED, OPENED, REQUESTS, Series, Small, TO_SERVER, series};
use crate::app::panel::{self, Details, Tone, Voice};
use crate::app::{Message, Selection};
use crate::mesh::{Edge, Health, HopKind, Reporter, Told, Topology};
use crate::quantity::{BytesPerSec, Plain};
use crate::telemetry::Latency;
use crate::words::Language;

fn topology(player: &Player) -> &Topology {
    &player.app.graph.shown().expect("a graph").topology
}

fn edge_details(player: &Player, fits: impl Fn(&Edge) -> bool) -> Details {
    let topology = topology(player);
    let edge = topology.edges.iter().find(|edge| fits(edge)).expect("such an edge");
    let selection = Selection::edge(&topology.edge_key(edge).unwrap());
    let details = panel::details(&selection, topology, english());
    assert_eq!(details.why_none, "");
    details.with_hops(&selection, player.app.graph.shown().unwrap(), english())
}

fn fact<'a>(details: &'a Details, name: &str) -> &'a panel::Fact {
    let fact = details.facts.iter().find(|fact| fact.name == name);
    fact.unwrap_or_else(|| panic!("{name} in {:#?}", details.facts))
}

#[test]
fn an_edge_tells_its_traffic_and_who_counted_it() {
    let player = Player::started("");
    let stream = edge_details(&player, |edge| edge.kind == HopKind::Ambient && edge.byte_rate().is_flowing());
    assert_eq!(stream.caption, "TCP between two ztunnels");
    assert!(fact(&stream, "Sent").value.ends_with("B/s"));
    assert_eq!(fact(&stream, "Sent").source, "Destination (ztunnel)");
    assert_eq!(fact(&stream, "Security").value, "Mutual TLS");
    assert_eq!(stream.responses, []);
    let tolerances = player.app.config.tolerances;
    let failing = edge_details(&player, |edge| edge.requests.is_some() && edge.health(tolerances) == Health::Failing);
    assert_eq!((failing.health, fact(&failing, "Health").tone), (Health::Failing, Tone::Bad));
    assert!(failing.responses.iter().all(|row| !row.code.is_empty() && row.share.ends_with('%')));
    assert!(failing.responses.len() > 1);
}

#[test]
fn an_edge_tells_what_is_measured_of_it() {
    let player = Player::started("");
    let grpc = edge_details(&player, |edge| {
        let measured = edge.requests.as_ref().and_then(|requests| requests.measured);
        measured.is_some_and(|one| one.messages.iter().all(Option::is_some) && one.mean_secs() > Some(0.001))
    });
    for (name, unit) in [
        ("Mean response time", "ms"),
        ("Request bytes", "B/s"),
        ("Response bytes", "B/s"),
        ("gRPC messages sent", "/s"),
        ("gRPC messages received", "/s"),
    ] {
        let fact = fact(&grpc, name);
        assert!(fact.value.ends_with(unit) && !fact.source.is_empty(), "{fact:?}");
    }
    let open = |edge: &Edge| edge.connections.is_some_and(|connections| connections.active > Some(0.0));
    let stream = edge_details(&player, open);
    assert!(fact(&stream, "Connections closed").value.ends_with("/s"));
    assert!(fact(&stream, "Connections open now").value.parse::<f64>().is_ok_and(|count| count > 0.0));
}

#[test]
fn quantiles_are_told_with_their_reporter_and_none_without_requests() {
    let latency = Latency { secs: [Some(0.012), Some(1.5), None], reporter: Reporter::Waypoint };
    let told = panel::latency_facts(&latency, english()).into_iter().map(|fact| (fact.name, fact.value, fact.source));
    let told: Vec<_> = told.map(|(name, value, source)| format!("{name}: {value} by {source}")).collect();
    assert_eq!(
        told,
        ["Median response time: 12\u{202f}ms by Waypoint", "95% answered within: 1.5\u{202f}s by Waypoint"]
    );
}

#[test]
fn an_edge_on_which_nothing_flows_is_idle_and_hidden_until_asked_for() {
    let small = Small(vec![
        series(TO_SERVER, "destination", "shop/web", "data/db", 0.0),
        series(OPENED, "destination", "shop/web", "data/db", 0.0),
        series(REQUESTS, "destination", "shop/web", "shop/cart", 0.0),
        series(REQUESTS, "destination", "shop/web", "shop/api", 0.1),
        series(CLOSED, "source", "shop/web", "shop/gone", 0.1).with("response_flags", "CONNECT"),
    ]);
    for (query, expect) in [("", 2), ("idleEdges=true", 4)] {
        let small = small.clone();
        let mut player = Player::new(&config(), query);
        player.answers(move |call| Ok(small.answer(call)));
        player.send(Message::Started);
        player.settle();
        let all = topology(&player);
        let idle = all.edges.iter().filter(|edge| edge.health(all.tolerances) == Health::Idle).count();
        assert_eq!((all.edges.len(), idle, player.app.view.visible(all).edges.len()), (4, 2, expect), "{query}");
    }
}

#[test]
fn a_logical_edge_names_its_waypoint() {
    let player = Player::started("");
    let logical = edge_details(&player, |edge| edge.kind == HopKind::LogicalRequests && edge.via.is_some());
    assert_eq!(fact(&logical, "Via").value, "waypoint");
    assert!(fact(&logical, "Reported by").value.contains("Waypoint"));
}

#[test]
fn an_end_to_end_edge_leads_to_its_legs_and_back() {
    let mut player = Player::started("");
    let flowing = |edge: &Edge| edge.kind == HopKind::LogicalRequests && edge.error_share().is_some();
    let logical = edge_details(&player, |edge| flowing(edge) && edge.via.is_some());
    let titles: Vec<_> = logical.legs.iter().map(|leg| leg.title.as_str()).collect();
    assert!(titles.len() == 2 && titles.iter().all(|title| title.contains("waypoint")), "{titles:?}");
    assert_eq!(logical.carries, []);
    for leg in logical.legs {
        let place = leg.edge.edge_place(topology(&player)).expect("an edge");
        let edge = topology(&player).edges[place].clone();
        let back = edge_details(&player, |other| *other == edge);
        assert!(back.legs.is_empty() && back.carries.iter().any(|one| one.title == logical.title));
        // It is drawn as soon as the reader is there.
        let is_drawn = |player: &Player| {
            let visible = player.app.view.visible(topology(player));
            leg.edge.edge_place(&visible).is_some()
        };
        assert!(!is_drawn(&player));
        player.send(Message::Select(Some(leg.edge.clone())));
        player.settle();
        assert!(is_drawn(&player));
        assert!(!player.panel().charts.is_empty());
        player.send(Message::Select(None));
    }
}

#[test]
fn a_node_tells_its_neighbours_and_how_its_role_is_known() {
    let player = Player::started("");
    let topology = topology(&player);
    let node = |id: &str| panel::details(&Selection::Node(id.into()), topology, english());
    let waypoint = node("workload:c1/store/waypoint");
    let role = fact(&waypoint, "Role");
    assert_eq!(role.value, "Waypoint");
    assert!(role.source.contains("declared by scrape label"), "{}", role.source);
    assert!(!waypoint.calls.is_empty() && !waypoint.called_by.is_empty());
    for peer in waypoint.calls.iter().chain(&waypoint.called_by) {
        assert!(peer.edge.edge_place(topology).is_some() && !peer.text.is_empty(), "{peer:?}");
    }
}

#[test]
fn an_end_to_end_edge_stands_for_its_hops_among_neighbours() {
    let player = Player::started("");
    let topology = topology(&player);
    let node = |id: &str| panel::details(&Selection::Node(id.into()), topology, english());
    let titles = |peers: &[panel::Peer]| peers.iter().map(|peer| peer.title.clone()).collect::<Vec<_>>();
    let catalogue = node("workload:c1/store/catalogue-v1");
    assert_eq!(titles(&catalogue.called_by), ["price-import", "search", "shop-gateway-istio", "web-v1"]);
    assert!(!titles(&catalogue.calls).iter().any(|title| title == "waypoint"), "{:?}", titles(&catalogue.calls));
    let expect = ["catalogue-v1", "catalogue-v2", "recommendations", "shop-gateway-istio", "web-v1", "web-v2"];
    assert_eq!(titles(&node("workload:c1/store/waypoint").called_by), expect);
}

/// Two clients of the same name, and one whose two protocols are no reason to tell it from itself.
#[test]
fn neighbours_of_the_same_name_are_told_apart_by_namespace() {
    let called = |source| series(REQUESTS, "destination", source, "data/db", 1.0);
    let small = Small(vec![
        called("shop/web"),
        called("old/web"),
        called("old/till"),
        called("old/till").with("request_protocol", "grpc"),
    ]);
    let mut player = Player::new(&config(), "");
    player.answers(move |call| Ok(small.answer(call)));
    player.send(Message::Started);
    player.settle();
    let details = panel::details(&Selection::Node("workload:c1/data/db".into()), topology(&player), english());
    let titles: Vec<_> = details.called_by.iter().map(|peer| peer.title.as_str()).collect();
    assert_eq!(titles, ["till", "till", "old/web", "shop/web"]);
}

#[test]
fn what_is_seen_of_a_role_is_said_in_the_language_of_the_reader() {
    let player = Player::started("");
    for (language, expect) in [
        (Language::English, "told by its series: a ztunnel reports on its side"),
        (Language::Chinese, "由其时间序列得知：由它这一侧的 ztunnel 报告"),
    ] {
        let selection = Selection::Node("workload:c1/store/search".into());
        let details = panel::details(&selection, topology(&player), Voice { language, format: &Plain });
        assert!(details.facts.iter().any(|fact| fact.source == expect), "{:?}", details.facts);
    }
    let exported = crate::app::export::export(player.app.graph.shown().unwrap(), topology(&player));
    let nodes = exported["nodes"].as_array().unwrap();
    let search = nodes.iter().find(|node| node["id"] == "workload:c1/store/search").unwrap();
    assert_eq!(search["roleSeen"], "ownZtunnel");
}

#[test]
fn a_link_to_what_is_not_there_is_answered_with_a_sentence() {
    let player = Player::started("edge=nothing");
    for selection in [Selection::Edge("nothing".into()), Selection::Node("workload:c1/store/nowhere".into())] {
        for language in Language::ALL {
            let details = panel::details(&selection, topology(&player), Voice { language, format: &Plain });
            let (Selection::Edge(id) | Selection::Node(id)) = &selection;
            assert!(details.why_none.contains(id) && !details.title.is_empty(), "{details:?}");
            assert!(details.facts.is_empty() && details.calls.is_empty());
        }
    }
}

#[test]
fn a_waypoint_whose_bytes_do_not_leave_it_says_why() {
    let small = Small(vec![
        series(TO_SERVER, "source", "shop/web", "shop/waypoint", 512.0),
        series(REQUESTS, "waypoint", "shop/web", "shop/api", 1.0)
            .with("ws_emitter", "waypoint")
            .with("namespace", "shop"),
    ]);
    let mut player = Player::new(&config(), "graphType=app");
    player.answers(move |call| Ok(small.answer(call)));
    player.send(Message::Started);
    player.settle();
    let told = |player: &Player, id: &str| {
        panel::balance(&Selection::Node(id.into()), player.app.graph.shown().unwrap(), english())
    };
    let finding = told(&player, "workload:c1/shop/waypoint").expect("a finding");
    assert_eq!((finding.name.as_str(), finding.tone), ("Bytes in and out", Tone::Warning));
    assert_eq!(finding.value, "512\u{202f}B/s in, 0\u{202f}B/s out");
    assert!(finding.source.contains("between it and api"), "{}", finding.source);
    let demo = Player::started("");
    let finding = told(&demo, "workload:c1/store/waypoint").expect("requests of a gateway, which counts no bytes");
    assert!(finding.source.contains("it and shop-gateway-istio only HTTP"), "{}", finding.source);
    for id in ["workload:c1/orders/waypoint", "workload:c1/data/orders-db"] {
        assert_eq!(told(&demo, id), None, "{id}");
    }
}

#[test]
fn tables_hold_every_node_and_edge_in_both_languages() {
    let player = Player::started("");
    let topology = topology(&player);
    let mut kinds = Vec::new();
    for language in Language::ALL {
        let voice = Voice { language, format: &Plain };
        let (nodes, edges) = (panel::node_rows(topology, voice), panel::edge_rows(topology, voice));
        assert_eq!((nodes.len(), edges.len()), (topology.nodes.len(), topology.edges.len()));
        assert!(nodes.iter().all(|row| row.selection.node_place(topology).is_some() && !row.title.is_empty()));
        for (row, edge) in edges.iter().zip(&topology.edges) {
            assert_eq!(row.selection.edge_place(topology).and_then(|place| topology.edges.get(place)), Some(edge));
            assert!(!row.source.is_empty() && !row.target.is_empty() && row.name.contains(&row.source));
        }
        kinds.push(edges.into_iter().map(|row| row.kind).collect::<Vec<_>>());
    }
    assert!(kinds[0].iter().zip(&kinds[1]).all(|(english, chinese)| english != chinese));
}

#[test]
fn health_is_judged_by_the_configured_tolerances_everywhere() {
    let failing = series(REQUESTS, "destination", "shop/web", "data/db", 1.0).with("response_code", "503");
    let small = Small(vec![series(REQUESTS, "destination", "shop/web", "data/db", 9.0), failing]);
    let mut value = config();
    value["tolerances"] = json!({ "failures": { "degradedPercent": 20, "failingPercent": 50 } });
    for (value, expect) in [(config(), Health::Failing), (value, Health::Healthy)] {
        let mut player = Player::new(&value, "");
        let small = small.clone();
        player.answers(move |call| Ok(small.answer(call)));
        player.send(Message::Started);
        player.settle();
        let shown = player.app.graph.shown().unwrap();
        let visible = player.app.view.visible(&shown.topology);
        let edge = edge_details(&player, |_| true);
        let node = panel::details(&Selection::Node("workload:c1/data/db".into()), &visible, english());
        assert_eq!((edge.health, node.health, node.called_by[0].health), (expect, expect, expect));
        assert_eq!(panel::edge_rows(&visible, english())[0].health, expect);
        let exported = crate::app::export::export(shown, &visible);
        assert_eq!(
            (&exported["edges"][0]["health"], &exported["nodes"][0]["health"]),
            (&json!(expect.as_str()), &json!(expect.as_str()))
        );
    }
}

#[test]
fn each_way_to_narrow_the_view_leaves_the_rest() {
    let shown = |query: &str| {
        let player = Player::started(query);
        player.app.view.visible(topology(&player))
    };
    let mut player = Player::started("paths=all");
    let all = topology(&player).edges.len();
    assert_eq!(shown("paths=all&idleEdges=true&infrastructure=true").edges.len(), all);
    assert!(shown("paths=all&infrastructure=true").edges.len() < all);
    let mut own = topology(&player).clone();
    for edge in &mut own.edges {
        edge.kind = HopKind::Infrastructure;
    }
    assert_eq!(player.app.view.visible(&own).edges.len(), 0);
    player.send(Message::Change(crate::app::Change::Infrastructure(true)));
    assert!(!player.app.view.visible(&own).edges.is_empty());
    let [logical, hops] = ["paths=logical", "paths=hops"].map(shown);
    assert!(logical.edges.iter().any(|edge| edge.logical) && logical.edges.len() < all);
    assert!(hops.edges.iter().all(|edge| !edge.logical) && hops.edges.len() < all && !hops.edges.is_empty());
    let payments = shown("namespaces=payments");
    let near = |place: usize| payments.nodes[place].key.to_string().contains("/payments/");
    assert!(payments.edges.iter().all(|edge| near(edge.source) || near(edge.target)));
    assert_eq!(shown("namespaces=nowhere").edges.len(), 0);
}

#[test]
fn a_hop_that_is_told_of_in_part_says_both() {
    let mut player = Player::new(&config(), "graphType=app");
    let of = |one: Series, app: &str| one.with("destination_canonical_service", app);
    let leg = |server, bytes| of(series(TO_SERVER, "destination", "shop/waypoint", server, bytes), "reviews");
    let to_waypoint = of(series(TO_SERVER, "source", "shop/web", "shop/waypoint", 10.0), "waypoint");
    let end_to_end = of(series(REQUESTS, "waypoint", "shop/web", "shop/reviews-v1", 1.0), "reviews");
    let end_to_end = end_to_end.with("ws_emitter", "waypoint").with("namespace", "shop");
    let small = Small(vec![to_waypoint, leg("shop/reviews-v1", 12.0), leg("shop/reviews-v2", 5.0), end_to_end]);
    player.answers(move |call| Ok(small.answer(call)));
    player.send(Message::Started);
    player.settle();
    let part = |edge: &Edge| matches!(edge.told, Told::Part(_));
    let edge = topology(&player).edges.iter().find(|edge| part(edge)).expect("such an edge").clone();
    let details = edge_details(&player, |other| *other == edge);
    let rest = edge.untold().unwrap().byte_rate();
    let told = fact(&details, "Also shown end to end");
    let text = |rate| english().bytes(rate);
    assert!(told.value.contains(&text(BytesPerSec(edge.byte_rate().0 - rest.0))), "{told:?}");
    assert!(told.source.contains(&text(rest)), "{told:?} {rest:?}");
    let whole = edge_details(&player, |edge| !matches!(edge.told, Told::Part(_)));
    assert!(whole.facts.iter().all(|fact| fact.name != "Also shown end to end"));
}

#[test]
fn the_hops_of_a_service_dialled_beside_the_usual_one_are_all_listed() {
    let player = Player::started("graphType=service");
    let search = |edge: &Edge| {
        let node = |place: usize| topology(&player).nodes[place].key.title().to_owned();
        edge.logical && node(edge.source) == "search" && node(edge.target).starts_with("catalogue")
    };
    let details = edge_details(&player, search);
    let titles: Vec<_> = details.legs.iter().map(|leg| leg.title.as_str()).collect();
    assert!(titles.len() == 2 && titles.iter().all(|title| title.contains("waypoint")), "{titles:?}");
}

#[test]
fn rows_have_the_bytes_of_requests_where_no_others_are_known() {
    let player = Player::started("");
    let topology = topology(&player);
    let rows = panel::edge_rows(topology, english());
    let mut seen = [0; 2];
    for (row, edge) in rows.iter().zip(&topology.edges) {
        let sizes = edge.requests.as_ref().and_then(|one| one.measured).map(|one| one.sizes);
        match (edge.bytes, sizes) {
            (Some(bytes), _) => assert_eq!(row.sent, Some(bytes.sent)),
            (None, Some(sizes)) => assert_eq!([row.sent, row.received], sizes),
            (None, None) => assert_eq!([row.sent, row.received], [None; 2]),
        }
        seen[usize::from(edge.bytes.is_none())] += usize::from(row.sent.is_some());
    }
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
}
