//! What a probe finds.

use super::look::{Look, Seen};
use crate::backend::error::BackendError;
use crate::backend::trace::address::PortHint;
use crate::backend::trace::dialect::Dialect;
use crate::quantity::Duration;

/// What a probe finds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// A back end that answers.
    Found(Choice),
    /// None.
    None(WhyNone),
}

/// A back end that answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// Its base address; it may differ from the one given.
    pub base: String,
    /// What it speaks.
    pub dialect: Dialect,
    /// The services it knows; none when it has no spans yet.
    pub services: Vec<String>,
    /// Whether Jaeger's routes of old are there, which the release after 2.20 leaves out.
    pub has_legacy: bool,
    /// Whether Jaeger's `api_v3` is there.
    pub has_v3: bool,
    /// Whether the reader fixed the dialect.
    pub is_fixed: bool,
}

/// Why nothing was found that speaks a known dialect.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WhyNone {
    /// Another dialect is spoken there than the fixed one.
    OtherDialect {
        /// The one that was fixed.
        wanted: Dialect,
        /// The one that answers.
        found: Dialect,
        /// Where.
        base: String,
    },
    /// gRPC is spoken there, which a browser does not speak.
    Grpc,
    /// TLS is spoken there: the address must begin with `https:`.
    WantsTls,
    /// A tenant must be named in a header.
    TenantMissing {
        /// In the back end's words.
        message: String,
    },
    /// Credentials are missing or not enough.
    Denied {
        /// The HTTP status: 401 or 403.
        status: u16,
    },
    /// The path is right, but the back end fails.
    Fails {
        /// Where.
        base: String,
        /// In which dialect it was asked.
        dialect: Dialect,
        /// How it fails.
        error: BackendError,
    },
    /// Only web pages come: no API stands below this path or any other that was tried, or someone wants a log-in.
    OnlyPages,
    /// Something answers, but no API stands below this path or any other that was tried.
    NoApi,
    /// Without headers there are answers, with them there are none: the preflight is refused.
    PreflightRefused,
    /// Something answers, but the page may not read it: the headers of CORS are missing, on this answer at least.
    NotShared,
    /// Nothing answers: refused, unknown host, certificate, mixed content…; a browser does not say.
    Unreachable {
        /// What the port is known for.
        hint: PortHint,
    },
    /// Nothing answers in time.
    TimedOut {
        /// How long was waited.
        after: Duration,
    },
}

impl WhyNone {
    /// Whether it was seen, rather than being what most likely lies behind a failure whose reason a browser hides.
    pub const fn is_established(&self) -> bool {
        !matches!(self, Self::NotShared | Self::PreflightRefused | Self::Unreachable { .. } | Self::TimedOut { .. })
    }

    /// The reason that says most.
    pub(super) fn of(seen: &[Seen], fixed: Option<Dialect>) -> Self {
        let find = |test: &dyn Fn(&Look) -> bool| seen.iter().find(|seen| test(&seen.look));
        if let (Some(wanted), Some(other)) = (fixed, find(&|look| look.names().is_some())) {
            return Self::OtherDialect { wanted, found: other.dialect, base: other.base.clone() };
        }
        if find(&|look| *look == Look::Grpc).is_some() {
            return Self::Grpc;
        }
        if find(&|look| *look == Look::WantsTls).is_some() {
            return Self::WantsTls;
        }
        for seen in seen {
            if let Look::TenantMissing { message } = &seen.look {
                return Self::TenantMissing { message: message.clone() };
            }
        }
        for seen in seen {
            match &seen.look {
                Look::Denied { status } => return Self::Denied { status: *status },
                Look::Fails(error) => {
                    let (base, dialect, error) = (seen.base.clone(), seen.dialect, error.clone());
                    return Self::Fails { base, dialect, error };
                }
                _ => {}
            }
        }
        let is_page = |seen: &Seen| matches!(seen.look, Look::Html { .. });
        if seen.iter().any(is_page) { Self::OnlyPages } else { Self::NoApi }
    }
}
