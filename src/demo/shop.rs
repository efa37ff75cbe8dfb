//! The mesh that the demo shows: a company that sells things. A change here changes every series that follows from it.

use super::rhythm::Rhythm::{Bursts, Night, Steady};
use super::world::Plane::{Ambient, ClassicGateway, Gateway, Istiod, Plain, Remote, Sidecar, Waypoint, Ztunnel};
use super::world::Target::{Elsewhere, Forbidden, Host, Pods, Through, Workload as To};
use super::world::{Fate, Flow, Service, Workload, World, grpc, http, tcp, workload};

/// The nodes of the cluster, by zone.
pub(super) const NODES: [(&str, &str); 3] = [("node-1", "eu-1a"), ("node-2", "eu-1b"), ("node-3", "eu-1c")];
pub(super) const REGION: &str = "eu-1";
/// The cluster whose proxies are scraped.
pub(super) const CLUSTER: &str = "c1";
/// The other cluster, and where it stands.
pub(super) const REMOTE_CLUSTER: &str = "c2";
pub(super) const REMOTE_REGION: &str = "eu-2";
pub(super) const REMOTE_ZONE: &str = "eu-2a";
/// The version of Istio.
pub(super) const ISTIO: &str = "1.29.2";

pub(super) const SHOP: World = World { workloads: WORKLOADS, services: SERVICES, flows: FLOWS };

const WORKLOADS: &[Workload] = &[
    workload("store", "shop-gateway-istio", Gateway, 2),
    workload("store", "waypoint", Waypoint, 2),
    workload("store", "web-v1", Ambient, 3),
    workload("store", "web-v2", Ambient, 1),
    workload("store", "catalogue-v1", Ambient, 2),
    workload("store", "catalogue-v2", Ambient, 1),
    workload("store", "search", Ambient, 2),
    workload("store", "cart", Ambient, 2),
    workload("store", "recommendations", Ambient, 1),
    workload("store", "reviews", Ambient, 2),
    workload("store", "newsletter", Ambient, 1),
    workload("store", "images-v2", Remote, 1),
    workload("orders", "waypoint", Waypoint, 1).deployed(),
    workload("orders", "checkout", Ambient, 2),
    workload("orders", "orders", Ambient, 2),
    workload("orders", "shipping", Ambient, 1),
    workload("orders", "invoices", Ambient, 1),
    workload("orders", "returns", Ambient, 1),
    workload("orders", "notifications", Ambient, 1),
    workload("orders", "order-export", Ambient, 1),
    workload("payments", "payments-v1", Sidecar, 2).deployed(),
    workload("payments", "payments-v2", Sidecar, 1),
    workload("payments", "fraud-check", Sidecar, 2).crashing(),
    workload("payments", "ledger", Sidecar, 2),
    workload("payments", "ledger-db", Sidecar, 1),
    workload("payments", "exchange-rates", Sidecar, 1),
    workload("payments", "settlement", Sidecar, 1),
    workload("payments", "payment-admin", Sidecar, 1),
    workload("data", "orders-db", Ambient, 1),
    workload("data", "stock-db", Ambient, 1),
    workload("data", "cart-cache", Ambient, 1),
    workload("data", "session-cache", Ambient, 1),
    workload("data", "events", Ambient, 3),
    workload("data", "warehouse", Ambient, 1),
    workload("data", "backup", Ambient, 1),
    workload("legacy", "till", Plain, 2),
    workload("legacy", "billing", Plain, 1),
    workload("legacy", "price-import", Plain, 1),
    workload("monitoring", "prometheus", Plain, 1),
    workload("istio-system", "istiod", Istiod, 1),
    workload("istio-system", "ztunnel", Ztunnel, 3),
    workload("istio-system", "istio-egressgateway", ClassicGateway, 1),
];

const fn via(name: &'static str, waypoint: &'static str) -> Service {
    Service { name, waypoint, for_ingress: false }
}

