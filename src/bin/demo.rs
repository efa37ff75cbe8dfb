//! The demonstration mesh as a program of its own: `www/engine.js` loads it where it is asked, and asks it as it would ask
//! a server. Natively it does nothing.

fn main() {}

#[cfg(target_arch = "wasm32")]
mod export {
    use wasm_bindgen::JsValue;
    use wasm_bindgen::prelude::wasm_bindgen;
    use wayscope::demo::DemoMesh;

    thread_local! {
        static MESH: DemoMesh = DemoMesh::new();
    }

    /// The status and the bytes of the answer to a request: its path without a leading slash, and the form of its address
    /// or body.
    #[wasm_bindgen]
    pub fn answer(path: &str, form: &str) -> Vec<JsValue> {
        let answer = MESH.with(|mesh| mesh.respond(path, form));
        vec![answer.status.into(), answer.body.into()]
    }
}
