//! Why there are no traces of something, or fewer than there should be.

use super::finding::{Certainty, Finding, Trouble};
use super::remedy::Remedy;
use super::traffic::Traffic;
use crate::mesh::NodeKey;
use crate::order;
use crate::quantity::{Instant, PerSec, TimeRange};
use crate::tracing::{Coverage, Forced, Meeting, NameMatch, NameRule, Names, SearchEnd, SpanCounts, Subject, Waypoint};

/// The share of requests that Istio samples unless told otherwise (`istio pilot/pkg/features/tuning.go`,
/// `PILOT_TRACE_SAMPLING`).
pub const DEFAULT_SAMPLING: f64 = 0.01;

/// So few expected traces may well all be missing: none of five happens once in 150 times (Poisson).
const FEW: f64 = 5.0;

/// What is known of a search that found too little.
#[derive(Clone, Copy, Debug)]
pub struct Absence<'a> {
    /// Whose traces were looked for.
    pub subject: &'a Subject,
    /// By which names.
    pub names: &'a Names,
    /// The names that the back end knows.
    pub services: &'a [String],
    /// When.
    pub range: TimeRange,
    /// How far the search got; nothing when there was no name to search by.
    pub coverage: Option<Coverage>,
    /// The traffic that telemetry counts in the same range; nothing when telemetry is not asked.
    pub traffic: Option<&'a Traffic>,
    /// The share of requests that is sampled, 0 to 1, where it is known.
    pub sampling: Option<f64>,
    /// When the oldest trace of the back end began, where a search to the beginning has told.
    pub oldest: Option<Instant>,
    /// Whose spans each trace has that was looked at.
    pub counts: &'a [SpanCounts],
}

/// Why there are none: what was seen first, then what is likely, each in the order in which it is worth trying.
pub fn diagnose_absence(absence: &Absence<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if absence.services.is_empty() {
        let remedies = vec![Remedy::EnableTracing { namespace: None, waypoint: None }];
        findings.push(Finding::established(Trouble::Empty, remedies));
        return findings;
    }
    findings.extend(absence.before_oldest());
    findings.extend(absence.only_l4());
    findings.extend(absence.other_names());
    findings.extend(absence.silent_waypoints());
    findings.extend(absence.unknown_name());
    findings.extend(absence.unlinked());
    findings.extend(absence.searched());
    findings.extend(absence.sampled());
    order::sort_by(&mut findings, |one, other| one.certainty.cmp(&other.certainty));
    findings
}

