//! Waypoints: legs, logical edges, and how they are recognised.

use super::case::Case;
use super::series::{Report, Series, all, both, envoy, state, up, wp, zt};

const REVIEWS: &str = "reviews.shop.svc.cluster.local";
const REDIS: &str = "redis.shop.svc.cluster.local";
const WEB: &str = "web.shop.svc.cluster.local";
const W: &str = "shop/waypoint";
const MESH: &str = "istio.io-mesh-controller";

fn requests_through_a_waypoint() -> [Report; 3] {
    [
        zt("source", "shop/web", W).svc(REVIEWS).rx(10.0).tx(200.0),
        wp(W, "shop/web", "shop/reviews-v1").svc(REVIEWS).rq(1.0),
        zt("destination", W, "shop/reviews-v1").svc(REVIEWS).rx(12.0),
    ]
}

fn streams_through_a_waypoint(server: &str) -> [Report; 3] {
    [
        zt("source", "shop/web", W).svc(REDIS).rx(50.0),
        wp(W, "shop/web", server).svc(REDIS).rx(50.0),
        zt("destination", W, "shop/redis").svc(REDIS).rx(50.0),
    ]
}

fn with_up(reports: [Report; 3]) -> Vec<Series> {
    let mut series = all(reports);
    series.extend(all([up(MESH, W)]));
    series
}

pub fn a_service_waypoint_is_two_legs_and_a_logical_edge() -> Case {
    Case {
        series: with_up(requests_through_a_waypoint()),
        picture: &[
            "shop/waypoint > shop/reviews-v1 tcp waypointToWorkload mutualTls from destination; bytes 12 0 destination ztunnel",
            "shop/web > shop/reviews-v1 http logicalRequests logical via shop/waypoint mutualTls from waypoint; requests 1 0 0 waypoint",
            "shop/web > shop/waypoint tcp clientToWaypoint mutualTls from source; bytes 10 200 source ztunnel",
            "shop/reviews-v1 captured in 12 1 out 0 0",
            "shop/waypoint waypoint in 210 0 out 12 0",
            "shop/web captured in 0 0 out 210 1",
        ],
    }
}

pub fn a_waypoint_is_found_without_pod_labels() -> Case {
    let [one, two, three] = requests_through_a_waypoint().map(Report::operator);
    Case {
        series: all([one, two, three, up(MESH, W).operator()]),
        ..a_service_waypoint_is_two_legs_and_a_logical_edge()
    }
}

pub fn an_old_ztunnel_is_found_without_pod_labels() -> Case {
    Case {
        series: all(requests_through_a_waypoint().map(|report| report.operator().before_1_25())),
        ..a_service_waypoint_is_two_legs_and_a_logical_edge()
    }
}

/// Such as one that is not Envoy, or not scraped.
pub fn a_waypoint_that_emits_nothing_is_found_by_its_legs() -> Case {
    let [to, _, from] = requests_through_a_waypoint().map(Report::operator);
    Case {
        series: all([to, from]),
        picture: &[
            "shop/waypoint > shop/reviews-v1 tcp waypointToWorkload mutualTls from destination; bytes 12 0 destination ztunnel",
            "shop/web > shop/waypoint tcp clientToWaypoint mutualTls from source; bytes 10 200 source ztunnel",
            "shop/reviews-v1 captured in 12 0 out 0 0",
            "shop/waypoint waypoint in 210 0 out 12 0",
            "shop/web captured in 0 0 out 210 0",
        ],
    }
}

/// The labels of the pod are missing altogether: the leg of the same client to the same service tells the waypoint.
pub fn a_logical_edge_finds_its_waypoint_by_the_service() -> Case {
    let [to, logical, from] = requests_through_a_waypoint();
    let logical = ["pod", "namespace"].into_iter().fold(logical.operator(), Report::drop_label);
    Case { series: all([to, logical, from]), ..a_service_waypoint_is_two_legs_and_a_logical_edge() }
}

