//! The application's state on the page, and the way to change it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;
use web_sys::HtmlElement;

use crate::app::config::Config;
use crate::app::export::export;
use crate::app::panel::Voice;
use crate::app::{App, Message, Theme};
use crate::mesh::Topology;
use crate::quantity::Format;
use crate::web::clock;
use crate::web::locale::{IntlFormat, Zone, languages};
use crate::web::location;
use crate::web::storage::{Storage, Stored};
use crate::words::{Label, Language};

use super::live::Text;
use super::models::{Models, Part};
use super::perform::Performer;

/// What an instance is made from.
pub struct Setup {
    /// The configuration.
    pub config: Config,
    /// Why the configuration could not be read at all; empty when it could.
    pub config_error: String,
    /// The custom element.
    pub host: HtmlElement,
    /// Whether the view lives in the page's address: true for the standalone page.
    pub owns_address: bool,
}

/// A handle on the state; copies share it. Reading inside a reactive closure makes that closure run again when the state
/// changes.
#[derive(Clone, Copy)]
pub struct Store {
    inner: StoredValue<Inner, LocalStorage>,
    /// How often anything has changed.
    version: RwSignal<u64>,
    /// How often each part has.
    changes: [RwSignal<u64>; Part::COUNT],
    fit_requests: RwSignal<u64>,
}

struct Inner {
    app: App,
    performer: Rc<RefCell<Performer>>,
    formats: [Rc<IntlFormat>; 2],
    browser_language: Language,
    config_error: String,
    origin: String,
    models: Models,
}

thread_local! {
    /// Whether an error has ended the engine.
    static STOPPED: Cell<bool> = const { Cell::new(false) };
}

/// Nothing happens in any store from now on: timers and answers of an engine that an error has ended find a state that
/// nobody may look at. Tells whether it was running until now.
pub(crate) fn stop() -> bool {
    !STOPPED.replace(true)
}

/// The prefix of keys in the browser's storage.
const STORAGE: &str = "wayscope";

impl Store {
    /// The state as configured, not started yet.
    pub fn new(setup: Setup) -> Self {
        let storage = Storage::new(STORAGE);
        let query = if setup.owns_address { location::address().query } else { String::new() };
        let mut app = App::new(setup.config, &query);
        let stored = |key| if let Stored::Text(text) = storage.read(key) { text } else { String::new() };
        app.theme = Theme::parse(&stored("theme")).or(app.theme);
        let language = stored("language");
        app.language = Language::ALL.into_iter().find(|one| one.tag() == language).or(app.language);
        let preferred = languages();
        let inner = Inner {
            app,
            performer: Rc::new(RefCell::new(Performer::new(setup.host, setup.owns_address, storage))),
            formats: Language::ALL.map(|language| Rc::new(IntlFormat::new(Some(language.tag()), Zone::Local))),
            browser_language: Language::choose(preferred.iter().map(String::as_str)),
            config_error: setup.config_error,
            origin: location::page().origin,
            models: Models::default(),
        };
        let store = Self {
            inner: StoredValue::new_local(inner),
            version: RwSignal::new(0),
            changes: std::array::from_fn(|_| RwSignal::new(0)),
            fit_requests: RwSignal::new(0),
        };
        store.renew();
        store
    }

    /// Makes the models of the state as it is now, and tells those who read what differs from before.
    fn renew(self) {
        let changed = self.inner.try_update_value(|inner| {
            let mut models = std::mem::take(&mut inner.models);
            let changed = models.renew(&inner.app, &inner.config_error, &inner.origin, inner.voice());
            inner.models = models;
            changed
        });
        let changed = changed.into_iter().flatten().filter(|(_, changed)| *changed);
        let counters = changed.map(|(part, _)| self.changes[part as usize]);
        for counter in std::iter::once(self.version).chain(counters) {
            counter.try_update(|count| *count += 1);
        }
    }

