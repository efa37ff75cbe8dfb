//! Requests: how many at once, what becomes of failures, which answers still matter.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::backend::prometheus::{Call, decode_vector};
use crate::backend::{BackendError, Backoff, HttpAnswer, MAX_BODY_BYTES};
use crate::order::Map;
use crate::quantity::{Duration, Instant};
use crate::telemetry::{Question, flow, parts};

use super::config::BackEnd;
use super::effect::{Alarm, Effect, FetchId};

/// What a request is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Purpose {
    Graph { run: u64, question: Part },
    Flow { run: u64, question: flow::Question, side: flow::Side },
    Latency { run: u64 },
    ScrapeInterval,
}

/// A question to a back end, or one of the parts into which it was divided.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Part {
    pub question: Question,
    /// How often it was divided.
    pub divided: u8,
    /// Into how many parts it had to be divided again: theirs are the answers then.
    pub pieces: usize,
}

#[derive(Clone, Debug)]
struct Pending {
    purpose: Purpose,
    back_end: Arc<BackEnd>,
    call: Call,
    failures: u32,
    put_off: Option<BackendError>,
}

/// All requests that somebody waits for.
#[derive(Clone, Debug, Default)]
pub(super) struct Fetches {
    next: u64,
    waiting: VecDeque<FetchId>,
    running: Vec<FetchId>,
    pending: Map<FetchId, Pending>,
}

/// What an answer means.
pub(super) enum Arrival {
    /// Nobody waits for it.
    Late,
    /// It will be asked for again.
    PutOff,
    /// It is for this.
    For(Purpose, Result<HttpAnswer, BackendError>),
}

/// HTTP/1.1 gives a page about six connections to a host; two are left for others.
const AT_ONCE: usize = 4;

/// Who asks to be left alone for longer has failed: others' answers are not held back, and the next attempt waits.
const PATIENCE: Duration = Duration::from_secs(15);

impl Fetches {
    /// Puts a request in the queue.
    pub fn ask(&mut self, purpose: Purpose, back_end: &Arc<BackEnd>, call: Call) {
        let id = FetchId(self.next);
        self.next += 1;
        let pending = Pending { purpose, back_end: Arc::clone(back_end), call, failures: 0, put_off: None };
        self.pending.insert(id, pending);
        self.waiting.push_back(id);
    }

    /// Begins as many requests as may run.
    pub fn begin(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        while self.running.len() < AT_ONCE {
            let Some(id) = self.waiting.pop_front() else { break };
            if let Some(pending) = self.pending.get(&id) {
                self.running.push(id);
                effects.push(Effect::Fetch { id, back_end: Arc::clone(&pending.back_end), call: pending.call.clone() });
            }
        }
        effects
    }

    /// Gives up requests that match.
    pub fn give_up(&mut self, matches: impl Fn(Purpose) -> bool) -> Vec<Effect> {
        let given_up: Vec<FetchId> =
            self.pending.iter().filter(|(_, one)| matches(one.purpose)).map(|(id, _)| *id).collect();
        let mut effects = Vec::new();
        for id in given_up {
            self.pending.remove(&id);
            self.waiting.retain(|waiting| *waiting != id);
            let running = self.running.len();
            self.running.retain(|one| *one != id);
            effects.push(if self.running.len() < running {
                Effect::Abort(id)
            } else {
                Effect::Cancel(Alarm::Retry(id))
            });
        }
        effects
    }

    /// Takes an answer. A passing failure is put off: what to set a timer for is added to `effects`.
    pub fn arrived(
        &mut self,
        id: FetchId,
        result: Result<HttpAnswer, BackendError>,
        now: Instant,
        effects: &mut Vec<Effect>,
    ) -> Arrival {
        let Some(place) = self.running.iter().position(|one| *one == id) else { return Arrival::Late };
        self.running.swap_remove(place);
        let Some(pending) = self.pending.get_mut(&id) else { return Arrival::Late };
        let failure = match &result {
            Ok(answer) => passing_failure(answer),
            Err(error) => Some(error.clone()),
        };
        if let Some(error) = failure
            && let Some(after) = wait(&error, &mut pending.failures, id, now)
        {
            pending.put_off = Some(error);
            effects.push(Effect::Wake { alarm: Alarm::Retry(id), after });
            return Arrival::PutOff;
        }
        let Some(pending) = self.pending.remove(&id) else { return Arrival::Late };
        Arrival::For(self.divide(pending, &result), result)
    }

    /// Asks for the parts of what was too much at once; the purpose says how many they are.
    fn divide(&mut self, pending: Pending, result: &Result<HttpAnswer, BackendError>) -> Purpose {
        let Pending { purpose, back_end, call, .. } = pending;
        let (Purpose::Graph { run, mut question }, Call::Instant { query, time, timeout }) = (purpose, call) else {
            return purpose;
        };
        if question.question.is_about_ends() && is_too_much(result) {
            let finer = Part { divided: question.divided + 1, ..question };
            for query in parts(&query, question.divided) {
                question.pieces += 1;
                self.ask(Purpose::Graph { run, question: finer }, &back_end, Call::Instant { query, time, timeout });
            }
        }
        Purpose::Graph { run, question }
    }

    /// A request that was put off is due.
    pub fn due(&mut self, id: FetchId) {
        if let Some(pending) = self.pending.get_mut(&id)
            && pending.put_off.take().is_some()
        {
            self.waiting.push_back(id);
        }
    }

    /// Why a request that matches is put off at the moment.
    pub fn put_off(&self, matches: impl Fn(Purpose) -> bool) -> Option<&BackendError> {
        self.pending.values().filter(|one| matches(one.purpose)).find_map(|one| one.put_off.as_ref())
    }
}

/// "Come back later", as HTTP says it. Other errors with a body are for the decoder to read.
fn passing_failure(answer: &HttpAnswer) -> Option<BackendError> {
    matches!(answer.status, 429 | 503).then(|| BackendError::Status {
        status: answer.status,
        is_html: answer.is_html(),
        excerpt: String::new(),
        retry_after: answer.retry_after,
    })
}

/// What is wrong with a body that looks right is for the decoder to find.
fn is_too_much(result: &Result<HttpAnswer, BackendError>) -> bool {
    match result {
        Ok(answer) if answer.is_success() && answer.body.len() <= MAX_BODY_BYTES => false,
        Ok(answer) => decode_vector(answer).is_err_and(|error| error.is_too_much()),
        Err(error) => error.is_too_much(),
    }
}

/// How long to wait before asking again. Only a back end that says it is busy is asked again soon; one that cannot be
/// reached, or is too slow, or wants more time than a reader has, is asked again by the next refresh.
fn wait(error: &BackendError, failures: &mut u32, id: FetchId, now: Instant) -> Option<Duration> {
    if !matches!(error.status(), Some(429 | 503)) {
        return None;
    }
    *failures += 1;
    // The fraction of a golden multiple is evenly spread and needs no source of randomness.
    let jitter = ((now.unix_millis() as f64 + id.0 as f64) * 0.618_033_988_75).fract();
    Backoff::default().wait(error, *failures, jitter).filter(|after| *after <= PATIENCE)
}
