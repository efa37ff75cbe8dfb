//! The languages spoken.

use crate::mesh::HopKind;

use super::label::Label;
use super::sentence::Sentence;
use super::{en, zh};

/// A language with a complete catalogue.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-Hans",
        }
    }

    /// Its name in itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "简体中文",
        }
    }

    /// The first of a reader's preferred tags (best first) that is spoken; English when none is. A reader of traditional
    /// characters is served with simplified ones before English.
    pub fn choose<'a>(preferred: impl IntoIterator<Item = &'a str>) -> Self {
        let spoken = |tag: &str| {
            let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
            Self::ALL.into_iter().find(|one| one.tag().split('-').next() == Some(&primary))
        };
        preferred.into_iter().find_map(spoken).unwrap_or_default()
    }

    /// A short text without parts.
    pub fn label(self, label: Label) -> &'static str {
        match self {
            Self::English => en::label(label),
            Self::Chinese => zh::label(label),
        }
    }

    /// What an edge is.
    pub fn hop(self, hop: HopKind) -> &'static str {
        match self {
            Self::English => en::hop(hop),
            Self::Chinese => zh::hop(hop),
        }
    }

    /// A text with parts filled in.
    pub fn say(self, sentence: &Sentence<'_>) -> String {
        match self {
            Self::English => en::say(sentence),
            Self::Chinese => zh::say(sentence),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_spoken_preference_is_taken() {
        for (preferred, expect) in [
            (&["de", "zh-CN", "en"][..], Language::Chinese),
            (&["en-GB", "zh"], Language::English),
            (&["zh_TW"], Language::Chinese),
            (&["fr"], Language::English),
            (&[], Language::English),
        ] {
            assert_eq!(Language::choose(preferred.iter().copied()), expect, "{preferred:?}");
        }
    }
}
