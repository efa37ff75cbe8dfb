//! Texts with parts filled in.

/// A text with parts. Names, numbers and times in it are already printed for the reader.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sentence<'a> {
    /// The time range "the last so long".
    Last {
        /// How long, in Prometheus' syntax.
        length: &'a str,
    },
    /// So many namespaces are chosen.
    SomeNamespaces {
        /// How many.
        count: usize,
    },
    /// The graph is up to date.
    Updated {
        /// When it was asked for.
        time: &'a str,
    },
    /// The graph is older than the last attempt to renew it.
    Old {
        /// When it was asked for.
        time: &'a str,
    },
    /// Some questions were not answered.
    Incomplete {
        /// How many.
        failed: usize,
        /// Of how many.
        all: usize,
    },
    /// So many nodes and edges are drawn.
    Counts {
        /// Nodes.
        nodes: usize,
        /// Edges.
        edges: usize,
    },
    /// When numbers are of.
    At {
        /// When.
        time: &'a str,
    },
    /// Which rows of a long table are shown.
    Rows {
        /// The first, counted from 1.
        first: usize,
        /// The last.
        last: usize,
        /// How many there are.
        count: usize,
    },
    /// An edge, for a screen reader.
    EdgeName {
        /// Where it begins.
        source: &'a str,
        /// Where it ends.
        target: &'a str,
        /// What is spoken.
        protocol: &'a str,
    },
    /// A link's element is not in the graph.
    NotInGraph {
        /// Its identifier.
        id: &'a str,
    },
    /// Bytes on both sides of a proxy.
    InAndOut {
        /// Between it and its clients.
        inbound: &'a str,
        /// Between it and its servers.
        outbound: &'a str,
    },
    /// Why the two differ: nobody counts them with these.
    ImbalanceUnscraped {
        /// Who.
        names: &'a str,
    },
    /// Why the two differ: only requests are counted with these.
    ImbalanceOnlyRequests {
        /// Who.
        names: &'a str,
    },
    /// Why the two differ: these are outside the mesh.
    ImbalanceOutside {
        /// Who.
        names: &'a str,
    },
    /// Why the two differ: a fault of the Istio 1.29.0 there.
    ImbalanceLumps {
        /// In which workloads, or that it is not known where.
        names: &'a str,
    },
    /// Why the two differ: nothing tells.
    ImbalanceUnexplained,
    /// How a role is known: the configuration says so.
    RoleConfigured,
    /// How a role is known: a label declares it.
    RoleDeclared {
        /// The label and its value.
        seen: &'a str,
    },
    /// How a role is known: by what it emits.
    RoleByEmitter {
        /// What was seen.
        seen: &'a str,
    },
    /// How a role is known: by the shape of the traffic.
    RoleByStructure {
        /// The service it stands in for.
        seen: &'a str,
    },
    /// How a role is known: by the name alone.
    RoleByName {
        /// The name.
        seen: &'a str,
    },
    /// So much by mutual TLS, the rest in plaintext.
    MixedSecurity {
        /// The share, in per cent.
        share: &'a str,
    },
    /// What is left of a hop when end-to-end edges are drawn in place of what they tell of.
    LeftOver {
        /// How much.
        rest: &'a str,
    },
    /// Who counted, and with which kind of proxy.
    CountedBy {
        /// The reporter's name.
        reporter: &'a str,
        /// The proxy's name.
        emitter: &'a str,
    },
    /// What an edge's source sends: heading of a chart.
    SentFromTo {
        /// The source.
        source: &'a str,
        /// The target.
        target: &'a str,
    },
    /// A line of an edge's chart.
    LineReported {
        /// The reporter's name.
        reporter: &'a str,
    },
    /// A line of an edge's chart that is an estimate.
    LineEstimated {
        /// Who reports what it is made from.
        reporter: &'a str,
    },
    /// A line of a node's chart: as a client, so many servers, told by this reporter.
    LineAsClient {
        /// The reporter's name.
        reporter: &'a str,
        /// How many peers.
        peers: usize,
    },
    /// A line of a node's chart: as a server, so many clients, told by this reporter.
    LineAsServer {
        /// The reporter's name.
        reporter: &'a str,
        /// How many peers.
        peers: usize,
    },
    /// The flow is all zeros.
    FlowIdle,
    /// No TCP bytes; what is charted are sizes of HTTP messages.
    BasisHttp,
    /// What is charted was counted by the waypoint at one end.
    BasisAtWaypoint,
    /// A chart is an estimate: of the hop from its client to the waypoint.
    BasisOfLeg,
    /// Two reporters disagree.
    Disagreement {
        /// The first.
        one: &'a str,
        /// Its mean.
        one_mean: &'a str,
        /// The other.
        other: &'a str,
        /// Its mean.
        other_mean: &'a str,
    },
    /// Empty chart: nobody has any series.
    NoSeries,
    /// Empty chart: requests, and nobody counts bytes.
    OnlyRequests {
        /// Requests a second.
        rate: &'a str,
    },
    /// Empty chart: connections, and no bytes.
    OnlyConnections,
    /// Empty chart: the expected reporter is silent.
    Silent {
        /// Who should speak.
        expected: &'a str,
        /// Who does.
        heard: &'a str,
    },
    /// One place that was looked at: TCP counters.
    TriedTcp {
        /// What was heard there.
        heard: &'a str,
    },
    /// One place that was looked at: TCP counters of the waypoint.
    TriedTcpAtWaypoint {
        /// What was heard there.
        heard: &'a str,
    },
    /// Where it was looked: a hop to the waypoint.
    TriedTcpOfLeg {
        /// Who answered what.
        heard: &'a str,
    },
    /// One place that was looked at: HTTP sizes.
    TriedHttp {
        /// What was heard there.
        heard: &'a str,
    },
    /// One place that was looked at: HTTP sizes of the waypoint.
    TriedHttpAtWaypoint {
        /// What was heard there.
        heard: &'a str,
    },
    /// One place that was looked at: connections.
    TriedConnections {
        /// What was heard there.
        heard: &'a str,
    },
    /// Step and window of a chart.
    Resolution {
        /// Distance of the points.
        step: &'a str,
        /// The window of the rate.
        window: &'a str,
    },
    /// The back end cannot be read.
    Unreachable {
        /// Its name.
        back_end: &'a str,
        /// The page's origin.
        origin: &'a str,
    },
    /// The simulated mesh's program could not be loaded.
    NotLoaded {
        /// The back end's name.
        back_end: &'a str,
        /// In the browser's words.
        reason: &'a str,
    },
    /// No answer in time.
    TimedOut {
        /// The back end's name.
        back_end: &'a str,
        /// How long was waited.
        after: &'a str,
    },
    /// A web page came instead of data.
    Html {
        /// The back end's name.
        back_end: &'a str,
        /// The HTTP status.
        status: u16,
    },
    /// The answer ends too early.
    Truncated {
        /// The back end's name.
        back_end: &'a str,
        /// How many bytes came.
        bytes: usize,
    },
    /// The answer is no JSON, or of another shape.
    Malformed {
        /// The back end's name.
        back_end: &'a str,
        /// What is wrong, or what came.
        found: &'a str,
    },
    /// The back end refused.
    Refused {
        /// The back end's name.
        back_end: &'a str,
        /// The HTTP status.
        status: u16,
        /// In its own words.
        message: &'a str,
    },
    /// An HTTP error without more.
    Status {
        /// The back end's name.
        back_end: &'a str,
        /// The HTTP status.
        status: u16,
    },
    /// The answer is too large.
    TooLarge {
        /// The back end's name.
        back_end: &'a str,
        /// How large it is.
        bytes: &'a str,
        /// How large it may be.
        limit: &'a str,
    },
    /// A remark of the back end's.
    Warning {
        /// In its own words.
        text: &'a str,
    },
    /// The back end says that data are missing.
    Partial,
    /// Operations are to be drawn and no request tells of one.
    NoOperations,
    /// Rows that were not read.
    RowsSkipped {
        /// How many.
        rows: usize,
    },
    /// Native histograms that were not read.
    HistogramsSkipped {
        /// How many series.
        series: usize,
    },
    /// The scrape interval is assumed.
    AssumedScrape {
        /// Which.
        length: &'a str,
    },
    /// A field of the configuration was not understood.
    ConfigProblem {
        /// Its path.
        field: &'a str,
        /// What stands there.
        found: &'a str,
        /// What should.
        expected: &'a str,
    },
    /// The configuration could not be read at all.
    ConfigUnreadable {
        /// Why.
        reason: &'a str,
    },
    /// A parameter of the address was not understood.
    UrlProblem {
        /// Its name.
        name: &'a str,
        /// Its value.
        value: &'a str,
        /// What would do.
        expected: &'a str,
    },
    /// Expected in the configuration: an object.
    ExpectedObject,
    /// Expected in the configuration: a list.
    ExpectedList,
    /// Expected in the configuration: a text.
    ExpectedText,
    /// Expected in the configuration: true or false.
    ExpectedBoolean,
    /// Expected in the configuration: per cent.
    ExpectedPercent,
    /// Expected in the configuration: a duration.
    ExpectedDuration,
    /// Expected in the configuration: a URL.
    ExpectedUrl,
    /// Expected in the configuration: a regular expression.
    ExpectedRegex {
        /// Why what is there is none.
        reason: &'a str,
    },
    /// Expected in the configuration: a label's name.
    ExpectedLabelName,
    /// Expected in the configuration: one of some words.
    ExpectedOneOf {
        /// The words.
        words: &'a str,
    },
    /// Expected in the configuration: a field that exists.
    ExpectedField {
        /// Those that exist.
        fields: &'a str,
    },
    /// Expected in the configuration: a name that is not taken.
    ExpectedUniqueName,
    /// Expected in the configuration: a header that may be set.
    ExpectedHeader,
}
