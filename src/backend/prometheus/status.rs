//! What a server says about itself.

use super::envelope::{Body, read};
use crate::backend::answer::HttpAnswer;
use crate::backend::error::BackendError;
use crate::quantity::Duration;

/// Which server answers. Those that only speak like Prometheus leave fields out or fill in what they imitate.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BuildInfo {
    /// The version, such as `3.10.0`; nothing from `VictoriaMetrics` before 1.80, and always `2.24.0` later.
    pub version: Option<String>,
    /// The product's name, where it says one (Mimir does).
    pub application: Option<String>,
}

/// Reads the answer to [`Call::BuildInfo`](super::Call::BuildInfo).
///
/// # Errors
/// When the answer is an error or is not of the API.
pub fn decode_build_info(answer: &HttpAnswer) -> Result<BuildInfo, BackendError> {
    let mut body = Body::default();
    read(answer, &mut body)?;
    Ok(BuildInfo { version: body.version, application: body.application })
}

/// Reads the global scrape interval out of the answer to [`Call::Config`](super::Call::Config); nothing when the
/// configuration does not say. Single jobs may scrape at another pace.
///
/// # Errors
/// When the answer is an error or is not of the API.
pub fn decode_scrape_interval(answer: &HttpAnswer) -> Result<Option<Duration>, BackendError> {
    let mut body = Body::default();
    read(answer, &mut body)?;
    Ok(body.yaml.as_deref().and_then(global_scrape_interval))
}

/// Looks for one scalar in the block or the flow mapping named `global`; servers print their configuration in a plain
/// subset of YAML.
fn global_scrape_interval(yaml: &str) -> Option<Duration> {
    const KEY: &str = "scrape_interval:";
    let begins_key = |line: &&str| !line.starts_with([' ', '\t', '#', '\r']) && !line.is_empty();
    let mut lines = yaml.lines().skip_while(|line| !line.starts_with("global:"));
    let first = lines.next()?;
    let block = lines.take_while(|line| !begins_key(line));
    std::iter::once(first).chain(block).find_map(|line| {
        let line = line.split('#').next().unwrap_or_default();
        let at = line.find(KEY)?;
        let before = line.get(..at)?.chars().next_back();
        let value = line.get(at + KEY.len()..)?.split([',', '}']).next()?;
        let is_whole_key = before.is_none_or(|c| matches!(c, ' ' | '\t' | '{' | ','));
        let value = value.trim().trim_matches(['"', '\'']);
        Duration::parse(value).ok().filter(|length| is_whole_key && *length > Duration::ZERO)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_global_scrape_interval_is_found() {
        let secs = |secs| Some(Duration::from_secs(secs));
        for (yaml, expect) in [
            ("global:\n  scrape_interval: 15s\n  scrape_timeout: 10s\n", secs(15)),
            ("global:\r\n    scrape_timeout: 10s\r\n    scrape_interval: 1m\r\n", secs(60)),
            ("# global\nrule_files: []\nglobal:\n\n  # pace\n  scrape_interval: \"30s\" # slow\n", secs(30)),
            ("global: {evaluation_interval: 1m, scrape_interval: 5s}\n", secs(5)),
            ("global: {scrape_interval: 1h}", secs(3_600)),
            ("global:\n  external_labels:\n    a: b\nscrape_configs:\n- job_name: a\n  scrape_interval: 5s\n", None),
            ("global:\n  my_scrape_interval: 5s\n", None),
            ("global:\n  scrape_interval: soon\n", None),
            ("global:\n  scrape_interval: 0s\n", None),
            ("scrape_configs:\n- scrape_interval: 5s\n", None),
            ("global:", None),
            ("", None),
        ] {
            assert_eq!(global_scrape_interval(yaml), expect, "{yaml}");
        }
    }
}
