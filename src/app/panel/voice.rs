//! A language and a way to print numbers.

use crate::mesh::HopKind;
use crate::quantity::{BytesPerSec, Format, Instant, PerSec, Ratio, Unit};
use crate::words::{Label, Language, Sentence};

/// How the reader is spoken to.
#[derive(Clone, Copy)]
pub struct Voice<'a> {
    /// The language.
    pub language: Language,
    /// Numbers and times.
    pub format: &'a dyn Format,
}

impl Voice<'_> {
    /// A short text.
    pub fn label(self, label: Label) -> String {
        self.language.label(label).to_owned()
    }

    /// What an edge is.
    pub fn hop(self, hop: HopKind) -> String {
        self.language.hop(hop).to_owned()
    }

    /// A text with parts.
    pub fn say(self, sentence: &Sentence<'_>) -> String {
        self.language.say(sentence)
    }

    /// A rate of events.
    pub fn per_sec(self, rate: PerSec) -> String {
        rate.text(self.format)
    }

    /// A rate of bytes.
    pub fn bytes(self, rate: BytesPerSec) -> String {
        rate.text(self.format)
    }

    /// A length of time, in seconds.
    pub fn secs(self, secs: f64) -> String {
        Unit::Seconds.scale(secs).text(self.format)
    }

    /// A plain number.
    pub fn count(self, count: f64) -> String {
        Unit::Count.scale(count).text(self.format)
    }

    /// A share.
    pub fn share(self, share: Ratio) -> String {
        share.text(self.format)
    }

    /// Date and time.
    pub fn time(self, instant: Instant) -> String {
        self.format.date_time(instant)
    }
}
