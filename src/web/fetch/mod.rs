//! HTTP requests.
//!
//! *Invariants.* One request, one answer: no retries, no caching, no credentials of our own. An answer of any status is
//! an answer; an error means that no answer could be read. Answers are read with `gloo-net`; requests
//! are built and sent with `web-sys`, since `gloo-net` 0.6 panics on a header value that no header may have and when a
//! page's patched `fetch` rejects with something that is no `Error`.

mod body;
mod call;
mod exchange;
mod probe;

pub use call::{Credentials, FetchError, Outgoing};
pub(super) use exchange::message;
pub use exchange::{Exchange, begin};
pub use probe::begin_probe;
