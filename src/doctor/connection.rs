//! Why a trace back end cannot be asked.

use super::finding::{Finding, Trouble};
use super::remedy::Remedy;
use crate::backend::trace::{Address, Choice, Dialect, PortHint, WhyNone};

/// What the page knows of itself and of what it asked.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Page {
    /// Where the page comes from, as a browser writes it (`https://mesh.example`).
    pub origin: String,
    /// The address that was configured.
    pub base: String,
    /// The names of the headers that are configured for it.
    pub headers: Vec<String>,
}

impl Page {
    fn address(&self) -> Address {
        Address::parse(&self.base)
    }

    fn is_secure(&self) -> bool {
        self.origin.to_ascii_lowercase().starts_with("https:")
    }

    /// An address that every dialect but Zipkin's and Tempo's answers at, and that the others refuse readably.
    fn url(&self) -> String {
        [self.base.trim_end_matches('/'), "/api/services"].concat()
    }

    /// The same address at another port.
    fn at_port(&self, port: u16) -> Remedy {
        let address = self.address();
        let scheme = address.origin.split("://").next().unwrap_or_default();
        Remedy::UseBase { base: [scheme, "://", &address.host, ":", &port.to_string(), &address.path].concat() }
    }

    fn share(&self) -> Vec<Remedy> {
        let (origin, url, headers) = (self.origin.clone(), self.url(), self.headers.clone());
        vec![Remedy::Share { origin, url, headers }, Remedy::SameOrigin]
    }

    fn ask_by_hand(&self) -> Remedy {
        Remedy::AskByHand { url: self.url(), origin: self.origin.clone() }
    }

    fn port_remedies(&self, hint: PortHint) -> Vec<Remedy> {
        match hint {
            PortHint::Grpc(port) | PortHint::Intake(port) => vec![self.at_port(port)],
            PortHint::Nothing => vec![self.ask_by_hand()],
        }
    }
}

/// Why nothing was found, from what was heard and from the address itself.
pub fn diagnose_connection(why: &WhyNone, page: &Page) -> Vec<Finding> {
    let (address, base) = (page.address(), page.base.clone());
    let is_silent = matches!(why, WhyNone::Unreachable { .. } | WhyNone::NotShared | WhyNone::TimedOut { .. });
    if is_silent && address.is_mixed_content(page.is_secure()) {
        let secure = base.replacen("http:", "https:", 1);
        let remedies = vec![Remedy::UseBase { base: secure }, Remedy::SameOrigin];
        return vec![Finding::established(Trouble::MixedContent { base }, remedies)];
    }
    let hint = address.hint();
    if is_silent && hint != PortHint::Nothing {
        return vec![Finding::likely(Trouble::WrongPort { base, hint }, page.port_remedies(hint))];
    }
    let finding = match why {
        WhyNone::OtherDialect { wanted: Dialect::Jaeger, found: found @ Dialect::JaegerV3 { .. }, .. } => {
            Finding::established(Trouble::RoutesGone { found: *found }, vec![Remedy::UseDialect { dialect: *found }])
        }
        WhyNone::OtherDialect { wanted, found, .. } => {
            let (wanted, found) = (*wanted, *found);
            Finding::established(Trouble::OtherDialect { wanted, found }, vec![Remedy::UseDialect { dialect: found }])
        }
        WhyNone::Grpc => Finding::established(Trouble::WrongPort { base, hint }, page.port_remedies(hint)),
        WhyNone::WantsTls => {
            let secure = base.replacen("http:", "https:", 1);
            Finding::established(Trouble::NotEncrypted { base }, vec![Remedy::UseBase { base: secure }])
        }
        WhyNone::TenantMissing { message } => {
            let header = if message.contains("org id") { "X-Scope-OrgID" } else { "x-tenant" };
            let trouble = Trouble::TenantMissing { message: message.clone() };
            Finding::established(trouble, vec![Remedy::NameTenant { header }])
        }
        WhyNone::Denied { status } => {
            Finding::established(Trouble::Denied { status: *status }, vec![Remedy::AddCredentials])
        }
        WhyNone::Fails { error, .. } => {
            Finding::established(Trouble::BackEndFails { error: error.clone() }, vec![Remedy::ReadLogs])
        }
        WhyNone::OnlyPages | WhyNone::NoApi => {
            let is_page = *why == WhyNone::OnlyPages;
            Finding::established(Trouble::WrongPath { base, is_page }, vec![page.ask_by_hand()])
        }
        WhyNone::PreflightRefused => {
            Finding::likely(Trouble::PreflightRefused { headers: page.headers.clone() }, page.share())
        }
        WhyNone::NotShared => Finding::likely(Trouble::NotShared { base }, page.share()),
        WhyNone::Unreachable { .. } => Finding::likely(Trouble::Unreachable { base }, vec![page.ask_by_hand()]),
        WhyNone::TimedOut { after } => Finding::likely(Trouble::TimedOut { after: *after }, vec![page.ask_by_hand()]),
    };
    vec![finding]
}

/// What is worth saying of a back end that answers.
pub fn diagnose_found(choice: &Choice, page: &Page) -> Vec<Finding> {
    let mut findings = Vec::new();
    let same = |one: &str, other: &str| one.trim_end_matches('/') == other.trim_end_matches('/');
    if !same(&choice.base, &page.base) {
        let (given, found) = (page.base.clone(), choice.base.clone());
        let remedies = vec![Remedy::UseBase { base: found.clone() }];
        findings.push(Finding::established(Trouble::OtherPath { given, found }, remedies));
    }
    if choice.is_fixed && choice.dialect == Dialect::Jaeger && choice.has_v3 {
        let dialect = Dialect::JaegerV3 { has_summaries: true };
        findings.push(Finding::established(Trouble::RoutesGoing, vec![Remedy::UseDialect { dialect }]));
    }
    if choice.services.is_empty() {
        let remedies = vec![Remedy::EnableTracing { namespace: None, waypoint: None }];
        findings.push(Finding::established(Trouble::Empty, remedies));
    }
    findings
}
