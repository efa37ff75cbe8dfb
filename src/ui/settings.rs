//! What one reader prefers on one machine.

use leptos::prelude::*;

use crate::app::{Message, Theme};
use crate::words::{Label, Language};

use super::choices::Choice;
use super::icon::Icon;
use super::menu::Menu;
use super::store::Store;

/// Language and theme.
#[component]
pub(super) fn Settings(store: Store) -> impl IntoView {
    let languages = move || {
        let all = Language::ALL.into_iter().map(|one| (one.tag().to_owned(), one.own_name().to_owned()));
        std::iter::once((String::new(), store.label(Label::AsBrowser).to_owned())).chain(all).collect::<Vec<_>>()
    };
    let language = move || store.read(|app| app.language.map_or("", Language::tag)).to_owned();
    let themes = move || {
        let themes = [("", Label::AsSystem), ("light", Label::Light), ("dark", Label::Dark)];
        themes.map(|(value, label)| (value.to_owned(), store.label(label).to_owned())).to_vec()
    };
    let theme = move || store.read(|app| app.theme.map_or("", Theme::as_str)).to_owned();
    let choose_language = move |tag: String| {
        store.send(Message::Language(Language::ALL.into_iter().find(|one| one.tag() == tag)));
    };
    view! {
        <Menu name=store.text(Label::Settings) text=Signal::derive(String::new) icon=Icon::Settings part="settings">
            <Choice
                name=store.text(Label::Language)
                options=Signal::derive(languages)
                value=Signal::derive(language)
                chosen=choose_language
                part="language"
            />
            <Choice
                name=store.text(Label::Theme)
                options=Signal::derive(themes)
                value=Signal::derive(theme)
                chosen=move |name| store.send(Message::Theme(Theme::parse(&name)))
                part="theme"
            />
        </Menu>
    }
}
