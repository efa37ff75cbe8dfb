//! The stretch of time, and how often it is asked for again.

use leptos::prelude::*;

use crate::app::{Change, Message};
use crate::quantity::{Duration, Instant, TimeRange, TimeWindow};
use crate::words::{Label, Sentence};

use super::choices::Choice;
use super::icon::{Icon, Picture};
use super::menu::Menu;
use super::store::Store;

const RANGES: [&str; 12] = ["1m", "2m", "5m", "10m", "30m", "1h", "3h", "6h", "12h", "1d", "7d", "30d"];
const REFRESHES: [&str; 7] = ["5s", "10s", "15s", "30s", "1m", "5m", "15m"];

/// The time menu and the refresh button.
#[component]
pub(super) fn TimeControls(store: Store) -> impl IntoView {
    let name = move || store.label(Label::TimeRange).to_owned();
    let text = move || {
        store.speak(|app, voice| match app.view.window {
            TimeWindow::Last(length) => voice.say(&Sentence::Last { length: &length.to_string() }),
            TimeWindow::Between(range) => format!("{} – {}", voice.time(range.from), voice.time(range.to)),
        })
    };
    let refresh_name = move || store.label(Label::RefreshNow).to_owned();
    let is_loading = move || store.read(|app| app.graph.is_loading());
    view! {
        <Menu name=Signal::derive(name) text=Signal::derive(text) icon=Icon::Clock part="time">
            <Ranges store/>
            <Absolute store/>
            <Refreshes store/>
        </Menu>
        <button
            type="button"
            class="button"
            class:busy=is_loading
            data-part="refresh"
            aria-label=refresh_name
            title=refresh_name
            on:click=move |_| store.send(Message::Refresh)
        >
            <Picture icon=Icon::Refresh/>
        </button>
    }
}

#[component]
fn Ranges(store: Store) -> impl IntoView {
    let current = move || store.read(|app| app.view.window);
    let button = move |text: &'static str| {
        let length = Duration::parse(text).unwrap_or(Duration::ZERO);
        let is_current = move || current() == TimeWindow::Last(length);
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || if is_current() { "true" } else { "false" }
                on:click=move |_| store.send(Message::Change(Change::Window(TimeWindow::Last(length))))
            >
                {text}
            </button>
        }
    };
    view! { <div class="chips" role="group" aria-label=store.said(Label::TimeRange)>{RANGES.map(button)}</div> }
}

/// Two local times, as the browser's own control writes them.
#[component]
fn Absolute(store: Store) -> impl IntoView {
    let from = NodeRef::<leptos::html::Input>::new();
    let to = NodeRef::<leptos::html::Input>::new();
    let range = move || {
        store.read(|app| {
            let shown = app.graph.shown().map(|shown| shown.range);
            match app.view.window {
                TimeWindow::Between(range) => Some(range),
                TimeWindow::Last(_) => shown,
            }
        })
    };
    let text = move |end: fn(TimeRange) -> Instant| {
        move || range().map(|range| local_text(store, end(range))).unwrap_or_default()
    };
    let apply = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let read = |node: NodeRef<leptos::html::Input>| {
            // Milliseconds of local time taken as UTC; NaN when the field is empty.
            let local_ms = node.get_untracked()?.value_as_number();
            local_ms.is_finite().then(|| from_local(store, Instant::from_unix_millis(local_ms as i64)))
        };
        if let (Some(from), Some(to)) = (read(from), read(to))
            && from != to
        {
            store.send(Message::Change(Change::Window(TimeWindow::Between(TimeRange::new(from, to)))));
        }
    };
    view! {
        <form class="absolute" on:submit=apply>
            <label class="field">
                <span class="field-name">{store.said(Label::From)}</span>
                <input type="datetime-local" step="1" required node_ref=from prop:value=text(|range| range.from)/>
            </label>
            <label class="field">
                <span class="field-name">{store.said(Label::To)}</span>
                <input type="datetime-local" step="1" required node_ref=to prop:value=text(|range| range.to)/>
            </label>
            <button type="submit" class="button">{store.said(Label::Apply)}</button>
        </form>
    }
}

/// `YYYY-MM-DDTHH:MM:SS` in local time.
fn local_text(store: Store, instant: Instant) -> String {
    use crate::quantity::{Format, Plain};
    let offset = store.format().utc_offset(instant);
    Plain.date_time(instant + offset).replace(' ', "T")
}

fn from_local(store: Store, local: Instant) -> Instant {
    let format = store.format();
    let guess = local - format.utc_offset(local);
    local - format.utc_offset(guess)
}

#[component]
fn Refreshes(store: Store) -> impl IntoView {
    let options = move || {
        let every = REFRESHES.into_iter().map(|text| (text.to_owned(), text.to_owned()));
        let off = ("off".to_owned(), store.label(Label::RefreshOff).to_owned());
        let other = store.read(|app| app.view.refresh).map(|every| every.to_string());
        let other = other.filter(|text| !REFRESHES.contains(&text.as_str())).map(|text| (text.clone(), text));
        std::iter::once(off).chain(every).chain(other).collect::<Vec<_>>()
    };
    let value = move || store.read(|app| app.view.refresh).map_or_else(|| "off".to_owned(), |every| every.to_string());
    let chosen = move |text: String| {
        store.send(Message::Change(Change::Refresh(
            Duration::parse(&text).ok().filter(|every| *every > Duration::ZERO),
        )));
    };
    let name = move || store.label(Label::RefreshEvery).to_owned();
    view! {
        <Choice
            name=Signal::derive(name)
            options=Signal::derive(options)
            value=Signal::derive(value)
            chosen
            part="refresh-every"
        />
    }
}
