//! From the bytes of an answer to the graph.

use wasm_bindgen::prelude::*;
use wayscope::backend::HttpAnswer;
use wayscope::backend::prometheus::decode_vector;
use wayscope::mesh::Tolerances;
use wayscope::promql::Label;
use wayscope::telemetry::{LABELS, Observation, Question, RoleSettings, Roles, Rows, topology};

/// What was told of a mesh, answer by answer.
#[wasm_bindgen]
#[derive(Default)]
pub struct Mesh(Vec<Observation>);

#[wasm_bindgen]
impl Mesh {
    /// Nothing is known yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Decodes an answer to the question about requests, as the page does it.
    ///
    /// # Errors
    /// When the bytes are no such answer.
    pub fn read(&mut self, body: Vec<u8>) -> Result<(), JsError> {
        let rows = decode_vector(&HttpAnswer::json(200, body))?.rows;
        let columns = rows.columns(&LABELS.each_ref().map(Label::as_str));
        let mut read = Rows::new(Question::Requests, columns.texts());
        self.0.reserve_exact(rows.len());
        rows.each(&columns, &mut |row, rate| self.0.extend(read.read(row, rate)));
        Ok(())
    }

    /// How many edges the mesh has, classified as the page does it.
    #[wasm_bindgen(js_name = countEdges)]
    pub fn count_edges(&self) -> usize {
        let roles = Roles::decide(Vec::new(), &self.0, &RoleSettings::default());
        topology(&self.0, &roles, Tolerances::default()).edges.len()
    }
}
