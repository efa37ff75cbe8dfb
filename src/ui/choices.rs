//! Form controls that send messages.

use leptos::prelude::*;

use super::live::{Text, on};

/// Values and texts of a select box.
pub(super) type Options = Vec<(String, String)>;

/// One of several, as a select box.
pub(super) fn choice(
    part: &'static str,
    name: Text,
    options: impl Fn() -> Options + Send + Sync + 'static,
    value: impl Fn() -> String + Send + Sync + 'static,
    chosen: impl Fn(String) + 'static,
) -> AnyView {
    select(part, name, Box::new(options), Text::new(value), Box::new(chosen))
}

fn select(
    part: &'static str,
    name: Text,
    options: Box<dyn Fn() -> Options + Send + Sync>,
    value: Text,
    chosen: Box<dyn Fn(String)>,
) -> AnyView {
    let current = value.clone();
    let items = move || {
        let current = value.get();
        let option = |(value, text): (String, String)| {
            let selected = value == current;
            view! { <option value=value selected=selected>{text}</option> }.into_any()
        };
        options().into_iter().map(option).collect::<Vec<AnyView>>()
    };
    view! {
        <label class="field" data-part=part>
            <span class="field-name">{move || name.get()}</span>
            <select
                on:change=on(move |event: leptos::ev::Event| chosen(event_target_value(&event)))
                prop:value=move || current.get()
            >
                {move || items()}
            </select>
        </label>
    }
    .into_any()
}

/// On or off.
pub(super) fn switch(
    part: &'static str,
    name: Text,
    is_on: impl Fn() -> bool + Send + Sync + 'static,
    changed: impl Fn(bool) + 'static,
) -> AnyView {
    checkbox(part, name, Box::new(is_on), Box::new(changed))
}

fn checkbox(
    part: &'static str,
    name: Text,
    is_on: Box<dyn Fn() -> bool + Send + Sync>,
    changed: Box<dyn Fn(bool)>,
) -> AnyView {
    view! {
        <label class="switch" data-part=part>
            <input
                type="checkbox"
                prop:checked=move || is_on()
                on:change=on(move |event: leptos::ev::Event| changed(event_target_checked(&event)))
            />
            <span>{move || name.get()}</span>
        </label>
    }
    .into_any()
}
