//! Does what the application wants done.

use std::sync::Arc;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

use crate::app::config::{BackEnd, Credentials, Kind};
use crate::app::{Alarm, Effect, FetchId, Message};
use crate::backend::MAX_BODY_BYTES;
use crate::backend::prometheus::{Call, Dialect};
use crate::order::Map;
use crate::quantity::Duration;
use crate::web::clock::{Timer, after};
use crate::web::demo;
use crate::web::fetch::{self, Exchange, Outgoing};
use crate::web::location::{self, Address};
use crate::web::storage::Storage;

use super::store::Store;

/// Holds what is under way: dropping it ends all of it.
pub(super) struct Performer {
    host: HtmlElement,
    owns_address: bool,
    storage: Storage,
    exchanges: Map<FetchId, Exchange>,
    demo_answers: Map<FetchId, Timer>,
    timers: Map<Alarm, Timer>,
}

impl Performer {
    pub fn new(host: HtmlElement, owns_address: bool, storage: Storage) -> Self {
        Self {
            host,
            owns_address,
            storage,
            exchanges: Map::default(),
            demo_answers: Map::default(),
            timers: Map::default(),
        }
    }

    pub fn perform(&mut self, effects: Vec<Effect>, store: Store) {
        for effect in effects {
            match effect {
                Effect::Fetch { id, back_end, call } if back_end.kind == Kind::Demo => self.ask_demo(id, &call, store),
                Effect::Fetch { id, back_end, call } => self.fetch(id, &back_end, &call, store),
                Effect::Abort(id) => {
                    self.exchanges.remove(&id);
                    self.demo_answers.remove(&id);
                }
                Effect::Wake { alarm, after: delay } => {
                    self.timers.insert(alarm, after(delay, move || store.send(Message::Woke(alarm))));
                }
                Effect::Cancel(alarm) => {
                    self.timers.remove(&alarm);
                }
                Effect::Address { query, push } => self.show_address(query, push),
                Effect::Remember { key, value: "" } => self.storage.remove(key),
                Effect::Remember { key, value } => {
                    self.storage.write(key, value);
                }
                Effect::AnnounceSelection(id) => self.announce("mesh-select", id),
            }
        }
    }

    /// A request has been answered: what it held is let go.
    pub fn forget(&mut self, id: FetchId) {
        self.exchanges.remove(&id);
        self.demo_answers.remove(&id);
        self.timers.remove(&Alarm::Retry(id));
    }

    fn fetch(&mut self, id: FetchId, back_end: &Arc<BackEnd>, call: &Call, store: Store) {
        let dialect = Dialect { fields: back_end.params.clone(), base_url_bytes: back_end.url.len() };
        let request = call.request(&dialect);
        // What is relative in the configuration is relative to the page.
        let base = location::absolute(&format!("{}/", back_end.url)).unwrap_or_else(|| back_end.url.clone());
        let outgoing = Outgoing {
            headers: back_end.headers.clone(),
            credentials: match back_end.credentials {
                Credentials::Omit => fetch::Credentials::Omit,
                Credentials::SameOrigin => fetch::Credentials::SameOrigin,
                Credentials::Include => fetch::Credentials::Include,
            },
            max_bytes: MAX_BODY_BYTES,
            ..Outgoing::new(&request, base.trim_end_matches('/'))
        };
        let (exchange, answer) = fetch::begin(outgoing);
        self.exchanges.insert(id, exchange);
        spawn_local(async move {
            let result = match answer.await {
                Ok(answer) => Ok(answer),
                Err(error) => match error.into_backend() {
                    Some(error) => Err(error),
                    None => return,
                },
            };
            store.send(Message::Answered { id, result });
        });
    }

    /// The demo mesh computes each answer in a task of its own, as a network would bring it.
    fn ask_demo(&mut self, id: FetchId, call: &Call, store: Store) {
        let request = call.request(&Dialect::default());
        let ask = move || {
            spawn_local(async move {
                let result = demo::ask(&request).await;
                store.send(Message::Answered { id, result });
            });
        };
        self.demo_answers.insert(id, after(Duration::ZERO, ask));
    }

    fn show_address(&self, query: String, push: bool) {
        let address = Address { query, hash: location::address().hash };
        if self.owns_address && location::address() != address {
            if push { location::push(&address) } else { location::replace(&address) }
        }
    }

    /// Tells the page that holds the element, once nothing here is in use: it may ask for something at once.
    fn announce(&self, kind: &'static str, id: Option<String>) {
        let host = self.host.clone();
        spawn_local(async move {
            let init = CustomEventInit::new();
            init.set_bubbles(true);
            init.set_composed(true);
            let detail = js_sys::Object::new();
            let _ = js_sys::Reflect::set(&detail, &"id".into(), &id.map_or(JsValue::NULL, JsValue::from));
            init.set_detail(&detail);
            if let Ok(event) = CustomEvent::new_with_event_init_dict(kind, &init) {
                let _ = host.dispatch_event(&event);
            }
        });
    }
}
