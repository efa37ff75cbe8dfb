//! A button that opens a small panel under itself.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Node;

use crate::web::focus::{first_button_of, onto};

use super::icon::{Icon, picture};
use super::live::{Text, on, when, yes_no};

/// What the button of a menu shows.
pub(super) struct MenuButton {
    /// What it is for, read aloud and shown as a tooltip.
    pub name: Text,
    /// What it says; may be empty where the icon says enough.
    pub text: Text,
    pub icon: Icon,
    /// A name for tests and styles.
    pub part: &'static str,
}

/// A disclosure whose panel closes on Escape, and when the focus or a click goes elsewhere.
pub(super) fn menu(button: MenuButton, content: impl Fn() -> Vec<AnyView> + Send + Sync + 'static) -> AnyView {
    disclosure(button, Box::new(content))
}

fn disclosure(button: MenuButton, content: Box<dyn Fn() -> Vec<AnyView> + Send + Sync>) -> AnyView {
    let MenuButton { name, text, icon, part } = button;
    let (is_open, set_open) = signal(false);
    let leave = move |event: ev::FocusEvent| {
        let node = |target: Option<web_sys::EventTarget>| target.and_then(|target| target.dyn_into::<Node>().ok());
        if let (Some(menu), Some(to)) = (node(event.current_target()), node(event.related_target()))
            && !menu.contains(Some(&to))
        {
            set_open.set(false);
        }
    };
    let escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && is_open.get_untracked() {
            event.stop_propagation();
            set_open.set(false);
            // What had the focus is gone with the panel.
            first_button_of(event.current_target());
        }
    };
    let toggle = move |event: ev::MouseEvent| {
        // Escape is heard where the focus is.
        onto(event.current_target());
        set_open.update(|open| *open = !*open);
    };
    // What is read aloud has to hold what is seen (WCAG 2.5.3).
    let (spoken_name, spoken_text) = (name.clone(), text.clone());
    let spoken = move || {
        let (name, text) = (spoken_name.get(), spoken_text.get());
        if text.is_empty() || text == name { name } else { format!("{name}: {text}") }
    };
    let group_name = name.clone();
    let popover = move || {
        let name = group_name.clone();
        view! {
            <div class="veil" on:pointerdown=on(move |_: ev::PointerEvent| set_open.set(false))></div>
            <div class="popover" role="group" aria-label=move || name.get() tabindex="-1">{content()}</div>
        }
        .into_any()
    };
    view! {
        <div class="menu" data-part=part on:focusout=on(leave) on:keydown=on(escape)>
            <button
                type="button"
                class="button"
                aria-expanded=move || yes_no(is_open.get())
                aria-label=move || spoken()
                title=move || name.get()
                on:click=on(toggle)
            >
                {picture(icon)}
                <span class="button-text">{move || text.get()}</span>
            </button>
            {when(move || is_open.get(), popover)}
        </div>
    }
    .into_any()
}
