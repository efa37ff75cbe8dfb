//! Nodes and edges as tables that can be sorted, with the same selection as the picture.

use std::cmp::Ordering;

use leptos::prelude::*;

use crate::app::panel::{EdgeRow, NodeRow, Tone, Voice, edge_rows, node_rows};
use crate::app::{Message, Selection};
use crate::mesh::{Health, Topology};
use crate::order;
use crate::quantity::{BytesPerSec, PerSec};
use crate::words::{Label, Sentence};

use super::banner::tone_class;
use super::live::{pressed, when, yes_no};
use super::models::Part;
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

fn text(text: String) -> Cell {
    Cell { text, rank: None, is_number: false, tone: Tone::Plain }
}

/// One row, ready to be put on the page.
struct Row {
    selection: Selection,
    name: String,
    cells: Vec<Cell>,
}

/// Columns of a table, and what makes its rows of the mesh that is shown.
#[derive(Clone, Copy)]
struct Table {
    part: &'static str,
    heading: Label,
    columns: &'static [Label],
    rows: fn(&Topology, Voice<'_>) -> Vec<Row>,
    count: fn(&Topology) -> usize,
}

/// So many rows are put on the page at once: more would hold it up.
const PAGE: usize = 200;

const EDGES: Table = Table {
    part: "edges",
    heading: Label::Edges,
    columns: &[
        Label::From,
        Label::To,
        Label::Protocol,
        Label::Requests,
        Label::Errors,
        Label::Sent,
        Label::Received,
        Label::ReportedBy,
        Label::Security,
        Label::Health,
        Label::Kind,
    ],
    rows: |topology, voice| edge_rows(topology, voice).into_iter().map(|row| edge_row(row, voice)).collect(),
    count: |topology| topology.edges.len(),
};

const NODES: Table = Table {
    part: "nodes",
    heading: Label::Nodes,
    columns: &[
        Label::Name,
        Label::Namespace,
        Label::Cluster,
        Label::Role,
        Label::RequestsAsServer,
        Label::RequestsAsClient,
        Label::BytesAsServer,
        Label::BytesAsClient,
        Label::Health,
    ],
    rows: |topology, voice| node_rows(topology, voice).into_iter().map(|row| node_row(row, voice)).collect(),
    count: |topology| topology.nodes.len(),
};

/// Both tables.
pub(super) fn tables(store: Store) -> AnyView {
    view! { <section class="tables" data-part="tables">{sortable(store, EDGES)} {sortable(store, NODES)}</section> }
        .into_any()
}

fn edge_row(row: EdgeRow, voice: Voice<'_>) -> Row {
    let requests = |rate: Option<PerSec>| number(rate.map(|rate| (rate.0, voice.per_sec(rate))));
    let bytes = |rate: Option<BytesPerSec>| number(rate.map(|rate| (rate.0, voice.bytes(rate))));
    let cells = vec![
        text(row.source),
        text(row.target),
        text(row.protocol.to_owned()),
        requests(row.requests),
        number(row.errors.map(|share| (share.value(), voice.share(share)))),
        bytes(row.sent),
        bytes(row.received),
        text(row.reporter),
        text(row.security),
        health_cell(row.health_text, row.health),
        text(row.kind),
    ];
    Row { selection: row.selection, name: row.name, cells }
}

fn node_row(row: NodeRow, voice: Voice<'_>) -> Row {
    let requests = |rate: PerSec| number(rate.is_flowing().then(|| (rate.0, voice.per_sec(rate))));
    let bytes = |rate: BytesPerSec| number(rate.is_flowing().then(|| (rate.0, voice.bytes(rate))));
    let cells = vec![
        text(row.title.clone()),
        text(row.namespace),
        text(row.cluster),
        text(row.role),
        requests(row.requests_in),
        requests(row.requests_out),
        bytes(row.bytes_in),
        bytes(row.bytes_out),
        health_cell(row.health_text, row.health),
    ];
    Row { selection: row.selection, name: row.title, cells }
}

fn health_cell(text: String, health: Health) -> Cell {
    Cell { text, rank: Some(f64::from(health as u8)), is_number: false, tone: health.into() }
}

fn number(value: Option<(f64, String)>) -> Cell {
    let (number, text) = value.unwrap_or_default();
    Cell { text, rank: Some(number), is_number: true, tone: Tone::Plain }
}

fn sortable(store: Store, table: Table) -> AnyView {
    let Table { part, heading, columns, rows, count } = table;
    let sorting: Sorting = RwSignal::new((0, false));
    let turned_to = RwSignal::new(0_usize);
    // A mesh that has become smaller may end before the page that was turned to.
    let rows_in_all = move || store.visible().map_or(0, |topology| count(&topology));
    let page = move || turned_to.get().min(rows_in_all().saturating_sub(1) / PAGE);
    let header = move |(column, label): (usize, &'static Label)| header(store, sorting, column, *label);
    let sorted = move || {
        let Some(topology) = store.visible() else { return Vec::new() };
        let mut rows = store.say(|voice| rows(&topology, voice));
        sort(&mut rows, sorting.get());
        let shown = rows.into_iter().skip(page() * PAGE).take(PAGE);
        shown.map(|row| table_row(store, row)).collect::<Vec<AnyView>>()
    };
    view! {
        <h2>{store.said(heading)}</h2>
        <div class="scroll">
            <table data-part=part>
                <thead><tr>{columns.iter().enumerate().map(header).collect::<Vec<AnyView>>()}</tr></thead>
                <tbody>{move || sorted()}</tbody>
            </table>
        </div>
        {pages(store, turned_to, move || (page(), rows_in_all()))}
    }
    .into_any()
}

/// To the rows before and after those of this page, where there are more. `state` gives the page and the number of rows.
fn pages(
    store: Store,
    turned_to: RwSignal<usize>,
    state: impl Fn() -> (usize, usize) + Copy + Send + Sync + 'static,
) -> AnyView {
    let text = move || {
        let (page, count) = state();
        let first = page * PAGE;
        store.say(|voice| voice.say(&Sentence::Rows { first: first + 1, last: count.min(first + PAGE), count }))
    };
    let turn = move |label, by: isize, is_end: fn(usize, usize) -> bool| {
        let react = move || turned_to.set(untrack(state).0.saturating_add_signed(by));
        let is_off = move || {
            let (page, count) = state();
            is_end(page, count)
        };
        view! {
            <button type="button" class="button" prop:disabled=move || is_off() on:click=pressed(react)>
                {store.said(label)}
            </button>
        }
        .into_any()
    };
    let bar = move || {
        view! {
            <div class="pages" data-part="pages">
                {turn(Label::Previous, -1, |page, _| page == 0)}
                <span role="status">{move || text()}</span>
                {turn(Label::Next, 1, |page, count| (page + 1) * PAGE >= count)}
            </div>
        }
        .into_any()
    };
    when(move || state().1 > PAGE, bar)
}

fn sort(rows: &mut Vec<Row>, (column, descending): (usize, bool)) {
    order::sort_by(rows, |one: &Row, other: &Row| {
        let (Some(one), Some(other)) = (one.cells.get(column), other.cells.get(column)) else { return Ordering::Equal };
        let by = compare(one, other);
        let by = if descending { by.reverse() } else { by };
        // What is not known is neither much nor little.
        one.text.is_empty().cmp(&other.text.is_empty()).then(by)
    });
}

fn header(store: Store, sorting: Sorting, column: usize, label: Label) -> AnyView {
    let state = move || match sorting.get() {
        (current, false) if current == column => "ascending",
        (current, true) if current == column => "descending",
        _ => "none",
    };
    let toggle = move || {
        sorting.update(|(current, descending)| {
            // Of numbers the greatest are looked for.
            let first = is_of_numbers(label);
            *descending = if *current == column { !*descending } else { first };
            *current = column;
        });
    };
    view! {
        <th scope="col" aria-sort=move || state()>
            <button type="button" class="sort" on:click=pressed(toggle)>{store.said(label)}</button>
        </th>
    }
    .into_any()
}

/// Whether a column holds numbers.
fn is_of_numbers(label: Label) -> bool {
    use Label as L;
    matches!(
        label,
        L::Requests
            | L::Errors
            | L::Sent
            | L::Received
            | L::RequestsAsServer
            | L::RequestsAsClient
            | L::BytesAsServer
            | L::BytesAsClient
    )
}

fn table_row(store: Store, row: Row) -> AnyView {
    let Row { selection, name, cells } = row;
    let chosen = selection.clone();
    let is_selected =
        Memo::new(move |_| store.model(Part::Selection, |models| models.selection.as_ref() == Some(&selection)));
    let mut cells = cells.into_iter();
    let first = cells.next().map(|cell| cell.text).unwrap_or_default();
    let cell = |cell: Cell| {
        let class = if cell.is_number { "number" } else { tone_class(cell.tone) };
        view! { <td class=class>{cell.text}</td> }.into_any()
    };
    view! {
        <tr class:selected=move || is_selected.get()>
            <th scope="row">
                <button
                    type="button"
                    class="link"
                    aria-label=name
                    aria-pressed=move || yes_no(is_selected.get())
                    on:click=pressed(move || store.send(Message::Select(Some(chosen.clone()))))
                >
                    {first}
                </button>
            </th>
            {cells.map(cell).collect::<Vec<AnyView>>()}
        </tr>
    }
    .into_any()
}

fn compare(one: &Cell, other: &Cell) -> Ordering {
    match (one.rank, other.rank) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        _ => one.text.cmp(&other.text),
    }
}
