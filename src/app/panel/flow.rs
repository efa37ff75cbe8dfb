//! The byte-flow charts.

use crate::chart::Line;
use crate::mesh::{NodeKey, Reporter};
use crate::order::Set;
use crate::quantity::{BytesPerSec, PerSec, TimeRange};
use crate::telemetry::Verdict;
use crate::telemetry::flow::{Basis, Flow, FlowLine, FlowSubject, FlowWindow, Heard, NoFlow, Question, Side, Tried};
use crate::words::{Label, Sentence};

use super::super::flows::{FlowOutcome, FlowState};
use super::names::{self, node_title};
use super::trouble::{backend_error, notice};
use super::voice::Voice;

/// A line of a chart.
#[derive(Clone, PartialEq, Debug)]
pub struct LineModel {
    /// Its samples and its name, which says who reports.
    pub line: Line,
    /// Place among the theme's series colours.
    pub colour: u8,
    /// Whether it is the answer, or another reporter's count of the same.
    pub chosen: bool,
}

/// A chart of B/s over time.
#[derive(Clone, PartialEq, Debug)]
pub struct ChartModel {
    /// Which way.
    pub question: Question,
    /// Its heading.
    pub title: String,
    /// Between whom, or whose.
    pub caption: String,
    /// Its lines, the answer first.
    pub lines: Vec<LineModel>,
}

/// What the panel of byte flows shows.
#[derive(Clone, PartialEq, Debug)]
pub struct FlowPanel {
    /// One chart for what is sent and one for what is received; none when there is nothing to chart.
    pub charts: Vec<ChartModel>,
    /// The range of both.
    pub range: TimeRange,
    /// Whether answers are awaited and nothing can be shown yet.
    pub is_loading: bool,
    /// Why there is no chart; empty when there is one.
    pub why_none: String,
    /// What must be known to read the charts.
    pub notes: Vec<String>,
    /// Where it was looked, and what each place said.
    pub tried: Vec<String>,
    /// Every query: what it asks for, and its text.
    pub queries: Vec<(String, String)>,
}

/// The panel of the flows of what is selected. `origin` is the page's own.
pub fn flow_panel(state: &FlowState, back_end: &str, origin: &str, voice: Voice<'_>) -> FlowPanel {
    let mut panel = FlowPanel {
        charts: Vec::new(),
        range: state.outcome_window.range,
        is_loading: state.outcome.is_none(),
        why_none: String::new(),
        notes: Vec::new(),
        tried: state.tried.iter().map(|tried| tried_text(tried, voice)).collect(),
        queries: state
            .asked
            .iter()
            .map(|asked| {
                let way = query_title(asked.question, asked.side, voice);
                (looked_at(asked.basis, &way, voice), asked.text.clone())
            })
            .collect(),
    };
    match &state.outcome {
        None => {}
        Some(FlowOutcome::Found(flow)) => {
            panel.charts = [Question::Sent, Question::Received].map(|way| chart(way, flow, state, voice)).into();
            if let Some(error) = &state.failure {
                if state.outcome_window != state.window {
                    panel.notes.push(voice.say(&Sentence::Old { time: &voice.time(panel.range.to) }));
                }
                panel.notes.push(backend_error(error, back_end, origin, voice));
            }
            panel.notes.extend(notes(flow, voice));
            let FlowWindow { step, rate_window, .. } = state.outcome_window;
            let (step, window) = (step.to_string(), rate_window.to_string());
            panel.notes.push(voice.say(&Sentence::Resolution { step: &step, window: &window }));
        }
        Some(FlowOutcome::Nothing(why)) => panel.why_none = why_text(why, voice),
        Some(FlowOutcome::Failed(error)) => panel.why_none = backend_error(error, back_end, origin, voice),
    }
    panel.notes.extend(state.notices.iter().map(|remark| notice(remark, voice)));
    let mut seen = Set::new();
    panel.notes.retain(|note| seen.insert(note.clone()));
    panel
}

fn chart(question: Question, flow: &Flow, state: &FlowState, voice: Voice<'_>) -> ChartModel {
    let lines = flow.lines.iter().filter(|line| line.question == question);
    let lines = lines.map(|line| LineModel {
        line: Line {
            name: line_name(line, flow.basis, state.peers(line), voice),
            points: line.points.clone(),
            step: state.outcome_window.step,
        },
        colour: colour(line),
        chosen: line.chosen,
    });
    ChartModel {
        question,
        title: voice.label(if question == Question::Sent { Label::Sent } else { Label::Received }),
        caption: caption(question, &state.subject, voice),
        lines: lines.collect(),
    }
}

/// The same reporter has the same colour in every chart.
fn colour(line: &FlowLine) -> u8 {
    let by_reporter = match line.reporter {
        Reporter::Destination => 0,
        Reporter::Source => 1,
        Reporter::Waypoint => 2,
    };
    by_reporter + if line.side == Side::Server { 3 } else { 0 }
}

