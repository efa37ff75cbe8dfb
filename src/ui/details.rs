//! All that is known of what is selected.

use leptos::prelude::*;

use crate::app::Message;
use crate::app::panel::{Details, Fact, Peer, Response, Tone};
use crate::words::Label;

use super::banner::tone_class;
use super::live::{pressed, when};
use super::models::Part;
use super::store::Store;

/// A part of the details of what is selected; empty when nothing is.
fn part<T>(store: Store, read: fn(&Details) -> Vec<T>) -> Vec<T> {
    store.model(Part::Details, |models| models.details.as_ref().map(read)).unwrap_or_default()
}

/// Facts as a list of terms.
pub(super) fn facts(store: Store) -> AnyView {
    let row = |fact: Fact| {
        let source = (!fact.source.is_empty()).then(|| view! { <small class="muted">{fact.source}</small> }.into_any());
        view! {
            <div class="fact">
                <dt>{fact.name}</dt>
                <dd><span class=tone_class(fact.tone)>{fact.value}</span>{source.into_iter().collect::<Vec<AnyView>>()}</dd>
            </div>
        }
        .into_any()
    };
    let rows = move || part(store, |details| details.facts.clone()).into_iter().map(row).collect::<Vec<AnyView>>();
    view! { <dl class="facts">{move || rows()}</dl> }.into_any()
}

/// How requests end.
pub(super) fn responses(store: Store) -> AnyView {
    let all = move || part(store, |details| details.responses.clone());
    let row = |Response { code, flags, rate, share }: Response| {
        let cells = [(code, "text"), (flags, "text"), (rate, "number"), (share, "number")];
        let cells = cells.map(|(text, class)| view! { <td class=class>{text}</td> }.into_any());
        view! { <tr>{Vec::from(cells)}</tr> }.into_any()
    };
    let heads = [(Label::Code, "text"), (Label::Flags, "text"), (Label::Rate, "number"), (Label::Share, "number")];
    let head = move |(label, class): (Label, &'static str)| {
        view! { <th scope="col" class=class>{store.said(label)}</th> }.into_any()
    };
    let table = move || {
        view! {
            <h3>{store.said(Label::Responses)}</h3>
            <table class="compact">
                <thead><tr>{Vec::from(heads.map(head))}</tr></thead>
                <tbody>{move || all().into_iter().map(row).collect::<Vec<AnyView>>()}</tbody>
            </table>
        }
        .into_any()
    };
    when(move || !all().is_empty(), table)
}

/// Neighbours, to go to the edge between.
pub(super) fn peers(store: Store, heading: Label, read: fn(&Details) -> Vec<Peer>) -> AnyView {
    let all = move || part(store, read);
    let row = move |Peer { title, text, edge, health }: Peer| {
        view! {
            <li>
                <button type="button" class="peer" on:click=pressed(move || store.send(Message::Select(Some(edge.clone()))))>
                    <span class=format!("dot {}", tone_class(Tone::from(health))) aria-hidden="true"></span>
                    <span class="peer-title">{title}</span>
                    <small class="muted">{text}</small>
                </button>
            </li>
        }
        .into_any()
    };
    let list = move || {
        view! {
            <h3>{store.said(heading)}</h3>
            <ul class="peers">{move || all().into_iter().map(row).collect::<Vec<AnyView>>()}</ul>
        }
        .into_any()
    };
    when(move || !all().is_empty(), list)
}