/// Two waypoints of the same name; that of `orders` serves services of other namespaces too, and both lead to
/// `catalogue-v1`.
const SERVICES: &[Service] = &[
    Service { name: "store/catalogue", waypoint: "store/waypoint", for_ingress: true },
    via("store/recommendations", "store/waypoint"),
    via("store/reviews", "store/waypoint"),
    via("store/catalogue-export", "orders/waypoint"),
    via("orders/checkout", "orders/waypoint"),
    via("orders/orders", "orders/waypoint"),
    via("orders/invoices", "orders/waypoint"),
    via("orders/shipping", "orders/waypoint"),
    via("orders/parcel-service", "orders/waypoint"),
    via("data/stock-db", "orders/waypoint"),
];

const FLOWS: &[Flow] = &[
    // From the street.
    http("store/shop-gateway-istio", To("store/web-v1"), [42.0, 900.0, 14_000.0]).slow(45.0),
    http("store/shop-gateway-istio", To("store/web-v2"), [4.0, 900.0, 15_500.0]).slow(60.0),
    http("store/shop-gateway-istio", To("store/catalogue-v1"), [9.0, 700.0, 21_000.0]),
    http("store/shop-gateway-istio", To("payments/payments-v1"), [1.5, 1_800.0, 950.0]).slow(80.0),
    // The shop's pages.
    http("store/web-v1", To("store/catalogue-v1"), [55.0, 620.0, 8_200.0]),
    http("store/web-v1", To("store/catalogue-v2"), [6.0, 620.0, 8_600.0]).fate(Fate::Faulty),
    http("store/web-v1", To("store/search"), [18.0, 540.0, 6_400.0]).slow(35.0),
    http("store/web-v1", To("store/cart"), [12.0, 1_100.0, 2_300.0]),
    grpc("store/web-v1", To("store/recommendations"), [14.0, 320.0, 1_900.0]).slow(25.0),
    http("store/web-v1", To("orders/checkout"), [3.5, 2_600.0, 1_400.0]).slow(120.0),
    http("store/web-v1", To("store/images-v2"), [21.0, 450.0, 48_000.0]),
    tcp("store/web-v1", To("data/session-cache"), [0.6, 42_000.0, 61_000.0]),
    http("store/web-v2", To("store/catalogue-v2"), [4.5, 640.0, 8_600.0]),
    http("store/web-v2", To("store/cart"), [1.0, 1_150.0, 2_300.0]),
    http("store/web-v2", To("orders/checkout"), [0.3, 2_700.0, 1_400.0]).slow(120.0),
    http("store/catalogue-v1", To("store/reviews"), [30.0, 380.0, 3_100.0]).fate(Fate::Missing),
    http("store/catalogue-v2", To("store/reviews"), [5.0, 380.0, 3_100.0]).fate(Fate::Missing),
    tcp("store/catalogue-v1", To("data/stock-db"), [0.4, 26_000.0, 185_000.0]),
    http("store/search", Through("store/catalogue-export", "store/catalogue-v1"), [0.5, 400.0, 240_000.0])
        .rhythm(Bursts),
    tcp("store/search", To("data/events"), [0.2, 3_500.0, 240_000.0]),
    tcp("store/cart", To("data/cart-cache"), [1.2, 31_000.0, 22_000.0]),
    http("store/recommendations", To("store/reviews"), [8.0, 350.0, 2_900.0]),
    tcp("store/recommendations", To("data/warehouse"), [0.1, 12_000.0, 900_000.0]),
    tcp("store/reviews", To("data/session-cache"), [0.2, 8_000.0, 11_000.0]).rhythm(Steady),
    http("store/newsletter", To("orders/notifications"), [0.0, 900.0, 300.0]),
    // From order to parcel.
    grpc("orders/checkout", To("orders/orders"), [3.6, 1_900.0, 700.0]).slow(40.0),
    grpc("orders/checkout", To("orders/shipping"), [3.4, 600.0, 800.0]),
    http("orders/checkout", To("store/cart"), [3.8, 700.0, 2_400.0]),
    http("orders/checkout", To("payments/payments-v1"), [2.4, 2_100.0, 900.0]).slow(95.0),
    http("orders/checkout", To("payments/payments-v2"), [1.1, 2_100.0, 900.0]).slow(70.0),
    tcp("orders/checkout", To("data/stock-db"), [0.3, 48_000.0, 52_000.0]),
    tcp("orders/orders", To("data/orders-db"), [0.5, 92_000.0, 140_000.0]),
    tcp("orders/orders", To("data/events"), [0.3, 180_000.0, 6_000.0]),
    http("orders/orders", To("orders/invoices"), [3.0, 1_600.0, 5_200.0]).fate(Fate::Unreachable),
    http("orders/orders", To("orders/notifications"), [3.2, 1_300.0, 250.0]),
    http("orders/shipping", Host("api.parcels.example", "orders/parcel-service"), [1.2, 1_500.0, 2_600.0]).slow(180.0),
    http("orders/invoices", To("legacy/billing"), [2.8, 4_400.0, 1_100.0]),
    tcp("orders/notifications", Host("mail.example", "orders/mail-relay"), [0.8, 14_000.0, 900.0]),
    grpc("orders/returns", To("orders/orders"), [0.4, 1_400.0, 700.0]),
    http("orders/returns", To("payments/payments-v1"), [0.2, 1_700.0, 800.0]),
    tcp("orders/order-export", To("data/orders-db"), [0.05, 2_000.0, 2_600_000.0]).rhythm(Bursts),
    tcp("orders/order-export", Elsewhere("198.51.100.20"), [0.05, 2_400_000.0, 3_000.0]).rhythm(Bursts),
    // Money.
    http("payments/payments-v1", To("payments/fraud-check"), [4.0, 1_300.0, 400.0]).fate(Fate::Unreachable).slow(150.0),
    http("payments/payments-v2", To("payments/fraud-check"), [1.1, 1_300.0, 400.0]).fate(Fate::Unreachable).slow(150.0),
    grpc("payments/payments-v1", To("payments/ledger"), [4.1, 900.0, 350.0]),
    grpc("payments/payments-v1", To("orders/orders"), [3.9, 800.0, 350.0]),
    http("payments/payments-v1", To("payments/exchange-rates"), [0.7, 300.0, 1_900.0]).rhythm(Steady),
    tcp("payments/ledger", To("payments/ledger-db"), [0.4, 66_000.0, 38_000.0]),
    tcp("payments/ledger", To("data/events"), [0.1, 90_000.0, 4_000.0]),
    http("payments/exchange-rates", To("istio-system/istio-egressgateway"), [0.2, 600.0, 24_000.0]).rhythm(Steady),
    http("istio-system/istio-egressgateway", Host("api.rates.example", "payments/rates"), [0.2, 600.0, 24_000.0])
        .rhythm(Steady)
        .slow(210.0),
    grpc("payments/settlement", To("payments/ledger"), [12.0, 700.0, 2_800.0]).rhythm(Night),
    tcp("payments/settlement", To("data/orders-db"), [0.02, 40_000.0, 7_000_000.0]).rhythm(Night),
    http("payments/payment-admin", Elsewhere("status.example"), [0.05, 500.0, 9_000.0]).rhythm(Steady),
    http("payments/payment-admin", Forbidden("updates.example"), [0.02, 500.0, 120.0])
        .rhythm(Steady)
        .fate(Fate::Blocked),
    http("payments/payment-admin", To("payments/ledger"), [0.3, 800.0, 16_000.0]),
    // By night, and by mistake.
    tcp("data/backup", To("data/warehouse"), [0.02, 9_000_000.0, 20_000.0]).rhythm(Night),
    tcp("data/backup", To("data/orders-db"), [0.1, 0.0, 0.0]).rhythm(Steady).fate(Fate::Denied),
    tcp("data/warehouse", To("data/events"), [0.2, 5_000.0, 320_000.0]).rhythm(Bursts),
    // From before the mesh.
    http("legacy/till", To("store/cart"), [2.2, 800.0, 1_500.0]),
    http("legacy/till", To("payments/payments-v1"), [1.4, 1_500.0, 700.0]),
    http("legacy/price-import", To("store/catalogue-v1"), [0.3, 85_000.0, 300.0]).rhythm(Bursts),
    http("monitoring/prometheus", Pods("store/search"), [0.14, 700.0, 38_000.0]).rhythm(Steady),
    http("monitoring/prometheus", Pods("data/events"), [0.2, 700.0, 52_000.0]).rhythm(Steady),
];
