//! The stretch of time, and how often it is asked for again.

use leptos::prelude::*;

use crate::app::{Change, Message};
use crate::quantity::{Duration, Instant, TimeRange, TimeWindow};
use crate::web::form::times;
use crate::words::{Label, Sentence};

use super::choices::choice;
use super::icon::{Icon, picture};
use super::live::{Text, on, pressed, yes_no};
use super::menu::{MenuButton, menu};
use super::store::Store;

const RANGES: [&str; 12] = ["1m", "2m", "5m", "10m", "30m", "1h", "3h", "6h", "12h", "1d", "7d", "30d"];
const REFRESHES: [&str; 7] = ["5s", "10s", "15s", "30s", "1m", "5m", "15m"];

/// The time menu and the refresh button.
pub(super) fn time_controls(store: Store) -> AnyView {
    let text = move || {
        store.speak(|app, voice| match app.view.window {
            TimeWindow::Last(length) => voice.say(&Sentence::Last { length: &length.to_string() }),
            TimeWindow::Between(range) => format!("{} – {}", voice.time(range.from), voice.time(range.to)),
        })
    };
    let button =
        MenuButton { name: store.text(Label::TimeRange), text: Text::new(text), icon: Icon::Clock, part: "time" };
    view! {
        {menu(button, move || vec![ranges(store), absolute(store), refreshes(store)])}
        <button
            type="button"
            class="button"
            class:busy=move || store.read(|app| app.graph.is_loading())
            data-part="refresh"
            aria-label=store.said(Label::RefreshNow)
            title=store.said(Label::RefreshNow)
            on:click=pressed(move || store.send(Message::Refresh))
        >
            {picture(Icon::Refresh)}
        </button>
    }
    .into_any()
}

fn ranges(store: Store) -> AnyView {
    let button = move |text: &'static str| {
        let window = TimeWindow::Last(Duration::parse(text).unwrap_or(Duration::ZERO));
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || yes_no(store.read(|app| app.view.window) == window)
                on:click=pressed(move || store.send(Message::Change(Change::Window(window))))
            >
                {text}
            </button>
        }
        .into_any()
    };
    let buttons = Vec::from(RANGES.map(button));
    view! { <div class="chips" role="group" aria-label=store.said(Label::TimeRange)>{buttons}</div> }.into_any()
}

/// Two local times, as the browser's own control writes them.
fn absolute(store: Store) -> AnyView {
    let range = move || {
        store.read(|app| {
            let shown = app.graph.shown().map(|shown| shown.range);
            match app.view.window {
                TimeWindow::Between(range) => Some(range),
                TimeWindow::Last(_) => shown,
            }
        })
    };
    // As it is when the menu opens: a refresh must not write over what is being typed.
    let range = untrack(range);
    let field = move |label, end: fn(TimeRange) -> Instant| {
        let text = untrack(|| range.map(|range| local_text(store, end(range))).unwrap_or_default());
        view! {
            <label class="field">
                <span class="field-name">{store.said(label)}</span>
                <input type="datetime-local" step="1" required=true prop:value=text/>
            </label>
        }
        .into_any()
    };
    let apply = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        // Local time taken as UTC.
        if let [from, to] = times(&event)[..]
            && from != to
        {
            let range = TimeRange::new(from_local(store, from), from_local(store, to));
            store.send(Message::Change(Change::Window(TimeWindow::Between(range))));
        }
    };
    view! {
        <form class="absolute" on:submit=on(apply)>
            {field(Label::From, |range| range.from)}
            {field(Label::To, |range| range.to)}
            <button type="submit" class="button">{store.said(Label::Apply)}</button>
        </form>
    }
    .into_any()
}

/// `YYYY-MM-DDTHH:MM:SS` in local time.
fn local_text(store: Store, instant: Instant) -> String {
    use crate::quantity::{Format, Plain};
    let offset = store.format().utc_offset(instant);
    Plain.date_time(instant + offset).replace(' ', "T")
}

fn from_local(store: Store, local: Instant) -> Instant {
    let format = untrack(|| store.format());
    let guess = local - format.utc_offset(local);
    local - format.utc_offset(guess)
}

fn refreshes(store: Store) -> AnyView {
    let options = move || {
        let mut all = vec![("off".to_owned(), store.label(Label::RefreshOff).to_owned())];
        all.extend(REFRESHES.map(|text| (text.to_owned(), text.to_owned())));
        let other = store.read(|app| app.view.refresh).map(|every| every.to_string());
        all.extend(other.filter(|text| !REFRESHES.contains(&text.as_str())).map(|text| (text.clone(), text)));
        all
    };
    let value = move || store.read(|app| app.view.refresh).map_or_else(|| "off".to_owned(), |every| every.to_string());
    let chosen = move |text: String| {
        let every = Duration::parse(&text).ok().filter(|every| *every > Duration::ZERO);
        store.send(Message::Change(Change::Refresh(every)));
    };
    choice("refresh-every", store.text(Label::RefreshEvery), options, value, chosen)
}
