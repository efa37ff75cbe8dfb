//! Beyond the mesh, beyond the cluster, and ends of which nothing is known.

use super::case::Case;
use super::series::{Report, Series, all, envoy, up, wp, zt};

const API: &str = "api.shop.svc.cluster.local";
const REVIEWS: &str = "reviews.shop.svc.cluster.local";
const EAST_WEST: &str = "istio-gw/eastwest";

pub fn an_address_nobody_knows_is_passed_through() -> Case {
    Case {
        series: all([zt("source", "shop/web", "unknown").plaintext().rx(3.0)]),
        picture: &[
            "shop/web > passthrough=unknown tcp ambientPassthrough plaintext from source; bytes 3 0 source ztunnel",
            "shop/web captured in 0 0 out 3 0",
            "passthrough=unknown plain in 3 0 out 0 0",
        ],
    }
}

pub fn a_sidecar_passes_some_hosts_and_is_denied_others() -> Case {
    let to = |host, cluster| envoy("source", "old/app", "unknown").service(host, cluster, "unknown");
    Case {
        series: all([
            to("example.test", "PassthroughCluster").rq(1.0),
            to("example.test:443", "PassthroughCluster").rq(1.0),
            to("example.org", "BlackHoleCluster").code("502").rq(1.0),
        ]),
        picture: &[
            "old/app > passthrough=example.test http passthrough unknown from source; requests 2 0 0 source",
            "old/app > blackhole http blocked unknown from source; requests 1 1 0 source",
            "old/app sidecar in 0 0 out 0 3",
            "passthrough=example.test plain in 0 2 out 0 0",
            "blackhole plain in 0 1 out 0 0",
        ],
    }
}

fn egress() -> [Report; 2] {
    [
        zt("source", "shop/web", "egress/waypoint").service("httpbin.org", "httpbin-se", "egress").rx(20.0),
        wp("egress/waypoint", "shop/web", "unknown").service("httpbin.org", "httpbin.org", "egress").rq(2.0),
    ]
}

pub fn a_service_entry_behind_a_waypoint_is_joined_on_its_host() -> Case {
    Case {
        series: all(egress()),
        picture: &[
            "shop/web > egress/waypoint tcp clientToWaypoint mutualTls from source; bytes 20 0 source ztunnel",
            "shop/web > entry=httpbin.org http egress logical via egress/waypoint mutualTls from waypoint; requests 2 0 0 waypoint",
            "egress/waypoint waypoint in 20 0 out 0 0",
            "shop/web captured in 0 0 out 20 2",
            "entry=httpbin.org plain in 0 2 out 0 0",
        ],
    }
}

pub fn a_service_entry_finds_its_waypoint_without_a_pod() -> Case {
    let [leg, logical] = egress();
    Case {
        series: all([leg, logical.drop_label("pod"), up("istio.io-mesh-controller", "egress/waypoint")]),
        ..a_service_entry_behind_a_waypoint_is_joined_on_its_host()
    }
}

/// A ztunnel takes the `ServiceEntry` for the workload, an Envoy knows none.
pub fn a_service_entry_is_one_node_for_ztunnel_and_envoy() -> Case {
    Case {
        series: all([
            zt("source", "shop/web", "egress/httpbin-se")
                .service("httpbin.org", "httpbin-se", "egress")
                .plaintext()
                .rx(4.0),
            envoy("source", "old/app", "unknown").service("httpbin.org", "httpbin.org", "egress").rq(1.0),
        ]),
        picture: &[
            "old/app > entry=httpbin.org http egress unknown from source; requests 1 0 0 source",
            "shop/web > entry=httpbin.org tcp egress plaintext from source; bytes 4 0 source ztunnel",
            "old/app sidecar in 0 0 out 0 1",
            "shop/web captured in 0 0 out 4 0",
            "entry=httpbin.org plain in 4 1 out 0 0",
        ],
    }
}

