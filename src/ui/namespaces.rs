//! Which namespaces are shown.

use leptos::prelude::*;

use crate::app::{Change, Message};
use crate::mesh::Namespace;
use crate::order::Set;
use crate::words::{Label, Sentence};

use super::choices::switch;
use super::icon::Icon;
use super::live::{Text, pressed};
use super::menu::{MenuButton, menu};
use super::models::Part;
use super::store::Store;

/// The namespaces of the graph, each with a switch; none on is all.
pub(super) fn namespaces(store: Store) -> AnyView {
    let text = move || {
        store.speak(|app, voice| match app.view.namespaces.len() {
            0 => voice.label(Label::AllNamespaces),
            1 => app.view.namespaces.iter().map(ToString::to_string).collect(),
            count => voice.say(&Sentence::SomeNamespaces { count }),
        })
    };
    let button = MenuButton {
        name: store.text(Label::Namespaces),
        text: Text::new(text),
        icon: Icon::Layers,
        part: "namespaces",
    };
    menu(button, move || {
        let reset = move || store.send(Message::Change(Change::Namespaces(Set::new())));
        let all = move || store.model(Part::Namespaces, |models| models.namespaces.clone());
        let one = move |namespace| one(store, namespace);
        let content = view! {
            <button type="button" class="button" on:click=pressed(reset)>{store.said(Label::AllNamespaces)}</button>
            <div class="scroll">{move || all().into_iter().map(one).collect::<Vec<AnyView>>()}</div>
        };
        vec![content.into_any()]
    })
}

fn one(store: Store, namespace: Namespace) -> AnyView {
    let (name, shown) = (namespace.to_string(), namespace.clone());
    let is_on = move || store.read(|app| app.view.namespaces.contains(&shown));
    let changed = move |on| {
        let mut chosen = untrack(|| store.read(|app| app.view.namespaces.clone()));
        if on {
            chosen.insert(namespace.clone())
        } else {
            chosen.remove(&namespace)
        };
        store.send(Message::Change(Change::Namespaces(chosen)));
    };
    switch("namespace", Text::new(move || name.clone()), is_on, changed)
}
