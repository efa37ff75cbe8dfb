//! Both catalogues, text by text.

use std::collections::BTreeSet;

use crate::mesh::HopKind;
use crate::words::{Label, Language, Sentence};

/// Every label.
const LABELS: [Label; 181] = {
    use Label as L;
    [
        L::BackEnd,
        L::TimeRange,
        L::CustomRange,
        L::From,
        L::To,
        L::Apply,
        L::RefreshEvery,
        L::RefreshOff,
        L::RefreshNow,
        L::Namespaces,
        L::AllNamespaces,
        L::Display,
        L::WaypointPaths,
        L::GraphType,
        L::GraphOfWorkloads,
        L::GraphOfApps,
        L::GraphOfVersions,
        L::GraphOfServices,
        L::ServicesBetween,
        L::OperationsBetween,
        L::Hidden,
        L::Drawn,
        L::AmbientTraffic,
        L::AmbientAll,
        L::AmbientWaypoint,
        L::AmbientZtunnel,
        L::AmbientNone,
        L::HttpTraffic,
        L::GrpcTraffic,
        L::TcpTraffic,
        L::FarView,
        L::EdgesBundled,
        L::EveryEdge,
        L::BothWays,
        L::PathsAll,
        L::PathsLogical,
        L::PathsHops,
        L::ShowIdle,
        L::ShowInfrastructure,
        L::EdgeLabels,
        L::Requests,
        L::RequestsAndErrors,
        L::Errors,
        L::Bytes,
        L::Graph,
        L::Table,
        L::Settings,
        L::Language,
        L::AsBrowser,
        L::Theme,
        L::AsSystem,
        L::Light,
        L::Dark,
        L::Fit,
        L::ZoomIn,
        L::ZoomOut,
        L::Legend,
        L::Export,
        L::ExportJson,
        L::ExportSvg,
        L::Close,
        L::Previous,
        L::Next,
        L::Copy,
        L::Copied,
        L::CopyFailed,
        L::Queries,
        L::LookedAt,
        L::Loading,
        L::Details,
        L::NothingSelected,
        L::NotInGraph,
        L::Nodes,
        L::Edges,
        L::Name,
        L::Namespace,
        L::Cluster,
        L::App,
        L::Version,
        L::Role,
        L::Health,
        L::Kind,
        L::Protocol,
        L::Via,
        L::AlsoEndToEnd,
        L::Failures,
        L::ClientErrors,
        L::Sent,
        L::Received,
        L::ConnectionsOpened,
        L::ConnectionsClosed,
        L::ConnectionsFailed,
        L::ConnectionsActive,
        L::MeanResponseTime,
        L::MedianResponseTime,
        L::ResponseTime95,
        L::ResponseTime99,
        L::RequestBytes,
        L::ResponseBytes,
        L::MessagesBothWays,
        L::MessagesSent,
        L::MessagesReceived,
        L::Security,
        L::Identities,
        L::Services,
        L::ReportedBy,
        L::Responses,
        L::Code,
        L::Flags,
        L::Rate,
        L::Share,
        L::Inbound,
        L::RequestsAsServer,
        L::RequestsAsClient,
        L::BytesAsServer,
        L::BytesAsClient,
        L::Time,
        L::Outbound,
        L::Balance,
        L::SomewhereInMesh,
        L::Legs,
        L::Carries,
        L::Calls,
        L::CalledBy,
        L::ByteFlows,
        L::Notices,
        L::Problems,
        L::Unknown,
        L::None,
        L::Cancel,
        L::Workload,
        L::Service,
        L::ServiceEntry,
        L::PassthroughHost,
        L::Operation,
        L::UnknownDestination,
        L::BlackHole,
        L::UnknownClient,
        L::Waypoint,
        L::EastWestGateway,
        L::Gateway,
        L::Ztunnel,
        L::Sidecar,
        L::Captured,
        L::Plain,
        L::Idle,
        L::Streams,
        L::Healthy,
        L::Degraded,
        L::Failing,
        L::MutualTls,
        L::Plaintext,
        L::BySource,
        L::ByDestination,
        L::ByWaypoint,
        L::OwnEnvoyServes,
        L::OwnEnvoyAsks,
        L::OwnZtunnel,
        L::ReportsAsWaypoint,
        L::VerdictShown,
        L::VerdictLater,
        L::VerdictLess,
        L::VerdictPart,
        L::VerdictOtherPath,
        L::VerdictNothing,
        L::NoResponse,
        L::LegendWidth,
        L::LegendClusterBox,
        L::LegendNamespaceBox,
        L::LegendSelected,
        L::LegendFound,
        L::StoppedTitle,
        L::StoppedText,
        L::Restart,
        L::NoTrafficTitle,
        L::NoTrafficText,
        L::NothingShownTitle,
        L::NothingShownText,
        L::ShowEverything,
        L::DemoNotice,
        L::SkipToTable,
    ]
};