fn caption(question: Question, subject: &FlowSubject, voice: Voice<'_>) -> String {
    let title = |key: &NodeKey| node_title(key, voice);
    match (subject, question) {
        (FlowSubject::Edge { key, .. }, Question::Sent) => {
            voice.say(&Sentence::SentFromTo { source: &title(&key.source), target: &title(&key.target) })
        }
        (FlowSubject::Edge { key, .. }, Question::Received) => {
            voice.say(&Sentence::SentFromTo { source: &title(&key.target), target: &title(&key.source) })
        }
        (FlowSubject::Node { key, .. }, _) => title(key),
    }
}

fn line_name(line: &FlowLine, basis: Basis, peers: usize, voice: Voice<'_>) -> String {
    let reporter = names::reporter(line.reporter, voice);
    voice.say(&match line.side {
        Side::Edge if basis == Basis::TcpOfLeg => Sentence::LineEstimated { reporter: &reporter },
        Side::Edge => Sentence::LineReported { reporter: &reporter },
        Side::Client => Sentence::LineAsClient { reporter: &reporter, peers },
        Side::Server => Sentence::LineAsServer { reporter: &reporter, peers },
    })
}

fn notes(flow: &Flow, voice: Voice<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    match flow.basis {
        Basis::Tcp | Basis::Connections => {}
        Basis::Http => notes.push(voice.say(&Sentence::BasisHttp)),
        Basis::TcpOfLeg => notes.push(voice.say(&Sentence::BasisOfLeg)),
        Basis::TcpAtWaypoint => notes.push(voice.say(&Sentence::BasisAtWaypoint)),
        Basis::HttpAtWaypoint => {
            notes.push(voice.say(&Sentence::BasisAtWaypoint));
            notes.push(voice.say(&Sentence::BasisHttp));
        }
    }
    if flow.idle {
        notes.push(voice.say(&Sentence::FlowIdle));
    }
    if let Some([(one, one_mean), (other, other_mean)]) = flow.disagreement {
        let mean = |mean: f64| voice.bytes(BytesPerSec(mean));
        notes.push(voice.say(&Sentence::Disagreement {
            one: &names::reporter(one, voice),
            one_mean: &mean(one_mean),
            other: &names::reporter(other, voice),
            other_mean: &mean(other_mean),
        }));
    }
    notes
}

fn why_text(why: &NoFlow, voice: Voice<'_>) -> String {
    match why {
        NoFlow::NoSeries => voice.say(&Sentence::NoSeries),
        NoFlow::OnlyRequests(rate) => voice.say(&Sentence::OnlyRequests { rate: &voice.per_sec(*rate) }),
        NoFlow::OnlyConnections => voice.say(&Sentence::OnlyConnections),
        NoFlow::Silent { expected, heard } => {
            let heard: Vec<String> = heard.iter().map(|reporter| names::reporter(*reporter, voice)).collect();
            let expected = names::reporter(*expected, voice);
            voice.say(&Sentence::Silent { expected: &expected, heard: &heard.join(", ") })
        }
    }
}

/// One place with what each reporter said there, and what became of it.
fn tried_text(tried: &Tried, voice: Voice<'_>) -> String {
    let is_active = tried.basis == Basis::Connections;
    let said = |heard: &Heard| {
        let who = names::reporter(heard.reporter, voice);
        if is_active {
            return format!("{who} {}", voice.per_sec(PerSec(heard.mean)));
        }
        let verdict = voice.label(match heard.verdict {
            Verdict::Believed if heard.mean == 0.0 => Label::VerdictNothing,
            Verdict::Believed => Label::VerdictShown,
            Verdict::Later => Label::VerdictLater,
            Verdict::Less => Label::VerdictLess,
            Verdict::Part => Label::VerdictPart,
            Verdict::OtherPath => Label::VerdictOtherPath,
        });
        format!("{who} {} ({verdict})", voice.bytes(BytesPerSec(heard.mean)))
    };
    let heard: Vec<String> = tried.heard.iter().map(said).collect();
    let heard = if heard.is_empty() { voice.label(Label::None) } else { heard.join(", ") };
    looked_at(tried.basis, &heard, voice)
}

fn looked_at(basis: Basis, heard: &str, voice: Voice<'_>) -> String {
    voice.say(&match basis {
        Basis::Tcp => Sentence::TriedTcp { heard },
        Basis::TcpAtWaypoint => Sentence::TriedTcpAtWaypoint { heard },
        Basis::TcpOfLeg => Sentence::TriedTcpOfLeg { heard },
        Basis::Http => Sentence::TriedHttp { heard },
        Basis::HttpAtWaypoint => Sentence::TriedHttpAtWaypoint { heard },
        Basis::Connections => Sentence::TriedConnections { heard },
    })
}

fn query_title(question: Question, side: Side, voice: Voice<'_>) -> String {
    let way = voice.label(if question == Question::Sent { Label::Sent } else { Label::Received });
    match side {
        Side::Edge => way,
        Side::Client => format!("{way} · {}", voice.label(Label::Outbound)),
        Side::Server => format!("{way} · {}", voice.label(Label::Inbound)),
    }
}
