//! Nodes and edges as tables that can be sorted, with the same selection as the picture.

use std::cmp::Ordering;

use leptos::prelude::*;

use crate::app::panel::{EdgeRow, NodeRow, Tone, edge_rows, node_rows};
use crate::app::{Message, Selection};
use crate::mesh::Health;
use crate::order;
use crate::quantity::{BytesPerSec, PerSec};
use crate::words::Label;

use super::banner::tone_class;
use super::store::Store;

/// Which column rows are sorted by, and whether the largest comes first.
type Sorting = RwSignal<(usize, bool)>;

/// A cell.
struct Cell {
    text: String,
    /// What it is sorted by; by its text where there is nothing.
    rank: Option<f64>,
    is_number: bool,
    tone: Tone,
}

fn text(text: impl Into<String>) -> Cell {
    Cell { text: text.into(), rank: None, is_number: false, tone: Tone::Plain }
}

/// One row, ready to be put on the page.
struct Row {
    selection: Selection,
    name: String,
    cells: Vec<Cell>,
}

/// Both tables.
#[component]
pub(super) fn Tables(store: Store) -> impl IntoView {
    let edges = move || {
        let visible = store.visible();
        let rows = store.speak(|_, voice| visible.map(|topology| edge_rows(&topology, voice)).unwrap_or_default());
        rows.into_iter().map(|row| edge_row(store, row)).collect::<Vec<_>>()
    };
    let nodes = move || {
        let visible = store.visible();
        let rows = store.speak(|_, voice| visible.map(|topology| node_rows(&topology, voice)).unwrap_or_default());
        rows.into_iter().map(|row| node_row(store, row)).collect::<Vec<_>>()
    };
    view! {
        <section class="tables" data-part="tables">
            <Sortable
                store
                heading=Label::Edges
                columns=&[
                    Label::From, Label::To, Label::Protocol, Label::Requests, Label::Errors, Label::Sent, Label::Received,
                    Label::ReportedBy, Label::Security, Label::Health, Label::Kind,
                ]
                rows=edges
                part="edges"
            />
            <Sortable
                store
                heading=Label::Nodes
                columns=&[
                    Label::Name, Label::Namespace, Label::Cluster, Label::Role, Label::Inbound, Label::Outbound,
                    Label::Received, Label::Sent, Label::Health,
                ]
                rows=nodes
                part="nodes"
            />
        </section>
    }
}

fn edge_row(store: Store, row: EdgeRow) -> Row {
    let health = row.health;
    let requests =
        |rate: Option<PerSec>| number(rate.map(|rate| (rate.0, store.speak(|_, voice| voice.per_sec(rate)))));
    let bytes =
        |rate: Option<BytesPerSec>| number(rate.map(|rate| (rate.0, store.speak(|_, voice| voice.bytes(rate)))));
    let cells = vec![
        text(row.source),
        text(row.target),
        text(row.protocol),
        requests(row.requests),
        text(row.errors),
        bytes(row.sent),
        bytes(row.received),
        text(row.reporter),
        text(row.security),
        health_cell(row.health_text, health),
        text(row.kind),
    ];
    Row { selection: row.selection, name: row.name, cells }
}

fn node_row(store: Store, row: NodeRow) -> Row {
    let health = row.health;
    let requests =
        |rate: PerSec| number(rate.is_flowing().then(|| (rate.0, store.speak(|_, voice| voice.per_sec(rate)))));
    let bytes =
        |rate: BytesPerSec| number(rate.is_flowing().then(|| (rate.0, store.speak(|_, voice| voice.bytes(rate)))));
    let cells = vec![
        text(row.title.clone()),
        text(row.namespace),
        text(row.cluster),
        text(row.role),
        requests(row.requests_in),
        requests(row.requests_out),
        bytes(row.bytes_in),
        bytes(row.bytes_out),
        health_cell(row.health_text, health),
    ];
    Row { selection: row.selection, name: row.title, cells }
}

fn health_cell(text: String, health: Health) -> Cell {
    Cell { text, rank: Some(f64::from(health as u8)), is_number: false, tone: health.into() }
}

fn number(value: Option<(f64, String)>) -> Cell {
    let (number, text) = value.unwrap_or((f64::NEG_INFINITY, String::new()));
    Cell { text, rank: Some(number), is_number: true, tone: Tone::Plain }
}

#[component]
fn Sortable(
    store: Store,
    heading: Label,
    columns: &'static [Label],
    rows: impl Fn() -> Vec<Row> + Send + Sync + 'static,
    part: &'static str,
) -> impl IntoView {
    let sorting: Sorting = RwSignal::new((0, false));
    let sorted = move || {
        let (column, descending) = sorting.get();
        let mut rows = rows();
        order::sort_by(&mut rows, |one, other| {
            let by = match (one.cells.get(column), other.cells.get(column)) {
                (Some(one), Some(other)) => compare(one, other),
                _ => Ordering::Equal,
            };
            if descending { by.reverse() } else { by }
        });
        rows
    };
    let header = move |(column, label): (usize, &'static Label)| {
        let state = move || match sorting.get() {
            (current, false) if current == column => "ascending",
            (current, true) if current == column => "descending",
            _ => "none",
        };
        let toggle = move |_| {
            sorting.update(|(current, descending)| {
                (*current, *descending) = (column, *current == column && !*descending);
            })
        };
        view! {
            <th scope="col" aria-sort=state>
                <button type="button" class="sort" on:click=toggle>{store.said(*label)}</button>
            </th>
        }
    };
    let row = move |row: Row| {
        let selection = row.selection.clone();
        let chosen = row.selection.clone();
        let is_selected = Memo::new(move |_| store.read(|app| app.view.selection.as_ref() == Some(&selection)));
        let mut cells = row.cells.into_iter();
        let first = cells.next().map(|cell| cell.text).unwrap_or_default();
        view! {
            <tr class:selected=move || is_selected.get()>
                <th scope="row">
                    <button
                        type="button"
                        class="link"
                        aria-label=row.name
                        aria-pressed=move || if is_selected.get() { "true" } else { "false" }
                        on:click=move |_| store.send(Message::Select(Some(chosen.clone())))
                    >
                        {first}
                    </button>
                </th>
                {cells.map(|cell| view! {
                    <td class=tone_class(cell.tone) class:number=cell.is_number>{cell.text}</td>
                }).collect_view()}
            </tr>
        }
    };
    view! {
        <h2>{store.said(heading)}</h2>
        <div class="scroll">
            <table data-part=part>
                <thead><tr>{columns.iter().enumerate().map(header).collect_view()}</tr></thead>
                <tbody>{move || sorted().into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn compare(one: &Cell, other: &Cell) -> Ordering {
    match (one.rank, other.rank) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        _ => one.text.cmp(&other.text),
    }
}