    /// Runs again whatever asks when that part has changed.
    fn follow(self, part: Part) {
        self.changes[part as usize].track();
    }

    /// Lets something happen. Does nothing when the instance is gone or the engine has stopped.
    pub fn send(self, message: Message) {
        if STOPPED.get() {
            return;
        }
        let performer = self.inner.try_with_value(|inner| Rc::clone(&inner.performer));
        if let (Some(performer), Message::Answered { id, .. }) = (&performer, &message) {
            performer.borrow_mut().forget(*id);
        }
        let effects = self.inner.try_update_value(|inner| inner.app.update(message, clock::now()));
        let Some(effects) = effects else { return };
        self.renew();
        if let Some(performer) = performer {
            performer.borrow_mut().perform(effects, self);
        }
    }

    /// Reads the state.
    pub fn read<T>(self, read: impl FnOnce(&App) -> T) -> T {
        self.version.track();
        self.inner.with_value(|inner| read(&inner.app))
    }

    /// Reads what a part of the page shows: `Models` says which part is in which field.
    pub(super) fn model<T>(self, part: Part, read: impl FnOnce(&Models) -> T) -> T {
        self.follow(part);
        self.inner.with_value(|inner| read(&inner.models))
    }

    /// Reads the state for something to be said to the reader.
    pub fn speak<T>(self, read: impl FnOnce(&App, Voice<'_>) -> T) -> T {
        self.version.track();
        self.inner.with_value(|inner| read(&inner.app, inner.voice()))
    }

    /// Says something that depends on nothing but the reader's language and what is passed.
    pub fn say<T>(self, say: impl FnOnce(Voice<'_>) -> T) -> T {
        self.follow(Part::Language);
        self.inner.with_value(|inner| say(inner.voice()))
    }

    /// A short text in the reader's language.
    pub fn label(self, label: Label) -> &'static str {
        self.language().label(label)
    }

    /// A short text that follows the reader's language. All of them are one type: each further type of closure in a view
    /// costs a kilobyte of page.
    pub fn said(self, label: Label) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        move || self.label(label)
    }

    /// The same for a control.
    pub(super) fn text(self, label: Label) -> Text {
        Text::new(move || self.label(label).to_owned())
    }

    /// The reader's language.
    pub fn language(self) -> Language {
        self.follow(Part::Language);
        self.inner.with_value(Inner::language)
    }

    /// How numbers and times are printed.
    pub fn format(self) -> Rc<dyn Format> {
        self.follow(Part::Language);
        self.inner.with_value(|inner| Rc::clone(inner.format()) as Rc<dyn Format>)
    }

    /// The part of the mesh that the view shows.
    pub fn visible(self) -> Option<Arc<Topology>> {
        self.model(Part::Visible, |models| models.visible.clone())
    }

    /// The graph on the screen for others to read; nothing before there is one.
    pub fn export(self) -> Option<Value> {
        let visible = self.visible()?;
        self.read(|app| app.graph.shown().map(|shown| export(shown, &visible)))
    }

    /// Takes another configuration.
    pub fn configure(self, config: Config, config_error: String) {
        self.inner.try_update_value(|inner| inner.config_error = config_error);
        self.send(Message::Configured(Box::new(config)));
    }

    /// Asks the picture to show everything.
    pub fn fit(self) {
        self.fit_requests.update(|count| *count += 1);
    }

    /// How often [`fit`](Self::fit) was asked for.
    pub fn fit_requests(self) -> u64 {
        self.fit_requests.get()
    }
}

impl Inner {
    fn language(&self) -> Language {
        self.app.language.unwrap_or(self.browser_language)
    }

    fn format(&self) -> &Rc<IntlFormat> {
        let language = self.language();
        let place = Language::ALL.iter().position(|one| *one == language).unwrap_or(0);
        &self.formats[place]
    }

    fn voice(&self) -> Voice<'_> {
        Voice { language: self.language(), format: &**self.format() }
    }
}
