//! The whole application, driven as a browser drives it.

mod bad_answers;
mod choices;
mod export;
mod flows;
mod links;
mod panels;
mod player;
mod refresh;
mod secrets;
mod small;
