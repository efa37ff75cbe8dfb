//! The questions of a probe, one round after another.

use super::look::{Look, Outcome, Seen, look};
use super::verdict::{Choice, Verdict, WhyNone};
use crate::backend::error::BackendError;
use crate::backend::request::Request;
use crate::backend::trace::address::Address;
use crate::backend::trace::call::services_path;
use crate::backend::trace::dialect::Dialect;
use crate::quantity::Duration;

/// How a question is asked.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ask {
    /// As every later request will be, with the configured headers.
    Read,
    /// Without any header that the reader configured, so that no preflight is needed.
    ReadBare,
    /// Whether anything answers, readable or not (`no-cors`).
    Reach,
}

/// A question of a probe.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    /// The base address to ask at.
    pub base: String,
    /// What to ask.
    pub request: Request,
    /// How.
    pub ask: Ask,
}

/// A search for dialect and path: ask [`questions`](Self::questions), tell [`heard`](Self::heard), until there is a
/// [`verdict`](Self::verdict).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Probe {
    address: Address,
    fixed: Option<Dialect>,
    path_is_fixed: bool,
    has_headers: bool,
    /// Whether something is known to answer that the page may not read.
    is_reached: bool,
    stage: Stage,
    seen: Vec<Seen>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Stage {
    /// All dialects at the address as given.
    AsGiven,
    /// Dialects at other paths.
    OtherPaths,
    /// Without headers.
    Bare,
    /// Whether anything answers.
    Reach,
    /// Which release it is.
    Release(Choice),
    Done(Verdict),
}

/// What is tried, in the order of preference.
const DIALECTS: [Dialect; 4] =
    [Dialect::Jaeger, Dialect::JaegerV3 { has_summaries: false }, Dialect::Tempo { has_v2: false }, Dialect::Zipkin];

/// Paths that back ends stand below by default: Istio's addon, Kiali's example and the operator's gateway for Jaeger,
/// `VictoriaTraces`, gateways that name the product.
const JAEGER_PATHS: [&str; 2] = ["/jaeger", "/select/jaeger"];
const OTHER_PATHS: [(&str, Dialect); 2] = [("/tempo", Dialect::Tempo { has_v2: false }), ("/zipkin", Dialect::Zipkin)];

/// What people copy from a browser's address bar, or from a manual, behind the base.
const COPIED: [&str; 5] = ["/api", "/search", "/trace", "/ui", "/dependencies"];

const TIMEOUT: Duration = Duration::from_secs(10);

impl Probe {
    /// A probe of an address. A dialect and a path that the reader has fixed are not second-guessed; `has_headers` says
    /// whether requests carry headers that need a preflight.
    pub fn new(base: &str, fixed: Option<Dialect>, path_is_fixed: bool, has_headers: bool) -> Self {
        let address = Address::parse(base);
        Self { address, fixed, path_is_fixed, has_headers, is_reached: false, stage: Stage::AsGiven, seen: Vec::new() }
    }

    /// What is found; nothing while there are questions.
    pub fn verdict(&self) -> Option<&Verdict> {
        if let Stage::Done(verdict) = &self.stage { Some(verdict) } else { None }
    }

    /// The questions and answers so far.
    pub fn seen(&self) -> &[Seen] {
        &self.seen
    }

    /// What to ask now, all at once if you like; nothing when there is a verdict.
    pub fn questions(&self) -> Vec<Question> {
        let question = |(base, dialect): (String, Dialect), ask: Ask| {
            let request = Request::get(services_path(dialect), vec![], TIMEOUT);
            Question { base, request, ask }
        };
        let given = || (self.given(), self.fixed.unwrap_or(Dialect::Jaeger));
        match &self.stage {
            Stage::AsGiven | Stage::OtherPaths => {
                self.candidates().into_iter().map(|candidate| question(candidate, Ask::Read)).collect()
            }
            Stage::Bare => vec![question(given(), Ask::ReadBare)],
            Stage::Reach => vec![question(given(), Ask::Reach)],
            Stage::Release(choice) => {
                let path = match choice.dialect {
                    Dialect::Tempo { .. } => "api/v2/traces/00000000000000000000000000000001",
                    _ => "api/v3/trace-summaries",
                };
                vec![Question {
                    base: choice.base.clone(),
                    request: Request::get(path, vec![], TIMEOUT),
                    ask: Ask::Read,
                }]
            }
            Stage::Done(_) => vec![],
        }
    }

    fn given(&self) -> String {
        self.address.at(&self.address.path)
    }

    /// Bases and the dialects to try there.
    fn candidates(&self) -> Vec<(String, Dialect)> {
        let all = |path: &str| DIALECTS.map(|dialect| (self.address.at(path), dialect));
        let path = self.address.path.as_str();
        if self.stage == Stage::AsGiven {
            return all(path).into();
        }
        let mut candidates = Vec::new();
        let cut = COPIED.iter().filter_map(|copied| path.find(copied)).min();
        let shorter = cut.and_then(|cut| path.get(..cut)).into_iter().chain([""]);
        for path in shorter.filter(|shorter| *shorter != path) {
            candidates.extend(all(path));
        }
        let stem = cut.and_then(|cut| path.get(..cut)).unwrap_or(path);
        for suffix in JAEGER_PATHS.into_iter().filter(|suffix| !stem.ends_with(suffix)) {
            let base = self.address.at(&[stem, suffix].concat());
            candidates.extend([(base.clone(), DIALECTS[0]), (base, DIALECTS[1])]);
        }
        for (suffix, dialect) in OTHER_PATHS.into_iter().filter(|(suffix, _)| !stem.ends_with(suffix)) {
            candidates.push((self.address.at(&[stem, suffix].concat()), dialect));
        }
        let mut unique: Vec<(String, Dialect)> = Vec::new();
        for candidate in candidates {
            if !unique.contains(&candidate) {
                unique.push(candidate);
            }
        }
        unique
    }

