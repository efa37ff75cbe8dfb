//! What is on the page: leptos components and the one store they share.
//!
//! *Invariants.* A component decides nothing: it reads a model from `app`, and sends messages. Texts come from `words`
//! through the models; data become text nodes and attributes, never markup. Whatever a component asks of the browser is
//! held by it and goes with it.
//!
//! *Trusted Types.* The `view!` macro writes an element without any dynamic part through `innerHTML`, which a page may
//! forbid. A value in braces (`class={"gap"}`) makes it build the element instead.

#![expect(clippy::redundant_closure, reason = "only closures written in place share their types: see `live`")]

mod banner;
mod chart;
mod choices;
mod details;
mod display;
mod export;
mod flow;
mod icon;
mod legend;
mod live;
mod menu;
mod models;
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

pub use root::root;
pub(crate) use root::stopped_words;
pub(crate) use store::stop;
pub use store::{Setup, Store};
