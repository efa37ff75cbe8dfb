//! Byte flows of what is selected: two charts, who reports, and the queries.

use leptos::prelude::*;

use crate::app::panel::{ChartModel, FlowPanel, LineModel};
use crate::order::sort_unique;
use crate::quantity::{BytesPerSec, Duration, Instant};
use crate::telemetry::flow::Question;
use crate::web::clipboard::{select_after, write_text};
use crate::web::clock::after;
use crate::words::{Label, Sentence};

use super::banner::items;
use super::chart::{Crosshair, chart};
use super::icon::{Icon, picture};
use super::live::{Slot, on, when, yes_no};
use super::models::Part;
use super::store::Store;

/// Reads the panel; nothing when no flows were asked for.
fn panel<T>(store: Store, read: impl FnOnce(&FlowPanel) -> T) -> Option<T> {
    store.model(Part::Flow, |models| models.flow.as_ref().map(read))
}

/// The byte-flow section of the side panel.
pub(super) fn flow(store: Store) -> AnyView {
    let crosshair = Crosshair::new(None);
    let is_loading = move || panel(store, |panel| panel.is_loading).unwrap_or_default();
    let why_none = move || panel(store, |panel| panel.why_none.clone()).unwrap_or_default();
    let has = move |question| panel(store, |panel| one_way(panel, question).is_some()).unwrap_or_default();
    let ways = [Question::Sent, Question::Received]
        .map(|question| when(move || has(question), move || way(store, question, crosshair)));
    view! {
        <section class="flows" data-part="flows" data-loading=move || yes_no(is_loading())>
            <h3>{store.said(Label::ByteFlows)}</h3>
            {when(is_loading, move || view! { <p class="muted">{store.said(Label::Loading)}</p> }.into_any())}
            {when(
                move || !why_none().is_empty(),
                move || view! { <p class="why" data-part="why-none">{move || why_none()}</p> }.into_any(),
            )}
            {Vec::from(ways)}
            <ul class="notes" data-part="notes">
                {move || items(panel(store, |panel| panel.notes.clone()).unwrap_or_default())}
            </ul>
            <details data-part="tried">
                <summary>{store.said(Label::LookedAt)}</summary>
                <ul>{move || items(panel(store, |panel| panel.tried.clone()).unwrap_or_default())}</ul>
            </details>
            <details data-part="queries">
                <summary>{store.said(Label::Queries)}</summary>
                <div>{move || queries(store)}</div>
            </details>
        </section>
    }
    .into_any()
}

/// What flows one way.
pub(super) fn one_way(panel: &FlowPanel, question: Question) -> Option<&ChartModel> {
    panel.charts.iter().find(|chart| chart.question == question)
}

/// A chart with its readings and its values.
fn way(store: Store, question: Question, crosshair: Crosshair) -> AnyView {
    let part = if question == Question::Sent { "sent" } else { "received" };
    let text = move |read: fn(&ChartModel) -> &String| {
        panel(store, |panel| one_way(panel, question).map(|chart| read(chart).clone())).flatten().unwrap_or_default()
    };
    view! {
        <figure class="flow" data-part=part>
            <figcaption>
                <strong>{move || text(|chart| &chart.title)}</strong>" "
                <span class="muted">{move || text(|chart| &chart.caption)}</span>
            </figcaption>
            {chart(store, question, crosshair)}
            <p class="reading-time muted">{move || reading_time(store, question, crosshair.get())}</p>
            <ul class="readings">{move || readings(store, question, crosshair.get())}</ul>
            {values(store, question)}
        </figure>
    }
    .into_any()
}

/// The sample of a line that is nearest the crosshair; without one, the last.
fn reading(line: &LineModel, at: Option<Instant>) -> Option<(Instant, f64)> {
    at.map_or_else(|| line.line.points.last().copied(), |at| line.line.nearest(at))
}

/// When the readings are of.
fn reading_time(store: Store, question: Question, at: Option<Instant>) -> String {
    let newest = |chart: &ChartModel| chart.lines.iter().filter_map(|line| reading(line, at)).map(|(at, _)| at).max();
    let time = panel(store, |panel| one_way(panel, question).and_then(newest)).flatten();
    time.map(|time| store.say(|voice| voice.say(&Sentence::At { time: &voice.time(time) }))).unwrap_or_default()
}

