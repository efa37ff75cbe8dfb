//! The line that says how fresh the graph is, and what is wrong with it.

use crate::order::Set;
use crate::telemetry::Question;
use crate::words::{Label, Sentence};

use super::super::config::Kind;
use super::super::scrape::ScrapeInterval;
use super::super::update::App;
use super::details::Tone;
use super::trouble::{backend_error, notice};
use super::voice::Voice;

/// How fresh the graph is.
#[derive(Clone, PartialEq, Debug)]
pub struct Status {
    /// One line.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
    /// Whether answers are awaited.
    pub is_loading: bool,
    /// Why the last refresh failed, or the one under way has to wait, with the way out.
    pub error: Option<String>,
    /// Remarks that don't stop anything, each once.
    pub notices: Vec<String>,
}

/// The status of the graph. `origin` is the page's own.
pub fn status(app: &App, origin: &str, voice: Voice<'_>) -> Status {
    let (graph, back_end) = (&app.graph, app.back_end());
    let error = graph.failure().or(app.put_off()).map(|error| backend_error(error, &back_end.name, origin, voice));
    let (text, tone) = match graph.shown() {
        None if error.is_some() => (String::new(), Tone::Bad),
        None => (voice.label(Label::Loading), Tone::Plain),
        Some(shown) if app.is_old() => (voice.say(&Sentence::Old { time: &voice.time(shown.range.to) }), Tone::Warning),
        Some(shown) if !shown.failed.is_empty() => {
            let (failed, all) = (shown.failed.len(), shown.queries.len());
            (voice.say(&Sentence::Incomplete { failed, all }), Tone::Warning)
        }
        Some(shown) => (voice.say(&Sentence::Updated { time: &voice.time(shown.range.to) }), Tone::Plain),
    };
    let mut notices: Vec<String> = Vec::new();
    if back_end.kind == Kind::Demo {
        notices.push(voice.label(Label::DemoNotice));
    } else if app.scrape == ScrapeInterval::Assumed && graph.shown().is_some() {
        let length = app.scrape.length().to_string();
        notices.push(voice.say(&Sentence::AssumedScrape { length: &length }));
    }
    if let Some(shown) = graph.shown() {
        let is_answered = shown.failed.iter().all(|(question, _)| *question != Question::Requests);
        if shown.choices.grouping().operations && shown.operations == (true, false) && is_answered {
            notices.push(voice.say(&Sentence::NoOperations));
        }
        notices.extend(shown.notices.iter().map(|(_, remark)| notice(remark, voice)));
        let failed = shown.failed.iter().map(|(_, error)| backend_error(error, &shown.back_end, origin, voice));
        notices.extend(failed.filter(|text| Some(text) != error.as_ref()));
    }
    let mut seen = Set::new();
    notices.retain(|text| seen.insert(text.clone()));
    Status { text, tone, is_loading: graph.is_loading(), error, notices }
}
