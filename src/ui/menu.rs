//! A button that opens a small panel under itself.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::icon::{Icon, Picture};

/// A disclosure whose panel closes on Escape, and when the focus or a click goes elsewhere.
#[component]
pub(super) fn Menu(
    /// What the button is for, read aloud and shown as a tooltip.
    #[prop(into)]
    name: Signal<String>,
    /// What the button says; may be empty where the icon says enough.
    #[prop(into)]
    text: Signal<String>,
    icon: Icon,
    /// A name for tests and styles.
    part: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    let (is_open, set_open) = signal(false);
    let leave = move |event: ev::FocusEvent| {
        let to = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        if let (Some(root), Some(to)) = (root.get_untracked(), to)
            && !root.contains(Some(&to))
        {
            set_open.set(false);
        }
    };
    let escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && is_open.get_untracked() {
            event.stop_propagation();
            set_open.set(false);
        }
    };
    // What is read aloud has to hold what is seen (WCAG 2.5.3).
    let spoken = move || {
        let (name, text) = (name.get(), text.get());
        if text.is_empty() || text == name { name } else { format!("{name}: {text}") }
    };
    view! {
        <div class="menu" data-part=part node_ref=root on:focusout=leave on:keydown=escape>
            <button
                type="button"
                class="button"
                aria-expanded=move || if is_open.get() { "true" } else { "false" }
                aria-label=spoken
                title=move || name.get()
                on:click=move |_| set_open.update(|open| *open = !*open)
            >
                <Picture icon/>
                <span class="button-text">{move || text.get()}</span>
            </button>
            <Show when=move || is_open.get()>
                <div class="veil" on:pointerdown=move |_| set_open.set(false)></div>
                <div class="popover" role="group" aria-label=move || name.get() tabindex="-1">{children()}</div>
            </Show>
        </div>
    }
}
