//! Byte flows of what is selected: two charts, who reports, and the queries.

use leptos::prelude::*;

use crate::app::panel::{ChartModel, FlowPanel, flow_panel};
use crate::order::sort_unique;
use crate::quantity::{BytesPerSec, Duration, Instant, TimeRange};
use crate::web::clipboard::write_text;
use crate::web::clock::{Timer, after};
use crate::words::Label;

use super::chart::Chart;
use super::icon::{Icon, Picture};
use super::store::Store;

/// The byte-flow section of the side panel.
#[component]
pub(super) fn Flow(store: Store) -> impl IntoView {
    let model = Memo::new(move |_| {
        store.speak(|app, voice| {
            app.flow.as_ref().map(|flow| flow_panel(flow, &app.view.back_end, &store.origin(), voice))
        })
    });
    let crosshair = RwSignal::new(None::<Instant>);
    let field = move |read: fn(&FlowPanel) -> Vec<String>| move || model.read().as_ref().map(read).unwrap_or_default();
    let ways = move || model.read().as_ref().map_or(0, |panel| panel.charts.len());
    let range = Memo::new(move |_| model.read().as_ref().map(|panel| panel.range));
    view! {
        <section class="flows" data-part="flows" data-loading=move || if model.read().as_ref().is_some_and(|panel| panel.is_loading) { "true" } else { "false" }>
            <h3>{store.said(Label::ByteFlows)}</h3>
            <Show when=move || model.read().as_ref().is_some_and(|panel| panel.is_loading)>
                <p class="muted">{store.said(Label::Loading)}</p>
            </Show>
            {move || {
                let why = model.read().as_ref().map(|panel| panel.why_none.clone()).unwrap_or_default();
                (!why.is_empty()).then(|| view! { <p class="why" data-part="why-none">{why}</p> })
            }}
            <For each=move || 0..ways() key=|place| *place children=move |place| {
                let chart = Memo::new(move |before: Option<&Option<ChartModel>>| {
                    // A chart that is on its way out keeps its last lines.
                    let now = model.read().as_ref().and_then(|panel| panel.charts.get(place).cloned());
                    now.or_else(|| before.cloned().flatten())
                });
                view! { <OneWay store chart range crosshair/> }
            }/>
            <ul class="notes" data-part="notes">
                {move || field(|panel| panel.notes.clone())().into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}
            </ul>
            <details data-part="tried">
                <summary>{store.said(Label::LookedAt)}</summary>
                <ul>{move || field(|panel| panel.tried.clone())().into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ul>
            </details>
            <Queries store model/>
        </section>
    }
}

#[component]
fn OneWay(
    store: Store,
    chart: Memo<Option<ChartModel>>,
    range: Memo<Option<TimeRange>>,
    crosshair: RwSignal<Option<Instant>>,
) -> impl IntoView {
    let empty = TimeRange { from: Instant::default(), to: Instant::default() };
    let blank = || ChartModel {
        question: crate::telemetry::flow::Question::Sent,
        title: String::new(),
        caption: String::new(),
        lines: Vec::new(),
    };
    let model = Signal::derive(move || chart.get().unwrap_or_else(blank));
    let range = Signal::derive(move || range.get().unwrap_or(empty));
    let part =
        move || if model.read().question == crate::telemetry::flow::Question::Sent { "sent" } else { "received" };
    view! {
        <figure class="flow" data-part=part>
            <figcaption><strong>{move || model.get().title}</strong>" "<span class="muted">{move || model.get().caption}</span></figcaption>
            <Chart store model range crosshair/>
            <Readings store model crosshair/>
            <Values store model/>
        </figure>
    }
}

/// Each line's name, colour and value at the crosshair; without one, at the end.
#[component]
fn Readings(store: Store, model: Signal<ChartModel>, crosshair: RwSignal<Option<Instant>>) -> impl IntoView {
    let rows = move || {
        let at = crosshair.get();
        store.speak(|_, voice| {
            let row = |line: &crate::app::panel::LineModel| {
                let reading = at.map_or_else(|| line.line.points.last().copied(), |at| line.line.nearest(at));
                let text =
                    reading.map_or_else(|| voice.label(Label::None), |(_, value)| voice.bytes(BytesPerSec(value)));
                let time = at.and(reading).map(|(at, _)| voice.time(at)).unwrap_or_default();
                (line.line.name.clone(), line.colour, line.chosen, text, time, reading)
            };
            model.read().lines.iter().map(row).collect::<Vec<_>>()
        })
    };
    view! {
        <ul class="readings">
            {move || rows().into_iter().map(|(name, colour, chosen, text, time, reading)| view! {
                <li
                    class:beside=!chosen
                    data-part="reading"
                    data-value=reading.map(|(_, value)| value.to_string())
                    data-time=reading.map(|(at, _)| at.to_string())
                >
                    <span class=format!("swatch series-{colour}") aria-hidden="true"></span>
                    <span class="reading-name">{name}</span>
                    <span class="reading-time muted">{time}</span>
                    <output class="reading-value">{text}</output>
                </li>
            }).collect_view()}
        </ul>
    }
}

/// The chart as a table, made only when it is opened.
#[component]
fn Values(store: Store, model: Signal<ChartModel>) -> impl IntoView {
    let (is_open, set_open) = signal(false);
    let rows = move || {
        let model = model.get();
        let mut instants: Vec<Instant> =
            model.lines.iter().flat_map(|line| line.line.points.iter().map(|(at, _)| *at)).collect();
        sort_unique(&mut instants);
        store.speak(|_, voice| {
            instants
                .into_iter()
                .map(|at| {
                    let cell = |line: &crate::app::panel::LineModel| {
                        let place = line.line.points.binary_search_by_key(&at, |(at, _)| *at).ok()?;
                        line.line.points.get(place).map(|(_, value)| (*value, voice.bytes(BytesPerSec(*value))))
                    };
                    (at, voice.time(at), model.lines.iter().map(cell).collect::<Vec<_>>())
                })
                .collect::<Vec<_>>()
        })
    };
    let cell = |cell: Option<(f64, String)>| match cell {
        Some((value, text)) => view! { <td data-value=value.to_string()>{text}</td> }.into_any(),
        None => view! { <td></td> }.into_any(),
    };
    view! {
        <details class="values" data-part="values" on:toggle=move |_| set_open.update(|open| *open = !*open)>
            <summary>{store.said(Label::Table)}</summary>
            <Show when=move || is_open.get()>
                // Nothing in it takes the focus: keys could not scroll it.
                <div class="scroll" tabindex="0" role="group" aria-label=move || store.label(Label::Table)>
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{store.said(Label::TimeRange)}</th>
                                {move || model.get().lines.into_iter().map(|line| view! { <th scope="col">{line.line.name}</th> }).collect_view()}
                            </tr>
                        </thead>
                        <tbody>
                            {move || rows().into_iter().map(|(at, time, cells)| view! {
                                <tr data-time=at.to_string()>
                                    <th scope="row">{time}</th>
                                    {cells.into_iter().map(cell).collect_view()}
                                </tr>
                            }).collect_view()}
                        </tbody>
                    </table>
                </div>
            </Show>
        </details>
    }
}

/// Every query as it was asked, with a button to copy it.
#[component]
fn Queries(store: Store, model: Memo<Option<FlowPanel>>) -> impl IntoView {
    let queries = move || model.read().as_ref().map(|panel| panel.queries.clone()).unwrap_or_default();
    view! {
        <details data-part="queries">
            <summary>{store.said(Label::Queries)}</summary>
            <For each=queries key=Clone::clone children=move |(title, text)| view! { <Query store title text/> }/>
        </details>
    }
}

#[component]
fn Query(store: Store, title: String, text: String) -> impl IntoView {
    let said = RwSignal::new(Label::Copy);
    let timer = StoredValue::new_local(None::<Timer>);
    let code = NodeRef::<leptos::html::Code>::new();
    let copied = text.clone();
    let copy = move |_| {
        let copied = copied.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let outcome = write_text(&copied).await;
            if outcome.is_err()
                && let Some(code) = code.try_get_untracked().flatten()
                && let Some(Ok(Some(selection))) = web_sys::window().map(|window| window.get_selection())
            {
                let _ = selection.select_all_children(&code);
            }
            said.try_set(if outcome.is_ok() { Label::Copied } else { Label::CopyFailed });
            timer.try_set_value(Some(after(Duration::from_secs(3), move || {
                said.try_set(Label::Copy);
            })));
        });
    };
    view! {
        <div class="query">
            <span class="muted">{title}</span>
            <button type="button" class="button" data-part="copy" on:click=copy>
                <Picture icon=Icon::Copy/>
                <span role="status">{move || store.label(said.get())}</span>
            </button>
            <code node_ref=code data-part="promql">{text}</code>
        </div>
    }
}
