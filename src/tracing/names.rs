//! What a back end calls a workload or service.
//!
//! Istio has proxies call themselves `app.namespace`, unless `tracingServiceName` says otherwise
//! (`istio pkg/bootstrap/config.go`); waypoints `waypoint.namespace` with their own namespace, but for Istio 1.28 and 1.29
//! over OTLP, where they take the host that is asked for (istio/istio#57024, undone by #58688); with
//! `serviceAttributeEnrichment`, and in applications, the namespace stands in an attribute of its own.

use super::subject::Subject;

/// How a name is made.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NameRule {
    /// The label `app`, a dot, the namespace.
    AppNamespace,
    /// The canonical service, a dot, the namespace.
    CanonicalNamespace,
    /// The workload, a dot, the namespace.
    WorkloadNamespace,
    /// The waypoint, a dot, the waypoint's own namespace.
    WaypointNamespace,
    /// The whole host of a service.
    ServiceHost,
    /// The label `app` alone.
    App,
    /// The canonical service alone.
    Canonical,
    /// The workload alone.
    Workload,
    /// The service's name alone.
    Service,
    /// The waypoint's name alone.
    Waypoint,
}

/// A name that the spans may bear.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// The name.
    pub name: String,
    /// How it is made.
    pub rule: NameRule,
    /// The name without its namespace.
    pub stem: String,
    /// The namespace that it belongs to, whether the name says so or not.
    pub namespace: String,
}

/// Whether something is forced.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Forced {
    /// Both ways are tried.
    #[default]
    Auto,
    /// Always.
    Yes,
    /// Never.
    No,
}

/// What the reader forces on the names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct NameRules {
    /// Whether names end in the namespace.
    pub namespace_suffix: Forced,
    /// Whether traffic through a waypoint is looked for by the waypoint's name.
    pub waypoint_name: Forced,
}

/// How a name of the back end's and one that was wanted meet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Meeting {
    /// They are equal.
    Exact,
    /// They differ in upper and lower case. Back ends, Zipkin but for, take that for another service.
    OtherCase,
    /// One has a namespace or domain that the other lacks.
    OtherSuffix,
    /// Both.
    OtherCaseAndSuffix,
}

/// A name that the back end knows, and why it is the one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NameMatch {
    /// As the back end spells it: what to ask for.
    pub known: String,
    /// What was wanted.
    pub wanted: Candidate,
    /// What made them meet.
    pub meeting: Meeting,
    /// Whether others may bear the name: it has no namespace, or it is a waypoint's. What is found must be filtered.
    pub is_shared: bool,
}

/// What the back end's names give for a subject.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Names {
    /// Names to search by, the most telling first. All are exact, or none is.
    pub matches: Vec<NameMatch>,
    /// What was wanted, in the same order.
    pub wanted: Vec<Candidate>,
    /// Where nothing matches: names of the back end's that have one that was wanted in them, at most five.
    pub near: Vec<String>,
}

impl NameRule {
    /// Whether the name says which namespace it belongs to.
    pub const fn has_namespace(self) -> bool {
        matches!(
            self,
            Self::AppNamespace
                | Self::CanonicalNamespace
                | Self::WorkloadNamespace
                | Self::WaypointNamespace
                | Self::ServiceHost
        )
    }

    /// Whether it is a waypoint's.
    pub const fn is_waypoints(self) -> bool {
        matches!(self, Self::WaypointNamespace | Self::Waypoint)
    }
}

impl NameRules {
    fn allow(self, rule: NameRule, has_waypoint: bool) -> bool {
        let suffix = match self.namespace_suffix {
            Forced::Auto => true,
            Forced::Yes => rule.has_namespace(),
            Forced::No => !rule.has_namespace(),
        };
        let waypoint = match self.waypoint_name {
            Forced::Auto => true,
            Forced::Yes => rule.is_waypoints() || !has_waypoint,
            Forced::No => !rule.is_waypoints(),
        };
        suffix && waypoint
    }
}