pub fn streams_through_a_waypoint_count_on_the_legs_alone() -> Case {
    Case {
        series: with_up(streams_through_a_waypoint("shop/redis")),
        picture: &[
            "shop/waypoint > shop/redis tcp waypointToWorkload mutualTls from destination; bytes 50 0 destination ztunnel",
            "shop/web > shop/redis tcp logicalStreams logical via shop/waypoint mutualTls from waypoint; bytes 50 0 waypoint envoy",
            "shop/web > shop/waypoint tcp clientToWaypoint mutualTls from source; bytes 50 0 source ztunnel",
            "shop/redis captured in 50 0 out 0 0",
            "shop/waypoint waypoint in 50 0 out 50 0",
            "shop/web captured in 0 0 out 50 0",
        ],
    }
}

/// Before Istio 1.24.3 a waypoint knew no server of a TCP stream.
pub fn streams_of_an_old_waypoint_end_at_the_service() -> Case {
    Case {
        series: with_up(streams_through_a_waypoint("unknown")),
        picture: &[
            "shop/waypoint > shop/redis tcp waypointToWorkload mutualTls from destination; bytes 50 0 destination ztunnel",
            "shop/web > shop/waypoint tcp clientToWaypoint mutualTls from source; bytes 50 0 source ztunnel",
            "shop/web > service=redis.shop.svc.cluster.local tcp noBackend logical via shop/waypoint mutualTls from waypoint; bytes 50 0 waypoint envoy",
            "shop/redis captured in 50 0 out 0 0",
            "shop/waypoint waypoint in 50 0 out 50 0",
            "shop/web captured in 0 0 out 50 0",
            "service=redis.shop.svc.cluster.local plain in 0 0 out 0 0",
        ],
    }
}

/// Only the waypoint is scraped.
pub fn without_legs_the_logical_stream_counts() -> Case {
    let [_, logical, _] = streams_through_a_waypoint("shop/redis");
    Case {
        series: all([logical]),
        picture: &[
            "shop/web > shop/redis tcp logicalStreams logical via shop/waypoint mutualTls from waypoint; bytes 50 0 waypoint envoy",
            "shop/redis plain in 50 0 out 0 0",
            "shop/web plain in 0 0 out 50 0",
        ],
    }
}

pub fn namesake_waypoints_stay_apart() -> Case {
    let leg = |waypoint, rate| zt("destination", waypoint, "x/api").svc("api.x.svc.cluster.local").rx(rate);
    Case {
        series: all([leg("a/waypoint", 30.0), leg("b/waypoint", 70.0), up(MESH, "a/waypoint"), up(MESH, "b/waypoint")]),
        picture: &[
            "a/waypoint > x/api tcp waypointToWorkload mutualTls from destination; bytes 30 0 destination ztunnel",
            "b/waypoint > x/api tcp waypointToWorkload mutualTls from destination; bytes 70 0 destination ztunnel",
            "a/waypoint waypoint in 0 0 out 30 0",
            "b/waypoint waypoint in 0 0 out 70 0",
            "x/api captured in 100 0 out 0 0",
        ],
    }
}

/// The name that the server's configuration gives a cluster need not be Istio's.
pub fn a_declaration_counts_whatever_the_scrape_calls_the_cluster() -> Case {
    let leg = |waypoint, rate| zt("destination", waypoint, "x/api").svc("api.x.svc.cluster.local").rx(rate);
    let reports = [leg("a/waypoint", 30.0), leg("b/waypoint", 70.0), up(MESH, "a/waypoint"), up(MESH, "b/waypoint")];
    Case { series: all(reports.map(|report| report.relabel("cluster", "eu-prod"))), ..namesake_waypoints_stay_apart() }
}

fn ingress() -> [Report; 3] {
    [
        envoy("source", "ing/gw-istio", W).svc(WEB).rq(5.0),
        wp(W, "ing/gw-istio", "shop/web-v1").svc(WEB).rq(5.0),
        zt("destination", W, "shop/web-v1").svc(WEB).rx(80.0),
    ]
}

