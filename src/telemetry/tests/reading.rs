//! From answers to the graph, as the program goes.

use super::series::Labels;
use super::wayscope::mesh::{Tolerances, Topology};
use super::wayscope::promql::Label;
use super::wayscope::telemetry::{Declaration, Observation, Question, RoleSettings, Roles, topology};

/// What was read of all answers.
#[derive(Default)]
pub struct Reading {
    pub declared: Vec<Declaration>,
    pub seen: Vec<Observation>,
}

impl Reading {
    /// Reads a row of the answer to a question.
    pub fn add(&mut self, question: Question, labels: &Labels, value: f64) {
        let get = |label: &Label| labels.get(label.as_str()).map(String::as_str);
        match question {
            Question::Declared | Question::States => self.declared.extend(Declaration::read(&get)),
            Question::Builds => {}
            _ => self.seen.extend(Observation::read(question, &get, value)),
        }
    }

    pub fn roles(&self, settings: &RoleSettings) -> Roles {
        Roles::decide(self.declared.clone(), &self.seen, settings)
    }

    pub fn topology(&self) -> Topology {
        topology(&self.seen, &self.roles(&RoleSettings::default()), Tolerances::default())
    }
}
