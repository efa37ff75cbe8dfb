//! All that is known of what is selected.

use leptos::prelude::*;

use crate::app::Message;
use crate::app::panel::{Details, Fact, Peer, Response, Tone};
use crate::words::Label;

use super::banner::tone_class;
use super::store::Store;

/// Facts as a list of terms.
#[component]
pub(super) fn Facts(facts: Signal<Vec<Fact>>) -> impl IntoView {
    let row = |fact: Fact| {
        view! {
            <div class="fact">
                <dt>{fact.name}</dt>
                <dd>
                    <span class=tone_class(fact.tone)>{fact.value}</span>
                    {(!fact.source.is_empty()).then(|| view! { <small class="muted">{fact.source}</small> })}
                </dd>
            </div>
        }
    };
    view! { <dl class="facts">{move || facts.get().into_iter().map(row).collect_view()}</dl> }
}

/// How requests end.
#[component]
pub(super) fn Responses(store: Store, details: Signal<Option<Details>>) -> impl IntoView {
    let rows = move || details.get().map(|details| details.responses).unwrap_or_default();
    let row = |row: Response| {
        view! {
            <tr><td>{row.code}</td><td>{row.flags}</td><td class="number">{row.rate}</td><td class="number">{row.share}</td></tr>
        }
    };
    view! {
        <Show when=move || !rows().is_empty()>
            <h3>{store.said(Label::Responses)}</h3>
            <table class="compact">
                <thead>
                    <tr>
                        <th scope="col">{store.said(Label::Code)}</th>
                        <th scope="col">{store.said(Label::Flags)}</th>
                        <th scope="col" class="number">{store.said(Label::Rate)}</th>
                        <th scope="col" class="number">{store.said(Label::Share)}</th>
                    </tr>
                </thead>
                <tbody>{move || rows().into_iter().map(row).collect_view()}</tbody>
            </table>
        </Show>
    }
}

/// Neighbours, to go to the edge between.
#[component]
pub(super) fn Peers(store: Store, heading: Label, peers: Signal<Vec<Peer>>) -> impl IntoView {
    let row = move |peer: Peer| {
        let edge = peer.edge.clone();
        view! {
            <li>
                <button type="button" class="peer" on:click=move |_| store.send(Message::Select(Some(edge.clone())))>
                    <span class=format!("dot {}", tone_class(Tone::from(peer.health))) aria-hidden="true"></span>
                    <span class="peer-title">{peer.title}</span>
                    <small class="muted">{peer.text}</small>
                </button>
            </li>
        }
    };
    view! {
        <Show when=move || !peers.read().is_empty()>
            <h3>{store.said(heading)}</h3>
            <ul class="peers">{move || peers.get().into_iter().map(row).collect_view()}</ul>
        </Show>
    }
}