impl Absence<'_> {
    fn before_oldest(&self) -> Option<Finding> {
        let oldest = self.oldest.filter(|oldest| *oldest > self.range.to)?;
        let range = TimeRange { from: oldest, to: oldest + self.range.length() };
        let trouble = Trouble::BeforeOldest { oldest, range: self.range };
        Some(Finding::established(trouble, vec![Remedy::ChangeRange { range }]))
    }

    /// ztunnel carries bytes and emits no spans (it only passes a new `traceparent` on: `ztunnel src/proxy/outbound.rs`).
    fn only_l4(&self) -> Option<Finding> {
        // What is not a number is not known to be nothing.
        let traffic = self.traffic.filter(|traffic| traffic.requests.0 <= 0.0)?;
        if !traffic.bytes.is_flowing() {
            let range = TimeRange { from: self.range.from - self.range.length() * 5, to: self.range.to };
            return Some(Finding::likely(Trouble::NoTraffic, vec![Remedy::ChangeRange { range }]));
        }
        let namespace = self.subject.namespace.clone();
        let trouble = Trouble::OnlyL4 { bytes: traffic.bytes };
        Some(Finding::established(trouble, vec![Remedy::AddWaypoint { namespace }]))
    }

    fn other_names(&self) -> Vec<Finding> {
        let other = self.names.matches.iter().filter(|one| one.meeting != Meeting::Exact);
        let finding = |one: &NameMatch| {
            let trouble =
                Trouble::OtherName { known: one.known.clone(), wanted: one.wanted.name.clone(), meeting: one.meeting };
            let mut remedies = Vec::new();
            if matches!(one.meeting, Meeting::OtherSuffix | Meeting::OtherCaseAndSuffix) {
                let has_suffix = one.known.len() > one.wanted.stem.len();
                remedies.push(Remedy::ForceSuffix(if has_suffix { Forced::Yes } else { Forced::No }));
            }
            remedies.push(Remedy::NameService { name: one.wanted.name.clone() });
            Finding::established(trouble, remedies)
        };
        other.map(finding).collect()
    }

    /// Waypoints that count requests but are known by none of the names that Istio has given their spans.
    fn silent_waypoints(&self) -> Vec<Finding> {
        let through = self.traffic.map(|traffic| traffic.through.as_slice()).unwrap_or_default();
        let silent = |(key, requests): &(NodeKey, PerSec)| {
            let NodeKey::Workload { namespace, workload, .. } = key else { return None };
            let waypoint = Waypoint { name: workload.as_str().to_owned(), namespace: namespace.as_str().to_owned() };
            let own = [&waypoint.name, ".", &waypoint.namespace].concat();
            let hosts = self.names.wanted.iter().filter(|one| one.rule == NameRule::ServiceHost);
            let names: Vec<&String> = hosts.map(|one| &one.name).chain([&own, &waypoint.name]).collect();
            let is_its = |known: &String| names.iter().any(|name| known.eq_ignore_ascii_case(name));
            if self.services.iter().any(is_its) {
                return None;
            }
            let remedies = vec![Remedy::EnableTracing { namespace: None, waypoint: Some(waypoint.clone()) }];
            Some(Finding::established(Trouble::WaypointSilent { waypoint, requests: *requests }, remedies))
        };
        through.iter().filter_map(silent).collect()
    }

    fn unknown_name(&self) -> Option<Finding> {
        if !self.names.matches.is_empty() {
            return None;
        }
        let wanted: Vec<String> = self.names.wanted.iter().map(|one| one.name.clone()).collect();
        let name = wanted.first().cloned();
        let trouble = Trouble::UnknownName { wanted, near: self.names.near.clone(), known: self.services.len() };
        let namespace = Some(self.subject.namespace.clone());
        let mut remedies = vec![Remedy::EnableTracing { namespace, waypoint: None }];
        remedies.extend(name.map(|name| Remedy::NameService { name }));
        Some(Finding::established(trouble, remedies))
    }

    fn unlinked(&self) -> Option<Finding> {
        let count = |test: fn(&SpanCounts) -> bool| self.counts.iter().filter(|counts| test(counts)).count();
        let mixed = count(|one| one.applications > 0 && one.proxies > 0);
        let applications = count(|one| one.proxies == 0 && one.applications > 0);
        let proxies = count(|one| one.applications == 0 && one.proxies > 0);
        let is_found = mixed == 0 && applications > 0 && proxies > 0;
        is_found
            .then(|| Finding::established(Trouble::Unlinked { applications, proxies }, vec![Remedy::PropagateHeaders]))
    }

    fn searched(&self) -> Option<Finding> {
        let coverage = self.coverage.filter(|coverage| coverage.matched == 0)?;
        match coverage.end {
            SearchEnd::Bounded | SearchEnd::Failed => {
                Some(Finding::established(Trouble::NotSearchedThrough { coverage }, vec![Remedy::Narrow]))
            }
            _ if coverage.looked_at > 0 => {
                Some(Finding::established(Trouble::FilteredOut { coverage }, vec![Remedy::RelaxFilter]))
            }
            _ => None,
        }
    }

    /// What sampling explains, and what it does not. Only where the back end knows the name, and nothing else was found
    /// in its answers.
    fn sampled(&self) -> Option<Finding> {
        let traffic = self.traffic.filter(|traffic| traffic.requests.is_flowing())?;
        let coverage = self.coverage?;
        let requests = traffic.requests.0 * self.range.length().secs();
        let share = self.sampling.unwrap_or(DEFAULT_SAMPLING).clamp(0.0, 1.0);
        let (expected, found) = (requests * share, coverage.looked_at);
        if !requests.is_finite() || coverage.end != SearchEnd::Exhausted {
            return None;
        }
        if expected < FEW {
            let percent = (FEW * 4.0 / requests.max(1.0) * 100.0).clamp(share * 100.0, 100.0).ceil();
            let namespace = self.subject.namespace.clone();
            let trouble = Trouble::SamplingLow { requests, expected, share, found };
            return Some(Finding::likely(trouble, vec![Remedy::Sample { percent, namespace }]));
        }
        let namespace = Some(self.subject.namespace.clone());
        let remedies = vec![Remedy::EnableTracing { namespace, waypoint: None }];
        (found == 0).then(|| Finding::likely(Trouble::NoSpansDespiteTraffic { requests, expected }, remedies))
    }
}

impl Finding {
    /// Whether it was seen.
    pub fn is_established(&self) -> bool {
        self.certainty == Certainty::Established
    }
}
