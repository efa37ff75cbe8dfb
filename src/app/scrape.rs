//! How often proxies are scraped: what every rate's window depends on.

use crate::quantity::Duration;

/// A scrape interval and where it comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScrapeInterval {
    /// The configuration says so.
    Configured(Duration),
    /// The back end's own configuration says so.
    Learned(Duration),
    /// Nobody says; the interval of Istio's sample configuration.
    Assumed,
}

impl ScrapeInterval {
    /// Its length.
    pub fn length(self) -> Duration {
        match self {
            Self::Configured(length) | Self::Learned(length) => length,
            Self::Assumed => Duration::from_secs(15),
        }
    }
}
