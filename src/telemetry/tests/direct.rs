//! Two endpoints without a waypoint between them.

use super::case::Case;
use super::series::{Report, all, both, envoy, zt};

const DB: &str = "db.data.svc.cluster.local";
const WEB: &str = "web.shop.svc.cluster.local";
const API: &str = "api.shop.svc.cluster.local";

pub fn two_ztunnels_of_a_hop_make_one_edge() -> Case {
    Case {
        series: all(both("shop/cart", "data/db", DB, 100.0, 900.0)),
        picture: &[
            "shop/cart > data/db tcp ambient mutualTls from source+destination; bytes 100 900 destination ztunnel",
            "data/db captured in 1000 0 out 0 0",
            "shop/cart captured in 0 0 out 1000 0",
        ],
    }
}

pub fn one_ztunnel_that_serves_both_ends_counts_once() -> Case {
    let on_one_node = |report: Report| report.relabel("pod", "ztunnel-8gmtt");
    Case {
        series: all(both("shop/cart", "data/db", DB, 100.0, 900.0).map(on_one_node)),
        ..two_ztunnels_of_a_hop_make_one_edge()
    }
}

/// The server's ztunnel guesses the service from the port.
pub fn ztunnels_that_disagree_on_the_service_make_one_edge() -> Case {
    let [source, _] = both("shop/cart", "data/db", DB, 100.0, 900.0);
    let [_, destination] = both("shop/cart", "data/db", "db-metrics.data.svc.cluster.local", 100.0, 900.0);
    Case { series: all([source, destination]), ..two_ztunnels_of_a_hop_make_one_edge() }
}

pub fn without_the_servers_ztunnel_the_clients_speaks() -> Case {
    let [source, _] = both("shop/cart", "data/db", DB, 100.0, 900.0);
    Case {
        series: all([source]),
        picture: &[
            "shop/cart > data/db tcp ambient mutualTls from source; bytes 100 900 source ztunnel",
            "data/db plain in 1000 0 out 0 0",
            "shop/cart captured in 0 0 out 1000 0",
        ],
    }
}

/// One of the server's two nodes is not scraped.
pub fn the_reporter_that_saw_clearly_more_is_taken() -> Case {
    let [source, _] = both("shop/cart", "data/db", DB, 100.0, 900.0);
    let [_, half] = both("shop/cart", "data/db", DB, 50.0, 450.0);
    Case {
        series: all([source, half]),
        picture: &[
            "shop/cart > data/db tcp ambient mutualTls from source+destination; bytes 100 900 source ztunnel",
            "data/db captured in 1000 0 out 0 0",
            "shop/cart captured in 0 0 out 1000 0",
        ],
    }
}

pub fn a_gateway_to_an_ambient_workload_is_one_edge_of_two_layers() -> Case {
    let (from, to) = ("ing/gw-istio", "shop/web-v1");
    Case {
        series: all([envoy("source", from, to).svc(WEB).rq(4.0), zt("destination", from, to).svc(WEB).rx(60.0)]),
        picture: &[
            "ing/gw-istio > shop/web-v1 http gatewayToAmbient mutualTls from source+destination; bytes 60 0 destination ztunnel; requests 4 0 0 source",
            "ing/gw-istio gateway in 0 0 out 60 4",
            "shop/web-v1 captured in 60 4 out 0 0",
        ],
    }
}

pub fn plaintext_is_told_whatever_the_servers_principal() -> Case {
    Case {
        series: all([
            zt("destination", "monitoring/prometheus", "shop/web-v1").plaintext().rx(7.0),
            zt("source", "shop/web", "legacy/billing").plaintext().rx(9.0),
        ]),
        picture: &[
            "monitoring/prometheus > shop/web-v1 tcp plaintextToAmbient plaintext from destination; bytes 7 0 destination ztunnel",
            "shop/web > legacy/billing tcp ambientToPlain plaintext from source; bytes 9 0 source ztunnel",
            "legacy/billing plain in 9 0 out 0 0",
            "monitoring/prometheus plain in 0 0 out 7 0",
            "shop/web captured in 0 0 out 9 0",
            "shop/web-v1 captured in 7 0 out 0 0",
        ],
    }
}