/// Every sentence, its parts filled with what no text holds.
const SENTENCES: [Sentence<'_>; 78] = {
    use Sentence as S;
    [
        S::Last { length: "¤0" },
        S::SomeNamespaces { count: 7000 },
        S::Updated { time: "¤0" },
        S::Old { time: "¤0" },
        S::Incomplete { failed: 7000, all: 7001 },
        S::Counts { nodes: 7000, edges: 7001 },
        S::At { time: "¤0" },
        S::Rows { first: 7000, last: 7001, count: 7002 },
        S::EdgeName { source: "¤0", target: "¤1", protocol: "¤2" },
        S::NotInGraph { id: "¤0" },
        S::InAndOut { inbound: "¤0", outbound: "¤1" },
        S::ImbalanceUnscraped { names: "¤0" },
        S::ImbalanceOnlyRequests { names: "¤0" },
        S::ImbalanceOutside { names: "¤0" },
        S::ImbalanceLumps { names: "¤0" },
        S::ImbalanceUnexplained,
        S::RoleConfigured,
        S::RoleDeclared { seen: "¤0" },
        S::RoleByEmitter { seen: "¤0" },
        S::RoleByStructure { seen: "¤0" },
        S::RoleByName { seen: "¤0" },
        S::MixedSecurity { share: "¤0" },
        S::LeftOver { rest: "¤0" },
        S::CountedBy { reporter: "¤0", emitter: "¤1" },
        S::SentFromTo { source: "¤0", target: "¤1" },
        S::LineReported { reporter: "¤0" },
        S::LineAsClient { reporter: "¤0", peers: 7001 },
        S::LineAsServer { reporter: "¤0", peers: 7001 },
        S::FlowIdle,
        S::BasisHttp,
        S::BasisAtWaypoint,
        S::BasisOfLeg,
        S::LineEstimated { reporter: "¤0" },
        S::Disagreement { one: "¤0", one_mean: "¤1", other: "¤2", other_mean: "¤3" },
        S::NoSeries,
        S::OnlyRequests { rate: "¤0" },
        S::OnlyConnections,
        S::Silent { expected: "¤0", heard: "¤1" },
        S::TriedTcp { heard: "¤0" },
        S::TriedTcpAtWaypoint { heard: "¤0" },
        S::TriedTcpOfLeg { heard: "¤0" },
        S::TriedHttp { heard: "¤0" },
        S::TriedHttpAtWaypoint { heard: "¤0" },
        S::TriedConnections { heard: "¤0" },
        S::Resolution { step: "¤0", window: "¤1" },
        S::Unreachable { back_end: "¤0", origin: "¤1" },
        S::NotLoaded { back_end: "¤0", reason: "¤1" },
        S::TimedOut { back_end: "¤0", after: "¤1" },
        S::Html { back_end: "¤0", status: 701 },
        S::Truncated { back_end: "¤0", bytes: 7001 },
        S::Malformed { back_end: "¤0", found: "¤1" },
        S::Refused { back_end: "¤0", status: 701, message: "¤2" },
        S::Status { back_end: "¤0", status: 701 },
        S::TooLarge { back_end: "¤0", bytes: "¤1", limit: "¤2" },
        S::Warning { text: "¤0" },
        S::Partial,
        S::NoOperations,
        S::RowsSkipped { rows: 7000 },
        S::HistogramsSkipped { series: 7000 },
        S::AssumedScrape { length: "¤0" },
        S::ConfigProblem { field: "¤0", found: "¤1", expected: "¤2" },
        S::ConfigUnreadable { reason: "¤0" },
        S::UrlProblem { name: "¤0", value: "¤1", expected: "¤2" },
        S::ExpectedObject,
        S::ExpectedList,
        S::ExpectedText,
        S::ExpectedBoolean,
        S::ExpectedPercent,
        S::ExpectedDuration,
        S::ExpectedUrl,
        S::ExpectedRegex { reason: "¤0" },
        S::ExpectedLabelName,
        S::ExpectedOneOf { words: "¤0" },
        S::ExpectedField { fields: "¤0" },
        S::ExpectedUniqueName,
        S::ExpectedHeader,
        S::Status { back_end: "¤0", status: 401 },
        S::Status { back_end: "¤0", status: 503 },
    ]
};

