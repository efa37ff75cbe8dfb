//! Whether what flows into a proxy flows out of it again.

use crate::mesh::{ImbalanceCause, NodeKey};
use crate::words::{Label, Sentence};

use super::super::graph::Shown;
use super::super::view::Selection;
use super::details::{Fact, Tone};
use super::names::node_title;
use super::voice::Voice;

/// So many names are told.
const NAMES: usize = 5;

/// What of a selected waypoint's or gateway's bytes is counted on one side only, and why; nothing when all is well.
pub fn balance(selection: &Selection, shown: &Shown, voice: Voice<'_>) -> Option<Fact> {
    let found = shown.workloads.imbalance(selection.node_place(&shown.workloads)?, &shown.lumps)?;
    let named = |keys: &[NodeKey]| {
        let mut names: Vec<String> = keys.iter().take(NAMES).map(|key| node_title(key, voice)).collect();
        if keys.len() > NAMES {
            names.push("…".into());
        }
        names.join(", ")
    };
    let source = match &found.cause {
        ImbalanceCause::Unscraped(keys) => voice.say(&Sentence::ImbalanceUnscraped { names: &named(keys) }),
        ImbalanceCause::OnlyRequests(keys) => voice.say(&Sentence::ImbalanceOnlyRequests { names: &named(keys) }),
        ImbalanceCause::Outside(keys) => voice.say(&Sentence::ImbalanceOutside { names: &named(keys) }),
        ImbalanceCause::Lumps(keys) => {
            let who = if keys.is_empty() { voice.label(Label::SomewhereInMesh) } else { named(keys) };
            voice.say(&Sentence::ImbalanceLumps { names: &who })
        }
        ImbalanceCause::Unexplained => voice.say(&Sentence::ImbalanceUnexplained),
    };
    let (inbound, outbound) = (voice.bytes(found.inbound), voice.bytes(found.outbound));
    let value = voice.say(&Sentence::InAndOut { inbound: &inbound, outbound: &outbound });
    Some(Fact { name: voice.label(Label::Balance), value, source, tone: Tone::Warning })
}
