//! From the bytes of an answer to the graph.

use wasm_bindgen::prelude::*;
use wayscope::backend::HttpAnswer;
use wayscope::backend::prometheus::{Sample, decode_vector};
use wayscope::mesh::Tolerances;
use wayscope::promql::Label;
use wayscope::telemetry::{Observation, Question, RoleSettings, Roles, topology};

/// How many edges the mesh has of which `body` tells: the answer to the question about requests, decoded and classified as
/// the page does it.
///
/// # Errors
/// When the bytes are no such answer.
#[wasm_bindgen(js_name = countEdges)]
pub fn count_edges(body: Vec<u8>) -> Result<usize, JsError> {
    let rows = decode_vector(&HttpAnswer::json(200, body))?.rows;
    let read = |sample: Sample<'_>| {
        let get = |label: &Label| sample.labels.get(label.as_str());
        Observation::read(Question::Requests, &get, sample.value)
    };
    let seen: Vec<Observation> = rows.samples().filter_map(read).collect();
    let roles = Roles::decide(Vec::new(), &seen, &RoleSettings::default());
    Ok(topology(&seen, &roles, Tolerances::default()).edges.len())
}
