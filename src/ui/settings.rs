//! What one reader prefers on one machine.

use leptos::prelude::*;

use crate::app::{Message, Theme};
use crate::words::{Label, Language};

use super::choices::choice;
use super::icon::Icon;
use super::live::Text;
use super::menu::{MenuButton, menu};
use super::store::Store;

/// Language and theme.
pub(super) fn settings(store: Store) -> AnyView {
    let button = MenuButton {
        name: store.text(Label::Settings),
        text: Text::new(String::new),
        icon: Icon::Settings,
        part: "settings",
    };
    menu(button, move || vec![language(store), theme(store)])
}

fn language(store: Store) -> AnyView {
    let options = move || {
        let mut all = vec![(String::new(), store.label(Label::AsBrowser).to_owned())];
        all.extend(Language::ALL.map(|one| (one.tag().to_owned(), one.own_name().to_owned())));
        all
    };
    let value = move || store.read(|app| app.language.map_or("", Language::tag)).to_owned();
    let chosen = move |tag: String| {
        store.send(Message::Language(Language::ALL.into_iter().find(|one| one.tag() == tag)));
    };
    choice("language", store.text(Label::Language), options, value, chosen)
}

fn theme(store: Store) -> AnyView {
    let themes = [("", Label::AsSystem), ("light", Label::Light), ("dark", Label::Dark)];
    let options = move || themes.map(|(value, label)| (value.to_owned(), store.label(label).to_owned())).to_vec();
    let value = move || store.read(|app| app.theme.map_or("", Theme::as_str)).to_owned();
    let chosen = move |name: String| store.send(Message::Theme(Theme::parse(&name)));
    choice("theme", store.text(Label::Theme), options, value, chosen)
}