/// No healthy server; a host that no route knows, from a Host header; a gateway that writes no host at all.
pub fn a_request_that_finds_no_server_fails_at_the_service() -> Case {
    let to_nobody = |from| envoy("source", from, "unknown").code("503");
    Case {
        series: all([
            to_nobody("old/app").svc(API).flags("UH").rq(1.0),
            to_nobody("old/app").svc("api.example.com:8080").code("404").flags("NR").rq(1.0),
            to_nobody("old/app").svc("10.1.2.3:8080").flags("NR").rq(1.0),
            to_nobody("ing/gw-istio").code("404").flags("NR").rq(1.0),
        ]),
        picture: &[
            "ing/gw-istio > service=unknown http noBackend unknown from source; requests 1 0 1 source",
            "old/app > service=api.shop.svc.cluster.local http noBackend unknown from source; requests 1 1 0 source",
            "old/app > service=10.1.2.3 http noBackend unknown from source; requests 1 1 0 source",
            "old/app > service=api.example.com http noBackend unknown from source; requests 1 0 1 source",
            "ing/gw-istio gateway in 0 0 out 0 1",
            "old/app sidecar in 0 0 out 0 3",
            "service=api.shop.svc.cluster.local plain in 0 1 out 0 0",
            "service=10.1.2.3 plain in 0 1 out 0 0",
            "service=api.example.com plain in 0 1 out 0 0",
            "service=unknown plain in 0 1 out 0 0",
        ],
    }
}

pub fn a_client_without_a_proxy_is_unknown_in_plaintext() -> Case {
    let seen = envoy("destination", "unknown", "shop/api").policy("none");
    Case {
        series: all([
            seen.clone().svc(API).rq(1.0),
            seen.service("unknown", "InboundPassthroughCluster", "unknown").rx(8.0),
        ]),
        picture: &[
            "client=unknown > shop/api http unknownClient plaintext from destination; requests 1 0 0 destination",
            "client=unknown > shop/api tcp inboundPassthrough plaintext from destination; bytes 8 0 destination envoy",
            "shop/api sidecar in 8 1 out 0 0",
            "client=unknown plain in 0 0 out 8 1",
        ],
    }
}

pub fn an_edge_across_clusters_is_one_edge() -> Case {
    let hop = |reporter| zt(reporter, "shop/web", "c2:shop/reviews-v1").svc(REVIEWS).rx(25.0);
    Case {
        series: all([hop("source"), hop("destination")]),
        picture: &[
            "shop/web > c2:shop/reviews-v1 tcp ambient mutualTls from source+destination; bytes 25 0 destination ztunnel",
            "shop/web captured in 0 0 out 25 0",
            "c2:shop/reviews-v1 captured in 25 0 out 0 0",
        ],
    }
}

fn through_east_west() -> [Report; 3] {
    let client = "spiffe://cluster.local/ns/shop/sa/web";
    let controller = "istio.io-eastwest-controller";
    [
        zt("source", "shop/web", EAST_WEST).svc(REVIEWS).rx(25.0),
        zt("destination", "unknown", "c2:shop/reviews-v1").svc(REVIEWS).principal(client).rx(25.0),
        wp(EAST_WEST, "shop/web", "unknown").svc(REVIEWS).with("gateway_istio_io_managed", controller).rx(25.0),
    ]
}

/// Before Istio 1.29 neither side knew the other.
pub fn an_east_west_gateway_is_no_waypoint() -> Case {
    let mut series: Vec<Series> = all(through_east_west());
    series.extend(all([up("istio.io-eastwest-controller", EAST_WEST)]));
    Case {
        series,
        picture: &[
            "shop/web > istio-gw/eastwest tcp ambient mutualTls from source; bytes 25 0 source ztunnel",
            "shop/web > istio-gw/eastwest tcp transit logical via istio-gw/eastwest mutualTls from waypoint; bytes 25 0 waypoint envoy",
            "c2:client=web > c2:shop/reviews-v1 tcp unknownClient mutualTls from destination; bytes 25 0 destination ztunnel",
            "istio-gw/eastwest eastWestGateway in 25 0 out 0 0",
            "shop/web captured in 0 0 out 25 0",
            "c2:shop/reviews-v1 captured in 25 0 out 0 0",
            "c2:client=web plain in 0 0 out 25 0",
        ],
    }
}

pub fn an_east_west_gateway_is_told_by_its_name_without_pod_labels() -> Case {
    Case { series: all(through_east_west().map(Report::operator)), ..an_east_west_gateway_is_no_waypoint() }
}

/// The Telemetry API removed the clusters; each server marks what it sends on.
pub fn clusters_are_those_of_the_scrape_where_proxies_say_none() -> Case {
    let bare = |report: Report| report.drop_label("source_cluster").drop_label("destination_cluster");
    let hop = |reporter| bare(zt(reporter, "c2:shop/web", "c2:shop/api").svc(API).rx(25.0));
    Case {
        series: all([hop("source"), hop("destination")]),
        picture: &[
            "c2:shop/web > c2:shop/api tcp ambient mutualTls from source+destination; bytes 25 0 destination ztunnel",
            "c2:shop/api captured in 25 0 out 0 0",
            "c2:shop/web captured in 0 0 out 25 0",
        ],
    }
}