pub fn an_idle_plaintext_series_does_not_open_the_lock() -> Case {
    let [source, destination] = both("shop/cart", "data/db", DB, 100.0, 900.0);
    let stale = zt("destination", "shop/cart", "data/db").svc(DB).plaintext().rx(0.0).tx(0.0);
    Case { series: all([source, destination, stale]), ..two_ztunnels_of_a_hop_make_one_edge() }
}

pub fn a_sidecar_and_a_ztunnel_share_an_edge_of_two_layers() -> Case {
    let (from, to, host) = ("shop/web", "old/side", "side.old.svc.cluster.local");
    Case {
        series: all([zt("source", from, to).svc(host).rx(40.0), envoy("destination", from, to).svc(host).rq(6.0)]),
        picture: &[
            "shop/web > old/side http mixed mutualTls from source+destination; bytes 40 0 source ztunnel; requests 6 0 0 destination",
            "old/side sidecar in 40 6 out 0 0",
            "shop/web captured in 0 0 out 40 6",
        ],
    }
}

/// The sidecar takes most of what arrives for plain TCP, and the rest for requests.
pub fn a_ztunnel_counts_what_an_envoy_takes_for_requests_too() -> Case {
    let (from, to, host) = ("shop/web", "old/side", "side.old.svc.cluster.local");
    Case {
        series: all([
            zt("source", from, to).svc(host).rx(50.0),
            envoy("destination", from, to).svc(host).rx(40.0),
            envoy("destination", from, to).svc(host).rq(6.0),
        ]),
        picture: &[
            "shop/web > old/side http mixed mutualTls from source+destination; bytes 50 0 source ztunnel; requests 6 0 0 destination",
            "old/side sidecar in 50 6 out 0 0",
            "shop/web captured in 0 0 out 50 6",
        ],
    }
}

/// A sidecar that does not speak HBONE reaches the captured server outside the tunnel.
pub fn a_sidecar_in_plaintext_to_an_ambient_server_is_mixed() -> Case {
    let (from, to) = ("old/side", "shop/web");
    Case {
        series: all([
            envoy("source", from, to).svc(WEB).rq(6.0),
            zt("destination", from, to).svc(WEB).plaintext().rx(40.0),
        ]),
        picture: &[
            "old/side > shop/web http mixed plaintext from source+destination; bytes 40 0 destination ztunnel; requests 6 0 0 source",
            "old/side sidecar in 0 0 out 40 6",
            "shop/web captured in 40 6 out 0 0",
        ],
    }
}

pub fn a_denied_connection_fails_without_bytes() -> Case {
    let denied = zt("destination", "shop/web", "shop/locked").rx(0.0).tx(0.0).opened(2.0).flags("DENY").closed(2.0);
    Case {
        series: all([denied]),
        picture: &[
            "shop/web > shop/locked tcp ambient mutualTls from destination; bytes 0 0 destination ztunnel; connections 2 2 destination",
            "shop/locked captured in 0 0 out 0 0",
            "shop/web plain in 0 0 out 0 0",
        ],
    }
}

/// Three of ten connections reach no server: only the client's ztunnel knows.
pub fn connections_that_never_arrive_are_told_by_the_client() -> Case {
    let open = |reporter| zt(reporter, "shop/cart", "data/db").svc(DB).rx(100.0).tx(900.0);
    Case {
        series: all([
            open("source").opened(10.0).closed(7.0).flags("CONNECT").closed(3.0),
            open("destination").opened(7.0).closed(7.0),
        ]),
        picture: &[
            "shop/cart > data/db tcp ambient mutualTls from source+destination; bytes 100 900 destination ztunnel; connections 10 3 source",
            "data/db captured in 1000 0 out 0 0",
            "shop/cart captured in 0 0 out 1000 0",
        ],
    }
}