/// All names that the subject's spans may bear, the most telling first, each once.
fn candidates(subject: &Subject) -> Vec<Candidate> {
    use NameRule as Rule;
    let own = [
        (&subject.app, Rule::AppNamespace, Rule::App),
        (&subject.canonical, Rule::CanonicalNamespace, Rule::Canonical),
        (&subject.workload, Rule::WorkloadNamespace, Rule::Workload),
    ];
    let mut all: Vec<Candidate> = Vec::new();
    let mut add = |name: String, rule: Rule, stem: &str, namespace: &str| {
        let is_new = !stem.is_empty() && !namespace.is_empty() && all.iter().all(|known| known.name != name);
        if is_new {
            all.push(Candidate { name, rule, stem: stem.to_owned(), namespace: namespace.to_owned() });
        }
    };
    let namespace = subject.namespace.as_str();
    let known = || own.iter().filter_map(|(stem, long, short)| Some((stem.as_deref()?, *long, *short)));
    let services = || subject.services.iter().filter_map(|service| subject.short(service));
    for (stem, rule, _) in known() {
        add([stem, ".", namespace].concat(), rule, stem, namespace);
    }
    for waypoint in &subject.waypoints {
        let name = [&waypoint.name, ".", &waypoint.namespace].concat();
        add(name, Rule::WaypointNamespace, &waypoint.name, &waypoint.namespace);
    }
    for service in services() {
        add([service, ".", namespace, ".svc.", subject.domain()].concat(), Rule::ServiceHost, service, namespace);
    }
    for (stem, _, rule) in known() {
        add(stem.to_owned(), rule, stem, namespace);
    }
    for service in services() {
        add(service.to_owned(), Rule::Service, service, namespace);
    }
    for waypoint in &subject.waypoints {
        add(waypoint.name.clone(), Rule::Waypoint, &waypoint.name, &waypoint.namespace);
    }
    all
}

impl Candidate {
    /// Whether a name is this one but for case and suffix, and how. Another namespace is another name.
    fn meets(&self, known: &str) -> Option<Meeting> {
        if known == self.name {
            return Some(Meeting::Exact);
        }
        if known.eq_ignore_ascii_case(&self.name) {
            return Some(Meeting::OtherCase);
        }
        let (head, rest) = known.split_at_checked(self.stem.len())?;
        let rest = rest.to_ascii_lowercase();
        let own = [".", &self.namespace.to_ascii_lowercase()].concat();
        let after = if rest.is_empty() { Some("") } else { rest.strip_prefix(own.as_str()) };
        let is_own = after.is_some_and(|after| after.is_empty() || after == ".svc" || after.starts_with(".svc."));
        if !is_own || !head.eq_ignore_ascii_case(&self.stem) {
            return None;
        }
        Some(if head == self.stem { Meeting::OtherSuffix } else { Meeting::OtherCaseAndSuffix })
    }
}

impl Names {
    /// Looks for the subject among the names that the back end knows. What is forced holds for exact matches; where there
    /// is none, any name that differs in case or suffix only is taken, and said to differ.
    pub fn of(subject: &Subject, rules: NameRules, known: &[String]) -> Self {
        let has_waypoint = !subject.waypoints.is_empty();
        let all = candidates(subject);
        let wanted: Vec<Candidate> = all.iter().filter(|one| rules.allow(one.rule, has_waypoint)).cloned().collect();
        let exact = |one: &&Candidate| known.contains(&one.name);
        let mut matches: Vec<NameMatch> =
            wanted.iter().filter(exact).map(|one| NameMatch::new(&one.name, one, Meeting::Exact)).collect();
        if matches.is_empty() {
            matches = loose(&wanted, known);
        }
        if matches.is_empty() {
            matches = loose(&all, known);
        }
        let near = if matches.is_empty() { near(&wanted, known) } else { Vec::new() };
        Self { matches, wanted, near }
    }
}

impl NameMatch {
    fn new(known: &str, wanted: &Candidate, meeting: Meeting) -> Self {
        let is_shared = wanted.rule.is_waypoints() || known.len() == wanted.stem.len();
        Self { known: known.to_owned(), wanted: wanted.clone(), meeting, is_shared }
    }
}

/// Each known name with the wanted one that it is closest to.
fn loose(wanted: &[Candidate], known: &[String]) -> Vec<NameMatch> {
    let closest = |name: &String| {
        let met = wanted.iter().filter_map(|one| Some((one.meets(name)?, one)));
        met.min_by_key(|(meeting, _)| *meeting).map(|(meeting, one)| NameMatch::new(name, one, meeting))
    };
    let mut matches: Vec<NameMatch> = known.iter().filter_map(closest).collect();
    crate::order::sort_by(&mut matches, |one, other| one.meeting.cmp(&other.meeting));
    matches
}

fn near(wanted: &[Candidate], known: &[String]) -> Vec<String> {
    let has = |name: &str| wanted.iter().any(|one| name.to_ascii_lowercase().contains(&one.stem.to_ascii_lowercase()));
    known.iter().filter(|name| has(name)).take(5).cloned().collect()
}
