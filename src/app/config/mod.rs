//! What the operator set: back ends, defaults, scope.
//!
//! Layers, later ones winning: built-in defaults, `config.json` beside the page, attributes and properties of the
//! element. The URL chooses among what is configured here and never adds a back end: a link could phish.
//!
//! *Invariants.* A wrong field costs that field, not the rest: reading never fails, it lists [`Problem`]s.

mod back_end;
mod read;
mod settings;

pub use back_end::{BackEnd, Credentials, Kind};
pub use read::{Expected, Problem};
pub use settings::{Config, Defaults};
