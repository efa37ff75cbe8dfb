//! What is wrong, what is old, and what to know.

use leptos::prelude::*;

use crate::app::panel::Tone;
use crate::words::{Label, Sentence};

use super::icon::{Icon, picture};
use super::live::{folded, when, yes_no};
use super::models::Part;
use super::store::Store;

/// A style class for a tone.
pub(super) fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Good => "good",
        Tone::Warning => "warning",
        Tone::Bad => "bad",
    }
}

/// Errors, then what in the configuration and the address was not understood.
pub(super) fn banner(store: Store) -> AnyView {
    let problem = |(text, tone): (String, Tone)| {
        view! {
            <p class=format!("banner {}", tone_class(tone)) data-part="problem">
                {picture(Icon::Warning)}
                <span>{text}</span>
            </p>
        }
        .into_any()
    };
    let problems = move || store.model(Part::Problems, |models| models.problems.clone());
    view! {
        <div class="banners" role="alert">
            {move || problems().into_iter().map(problem).collect::<Vec<AnyView>>()}
        </div>
    }
    .into_any()
}

/// How fresh the graph is, and remarks on it.
pub(super) fn status_line(store: Store) -> AnyView {
    let counts = move || {
        let visible = store.visible();
        let say = |(nodes, edges)| store.say(|voice| voice.say(&Sentence::Counts { nodes, edges }));
        visible.map(|topology| (topology.nodes.len(), topology.edges.len())).map(say).unwrap_or_default()
    };
    let tone = move || {
        let tone = store.model(Part::Status, |models| models.status.as_ref().map(|status| status.tone));
        format!("status-text {}", tone_class(tone.unwrap_or(Tone::Plain)))
    };
    let is_loading =
        move || store.model(Part::Status, |models| models.status.as_ref().is_some_and(|status| status.is_loading));
    let text = move || {
        store.model(Part::Status, |models| models.status.as_ref().map(|status| status.text.clone())).unwrap_or_default()
    };
    let notices = move || {
        let notices = store.model(Part::Status, |models| models.status.as_ref().map(|status| status.notices.clone()));
        notices.unwrap_or_default()
    };
    let remarks = move || {
        view! {
            <details class="notices" data-part="notices" on:keydown=folded()>
                <summary>{picture(Icon::Info)}" "{store.said(Label::Notices)}</summary>
                <ul>{move || items(notices())}</ul>
            </details>
        }
        .into_any()
    };
    view! {
        <footer class="status">
            <span
                class=move || tone()
                role="status"
                data-part="status"
                data-loading=move || yes_no(is_loading())
            >
                {move || text()}
            </span>
            <span class="status-counts" data-part="counts">{move || counts()}</span>
            <span class={"gap"}></span>
            {when(move || !notices().is_empty(), remarks)}
        </footer>
    }
    .into_any()
}

/// Texts as items of a list.
pub(super) fn items(texts: Vec<String>) -> Vec<AnyView> {
    texts.into_iter().map(|text| view! { <li>{text}</li> }.into_any()).collect()
}
