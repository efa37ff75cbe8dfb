//! Which namespaces are shown.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::app::{Change, Message};
use crate::order;
use crate::words::{Label, Sentence};

use super::choices::Switch;
use super::icon::Icon;
use super::menu::Menu;
use super::store::Store;

/// The namespaces of the graph, each with a switch; none on is all.
#[component]
pub(super) fn Namespaces(store: Store) -> impl IntoView {
    let name = move || store.label(Label::Namespaces).to_owned();
    let text = move || {
        store.speak(|app, voice| match app.view.namespaces.len() {
            0 => voice.label(Label::AllNamespaces),
            1 => app.view.namespaces.iter().map(ToString::to_string).collect(),
            count => voice.say(&Sentence::SomeNamespaces { count }),
        })
    };
    let all = Memo::new(move |_| {
        store.read(|app| {
            let nodes = app.graph.shown().into_iter().flat_map(|shown| &shown.topology.nodes);
            let seen = nodes.filter_map(|node| node.key.namespace()).filter(|name| name.is_known());
            order::set(seen.chain(&app.view.namespaces).cloned())
        })
    });
    view! {
        <Menu name=Signal::derive(name) text=Signal::derive(text) icon=Icon::Layers part="namespaces">
            <button
                type="button"
                class="button"
                on:click=move |_| store.send(Message::Change(Change::Namespaces(BTreeSet::new())))
            >
                {store.said(Label::AllNamespaces)}
            </button>
            <div class="scroll">
                <For each=move || all.get() key=Clone::clone children=move |namespace| {
                    let (shown, toggled) = (namespace.clone(), namespace.clone());
                    let value = move || store.read(|app| app.view.namespaces.contains(&shown));
                    let changed = move |on| {
                        let mut chosen = store.read(|app| app.view.namespaces.clone());
                        if on { chosen.insert(toggled.clone()) } else { chosen.remove(&toggled) };
                        store.send(Message::Change(Change::Namespaces(chosen)));
                    };
                    let name = namespace.to_string();
                    view! {
                        <Switch name=Signal::derive(move || name.clone()) value=Signal::derive(value) changed part="namespace"/>
                    }
                }/>
            </div>
        </Menu>
    }
}