pub fn requests_of_a_gateway_through_a_waypoint_count_once() -> Case {
    Case {
        series: with_up(ingress()),
        picture: &[
            "ing/gw-istio > shop/waypoint http gatewayToWaypoint unknown from source; requests 5 0 0 source",
            "ing/gw-istio > shop/web-v1 http logicalRequests logical via shop/waypoint mutualTls from waypoint; requests 5 0 0 waypoint",
            "shop/waypoint > shop/web-v1 tcp waypointToWorkload mutualTls from destination; bytes 80 0 destination ztunnel",
            "ing/gw-istio gateway in 0 0 out 0 5",
            "shop/waypoint waypoint in 0 0 out 80 0",
            "shop/web-v1 captured in 80 5 out 0 0",
        ],
    }
}

pub fn requests_of_a_gateway_count_where_the_waypoint_is_silent() -> Case {
    let [to, _, from] = ingress();
    Case {
        series: all([to, from, up(MESH, W)]),
        picture: &[
            "ing/gw-istio > shop/waypoint http gatewayToWaypoint unknown from source; requests 5 0 0 source",
            "shop/waypoint > shop/web-v1 tcp waypointToWorkload mutualTls from destination; bytes 80 0 destination ztunnel",
            "ing/gw-istio gateway in 0 0 out 0 5",
            "shop/waypoint waypoint in 0 0 out 80 0",
            "shop/web-v1 captured in 80 0 out 0 0",
        ],
    }
}

pub fn a_waypoint_before_a_sidecar_is_seen_twice_and_counted_once() -> Case {
    let host = "side.old.svc.cluster.local";
    Case {
        series: with_up([
            wp(W, "shop/web", "old/side").svc(host).rq(3.0),
            envoy("destination", W, "old/side").svc(host).rq(3.0),
            zt("source", "shop/web", W).svc(host).rx(9.0),
        ]),
        picture: &[
            "shop/waypoint > old/side http waypointToSidecar mutualTls from destination; requests 3 0 0 destination",
            "shop/web > old/side http logicalRequests logical via shop/waypoint mutualTls from waypoint; requests 3 0 0 waypoint",
            "shop/web > shop/waypoint tcp clientToWaypoint mutualTls from source; bytes 9 0 source ztunnel",
            "old/side sidecar in 0 3 out 0 0",
            "shop/waypoint waypoint in 9 0 out 0 0",
            "shop/web captured in 0 0 out 9 3",
        ],
    }
}

pub fn a_client_of_a_waypoint_may_be_its_server_too() -> Case {
    Case {
        series: with_up([
            zt("source", "shop/agg", W).svc(REVIEWS).rx(10.0),
            zt("destination", W, "shop/agg").svc("agg.shop.svc.cluster.local").rx(20.0),
            zt("source", "shop/agg", W).svc(REDIS).rx(1.0),
        ]),
        picture: &[
            "shop/agg > shop/waypoint tcp clientToWaypoint mutualTls from source; bytes 11 0 source ztunnel",
            "shop/waypoint > shop/agg tcp waypointToWorkload mutualTls from destination; bytes 20 0 destination ztunnel",
            "shop/agg captured in 20 0 out 11 0",
            "shop/waypoint waypoint in 11 0 out 20 0",
        ],
    }
}

/// Its pods are gone, but in the window they were scraped, and afterwards the client went straight to the server.
pub fn a_waypoint_removed_in_the_window_keeps_its_role() -> Case {
    let [before, direct] = both("shop/web", "shop/reviews-v1", REVIEWS, 5.0, 6.0);
    Case {
        series: all([zt("source", "shop/web", W).svc(REVIEWS).rx(4.0), before, direct, up(MESH, W)]),
        picture: &[
            "shop/web > shop/reviews-v1 tcp ambient mutualTls from source+destination; bytes 5 6 destination ztunnel",
            "shop/web > shop/waypoint tcp clientToWaypoint mutualTls from source; bytes 4 0 source ztunnel",
            "shop/reviews-v1 captured in 11 0 out 0 0",
            "shop/waypoint waypoint in 4 0 out 0 0",
            "shop/web captured in 0 0 out 15 0",
        ],
    }
}

