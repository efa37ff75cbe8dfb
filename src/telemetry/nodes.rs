//! Ends of series as nodes, by numbers: texts are compared once for each distinct end, not once for each series.

use std::sync::Arc;

use crate::mesh::NodeKey;
use crate::order::Index;

use super::observation::Peer;

/// Shared values, numbered as they come. Two that are equal and not shared have a number each.
pub(super) struct Numbers<'a, T> {
    known: Vec<&'a Arc<T>>,
    index: Index,
}

impl<T> Default for Numbers<'_, T> {
    fn default() -> Self {
        Self { known: Vec::new(), index: Index::default() }
    }
}

impl<'a, T> Numbers<'a, T> {
    /// The number of a value, and whether it is new.
    pub fn number(&mut self, value: &'a Arc<T>) -> (usize, bool) {
        let address = Arc::as_ptr(value).addr() as u64;
        let hash = (address ^ address >> 32) as u32;
        let (hash, known) = (hash.wrapping_mul(0x9e37_79b9).rotate_left(16), self.known.as_slice());
        let is = |place: usize| known.get(place).is_some_and(|known| Arc::ptr_eq(known, value));
        if let Some(place) = self.index.find(hash, &is) {
            return (place, false);
        }
        self.index.insert(hash, self.known.len());
        self.known.push(value);
        (self.known.len() - 1, true)
    }
}

/// Nodes, numbered as they come.
#[derive(Default)]
pub(super) struct Nodes<'a> {
    keys: Vec<NodeKey>,
    index: Index,
    peers: Numbers<'a, Peer>,
    of_peers: Vec<usize>,
}

impl<'a> Nodes<'a> {
    /// The node of a key.
    pub fn of_key(&mut self, key: NodeKey) -> usize {
        let (hash, keys) = (key.fingerprint(), self.keys.as_slice());
        if let Some(place) = self.index.find(hash, &|place| keys.get(place) == Some(&key)) {
            return place;
        }
        self.index.insert(hash, self.keys.len());
        self.keys.push(key);
        self.keys.len() - 1
    }

    /// The number of a peer, and its node.
    pub fn of_peer(&mut self, peer: &'a Arc<Peer>) -> (usize, usize) {
        let (number, is_new) = self.peers.number(peer);
        if is_new {
            let node = self.of_key(peer.key());
            self.of_peers.push(node);
        }
        (number, self.of_peers.get(number).copied().unwrap_or_default())
    }

    /// The keys of the nodes by their numbers.
    pub fn keys(&self) -> &[NodeKey] {
        &self.keys
    }
}