/// Each line's name, colour and value at the crosshair; without one, at the end.
fn readings(store: Store, question: Question, at: Option<Instant>) -> Vec<AnyView> {
    let row = |line: &LineModel| {
        let reading = reading(line, at);
        let text = store.say(|voice| {
            reading.map_or_else(|| voice.label(Label::None), |(_, value)| voice.bytes(BytesPerSec(value)))
        });
        view! {
            <li
                class:beside=!line.chosen
                data-part="reading"
                data-value=reading.map(|(_, value)| value.to_string())
                data-time=reading.map(|(at, _)| at.to_string())
            >
                <span class=format!("swatch series-{}", line.colour) aria-hidden="true"></span>
                <span class="reading-name">{line.line.name.clone()}</span>
                <output class="reading-value">{text}</output>
            </li>
        }
        .into_any()
    };
    let rows = panel(store, |panel| one_way(panel, question).map(|chart| chart.lines.iter().map(row).collect()));
    rows.flatten().unwrap_or_default()
}

/// The chart as a table, made only when it is opened.
fn values(store: Store, question: Question) -> AnyView {
    let (is_open, set_open) = signal(false);
    let names = move |chart: &ChartModel| {
        let name = |line: &LineModel| view! { <th scope="col">{line.line.name.clone()}</th> }.into_any();
        chart.lines.iter().map(name).collect::<Vec<AnyView>>()
    };
    let rows = move |chart: &ChartModel| value_rows(store, chart);
    let read = move |read: &dyn Fn(&ChartModel) -> Vec<AnyView>| {
        panel(store, |panel| one_way(panel, question).map(read)).flatten().unwrap_or_default()
    };
    let table = move || {
        // Nothing in it takes the focus: keys could not scroll it.
        view! {
            <div class="scroll" tabindex="0" role="group" aria-label=store.said(Label::Table)>
                <table>
                    <thead><tr><th scope="col">{store.said(Label::Time)}</th>{move || read(&names)}</tr></thead>
                    <tbody>{move || read(&rows)}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let toggle = move |_: leptos::ev::Event| set_open.update(|open| *open = !*open);
    view! {
        <details class="values" data-part="values" on:toggle=on(toggle)>
            <summary>{store.said(Label::Table)}</summary>
            {when(move || is_open.get(), table)}
        </details>
    }
    .into_any()
}

fn value_rows(store: Store, chart: &ChartModel) -> Vec<AnyView> {
    let mut instants: Vec<Instant> =
        chart.lines.iter().flat_map(|line| line.line.points.iter().map(|(at, _)| *at)).collect();
    sort_unique(&mut instants);
    let cell = |at: Instant, line: &LineModel| {
        let place = line.line.points.binary_search_by_key(&at, |(at, _)| *at).ok();
        let value = place.and_then(|place| line.line.points.get(place)).map(|(_, value)| *value);
        let text = value.map(|value| store.say(|voice| voice.bytes(BytesPerSec(value)))).unwrap_or_default();
        view! { <td data-value=value.map(|value| value.to_string())>{text}</td> }.into_any()
    };
    let row = |at: Instant| {
        let cells = chart.lines.iter().map(|line| cell(at, line)).collect::<Vec<AnyView>>();
        let time = store.say(|voice| voice.time(at));
        view! { <tr data-time=Some(at.to_string())><th scope="row">{time}</th>{cells}</tr> }.into_any()
    };
    instants.into_iter().map(row).collect()
}

/// Every query as it was asked, with a button to copy it.
fn queries(store: Store) -> Vec<AnyView> {
    let queries = panel(store, |panel| panel.queries.clone()).unwrap_or_default();
    queries.into_iter().map(|(title, text)| query(store, title, text)).collect()
}

fn query(store: Store, title: String, text: String) -> AnyView {
    let said = RwSignal::new(Label::Copy);
    let timer = Slot::new();
    let copied = text.clone();
    let copy = move |event: leptos::ev::MouseEvent| {
        let (copied, pressed) = (copied.clone(), event.current_target());
        wasm_bindgen_futures::spawn_local(async move {
            let outcome = write_text(&copied).await;
            if outcome.is_err() {
                select_after(pressed);
            }
            said.try_set(if outcome.is_ok() { Label::Copied } else { Label::CopyFailed });
            timer.put(after(Duration::from_secs(3), move || {
                said.try_set(Label::Copy);
            }));
        });
    };
    view! {
        <div class="query">
            <span class="muted">{title}</span>
            <button type="button" class="button" data-part="copy" on:click=on(copy)>
                {picture(Icon::Copy)}
                <span role="status">{move || store.label(said.get()).to_owned()}</span>
            </button>
            <code data-part="promql">{text}</code>
        </div>
    }
    .into_any()
}
