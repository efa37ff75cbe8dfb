//! An endpoint of traffic.

use std::ops::{Add, AddAssign};

use crate::quantity::{BytesPerSec, PerSec};

use super::health::Health;
use super::key::NodeKey;
use super::name::{App, Version};
use super::role::RoleFact;

/// What flows one way at a node, each byte and request counted once: legs and logical edges are never added.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Traffic {
    /// Requests.
    pub requests: PerSec,
    /// Of them, failures and client errors.
    pub errors: PerSec,
    /// Bytes of TCP streams, in the direction from client to server and back, added.
    pub bytes: BytesPerSec,
}

impl Add for Traffic {
    type Output = Self;
    fn add(mut self, other: Self) -> Self {
        self += other;
        self
    }
}

impl AddAssign for Traffic {
    fn add_assign(&mut self, other: Self) {
        self.requests += other.requests;
        self.errors += other.errors;
        self.bytes += other.bytes;
    }
}

/// A node of the graph.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    /// Who it is.
    pub key: NodeKey,
    /// Its application, unknown where nobody says.
    pub app: App,
    /// Its version, unknown where nobody says.
    pub version: Version,
    /// Its part in the data plane.
    pub role: RoleFact,
    /// What it serves.
    pub inbound: Traffic,
    /// What it asks of others.
    pub outbound: Traffic,
    /// The worst of what it serves and asks.
    pub health: Health,
}

impl Node {
    /// A node of which nothing but the key is known.
    pub fn of_key(key: NodeKey) -> Self {
        let (app, version, traffic) = (App::unknown(), Version::unknown(), Traffic::default());
        Self { key, app, version, role: RoleFact::assumed(), inbound: traffic, outbound: traffic, health: Health::Idle }
    }
}
