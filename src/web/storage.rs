//! What the browser remembers for the page's origin.

/// A part of `localStorage` whose keys share a prefix, so that several instances and meshes don't mix.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Storage {
    prefix: String,
}

/// What is remembered under a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stored {
    /// This text.
    Text(String),
    /// Nothing yet.
    Nothing,
    /// The browser keeps nothing for this page: private mode, blocked site data, a sandboxed frame.
    Denied,
}

/// What became of a text to be remembered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// It is there after a reload.
    Kept,
    /// It is not: storage is denied or full.
    Lost,
}

impl Storage {
    /// Keys are `prefix`, a colon and the key.
    pub fn new(prefix: &str) -> Self {
        Self { prefix: prefix.to_owned() }
    }

    /// What was written last.
    pub fn read(&self, key: &str) -> Stored {
        match local().map(|storage| storage.get_item(&self.full(key))) {
            Some(Ok(Some(text))) => Stored::Text(text),
            Some(Ok(None)) => Stored::Nothing,
            _ => Stored::Denied,
        }
    }

    /// Remembers a text. Settings lost are no error to bother a reader with.
    pub fn write(&self, key: &str, text: &str) -> Kept {
        match local().map(|storage| storage.set_item(&self.full(key), text)) {
            Some(Ok(())) => Kept::Kept,
            _ => Kept::Lost,
        }
    }

    /// Forgets a key.
    pub fn remove(&self, key: &str) {
        if let Some(storage) = local() {
            let _ = storage.remove_item(&self.full(key));
        }
    }

    fn full(&self, key: &str) -> String {
        format!("{}:{key}", self.prefix)
    }
}

/// Asked for each time: the mere question throws where storage is denied, and the user may change that.
fn local() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