/// Up to Istio 1.21 a waypoint says `destination`, and gives the server its own namespace.
pub fn a_waypoint_that_reports_as_destination_is_logical_all_the_same() -> Case {
    let w = "infra/waypoint";
    let old = |report: Report| report.with("reporter", "destination");
    Case {
        series: all([
            zt("source", "shop/web", w).svc(REVIEWS).rx(10.0).before_1_25(),
            old(wp(w, "shop/web", "infra/reviews-v1")).svc(REVIEWS).rq(1.0),
            old(wp(w, "shop/web", "infra/redis")).svc(REDIS).rx(50.0),
            zt("destination", w, "shop/reviews-v1").svc(REVIEWS).rx(12.0).before_1_25(),
            up(MESH, w),
        ]),
        picture: &[
            "infra/waypoint > shop/reviews-v1 tcp waypointToWorkload mutualTls from destination; bytes 12 0 destination ztunnel",
            "shop/web > infra/waypoint tcp clientToWaypoint mutualTls from source; bytes 10 0 source ztunnel",
            "shop/web > shop/redis tcp logicalStreams logical via infra/waypoint mutualTls from destination; bytes 50 0 destination envoy",
            "shop/web > shop/reviews-v1 http logicalRequests logical via infra/waypoint mutualTls from destination; requests 1 0 0 destination",
            "infra/waypoint waypoint in 10 0 out 12 0",
            "shop/redis plain in 50 0 out 0 0",
            "shop/reviews-v1 captured in 12 1 out 0 0",
            "shop/web captured in 0 0 out 10 1",
        ],
    }
}

/// A waypoint for workloads names neither service nor server.
pub fn a_waypoint_that_names_no_server_is_the_end_of_what_is_known() -> Case {
    Case {
        series: with_up([
            zt("source", "shop/web", W).rx(10.0),
            wp(W, "shop/web", "unknown").rq(2.0),
            zt("destination", W, "shop/api").rx(12.0),
        ]),
        picture: &[
            "shop/waypoint > shop/api tcp waypointToWorkload mutualTls from destination; bytes 12 0 destination ztunnel",
            "shop/web > shop/waypoint http logicalRequests logical via shop/waypoint mutualTls from waypoint; requests 2 0 0 waypoint",
            "shop/web > shop/waypoint tcp clientToWaypoint mutualTls from source; bytes 10 0 source ztunnel",
            "shop/api captured in 12 0 out 0 0",
            "shop/waypoint waypoint in 10 2 out 12 0",
            "shop/web captured in 0 0 out 10 2",
        ],
    }
}

pub fn what_a_waypoint_refuses_reaches_no_server() -> Case {
    Case {
        series: all([wp(W, "shop/web", "unknown").svc(REVIEWS).code("403").rq(2.0)]),
        picture: &[
            "shop/web > service=reviews.shop.svc.cluster.local http noBackend logical via shop/waypoint mutualTls from waypoint; requests 2 0 2 waypoint",
            "shop/web plain in 0 0 out 0 2",
            "service=reviews.shop.svc.cluster.local plain in 0 2 out 0 0",
        ],
    }
}

/// A "sandwich": the waypoint's own pod is captured, so both ends report each leg.
pub fn a_captured_waypoint_counts_each_leg_once() -> Case {
    let [a, b] = both("shop/web", W, REVIEWS, 10.0, 200.0);
    let [c, d] = both(W, "shop/reviews-v1", REVIEWS, 12.0, 0.0);
    let [_, logical, _] = requests_through_a_waypoint();
    Case {
        series: all([a, b, c, d, logical, up(MESH, W)]),
        picture: &[
            "shop/waypoint > shop/reviews-v1 tcp waypointToWorkload mutualTls from source+destination; bytes 12 0 destination ztunnel",
            "shop/web > shop/reviews-v1 http logicalRequests logical via shop/waypoint mutualTls from waypoint; requests 1 0 0 waypoint",
            "shop/web > shop/waypoint tcp clientToWaypoint mutualTls from source+destination; bytes 10 200 source ztunnel",
            "shop/reviews-v1 captured in 12 1 out 0 0",
            "shop/waypoint waypoint in 210 0 out 12 0",
            "shop/web captured in 0 0 out 210 1",
        ],
    }
}

