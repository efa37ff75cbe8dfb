//! What is on the page: leptos components and the one store they share.
//!
//! *Invariants.* A component decides nothing: it reads a model from `app`, and sends messages. Texts come from `words`
//! through the models; data become text nodes and attributes, never markup. Whatever a component asks of the browser is
//! held by it and goes with it.

mod banner;
mod chart;
mod choices;
mod details;
mod display;
mod export;
mod flow;
mod icon;
mod legend;
mod menu;
mod namespaces;
mod perform;
mod range;
mod root;
mod settings;
mod side;
mod stage;
mod store;
mod tables;
mod toolbar;

pub use root::Root;
pub(crate) use root::stopped_words;
pub use store::{Setup, Store};
