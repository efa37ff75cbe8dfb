//! Texts with parts in English.

use crate::words::Sentence;

/// `1 peer`, `2 peers`.
fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[expect(clippy::too_many_lines, reason = "one catalogue, one match")]
pub(in crate::words) fn say(sentence: &Sentence<'_>) -> String {
    use Sentence as S;
    match sentence {
        S::Last { length } => format!("Last {length}"),
        S::SomeNamespaces { count: number } => count(*number, "namespace", "namespaces"),
        S::Updated { time } => format!("As of {time}"),
        S::Old { time } => format!("Old: as of {time}"),
        S::Incomplete { failed, all } => format!("{failed} of {all} queries failed; the graph is incomplete"),
        S::Counts { nodes, edges } => format!("{}, {}", count(*nodes, "node", "nodes"), count(*edges, "edge", "edges")),
        S::At { time } => format!("At {time}"),
        S::Rows { first, last, count } => format!("{first}–{last} of {count}"),
        S::EdgeName { source, target, protocol } => format!("{source} to {target}, {protocol}"),
        S::NotInGraph { id } => format!(
            "The address names “{id}”, and there is no such node or edge here. It may have had no traffic in this time \
             range, or stand in a graph of another type: try a longer range, or select something else."
        ),
        S::InAndOut { inbound, outbound } => format!("{inbound} in, {outbound} out"),
        S::ImbalanceUnscraped { names } => format!(
            "Nobody counts the bytes between it and {names}, although traffic passes there. Probably the ztunnels of \
             these workloads are not scraped."
        ),
        S::ImbalanceOnlyRequests { names } => {
            format!("Between it and {names} only HTTP requests are counted, and no bytes.")
        }
        S::ImbalanceOutside { names } => format!("No proxy counts what it exchanges with {names}, outside the mesh."),
        S::ImbalanceLumps { names } => format!(
            "Istio 1.29.0 runs in {names}: its proxy counts the bytes of a long connection only when it opens and \
             closes; Istio 1.29.1 counts them as they flow."
        ),
        S::ImbalanceUnexplained => "Probably some proxies of one side are not scraped.".into(),
        S::RoleConfigured => "set in the configuration".into(),
        S::RoleDeclared { seen } => format!("declared by scrape label {seen}"),
        S::RoleByEmitter { seen } => format!("told by its series: {seen}"),
        S::RoleByStructure { seen } => format!(
            "told by the shape of the traffic: mutual TLS to it and from it for {seen}, reported by the far ends only"
        ),
        S::RoleByName { seen } => format!("guessed from the name “{seen}”"),
        S::MixedSecurity { share } => format!("{share} mutual TLS, the rest plaintext"),
        S::LeftOver { rest } => {
            format!("End-to-end edges tell of this part too. Where they are drawn, this hop stands for the rest: {rest}.")
        }
        S::CountedBy { reporter, emitter } => format!("{reporter} ({emitter})"),
        S::SentFromTo { source, target } => format!("{source} → {target}"),
        S::LineReported { reporter } => format!("reporter: {reporter}"),
        S::LineEstimated { reporter } => format!("estimate, reporter: {reporter}"),
        S::LineAsClient { reporter, peers } => {
            format!("as client of {}, reporter: {reporter}", count(*peers, "server", "servers"))
        }
        S::LineAsServer { reporter, peers } => {
            format!("as server of {}, reporter: {reporter}", count(*peers, "client", "clients"))
        }
        S::FlowIdle => "The series exist and stay at zero: nothing flowed in this time range.".into(),
        S::BasisHttp => "No TCP bytes are counted here: shown are the sizes of HTTP requests and responses.".into(),
        S::BasisAtWaypoint => "Neither end of this leg counts it: shown is what the waypoint itself counted.".into(),
        S::BasisOfLeg => {
            "An estimate: nobody counts these bytes end to end. Shown is what passes between the client and the waypoint \
             for this service, of which no other server is seen."
                .into()
        }
        S::Disagreement { one, one_mean, other, other_mean } => {
            format!("The reporters disagree: {one} counts {one_mean}, {other} {other_mean} on average.")
        }
        S::NoSeries => "No proxy has any byte series for this in the time range.".into(),
        S::OnlyRequests { rate } => {
            format!("Only HTTP here ({rate} requests): proxies count requests and no TCP bytes on such an edge.")
        }
        S::OnlyConnections => {
            "Connections are opened, but no byte was counted: they carry nothing, or are refused.".into()
        }
        S::Silent { expected, heard } => format!(
            "The reporter “{expected}” should count these bytes and is silent, though “{heard}” speaks of this traffic. \
             Probably its proxy is not scraped."
        ),
        S::TriedTcp { heard } => format!("TCP byte counters: {heard}"),
        S::TriedTcpAtWaypoint { heard } => format!("TCP byte counters of the waypoint: {heard}"),
        S::TriedTcpOfLeg { heard } => format!("Estimated from the hop to the waypoint: {heard}"),
        S::TriedHttp { heard } => format!("HTTP message sizes: {heard}"),
        S::TriedHttpAtWaypoint { heard } => format!("HTTP message sizes of the waypoint: {heard}"),
        S::TriedConnections { heard } => format!("Connections opened: {heard}"),
        S::Resolution { step, window } => format!("A point every {step}, rates over {window}"),
        S::Unreachable { back_end, origin } => format!(
            "No readable answer from “{back_end}”. It is not reachable from this browser, or it does not share its \
             answers with this page. Check the address in the configuration; if it is right, its gateway must answer \
             with Access-Control-Allow-Origin: {origin}"
        ),
        S::NotLoaded { back_end, reason } => format!(
            "The simulated mesh “{back_end}” could not be loaded. Refresh, check that demo.js and demo_bg.wasm lie beside the \
             page's other files, or configure a back end. {reason}"
        ),
        S::TimedOut { back_end, after } => {
            format!("“{back_end}” did not answer within {after}. Try a shorter time range or a narrower query scope.")
        }
        S::Html { back_end, status } => format!(
            "“{back_end}” answered with a web page instead of data (HTTP {status}). The base address may be wrong, or a \
             log-in stands in between: open it in another tab."
        ),
        S::Truncated { back_end, bytes } => format!(
            "The answer of “{back_end}” breaks off after {bytes} bytes. A proxy on the way may limit size or time: try a \
             shorter time range."
        ),
        S::Malformed { back_end, found } => format!(
            "“{back_end}” answered with something that is not Prometheus data: {found}. Check that the base address \
             belongs to a Prometheus."
        ),
        S::Refused { back_end, status, message } => format!("“{back_end}” refused (HTTP {status}): {message}"),
        S::Status { back_end, status: status @ (401 | 403) } => {
            format!("“{back_end}” does not let this page in (HTTP {status}). Log in, or check the configured headers.")
        }
        S::Status { back_end, status: status @ (429 | 503) } => {
            format!("“{back_end}” is busy (HTTP {status}). Wait for the next attempt, or refresh in a while.")
        }
        S::Status { back_end, status } => {
            format!("“{back_end}” answered with HTTP {status}. Check the base address and the gateway.")
        }
        S::TooLarge { back_end, bytes, limit } => format!(
            "The answer of “{back_end}” is too large for a page ({bytes}, limit {limit}). Try a shorter time range or a \
             narrower query scope."
        ),
        S::Warning { text } => format!("The back end warns: {text}"),
        S::Partial => "The back end says that some of its stores did not answer: numbers may be too low.".into(),
        S::NoOperations => {
            "No operation can be drawn: no request has the label request_operation, which Istio writes where it is \
             configured to classify requests."
                .into()
        }
        S::RowsSkipped { rows } => format!("{} could not be read", count(*rows, "row", "rows")),
        S::HistogramsSkipped { series } => {
            format!("{} of native histograms were left out", count(*series, "series", "series"))
        }
        S::AssumedScrape { length } => format!(
            "The back end does not tell how often proxies are scraped; {length} is assumed. Set scrapeInterval in the \
             configuration if that is wrong."
        ),
        S::ConfigProblem { field, found, expected } => {
            format!("Configuration: {field} is {found}, expected {expected}.")
        }
        S::ConfigUnreadable { reason } => format!("The configuration could not be read: {reason}"),
        S::UrlProblem { name, value, expected } => {
            format!("The address says {name}={value}, which is not known; try {expected}.")
        }
        S::ExpectedObject => "an object { … }".into(),
        S::ExpectedList => "a list [ … ]".into(),
        S::ExpectedText => "a text that is not empty".into(),
        S::ExpectedBoolean => "true or false".into(),
        S::ExpectedPercent => "a number from 0 to 100".into(),
        S::ExpectedDuration => "a duration such as \"30s\" or \"5m\"".into(),
        S::ExpectedUrl => "a URL with http or https, or a path of this server, without query or user name".into(),
        S::ExpectedRegex { reason } => format!("a regular expression ({reason})"),
        S::ExpectedLabelName => "the name of a label: letters, digits and _".into(),
        S::ExpectedOneOf { words } => format!("one of {words}"),
        S::ExpectedField { fields } => format!("one of the fields {fields}"),
        S::ExpectedUniqueName => "a name that no other back end has".into(),
        S::ExpectedHeader => "the name of a header that pages may set".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_follow_the_count() {
        assert_eq!(say(&Sentence::Counts { nodes: 1, edges: 2 }), "1 node, 2 edges");
        assert_eq!(say(&Sentence::SomeNamespaces { count: 1 }), "1 namespace");
    }
}