pub fn two_sidecars_count_each_request_once() -> Case {
    let seen = |reporter| envoy(reporter, "shop/web", "shop/api").svc(API).rq(4.5).code("503").rq(0.5);
    Case {
        series: all([seen("source"), seen("destination")]),
        picture: &[
            "shop/web > shop/api http requests mutualTls from source+destination; requests 5 0.5 0 destination",
            "shop/api sidecar in 0 5 out 0 0",
            "shop/web sidecar in 0 0 out 0 5",
        ],
    }
}

pub fn two_sidecars_count_each_byte_once() -> Case {
    let seen = |reporter| envoy(reporter, "shop/web", "shop/api").svc(API).rx(10.0).tx(30.0);
    Case {
        series: all([seen("source"), seen("destination")]),
        picture: &[
            "shop/web > shop/api tcp streams mutualTls from source+destination; bytes 10 30 destination envoy",
            "shop/api sidecar in 40 0 out 0 0",
            "shop/web sidecar in 0 0 out 40 0",
        ],
    }
}

pub fn what_never_left_the_client_is_added_to_what_the_server_saw() -> Case {
    let client = envoy("source", "shop/web", "shop/api").svc(API).rq(4.0);
    let client = client.code("503").flags("UF,URX").rq(1.0).code("403").flags("UAEX").rq(0.5);
    Case {
        series: all([client, envoy("destination", "shop/web", "shop/api").svc(API).rq(4.0)]),
        picture: &[
            "shop/web > shop/api http requests mutualTls from source+destination; requests 5.5 1 0.5 destination",
            "shop/api sidecar in 0 5.5 out 0 0",
            "shop/web sidecar in 0 0 out 0 5.5",
        ],
    }
}

pub fn codes_may_be_classes_zero_or_missing() -> Case {
    let seen = || envoy("destination", "shop/web", "shop/api").svc(API);
    Case {
        series: all([seen().code("0").rq(1.0), seen().code("5xx").rq(1.0), seen().without("response_code").rq(1.0)]),
        picture: &[
            "shop/web > shop/api http requests mutualTls from destination; requests 3 2 0 destination",
            "shop/api sidecar in 0 3 out 0 0",
            "shop/web plain in 0 0 out 0 3",
        ],
    }
}

pub fn grpc_is_told_by_its_status_where_the_protocol_is_removed() -> Case {
    let bare = envoy("destination", "shop/web", "shop/api").svc(API).grpc("14", 1.0);
    Case {
        series: all([bare.drop_label("request_protocol").drop_label("response_code")]),
        picture: &[
            "shop/web > shop/api grpc requests mutualTls from destination; requests 1 1 0 destination",
            "shop/api sidecar in 0 1 out 0 0",
            "shop/web plain in 0 0 out 0 1",
        ],
    }
}

pub fn a_series_without_a_principal_is_an_edge_all_the_same() -> Case {
    let bare = |report: Report| report.drop_label("source_principal");
    Case {
        series: all(both("shop/cart", "data/db", DB, 100.0, 900.0).map(bare)),
        ..two_ztunnels_of_a_hop_make_one_edge()
    }
}

pub fn traffic_to_a_ztunnel_itself_counts_nowhere() -> Case {
    Case {
        series: all(both("shop/prom", "istio-system/ztunnel", "unknown", 5.0, 50.0)),
        picture: &[
            "shop/prom > istio-system/ztunnel tcp infrastructure mutualTls from source+destination; bytes 5 50 destination ztunnel",
            "istio-system/ztunnel ztunnel in 0 0 out 0 0",
            "shop/prom captured in 0 0 out 0 0",
        ],
    }
}

