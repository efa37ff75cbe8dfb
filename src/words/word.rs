//! What can be said.
/// A text of the page. Numbers and names in it are already printed.
#[derive(Clone, PartialEq, Debug)]
pub enum Word<'a> {
    /// Placeholder.
    Raw(&'a str),
}
