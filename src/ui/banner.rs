//! What is wrong, what is old, and what to know.

use leptos::prelude::*;

use crate::app::panel::{Tone, problems, status};
use crate::words::{Label, Sentence};

use super::icon::{Icon, Picture};
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
#[component]
pub(super) fn Banner(store: Store) -> impl IntoView {
    let texts = Memo::new(move |_| {
        store.speak(|app, voice| {
            let reason = store.config_error();
            let unreadable = (!reason.is_empty()).then(|| voice.say(&Sentence::ConfigUnreadable { reason: &reason }));
            let error = status(app, &store.origin(), voice).error;
            let problems = problems(app, voice).into_iter().map(|text| (text, Tone::Warning));
            let errors = error.into_iter().chain(unreadable).map(|text| (text, Tone::Bad));
            errors.chain(problems).collect::<Vec<_>>()
        })
    });
    view! {
        <div class="banners" role="alert">
            <For each=move || texts.get() key=|(text, _)| text.clone() children=|(text, tone)| view! {
                <p class=format!("banner {}", tone_class(tone)) data-part="problem">
                    <Picture icon=Icon::Warning/>
                    <span>{text}</span>
                </p>
            }/>
        </div>
    }
}

/// How fresh the graph is, and remarks on it.
#[component]
pub(super) fn StatusLine(store: Store) -> impl IntoView {
    let model = Memo::new(move |_| store.speak(|app, voice| status(app, &store.origin(), voice)));
    let counts = move || {
        let visible = store.visible();
        store.speak(|_, voice| {
            visible.map(|topology| {
                voice.say(&Sentence::Counts { nodes: topology.nodes.len(), edges: topology.edges.len() })
            })
        })
    };
    view! {
        <footer class="status">
            <span
                class=move || format!("status-text {}", tone_class(model.read().tone))
                role="status"
                data-part="status"
                data-loading=move || if model.read().is_loading { "true" } else { "false" }
            >
                {move || model.get().text}
            </span>
            <span class="status-counts" data-part="counts">{counts}</span>
            <span class={"gap"}></span>
            <Show when=move || !model.read().notices.is_empty()>
                <details class="notices" data-part="notices">
                    <summary><Picture icon=Icon::Info/>" "{store.said(Label::Notices)}</summary>
                    <ul>{move || model.get().notices.into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ul>
                </details>
            </Show>
        </footer>
    }
}