/// Terms of art of Istio and of the web, names of fields and of metrics' labels, and examples of what to write.
const NOT_TRANSLATED: &str = "access allow ambient bg control demo envoy false grpc http https istio js json m operation origin \
     prometheus request s scrapeinterval sidecar svg tcp telemetry tls true url wasm waypoint wayscope ztunnel";

/// Labels that are the same in every language: terms of art, and nothing else.
const SAME: [Label; 5] = [Label::Waypoint, Label::ByWaypoint, Label::Ztunnel, Label::Sidecar, Label::Captured];

/// The text in each language, English first.
fn both(say: impl Fn(Language) -> String) -> [String; 2] {
    Language::ALL.map(say)
}

fn all() -> Vec<(String, [String; 2])> {
    let labels = LABELS.iter().map(|label| (format!("{label:?}"), both(|one| one.label(*label).to_owned())));
    let hops = HopKind::ALL.iter().map(|hop| (format!("{hop:?}"), both(|one| one.hop(*hop).to_owned())));
    let sentences = SENTENCES.iter().map(|sentence| (format!("{sentence:?}"), both(|one| one.say(sentence))));
    labels.chain(hops).chain(sentences).collect()
}

/// How many variants an enum has, by its source: each stands alone at its line's beginning, four spaces in.
fn variants(source: &str) -> usize {
    let body = source.split_once("pub enum ").expect("an enum").1;
    let body = body.split_once("\n}").expect("its end").0;
    let is_variant = |line: &&str| line.starts_with("    ") && line[4..].starts_with(|c: char| c.is_ascii_uppercase());
    body.lines().filter(is_variant).count()
}

#[test]
fn the_lists_are_complete() {
    let labels: BTreeSet<String> = LABELS.iter().map(|label| format!("{label:?}")).collect();
    assert_eq!(labels.len(), variants(include_str!("label.rs")));
    let name = |sentence: &Sentence<'_>| format!("{sentence:?}").split(' ').next().map(str::to_owned);
    let sentences: BTreeSet<_> = SENTENCES.iter().map(name).collect();
    assert_eq!(sentences.len(), variants(include_str!("sentence.rs")));
}

#[test]
fn every_text_says_something_else_in_each_language() {
    for label in LABELS {
        let [english, chinese] = both(|one| one.label(label).to_owned());
        assert_eq!(english == chinese, SAME.contains(&label), "{label:?}: {english}");
    }
    for hop in HopKind::ALL {
        assert_ne!(Language::English.hop(hop), Language::Chinese.hop(hop));
    }
    for sentence in SENTENCES {
        let [english, chinese] = both(|one| one.say(&sentence));
        let has_words = !matches!(sentence, Sentence::SentFromTo { .. });
        assert_eq!(english != chinese, has_words, "{sentence:?}: {english}");
    }
}

#[test]
fn no_text_is_empty_or_ends_in_blanks() {
    for (name, texts) in all() {
        for text in texts {
            assert!(!text.is_empty() && text == text.trim_end() && !text.contains("  "), "{name}: {text:?}");
        }
    }
}

#[test]
fn no_english_word_stands_in_a_chinese_text() {
    let is_word = |word: &&str| word.starts_with(|c: char| c.is_ascii_alphabetic());
    for (name, [_, chinese]) in all() {
        let words = chinese.split(|c: char| !c.is_ascii_alphanumeric()).filter(is_word);
        let foreign: Vec<&str> =
            words.filter(|word| !NOT_TRANSLATED.split(' ').any(|known| known.eq_ignore_ascii_case(word))).collect();
        assert!(foreign.is_empty(), "{name}: {foreign:?} in {chinese}");
    }
}

#[test]
fn no_chinese_stands_in_an_english_text() {
    for (name, [english, _]) in all() {
        assert!(english.chars().all(|c| !('\u{2e80}'..='\u{ffef}').contains(&c)), "{name}: {english}");
    }
}

#[test]
fn every_part_is_said_in_each_language() {
    for sentence in SENTENCES {
        let parts = format!("{sentence:?}");
        let parts = parts.split(|c: char| !c.is_alphanumeric() && c != '¤');
        let parts: Vec<&str> =
            parts.filter(|part| part.starts_with(|c: char| c == '¤' || c.is_ascii_digit())).collect();
        for text in both(|one| one.say(&sentence)) {
            for part in &parts {
                assert!(text.contains(part), "{part} of {sentence:?} in {text}");
            }
        }
    }
}
