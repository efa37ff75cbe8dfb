//! The languages spoken.

use super::word::Word;
use super::{en, zh};

/// A language with a complete catalogue.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Language {
    /// English.
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

    /// The first of a reader's preferred tags (best first) that is spoken; English when none is. A Chinese that is
    /// written in traditional characters is served with simplified ones before English.
    pub fn choose<'a>(preferred: impl IntoIterator<Item = &'a str>) -> Self {
        let spoken = |tag: &str| {
            let primary = tag.split(['-', '_']).next().unwrap_or_default();
            Self::ALL.into_iter().find(|one| one.tag().split('-').next() == Some(&primary.to_ascii_lowercase()))
        };
        preferred.into_iter().find_map(spoken).unwrap_or(Self::English)
    }

    /// What `word` is in this language.
    pub fn say(self, word: &Word<'_>) -> String {
        match self {
            Self::English => en::say(word),
            Self::Chinese => zh::say(word),
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