pub fn an_application_called_gateway_is_none() -> Case {
    let [one, two] = both("shop/api-gateway", "shop/api", API, 1.0, 2.0);
    let sidecar = envoy("destination", "shop/web", "old/my-gateway").rq(1.0);
    Case {
        series: all([one, two, sidecar]),
        picture: &[
            "shop/api-gateway > shop/api tcp ambient mutualTls from source+destination; bytes 1 2 destination ztunnel",
            "shop/web > old/my-gateway http requests mutualTls from destination; requests 1 0 0 destination",
            "old/my-gateway sidecar in 0 1 out 0 0",
            "shop/api captured in 3 0 out 0 0",
            "shop/api-gateway captured in 0 0 out 3 0",
            "shop/web plain in 0 0 out 0 1",
        ],
    }
}

/// Labels that a pair of servers adds to tell its replicas apart.
pub fn replicas_of_a_server_count_once() -> Case {
    let from = |replica: &str| {
        both("shop/cart", "data/db", DB, 100.0, 900.0).map(|report| report.relabel("prometheus_replica", replica))
    };
    let ([a, b], [c, d]) = (from("0"), from("1"));
    Case { series: all([a, b, c, d]), ..two_ztunnels_of_a_hop_make_one_edge() }
}

/// Both ends measure; the client's time holds the network's too.
pub fn what_is_measured_of_requests_comes_from_whoever_counts_them() -> Case {
    let end =
        |reporter, millis| envoy(reporter, "shop/web", "shop/api").svc(API).rq(4.0).took(millis).sizes(40.0, 900.0);
    let failed = envoy("destination", "shop/web", "shop/api").svc(API).code("500").rq(1.0).took(20.0).sizes(10.0, 5.0);
    Case {
        series: all([end("source", 800.0), end("destination", 80.0), failed]),
        picture: &[
            "shop/web > shop/api http requests mutualTls from source+destination; requests 5 1 0 destination; measured 0.02 50 905 - - destination",
            "shop/api sidecar in 0 5 out 0 0",
            "shop/web sidecar in 0 0 out 0 5",
        ],
    }
}

/// The server's Telemetry configuration leaves histograms out.
pub fn where_the_server_measures_nothing_the_client_does() -> Case {
    let client = envoy("source", "shop/web", "shop/api").svc(API).rq(5.0).took(250.0);
    Case {
        series: all([client, envoy("destination", "shop/web", "shop/api").svc(API).rq(5.0)]),
        picture: &[
            "shop/web > shop/api http requests mutualTls from source+destination; requests 5 0 0 destination; measured 0.05 - - - - source",
            "shop/api sidecar in 0 5 out 0 0",
            "shop/web sidecar in 0 0 out 0 5",
        ],
    }
}

/// A streamed call has many messages; another edge between the same two is plain HTTP and has none.
pub fn messages_belong_to_grpc() -> Case {
    let end = |reporter| envoy(reporter, "shop/web", "shop/api").svc(API).messages(6.0, 30.0).grpc("0", 2.0);
    let http = envoy("destination", "shop/web", "shop/api").svc(API).rq(1.0);
    Case {
        series: all([end("source"), end("destination"), http]),
        picture: &[
            "shop/web > shop/api http requests mutualTls from destination; requests 1 0 0 destination",
            "shop/web > shop/api grpc requests mutualTls from source+destination; requests 2 0 0 destination; measured - - - 6 30 destination",
            "shop/api sidecar in 0 3 out 0 0",
            "shop/web sidecar in 0 0 out 0 3",
        ],
    }
}

/// Some proxies count that a connection failed, and never that it was opened.
pub fn a_failure_without_an_opening_is_a_failed_connection() -> Case {
    Case {
        series: all([zt("source", "shop/cart", "data/db").svc(DB).flags("CONNECT").closed(3.0)]),
        picture: &[
            "shop/cart > data/db tcp ambient mutualTls from source; connections 0 3 source",
            "data/db plain in 0 0 out 0 0",
            "shop/cart captured in 0 0 out 0 0",
        ],
    }
}