    /// Takes in what came of the questions, in their order; one that is missing counts as unanswered.
    pub fn heard(&mut self, outcomes: &[Outcome]) {
        self.stage = match &self.stage {
            Stage::AsGiven | Stage::OtherPaths => self.heard_names(outcomes),
            Stage::Bare => match outcomes.first() {
                Some(Outcome::Answer(_)) => none(WhyNone::PreflightRefused),
                _ => Stage::Reach,
            },
            Stage::Reach => match outcomes.first() {
                Some(Outcome::Answer(_) | Outcome::Reached) => {
                    self.is_reached = true;
                    // Behind a gateway, what answers below another path may share what its own 404 does not.
                    if self.path_is_fixed { none(WhyNone::NotShared) } else { Stage::OtherPaths }
                }
                _ => none(self.why_silent()),
            },
            Stage::Release(choice) => Stage::Done(Verdict::Found(heard_release(choice.clone(), outcomes.first()))),
            Stage::Done(verdict) => Stage::Done(verdict.clone()),
        };
    }

    fn heard_names(&mut self, outcomes: &[Outcome]) -> Stage {
        let first = self.seen.len();
        for (place, (base, dialect)) in self.candidates().into_iter().enumerate() {
            let nothing = Outcome::Failed(BackendError::Unreachable);
            let look = look(outcomes.get(place).unwrap_or(&nothing));
            self.seen.push(Seen { base, dialect, look });
        }
        let round = self.seen.get(first..).unwrap_or_default();
        if let Some(choice) = choose(round, self.fixed) {
            return match choice.dialect {
                Dialect::JaegerV3 { .. } | Dialect::Tempo { .. } => Stage::Release(choice),
                Dialect::Jaeger if choice.has_v3 => Stage::Release(choice),
                _ => Stage::Done(Verdict::Found(choice)),
            };
        }
        if self.is_reached {
            return none(WhyNone::NotShared);
        }
        if self.seen.iter().all(|seen| seen.look.is_silent()) {
            return if self.has_headers { Stage::Bare } else { Stage::Reach };
        }
        let may_move = !self.path_is_fixed && self.stage == Stage::AsGiven;
        if may_move && round.iter().any(|seen| seen.look.is_of_a_wrong_path()) && !self.is_settled() {
            return Stage::OtherPaths;
        }
        none(WhyNone::of(&self.seen, self.fixed))
    }

    /// Whether something was heard that no other path changes.
    fn is_settled(&self) -> bool {
        self.seen.iter().any(|seen| matches!(seen.look, Look::Grpc | Look::WantsTls | Look::TenantMissing { .. }))
            || self.seen.iter().all(|seen| matches!(seen.look, Look::Denied { .. } | Look::Fails(_)))
    }

    fn why_silent(&self) -> WhyNone {
        let timed_out = self.seen.iter().find_map(|seen| match &seen.look {
            Look::Silent(BackendError::TimedOut { after }) => Some(*after),
            _ => None,
        });
        timed_out.map_or(WhyNone::Unreachable { hint: self.address.hint() }, |after| WhyNone::TimedOut { after })
    }
}

fn none(why: WhyNone) -> Stage {
    Stage::Done(Verdict::None(why))
}

/// The first base at which a dialect answers that may be chosen.
fn choose(round: &[Seen], fixed: Option<Dialect>) -> Option<Choice> {
    let may = |dialect: Dialect| fixed.is_none_or(|fixed| fixed.as_str() == dialect.as_str());
    let seen = round.iter().find(|seen| seen.look.names().is_some() && may(seen.dialect))?;
    let has = |name: &str| {
        let mut same = round.iter().filter(|other| other.base == seen.base && other.dialect.as_str() == name);
        same.any(|other| other.look.names().is_some())
    };
    Some(Choice {
        base: seen.base.clone(),
        dialect: if fixed.is_some() { fixed.unwrap_or(seen.dialect) } else { seen.dialect },
        services: seen.look.names().unwrap_or_default().to_vec(),
        has_legacy: has(Dialect::Jaeger.as_str()),
        has_v3: has(DIALECTS[1].as_str()),
        is_fixed: fixed.is_some(),
    })
}

/// Newer releases have more: Jaeger's `trace-summaries` refuses a question without a range, Tempo's second version of
/// traces answers 200 to an unknown one.
fn heard_release(mut choice: Choice, outcome: Option<&Outcome>) -> Choice {
    let Some(Outcome::Answer(answer)) = outcome else { return choice };
    let first = answer.body.iter().find(|byte| !byte.is_ascii_whitespace());
    let is_json = first == Some(&b'{');
    let is_there = is_json && (answer.is_success() || answer.status == 400);
    match choice.dialect {
        Dialect::Tempo { .. } => choice.dialect = Dialect::Tempo { has_v2: is_json && answer.is_success() },
        Dialect::Jaeger if choice.is_fixed || !is_there => {}
        _ => choice.dialect = Dialect::JaegerV3 { has_summaries: is_there },
    }
    choice
}
