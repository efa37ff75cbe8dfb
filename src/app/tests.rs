//! The whole application, driven as a browser drives it.

mod bad_answers;
mod choices;
mod export;
mod flows;
mod graph_choices;
mod latency;
mod links;
mod panels;
mod player;
mod refresh;
mod secrets;
mod small;
mod too_much;

/// Regular expressions as a browser would understand them.
pub(super) fn compile_names(text: &str) -> Result<crate::telemetry::NameTest, String> {
    let regex = regex_lite::Regex::new(&format!("^(?:{text})$")).map_err(|error| error.to_string())?;
    Ok(std::rc::Rc::new(move |name| regex.is_match(name)))
}
