//! What nodes are called in the picture.

use crate::app::panel::{node_caption, node_title};
use crate::mesh::Node;
use crate::scene::GraphWords;
use crate::ui::store::Store;

/// The reader's words for nodes.
pub(super) struct Titles {
    store: Store,
}

impl Titles {
    pub fn new(store: Store) -> Self {
        Self { store }
    }
}

impl GraphWords for Titles {
    fn node_title(&self, node: &Node) -> String {
        leptos::prelude::untrack(|| self.store.speak(|_, voice| node_title(&node.key, voice)))
    }

    fn node_caption(&self, node: &Node) -> String {
        leptos::prelude::untrack(|| self.store.speak(|_, voice| node_caption(node, voice)))
    }
}
