//! Form controls that send messages.

use leptos::prelude::*;

/// One of several, as a select box.
#[component]
pub(super) fn Choice(
    #[prop(into)] name: Signal<String>,
    /// Values and texts.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    #[prop(into)] value: Signal<String>,
    chosen: impl Fn(String) + 'static + Send,
    part: &'static str,
) -> impl IntoView {
    view! {
        <label class="field" data-part=part>
            <span class="field-name">{move || name.get()}</span>
            <select on:change=move |event| chosen(event_target_value(&event)) prop:value=move || value.get()>
                {move || {
                    let current = value.get();
                    let option = |(value, text): (String, String)| {
                        let selected = value == current;
                        view! { <option value=value selected=selected>{text}</option> }
                    };
                    options.get().into_iter().map(option).collect_view()
                }}
            </select>
        </label>
    }
}

/// On or off.
#[component]
pub(super) fn Switch(
    #[prop(into)] name: Signal<String>,
    #[prop(into)] value: Signal<bool>,
    changed: impl Fn(bool) + 'static + Send,
    part: &'static str,
) -> impl IntoView {
    view! {
        <label class="switch" data-part=part>
            <input
                type="checkbox"
                prop:checked=move || value.get()
                on:change=move |event| changed(event_target_checked(&event))
            />
            <span>{move || name.get()}</span>
        </label>
    }
}