/// Its legs name no service in common and its series carry no pod labels: only state metrics tell.
pub fn state_metrics_declare_a_waypoint_that_nothing_else_shows() -> Case {
    let legs = || {
        [
            zt("source", "shop/web", W).rx(10.0).operator(),
            zt("destination", W, "shop/reviews-v1").svc(REVIEWS).rx(12.0).operator(),
        ]
    };
    let [one, two] = legs();
    let gateway = [("exported_namespace", "shop"), ("name", "waypoint"), ("gatewayclass", "istio-waypoint")];
    Case {
        series: all([one, two, state("gatewayapi_gateway_info", &gateway)]),
        picture: &[
            "shop/waypoint > shop/reviews-v1 tcp waypointToWorkload mutualTls from destination; bytes 12 0 destination ztunnel",
            "shop/web > shop/waypoint tcp clientToWaypoint mutualTls from source; bytes 10 0 source ztunnel",
            "shop/reviews-v1 captured in 12 0 out 0 0",
            "shop/waypoint waypoint in 10 0 out 12 0",
            "shop/web captured in 0 0 out 10 0",
        ],
    }
}

/// As the last, by the pod's labels; its name is cut out of the pod's, wherever the scrape puts that.
pub fn state_metrics_of_pods_declare_waypoints_and_captured_workloads() -> Case {
    let Case { mut series, picture: _ } = state_metrics_declare_a_waypoint_that_nothing_else_shows();
    series.retain(|one| one.metric != "gatewayapi_gateway_info");
    let pod = [("exported_namespace", "shop"), ("exported_pod", "waypoint-777578b889-8gmtt")];
    let managed = [&pod[..], &[("label_gateway_istio_io_managed", MESH)]].concat();
    let redirected = |pod| [("namespace", "far"), ("pod", pod), ("annotation_ambient_istio_io_redirection", "enabled")];
    series.extend(all([
        state("kube_pod_labels", &managed),
        state("kube_pod_annotations", &redirected("unscraped-6c9f8d7b5-x2x9p")),
        zt("source", "shop/web", "far/unscraped").rx(5.0),
    ]));
    Case {
        series,
        picture: &[
            "shop/waypoint > shop/reviews-v1 tcp waypointToWorkload mutualTls from destination; bytes 12 0 destination ztunnel",
            "shop/web > far/unscraped tcp ambient mutualTls from source; bytes 5 0 source ztunnel",
            "shop/web > shop/waypoint tcp clientToWaypoint mutualTls from source; bytes 10 0 source ztunnel",
            "far/unscraped captured in 5 0 out 0 0",
            "shop/reviews-v1 captured in 12 0 out 0 0",
            "shop/waypoint waypoint in 10 0 out 12 0",
            "shop/web captured in 0 0 out 15 0",
        ],
    }
}

/// It is known by what it emits, which is weaker than a declaration; what is declared of it is no role of its own.
pub fn a_captured_waypoint_is_a_waypoint_all_the_same() -> Case {
    let mut series = all(requests_through_a_waypoint().map(Report::operator));
    let pod = [("namespace", "shop"), ("pod", "waypoint-777578b889-8gmtt"), ("cluster", "as-the-scrape-calls-it")];
    let redirected = [&pod[..], &[("annotation_ambient_istio_io_redirection", "enabled")]].concat();
    series.extend(all([state("kube_pod_annotations", &redirected)]));
    Case { series, ..a_service_waypoint_is_two_legs_and_a_logical_edge() }
}
